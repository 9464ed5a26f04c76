/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* "parvisctl settings", as who writes the settings of many kiosks meets it, and as a kiosk does: from a pair of keys over a signed
 * bundle and a web server to what counts. What is refused: tests/unit/platform/test-bundle*.c. */

#include "tst.h"

#include <gio/gio.h>
#include <string.h>
#include <sys/stat.h>

#include "http-server.h"

enum { WAIT_MS = 30 * 1000 };

#define ENOUGH "[commune]\nname=Montclair\n[portal]\nurl=http://127.0.0.1:1\n"

static char *folder;
static FakeHttpServer *server;

static void
write_file (const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);

  assert_int_equal (g_mkdir_with_parents (parent, 0755), 0);
  assert_true (g_file_set_contents (path, text, -1, NULL));
}

/* Any file of the folder "www". */
static FakeHttpStep
serve_cb (const FakeHttpRequest *request, gpointer user_data)
{
  g_autofree char *path = g_build_filename (folder, "www", request->target, NULL), *text = NULL;

  (void) user_data;
  if (!g_file_get_contents (path, &text, NULL, NULL))
    return fake_http_answer (404, NULL, "text/plain", "");
  return fake_http_answer (200, NULL, "application/octet-stream", text);
}

static int
set_up (void **state)
{
  (void) state;
  folder = g_dir_make_tmp ("pv-ctl-settings-XXXXXX", NULL);
  server = fake_http_server_new (NULL);
  fake_http_server_set_handler (server, serve_cb, NULL);
  write_file ("www/.keep", "");
  write_file ("keys/.keep", "");
  write_file ("conf/site/10.conf", ENOUGH);
  return 0;
}

static int
tear_down (void **state)
{
  (void) state;
  fake_http_server_free (server);
  tst_remove_folder (folder);
  g_clear_pointer (&folder, g_free);
  return 0;
}

typedef struct {
  char *text;
  gboolean is_done;
} Said;

static void
said_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Said *said = user_data;

  g_subprocess_communicate_utf8_finish (G_SUBPROCESS (source), result, &said->text, NULL, NULL);
  said->is_done = TRUE;
}

/* Words separated by "|"; "@" stands for the folder. The server answers meanwhile. (transfer full): both streams together */
static char *
run (int status, const char *arguments)
{
  g_autofree char *line = g_strdup_printf ("%s|--config|@/conf|%s", g_getenv ("PV_CTL_PROGRAM"), arguments);
  g_auto (GStrv) halves = g_strsplit (line, "@", -1);
  g_autofree char *full = g_strjoinv (folder, halves);
  g_auto (GStrv) argv = g_strsplit (full, "|", -1);
  g_autoptr (GSubprocess) process = g_subprocess_newv (
    (const char *const *) argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE, NULL);
  Said said = { 0 };

  assert_non_null (process);
  g_subprocess_communicate_utf8_async (process, NULL, NULL, said_cb, &said);
  assert_true (tst_pump_until (NULL, &said.is_done, WAIT_MS));
  if (g_subprocess_get_exit_status (process) != status)
    fail_msg ("%s: status %d, and it said: %s", arguments, g_subprocess_get_exit_status (process), said.text);
  return said.text;
}

static void
expect (int status, const char *arguments, const char *words)
{
  g_autofree char *text = run (status, arguments);

  if (strstr (text, words) == NULL)
    fail_msg ("%s: expected \"%s\", it said: %s", arguments, words, text);
}

static char *
read_file (const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  char *text = NULL;

  assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

/* A day within the limit, whatever the clock of this machine says. */
static char *
in_days (int days)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) then = g_date_time_add_days (now, days);

  return g_date_time_format (then, "%Y-%m-%d");
}

static void
sign (int status, const char *scope, const char *serial, int days, const char *words)
{
  g_autofree char *day = in_days (days);
  g_autofree char *arguments = g_strdup_printf ("settings|sign|@/%s|--scope|%s|--key|@/keys/settings.key|--serial|%s|"
                                                "--expires|%s|--output|@/www/%s.pvb",
                                                scope, scope, serial, day, scope);

  expect (status, arguments, words);
}

static void
what_is_wrong_is_said_and_what_counts_is_shown (void **state)
{
  (void) state;
  expect (0, "settings|check", "the settings are in order\n");
  write_file ("conf/vendor/10.conf", "[screen]\nidle-seconds=60\n[locks]\nkeys=screen/*;\n");
  expect (0, "settings|show", "[screen] idle-seconds = 60  # vendor/10.conf:2; locked by vendor/10.conf:4\n");
  expect (0, "settings", "[commune] name = Montclair  # site/10.conf:2\n");
  expect (0, "settings|explain|screen/idle-seconds", "  Locked:   by vendor/10.conf:4, for all layers above vendor\n");
  expect (0, "settings|explain|procedure acte/silence", "  Type:     one of: accept, refuse, not-a-request\n");
  write_file ("conf/kiosk/90.conf", "[screen]\nidle-seconds=90\nidle=1\n");
  expect (1, "settings|check",
          "  kiosk/90.conf:2: [screen] idle-seconds: is locked by vendor/10.conf:4, and differs from what is in force "
          "below\n  kiosk/90.conf:3: [screen] idle: unknown key\n");
  expect (0, "settings|explain|screen/idle-seconds", "            does not count: is locked by vendor/10.conf:4");
  expect (1, "settings|explain|screen/colour", "there is no setting \"screen/colour\"");
  expect (2, "settings|explain", "use: parvisctl settings explain GROUP/KEY");
  expect (2, "settings|check|everything", "use: parvisctl settings check");
  expect (2, "settings|shout", "use: parvisctl settings");
}

static void
the_reference_is_printed (void **state)
{
  g_autofree char *text = run (0, "settings|reference");

  (void) state;
  assert_non_null (strstr (text, "\n# After so many seconds without a touch it asks \"Are you still there?\".\n"
                                 "# Type: a whole number from 30 to 900. Default: 90.\n#idle-seconds=90\n"));
}

static void
from_a_pair_of_keys_to_what_counts (void **state)
{
  g_autofree char *public_text = NULL, *site = NULL, *bundle = NULL, *again = NULL, *secret = NULL;
  g_autofree char *url = fake_http_server_get_url (server, "");
  g_autofree char *secret_path = g_build_filename (folder, "keys", "settings.key", NULL);
  struct stat status;

  (void) state;
  expect (0, "keygen|settings|@/keys", "keys/settings.pub");
  assert_int_equal (stat (secret_path, &status), 0);
  assert_int_equal (status.st_mode & 0777, 0600);
  public_text = g_strstrip (read_file ("keys/settings.pub"));
  secret = g_strstrip (read_file ("keys/settings.key"));
  write_file ("platform/10-screen.conf", "[screen]\nidle-seconds=120\n[locks]\nkeys=screen/*;\n");
  write_file ("platform/README.md", "not a file of the settings\n");
  write_file ("89999/50.conf", "[contact]\nphone=03 53 01 00 00\n");
  sign (0, "platform", "17", 90, "1 files for platform, serial 17, until ");
  sign (0, "89999", "1", 90, "for 89999, serial 1");
  bundle = read_file ("www/platform.pvb");
  assert_null (strstr (bundle, secret));
  expect (0, "settings|pull", "[settings] url is not set: nothing is fetched");
  site = g_strdup_printf (ENOUGH "[settings]\nurl=%s\nplatform-keys=%s;\ncommune=89999\ncommune-keys=%s;\n", url,
                          public_text, public_text);
  write_file ("conf/site/10.conf", site);
  expect (1, "check", "note: the settings of the platform were not fetched yet");
  expect (0, "settings|pull", "platform: installed, serial 17 for platform, until ");
  expect (0, "settings|show", "[screen] idle-seconds = 120  # platform/10-screen.conf:2; locked by");
  expect (0, "settings|show", "[contact] phone = 03 53 01 00 00  # commune/50.conf:2\n");
  expect (0, "settings|pull", "commune: unchanged, serial 1 for 89999");
  /* Signed again with the serial of before: told, in the log without a word of the files, and nothing changes. */
  write_file ("platform/10-screen.conf", "[screen]\nidle-seconds=60\n");
  sign (0, "platform", "17", 90, "serial 17");
  again = run (1, "settings|pull");
  assert_non_null (strstr (again, "parvisctl: settings-bundle layer=platform result=refused serial=17\n"));
  assert_non_null (strstr (again, "parvisctl: platform: refused: another bundle with the serial 17 counted already; "
                                  "the last good one stays\n"));
  expect (0, "settings|show", "[screen] idle-seconds = 120  # platform/10-screen.conf:2");
  expect (1, "check",
          "[settings] the bundle of the platform is refused, and what was there before stays: another bundle");
}

/* What a kiosk has taken stays in force when its day has passed: nobody may find that out by chance. */
static void
signed_settings_that_expired_are_told_as_long_as_they_count (void **state)
{
  g_autofree char *public_text = NULL, *site = NULL, *bundle = NULL, *day = in_days (90), *soon = in_days (20);
  g_autofree char *good = g_strdup_printf ("settings that the platform signed, serial 17: good until %s", day);
  g_autofree char *url = fake_http_server_get_url (server, "");
  g_auto (GStrv) halves = NULL;
  g_autofree char *old = NULL, *late = NULL;

  (void) state;
  expect (0, "keygen|settings|@/keys", "keys/settings.pub");
  public_text = g_strstrip (read_file ("keys/settings.pub"));
  write_file ("platform/10-screen.conf", "[screen]\nidle-seconds=120\n");
  sign (0, "platform", "17", 90, "serial 17");
  site = g_strdup_printf (ENOUGH "[settings]\nurl=%s\nplatform-keys=%s;\n", url, public_text);
  write_file ("conf/site/10.conf", site);
  expect (0, "settings|pull", "platform: installed, serial 17");
  expect (1, "doctor|settings", good);
  expect (0, "status", "signed, serial 17, good until ");
  expect (0, "status|--json", "\"serial\":17,\"expires\":");
  expect (0, "status|--json", "\"expired\":false");
  /* Time passes. Who signed it was checked when it came, and is not asked any more. */
  bundle = read_file ("conf/platform/bundle.pvb");
  halves = g_strsplit (bundle, day, 2);
  assert_non_null (halves[1]);
  old = g_strjoin ("2026-01-31", halves[0], halves[1], NULL);
  write_file ("conf/platform/bundle.pvb", old);
  expect (0, "settings|show", "[screen] idle-seconds = 120  # platform/10-screen.conf:2");
  expect (1, "doctor|settings",
          "settings that the platform signed, serial 17: expired on 2026-01-31, and still in force");
  expect (1, "doctor|settings", "Ask whoever signs them for new ones");
  expect (0, "status", "expired after 2026-01-31 and still in force: see parvisctl doctor settings");
  expect (0, "status|--json", "\"expires\":\"2026-01-31\",\"expired\":true");
  late = g_strjoin (soon, halves[0], halves[1], NULL);
  write_file ("conf/platform/bundle.pvb", late);
  expect (1, "doctor|settings", "settings that the platform signed, serial 17: expire on ");
}

static void
what_every_kiosk_would_refuse_is_not_signed (void **state)
{
  (void) state;
  expect (0, "keygen|settings|@/keys", "keys/settings.pub");
  write_file ("platform/10.conf", "[screen]\nidle-secs=120\n[outbox]\nprivate-key-file=/x\n");
  sign (1, "platform", "1", 90, "platform/10.conf:2: [screen] idle-secs: unknown key\n");
  sign (1, "platform", "1", 90, "[outbox] private-key-file: is never taken from a bundle");
  write_file ("platform/10.conf", "[screen]\nidle-seconds=120\n");
  sign (1, "platform", "0", 90, "--serial: expected a whole number from 1 on");
  sign (1, "platform", "1", 500, "more than 400 days");
  sign (1, "platform", "1", -1, "expired");
  write_file ("Ville/10.conf", "#\n");
  sign (1, "Ville", "1", 90, "--scope: expected platform, or the INSEE code");
  write_file ("89999/Mon fichier.conf", "#\n");
  sign (1, "89999", "1", 90, "Mon fichier.conf: a file in a bundle is called with small letters");
  expect (2, "settings|sign|@/platform|--scope|platform", "use: parvisctl settings sign FOLDER");
  expect (
    1, "settings|sign|@/platform|--scope|platform|--key|@/keys/none.key|--serial|1|--expires|2027-01-01|--output|@/x",
    "none.key");
}

int
main (void)
{
  static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (what_is_wrong_is_said_and_what_counts_is_shown, set_up, tear_down),
    cmocka_unit_test_setup_teardown (the_reference_is_printed, set_up, tear_down),
    cmocka_unit_test_setup_teardown (from_a_pair_of_keys_to_what_counts, set_up, tear_down),
    cmocka_unit_test_setup_teardown (signed_settings_that_expired_are_told_as_long_as_they_count, set_up, tear_down),
    cmocka_unit_test_setup_teardown (what_every_kiosk_would_refuse_is_not_signed, set_up, tear_down),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
