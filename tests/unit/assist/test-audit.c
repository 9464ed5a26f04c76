/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

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

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_log_that_nobody_touched_is_good),
    cmocka_unit_test (every_changed_byte_is_found_at_its_line),
    cmocka_unit_test (a_line_taken_out_or_doubled_is_found),
    cmocka_unit_test (what_is_no_name_is_not_written),
  };

  tst_init ();
  g_assert (pv_assist_init ());
  return cmocka_run_group_tests (tests, NULL, NULL);
}
