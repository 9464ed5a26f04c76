/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "demo/invoices.h"

#include <sqlite3.h>

#define COLUMNS "uuid, regie, number, label, payer, total, remaining, created_us, due, online, pdf"

void
pv_demo_invoice_free (PvDemoInvoice *invoice)
{
  if (invoice == NULL)
    return;
  g_free (invoice->uuid);
  g_free (invoice->regie);
  g_free (invoice->number);
  g_free (invoice->label);
  g_free (invoice->payer);
  g_free (invoice);
}

static sqlite3_stmt *
prepare (PvDemoStore *store, const char *sql)
{
  sqlite3 *db = pv_demo_store_get_database (store);
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) != SQLITE_OK)
    g_warning ("SQLite: %s", sqlite3_errmsg (db));
  return statement;
}

static void
bind_text (sqlite3_stmt *statement, int index, const char *text)
{
  sqlite3_bind_text (statement, index, text, -1, SQLITE_TRANSIENT);
}

static char *
column (sqlite3_stmt *statement, int index)
{
  return g_strdup ((const char *) sqlite3_column_text (statement, index));
}

static PvDemoInvoice *
read_row (sqlite3_stmt *statement)
{
  PvDemoInvoice *invoice = g_new0 (PvDemoInvoice, 1);

  invoice->uuid = column (statement, 0);
  invoice->regie = column (statement, 1);
  invoice->number = column (statement, 2);
  invoice->label = column (statement, 3);
  invoice->payer = column (statement, 4);
  invoice->total_cents = sqlite3_column_int64 (statement, 5);
  invoice->remaining_cents = sqlite3_column_int64 (statement, 6);
  invoice->created_us = sqlite3_column_int64 (statement, 7);
  g_date_clear (&invoice->due, 1);
  g_date_set_julian (&invoice->due, (guint32) sqlite3_column_int64 (statement, 8));
  invoice->is_online = sqlite3_column_int (statement, 9);
  invoice->has_pdf = sqlite3_column_int (statement, 10);
  return invoice;
}

/* Opening ---------------------------------------------------------------------------------------------------------- */

static guint32
day_of (gint64 time_us, gint64 days_later)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (time_us / G_USEC_PER_SEC);
  GDate day;

  g_date_clear (&day, 1);
  g_date_set_dmy (&day, (GDateDay) g_date_time_get_day_of_month (time), (GDateMonth) g_date_time_get_month (time),
                  (GDateYear) g_date_time_get_year (time));
  return (guint32) ((gint64) g_date_get_julian (&day) + days_later);
}

static gboolean
add (PvDemoStore *store, const PvJson *json, gint64 now_us, GError **error)
{
  sqlite3_stmt *statement =
    prepare (store, "INSERT OR IGNORE INTO invoice (" COLUMNS ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  static const char *const texts[] = { "uuid", "regie", "number", "label", "payer" };
  gint64 total = 0, remaining = 0, due_in_days = 0;
  gboolean is_online = TRUE, has_pdf = TRUE, is_read;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autofree char *text = pv_demo_text (json, texts[i]);

    bind_text (statement, (int) i + 1, text);
  }
  is_read = pv_json_read_int (json, "total_cents", 1, 100 * 1000 * 1000, &total, error)
            && pv_json_read_int (json, "remaining_cents", 0, total, &remaining, error)
            && pv_json_read_int (json, "due_in_days", -3650, 3650, &due_in_days, error)
            && pv_json_find_bool (json, "online", &is_online, error)
            && pv_json_find_bool (json, "pdf", &has_pdf, error);
  sqlite3_bind_int64 (statement, 6, total);
  sqlite3_bind_int64 (statement, 7, remaining);
  sqlite3_bind_int64 (statement, 8, now_us);
  sqlite3_bind_int64 (statement, 9, day_of (now_us, due_in_days));
  sqlite3_bind_int (statement, 10, is_online);
  sqlite3_bind_int (statement, 11, has_pdf);
  if (is_read)
    sqlite3_step (statement);
  sqlite3_finalize (statement);
  return is_read;
}

gboolean
pv_demo_invoices_open (PvDemoStore *store, const PvJson *settings, gint64 now_us, GError **error)
{
  static const char schema[] = "CREATE TABLE IF NOT EXISTS invoice ("
                               " uuid TEXT PRIMARY KEY, regie TEXT NOT NULL, number TEXT NOT NULL, label TEXT NOT NULL,"
                               " payer TEXT NOT NULL, total INTEGER NOT NULL, remaining INTEGER NOT NULL,"
                               " created_us INTEGER NOT NULL, due INTEGER NOT NULL, online INTEGER NOT NULL,"
                               " pdf INTEGER NOT NULL);";
  g_autoptr (PvJson) invoices = pv_json_get_member (settings, "invoices");
  sqlite3 *db = pv_demo_store_get_database (store);

  if (sqlite3_exec (db, schema, NULL, NULL, NULL) != SQLITE_OK) {
    g_set_error (error, PV_DEMO_STORE_ERROR, PV_DEMO_STORE_ERROR_FAILED, "SQLite: %s", sqlite3_errmsg (db));
    return FALSE;
  }
  for (gsize i = 0; invoices != NULL && i < MIN (pv_json_get_length (invoices), PV_DEMO_MAX_INVOICES); i++) {
    g_autoptr (PvJson) json = pv_json_get_item (invoices, i);

    if (!add (store, json, now_us, error))
      return FALSE;
  }
  return TRUE;
}

/* Reading, paying -------------------------------------------------------------------------------------------------- */

PvDemoInvoice *
pv_demo_invoices_get (PvDemoStore *store, const char *regie, const char *uuid)
{
  sqlite3_stmt *statement =
    prepare (store, "SELECT " COLUMNS " FROM invoice WHERE uuid = LOWER (?1) AND (?2 IS NULL OR regie = ?2)");
  PvDemoInvoice *invoice;

  bind_text (statement, 1, uuid);
  bind_text (statement, 2, regie);
  invoice = sqlite3_step (statement) == SQLITE_ROW ? read_row (statement) : NULL;
  sqlite3_finalize (statement);
  return invoice;
}

GPtrArray *
pv_demo_invoices_list (PvDemoStore *store, const char *regie, const char *payer)
{
  sqlite3_stmt *statement =
    prepare (store, "SELECT " COLUMNS " FROM invoice WHERE (?1 IS NULL OR regie = ?1) AND (?2 IS NULL OR payer = ?2)"
                    " ORDER BY number LIMIT " G_STRINGIFY (100));
  GPtrArray *invoices = g_ptr_array_new_with_free_func ((GDestroyNotify) pv_demo_invoice_free);

  bind_text (statement, 1, regie);
  bind_text (statement, 2, payer);
  while (sqlite3_step (statement) == SQLITE_ROW)
    g_ptr_array_add (invoices, read_row (statement));
  sqlite3_finalize (statement);
  return invoices;
}

void
pv_demo_invoices_pay (PvDemoStore *store, const char *uuid)
{
  sqlite3_stmt *statement = prepare (store, "UPDATE invoice SET remaining = 0 WHERE uuid = ?");

  bind_text (statement, 1, uuid);
  sqlite3_step (statement);
  sqlite3_finalize (statement);
}
