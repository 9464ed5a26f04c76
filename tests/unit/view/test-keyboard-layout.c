/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include <string.h>

#include "view/keyboard-layout.h"

static gboolean
has_key (const PvKeys *keys, PvKeyKind kind, const char *text)
{
  for (guint row = 0; row < keys->n_rows; row++)
    for (guint column = 0; column < keys->n_keys[row]; column++) {
      const PvKey *key = &keys->rows[row][column];
      if (key->kind == kind && (text == NULL || g_strcmp0 (key->text, text) == 0))
        return TRUE;
    }
  return FALSE;
}

static void
every_page_can_erase_and_keeps_its_bounds (void **state)
{
  (void) state;
  for (int page = 0; page < PV_N_KEYS; page++)
    for (int order = PV_KEYS_AZERTY; order <= PV_KEYS_ABC; order++)
      for (int is_short = 0; is_short <= 1; is_short++) {
        PvKeys keys;
        pv_keys_fill ((PvKeysPage) page, (PvKeysOrder) order, is_short, &keys);
        assert_true (keys.n_rows >= 4 || is_short);
        assert_true (keys.n_rows <= (is_short ? 4U : (guint) PV_KEYS_MAX_ROWS));
        assert_true (has_key (&keys, PV_KEY_BACKSPACE, NULL));
        for (guint row = 0; row < keys.n_rows; row++)
          assert_in_range (keys.n_keys[row], 1, PV_KEYS_MAX_COLUMNS);
      }
}

static void
each_input_can_be_typed_completely (void **state)
{
  static const struct {
    PvInput input;
    const char *characters;
  } cases[] = {
    { PV_INPUT_LETTERS, "abcdefghijklmnopqrstuvwxyz'-" },
    { PV_INPUT_EMAIL, "abcdefghijklmnopqrstuvwxyz0123456789@.-_" },
    { PV_INPUT_MIXED, "abcdefghijklmnopqrstuvwxyz0123456789-" },
    { PV_INPUT_ZONE, "abcdefghijklmnopqrstuvwxyz0123456789<" },
    { PV_INPUT_CODE, "bcdfghjklmnpqrstvwxz" },
    { PV_INPUT_DIGITS, "0123456789" },
    { PV_INPUT_DATE, "0123456789" },
    { PV_INPUT_DECIMAL, "0123456789," },
    { PV_INPUT_PHONE, "0123456789+" },
  };

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (int order = PV_KEYS_AZERTY; order <= PV_KEYS_ABC; order++) {
      PvKeys keys;
      pv_keys_fill (pv_keys_first_page (cases[i].input), (PvKeysOrder) order, FALSE, &keys);
      for (const char *c = cases[i].characters; *c != '\0'; c++) {
        const char text[] = { *c, '\0' };
        assert_true (has_key (&keys, PV_KEY_TEXT, text));
      }
    }
}

/* What no code has cannot be typed by mistake. */
static void
the_keys_of_codes_are_their_letters_only (void **state)
{
  (void) state;
  for (int order = PV_KEYS_AZERTY; order <= PV_KEYS_ABC; order++) {
    guint n_letters = 0;
    PvKeys keys;

    pv_keys_fill (PV_KEYS_CODE, (PvKeysOrder) order, FALSE, &keys);
    for (guint row = 0; row < keys.n_rows; row++)
      for (guint column = 0; column < keys.n_keys[row]; column++)
        n_letters += keys.rows[row][column].kind == PV_KEY_TEXT;
    assert_int_equal (n_letters, 20);
    assert_true (has_key (&keys, PV_KEY_DONE, NULL));
  }
}

static void
short_pages_reach_the_digits_by_a_key (void **state)
{
  PvKeys keys;

  (void) state;
  pv_keys_fill (PV_KEYS_EMAIL, PV_KEYS_AZERTY, TRUE, &keys);
  assert_true (has_key (&keys, PV_KEY_GO_DIGITS, NULL));
  assert_true (has_key (&keys, PV_KEY_TEXT, "@"));
  assert_false (has_key (&keys, PV_KEY_TEXT, "7"));
}

static void
french_accents_are_all_on_their_page (void **state)
{
  static const char *const accents[] = {
    "é", "è", "ê", "ë", "à", "â", "ç", "î", "ï", "ô", "ù", "û", "ü", "ÿ", "œ", "æ"
  };
  PvKeys keys;

  (void) state;
  pv_keys_fill (PV_KEYS_ACCENTS, PV_KEYS_AZERTY, FALSE, &keys);
  for (guint i = 0; i < G_N_ELEMENTS (accents); i++) {
    assert_true (has_key (&keys, PV_KEY_TEXT, accents[i]));
    assert_non_null (pv_keys_spoken (accents[i]));
  }
}

static void
signs_are_spoken_by_name_and_letters_by_themselves (void **state)
{
  (void) state;
  assert_string_equal (pv_keys_spoken ("@"), "at sign");
  assert_string_equal (pv_keys_spoken ("-"), "hyphen");
  assert_null (pv_keys_spoken ("a"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (every_page_can_erase_and_keeps_its_bounds),
    cmocka_unit_test (each_input_can_be_typed_completely),
    cmocka_unit_test (the_keys_of_codes_are_their_letters_only),
    cmocka_unit_test (short_pages_reach_the_digits_by_a_key),
    cmocka_unit_test (french_accents_are_all_on_their_page),
    cmocka_unit_test (signs_are_spoken_by_name_and_letters_by_themselves),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
