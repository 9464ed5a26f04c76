/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include <glib/gstdio.h>

#include "core/identity.h"
#include "kiosk/courier/commune.h"

#define SETTINGS                                                                                                         \
  "[commune]\nname=Montclair\n[portal]\nurl=http://127.0.0.1:1\n"                                                        \
  "[procedure carte]\ncategory=sports-culture\nkeywords=livres;\nbring=Une pièce\ncost=Gratuit\n"                       \
  "duration-minutes=7\nsilence=refuse\ndelay-months=2\nappeal=Au tribunal\nservice=Médiathèque\nallow-decline=false\n" \
  "documents-later=true\nidentity=3:surname;absent:surname;\n"

static PvSettings *
load_settings (void)
{
  g_autofree char *folder = g_dir_make_tmp ("pv-commune-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "10.conf", NULL);
  PvSettings *settings = NULL;

  if (g_file_set_contents (file, SETTINGS, -1, NULL))
    settings = pv_settings_load (folder, NULL);
  g_unlink (file);
  g_rmdir (folder);
  return settings;
}

static PvProcedure *
sample_procedure (const char *slug)
{
  PvProcedure *procedure = pv_procedure_new (slug, "Carte");
  PvPage *page = pv_page_new ("1", "Vous");

  procedure->category = g_strdup ("loisirs");
  g_ptr_array_add (page->questions, pv_question_new (PV_QUESTION_EMAIL, "2", "Courriel"));
  g_ptr_array_add (page->questions, pv_question_new (PV_QUESTION_TEXT, "3", "Nom"));
  g_ptr_array_add (page->questions, pv_question_new (PV_QUESTION_FILE, "4", "Justificatif"));
  g_ptr_array_add (procedure->pages, page);
  return procedure;
}

static const PvQuestion *
question_of (const PvProcedure *procedure, const char *id)
{
  return pv_procedure_find_question (procedure, id);
}

static void
the_communes_words_complete_the_portals (void **state)
{
  g_autoptr (PvSettings) settings = load_settings ();
  g_autoptr (PvProcedure) procedure = sample_procedure ("carte");

  (void) state;
  assert_non_null (settings);
  pv_commune_complete_procedure (settings, procedure);
  assert_string_equal (procedure->category, "sports-culture");
  assert_string_equal (procedure->keywords[0], "livres");
  assert_string_equal (procedure->bring, "Une pièce");
  assert_string_equal (procedure->cost, "Gratuit");
  assert_int_equal (procedure->duration_minutes, 7);
  assert_int_equal (procedure->facts.silence, PV_SILENCE_REFUSE);
  assert_int_equal (procedure->facts.delay_months, 2);
  assert_string_equal (procedure->facts.appeal, "Au tribunal");
  assert_string_equal (procedure->facts.service, "Médiathèque");
  assert_true ((question_of (procedure, "2")->flags & PV_QUESTION_NOT_DECLINABLE) != 0);
  assert_true ((question_of (procedure, "3")->flags & PV_QUESTION_NOT_DECLINABLE) == 0);
  assert_int_equal (question_of (procedure, "3")->identity, 1 + PV_IDENTITY_SURNAME);
  assert_int_equal (question_of (procedure, "4")->identity, 0);
  assert_true ((question_of (procedure, "4")->flags & PV_QUESTION_LATER) != 0);
  assert_true ((question_of (procedure, "3")->flags & PV_QUESTION_LATER) == 0);
}

static void
a_procedure_without_a_group_stays_as_the_portal_says (void **state)
{
  g_autoptr (PvSettings) settings = load_settings ();
  g_autoptr (PvProcedure) procedure = sample_procedure ("autre");

  (void) state;
  pv_commune_complete_procedure (settings, procedure);
  assert_string_equal (procedure->category, "loisirs");
  assert_null (procedure->bring);
  assert_int_equal (procedure->facts.silence, PV_SILENCE_UNKNOWN);
  assert_true ((question_of (procedure, "2")->flags & PV_QUESTION_NOT_DECLINABLE) == 0);
  assert_true ((question_of (procedure, "4")->flags & PV_QUESTION_LATER) == 0);
}

static void
the_catalogue_gets_the_same_category_and_keywords (void **state)
{
  g_autoptr (PvSettings) settings = load_settings ();
  g_autoptr (PvCatalogue) catalogue = pv_catalogue_new ();

  (void) state;
  g_ptr_array_add (catalogue->entries, pv_catalogue_entry_new ("carte", "Carte"));
  g_ptr_array_add (catalogue->entries, pv_catalogue_entry_new ("autre", "Autre"));
  pv_commune_complete_catalogue (settings, catalogue);
  assert_string_equal (pv_catalogue_find (catalogue, "carte")->category, "sports-culture");
  assert_string_equal (pv_catalogue_find (catalogue, "carte")->keywords[0], "livres");
  assert_null (pv_catalogue_find (catalogue, "autre")->category);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_communes_words_complete_the_portals),
    cmocka_unit_test (a_procedure_without_a_group_stays_as_the_portal_says),
    cmocka_unit_test (the_catalogue_gets_the_same_category_and_keywords),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
