/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* answer-entry.h: one line to type in, with everything taken away that a citizen does not need or that leads away: no
 * context menu, selection handles, drag and drop, clipboard, emoji, undo. Its text lives in a PvSecretBuffer.
 *
 * A caret is placed by a touch; it does not blink. */
#pragma once

#include <gtk/gtk.h>

#include "core/format.h"

#define PV_TYPE_ANSWER_ENTRY (pv_answer_entry_get_type ())
G_DECLARE_FINAL_TYPE (PvAnswerEntry, pv_answer_entry, PV, ANSWER_ENTRY, GtkEntry)

GtkWidget *pv_answer_entry_new (PvInput input, guint max_chars);
/* Nothing that is typed is told on the accessibility bus (private-text.h): to be called first of all. */
void pv_answer_entry_set_private (PvAnswerEntry *entry);
/* The part of it that has the focus, and its text. gtk_editable_get_delegate() is another in a private one. */
GtkWidget *pv_answer_entry_get_text_widget (PvAnswerEntry *entry);
/* The keyboard that fits; found again from the focused widget. */
PvInput pv_answer_entry_get_input (PvAnswerEntry *entry);
/* Sets the text only if it differs, and leaves the caret at the end. */
void pv_answer_entry_update_text (PvAnswerEntry *entry, const char *text);

/* Disables all gestures and drop targets of @widget and of what it is made of: also for GtkTextView. */
void pv_take_gestures_away (GtkWidget *widget);
