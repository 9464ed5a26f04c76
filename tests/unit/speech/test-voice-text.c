/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include <math.h>
#include <string.h>

#include "core/wipe.h"
#include "speech/voice-text.h"
#include "speech/voice.h"

static void
the_whole_word_around_a_letter_is_found (void **test)
{
  static const struct {
    const char *text;
    guint position, offset, length;
  } cases[] = {
    { "Bonjour", 0, 0, 7 },         { "Bonjour", 6, 0, 7 },
    { "à l’école", 2, 2, 7 },       { "à l’école", 4, 2, 7 },
    { "(Été),", 1, 1, 3 },          { "(Été),", 5, 1, 3 },
    { "coûte 234,50 €.", 9, 6, 6 }, { "coûte 234,50 €.", 13, 13, 1 },
    { "de 100 %", 7, 7, 1 },        { "a@b.fr.", 0, 0, 6 },
    { "vous & moi", 5, 5, 1 },      { "2 + 2", 2, 2, 1 },
    { "Oui\302\240!", 0, 0, 3 },    { "مرحبا بكم", 7, 6, 3 },
    { "👩 et 👨", 5, 5, 1 },
  };

  (void) test;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    guint offset = 99, length = 99;

    assert_true (pv_voice_find_word (cases[i].text, cases[i].position, &offset, &length));
    assert_int_equal (offset, cases[i].offset);
    assert_int_equal (length, cases[i].length);
  }
}

static void
between_words_and_after_the_end_is_none (void **test)
{
  static const struct {
    const char *text;
    guint position;
  } cases[] = { { "", 0 },          { " ", 0 },    { "a b", 1 },   { "a", 2 },
                { "a", G_MAXUINT }, { "a  b", 2 }, { "oui ?", 4 }, { "(…)", 1 } };

  (void) test;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    guint offset, length;

    assert_false (pv_voice_find_word (cases[i].text, cases[i].position, &offset, &length));
  }
}

static void
commands_become_blanks_and_letters_keep_their_numbers (void **test)
{
  static const struct {
    const char *text, *clean;
  } cases[] = {
    { "Oui.", "Oui." },
    { "a\00150Sb\nc\td", "a 50Sb c d" },
    { "\342\201\250+33 1\342\201\251", " +33 1 " }, /* isolates */
    { "\342\200\217شارع", " شارع" },                /* right-to-left mark */
    { "می\342\200\214روم", "می\342\200\214روم" },   /* a non-joiner is spelling */
    { "", "" },
  };

  (void) test;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (PvSecretStr) clean = pv_voice_clean_text (cases[i].text);

    assert_string_equal (clean, cases[i].clean);
    assert_int_equal (g_utf8_strlen (clean, -1), g_utf8_strlen (cases[i].text, -1));
  }
}

static void
what_is_no_text_or_has_no_end_is_refused (void **test)
{
  g_autofree char *longest = g_strnfill (PV_VOICE_MAX_TEXT, 'a'), *longer = g_strnfill (PV_VOICE_MAX_TEXT + 1, 'a');
  g_autoptr (PvSecretStr) clean = pv_voice_clean_text (longest);

  (void) test;
  assert_non_null (clean);
  assert_null (pv_voice_clean_text (longer));
  assert_null (pv_voice_clean_text ("\303("));
  assert_null (pv_voice_clean_text (NULL));
}

static void
each_step_of_volume_is_louder_over_more_than_18_db (void **test)
{
  (void) test;
  for (guint percent = 1; percent <= 100; percent++)
    assert_true (pv_voice_gain (percent) > pv_voice_gain (percent - 1));
  assert_true (20.0 * log10 (pv_voice_gain (PV_SPEECH_LOUDEST) / pv_voice_gain (PV_SPEECH_SOFTEST)) >= 18.0);
  assert_true (fabs (20.0 * log10 (pv_voice_gain (PV_SPEECH_USUAL_VOLUME) / pv_voice_gain (PV_SPEECH_SOFTEST)) - 12.0)
               < 0.01);
  /* Nothing is louder than what the engine makes: no sample is cut. */
  assert_true (fabs (pv_voice_gain (100) - 1.0) < 1e-9);
  assert_true (fabs (pv_voice_gain (101) - 1.0) < 1e-9);
}

static void
only_a_headset_hears_what_is_personal (void **test)
{
  (void) test;
  assert_true (pv_voice_may_be_heard (PV_ROUTE_HEADSET, TRUE));
  assert_true (pv_voice_may_be_heard (PV_ROUTE_HEADSET, FALSE));
  assert_false (pv_voice_may_be_heard (PV_ROUTE_LOUDSPEAKER, TRUE));
  assert_true (pv_voice_may_be_heard (PV_ROUTE_LOUDSPEAKER, FALSE));
  assert_false (pv_voice_may_be_heard (PV_ROUTE_NONE, TRUE));
  assert_false (pv_voice_may_be_heard (PV_ROUTE_NONE, FALSE));
}

static void
each_language_has_its_voice_and_breton_has_none (void **test)
{
  static const struct {
    const char *language, *name;
  } cases[] = {
    { "fr", "fr" },     { "fr@facile", "fr" }, { "en", "en" },    { "ar", "ar" }, { "uk", "uk" },
    { "pt", "pt" },     { "tr", "tr" },        { "fr_FR", "fr" }, { "br", NULL }, { "", NULL },
    { "french", NULL }, { "f", NULL },         { NULL, NULL },
  };

  (void) test;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const char *name = pv_voice_get_name (cases[i].language);

    assert_int_equal (pv_voice_speaks (cases[i].language), cases[i].name != NULL);
    assert_true (g_strcmp0 (name, cases[i].name) == 0);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_whole_word_around_a_letter_is_found),
    cmocka_unit_test (between_words_and_after_the_end_is_none),
    cmocka_unit_test (commands_become_blanks_and_letters_keep_their_numbers),
    cmocka_unit_test (what_is_no_text_or_has_no_end_is_refused),
    cmocka_unit_test (each_step_of_volume_is_louder_over_more_than_18_db),
    cmocka_unit_test (only_a_headset_hears_what_is_personal),
    cmocka_unit_test (each_language_has_its_voice_and_breton_has_none),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
