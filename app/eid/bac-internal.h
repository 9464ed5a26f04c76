/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* bac-internal.h: Basic Access Control with what is chosen by chance given, for bac.c and its test. */
#pragma once

#include "eid/bac.h"

typedef struct PvBacSecrets {
  guint8 challenge[8]; /* RND.IFD */
  guint8 key[16];      /* K.IFD */
} PvBacSecrets;

gboolean pv_bac_run_with (PvChannel *channel, const PvCardPassword *password, const PvBacSecrets *secrets,
                          GError **error);
