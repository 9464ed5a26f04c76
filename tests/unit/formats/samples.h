/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* samples.h: what the samples in tests/data/formats say: a person who does not exist, and keys that open nothing else. */
#pragma once

#include "link/outbox-format.h"

#define SAMPLE_REF        "BCDFGHJKLM"
#define SAMPLE_SLUG       "acte-naissance"
#define SAMPLE_NUMBER     "18-2047"
#define SAMPLE_ANSWER     "Quémener"
#define SAMPLE_PASSPHRASE "une phrase pour les essais"
#define SAMPLE_KIOSK      "Borne 1"
#define SAMPLE_US         ((gint64) SAMPLE_AT * G_USEC_PER_SEC)

enum {
  SAMPLE_AT = 1795440720, /* 23 November 2026, 14:32 in Paris */
  SAMPLE_SECRET_BYTES = 32,
};

/* The secret of everything here. */
static inline void
sample_secret (guint8 *ret_secret)
{
  for (guint8 i = 0; i < SAMPLE_SECRET_BYTES; i++)
    ret_secret[i] = (guint8) (i + 1);
}

static inline PvOutboxKeys *
sample_keys (void)
{
  guint8 secret[SAMPLE_SECRET_BYTES];

  sample_secret (secret);
  return pv_outbox_keys_from_secret (secret);
}
