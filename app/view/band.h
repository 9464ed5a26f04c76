/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* band.h: a row of buttons for the actions of a state. Most screens have the same ones: the row is kept while they are. */
#pragma once

#include "view/controls.h"

/* Class of a band whose words are wider than the screen: set by whoever finds that out, gone with other buttons. */
#define PV_BAND_NARROW "narrow"
/* Likewise of one whose words are wider even then: smaller letters. */
#define PV_BAND_SMALL "small"

/* Buttons for the actions with these roles, in the order of the roles; the primary one, and help, take up spare width.
 * Shown when there are any. */
void pv_band_fill (GtkBox *band, const PvScreenState *state, const PvActionRole *roles, guint n_roles,
                   const PvPlan *plan);
/* All that the buttons and notices of a state are made of: they are kept while it is the same. (transfer full) */
char *pv_band_dup_signature (const PvScreenState *state) G_GNUC_WARN_UNUSED_RESULT;
/* The button of the primary action, or NULL. */
GtkWidget *pv_band_get_primary (GtkBox *band);
/* Words of this button may stand one over the other. */
void pv_band_let_wrap (GtkWidget *button);
/* After a change of the language or the look: the next pv_band_fill() makes every button anew. */
void pv_band_forget (GtkBox *band);
