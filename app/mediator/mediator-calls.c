/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "mediator/mediator-calls.h"

#include <glib/gi18n-lib.h>

#include "mediator/mediator-words.h"
#include "platform/clock.h"

enum { AGE_SECONDS = 1 };

struct _PvMediatorCalls {
  GtkBox parent_instance;

  /* children */
  GtkLabel *presence_help;
  GtkListBox *waiting, *colleagues;
  /* owned */
  PvDesk *desk;
  guint timer;
};

enum { CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PvMediatorCalls, pv_mediator_calls, GTK_TYPE_BOX)

static const char *const presence_names[PV_N_PRESENCES] = {
  [PV_PRESENCE_OFF] = "off",
  [PV_PRESENCE_FREE] = "free",
  [PV_PRESENCE_BUSY] = "busy",
  [PV_PRESENCE_ON_SITE] = "on-site",
};

const char *
pv_presence_name (PvPresence presence)
{
  return presence < PV_N_PRESENCES ? presence_names[presence] : "";
}

PvPresence
pv_presence_find (const char *name)
{
  for (PvPresence presence = 0; presence < PV_N_PRESENCES; presence++)
    if (g_strcmp0 (presence_names[presence], name) == 0)
      return presence;
  return PV_N_PRESENCES;
}

/* "mon-fri 09:00-12:00; sat 09:00-11:00" in the settings. */
static char *
translate_days (const char *hours)
{
  static const char *const days[][2] = {
    { "mon", NC_ ("day", "Mon") }, { "tue", NC_ ("day", "Tue") }, { "wed", NC_ ("day", "Wed") },
    { "thu", NC_ ("day", "Thu") }, { "fri", NC_ ("day", "Fri") }, { "sat", NC_ ("day", "Sat") },
    { "sun", NC_ ("day", "Sun") },
  };
  g_autoptr (GString) text = g_string_new (hours);

  for (gsize i = 0; i < G_N_ELEMENTS (days); i++)
    g_string_replace (text, days[i][0], g_dpgettext2 (GETTEXT_PACKAGE, "day", days[i][1]), 0);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
hours_of (PvMediatorCalls *calls)
{
  const PvConsoleSettings *settings = pv_desk_get_settings (calls->desk);
  g_autofree char *words = NULL;

  if (settings == NULL || settings->hours == NULL)
    return g_strdup ("");
  words = translate_days (settings->hours);
  return g_strdup_printf (_ ("Hours: %s"), words);
}

static void
show_presence (PvMediatorCalls *calls)
{
  static const char *const meanings[PV_N_PRESENCES] = {
    [PV_PRESENCE_OFF] = N_ ("No call rings here."),
    [PV_PRESENCE_FREE] = N_ ("Calls ring here."),
    [PV_PRESENCE_BUSY] = N_ ("Calls are listed, without a sound."),
    [PV_PRESENCE_ON_SITE] = N_ ("Calls from your room come first."),
  };
  g_autofree char *hours = hours_of (calls);
  g_autofree char *text = NULL;

  text = g_strdup_printf ("%s\n%s", _ (meanings[pv_console_get_presence (pv_desk_get_console (calls->desk))]), hours);
  gtk_label_set_text (calls->presence_help, g_strchomp (text));
}

static void
show_age (GtkWidget *row, const PvWaitingCall *call)
{
  gint64 age_ms = pv_clock_get_monotonic_ms (pv_clock_get_system ()) - call->since_ms;
  GtkWidget *age = g_object_get_data (G_OBJECT (row), "age");
  g_autofree char *words = pv_words_duration (age_ms);

  gtk_label_set_text (GTK_LABEL (age), words);
}

static char *
describe (const PvWaitingCall *call)
{
  g_autoptr (GString) text = g_string_new (call->place != NULL ? call->place : "");

  g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "",
                          call->is_here ? _ ("Wants somebody in the room") : _ ("From afar"));
  if (call->phone != NULL)
    g_string_append_printf (text, " · %s", call->phone);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static GtkWidget *
make_call_row (const PvWaitingCall *call)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *age = gtk_label_new (NULL);
  g_autofree char *subtitle = describe (call);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), call->kiosk);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name (
                                                     call->is_here ? "mark-location-symbolic" : "call-start-symbolic"));
  gtk_widget_add_css_class (age, "numeric");
  gtk_widget_add_css_class (age, "dim-label");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), age);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_widget_set_tooltip_text (row, _ ("Answer this call"));
  g_object_set_data (G_OBJECT (row), "age", age);
  g_object_set_data_full (G_OBJECT (row), "id", g_strdup (call->id), g_free);
  show_age (row, call);
  return row;
}

static void
clear_list (GtkListBox *list)
{
  for (GtkListBoxRow *row; (row = gtk_list_box_get_row_at_index (list, 0)) != NULL;)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}

static gboolean
is_same_list (PvMediatorCalls *calls, const GPtrArray *waiting)
{
  for (guint i = 0; i < waiting->len; i++) {
    GtkListBoxRow *row = gtk_list_box_get_row_at_index (calls->waiting, (int) i);
    const PvWaitingCall *call = waiting->pdata[i];
    g_autofree char *subtitle = describe (call);

    if (row == NULL || g_strcmp0 (g_object_get_data (G_OBJECT (row), "id"), call->id) != 0
        || g_strcmp0 (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), subtitle) != 0)
      return FALSE;
  }
  return gtk_list_box_get_row_at_index (calls->waiting, (int) waiting->len) == NULL;
}

/* Who walks through the list with the keys stays where they are. */
static void
show_waiting (PvMediatorCalls *calls)
{
  const GPtrArray *waiting = pv_console_get_calls (pv_desk_get_console (calls->desk));
  GtkWidget *focus = gtk_widget_get_focus_child (GTK_WIDGET (calls->waiting));
  g_autofree char *focused_id = NULL;

  if (is_same_list (calls, waiting))
    return;
  if (focus != NULL)
    focused_id = g_strdup (g_object_get_data (G_OBJECT (focus), "id"));
  clear_list (calls->waiting);
  for (guint i = 0; i < waiting->len; i++) {
    GtkWidget *row = make_call_row (waiting->pdata[i]);

    gtk_list_box_append (calls->waiting, row);
    if (focused_id != NULL && g_str_equal (focused_id, g_object_get_data (G_OBJECT (row), "id")))
      gtk_widget_grab_focus (row);
  }
}

static GtkWidget *
make_colleague_row (const PvColleague *colleague)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *avatar = adw_avatar_new (32, colleague->name, TRUE);
  GtkWidget *presence = gtk_label_new (pv_words_presence (colleague->presence));
  gboolean is_free = colleague->presence == PV_PRESENCE_FREE || colleague->presence == PV_PRESENCE_ON_SITE;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), colleague->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), colleague->place);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), avatar);
  gtk_widget_add_css_class (presence, is_free ? "success" : "dim-label");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), presence);
  return row;
}

static void
show_colleagues (PvMediatorCalls *calls)
{
  const GPtrArray *colleagues = pv_console_get_colleagues (pv_desk_get_console (calls->desk));

  clear_list (calls->colleagues);
  for (guint i = 0; i < colleagues->len; i++)
    gtk_list_box_append (calls->colleagues, make_colleague_row (colleagues->pdata[i]));
}

static gboolean
age_cb (gpointer data)
{
  PvMediatorCalls *calls = data;
  PvConsole *console = calls->desk != NULL ? pv_desk_get_console (calls->desk) : NULL;
  const GPtrArray *waiting = console != NULL ? pv_console_get_calls (console) : NULL;

  for (guint i = 0; waiting != NULL && i < waiting->len; i++) {
    GtkListBoxRow *row = gtk_list_box_get_row_at_index (calls->waiting, (int) i);

    if (row != NULL)
      show_age (GTK_WIDGET (row), waiting->pdata[i]);
  }
  return G_SOURCE_CONTINUE;
}

void
pv_mediator_calls_refresh (PvMediatorCalls *calls)
{
  if (calls->desk == NULL || pv_desk_get_console (calls->desk) == NULL) {
    clear_list (calls->waiting);
    clear_list (calls->colleagues);
    return;
  }
  show_presence (calls);
  show_waiting (calls);
  show_colleagues (calls);
}

void
pv_mediator_calls_focus (PvMediatorCalls *calls)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (calls->waiting, 0);

  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
  else
    gtk_widget_child_focus (GTK_WIDGET (calls), GTK_DIR_TAB_FORWARD);
}

static void
activated_cb (PvMediatorCalls *calls, GtkListBoxRow *row)
{
  g_signal_emit (calls, signals[CHOSEN], 0, g_object_get_data (G_OBJECT (row), "id"));
}

void
pv_mediator_calls_set_desk (PvMediatorCalls *calls, PvDesk *desk)
{
  g_set_object (&calls->desk, desk);
  g_signal_connect_object (desk, "calls", G_CALLBACK (show_waiting), calls, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "colleagues", G_CALLBACK (pv_mediator_calls_refresh), calls, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "session", G_CALLBACK (pv_mediator_calls_refresh), calls, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "signed-in", G_CALLBACK (pv_mediator_calls_refresh), calls, G_CONNECT_SWAPPED);
}

static void
pv_mediator_calls_dispose (GObject *object)
{
  PvMediatorCalls *calls = PV_MEDIATOR_CALLS (object);

  g_clear_handle_id (&calls->timer, g_source_remove);
  g_clear_object (&calls->desk);
  G_OBJECT_CLASS (pv_mediator_calls_parent_class)->dispose (object);
}

static void
pv_mediator_calls_class_init (PvMediatorCallsClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = pv_mediator_calls_dispose;
  signals[CHOSEN] = g_signal_new ("chosen", PV_TYPE_MEDIATOR_CALLS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                  1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/parvis/Mediator/mediator-calls.ui");
  gtk_widget_class_bind_template_child (widget_class, PvMediatorCalls, presence_help);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorCalls, waiting);
  gtk_widget_class_bind_template_child (widget_class, PvMediatorCalls, colleagues);
}

static void
pv_mediator_calls_init (PvMediatorCalls *calls)
{
  gtk_widget_init_template (GTK_WIDGET (calls));
  g_signal_connect_swapped (calls->waiting, "row-activated", G_CALLBACK (activated_cb), calls);
  calls->timer = g_timeout_add_seconds (AGE_SECONDS, age_cb, calls);
}
