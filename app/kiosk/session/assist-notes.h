/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* assist-notes.h: what the courier must keep of an assistance: lines of the log, and consent records.
 *
 * Said in their order, one at a time, and again until the courier has them on its disk or refuses them for good: the log
 * must have no hole because a service was restarted. Verbs and names of fields, never a value. Main thread. */
#pragma once

#include <gio/gio.h>

#include "pv-link-assist1.h"

enum {
  PV_ASSIST_NOTES_MAX = 200, /* that wait */
  PV_ASSIST_NOTES_CALL_MS = 8000,
  PV_ASSIST_NOTES_AGAIN_MS = 500,
};

typedef struct PvAssistNotes PvAssistNotes;

/* @empty: nothing waits any more */
PvAssistNotes *pv_assist_notes_new (void (*empty) (gpointer), gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;
/* What still waits is lost. */
void pv_assist_notes_free (PvAssistNotes *notes);
/* @proxy: (nullable): borrowed: the line is ours; NULL: not any more. */
void pv_assist_notes_set_line (PvAssistNotes *notes, PvLinkAssist1 *proxy);
/* @field: (nullable) */
void pv_assist_notes_add (PvAssistNotes *notes, const char *verb, const char *field);
void pv_assist_notes_add_consent (PvAssistNotes *notes, GBytes *record);
/* Gives up what waits. */
void pv_assist_notes_clear (PvAssistNotes *notes);
guint pv_assist_notes_count (const PvAssistNotes *notes);
