/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "view/kiosk-window.h"

#include "view/controls.h"
#include "view/emblem.h"
#include "view/hearing.h"
#include "view/keypad.h"
#include "view/lockdown.h"
#include "view/mouse.h"
#include "view/screen-view.h"
#include "view/speech-keys.h"
#include "view/theme.h"
#include "view/touch-watch.h"

struct _PvKioskWindow {
  GtkWindow parent_instance;
  PvScreenView *view;
  PvKeypad *keypad; /* owned by the window */
  gboolean is_fullscreen;
  gboolean has_desk;
  gboolean has_voice;
  gboolean has_pointer; /* that is seen */
  PvTouchTimes touch;   /* as configured */
  gboolean is_waiting_for_paint;
  gint64 last_frame_us; /* 0 = none yet */
};

enum {
  SIGNAL_INTENTION,
  SIGNAL_PAINTED,
  SIGNAL_CAPACITY_CHANGED,
  SIGNAL_TOUCHED,
  SIGNAL_FOCUS_MOVED,
  SIGNAL_KEYPAD,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PvKioskWindow, pv_kiosk_window, GTK_TYPE_WINDOW)

/* ---- what the view does ---- */

void
pv_kiosk_window_show_state (PvKioskWindow *self, const PvScreenState *state)
{
  pv_screen_view_show_state (self->view, state);
  pv_keypad_show_state (self->keypad, state);
}

gboolean
pv_kiosk_window_get_placed (PvKioskWindow *self, const PvScreenState *state, PvFocus *ret_focus)
{
  return pv_keypad_take_placed (self->keypad)
         && pv_hearing_name_focus (state, gtk_window_get_focus (GTK_WINDOW (self)), ret_focus);
}

void
pv_kiosk_window_set_portrait (PvKioskWindow *self, GdkTexture *texture)
{
  pv_screen_view_set_portrait (self->view, texture);
}

static void
set_touch (PvKioskWindow *self, gboolean is_slow)
{
  PvTouchTimes times = is_slow ? pv_touch_times_for_tremor (&self->touch) : self->touch;

  pv_touch_gate_set_times (GTK_WINDOW (self), &times);
  pv_screen_view_set_debounce_ms (self->view, times.debounce_ms);
}

void
pv_kiosk_window_set_spoken (PvKioskWindow *self, const char *field_id)
{
  pv_screen_view_set_spoken (self->view, field_id);
}

void
pv_kiosk_window_set_look (PvKioskWindow *self, const PvLook *look)
{
  set_touch (self, look->is_slow);
  pv_screen_view_set_look (self->view, look);
}

void
pv_kiosk_window_set_language (PvKioskWindow *self, const char *code, gboolean is_right_to_left)
{
  gtk_widget_set_default_direction (is_right_to_left ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
  pv_screen_view_set_language (self->view, code, is_right_to_left);
}

void
pv_kiosk_window_get_capacity (PvKioskWindow *self, PvCapacity *ret_capacity)
{
  pv_screen_view_get_capacity (self->view, ret_capacity);
}

gboolean
pv_kiosk_window_fits (PvKioskWindow *self)
{
  return pv_screen_view_fits (self->view);
}

static void
escape_cb (GtkWindow *window)
{
  pv_screen_view_escape (PV_KIOSK_WINDOW (window)->view);
}

static void
intention_cb (PvKioskWindow *self, PvIntention *intention)
{
  g_signal_emit (self, signals[SIGNAL_INTENTION], 0, intention);
}

static void
touched_cb (GtkWidget *window, gboolean is_renewal, gboolean is_button)
{
  g_signal_emit (window, signals[SIGNAL_TOUCHED], 0, is_renewal, is_button);
}

static void
focus_moved_cb (PvKioskWindow *self, const PvFocus *focus)
{
  g_signal_emit (self, signals[SIGNAL_FOCUS_MOVED], 0, focus);
}

/* At a desk the pad with figures is for typing. */
static gboolean
speech_key_cb (GtkWindow *window, guint keyval)
{
  PvKioskWindow *self = PV_KIOSK_WINDOW (window);
  const char *word = self->has_voice ? pv_speech_key_word (keyval, !self->has_desk) : NULL;

  if (word != NULL)
    pv_send (GTK_WIDGET (self->view), PV_DO_SPEECH, NULL, word);
  return word != NULL;
}

static void
keypad_cb (GtkWindow *window, PvKeypadMeaning meaning)
{
  PvKioskWindow *self = PV_KIOSK_WINDOW (window);
  const char *word = meaning == PV_KEYPAD_REPEAT   ? "again"
                     : meaning == PV_KEYPAD_LOUDER ? "louder"
                     : meaning == PV_KEYPAD_SOFTER ? "softer"
                                                   : NULL;

  if (self->has_voice && word != NULL)
    pv_send (GTK_WIDGET (self->view), PV_DO_SPEECH, NULL, word);
  g_signal_emit (window, signals[SIGNAL_KEYPAD], 0, (guint) meaning);
}

static void
capacity_changed_cb (PvKioskWindow *self)
{
  g_signal_emit (self, signals[SIGNAL_CAPACITY_CHANGED], 0);
}

/* ---- frames ---- */

static void
after_paint_cb (GdkFrameClock *clock, gpointer user_data)
{
  PvKioskWindow *self = PV_KIOSK_WINDOW (user_data);

  (void) clock;
  self->last_frame_us = g_get_monotonic_time ();
  if (!self->is_waiting_for_paint || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  self->is_waiting_for_paint = FALSE;
  /* On its way to the compositor before anybody is told: what was shown until now leaves at once. */
  gdk_display_flush (gtk_widget_get_display (GTK_WIDGET (self)));
  g_signal_emit (self, signals[SIGNAL_PAINTED], 0);
}

static void
pv_kiosk_window_realize (GtkWidget *widget)
{
  g_autoptr (GdkCursor) cursor = gdk_cursor_new_from_name ("none", NULL);

  GTK_WIDGET_CLASS (pv_kiosk_window_parent_class)->realize (widget);
  g_signal_connect_object (gtk_widget_get_frame_clock (widget), "after-paint", G_CALLBACK (after_paint_cb), widget, 0);
  /* A finger has no pointer. */
  if (!PV_KIOSK_WINDOW (widget)->has_pointer)
    gdk_surface_set_cursor (gtk_native_get_surface (GTK_NATIVE (widget)), cursor);
}

gint64
pv_kiosk_window_get_last_frame_age_ms (PvKioskWindow *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return self->last_frame_us == 0 ? -1 : (g_get_monotonic_time () - self->last_frame_us) / G_TIME_SPAN_MILLISECOND;
}

void
pv_kiosk_window_warm_up (PvKioskWindow *self)
{
  gtk_widget_realize (GTK_WIDGET (self));
  pv_screen_view_warm_up (self->view);
}

void
pv_kiosk_window_present (PvKioskWindow *self)
{
  self->is_waiting_for_paint = TRUE;
  if (self->is_fullscreen)
    gtk_window_fullscreen (GTK_WINDOW (self));
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* ---- the object ---- */

static void
pv_kiosk_window_class_init (PvKioskWindowClass *klass)
{
  GTK_WIDGET_CLASS (klass)->realize = pv_kiosk_window_realize;
  signals[SIGNAL_INTENTION] = g_signal_new ("intention", PV_TYPE_KIOSK_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                            G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SIGNAL_PAINTED] =
    g_signal_new ("painted", PV_TYPE_KIOSK_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_CAPACITY_CHANGED] =
    g_signal_new ("capacity-changed", PV_TYPE_KIOSK_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_FOCUS_MOVED] = g_signal_new ("focus-moved", PV_TYPE_KIOSK_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                              NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SIGNAL_TOUCHED] = g_signal_new ("touched", PV_TYPE_KIOSK_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 2, G_TYPE_BOOLEAN, G_TYPE_BOOLEAN);
  signals[SIGNAL_KEYPAD] =
    g_signal_new ("keypad", PV_TYPE_KIOSK_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
pv_kiosk_window_init (PvKioskWindow *self)
{
  gtk_window_set_decorated (GTK_WINDOW (self), FALSE);
  pv_watch_speech_keys (GTK_WINDOW (self), speech_key_cb);
  pv_lock_down (GTK_WINDOW (self));
  self->keypad = pv_keypad_new (GTK_WINDOW (self), keypad_cb);
  pv_watch_touches (GTK_WINDOW (self), touched_cb);
  pv_touch_gate_set_up (GTK_WINDOW (self));
}

static void
load_emblem (PvKioskWindow *self, const char *file)
{
  g_autoptr (GdkTexture) emblem = NULL;

  if (file != NULL && file[0] != '\0')
    emblem = pv_emblem_load (file, pv_theme_px (PV_EMBLEM_PIXELS));
  pv_screen_view_set_emblem (self->view, GDK_PAINTABLE (emblem));
}

void
pv_kiosk_get_screen_size (int *ret_width, int *ret_height)
{
  GListModel *monitors = gdk_display_get_monitors (gdk_display_get_default ());
  g_autoptr (GdkMonitor) monitor = g_list_model_get_item (monitors, 0);
  GdkRectangle geometry = { 0, 0, 1080, 1920 };

  if (monitor != NULL)
    gdk_monitor_get_geometry (monitor, &geometry);
  *ret_width = geometry.width;
  *ret_height = geometry.height;
}

PvKioskWindow *
pv_kiosk_window_new (GtkApplication *application, const PvViewConfig *config)
{
  PvKioskWindow *self;
  int width = config->width, height = config->height;

  pv_theme_start (config->primary_colour, config->accent_colour, config->mm_per_px);
  self = g_object_new (PV_TYPE_KIOSK_WINDOW, "application", application, "title", config->commune, NULL);
  self->is_fullscreen = width <= 0 || height <= 0;
  if (self->is_fullscreen)
    pv_kiosk_get_screen_size (&width, &height);
  self->has_desk = config->has_desk;
  self->has_voice = config->has_voice;
  self->has_pointer = config->has_desk || config->touch.dwell_ms > 0;
  if (self->has_pointer)
    pv_mouse_show (GTK_WINDOW (self));
  if (config->has_desk)
    pv_lock_down_with_escape (GTK_WINDOW (self), escape_cb);
  self->view = PV_SCREEN_VIEW (pv_screen_view_new (width, height));
  pv_screen_view_set_has_keys (self->view, !config->has_desk);
  gtk_window_set_child (GTK_WINDOW (self), GTK_WIDGET (self->view));
  if (config->keypad != NULL)
    pv_keypad_start (self->keypad, config->keypad, self->view);
  gtk_window_set_default_size (GTK_WINDOW (self), width, height);
  g_signal_connect_swapped (self->view, "intention", G_CALLBACK (intention_cb), self);
  g_signal_connect_swapped (self->view, "capacity-changed", G_CALLBACK (capacity_changed_cb), self);
  g_signal_connect_swapped (self->view, "focus-moved", G_CALLBACK (focus_moved_cb), self);
  load_emblem (self, config->emblem_file);
  self->touch = config->touch;
  set_touch (self, FALSE);
  return self;
}
