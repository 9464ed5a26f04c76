/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* speech-keys.h: keys for the voice, on every screen: what a pad for a kiosk has, the media keys of a keyboard, and those of an
 * ordinary pad with figures that no answer needs. */
#pragma once

#include <gtk/gtk.h>

/* The word of PV_DO_SPEECH that this key means; NULL: none. @has_pad: + - * / of a pad with figures count */
const char *pv_speech_key_word (guint keyval, gboolean has_pad);

/* TRUE: it meant something, and types nothing. */
typedef gboolean (*PvSpeechKeyFunc) (GtkWindow *window, guint keyval);
/* To be called before pv_lock_down() and pv_watch_touches(): those are asked first, so that a key silences, and a held one
 * acts once. */
void pv_watch_speech_keys (GtkWindow *window, PvSpeechKeyFunc pressed);
