/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* pair.h: a kiosk with a small form, a mediator, and a carrier between them that a test may corrupt. */
#pragma once

#include "tst.h"

#include "people.h"

#include "assist/machine-kiosk.h"
#include "assist/machine-mediator.h"

#define PAIR_NIR "185057800608436"

typedef struct {
  gboolean to_kiosk;
  gint64 due_ms;
  GBytes *bytes;
} Parcel;

typedef struct Pair Pair;

struct Pair {
  People *people; /* the same for all pairs of a test */
  GRand *rand;
  PvAssistKiosk *kiosk;
  PvAssistMediator *mediator;
  PvAssistTime now;
  /* the form: what the journey would hold */
  char *street, *name;
  gboolean is_choice_yes, is_private;
  guint page;
  PvScreenState *screen;
  /* the carrier */
  GPtrArray *parcels; /* Parcel */
  GPtrArray *history; /* Parcel: all that was ever carried */
  GBytes *call;
  void (*carry) (Pair *pair, gboolean to_kiosk, GBytes *bytes); /* takes what a machine sends; NULL: honest */
  void (*heard) (Pair *pair, const PvOutput *output);           /* (nullable): sees each output of the mediator */
  gpointer data;
  /* what was seen */
  GHashTable *applied; /* value -> times, of the mediator's intentions */
  guint n_beats;
  gboolean is_beat; /* what is being carried */
  guint n_intentions, n_points, n_explained, n_audit, n_consents, n_full_consents, n_quick, n_answers[PV_N_RESULTS];
  GString *audit;     /* "verb field\n" */
  GString *languages; /* of the mirror: "fr;", "as-read;" */
};

static inline void
parcel_free (gpointer data)
{
  Parcel *parcel = data;

  g_bytes_unref (parcel->bytes);
  g_free (parcel);
}

static inline Parcel *
parcel_new (gboolean to_kiosk, gint64 due_ms, GBytes *bytes)
{
  Parcel *parcel = g_new0 (Parcel, 1);

  *parcel = (Parcel){ to_kiosk, due_ms, g_bytes_ref (bytes) };
  return parcel;
}

static inline PvScreenState *
pair_make_screen (const Pair *pair)
{
  PvScreenState *state = pv_screen_state_new (pair->is_private ? PV_SCREEN_DONE : PV_SCREEN_QUESTION, "question-1");
  PvField *field;
  PvChoice *choice;

  state->title = g_strdup_printf ("Page %u", pair->page);
  field = pv_screen_state_add_field (state, PV_FIELD_INPUT, "street", "Rue");
  field->assist = PV_ASSIST_CLEAR;
  field->value = g_strdup (pair->street);
  field = pv_screen_state_add_field (state, PV_FIELD_INPUT, "name", "Nom");
  field->value = g_strdup (pair->name);
  field = pv_screen_state_add_field (state, PV_FIELD_INPUT, "nir", "Numéro");
  field->assist = PV_ASSIST_HIDDEN;
  field->value = g_strdup (PAIR_NIR);
  field = pv_screen_state_add_field (state, PV_FIELD_CHOICE, "choice", "Cantine ?");
  field->assist = PV_ASSIST_CLEAR;
  choice = pv_field_add_choice (field, "yes", "Oui");
  choice->selected = pair->is_choice_yes;
  choice = pv_field_add_choice (field, "no", "Non");
  choice->selected = !pair->is_choice_yes;
  field = pv_screen_state_add_field (state, PV_FIELD_STATEMENT, "exact", "Je certifie.");
  field->assist = PV_ASSIST_CLEAR;
  pv_screen_state_add_action (state, PV_ROLE_BACK, PV_DO_BACK, "Retour");
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_NEXT, "Continuer");
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_SEND, "Envoyer");
  return state;
}

static inline void
pair_show (Pair *pair)
{
  PvScreenState *screen = pair_make_screen (pair);

  pv_assist_kiosk_screen (pair->kiosk, screen, pair->now);
  pv_screen_state_free (pair->screen);
  pair->screen = screen;
}

static inline Pair *
pair_new (guint32 seed)
{
  static People *people;
  Pair *pair = g_new0 (Pair, 1);

  if (people == NULL)
    people = people_new ();
  pair->people = people;
  pair->rand = g_rand_new_with_seed (seed);
  pair->now = (PvAssistTime){ 1000000, PEOPLE_NOW };
  pair->kiosk = pv_assist_kiosk_new (&pair->people->kiosk.identity, (PvAssistRandom){ people_random, pair->rand }, "1");
  pair->mediator =
    pv_assist_mediator_new (&pair->people->mediator.identity, (PvAssistRandom){ people_random, pair->rand });
  pair->street = g_strdup ("");
  pair->name = g_strdup ("");
  pair->parcels = g_ptr_array_new_with_free_func (parcel_free);
  pair->history = g_ptr_array_new_with_free_func (parcel_free);
  pair->applied = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  pair->audit = g_string_new (NULL);
  pair->languages = g_string_new (NULL);
  pair_show (pair);
  return pair;
}

static inline void
pair_free (Pair *pair)
{
  pv_assist_kiosk_free (pair->kiosk);
  pv_assist_mediator_free (pair->mediator);
  pv_screen_state_free (pair->screen);
  g_rand_free (pair->rand);
  g_free (pair->street);
  g_free (pair->name);
  g_ptr_array_unref (pair->parcels);
  g_ptr_array_unref (pair->history);
  g_clear_pointer (&pair->call, g_bytes_unref);
  g_hash_table_unref (pair->applied);
  g_string_free (pair->audit, TRUE);
  g_string_free (pair->languages, TRUE);
  g_free (pair);
}

/* As the journey would. */
static inline void
pair_intend (Pair *pair, const PvIntention *intention)
{
  if (intention->actor == PV_ACTOR_MEDIATOR) {
    pair->n_intentions++;
    if (intention->value != NULL)
      g_hash_table_insert (
        pair->applied, g_strdup (intention->value),
        GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (pair->applied, intention->value)) + 1));
  }
  assert_true (intention->kind != PV_DO_SEND);
  if (intention->kind == PV_DO_TYPE && g_str_equal (intention->target, "street")) {
    g_free (pair->street);
    pair->street = g_strdup (intention->value);
  } else if (intention->kind == PV_DO_TYPE && g_str_equal (intention->target, "name")) {
    g_free (pair->name);
    pair->name = g_strdup (intention->value);
  } else if (intention->kind == PV_DO_CHOOSE) {
    pair->is_choice_yes = g_str_equal (intention->value, "yes");
  } else if (intention->kind == PV_DO_NEXT || intention->kind == PV_DO_BACK) {
    pair->page++;
  } else {
    fail_msg ("an intention that nobody may have: %s", pv_intention_kind_name (intention->kind));
  }
  pair_show (pair);
}

static inline void
pair_carry (Pair *pair, gboolean to_kiosk, GBytes *bytes, gboolean is_beat)
{
  pair->n_beats += is_beat ? 1 : 0;
  pair->is_beat = is_beat;
  g_ptr_array_add (pair->history, parcel_new (to_kiosk, 0, bytes));
  if (pair->carry != NULL)
    pair->carry (pair, to_kiosk, bytes);
  else
    g_ptr_array_add (pair->parcels, parcel_new (to_kiosk, pair->now.mono_ms, bytes));
}

static inline void
pair_collect (Pair *pair)
{
  for (PvOutput *output = pv_assist_kiosk_pop (pair->kiosk); output != NULL;
       output = pv_assist_kiosk_pop (pair->kiosk)) {
    if (output->kind == PV_OUTPUT_SEND) {
      pair_carry (pair, FALSE, output->bytes, output->is_beat);
    } else if (output->kind == PV_OUTPUT_PUBLISH) {
      g_clear_pointer (&pair->call, g_bytes_unref);
      pair->call = g_bytes_ref (output->bytes);
    } else if (output->kind == PV_OUTPUT_INTENTION) {
      pair_intend (pair, output->intention);
    } else if (output->kind == PV_OUTPUT_POINT) {
      pair->n_points++;
    } else if (output->kind == PV_OUTPUT_EXPLAIN) {
      pair->n_explained++;
    } else if (output->kind == PV_OUTPUT_LANGUAGE) {
      g_string_append_printf (pair->languages, "%s;", output->text != NULL ? output->text : "as-read");
    } else if (output->kind == PV_OUTPUT_CONSENT) {
      PvConsent consent;

      assert_true (
        pv_consent_read (g_bytes_get_data (output->bytes, NULL), g_bytes_get_size (output->bytes), &consent, NULL));
      pair->n_consents++;
      pair->n_full_consents += consent.is_countersigned ? 1 : 0;
    } else if (output->kind == PV_OUTPUT_AUDIT) {
      pair->n_audit++;
      g_string_append_printf (pair->audit, "%s %s\n", output->text, output->target != NULL ? output->target : "-");
    }
    pv_output_free (output);
  }
  for (PvOutput *output = pv_assist_mediator_pop (pair->mediator); output != NULL;
       output = pv_assist_mediator_pop (pair->mediator)) {
    if (pair->heard != NULL)
      pair->heard (pair, output);
    if (output->kind == PV_OUTPUT_SEND)
      pair_carry (pair, TRUE, output->bytes, output->is_beat);
    else if (output->kind == PV_OUTPUT_ANSWER)
      pair->n_answers[output->code]++;
    else if (output->kind == PV_OUTPUT_QUICK)
      pair->n_quick++;
    pv_output_free (output);
  }
}

static inline void
pair_hand_over (Pair *pair, gboolean to_kiosk, GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  if (to_kiosk)
    pv_assist_kiosk_receive (pair->kiosk, data, size, pair->now);
  else
    pv_assist_mediator_receive (pair->mediator, data, size, pair->now);
  pair_collect (pair);
}

/* Everything that is due, and what it gives rise to. */
static inline void
pair_deliver (Pair *pair)
{
  pair_collect (pair);
  for (guint i = 0; i < pair->parcels->len;) {
    const Parcel *due = pair->parcels->pdata[i];
    g_autoptr (GBytes) bytes = NULL;
    gboolean to_kiosk = due->to_kiosk;

    if (due->due_ms > pair->now.mono_ms) {
      i++;
      continue;
    }
    bytes = g_bytes_ref (due->bytes);
    g_ptr_array_remove_index (pair->parcels, i);
    pair_hand_over (pair, to_kiosk, bytes);
    i = 0;
  }
}

static inline void
pair_pass (Pair *pair, gint64 ms)
{
  pair->now.mono_ms += ms;
  pair->now.utc = PEOPLE_NOW + (guint64) (pair->now.mono_ms - 1000000) / 1000;
  pv_assist_kiosk_tick (pair->kiosk, pair->now);
  pv_assist_mediator_tick (pair->mediator, pair->now);
  pair_deliver (pair);
}

/* The citizen calls, reads the code aloud, and the mediator types @digits, or the code if that is NULL. */
static inline gboolean
pair_join (Pair *pair, const char *digits)
{
  g_autofree char *code = NULL;

  pv_assist_kiosk_call (pair->kiosk, TRUE, pair->now);
  pair_collect (pair);
  code = g_strdup (pv_assist_kiosk_get_code (pair->kiosk, pair->now));
  assert_non_null (code);
  return pv_assist_mediator_join (pair->mediator, pair->call, digits != NULL ? digits : code, pair->now, NULL);
}

static inline void
pair_grant (Pair *pair, PvRight right)
{
  if (right != PV_RIGHT_SHOW) {
    pv_assist_mediator_ask (pair->mediator, right, pair->now);
    pair_deliver (pair);
  }
  assert_true (pv_assist_kiosk_get_rights (pair->kiosk)->has_question);
  pv_assist_kiosk_touch (pair->kiosk, PV_TOUCH_GRANT, pair->now);
  pair_deliver (pair);
}

/* For tests of one pair each. */

static inline int
pair_set_up (void **state)
{
  *state = pair_new (1);
  return 0;
}

static inline int
pair_tear_down (void **state)
{
  pair_free (*state);
  return 0;
}

static inline void
pair_begin (Pair *pair)
{
  assert_true (pair_join (pair, NULL));
  pair_deliver (pair);
  assert_int_equal (pv_assist_kiosk_get_state (pair->kiosk), PV_KIOSK_SESSION);
  assert_int_equal (pv_assist_mediator_get_state (pair->mediator), PV_MEDIATOR_SESSION);
}

/* A carrier that carries nothing. */
static inline void
pair_cut (Pair *pair, gboolean to_kiosk, GBytes *bytes)
{
  (void) pair, (void) to_kiosk, (void) bytes;
}
