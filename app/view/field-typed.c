/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is typed: one line, several lines, a date in three boxes, the words of a search. */
#include <glib/gi18n-lib.h>

#include "core/wipe.h"
#include "view/answer-entry.h"
#include "view/choice-button.h"
#include "view/field-view.h"
#include "view/mask.h"
#include "view/mouse.h"
#include "view/private-text.h"
#include "view/relations.h"

struct _PvTypedView {
  PvFieldView parent_instance;
  PvFieldKind kind;
  GtkWidget *entries[3]; /* DATE: day, month, year; else the first */
  GtkWidget *part_labels[3];
  GtkTextBuffer *buffer; /* (nullable): LONG_INPUT; owned by its view */
  GtkWidget *offers;     /* (nullable): what it may be completed to, under it */
  char *offer_ids;       /* (nullable): the same buttons serve as long as they stay */
  guint full_chars;      /* hands over to the next field when it holds so many; 0: never */
  gboolean is_updating;
  gboolean is_sending; /* a change of its text is being told, and may come back in groups */
  char *typed;         /* (nullable): what the caret counts in until it is moved; wiped */
  guint caret_id;
};

#define PV_TYPED_VIEW(object) (G_TYPE_CHECK_INSTANCE_CAST ((object), PV_TYPE_TYPED_VIEW, PvTypedView))
typedef struct _PvTypedView PvTypedView;
typedef struct {
  PvFieldViewClass parent_class;
} PvTypedViewClass;

G_DEFINE_TYPE (PvTypedView, pv_typed_view, PV_TYPE_FIELD_VIEW)

/* Digits of a day, a month, a year; and the names of the parts in an intention's target. */
static const guint part_chars[3] = { 2, 2, 4 };
static const char *const part_names[3] = { "day", "month", "year" };

/* A full line hands over to the next one, as a scanner types them. */
static void
hand_over (PvTypedView *self, GtkEditable *editable)
{
  guint length = gtk_entry_buffer_get_length (gtk_entry_get_buffer (GTK_ENTRY (editable)));
  GtkWidget *fields = gtk_widget_get_parent (GTK_WIDGET (self));

  /* While a character is inserted the caret still stands before it. */
  if (self->full_chars > 0 && length == self->full_chars && (int) length == gtk_editable_get_position (editable) + 1
      && gtk_widget_get_next_sibling (GTK_WIDGET (self)) != NULL
      && (gtk_widget_get_state_flags (GTK_WIDGET (editable)) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0)
    gtk_widget_child_focus (fields, GTK_DIR_TAB_FORWARD);
}

/* How many characters of @text before its end, or before @position, are no spaces. */
static guint
count_letters (const char *text, guint position)
{
  guint n = 0;

  for (const char *p = text; *p != '\0' && position > 0; p = g_utf8_next_char (p), position--)
    n += !g_unichar_isspace (g_utf8_get_char (p));
  return n;
}

/* Behind the same letter as before the groups were made; where there is less text than before, GTK has put it at the end. */
static gboolean
move_caret_cb (gpointer user_data)
{
  PvTypedView *self = PV_TYPED_VIEW (user_data);
  GtkEditable *editable = GTK_EDITABLE (self->entries[0]);
  const char *text = gtk_editable_get_text (editable);
  int at = gtk_editable_get_position (editable), position = 0;
  guint letters = count_letters (self->typed, (guint) MAX (at, 0));

  self->caret_id = 0;
  if (g_utf8_strlen (text, -1) < g_utf8_strlen (self->typed, -1) && at >= g_utf8_strlen (text, -1))
    letters = G_MAXUINT;
  g_clear_pointer (&self->typed, pv_wipe_str);
  for (const char *p = text; *p != '\0' && letters > 0; p = g_utf8_next_char (p), position++)
    letters -= !g_unichar_isspace (g_utf8_get_char (p));
  gtk_editable_set_position (editable, position);
  return G_SOURCE_REMOVE;
}

/* GTK, and the keyboard on the screen, put the caret where the letter went in the text as it was typed: after them, and
 * before the next key. */
static void
update_line (PvTypedView *self, const char *text)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->entries[0]));

  if (self->is_sending && self->caret_id == 0 && g_strcmp0 (typed, text != NULL ? text : "") != 0) {
    self->typed = g_strdup (typed);
    self->caret_id = g_idle_add_full (G_PRIORITY_HIGH, move_caret_cb, self, NULL);
  }
  pv_answer_entry_update_text (PV_ANSWER_ENTRY (self->entries[0]), text);
}

static void
changed_cb (GtkEditable *editable, gpointer user_data)
{
  g_autoptr (GObject) alive = g_object_ref (user_data); /* what is told may end the screen */
  PvTypedView *self = PV_TYPED_VIEW (user_data);
  const char *id = pv_field_view_get_id (PV_FIELD_VIEW (self));

  (void) alive;
  if (self->is_updating)
    return;
  self->is_sending = TRUE;
  if (self->kind == PV_FIELD_SEARCH)
    pv_send (GTK_WIDGET (self), PV_DO_SEARCH, id, gtk_editable_get_text (editable));
  else
    pv_send (GTK_WIDGET (self), PV_DO_TYPE, id, gtk_editable_get_text (editable));
  self->is_sending = FALSE;
  hand_over (self, editable);
}

static void
part_changed_cb (GtkEditable *editable, gpointer user_data)
{
  PvTypedView *self = PV_TYPED_VIEW (user_data);
  guint part = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (editable), "pv-part"));
  g_autofree char *target = g_strdup_printf ("%s/%s", pv_field_view_get_id (PV_FIELD_VIEW (self)), part_names[part]);
  guint length = gtk_entry_buffer_get_length (gtk_entry_get_buffer (GTK_ENTRY (editable)));

  if (self->is_updating)
    return;
  /* A full box hands over to the next one, as people expect of a date. */
  if (length == part_chars[part] && part < 2 && (int) length == gtk_editable_get_position (editable) + 1
      && gtk_widget_get_state_flags (GTK_WIDGET (editable)) & GTK_STATE_FLAG_FOCUS_WITHIN)
    gtk_entry_grab_focus_without_selecting (GTK_ENTRY (self->entries[part + 1]));
  pv_send (GTK_WIDGET (self), PV_DO_TYPE_PART, target, gtk_editable_get_text (editable));
}

static void
buffer_changed_cb (GtkTextBuffer *buffer, gpointer user_data)
{
  PvTypedView *self = PV_TYPED_VIEW (user_data);
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  if (self->is_updating)
    return;
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  pv_send (GTK_WIDGET (self), PV_DO_TYPE, pv_field_view_get_id (PV_FIELD_VIEW (self)), text);
}

static GtkWidget *
make_entry (PvTypedView *self, const PvField *field, PvInput input, guint max_chars)
{
  GtkWidget *entry = pv_answer_entry_new (input, max_chars);

  gtk_editable_set_editable (GTK_EDITABLE (entry), !field->is_locked);
  gtk_widget_set_sensitive (entry, !field->is_locked);
  gtk_widget_set_hexpand (entry, TRUE);
  if (!pv_field_view_get_plan (PV_FIELD_VIEW (self))->is_inert)
    pv_answer_entry_set_private (PV_ANSWER_ENTRY (entry));
  return entry;
}

static void
build_date (PvTypedView *self, const PvField *field)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (row, "whole"); /* each box with its name, also where the field is too high for a page */
  for (guint part = 0; part < 3; part++) {
    GtkWidget *column = pv_column_new ();
    GtkWidget *entry = make_entry (self, field, PV_INPUT_DATE, part_chars[part]);
    self->entries[part] = entry;
    self->part_labels[part] = pv_text_new (field->part_labels[part], "part-label");
    gtk_widget_add_css_class (column, "date-part");
    if (part == 2)
      gtk_widget_add_css_class (column, "last");
    gtk_editable_set_width_chars (GTK_EDITABLE (entry), part == 2 ? 5 : 3);
    gtk_editable_set_max_width_chars (GTK_EDITABLE (entry), part == 2 ? 8 : 4);
    g_object_set_data (G_OBJECT (entry), "pv-part", GUINT_TO_POINTER (part));
    pv_set_focus_id (entry, "part:%s:%s", field->id, part_names[part]);
    g_signal_connect (entry, "changed", G_CALLBACK (part_changed_cb), self);
    gtk_box_append (GTK_BOX (column), self->part_labels[part]);
    gtk_box_append (GTK_BOX (column), entry);
    gtk_widget_set_hexpand (column, TRUE);
    gtk_widget_set_valign (column, GTK_ALIGN_END); /* a name of two lines leaves the boxes in one row */
    gtk_box_append (GTK_BOX (row), column);
  }
  /* Day, month, year in every script: figures are read from the left. */
  gtk_widget_set_direction (row, gtk_widget_get_direction (GTK_WIDGET (self)));
  gtk_box_append (GTK_BOX (self), row);
}

static void
build_long (PvTypedView *self, const PvField *field)
{
  gboolean is_private = !pv_field_view_get_plan (PV_FIELD_VIEW (self))->is_inert;
  GtkWidget *view = is_private ? pv_private_view_new () : gtk_text_view_new ();
  GtkWidget *frame = gtk_scrolled_window_new ();

  pv_mouse_mark_typed (view);
  self->entries[0] = view;
  self->buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  gtk_text_buffer_set_enable_undo (self->buffer, FALSE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_input_hints (GTK_TEXT_VIEW (view), GTK_INPUT_HINT_NO_EMOJI | GTK_INPUT_HINT_NO_SPELLCHECK
                                                         | GTK_INPUT_HINT_PRIVATE | GTK_INPUT_HINT_INHIBIT_OSK);
  gtk_text_view_set_editable (GTK_TEXT_VIEW (view), !field->is_locked);
  /* The text follows the caret; nothing is dragged. */
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (frame), GTK_POLICY_NEVER, GTK_POLICY_EXTERNAL);
  gtk_scrolled_window_set_kinetic_scrolling (GTK_SCROLLED_WINDOW (frame), FALSE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (frame), view);
  gtk_widget_add_css_class (frame, "long-input");
  pv_take_gestures_away (frame);
  pv_set_focus_id (view, "entry:%s", field->id);
  g_signal_connect (self->buffer, "changed", G_CALLBACK (buffer_changed_cb), self);
  gtk_box_append (GTK_BOX (self), is_private ? pv_private_box_new (frame, view) : frame);
}

static void
offered_cb (GtkButton *button, gpointer user_data)
{
  g_autofree char *id = g_strdup (pv_field_view_get_id (PV_FIELD_VIEW (user_data)));
  g_autofree char *choice = g_strdup (g_object_get_data (G_OBJECT (button), "pv-choice"));

  pv_send (GTK_WIDGET (button), PV_DO_CHOOSE, id, choice);
}

static char *
join_offer_ids (const PvField *field)
{
  GString *ids = g_string_new (NULL);

  for (guint i = 0; field->choices != NULL && i < field->choices->len; i++)
    g_string_append_printf (ids, "%s;", ((const PvChoice *) g_ptr_array_index (field->choices, i))->id);
  return g_string_free (ids, FALSE);
}

/* It says what was typed, and where that is. */
static void
tell_offer (GtkWidget *button, const PvField *field, guint number)
{
  g_autofree char *name = g_strdup_printf (_ ("%s, choice %u of %u"), field->spoken_label, number, field->choices->len);

  pv_hide_labels (button);
  pv_tell_name (button, name);
}

static void
add_offer (PvTypedView *self, const PvField *field, const PvChoice *choice, guint number)
{
  GtkWidget *button = pv_choice_button_new (PV_CHOICE_OFFER);

  g_object_set_data_full (G_OBJECT (button), "pv-choice", g_strdup (choice->id), g_free);
  pv_set_focus_id (button, "offer:%s:%s", field->id, choice->id);
  g_signal_connect (button, "clicked", G_CALLBACK (offered_cb), self);
  pv_choice_button_update (PV_CHOICE_BUTTON (button), choice->label, NULL, choice->detail, NULL, FALSE,
                           choice->enabled);
  if (!pv_field_view_get_plan (PV_FIELD_VIEW (self))->is_inert)
    tell_offer (button, field, number);
  gtk_box_append (GTK_BOX (self->offers), button);
}

/* The entry stays where it is, and with it the caret; who was on a button that goes is in the entry again. */
static void
update_offers (PvTypedView *self, const PvField *field)
{
  g_autofree char *ids = join_offer_ids (field);
  GtkWidget *child;
  gboolean had_focus;

  if (g_strcmp0 (ids, self->offer_ids) == 0 || (self->offers == NULL && ids[0] == '\0'))
    return;
  if (self->offers == NULL) {
    self->offers = pv_column_new ();
    gtk_widget_add_css_class (self->offers, "offers");
    gtk_box_insert_child_after (GTK_BOX (self), self->offers, self->entries[0]);
  }
  had_focus = (gtk_widget_get_state_flags (self->offers) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
  if (had_focus)
    gtk_entry_grab_focus_without_selecting (GTK_ENTRY (self->entries[0]));
  while ((child = gtk_widget_get_first_child (self->offers)) != NULL)
    gtk_box_remove (GTK_BOX (self->offers), child);
  for (guint i = 0; field->choices != NULL && i < field->choices->len; i++)
    add_offer (self, field, g_ptr_array_index (field->choices, i), i + 1);
  gtk_widget_set_visible (self->offers, ids[0] != '\0');
  pv_set_controls (self->entries[0], ids[0] != '\0' ? self->offers : NULL);
  g_free (self->offer_ids);
  self->offer_ids = g_steal_pointer (&ids);
}

static void
pv_typed_view_build (PvFieldView *view, const PvField *field)
{
  PvTypedView *self = PV_TYPED_VIEW (view);

  self->kind = field->kind;
  gtk_widget_add_css_class (GTK_WIDGET (view), "whole"); /* label and box stay on one page */
  if (field->kind == PV_FIELD_DATE) {
    build_date (self, field);
  } else if (field->kind == PV_FIELD_LONG_INPUT) {
    build_long (self, field);
  } else {
    self->entries[0] = make_entry (self, field, field->input, field->max_chars);
    pv_set_focus_id (self->entries[0], "entry:%s", field->id);
    if (field->kind == PV_FIELD_SEARCH)
      gtk_widget_add_css_class (GTK_WIDGET (view), "search-line");
    if (field->input == PV_INPUT_ZONE)
      gtk_widget_add_css_class (self->entries[0], "zone");
    self->full_chars = field->hands_over ? field->max_chars : 0;
    g_signal_connect (self->entries[0], "changed", G_CALLBACK (changed_cb), self);
    gtk_box_append (GTK_BOX (view), self->entries[0]);
  }
}

/* (nullable) (transfer full) */
static char *
describe (const PvField *field, const PvPlan *plan)
{
  const char *mask = plan->is_inert ? pv_mask_words (field->assist, pv_mask_dots (field)) : NULL;
  char *offers = field->error == NULL && mask == NULL ? pv_field_dup_offers (field) : NULL;

  if (offers != NULL)
    return offers;
  return g_strdup (field->error != NULL ? field->error : mask != NULL ? mask : field->help);
}

/* @part: (nullable): DATE: beside the entry */
static void
name_entry (PvTypedView *self, GtkWidget *entry, const PvField *field, GtkWidget *part)
{
  g_autofree char *description = describe (field, pv_field_view_get_plan (PV_FIELD_VIEW (self)));

  pv_field_view_relate (PV_FIELD_VIEW (self), entry, field, part);
  pv_describe (entry, description, field->is_pointed);
}

static void
update_date (PvTypedView *self, const PvField *field)
{
  for (guint part = 0; part < 3; part++) {
    pv_text_update (self->part_labels[part], field->part_labels[part]);
    pv_answer_entry_update_text (PV_ANSWER_ENTRY (self->entries[part]), field->parts[part]);
    name_entry (self, self->entries[part], field, self->part_labels[part]);
  }
}

static void
update_long (PvTypedView *self, const PvField *field)
{
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  text = gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE);
  if (g_strcmp0 (text, field->value != NULL ? field->value : "") != 0)
    gtk_text_buffer_set_text (self->buffer, field->value != NULL ? field->value : "", -1);
}

static gboolean
pv_typed_view_update (PvFieldView *view, const PvField *field)
{
  PvTypedView *self = PV_TYPED_VIEW (view);

  self->is_updating = TRUE;
  if (self->kind == PV_FIELD_DATE) {
    update_date (self, field);
  } else if (self->kind == PV_FIELD_LONG_INPUT) {
    update_long (self, field);
    name_entry (self, self->entries[0], field, NULL);
  } else {
    update_line (self, field->value);
    if (self->kind == PV_FIELD_SEARCH) /* its label stands inside */
      gtk_entry_set_placeholder_text (GTK_ENTRY (self->entries[0]), field->label);
    name_entry (self, self->entries[0], field, NULL);
    update_offers (self, field);
  }
  self->is_updating = FALSE;
  return TRUE;
}

static GtkWidget *
pv_typed_view_get_focus (PvFieldView *view)
{
  PvTypedView *self = PV_TYPED_VIEW (view);

  if (self->kind == PV_FIELD_DATE)
    for (guint part = 0; part < 3; part++)
      if (gtk_entry_buffer_get_length (gtk_entry_get_buffer (GTK_ENTRY (self->entries[part]))) < part_chars[part])
        return self->entries[part];
  return self->entries[0];
}

static void
pv_typed_view_finalize (GObject *object)
{
  g_free (PV_TYPED_VIEW (object)->offer_ids);
  G_OBJECT_CLASS (pv_typed_view_parent_class)->finalize (object);
}

static void
pv_typed_view_dispose (GObject *object)
{
  PvTypedView *self = PV_TYPED_VIEW (object);

  g_clear_handle_id (&self->caret_id, g_source_remove);
  g_clear_pointer (&self->typed, pv_wipe_str);
  G_OBJECT_CLASS (pv_typed_view_parent_class)->dispose (object);
}

static void
pv_typed_view_class_init (PvTypedViewClass *klass)
{
  PvFieldViewClass *view_class = (PvFieldViewClass *) klass;

  G_OBJECT_CLASS (klass)->finalize = pv_typed_view_finalize;
  G_OBJECT_CLASS (klass)->dispose = pv_typed_view_dispose;
  view_class->build = pv_typed_view_build;
  view_class->update = pv_typed_view_update;
  view_class->get_focus = pv_typed_view_get_focus;
}

static void
pv_typed_view_init (PvTypedView *self)
{
  (void) self;
}
