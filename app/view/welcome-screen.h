/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* welcome-screen.h: the first screen: whose kiosk, one large button, the languages by their own names. */
#pragma once

#include <gtk/gtk.h>

#include "view/controls.h"

#define PV_TYPE_WELCOME_SCREEN (pv_welcome_screen_get_type ())
G_DECLARE_FINAL_TYPE (PvWelcomeScreen, pv_welcome_screen, PV, WELCOME_SCREEN, GtkBox)

void pv_welcome_screen_set_emblem (PvWelcomeScreen *screen, GdkPaintable *emblem);
/* Builds everything anew. */
void pv_welcome_screen_show (PvWelcomeScreen *screen, const PvScreenState *state, const PvPlan *plan);
/* The button that starts, or NULL. */
GtkWidget *pv_welcome_screen_get_start (PvWelcomeScreen *screen);
