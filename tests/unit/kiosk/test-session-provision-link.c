/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The assistant's line to parvis-provision: against the real program, and against what says nothing good. */
#include "tst.h"

#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>

#include "kiosk/session/provision-link.h"
#include "platform/setup-files.h"

typedef struct {
  char *folder, *config, *runtime, *state, *socket;
  const char *says; /* (nullable): instead of the real program; "": hangs up */
  GSocketService *service;
  PvProvisionLink *link;
  GMainLoop *loop;
  guint n_told, n_wanted;
  PvSetupVerb verb;
  PvSetupReason reason;
  char **texts;
  GString *progress;
} Fixture;

static void
replied_cb (PvSetupVerb verb, PvSetupReason reason, const char *const *texts, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->verb = verb;
  fixture->reason = reason;
  g_strfreev (fixture->texts);
  fixture->texts = g_strdupv ((char **) texts);
  if (++fixture->n_told == fixture->n_wanted)
    g_main_loop_quit (fixture->loop);
}

static void
progress_cb (PvSetupVerb verb, guint percent, gpointer user_data)
{
  assert_int_equal (verb, PV_SETUP_WRITE_DISK);
  g_string_append_printf (((Fixture *) user_data)->progress, "%u ", percent);
}

/* Says it once it was asked, and hangs up. */
static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GSocketConnection) connection = user_data;
  g_autoptr (GBytes) line = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, NULL);
  const char *says = g_object_get_data (G_OBJECT (connection), "says");

  assert_non_null (line);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), says, strlen (says), NULL, NULL,
                             NULL);
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
}

/* As systemd does it: one process for a connection, which is its standard input and output. */
static gboolean
incoming_cb (GSocketService *service, GSocketConnection *connection, GObject *source, gpointer user_data)
{
  Fixture *fixture = user_data;
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autoptr (GSubprocess) program = NULL;
  int fd = g_socket_get_fd (g_socket_connection_get_socket (connection));

  (void) service;
  (void) source;
  if (fixture->says != NULL) {
    g_object_set_data (G_OBJECT (connection), "says", (gpointer) fixture->says);
    g_input_stream_read_bytes_async (g_io_stream_get_input_stream (G_IO_STREAM (connection)), 256, G_PRIORITY_DEFAULT,
                                     NULL, asked_cb, g_object_ref (connection));
    return FALSE;
  }
  g_subprocess_launcher_take_stdin_fd (launcher, dup (fd));
  g_subprocess_launcher_take_stdout_fd (launcher, dup (fd));
  g_socket_set_blocking (g_socket_connection_get_socket (connection), TRUE);
  program = g_subprocess_launcher_spawn (launcher, NULL, g_getenv ("PV_PROVISION_PROGRAM"), "--config", fixture->config,
                                         "answer", NULL);
  assert_non_null (program);
  return FALSE;
}

static gboolean
guard_cb (gpointer user_data)
{
  (void) user_data;
  fail_msg ("nothing was told");
  return G_SOURCE_REMOVE;
}

static void
wait_for (Fixture *fixture, guint n)
{
  guint guard = g_timeout_add_seconds (60, guard_cb, NULL);

  fixture->n_wanted = fixture->n_told + n;
  g_main_loop_run (fixture->loop);
  g_source_remove (guard);
}

static void
ask (Fixture *fixture, PvSetupVerb verb, const char *line)
{
  pv_provision_link_ask (fixture->link, verb, line);
  wait_for (fixture, 1);
}

static int
set_up (void **state)
{
  Fixture *fixture = g_new0 (Fixture, 1);
  g_autoptr (GSocketAddress) address = NULL;
  g_autofree char *settings = NULL, *path = NULL, *above = NULL;

  fixture->folder = g_dir_make_tmp ("pv-provision-link-XXXXXX", NULL);
  fixture->config = g_build_filename (fixture->folder, "vendor", NULL);
  g_mkdir (fixture->config, 0755);
  path = g_build_filename (fixture->config, "10.conf", NULL);
  settings = g_strdup_printf ("[paths]\nruntime=%s/run\nstate=%s/state\n", fixture->folder, fixture->folder);
  assert_true (g_file_set_contents (path, settings, -1, NULL));
  g_free (fixture->config);
  fixture->config = g_strdup (fixture->folder);
  fixture->runtime = g_build_filename (fixture->folder, "run-setup", NULL);
  fixture->state = g_build_filename (fixture->folder, "state", "setup", NULL);
  g_mkdir (fixture->runtime, 0755);
  g_mkdir_with_parents (fixture->state, 0700);
  above = g_build_filename (fixture->runtime, PV_SETUP_WANTED, NULL);
  assert_true (g_file_set_contents (above, "", -1, NULL));
  fixture->socket = g_build_filename (fixture->runtime, PV_SETUP_SOCKET, NULL);
  fixture->progress = g_string_new (NULL);
  fixture->loop = g_main_loop_new (NULL, FALSE);
  fixture->service = g_socket_service_new ();
  address = g_unix_socket_address_new (fixture->socket);
  assert_true (g_socket_listener_add_address (G_SOCKET_LISTENER (fixture->service), address, G_SOCKET_TYPE_STREAM,
                                              G_SOCKET_PROTOCOL_DEFAULT, NULL, NULL, NULL));
  g_signal_connect (fixture->service, "incoming", G_CALLBACK (incoming_cb), fixture);
  g_socket_service_start (fixture->service);
  fixture->link = pv_provision_link_new (fixture->socket, replied_cb, progress_cb, fixture);
  *state = fixture;
  return 0;
}

static void
remove_all (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *inner = g_build_filename (path, name, NULL);

    remove_all (inner);
  }
  g_remove (path);
}

static int
tear_down (void **state)
{
  Fixture *fixture = *state;

  pv_provision_link_free (fixture->link);
  g_socket_service_stop (fixture->service);
  g_socket_listener_close (G_SOCKET_LISTENER (fixture->service));
  g_object_unref (fixture->service);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_main_loop_unref (fixture->loop);
  remove_all (fixture->folder);
  g_strfreev (fixture->texts);
  g_string_free (fixture->progress, TRUE);
  g_free (fixture->folder);
  g_free (fixture->config);
  g_free (fixture->runtime);
  g_free (fixture->state);
  g_free (fixture->socket);
  g_free (fixture);
  return 0;
}

static void
the_real_program_keeps_what_it_is_told_and_tells_it_again (void **state)
{
  Fixture *fixture = *state;

  ask (fixture, PV_SETUP_SAY_COMMUNE, "commune\tcommune=L’Haÿ\tplace=\tphone=\n");
  assert_int_equal (fixture->reason, PV_SETUP_BECAUSE_NOTHING);
  ask (fixture, PV_SETUP_RESUME, "resume\n");
  assert_int_equal (fixture->verb, PV_SETUP_RESUME);
  assert_string_equal (fixture->texts[0], "commune=L’Haÿ");
  ask (fixture, PV_SETUP_FINISH, "finish\n");
  assert_int_equal (fixture->reason, PV_SETUP_BECAUSE_MISSING);
}

static void
requests_are_answered_one_after_the_other (void **state)
{
  Fixture *fixture = *state;

  pv_provision_link_ask (fixture->link, PV_SETUP_SAY_SOUND, "sound\tsound=no\n");
  pv_provision_link_ask (fixture->link, PV_SETUP_SAY_READER, "reader\treader=no\n");
  pv_provision_link_ask (fixture->link, PV_SETUP_RESUME, "resume\n");
  wait_for (fixture, 3);
  assert_string_equal (fixture->texts[0], "sound=no");
  assert_string_equal (fixture->texts[1], "reader=no");
}

static void
what_says_nothing_good_is_one_that_does_not_answer (void **state)
{
  static const char *const says[] = { "", "ok", "okay\n", "no\n", "no\tidea\n", "\1\2\3\n" };
  Fixture *fixture = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (says); i++) {
    fixture->says = says[i];
    ask (fixture, PV_SETUP_RESUME, "resume\n");
    assert_int_equal (fixture->reason, PV_SETUP_BECAUSE_AWAY);
  }
}

static void
how_far_it_is_is_told_before_the_reply (void **state)
{
  Fixture *fixture = *state;

  fixture->says = "at\t0\nat\t50\nat\t100\nok\n";
  ask (fixture, PV_SETUP_WRITE_DISK, "write\tdisk=sda\n");
  assert_int_equal (fixture->reason, PV_SETUP_BECAUSE_NOTHING);
  assert_string_equal (fixture->progress->str, "0 50 100 ");
  fixture->says = "at\t101\nok\n";
  ask (fixture, PV_SETUP_WRITE_DISK, "write\tdisk=sda\n");
  assert_int_equal (fixture->reason, PV_SETUP_BECAUSE_AWAY);
}

static void
nobody_there_is_told_too (void **state)
{
  Fixture *fixture = *state;

  g_socket_service_stop (fixture->service);
  g_socket_listener_close (G_SOCKET_LISTENER (fixture->service));
  g_unlink (fixture->socket);
  ask (fixture, PV_SETUP_RESUME, "resume\n");
  assert_int_equal (fixture->reason, PV_SETUP_BECAUSE_AWAY);
}

int
main (void)
{
#define CASE(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
    CASE (the_real_program_keeps_what_it_is_told_and_tells_it_again),
    CASE (requests_are_answered_one_after_the_other),
    CASE (what_says_nothing_good_is_one_that_does_not_answer),
    CASE (how_far_it_is_is_told_before_the_reply),
    CASE (nobody_there_is_told_too),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
