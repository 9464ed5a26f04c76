/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "mediator/audit-file.h"

#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#define FILE_NAME "audit.log"
#include "file-in-folder.h"

#include "assist/audit.h"

enum { DAY = 24 * 60 * 60, NOVEMBER = 1795440720 /* 23 November 2026 */, DECEMBER = NOVEMBER + 20 * DAY };

static PvAuditFile *
open_at (gint64 now_utc)
{
  g_autoptr (GError) error = NULL;
  PvAuditFile *file = pv_audit_file_open (path, 365, now_utc, &error);

  if (file == NULL)
    fail_msg ("%s", error->message);
  return file;
}

static char *
read_month (const char *name)
{
  g_autofree char *file = g_build_filename (folder, name, NULL);
  char *text = NULL;

  return g_file_get_contents (file, &text, NULL, NULL) ? text : NULL;
}

/* Of a good chain from its beginning. (transfer full) */
static char *
last_hash (const char *text)
{
  PvAuditChain chain = { 0 };
  guint line = 0;
  char *hex = g_malloc (2 * PV_AUDIT_HASH_BYTES + 1);

  if (!pv_audit_verify (&chain, text, &line))
    fail_msg ("line %u is wrong in:\n%s", line, text);
  return sodium_bin2hex (hex, 2 * PV_AUDIT_HASH_BYTES + 1, chain.hash, sizeof chain.hash);
}

static void
the_chain_goes_on_over_restarts (void **state)
{
  g_autofree char *text = NULL, *hash = NULL;

  (void) state;
  for (guint i = 0; i < 3; i++) {
    g_autoptr (PvAuditFile) file = open_at (NOVEMBER + i);

    assert_true (pv_audit_file_add (file, NOVEMBER + i, "point", "adresse", NULL));
    assert_true (pv_audit_file_sync (file, NULL));
  }
  text = read_month ("audit-2026-11.log");
  hash = last_hash (text);
  assert_true (g_str_has_prefix (text, "1795440720 " PV_AUDIT_CONTINUES " 000000"));
  assert_non_null (strstr (text, "\n1795440720 point adresse "));
  assert_non_null (strstr (text, "\n1795440722 point adresse "));
}

static void
each_month_has_a_file_that_continues_the_one_before (void **state)
{
  g_autoptr (PvAuditFile) file = open_at (NOVEMBER);
  g_autofree char *november = NULL, *december = NULL, *hash = NULL, *first = NULL, *end = NULL;

  (void) state;
  pv_audit_file_add (file, NOVEMBER, "join", NULL, NULL);
  pv_audit_file_add (file, DECEMBER, "point", "nom", NULL);
  november = read_month ("audit-2026-11.log");
  december = read_month ("audit-2026-12.log");
  hash = last_hash (november);
  end = last_hash (december);
  first = g_strdup_printf ("%d continues %s ", DECEMBER, hash);
  assert_true (g_str_has_prefix (december, first));
  assert_non_null (strstr (december, " point nom "));
}

static void
a_start_in_a_new_month_continues_too (void **state)
{
  g_autofree char *november = NULL, *december = NULL, *hash = NULL;

  (void) state;
  {
    g_autoptr (PvAuditFile) file = open_at (NOVEMBER);

    pv_audit_file_add (file, NOVEMBER, "join", NULL, NULL);
  }
  {
    g_autoptr (PvAuditFile) file = open_at (DECEMBER);

    pv_audit_file_add (file, DECEMBER, "join", NULL, NULL);
  }
  november = read_month ("audit-2026-11.log");
  december = read_month ("audit-2026-12.log");
  hash = last_hash (november);
  assert_non_null (strstr (december, hash));
}

static guint
count_files (void)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
old_months_are_taken_away_and_nothing_else (void **state)
{
  static const struct {
    const char *name;
    gboolean stays;
  } files[] = {
    { "audit-2025-10.log", FALSE },   { "audit-2025-10.broken-1760000000.log", FALSE },
    { "audit-2025-11.log", TRUE }, /* its last day is younger than a year */
    { "audit-2026-10.log", TRUE },    { "audit-2020-01.log.txt", TRUE },
    { "audit-2020-1.log", TRUE },     { "audit-2020-01-mine.log", TRUE },
    { "activity-2020-01.log", TRUE }, { "audit.log", TRUE },
  };
  g_autoptr (PvAuditFile) file = NULL;

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autofree char *name = g_build_filename (folder, files[i].name, NULL);

    assert_true (g_file_set_contents (name, "", -1, NULL));
  }
  file = open_at (NOVEMBER);
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autofree char *name = g_build_filename (folder, files[i].name, NULL);

    if (g_file_test (name, G_FILE_TEST_EXISTS) != files[i].stays)
      fail_msg ("%s", files[i].name);
  }
}

static void
a_changed_file_is_set_aside_and_told (void **state)
{
  g_autofree char *november = g_build_filename (folder, "audit-2026-11.log", NULL), *text = NULL, *aside = NULL,
                  *now = NULL, *first = NULL, *hash = NULL, *end = NULL;
  char *second;

  (void) state;
  {
    g_autoptr (PvAuditFile) file = open_at (NOVEMBER);

    pv_audit_file_add (file, NOVEMBER, "join", NULL, NULL);
    pv_audit_file_add (file, NOVEMBER, "set", "nom", NULL);
  }
  text = read_month ("audit-2026-11.log");
  second = strstr (text, " set ");
  memcpy (second, " see ", 5);
  assert_true (g_file_set_contents (november, text, -1, NULL));
  {
    g_autoptr (PvAuditFile) file = open_at (NOVEMBER + 60);
  }
  aside = read_month ("audit-2026-11.broken-1795440780.log");
  assert_string_equal (aside, text);
  now = read_month ("audit-2026-11.log");
  first = g_strndup (text, (gsize) (second - text)); /* up to the seconds of the line that was changed */
  *(strrchr (first, '\n') + 1) = '\0';
  hash = last_hash (first);
  end = last_hash (now);
  assert_true (g_str_has_prefix (now, "1795440780 continues "));
  assert_non_null (strstr (now, hash));
  assert_non_null (strstr (now, " broken 3 "));
}

typedef enum { UNTOUCHED, CUT, GONE, NO_HEAD, AHEAD, FIRST_OF_MONTH } Change;

/* What the power, or somebody, left of three lines. */
static void
change (Change change)
{
  g_autofree char *november = g_build_filename (folder, "audit-2026-11.log", NULL),
                  *december = g_build_filename (folder, "audit-2026-12.log", NULL),
                  *head = g_build_filename (folder, PV_AUDIT_HEAD, NULL), *text = read_month ("audit-2026-11.log"),
                  *line = NULL;
  PvAuditChain chain = { 0 };

  assert_true (pv_audit_verify (&chain, text, NULL));
  if (change == CUT) {
    *strrchr (text, '\n') = '\0';
    *(strrchr (text, '\n') + 1) = '\0';
    assert_true (g_file_set_contents (november, text, -1, NULL));
  } else if (change == GONE) {
    g_remove (november);
  } else if (change == NO_HEAD) {
    g_remove (head);
  } else if (change == AHEAD) {
    g_autofree char *next = pv_audit_append (&chain, NOVEMBER, "end", NULL);

    line = g_strconcat (text, next, NULL);
    assert_true (g_file_set_contents (november, line, -1, NULL));
  } else if (change == FIRST_OF_MONTH) {
    line = pv_audit_continue (&chain, DECEMBER);
    assert_true (g_file_set_contents (december, line, -1, NULL));
  }
}

static void
an_end_that_was_cut_off_is_told (void **state)
{
  static const struct {
    Change change;
    gint64 opened;
    gboolean is_told;
  } table[] = {
    { UNTOUCHED, NOVEMBER + 60, FALSE },
    { UNTOUCHED, DECEMBER, FALSE },
    { UNTOUCHED, NOVEMBER + 800 * (gint64) DAY, FALSE }, /* past the retention */
    { CUT, NOVEMBER + 60, TRUE },
    { CUT, DECEMBER, TRUE },
    { GONE, NOVEMBER + 60, TRUE },
    { NO_HEAD, NOVEMBER + 60, TRUE },
    /* The power went between a line and the head. */
    { AHEAD, NOVEMBER + 60, FALSE },
    { FIRST_OF_MONTH, DECEMBER, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autofree char *november = NULL, *december = NULL;
    gboolean is_told;

    tear_down (state);
    set_up (state);
    for (guint start = 0; start < 2; start++) {
      g_autoptr (PvAuditFile) file = open_at (start == 0 ? NOVEMBER : table[i].opened);

      if (start == 0) {
        assert_true (pv_audit_file_add (file, NOVEMBER, "join", NULL, NULL));
        assert_true (pv_audit_file_add (file, NOVEMBER, "point", "nom", NULL));
        change (table[i].change);
      }
    }
    november = read_month ("audit-2026-11.log");
    december = read_month ("audit-2026-12.log");
    is_told = (november != NULL && strstr (november, " broken - ") != NULL)
              || (december != NULL && strstr (december, " broken - ") != NULL);
    if (is_told != table[i].is_told)
      fail_msg ("row %zu", i);
  }
}

static void
the_head_names_the_last_line (void **state)
{
  g_autoptr (PvAuditFile) file = open_at (NOVEMBER);

  (void) state;
  for (gint64 now = NOVEMBER; now <= DECEMBER; now += 10 * DAY) {
    g_autofree char *head = NULL, *name = NULL, *text = NULL;
    PvAuditChain chain = { 0 }, named;

    assert_true (pv_audit_file_add (file, now, "join", NULL, NULL));
    head = read_month (PV_AUDIT_HEAD);
    assert_true (pv_audit_read_head (head, &named, &name));
    text = read_month (name);
    assert_true (pv_audit_verify (&chain, text, NULL));
    assert_memory_equal (&chain, &named, sizeof chain);
  }
}

static void
values_are_not_names (void **state)
{
  g_autoptr (PvAuditFile) file = open_at (NOVEMBER);
  g_autofree char *text = NULL;

  (void) state;
  assert_true (pv_audit_file_add (file, NOVEMBER, "set", "12 rue des Lilas", NULL));
  text = read_month ("audit-2026-11.log");
  assert_null (strstr (text, "Lilas"));
  assert_non_null (strstr (text, " set - "));
}

/* What the lines @verb and @verb-more hold. */
static void
expect_bytes (const char *text, const char *verb, const guint8 *expected, gsize expected_size)
{
  g_autofree char *more = g_strconcat (verb, PV_AUDIT_MORE, NULL);
  g_autoptr (GString) pieces = g_string_new (NULL);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint8 bytes[256];
  gsize size = 0;

  for (guint i = 0; *lines[i] != '\0'; i++) {
    g_auto (GStrv) words = g_strsplit (lines[i], " ", -1);

    if (g_str_equal (words[1], pieces->len == 0 ? verb : more))
      g_string_append (pieces, words[2]);
  }
  assert_int_equal (sodium_base642bin (bytes, sizeof bytes, pieces->str, pieces->len, NULL, &size, NULL,
                                       sodium_base64_VARIANT_URLSAFE_NO_PADDING),
                    0);
  assert_int_equal (size, expected_size);
  assert_memory_equal (bytes, expected, size);
}

static void
a_consent_can_be_put_together_again (void **state)
{
  g_autoptr (PvAuditFile) file = open_at (NOVEMBER);
  guint8 record[180], lent[125];
  g_autoptr (GBytes) consent = NULL, delegation = NULL;
  g_autofree char *text = NULL, *end = NULL;

  (void) state;
  randombytes_buf (record, sizeof record);
  randombytes_buf (lent, sizeof lent);
  consent = g_bytes_new (record, sizeof record);
  delegation = g_bytes_new (lent, sizeof lent);
  assert_true (pv_audit_file_add_consent (file, NOVEMBER, consent, delegation, NULL));
  text = read_month ("audit-2026-11.log");
  end = last_hash (text);
  expect_bytes (text, PV_AUDIT_CONSENT, record, sizeof record);
  expect_bytes (text, PV_AUDIT_DELEGATION, lent, sizeof lent);
}

static void
two_consoles_do_not_write_into_one_file (void **state)
{
  g_autoptr (PvAuditFile) file = open_at (NOVEMBER);
  g_autoptr (GError) error = NULL;

  (void) state;
  assert_null (pv_audit_file_open (path, 365, NOVEMBER, &error));
  assert_int_equal (error->domain, G_FILE_ERROR);
}

static void
the_owner_alone_reads_it (void **state)
{
  g_autoptr (PvAuditFile) file = open_at (NOVEMBER);
  g_autofree char *name = g_build_filename (folder, "audit-2026-11.log", NULL);
  GStatBuf facts;

  (void) state;
  assert_int_equal (g_stat (name, &facts), 0);
  assert_int_equal (facts.st_mode & 07777, 0600);
  assert_int_equal (count_files (), 2); /* with the head */
}

static void
a_link_is_not_followed (void **state)
{
  g_autofree char *name = g_build_filename (folder, "audit-2026-11.log", NULL),
                  *elsewhere = g_build_filename (folder, "elsewhere", NULL);
  g_autoptr (GError) error = NULL;

  (void) state;
  assert_int_equal (symlink (elsewhere, name), 0);
  assert_null (pv_audit_file_open (path, 365, NOVEMBER, &error));
  assert_int_equal (error->domain, G_FILE_ERROR);
  assert_false (g_file_test (elsewhere, G_FILE_TEST_EXISTS));
}

int
main (void)
{
#define T(test) cmocka_unit_test_setup_teardown (test, set_up, tear_down)
  const struct CMUnitTest tests[] = {
    T (the_chain_goes_on_over_restarts),
    T (each_month_has_a_file_that_continues_the_one_before),
    T (a_start_in_a_new_month_continues_too),
    T (old_months_are_taken_away_and_nothing_else),
    T (a_changed_file_is_set_aside_and_told),
    T (an_end_that_was_cut_off_is_told),
    T (the_head_names_the_last_line),
    T (values_are_not_names),
    T (a_consent_can_be_put_together_again),
    T (two_consoles_do_not_write_into_one_file),
    T (the_owner_alone_reads_it),
    T (a_link_is_not_followed),
  };

  tst_init ();
  return sodium_init () >= 0 ? cmocka_run_group_tests (tests, NULL, NULL) : 1;
}
