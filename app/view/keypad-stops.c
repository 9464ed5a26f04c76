/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "view/keypad-stops.h"

#include "view/answer-entry.h"
#include "view/code-boxes.h"
#include "view/frame.h"

gboolean
pv_keypad_is_typed (GtkWidget *widget)
{
  return PV_IS_ANSWER_ENTRY (widget) || GTK_IS_TEXT_VIEW (widget);
}

/* What the frame places is known before it has placed it: the welcome screen stands in front of everything else. */
static gboolean
is_drawn (GtkWidget *widget)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);

  if (!gtk_widget_get_visible (widget))
    return FALSE;
  if (parent == NULL || !PV_IS_FRAME (parent))
    return gtk_widget_get_child_visible (widget);
  return PV_IS_WELCOME_SCREEN (widget)
         || !gtk_widget_get_visible (GTK_WIDGET (pv_frame_get_parts (PV_FRAME (parent))->welcome));
}

PvKeyboard *
pv_keypad_find_keyboard (GtkWidget *root)
{
  if (!is_drawn (root))
    return NULL;
  if (PV_IS_KEYBOARD (root))
    return PV_KEYBOARD (root);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    PvKeyboard *found = pv_keypad_find_keyboard (child);

    if (found != NULL)
      return found;
  }
  return NULL;
}

static gboolean
takes_keys (GtkWidget *widget)
{
  return !PV_IS_ANSWER_ENTRY (widget) || pv_answer_entry_get_input (PV_ANSWER_ENTRY (widget)) != PV_INPUT_SCANNED;
}

static void
collect (GtkWidget *widget, gboolean has_keyboard, GArray *stops)
{
  gboolean is_typed = pv_keypad_is_typed (widget);
  PvKeypadStop stop = { widget, FALSE };

  if (!is_drawn (widget) || PV_IS_KEYBOARD (widget))
    return;
  if (!is_typed && !GTK_IS_BUTTON (widget)) {
    for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
         child = gtk_widget_get_next_sibling (child))
      collect (child, has_keyboard, stops);
    return;
  }
  if (!gtk_widget_is_sensitive (widget))
    return;
  g_array_append_val (stops, stop);
  stop.is_keyboard = TRUE;
  if (is_typed && has_keyboard && takes_keys (widget))
    g_array_append_val (stops, stop);
}

GArray *
pv_keypad_list_stops (GtkWidget *root)
{
  GArray *stops = g_array_new (FALSE, FALSE, sizeof (PvKeypadStop));

  collect (root, pv_keypad_find_keyboard (root) != NULL, stops);
  return stops;
}

int
pv_keypad_find_stop (const GArray *stops, PvKeyboard *keyboard, GtkWidget *focus)
{
  gboolean is_keyboard = focus != NULL && keyboard != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (keyboard));
  GtkWidget *wanted = is_keyboard ? pv_keyboard_get_target (keyboard) : focus;

  for (guint i = 0; wanted != NULL && i < stops->len; i++) {
    const PvKeypadStop *stop = &g_array_index (stops, PvKeypadStop, i);

    if (stop->is_keyboard == is_keyboard && (wanted == stop->widget || gtk_widget_is_ancestor (wanted, stop->widget)))
      return (int) i;
  }
  return -1;
}

static gboolean
take_focus (GtkWidget *widget)
{
  if (PV_IS_ANSWER_ENTRY (widget))
    return gtk_entry_grab_focus_without_selecting (GTK_ENTRY (widget));
  return gtk_widget_grab_focus (widget);
}

void
pv_keypad_aim (PvKeyboard *keyboard, GtkWidget *widget)
{
  PvInput input = PV_IS_ANSWER_ENTRY (widget) ? pv_answer_entry_get_input (PV_ANSWER_ENTRY (widget)) : PV_INPUT_LETTERS;

  pv_keyboard_set_target (keyboard, widget, input);
}

/* What is typed has the focus first: its page is turned to, and the keyboard is aimed at it. */
gboolean
pv_keypad_go (const PvKeypadStop *stop, PvKeyboard *keyboard, GtkWidget *focus)
{
  gboolean is_there = focus != NULL && (focus == stop->widget || gtk_widget_is_ancestor (focus, stop->widget));

  if (!is_there && !take_focus (stop->widget))
    return FALSE;
  return !stop->is_keyboard || (keyboard != NULL && pv_keyboard_enter (keyboard));
}

gboolean
pv_keypad_moves_caret (GtkWidget *widget, GtkDirectionType direction)
{
  gboolean is_forward = (direction == GTK_DIR_RIGHT) == (gtk_widget_get_direction (widget) != GTK_TEXT_DIR_RTL);
  GtkTextBuffer *buffer;
  GtkTextIter caret;

  if (PV_IS_ANSWER_ENTRY (widget)) {
    int length = (int) gtk_entry_buffer_get_length (gtk_entry_get_buffer (GTK_ENTRY (widget)));
    int position = gtk_editable_get_position (GTK_EDITABLE (widget));

    /* Between the boxes of a code there is no place for a caret. */
    return !PV_IS_CODE_BOXES (gtk_widget_get_parent (widget)) && (is_forward ? position < length : position > 0);
  }
  if (!GTK_IS_TEXT_VIEW (widget))
    return FALSE;
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (widget));
  gtk_text_buffer_get_iter_at_mark (buffer, &caret, gtk_text_buffer_get_insert (buffer));
  return is_forward ? !gtk_text_iter_is_end (&caret) : !gtk_text_iter_is_start (&caret);
}
