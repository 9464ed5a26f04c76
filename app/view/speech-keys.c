/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "view/speech-keys.h"

const char *
pv_speech_key_word (guint keyval, gboolean has_pad)
{
  static const struct {
    guint keyval;
    gboolean is_of_pad; /* with figures */
    const char *word;
  } keys[] = {
    { GDK_KEY_AudioRaiseVolume, FALSE, "louder" },
    { GDK_KEY_AudioLowerVolume, FALSE, "softer" },
    { GDK_KEY_AudioPlay, FALSE, "pause" },
    { GDK_KEY_AudioPause, FALSE, "pause" },
    { GDK_KEY_AudioMute, FALSE, "pause" },
    { GDK_KEY_AudioStop, FALSE, "off" },
    { GDK_KEY_AudioPrev, FALSE, "again" },
    { GDK_KEY_AudioRepeat, FALSE, "again" },
    { GDK_KEY_AudioRewind, FALSE, "slower" },
    { GDK_KEY_AudioForward, FALSE, "faster" },
    { GDK_KEY_KP_Add, TRUE, "louder" },
    { GDK_KEY_KP_Subtract, TRUE, "softer" },
    { GDK_KEY_KP_Multiply, TRUE, "pause" },
    { GDK_KEY_KP_Divide, TRUE, "again" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (keys[i].keyval == keyval && (has_pad || !keys[i].is_of_pad))
      return keys[i].word;
  return NULL;
}

static gboolean
pressed_cb (GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType modifiers,
            gpointer user_data)
{
  GtkWidget *window = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));

  (void) keycode;
  (void) modifiers;
  return ((PvSpeechKeyFunc) user_data) (GTK_WINDOW (window), keyval) ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
}

void
pv_watch_speech_keys (GtkWindow *window, PvSpeechKeyFunc pressed)
{
  GtkEventController *controller = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect (controller, "key-pressed", G_CALLBACK (pressed_cb), (gpointer) pressed);
  gtk_widget_add_controller (GTK_WIDGET (window), controller);
}
