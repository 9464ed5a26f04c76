/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every form of the demo from its first screen to its last, without a display: each can be filled, however little fits
 * on the screen, and each screen is said aloud whole. */

#include "tst.h"

#include <string.h>

#include "platform/language.h"
#include "speech-recorder.h"
#include "walker.h"

static const char *const forms[] = {
  "acte-naissance",         "activite-sportive", "carte-bibliotheque", "encombrants",
  "inscription-scolaire",   "liste-electorale",  "question-facture",   "recensement-citoyen",
  "rendez-vous-identite",   "reservation-salle", "signalement-rue",    "stationnement-resident",
  "subvention-association",
};

/* Portrait at 100 % and 200 %, a small screen, and less than any. */
static const PvCapacity capacities[] = { { 24, 46 }, { 11, 22 }, { 8, 44 }, { 4, 20 } };

typedef struct {
  SpeechRecorder recorder;
  guint n_screens, n_unsaid;
} Listener;

static void
expect_said (Listener *listener, const char *name, const char *text)
{
  if (text == NULL || text[0] == '\0' || speech_recorder_has_said (&listener->recorder, text))
    return;
  print_error ("%s: nobody says \"%s\"\n", name, text);
  listener->n_unsaid++;
}

static void
shown_cb (const PvScreenState *state, const char *name, gpointer user_data)
{
  Listener *listener = user_data;

  listener->n_screens++;
  pv_speaker_say_screen (&listener->recorder.speaker, state, "fr", TRUE);
  expect_said (listener, name, state->title);
  expect_said (listener, name, state->help);
  expect_said (listener, name, state->error_summary);
  expect_said (listener, name, state->banner != NULL ? state->banner->who : NULL);
  expect_said (listener, name, state->banner != NULL ? state->banner->may : NULL);
  for (guint i = 0; i < state->notices->len; i++)
    expect_said (listener, name, ((PvNotice *) state->notices->pdata[i])->text);
  for (guint i = 0; i < state->fields->len; i++) {
    const PvField *field = state->fields->pdata[i];

    expect_said (listener, name, field->label);
    expect_said (listener, name, field->help);
    expect_said (listener, name, field->error);
    expect_said (listener, name, field->proposal);
    expect_said (listener, name, field->proposal_value);
    expect_said (listener, name, field->accept_label);
    expect_said (listener, name, field->keep_label);
    expect_said (listener, name, field->privacy);
    expect_said (listener, name, field->lift_label);
    for (guint k = 0; field->choices != NULL && k < field->choices->len; k++)
      expect_said (listener, name, ((PvChoice *) field->choices->pdata[k])->label);
  }
  for (guint i = 0; i < state->actions->len; i++)
    if (((PvAction *) state->actions->pdata[i])->is_enabled)
      expect_said (listener, name, ((PvAction *) state->actions->pdata[i])->label);
}

static void
every_form_can_be_filled_and_every_screen_is_said (void **state)
{
  Listener listener = { 0 };

  (void) state;
  pv_language_set ("fr");
  speech_recorder_init (&listener.recorder);
  for (guint form = 0; form < G_N_ELEMENTS (forms); form++) {
    g_autoptr (PvProcedure) procedure = walker_read_form (PV_TEST_FORMS, forms[form]);

    assert_non_null (procedure);
    for (guint i = 0; i < G_N_ELEMENTS (capacities); i++) {
      Walk walk = { capacities[i], TRUE, NULL, shown_cb, &listener, form == 0, NULL };

      assert_true (walker_run (&walk, procedure));
      if (form == 4)
        assert_true (walker_run_elsewhere (&walk, procedure));
    }
  }
  speech_recorder_clear (&listener.recorder);
  assert_int_equal (listener.n_unsaid, 0);
  assert_true (listener.n_screens > 1000);
}

int
main (void)
{
  const struct CMUnitTest tests[] = { cmocka_unit_test (every_form_can_be_filled_and_every_screen_is_said) };

  tst_init ();
  pv_language_start ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
