/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "mediator/mediator-value.h"

#include <glib/gi18n-lib.h>

#include "view/secret-buffer.h"

struct _PvMediatorValue {
  GtkBox parent_instance;

  /* children */
  GtkStack *stack;
  GtkEntry *entry, *day, *month, *year;
  GtkDropDown *choices;
  /* owned */
  char *field_id;
  GPtrArray *choice_ids;
  /* values */
  PvFieldKind kind;
};

enum { ACTIVATE, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PvMediatorValue, pv_mediator_value, GTK_TYPE_BOX)

gboolean
pv_mediator_value_is_possible (const PvField *field)
{
  return field != NULL && field->assist != PV_ASSIST_HIDDEN && !field->is_locked
         && (field->kind == PV_FIELD_INPUT || field->kind == PV_FIELD_LONG_INPUT || field->kind == PV_FIELD_DATE
             || field->kind == PV_FIELD_CHOICE || field->kind == PV_FIELD_CHOICES);
}

void
pv_mediator_value_clear (PvMediatorValue *value)
{
  GtkEntry *const entries[] = { value->entry, value->day, value->month, value->year };

  for (gsize i = 0; i < G_N_ELEMENTS (entries); i++)
    gtk_editable_set_text (GTK_EDITABLE (entries[i]), "");
  gtk_drop_down_set_selected (value->choices, GTK_INVALID_LIST_POSITION);
}

static gboolean
has_these_choices (PvMediatorValue *value, const PvField *field)
{
  guint n = 0;

  for (guint i = 0; field->choices != NULL && i < field->choices->len; i++) {
    const PvChoice *choice = field->choices->pdata[i];

    if (!choice->enabled)
      continue;
    if (n >= value->choice_ids->len || g_strcmp0 (value->choice_ids->pdata[n], choice->id) != 0)
      return FALSE;
    n++;
  }
  return n == value->choice_ids->len;
}

static void
offer_choices (PvMediatorValue *value, const PvField *field)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  g_ptr_array_set_size (value->choice_ids, 0);
  for (guint i = 0; field->choices != NULL && i < field->choices->len; i++) {
    const PvChoice *choice = field->choices->pdata[i];

    if (!choice->enabled)
      continue;
    gtk_string_list_append (labels, choice->label);
    g_ptr_array_add (value->choice_ids, g_strdup (choice->id));
  }
  gtk_drop_down_set_model (value->choices, G_LIST_MODEL (labels));
}

static GtkInputPurpose
purpose_of (PvInput input)
{
  static const GtkInputPurpose purposes[] = {
    [PV_INPUT_LETTERS] = GTK_INPUT_PURPOSE_FREE_FORM, [PV_INPUT_DIGITS] = GTK_INPUT_PURPOSE_DIGITS,
    [PV_INPUT_DECIMAL] = GTK_INPUT_PURPOSE_NUMBER,    [PV_INPUT_PHONE] = GTK_INPUT_PURPOSE_PHONE,
    [PV_INPUT_EMAIL] = GTK_INPUT_PURPOSE_EMAIL,
  };

  return input < G_N_ELEMENTS (purposes) ? purposes[input] : GTK_INPUT_PURPOSE_FREE_FORM;
}

static void
show_editor (PvMediatorValue *value, const PvField *field)
{
  g_autofree char *label =
    g_strdup_printf (_ ("Answer: %s"), field->spoken_label != NULL ? field->spoken_label : field->label);

  gtk_accessible_update_property (GTK_ACCESSIBLE (value->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (value->choices), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (field->kind == PV_FIELD_DATE) {
    gtk_stack_set_visible_child_name (value->stack, "date");
  } else if (field->kind == PV_FIELD_CHOICE || field->kind == PV_FIELD_CHOICES) {
    offer_choices (value, field);
    gtk_stack_set_visible_child_name (value->stack, "choice");
  } else {
    gtk_entry_set_input_purpose (value->entry, purpose_of (field->input));
    gtk_entry_set_max_length (value->entry, (int) MIN (field->max_chars, 1000));
    gtk_stack_set_visible_child_name (value->stack, "text");
  }
}

void
pv_mediator_value_set_field (PvMediatorValue *value, const PvField *field)
{
  if (!pv_mediator_value_is_possible (field))
    field = NULL;
  if (field != NULL && g_strcmp0 (value->field_id, field->id) == 0 && value->kind == field->kind
      && has_these_choices (value, field))
    return;
  pv_mediator_value_clear (value);
  g_free (value->field_id);
  value->field_id = field != NULL ? g_strdup (field->id) : NULL;
  g_ptr_array_set_size (value->choice_ids, 0);
  if (field == NULL)
    return;
  value->kind = field->kind;
  show_editor (value, field);
}

static char *
get_date (PvMediatorValue *value)
{
  const char *day = gtk_editable_get_text (GTK_EDITABLE (value->day));
  const char *month = gtk_editable_get_text (GTK_EDITABLE (value->month));
  const char *year = gtk_editable_get_text (GTK_EDITABLE (value->year));

  return *year != '\0' ? g_strdup_printf ("%s/%s/%s", day, month, year) : NULL;
}

char *
pv_mediator_value_get (PvMediatorValue *value)
{
  const char *text;
  guint selected;

  if (value->field_id == NULL)
    return NULL;
  if (value->kind == PV_FIELD_DATE)
    return get_date (value);
  if (value->kind == PV_FIELD_CHOICE || value->kind == PV_FIELD_CHOICES) {
    selected = gtk_drop_down_get_selected (value->choices);
    return selected < value->choice_ids->len ? g_strdup (value->choice_ids->pdata[selected]) : NULL;
  }
  text = gtk_editable_get_text (GTK_EDITABLE (value->entry));
  return *text != '\0' ? g_strdup (text) : NULL;
}

static void
activate_cb (PvMediatorValue *value)
{
  g_signal_emit (value, signals[ACTIVATE], 0);
}

static void
pv_mediator_value_dispose (GObject *object)
{
  PvMediatorValue *value = PV_MEDIATOR_VALUE (object);

  g_clear_pointer (&value->field_id, g_free);
  g_clear_pointer (&value->choice_ids, g_ptr_array_unref);
  G_OBJECT_CLASS (pv_mediator_value_parent_class)->dispose (object);
}

static void
pv_mediator_value_class_init (PvMediatorValueClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = pv_mediator_value_dispose;
  signals[ACTIVATE] =
    g_signal_new ("activate", PV_TYPE_MEDIATOR_VALUE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/parvis/Mediator/mediator-value.ui");
  gtk_widget_class_bind_template_child (widget_class, PvMediatorValue, stack);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorValue, entry);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorValue, day);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorValue, month);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorValue, year);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorValue, choices);
}

static void
pv_mediator_value_init (PvMediatorValue *value)
{
  GtkEntry *entries[4];

  gtk_widget_init_template (GTK_WIDGET (value));
  value->choice_ids = g_ptr_array_new_with_free_func (g_free);
  entries[0] = value->entry;
  entries[1] = value->day;
  entries[2] = value->month;
  entries[3] = value->year;
  for (gsize i = 0; i < G_N_ELEMENTS (entries); i++) {
    g_autoptr (GtkEntryBuffer) buffer = pv_secret_buffer_new (i == 0 ? 0 : i == 3 ? 4 : 2);

    gtk_entry_set_buffer (entries[i], buffer);
    g_signal_connect_swapped (entries[i], "activate", G_CALLBACK (activate_cb), value);
  }
}
