/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "mediator/mediator-window.h"

#include <glib/gi18n-lib.h>

#include "mediator/mediator-calls.h"
#include "mediator/mediator-join.h"
#include "mediator/mediator-names.h"
#include "mediator/mediator-session-page.h"
#include "mediator/mediator-sign-in.h"
#include "mediator/mediator-today.h"
#include "mediator/mediator-voice.h"
#include "mediator/mediator-words.h"
#include "mediator/ring.h"
#include "platform/clock.h"

enum { TITLE_SECONDS = 5 };

struct _PvMediatorWindow {
  AdwApplicationWindow parent_instance;

  /* children */
  AdwToastOverlay *toasts;
  GtkStack *stack, *pages;
  PvMediatorSignIn *sign_in;
  AdwFlap *flap;
  AdwWindowTitle *who, *title;
  AdwButtonContent *side_content;
  PvMediatorCalls *calls;
  GtkWidget *back, *today_button;
  GtkRevealer *link_bar;
  GtkLabel *link_text;
  AdwStatusPage *empty;
  PvMediatorJoin *join;
  PvMediatorSessionPage *session;
  PvMediatorToday *today;
  /* owned */
  PvDesk *desk;
  PvRing *ring;
  GSimpleActionGroup *session_actions;
  char *settings_path;
  guint timer;
  /* values */
  PvPresence first_presence;
  PvMediatorState last_state;
  gboolean may_close;
};

G_DEFINE_FINAL_TYPE (PvMediatorWindow, pv_mediator_window, ADW_TYPE_APPLICATION_WINDOW)

/* ---- what is shown ---- */

static guint
count_calls (PvMediatorWindow *window)
{
  PvConsole *console = pv_desk_get_console (window->desk);

  return console != NULL ? pv_console_get_calls (console)->len : 0;
}

static const char *
get_page (PvMediatorWindow *window)
{
  return gtk_stack_get_visible_child_name (window->pages);
}

static gboolean
is_page (PvMediatorWindow *window, const char *name)
{
  return g_strcmp0 (get_page (window), name) == 0;
}

static char *
describe_call (PvMediatorWindow *window)
{
  const PvWaitingCall *call = pv_desk_get_call (window->desk);
  gint64 lasted_ms = pv_clock_get_monotonic_ms (pv_clock_get_system ()) - pv_desk_get_joined_ms (window->desk);
  g_autofree char *since = pv_words_duration (lasted_ms);
  g_autoptr (GString) text = g_string_new (call->place != NULL ? call->place : "");

  g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", since);
  if (call->phone != NULL)
    g_string_append_printf (text, " · %s", call->phone);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
show_title (PvMediatorWindow *window)
{
  guint n_calls = count_calls (window);
  const PvWaitingCall *call = pv_desk_get_call (window->desk);
  g_autofree char *title = NULL, *subtitle = NULL;

  title = n_calls > 0 ? g_strdup_printf (_ ("(%u) Parvis, mediation"), n_calls) : g_strdup (_ ("Parvis, mediation"));
  gtk_window_set_title (GTK_WINDOW (window), title);
  if (is_page (window, "session") && call != NULL) {
    subtitle = describe_call (window);
    adw_window_title_set_title (window->title, call->kiosk);
    adw_window_title_set_subtitle (window->title, subtitle);
    return;
  }
  adw_window_title_set_title (window->title, is_page (window, "join")    ? _ ("Answer a call")
                                             : is_page (window, "today") ? _ ("Today’s calls")
                                                                         : _ ("Mediation"));
  adw_window_title_set_subtitle (window->title, "");
}

static void
show_empty (PvMediatorWindow *window)
{
  guint n_calls = count_calls (window);
  g_autofree char *title = NULL;

  if (n_calls == 0) {
    adw_status_page_set_title (window->empty, _ ("Nobody is waiting"));
    adw_status_page_set_description (window->empty,
                                     _ ("A call appears at the side when a person touches “Call a mediator”."));
    return;
  }
  title =
    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u person is waiting", "%u people are waiting", n_calls), n_calls);
  adw_status_page_set_title (window->empty, title);
  adw_status_page_set_description (window->empty, _ ("Choose a call at the side, or press Ctrl+J."));
}

/* While the side is folded away, who waits is still counted. */
static void
show_count (PvMediatorWindow *window)
{
  guint n_calls = adw_flap_get_reveal_flap (window->flap) ? 0 : count_calls (window);
  g_autofree char *count = n_calls > 0 ? g_strdup_printf ("%u", n_calls) : g_strdup ("");

  adw_button_content_set_label (window->side_content, count);
}

static void
enable (PvMediatorWindow *window, const char *name, gboolean is_enabled)
{
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (window), name)), is_enabled);
}

static void
update (PvMediatorWindow *window)
{
  PvConsole *console = pv_desk_get_console (window->desk);
  PvMediatorState state = pv_desk_get_state (window->desk);
  gboolean is_in_session = pv_desk_is_in_session (window->desk);
  gboolean is_busy = is_in_session || state == PV_MEDIATOR_JOINING;

  show_title (window);
  show_empty (window);
  show_count (window);
  gtk_widget_set_visible (window->back, !is_page (window, "empty") && !is_page (window, "session"));
  gtk_widget_set_visible (window->today_button, !is_page (window, "today"));
  enable (window, "back", console != NULL && state != PV_MEDIATOR_JOINING && !is_page (window, "session"));
  enable (window, "today", console != NULL && !is_busy);
  enable (window, "join-oldest", !is_busy && count_calls (window) > 0);
  enable (window, "sign-out", console != NULL && !is_busy);
  enable (window, "open-folder", console != NULL && pv_desk_get_settings (window->desk)->activity_file != NULL);
  if (console != NULL) {
    gboolean is_up = pv_console_is_up (console);
    GAction *presence = g_action_map_lookup_action (G_ACTION_MAP (window), "presence");

    g_simple_action_set_state (G_SIMPLE_ACTION (presence),
                               g_variant_new_string (pv_presence_name (pv_console_get_presence (console))));
    gtk_revealer_set_reveal_child (window->link_bar, !is_up);
    gtk_widget_set_visible (GTK_WIDGET (window->link_bar), !is_up);
  }
}

static void
show_page (PvMediatorWindow *window, const char *name)
{
  gtk_stack_set_visible_child_name (window->pages, name);
  update (window);
}

static void
say (PvMediatorWindow *window, const char *text)
{
  AdwToast *toast = adw_toast_new (text);

  adw_toast_set_timeout (toast, 8);
  adw_toast_overlay_add_toast (window->toasts, toast);
  pv_mediator_say (GTK_WIDGET (window->calls), text);
}

/* ---- what the console says ---- */

static const PvWaitingCall *
oldest_call (PvMediatorWindow *window)
{
  PvConsole *console = pv_desk_get_console (window->desk);
  const GPtrArray *calls = console != NULL ? pv_console_get_calls (console) : NULL;

  return calls != NULL && calls->len > 0 ? calls->pdata[0] : NULL;
}

/* The name of the kiosk and nothing of the person. */
static void
notify (PvMediatorWindow *window, const PvWaitingCall *call)
{
  GApplication *application = G_APPLICATION (gtk_window_get_application (GTK_WINDOW (window)));
  g_autoptr (GNotification) notification = g_notification_new (_ ("Somebody calls for help"));
  g_autofree char *body = g_strdup_printf ("%s\n%s", call->kiosk, call->place != NULL ? call->place : "");

  /* Without a bus nobody would show it. */
  if (g_application_get_dbus_connection (application) == NULL)
    return;
  g_notification_set_body (notification, body);
  g_notification_set_priority (notification, G_NOTIFICATION_PRIORITY_HIGH);
  g_notification_set_default_action (notification, "app.present");
  g_application_send_notification (application, "call", notification);
}

static void
stop_ringing (PvMediatorWindow *window)
{
  GApplication *application = G_APPLICATION (gtk_window_get_application (GTK_WINDOW (window)));

  pv_ring_stop (window->ring);
  if (g_application_get_dbus_connection (application) != NULL)
    g_application_withdraw_notification (application, "call");
}

static void
calls_cb (PvMediatorWindow *window, gboolean is_new)
{
  const GPtrArray *calls = pv_console_get_calls (pv_desk_get_console (window->desk));

  if (is_new && calls->len > 0) {
    const PvWaitingCall *newest = calls->pdata[calls->len - 1];
    g_autofree char *text = g_strdup_printf (_ ("New call: %s"), newest->kiosk);

    pv_ring_start (window->ring);
    notify (window, newest);
    pv_mediator_say (GTK_WIDGET (window->calls), text);
  }
  if (calls->len == 0)
    stop_ringing (window);
  update (window);
}

static void
session_cb (PvMediatorWindow *window)
{
  PvMediatorState state = pv_desk_get_state (window->desk);
  PvMediatorState last = window->last_state;

  window->last_state = state;
  if (state == last) {
    update (window);
    return;
  }
  if (pv_desk_is_in_session (window->desk)) {
    stop_ringing (window);
    show_page (window, "session");
    if (last == PV_MEDIATOR_JOINING) {
      pv_mediator_say (GTK_WIDGET (window->calls), _ ("Joined. Waiting for the person’s consent."));
      gtk_widget_child_focus (GTK_WIDGET (window->session), GTK_DIR_TAB_FORWARD);
    }
  } else if (state == PV_MEDIATOR_ENDED) {
    const PvAssistMediator *machine = pv_console_get_session (pv_desk_get_console (window->desk));

    pv_mediator_today_show (window->today, TRUE);
    show_page (window, "today");
    say (window, pv_words_end (pv_assist_mediator_get_end (machine)));
  } else {
    update (window);
  }
}

static void
signed_in_cb (PvMediatorWindow *window)
{
  const PvCertificate *self = pv_console_get_self (pv_desk_get_console (window->desk));

  adw_window_title_set_title (window->who, self->name);
  adw_window_title_set_subtitle (window->who, self->place);
  if (window->first_presence < PV_N_PRESENCES)
    pv_console_set_presence (pv_desk_get_console (window->desk), window->first_presence);
  gtk_stack_set_visible_child_name (window->stack, "main");
  show_page (window, "empty");
  pv_mediator_calls_refresh (window->calls);
  pv_mediator_calls_focus (window->calls);
}

static void
answer (PvMediatorWindow *window, const char *call_id)
{
  PvMediatorState state = pv_desk_get_state (window->desk);

  if (pv_desk_is_in_session (window->desk) || state == PV_MEDIATOR_JOINING) {
    say (window, _ ("First end the help that is going on."));
    return;
  }
  pv_ring_stop (window->ring);
  show_page (window, "join");
  if (!pv_mediator_join_choose (window->join, call_id))
    show_page (window, "empty");
}

/* ---- actions ---- */

static void
on_back_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  (void) action;
  (void) parameter;
  show_page (data, "empty");
}

static void
on_today_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PvMediatorWindow *window = data;

  (void) action;
  (void) parameter;
  pv_mediator_today_show (window->today, FALSE);
  show_page (window, "today");
}

static void
on_join_oldest_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const PvWaitingCall *call = oldest_call (data);

  (void) action;
  (void) parameter;
  if (call != NULL)
    answer (data, call->id);
}

static void
on_waiting_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PvMediatorWindow *window = data;

  (void) action;
  (void) parameter;
  adw_flap_set_reveal_flap (window->flap, TRUE);
  pv_mediator_calls_focus (window->calls);
}

static void
on_side_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PvMediatorWindow *window = data;

  (void) action;
  (void) parameter;
  adw_flap_set_reveal_flap (window->flap, !adw_flap_get_reveal_flap (window->flap));
}

static void
on_presence_cb (GSimpleAction *action, GVariant *name, gpointer data)
{
  PvMediatorWindow *window = data;
  PvPresence presence = pv_presence_find (g_variant_get_string (name, NULL));
  PvConsole *console = pv_desk_get_console (window->desk);

  (void) action;
  if (presence >= PV_N_PRESENCES || console == NULL)
    return;
  pv_console_set_presence (console, presence);
  pv_mediator_calls_refresh (window->calls);
  update (window);
  pv_mediator_say (GTK_WIDGET (window->calls), pv_words_presence (presence));
}

static void
on_open_folder_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PvMediatorWindow *window = data;
  g_autofree char *folder = g_path_get_dirname (pv_desk_get_settings (window->desk)->activity_file);
  g_autofree char *uri = g_filename_to_uri (folder, NULL, NULL);

  (void) action;
  (void) parameter;
  if (uri != NULL)
    g_app_info_launch_default_for_uri_async (uri, NULL, NULL, NULL, NULL);
}

static void
on_about_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  (void) action;
  (void) parameter;
  adw_show_about_window (GTK_WINDOW (data), "application-name", _ ("Parvis, mediation"), "application-icon",
                         "org.parvis.Mediator", "version", PV_VERSION, "developer-name", _ ("The Parvis authors"),
                         "license-type", GTK_LICENSE_GPL_3_0, "comments",
                         _ ("Help a person at a kiosk: show, explain, propose. The person decides and sends."), NULL);
}

static void
on_sign_out_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PvMediatorWindow *window = data;

  (void) action;
  (void) parameter;
  stop_ringing (window);
  pv_desk_sign_out (window->desk);
  window->last_state = PV_MEDIATOR_IDLE;
  pv_mediator_calls_refresh (window->calls);
  show_page (window, "empty");
  gtk_stack_set_visible_child_name (window->stack, "sign-in");
  pv_mediator_sign_in_start (window->sign_in, window->desk, window->settings_path);
}

static void
close_response_cb (PvMediatorWindow *window, const char *response)
{
  if (g_strcmp0 (response, "close") != 0)
    return;
  window->may_close = TRUE;
  gtk_window_close (GTK_WINDOW (window));
}

/* Closing ends the help: nobody loses it by a wrong click. */
static gboolean
pv_mediator_window_close_request (GtkWindow *gtk_window)
{
  PvMediatorWindow *window = PV_MEDIATOR_WINDOW (gtk_window);
  GtkWidget *dialog;

  if (window->may_close || !pv_desk_is_in_session (window->desk))
    return GTK_WINDOW_CLASS (pv_mediator_window_parent_class)->close_request (gtk_window);
  dialog =
    adw_message_dialog_new (gtk_window, _ ("End the help and close?"), _ ("The person is told that the help is over."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "stay", _ ("_Go on helping"), "close",
                                    _ ("_End and close"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "close", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "stay");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "stay");
  g_signal_connect_object (dialog, "response", G_CALLBACK (close_response_cb), window, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
  return TRUE;
}

static gboolean
title_cb (gpointer data)
{
  show_title (data);
  return G_SOURCE_CONTINUE;
}

/* ---- life ---- */

static void
add_actions (PvMediatorWindow *window)
{
  const GActionEntry entries[] = {
    { .name = "back", .activate = on_back_cb },
    { .name = "today", .activate = on_today_cb },
    { .name = "join-oldest", .activate = on_join_oldest_cb },
    { .name = "waiting", .activate = on_waiting_cb },
    { .name = "side", .activate = on_side_cb },
    { .name = "presence", .activate = on_presence_cb, .parameter_type = "s", .state = "'off'" },
    { .name = "open-folder", .activate = on_open_folder_cb },
    { .name = "about", .activate = on_about_cb },
    { .name = "sign-out", .activate = on_sign_out_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (window), entries, G_N_ELEMENTS (entries), window);
}

static void
watch_desk (PvMediatorWindow *window)
{
  g_signal_connect_object (window->desk, "signed-in", G_CALLBACK (signed_in_cb), window, G_CONNECT_SWAPPED);
  g_signal_connect_object (window->desk, "calls", G_CALLBACK (calls_cb), window, G_CONNECT_SWAPPED);
  g_signal_connect_object (window->desk, "session", G_CALLBACK (session_cb), window, G_CONNECT_SWAPPED);
  g_signal_connect_object (window->desk, "link", G_CALLBACK (update), window, G_CONNECT_SWAPPED);
  g_signal_connect_object (window->desk, "colleagues", G_CALLBACK (update), window, G_CONNECT_SWAPPED);
}

PvMediatorWindow *
pv_mediator_window_new (GtkApplication *application, const char *settings_path, PvPresence presence)
{
  PvMediatorWindow *window = g_object_new (PV_TYPE_MEDIATOR_WINDOW, "application", application, NULL);

  window->settings_path = g_strdup (settings_path);
  window->first_presence = presence;
  pv_mediator_sign_in_start (window->sign_in, window->desk, settings_path);
  update (window);
  return window;
}

void
pv_mediator_window_sign_in (PvMediatorWindow *window, const char *passphrase)
{
  pv_mediator_sign_in_open (window->sign_in, passphrase);
}

PvDesk *
pv_mediator_window_get_desk (PvMediatorWindow *window)
{
  return window->desk;
}

GActionGroup *
pv_mediator_window_get_session_actions (PvMediatorWindow *window)
{
  return G_ACTION_GROUP (window->session_actions);
}

void
pv_mediator_window_set_keys (GtkApplication *application)
{
  static const struct {
    const char *action, *key;
  } keys[] = {
    { "win.join-oldest", "<Ctrl>j" },
    { "win.waiting", "F6" },
    { "win.side", "F9" },
    { "win.today", "<Ctrl>t" },
    { "win.back", "<Alt>Up" },
    { "win.presence::free", "<Ctrl><Shift>f" },
    { "win.presence::busy", "<Ctrl><Shift>b" },
    { "win.presence::on-site", "<Ctrl><Shift>s" },
    { "win.presence::off", "<Ctrl><Shift>a" },
    { "win.show-help-overlay", "<Ctrl>question" },
    { "session.targets", "<Ctrl>l" },
    { "session.verb::show", "<Ctrl>1" },
    { "session.verb::explain", "<Ctrl>2" },
    { "session.verb::propose", "<Ctrl>3" },
    { "session.verb::hand", "<Ctrl>4" },
    { "session.do", "<Ctrl>Return" },
    { "session.ask", "<Ctrl>r" },
    { "session.give-back", "<Ctrl>g" },
    { "session.act::next", "<Alt>Right" },
    { "session.act::back", "<Alt>Left" },
    { "session.act::next-page", "<Alt>Page_Down" },
    { "session.act::previous-page", "<Alt>Page_Up" },
    { "session.as-read", "<Ctrl><Shift>l" },
    { "session.refer", "<Ctrl>o" },
    { "session.hand-over", "<Ctrl>p" },
    { "session.end", "<Ctrl><Shift>e" },
    { "app.quit", "<Ctrl>q" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_application_set_accels_for_action (application, keys[i].action, (const char *[]){ keys[i].key, NULL });
}

static void
pv_mediator_window_dispose (GObject *object)
{
  PvMediatorWindow *window = PV_MEDIATOR_WINDOW (object);

  g_clear_handle_id (&window->timer, g_source_remove);
  if (window->desk != NULL)
    pv_desk_sign_out (window->desk);
  g_clear_object (&window->desk);
  g_clear_object (&window->session_actions);
  g_clear_pointer (&window->ring, pv_ring_free);
  g_clear_pointer (&window->settings_path, g_free);
  G_OBJECT_CLASS (pv_mediator_window_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/org/parvis/Mediator/mediator-window.ui");
  gtk_widget_class_bind_template_child (widget_class, PvMediatorWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorWindow, sign_in);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorWindow, flap);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorWindow, who);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorWindow, side_content);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorWindow, title);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorWindow, calls);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorWindow, back);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorWindow, today_button);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorWindow, link_bar);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorWindow, link_text);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorWindow, empty);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorWindow, join);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorWindow, session);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorWindow, today);
}

static void
pv_mediator_window_class_init (PvMediatorWindowClass *class)
{
  G_OBJECT_CLASS (class)->dispose = pv_mediator_window_dispose;
  GTK_WINDOW_CLASS (class)->close_request = pv_mediator_window_close_request;
  g_type_ensure (PV_TYPE_MEDIATOR_CALLS);
  g_type_ensure (PV_TYPE_MEDIATOR_JOIN);
  g_type_ensure (PV_TYPE_MEDIATOR_SESSION_PAGE);
  g_type_ensure (PV_TYPE_MEDIATOR_SIGN_IN);
  g_type_ensure (PV_TYPE_MEDIATOR_TODAY);
  g_type_ensure (PV_TYPE_MEDIATOR_VOICE);
  bind_children (GTK_WIDGET_CLASS (class));
}

static void
pv_mediator_window_init (PvMediatorWindow *window)
{
  gtk_widget_init_template (GTK_WIDGET (window));
  pv_mediator_name_buttons (GTK_WIDGET (window));
  window->desk = pv_desk_new ();
  window->ring = pv_ring_new ();
  window->session_actions = g_simple_action_group_new ();
  add_actions (window);
  pv_mediator_calls_set_desk (window->calls, window->desk);
  pv_mediator_join_set_desk (window->join, window->desk);
  pv_mediator_session_page_set_desk (window->session, window->desk, window->session_actions);
  pv_mediator_today_set_desk (window->today, window->desk);
  gtk_widget_insert_action_group (GTK_WIDGET (window), "session", G_ACTION_GROUP (window->session_actions));
  g_signal_connect_swapped (window->calls, "chosen", G_CALLBACK (answer), window);
  g_signal_connect_swapped (window->today, "problem", G_CALLBACK (say), window);
  g_signal_connect_swapped (window->flap, "notify::reveal-flap", G_CALLBACK (show_count), window);
  watch_desk (window);
  window->timer = g_timeout_add_seconds (TITLE_SECONDS, title_cb, window);
}
