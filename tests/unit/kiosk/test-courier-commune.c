/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include <glib/gstdio.h>
#include <unistd.h>

#include "core/assist-class.h"
#include "core/identity.h"
#include "kiosk/courier/commune.h"

#define SETTINGS                                                                                                         \
  "[commune]\nname=Montclair\n[portal]\nurl=http://127.0.0.1:1\n"                                                        \
  "[assist]\nclear-names=association;secu;enfants;prenom;\n"                                                             \
  "[procedure carte]\ncategory=sports-culture\nkeywords=livres;\nbring=Une pièce\ncost=Gratuit\n"                       \
  "duration-minutes=7\nsilence=refuse\ndelay-months=2\nappeal=Au tribunal\nservice=Médiathèque\nallow-decline=false\n" \
  "documents-later=true\nidentity=3:surname;absent:surname;\n"

static PvSettings *
load_settings_with (const char *text)
{
  g_autofree char *folder = g_dir_make_tmp ("pv-commune-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "10.conf", NULL);
  PvSettings *settings = NULL;

  if (g_file_set_contents (file, text, -1, NULL))
    settings = pv_settings_load (folder, NULL);
  g_unlink (file);
  g_rmdir (folder);
  return settings;
}

static PvSettings *
load_settings (void)
{
  return load_settings_with (SETTINGS);
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

static PvQuestion *
add_question (GPtrArray *questions, PvQuestionKind kind, const char *id, const char *name, const char *label)
{
  PvQuestion *question = pv_question_new (kind, id, label);

  question->name = g_strdup (name);
  question->assist = pv_assist_class_of (question, NULL);
  g_ptr_array_add (questions, question);
  return question;
}

/* In any procedure, with a group of its own or without; a number that is hidden stays so, listed or not. */
static void
a_mediator_may_read_what_is_listed_and_not_hidden (void **state)
{
  static const char *const slugs[] = { "carte", "acte" };
  g_autoptr (PvSettings) settings = load_settings ();

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (slugs); i++) {
    g_autoptr (PvProcedure) procedure = pv_procedure_new (slugs[i], "Carte");
    PvPage *page = pv_page_new ("1", "Vous");
    PvQuestion *block;

    add_question (page->questions, PV_QUESTION_TEXT, "1", "association", "Nom de l’association");
    add_question (page->questions, PV_QUESTION_TEXT, "2", "secu", "Numéro de sécurité sociale");
    add_question (page->questions, PV_QUESTION_TEXT, "3", "nom", "Nom");
    block = add_question (page->questions, PV_QUESTION_BLOCK, "4", "enfants", "Enfants");
    add_question (block->questions, PV_QUESTION_TEXT, "5", "prenom", "Prénom");
    /* A driver that is stricter keeps its word. */
    add_question (page->questions, PV_QUESTION_TEXT, "6", "association", "Autre")->assist = PV_ASSIST_HIDDEN;
    g_ptr_array_add (procedure->pages, page);
    pv_commune_complete_procedure (settings, procedure);
    assert_int_equal (question_of (procedure, "1")->assist, PV_ASSIST_CLEAR);
    assert_int_equal (question_of (procedure, "2")->assist, PV_ASSIST_HIDDEN);
    assert_int_equal (question_of (procedure, "3")->assist, PV_ASSIST_TYPING);
    assert_int_equal (question_of (procedure, "4")->assist, PV_ASSIST_TYPING);
    assert_int_equal (((PvQuestion *) block->questions->pdata[0])->assist, PV_ASSIST_CLEAR);
    assert_int_equal (question_of (procedure, "6")->assist, PV_ASSIST_HIDDEN);
  }
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

/* Everyday words are read each time, so that a change needs no new start. */
static void
everyday_words_come_with_the_catalogue (void **state)
{
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("pv-synonyms-XXXXXX", &path, NULL);
  g_autofree char *text = g_strdup_printf ("[commune]\nname=M\n[portal]\nurl=http://127.0.0.1:1\n[search]\n"
                                           "synonyms-file=%s\n",
                                           path);
  g_autoptr (PvSettings) settings = load_settings_with (text);
  g_autoptr (PvCatalogue) first = pv_catalogue_new ();
  g_autoptr (PvCatalogue) second = pv_catalogue_new ();
  g_autoptr (PvCatalogue) third = pv_catalogue_new ();

  (void) state;
  close (fd);
  assert_non_null (settings);
  assert_true (g_file_set_contents (path, "cantoche = cantine\nno sign\n", -1, NULL));
  pv_commune_complete_catalogue (settings, first);
  assert_string_equal (pv_synonyms_get_text (first->synonyms), "cantoche = cantine\n");
  assert_true (g_file_set_contents (path, "rdv = rendez-vous\n", -1, NULL));
  pv_commune_complete_catalogue (settings, second);
  assert_string_equal (pv_synonyms_get_text (second->synonyms), "rdv = rendez-vous\n");
  g_unlink (path);
  pv_commune_complete_catalogue (settings, third);
  assert_null (third->synonyms);
}

static PvProcedure *
procedure_with_place (guint flags, gboolean is_in_block)
{
  PvProcedure *procedure = sample_procedure ("signalement");
  PvPage *page = procedure->pages->pdata[0];
  PvQuestion *place = pv_question_new (PV_QUESTION_PLACE, "9", "Où est-ce ?");
  PvQuestion *block = pv_question_new (PV_QUESTION_BLOCK, "8", "Lieux");

  place->flags = flags;
  block->flags = flags;
  g_ptr_array_add (is_in_block ? block->questions : page->questions, place);
  if (is_in_block)
    g_ptr_array_add (page->questions, block);
  else
    pv_question_free (block);
  return procedure;
}

/* Where nothing can be looked up, nobody is asked for a place. */
static void
a_place_needs_an_index (void **state)
{
  static const struct {
    guint flags;
    gboolean is_in_block, has_index, is_asked;
    PvFillable fillable;
  } cases[] = {
    { 0, FALSE, TRUE, TRUE, PV_FILLABLE },
    { 0, FALSE, FALSE, FALSE, PV_FILLABLE },
    { PV_QUESTION_REQUIRED, FALSE, TRUE, TRUE, PV_FILLABLE },
    { PV_QUESTION_REQUIRED, FALSE, FALSE, TRUE, PV_FILLABLE_ON_PHONE },
    { 0, TRUE, FALSE, FALSE, PV_FILLABLE },
    { PV_QUESTION_REQUIRED, TRUE, FALSE, TRUE, PV_FILLABLE_ON_PHONE },
  };
  g_autoptr (PvSettings) without = load_settings ();
  g_autoptr (PvSettings) with = load_settings_with (SETTINGS "[addresses]\nfile=/etc/parvis/addresses.sqlite\n");

  (void) state;
  assert_non_null (with);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (PvProcedure) procedure = procedure_with_place (cases[i].flags, cases[i].is_in_block);

    pv_commune_complete_procedure (cases[i].has_index ? with : without, procedure);
    assert_int_equal (question_of (procedure, "9") != NULL, cases[i].is_asked);
    assert_int_equal (procedure->fillable, cases[i].fillable);
    assert_int_equal (procedure->beyond, cases[i].fillable == PV_FILLABLE ? PV_BEYOND_NOTHING : PV_BEYOND_QUESTION);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_place_needs_an_index),
    cmocka_unit_test (everyday_words_come_with_the_catalogue),
    cmocka_unit_test (the_communes_words_complete_the_portals),
    cmocka_unit_test (a_mediator_may_read_what_is_listed_and_not_hidden),
    cmocka_unit_test (a_procedure_without_a_group_stays_as_the_portal_says),
    cmocka_unit_test (the_catalogue_gets_the_same_category_and_keywords),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
