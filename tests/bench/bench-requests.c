/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* bench-requests: what the relay receives for one filed procedure, with the calls that a session makes of its courier from
 * Home to Received: the catalogue, the form, the choices of its one question with a list, the filing. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "platform/json.h"
#include "rig.h"

#define FORM     "encombrants"
#define QUESTION "7"

enum { CALL_MS = 30 * 1000, SETTLE_MS = 3000, ANSWER_SECONDS = 20, MAX_ANSWER = 4096 };

static const char *const kinds[] = { "list", "schema", "options", "submit", "find", "total" };

typedef struct {
  gint64 counts[G_N_ELEMENTS (kinds)];
} Counts;

static void
fail (const char *what)
{
  fprintf (stderr, "bench-requests: %s\n", what);
  exit (EXIT_FAILURE);
}

static Counts
ask_counts (Rig *rig)
{
  static const char request[] = "GET /demo/requests HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection =
    g_socket_client_connect_to_host (client, "127.0.0.1", (guint16) rig->control_port, NULL, NULL);
  g_autoptr (PvJson) json = NULL;
  char answer[MAX_ANSWER] = "";
  const char *body;
  Counts found = { 0 };

  if (connection == NULL)
    fail ("the demo portal does not answer");
  g_socket_set_timeout (g_socket_connection_get_socket (connection), ANSWER_SECONDS);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), request, strlen (request), NULL,
                             NULL, NULL);
  g_input_stream_read_all (g_io_stream_get_input_stream (G_IO_STREAM (connection)), answer, sizeof answer - 1, NULL,
                           NULL, NULL);
  body = strstr (answer, "\r\n\r\n");
  json = body != NULL ? pv_json_parse (body + 4, strlen (body + 4), NULL) : NULL;
  if (json == NULL)
    fail ("the demo portal does not count");
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    g_autoptr (PvJson) count = pv_json_get_member (json, kinds[i]);
    g_autofree char *text = count != NULL ? pv_json_as_text (count) : NULL;
    found.counts[i] = text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
  }
  return found;
}

static void
tell (const char *name, const Counts *before, const Counts *after)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    g_autofree char *full = g_strdup_printf ("requests per filed procedure, %s, %s", name, kinds[i]);
    bench_figure (full, (double) (after->counts[i] - before->counts[i]), "1", NULL, BENCH_NO_GOAL);
  }
}

/* As a session does, from Home to Received. */
static void
file_one (Rig *rig)
{
  RigFiling *filing = rig_new_filing (rig, FORM, "parvis_ref", PV_OUTBOX_FILE);

  if (!rig_connect (rig)
      || !pv_link_courier1_call_get_catalogue_sync (rig->proxy, G_DBUS_CALL_FLAGS_NONE, CALL_MS, NULL, NULL, NULL, NULL,
                                                    NULL)
      || !pv_link_courier1_call_get_procedure_sync (rig->proxy, FORM, G_DBUS_CALL_FLAGS_NONE, CALL_MS, NULL, NULL, NULL,
                                                    NULL, NULL)
      || !pv_link_courier1_call_get_options_sync (rig->proxy, FORM, QUESTION, G_DBUS_CALL_FLAGS_NONE, CALL_MS, NULL,
                                                  NULL, NULL, NULL, NULL))
    fail ("the courier does not answer");
  if (!rig_store (rig, filing) || !rig_wait_outcome (rig, filing, PV_OUTCOME_RECEIVED, RIG_DEADLINE_MS))
    fail ("the filing was not received");
  /* What would still follow, counts. */
  rig_pump (rig, SETTLE_MS);
}

int
main (void)
{
  Rig *rig;
  Counts none = { 0 }, cold, warm;

  g_log_writer_default_set_use_stderr (TRUE);
  rig = rig_new (1);
  if (rig == NULL || !rig_start_courier (rig) || !rig_connect (rig) || !rig_wait_reachable (rig, TRUE, CALL_MS))
    fail ("demo portal or courier does not start");
  rig_pump (rig, SETTLE_MS);
  file_one (rig);
  cold = ask_counts (rig);
  tell ("courier that starts with nothing", &none, &cold);
  file_one (rig);
  warm = ask_counts (rig);
  tell ("from Home to Received", &cold, &warm);
  rig_free (rig);
  return EXIT_SUCCESS;
}
