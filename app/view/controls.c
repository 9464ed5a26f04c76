/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "view/controls.h"

#include <glib/gi18n-lib.h>

#include "core/focus.h"
#include "core/language-code.h"
#include "core/texts.h"
#include "core/wipe.h"
#include "view/icon.h"
#include "view/relations.h"
#include "view/screen-view.h"
#include "view/text-layout.h"
#include "view/touch-gate.h"

/* Characters that a button of the help band, and of the action band, holds in one line. */
enum { HELP_LINE_CHARS = 9, ACTION_LINE_CHARS = 15 };

static guint send_debounce_ms = 300;
static guint last_touch;
static gint64 last_touch_us;

void
pv_send_set_debounce_ms (guint debounce_ms)
{
  send_debounce_ms = debounce_ms;
  last_touch_us = 0;
}

static gboolean
is_typing (PvIntentionKind kind)
{
  return kind == PV_DO_TYPE || kind == PV_DO_TYPE_PART || kind == PV_DO_SEARCH;
}

/* TRUE for a key pressed twice by a trembling hand; touches are judged by the gate. Only a hash is kept. */
static gboolean
is_bounce (PvIntentionKind kind, const char *target, const char *value)
{
  gint64 now_us = g_get_monotonic_time ();
  guint hash =
    (guint) kind * 31 + g_str_hash (target != NULL ? target : "") * 7 + g_str_hash (value != NULL ? value : "");
  gboolean is_same = hash == last_touch && now_us - last_touch_us < (gint64) send_debounce_ms * G_TIME_SPAN_MILLISECOND;

  last_touch = hash;
  last_touch_us = now_us;
  return is_same && !pv_touch_gate_is_counting ();
}

void
pv_send (GtkWidget *from, PvIntentionKind kind, const char *target, const char *value)
{
  GtkWidget *view = gtk_widget_get_ancestor (from, PV_TYPE_SCREEN_VIEW);
  g_autoptr (PvIntention) intention = NULL;

  if (is_typing (kind))
    last_touch_us = 0; /* who types between two touches meant both */
  if (view == NULL || pv_screen_view_is_inert (PV_SCREEN_VIEW (view)) || kind == PV_DO_NOTHING
      || (!is_typing (kind) && is_bounce (kind, target, value)))
    return;
  intention = pv_intention_new (kind, PV_ACTOR_CITIZEN, target, value);
  g_object_ref (view);
  g_signal_emit_by_name (view, "intention", intention);
  g_object_unref (view);
}

void
pv_tell (GtkWidget *from, const char *words)
{
  GtkWidget *view = gtk_widget_get_ancestor (from, PV_TYPE_SCREEN_VIEW);
  const PvFocus told = { PV_FOCUS_KEY, words, 0 };

  if (view != NULL)
    g_signal_emit_by_name (view, "focus-moved", &told);
}

GtkWidget *
pv_text_new (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_set_layout_manager (label, pv_text_layout_new ());
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD);
  gtk_label_set_xalign (GTK_LABEL (label), 0.0F);
  gtk_widget_set_visible (label, text != NULL);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

GtkWidget *
pv_answer_text_new (const char *css_class)
{
  GtkWidget *label = pv_text_new (NULL, css_class);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (GTK_LABEL (label), attributes);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_width_chars (GTK_LABEL (label), 8);
  return label;
}

/* A phone number without a word: from the right, its groups of digits would stand in the opposite order. */
static gboolean
is_only_digits (const char *text)
{
  gboolean has_digit = FALSE;

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c)) {
    if (g_unichar_isalpha (g_utf8_get_char (c)))
      return FALSE;
    has_digit |= g_unichar_isdigit (g_utf8_get_char (c));
  }
  return has_digit;
}

void
pv_text_update (GtkWidget *label, const char *text)
{
  g_autofree char *marked = NULL;

  if (text == NULL)
    text = "";
  if (gtk_widget_get_direction (label) == GTK_TEXT_DIR_RTL && is_only_digits (text))
    text = marked = g_strconcat ("\342\200\216", text, NULL); /* U+200E, the left-to-right mark */
  if (!g_str_equal (gtk_label_get_text (GTK_LABEL (label)), text))
    gtk_label_set_text (GTK_LABEL (label), text);
  gtk_widget_set_visible (label, text[0] != '\0');
}

/* How words are broken and which letters are drawn depends on the language. (transfer full) */
static PangoAttrList *
french_attributes (void)
{
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_language_new (pango_language_from_string (PV_TEXTS_OFFICIAL)));
  return attributes;
}

GtkWidget *
pv_official_new (void)
{
  GtkWidget *label = pv_text_new (NULL, "official");
  g_autoptr (PangoAttrList) attributes = french_attributes ();

  gtk_label_set_attributes (GTK_LABEL (label), attributes);
  return label;
}

void
pv_text_update_official (GtkWidget *label, GtkWidget *official_label, const char *text, const char *official)
{
  const char *beside = text != NULL ? pv_official_beside (text, official) : NULL;
  gboolean is_french = text != NULL && official != NULL && beside == NULL;
  g_autoptr (PangoAttrList) attributes = is_french ? french_attributes () : NULL;
  g_autofree char *marked = NULL;

  if (is_french != (gtk_label_get_attributes (GTK_LABEL (label)) != NULL))
    gtk_label_set_attributes (GTK_LABEL (label), attributes);
  pv_text_update (label, text);
  /* From the right, a sentence that begins with a digit or a bracket would stand in the opposite order: U+200E. */
  if (beside != NULL && gtk_widget_get_direction (official_label) == GTK_TEXT_DIR_RTL)
    beside = marked = g_strconcat ("\342\200\216", beside, NULL);
  pv_text_update (official_label, beside);
  if (beside != NULL)
    gtk_widget_add_css_class (label, "translated");
  else
    gtk_widget_remove_css_class (label, "translated");
}

typedef struct {
  PvIntentionKind kind;
  char *target, *value;
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  g_free (order->target);
  g_free (order->value);
  g_free (order);
}

static void
clicked_cb (GtkButton *button, gpointer user_data)
{
  const Order *order = g_object_get_data (G_OBJECT (button), "pv-order");
  PvIntentionKind kind = order->kind;
  g_autofree char *target = g_strdup (order->target);
  g_autofree char *value = g_strdup (order->value);

  (void) user_data;
  pv_send (GTK_WIDGET (button), kind, target, value);
}

static const char *
role_class (PvActionRole role)
{
  switch (role) {
  case PV_ROLE_PRIMARY:
    return "primary";
  case PV_ROLE_SECONDARY:
    return "secondary";
  case PV_ROLE_BACK:
    return "back";
  case PV_ROLE_CARD:
    return "card";
  case PV_ROLE_DANGER:
    return "danger";
  case PV_ROLE_JUMP:
    return "jump";
  case PV_ROLE_HELP:
    return "help-button";
  case PV_ROLE_OPTION:
  default:
    return "option";
  }
}

/* Short words side by side are read faster than one over the other, but GTK breaks them wherever the height allows it. */
static gboolean
stays_on_one_line (const PvAction *action, const PvPlan *plan)
{
  glong chars = g_utf8_strlen (action->label, -1);

  if (action->role == PV_ROLE_HELP)
    return plan->layout != PV_LAYOUT_COMPACT && chars <= HELP_LINE_CHARS;
  return chars * (glong) plan->text_percent / 100 <= ACTION_LINE_CHARS;
}

static GtkWidget *
button_content (const PvAction *action, const PvPlan *plan)
{
  gboolean is_wide = plan->screen == PV_SCREEN_WELCOME && plan->layout != PV_LAYOUT_COMPACT;
  gboolean is_stacked =
    (action->role == PV_ROLE_HELP && !is_wide)
    || (action->role == PV_ROLE_CARD && plan->layout != PV_LAYOUT_COMPACT && plan->text_percent < 150);
  GtkWidget *label = pv_text_new (action->label, NULL);
  GtkWidget *box;

  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_label_set_xalign (GTK_LABEL (label), 0.5F);
  if (stays_on_one_line (action, plan))
    gtk_label_set_wrap (GTK_LABEL (label), FALSE);
  if (action->icon == NULL)
    return label;
  box = gtk_box_new (is_stacked ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL, is_stacked ? 2 : 16);
  gtk_box_append (GTK_BOX (box), pv_icon_new (action->icon));
  gtk_box_append (GTK_BOX (box), label);
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  return box;
}

void
pv_set_spoken_name (GtkWidget *widget, const char *name)
{
  /* From GTK 4.10 on a button is named by its label, before any name of its own. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (widget), "pv-spoken-name", g_strdup (name), (GDestroyNotify) pv_wipe_str);
}

const char *
pv_get_spoken_name (GtkWidget *widget)
{
  return g_object_get_data (G_OBJECT (widget), "pv-spoken-name");
}

void
pv_describe (GtkWidget *widget, const char *text, gboolean is_pointed)
{
  /* Translators: said of what a mediator points at on the screen of the person whom they help */
  const char *shown = is_pointed ? _ ("The mediator shows you this.") : "";
  g_autofree char *words = NULL;

  if (text == NULL)
    text = "";
  words = g_strconcat (shown, is_pointed && text[0] != '\0' ? " " : "", text, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (pv_get_told (widget)), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words,
                                  -1);
}

char *
pv_action_focus_id (const PvAction *action)
{
  return g_strdup_printf ("action:%s:%s:%s", pv_intention_kind_name (action->intention),
                          action->target != NULL ? action->target : "", action->value != NULL ? action->value : "");
}

PvIntentionKind
pv_action_button_get_kind (GtkWidget *button)
{
  const Order *order = g_object_get_data (G_OBJECT (button), "pv-order");

  return order != NULL ? order->kind : PV_DO_NOTHING;
}

GtkWidget *
pv_action_button_new (const PvAction *action, const PvPlan *plan)
{
  GtkWidget *button = gtk_button_new ();
  g_autofree char *focus_id = pv_action_focus_id (action);
  g_autofree char *name = pv_action_dup_name (action);
  Order *order = g_new0 (Order, 1);

  order->kind = action->intention;
  order->target = g_strdup (action->target);
  order->value = g_strdup (action->value);
  g_object_set_data_full (G_OBJECT (button), "pv-order", order, order_free);
  gtk_button_set_child (GTK_BUTTON (button), button_content (action, plan));
  gtk_widget_add_css_class (button, role_class (action->role));
  if (action->is_emphasised)
    gtk_widget_add_css_class (button, "emphasised");
  gtk_widget_set_sensitive (button, action->is_enabled);
  pv_set_spoken_name (button, action->spoken != NULL ? action->spoken : action->label);
  pv_set_focus_id (button, "%s", focus_id);
  pv_set_point_name (button, "action:%s", name);
  g_signal_connect (button, "clicked", G_CALLBACK (clicked_cb), NULL);
  return button;
}

void
pv_set_focus_id (GtkWidget *widget, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_object_set_data_full (G_OBJECT (widget), "pv-focus-id", g_strdup_vprintf (format, arguments), g_free);
  va_end (arguments);
}

const char *
pv_get_focus_id (GtkWidget *widget)
{
  return g_object_get_data (G_OBJECT (widget), "pv-focus-id");
}

void
pv_drop_focus_within (GtkWidget *part)
{
  GtkRoot *root = gtk_widget_get_root (part);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && gtk_widget_is_ancestor (focus, part))
    gtk_root_set_focus (root, NULL);
}

GtkWidget *
pv_find_focus_id (GtkWidget *root, const char *focus_id)
{
  if (g_strcmp0 (pv_get_focus_id (root), focus_id) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = pv_find_focus_id (child, focus_id);
    if (found != NULL)
      return found;
  }
  return NULL;
}

void
pv_set_point_name (GtkWidget *widget, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_object_set_data_full (G_OBJECT (widget), "pv-point-name", g_strdup_vprintf (format, arguments), g_free);
  va_end (arguments);
}

const char *
pv_get_point_name (GtkWidget *widget)
{
  return g_object_get_data (G_OBJECT (widget), "pv-point-name");
}

GtkWidget *
pv_find_point_name (GtkWidget *root, const char *name)
{
  /* A part of another screen may still be there, hidden. */
  if (!gtk_widget_get_visible (root) || !gtk_widget_get_child_visible (root))
    return NULL;
  if (g_strcmp0 (pv_get_point_name (root), name) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = pv_find_point_name (child, name);
    if (found != NULL)
      return found;
  }
  return NULL;
}

void
pv_set_optional (GtkWidget *widget, int from_level)
{
  g_object_set_data (G_OBJECT (widget), "pv-optional", GINT_TO_POINTER (from_level));
}

void
pv_set_unpaged (GtkWidget *widget)
{
  g_object_set_data (G_OBJECT (widget), "pv-unpaged", GINT_TO_POINTER (TRUE));
}

void
pv_hide_unpaged (GtkWidget *root)
{
  if (g_object_get_data (G_OBJECT (root), "pv-unpaged") != NULL)
    gtk_widget_set_visible (root, FALSE);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    pv_hide_unpaged (child);
}

/* GTK 4.8 may remember of a box that was emptied while it was hidden how high it had been. */
static gboolean
is_empty (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return gtk_label_get_text (GTK_LABEL (widget))[0] == '\0';
  return GTK_IS_BOX (widget) && gtk_widget_get_first_child (widget) == NULL;
}

void
pv_show_again (GtkWidget *widget)
{
  gtk_widget_set_visible (widget, TRUE);
  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
  gtk_widget_queue_resize (widget);
}

void
pv_apply_fit (GtkWidget *root, int level)
{
  int from_level = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (root), "pv-optional"));
  gboolean is_shown = level < from_level && !is_empty (root);

  if (from_level != 0 && is_shown && !gtk_widget_get_visible (root))
    pv_show_again (root);
  else if (from_level != 0)
    gtk_widget_set_visible (root, is_shown);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    pv_apply_fit (child, level);
}

void
pv_disarm (GtkWidget *root)
{
  if (GTK_IS_EDITABLE (root))
    gtk_editable_set_editable (GTK_EDITABLE (root), FALSE);
  if (GTK_IS_TEXT_VIEW (root))
    gtk_text_view_set_editable (GTK_TEXT_VIEW (root), FALSE);
  /* Not insensitive: that would be drawn. */
  if (GTK_IS_BUTTON (root) || GTK_IS_ENTRY (root) || GTK_IS_TEXT_VIEW (root))
    gtk_accessible_update_state (GTK_ACCESSIBLE (root), GTK_ACCESSIBLE_STATE_DISABLED, TRUE, -1);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    pv_disarm (child);
}

void
pv_set_text_language (GtkWidget *widget, const char *code)
{
  g_autofree char *tag = pv_language_to_tag (code);

  pango_context_set_language (gtk_widget_get_pango_context (widget), pango_language_from_string (tag));
}

void
pv_set_direction (GtkWidget *root, GtkTextDirection direction)
{
  gtk_widget_set_direction (root, direction);
  if (GTK_IS_LABEL (root) && is_only_digits (gtk_label_get_text (GTK_LABEL (root)))) {
    g_autofree char *text = g_strdup (gtk_label_get_text (GTK_LABEL (root)));
    gboolean is_shown = gtk_widget_get_visible (root);
    pv_text_update (root, text);
    gtk_widget_set_visible (root, is_shown);
  }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    pv_set_direction (child, direction);
}
