/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From a schema, through the answers of a person, to the body that is sent: the rules of core and the words of the
 * driver have to fit together. */

#include <string.h>

#include "core/filing.h"
#include "portal/publik/body.h"
#include "portal/publik/schema.h"
#include "tst.h"

static const char form[] =
  "{\"name\":\"Acte\",\"id\":\"18\",\"fields\":["
  "{\"type\":\"page\",\"id\":\"1\",\"label\":\"P\"},"
  "{\"type\":\"item\",\"id\":\"2\",\"label\":\"Pour qui\",\"varname\":\"qui\",\"items\":[\"Moi\",\"Autre\"],"
  "\"required\":true},"
  "{\"type\":\"page\",\"id\":\"3\",\"label\":\"P\",\"condition\":{\"type\":\"django\",\"value\":\"form_var_qui == "
  "\\\"Autre\\\"\"}},"
  "{\"type\":\"string\",\"id\":\"4\",\"label\":\"Nom\",\"varname\":\"nom\",\"required\":true},"
  "{\"type\":\"page\",\"id\":\"5\",\"label\":\"P\",\"condition\":{\"type\":\"django\",\"value\":\"form_var_qui == "
  "\\\"Moi\\\"\"}},"
  "{\"type\":\"string\",\"id\":\"6\",\"label\":\"Nom\",\"varname\":\"nom\",\"required\":true},"
  "{\"type\":\"page\",\"id\":\"7\",\"label\":\"P\"},"
  "{\"type\":\"date\",\"id\":\"8\",\"label\":\"Le\",\"minimum_date\":\"{{ today|add_days:15 }}\",\"required\":true},"
  "{\"type\":\"block\",\"id\":\"9\",\"label\":\"Enfants\",\"varname\":\"enfants\",\"max_items\":\"3\",\"required\":"
  "true,"
  "\"schema\":{\"name\":\"Enfant\",\"fields\":["
  "{\"type\":\"string\",\"id\":\"a1\",\"label\":\"Prénom\",\"varname\":\"prenom\",\"required\":true},"
  "{\"type\":\"bool\",\"id\":\"a2\",\"label\":\"Vu\",\"varname\":\"vu\",\"required\":true}]}},"
  "{\"type\":\"email\",\"id\":\"10\",\"label\":\"Courriel\",\"varname\":\"courriel\",\"required\":true},"
  "{\"type\":\"bool\",\"id\":\"11\",\"label\":\"J’atteste\",\"varname\":\"atteste\",\"required\":true},"
  "{\"type\":\"string\",\"id\":\"12\",\"label\":\"Réf\",\"varname\":\"parvis_ref\",\"required\":false}]}";

static PvFiling *
new_filing (void)
{
  g_autoptr (PvJson) json = pv_json_parse (form, strlen (form), NULL);
  g_autoptr (PvProcedure) procedure = NULL;

  assert_non_null (json);
  procedure = pv_publik_read_schema (json, "acte", NULL, NULL);
  assert_non_null (procedure);
  if (procedure->fillable != PV_FILLABLE)
    print_error ("%s\n", procedure->unfillable_reason);
  assert_int_equal (procedure->fillable, PV_FILLABLE);
  return pv_filing_new (procedure, PV_FILING_REAL, "BCDFGHJKLM");
}

/* Takes @value. */
static void
answer (PvFiling *filing, const char *path, PvValue *value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PvValue) owned = value;

  pv_filing_set (filing, path, value, PV_ACTOR_CITIZEN, &error);
  if (error != NULL)
    print_error ("%s: %s\n", path, error->message);
  assert_null (error);
}

static void
answer_text (PvFiling *filing, const char *path, const char *text)
{
  answer (filing, path, pv_value_new_text (text));
}

static void
what_a_person_answers_is_what_is_sent (void **state)
{
  g_autoptr (PvFiling) filing = new_filing ();
  g_autoptr (GDate) today = g_date_new_dmy (24, G_DATE_NOVEMBER, 2026);
  g_autoptr (PvSubmission) submission = NULL;
  g_autoptr (PvJsonWriter) writer = NULL;
  g_autofree char *problem = NULL;
  g_autofree char *early = NULL;
  g_autofree char *not_seen = NULL;
  static const char *const choice[] = { "Moi", NULL };
  g_autoptr (GError) error = NULL;
  gsize size;

  (void) state;
  answer (filing, "2", pv_value_new_options (choice, choice));
  answer_text (filing, "#4", "Durand"); /* hidden by its page's condition: never sent */
  answer_text (filing, "#6", "Martin");
  answer_text (filing, "8", "2026-12-01");
  early = pv_filing_check_path (filing, "8", today);
  assert_non_null (early);
  answer_text (filing, "8", "2026-12-24");
  if (pv_filing_get_n_rows (filing, "9") == 0)
    assert_true (pv_filing_add_row (filing, "9"));
  answer_text (filing, "9/0/9:a1", "Léa");
  answer (filing, "9/0/9:a2", pv_value_new_bool (FALSE));
  not_seen = pv_filing_check_path (filing, "9/0/9:a2", today);
  assert_non_null (not_seen);
  answer (filing, "9/0/9:a2", pv_value_new_bool (TRUE));
  answer (filing, "10", pv_value_new_declined ());
  answer (filing, "11", pv_value_new_bool (TRUE));
  problem = pv_filing_find_problem (filing, today);
  if (problem != NULL)
    print_error ("problem at %s\n", problem);
  assert_null (problem);
  submission = pv_filing_build_submission (filing, PV_SUBMISSION_FILE, today, 0, &error);
  assert_null (error);
  assert_string_equal (submission->ref_field, "parvis_ref");
  g_clear_pointer (&submission->note, g_free); /* its words are core's */
  writer = pv_publik_build_body (submission, NULL);
  assert_string_equal (pv_json_writer_get_text (writer, &size),
                       "{\"data\":{\"qui\":\"Moi\",\"enfants\":[{\"prenom\":\"Léa\",\"vu\":true}],\"atteste\":true,"
                       "\"parvis_ref\":\"BCDFGHJKLM\",\"_unnamed\":{\"6\":\"Martin\",\"8\":\"2026-12-24\"}},"
                       "\"meta\":{\"draft\":false},\"context\":{\"channel\":\"counter\"}}");
}

static const char tables[] =
  "{\"name\":\"Subvention\",\"id\":\"31\",\"fields\":["
  "{\"type\":\"table\",\"id\":\"1\",\"label\":\"Adhérents\",\"varname\":\"adherents\",\"required\":\"required\","
  "\"rows\":[\"Jeunes\",\"Adultes\"],\"columns\":[\"Ici\",\"Ailleurs\"]},"
  "{\"type\":\"tablerows\",\"id\":\"2\",\"label\":\"Budget\",\"varname\":\"budget\",\"required\":\"required\","
  "\"columns\":[\"Dépense\",\"Montant\"],\"total_row\":true},"
  "{\"type\":\"table-select\",\"id\":\"3\",\"label\":\"Salles\",\"required\":\"optional\",\"rows\":[\"Gymnase\"],"
  "\"columns\":[\"Lundi\",\"Mardi\"],\"items\":[\"Jamais\",\"Souvent\"]},"
  "{\"type\":\"tablerows\",\"id\":\"4\",\"label\":\"Vide\",\"varname\":\"vide\",\"required\":\"optional\","
  "\"columns\":[\"A\"]}]}";

/* Fixed rows hold their places, empty lines of an open table are not sent, nor is a table that nobody filled in. */
static void
a_table_is_sent_as_a_list_of_lists (void **state)
{
  g_autoptr (PvJson) json = pv_json_parse (tables, strlen (tables), NULL);
  g_autoptr (PvProcedure) procedure = pv_publik_read_schema (json, "subvention", NULL, NULL);
  g_autoptr (PvFiling) filing = pv_filing_new (procedure, PV_FILING_REAL, "BCDFGHJKLM");
  g_autoptr (GDate) today = g_date_new_dmy (24, G_DATE_NOVEMBER, 2026);
  g_autoptr (PvSubmission) submission = NULL, read = NULL;
  g_autoptr (PvJsonWriter) writer = NULL;
  g_autoptr (GVariant) variant = NULL;
  g_autoptr (GError) error = NULL;
  static const char *const often[] = { "Souvent", NULL };
  gsize size;

  (void) state;
  answer_text (filing, "1/1/1:2", " 7 ");
  assert_true (pv_filing_add_row (filing, "2"));
  assert_true (pv_filing_add_row (filing, "2"));
  answer_text (filing, "2/0/2:1", "Sono");
  answer_text (filing, "2/0/2:2", "300");
  answer_text (filing, "2/1/2:1", "   ");
  answer_text (filing, "2/2/2:1", "Affiches");
  answer (filing, "3/0/3:2", pv_value_new_options (often, often));
  assert_true (pv_filing_add_row (filing, "4"));
  submission = pv_filing_build_submission (filing, PV_SUBMISSION_FILE, today, 0, &error);
  assert_null (error);
  /* Through the outbox, too. */
  variant = g_variant_ref_sink (pv_submission_to_variant (submission));
  read = pv_submission_from_variant (variant, &error);
  assert_null (error);
  g_clear_pointer (&read->note, g_free);
  writer = pv_publik_build_body (read, NULL);
  assert_string_equal (pv_json_writer_get_text (writer, &size),
                       "{\"data\":{\"adherents\":[[\"\",\"\"],[\"\",\"7\"]],"
                       "\"budget\":[[\"Sono\",\"300\"],[\"Affiches\",\"\"]],"
                       "\"_unnamed\":{\"3\":[[\"\",\"Souvent\"]]}},"
                       "\"meta\":{\"draft\":false},\"context\":{\"channel\":\"counter\"}}");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (what_a_person_answers_is_what_is_sent),
    cmocka_unit_test (a_table_is_sent_as_a_list_of_lists),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
