/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include <sodium.h>
#include <string.h>

#include "assist/audit.h"
#include "assist/error.h"

static char *
make_log (PvAuditChain *chain)
{
  static const char *const entries[][2] = {
    { "call", NULL }, { "join", NULL }, { "grant-show", NULL }, { "point", "adresse" }, { "propose", "8/0/81" },
  };
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (entries); i++) {
    g_autofree char *line = pv_audit_append (chain, 1795440720 + i, entries[i][0], entries[i][1]);

    g_string_append (text, line);
  }
  return g_string_free (text, FALSE);
}

static gboolean
is_good (const char *text, guint *ret_line)
{
  PvAuditChain chain = { 0 };

  return pv_audit_verify (&chain, text, ret_line);
}

static void
a_log_that_nobody_touched_is_good (void **state)
{
  PvAuditChain chain = { 0 }, again = { 0 };
  g_autofree char *text = make_log (&chain);
  guint line = 9;

  (void) state;
  assert_true (pv_audit_verify (&again, text, &line));
  assert_int_equal (line, 0);
  assert_memory_equal (chain.hash, again.hash, sizeof chain.hash);
  assert_true (g_str_has_prefix (text, "1795440720 call - "));
  assert_non_null (strstr (text, "propose 8/0/81 "));
}

static void
every_changed_byte_is_found_at_its_line (void **state)
{
  PvAuditChain chain = { 0 };
  g_autofree char *text = make_log (&chain);
  guint number = 1, line;

  (void) state;
  for (char *at = text; *at != '\0'; at++) {
    char old = *at;

    *at = old == 'x' ? 'y' : 'x';
    assert_false (is_good (text, &line));
    assert_int_equal (line, number);
    *at = old;
    number += old == '\n' ? 1 : 0;
  }
}

static void
a_line_taken_out_or_doubled_is_found (void **state)
{
  PvAuditChain chain = { 0 };
  g_autofree char *text = make_log (&chain);
  char *second = strchr (text, '\n') + 1, *third = strchr (second, '\n') + 1;
  g_autofree char *without = g_strdup_printf ("%.*s%s", (int) (second - text), text, third);
  g_autofree char *doubled = g_strdup_printf ("%.*s%s", (int) (third - text), text, second);
  guint line;

  (void) state;
  assert_false (is_good (without, &line));
  assert_int_equal (line, 2);
  assert_false (is_good (doubled, &line));
  assert_int_equal (line, 3);
}

/* What is no name could be a value: it is not written, and makes no second line. */
static void
what_is_no_name_is_not_written (void **state)
{
  static const char *const bad[] = { "4 rue des Tilleuls", "a\nb", "é", "", NULL };
  PvAuditChain chain = { 0 };
  g_autofree char *many = g_strnfill (PV_AUDIT_MAX_NAME_BYTES + 1, 'a');
  g_autofree char *line = pv_audit_append (&chain, 1, "set", many);

  (void) state;
  assert_true (g_str_has_prefix (line, "1 set - "));
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autofree char *other = pv_audit_append (&chain, 1, "set", bad[i]);

    assert_true (g_str_has_prefix (other, "1 set - "));
  }
}

/* The oldest files can go, and the rest still says what it goes on from. */
static void
a_second_file_names_what_it_goes_on_from (void **state)
{
  PvAuditChain chain = { 0 }, before;
  g_autofree char *first = make_log (&chain), *open_line = NULL, *second = NULL, *text = NULL;
  const PvAuditChain last = chain;
  guint line;

  (void) state;
  assert_false (pv_audit_read_continue (first, &before));
  open_line = pv_audit_continue (&chain, 1796083200);
  second = pv_audit_append (&chain, 1796083201, "call", NULL);
  text = g_strconcat (open_line, second, NULL);
  assert_true (pv_audit_read_continue (text, &before));
  assert_memory_equal (before.hash, last.hash, sizeof last.hash);
  assert_true (is_good (text, &line));
  /* Another one, written over it, is not what the line's own hash stands on. */
  text[strlen ("1796083200 continues ")] ^= 1;
  assert_false (is_good (text, &line));
  assert_int_equal (line, 1);
}

static void
bytes_are_lines_that_put_together_give_them_back (void **state)
{
  static const gsize sizes[] = { 0, 1, 48, 49, 96, 205, 256 };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
    guint8 bytes[256], again[256];
    PvAuditChain chain = { 0 };
    g_autofree char *text = NULL;
    g_auto (GStrv) lines = NULL;
    g_autoptr (GString) joined = g_string_new (NULL);
    gsize size;

    randombytes_buf (bytes, sizeof bytes);
    text = pv_audit_append_bytes (&chain, 1, "consent", bytes, sizes[i]);
    assert_true (is_good (text, NULL));
    lines = g_strsplit (text, "\n", -1);
    for (guint n = 0; *lines[n] != '\0'; n++) {
      g_auto (GStrv) words = g_strsplit (lines[n], " ", -1);

      assert_string_equal (words[1], n == 0 ? "consent" : "consent-more");
      g_string_append (joined, strcmp (words[2], "-") == 0 ? "" : words[2]);
    }
    assert_int_equal (sodium_base642bin (again, sizeof again, joined->str, joined->len, NULL, &size, NULL,
                                         sodium_base64_VARIANT_URLSAFE_NO_PADDING),
                      0);
    assert_int_equal (size, sizes[i]);
    assert_memory_equal (again, bytes, size);
  }
}

static void
the_head_is_read_as_it_was_written_and_nothing_else_is (void **state)
{
  static const char *const bad[] = { "", "a", "audit-2026-11.log \n", "\n", " " };
  PvAuditChain chain = { 0 }, again;
  g_autofree char *log = make_log (&chain), *head = pv_audit_write_head (&chain, "audit-2026-11.log"), *file = NULL;
  g_autofree char *longer = g_strconcat (head, "\n", NULL), *shorter = g_strndup (head, strlen (head) - 2);
  g_autofree char *spaced = g_strconcat ("a ", head, NULL);

  (void) state;
  assert_true (pv_audit_read_head (head, &again, &file));
  assert_string_equal (file, "audit-2026-11.log");
  assert_memory_equal (again.hash, chain.hash, sizeof chain.hash);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_false (pv_audit_read_head (bad[i], &again, &file));
  assert_false (pv_audit_read_head (longer, &again, &file));
  assert_false (pv_audit_read_head (shorter, &again, &file));
  assert_false (pv_audit_read_head (spaced, &again, &file));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_log_that_nobody_touched_is_good),
    cmocka_unit_test (every_changed_byte_is_found_at_its_line),
    cmocka_unit_test (a_line_taken_out_or_doubled_is_found),
    cmocka_unit_test (what_is_no_name_is_not_written),
    cmocka_unit_test (a_second_file_names_what_it_goes_on_from),
    cmocka_unit_test (bytes_are_lines_that_put_together_give_them_back),
    cmocka_unit_test (the_head_is_read_as_it_was_written_and_nothing_else_is),
  };

  tst_init ();
  g_assert (pv_assist_init ());
  return cmocka_run_group_tests (tests, NULL, NULL);
}
