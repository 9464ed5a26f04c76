/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* mediator-voice.h: says something to who uses a screen reader, without moving the focus.
 *
 * Where GTK can announce (4.14), it does; before, the text is that of a status line which the reader is told of. */
#pragma once

#include <gtk/gtk.h>

#define PV_TYPE_MEDIATOR_VOICE (pv_mediator_voice_get_type ())
G_DECLARE_FINAL_TYPE (PvMediatorVoice, pv_mediator_voice, PV, MEDIATOR_VOICE, GtkWidget)

/* In the window of @widget; does nothing if it has none. @text is never a citizen's. */
void pv_mediator_say (GtkWidget *widget, const char *text);
/* What was said last. (transfer none) */
const char *pv_mediator_voice_get_text (PvMediatorVoice *voice);
