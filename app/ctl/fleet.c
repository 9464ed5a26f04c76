/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* fleet.c: asks the broker of the fleet what kiosks told it. It needs no settings: the platform's computer is no kiosk. */

#include <signal.h>
#include <string.h>

#include "ctl/ctl.h"
#include "ctl/fleet-view.h"
#include "ctl/say.h"
#include "platform/clock.h"
#include "platform/mqtt.h"

enum {
  USUAL_S = 20,
  MOST_S = 300,
  QUIET_MS = 1500, /* the broker says nowhere that this was the last of what it keeps */
  READERS_PORT = 8886,
  MAX_PORT = 65535,
};

#define USE                                                                                                            \
  "use: parvisctl fleet --broker HOST[:PORT] --folder FOLDER [--json|--metrics] [--usage] [--seconds N] [KIOSK...]"

typedef struct Wanted {
  char *host;
  guint port, seconds;
  const char *folder;
  gboolean is_json, is_metrics, with_usage;
  const char *const *kiosks;
} Wanted;

typedef struct Reading {
  PvFleetView *view;
  GMainLoop *loop;
  guint quiet_id;
  gboolean is_up;
  int reason;
} Reading;

/* ---- what is wanted ---- */

static gboolean
read_number (const char *text, guint most, guint *ret_number)
{
  guint64 number = 0;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 1, most, &number, NULL))
    return FALSE;
  *ret_number = (guint) number;
  return TRUE;
}

static gboolean
read_broker (const char *text, Wanted *wanted)
{
  const char *colon = text != NULL ? strrchr (text, ':') : NULL;

  if (text == NULL || *text == '\0' || colon == text)
    return FALSE;
  wanted->host = colon != NULL ? g_strndup (text, (gsize) (colon - text)) : g_strdup (text);
  return colon == NULL || read_number (colon + 1, MAX_PORT, &wanted->port);
}

static gboolean
read_arguments (char **arguments, Wanted *wanted)
{
  guint i = 0;

  for (; arguments[i] != NULL && g_str_has_prefix (arguments[i], "--"); i++) {
    if (strcmp (arguments[i], "--json") == 0)
      wanted->is_json = TRUE;
    else if (strcmp (arguments[i], "--metrics") == 0)
      wanted->is_metrics = TRUE;
    else if (strcmp (arguments[i], "--usage") == 0)
      wanted->with_usage = TRUE;
    else if (strcmp (arguments[i], "--broker") == 0 && wanted->host == NULL) {
      if (!read_broker (arguments[++i], wanted))
        return FALSE;
    } else if (strcmp (arguments[i], "--folder") == 0 && arguments[i + 1] != NULL)
      wanted->folder = arguments[++i];
    else if (strcmp (arguments[i], "--seconds") == 0) {
      if (!read_number (arguments[++i], MOST_S, &wanted->seconds))
        return FALSE;
    } else
      return FALSE;
  }
  wanted->kiosks = (const char *const *) arguments + i;
  return wanted->host != NULL && wanted->folder != NULL && !(wanted->is_json && wanted->is_metrics);
}

/* ---- reading ---- */

static gboolean
quiet_cb (gpointer user_data)
{
  Reading *reading = user_data;

  reading->quiet_id = 0;
  g_main_loop_quit (reading->loop);
  return G_SOURCE_REMOVE;
}

static void
wait_for_quiet (Reading *reading)
{
  g_clear_handle_id (&reading->quiet_id, g_source_remove);
  reading->quiet_id = g_timeout_add (QUIET_MS, quiet_cb, reading);
}

static gboolean
over_cb (gpointer user_data)
{
  g_main_loop_quit (((Reading *) user_data)->loop);
  return G_SOURCE_CONTINUE;
}

static void
event_cb (PvMqttEvent event, int reason, gpointer data)
{
  Reading *reading = data;

  reading->is_up = reading->is_up || event == PV_MQTT_UP;
  reading->reason = event == PV_MQTT_FAILED ? reason : reading->reason;
  if (event == PV_MQTT_UP)
    wait_for_quiet (reading);
}

static void
message_cb (const char *topic, GBytes *payload, gpointer data)
{
  Reading *reading = data;

  pv_fleet_view_take (reading->view, topic, payload);
  wait_for_quiet (reading);
}

/* FALSE after having said why. */
static gboolean
read_broker_of (const Wanted *wanted, PvFleetView *view)
{
  const char *const topics[] = { "f/+/presence", "f/+/state", wanted->with_usage ? "f/+/usage/+" : NULL, NULL };
  g_autofree char *ca = g_build_filename (wanted->folder, "brokers.pem", NULL),
                  *cert = g_build_filename (wanted->folder, "reader.pem", NULL),
                  *key = g_build_filename (wanted->folder, "reader.key", NULL),
                  *name = g_strdup_printf ("parvisctl-%08x", g_random_int ());
  const PvMqttOptions options = {
    .host = wanted->host,
    .port = wanted->port,
    .ca_file = ca,
    .cert_file = cert,
    .key_file = key,
    .client_id = name,
    .topics = topics,
    .wants_retained = TRUE,
  };
  Reading reading = { .view = view };
  const PvMqttHooks hooks = { event_cb, message_cb, &reading };
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) error = NULL;
  PvMqtt *mqtt = pv_mqtt_new (&options, &hooks, &error);
  guint over_id;

  if (mqtt == NULL) {
    pv_ctl_fail ("%s", error->message);
    return FALSE;
  }
  reading.loop = loop;
  pv_mqtt_set_urgent (mqtt, TRUE);
  over_id = g_timeout_add_seconds (wanted->seconds, over_cb, &reading);
  g_main_loop_run (loop);
  g_source_remove (over_id);
  if (reading.is_up && reading.quiet_id != 0)
    pv_ctl_fail ("%s", pv_say ("more came when the time was over: --seconds",
                               "d’autres arrivaient à la fin du délai : --seconds"));
  g_clear_handle_id (&reading.quiet_id, g_source_remove);
  pv_mqtt_free (mqtt);
  if (!reading.is_up)
    pv_ctl_fail (pv_say ("%s:%u: the broker does not answer, or does not let us in (%d)",
                         "%s:%u : le courtier ne répond pas, ou refuse ce certificat (%d)"),
                 wanted->host, wanted->port, reading.reason);
  return reading.is_up;
}

int
pv_ctl_fleet (const PvCtl *ctl, char **arguments)
{
  Wanted wanted = { .port = READERS_PORT, .seconds = USUAL_S };
  gint64 now_s = pv_clock_get_wall_us (pv_clock_get_system ()) / G_USEC_PER_SEC;
  g_autoptr (PvFleetView) view = NULL;
  g_autofree char *host = NULL, *text = NULL;
  gboolean is_right = read_arguments (arguments, &wanted);
  int status = PV_CTL_OK;

  (void) ctl;
  host = wanted.host;
  if (!is_right) {
    pv_ctl_fail (USE);
    return PV_CTL_USAGE;
  }
  signal (SIGPIPE, SIG_IGN);
  view = pv_fleet_view_new ();
  if (!read_broker_of (&wanted, view))
    return PV_CTL_UNSEEN;
  if (wanted.is_metrics)
    text = pv_fleet_view_to_metrics (view, wanted.kiosks, now_s, &status);
  else if (wanted.is_json)
    text = pv_fleet_view_to_json (view, wanted.kiosks, wanted.with_usage, now_s, &status);
  else
    text = pv_fleet_view_to_text (view, wanted.kiosks, wanted.with_usage, now_s, &status);
  g_print (wanted.is_json ? "%s\n" : "%s", text);
  return status;
}
