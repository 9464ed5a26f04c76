/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "mediator/mediator-join.h"

#include <glib/gi18n-lib.h>

#include "mediator/mediator-voice.h"
#include "mediator/mediator-words.h"
#include "view/relations.h"

struct _PvMediatorJoin {
  GtkBox parent_instance;

  /* children */
  GtkLabel *kiosk, *place, *phone, *error;
  GtkWidget *phone_box, *join;
  GtkEntry *digits;
  GtkStack *stack;
  /* owned */
  PvDesk *desk;
  char *call_id;
};

G_DEFINE_FINAL_TYPE (PvMediatorJoin, pv_mediator_join, GTK_TYPE_BOX)

static const PvWaitingCall *
find_call (PvMediatorJoin *page)
{
  PvConsole *console = pv_desk_get_console (page->desk);
  const GPtrArray *calls = console != NULL ? pv_console_get_calls (console) : NULL;

  for (guint i = 0; calls != NULL && page->call_id != NULL && i < calls->len; i++) {
    const PvWaitingCall *call = calls->pdata[i];

    if (g_str_equal (call->id, page->call_id))
      return call;
  }
  return NULL;
}

static void
show_error (PvMediatorJoin *page, const char *text)
{
  gtk_label_set_text (page->error, text);
  pv_describe_by (GTK_WIDGET (page->digits), GTK_WIDGET (page->error), NULL, *text != '\0');
  if (*text != '\0')
    pv_mediator_say (GTK_WIDGET (page), text);
}

/* Whether six digits are there, for a call that still waits. */
static void
update_button (PvMediatorJoin *page)
{
  gboolean is_full = gtk_entry_get_text_length (page->digits) == PV_CODE_DIGITS;

  gtk_widget_set_sensitive (page->join, is_full && find_call (page) != NULL);
}

static void
clear_digits (PvMediatorJoin *page)
{
  gtk_editable_set_text (GTK_EDITABLE (page->digits), "");
}

/* What can be said before the kiosk is asked. */
static const char *
explain (const GError *error)
{
  if (g_error_matches (error, PV_ASSIST_ERROR, PV_ASSIST_ERROR_ENDED))
    return _ ("This person does not wait any more: somebody answered, or the call was stopped.");
  if (g_error_matches (error, PV_ASSIST_ERROR, PV_ASSIST_ERROR_BAD_DATA))
    return _ ("Type the six digits, as the kiosk shows them.");
  if (g_error_matches (error, PV_ASSIST_ERROR, PV_ASSIST_ERROR_VERSION))
    return pv_words_refusal (PV_REFUSAL_VERSION);
  return _ ("This call cannot be answered now. Try again.");
}

static void
join_cb (PvMediatorJoin *page)
{
  g_autoptr (GError) error = NULL;
  const PvWaitingCall *call = find_call (page);

  if (!gtk_widget_get_sensitive (page->join))
    return;
  show_error (page, "");
  if (pv_desk_join (page->desk, call, gtk_editable_get_text (GTK_EDITABLE (page->digits)), &error)) {
    gtk_stack_set_visible_child_name (page->stack, "progress");
    pv_mediator_say (GTK_WIDGET (page), _ ("Checking the code with the kiosk…"));
  } else {
    show_error (page, explain (error));
  }
  clear_digits (page);
}

/* What is typed or pasted: digits, whatever stands between them. */
static void
insert_cb (GtkEditable *text, const char *inserted, int length, int *position, PvMediatorJoin *page)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  (void) page;
  for (int i = 0; i < length; i++)
    if (g_ascii_isdigit (inserted[i]))
      g_string_append_c (digits, inserted[i]);
  if ((int) digits->len == length)
    return;
  g_signal_stop_emission_by_name (text, "insert-text");
  if (digits->len > 0)
    gtk_editable_insert_text (text, digits->str, (int) digits->len, position);
}

static void
session_cb (PvMediatorJoin *page)
{
  PvMediatorState state = pv_desk_get_state (page->desk);
  const PvAssistMediator *machine;

  if (state == PV_MEDIATOR_JOINING) {
    gtk_stack_set_visible_child_name (page->stack, "progress");
    return;
  }
  if (g_strcmp0 (gtk_stack_get_visible_child_name (page->stack), "progress") != 0)
    return;
  gtk_stack_set_visible_child_name (page->stack, "code");
  if (state != PV_MEDIATOR_REFUSED)
    return;
  machine = pv_console_get_session (pv_desk_get_console (page->desk));
  show_error (page, pv_words_refusal (pv_assist_mediator_get_refusal (machine)));
  gtk_widget_grab_focus (GTK_WIDGET (page->digits));
}

static void
calls_cb (PvMediatorJoin *page)
{
  gboolean is_waiting = find_call (page) != NULL;
  PvMediatorState state = pv_desk_get_state (page->desk);

  update_button (page);
  if (page->call_id != NULL && !is_waiting && state != PV_MEDIATOR_JOINING && gtk_widget_get_mapped (GTK_WIDGET (page)))
    show_error (page, _ ("This person does not wait any more: somebody answered, or the call was stopped."));
}

void
pv_mediator_join_set_desk (PvMediatorJoin *page, PvDesk *desk)
{
  g_set_object (&page->desk, desk);
  g_signal_connect_object (desk, "session", G_CALLBACK (session_cb), page, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "calls", G_CALLBACK (calls_cb), page, G_CONNECT_SWAPPED);
}

gboolean
pv_mediator_join_choose (PvMediatorJoin *page, const char *call_id)
{
  const PvWaitingCall *call;
  g_autofree char *where = NULL;

  g_free (page->call_id);
  page->call_id = g_strdup (call_id);
  call = find_call (page);
  if (call == NULL)
    return FALSE;
  where = g_strdup_printf ("%s · %s", call->place, call->is_here ? _ ("Wants somebody in the room") : _ ("From afar"));
  gtk_label_set_text (page->kiosk, call->kiosk);
  gtk_label_set_text (page->place, call->place != NULL ? where : "");
  gtk_label_set_text (page->phone, call->phone != NULL ? call->phone : "");
  gtk_widget_set_visible (page->phone_box, call->phone != NULL);
  show_error (page, "");
  clear_digits (page);
  gtk_stack_set_visible_child_name (page->stack, "code");
  update_button (page);
  gtk_widget_grab_focus (GTK_WIDGET (page->digits));
  return TRUE;
}

static void
pv_mediator_join_dispose (GObject *object)
{
  PvMediatorJoin *page = PV_MEDIATOR_JOIN (object);

  g_clear_object (&page->desk);
  g_clear_pointer (&page->call_id, g_free);
  G_OBJECT_CLASS (pv_mediator_join_parent_class)->dispose (object);
}

static void
pv_mediator_join_class_init (PvMediatorJoinClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = pv_mediator_join_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/parvis/Mediator/mediator-join.ui");
  gtk_widget_class_bind_template_child (widget_class, PvMediatorJoin, kiosk);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorJoin, place);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorJoin, phone);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorJoin, phone_box);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorJoin, error);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorJoin, join);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorJoin, digits);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorJoin, stack);
}

static void
pv_mediator_join_init (PvMediatorJoin *page)
{
  gtk_widget_init_template (GTK_WIDGET (page));
  g_signal_connect_object (gtk_editable_get_delegate (GTK_EDITABLE (page->digits)), "insert-text",
                           G_CALLBACK (insert_cb), page, 0);
  g_signal_connect_swapped (page->digits, "changed", G_CALLBACK (update_button), page);
  g_signal_connect_swapped (page->digits, "activate", G_CALLBACK (join_cb), page);
  g_signal_connect_swapped (page->join, "clicked", G_CALLBACK (join_cb), page);
}
