/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The door of the service screen: what opens it, what it refuses, and what it does. The programs that it runs are scripts here. */
#include "tst.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

#include "assist/audit.h"
#include "kiosk/door/door.h"
#include "kiosk/door/log.h"
#include "kiosk/door/request.h"
#include "platform/bundle.h"
#include "platform/maintenance-file.h"
#include "platform/service-files.h"
#include "platform/service-key.h"
#include "platform/service-lock.h"
#include "platform/service-stick.h"

#define NOW_S G_GINT64_CONSTANT (1796097600) /* 2026-12-01 04:00 UTC */
#define PIN   "48213590"
#define TOKEN "0123456789abcdef0123456789abcdef"

typedef struct {
  char *root, *config, *stick, *ctl, *restart;
  PvSettings *settings;
  PvDoor door;
  char *secret, *public_key;
} Fixture;

static char *
in_root (const Fixture *fixture, const char *name)
{
  return g_build_filename (fixture->root, name, NULL);
}

static void
write_file (const char *path, const char *text, int mode)
{
  assert_true (g_file_set_contents (path, text, -1, NULL));
  assert_int_equal (g_chmod (path, mode), 0);
}

/* What was asked of it stands in a file; a bundle is what it says that it is. */
static void
write_programs (Fixture *fixture)
{
  g_autofree char *calls = in_root (fixture, "calls");
  g_autofree char *ctl = g_strdup_printf (
    "#!/bin/sh\nshift 2\necho \"ctl $*\" >>%s\ncase $1 in\n"
    "doctor) echo '{\"version\":1,\"checks\":[]}' ;;\n"
    "status) echo '{\"outbox\":{\"waiting\":2,\"for_an_agent\":1,\"exported\":4,\"unreadable\":0}}' ;;\n"
    "support-bundle) printf 'a file for support' >\"$2\" ;;\nesac\n",
    calls);
  g_autofree char *restart = g_strdup_printf ("#!/bin/sh\necho \"restart $*\" >>%s\n", calls);

  write_file (fixture->ctl, ctl, 0755);
  write_file (fixture->restart, restart, 0755);
}

static void
write_settings (Fixture *fixture, const char *more)
{
  g_autofree char *path = g_build_filename (fixture->config, "10.conf", NULL);
  g_autofree char *text = g_strdup_printf (
    "[commune]\nname=Ville de Montclair\n[paths]\nruntime=%s/run\nstate=%s/state\n[service]\nkeys=%s\nkiosk=hall\n%s"
    "[settings]\ncommune=58194\n",
    fixture->root, fixture->root, fixture->public_key, more);

  write_file (path, text, 0644);
  pv_settings_free (fixture->settings);
  fixture->settings = pv_settings_load_what_is_right (fixture->config);
  fixture->door.settings = fixture->settings;
}

static int
set_up (void **state)
{
  Fixture *fixture = g_new0 (Fixture, 1);

  fixture->root = g_dir_make_tmp ("pv-door-XXXXXX", NULL);
  fixture->config = in_root (fixture, "conf.d");
  fixture->stick = in_root (fixture, "stick");
  fixture->ctl = in_root (fixture, "ctl");
  fixture->restart = in_root (fixture, "restart");
  pv_bundle_keys_new (&fixture->secret, &fixture->public_key);
  g_mkdir (fixture->config, 0755);
  write_settings (fixture, "");
  write_programs (fixture);
  fixture->door.config = fixture->config;
  fixture->door.ctl_program = fixture->ctl;
  fixture->door.restart_program = fixture->restart;
  fixture->door.runtime = pv_service_files_runtime (fixture->settings);
  fixture->door.state = pv_service_files_state (fixture->settings);
  fixture->door.now_s = NOW_S;
  g_mkdir (fixture->door.runtime, 0755);
  g_mkdir (fixture->door.state, 0700);
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

  remove_all (fixture->root);
  pv_settings_free (fixture->settings);
  g_free (fixture->door.runtime);
  g_free (fixture->door.state);
  g_free (fixture->root);
  g_free (fixture->config);
  g_free (fixture->stick);
  g_free (fixture->ctl);
  g_free (fixture->restart);
  g_free (fixture->secret);
  g_free (fixture->public_key);
  g_free (fixture);
  return 0;
}

static void
plug_in (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) key = pv_service_key_sign (7, "58194/hall", "2027-01-31", PIN, fixture->secret, NOW_S, &error);

  assert_null (error);
  assert_true (pv_service_stick_write (fixture->stick, key, NULL));
  assert_true (pv_door_take_key (&fixture->door, fixture->stick));
}

static gboolean
is_there (const Fixture *fixture, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->door.runtime, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
assert_answer (Fixture *fixture, const char *line, const char *wanted)
{
  g_autofree char *answer = pv_door_answer (&fixture->door, line);

  assert_string_equal (answer, wanted);
}

/* (transfer full) */
static char *
open_with_pin (Fixture *fixture)
{
  g_autofree char *answer = pv_door_answer (&fixture->door, "open " PIN);

  assert_true (g_str_has_prefix (answer, "ok ") && strlen (answer) == 3 + PV_DOOR_TOKEN_DIGITS);
  return g_strdup (answer + 3);
}

static char *
read_log (const Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->door.state, "audit-2026-12.log", NULL);
  char *text = NULL;

  assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

static void
only_lines_of_the_table_are_requests (void **state)
{
  static const struct {
    const char *line;
    gboolean is_one;
  } rows[] = {
    { "open 12345678", TRUE },
    { "look " TOKEN, TRUE },
    { "look " TOKEN " printer", TRUE },
    { "look " TOKEN " portal broker certificates", TRUE },
    { "close " TOKEN " 0", TRUE },
    { "close " TOKEN " 1796097600", TRUE },
    { "end " TOKEN, TRUE },
    { "", FALSE },
    { "open", FALSE },
    { "open 1234567", FALSE },
    { "open 123456789", FALSE },
    { "open " TOKEN, FALSE },
    { "open 12345678 x", FALSE },
    { "look 12345678", FALSE },
    { "look " TOKEN " root", FALSE },
    { "look " TOKEN " --root", FALSE },
    { "look " TOKEN " printer printer printer printer printer", FALSE },
    { "look " TOKEN " $(reboot)", FALSE },
    { "look " TOKEN " ../../etc", FALSE },
    { "look  " TOKEN, FALSE },
    { "LOOK " TOKEN, FALSE },
    { "close " TOKEN, FALSE },
    { "close " TOKEN " -1", FALSE },
    { "close " TOKEN " 99999999999999999999", FALSE },
    { "close " TOKEN " 1 2", FALSE },
    { "save " TOKEN " /dev/sda", FALSE },
    { "restart " TOKEN " now", FALSE },
    { "shell " TOKEN, FALSE },
    { "restart 0123456789abcdef0123456789abcde", FALSE },
    { "restart 0123456789ABCDEF0123456789abcdef", FALSE },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    PvDoorRequest request;

    if (pv_door_request_parse (rows[i].line, &request) != rows[i].is_one)
      fail_msg ("\"%s\"", rows[i].line);
  }
}

static void
a_key_asks_for_the_screen_and_takes_everything_along_when_it_goes (void **state)
{
  static const char *const names[] = { PV_SERVICE_ASKED, PV_SERVICE_TOKEN, PV_SERVICE_BLOCK, PV_SERVICE_DEVICE };
  Fixture *fixture = *state;
  g_autofree char *token = NULL;
  g_autofree char *key_path = g_build_filename (fixture->door.runtime, PV_SERVICE_BLOCK, NULL);
  g_autofree char *look = NULL;
  struct stat facts;

  plug_in (fixture);
  token = open_with_pin (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    assert_true (is_there (fixture, names[i]));
  assert_int_equal (stat (key_path, &facts), 0);
  assert_int_equal (facts.st_mode & 0777, 0600);
  pv_door_drop_key (&fixture->door);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    assert_false (is_there (fixture, names[i]));
  look = g_strdup_printf ("look %s", token);
  assert_answer (fixture, look, "refused");
  assert_answer (fixture, "open " PIN, "refused");
}

static void
a_stick_that_is_no_key_or_not_ours_asks_for_nothing (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *other_secret = NULL, *other_key = NULL, *nowhere = in_root (fixture, "nothing");
  g_autoptr (GBytes) foreign = NULL;

  write_file (fixture->stick, "a stick with somebody’s photographs", 0600);
  assert_false (pv_door_take_key (&fixture->door, fixture->stick));
  assert_false (pv_door_take_key (&fixture->door, nowhere));
  assert_false (pv_door_take_key (&fixture->door, fixture->root));
  pv_bundle_keys_new (&other_secret, &other_key);
  foreign = pv_service_key_sign (7, "platform", "2027-01-31", PIN, other_secret, NOW_S, NULL);
  assert_true (pv_service_stick_write (fixture->stick, foreign, NULL));
  assert_false (pv_door_take_key (&fixture->door, fixture->stick));
  assert_false (is_there (fixture, PV_SERVICE_ASKED));
}

static void
five_wrong_pins_lock_the_door_for_the_right_one_too (void **state)
{
  static const char *const answers[] = { "wrong 4", "wrong 3", "wrong 2", "wrong 1" };
  Fixture *fixture = *state;
  g_autofree char *locked = g_strdup_printf ("locked %" G_GINT64_FORMAT, NOW_S + PV_SERVICE_LOCK_S);
  g_autofree char *token = NULL, *log = NULL;

  plug_in (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    assert_answer (fixture, "open 00000000", answers[i]);
  assert_answer (fixture, "open 00000000", locked);
  assert_answer (fixture, "open " PIN, locked);
  /* Neither another key nor another process makes it shorter. */
  pv_door_drop_key (&fixture->door);
  plug_in (fixture);
  assert_answer (fixture, "open " PIN, locked);
  fixture->door.now_s = NOW_S + PV_SERVICE_LOCK_S;
  token = open_with_pin (fixture);
  assert_answer (fixture, "open 00000000", "wrong 4");
  log = read_log (fixture);
  assert_non_null (strstr (log, " locked key-7 "));
  assert_non_null (strstr (log, " opened key-7 "));
  assert_null (strstr (log, PIN));
}

static void
a_key_that_expires_or_is_revoked_opens_nothing_any_more (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *token = NULL, *restart = NULL;

  plug_in (fixture);
  token = open_with_pin (fixture);
  restart = g_strdup_printf ("restart %s", token);
  write_settings (fixture, "revoked=6;7\n");
  assert_answer (fixture, restart, "refused");
  assert_answer (fixture, "open " PIN, "refused");
  write_settings (fixture, "");
  fixture->door.now_s += 90 * 24 * 60 * 60;
  assert_answer (fixture, restart, "refused");
}

static void
nothing_is_done_for_another_token (void **state)
{
  static const char *const verbs[] = { "look", "count", "paper", "reopen", "restart", "save", "end" };
  Fixture *fixture = *state;
  g_autofree char *calls = in_root (fixture, "calls");

  plug_in (fixture);
  for (guint round = 0; round < 2; round++) {
    for (gsize i = 0; i < G_N_ELEMENTS (verbs); i++) {
      g_autofree char *line = g_strdup_printf ("%s " TOKEN, verbs[i]);

      assert_answer (fixture, line, "refused");
    }
    assert_answer (fixture, "close " TOKEN " 0", "refused");
    g_free (open_with_pin (fixture)); /* and neither while another one is good */
  }
  assert_false (g_file_test (calls, G_FILE_TEST_EXISTS));
}

static void
each_request_does_what_it_says (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *token = NULL, *calls_path = in_root (fixture, "calls"), *calls = NULL, *log = NULL;
  g_autofree char *line = NULL;
  g_autoptr (GBytes) saved = NULL;
  PvAuditChain chain = { 0 };
  gint64 until_us = 0;
  guint wrong_line = 0;
  static const struct {
    const char *before, *after, *wanted;
  } rows[] = {
    { "look", "", "ok\n{\"version\":1,\"checks\":[]}\n" },
    { "look", " printer", "ok\n{\"version\":1,\"checks\":[]}\n" },
    { "count", "", "ok 3" },
    { "paper", "", "ok" },
    { "close", " 1796097600", "failed" }, /* now */
    { "close", " 1896097600", "failed" }, /* years */
    { "close", " 1796104800", "ok" },
    { "save", "", "ok" },
    { "restart", "", "ok" },
  };

  plug_in (fixture);
  token = open_with_pin (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *request = g_strdup_printf ("%s %s%s", rows[i].before, token, rows[i].after);

    assert_answer (fixture, request, rows[i].wanted);
  }
  assert_true (pv_maintenance_file_read (fixture->config, NOW_S * G_USEC_PER_SEC, &until_us));
  assert_int_equal (until_us, G_GINT64_CONSTANT (1796104800) * G_USEC_PER_SEC);
  line = g_strdup_printf ("reopen %s", token);
  assert_answer (fixture, line, "ok");
  assert_false (pv_maintenance_file_read (fixture->config, NOW_S * G_USEC_PER_SEC, &until_us));
  saved = pv_service_stick_read_file (fixture->stick, NULL);
  assert_int_equal (g_bytes_get_size (saved), strlen ("a file for support"));
  assert_false (is_there (fixture, "support.tar.gz"));
  g_file_get_contents (calls_path, &calls, NULL, NULL);
  assert_non_null (strstr (calls, "ctl doctor --json\nctl doctor --json printer\nctl status --json\n"));
  assert_non_null (strstr (calls, "restart reboot\n"));
  g_free (line);
  line = g_strdup_printf ("end %s", token);
  assert_answer (fixture, line, "ok");
  assert_answer (fixture, line, "refused");
  assert_false (is_there (fixture, PV_SERVICE_TOKEN));
  assert_true (is_there (fixture, PV_SERVICE_ASKED)); /* its key is still there */
  log = read_log (fixture);
  assert_true (pv_audit_read_continue (log, &chain));
  assert_true (pv_audit_verify (&chain, log, &wrong_line));
  assert_non_null (strstr (log, " restart key-7 "));
}

static void
nothing_is_written_to_what_took_the_place_of_the_key (void **state)
{
  static const char other[] = "somebody's photographs";
  Fixture *fixture = *state;
  g_autofree char *token = NULL, *request = NULL, *left = NULL;

  plug_in (fixture);
  token = open_with_pin (fixture);
  assert_true (g_file_set_contents (fixture->stick, other, -1, NULL));
  request = g_strdup_printf ("save %s", token);
  assert_answer (fixture, request, "failed");
  assert_true (g_file_get_contents (fixture->stick, &left, NULL, NULL));
  assert_string_equal (left, other);
}

static void
a_log_that_somebody_changed_says_so_and_goes_on (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *path = g_build_filename (fixture->door.state, "audit-2026-12.log", NULL), *log = NULL;

  assert_true (pv_door_log_note (fixture->door.state, "opened", "key-1", NOW_S, NULL));
  assert_true (pv_door_log_note (fixture->door.state, "restart", "key-1", NOW_S, NULL));
  assert_true (g_file_set_contents (path, "1796097600 opened key-2 nothing\n", -1, NULL));
  assert_true (pv_door_log_note (fixture->door.state, "end", "key-1", NOW_S, NULL));
  log = read_log (fixture);
  assert_non_null (strstr (log, " " PV_AUDIT_BROKEN " "));
  assert_non_null (strstr (log, " end key-1 "));
  /* A power cut in the middle of a line is none of that. */
  g_free (log);
  log = read_log (fixture);
  {
    g_autofree char *cut = g_strconcat (log, "17960976", NULL);

    assert_true (g_file_set_contents (path, cut, -1, NULL));
  }
  assert_true (pv_door_log_note (fixture->door.state, "paper", "key-1", NOW_S, NULL));
  g_free (log);
  log = read_log (fixture);
  assert_non_null (strstr (log, " paper key-1 "));
  assert_null (strstr (log, "1796097617"));
}

int
main (void)
{
#define CASE(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
    CASE (only_lines_of_the_table_are_requests),
    CASE (a_key_asks_for_the_screen_and_takes_everything_along_when_it_goes),
    CASE (a_stick_that_is_no_key_or_not_ours_asks_for_nothing),
    CASE (five_wrong_pins_lock_the_door_for_the_right_one_too),
    CASE (a_key_that_expires_or_is_revoked_opens_nothing_any_more),
    CASE (nothing_is_done_for_another_token),
    CASE (each_request_does_what_it_says),
    CASE (nothing_is_written_to_what_took_the_place_of_the_key),
    CASE (a_log_that_somebody_changed_says_so_and_goes_on),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
