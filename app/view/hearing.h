/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* hearing.h: what a screen has for who listens to it: the field that is being said is marked, the curtain, and where the keys
 * are, told in the words of the state. Of one PvScreenView. */
#pragma once

#include <gtk/gtk.h>

#include "core/focus.h"

typedef struct PvHearing PvHearing;

/* @view: borrowed; emits "focus-moved"; the curtain becomes a child of it when it is needed */
PvHearing *pv_hearing_new (GtkWidget *view);
void pv_hearing_free (PvHearing *hearing);

/* Around the filling of a screen: what moves the focus meanwhile is no key. */
void pv_hearing_begin_show (PvHearing *hearing);
/* @state is kept; @field_views: (element-type PvFieldView) */
void pv_hearing_end_show (PvHearing *hearing, const PvScreenState *state, GPtrArray *field_views);
/* @field_id: (nullable) */
void pv_hearing_set_spoken (PvHearing *hearing, GPtrArray *field_views, const char *field_id);
void pv_hearing_set_curtained (PvHearing *hearing, gboolean is_curtained);
/* Black, without a word: whatever is touched on it reaches nothing, but somebody is there ("touched"). */
void pv_hearing_set_dark (PvHearing *hearing, gboolean is_dark);
/* @focus: (nullable): tells it, where keys moved it, or where it is typed into. */
void pv_hearing_follow_focus (PvHearing *hearing, GtkWindow *window, GtkWidget *focus);
/* What @widget is in the words of @state. FALSE: nothing that has any. @ret_focus: its id lives as long as both. */
gboolean pv_hearing_name_focus (const PvScreenState *state, GtkWidget *widget, PvFocus *ret_focus);
