/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* "parvisctl portal survey" with the portal of the demo, through its relay and signed: as an administrator runs it. */

#include "tst.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#include "platform/json.h"

enum { START_DEADLINE_MS = 20 * 1000, START_POLL_US = 5000 };

static char *folder;
static GSubprocess *demo;

static char *
path_of (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

static void
write_file (const char *name, const char *text)
{
  g_autofree char *path = path_of (name);

  assert_true (g_file_set_contents (path, text, -1, NULL));
}

static char *
read_file (const char *name)
{
  g_autofree char *path = path_of (name);
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);
  return text;
}

/* @fault: (nullable): a word of --fault. Returns what the ports file says. */
static char *
start_demo (const char *fault)
{
  g_autofree char *ports = path_of ("ports"), *state = path_of ("state");
  gint64 end = g_get_monotonic_time () + START_DEADLINE_MS * G_TIME_SPAN_MILLISECOND;
  char *text = NULL;

  g_mkdir (state, 0700);
  demo = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, NULL, g_getenv ("PV_DEMO_PROGRAM"), "--state", state,
                           "--data", g_getenv ("PV_DEMO_DATA"), "--ports-file", ports, "--access",
                           "essai:cle-d-essai:bornes", fault != NULL ? "--fault" : NULL, fault, NULL);
  assert_non_null (demo);
  while (text == NULL && g_get_monotonic_time () < end)
    if (!g_file_get_contents (ports, &text, NULL, NULL))
      g_usleep (START_POLL_US);
  assert_non_null (text);
  return text;
}

static void
write_settings (const char *ports, gboolean is_direct, const char *more)
{
  const char *name = is_direct ? "PORTAL=" : "RELAY=";
  gint64 port = g_ascii_strtoll (strstr (ports, name) + strlen (name), NULL, 10);
  g_autofree char *direct = g_strdup_printf ("mode=direct\norigin=essai\naccess-key-file=%s/key\n", folder);
  g_autofree char *text = g_strdup_printf ("[commune]\nname=Montclair\n[portal]\nurl=http://127.0.0.1:%d\n%s%s",
                                           (int) port, is_direct ? direct : "", more);
  g_autofree char *key = path_of ("key");

  write_file ("conf/10.conf", text);
  write_file ("key", "cle-d-essai\n");
  assert_int_equal (g_chmod (key, 0600), 0);
}

static int
set_up (void **state)
{
  g_autofree char *conf = NULL;

  (void) state;
  folder = g_dir_make_tmp ("pv-ctl-survey-XXXXXX", NULL);
  conf = path_of ("conf");
  g_mkdir (conf, 0755);
  return 0;
}

static int
tear_down (void **state)
{
  (void) state;
  if (demo != NULL) {
    g_subprocess_send_signal (demo, SIGTERM);
    g_subprocess_wait (demo, NULL, NULL);
    g_clear_object (&demo);
  }
  tst_remove_folder (folder);
  g_clear_pointer (&folder, g_free);
  return 0;
}

/* What it printed, errors included; each "@" of @arguments is the folder. */
static char *
run (int status, const char *arguments)
{
  g_auto (GStrv) parts = g_strsplit (arguments, "@", -1);
  g_autofree char *told = g_strjoinv (folder, parts);
  g_autofree char *line = g_strdup_printf ("%s --config %s/conf portal survey%s%s", g_getenv ("PV_CTL_PROGRAM"), folder,
                                           *told != '\0' ? " " : "", told);
  g_auto (GStrv) argv = g_strsplit (line, " ", -1);
  g_autoptr (GSubprocess) process = g_subprocess_newv (
    (const char *const *) argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE, NULL);
  char *text = NULL;

  assert_non_null (process);
  assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, &text, NULL, NULL));
  if (g_subprocess_get_exit_status (process) != status)
    fail_msg ("%s: status %d, and it said: %s", arguments, g_subprocess_get_exit_status (process), text);
  return text;
}

static void
expect (int status, const char *arguments, const char *words)
{
  g_autofree char *text = run (status, arguments);

  if (strstr (text, words) == NULL)
    fail_msg ("%s: expected \"%s\", it said: %s", arguments, words, text);
}

static gint64
read_count (const PvJson *json, const char *name)
{
  g_autoptr (PvJson) summary = NULL;
  gint64 count = -1;

  assert_true (pv_json_read_object (json, "summary", &summary, NULL));
  assert_true (pv_json_read_int (summary, name, 0, 1000, &count, NULL));
  return count;
}

static void
every_form_of_the_portal_is_judged (void **state)
{
  g_autofree char *ports = start_demo (NULL), *text = NULL;
  g_autoptr (PvJson) json = NULL;

  (void) state;
  for (gboolean is_direct = FALSE; is_direct <= TRUE; is_direct++) {
    g_autofree char *said = NULL;

    write_settings (ports, is_direct, "");
    said = run (2, "--format json --output @/report.json");
    assert_string_equal (said, "");
    g_clear_pointer (&text, g_free);
    g_clear_pointer (&json, pv_json_unref);
    text = read_file ("report.json");
    json = pv_json_parse (text, strlen (text), NULL);
    assert_non_null (json);
    assert_int_equal (read_count (json, "forms"), 16);
    assert_int_equal (read_count (json, "unread"), 0);
    assert_int_equal (read_count (json, "here") + read_count (json, "phone"), 16);
    /* The settings say nothing yet: the slots of the appointment are nowhere. */
    assert_non_null (strstr (text, "sources=...;chrono_ds_agenda_meetings_mairie_mt_titres=agenda:mairie/titres;"));
  }
}

/* The line that it names mends the form. */
static void
a_line_that_it_names_mends_the_form (void **state)
{
  g_autofree char *ports = start_demo (NULL);

  (void) state;
  write_settings (ports, FALSE, "");
  expect (2, "rendez-vous-identite", "[phone]");
  write_settings (ports, FALSE, "sources=...;chrono_ds_agenda_meetings_mairie_mt_titres=agenda:mairie/titres;\n");
  expect (2, "rendez-vous-identite", "[here]");
  write_settings (ports, FALSE,
                  "sources=...;chrono_ds_agenda_meetings_mairie_mt_titres=agenda:mairie/titres;\n"
                  "[procedure rendez-vous-identite]\ncategory=rendez-vous\nsilence=not-a-request\nservice=Titres\n"
                  "phone=03 53 01 00 12\nemail=titres@montclair.example\n");
  expect (0, "rendez-vous-identite", "1 forms: 1 here, of which 0 with something to do;");
}

static void
a_template_is_never_written_over_one_that_is_there (void **state)
{
  g_autofree char *ports = start_demo (NULL), *first = NULL, *second = NULL, *page = NULL;

  (void) state;
  write_settings (ports, FALSE, "");
  g_free (run (2, "--template @/conf/50-procedures.conf --format html --output @/report.html"));
  page = read_file ("report.html");
  assert_true (g_str_has_prefix (page, "<!DOCTYPE html>"));
  first = read_file ("conf/50-procedures.conf");
  assert_non_null (strstr (first, "\n[procedure acte-naissance]\n"));
  /* It is in force now, and says nothing. */
  g_free (run (2, ""));
  expect (1, "--template @/conf/50-procedures.conf", "File exists");
  second = read_file ("conf/50-procedures.conf");
  assert_string_equal (first, second);
}

static void
what_goes_wrong_is_an_error_and_not_a_finding (void **state)
{
  g_autofree char *ports = start_demo (NULL);

  (void) state;
  write_settings (ports, FALSE, "");
  expect (1, "--format pdf", "use: parvisctl portal survey");
  expect (1, "--output", "use: parvisctl portal survey");
  expect (1, "--format json --wrong x", "use: parvisctl portal survey");
  expect (1, "no-such-form", "the portal has no form \"no-such-form\"");
  expect (1, "--output @/no/folder.txt acte-naissance", "No such file");
  g_subprocess_send_signal (demo, SIGTERM);
  g_subprocess_wait (demo, NULL, NULL);
  expect (1, "", "the portal's list of forms");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (every_form_of_the_portal_is_judged, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_line_that_it_names_mends_the_form, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_template_is_never_written_over_one_that_is_there, set_up, tear_down),
    cmocka_unit_test_setup_teardown (what_goes_wrong_is_an_error_and_not_a_finding, set_up, tear_down),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
