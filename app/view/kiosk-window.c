/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "view/kiosk-window.h"

#include "view/answer-entry.h"
#include "view/band.h"
#include "view/column.h"
#include "view/emblem.h"
#include "view/field-view.h"
#include "view/flow.h"
#include "view/frame.h"
#include "view/lockdown.h"
#include "view/notice-box.h"
#include "view/progress-line.h"
#include "view/text-layout.h"
#include "view/theme.h"

enum {
  CARD_COLUMNS = 3,
  CARD_GAP = 24,
  /* From this text size on the keyboard takes the place of what surrounds the answer. */
  LARGE_TEXT_PERCENT = 150,
  LOW_FIT = 2,
};

struct _PvKioskWindow {
  GtkWindow parent_instance;
  PvFrame *frame;
  GdkTexture *emblem;
  GtkWidget *progress, *title, *help, *page, *error_summary; /* in the head */
  GtkWidget *notices, *fields, *options;                     /* in the body */
  GPtrArray *field_views;                                    /* (element-type PvFieldView): owned by the body */
  PvPlan plan;
  char *key;              /* (nullable): of the screen shown */
  char *action_signature; /* (nullable) */
  int width, height;      /* arranged for */
  gboolean is_overlay;
  gboolean fits;
  gboolean is_fullscreen;
  gboolean is_waiting_for_paint;
  gboolean is_rebuild_wanted;
  gboolean had_errors;
  PvIntentionKind enter; /* of the screen shown */
  gint64 last_frame_us;  /* 0 = none yet */
};

enum { SIGNAL_INTENTION, SIGNAL_PAINTED, SIGNAL_CAPACITY_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PvKioskWindow, pv_kiosk_window, GTK_TYPE_WINDOW)

static void
empty (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

/* ---- focus ---- */

static GtkWidget *
typed_ancestor (GtkWidget *widget)
{
  for (; widget != NULL; widget = gtk_widget_get_parent (widget))
    if (PV_IS_ANSWER_ENTRY (widget) || GTK_IS_TEXT_VIEW (widget))
      return widget;
  return NULL;
}

static void
aim_keyboard (PvKioskWindow *self, GtkWidget *target)
{
  PvKeyboard *keyboard = pv_frame_get_parts (self->frame)->keyboard;
  PvInput input = PV_IS_ANSWER_ENTRY (target) ? pv_answer_entry_get_input (PV_ANSWER_ENTRY (target)) : PV_INPUT_LETTERS;

  pv_keyboard_set_target (keyboard, target, input);
}

static void
focus_changed_cb (PvKioskWindow *self, GParamSpec *pspec, gpointer user_data)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  GtkWidget *target = typed_ancestor (focus);

  (void) pspec;
  (void) user_data;
  pv_pager_reveal (pv_frame_get_parts (self->frame)->pager, focus);
  if (target != NULL && target != pv_keyboard_get_target (pv_frame_get_parts (self->frame)->keyboard)) {
    aim_keyboard (self, target);
    gtk_widget_queue_resize (GTK_WIDGET (self->frame));
  }
}

/* The name of what has the focus, or of the nearest part around it that has one. */
static char *
focused_id (PvKioskWindow *self)
{
  GtkWidget *widget = gtk_window_get_focus (GTK_WINDOW (self));

  for (; widget != NULL; widget = gtk_widget_get_parent (widget))
    if (pv_get_focus_id (widget) != NULL)
      return g_strdup (pv_get_focus_id (widget));
  return NULL;
}

static void
take_focus (GtkWidget *widget)
{
  if (PV_IS_ANSWER_ENTRY (widget))
    gtk_entry_grab_focus_without_selecting (GTK_ENTRY (widget));
  else
    gtk_widget_grab_focus (widget);
}

static void
set_first_focus (PvKioskWindow *self, const PvScreenState *state)
{
  GtkWidget *wanted = NULL;
  GtkWidget *typed = NULL;

  for (guint i = 0; i < self->field_views->len; i++) {
    const PvField *field = g_ptr_array_index (state->fields, i);
    GtkWidget *focus = pv_field_view_get_focus (g_ptr_array_index (self->field_views, i));
    if (focus != NULL && field->is_focused && wanted == NULL)
      wanted = focus;
    if (focus != NULL && typed == NULL && pv_field_needs_keyboard (field, &self->plan))
      typed = focus;
  }
  if (wanted == NULL)
    wanted = typed;
  if (wanted != NULL)
    take_focus (wanted);
  else
    gtk_window_set_focus (GTK_WINDOW (self), NULL);
  /* The keyboard must know where to type even if the first focus is elsewhere. */
  if (typed != NULL && typed_ancestor (wanted) == NULL)
    aim_keyboard (self, typed);
}

/* ---- building ---- */

static gboolean
is_in_body (const PvAction *action)
{
  return action->role == PV_ROLE_OPTION || action->role == PV_ROLE_CARD || action->role == PV_ROLE_DANGER;
}

static char *
signature_of (const PvScreenState *state)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < state->actions->len; i++) {
    const PvAction *action = g_ptr_array_index (state->actions, i);
    g_string_append_printf (text, "%d|%d|%s|%s|%s|%s|%d|%d;", action->intention, action->role,
                            action->target != NULL ? action->target : "", action->value != NULL ? action->value : "",
                            action->label, action->icon != NULL ? action->icon : "", action->is_enabled,
                            action->is_emphasised);
  }
  for (guint i = 0; i < state->notices->len; i++) {
    const PvNotice *notice = g_ptr_array_index (state->notices, i);
    g_string_append_printf (text, "%d|%s|%s;", notice->tone, notice->text != NULL ? notice->text : "",
                            notice->strong != NULL ? notice->strong : "");
  }
  return g_string_free (text, FALSE);
}

static void
fill_options (PvKioskWindow *self, const PvScreenState *state)
{
  GtkWidget *cards = NULL;

  empty (GTK_BOX (self->options));
  for (guint i = 0; i < state->actions->len; i++) {
    const PvAction *action = g_ptr_array_index (state->actions, i);
    if (!is_in_body (action))
      continue;
    if (action->role != PV_ROLE_CARD) {
      GtkWidget *button = pv_action_button_new (action, &self->plan);
      gtk_widget_add_css_class (button, "option");
      gtk_box_append (GTK_BOX (self->options), button);
      cards = NULL;
      continue;
    }
    if (cards == NULL) {
      cards = pv_flow_new (CARD_COLUMNS, CARD_GAP);
      gtk_widget_add_css_class (cards, "cards");
      pv_flow_set_stretch_last (PV_FLOW (cards), TRUE);
      gtk_box_append (GTK_BOX (self->options), cards);
    }
    pv_flow_append (PV_FLOW (cards), pv_action_button_new (action, &self->plan));
  }
}

static void
fill_bands (PvKioskWindow *self, const PvScreenState *state)
{
  static const PvActionRole actions[] = { PV_ROLE_BACK, PV_ROLE_SECONDARY, PV_ROLE_PRIMARY };
  static const PvActionRole help[] = { PV_ROLE_HELP };
  const PvFrameParts *parts = pv_frame_get_parts (self->frame);

  /* GTK keeps a bare pointer to it. */
  gtk_window_set_default_widget (GTK_WINDOW (self), NULL);
  pv_band_fill (parts->action_band, state, actions, G_N_ELEMENTS (actions), &self->plan);
  pv_band_fill (parts->help_band, state, help, G_N_ELEMENTS (help), &self->plan);
  /* Where Enter means something else, it must not reach the primary action either way. */
  if (state->enter == PV_DO_NOTHING)
    gtk_window_set_default_widget (GTK_WINDOW (self), pv_band_get_primary (parts->action_band));
}

static void
fill_notices (PvKioskWindow *self, const PvScreenState *state)
{
  empty (GTK_BOX (self->notices));
  for (guint i = 0; i < state->notices->len; i++)
    gtk_box_append (GTK_BOX (self->notices), pv_notice_box_new (g_ptr_array_index (state->notices, i)));
}

static void
fill_head (PvKioskWindow *self, const PvScreenState *state)
{
  pv_top_band_update (pv_frame_get_parts (self->frame)->top_band, state);
  pv_progress_line_set_fraction (PV_PROGRESS_LINE (self->progress), state->progress);
  pv_text_update (self->title, state->title);
  pv_text_update (self->help, state->help);
  pv_text_update (self->page, state->page_text);
  pv_text_update (self->error_summary, state->error_summary);
}

/* Updates the fields in place where they are the same; TRUE if any had to be made anew. */
static gboolean
fill_fields (PvKioskWindow *self, const PvScreenState *state)
{
  gboolean is_new = self->field_views->len != state->fields->len;

  if (!is_new && !self->is_rebuild_wanted) {
    for (guint i = 0; i < state->fields->len; i++) {
      PvFieldView *view = g_ptr_array_index (self->field_views, i);
      const PvField *field = g_ptr_array_index (state->fields, i);
      PvFieldView *other;
      if (pv_field_view_update (view, field))
        continue;
      other = pv_field_view_new (field, &self->plan);
      gtk_box_insert_child_after (GTK_BOX (self->fields), GTK_WIDGET (other), GTK_WIDGET (view));
      gtk_box_remove (GTK_BOX (self->fields), GTK_WIDGET (view));
      g_ptr_array_index (self->field_views, i) = other;
      is_new = TRUE;
    }
    return is_new;
  }
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  g_ptr_array_set_size (self->field_views, 0);
  empty (GTK_BOX (self->fields));
  for (guint i = 0; i < state->fields->len; i++) {
    PvFieldView *view = pv_field_view_new (g_ptr_array_index (state->fields, i), &self->plan);
    gtk_box_append (GTK_BOX (self->fields), GTK_WIDGET (view));
    g_ptr_array_add (self->field_views, view);
  }
  return TRUE;
}

static void
arrange (PvKioskWindow *self)
{
  PvScreenId screen = self->plan.screen;
  /* What has nothing to touch need not be within reach, and says all that it has to say. */
  gboolean is_end = screen == PV_SCREEN_GOODBYE || screen == PV_SCREEN_OUT_OF_ORDER;
  gboolean is_low = self->plan.is_low && screen != PV_SCREEN_WELCOME && !is_end;

  self->fits = pv_frame_arrange (self->frame, self->width, self->height, screen == PV_SCREEN_WELCOME, self->is_overlay,
                                 is_low ? LOW_FIT : 0);
}

static void
show_welcome (PvKioskWindow *self, const PvScreenState *state)
{
  PvWelcomeScreen *welcome = pv_frame_get_parts (self->frame)->welcome;

  /* A window must not hold on to a button that goes. */
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  gtk_window_set_default_widget (GTK_WINDOW (self), NULL);
  pv_welcome_screen_show (welcome, state, &self->plan);
  gtk_window_set_default_widget (GTK_WINDOW (self), pv_welcome_screen_get_start (welcome));
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
}

static gboolean
needs_keyboard (PvKioskWindow *self, const PvScreenState *state)
{
  for (guint i = 0; i < state->fields->len; i++)
    if (pv_field_needs_keyboard (g_ptr_array_index (state->fields, i), &self->plan))
      return TRUE;
  return FALSE;
}

static gboolean
is_wrong (const PvScreenState *state)
{
  for (guint i = 0; i < state->fields->len; i++)
    if (((const PvField *) g_ptr_array_index (state->fields, i))->error != NULL)
      return TRUE;
  return FALSE;
}

static void
show_question (PvKioskWindow *self, const PvScreenState *state, gboolean is_same)
{
  const PvFrameParts *parts = pv_frame_get_parts (self->frame);
  g_autofree char *signature = signature_of (state);
  g_autofree char *focus = is_same ? focused_id (self) : NULL;
  gboolean has_keyboard = needs_keyboard (self, state);
  gboolean has_errors = is_wrong (state);
  gboolean is_new;

  if (!is_same) {
    pv_keyboard_set_target (parts->keyboard, NULL, PV_INPUT_LETTERS);
    pv_pager_reset (parts->pager);
  } else if (g_strcmp0 (gtk_label_get_text (GTK_LABEL (self->page)), state->page_text != NULL ? state->page_text : "")
             != 0) { /* a further page of the state begins at its top */
    pv_pager_reset (parts->pager);
  }
  fill_head (self, state);
  is_new = fill_fields (self, state);
  if (!is_same || g_strcmp0 (signature, self->action_signature) != 0) {
    gtk_window_set_default_widget (GTK_WINDOW (self), NULL);
    fill_notices (self, state);
    fill_options (self, state);
    fill_bands (self, state);
    is_new = TRUE;
  }
  g_free (self->action_signature);
  self->action_signature = g_steal_pointer (&signature);
  gtk_widget_set_visible (GTK_WIDGET (parts->keyboard), has_keyboard);
  gtk_widget_set_visible (GTK_WIDGET (parts->body), state->fields->len > 0 || state->notices->len > 0
                                                      || gtk_widget_get_first_child (self->options) != NULL);
  if (has_keyboard && self->plan.text_percent > LARGE_TEXT_PERCENT)
    gtk_widget_set_visible (self->help, FALSE);
  if (!is_same || (has_errors && !self->had_errors)) /* to the first answer that is to be mended */
    set_first_focus (self, state);
  else if (is_new && focus != NULL) {
    GtkWidget *widget = pv_find_focus_id (GTK_WIDGET (self->frame), focus);
    if (widget != NULL && gtk_window_get_focus (GTK_WINDOW (self)) == NULL)
      take_focus (widget);
  }
  self->had_errors = has_errors;
}

void
pv_kiosk_window_show_state (PvKioskWindow *self, const PvScreenState *state)
{
  const PvFrameParts *parts = pv_frame_get_parts (self->frame);
  gboolean is_same = !self->is_rebuild_wanted && g_strcmp0 (self->key, state->key) == 0;

  self->plan.screen = state->id;
  self->enter = state->enter;
  self->plan.n_fields = state->fields->len;
  self->plan.layout = pv_frame_layout_for (self->width, self->height);
  self->is_overlay = state->is_overlay;
  self->is_rebuild_wanted = !is_same;
  gtk_widget_set_visible (GTK_WIDGET (parts->welcome), state->id == PV_SCREEN_WELCOME);
  if (state->id == PV_SCREEN_WELCOME)
    show_welcome (self, state);
  else
    show_question (self, state, is_same);
  self->is_rebuild_wanted = FALSE;
  g_free (self->key);
  self->key = g_strdup (state->key);
  arrange (self);
}

/* ---- look and size ---- */

/* What is kept from screen to screen is made anew, too. */
static void
want_rebuild (PvKioskWindow *self)
{
  const PvFrameParts *parts = pv_frame_get_parts (self->frame);

  self->is_rebuild_wanted = TRUE;
  pv_band_forget (parts->action_band);
  pv_band_forget (parts->help_band);
  pv_keyboard_forget (parts->keyboard);
}

static void
set_size_class (PvKioskWindow *self)
{
  static const guint sizes[] = { 100, 125, 150, 200 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autofree char *name = g_strdup_printf ("size-%u", sizes[i]);
    if (sizes[i] == self->plan.text_percent)
      gtk_widget_add_css_class (GTK_WIDGET (self), name);
    else
      gtk_widget_remove_css_class (GTK_WIDGET (self), name);
  }
}

void
pv_kiosk_window_set_look (PvKioskWindow *self, const PvLook *look)
{
  guint percent = CLAMP (look->text_percent, 100, 200);

  self->plan.text_percent = percent;
  self->plan.is_low = look->is_low;
  pv_theme_set (look->theme != NULL ? look->theme : "light", percent);
  set_size_class (self);
  if (look->language != NULL)
    pango_context_set_language (gtk_widget_get_pango_context (GTK_WIDGET (self)),
                                pango_language_from_string (look->language));
  want_rebuild (self);
  g_signal_emit (self, signals[SIGNAL_CAPACITY_CHANGED], 0);
}

void
pv_kiosk_window_set_language (PvKioskWindow *self, const char *code, gboolean is_right_to_left)
{
  gtk_widget_set_default_direction (is_right_to_left ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
  pango_context_set_language (gtk_widget_get_pango_context (GTK_WIDGET (self)), pango_language_from_string (code));
  want_rebuild (self);
}

void
pv_kiosk_window_get_capacity (PvKioskWindow *self, PvCapacity *ret_capacity)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (self->help, "n");
  PangoFontMetrics *metrics;
  int room_width, room_height, line, title;
  double char_width;

  metrics = pango_context_get_metrics (pango_layout_get_context (layout), NULL, NULL);
  char_width = pango_font_metrics_get_approximate_char_width (metrics) / (double) PANGO_SCALE;
  /* As in style.css: the title has 1.58 times the size, less on a low screen. */
  line = (int) (pango_font_metrics_get_height (metrics) / (double) PANGO_SCALE * 1.08 + 0.5);
  title = (int) (2.0 * line * 1.45) + pv_theme_px (14 + 32 + 32);
  pango_font_metrics_unref (metrics);
  pv_frame_get_room (self->frame, self->width, self->height, &room_width, &room_height);
  if (pv_frame_layout_for (self->width, self->height) == PV_LAYOUT_COMPACT)
    title = (int) (2.0 * line * 1.1) + pv_theme_px (14 + 32);
  if (pv_frame_layout_for (self->width, self->height) == PV_LAYOUT_LANDSCAPE)
    title = 0; /* it stands beside the answer */
  ret_capacity->lines = (guint) MAX (3, (room_height - title) / MAX (1, line));
  ret_capacity->chars_per_line = (guint) MAX (10.0, room_width / MAX (1.0, char_width));
}

static void
resized_cb (PvKioskWindow *self)
{
  self->width = gtk_widget_get_width (GTK_WIDGET (self->frame));
  self->height = gtk_widget_get_height (GTK_WIDGET (self->frame));
  want_rebuild (self);
  arrange (self);
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
  if (self->key != NULL)
    arrange (self);
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

gboolean
pv_kiosk_window_fits (PvKioskWindow *self)
{
  return self->fits;
}

/* ---- the object ---- */

/* The check mark of a pad, and Enter in a field: the next box of a date first, then the primary action. */
static void
done_cb (PvKioskWindow *self)
{
  if (self->enter != PV_DO_NOTHING)
    pv_send (GTK_WIDGET (self->frame), self->enter, NULL, NULL);
  else
    gtk_widget_activate_default (GTK_WIDGET (self));
}

static void
pv_kiosk_window_dispose (GObject *object)
{
  PvKioskWindow *self = PV_KIOSK_WINDOW (object);

  g_clear_object (&self->emblem);
  g_clear_pointer (&self->field_views, g_ptr_array_unref);
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->action_signature, g_free);
  G_OBJECT_CLASS (pv_kiosk_window_parent_class)->dispose (object);
}

static void
pv_kiosk_window_class_init (PvKioskWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = pv_kiosk_window_dispose;
  GTK_WIDGET_CLASS (klass)->realize = pv_kiosk_window_realize;
  signals[SIGNAL_INTENTION] = g_signal_new ("intention", PV_TYPE_KIOSK_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                            G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SIGNAL_PAINTED] =
    g_signal_new ("painted", PV_TYPE_KIOSK_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_CAPACITY_CHANGED] =
    g_signal_new ("capacity-changed", PV_TYPE_KIOSK_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
build_parts (PvKioskWindow *self)
{
  const PvFrameParts *parts = pv_frame_get_parts (self->frame);

  self->progress = g_object_new (PV_TYPE_PROGRESS_LINE, NULL);
  self->title =
    g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING, "wrap", TRUE, "xalign", 0.0, NULL);
  gtk_widget_set_layout_manager (self->title, pv_text_layout_new ());
  gtk_widget_add_css_class (self->title, "title");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->title), GTK_ACCESSIBLE_PROPERTY_LEVEL, 1, -1);
  self->help = pv_text_new (NULL, "help");
  pv_set_optional (self->help, 2);
  self->page = pv_text_new (NULL, "page");
  self->error_summary = pv_text_new (NULL, "error-summary");
  pv_set_optional (self->error_summary, 5); /* the same is said beside each field */
  gtk_box_append (parts->head, self->progress);
  gtk_box_append (parts->head, self->title);
  gtk_box_append (parts->head, self->help);
  gtk_box_append (parts->head, self->page);
  gtk_box_append (parts->head, self->error_summary);
  self->notices = pv_column_new ();
  self->fields = pv_column_new ();
  self->options = pv_column_new ();
  gtk_box_append (parts->body, self->notices);
  gtk_box_append (parts->body, self->fields);
  gtk_box_append (parts->body, self->options);
  g_signal_connect_swapped (parts->keyboard, "done", G_CALLBACK (done_cb), self);
}

static void
pv_kiosk_window_init (PvKioskWindow *self)
{
  self->field_views = g_ptr_array_new ();
  self->plan.text_percent = 100;
  self->frame = PV_FRAME (pv_frame_new ());
  gtk_window_set_child (GTK_WINDOW (self), GTK_WIDGET (self->frame));
  gtk_window_set_decorated (GTK_WINDOW (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "size-100");
  build_parts (self);
  g_signal_connect_swapped (self->frame, "resized", G_CALLBACK (resized_cb), self);
  g_signal_connect (self, "notify::focus-widget", G_CALLBACK (focus_changed_cb), NULL);
  pv_lock_down (GTK_WINDOW (self));
}

static void
load_emblem (PvKioskWindow *self, const char *file)
{
  const PvFrameParts *parts = pv_frame_get_parts (self->frame);

  if (file != NULL && file[0] != '\0')
    self->emblem = pv_emblem_load (file, pv_theme_px (PV_EMBLEM_PIXELS));
  pv_top_band_set_emblem (parts->top_band, GDK_PAINTABLE (self->emblem));
  pv_welcome_screen_set_emblem (parts->welcome, GDK_PAINTABLE (self->emblem));
}

static void
take_monitor_size (PvKioskWindow *self)
{
  GListModel *monitors = gdk_display_get_monitors (gdk_display_get_default ());
  g_autoptr (GdkMonitor) monitor = g_list_model_get_item (monitors, 0);
  GdkRectangle geometry = { 0, 0, 1080, 1920 };

  if (monitor != NULL)
    gdk_monitor_get_geometry (monitor, &geometry);
  self->width = geometry.width;
  self->height = geometry.height;
}

PvKioskWindow *
pv_kiosk_window_new (GtkApplication *application, const PvViewConfig *config)
{
  PvKioskWindow *self;

  pv_theme_start (config->primary_colour, config->accent_colour, config->mm_per_px);
  self = g_object_new (PV_TYPE_KIOSK_WINDOW, "application", application, "title", config->commune, NULL);
  self->is_fullscreen = config->width <= 0 || config->height <= 0;
  if (self->is_fullscreen) {
    take_monitor_size (self);
  } else {
    self->width = config->width;
    self->height = config->height;
  }
  gtk_window_set_default_size (GTK_WINDOW (self), self->width, self->height);
  load_emblem (self, config->emblem_file);
  pv_send_set_debounce_ms (config->debounce_ms > 0 ? config->debounce_ms : 300);
  pv_keyboard_set_debounce_ms (pv_frame_get_parts (self->frame)->keyboard,
                               config->debounce_ms > 0 ? config->debounce_ms : 300);
  return self;
}
