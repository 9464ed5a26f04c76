/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Somebody who has lived elsewhere, in their own language: a residence permit or a passport, a number that begins with +380, an
 * address that no French list has. What is filed is the portal's own French. */

#include "journey-steps.h"

#include <libintl.h>
#include <locale.h>

static const char ukrainian[] = "[ecole]\nfr: Demande\nuk: Заява\n"
                                "[ecole/nom]\nfr: Votre nom\nuk: Ваше прізвище\n"
                                "[ecole/nationalite]\nfr: Votre nationalité\nuk: Ваше громадянство\n"
                                "fr: Française\nuk: Французьке\nfr: Ukrainienne\nuk: Українське\nfr: Autre\nuk: Інше\n"
                                "[ecole/pays]\nfr: Votre pays\nuk: Ваша країна\n"
                                "fr: France\nuk: Франція\nfr: Ukraine\nuk: Україна\n";

static PvQuestion *
ask (PvPage *page, PvQuestionKind kind, const char *id, const char *name, const char *label, guint identity)
{
  PvQuestion *question = sample_question (page->questions, kind, id, name, label, PV_QUESTION_REQUIRED);

  question->identity = identity;
  return question;
}

/* As a form of the portal that asks who lives abroad: no format but that of any telephone. */
static PvProcedure *
make_procedure (void)
{
  PvProcedure *procedure = pv_procedure_new ("ecole", "Demande");
  PvPage *page = sample_page (procedure, "p1", "Vous");
  PvQuestion *question;

  procedure->form_id = g_strdup ("18");
  procedure->version = g_strdup ("0123");
  procedure->category = g_strdup ("famille-ecole");
  ask (page, PV_QUESTION_TEXT, "1", "nom", "Votre nom", 1 + PV_IDENTITY_SURNAME);
  ask (page, PV_QUESTION_TEXT, "2", "prenom", "Votre prénom", 1 + PV_IDENTITY_GIVEN_NAMES);
  question = ask (page, PV_QUESTION_CHOICE, "3", "nationalite", "Votre nationalité", 1 + PV_IDENTITY_NATIONALITY);
  sample_option (question, "Française", "Française");
  sample_option (question, "Ukrainienne", "Ukrainienne");
  sample_option (question, "Autre", "Autre");
  ask (page, PV_QUESTION_PHONE, "4", "telephone", "Votre téléphone", 0)->format = PV_FORMAT_PHONE;
  question = ask (page, PV_QUESTION_TEXT, "5", "adresse", "Votre adresse", 0);
  question->flags |= PV_QUESTION_ADDRESS;
  ask (page, PV_QUESTION_TEXT, "6", "cp", "Votre code postal", 0);
  question = ask (page, PV_QUESTION_CHOICE, "7", "pays", "Votre pays", 0);
  sample_option (question, "France", "France");
  sample_option (question, "Ukraine", "Ukraine");
  return procedure;
}

static void
gettext_in (const char *code)
{
  g_setenv ("LANGUAGE", code, TRUE);
  setlocale (LC_ALL, "C_FR.UTF-8"); /* see platform/language.c */
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("PV_LOCALE_DIR"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

static int
set_up_abroad (void **state)
{
  static const char *const languages[] = { "fr", "uk", NULL };
  g_autoptr (PvTexts) texts = pv_texts_new ("uk");
  PvJourneyConfig config = sample_config ();
  Fixture *fixture;

  set_up (state);
  fixture = *state;
  config.languages = languages;
  config.has_addresses = TRUE;
  pv_procedure_unref (fixture->procedure);
  fixture->procedure = make_procedure ();
  pv_journey_free (fixture->journey);
  fixture->journey = pv_journey_new (&config);
  pv_journey_set_ref (fixture->journey, ref);
  pv_journey_set_capacity (fixture->journey, &(PvCapacity){ 40, 42 });
  pv_journey_catalogue_loaded (fixture->journey, fixture->catalogue, &fixture->now);
  pv_texts_parse (texts, ukrainian, strlen (ukrainian), NULL, NULL);
  act (fixture, PV_DO_SET_LANGUAGE, NULL, "uk");
  gettext_in ("uk");
  pv_journey_set_texts (fixture->journey, texts);
  return 0;
}

static int
tear_down_abroad (void **state)
{
  gettext_in ("C");
  return tear_down (state);
}

static const PvField *
field_of (Fixture *fixture, const char *id)
{
  const PvField *field = pv_screen_state_find_field (screen (fixture), id);

  if (field == NULL)
    fail_msg ("no field %s on %s", id, screen (fixture)->key);
  return field;
}

static void
type_zone (Fixture *fixture, const char *document, const char *zone)
{
  g_auto (GStrv) lines = g_strsplit (zone, "\n", -1);

  begin (fixture);
  act (fixture, PV_DO_OTHER_DOCUMENT, NULL, NULL);
  act (fixture, PV_DO_OPEN_DOCUMENT, document, NULL);
  for (guint i = 0; lines[i] != NULL; i++) {
    g_autofree char *target = g_strdup_printf ("zone-%u", i + 1);

    act (fixture, PV_DO_TYPE, target, lines[i]);
  }
  act (fixture, PV_DO_NEXT, NULL, NULL);
  assert_screen (fixture, "identity-confirm");
}

static const PvSubmissionEntry *
entry_of (const PvSubmission *submission, const char *id)
{
  for (guint i = 0; i < submission->entries->len; i++)
    if (g_str_equal (((const PvSubmissionEntry *) submission->entries->pdata[i])->id, id))
      return submission->entries->pdata[i];
  fail_msg ("%s was not sent", id);
  return NULL;
}

/* From the question that is shown, with what the document answered already there, to the filing. (transfer full) */
static PvEffect *
answer_and_send (Fixture *fixture)
{
  assert_string_equal (field_of (fixture, "1")->value, "SHEVCHENKO");
  assert_int_equal (field_of (fixture, "1")->input, PV_INPUT_LETTERS);
  assert_string_equal (screen (fixture)->title, "Ваше прізвище");
  assert_string_equal (screen (fixture)->official_title, "Votre nom");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  assert_string_equal (field_of (fixture, "2")->value, "OKSANA");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  assert_true (((const PvChoice *) field_of (fixture, "3")->choices->pdata[1])->selected);
  assert_string_equal (((const PvChoice *) field_of (fixture, "3")->choices->pdata[1])->label, "Українське");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  assert_int_equal (field_of (fixture, "4")->input, PV_INPUT_PHONE);
  act (fixture, PV_DO_TYPE, "4", "+380 67 123 45 67");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  act (fixture, PV_DO_TYPE, "5", "vul. Khreshchatyk 22, kv. 5, Kyiv");
  pv_journey_addresses_found (fixture->journey, "5", "vul. Khreshchatyk 22, kv. 5, Kyiv", g_ptr_array_new (),
                              &fixture->now);
  act (fixture, PV_DO_NEXT, NULL, NULL);
  act (fixture, PV_DO_TYPE, "6", "UA-01001");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  act (fixture, PV_DO_CHOOSE, "7", "Ukraine");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  assert_screen (fixture, "check");
  act (fixture, PV_DO_SEND, NULL, NULL);
  return wait_effect (fixture, PV_EFFECT_STORE);
}

static void
a_permit_or_a_passport_leads_to_a_filing_in_the_portals_french (void **state)
{
  static const struct {
    const char *document, *zone;
  } rows[] = {
    { "card", "IRFRAABC12345601234567890<<<<<\n9108242F2903080UKR<<<<<<<<<<<7\nSHEVCHENKO<<OKSANA<<<<<<<<<<<<" },
    { "passport", "P<UKRSHEVCHENKO<<OKSANA<<<<<<<<<<<<<<<<<<<<<\nFA123456<6UKR9108242F29030801991082412345<72" },
  };
  static const struct {
    const char *id, *label, *text;
  } sent[] = {
    { "1", "Votre nom", "SHEVCHENKO" },
    { "2", "Votre prénom", "OKSANA" },
    { "3", "Votre nationalité", NULL },
    { "4", "Votre téléphone", "+380671234567" },
    { "5", "Votre adresse", "vul. Khreshchatyk 22, kv. 5, Kyiv" },
    { "6", "Votre code postal", "UA-01001" },
    { "7", "Votre pays", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    Fixture *fixture = *state;
    g_autoptr (PvEffect) store = NULL;

    type_zone (fixture, rows[i].document, rows[i].zone);
    act (fixture, PV_DO_CONFIRM_IDENTITY, NULL, NULL);
    store = answer_and_send (fixture);
    assert_non_null (store);
    for (guint k = 0; k < G_N_ELEMENTS (sent); k++) {
      const PvSubmissionEntry *entry = entry_of (store->submission, sent[k].id);

      assert_string_equal (entry->label, sent[k].label);
      if (sent[k].text != NULL)
        assert_string_equal (pv_value_get_text (entry->value), sent[k].text);
    }
    assert_string_equal (pv_value_get_id (entry_of (store->submission, "3")->value, 0), "Ukrainienne");
    assert_string_equal (pv_value_get_label (entry_of (store->submission, "3")->value, 0), "Ukrainienne");
    assert_string_equal (pv_value_get_label (entry_of (store->submission, "7")->value, 0), "Ukraine");
    assert_int_equal (store->submission->proof, PV_PROOF_TYPED);
    tear_down_abroad (state);
    set_up_abroad (state);
  }
}

/* What the form's own rule refuses is refused here, in the person's language, before anything is sent. */
static void
a_form_that_takes_french_numbers_only_says_so (void **state)
{
  Fixture *fixture = *state;

  ((PvQuestion *) pv_procedure_find_question (fixture->procedure, "4"))->format = PV_FORMAT_PHONE_FR;
  begin (fixture);
  act (fixture, PV_DO_WITHOUT_CARD, NULL, NULL);
  act (fixture, PV_DO_TYPE, "1", "Shevchenko");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  act (fixture, PV_DO_TYPE, "2", "Oksana");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  act (fixture, PV_DO_CHOOSE, "3", "Ukrainienne");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  act (fixture, PV_DO_TYPE, "4", "+380 67 123 45 67");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  assert_string_equal (field_of (fixture, "4")->value, "+380 67 123 45 67");
  assert_non_null (
    strstr (field_of (fixture, "4")->error, "Французький номер телефону має 10 цифр і починається з 0."));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (a_permit_or_a_passport_leads_to_a_filing_in_the_portals_french, set_up_abroad,
                                     tear_down_abroad),
    cmocka_unit_test_setup_teardown (a_form_that_takes_french_numbers_only_says_so, set_up_abroad, tear_down_abroad),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
