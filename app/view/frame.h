/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* frame.h: where the bands, the question and the keyboard are, in the three layouts. See README.md for the pictures. */
#pragma once

#include <gtk/gtk.h>

#include "view/assist-banner.h"
#include "view/controls.h"
#include "view/keyboard.h"
#include "view/pager.h"
#include "view/pointer.h"
#include "view/top-band.h"
#include "view/welcome-screen.h"

#define PV_TYPE_FRAME (pv_frame_get_type ())
G_DECLARE_FINAL_TYPE (PvFrame, pv_frame, PV, FRAME, GtkWidget)

/* The parts, filled by the window; owned by the frame. */
typedef struct PvFrameParts {
  PvWelcomeScreen *welcome;
  PvTopBand *top_band;
  PvAssistBanner *banner;   /* under it, while somebody helps */
  GtkWidget *panel, *sheet; /* grounds */
  GtkBox *head;             /* progress line, title, help */
  PvPager *pager;           /* holds the body */
  GtkBox *body;             /* the answer */
  PvKeyboard *keyboard;
  GtkBox *action_band, *help_band;
  PvPointer *pointer; /* over everything */
} PvFrameParts;

GtkWidget *pv_frame_new (void);
const PvFrameParts *pv_frame_get_parts (PvFrame *frame);
/* The layout for a window of this size, in device pixels. */
PvLayout pv_frame_layout_for (int width, int height);

/* What is touched stands to the left: in landscape keyboard and answer, in the action band the primary action. Texts, and what is
 * read from the right all the same, stay. */
void pv_frame_set_left_handed (PvFrame *frame, gboolean is_left_handed);

/**
 * pv_frame_arrange:
 * @is_welcome: the welcome screen covers everything else
 * @is_overlay: drawn as a sheet on a dark ground
 * @text_percent: size of the letters
 * @least_fit: fit level to begin with: 0, or 2 in the low layout
 *
 * To be called after the parts were filled or their texts changed: finds the first level of 0..4 at which everything
 * fits into @width x @height, from generous to tight, and applies it. What fits at none is divided into pages.
 *
 * Returns: FALSE if there is not even room for one page
 */
gboolean pv_frame_arrange (PvFrame *frame, int width, int height, gboolean is_welcome, gboolean is_overlay,
                           guint text_percent, int least_fit);

/* Room for the answer, in device pixels, when there is no keyboard and the title has two lines. */
void pv_frame_get_room (PvFrame *frame, int width, int height, int *ret_width, int *ret_height);

/* Signal "resized" (no arguments): the size is not the one that was arranged for. Emitted from an idle. */
