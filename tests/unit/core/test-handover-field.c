/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/handover-field.h"

#include "core/identity.h"

#include "tst.h"

static void
a_line_becomes_a_question (void **state)
{
  static const struct {
    const char *text, *label, *id;
    PvQuestionKind kind;
    PvFormat format;
    gboolean is_required;
    guint n_options, identity;
  } rows[] = {
    { "Votre nom:identite_nom:text", "Votre nom", "identite_nom", PV_QUESTION_TEXT, PV_FORMAT_FREE, TRUE, 0,
      1 + PV_IDENTITY_SURNAME },
    { " Prénoms : identite_prenom : text ", "Prénoms", "identite_prenom", PV_QUESTION_TEXT, PV_FORMAT_FREE, TRUE, 0,
      1 + PV_IDENTITY_GIVEN_NAMES },
    { "Civilité:identite_genre:civility", "Civilité", "identite_genre", PV_QUESTION_CHOICE, PV_FORMAT_FREE, TRUE, 2,
      0 },
    { "E-mail:champ_Q2hhbXAtMTA0:email?", "E-mail", "champ_Q2hhbXAtMTA0", PV_QUESTION_EMAIL, PV_FORMAT_EMAIL, FALSE, 0,
      0 },
    { "Né le:champ_Q2hhbXAtMTAx=:date", "Né le", "champ_Q2hhbXAtMTAx=", PV_QUESTION_DATE, PV_FORMAT_FREE, TRUE, 0, 0 },
    { "Combien ?:champ_a:integer", "Combien ?", "champ_a", PV_QUESTION_NUMBER, PV_FORMAT_FREE, TRUE, 0, 0 },
    { "Prix:champ_a:decimal", "Prix", "champ_a", PV_QUESTION_NUMBER, PV_FORMAT_FREE, TRUE, 0, 0 },
    { "IBAN:champ_a:iban", "IBAN", "champ_a", PV_QUESTION_TEXT, PV_FORMAT_IBAN, TRUE, 0, 0 },
    { "SIRET:champ_a:siret", "SIRET", "champ_a", PV_QUESTION_TEXT, PV_FORMAT_SIRET, TRUE, 0, 0 },
    { "Téléphone:champ_a:phone", "Téléphone", "champ_a", PV_QUESTION_PHONE, PV_FORMAT_PHONE, TRUE, 0, 0 },
    { "Étudiant ?:champ_a:yes-no", "Étudiant ?", "champ_a", PV_QUESTION_YES_NO, PV_FORMAT_FREE, TRUE, 0, 0 },
    { "Projet:champ_a:textarea", "Projet", "champ_a", PV_QUESTION_LONG_TEXT, PV_FORMAT_FREE, TRUE, 0, 0 },
    { "Quartier:champ_a:choice:Centre|Gare", "Quartier", "champ_a", PV_QUESTION_CHOICE, PV_FORMAT_FREE, TRUE, 2, 0 },
    { "Jours:champ_a:choices?:Lundi| Mardi ||Jeudi", "Jours", "champ_a", PV_QUESTION_CHOICES, PV_FORMAT_FREE, FALSE, 3,
      0 },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PvQuestion) question = pv_handover_field_parse (rows[i].text);

    if (question == NULL)
      fail_msg ("%s", rows[i].text);
    assert_string_equal (question->label, rows[i].label);
    assert_string_equal (question->id, rows[i].id);
    assert_int_equal (question->kind, rows[i].kind);
    assert_int_equal (question->format, rows[i].format);
    assert_int_equal ((question->flags & PV_QUESTION_REQUIRED) != 0, rows[i].is_required);
    assert_int_equal (question->options->len, rows[i].n_options);
    if (rows[i].kind == PV_QUESTION_TEXT)
      assert_int_equal (question->identity, rows[i].identity);
  }
}

static void
what_is_no_question_is_none (void **state)
{
  static const char *const texts[] = {
    "",
    "Votre nom",
    "Votre nom:identite_nom",
    ":identite_nom:text",
    "Votre nom:nom:text", /* not a field of the site */
    "Votre nom:champ_:text",
    "Votre nom:champ_a/b:text",
    "Votre nom:champ_a\"b:text",
    "Votre nom:identite_nom:hologram",
    "Votre nom:identite_nom:text:A|B", /* nothing to choose */
    "Quartier:champ_a:choice",
    "Quartier:champ_a:choice: | ",
    "Quartier:champ_a:choice:A:B",
    "Document:champ_a:piece_justificative",
  };
  g_autofree char *long_text = g_strdup_printf ("%01100d:champ_a:text", 1);

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (pv_handover_field_parse (texts[i]) != NULL)
      fail_msg ("%s", texts[i]);
  assert_null (pv_handover_field_parse (long_text));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_line_becomes_a_question),
    cmocka_unit_test (what_is_no_question_is_none),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
