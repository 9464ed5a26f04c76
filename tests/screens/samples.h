/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* samples.h: one screen-state of each kind, built by hand with the answers of a fictional person. */
#pragma once

#include "core/screen-state.h"
#include "tongue.h"

typedef struct Sample {
  const char *name;
  void (*fill) (PvScreenState *state);
  PvScreenId id;
} Sample;

extern const Sample samples[];
extern const guint n_samples;

void sample_add_help_band (PvScreenState *state);
/* Fills a state as the sample of this name. */
void sample_fill (PvScreenState *state, const char *name);
/* (transfer full) */
PvScreenState *sample_new (guint index, Tongue tongue);
