/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include <string.h>

#include "core/identity.h"

/* What was overwritten, in order; the calls of the C library are wrapped by the linker. */
static GPtrArray *wiped;

void __real_explicit_bzero (void *data, size_t size);
void __wrap_explicit_bzero (void *data, size_t size);
void __wrap___explicit_bzero_chk (void *data, size_t size, size_t whole);

void
__wrap_explicit_bzero (void *data, size_t size)
{
  if (wiped != NULL)
    g_ptr_array_add (wiped, g_strndup (data, size));
  __real_explicit_bzero (data, size);
}

/* Under this name with -D_FORTIFY_SOURCE. */
void
__wrap___explicit_bzero_chk (void *data, size_t size, size_t whole)
{
  (void) whole;
  __wrap_explicit_bzero (data, size);
}

static gboolean
was_wiped (const char *text)
{
  return g_ptr_array_find_with_equal_func (wiped, text, g_str_equal, NULL);
}

static int
record_wiping (void **state)
{
  (void) state;
  wiped = g_ptr_array_new_with_free_func (g_free);
  return 0;
}

static int
forget_wiping (void **state)
{
  (void) state;
  g_clear_pointer (&wiped, g_ptr_array_unref);
  return 0;
}

static void
begins_unproven_and_empty (void **state)
{
  g_autoptr (PvIdentity) identity = pv_identity_new ();

  (void) state;
  assert_int_equal (identity->verdict, PV_VERDICT_NOT_PROVEN);
  assert_int_equal (identity->reason, PV_REASON_TYPED);
  for (guint i = 0; i < PV_N_IDENTITY_FIELDS; i++)
    assert_null (identity->texts[i]);
}

static void
keeps_a_copy_and_clears_by_nothing (void **state)
{
  g_autoptr (PvIdentity) identity = pv_identity_new ();
  char text[] = "Maëlys";

  (void) state;
  assert_true (pv_identity_set (identity, PV_IDENTITY_GIVEN_NAMES, text));
  text[0] = 'X';
  assert_string_equal (identity->texts[PV_IDENTITY_GIVEN_NAMES], "Maëlys");
  assert_true (pv_identity_set (identity, PV_IDENTITY_GIVEN_NAMES, ""));
  assert_null (identity->texts[PV_IDENTITY_GIVEN_NAMES]);
  assert_true (pv_identity_set (identity, PV_IDENTITY_GIVEN_NAMES, NULL));
  assert_null (identity->texts[PV_IDENTITY_GIVEN_NAMES]);
}

static void
refuses_what_is_too_long_or_no_text (void **state)
{
  g_autoptr (PvIdentity) identity = pv_identity_new ();
  g_autofree char *longest = g_strnfill (PV_IDENTITY_MAX_TEXT_BYTES, 'a');
  g_autofree char *longer = g_strnfill (PV_IDENTITY_MAX_TEXT_BYTES + 1, 'b');

  (void) state;
  assert_true (pv_identity_set (identity, PV_IDENTITY_ADDRESS, longest));
  assert_false (pv_identity_set (identity, PV_IDENTITY_ADDRESS, longer));
  assert_false (pv_identity_set (identity, PV_IDENTITY_ADDRESS, "Ma\xEBlys"));
  assert_string_equal (identity->texts[PV_IDENTITY_ADDRESS], longest);
}

static void
wipes_a_text_that_is_replaced (void **state)
{
  g_autoptr (PvIdentity) identity = pv_identity_new ();

  (void) state;
  pv_identity_set (identity, PV_IDENTITY_SURNAME, "Martin");
  assert_false (was_wiped ("Martin"));
  pv_identity_set (identity, PV_IDENTITY_SURNAME, "Bernard");
  assert_true (was_wiped ("Martin"));
  pv_identity_set (identity, PV_IDENTITY_SURNAME, NULL);
  assert_true (was_wiped ("Bernard"));
}

static void
wipes_every_text_when_freed (void **state)
{
  PvIdentity *identity = pv_identity_new ();

  (void) state;
  for (guint i = 0; i < PV_N_IDENTITY_FIELDS; i++)
    pv_identity_set (identity, i, pv_identity_field_name (i));
  pv_identity_free (identity);
  for (guint i = 0; i < PV_N_IDENTITY_FIELDS; i++)
    assert_true (was_wiped (pv_identity_field_name (i)));
  /* The texts, and the value that held them. */
  assert_int_equal (wiped->len, PV_N_IDENTITY_FIELDS + 1);
  pv_identity_free (NULL);
}

/* For settings, logs and parvisctl: each is a word of its own. */
static void
assert_is_new_name (GHashTable *names, const char *name)
{
  assert_non_null (name);
  assert_true (name[0] != '\0' && strspn (name, "abcdefghijklmnopqrstuvwxyz-") == strlen (name));
  assert_true (g_hash_table_add (names, g_strdup (name)));
}

static void
every_field_verdict_and_reason_has_a_name (void **state)
{
  g_autoptr (GHashTable) fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) verdicts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) reasons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  (void) state;
  for (guint i = 0; i < PV_N_IDENTITY_FIELDS; i++)
    assert_is_new_name (fields, pv_identity_field_name (i));
  for (guint i = PV_VERDICT_GENUINE; i <= PV_VERDICT_REFUSED; i++)
    assert_is_new_name (verdicts, pv_verdict_name (i));
  for (guint i = 0; i < PV_N_REASONS; i++)
    assert_is_new_name (reasons, pv_reason_name (i));
}

/* The three parts of the list in identity.h, in its order. */
static void
every_reason_has_its_verdict (void **state)
{
  (void) state;
  assert_int_equal (pv_reason_verdict (PV_REASON_NONE), PV_VERDICT_GENUINE);
  for (guint i = PV_REASON_TYPED; i <= PV_REASON_INCOMPLETE; i++)
    assert_int_equal (pv_reason_verdict (i), PV_VERDICT_NOT_PROVEN);
  for (guint i = PV_REASON_BAD_SOD; i < PV_N_REASONS; i++)
    assert_int_equal (pv_reason_verdict (i), PV_VERDICT_REFUSED);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (begins_unproven_and_empty),
    cmocka_unit_test (keeps_a_copy_and_clears_by_nothing),
    cmocka_unit_test (refuses_what_is_too_long_or_no_text),
    cmocka_unit_test_setup_teardown (wipes_a_text_that_is_replaced, record_wiping, forget_wiping),
    cmocka_unit_test_setup_teardown (wipes_every_text_when_freed, record_wiping, forget_wiping),
    cmocka_unit_test (every_field_verdict_and_reason_has_a_name),
    cmocka_unit_test (every_reason_has_its_verdict),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
