/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The service screen's line to its door: against the real parvis-door, and against doors that say nothing good. */
#include "tst.h"

#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>

#include "kiosk/session/door-link.h"
#include "platform/bundle.h"
#include "platform/service-files.h"
#include "platform/service-key.h"
#include "platform/service-stick.h"

#define PIN "48213590"

typedef struct {
  char *folder, *config, *runtime, *state, *socket, *ctl;
  const char *says; /* (nullable): instead of the real door; "": hangs up */
  GSocketService *service;
  PvDoorLink *link;
  GMainLoop *loop;
  guint guard;
  /* what was told */
  guint n_told;
  PvServiceVerdict verdict;
  guint tries_left;
  GPtrArray *findings;
  int n_waiting;
  gboolean is_done;
} Fixture;

static void
told (Fixture *fixture)
{
  fixture->n_told++;
  g_main_loop_quit (fixture->loop);
}

static void
opened_cb (PvServiceVerdict verdict, guint tries_left, gint64 until_us, gpointer user_data)
{
  Fixture *fixture = user_data;

  (void) until_us;
  fixture->verdict = verdict;
  fixture->tries_left = tries_left;
  told (fixture);
}

static void
found_cb (GPtrArray *findings, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_clear_pointer (&fixture->findings, g_ptr_array_unref);
  fixture->findings = findings;
  told (fixture);
}

static void
counted_cb (int n_waiting, gpointer user_data)
{
  ((Fixture *) user_data)->n_waiting = n_waiting;
  told (user_data);
}

static void
done_cb (PvServiceEffectKind kind, gboolean is_done, gpointer user_data)
{
  (void) kind;
  ((Fixture *) user_data)->is_done = is_done;
  told (user_data);
}

static gboolean
guard_cb (gpointer user_data)
{
  (void) user_data;
  fail_msg ("nothing was told");
  return G_SOURCE_REMOVE;
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
  g_autoptr (GSubprocess) door = NULL;
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
  door = g_subprocess_launcher_spawn (launcher, NULL, g_getenv ("PV_DOOR_PROGRAM"), "--config", fixture->config,
                                      "--ctl-program", fixture->ctl, "answer", NULL);
  assert_non_null (door);
  return FALSE;
}

static void
ask (Fixture *fixture, PvServiceEffectKind kind, const char *text)
{
  PvServiceEffect effect = { .kind = kind, .text = (char *) text };
  guint before = fixture->n_told;

  pv_door_link_ask (fixture->link, &effect);
  fixture->guard = g_timeout_add_seconds (60, guard_cb, fixture);
  while (fixture->n_told == before)
    g_main_loop_run (fixture->loop);
  g_source_remove (fixture->guard);
}

static void
write_file (const char *path, const char *text, int mode)
{
  assert_true (g_file_set_contents (path, text, -1, NULL));
  assert_int_equal (g_chmod (path, mode), 0);
}

static void
plug_in (Fixture *fixture)
{
  g_autofree char *secret = NULL, *public_key = NULL, *settings = NULL;
  g_autofree char *path = g_build_filename (fixture->config, "10.conf", NULL);
  g_autofree char *stick = g_build_filename (fixture->folder, "stick", NULL);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) end = g_date_time_add_days (now, 10);
  g_autofree char *day = g_date_time_format (end, "%Y-%m-%d");
  g_autoptr (GBytes) key = NULL;
  g_autoptr (GSubprocess) door = NULL;

  pv_bundle_keys_new (&secret, &public_key);
  settings =
    g_strdup_printf ("[commune]\nname=Montclair\n[paths]\nruntime=%s/run\nstate=%s/state\n[service]\nkeys=%s\n",
                     fixture->folder, fixture->folder, public_key);
  write_file (path, settings, 0644);
  key = pv_service_key_sign (5, "platform", day, PIN, secret, g_date_time_to_unix (now), NULL);
  assert_non_null (key);
  assert_true (pv_service_stick_write (stick, key, NULL));
  door = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, NULL, g_getenv ("PV_DOOR_PROGRAM"), "--config", fixture->config,
                           "key", stick, NULL);
  assert_true (g_subprocess_wait_check (door, NULL, NULL));
}

static int
set_up (void **state)
{
  static const PvDoorEvents events = { opened_cb, found_cb, counted_cb, done_cb };
  Fixture *fixture = g_new0 (Fixture, 1);
  g_autoptr (GSocketAddress) address = NULL;

  fixture->folder = g_dir_make_tmp ("pv-door-link-XXXXXX", NULL);
  fixture->config = g_build_filename (fixture->folder, "conf.d", NULL);
  fixture->runtime = g_build_filename (fixture->folder, "run-service", NULL);
  fixture->state = g_build_filename (fixture->folder, "state-service", NULL);
  fixture->socket = g_build_filename (fixture->runtime, PV_SERVICE_SOCKET, NULL);
  fixture->ctl = g_build_filename (fixture->folder, "ctl", NULL);
  g_mkdir (fixture->config, 0755);
  g_mkdir (fixture->runtime, 0755);
  g_mkdir (fixture->state, 0700);
  write_file (
    fixture->ctl,
    "#!/bin/sh\ncase $3 in\n"
    "doctor) echo '{\"version\":1,\"checks\":[{\"id\":\"printer\",\"title\":\"Imprimante\",\"health\":\"wrong\","
    "\"findings\":[{\"health\":\"wrong\",\"text\":\"Plus de papier.\",\"to_do\":\"Mettez-en.\"},"
    "{\"health\":\"ok\",\"text\":\"Elle répond.\",\"to_do\":null}]}]}' ;;\n"
    "status) echo '{\"outbox\":{\"waiting\":2,\"for_an_agent\":0}}' ;;\nesac\n",
    0755);
  fixture->loop = g_main_loop_new (NULL, FALSE);
  fixture->service = g_socket_service_new ();
  address = g_unix_socket_address_new (fixture->socket);
  assert_true (g_socket_listener_add_address (G_SOCKET_LISTENER (fixture->service), address, G_SOCKET_TYPE_STREAM,
                                              G_SOCKET_PROTOCOL_DEFAULT, NULL, NULL, NULL));
  g_signal_connect (fixture->service, "incoming", G_CALLBACK (incoming_cb), fixture);
  g_socket_service_start (fixture->service);
  fixture->link = pv_door_link_new (fixture->socket, &events, fixture);
  *state = fixture;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *fixture = *state;

  pv_door_link_free (fixture->link);
  g_socket_service_stop (fixture->service);
  g_socket_listener_close (G_SOCKET_LISTENER (fixture->service));
  g_object_unref (fixture->service);
  g_main_loop_unref (fixture->loop);
  g_clear_pointer (&fixture->findings, g_ptr_array_unref);
  tst_remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->config);
  g_free (fixture->runtime);
  g_free (fixture->state);
  g_free (fixture->socket);
  g_free (fixture->ctl);
  g_free (fixture);
  return 0;
}

static void
a_pin_opens_the_real_door_and_what_it_says_is_understood (void **state)
{
  Fixture *fixture = *state;

  plug_in (fixture);
  ask (fixture, PV_SERVICE_LOOK, NULL); /* not before the PIN */
  assert_null (fixture->findings);
  ask (fixture, PV_SERVICE_TRY_PIN, "00000000");
  assert_int_equal (fixture->verdict, PV_SERVICE_WRONG_PIN);
  assert_int_equal (fixture->tries_left, 4);
  ask (fixture, PV_SERVICE_TRY_PIN, PIN);
  assert_int_equal (fixture->verdict, PV_SERVICE_OPEN);
  ask (fixture, PV_SERVICE_LOOK, "printer");
  assert_int_equal (fixture->findings->len, 2);
  assert_string_equal (((PvServiceFinding *) fixture->findings->pdata[0])->to_do, "Mettez-en.");
  assert_int_equal (((PvServiceFinding *) fixture->findings->pdata[0])->health, PV_SERVICE_WRONG);
  assert_int_equal (((PvServiceFinding *) fixture->findings->pdata[1])->health, PV_SERVICE_WELL);
  ask (fixture, PV_SERVICE_COUNT, NULL);
  assert_int_equal (fixture->n_waiting, 2);
  ask (fixture, PV_SERVICE_CLOSE, NULL);
  assert_true (fixture->is_done);
  ask (fixture, PV_SERVICE_REOPEN, NULL);
  assert_true (fixture->is_done);
}

static void
without_a_key_the_door_refuses (void **state)
{
  Fixture *fixture = *state;

  ask (fixture, PV_SERVICE_TRY_PIN, PIN);
  assert_int_equal (fixture->verdict, PV_SERVICE_KEY_REFUSED);
}

static void
a_door_that_says_nothing_good_is_one_that_does_not_answer (void **state)
{
  static const char *const says[] = { "", "ok", "ok short", "wrong", "wrong many", "locked", "okay 0123", "\1\2\3" };
  Fixture *fixture = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (says); i++) {
    fixture->says = says[i];
    ask (fixture, PV_SERVICE_TRY_PIN, PIN);
    assert_int_equal (fixture->verdict, PV_SERVICE_AWAY);
  }
  fixture->says = "ok 0123456789abcdef0123456789abcdef";
  ask (fixture, PV_SERVICE_TRY_PIN, PIN);
  assert_int_equal (fixture->verdict, PV_SERVICE_OPEN);
  fixture->says = "ok\n{\"checks\":[{}]}";
  ask (fixture, PV_SERVICE_LOOK, NULL);
  assert_null (fixture->findings);
  fixture->says = "ok many";
  ask (fixture, PV_SERVICE_COUNT, NULL);
  assert_int_equal (fixture->n_waiting, -1);
}

static void
a_door_that_is_not_there_is_told_too (void **state)
{
  Fixture *fixture = *state;

  g_socket_service_stop (fixture->service);
  g_socket_listener_close (G_SOCKET_LISTENER (fixture->service));
  g_unlink (fixture->socket);
  ask (fixture, PV_SERVICE_TRY_PIN, PIN);
  assert_int_equal (fixture->verdict, PV_SERVICE_AWAY);
}

int
main (void)
{
#define CASE(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
    CASE (a_pin_opens_the_real_door_and_what_it_says_is_understood),
    CASE (without_a_key_the_door_refuses),
    CASE (a_door_that_says_nothing_good_is_one_that_does_not_answer),
    CASE (a_door_that_is_not_there_is_told_too),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
