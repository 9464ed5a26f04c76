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

/* Replaces what is at @place by a copy of @text. */
void sample_set (char **place, const char *text);
/* Spoken as it is written. Returns: (transfer none) */
PvField *sample_add_field (PvScreenState *state, PvFieldKind kind, const char *id, const char *label);
void sample_add_icon_action (PvScreenState *state, PvActionRole role, PvIntentionKind kind, const char *label,
                             const char *icon);
void sample_add_help_band (PvScreenState *state, gboolean can_quit);
/* Fills a state as the sample of this name. */
void sample_fill (PvScreenState *state, const char *name);
/* (transfer full) */
PvScreenState *sample_new (guint index, Tongue tongue);
