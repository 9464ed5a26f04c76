/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the other side of a living session could seal, broken or of bad will: the input is a row of messages (a byte for what
 * the citizen does before it, a byte for seconds that pass, a 16-bit length, the message). Each is sealed with the real
 * keys and given to the kiosk, and to the mediator.
 *
 * Whatever comes: nothing is granted without a touch, and nothing is intended that only the citizen may. */

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../unit/assist/people.h"
#include "assist/machine-kiosk.h"
#include "assist/machine-mediator.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

enum { MAX_MESSAGES = 40 };

typedef struct {
  const uint8_t *at;
  size_t left;
} Input;

static People *people;
static PvAssistTime now;
static guint n_touched[PV_N_RIGHTS];

static void
some_random (gpointer data, guint8 *bytes, gsize size)
{
  (void) data;
  memset (bytes, 3, size);
}

static const PvAssistRandom random_source = { some_random, NULL };

static PvScreenState *
make_screen (void)
{
  PvScreenState *state = pv_screen_state_new (PV_SCREEN_QUESTION, "question-1");
  PvField *field = pv_screen_state_add_field (state, PV_FIELD_INPUT, "street", "Rue");

  field->assist = PV_ASSIST_CLEAR;
  field->value = g_strdup ("4 rue des Tilleuls");
  field = pv_screen_state_add_field (state, PV_FIELD_INPUT, "nir", "Numéro");
  field->assist = PV_ASSIST_HIDDEN;
  field = pv_screen_state_add_field (state, PV_FIELD_DATE, "born", "Date");
  field->assist = PV_ASSIST_CLEAR;
  field = pv_screen_state_add_field (state, PV_FIELD_CHOICE, "school", "École");
  field->assist = PV_ASSIST_CLEAR;
  pv_field_add_choice (field, "a", "Jules Ferry");
  pv_screen_state_add_field (state, PV_FIELD_STATEMENT, "exact", "Je certifie.")->assist = PV_ASSIST_CLEAR;
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_NEXT, "Continuer");
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_SEND, "Envoyer");
  return state;
}

/* The next message; FALSE at the end. */
static gboolean
next (Input *input, guint *ret_touch, const uint8_t **ret_bytes, size_t *ret_size)
{
  size_t size;

  if (input->left < 4)
    return FALSE;
  *ret_touch = input->at[0];
  now.mono_ms += input->at[1] * 1000;
  now.utc += input->at[1];
  size = MIN ((size_t) input->at[2] << 8 | input->at[3], input->left - 4);
  *ret_bytes = input->at + 4;
  *ret_size = size;
  input->at += 4 + size;
  input->left -= 4 + size;
  return TRUE;
}

/* What the kiosk sends now: the bytes of this type, or NULL. */
static GBytes *
take_kiosk (PvAssistKiosk *kiosk, guint type)
{
  GBytes *found = NULL;

  for (PvOutput *output = pv_assist_kiosk_pop (kiosk); output != NULL; output = pv_assist_kiosk_pop (kiosk)) {
    if (output->kind == PV_OUTPUT_INTENTION)
      g_assert (output->intention->kind == PV_DO_NEXT || output->intention->kind == PV_DO_TYPE
                || output->intention->kind == PV_DO_TYPE_PART || output->intention->kind == PV_DO_CHOOSE);
    if (output->bytes != NULL && found == NULL && ((const guint8 *) g_bytes_get_data (output->bytes, NULL))[0] == type)
      found = g_bytes_ref (output->bytes);
    pv_output_free (output);
  }
  return found;
}

static GBytes *
take_mediator (PvAssistMediator *mediator, guint type)
{
  GBytes *found = NULL;

  for (PvOutput *output = pv_assist_mediator_pop (mediator); output != NULL;
       output = pv_assist_mediator_pop (mediator)) {
    if (output->bytes != NULL && found == NULL && ((const guint8 *) g_bytes_get_data (output->bytes, NULL))[0] == type)
      found = g_bytes_ref (output->bytes);
    pv_output_free (output);
  }
  return found;
}

#define DATA(bytes) g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)

/* @kiosk in a session with somebody whose keys are ours. */
static PvRecord *
join_kiosk (PvAssistKiosk *kiosk)
{
  guint8 random[PV_HANDSHAKE_RANDOM_BYTES];
  g_autoptr (GBytes) call = NULL, join = NULL, answer = NULL, proof = NULL, done = NULL;
  g_autoptr (PvHandshake) handshake = NULL;
  PvRecord *record;

  memset (random, 5, sizeof random);
  pv_assist_kiosk_call (kiosk, TRUE, now);
  call = take_kiosk (kiosk, PV_WIRE_CALL);
  handshake = pv_handshake_join (&people->mediator.identity, call, pv_assist_kiosk_get_code (kiosk, now), random,
                                 now.utc, &join, NULL);
  g_assert (handshake != NULL);
  pv_assist_kiosk_receive (kiosk, DATA (join), now);
  answer = take_kiosk (kiosk, PV_WIRE_ANSWER);
  proof = pv_handshake_prove (handshake, DATA (answer), now.utc, NULL);
  pv_assist_kiosk_receive (kiosk, DATA (proof), now);
  done = take_kiosk (kiosk, PV_WIRE_DONE);
  record = pv_handshake_finish (handshake, DATA (done), NULL);
  g_assert (record != NULL);
  return record;
}

static void
touch (PvAssistKiosk *kiosk, guint touch)
{
  const PvRights *rights = pv_assist_kiosk_get_rights (kiosk);

  if (touch == PV_TOUCH_GRANT && rights->has_question)
    n_touched[rights->question]++;
  if (touch < PV_TOUCH_STOP)
    pv_assist_kiosk_touch (kiosk, touch, now);
  else if (touch < PV_TOUCH_STOP + PV_N_QUICKS)
    pv_assist_kiosk_quick (kiosk, touch - PV_TOUCH_STOP, now);
  else if (touch < PV_TOUCH_STOP + PV_N_QUICKS + 2)
    pv_assist_kiosk_decide (kiosk, touch & 1, now);
}

static void
feed_kiosk (Input input)
{
  g_autoptr (PvScreenState) screen = make_screen ();
  g_autoptr (PvAssistKiosk) kiosk = pv_assist_kiosk_new (&people->kiosk.identity, random_source, "1");
  g_autoptr (PvRecord) record = NULL;
  const uint8_t *bytes;
  guint citizen;
  size_t size;

  now = (PvAssistTime){ 1000000, PEOPLE_NOW };
  memset (n_touched, 0, sizeof n_touched);
  pv_assist_kiosk_screen (kiosk, screen, now);
  record = join_kiosk (kiosk);
  for (guint i = 0; i < MAX_MESSAGES && next (&input, &citizen, &bytes, &size); i++) {
    g_autoptr (GBytes) sealed = NULL, sent = NULL;

    pv_assist_kiosk_tick (kiosk, now);
    touch (kiosk, citizen);
    sealed = pv_record_seal (record, bytes, size);
    if (sealed != NULL)
      pv_assist_kiosk_receive (kiosk, DATA (sealed), now);
    sent = take_kiosk (kiosk, PV_WIRE_RECORD);
    for (PvRight right = 0; right < PV_N_RIGHTS; right++)
      g_assert (!pv_rights_has (pv_assist_kiosk_get_rights (kiosk), right) || n_touched[right] > 0);
    g_assert (pv_assist_kiosk_next_deadline_ms (kiosk) > 0);
  }
}

/* @mediator in a session with somebody who has a kiosk's keys. */
static PvRecord *
join_mediator (PvAssistMediator *mediator)
{
  guint8 random[PV_HANDSHAKE_RANDOM_BYTES];
  PvCall call = { .newest = PV_ASSIST_VERSION,
                  .oldest = PV_ASSIST_VERSION,
                  .group = 1,
                  .created = now.utc,
                  .expires = now.utc + PV_CALL_MAX_SECONDS,
                  .certificate = people->kiosk.certificate,
                  .delegation = people->kiosk.delegation };
  g_autoptr (GBytes) call_bytes = NULL, join = NULL, answer = NULL, proof = NULL, done = NULL;
  g_autoptr (PvHandshake) handshake = NULL;
  PvRecord *record = NULL;

  memset (random, 7, sizeof random);
  memcpy (call.catalogue, people->kiosk.identity.catalogues[0], sizeof call.catalogue);
  call_bytes = pv_call_sign (&call, people->kiosk.secret);
  g_assert (pv_assist_mediator_join (mediator, call_bytes, "123456", now, NULL));
  join = take_mediator (mediator, PV_WIRE_JOIN);
  handshake =
    pv_handshake_answer (&people->kiosk.identity, call_bytes, "123456", DATA (join), random, now.utc, &answer, NULL);
  g_assert (handshake != NULL);
  pv_assist_mediator_receive (mediator, DATA (answer), now);
  proof = take_mediator (mediator, PV_WIRE_PROOF);
  done = pv_handshake_confirm (handshake, DATA (proof), &record, NULL);
  pv_assist_mediator_receive (mediator, DATA (done), now);
  g_assert (pv_assist_mediator_get_state (mediator) == PV_MEDIATOR_SESSION);
  return record;
}

static void
feed_mediator (Input input)
{
  g_autoptr (PvAssistMediator) mediator = pv_assist_mediator_new (&people->mediator.identity, random_source);
  g_autoptr (PvRecord) record = NULL;
  const uint8_t *bytes;
  guint does;
  size_t size;

  now = (PvAssistTime){ 1000000, PEOPLE_NOW };
  record = join_mediator (mediator);
  for (guint i = 0; i < MAX_MESSAGES && next (&input, &does, &bytes, &size); i++) {
    g_autoptr (GBytes) sealed = NULL, sent = NULL;
    const PvMirror *mirror;

    pv_assist_mediator_tick (mediator, now);
    if (does < PV_N_COMMANDS)
      pv_assist_mediator_command (mediator, does, "street", "rue A", now);
    sealed = pv_record_seal (record, bytes, size);
    if (sealed != NULL)
      pv_assist_mediator_receive (mediator, DATA (sealed), now);
    sent = take_mediator (mediator, PV_WIRE_RECORD);
    mirror = pv_assist_mediator_get_mirror (mediator);
    if (mirror != NULL)
      pv_screen_state_free (pv_mirror_to_screen (mirror));
  }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  Input input = { data, size };

  if (people == NULL) {
    if (!pv_assist_init ())
      abort ();
    people = people_new ();
  }
  feed_kiosk (input);
  feed_mediator (input);
  return 0;
}
