/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* samples.h: one screen-state of each kind, built by hand with the answers of a fictional person. */
#pragma once

#include "core/screen-state.h"

typedef enum { TONGUE_FR, TONGUE_EN, TONGUE_QPS, TONGUE_QPA, N_TONGUES } Tongue;

typedef struct Sample {
  const char *name;
  void (*fill) (PvScreenState *state);
  PvScreenId id;
} Sample;

extern const Sample samples[];
extern const guint n_samples;

const char *tongue_name (Tongue tongue);
/* (transfer full) */
PvScreenState *sample_new (guint index, Tongue tongue);
