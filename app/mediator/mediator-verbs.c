/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "mediator/mediator-verbs.h"

#include <glib/gi18n-lib.h>

#include "core/wipe.h"
#include "mediator/explanations.h"
#include "mediator/mediator-value.h"
#include "mediator/mediator-voice.h"
#include "mediator/mediator-words.h"

enum { VERB_SHOW, VERB_EXPLAIN, VERB_PROPOSE, VERB_HAND, N_VERBS };

static const struct {
  const char *name;
  PvRight right;
  PvCommandKind command;
  const char *do_label, *ask_reason;
} verbs_table[N_VERBS] = {
  { "show", PV_RIGHT_SHOW, PV_COMMAND_POINT, N_ ("Sho_w it"),
    N_ ("The person has not said yet that you may see and show.") },
  { "explain", PV_RIGHT_SHOW, PV_COMMAND_EXPLAIN, N_ ("Say i_t"),
    N_ ("The person has not said yet that you may see and show.") },
  { "propose", PV_RIGHT_PROPOSE, PV_COMMAND_PROPOSE, N_ ("P_ropose it"), N_ ("To propose, ask the person first.") },
  { "hand", PV_RIGHT_HAND, PV_COMMAND_SET, N_ ("Fill it _in"),
    N_ ("Ask for the hand, for one minute. Any touch of the person takes it back.") },
};

struct _PvMediatorVerbs {
  GtkBox parent_instance;

  /* children */
  GtkLabel *chosen, *reason, *answer;
  GtkWidget *explain_box, *acts, *ask, *do_button, *give_back;
  GtkDropDown *sentences;
  GtkTextView *text;
  PvMediatorValue *value;
  /* owned */
  PvDesk *desk;
  GSimpleActionGroup *actions;
  GPtrArray *explanations;
  char *target, *label;
  GHashTable *screen_acts; /* set of names of intentions that the screen has now */
  /* values */
  guint verb;
  guint32 command_id;
  gboolean is_field, can_fill, is_filling;
  PvRight asked;
  gboolean is_waiting, has_seen_question; /* for the answer to what was asked */
};

G_DEFINE_FINAL_TYPE (PvMediatorVerbs, pv_mediator_verbs, GTK_TYPE_BOX)

static void
enable (PvMediatorVerbs *verbs, const char *name, gboolean is_enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (verbs->actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), is_enabled);
}

static const PvMediatorRights *
get_rights (PvMediatorVerbs *verbs)
{
  static const PvMediatorRights none = { 0 };
  PvMediatorState state = pv_desk_get_state (verbs->desk);

  if (state != PV_MEDIATOR_SESSION && state != PV_MEDIATOR_LOST)
    return &none;
  return pv_assist_mediator_get_rights (pv_console_get_session (pv_desk_get_console (verbs->desk)));
}

static char *
get_text (PvMediatorVerbs *verbs)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (verbs->text);
  GtkTextIter start, end;
  char *text;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  return g_strstrip (text);
}

/* Why nothing can be done with the verb of this page; NULL: it can. */
static const char *
reason_against (PvMediatorVerbs *verbs, const PvMediatorRights *rights)
{
  PvRight right = verbs_table[verbs->verb].right;

  if (pv_desk_get_state (verbs->desk) == PV_MEDIATOR_LOST)
    return _ ("The connection is lost. Wait a moment.");
  if (!pv_desk_is_in_session (verbs->desk))
    return _ ("No help is going on.");
  if (rights->is_paused)
    return _ ("This screen stays with the person. You go on after it.");
  if (rights->asks_handover)
    return _ ("The kiosk asks whether the person agrees to a colleague.");
  if (rights->has_question)
    return rights->question == right ? _ ("The kiosk asks the person now. Silence means no.")
                                     : _ ("The kiosk asks the person something else now.");
  if (!rights->is_granted[PV_RIGHT_SHOW])
    return _ (verbs_table[VERB_SHOW].ask_reason);
  if (!pv_desk_has (verbs->desk, right))
    return _ (verbs_table[verbs->verb].ask_reason);
  if (verbs->verb == VERB_EXPLAIN)
    return NULL;
  if (verbs->target == NULL)
    return _ ("First choose in the list, or click in the picture.");
  if (verbs->verb != VERB_SHOW && !verbs->can_fill)
    return verbs->is_field ? _ ("This stays with the person. You may show and explain it.")
                           : _ ("Choose a field to be filled in.");
  return NULL;
}

static gboolean
may_ask (PvMediatorVerbs *verbs, const PvMediatorRights *rights)
{
  PvRight right = verbs_table[verbs->verb].right;

  return pv_desk_get_state (verbs->desk) == PV_MEDIATOR_SESSION && !rights->is_paused && !rights->has_question
         && !rights->asks_handover && !pv_desk_has (verbs->desk, right)
         && (right == PV_RIGHT_SHOW || rights->is_granted[PV_RIGHT_SHOW]);
}

static void
show_acts (PvMediatorVerbs *verbs, gboolean has_hand)
{
  gboolean is_shown = verbs->verb == VERB_HAND && has_hand;

  gtk_widget_set_visible (verbs->acts, is_shown);
  enable (verbs, "act", has_hand);
  for (GtkWidget *child = gtk_widget_get_first_child (verbs->acts); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *button = gtk_flow_box_child_get_child (GTK_FLOW_BOX_CHILD (child));
    GVariant *target = gtk_actionable_get_action_target_value (GTK_ACTIONABLE (button));

    gtk_widget_set_visible (child, g_hash_table_contains (verbs->screen_acts, g_variant_get_string (target, NULL)));
  }
}

static void
show_chosen (PvMediatorVerbs *verbs)
{
  g_autofree char *text = NULL;

  if (verbs->verb == VERB_EXPLAIN)
    text = g_strdup (_ ("Said on the kiosk, in writing and aloud"));
  else if (verbs->label != NULL)
    text = g_strdup_printf (_ ("Chosen: %s"), verbs->label);
  else
    text = g_strdup (_ ("Nothing is chosen"));
  gtk_label_set_text (verbs->chosen, text);
}

static void
show_answer (PvMediatorVerbs *verbs, const char *text)
{
  gtk_label_set_text (verbs->answer, text);
  gtk_widget_set_visible (GTK_WIDGET (verbs->answer), *text != '\0');
  pv_mediator_say (GTK_WIDGET (verbs), text);
}

/* A question of ours that is no longer asked has been answered, or was not. */
static void
hear_consent (PvMediatorVerbs *verbs, const PvMediatorRights *rights)
{
  gboolean is_asked = rights->has_question && rights->question == verbs->asked;
  gboolean is_granted = rights->is_granted[verbs->asked];

  if (!verbs->is_waiting)
    return;
  verbs->has_seen_question |= is_asked;
  if (is_asked || (!verbs->has_seen_question && !is_granted))
    return;
  verbs->is_waiting = FALSE;
  show_answer (verbs, is_granted ? _ ("The person agrees.") : _ ("The person does not agree, or did not answer."));
}

void
pv_mediator_verbs_refresh (PvMediatorVerbs *verbs)
{
  const PvMediatorRights *rights = get_rights (verbs);
  const char *reason = reason_against (verbs, rights);
  PvRight right = verbs_table[verbs->verb].right;
  gboolean has_right = pv_desk_has (verbs->desk, right);
  gboolean is_value_verb = verbs->verb == VERB_PROPOSE || verbs->verb == VERB_HAND;
  g_autofree char *text = get_text (verbs);

  hear_consent (verbs, rights);
  show_chosen (verbs);
  gtk_widget_set_visible (verbs->explain_box, verbs->verb == VERB_EXPLAIN);
  gtk_widget_set_visible (GTK_WIDGET (verbs->value), is_value_verb && has_right && verbs->can_fill);
  gtk_label_set_text (verbs->reason, reason != NULL ? reason : "");
  gtk_widget_set_visible (GTK_WIDGET (verbs->reason), reason != NULL);
  gtk_button_set_label (GTK_BUTTON (verbs->do_button), _ (verbs_table[verbs->verb].do_label));
  gtk_widget_set_visible (verbs->ask, !rights->is_granted[right]);
  gtk_widget_set_visible (verbs->do_button, rights->is_granted[right]);
  gtk_widget_set_visible (verbs->give_back, rights->is_granted[right]);
  gtk_widget_set_tooltip_text (verbs->do_button, reason != NULL ? reason : _ ("Ctrl+Enter"));
  enable (verbs, "ask", may_ask (verbs, rights));
  enable (verbs, "do", reason == NULL && (verbs->verb != VERB_EXPLAIN || *text != '\0'));
  enable (verbs, "give-back", has_right);
  show_acts (verbs, pv_desk_has (verbs->desk, PV_RIGHT_HAND));
  pv_wipe_bytes (text, strlen (text));
}

void
pv_mediator_verbs_set_target (PvMediatorVerbs *verbs, const char *name, const char *label, const PvField *field)
{
  if (g_strcmp0 (verbs->target, name) != 0)
    show_answer (verbs, "");
  g_free (verbs->target);
  g_free (verbs->label);
  verbs->target = g_strdup (name);
  verbs->label = g_strdup (label);
  verbs->is_field = field != NULL;
  verbs->can_fill = pv_mediator_value_is_possible (field);
  pv_mediator_value_set_field (verbs->value, field);
  pv_mediator_verbs_refresh (verbs);
}

void
pv_mediator_verbs_set_screen (PvMediatorVerbs *verbs, const PvScreenState *state)
{
  g_hash_table_remove_all (verbs->screen_acts);
  for (guint i = 0; state != NULL && i < state->actions->len; i++) {
    const PvAction *action = state->actions->pdata[i];

    if (action->is_enabled)
      g_hash_table_add (verbs->screen_acts, g_strdup (pv_intention_kind_name (action->intention)));
  }
}

/* ---- actions ---- */

static void
set_verb (PvMediatorVerbs *verbs, guint verb)
{
  verbs->verb = verb;
  g_simple_action_set_state (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (verbs->actions), "verb")),
                             g_variant_new_string (verbs_table[verb].name));
  show_answer (verbs, "");
  pv_mediator_verbs_refresh (verbs);
}

static void
verb_cb (GSimpleAction *action, GVariant *name, gpointer data)
{
  (void) action;
  for (guint verb = 0; verb < N_VERBS; verb++)
    if (g_str_equal (verbs_table[verb].name, g_variant_get_string (name, NULL)))
      set_verb (data, verb);
}

static void
sent (PvMediatorVerbs *verbs, guint32 id)
{
  verbs->command_id = id;
  show_answer (verbs, id != 0 ? _ ("Sent…") : _ ("This could not be sent. Try again."));
}

static void
do_explain (PvMediatorVerbs *verbs, PvConsole *console)
{
  g_autoptr (PvSecretStr) text = get_text (verbs);

  if (*text == '\0')
    return;
  sent (verbs, pv_console_command (console, PV_COMMAND_EXPLAIN, "", text));
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (verbs->text), "", 0);
  gtk_drop_down_set_selected (verbs->sentences, 0);
}

static void
do_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PvMediatorVerbs *verbs = data;
  PvConsole *console = pv_desk_get_console (verbs->desk);
  g_autoptr (PvSecretStr) value = NULL;

  (void) action;
  (void) parameter;
  if (verbs->verb == VERB_EXPLAIN) {
    do_explain (verbs, console);
    return;
  }
  if (verbs->verb == VERB_SHOW) {
    sent (verbs, pv_console_command (console, PV_COMMAND_POINT, verbs->target, ""));
    return;
  }
  value = pv_mediator_value_get (verbs->value);
  if (value == NULL) {
    show_answer (verbs, _ ("Type or choose what is to be filled in."));
    gtk_widget_child_focus (GTK_WIDGET (verbs->value), GTK_DIR_TAB_FORWARD);
    return;
  }
  sent (verbs, pv_console_command (console, verbs_table[verbs->verb].command, verbs->target, value));
  pv_mediator_value_clear (verbs->value);
}

static void
ask_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PvMediatorVerbs *verbs = data;

  (void) action;
  (void) parameter;
  verbs->asked = verbs_table[verbs->verb].right;
  verbs->is_waiting = TRUE;
  verbs->has_seen_question = FALSE;
  pv_console_ask (pv_desk_get_console (verbs->desk), verbs->asked);
  show_answer (verbs, _ ("The kiosk asks the person."));
  pv_mediator_verbs_refresh (verbs);
}

static void
give_back_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PvMediatorVerbs *verbs = data;

  (void) action;
  (void) parameter;
  pv_console_give_back (pv_desk_get_console (verbs->desk), verbs_table[verbs->verb].right);
  show_answer (verbs, _ ("Given back."));
}

static void
act_cb (GSimpleAction *action, GVariant *name, gpointer data)
{
  PvMediatorVerbs *verbs = data;

  (void) action;
  if (g_hash_table_contains (verbs->screen_acts, g_variant_get_string (name, NULL)))
    sent (verbs, pv_console_command (pv_desk_get_console (verbs->desk), PV_COMMAND_ACT,
                                     g_variant_get_string (name, NULL), ""));
}

/* ---- what comes back ---- */

static void
answer_cb (PvMediatorVerbs *verbs, guint id, guint result)
{
  if (id == verbs->command_id)
    show_answer (verbs, pv_words_result (result));
}

static void
sentence_cb (PvMediatorVerbs *verbs)
{
  guint selected = gtk_drop_down_get_selected (verbs->sentences);

  if (verbs->is_filling || selected == 0 || selected > verbs->explanations->len)
    return;
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (verbs->text),
                            ((const PvExplanation *) verbs->explanations->pdata[selected - 1])->text, -1);
}

static void
offer_sentences (PvMediatorVerbs *verbs)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  const PvConsoleSettings *settings = pv_desk_get_settings (verbs->desk);

  g_clear_pointer (&verbs->explanations, g_ptr_array_unref);
  verbs->explanations = pv_explanations_new (settings != NULL ? settings->explanations_file : NULL, NULL);
  verbs->is_filling = TRUE;
  gtk_string_list_append (list, _ ("Choose a prepared sentence"));
  for (guint i = 0; i < verbs->explanations->len; i++)
    gtk_string_list_append (list, ((const PvExplanation *) verbs->explanations->pdata[i])->text);
  gtk_drop_down_set_model (verbs->sentences, G_LIST_MODEL (list));
  verbs->is_filling = FALSE;
}

void
pv_mediator_verbs_reset (PvMediatorVerbs *verbs)
{
  offer_sentences (verbs);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (verbs->text), "", 0);
  pv_mediator_value_set_field (verbs->value, NULL);
  pv_mediator_value_clear (verbs->value);
  verbs->command_id = 0;
  verbs->is_waiting = FALSE;
  set_verb (verbs, VERB_SHOW);
}

void
pv_mediator_verbs_set_desk (PvMediatorVerbs *verbs, PvDesk *desk, GSimpleActionGroup *actions)
{
  const GActionEntry entries[] = {
    { .name = "verb", .activate = verb_cb, .parameter_type = "s", .state = "'show'" },
    { .name = "do", .activate = do_cb },
    { .name = "ask", .activate = ask_cb },
    { .name = "give-back", .activate = give_back_cb },
    { .name = "act", .activate = act_cb, .parameter_type = "s" },
  };

  g_set_object (&verbs->desk, desk);
  g_set_object (&verbs->actions, actions);
  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries, G_N_ELEMENTS (entries), verbs);
  g_signal_connect_object (desk, "answer", G_CALLBACK (answer_cb), verbs, G_CONNECT_SWAPPED);
  pv_mediator_verbs_reset (verbs);
}

static void
value_activate_cb (PvMediatorVerbs *verbs)
{
  g_action_group_activate_action (G_ACTION_GROUP (verbs->actions), "do", NULL);
}

static void
pv_mediator_verbs_dispose (GObject *object)
{
  PvMediatorVerbs *verbs = PV_MEDIATOR_VERBS (object);

  g_clear_object (&verbs->desk);
  g_clear_object (&verbs->actions);
  G_OBJECT_CLASS (pv_mediator_verbs_parent_class)->dispose (object);
}

static void
pv_mediator_verbs_finalize (GObject *object)
{
  PvMediatorVerbs *verbs = PV_MEDIATOR_VERBS (object);

  g_free (verbs->target);
  g_free (verbs->label);
  g_hash_table_unref (verbs->screen_acts);
  g_clear_pointer (&verbs->explanations, g_ptr_array_unref);
  G_OBJECT_CLASS (pv_mediator_verbs_parent_class)->finalize (object);
}

static void
pv_mediator_verbs_class_init (PvMediatorVerbsClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = pv_mediator_verbs_dispose;
  G_OBJECT_CLASS (class)->finalize = pv_mediator_verbs_finalize;
  g_type_ensure (PV_TYPE_MEDIATOR_VALUE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/parvis/Mediator/mediator-verbs.ui");
  gtk_widget_class_bind_template_child (widget_class, PvMediatorVerbs, chosen);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorVerbs, reason);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorVerbs, answer);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorVerbs, explain_box);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorVerbs, acts);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorVerbs, ask);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorVerbs, do_button);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorVerbs, give_back);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorVerbs, sentences);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorVerbs, text);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorVerbs, value);
}

static void
pv_mediator_verbs_init (PvMediatorVerbs *verbs)
{
  gtk_widget_init_template (GTK_WIDGET (verbs));
  verbs->screen_acts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_signal_connect_swapped (verbs->value, "activate", G_CALLBACK (value_activate_cb), verbs);
  g_signal_connect_swapped (verbs->sentences, "notify::selected", G_CALLBACK (sentence_cb), verbs);
  g_signal_connect_swapped (gtk_text_view_get_buffer (verbs->text), "changed", G_CALLBACK (pv_mediator_verbs_refresh),
                            verbs);
}
