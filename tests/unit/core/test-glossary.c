/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include <string.h>

#include "core/glossary.h"

static const char sample[] = "# a comment\n"
                             "\n"
                             "justificatif; justificatifs = C’est un papier qui prouve quelque chose.\n"
                             "justificatif de domicile; justificatifs de domicile = Ce papier prouve où vous habitez.\n"
                             "domicile = C’est l’endroit où vous habitez.\n"
                             "état civil = Ce service écrit les naissances.\n"
                             "école élémentaire = C’est l’école du CP au CM2.\n"
                             "arrêté municipal; un arrêté = C’est une décision du maire.\n"
                             "coffre-fort = Il garde vos papiers.\n"
                             "pièce d’identité = Ce document prouve qui vous êtes.\n"
                             "CAF = Ce service donne des aides.\n"
                             "régie = Ce service reçoit l’argent.\n"
                             "puce = Elle est = dans la carte.\n";

static PvGlossary *
read_text (const char *language, const char *text, GPtrArray *errors)
{
  PvGlossary *glossary = pv_glossary_new ();

  pv_glossary_add (glossary, language, text, strlen (text), errors);
  return glossary;
}

/* "justificatif, domicile" */
static char *
join_found (const PvGlossary *glossary, const char *language, const char *text)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  GString *words = g_string_new (NULL);

  pv_glossary_find (glossary, language, text, found);
  for (guint i = 0; i < found->len; i++)
    g_string_append_printf (words, "%s%s", i > 0 ? ", " : "", ((const PvGlossaryEntry *) found->pdata[i])->word);
  return g_string_free (words, FALSE);
}

static void
words_are_found_whole_and_the_longest_first (void **state)
{
  static const struct {
    const char *text, *found;
  } rows[] = {
    { "", "" },
    { "Un justificatif", "justificatif" },
    { "Vos justificatifs, svp", "justificatif" },
    { "justificative", "" },
    { "injustificatif", "" },
    { "Un justificatif de domicile récent", "justificatif de domicile" },
    { "Justificatifs de domicile : domicile, justificatif", "justificatif de domicile, domicile, justificatif" },
    { "un justificatif. De domicile", "justificatif, domicile" },
    { "un justificatif\nde domicile", "justificatif, domicile" },
    { "justificatif de\xC2\xA0"
      "domicile",
      "justificatif de domicile" },
    { "JUSTIFICATIF DE DOMICILE", "justificatif de domicile" },
    { "État civil", "état civil" },
    { "l’état civil et l'état-civil", "état civil" },
    { "Etat civil, ÉTAT CIVIL, E\xCC\x81tat civil", "état civil" },
    { "École elementaire", "" },
    { "Ecole élémentaire", "école élémentaire" },
    { "la regie", "" },
    { "arrêté", "" },
    { "Il a arrêté.", "" },
    { "par un arrêté", "arrêté municipal" },
    { "coffre fort, coffre-fort", "coffre-fort" },
    { "pièce d'identité", "pièce d’identité" },
    { "pièce d’Identité", "pièce d’identité" },
    { "pièce (d’identité)", "" },
    { "la CAF vous aide", "CAF" },
    { "café", "" },
    { "\xFF justificatif \xC3", "justificatif" },
  };
  g_autoptr (GPtrArray) errors = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (PvGlossary) glossary = read_text ("fr", sample, errors);

  (void) state;
  assert_int_equal (errors->len, 0);
  assert_int_equal (pv_glossary_get_n_entries (glossary), 11);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *found = join_found (glossary, "fr", rows[i].text);

    if (!g_str_equal (found, rows[i].found))
      fail_msg ("“%s” has %s, not %s", rows[i].text, found, rows[i].found);
  }
}

static void
an_explanation_is_the_rest_of_its_line (void **state)
{
  g_autoptr (PvGlossary) glossary = read_text ("fr", sample, NULL);
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  (void) state;
  pv_glossary_find (glossary, "fr", "La puce", found);
  assert_string_equal (((const PvGlossaryEntry *) found->pdata[0])->explanation, "Elle est = dans la carte.");
  pv_glossary_find (glossary, "fr", "La puce, NULL", found);
  pv_glossary_find (glossary, "fr", NULL, found);
  assert_int_equal (found->len, 1);
}

static void
words_are_those_of_the_language_of_the_screen (void **state)
{
  static const struct {
    const char *language, *found;
  } rows[] = { { "fr", "commune" }, { "fr@facile", "commune" }, { "fr_CA", "commune" }, { "br", "kumun" }, { "en", "" },
               { "frp", "" } };
  g_autoptr (PvGlossary) glossary = read_text ("fr", "commune = C’est une ville.\n", NULL);

  (void) state;
  pv_glossary_add (glossary, "br", "kumun; commune = Ur gêr eo.\n", strlen ("kumun; commune = Ur gêr eo.\n"), NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *found = join_found (glossary, rows[i].language, "Commune");

    assert_string_equal (found, rows[i].found);
  }
}

static void
a_later_file_has_the_last_word (void **state)
{
  static const char own[] = "borne; bornes = C’est la machine bleue.\n";
  g_autoptr (GPtrArray) errors = g_ptr_array_new_with_free_func (g_free), found = g_ptr_array_new ();
  g_autoptr (PvGlossary) glossary = read_text ("fr", "borne = C’est une machine.\n", errors);

  (void) state;
  pv_glossary_add (glossary, "fr", own, strlen (own), errors);
  pv_glossary_find (glossary, "fr", "La borne, les bornes", found);
  assert_int_equal (errors->len, 0);
  assert_int_equal (found->len, 1);
  assert_string_equal (((const PvGlossaryEntry *) found->pdata[0])->explanation, "C’est la machine bleue.");
}

static void
of_a_screen_no_more_than_six_are_told (void **state)
{
  g_autoptr (PvGlossary) glossary = read_text ("fr", sample, NULL);
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  (void) state;
  pv_glossary_find (glossary, "fr", "justificatif, domicile, état civil, CAF", found);
  pv_glossary_find (glossary, "fr", "CAF, régie, puce, coffre-fort", found);
  assert_int_equal (found->len, PV_GLOSSARY_MAX_FOUND);
  assert_string_equal (((const PvGlossaryEntry *) found->pdata[5])->word, "puce");
}

static void
a_slip_names_its_line_and_costs_no_other (void **state)
{
  static const struct {
    const char *line, *error;
  } rows[] = {
    { "no sign", "line 2: expected WORD; OTHER FORM = EXPLANATION" },
    { "= no word", "line 2: a word is missing beside a semicolon or “=”" },
    { "a word;; another = It is one.", "line 2: a word is missing beside a semicolon or “=”" },
    { "?? = It is one.", "line 2: a word is missing beside a semicolon or “=”" },
    { "silence =  ", "line 2: the explanation is missing" },
    { "one two three four five six seven eight nine = Many.", "line 2: too many words in one form" },
    { "Abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijk = Long.", "line 2: a form is too long" },
    { "twice; Twice = It is there twice.", "line 2: a form stands in two lines" },
    { "one, two = It has a comma.", "line 2: signs between the words of a form" },
    { "CAUTION = As before.", "line 2: a form stands in two lines" },
  };

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *text =
      g_strdup_printf ("caution = Vous la laissez.\n%s\nvoirie = Ce sont les rues.\n", rows[i].line);
    g_autoptr (GPtrArray) errors = g_ptr_array_new_with_free_func (g_free);
    g_autoptr (PvGlossary) glossary = read_text ("fr", text, errors);

    assert_int_equal (errors->len, 1);
    assert_string_equal (errors->pdata[0], rows[i].error);
    assert_int_equal (pv_glossary_get_n_entries (glossary), 2);
  }
}

static void
a_file_without_measure_is_not_read (void **state)
{
  g_autoptr (GPtrArray) errors = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *large = g_strnfill (PV_GLOSSARY_MAX_BYTES + 1, '\n');
  g_autofree char *endless = g_strnfill (PV_GLOSSARY_MAX_CHARS + 1, 'a');
  g_autofree char *talk = g_strdup_printf ("word = %s\n", endless);
  g_autoptr (GString) many = g_string_new (NULL), forms = g_string_new ("f"), wrong = g_string_new (NULL);
  g_autoptr (PvGlossary) none = read_text ("fr", large, errors), foreign = read_text ("fr", "a\n\xE9 = c\n", errors);
  g_autoptr (PvGlossary) long_one = read_text ("fr", talk, errors), limited = NULL, crowded = NULL, bad = NULL;

  (void) state;
  assert_int_equal (pv_glossary_get_n_entries (none) + pv_glossary_get_n_entries (foreign), 0);
  assert_int_equal (pv_glossary_get_n_entries (long_one), 0);
  assert_string_equal (errors->pdata[0], "line 1: 65537 bytes, at most 65536 are read");
  assert_string_equal (errors->pdata[1], "line 2: not UTF-8");
  assert_string_equal (errors->pdata[2], "line 1: the explanation has more than 240 characters");
  for (guint i = 0; i <= PV_GLOSSARY_MAX_ENTRIES; i++)
    g_string_append_printf (many, "w%u = a\n", i);
  limited = read_text ("fr", many->str, errors);
  assert_int_equal (pv_glossary_get_n_entries (limited), PV_GLOSSARY_MAX_ENTRIES);
  assert_string_equal (errors->pdata[3], "line 1001: more than 1000 words");
  for (guint i = 0; i < PV_GLOSSARY_MAX_FORMS; i++)
    g_string_append_printf (forms, "; f%u", i);
  g_string_append (forms, " = b\n");
  crowded = read_text ("fr", forms->str, errors);
  assert_int_equal (pv_glossary_get_n_entries (crowded), 0);
  assert_string_equal (errors->pdata[4], "line 1: too many forms in one line");
  for (guint i = 0; i < 100; i++)
    g_string_append (wrong, "=\n");
  g_ptr_array_set_size (errors, 0);
  bad = read_text ("fr", wrong->str, errors);
  assert_int_equal (errors->len, PV_GLOSSARY_MAX_ERRORS);
}

/* Sentences of 15 words at most, as everything that people read. */
static void
assert_short_sentences (const char *line)
{
  g_auto (GStrv) sides = g_strsplit (line, " = ", 2);
  g_auto (GStrv) sentences = g_strsplit (sides[1], ". ", -1);

  assert_true (g_str_has_suffix (sides[1], "."));
  assert_true (g_strv_length (sentences) <= 2);
  for (guint i = 0; sentences[i] != NULL; i++) {
    g_auto (GStrv) words = g_strsplit (sentences[i], " ", -1);

    if (g_strv_length (words) > 15)
      fail_msg ("%s", sentences[i]);
  }
}

static void
the_shipped_words_are_right_and_explained_shortly (void **state)
{
  g_autoptr (GPtrArray) errors = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *text = NULL, *found = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (PvGlossary) glossary = NULL;

  (void) state;
  assert_true (g_file_get_contents (PV_GLOSSARY_FILE, &text, NULL, NULL));
  glossary = read_text ("fr", text, errors);
  if (errors->len > 0)
    fail_msg ("%s", (const char *) errors->pdata[0]);
  assert_true (pv_glossary_get_n_entries (glossary) >= 100);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (lines[i][0] != '#' && lines[i][0] != '\0')
      assert_short_sentences (lines[i]);
  found = join_found (glossary, "fr", "Votre n° d’allocataire CAF, et un justificatif de domicile");
  assert_string_equal (found, "numéro d’allocataire, CAF, justificatif de domicile");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (words_are_found_whole_and_the_longest_first),
    cmocka_unit_test (an_explanation_is_the_rest_of_its_line),
    cmocka_unit_test (words_are_those_of_the_language_of_the_screen),
    cmocka_unit_test (a_later_file_has_the_last_word),
    cmocka_unit_test (of_a_screen_no_more_than_six_are_told),
    cmocka_unit_test (a_slip_names_its_line_and_costs_no_other),
    cmocka_unit_test (a_file_without_measure_is_not_read),
    cmocka_unit_test (the_shipped_words_are_right_and_explained_shortly),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
