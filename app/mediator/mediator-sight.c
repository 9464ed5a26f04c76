/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "mediator/mediator-sight.h"

#include "view/mirror-frame.h"
#include "view/theme.h"

/* Nobody says how large the kiosk's screen is: the reference panel, upright. */
enum { SCREEN_WIDTH = 1080, SCREEN_HEIGHT = 1920 };

GtkWidget *
pv_mediator_sight_new (void)
{
  pv_theme_start_embedded ();
  return pv_mirror_frame_new (SCREEN_WIDTH, SCREEN_HEIGHT);
}

void
pv_mediator_sight_show (GtkWidget *sight, const PvScreenState *state)
{
  pv_mirror_frame_show_state (PV_MIRROR_FRAME (sight), state);
}

void
pv_mediator_sight_set_target (GtkWidget *sight, const char *name)
{
  pv_mirror_frame_set_target (PV_MIRROR_FRAME (sight), name);
}
