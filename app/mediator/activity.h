/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* activity.h: one line for each assistance, without a person in it, in the categories that mediators must report.
 *
 * Filled in by the console as far as it knows, corrected by the mediator in one place, exported as CSV.
 * Source of the categories: the activity reports of digital mediators (date, duration, place, material, themes,
 * autonomy, redirection, age band). */
#pragma once

#include <glib.h>

typedef enum { PV_PLACE_WORK, PV_PLACE_HOME, PV_PLACE_REMOTE, PV_PLACE_OTHER, PV_N_PLACES } PvActivityPlace;
typedef enum { PV_AUTONOMY_HELPED, PV_AUTONOMY_PARTLY, PV_AUTONOMY_AUTONOMOUS, PV_N_AUTONOMIES } PvAutonomy;

typedef struct PvActivityLine {
  gint64 began_utc; /* seconds */
  guint minutes;    /* rounded up */
  char *kiosk;      /* name of the kiosk, not of a person */
  PvActivityPlace place;
  char **themes; /* names of pv_activity_themes() */
  PvAutonomy autonomy;
  char *redirected_to; /* (nullable): "counter", "social-worker", ... */
  char *age_band;      /* (nullable): only if the mediator says so */
  gboolean used_hand;
} PvActivityLine;

typedef struct PvActivity PvActivity;

/* @path: the CSV file; made at the first line. NULL: only in memory. */
PvActivity *pv_activity_open (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void pv_activity_free (PvActivity *activity);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvActivity, pv_activity_free)

/* Lines of this day, oldest first. (transfer none) (element-type PvActivityLine) */
const GPtrArray *pv_activity_get_today (PvActivity *activity, gint64 now_utc);
/* Copies @line; returns its index of today. */
guint pv_activity_add (PvActivity *activity, const PvActivityLine *line);
/* Replaces a line of today, here and in the file. */
gboolean pv_activity_replace (PvActivity *activity, guint index, const PvActivityLine *line, GError **error);
PvActivityLine *pv_activity_line_copy (const PvActivityLine *line) G_GNUC_WARN_UNUSED_RESULT;
void pv_activity_line_free (PvActivityLine *line);
/* (transfer none) (array zero-terminated=1): machine names; their words are pv_activity_theme_label() */
const char *const *pv_activity_themes (void);
const char *pv_activity_theme_label (const char *theme);
