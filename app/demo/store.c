/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "demo/store.h"

#include <sqlite3.h>

#define ALPHABET "BCDFGHJKLMNPQRSTVWXZ"
#define COLUMNS                                                                                                        \
  "form, form_id, id, uuid, code, draft, received_us, updated_us, status, expected, channel, fields, context"

enum {
  BUSY_TIMEOUT_MS = 2000,
  CODE_ATTEMPTS = 10, /* 20^8 codes: a second attempt is already a wonder */
};

struct PvDemoStore {
  sqlite3 *db;
};

G_DEFINE_QUARK (pv_demo_store_error, pv_demo_store_error)

PvDemoFiling *
pv_demo_filing_new (const char *slug, const char *form_id)
{
  PvDemoFiling *filing = g_new0 (PvDemoFiling, 1);

  filing->slug = g_strdup (slug);
  filing->form_id = g_strdup (form_id);
  return filing;
}

void
pv_demo_filing_free (PvDemoFiling *filing)
{
  if (filing == NULL)
    return;
  g_free (filing->slug);
  g_free (filing->form_id);
  g_free (filing->uuid);
  g_free (filing->tracking_code);
  g_free (filing->status);
  g_free (filing->expected);
  g_free (filing->channel);
  g_free (filing->fields);
  g_free (filing->context);
  g_free (filing);
}

char *
pv_demo_filing_dup_number (const PvDemoFiling *filing)
{
  return g_strdup_printf ("%s-%" G_GINT64_FORMAT, filing->form_id, filing->id);
}

/* The text of SQLite's error names tables and columns, never values. */
static gboolean
fail (PvDemoStore *self, GError **error)
{
  g_set_error (error, PV_DEMO_STORE_ERROR, PV_DEMO_STORE_ERROR_FAILED, "SQLite: %s", sqlite3_errmsg (self->db));
  return FALSE;
}

PvDemoStore *
pv_demo_store_open (const char *folder, GError **error)
{
  static const char schema[] = "PRAGMA synchronous = FULL;"
                               "CREATE TABLE IF NOT EXISTS formdata ("
                               " serial INTEGER PRIMARY KEY AUTOINCREMENT,"
                               " form TEXT NOT NULL, form_id TEXT NOT NULL, id INTEGER NOT NULL,"
                               " uuid TEXT NOT NULL, code TEXT UNIQUE, draft INTEGER NOT NULL,"
                               " received_us INTEGER NOT NULL, updated_us INTEGER NOT NULL,"
                               " status TEXT, expected TEXT, channel TEXT,"
                               " fields TEXT NOT NULL, context TEXT NOT NULL,"
                               " UNIQUE (form, id));"
                               "CREATE TABLE IF NOT EXISTS calls ("
                               " number INTEGER PRIMARY KEY AUTOINCREMENT, called INTEGER NOT NULL,"
                               " told INTEGER NOT NULL, form TEXT NOT NULL, mark TEXT NOT NULL);"
                               "CREATE TABLE IF NOT EXISTS bookings ("
                               " id INTEGER PRIMARY KEY AUTOINCREMENT, agenda TEXT NOT NULL, slot TEXT NOT NULL,"
                               " datetime TEXT NOT NULL, ref TEXT NOT NULL, label TEXT NOT NULL, body TEXT NOT NULL,"
                               " cancelled INTEGER NOT NULL, waiting INTEGER NOT NULL);";
  g_autofree char *path = g_build_filename (folder, "portal.sqlite", NULL);
  g_autoptr (PvDemoStore) self = g_new0 (PvDemoStore, 1);

  if (sqlite3_open (path, &self->db) != SQLITE_OK || sqlite3_busy_timeout (self->db, BUSY_TIMEOUT_MS) != SQLITE_OK
      || sqlite3_exec (self->db, schema, NULL, NULL, NULL) != SQLITE_OK) {
    fail (self, error);
    return NULL;
  }
  return g_steal_pointer (&self);
}

void
pv_demo_store_close (PvDemoStore *self)
{
  if (self == NULL)
    return;
  sqlite3_close (self->db);
  g_free (self);
}

sqlite3 *
pv_demo_store_get_database (PvDemoStore *self)
{
  return self->db;
}

static sqlite3_stmt *
prepare (PvDemoStore *self, const char *sql)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (self->db, sql, -1, &statement, NULL) != SQLITE_OK)
    g_warning ("SQLite: %s", sqlite3_errmsg (self->db));
  return statement;
}

static void
bind_text (sqlite3_stmt *statement, int index, const char *text)
{
  sqlite3_bind_text (statement, index, text, -1, SQLITE_TRANSIENT);
}

static char *
make_code (void)
{
  char *code = g_new0 (char, PV_DEMO_CODE_LENGTH + 1);

  for (guint i = 0; i < PV_DEMO_CODE_LENGTH; i++)
    code[i] = ALPHABET[g_random_int_range (0, sizeof ALPHABET - 1)];
  return code;
}

static gint64
next_id (PvDemoStore *self, const char *slug)
{
  sqlite3_stmt *statement = prepare (self, "SELECT COALESCE (MAX (id), 0) + 1 FROM formdata WHERE form = ?");
  gint64 id = 1;

  bind_text (statement, 1, slug);
  if (sqlite3_step (statement) == SQLITE_ROW)
    id = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  return id;
}

static int
insert (PvDemoStore *self, const PvDemoFiling *filing)
{
  sqlite3_stmt *statement =
    prepare (self, "INSERT INTO formdata (" COLUMNS ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  int result;

  bind_text (statement, 1, filing->slug);
  bind_text (statement, 2, filing->form_id);
  sqlite3_bind_int64 (statement, 3, filing->id);
  bind_text (statement, 4, filing->uuid);
  bind_text (statement, 5, filing->tracking_code);
  sqlite3_bind_int (statement, 6, filing->is_draft);
  sqlite3_bind_int64 (statement, 7, filing->received_us);
  sqlite3_bind_int64 (statement, 8, filing->updated_us);
  bind_text (statement, 9, filing->status);
  bind_text (statement, 10, filing->expected);
  bind_text (statement, 11, filing->channel);
  bind_text (statement, 12, filing->fields);
  bind_text (statement, 13, filing->context != NULL ? filing->context : "{}");
  sqlite3_step (statement);
  result = sqlite3_finalize (statement);
  return result;
}

gboolean
pv_demo_store_add (PvDemoStore *self, PvDemoFiling *filing, gboolean wants_code, GError **error)
{
  int result = SQLITE_CONSTRAINT;

  g_free (filing->uuid);
  filing->uuid = g_uuid_string_random ();
  for (guint i = 0; i < CODE_ATTEMPTS && result == SQLITE_CONSTRAINT; i++) {
    filing->id = next_id (self, filing->slug);
    g_free (filing->tracking_code);
    filing->tracking_code = wants_code ? make_code () : NULL;
    result = insert (self, filing);
  }
  return result == SQLITE_OK || fail (self, error);
}

static char *
column (sqlite3_stmt *statement, int index)
{
  return g_strdup ((const char *) sqlite3_column_text (statement, index));
}

static PvDemoFiling *
read_row (sqlite3_stmt *statement)
{
  PvDemoFiling *filing = g_new0 (PvDemoFiling, 1);

  filing->slug = column (statement, 0);
  filing->form_id = column (statement, 1);
  filing->id = sqlite3_column_int64 (statement, 2);
  filing->uuid = column (statement, 3);
  filing->tracking_code = column (statement, 4);
  filing->is_draft = sqlite3_column_int (statement, 5);
  filing->received_us = sqlite3_column_int64 (statement, 6);
  filing->updated_us = sqlite3_column_int64 (statement, 7);
  filing->status = column (statement, 8);
  filing->expected = column (statement, 9);
  filing->channel = column (statement, 10);
  filing->fields = column (statement, 11);
  filing->context = column (statement, 12);
  return filing;
}

/* The first row, and the end of the statement. */
static PvDemoFiling *
take_row (sqlite3_stmt *statement)
{
  PvDemoFiling *filing = sqlite3_step (statement) == SQLITE_ROW ? read_row (statement) : NULL;

  sqlite3_finalize (statement);
  return filing;
}

PvDemoFiling *
pv_demo_store_get (PvDemoStore *self, const char *slug, gint64 id)
{
  sqlite3_stmt *statement = prepare (self, "SELECT " COLUMNS " FROM formdata WHERE form = ? AND id = ?");

  bind_text (statement, 1, slug);
  sqlite3_bind_int64 (statement, 2, id);
  return take_row (statement);
}

PvDemoFiling *
pv_demo_store_find_code (PvDemoStore *self, const char *code)
{
  sqlite3_stmt *statement = prepare (self, "SELECT " COLUMNS " FROM formdata WHERE code = UPPER (?)");

  bind_text (statement, 1, code);
  return take_row (statement);
}

PvDemoFiling *
pv_demo_store_get_newest (PvDemoStore *self)
{
  return take_row (prepare (self, "SELECT " COLUMNS " FROM formdata ORDER BY serial DESC LIMIT 1"));
}

GPtrArray *
pv_demo_store_list (PvDemoStore *self, const char *slug, const char *field, const char *value, gboolean with_drafts,
                    guint limit, guint offset)
{
  sqlite3_stmt *statement =
    prepare (self, "SELECT " COLUMNS " FROM formdata WHERE (?1 IS NULL OR form = ?1) AND (?2 OR NOT draft)"
                   " AND (?3 IS NULL OR json_extract (fields, ?3) = ?4) ORDER BY serial DESC LIMIT ?5 OFFSET ?6");
  g_autofree char *path = field != NULL ? g_strdup_printf ("$.\"%s\"", field) : NULL;
  GPtrArray *filings = g_ptr_array_new_with_free_func ((GDestroyNotify) pv_demo_filing_free);

  bind_text (statement, 1, slug);
  sqlite3_bind_int (statement, 2, with_drafts);
  bind_text (statement, 3, path);
  bind_text (statement, 4, value);
  sqlite3_bind_int64 (statement, 5, limit);
  sqlite3_bind_int64 (statement, 6, offset);
  while (sqlite3_step (statement) == SQLITE_ROW)
    g_ptr_array_add (filings, read_row (statement));
  sqlite3_finalize (statement);
  return filings;
}

struct sqlite3 *
pv_demo_store_get_db (PvDemoStore *self)
{
  return self->db;
}

gboolean
pv_demo_store_set_status (PvDemoStore *self, const char *slug, gint64 id, const char *status, const char *expected,
                          gint64 now_us)
{
  sqlite3_stmt *statement =
    prepare (self, "UPDATE formdata SET status = ?, expected = ?, updated_us = ? WHERE form = ? AND id = ?");

  bind_text (statement, 1, status);
  bind_text (statement, 2, expected);
  sqlite3_bind_int64 (statement, 3, now_us);
  bind_text (statement, 4, slug);
  sqlite3_bind_int64 (statement, 5, id);
  sqlite3_step (statement);
  return sqlite3_finalize (statement) == SQLITE_OK && sqlite3_changes (self->db) == 1;
}

static void
call_free (gpointer data)
{
  PvDemoCall *call = data;

  g_free (call->slug);
  g_free (call->mark);
  g_free (call);
}

gint64
pv_demo_store_begin_call (PvDemoStore *self, PvDemoCalled called, const char *slug, const char *mark)
{
  sqlite3_stmt *statement = prepare (self, "INSERT INTO calls (called, told, form, mark) VALUES (?, ?, ?, ?)");

  sqlite3_bind_int (statement, 1, (int) called);
  sqlite3_bind_int (statement, 2, PV_DEMO_TOLD_NOTHING);
  bind_text (statement, 3, slug);
  bind_text (statement, 4, mark);
  sqlite3_step (statement);
  return sqlite3_finalize (statement) == SQLITE_OK ? sqlite3_last_insert_rowid (self->db) : 0;
}

void
pv_demo_store_end_call (PvDemoStore *self, gint64 number, PvDemoTold told)
{
  sqlite3_stmt *statement = prepare (self, "UPDATE calls SET told = ? WHERE number = ?");

  sqlite3_bind_int (statement, 1, (int) told);
  sqlite3_bind_int64 (statement, 2, number);
  sqlite3_step (statement);
  if (sqlite3_finalize (statement) != SQLITE_OK)
    g_warning ("SQLite: %s", sqlite3_errmsg (self->db));
}

GPtrArray *
pv_demo_store_list_calls (PvDemoStore *self)
{
  sqlite3_stmt *statement = prepare (self, "SELECT called, told, form, mark FROM calls ORDER BY number");
  GPtrArray *calls = g_ptr_array_new_with_free_func (call_free);

  while (sqlite3_step (statement) == SQLITE_ROW) {
    PvDemoCall *call = g_new0 (PvDemoCall, 1);

    call->called = (PvDemoCalled) sqlite3_column_int (statement, 0);
    call->told = (PvDemoTold) sqlite3_column_int (statement, 1);
    call->slug = column (statement, 2);
    call->mark = column (statement, 3);
    g_ptr_array_add (calls, call);
  }
  sqlite3_finalize (statement);
  return calls;
}
