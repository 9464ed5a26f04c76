/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/address-write.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "platform/address-index.h"

enum { PAGE_BYTES = 4096, INDEX_MODE = 0644 };

/* Words only, and nothing of where they stand: the rows have the names. Beginnings of one to three letters have lists of
 * their own. */
#define WORDS_OF(table)                                                                                                \
  "CREATE VIRTUAL TABLE " table " USING fts5 (words, content = '', columnsize = 0, detail = none,"                     \
  " prefix = '1 2 3', tokenize = 'ascii');"

static const char schema[] =
  "CREATE TABLE street (id INTEGER PRIMARY KEY, name TEXT NOT NULL, postcode TEXT NOT NULL, commune TEXT NOT NULL,"
  " insee TEXT NOT NULL, lat REAL NOT NULL, lon REAL NOT NULL);"
  "CREATE TABLE number (street INTEGER NOT NULL, number INTEGER NOT NULL, repetition TEXT NOT NULL, lat REAL NOT NULL,"
  " lon REAL NOT NULL, PRIMARY KEY (street, number, repetition)) WITHOUT ROWID;"
  "CREATE TABLE crossing (id INTEGER PRIMARY KEY, a INTEGER NOT NULL, b INTEGER NOT NULL, lat REAL NOT NULL,"
  " lon REAL NOT NULL);"
  "CREATE TABLE word (word TEXT PRIMARY KEY) WITHOUT ROWID;" WORDS_OF ("street_words") WORDS_OF ("crossing_words");

typedef struct {
  sqlite3 *db;
  sqlite3_stmt *statement; /* (nullable) */
} Writer;

static gboolean
run (Writer *writer, const char *sql)
{
  return sqlite3_exec (writer->db, sql, NULL, NULL, NULL) == SQLITE_OK;
}

static gboolean
prepare (Writer *writer, const char *sql)
{
  sqlite3_finalize (writer->statement);
  writer->statement = NULL;
  return sqlite3_prepare_v2 (writer->db, sql, -1, &writer->statement, NULL) == SQLITE_OK;
}

static void
bind_text (Writer *writer, int index, const char *text)
{
  sqlite3_bind_text (writer->statement, index, text, -1, SQLITE_TRANSIENT);
}

static gboolean
insert (Writer *writer)
{
  gboolean is_done = sqlite3_step (writer->statement) == SQLITE_DONE;

  return sqlite3_reset (writer->statement) == SQLITE_OK && is_done;
}

static gboolean
write_streets (Writer *writer, const PvTown *town)
{
  gboolean is_fine = prepare (writer, "INSERT INTO street VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");

  for (guint i = 0; is_fine && i < town->streets->len; i++) {
    const PvTownStreet *street = town->streets->pdata[i];

    sqlite3_bind_int64 (writer->statement, 1, i + 1);
    bind_text (writer, 2, street->name);
    bind_text (writer, 3, street->postcode);
    bind_text (writer, 4, street->commune);
    bind_text (writer, 5, street->insee);
    sqlite3_bind_double (writer->statement, 6, street->latitude);
    sqlite3_bind_double (writer->statement, 7, street->longitude);
    is_fine = insert (writer);
  }
  return is_fine;
}

static gboolean
write_numbers (Writer *writer, const PvTown *town)
{
  gboolean is_fine = prepare (writer, "INSERT INTO number VALUES (?1, ?2, ?3, ?4, ?5)");

  for (guint i = 0; is_fine && i < town->numbers->len; i++) {
    const PvTownNumber *number = &g_array_index (town->numbers, PvTownNumber, i);

    if (number->number == 0)
      continue;
    sqlite3_bind_int64 (writer->statement, 1, number->street + 1);
    sqlite3_bind_int64 (writer->statement, 2, number->number);
    bind_text (writer, 3, number->repetition);
    sqlite3_bind_double (writer->statement, 4, number->latitude);
    sqlite3_bind_double (writer->statement, 5, number->longitude);
    is_fine = insert (writer);
  }
  return is_fine;
}

static gboolean
write_crossings (Writer *writer, const PvTown *town)
{
  gboolean is_fine = prepare (writer, "INSERT INTO crossing VALUES (?1, ?2, ?3, ?4, ?5)");

  for (guint i = 0; is_fine && i < town->crossings->len; i++) {
    const PvTownCrossing *crossing = &g_array_index (town->crossings, PvTownCrossing, i);

    sqlite3_bind_int64 (writer->statement, 1, i + 1);
    sqlite3_bind_int64 (writer->statement, 2, crossing->a + 1);
    sqlite3_bind_int64 (writer->statement, 3, crossing->b + 1);
    sqlite3_bind_double (writer->statement, 4, crossing->latitude);
    sqlite3_bind_double (writer->statement, 5, crossing->longitude);
    is_fine = insert (writer);
  }
  return is_fine;
}

/* Name, commune and postcode, each word once. (transfer full) */
static char *
list_words (const PvTownStreet *street)
{
  g_autoptr (PvWords) name = pv_street_words (street->name);
  g_autoptr (PvWords) commune = pv_street_words (street->commune);
  g_autofree char *names = g_strjoinv (" ", name->items);
  g_autofree char *communes = g_strjoinv (" ", commune->items);

  return g_strjoin (" ", names, communes, street->postcode, NULL);
}

static gboolean
write_vocabulary (Writer *writer, const PvTown *town)
{
  gboolean is_fine = prepare (writer, "INSERT OR IGNORE INTO word VALUES (?1)");

  for (guint i = 0; is_fine && i < town->streets->len; i++) {
    g_autofree char *words = list_words (town->streets->pdata[i]);
    g_auto (GStrv) list = g_strsplit (words, " ", -1);

    for (guint k = 0; is_fine && list[k] != NULL; k++) {
      bind_text (writer, 1, list[k]);
      is_fine = list[k][0] == '\0' || insert (writer);
    }
  }
  return is_fine;
}

static gboolean
write_words (Writer *writer, const PvTown *town)
{
  gboolean is_fine = prepare (writer, "INSERT INTO street_words (rowid, words) VALUES (?1, ?2)");

  for (guint i = 0; is_fine && i < town->streets->len; i++) {
    g_autofree char *words = list_words (town->streets->pdata[i]);

    sqlite3_bind_int64 (writer->statement, 1, i + 1);
    bind_text (writer, 2, words);
    is_fine = insert (writer);
  }
  is_fine = is_fine && prepare (writer, "INSERT INTO crossing_words (rowid, words) VALUES (?1, ?2)");
  for (guint i = 0; is_fine && i < town->crossings->len; i++) {
    const PvTownCrossing *crossing = &g_array_index (town->crossings, PvTownCrossing, i);
    g_autofree char *a = list_words (town->streets->pdata[crossing->a]);
    g_autofree char *b = list_words (town->streets->pdata[crossing->b]);
    g_autofree char *words = g_strjoin (" ", a, b, NULL);

    sqlite3_bind_int64 (writer->statement, 1, i + 1);
    bind_text (writer, 2, words);
    is_fine = insert (writer);
  }
  return is_fine;
}

static gboolean
write_all (Writer *writer, const PvTown *town)
{
  g_autofree char *settings =
    g_strdup_printf ("PRAGMA page_size = %d; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
                     "PRAGMA application_id = %d; PRAGMA user_version = %d; BEGIN;",
                     PAGE_BYTES, PV_ADDRESS_APPLICATION, PV_ADDRESS_VERSION);

  return run (writer, settings) && run (writer, schema) && write_streets (writer, town) && write_numbers (writer, town)
         && write_crossings (writer, town) && write_vocabulary (writer, town) && write_words (writer, town)
         && run (writer, "INSERT INTO street_words (street_words) VALUES ('optimize');"
                         "INSERT INTO crossing_words (crossing_words) VALUES ('optimize'); COMMIT; VACUUM;");
}

static gboolean
write_database (const PvTown *town, const char *path, GError **error)
{
  Writer writer = { NULL, NULL };
  gboolean is_fine = sqlite3_open (path, &writer.db) == SQLITE_OK && write_all (&writer, town);

  if (!is_fine)
    g_set_error (error, PV_ADDRESS_ERROR, PV_ADDRESS_ERROR_FAILED, "%s: SQLite: %s", path, sqlite3_errmsg (writer.db));
  sqlite3_finalize (writer.statement);
  return sqlite3_close (writer.db) == SQLITE_OK && is_fine;
}

/* On the disk, before its name is. */
static gboolean
put_in_place (const char *from, const char *to, GError **error)
{
  int fd = open (from, O_RDWR | O_CLOEXEC);
  gboolean is_fine = fd >= 0 && fchmod (fd, INDEX_MODE) == 0 && fsync (fd) == 0 && g_rename (from, to) == 0;

  if (!is_fine)
    g_set_error (error, PV_ADDRESS_ERROR, PV_ADDRESS_ERROR_FAILED, "%s: %s", to, g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return is_fine;
}

gboolean
pv_address_write (const PvTown *town, const char *path, GError **error)
{
  g_autofree char *other = g_strconcat (path, ".XXXXXX", NULL);
  int fd = g_mkstemp_full (other, O_RDWR | O_CLOEXEC, 0600);
  gboolean is_fine;

  if (fd < 0) {
    g_set_error (error, PV_ADDRESS_ERROR, PV_ADDRESS_ERROR_FAILED, "%s: %s", path, g_strerror (errno));
    return FALSE;
  }
  close (fd); /* an empty file is an empty database */
  is_fine = write_database (town, other, error) && put_in_place (other, path, error);
  if (!is_fine)
    g_unlink (other);
  return is_fine;
}
