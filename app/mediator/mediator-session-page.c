/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "mediator/mediator-session-page.h"

#include <glib/gi18n-lib.h>

#include "mediator/mediator-refer.h"
#include "mediator/mediator-targets.h"
#include "mediator/mediator-verbs.h"
#include "mediator/mediator-voice.h"
#include "mediator/mediator-words.h"
#include "core/language-code.h"
#include "platform/clock.h"
#include "platform/language.h"
#include "view/mirror-frame.h"

/* The mirror says nothing of the kiosk's screen: drawn as for the one that most have. */
enum { KIOSK_WIDTH_PX = 1080, KIOSK_HEIGHT_PX = 1920 };
enum { QUICK_SECONDS = 20, TICK_SECONDS = 1, LEASE_WARNING_MS = 10 * 1000 };

struct _PvMediatorSessionPage {
  GtkBox parent_instance;

  /* children */
  GtkLabel *right_show, *right_propose, *right_hand, *notice, *quick;
  GtkRevealer *notice_bar, *quick_bar;
  GtkStack *sight;
  AdwBin *mirror_place;
  AdwStatusPage *nothing;
  PvMediatorTargets *targets;
  PvMediatorVerbs *verbs;
  GtkWidget *quick_close;
  GtkCheckButton *as_read;
  GtkListBox *log;
  /* owned */
  PvDesk *desk;
  GSimpleActionGroup *actions;
  PvMirrorFrame *mirror;
  PvScreenState *screen; /* wiped when the right goes */
  guint timer, quick_timer;
  /* values */
  gboolean is_warned;
  PvMediatorState last_state;
};

G_DEFINE_FINAL_TYPE (PvMediatorSessionPage, pv_mediator_session_page, GTK_TYPE_BOX)

static const PvAssistMediator *
get_machine (PvMediatorSessionPage *session)
{
  return pv_desk_is_in_session (session->desk) ? pv_console_get_session (pv_desk_get_console (session->desk)) : NULL;
}

/* ---- what is seen ---- */

static const PvField *
find_field (PvMediatorSessionPage *session, const char *name)
{
  return session->screen != NULL && name != NULL ? pv_screen_state_find_field (session->screen, name) : NULL;
}

static void
target_changed (PvMediatorSessionPage *session)
{
  const char *name;

  if (session->targets == NULL) /* newer GTK tells of it when the list goes */
    return;
  name = pv_mediator_targets_get_chosen (session->targets);
  pv_mirror_frame_set_target (session->mirror, name);
  pv_mediator_verbs_set_target (session->verbs, name, pv_mediator_targets_get_label (session->targets),
                                find_field (session, name));
}

static void
picked_in_mirror_cb (PvMediatorSessionPage *session, const char *name)
{
  if (name != NULL)
    pv_mediator_targets_choose (session->targets, name);
}

static void
show_nothing (PvMediatorSessionPage *session, const char *icon, const char *title, const char *description)
{
  adw_status_page_set_icon_name (session->nothing, icon);
  adw_status_page_set_title (session->nothing, title);
  adw_status_page_set_description (session->nothing, description);
  gtk_stack_set_visible_child_name (session->sight, "nothing");
}

/* Why there is no picture; the state of the link is said above it. */
static void
explain_nothing (PvMediatorSessionPage *session, const PvMediatorRights *rights)
{
  if (rights != NULL && rights->is_paused)
    show_nothing (session, "view-conceal-symbolic", _ ("This screen is private"),
                  _ ("The person sees a code or a document. The picture comes back after it."));
  else if (rights != NULL && rights->is_granted[PV_RIGHT_SHOW])
    show_nothing (session, "content-loading-symbolic", _ ("The picture is on its way"), NULL);
  else if (rights != NULL && rights->has_question && rights->question == PV_RIGHT_SHOW)
    show_nothing (session, "dialog-question-symbolic", _ ("Waiting for the person’s consent"),
                  _ ("The kiosk asks whether you may see the screen. Silence means no."));
  else
    show_nothing (session, "view-conceal-symbolic", _ ("You see nothing of the screen"),
                  _ ("The person has not said yes. Ask once more if they want it."));
}

static gboolean
is_as_read (PvMediatorSessionPage *session)
{
  g_autoptr (GVariant) state = g_action_group_get_action_state (G_ACTION_GROUP (session->actions), "as-read");

  return g_variant_get_boolean (state);
}

/* The screen is in the mediator's language; who helps with a word wants to see it as the person does. */
static void
show_language (PvMediatorSessionPage *session)
{
  const PvScreenState *screen = session->screen;
  gboolean is_known = screen != NULL && screen->language != NULL && screen->read_language != NULL;
  gboolean is_offered = is_known && (is_as_read (session) || !g_str_equal (screen->language, screen->read_language));

  if (is_offered) {
    g_autofree char *text = /* Translators: the name of a language, in itself */
      g_strdup_printf (_ ("_As the person reads it (%s)"), pv_language_own_name (screen->read_language));

    gtk_check_button_set_label (session->as_read, text);
  }
  gtk_widget_set_visible (GTK_WIDGET (session->as_read), is_offered);
  g_simple_action_set_enabled (
    G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (session->actions), "as-read")), is_offered);
}

/* Before it is drawn: it may be read from the other side. */
static void
turn_mirror (PvMediatorSessionPage *session, const PvScreenState *screen)
{
  const char *before = session->screen != NULL ? session->screen->language : NULL;

  if (screen != NULL && screen->language != NULL && g_strcmp0 (screen->language, before) != 0)
    pv_screen_view_set_language (pv_mirror_frame_get_view (session->mirror), screen->language,
                                 pv_language_is_right_to_left (screen->language));
}

static void
show_mirror (PvMediatorSessionPage *session)
{
  const PvAssistMediator *machine = get_machine (session);
  const PvMirror *mirror = machine != NULL ? pv_assist_mediator_get_mirror (machine) : NULL;
  const PvMediatorRights *rights = machine != NULL ? pv_assist_mediator_get_rights (machine) : NULL;
  gboolean is_seen =
    mirror != NULL && !pv_mirror_is_private (mirror) && rights->is_granted[PV_RIGHT_SHOW] && !rights->is_paused;
  PvScreenState *screen = is_seen ? pv_mirror_to_screen (mirror) : NULL;

  turn_mirror (session, screen);
  pv_mirror_frame_show_state (session->mirror, screen);
  pv_mediator_verbs_set_screen (session->verbs, screen);
  pv_mediator_targets_show (session->targets, screen);
  g_clear_pointer (&session->screen, pv_screen_state_free);
  session->screen = screen;
  show_language (session);
  if (screen != NULL)
    gtk_stack_set_visible_child_name (session->sight, "mirror");
  else
    explain_nothing (session, rights);
  target_changed (session);
}

/* ---- what is allowed ---- */

static gint64
lease_left_ms (const PvMediatorRights *rights)
{
  return rights->lease_until_ms - pv_clock_get_monotonic_ms (pv_clock_get_system ());
}

static void
show_right (GtkLabel *label, const PvMediatorRights *rights, PvRight right)
{
  const char *state = _ ("not allowed");
  gboolean is_granted = rights != NULL && rights->is_granted[right];
  gboolean is_asked = rights != NULL && rights->has_question && rights->question == right;
  g_autofree char *left = NULL, *text = NULL;

  if (is_granted && right == PV_RIGHT_HAND) {
    left = g_strdup_printf (_ ("%d s left"), (int) CLAMP (lease_left_ms (rights) / 1000, 0, 999));
    state = left;
  } else if (is_granted) {
    state = _ ("allowed until the end");
  } else if (is_asked) {
    state = _ ("being asked");
  }
  text = g_strdup_printf ("%s%s\n%s", is_granted ? "✓ " : "", pv_words_right (right), state);
  gtk_label_set_text (label, text);
  if (is_granted)
    gtk_widget_add_css_class (GTK_WIDGET (label), "granted");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (label), "granted");
}

static void
show_rights (PvMediatorSessionPage *session)
{
  const PvAssistMediator *machine = get_machine (session);
  const PvMediatorRights *rights = machine != NULL ? pv_assist_mediator_get_rights (machine) : NULL;

  show_right (session->right_show, rights, PV_RIGHT_SHOW);
  show_right (session->right_propose, rights, PV_RIGHT_PROPOSE);
  show_right (session->right_hand, rights, PV_RIGHT_HAND);
}

static void
show_notice (PvMediatorSessionPage *session, PvMediatorState state)
{
  const char *text = "";

  if (state == PV_MEDIATOR_LOST)
    text = _ ("The connection to the kiosk is lost. It comes back by itself within two minutes, or the help ends.");
  if (g_strcmp0 (gtk_label_get_text (session->notice), text) == 0)
    return;
  gtk_label_set_text (session->notice, text);
  gtk_revealer_set_reveal_child (session->notice_bar, *text != '\0');
  gtk_widget_set_visible (GTK_WIDGET (session->notice_bar), *text != '\0');
  pv_mediator_say (GTK_WIDGET (session), text);
}

static void
enable (PvMediatorSessionPage *session, const char *name, gboolean is_enabled)
{
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (session->actions), name)),
                               is_enabled);
}

/* A colleague who is free; there may be none. */
static gboolean
has_free_colleague (PvMediatorSessionPage *session)
{
  PvConsole *console = pv_desk_get_console (session->desk);
  const GPtrArray *colleagues = console != NULL ? pv_console_get_colleagues (console) : NULL;

  for (guint i = 0; colleagues != NULL && i < colleagues->len; i++) {
    const PvColleague *colleague = colleagues->pdata[i];

    if (colleague->presence == PV_PRESENCE_FREE || colleague->presence == PV_PRESENCE_ON_SITE)
      return TRUE;
  }
  return FALSE;
}

static void
update_actions (PvMediatorSessionPage *session)
{
  gboolean is_on = pv_desk_get_state (session->desk) == PV_MEDIATOR_SESSION;
  const PvAssistMediator *machine = get_machine (session);
  const PvMediatorRights *rights = machine != NULL ? pv_assist_mediator_get_rights (machine) : NULL;
  gboolean is_asked = rights != NULL && (rights->has_question || rights->asks_handover);

  enable (session, "end", pv_desk_is_in_session (session->desk));
  enable (session, "hand-over", is_on && !is_asked && has_free_colleague (session));
  enable (session, "refer", is_on);
  enable (session, "targets", is_on);
}

/* A field by the words that the person reads, as long as it is on the screen. */
static const char *
name_field (PvMediatorSessionPage *session, const char *id)
{
  const PvField *field = find_field (session, id);

  return field != NULL && field->label != NULL ? field->label : id;
}

static void
add_note (PvMediatorSessionPage *session, const PvDeskNote *note)
{
  g_autoptr (GDateTime) at = g_date_time_new_from_unix_local (note->at_utc);
  g_autofree char *time = at != NULL ? g_date_time_format (at, "%H:%M:%S") : g_strdup ("");
  g_autofree char *verb = pv_words_verb (note->verb);
  /* Of a kiosk it is the id, which tells nobody anything. */
  gboolean has_field = note->field != NULL && *note->field != '\0' && !g_str_equal (note->verb, "join");
  g_autofree char *text = NULL;
  GtkWidget *label;

  text = has_field ? g_strdup_printf ("%s  %s · %s", time, verb, name_field (session, note->field))
                   : g_strdup_printf ("%s  %s", time, verb);
  label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "numeric");
  gtk_list_box_prepend (session->log, label);
}

static void
show_log (PvMediatorSessionPage *session)
{
  const GPtrArray *notes = pv_desk_get_notes (session->desk);

  for (GtkListBoxRow *row; (row = gtk_list_box_get_row_at_index (session->log, 0)) != NULL;)
    gtk_list_box_remove (session->log, GTK_WIDGET (row));
  for (guint i = 0; i < notes->len; i++)
    add_note (session, notes->pdata[i]);
}

static void
begin (PvMediatorSessionPage *session)
{
  show_log (session);
  gtk_revealer_set_reveal_child (session->quick_bar, FALSE);
  pv_mediator_verbs_reset (session->verbs);
  g_action_group_change_action_state (G_ACTION_GROUP (session->actions), "as-read", g_variant_new_boolean (FALSE));
  session->is_warned = FALSE;
}

static void
session_cb (PvMediatorSessionPage *session)
{
  PvMediatorState state = pv_desk_get_state (session->desk);

  if (pv_desk_is_in_session (session->desk) && session->last_state != PV_MEDIATOR_SESSION
      && session->last_state != PV_MEDIATOR_LOST)
    begin (session);
  session->last_state = state;
  show_notice (session, state);
  show_rights (session);
  show_mirror (session);
  update_actions (session);
}

/* ---- what the citizen says ---- */

static void
close_quick (PvMediatorSessionPage *session)
{
  g_clear_handle_id (&session->quick_timer, g_source_remove);
  gtk_revealer_set_reveal_child (session->quick_bar, FALSE);
}

static gboolean
quick_over_cb (gpointer data)
{
  PvMediatorSessionPage *session = data;

  session->quick_timer = 0;
  gtk_revealer_set_reveal_child (session->quick_bar, FALSE);
  return G_SOURCE_REMOVE;
}

static void
quick_cb (PvMediatorSessionPage *session, guint quick)
{
  g_autofree char *text = g_strdup_printf (_ ("The person answers: “%s”"), pv_words_quick (quick));

  g_clear_handle_id (&session->quick_timer, g_source_remove);
  gtk_label_set_text (session->quick, text);
  gtk_revealer_set_reveal_child (session->quick_bar, TRUE);
  pv_mediator_say (GTK_WIDGET (session), text);
  session->quick_timer = g_timeout_add_seconds (QUICK_SECONDS, quick_over_cb, session);
}

static void
noted_cb (PvMediatorSessionPage *session)
{
  const GPtrArray *notes = pv_desk_get_notes (session->desk);

  if (notes->len > 0)
    add_note (session, notes->pdata[notes->len - 1]);
}

static gboolean
tick_cb (gpointer data)
{
  PvMediatorSessionPage *session = data;
  const PvAssistMediator *machine = session->desk != NULL ? get_machine (session) : NULL;
  const PvMediatorRights *rights = machine != NULL ? pv_assist_mediator_get_rights (machine) : NULL;

  if (rights == NULL || !rights->is_granted[PV_RIGHT_HAND]) {
    session->is_warned = FALSE;
    return G_SOURCE_CONTINUE;
  }
  show_rights (session);
  pv_mediator_verbs_refresh (session->verbs);
  if (!session->is_warned && lease_left_ms (rights) < LEASE_WARNING_MS) {
    session->is_warned = TRUE;
    pv_mediator_say (GTK_WIDGET (session), _ ("The hand goes back in ten seconds."));
  }
  return G_SOURCE_CONTINUE;
}

/* ---- actions ---- */

static void
targets_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  (void) action;
  (void) parameter;
  pv_mediator_targets_focus (PV_MEDIATOR_SESSION_PAGE (data)->targets);
}

static void
end_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  (void) action;
  (void) parameter;
  pv_console_end (pv_desk_get_console (PV_MEDIATOR_SESSION_PAGE (data)->desk));
}

static void
as_read_cb (GSimpleAction *action, GVariant *state, gpointer data)
{
  PvConsole *console = pv_desk_get_console (PV_MEDIATOR_SESSION_PAGE (data)->desk);

  g_simple_action_set_state (action, state);
  if (console != NULL)
    pv_console_show_as_read (console, g_variant_get_boolean (state));
}

static void
refer_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PvMediatorSessionPage *session = data;

  (void) action;
  (void) parameter;
  pv_mediator_refer (GTK_WIDGET (session), session->desk);
}

static void
hand_over_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PvMediatorSessionPage *session = data;

  (void) action;
  (void) parameter;
  pv_mediator_pass_on (GTK_WIDGET (session), session->desk);
}

void
pv_mediator_session_page_set_desk (PvMediatorSessionPage *session, PvDesk *desk, GSimpleActionGroup *actions)
{
  const GActionEntry entries[] = {
    { .name = "targets", .activate = targets_cb }, { .name = "as-read", .state = "false", .change_state = as_read_cb },
    { .name = "refer", .activate = refer_cb },     { .name = "hand-over", .activate = hand_over_cb },
    { .name = "end", .activate = end_cb },
  };

  g_set_object (&session->desk, desk);
  g_set_object (&session->actions, actions);
  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries, G_N_ELEMENTS (entries), session);
  pv_mediator_verbs_set_desk (session->verbs, desk, actions);
  g_signal_connect_object (desk, "session", G_CALLBACK (session_cb), session, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "mirror", G_CALLBACK (show_mirror), session, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "colleagues", G_CALLBACK (update_actions), session, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "quick", G_CALLBACK (quick_cb), session, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "noted", G_CALLBACK (noted_cb), session, G_CONNECT_SWAPPED);
  session_cb (session);
}

static void
pv_mediator_session_page_dispose (GObject *object)
{
  PvMediatorSessionPage *session = PV_MEDIATOR_SESSION_PAGE (object);

  g_clear_handle_id (&session->timer, g_source_remove);
  g_clear_handle_id (&session->quick_timer, g_source_remove);
  g_clear_pointer (&session->screen, pv_screen_state_free);
  g_clear_object (&session->desk);
  g_clear_object (&session->actions);
  G_OBJECT_CLASS (pv_mediator_session_page_parent_class)->dispose (object);
}

static void
pv_mediator_session_page_class_init (PvMediatorSessionPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = pv_mediator_session_page_dispose;
  g_type_ensure (PV_TYPE_MEDIATOR_TARGETS);
  g_type_ensure (PV_TYPE_MEDIATOR_VERBS);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/parvis/Mediator/mediator-session-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PvMediatorSessionPage, right_show);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorSessionPage, right_propose);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorSessionPage, right_hand);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorSessionPage, notice);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorSessionPage, notice_bar);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorSessionPage, quick);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorSessionPage, quick_bar);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorSessionPage, quick_close);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorSessionPage, sight);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorSessionPage, mirror_place);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorSessionPage, as_read);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorSessionPage, nothing);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorSessionPage, targets);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorSessionPage, verbs);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorSessionPage, log);
}

static void
pv_mediator_session_page_init (PvMediatorSessionPage *session)
{
  gtk_widget_init_template (GTK_WIDGET (session));
  gtk_widget_set_visible (GTK_WIDGET (session->notice_bar), FALSE);
  session->mirror = PV_MIRROR_FRAME (pv_mirror_frame_new (KIOSK_WIDTH_PX, KIOSK_HEIGHT_PX));
  adw_bin_set_child (session->mirror_place, GTK_WIDGET (session->mirror));
  g_signal_connect_swapped (session->mirror, "picked", G_CALLBACK (picked_in_mirror_cb), session);
  g_signal_connect_swapped (session->targets, "picked", G_CALLBACK (target_changed), session);
  g_signal_connect_swapped (session->quick_close, "clicked", G_CALLBACK (close_quick), session);
  session->timer = g_timeout_add_seconds (TICK_SECONDS, tick_cb, session);
}
