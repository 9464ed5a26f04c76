/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* screen-settings.h: window and voice as the settings have them, for the citizen's screen and for the service screen. Main thread. */
#pragma once

#include "core/narrator.h"
#include "core/reach.h"
#include "platform/settings.h"
#include "speech/voice.h"
#include "view/kiosk-window.h"

PvMounting pv_screen_settings_get_mounting (const PvSettings *settings);
/* An ordinary computer. */
gboolean pv_screen_settings_is_post (const PvSettings *settings);
/* Hidden. (transfer full): gtk_window_destroy() */
PvKioskWindow *pv_screen_settings_make_window (const PvSettings *settings);
gboolean pv_screen_settings_has_voice (const PvSettings *settings);
/* Its texts are those of @settings. */
PvNarratorConfig pv_screen_settings_get_narrator (const PvSettings *settings);
/* NULL with an error: nothing speaks. */
PvVoice *pv_screen_settings_make_voice (const PvSettings *settings, PvVoiceFunc func, gpointer voice_data,
                                        GError **error);
