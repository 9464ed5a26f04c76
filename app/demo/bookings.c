/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "demo/bookings.h"

#include <sqlite3.h>

#define COLUMNS "id, agenda, slot, datetime, ref, label, body, cancelled, waiting"

PvDemoBooking *
pv_demo_booking_new (const char *agenda, const char *slot, const char *datetime)
{
  PvDemoBooking *booking = g_new0 (PvDemoBooking, 1);

  booking->agenda = g_strdup (agenda);
  booking->slot = g_strdup (slot);
  booking->datetime = g_strdup (datetime);
  return booking;
}

void
pv_demo_booking_free (PvDemoBooking *booking)
{
  if (booking == NULL)
    return;
  g_free (booking->agenda);
  g_free (booking->slot);
  g_free (booking->datetime);
  g_free (booking->ref);
  g_free (booking->label);
  g_free (booking->body);
  g_free (booking);
}

static sqlite3_stmt *
prepare (PvDemoStore *store, const char *sql)
{
  sqlite3 *db = pv_demo_store_get_db (store);
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) != SQLITE_OK)
    g_warning ("SQLite: %s", sqlite3_errmsg (db));
  return statement;
}

static void
bind_text (sqlite3_stmt *statement, int index, const char *text)
{
  sqlite3_bind_text (statement, index, text != NULL ? text : "", -1, SQLITE_TRANSIENT);
}

static gboolean
run (PvDemoStore *store, const char *sql)
{
  return sqlite3_exec (pv_demo_store_get_db (store), sql, NULL, NULL, NULL) == SQLITE_OK;
}

guint
pv_demo_bookings_count (PvDemoStore *store, const char *agenda, const char *slot, gboolean is_waiting)
{
  sqlite3_stmt *statement =
    prepare (store, "SELECT COUNT (*) FROM bookings WHERE agenda = ? AND slot = ? AND waiting = ? AND NOT cancelled");
  guint count = 0;

  bind_text (statement, 1, agenda);
  bind_text (statement, 2, slot);
  sqlite3_bind_int (statement, 3, is_waiting);
  if (sqlite3_step (statement) == SQLITE_ROW)
    count = (guint) sqlite3_column_int (statement, 0);
  sqlite3_finalize (statement);
  return count;
}

static gboolean
insert (PvDemoStore *store, PvDemoBooking *booking)
{
  sqlite3_stmt *statement =
    prepare (store, "INSERT INTO bookings (agenda, slot, datetime, ref, label, body, cancelled, waiting)"
                    " VALUES (?, ?, ?, ?, ?, ?, 0, ?)");

  bind_text (statement, 1, booking->agenda);
  bind_text (statement, 2, booking->slot);
  bind_text (statement, 3, booking->datetime);
  bind_text (statement, 4, booking->ref);
  bind_text (statement, 5, booking->label);
  bind_text (statement, 6, booking->body);
  sqlite3_bind_int (statement, 7, booking->is_waiting);
  sqlite3_step (statement);
  if (sqlite3_finalize (statement) != SQLITE_OK)
    return FALSE;
  booking->id = sqlite3_last_insert_rowid (pv_demo_store_get_db (store));
  return TRUE;
}

gboolean
pv_demo_bookings_cancel (PvDemoStore *store, gint64 id)
{
  sqlite3_stmt *statement = prepare (store, "UPDATE bookings SET cancelled = 1 WHERE id = ? AND NOT cancelled");

  sqlite3_bind_int64 (statement, 1, id);
  sqlite3_step (statement);
  return sqlite3_finalize (statement) == SQLITE_OK && sqlite3_changes (pv_demo_store_get_db (store)) == 1;
}

gboolean
pv_demo_bookings_add (PvDemoStore *store, PvDemoBooking *booking, gint64 cancels)
{
  if (!run (store, "BEGIN IMMEDIATE"))
    return FALSE;
  if ((cancels == 0 || pv_demo_bookings_cancel (store, cancels)) && insert (store, booking) && run (store, "COMMIT"))
    return TRUE;
  run (store, "ROLLBACK");
  return FALSE;
}

static char *
column (sqlite3_stmt *statement, int index)
{
  return g_strdup ((const char *) sqlite3_column_text (statement, index));
}

static PvDemoBooking *
read_row (sqlite3_stmt *statement)
{
  PvDemoBooking *booking = g_new0 (PvDemoBooking, 1);

  booking->id = sqlite3_column_int64 (statement, 0);
  booking->agenda = column (statement, 1);
  booking->slot = column (statement, 2);
  booking->datetime = column (statement, 3);
  booking->ref = column (statement, 4);
  booking->label = column (statement, 5);
  booking->body = column (statement, 6);
  booking->is_cancelled = sqlite3_column_int (statement, 7);
  booking->is_waiting = sqlite3_column_int (statement, 8);
  return booking;
}

PvDemoBooking *
pv_demo_bookings_get (PvDemoStore *store, gint64 id)
{
  sqlite3_stmt *statement = prepare (store, "SELECT " COLUMNS " FROM bookings WHERE id = ?");
  PvDemoBooking *booking = NULL;

  sqlite3_bind_int64 (statement, 1, id);
  if (sqlite3_step (statement) == SQLITE_ROW)
    booking = read_row (statement);
  sqlite3_finalize (statement);
  return booking;
}

GPtrArray *
pv_demo_bookings_list (PvDemoStore *store, const char *ref)
{
  sqlite3_stmt *statement =
    prepare (store, "SELECT " COLUMNS " FROM bookings WHERE NOT cancelled AND (?1 IS NULL OR ref = ?1) ORDER BY id");
  GPtrArray *bookings = g_ptr_array_new_with_free_func ((GDestroyNotify) pv_demo_booking_free);

  sqlite3_bind_text (statement, 1, ref, -1, SQLITE_TRANSIENT);
  while (sqlite3_step (statement) == SQLITE_ROW)
    g_ptr_array_add (bookings, read_row (statement));
  sqlite3_finalize (statement);
  return bookings;
}
