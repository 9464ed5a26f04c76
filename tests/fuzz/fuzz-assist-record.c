/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the carrier brings, at every stage of both sides: joining, in a session, coming back. And what a broken other
 * side could seal: the bytes as the contents of a record. */

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../unit/assist/people.h"
#include "assist/machine-kiosk.h"
#include "assist/machine-mediator.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static const PvAssistTime now = { 1000000, PEOPLE_NOW };

static void
zero_random (gpointer data, guint8 *bytes, gsize size)
{
  (void) data;
  memset (bytes, 3, size);
}

static const PvAssistRandom random_source = { zero_random, NULL };

static void
feed_machines (const People *people, const uint8_t *data, size_t size)
{
  g_autoptr (PvAssistKiosk) kiosk = pv_assist_kiosk_new (&people->kiosk.identity, random_source, "1");
  g_autoptr (PvAssistMediator) mediator = pv_assist_mediator_new (&people->mediator.identity, random_source);
  g_autoptr (GBytes) call = NULL;

  pv_assist_kiosk_call (kiosk, TRUE, now);
  for (PvOutput *output = pv_assist_kiosk_pop (kiosk); output != NULL; output = pv_assist_kiosk_pop (kiosk)) {
    if (output->kind == PV_OUTPUT_PUBLISH && call == NULL)
      call = g_bytes_ref (output->bytes);
    pv_output_free (output);
  }
  g_assert (pv_assist_mediator_join (mediator, call, "000000", now, NULL));
  pv_assist_kiosk_receive (kiosk, data, size, now);
  pv_assist_mediator_receive (mediator, data, size, now);
  g_assert (pv_assist_kiosk_get_state (kiosk) == PV_KIOSK_CALLING);
  g_assert (pv_assist_mediator_get_state (mediator) != PV_MEDIATOR_SESSION);
}

static void
feed_records (const uint8_t *data, size_t size)
{
  guint8 session[PV_RECORD_SESSION_BYTES] = { 1 }, master[PV_RECORD_KEY_BYTES] = { 2 }, seed[32] = { 3 };
  g_autoptr (PvRecord) kiosk = pv_record_new (PV_SIDE_KIOSK, session, master);
  g_autoptr (PvRecord) mediator = pv_record_new (PV_SIDE_MEDIATOR, session, master);
  g_autoptr (GBytes) opened = pv_record_open (kiosk, data, size, NULL);
  g_autoptr (GBytes) request = pv_record_resume (mediator, seed);
  g_autoptr (GBytes) answer = pv_record_answer_resume (kiosk, data, size, seed, NULL);
  g_autoptr (GBytes) sealed = pv_record_seal (mediator, data, size);

  pv_record_take_resumed (mediator, data, size, NULL);
  g_assert ((sealed == NULL) == (size > PV_RECORD_MAX_PAYLOAD_BYTES));
  g_assert (request != NULL);
  g_assert (opened == NULL && answer == NULL); /* nobody knows the keys */
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static People *people;

  if (people == NULL) {
    if (!pv_assist_init ())
      abort ();
    people = people_new ();
  }
  feed_records (data, size);
  feed_machines (people, data, size);
  return 0;
}
