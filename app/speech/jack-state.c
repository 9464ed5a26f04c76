/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "jack-state.h"

/* Names that the kernel's drivers give (sound/pci/hda, sound/soc), as PulseAudio's paths for headphones list them. Not those of
 * a microphone alone, a line out (the loudspeaker) or HDMI. */
static const char *const names[] = {
  "*Headphone Jack",       /* also "Front", "Dock" */
  "*Headphones Jack",      /* boards of sound/soc */
  "*Headset Jack",         /* headphones and a microphone in one plug */
  "Headphone Mic Jack",    /* either, in one hole */
  "Headphone+LO Jack",     /* the loudspeaker is amplified elsewhere */
  "*Headphone Front Jack", /* several channels */
  "*Headphone Surround Jack",
};

gboolean
pv_jack_counts (const char *name)
{
  /* Nothing detects whether something is in a phantom jack: it says yes for ever. */
  if (g_pattern_match_simple ("*Phantom*", name))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_pattern_match_simple (names[i], name))
      return TRUE;
  return FALSE;
}

gboolean
pv_jack_state_add (PvJackState *state, guint number)
{
  if (state->n_controls == PV_JACK_MAX_CONTROLS)
    return FALSE;
  state->controls[state->n_controls].number = number;
  state->controls[state->n_controls++].is_plugged = FALSE;
  return TRUE;
}

gboolean
pv_jack_state_has (const PvJackState *state, guint number)
{
  for (guint i = 0; i < state->n_controls; i++)
    if (state->controls[i].number == number)
      return TRUE;
  return FALSE;
}

void
pv_jack_state_set (PvJackState *state, guint number, gboolean is_plugged)
{
  for (guint i = 0; i < state->n_controls; i++)
    if (state->controls[i].number == number)
      state->controls[i].is_plugged = is_plugged;
}

gboolean
pv_jack_state_is_plugged (const PvJackState *state)
{
  for (guint i = 0; i < state->n_controls; i++)
    if (state->controls[i].is_plugged)
      return TRUE;
  return FALSE;
}
