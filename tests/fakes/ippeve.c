/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ippeve.h"

#include <cups/cups.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>

enum { START_MS = 10000 };

struct Ippeve {
  char *folder, *uri;
  guint port;
  GSubprocess *process;
};

static char *
find_program (void)
{
  char *path = g_find_program_in_path ("ippeveprinter");

  if (path == NULL && g_file_test ("/usr/sbin/ippeveprinter", G_FILE_TEST_IS_EXECUTABLE))
    path = g_strdup ("/usr/sbin/ippeveprinter");
  return path;
}

gboolean
ippeve_is_installed (void)
{
  g_autofree char *path = find_program ();

  return path != NULL;
}

void
ippeve_die_with_test (gpointer user_data)
{
  (void) user_data;
  prctl (PR_SET_PDEATHSIG, SIGTERM);
}

static guint
find_free_port (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);

  g_socket_listener_close (listener);
  return port;
}

static gboolean
is_answering (Ippeve *printer)
{
  http_t *http =
    httpConnect2 ("localhost", (int) printer->port, NULL, AF_UNSPEC, HTTP_ENCRYPTION_IF_REQUESTED, 1, 500, NULL);
  gboolean is_there = http != NULL && httpGetFd (http) >= 0;

  if (http != NULL)
    httpClose (http);
  return is_there;
}

/* It counts its jobs from 1 again. */
static void
forget_stops (Ippeve *printer)
{
  g_autoptr (GDir) folder = g_dir_open (printer->folder, 0, NULL);

  for (const char *name; folder != NULL && (name = g_dir_read_name (folder)) != NULL;) {
    g_autofree char *path = g_build_filename (printer->folder, name, NULL);
    if (g_str_has_prefix (name, "stop-"))
      g_unlink (path);
  }
}

gboolean
ippeve_start (Ippeve *printer)
{
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autofree char *program = find_program ();
  g_autofree char *spool = g_build_filename (printer->folder, "spool", NULL);
  g_autofree char *port = g_strdup_printf ("%u", printer->port);
  /* Without it an ippeveprinter of root's would make its key for the whole machine. */
  g_autofree char *keys = g_build_filename (printer->folder, "keys", NULL);
  gint64 end = g_get_monotonic_time () + START_MS * G_TIME_SPAN_MILLISECOND;

  g_mkdir (keys, 0700);
  forget_stops (printer);
  g_subprocess_launcher_set_child_setup (launcher, ippeve_die_with_test, NULL, NULL);
  g_subprocess_launcher_setenv (launcher, "HOME", printer->folder, TRUE);
  g_subprocess_launcher_setenv (launcher, "PV_ENGINE", printer->folder, TRUE);
  g_subprocess_launcher_setenv (launcher, "LD_PRELOAD", g_getenv ("PV_AVAHI_STUB"), TRUE);
  printer->process = g_subprocess_launcher_spawn (launcher, NULL, program, "-r", "off", "-n", "localhost", "-p", port,
                                                  "-K", keys, "-d", spool, "-c", g_getenv ("PV_PRINTER_ENGINE"), "-a",
                                                  g_getenv ("PV_PRINTER_ATTRIBUTES"), "Roll", NULL);
  while (printer->process != NULL && g_get_monotonic_time () < end) {
    if (is_answering (printer) && g_subprocess_get_identifier (printer->process) != NULL)
      return TRUE;
    g_usleep (20000);
  }
  return FALSE;
}

Ippeve *
ippeve_new (void)
{
  Ippeve *printer = g_new0 (Ippeve, 1);
  g_autofree char *spool = NULL;

  printer->folder = g_dir_make_tmp ("pv-ippeve-XXXXXX", NULL);
  printer->port = find_free_port ();
  printer->uri = g_strdup_printf ("ipp://localhost:%u/ipp/print", printer->port);
  spool = g_build_filename (printer->folder, "spool", NULL);
  g_mkdir (spool, 0700);
  if (ippeve_start (printer))
    return printer;
  ippeve_free (printer);
  return NULL;
}

void
ippeve_kill (Ippeve *printer)
{
  if (printer->process == NULL)
    return;
  /* One that is stopped dies of this as well; and its engine has no power either. */
  ippeve_tell_engine (printer, "stop", "");
  g_subprocess_force_exit (printer->process);
  g_subprocess_wait (printer->process, NULL, NULL);
  g_clear_object (&printer->process);
}

/* A thread may go on for a moment, and answer. */
static gboolean
is_stopped (Ippeve *printer)
{
  g_autofree char *path = g_strdup_printf ("/proc/%s/task", g_subprocess_get_identifier (printer->process));
  g_autoptr (GDir) threads = g_dir_open (path, 0, NULL);

  for (const char *name; threads != NULL && (name = g_dir_read_name (threads)) != NULL;) {
    g_autofree char *file = g_build_filename (path, name, "stat", NULL);
    g_autofree char *text = NULL;
    if (g_file_get_contents (file, &text, NULL, NULL) && strstr (text, ") T ") == NULL)
      return FALSE;
  }
  return TRUE;
}

void
ippeve_set_mute (Ippeve *printer, gboolean is_mute)
{
  gint64 end = g_get_monotonic_time () + START_MS * G_TIME_SPAN_MILLISECOND;

  if (printer->process == NULL)
    return;
  g_subprocess_send_signal (printer->process, is_mute ? SIGSTOP : SIGCONT);
  while (is_mute && !is_stopped (printer) && g_get_monotonic_time () < end)
    g_usleep (1000);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *inner = g_build_filename (path, name, NULL);
    if (g_file_test (inner, G_FILE_TEST_IS_DIR) && !g_file_test (inner, G_FILE_TEST_IS_SYMLINK))
      remove_tree (inner);
    else
      g_unlink (inner);
  }
  g_rmdir (path);
}

gboolean
ippeve_change_certificate (Ippeve *printer)
{
  g_autofree char *keys = g_build_filename (printer->folder, "keys", NULL);

  ippeve_kill (printer);
  remove_tree (keys);
  return ippeve_start (printer);
}

char *
ippeve_get_secure_uri (Ippeve *printer)
{
  return g_strdup_printf ("ipps://localhost:%u/ipp/print", printer->port);
}

char *
ippeve_get_fingerprint (Ippeve *printer)
{
  g_autofree char *command =
    g_strdup_printf ("openssl s_client -connect localhost:%u </dev/null 2>/dev/null | openssl x509 -pubkey -noout"
                     " | openssl pkey -pubin -outform DER | sha256sum",
                     printer->port);
  const char *const argv[] = { "sh", "-c", command, NULL };
  g_autofree char *output = NULL;

  if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, NULL, NULL, NULL))
    return NULL;
  return g_strndup (output, strcspn (output, " "));
}

void
ippeve_free (Ippeve *printer)
{
  /* An engine that waits for a file would outlive its printer. */
  ippeve_tell_engine (printer, "state", NULL);
  ippeve_tell_engine (printer, "hold", NULL);
  ippeve_kill (printer);
  remove_tree (printer->folder);
  g_free (printer->folder);
  g_free (printer->uri);
  g_free (printer);
}

const char *
ippeve_get_uri (Ippeve *printer)
{
  return printer->uri;
}

void
ippeve_tell_engine (Ippeve *printer, const char *file, const char *text)
{
  g_autofree char *path = g_build_filename (printer->folder, file, NULL);

  if (text != NULL)
    g_file_set_contents (path, text, -1, NULL);
  else
    g_unlink (path);
}

guint
ippeve_count_sheets (Ippeve *printer)
{
  g_autofree char *path = g_build_filename (printer->folder, "sheets", NULL);
  g_autofree char *text = NULL;
  guint n = 0;

  if (g_file_get_contents (path, &text, NULL, NULL))
    for (const char *at = text; *at != '\0'; at++)
      n += *at == '\n';
  return n;
}

guint
ippeve_count_jobs (Ippeve *printer, const char *name, int *ret_last)
{
  static const char *const wanted[] = { "job-id", "job-name" };
  http_t *http =
    httpConnect2 ("localhost", (int) printer->port, NULL, AF_UNSPEC, HTTP_ENCRYPTION_IF_REQUESTED, 1, 2000, NULL);
  ipp_t *request = ippNewRequest (IPP_OP_GET_JOBS);
  ipp_t *response = NULL;
  gboolean is_meant = FALSE;
  int id = 0;
  guint n = 0;

  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", NULL, printer->uri);
  ippAddStrings (request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", 2, NULL, wanted);
  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", NULL, "neighbour");
  if (http != NULL && httpGetFd (http) >= 0)
    response = cupsDoRequest (http, request, "/ipp/print");
  else
    ippDelete (request);
  httpClose (http);
  /* A group of attributes for each job, in any order. */
  for (ipp_attribute_t *at = ippFirstAttribute (response); response != NULL; at = ippNextAttribute (response)) {
    if (at == NULL || ippGetName (at) == NULL) {
      n += is_meant;
      if (is_meant && ret_last != NULL)
        *ret_last = id;
      is_meant = FALSE;
    } else if (g_strcmp0 (ippGetName (at), "job-id") == 0) {
      id = ippGetInteger (at, 0);
    } else if (g_strcmp0 (ippGetName (at), "job-name") == 0) {
      is_meant = g_str_has_prefix (ippGetString (at, 0, NULL), name);
    }
    if (at == NULL)
      break;
  }
  /* No answer is no proof. */
  if (response == NULL)
    n = 99;
  ippDelete (response);
  return n;
}

GBytes *
ippeve_read (Ippeve *printer, const char *file)
{
  g_autofree char *path = g_build_filename (printer->folder, file, NULL);
  char *data;
  gsize size;

  return g_file_get_contents (path, &data, &size, NULL) ? g_bytes_new_take (data, size) : NULL;
}
