/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a record holds, from either side: a message, and the mirror or consent record inside it. Bytes that are a
 * message have one form: written again they are the same. */

#include <stdint.h>
#include <string.h>

#include "assist/consent.h"
#include "assist/message.h"
#include "assist/mirror.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* A mirror that was read can be drawn, spoken and written, and is the same afterwards. */
static void
use_mirror (const PvMirror *mirror)
{
  g_autoptr (PvScreenState) screen = pv_mirror_to_screen (mirror);
  g_autoptr (GPtrArray) speech = pv_screen_state_speech (screen);
  g_autoptr (GBytes) snapshot = pv_mirror_snapshot (mirror);
  g_autoptr (PvMirror) again = pv_mirror_read (g_bytes_get_data (snapshot, NULL), g_bytes_get_size (snapshot), NULL);

  g_assert (screen != NULL && speech != NULL);
  g_assert (again != NULL && pv_mirror_equal (mirror, again));
}

static void
use_block (GBytes *block)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (block, &size);
  g_autoptr (PvScreenState) state = pv_screen_state_new (PV_SCREEN_QUESTION, "question-1");
  g_autoptr (PvMirror) base = NULL;
  g_autoptr (PvMirror) read = pv_mirror_read (bytes, size, NULL);
  g_autoptr (PvMirror) applied = NULL;
  PvConsent consent;

  pv_screen_state_add_field (state, PV_FIELD_INPUT, "1", "Rue")->assist = PV_ASSIST_CLEAR;
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_NEXT, "Continuer");
  base = pv_mirror_new (state, NULL);
  applied = pv_mirror_apply (base, bytes, size, NULL);
  if (read != NULL)
    use_mirror (read);
  if (applied != NULL)
    use_mirror (applied);
  if (pv_consent_read (bytes, size, &consent, NULL)) {
    g_autoptr (GBytes) again = pv_consent_write (&consent);

    g_assert (g_bytes_equal (again, block));
  }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  for (PvAssistSide side = PV_SIDE_KIOSK; side <= PV_SIDE_MEDIATOR; side++) {
    g_auto (PvMessage) message = { 0 };
    g_autoptr (GBytes) again = NULL;

    if (!pv_message_read (data, size, side, &message, NULL))
      continue;
    again = pv_message_write (&message);
    g_assert (again != NULL && g_bytes_get_size (again) == size
              && memcmp (g_bytes_get_data (again, NULL), data, size) == 0);
    if (message.block != NULL)
      use_block (message.block);
  }
  return 0;
}
