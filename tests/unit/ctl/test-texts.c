/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What parvisctl says of translated texts, and the file to translate in. */

#include "tst.h"

#include <string.h>

#include "ctl/texts.h"

typedef struct {
  GPtrArray *portal, *slips;
} Fixture;

static void
add (Fixture *fixture, const char *form, const char *field, const char *french)
{
  g_ptr_array_add (fixture->portal, pv_portal_text_new (form, field, french));
}

static int
set_up (void **state)
{
  Fixture *fixture = g_new0 (Fixture, 1);

  fixture->portal = g_ptr_array_new_with_free_func ((GDestroyNotify) pv_portal_text_free);
  fixture->slips = g_ptr_array_new_with_free_func (g_free);
  add (fixture, "ecole", NULL, "Inscription");
  add (fixture, "ecole", "nom", "Nom de l’enfant");
  add (fixture, "ecole", "rue", "Rue");
  add (fixture, "sport", NULL, "Sport");
  add (fixture, "sport", "rue", "Rue");
  add (fixture, "sport", "nom", "Votre nom");
  add (fixture, "sport", "autre", "Votre nom");
  *state = fixture;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *fixture = *state;

  g_ptr_array_unref (fixture->portal);
  g_ptr_array_unref (fixture->slips);
  g_free (fixture);
  return 0;
}

static PvTexts *
parse (const char *text)
{
  PvTexts *texts = pv_texts_new ("en");

  pv_texts_parse (texts, text, strlen (text), "texts-en.txt", NULL);
  return texts;
}

static void
what_is_missing_changed_and_unused_is_told_apart (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvTexts) texts = parse ("[ecole]\nfr: Inscription\nen: Enrolment\n"
                                     "[ecole/nom]\nfr: Nom de votre enfant\nen: Your child’s name\n"
                                     "[*/rue]\nfr: Rue\nen: Street\n"
                                     "[piscine]\nfr: Piscine\nen: Pool\n"
                                     "[*]\nfr: Votre nom\nen: Your name\nfr: Mairie\nen: Town hall\n");
  g_autoptr (PvTextsReport) report = pv_texts_judge (texts, "en", fixture->portal, fixture->slips);

  assert_int_equal (report->n_texts, 7);
  assert_int_equal (report->missing->len, 2);
  assert_string_equal (((PvPortalText *) report->missing->pdata[0])->french, "Nom de l’enfant");
  assert_string_equal (((PvPortalText *) report->missing->pdata[1])->french, "Sport");
  assert_int_equal (report->changed->len, 1);
  assert_string_equal (((PvTextEntry *) report->changed->pdata[0])->french, "Nom de votre enfant");
  assert_int_equal (report->unused->len, 2);
  assert_true (pv_texts_report_has_to_do (report));
}

static void
what_is_only_unused_is_nothing_to_do (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvTexts) texts = parse ("[*]\nfr: Inscription\nen: Enrolment\nfr: Nom de l’enfant\nen: Child’s name\n"
                                     "fr: Rue\nen: Street\nfr: Sport\nen: Sport\nfr: Votre nom\nen: Your name\n"
                                     "fr: Mairie\nen: Town hall\n");
  g_autoptr (PvTextsReport) report = pv_texts_judge (texts, "en", fixture->portal, fixture->slips);
  g_autoptr (PvTextsReport) slipped = NULL;

  assert_int_equal (report->unused->len, 1);
  assert_false (pv_texts_report_has_to_do (report));
  g_ptr_array_add (fixture->slips, g_strdup ("texts-en.txt:3: wrong"));
  slipped = pv_texts_judge (texts, "en", fixture->portal, fixture->slips);
  assert_true (pv_texts_report_has_to_do (slipped));
}

static void
the_report_is_written_for_people_and_for_programs (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GPtrArray) reports = g_ptr_array_new_with_free_func ((GDestroyNotify) pv_texts_report_free);
  g_autoptr (PvTexts) texts = parse ("[ecole/nom]\nfr: Nom\nen: Name\n");
  g_autofree char *text = NULL, *json = NULL;

  g_ptr_array_add (reports, pv_texts_judge (texts, "en", fixture->portal, fixture->slips));
  text = pv_texts_reports_to_text (reports);
  assert_non_null (strstr (text, "en: 7 texts, 7 missing, 1 changed, 0 unused, 0 lines to mend\n"));
  assert_non_null (strstr (text, "  missing  [ecole/nom] Nom de l’enfant\n"));
  assert_non_null (strstr (text, "  changed  [ecole/nom] Nom\n           texts-en.txt:2\n"));
  json = pv_texts_reports_to_json (reports);
  assert_non_null (strstr (json, "\"format\":\"parvis-texts-1\""));
  assert_non_null (strstr (json, "\"translation\":\"Name\""));
}

/* What it writes is what the kiosk reads, and is filled in with what is there. */
static void
a_template_says_each_text_once_and_keeps_what_is_translated (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvTexts) texts =
    parse ("[sport]\nfr: Sport\nen: Sports\\nfor all\n[ecole/nom]\nfr: Nom de votre enfant\nen: Your child’s name\n");
  g_autofree char *template = pv_texts_template (texts, "en", fixture->portal);
  g_autofree char *empty = pv_texts_template (NULL, "en", fixture->portal);
  g_autoptr (GPtrArray) errors = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (PvTexts) again = pv_texts_new ("en");

  assert_non_null (strstr (template, "\n[*]\nfr: Votre nom\nen:\n"));
  assert_non_null (strstr (template, "\n[*/rue]\nfr: Rue\nen:\n"));
  assert_non_null (strstr (template, "\n[sport]\nfr: Sport\nen: Sports\\nfor all\n"));
  assert_non_null (strstr (template, "\n[ecole/nom]\n# was: Nom de votre enfant\n#    en: Your child’s name\n"
                                     "fr: Nom de l’enfant\nen:\n"));
  assert_non_null (strstr (empty, "\n[sport]\nfr: Sport\nen:\n"));
  pv_texts_parse (again, template, strlen (template), NULL, errors);
  assert_int_equal (errors->len, 0);
  assert_string_equal (pv_texts_find (again, "sport", NULL, "Sport"), "Sports\nfor all");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (what_is_missing_changed_and_unused_is_told_apart, set_up, tear_down),
    cmocka_unit_test_setup_teardown (what_is_only_unused_is_nothing_to_do, set_up, tear_down),
    cmocka_unit_test_setup_teardown (the_report_is_written_for_people_and_for_programs, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_template_says_each_text_once_and_keeps_what_is_translated, set_up, tear_down),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
