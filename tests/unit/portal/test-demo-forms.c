/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The forms of the demo are real schemas with all their noise: what becomes of each is told here. */

#include <string.h>

#include "portal/publik/schema.h"
#include "tst.h"

/* (nullable) reason: what only a phone can do. */
static const struct {
  const char *slug;
  const char *reason;
} forms[] = {
  { "acte-naissance", NULL },
  { "activite-sportive", NULL },
  { "cantine-periscolaire", NULL },
  { "carte-bibliotheque", NULL },
  { "ecole-musique", NULL },
  { "encombrants", NULL },
  { "inscription-scolaire", NULL },
  { "liste-electorale", NULL },
  { "occupation-rue", NULL },
  { "question-facture", NULL },
  { "recensement-citoyen", NULL },
  { "rendez-vous-identite", NULL },
  { "reservation-salle", "range of hours" },
  { "signalement-rue", NULL },
  { "stationnement-resident", NULL },
  { "subvention-association", NULL },
};

static PvProcedure *
read_form (const char *slug)
{
  g_autofree char *path = g_strdup_printf ("%s/%s.json", PV_TEST_FORMS, slug);
  g_autofree char *text = NULL;
  g_autoptr (GHashTable) sources = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (PvJson) json = NULL;
  g_autoptr (GError) error = NULL;
  PvProcedure *procedure;
  gsize size;

  g_hash_table_insert (sources, (gpointer) "chrono_ds_agenda_meetings_mairie_mt_titres",
                       (gpointer) "agenda:mairie/titres");
  if (!g_file_get_contents (path, &text, &size, &error))
    print_error ("%s\n", error->message);
  assert_non_null (text);
  json = pv_json_parse (text, size, &error);
  assert_null (error);
  procedure = pv_publik_read_schema (json, slug, sources, &error);
  assert_null (error);
  return procedure;
}

static void
each_form_is_asked_here_or_says_why_not (void **state)
{
  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++) {
    g_autoptr (PvProcedure) procedure = read_form (forms[i].slug);
    gboolean is_fillable = forms[i].reason == NULL;

    if ((procedure->fillable == PV_FILLABLE) != is_fillable)
      print_error ("%s: %s\n", forms[i].slug, procedure->unfillable_reason);
    assert_int_equal (procedure->fillable == PV_FILLABLE, is_fillable);
    if (!is_fillable)
      assert_non_null (strstr (procedure->unfillable_reason, forms[i].reason));
  }
}

static void
each_form_survives_the_wire (void **state)
{
  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++) {
    g_autoptr (PvProcedure) procedure = read_form (forms[i].slug);
    g_autoptr (GVariant) variant = g_variant_ref_sink (pv_procedure_to_variant (procedure));
    g_autoptr (GError) error = NULL;
    g_autoptr (PvProcedure) copy = pv_procedure_from_variant (variant, &error);

    if (error != NULL)
      print_error ("%s: %s\n", forms[i].slug, error->message);
    assert_non_null (copy);
    assert_int_equal (copy->pages->len, procedure->pages->len);
  }
}

static void
enrolment_at_school_is_understood (void **state)
{
  g_autoptr (PvProcedure) procedure = read_form ("inscription-scolaire");

  (void) state;
  assert_non_null (pv_procedure_find_ref (procedure));
  assert_int_equal (pv_procedure_find_question (procedure, "34")->kind, PV_QUESTION_EMAIL);
  assert_string_equal (pv_procedure_find_question (procedure, "11")->option_source, "cards:ecoles");
  assert_int_equal (pv_procedure_find_question (procedure, "10")->options->len, 8);
  assert_int_equal (pv_procedure_find_question (procedure, "19")->max_rows, 2);
  assert_int_equal (pv_procedure_find_question (procedure, "19:23")->kind, PV_QUESTION_PHONE);
  assert_int_equal (pv_procedure_find_question (procedure, "51")->kind, PV_QUESTION_STATEMENT);
  assert_string_equal (pv_procedure_find_question (procedure, "28")->group,
                       pv_procedure_find_question (procedure, "31")->group);
}

static void
a_report_from_the_street_asks_for_a_place (void **state)
{
  g_autoptr (PvProcedure) procedure = read_form ("signalement-rue");

  (void) state;
  assert_int_equal (pv_procedure_find_question (procedure, "16")->kind, PV_QUESTION_PLACE);
  assert_string_equal (pv_procedure_find_question (procedure, "16")->label, "Où est-ce ?");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (each_form_is_asked_here_or_says_why_not),
    cmocka_unit_test (each_form_survives_the_wire),
    cmocka_unit_test (a_report_from_the_street_asks_for_a_place),
    cmocka_unit_test (enrolment_at_school_is_understood),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
