/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every form of the demo from its first screen to its last, without a display: each can be filled, however little fits
 * on the screen; each screen is said aloud whole and in the order of reading, and nothing of the person on the loudspeaker. */

#include "tst.h"

#include <string.h>

#include "listener.h"
#include "platform/language.h"
#include "spoken.h"
#include "walker.h"

static const char *const forms[] = {
  "acte-naissance",         "activite-sportive", "carte-bibliotheque", "encombrants",
  "inscription-scolaire",   "liste-electorale",  "question-facture",   "recensement-citoyen",
  "rendez-vous-identite",   "reservation-salle", "signalement-rue",    "stationnement-resident",
  "subvention-association",
};

/* Portrait at 100 % and 200 %, a small screen, and less than any. */
static const PvCapacity capacities[] = { { 24, 46 }, { 11, 22 }, { 8, 44 }, { 4, 20 } };

enum { PERSONAL_MIN_BYTES = 4 }; /* what is shorter is a word of everybody */

typedef struct {
  Listener quiet, loud; /* in a headset, and in the room */
  const char *name;     /* of the screen */
  guint n_screens, n_wrong;
} Ears;

/* The whole screen is read again. (transfer full) */
static char *
listen_to (Listener *listener, const char *word)
{
  gsize before = strlen (voice_recorder_get_heard (listener->recorder));

  pv_speech_link_perform (listener->link, word);
  assert_true (voice_recorder_finish (listener->recorder));
  return spoken_strip (voice_recorder_get_heard (listener->recorder) + before);
}

/* On the sheet of the voice, its buttons are about the screen below: it is said when it comes. (transfer full) */
static char *
listen_to_sheet (const PvScreenState *state)
{
  Listener listener;
  char *heard;

  listener_init (&listener);
  assert_true (pv_speech_link_wake (listener.link, NULL));
  listener_plug (&listener, TRUE);
  pv_speech_link_show (listener.link, state, "fr");
  assert_true (voice_recorder_finish (listener.recorder));
  heard = spoken_strip (voice_recorder_get_heard (listener.recorder));
  listener_clear (&listener);
  return heard;
}

static void
expect_screen (Ears *ears, const PvScreenState *state)
{
  g_autofree char *heard = state->id == PV_SCREEN_LISTEN ? listen_to_sheet (state) : listen_to (&ears->quiet, "again");

  ears->n_wrong += spoken_check_order (state, heard, ears->name);
}

/* What is the person's on this screen, as far as it is long enough to be known again. */
static GPtrArray *
list_personal (const PvScreenState *state)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < state->fields->len; i++) {
    const PvField *field = state->fields->pdata[i];

    if (field->is_personal)
      g_ptr_array_add (list, spoken_strip (field->value));
    for (guint part = 0; part < G_N_ELEMENTS (field->parts); part++)
      g_ptr_array_add (list, spoken_strip (field->parts[part]));
    g_ptr_array_add (list, spoken_strip (field->proposal_value));
    for (guint r = 0; field->rows != NULL && r < field->rows->len; r++)
      if (!((const PvSummaryRow *) field->rows->pdata[r])->is_open)
        g_ptr_array_add (list, spoken_strip (((const PvSummaryRow *) field->rows->pdata[r])->value));
  }
  g_ptr_array_add (list, g_strdup ("BCDFGHJK")); /* the codes of the walk, and who walks */
  g_ptr_array_add (list, g_strdup ("182047"));
  g_ptr_array_add (list, g_strdup ("Martin"));
  return list;
}

/* The form itself may say a word that somebody answers: an option, an example in a help. */
static gboolean
is_everybodys (const PvScreenState *state, const char *word)
{
  g_autofree char *help_of_all = spoken_strip (state->help), *commune = spoken_strip (state->commune);

  if (strstr (help_of_all, word) != NULL || strstr (commune, word) != NULL)
    return TRUE;
  for (guint i = 0; i < state->fields->len; i++) {
    const PvField *field = state->fields->pdata[i];
    g_autofree char *help = spoken_strip (field->kind != PV_FIELD_REFERENCE ? field->help : NULL);
    g_autofree char *label = spoken_strip (field->label), *error = spoken_strip (field->error);

    if (strstr (help, word) != NULL || strstr (label, word) != NULL || strstr (error, word) != NULL)
      return TRUE;
    for (guint c = 0; field->kind != PV_FIELD_INPUT && field->choices != NULL && c < field->choices->len; c++) {
      g_autofree char *choice = spoken_strip (((const PvChoice *) field->choices->pdata[c])->label);

      if (strstr (choice, word) != NULL)
        return TRUE;
    }
    for (guint r = 0; field->rows != NULL && r < field->rows->len; r++) {
      const PvSummaryRow *row = field->rows->pdata[r];
      g_autofree char *value = spoken_strip (row->is_open ? row->value : row->label);

      if (strstr (value, word) != NULL)
        return TRUE;
    }
  }
  return FALSE;
}

static void
expect_nothing_personal (Ears *ears, const PvScreenState *state)
{
  g_autoptr (GPtrArray) personal = list_personal (state);
  g_autofree char *heard = listen_to (&ears->loud, "again"), *spelled = listen_to (&ears->loud, "spell");

  for (guint i = 0; i < personal->len; i++) {
    const char *word = personal->pdata[i];

    if (strlen (word) < PERSONAL_MIN_BYTES || (strstr (heard, word) == NULL && strstr (spelled, word) == NULL)
        || is_everybodys (state, word))
      continue;
    print_error ("%s: everybody hears \"%s\"\n", ears->name, word);
    ears->n_wrong++;
  }
}

/* Keys that walk over everything say nothing personal either. */
static void
walk_with_keys (Ears *ears, const PvScreenState *state)
{
  for (guint i = 0; i < state->fields->len; i++) {
    const PvField *field = state->fields->pdata[i];

    for (guint index = 0; index < 4; index++)
      for (PvFocusKind kind = PV_FOCUS_FIELD; kind < PV_FOCUS_KEY; kind++) {
        const PvFocus focus = { kind, field->id, index };

        pv_speech_link_focus (ears->loud.link, &focus);
        pv_speech_link_focus (ears->quiet.link, &focus);
      }
  }
}

static void
shown_cb (const PvScreenState *state, const char *name, gpointer user_data)
{
  Ears *ears = user_data;

  ears->n_screens++;
  ears->name = name;
  pv_speech_link_show (ears->quiet.link, state, "fr");
  pv_speech_link_show (ears->loud.link, state, "fr");
  if (!ears->loud.speaking.is_on)
    pv_speech_link_perform (ears->loud.link, "listen");
  if (ears->n_screens % 16 == 0)
    walk_with_keys (ears, state);
  expect_screen (ears, state);
  expect_nothing_personal (ears, state);
}

/* A voice for each walk: what a recorder has heard grows. */
static gboolean
walk (Ears *ears, const Walk *way, PvProcedure *procedure, gboolean (*run) (const Walk *, PvProcedure *))
{
  gboolean is_whole;

  listener_init (&ears->quiet);
  listener_init (&ears->loud);
  assert_true (pv_speech_link_wake (ears->quiet.link, NULL));
  assert_true (pv_speech_link_wake (ears->loud.link, NULL));
  listener_plug (&ears->quiet, TRUE);
  is_whole = run (way, procedure);
  assert_null (strstr (voice_recorder_get_log (ears->loud.recorder), " personal "));
  listener_clear (&ears->quiet);
  listener_clear (&ears->loud);
  return is_whole;
}

static void
every_form_can_be_filled_and_every_screen_is_said (void **state)
{
  Ears ears = { 0 };

  (void) state;
  pv_language_set ("fr");
  for (guint form = 0; form < G_N_ELEMENTS (forms); form++) {
    g_autoptr (PvProcedure) procedure = walker_read_form (PV_TEST_FORMS, forms[form]);

    assert_non_null (procedure);
    for (guint i = 0; i < G_N_ELEMENTS (capacities); i++) {
      const Walk way = {
        .capacity = capacities[i], .has_ends = TRUE, .shown = shown_cb, .user_data = &ears, .has_help = form == 0
      };

      assert_true (walk (&ears, &way, procedure, walker_run));
      if (form == 4)
        assert_true (walk (&ears, &way, procedure, walker_run_elsewhere));
    }
  }
  assert_int_equal (ears.n_wrong, 0);
  assert_true (ears.n_screens > 1000);
}

int
main (void)
{
  const struct CMUnitTest tests[] = { cmocka_unit_test (every_form_can_be_filled_and_every_screen_is_said) };

  tst_init ();
  pv_language_start ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
