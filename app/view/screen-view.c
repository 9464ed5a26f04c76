/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "view/screen-view.h"

#include "view/answer-entry.h"
#include "view/band.h"
#include "view/column.h"
#include "view/error-links.h"
#include "view/field-view.h"
#include "view/flow.h"
#include "view/frame.h"
#include "view/hearing.h"
#include "view/notice-box.h"
#include "view/pager.h"
#include "view/pointing.h"
#include "view/progress-line.h"
#include "view/text-layout.h"
#include "view/theme-scope.h"
#include "view/theme.h"

enum {
  CARD_COLUMNS = 3,
  CARD_GAP = 24,
  SQUAT_CARDS_PERCENT = 200,
  LARGE_TEXT_PERCENT = 150, /* from here on the keyboard takes the place of what surrounds the answer */
  LOW_FIT = 2,
  /* Fit levels at which the help under the title goes, its French, and while somebody helps that of the title. */
  HELP_FIT = 2,
  VITAL_HELP_FIT = 4,
  OFFICIAL_FIT = 1,
  OFFICIAL_TITLE_FIT = 4,
};

struct _PvScreenView {
  GtkWidget parent_instance;
  PvFrame *frame;
  PvHearing *hearing;
  GtkWindow *window;                                                       /* (nullable): that it is in; borrowed */
  GdkTexture *portrait;                                                    /* (nullable) */
  GtkWidget *progress, *title, *help, *page, *error_summary, *error_links; /* in the head */
  GtkWidget *official_title, *official_help;                               /* likewise, under those two */
  GtkWidget *notices, *fields, *options;                                   /* in the body */
  GPtrArray *field_views; /* (element-type PvFieldView): owned by the body */
  PvPlan plan;
  GtkTextDirection direction;   /* of its own; NONE: as everything else */
  const char *theme, *language; /* (nullable): interned: of the look */
  char *key;                    /* (nullable): of the screen shown */
  char *action_signature;       /* (nullable) */
  int width, height;            /* arranged for */
  gboolean is_overlay, is_left_handed;
  gboolean fits, is_rebuild_wanted;
  gboolean had_errors;
  gboolean has_keys;     /* drawn where something is typed */
  PvIntentionKind enter; /* of the screen shown */
  PvIntentionKind escape;
  guint n_jumps; /* of the screen shown */
  guint room_id; /* 0 = the room for answers is as it was told */
};

enum { SIGNAL_INTENTION, SIGNAL_CAPACITY_CHANGED, SIGNAL_FOCUS_MOVED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PvScreenView, pv_screen_view, GTK_TYPE_WIDGET)

static void
empty (GtkBox *box)
{
  GtkWidget *child;

  pv_drop_focus_within (GTK_WIDGET (box));
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

/* ---- focus: the window's ---- */

static GtkWidget *
get_focus (PvScreenView *self)
{
  return self->window != NULL ? gtk_window_get_focus (self->window) : NULL;
}

static void
set_focus (PvScreenView *self, GtkWidget *widget)
{
  if (self->window != NULL)
    gtk_window_set_focus (self->window, widget);
}

/* What Enter presses wherever the focus is. GTK keeps a bare pointer to it. */
static void
set_default (PvScreenView *self, GtkWidget *widget)
{
  if (self->window != NULL)
    gtk_window_set_default_widget (self->window, widget);
}

/* What is typed into where the focus is, or from the keyboard on the screen. */
static GtkWidget *
typed_ancestor (GtkWidget *widget)
{
  for (; widget != NULL; widget = gtk_widget_get_parent (widget))
    if (PV_IS_KEYBOARD (widget))
      return pv_keyboard_get_target (PV_KEYBOARD (widget));
    else if (PV_IS_ANSWER_ENTRY (widget) || GTK_IS_TEXT_VIEW (widget))
      return widget;
  return NULL;
}

static void
aim_keyboard (PvScreenView *self, GtkWidget *target)
{
  PvKeyboard *keyboard = pv_frame_get_parts (self->frame)->keyboard;
  PvInput input = PV_IS_ANSWER_ENTRY (target) ? pv_answer_entry_get_input (PV_ANSWER_ENTRY (target)) : PV_INPUT_LETTERS;

  pv_keyboard_set_target (keyboard, target, input);
}

static void
focus_changed_cb (PvScreenView *self)
{
  GtkWidget *focus = get_focus (self);
  GtkWidget *target = typed_ancestor (focus);

  pv_pager_reveal (pv_frame_get_parts (self->frame)->pager, focus);
  if (target != NULL && target != pv_keyboard_get_target (pv_frame_get_parts (self->frame)->keyboard)) {
    aim_keyboard (self, target);
    gtk_widget_queue_resize (GTK_WIDGET (self->frame));
  }
  pv_hearing_follow_focus (self->hearing, self->window, focus);
}

/* The name of what has the focus, or of the nearest part around it that has one. */
static char *
focused_id (PvScreenView *self)
{
  GtkWidget *widget = get_focus (self);

  for (; widget != NULL; widget = gtk_widget_get_parent (widget))
    if (pv_get_focus_id (widget) != NULL)
      return g_strdup (pv_get_focus_id (widget));
  return NULL;
}

static void
set_first_focus (PvScreenView *self, const PvScreenState *state)
{
  GtkWidget *wanted = NULL, *typed = NULL;

  for (guint i = 0; i < self->field_views->len; i++) {
    const PvField *field = g_ptr_array_index (state->fields, i);
    GtkWidget *focus = pv_field_view_get_focus (g_ptr_array_index (self->field_views, i));
    if (focus != NULL && field->is_focused && wanted == NULL)
      wanted = focus;
    if (focus != NULL && typed == NULL && pv_field_needs_keyboard (field, &self->plan))
      typed = focus;
  }
  wanted = self->plan.is_inert ? NULL : wanted != NULL ? wanted : typed;
  if (wanted != NULL)
    pv_pager_focus (wanted);
  else
    set_focus (self, NULL);
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

static void
fill_options (PvScreenView *self, const PvScreenState *state)
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
      pv_flow_set_squat (PV_FLOW (cards), self->plan.text_percent >= SQUAT_CARDS_PERCENT);
      gtk_box_append (GTK_BOX (self->options), cards);
    }
    pv_flow_append (PV_FLOW (cards), pv_action_button_new (action, &self->plan));
  }
}

static void
fill_bands (PvScreenView *self, const PvScreenState *state)
{
  static const PvActionRole actions[] = { PV_ROLE_BACK, PV_ROLE_SECONDARY, PV_ROLE_PRIMARY };
  static const PvActionRole help[] = { PV_ROLE_HELP };
  const PvFrameParts *parts = pv_frame_get_parts (self->frame);

  set_default (self, NULL);
  pv_band_fill (parts->action_band, state, actions, G_N_ELEMENTS (actions), &self->plan);
  pv_band_fill (parts->help_band, state, help, G_N_ELEMENTS (help), &self->plan);
  /* Where Enter means something else, it must not reach the primary action either way. */
  if (state->enter == PV_DO_NOTHING)
    set_default (self, pv_band_get_primary (parts->action_band));
}

static void
fill_notices (PvScreenView *self, const PvScreenState *state)
{
  empty (GTK_BOX (self->notices));
  for (guint i = 0; i < state->notices->len; i++) {
    GtkWidget *box = pv_notice_box_new (g_ptr_array_index (state->notices, i));

    if (self->plan.text_percent > LARGE_TEXT_PERCENT)
      pv_notice_box_begin_with_icon (PV_NOTICE_BOX (box));
    gtk_box_append (GTK_BOX (self->notices), box);
  }
}

static void
fill_head (PvScreenView *self, const PvScreenState *state)
{
  pv_top_band_update (pv_frame_get_parts (self->frame)->top_band, state);
  pv_progress_line_set_fraction (PV_PROGRESS_LINE (self->progress), state->progress);
  pv_text_update_official (self->title, self->official_title, state->title, state->official_title);
  pv_text_update_official (self->help, self->official_help, state->help, state->official_help);
  /* Who it is that asks is a part of the question. */
  pv_set_optional (self->help, state->id == PV_SCREEN_CONSENT || state->is_help_vital ? VITAL_HELP_FIT : HELP_FIT);
  pv_set_optional (self->official_title,
                   state->banner != NULL ? OFFICIAL_TITLE_FIT : 0); /* who helps needs room, too */
  pv_text_update (self->page, state->page_text);
  pv_text_update (self->error_summary, state->error_summary);
  pv_error_links_update (self->error_links, state, &self->plan);
}

/* Updates the fields in place where they are the same; TRUE if any had to be made anew. */
static gboolean
fill_fields (PvScreenView *self, const PvScreenState *state)
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
      pv_drop_focus_within (GTK_WIDGET (view));
      gtk_box_insert_child_after (GTK_BOX (self->fields), GTK_WIDGET (other), GTK_WIDGET (view));
      gtk_box_remove (GTK_BOX (self->fields), GTK_WIDGET (view));
      g_ptr_array_index (self->field_views, i) = other;
      is_new = TRUE;
    }
    return is_new;
  }
  pv_drop_focus_within (self->fields); /* who is on the keyboard on the screen stays there */
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
fill_portrait (PvScreenView *self)
{
  for (guint i = 0; i < self->field_views->len; i++)
    pv_field_view_show_portrait (g_ptr_array_index (self->field_views, i), self->portrait);
}

void
pv_screen_view_set_portrait (PvScreenView *self, GdkTexture *texture)
{
  g_set_object (&self->portrait, texture);
  fill_portrait (self);
}

static void
arrange (PvScreenView *self)
{
  PvScreenId screen = self->plan.screen;
  /* What has nothing to touch need not be within reach, and says all that it has to say. */
  gboolean is_end = screen == PV_SCREEN_GOODBYE || screen == PV_SCREEN_OUT_OF_ORDER;
  gboolean is_low = self->plan.is_low && screen != PV_SCREEN_WELCOME && !is_end;

  self->fits = pv_frame_arrange (self->frame, self->width, self->height, screen == PV_SCREEN_WELCOME, self->is_overlay,
                                 self->plan.text_percent, is_low ? LOW_FIT : 0);
}

static void
show_welcome (PvScreenView *self, const PvScreenState *state, gboolean is_same)
{
  PvWelcomeScreen *welcome = pv_frame_get_parts (self->frame)->welcome;
  g_autofree char *focus = is_same ? focused_id (self) : NULL;

  /* The window must not hold on to a button that goes. */
  set_focus (self, NULL);
  set_default (self, NULL);
  pv_welcome_screen_show (welcome, state, &self->plan);
  set_default (self, pv_welcome_screen_get_start (welcome));
  set_focus (self, focus != NULL ? pv_find_focus_id (GTK_WIDGET (welcome), focus) : NULL);
}

static gboolean
needs_keyboard (PvScreenView *self, const PvScreenState *state)
{
  if (!self->has_keys)
    return FALSE;
  /* Whoever lent the hand does not type; with little height, what is written in their place is to be seen. */
  if (self->plan.layout == PV_LAYOUT_COMPACT && pv_screen_state_find_action (state, PV_DO_RENEW_HAND) != NULL)
    return FALSE;
  for (guint i = 0; i < state->fields->len; i++)
    if (pv_field_needs_keyboard (g_ptr_array_index (state->fields, i), &self->plan))
      return TRUE;
  return FALSE;
}

static void
show_question (PvScreenView *self, const PvScreenState *state, gboolean is_same)
{
  const PvFrameParts *parts = pv_frame_get_parts (self->frame);
  g_autofree char *signature = pv_band_dup_signature (state);
  g_autofree char *focus = is_same ? focused_id (self) : NULL;
  gboolean has_keyboard = needs_keyboard (self, state);
  gboolean has_errors = pv_screen_state_is_wrong (state);
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
  pv_error_links_relate (self->error_links, self->fields);
  fill_portrait (self);
  if (!is_same || g_strcmp0 (signature, self->action_signature) != 0) {
    set_default (self, NULL);
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
  if (has_keyboard && self->plan.text_percent > LARGE_TEXT_PERCENT) {
    gtk_widget_set_visible (self->help, FALSE);
    gtk_widget_set_visible (self->official_help, FALSE);
  }
  if (!is_same || state->n_jumps != self->n_jumps
      || (has_errors && !self->had_errors && typed_ancestor (get_focus (self)) == NULL))
    set_first_focus (self, state); /* to an answer that is to be mended; who is typing stays there */
  else if (is_new && focus != NULL) {
    GtkWidget *widget = pv_find_focus_id (GTK_WIDGET (self->frame), focus);
    if (widget != NULL && get_focus (self) == NULL)
      pv_pager_focus (widget);
  }
  self->had_errors = has_errors;
  self->n_jumps = state->n_jumps;
}

static gboolean
room_changed_cb (gpointer user_data)
{
  PvScreenView *self = PV_SCREEN_VIEW (user_data);

  self->room_id = 0;
  g_signal_emit (self, signals[SIGNAL_CAPACITY_CHANGED], 0);
  return G_SOURCE_REMOVE;
}

/* The banner takes room from the answers. From an idle: whoever shows this state must not be asked for another. */
static void
show_help_given (PvScreenView *self, const PvScreenState *state)
{
  const PvFrameParts *parts = pv_frame_get_parts (self->frame);
  gboolean had_banner = gtk_widget_get_visible (GTK_WIDGET (parts->banner));

  pv_assist_banner_update (parts->banner, state->banner, &self->plan);
  pv_point (parts->pointer, GTK_WIDGET (self->frame), self->field_views, state);
  if (had_banner != (state->banner != NULL) && self->room_id == 0)
    self->room_id = g_idle_add_full (G_PRIORITY_HIGH, room_changed_cb, self, NULL);
}

void
pv_screen_view_show_state (PvScreenView *self, const PvScreenState *state)
{
  const PvFrameParts *parts = pv_frame_get_parts (self->frame);
  gboolean is_same = !self->is_rebuild_wanted && g_strcmp0 (self->key, state->key) == 0;

  pv_hearing_begin_show (self->hearing);
  self->plan.screen = state->id;
  self->enter = state->enter;
  self->escape = pv_screen_state_get_escape (state);
  self->plan.n_fields = state->fields->len;
  self->plan.title = self->title;
  self->plan.help = self->help;
  self->plan.layout = pv_frame_layout_for (self->width, self->height);
  self->is_overlay = state->is_overlay;
  pv_hearing_set_dark (self->hearing, state->is_dark);
  self->is_rebuild_wanted = !is_same;
  gtk_widget_set_visible (GTK_WIDGET (parts->welcome), state->id == PV_SCREEN_WELCOME);
  if (state->id == PV_SCREEN_WELCOME)
    show_welcome (self, state, is_same);
  else
    show_question (self, state, is_same);
  show_help_given (self, state);
  if (self->plan.is_inert)
    pv_disarm (GTK_WIDGET (self->frame));
  if (self->direction != GTK_TEXT_DIR_NONE)
    pv_set_direction (GTK_WIDGET (self->frame), self->direction);
  self->is_rebuild_wanted = FALSE;
  g_free (self->key);
  self->key = g_strdup (state->key);
  arrange (self);
  pv_hearing_end_show (self->hearing, state, self->field_views);
}

void
pv_screen_view_set_spoken (PvScreenView *self, const char *field_id)
{
  pv_hearing_set_spoken (self->hearing, self->field_views, field_id);
}

/* ---- look and size ---- */

/* What is kept from screen to screen is made anew, too. */
static void
want_rebuild (PvScreenView *self)
{
  const PvFrameParts *parts = pv_frame_get_parts (self->frame);

  self->is_rebuild_wanted = TRUE;
  pv_band_forget (parts->action_band);
  pv_band_forget (parts->help_band);
  pv_keyboard_forget (parts->keyboard);
}

static void
set_size_class (PvScreenView *self)
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
pv_screen_view_set_look (PvScreenView *self, const PvLook *look)
{
  const char *theme = g_intern_string (look->theme), *language = g_intern_string (look->language);
  guint percent = CLAMP (look->text_percent, 100, 200);

  pv_hearing_set_curtained (self->hearing, look->is_curtained);
  if (self->theme == theme && self->language == language && self->plan.text_percent == percent
      && self->plan.is_low == look->is_low && self->is_left_handed == look->is_left_handed)
    return; /* behind the curtain all stays as it is, and where it is */
  self->theme = theme;
  self->language = language;
  self->plan.text_percent = percent;
  self->plan.is_low = look->is_low;
  self->is_left_handed = look->is_left_handed;
  pv_frame_set_left_handed (self->frame, look->is_left_handed);
  pv_theme_set (look->theme != NULL ? look->theme : "light", percent);
  set_size_class (self);
  if (look->language != NULL)
    pv_set_text_language (GTK_WIDGET (self), look->language);
  want_rebuild (self);
  g_signal_emit (self, signals[SIGNAL_CAPACITY_CHANGED], 0);
}

void
pv_screen_view_set_language (PvScreenView *self, const char *code, gboolean is_right_to_left)
{
  GtkTextDirection direction = is_right_to_left ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR;

  /* A mirror may be read the other way than the program around it. */
  if (direction == gtk_widget_get_default_direction ())
    direction = GTK_TEXT_DIR_NONE;
  if (direction != self->direction)
    pv_set_direction (GTK_WIDGET (self->frame), direction);
  self->direction = direction;
  pv_set_text_language (GTK_WIDGET (self), code);
  want_rebuild (self);
}

void
pv_screen_view_get_capacity (PvScreenView *self, PvCapacity *ret_capacity)
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
resized_cb (PvScreenView *self)
{
  self->width = gtk_widget_get_width (GTK_WIDGET (self->frame));
  self->height = gtk_widget_get_height (GTK_WIDGET (self->frame));
  want_rebuild (self);
  arrange (self);
  g_signal_emit (self, signals[SIGNAL_CAPACITY_CHANGED], 0);
}

gboolean
pv_screen_view_fits (PvScreenView *self)
{
  return self->fits;
}

void
pv_screen_view_set_emblem (PvScreenView *self, GdkPaintable *emblem)
{
  const PvFrameParts *parts = pv_frame_get_parts (self->frame);

  pv_top_band_set_emblem (parts->top_band, emblem);
  pv_welcome_screen_set_emblem (parts->welcome, emblem);
}

void
pv_screen_view_set_has_keys (PvScreenView *self, gboolean has_keys)
{
  self->has_keys = has_keys;
}

void
pv_screen_view_escape (PvScreenView *self)
{
  if (self->escape != PV_DO_NOTHING)
    pv_send (GTK_WIDGET (self->frame), self->escape, NULL, NULL);
}

void
pv_screen_view_set_debounce_ms (PvScreenView *self, guint debounce_ms)
{
  pv_send_set_debounce_ms (debounce_ms);
  pv_keyboard_set_debounce_ms (pv_frame_get_parts (self->frame)->keyboard, debounce_ms);
}

void
pv_screen_view_warm_up (PvScreenView *self)
{
  if (self->key != NULL)
    arrange (self);
}

/* ---- pointing ---- */

static GtkWidget *
pick (PvScreenView *self, double x, double y)
{
  return gtk_widget_pick (GTK_WIDGET (self->frame), x, y, GTK_PICK_INSENSITIVE | GTK_PICK_NON_TARGETABLE);
}

char *
pv_screen_view_name_at (PvScreenView *self, double x, double y)
{
  GtkWidget *widget = pick (self, x, y);

  for (; widget != NULL && widget != GTK_WIDGET (self); widget = gtk_widget_get_parent (widget))
    if (pv_get_point_name (widget) != NULL)
      return g_strdup (pv_get_point_name (widget));
  return NULL;
}

gboolean
pv_screen_view_find (PvScreenView *self, const char *name, graphene_rect_t *ret_bounds)
{
  GtkWidget *widget = pv_find_point_name (GTK_WIDGET (self->frame), name);

  return widget != NULL && gtk_widget_compute_bounds (widget, GTK_WIDGET (self), ret_bounds);
}

void
pv_screen_view_reveal (PvScreenView *self, const char *name)
{
  pv_pager_reveal (pv_frame_get_parts (self->frame)->pager, pv_find_point_name (GTK_WIDGET (self->frame), name));
}

gboolean
pv_screen_view_turn_at (PvScreenView *self, double x, double y)
{
  GtkWidget *widget = pick (self, x, y);

  while (widget != NULL && !GTK_IS_BUTTON (widget))
    widget = gtk_widget_get_parent (widget);
  if (widget == NULL || !g_str_has_prefix (pv_get_focus_id (widget) != NULL ? pv_get_focus_id (widget) : "", "page:"))
    return FALSE;
  if (gtk_widget_get_sensitive (widget))
    g_signal_emit_by_name (widget, "clicked");
  return TRUE;
}

/* ---- the object ---- */

/* The check mark of a pad, and Enter in a field: the next box of a date first, then the primary action. */
static void
done_cb (PvScreenView *self)
{
  if (self->enter != PV_DO_NOTHING)
    pv_send (GTK_WIDGET (self->frame), self->enter, NULL, NULL);
  else
    gtk_widget_activate_default (GTK_WIDGET (self));
}

static void
build_parts (PvScreenView *self)
{
  const PvFrameParts *parts = pv_frame_get_parts (self->frame);

  self->progress = g_object_new (PV_TYPE_PROGRESS_LINE, NULL);
  self->title =
    g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING, "wrap", TRUE, "xalign", 0.0, NULL);
  gtk_widget_set_layout_manager (self->title, pv_text_layout_new ());
  gtk_widget_add_css_class (self->title, "title");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->title), GTK_ACCESSIBLE_PROPERTY_LEVEL, 1, -1);
  self->official_title = pv_official_new ();
  self->help = pv_text_new (NULL, "help");
  self->official_help = pv_official_new ();
  pv_set_optional (self->official_help, OFFICIAL_FIT);
  self->page = pv_text_new (NULL, "page");
  self->error_summary = pv_text_new (NULL, "error-summary");
  pv_set_optional (self->error_summary, 5); /* the same is said beside each field */
  gtk_box_append (parts->head, self->progress);
  gtk_box_append (parts->head, self->title);
  gtk_box_append (parts->head, self->official_title);
  gtk_box_append (parts->head, self->help);
  gtk_box_append (parts->head, self->official_help);
  gtk_box_append (parts->head, self->page);
  self->error_links = pv_error_links_new ();
  gtk_box_append (parts->head, self->error_summary);
  gtk_box_append (parts->head, self->error_links);
  self->notices = pv_column_new ();
  self->fields = pv_column_new ();
  self->options = pv_column_new ();
  gtk_box_append (parts->body, self->notices);
  gtk_box_append (parts->body, self->fields);
  gtk_box_append (parts->body, self->options);
  g_signal_connect_swapped (parts->keyboard, "done", G_CALLBACK (done_cb), self);
}

static void
pv_screen_view_root (GtkWidget *widget)
{
  PvScreenView *self = PV_SCREEN_VIEW (widget);
  GtkRoot *root;

  GTK_WIDGET_CLASS (pv_screen_view_parent_class)->root (widget);
  root = gtk_widget_get_root (widget);
  if (!GTK_IS_WINDOW (root) || self->plan.is_inert)
    return;
  self->window = GTK_WINDOW (root);
  g_signal_connect_swapped (root, "notify::focus-widget", G_CALLBACK (focus_changed_cb), self);
}

static void
pv_screen_view_unroot (GtkWidget *widget)
{
  PvScreenView *self = PV_SCREEN_VIEW (widget);

  if (self->window != NULL)
    g_signal_handlers_disconnect_by_func (self->window, focus_changed_cb, self);
  self->window = NULL;
  GTK_WIDGET_CLASS (pv_screen_view_parent_class)->unroot (widget);
}

static void
pv_screen_view_dispose (GObject *object)
{
  PvScreenView *self = PV_SCREEN_VIEW (object);

  g_clear_handle_id (&self->room_id, g_source_remove);
  g_clear_object (&self->portrait);
  g_clear_pointer (&self->field_views, g_ptr_array_unref);
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->action_signature, g_free);
  g_clear_pointer (&self->hearing, pv_hearing_free);
  if (self->frame != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->frame));
  self->frame = NULL;
  G_OBJECT_CLASS (pv_screen_view_parent_class)->dispose (object);
}

static void
pv_screen_view_class_init (PvScreenViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = pv_screen_view_dispose;
  widget_class->root = pv_screen_view_root;
  widget_class->unroot = pv_screen_view_unroot;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "screen");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  signals[SIGNAL_INTENTION] = g_signal_new ("intention", PV_TYPE_SCREEN_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                            G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SIGNAL_CAPACITY_CHANGED] =
    g_signal_new ("capacity-changed", PV_TYPE_SCREEN_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_FOCUS_MOVED] = g_signal_new ("focus-moved", PV_TYPE_SCREEN_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                              NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
pv_screen_view_init (PvScreenView *self)
{
  self->field_views = g_ptr_array_new ();
  self->plan.text_percent = 100;
  self->has_keys = TRUE;
  self->hearing = pv_hearing_new (GTK_WIDGET (self));
  self->frame = PV_FRAME (pv_frame_new ());
  gtk_widget_set_parent (GTK_WIDGET (self->frame), GTK_WIDGET (self));
  gtk_widget_add_css_class (GTK_WIDGET (self), "size-100");
  if (pv_theme_is_embedded ())
    gtk_widget_add_css_class (GTK_WIDGET (self), PV_SCOPE_CLASS);
  build_parts (self);
  g_signal_connect_swapped (self->frame, "resized", G_CALLBACK (resized_cb), self);
}

GtkWidget *
pv_screen_view_new (int width, int height)
{
  PvScreenView *self = g_object_new (PV_TYPE_SCREEN_VIEW, NULL);

  self->width = width;
  self->height = height;
  return GTK_WIDGET (self);
}

GtkWidget *
pv_screen_view_new_inert (int width, int height)
{
  GtkWidget *self = pv_screen_view_new (width, height);

  PV_SCREEN_VIEW (self)->plan.is_inert = TRUE;
  gtk_widget_set_can_target (self, FALSE);
  gtk_widget_set_can_focus (self, FALSE);
  pv_screen_view_set_emblem (PV_SCREEN_VIEW (self), NULL);
  gtk_accessible_update_state (GTK_ACCESSIBLE (pv_frame_get_parts (PV_SCREEN_VIEW (self)->frame)->keyboard),
                               GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  return self;
}

gboolean
pv_screen_view_is_inert (PvScreenView *self)
{
  return self->plan.is_inert;
}
