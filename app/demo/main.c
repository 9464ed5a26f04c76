/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* parvis-demo: the portal of the fictional commune of Montclair, and a stand-in for the relay. */

#include <glib-unix.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <signal.h>
#include <string.h>

#include "demo/api.h"
#include "demo/server.h"

enum {
  EXIT_USAGE = 2,
};

typedef struct Arguments {
  char *state_dir;
  char *data_dir;
  char *ports_file;
  int portal_port, relay_port, control_port;
  char *relay_certificate, *relay_key, *relay_client_ca;
  char *reader_link, *cards_dir;
  char *printer_dir, *roll_link;
  char *page_dir;
  char **faults;
  char **accesses;
  gboolean dump_newest;
} Arguments;

static void
arguments_clear (Arguments *arguments)
{
  g_free (arguments->state_dir);
  g_free (arguments->data_dir);
  g_free (arguments->ports_file);
  g_free (arguments->relay_certificate);
  g_free (arguments->relay_key);
  g_free (arguments->relay_client_ca);
  g_free (arguments->reader_link);
  g_free (arguments->cards_dir);
  g_free (arguments->printer_dir);
  g_free (arguments->roll_link);
  g_free (arguments->page_dir);
  g_strfreev (arguments->faults);
  g_strfreev (arguments->accesses);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Arguments, arguments_clear)

static gboolean
parse_arguments (Arguments *arguments, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "state", 0, 0, G_OPTION_ARG_FILENAME, &arguments->state_dir, "Folder of what was filed; made if missing", "DIR" },
    { "data", 0, 0, G_OPTION_ARG_FILENAME, &arguments->data_dir, "Folder of the commune's data", "DIR" },
    { "ports-file", 0, 0, G_OPTION_ARG_FILENAME, &arguments->ports_file, "Written once everything listens", "FILE" },
    { "portal-port", 0, 0, G_OPTION_ARG_INT, &arguments->portal_port, "0 (default): any free port", "N" },
    { "relay-port", 0, 0, G_OPTION_ARG_INT, &arguments->relay_port, "0 (default): any free port", "N" },
    { "control-port", 0, 0, G_OPTION_ARG_INT, &arguments->control_port, "0 (default): any free port", "N" },
    { "relay-certificate", 0, 0, G_OPTION_ARG_FILENAME, &arguments->relay_certificate, "The relay speaks TLS", "PEM" },
    { "relay-key", 0, 0, G_OPTION_ARG_FILENAME, &arguments->relay_key, "Key of that certificate", "PEM" },
    { "relay-client-ca", 0, 0, G_OPTION_ARG_FILENAME, &arguments->relay_client_ca,
      "The relay wants a client certificate of this authority", "PEM" },
    { "reader", 0, 0, G_OPTION_ARG_FILENAME, &arguments->reader_link,
      "A virtual card reader, behind this symbolic link", "LINK" },
    { "cards", 0, 0, G_OPTION_ARG_FILENAME, &arguments->cards_dir, "Folder of its cards; default: cards of the data",
      "DIR" },
    { "printer", 0, 0, G_OPTION_ARG_FILENAME, &arguments->printer_dir,
      "Folder of the virtual printer, whose faults are then switched here", "DIR" },
    { "roll", 0, 0, G_OPTION_ARG_FILENAME, &arguments->roll_link,
      "A virtual thermal printer, behind this symbolic link", "LINK" },
    { "page", 0, 0, G_OPTION_ARG_FILENAME, &arguments->page_dir, "Folder of the relay's page for phones", "DIR" },
    { "access", 0, 0, G_OPTION_ARG_STRING_ARRAY, &arguments->accesses,
      "One more key of the portal (loopback demo only)", "ID:KEY[:ROLE]" },
    { "fault", 0, 0, G_OPTION_ARG_STRING_ARRAY, &arguments->faults, "Go wrong, see README.md",
      "KIND[:CALL[:TIMES[:SECONDS or FORM]]]" },
    { "dump-newest", 0, 0, G_OPTION_ARG_NONE, &arguments->dump_newest, "Print the newest filing as JSON and end",
      NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- a town hall's portal to try things on");

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  if (arguments->state_dir == NULL || arguments->portal_port < 0 || arguments->portal_port > G_MAXUINT16
      || arguments->relay_port < 0 || arguments->relay_port > G_MAXUINT16 || arguments->control_port < 0
      || arguments->control_port > G_MAXUINT16) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "--state is needed, and ports are 0 to 65535");
    return FALSE;
  }
  if (arguments->data_dir == NULL)
    arguments->data_dir = g_strdup (PV_DEMO_DATA_DIR);
  return TRUE;
}

static int
dump_newest (const char *state_dir)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PvDemoStore) store = pv_demo_store_open (state_dir, &error);
  g_autoptr (PvDemoFiling) filing = store != NULL ? pv_demo_store_get_newest (store) : NULL;
  g_autofree char *text = filing != NULL ? pv_demo_filing_to_json (filing) : NULL;

  if (text == NULL) {
    g_printerr ("parvis-demo: %s\n", error != NULL ? error->message : "nothing was filed");
    return EXIT_FAILURE;
  }
  g_print ("%s\n", text);
  return EXIT_SUCCESS;
}

static void
add_access (PvDemoSignatures *signatures, const char *word)
{
  g_auto (GStrv) parts = g_strsplit (word, ":", 3);

  if (g_strv_length (parts) >= 2)
    pv_demo_signatures_add (signatures, parts[0], parts[1], parts[2]);
}

static gboolean
write_ports (PvDemoServer *server, const char *path, GError **error)
{
  g_autofree char *text =
    g_strdup_printf ("PORTAL=%u\nRELAY=%u\nCONTROL=%u\n", pv_demo_server_get_portal_port (server),
                     pv_demo_server_get_relay_port (server), pv_demo_server_get_control_port (server));

  return path == NULL || g_file_set_contents (path, text, -1, error);
}

static gboolean
stop_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_CONTINUE;
}

static PvDemoServer *
start (const Arguments *arguments, GError **error)
{
  const PvDemoOptions options = {
    .state_dir = arguments->state_dir,
    .data_dir = arguments->data_dir,
    .portal_port = (guint) arguments->portal_port,
    .relay_port = (guint) arguments->relay_port,
    .control_port = (guint) arguments->control_port,
    .relay_certificate = arguments->relay_certificate,
    .relay_key = arguments->relay_key,
    .relay_client_ca = arguments->relay_client_ca,
    .reader_link = arguments->reader_link,
    .cards_dir = arguments->cards_dir,
    .printer_dir = arguments->printer_dir,
    .roll_link = arguments->roll_link,
    .page_dir = arguments->page_dir,
  };
  g_autoptr (PvDemoServer) server = pv_demo_server_start (&options, error);

  if (server == NULL)
    return NULL;
  for (char **word = arguments->accesses; word != NULL && *word != NULL; word++)
    add_access (pv_demo_server_get_signatures (server), *word);
  for (char **word = arguments->faults; word != NULL && *word != NULL; word++)
    if (!pv_demo_faults_add_word (pv_demo_server_get_faults (server), *word, error))
      return NULL;
  if (!write_ports (server, arguments->ports_file, error))
    return NULL;
  return g_steal_pointer (&server);
}

int
main (int argc, char **argv)
{
  g_auto (Arguments) arguments = { 0 };
  g_autoptr (GMainLoop) loop = NULL;
  g_autoptr (PvDemoServer) server = NULL;
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "C.UTF-8");
  if (!parse_arguments (&arguments, &argc, &argv, &error)) {
    g_printerr ("parvis-demo: %s\n", error->message);
    return EXIT_USAGE;
  }
  if (g_mkdir_with_parents (arguments.state_dir, 0700) != 0) {
    g_printerr ("parvis-demo: %s: cannot be made\n", arguments.state_dir);
    return EXIT_FAILURE;
  }
  if (arguments.dump_newest)
    return dump_newest (arguments.state_dir);

  signal (SIGPIPE, SIG_IGN);
  server = start (&arguments, &error);
  if (server == NULL) {
    g_printerr ("parvis-demo: %s\n", error->message);
    return EXIT_FAILURE;
  }
  g_print ("parvis-demo: http://127.0.0.1:%u/ shows what was filed\n", pv_demo_server_get_control_port (server));
  loop = g_main_loop_new (NULL, FALSE);
  g_unix_signal_add (SIGTERM, stop_cb, loop);
  g_unix_signal_add (SIGINT, stop_cb, loop);
  g_main_loop_run (loop);
  return EXIT_SUCCESS;
}
