/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The services that read their settings at their start, as their units start them: after a change they end, with nothing under
 * way and nobody at the kiosk; systemd starts them anew. */

#include "tst.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "link/outbox-format.h"
#include "platform/served.h"

enum { WAIT_MS = 30 * 1000 };

typedef struct Row {
  const char *program; /* variable that names it */
  const char *socket;
} Row;

static const Row rows[] = { { "PV_COURIER_PROGRAM", "courier.sock" }, { "PV_PRINTER_PROGRAM", "printer.sock" } };

typedef struct Fixture {
  char *folder, *config, *runtime, *log;
  GSubprocess *service;
  gboolean has_exited;
} Fixture;

static void
write_text (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  assert_true (g_file_set_contents (path, text, -1, NULL));
}

static int
set_up (void **state)
{
  Fixture *fixture = g_new0 (Fixture, 1);
  g_autoptr (PvOutboxKeys) keys = pv_outbox_keys_new ();
  g_autofree char *key = pv_outbox_key_to_text (keys->public_key), *text = NULL;

  fixture->folder = g_dir_make_tmp ("pv-renewal-XXXXXX", NULL);
  fixture->config = g_build_filename (fixture->folder, "conf.d", NULL);
  fixture->runtime = g_build_filename (fixture->folder, "run", NULL);
  fixture->log = g_build_filename (fixture->folder, "log", NULL);
  g_mkdir (fixture->config, 0700);
  g_mkdir (fixture->runtime, 0700);
  text = g_strdup_printf ("[commune]\nname=Montclair\n[portal]\nmode=relay\nurl=http://127.0.0.1:1\n"
                          "[outbox]\npublic-key-file=%s/outbox.pub\nprivate-key-file=%s/outbox.key\n"
                          "[printer]\nenabled=false\n"
                          "[paths]\nruntime=%s\ncache=%s/cache\nstate=%s/state\n",
                          fixture->folder, fixture->folder, fixture->runtime, fixture->folder, fixture->folder);
  write_text (fixture->folder, "outbox.pub", key);
  write_text (fixture->config, "10-test.conf", text);
  *state = fixture;
  return 0;
}

static void
exited_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL);
  fixture->has_exited = TRUE;
}

static int
tear_down (void **state)
{
  Fixture *fixture = *state;

  if (fixture->service != NULL) {
    g_subprocess_force_exit (fixture->service);
    tst_pump_until (NULL, &fixture->has_exited, WAIT_MS);
    g_object_unref (fixture->service);
  }
  tst_remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->config);
  g_free (fixture->runtime);
  g_free (fixture->log);
  g_free (fixture);
  return 0;
}

/* Until @condition, or it fails with what the service wrote. */
static void
wait_until (const Fixture *fixture, gboolean (*condition) (const Fixture *fixture, const char *word), const char *word)
{
  gint64 end = g_get_monotonic_time () + WAIT_MS * G_TIME_SPAN_MILLISECOND;

  while (!condition (fixture, word)) {
    if (g_get_monotonic_time () > end) {
      g_autofree char *log = NULL;

      g_file_get_contents (fixture->log, &log, NULL, NULL);
      fail_msg ("no \"%s\"; the log:\n%s", word, log);
    }
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (2000);
  }
}

static gboolean
has_file (const Fixture *fixture, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->runtime, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static gboolean
has_logged (const Fixture *fixture, const char *word)
{
  g_autofree char *log = NULL;

  return g_file_get_contents (fixture->log, &log, NULL, NULL) && strstr (log, word) != NULL;
}

/* @option: (nullable) */
static void
start (Fixture *fixture, const Row *row, const char *option)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE);

  g_subprocess_launcher_set_stderr_file_path (launcher, fixture->log);
  fixture->service =
    g_subprocess_launcher_spawn (launcher, NULL, g_getenv (row->program), "--config", fixture->config, option, NULL);
  assert_non_null (fixture->service);
  g_subprocess_wait_async (fixture->service, NULL, exited_cb, fixture);
  wait_until (fixture, has_file, row->socket);
}

static void
a_service_ends_after_a_change_once_nobody_is_served (void **state)
{
  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    Fixture *fixture;
    int fd;

    set_up ((void **) &fixture);
    start (fixture, &rows[i], "--renew");
    fd = pv_served_hold (fixture->runtime);
    assert_true (fd >= 0);
    write_text (fixture->config, "20-more.conf", "[screen]\nidle-seconds=61\n");
    wait_until (fixture, has_logged, "renewal-due");
    assert_false (fixture->has_exited);
    assert_false (has_logged (fixture, "renewal-now"));
    close (fd);
    assert_true (tst_pump_until (NULL, &fixture->has_exited, WAIT_MS));
    assert_true (g_subprocess_get_if_exited (fixture->service));
    assert_int_equal (g_subprocess_get_exit_status (fixture->service), 0);
    assert_true (has_logged (fixture, "renewal-now"));
    tear_down ((void **) &fixture);
  }
}

static void
a_mistake_in_the_settings_leaves_what_runs_as_it_is (void **state)
{
  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    Fixture *fixture;

    set_up ((void **) &fixture);
    start (fixture, &rows[i], "--renew");
    write_text (fixture->config, "20-more.conf", "[screen]\nnonsense=1\n");
    wait_until (fixture, has_logged, "bad-settings 20-more.conf:2: [screen] nonsense: unknown key");
    assert_false (fixture->has_exited);
    write_text (fixture->config, "20-more.conf", "[screen]\nidle-seconds=61\n");
    assert_true (tst_pump_until (NULL, &fixture->has_exited, WAIT_MS));
    assert_int_equal (g_subprocess_get_exit_status (fixture->service), 0);
    tear_down ((void **) &fixture);
  }
}

/* Where nobody starts it again, as in the demo, it stays. */
static void
without_the_option_a_change_ends_nothing (void **state)
{
  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    Fixture *fixture;

    set_up ((void **) &fixture);
    start (fixture, &rows[i], NULL);
    write_text (fixture->config, "20-more.conf", "[screen]\nnonsense=1\n");
    g_subprocess_send_signal (fixture->service, SIGTERM);
    assert_true (tst_pump_until (NULL, &fixture->has_exited, WAIT_MS));
    assert_false (has_logged (fixture, "bad-settings"));
    tear_down ((void **) &fixture);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_service_ends_after_a_change_once_nobody_is_served),
    cmocka_unit_test (a_mistake_in_the_settings_leaves_what_runs_as_it_is),
    cmocka_unit_test (without_the_option_a_change_ends_nothing),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
