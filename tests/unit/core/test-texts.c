/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include <string.h>

#include "core/texts-list.h"

static const char sample[] = "# Texts\n"
                             "\n"
                             "[ecole/nom]\n"
                             "fr: Nom de l’enfant\n"
                             "en: Surname of the child\n"
                             "[*/nom]\n"
                             "fr: Nom\n"
                             "en: Surname\n"
                             "fr: Nom de l’enfant\n"
                             "en: The child’s surname\n"
                             "[ecole]\n"
                             "fr: Inscription  à l'école\n"
                             "en: Enrolment\\nat school\n"
                             "[*]\n"
                             "fr: Ville\n"
                             "en: Town\n"
                             "fr: Nom\n"
                             "en: Name\n"
                             "fr: Rue\n"
                             "en:\n";

static PvTexts *
parse (const char *language, const char *text, GPtrArray *errors)
{
  PvTexts *texts = pv_texts_new (language);

  pv_texts_parse (texts, text, strlen (text), "texts-en.txt", errors);
  return texts;
}

static void
a_text_is_found_where_it_is_most_particular (void **state)
{
  g_autoptr (GPtrArray) errors = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (PvTexts) texts = parse ("en", sample, errors);
  static const struct {
    const char *form, *field, *french, *translation;
  } rows[] = {
    { "ecole", "nom", "Nom de l’enfant", "Surname of the child" }, /* the form goes before any form */
    { "cantine", "nom", "Nom de l’enfant", "The child’s surname" },
    { "ecole", "nom", "Nom", "Surname" }, /* the field goes before any text */
    { "ecole", "association", "Nom", "Name" },
    { "ecole", NULL, "Inscription à l’école", "Enrolment\nat school" },
    { "ecole", "autre", "Inscription à l’école", "Enrolment\nat school" }, /* of the form, in whatever field */
    { "cantine", NULL, "Inscription à l’école", NULL },
    { "cantine", "ville", "Ville", "Town" },
    { NULL, NULL, "Ville", "Town" },
    { "ecole", "rue", "Rue", NULL }, /* not yet translated */
    { "ecole", "nom", "Nom du père", NULL },
    { "ecole", "nom", "", NULL },
    { "ecole", "nom", NULL, NULL },
  };

  (void) state;
  assert_int_equal (errors->len, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    const char *found = pv_texts_find (texts, rows[i].form, rows[i].field, rows[i].french);

    if (g_strcmp0 (found, rows[i].translation) != 0)
      fail_msg ("row %zu: \"%s\"", i, found != NULL ? found : "(nothing)");
  }
  assert_null (pv_texts_find (NULL, "ecole", "nom", "Nom"));
}

static void
a_changed_french_text_loses_its_translation (void **state)
{
  g_autoptr (PvTexts) texts = parse ("en", "[f/a]\nfr: Avez-vous une voiture ?\nen: Have you a car?\n", NULL);

  (void) state;
  assert_non_null (pv_texts_find (texts, "f", "a", "Avez-vous une voiture ?"));
  assert_null (pv_texts_find (texts, "f", "a", "Avez-vous un vélo ?"));
  assert_null (pv_texts_find (texts, "f", "a", "Avez-vous une voiture"));
}

static void
white_space_and_apostrophes_do_not_count (void **state)
{
  static const char *const same[] = { "L’école ?", " L'école\xC2\xA0? ", "L'école\n?", "L’école\t \xE2\x80\xAF?" };
  g_autoptr (PvTexts) texts = parse ("en", "[f]\r\nfr:   L’école   ?\r\nen:\tSchool? \r\n", NULL);

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (same); i++)
    assert_string_equal (pv_texts_find (texts, "f", NULL, same[i]), "School?");
}

static void
a_later_file_counts_more (void **state)
{
  g_autoptr (PvTexts) texts = parse ("en", "[*]\nfr: Mairie\nen: Town hall\nfr: Oui\nen: Yes\n", NULL);
  g_autoptr (GPtrArray) errors = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) all = NULL;

  (void) state;
  pv_texts_parse (texts, "[*]\nfr: Mairie\nen: City hall\n", strlen ("[*]\nfr: Mairie\nen: City hall\n"), "own.txt",
                  errors);
  assert_int_equal (errors->len, 0);
  assert_string_equal (pv_texts_find (texts, "f", NULL, "Mairie"), "City hall");
  assert_string_equal (pv_texts_find (texts, "f", NULL, "Oui"), "Yes");
  all = pv_texts_list (texts);
  assert_int_equal (all->len, 2);
  assert_string_equal (((const PvTextEntry *) all->pdata[1])->file, "own.txt");
}

static void
each_slip_is_told_with_its_line_and_the_rest_is_read (void **state)
{
  static const struct {
    const char *text, *error;
    guint n;
  } rows[] = {
    { "fr: Oui\nen: Yes\n[f]\nfr: A\nen: B\n",
      "texts-en.txt:1: a line like [FORM/FIELD] is missing before the first text", 1 },
    { "[f]\nfr: Oui\nfr: A\nen: B\n", "texts-en.txt:2: “en:” is missing under this text", 1 },
    { "[f]\nfr: A\nen: B\nfr: Oui\n", "texts-en.txt:4: “en:” is missing under this text", 1 },
    { "[f]\nfr: A\nen: B\nen: C\n", "texts-en.txt:4: “fr:” is missing above this text", 1 },
    { "[f]\nfr:\nen: C\nfr: A\nen: B\n", "texts-en.txt:2: the French text is missing after “fr:”", 1 },
    { "[f\nfr: C\nen: D\n[f]\nfr: A\nen: B\n", "texts-en.txt:1: “]” is missing at the end", 1 },
    { "[f/a/b]\nfr: C\nen: D\n[f]\nfr: A\nen: B\n", "texts-en.txt:1: expected [FORM/FIELD], [FORM], [*/FIELD] or [*]",
      1 },
    { "[]\n[f]\nfr: A\nen: B\n", "texts-en.txt:1: expected [FORM/FIELD], [FORM], [*/FIELD] or [*]", 1 },
    { "[f]\nfr: A\nde: B\nen: B\n", "texts-en.txt:3: expected [FORM/FIELD], “fr:” or “en:” at the beginning", 1 },
    { "[f]\nfr: A\nen: B\nfr: A\nen: C\n", "texts-en.txt:4: the same text as in line 2", 2 },
    { "[f]\nfr: A\nen: B\nfr: C\nen: a\x01z\n", "texts-en.txt:5: a character that cannot be seen", 1 },
    { "\xEF\xBB\xBF[f]\nfr: A\nen: B\nqu’est-ce ?\n",
      "texts-en.txt:4: expected [FORM/FIELD], “fr:” or “en:” at the beginning", 1 },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GPtrArray) errors = g_ptr_array_new_with_free_func (g_free);
    g_autoptr (PvTexts) texts = parse ("en", rows[i].text, errors);

    if (errors->len != 1 || strcmp (errors->pdata[0], rows[i].error) != 0)
      fail_msg ("row %zu: %u errors, first \"%s\"", i, errors->len,
                errors->len > 0 ? (const char *) errors->pdata[0] : "");
    assert_string_equal (pv_texts_find (texts, "f", NULL, "A"), rows[i].n == 1 ? "B" : "C");
  }
}

static void
what_is_beyond_a_limit_is_refused (void **state)
{
  g_autofree char *huge = g_strnfill (PV_TEXTS_MAX_BYTES + 1, '\n');
  g_autofree char *words = g_strnfill (PV_TEXTS_MAX_TEXT_BYTES + 1, 'a');
  g_autofree char *long_text = g_strdup_printf ("[f]\nfr: A\nen: %s\nfr: %s\nen: B\n", words, words);
  g_autoptr (GPtrArray) errors = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (PvTexts) nothing = parse ("en", huge, errors);
  g_autoptr (PvTexts) cut = parse ("en", long_text, errors);
  g_autoptr (PvTexts) foreign = parse ("en", "[f]\nfr: \xE9t\xE9\n", errors);
  g_autoptr (GString) many = g_string_new ("[f]\n");
  g_autoptr (PvTexts) crowded = NULL;
  g_autoptr (GPtrArray) all = NULL;

  (void) state;
  assert_int_equal (errors->len, 4);
  assert_string_equal (errors->pdata[1], "texts-en.txt:3: more than 8192 bytes");
  assert_string_equal (errors->pdata[2], "texts-en.txt:4: more than 8192 bytes");
  assert_string_equal (errors->pdata[3], "texts-en.txt:2: not UTF-8");
  for (guint i = 0; i <= PV_TEXTS_MAX_ENTRIES; i++)
    g_string_append_printf (many, "fr: a%u\nen: b\n", i);
  crowded = parse ("en", many->str, errors);
  assert_int_equal (errors->len, 5);
  all = pv_texts_list (crowded);
  assert_int_equal (all->len, PV_TEXTS_MAX_ENTRIES);
}

static void
slips_are_counted_only_so_far (void **state)
{
  g_autoptr (GPtrArray) errors = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *text = g_strnfill (400, 'x');
  g_autoptr (PvTexts) texts = NULL;

  (void) state;
  for (gsize i = 1; i < 400; i += 2)
    text[i] = '\n';
  texts = parse ("en", text, errors);
  assert_int_equal (errors->len, PV_TEXTS_MAX_ERRORS);
}

static void
easy_french_has_a_tag_of_its_own (void **state)
{
  g_autoptr (GPtrArray) errors = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (PvTexts) texts = parse ("fr@facile",
                                     "[f]\nfr: Justificatif de domicile\n"
                                     "fr@facile: Un papier avec votre adresse\n",
                                     errors);

  (void) state;
  assert_int_equal (errors->len, 0);
  assert_string_equal (pv_texts_find (texts, "f", NULL, "Justificatif de domicile"), "Un papier avec votre adresse");
}

static void
codes_of_languages_are_safe_in_a_file_name (void **state)
{
  static const char *const good[] = { "en", "qps", "pt_BR", "fr@facile" };
  static const char *const bad[] = {
    "", "e", "engl", "../en", "fr@", "fr@a/b", "EN", "pt_br", "fr@facilefacilefacile"
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    assert_true (pv_texts_is_code (good[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_false (pv_texts_is_code (bad[i]));
  assert_false (pv_texts_is_latin ("ar"));
  assert_false (pv_texts_is_latin ("uk"));
  assert_true (pv_texts_is_latin ("tr"));
  assert_true (pv_texts_is_latin ("fr@facile"));
}

static PvProcedure *
small_procedure (void)
{
  PvProcedure *procedure = pv_procedure_new ("ecole", "Inscription à l’école");
  PvPage *page = pv_page_new ("1", "L’enfant");
  PvQuestion *name = pv_question_new (PV_QUESTION_TEXT, "3", "Nom");
  PvQuestion *meal = pv_question_new (PV_QUESTION_CHOICE, "4", "Cantine ?");
  PvQuestion *hidden = pv_question_new (PV_QUESTION_TEXT, "5", "Référence");

  name->name = g_strdup ("enfant_nom");
  meal->help = g_strdup ("Le midi.");
  g_ptr_array_add (meal->options, pv_option_new ("0", "Oui"));
  g_ptr_array_add (meal->options, pv_option_new ("1", "2026"));
  g_ptr_array_add (meal->options, pv_option_new ("2", "Oui"));
  hidden->flags = PV_QUESTION_HIDDEN;
  g_ptr_array_add (page->questions, name);
  g_ptr_array_add (page->questions, meal);
  g_ptr_array_add (page->questions, hidden);
  g_ptr_array_add (procedure->pages, page);
  return procedure;
}

static void
a_procedure_lists_each_text_that_people_read_once (void **state)
{
  static const char *const expected[] = {
    "|Inscription à l’école", "|L’enfant", "enfant_nom|Nom", "4|Cantine ?", "4|Le midi.", "4|Oui"
  };
  g_autoptr (PvProcedure) procedure = small_procedure ();
  g_autoptr (GPtrArray) texts = pv_procedure_list_texts (procedure);

  (void) state;
  assert_int_equal (texts->len, G_N_ELEMENTS (expected));
  for (guint i = 0; i < texts->len; i++) {
    const PvPortalText *text = texts->pdata[i];
    g_autofree char *line = g_strdup_printf ("%s|%s", text->field != NULL ? text->field : "", text->french);

    assert_string_equal (text->form, "ecole");
    assert_string_equal (line, expected[i]);
  }
}

static void
a_catalogue_is_found_by_the_words_of_both_languages (void **state)
{
  static const char *const words[] = { "school", "école", "inscription" };
  g_autoptr (PvCatalogue) catalogue = pv_catalogue_new (), translated = NULL;
  g_autoptr (PvTexts) texts = parse ("en", "[ecole]\nfr: Inscription à l’école\nen: School enrolment\n", NULL);
  const PvCatalogueEntry *entry;

  (void) state;
  g_ptr_array_add (catalogue->entries, pv_catalogue_entry_new ("ecole", "Inscription à l’école"));
  g_ptr_array_add (catalogue->entries, pv_catalogue_entry_new ("salle", "Réserver une salle"));
  translated = pv_catalogue_translate (catalogue, texts);
  entry = pv_catalogue_find (translated, "ecole");
  assert_string_equal (entry->title, "School enrolment");
  assert_string_equal (entry->official, "Inscription à l’école");
  assert_string_equal (pv_catalogue_find (translated, "salle")->title, "Réserver une salle");
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++) {
    g_autoptr (GPtrArray) found = pv_catalogue_search (translated, words[i]);

    assert_int_equal (found->len, 1);
    assert_string_equal (((const PvCatalogueEntry *) found->pdata[0])->slug, "ecole");
  }
}

int
main (void)
{
  static const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_text_is_found_where_it_is_most_particular),
    cmocka_unit_test (a_changed_french_text_loses_its_translation),
    cmocka_unit_test (white_space_and_apostrophes_do_not_count),
    cmocka_unit_test (a_later_file_counts_more),
    cmocka_unit_test (each_slip_is_told_with_its_line_and_the_rest_is_read),
    cmocka_unit_test (what_is_beyond_a_limit_is_refused),
    cmocka_unit_test (slips_are_counted_only_so_far),
    cmocka_unit_test (easy_french_has_a_tag_of_its_own),
    cmocka_unit_test (codes_of_languages_are_safe_in_a_file_name),
    cmocka_unit_test (a_procedure_lists_each_text_that_people_read_once),
    cmocka_unit_test (a_catalogue_is_found_by_the_words_of_both_languages),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
