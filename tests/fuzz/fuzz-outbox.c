/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The container of the outbox: what a disk gives back, with a key that the seeds are sealed to. */

#include <stdint.h>

#include "link/outbox-format.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  guint8 secret[PV_OUTBOX_KEY_BYTES] = { 7 }, reply_key[PV_OUTBOX_KEY_BYTES];
  g_autoptr (PvOutboxKeys) keys = pv_outbox_keys_from_secret (secret);
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (PvOutboxHeader) header = pv_outbox_parse (bytes, NULL);
  g_autoptr (GVariant) submission = pv_outbox_open (bytes, keys, reply_key, NULL);
  g_autoptr (GVariant) outcome = pv_outbox_open_reply (bytes, keys, NULL);

  if (header != NULL)
    g_assert (header->ref != NULL && header->slug != NULL);
  if (submission != NULL)
    g_free (g_variant_print (submission, TRUE));
  if (outcome != NULL)
    g_free (g_variant_print (outcome, TRUE));
  return 0;
}
