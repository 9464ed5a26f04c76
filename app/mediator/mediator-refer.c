/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "mediator/mediator-refer.h"

#include <glib/gi18n-lib.h>

#include "mediator/explanations.h"

typedef struct {
  PvDesk *desk;
  GPtrArray *choices; /* (element-type GtkCheckButton): borrowed */
  GPtrArray *explanations;
  GPtrArray *names; /* of colleagues */
} Dialog;

static void
free_dialog (gpointer data)
{
  Dialog *dialog = data;

  g_object_unref (dialog->desk);
  g_ptr_array_unref (dialog->choices);
  g_clear_pointer (&dialog->explanations, g_ptr_array_unref);
  g_clear_pointer (&dialog->names, g_ptr_array_unref);
  g_free (dialog);
}

static Dialog *
dialog_new (PvDesk *desk)
{
  Dialog *dialog = g_new0 (Dialog, 1);

  dialog->desk = g_object_ref (desk);
  dialog->choices = g_ptr_array_new ();
  return dialog;
}

/* One radio button in a row; the first one is chosen. */
static void
add_choice (Dialog *dialog, GtkListBox *list, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_check_button_new ();
  GtkCheckButton *first = dialog->choices->len > 0 ? dialog->choices->pdata[0] : NULL;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_check_button_set_group (GTK_CHECK_BUTTON (button), first);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (button), first == NULL);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  gtk_list_box_append (list, row);
  g_ptr_array_add (dialog->choices, button);
}

static gint
find_chosen (const Dialog *dialog)
{
  for (guint i = 0; i < dialog->choices->len; i++)
    if (gtk_check_button_get_active (dialog->choices->pdata[i]))
      return (gint) i;
  return -1;
}

static GtkWidget *
make_list (void)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  return list;
}

static void
present (GtkWidget *parent, Dialog *dialog, GtkWidget *list, const char *heading, const char *body,
         const char *accept_label, GCallback response_cb)
{
  GtkWidget *window = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (parent)), heading, body);
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (window);

  adw_message_dialog_add_responses (message, "cancel", _ ("_Cancel"), "accept", accept_label, NULL);
  adw_message_dialog_set_response_appearance (message, "accept", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (message, "accept");
  adw_message_dialog_set_close_response (message, "cancel");
  adw_message_dialog_set_extra_child (message, list);
  g_object_set_data_full (G_OBJECT (window), "pv-dialog", dialog, free_dialog);
  g_signal_connect (window, "response", response_cb, dialog);
  gtk_window_present (GTK_WINDOW (window));
}

/* ---- refer ---- */

static const struct {
  const char *reason, *title, *to;
} stops[] = {
  { "minor", N_ ("A minor alone"), "parent" },
  { "protected-adult", N_ ("A protected adult"), "guardian" },
  { "over-indebtedness", N_ ("Over-indebtedness"), "debt-advice" },
};

static const PvExplanation *
find_sentence (const Dialog *dialog, const char *reason)
{
  for (guint i = 0; i < dialog->explanations->len; i++) {
    const PvExplanation *explanation = dialog->explanations->pdata[i];

    if (g_strcmp0 (explanation->reason, reason) == 0)
      return explanation;
  }
  return NULL;
}

static void
refer_response_cb (AdwMessageDialog *message, const char *response, Dialog *dialog)
{
  PvConsole *console = pv_desk_get_console (dialog->desk);
  gint chosen = find_chosen (dialog);
  const PvExplanation *sentence;

  (void) message;
  if (g_strcmp0 (response, "accept") != 0 || console == NULL || chosen < 0 || !pv_desk_is_in_session (dialog->desk))
    return;
  sentence = find_sentence (dialog, stops[chosen].reason);
  if (sentence != NULL && pv_desk_has (dialog->desk, PV_RIGHT_SHOW))
    pv_console_command (console, PV_COMMAND_EXPLAIN, "", sentence->text);
  if (pv_desk_has (dialog->desk, PV_RIGHT_HAND))
    pv_console_give_back (console, PV_RIGHT_HAND);
  if (pv_desk_has (dialog->desk, PV_RIGHT_PROPOSE))
    pv_console_give_back (console, PV_RIGHT_PROPOSE);
  pv_desk_refer (dialog->desk, stops[chosen].to);
}

void
pv_mediator_refer (GtkWidget *parent, PvDesk *desk)
{
  Dialog *dialog = dialog_new (desk);
  GtkWidget *list = make_list ();

  dialog->explanations = pv_explanations_new (NULL, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (stops); i++) {
    const PvExplanation *sentence = find_sentence (dialog, stops[i].reason);

    add_choice (dialog, GTK_LIST_BOX (list), _ (stops[i].title), sentence != NULL ? sentence->text : "");
  }
  present (parent, dialog, list, _ ("Refer to the right service"),
           _ ("The kiosk shows and reads this sentence. You give back what you were lent, and stay to explain."),
           _ ("_Say it"), G_CALLBACK (refer_response_cb));
}

/* ---- pass to a colleague ---- */

static void
pass_response_cb (AdwMessageDialog *message, const char *response, Dialog *dialog)
{
  PvConsole *console = pv_desk_get_console (dialog->desk);
  gint chosen = find_chosen (dialog);

  (void) message;
  if (g_strcmp0 (response, "accept") == 0 && console != NULL && chosen >= 0 && pv_desk_is_in_session (dialog->desk))
    pv_console_hand_over (console, dialog->names->pdata[chosen]);
}

void
pv_mediator_pass_on (GtkWidget *parent, PvDesk *desk)
{
  const GPtrArray *colleagues = pv_console_get_colleagues (pv_desk_get_console (desk));
  Dialog *dialog = dialog_new (desk);
  GtkWidget *list = make_list ();

  dialog->names = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < colleagues->len; i++) {
    const PvColleague *colleague = colleagues->pdata[i];

    if (colleague->presence != PV_PRESENCE_FREE && colleague->presence != PV_PRESENCE_ON_SITE)
      continue;
    add_choice (dialog, GTK_LIST_BOX (list), colleague->name, colleague->place);
    g_ptr_array_add (dialog->names, g_strdup (colleague->name));
  }
  present (parent, dialog, list, _ ("Pass to a colleague"),
           _ ("The kiosk asks the person first. If they agree, your help ends and your colleague is called."),
           _ ("_Ask the person"), G_CALLBACK (pass_response_cb));
}
