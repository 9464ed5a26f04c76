/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* jack-state.h: which controls of a card tell of a headset, and whether one is plugged in by what they say; pure. */
#pragma once

#include <glib.h>

enum { PV_JACK_MAX_CONTROLS = 16 };

typedef struct PvJackState {
  guint n_controls;
  struct {
    guint number; /* ALSA's numid */
    gboolean is_plugged;
  } controls[PV_JACK_MAX_CONTROLS];
} PvJackState;

/* Of a control's name. */
gboolean pv_jack_counts (const char *name);
/* FALSE: too many. */
gboolean pv_jack_state_add (PvJackState *state, guint number);
gboolean pv_jack_state_has (const PvJackState *state, guint number);
/* Nothing if it does not have that control. */
void pv_jack_state_set (PvJackState *state, guint number, gboolean is_plugged);
/* Any of them. */
gboolean pv_jack_state_is_plugged (const PvJackState *state);
