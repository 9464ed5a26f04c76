/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "view/answer-entry.h"

#include <string.h>

#include "view/mouse.h"
#include "view/private-text.h"
#include "view/secret-buffer.h"

struct _PvAnswerEntry {
  GtkEntry parent_instance;
  PvInput input;
  gboolean is_private;
  GtkEditable *hidden; /* (nullable): stands before its GtkText: private-text.h */
};

static GtkEditableInterface *entry_editable;

static GtkEditable *
get_delegate (GtkEditable *editable)
{
  PvAnswerEntry *self = PV_ANSWER_ENTRY (editable);

  return self->hidden != NULL ? self->hidden : entry_editable->get_delegate (editable);
}

static void
pv_answer_entry_editable_init (GtkEditableInterface *iface)
{
  entry_editable = g_type_interface_peek_parent (iface);
  iface->get_delegate = get_delegate;
}

#if GTK_CHECK_VERSION(4, 14, 0)
G_GNUC_BEGIN_IGNORE_DEPRECATIONS
/* With its end: GTK reads on to that. Where nobody is private, in a mirror, the whole whatever was asked for. */
static GBytes *
dup_told (GtkAccessibleText *text)
{
  const char *told = PV_ANSWER_ENTRY (text)->is_private ? "" : gtk_editable_get_text (GTK_EDITABLE (text));

  return g_bytes_new (told, strlen (told) + 1);
}

static GBytes *
get_contents (GtkAccessibleText *text, unsigned int start, unsigned int end)
{
  (void) start;
  (void) end;
  return dup_told (text);
}

static GBytes *
get_contents_at (GtkAccessibleText *text, unsigned int offset, GtkAccessibleTextGranularity granularity,
                 unsigned int *ret_start, unsigned int *ret_end)
{
  GBytes *told = dup_told (text);

  (void) offset;
  (void) granularity;
  *ret_start = 0;
  *ret_end = (unsigned int) g_utf8_strlen (g_bytes_get_data (told, NULL), -1);
  return told;
}

static unsigned int
get_caret_position (GtkAccessibleText *text)
{
  (void) text;
  return 0;
}

static void
pv_answer_entry_text_init (GtkAccessibleTextInterface *iface)
{
  iface->get_contents = get_contents;
  iface->get_contents_at = get_contents_at;
  iface->get_caret_position = get_caret_position;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (PvAnswerEntry, pv_answer_entry, GTK_TYPE_ENTRY,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_EDITABLE, pv_answer_entry_editable_init)
                                 G_IMPLEMENT_INTERFACE (GTK_TYPE_ACCESSIBLE_TEXT, pv_answer_entry_text_init))
G_GNUC_END_IGNORE_DEPRECATIONS
#else
G_DEFINE_FINAL_TYPE_WITH_CODE (PvAnswerEntry, pv_answer_entry, GTK_TYPE_ENTRY,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_EDITABLE, pv_answer_entry_editable_init))
#endif

static GtkText *
inner_text (PvAnswerEntry *self)
{
  return GTK_TEXT (entry_editable->get_delegate (GTK_EDITABLE (self)));
}

/* Before the entry lets its own text go, which it must find then. */
static void
pv_answer_entry_dispose (GObject *object)
{
  g_clear_object (&PV_ANSWER_ENTRY (object)->hidden);
  G_OBJECT_CLASS (pv_answer_entry_parent_class)->dispose (object);
}

void
pv_take_gestures_away (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
    if (GTK_IS_GESTURE (controller) || GTK_IS_DROP_TARGET (controller) || GTK_IS_DROP_TARGET_ASYNC (controller)
        || GTK_IS_DRAG_SOURCE (controller) || GTK_IS_EVENT_CONTROLLER_SCROLL (controller))
      gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_NONE);
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    pv_take_gestures_away (child);
}

/* The caret goes to the gap between letters that is nearest to the touch. */
static void
touched_cb (GtkGestureClick *gesture, int n_press, double x, double y, gpointer user_data)
{
  PvAnswerEntry *self = PV_ANSWER_ENTRY (user_data);
  GtkText *text = inner_text (self);
  guint length = gtk_entry_buffer_get_length (gtk_text_get_buffer (text));
  double nearest = G_MAXDOUBLE;
  int position = (int) length;
  double text_x, text_y;

  (void) gesture;
  (void) n_press;
  if (!gtk_widget_has_focus (GTK_WIDGET (text)))
    gtk_text_grab_focus_without_selecting (text);
  if (!gtk_widget_translate_coordinates (GTK_WIDGET (self), GTK_WIDGET (text), x, y, &text_x, &text_y))
    return;
  for (guint i = 0; i <= length; i++) {
    graphene_rect_t strong;
    double distance;
    gtk_text_compute_cursor_extents (text, i, &strong, NULL);
    distance = ABS ((double) strong.origin.x - text_x);
    if (distance < nearest) {
      nearest = distance;
      position = (int) i;
    }
  }
  gtk_editable_set_position (GTK_EDITABLE (self), position);
}

static void
pv_answer_entry_class_init (PvAnswerEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = pv_answer_entry_dispose;
}

static void
pv_answer_entry_init (PvAnswerEntry *self)
{
  GtkGesture *touch = gtk_gesture_click_new ();
  GtkWidget *text = GTK_WIDGET (inner_text (self));

  pv_take_gestures_away (GTK_WIDGET (self));
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (touch), GDK_BUTTON_PRIMARY);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (touch), GTK_PHASE_CAPTURE);
  g_signal_connect (touch, "released", G_CALLBACK (touched_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (touch));
  gtk_editable_set_enable_undo (GTK_EDITABLE (self), FALSE);
  gtk_entry_set_activates_default (GTK_ENTRY (self), TRUE);
  gtk_text_set_enable_emoji_completion (GTK_TEXT (text), FALSE);
  pv_mouse_mark_typed (text);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self), 4);
  gtk_editable_set_width_chars (GTK_EDITABLE (self), 2);
}

static GtkInputPurpose
purpose_for (PvInput input)
{
  switch (input) {
  case PV_INPUT_DIGITS:
  case PV_INPUT_DATE:
    return GTK_INPUT_PURPOSE_DIGITS;
  case PV_INPUT_DECIMAL:
    return GTK_INPUT_PURPOSE_NUMBER;
  case PV_INPUT_PHONE:
    return GTK_INPUT_PURPOSE_PHONE;
  case PV_INPUT_EMAIL:
    return GTK_INPUT_PURPOSE_EMAIL;
  case PV_INPUT_WEB:
    return GTK_INPUT_PURPOSE_URL;
  case PV_INPUT_LETTERS:
  case PV_INPUT_MIXED:
  case PV_INPUT_ZONE:
  case PV_INPUT_CODE:
  case PV_INPUT_EXACT:
  case PV_INPUT_SCANNED:
  default:
    return GTK_INPUT_PURPOSE_FREE_FORM;
  }
}

GtkWidget *
pv_answer_entry_new (PvInput input, guint max_chars)
{
  PvAnswerEntry *self = g_object_new (PV_TYPE_ANSWER_ENTRY, NULL);
  g_autoptr (GtkEntryBuffer) buffer = pv_secret_buffer_new (max_chars);

  self->input = input;
  gtk_entry_set_buffer (GTK_ENTRY (self), buffer);
  gtk_entry_set_input_purpose (GTK_ENTRY (self), purpose_for (input));
  gtk_entry_set_input_hints (GTK_ENTRY (self), GTK_INPUT_HINT_NO_EMOJI | GTK_INPUT_HINT_NO_SPELLCHECK
                                                 | GTK_INPUT_HINT_PRIVATE | GTK_INPUT_HINT_INHIBIT_OSK);
  return GTK_WIDGET (self);
}

void
pv_answer_entry_set_private (PvAnswerEntry *self)
{
  self->is_private = TRUE;
#if !GTK_CHECK_VERSION(4, 14, 0)
  if (self->hidden == NULL)
    self->hidden = pv_private_text_new (inner_text (self));
#endif
}

GtkWidget *
pv_answer_entry_get_text_widget (PvAnswerEntry *self)
{
  return GTK_WIDGET (inner_text (self));
}

PvInput
pv_answer_entry_get_input (PvAnswerEntry *self)
{
  return self->input;
}

void
pv_answer_entry_update_text (PvAnswerEntry *self, const char *text)
{
  if (text == NULL)
    text = "";
  if (g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self)), text))
    return;
  gtk_editable_set_text (GTK_EDITABLE (self), text);
  gtk_editable_set_position (GTK_EDITABLE (self), -1);
}
