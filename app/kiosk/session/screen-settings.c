/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/session/screen-settings.h"

#include "platform/mounting.h"
#include "platform/settings-keypad.h"

PvMounting
pv_screen_settings_get_mounting (const PvSettings *settings)
{
  PvMounting mounting = pv_mounting_from_settings (settings);

  pv_kiosk_get_screen_size (&mounting.width_px, &mounting.height_px);
  return mounting;
}

gboolean
pv_screen_settings_is_post (const PvSettings *settings)
{
  return g_str_equal (pv_settings_get_text (settings, PV_SETTING_SESSION_PROFILE), "post");
}

gboolean
pv_screen_settings_has_voice (const PvSettings *settings)
{
  return !g_str_equal (pv_settings_get_text (settings, PV_SETTING_SPEECH_ENGINE), "none");
}

PvKioskWindow *
pv_screen_settings_make_window (const PvSettings *settings)
{
  const PvMounting mounting = pv_screen_settings_get_mounting (settings);
  PvKeypadMap keypad = { 0 };
  PvViewConfig config = {
    .commune = pv_settings_get_text (settings, PV_SETTING_COMMUNE_NAME),
    .emblem_file = pv_settings_get_text (settings, PV_SETTING_COMMUNE_EMBLEM),
    .primary_colour = pv_settings_get_text (settings, PV_SETTING_COMMUNE_PRIMARY),
    .accent_colour = NULL,
    .mm_per_px = pv_reach_mm_per_px (&mounting),
    .touch = { .debounce_ms = (guint) pv_settings_get_int (settings, PV_SETTING_TOUCH_DEBOUNCE_MS),
               .press_ms = (guint) pv_settings_get_int (settings, PV_SETTING_TOUCH_PRESS_MS),
               .dwell_ms = (guint) pv_settings_get_int (settings, PV_SETTING_TOUCH_DWELL_MS) },
    .has_desk = pv_screen_settings_is_post (settings),
    .has_voice = pv_screen_settings_has_voice (settings),
    .keypad = pv_settings_read_keypad (settings, &keypad) ? &keypad : NULL,
  };

  return pv_kiosk_window_new (NULL, &config);
}

PvNarratorConfig
pv_screen_settings_get_narrator (const PvSettings *settings)
{
  const char *const *languages = pv_settings_get_list (settings, PV_SETTING_COMMUNE_LANGUAGES);
  return (PvNarratorConfig){
    .volume = (guint) pv_settings_get_int (settings, PV_SETTING_SPEECH_VOLUME),
    .rate = (guint) pv_settings_get_int (settings, PV_SETTING_SPEECH_RATE),
    .is_headset_only = !pv_settings_get_bool (settings, PV_SETTING_SPEECH_LOUDSPEAKER),
    .has_pad = !g_str_equal (pv_settings_get_text (settings, PV_SETTING_SESSION_PROFILE), "post"),
    .keys_place = pv_settings_get_text (settings, PV_SETTING_SPEECH_KEYS_PLACE),
    .keys_language = languages != NULL ? languages[0] : NULL,
  };
}

PvVoice *
pv_screen_settings_make_voice (const PvSettings *settings, PvVoiceFunc func, gpointer voice_data, GError **error)
{
  if (g_str_equal (pv_settings_get_text (settings, PV_SETTING_SPEECH_ENGINE), "dispatcher"))
    return pv_voice_new_dispatcher (func, voice_data, error);
  return pv_voice_new_espeak (pv_settings_get_text (settings, PV_SETTING_SPEECH_DEVICE),
                              pv_settings_get_text (settings, PV_SETTING_SPEECH_HEADSET_DEVICE), func, voice_data,
                              error);
}
