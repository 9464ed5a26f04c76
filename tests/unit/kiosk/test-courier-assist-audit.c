/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "assist/error.h"
#include "fake-clock.h"
#include "kiosk/courier/assist-audit.h"

enum { DAYS = 60, DAY_MS = 24 * 60 * 60 * 1000 };

static char *folder;
static FakeClock fake;
static PvAssistAudit *audit;

static void
reopen (void)
{
  g_autoptr (GError) error = NULL;

  pv_assist_audit_free (audit);
  audit = pv_assist_audit_open (folder, pv_disk_get_default (), &fake.clock, DAYS, &error);
  if (audit == NULL)
    fail_msg ("%s", error->message);
}

static int
set_up (void **state)
{
  (void) state;
  folder = g_dir_make_tmp ("pv-audit-XXXXXX", NULL);
  fake_clock_init (&fake, "2026-11-24T10:00:00Z");
  reopen ();
  return 0;
}

static int
tear_down (void **state)
{
  (void) state;
  g_clear_pointer (&audit, pv_assist_audit_free);
  tst_remove_folder (folder);
  g_clear_pointer (&folder, g_free);
  return 0;
}

static void
note (const char *verb, const char *subject)
{
  g_autoptr (GError) error = NULL;

  if (!pv_assist_audit_note (audit, verb, subject, &error))
    fail_msg ("%s: %s", verb, error->message);
  fake_clock_advance_ms (&fake, 1000);
}

/* (transfer full): NULL if it is not there */
static char *
content_of (const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);
  return text;
}

static void
put (const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  assert_true (g_file_set_contents (path, text, -1, NULL));
}

/* What the lines say, without times and hashes. (transfer full) */
static char *
words_of (const char *name)
{
  g_autofree char *text = content_of (name);
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", -1);
  GString *words = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++) {
    g_auto (GStrv) parts = g_strsplit (lines[i], " ", -1);

    assert_int_equal (g_strv_length (parts), 4);
    g_string_append_printf (words, "%s%s %s", i > 0 ? ", " : "", parts[1], strlen (parts[2]) == 64 ? "H" : parts[2]);
  }
  return g_string_free (words, FALSE);
}

static void
expect_words (const char *name, const char *expected)
{
  g_autofree char *words = words_of (name);

  assert_string_equal (words, expected);
}

/* The files in order, as one chain that ends at the head. */
static gboolean
is_whole (const char *const *names)
{
  g_autofree char *head_text = content_of ("audit.head"), *file = NULL;
  PvAuditChain chain = { 0 }, head;

  for (guint i = 0; names[i] != NULL; i++) {
    g_autofree char *text = content_of (names[i]);
    PvAuditChain start;

    if (text == NULL || !pv_audit_read_continue (text, &start) || (i > 0 && memcmp (&start, &chain, sizeof start) != 0))
      return FALSE;
    chain = (PvAuditChain){ 0 };
    if (!pv_audit_verify (&chain, text, NULL))
      return FALSE;
  }
  return head_text != NULL && pv_audit_read_head (head_text, &head, &file) && memcmp (&head, &chain, sizeof head) == 0;
}

static const char november[] = "audit-2026-11.log", december[] = "audit-2026-12.log";

static void
the_chain_goes_on_across_starts_and_months (void **state)
{
  const char *const names[] = { november, december, NULL };
  struct stat info;
  g_autofree char *path = g_build_filename (folder, november, NULL);

  (void) state;
  note ("call", "");
  reopen ();
  note ("point", "adresse");
  fake_clock_advance_ms (&fake, (gint64) 10 * DAY_MS);
  note ("propose", "8/0/81");
  reopen ();
  note ("end", "");
  expect_words (november, "continues H, call -, point adresse");
  expect_words (december, "continues H, propose 8/0/81, end -");
  assert_true (is_whole (names));
  assert_int_equal (g_stat (path, &info), 0);
  assert_int_equal (info.st_mode & 0777, 0600);
}

static void
what_is_no_name_stays_out (void **state)
{
  static const char *const bad[] = { "",          "a b",        "é",    "broken",      "consent",
                                     "continues", "delegation", "full", "consent-more" };

  (void) state;
  note ("point", "4 rue des Tilleuls");
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;

    assert_false (pv_assist_audit_note (audit, bad[i], "adresse", &error));
    assert_true (g_error_matches (error, PV_ASSIST_AUDIT_ERROR, PV_ASSIST_AUDIT_ERROR_BAD));
  }
  expect_words (november, "continues H, point -");
}

/* Wherever the power goes, what was acknowledged is there, and nothing looks as if somebody had changed it. */
static void
a_power_cut_within_a_line_is_no_breach (void **state)
{
  const char *const names[] = { november, NULL };
  g_autofree char *head_0 = content_of ("audit.head"), *head_1 = NULL, *one = NULL, *two = NULL;

  (void) state;
  note ("call", "");
  one = content_of (november);
  head_1 = content_of ("audit.head");
  note ("point", "adresse");
  two = content_of (november);
  for (gsize size = 0; size <= strlen (two); size += 3) {
    /* What is not written yet may be zeros already. */
    for (guint with_zeros = 0; with_zeros < (size % 8 == 0 ? 2 : 1); with_zeros++) {
      gboolean is_first = size < strlen (one);
      g_autoptr (GString) cut = g_string_new_len (two, (gssize) size);
      g_autofree char *path = g_build_filename (folder, november, NULL);

      g_string_append_len (cut, "\0\0\0", with_zeros == 1 ? 3 : 0);
      assert_true (g_file_set_contents (path, cut->str, (gssize) cut->len, NULL));
      put ("audit.head", is_first ? head_0 : head_1);
      reopen ();
      note ("end", "");
      assert_true (is_whole (names));
      expect_words (november, is_first ? "continues H, end -" : "continues H, call -, end -");
    }
  }
}

/* Not mended: it stays to be seen, and what comes after it can still be held against the head. */
static void
a_changed_log_is_told_and_goes_on_from_the_head (void **state)
{
  static const struct {
    const char *what;
    gsize from, to; /* lines that are taken out */
    gboolean is_changed, has_no_head, has_no_file;
    guint n_broken;
  } cases[] = {
    { "nothing", 0, 0, FALSE, FALSE, FALSE, 0 },
    { "the last line is gone", 4, 5, FALSE, FALSE, FALSE, 1 },
    { "two last lines are gone", 3, 5, FALSE, FALSE, FALSE, 1 },
    { "one of the middle is gone", 2, 3, FALSE, FALSE, FALSE, 1 },
    { "a letter is another", 0, 0, TRUE, FALSE, FALSE, 1 },
    { "no head", 0, 0, FALSE, TRUE, FALSE, 1 },
    { "no file", 0, 0, FALSE, FALSE, TRUE, 1 },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = NULL, *path = g_build_filename (folder, november, NULL),
                    *head = g_build_filename (folder, "audit.head", NULL), *words = NULL;
    g_auto (GStrv) lines = NULL;
    g_autoptr (GString) changed = g_string_new (NULL);
    guint n_broken = 0;

    g_unlink (path);
    g_unlink (head);
    reopen ();
    for (guint n = 0; n < 4; n++)
      note ("point", "adresse");
    text = content_of (november);
    lines = g_strsplit (text, "\n", -1);
    for (gsize n = 0; n < 5; n++)
      if (n < cases[i].from || n >= cases[i].to)
        g_string_append_printf (changed, "%s\n", lines[n]);
    if (cases[i].is_changed)
      *strstr (changed->str, "adresse") = 'A';
    put (november, changed->str);
    if (cases[i].has_no_head)
      g_unlink (head);
    if (cases[i].has_no_file)
      g_unlink (path);
    reopen ();
    note ("end", "");
    words = words_of (november);
    for (const char *at = words; (at = strstr (at, "broken -")) != NULL; at++)
      n_broken++;
    if (n_broken != cases[i].n_broken || !g_str_has_suffix (words, ", end -"))
      fail_msg ("%s: %s", cases[i].what, words);
  }
}

static void
months_go_when_they_are_over_for_long_enough (void **state)
{
  const char *const both[] = { november, december, NULL }, *const one[] = { december, NULL };
  g_autoptr (GBytes) bytes = g_bytes_new_static ("record", 6);
  g_autofree char *gone = NULL, *head = NULL;

  (void) state;
  note ("call", "");
  assert_true (pv_assist_audit_keep_consent (audit, bytes, bytes, NULL));
  fake_clock_advance_ms (&fake, (gint64) 10 * DAY_MS);
  note ("call", "");
  /* 55 days after the end of November. */
  fake_clock_advance_ms (&fake, (gint64) 51 * DAY_MS);
  pv_assist_audit_tidy (audit);
  assert_true (is_whole (both));
  fake.is_synchronised = FALSE;
  fake_clock_advance_ms (&fake, (gint64) 10 * DAY_MS);
  pv_assist_audit_tidy (audit);
  assert_true (is_whole (both));
  fake.is_synchronised = TRUE;
  pv_assist_audit_tidy (audit);
  gone = content_of (november);
  assert_null (gone);
  assert_true (is_whole (one));
  /* The last one goes too, and the chain still goes on. */
  fake_clock_advance_ms (&fake, (gint64) 60 * DAY_MS);
  reopen ();
  head = content_of ("audit.head");
  assert_true (g_str_has_prefix (head, "- "));
  reopen ();
  note ("call", "");
  expect_words ("audit-2027-04.log", "continues H, call -");
}

static void
a_clock_that_nobody_sets_begins_no_month (void **state)
{
  (void) state;
  note ("call", "");
  fake.is_synchronised = FALSE;
  fake_clock_advance_ms (&fake, (gint64) 400 * DAY_MS);
  note ("point", "");
  /* Set right in the end, and earlier than the file. */
  fake.wall_us -= (gint64) 460 * DAY_MS * 1000;
  fake.is_synchronised = TRUE;
  note ("end", "");
  expect_words (november, "continues H, call -, point -, end -");
}

static void
a_consent_is_kept_with_what_its_key_was_lent (void **state)
{
  const char *const names[] = { november, NULL };
  g_autofree char *many = g_strnfill (60, 'x');
  g_autoptr (GBytes) record = g_bytes_new_static (many, 60), delegation = g_bytes_new_static ("lent", 4);

  (void) state;
  assert_true (pv_assist_audit_keep_consent (audit, record, delegation, NULL));
  assert_true (is_whole (names));
  expect_words (november, "continues H, consent H, consent-more eHh4eHh4eHh4eHh4, delegation bGVudA");
}

static void
too_many_lines_are_refused (void **state)
{
  g_autoptr (GError) error = NULL;
  guint n = 0;

  (void) state;
  while (pv_assist_audit_note (audit, "point", "", &error))
    n++;
  assert_int_equal (n, PV_ASSIST_AUDIT_BURST);
  assert_true (g_error_matches (error, PV_ASSIST_AUDIT_ERROR, PV_ASSIST_AUDIT_ERROR_BUSY));
  fake_clock_advance_ms (&fake, 1000);
  for (n = 0; pv_assist_audit_note (audit, "point", "", NULL);)
    n++;
  assert_int_equal (n, PV_ASSIST_AUDIT_PER_SECOND);
}

/* A day's worth, as it stands in the file already: another start does not begin another day. */
static void
a_day_has_an_end_also_over_a_start (void **state)
{
  g_autofree char *long_name = g_strnfill (PV_AUDIT_MAX_NAME_BYTES, 'a'), *head = NULL, *words = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  PvAuditChain chain = { 0 };
  guint64 now = (guint64) (fake.wall_us / G_USEC_PER_SEC);

  (void) state;
  while (text->len < PV_ASSIST_AUDIT_MAX_DAY_BYTES) {
    g_autofree char *line =
      text->len == 0 ? pv_audit_continue (&chain, now) : pv_audit_append (&chain, now, long_name, long_name);

    g_string_append (text, line);
  }
  head = pv_audit_write_head (&chain, november);
  put (november, text->str);
  put ("audit.head", head);
  for (guint i = 0; i < 3; i++) {
    reopen ();
    assert_false (pv_assist_audit_note (audit, "point", "", &error));
    assert_true (g_error_matches (error, PV_ASSIST_AUDIT_ERROR, PV_ASSIST_AUDIT_ERROR_FULL));
    g_clear_error (&error);
  }
  fake_clock_advance_ms (&fake, DAY_MS);
  note ("end", "");
  words = words_of (november);
  assert_true (g_str_has_suffix (words, ", full -, end -"));
  assert_false (g_str_has_suffix (words, ", full -, full -, end -"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (the_chain_goes_on_across_starts_and_months, set_up, tear_down),
    cmocka_unit_test_setup_teardown (what_is_no_name_stays_out, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_power_cut_within_a_line_is_no_breach, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_changed_log_is_told_and_goes_on_from_the_head, set_up, tear_down),
    cmocka_unit_test_setup_teardown (months_go_when_they_are_over_for_long_enough, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_clock_that_nobody_sets_begins_no_month, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_consent_is_kept_with_what_its_key_was_lent, set_up, tear_down),
    cmocka_unit_test_setup_teardown (too_many_lines_are_refused, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_day_has_an_end_also_over_a_start, set_up, tear_down),
  };

  tst_init ();
  g_assert_true (pv_assist_init ());
  return cmocka_run_group_tests (tests, NULL, NULL);
}
