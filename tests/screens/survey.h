/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* survey.h: draws a screen in a real window and looks for what must not be: text that is cut, controls that are too
 * small, nameless, over each other or outside, words that nobody says. Findings go to standard output as comments.
 *
 * PV_GALLERY_DIR: folder for the pictures; without it none are written. PV_SOURCE_DIR: where the emblem is. */
#pragma once

#include "counts.h"
#include "view/kiosk-window.h"

typedef struct Setup {
  const char *name;
  int width, height;
  guint text_percent;
  const char *theme;
  gboolean is_low;
  gboolean is_left_handed;
  gboolean has_desk;                          /* an ordinary computer */
  const char *primary_colour, *accent_colour; /* (nullable): of the commune; once in a process */
} Setup;

PvKioskWindow *survey_open_window (const Setup *setup);
/* Another setup for a window of the same size. */
void survey_set_setup (PvKioskWindow *window, const Setup *setup);
/* @where: name of the picture. TRUE if nothing was found, on all of its pages. */
gboolean survey_look_at (PvKioskWindow *window, const PvScreenState *state, const char *where);
/* Something is wrong on the screen that is looked at. */
void survey_found (GtkWidget *widget, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* Of the screen that was looked at last. */
extern Counts survey_counts;
/* Of the panel; once in a process. */
extern double survey_mm_per_px;
/* Called on every page of what is looked at, once it is drawn. @root: what the view arranges */
extern void (*survey_page_cb) (GtkWidget *window, GtkWidget *root, const char *where);
/* And once all of it was judged. */
extern void (*survey_last_page_cb) (GtkWidget *window, GtkWidget *root, const char *where);
/* Lets what has changed be laid out. FALSE: no frame came */
gboolean survey_wait (GtkWidget *window);
/* The window as it is seen. (transfer full) */
cairo_surface_t *survey_draw (GtkWidget *window);
/* Can be acted on: a button, or what is typed into. */
gboolean survey_is_control (GtkWidget *widget);
