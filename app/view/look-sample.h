/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* look-sample.h: what a choice of "Read better" makes of the screen, drawn small: a letter in its own size, letters on their
 * ground, a hand. The letters do not grow with the text: they are compared with each other. */
#pragma once

#include <gtk/gtk.h>

#define PV_TYPE_LOOK_SAMPLE (pv_look_sample_get_type ())
G_DECLARE_FINAL_TYPE (PvLookSample, pv_look_sample, PV, LOOK_SAMPLE, GtkWidget)

/* @name: "letter-100", "colours-dark", "hand-left" ...; others are left empty. @is_small: where there is little height */
GtkWidget *pv_look_sample_new (const char *name, gboolean is_small);
