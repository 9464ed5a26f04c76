/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "mediator/console-settings.h"

#include <glib/gstdio.h>
#include <string.h>

#define FILE_NAME "mediator.conf"
#include "file-in-folder.h"

#define ROOT  "dGhpcyBpcyBhbiBleGFtcGxlIG9mIHRoZSBrZXkgaGU="
#define LEAST "[console]\nbroker-host=aide.montclair.example\nroots=" ROOT ";\n"

static PvConsoleSettings *
read_text (const char *text, GError **error)
{
  assert_true (g_file_set_contents (path, text, -1, NULL));
  return pv_console_settings_read (path, error);
}

static void
assert_in_folder (const char *file, const char *name)
{
  g_autofree char *expected = g_build_filename (folder, name, NULL);

  assert_string_equal (file, expected);
}

static void
takes_the_folder_for_all_that_is_not_said (void **state)
{
  g_autoptr (PvConsoleSettings) settings = read_text (LEAST, NULL);

  (void) state;
  assert_non_null (settings);
  assert_string_equal (settings->broker_host, "aide.montclair.example");
  assert_int_equal (settings->broker_port, 8884);
  assert_in_folder (settings->ca_file, "brokers.pem");
  assert_in_folder (settings->client_cert_file, "broker-client.pem");
  assert_in_folder (settings->client_key_file, "broker-client.key");
  assert_in_folder (settings->certificate_file, "assist.cert");
  assert_in_folder (settings->key_file, "mediator.key");
  assert_in_folder (settings->activity_file, "activity.csv");
  assert_in_folder (settings->audit_file, "audit.log");
  assert_in_folder (settings->explanations_file, "explanations.txt");
  assert_string_equal (settings->roots[0], ROOT);
  assert_null (settings->roots[1]);
  assert_int_equal (settings->group, 1);
  assert_null (settings->hours);
  assert_null (settings->revoked);
  assert_int_equal (settings->audit_days, 365);
}

static void
takes_what_is_said (void **state)
{
  g_autoptr (PvConsoleSettings) settings =
    read_text (LEAST "broker-port=443\nkey-file=/media/cle/mediator.key\nactivity-file=papiers/2026.csv\ngroup=2\n"
                     "hours=mon-fri 09:00-12:00; sat 10:00-12:00\naudit-days=180\n"
                     "revoked=628f191a891026c6; 0123456789abcdef;\n",
               NULL);

  (void) state;
  assert_non_null (settings);
  assert_int_equal (settings->broker_port, 443);
  assert_string_equal (settings->key_file, "/media/cle/mediator.key");
  assert_in_folder (settings->activity_file, "papiers/2026.csv");
  assert_int_equal (settings->group, 2);
  assert_string_equal (settings->hours, "mon-fri 09:00-12:00; sat 10:00-12:00");
  assert_int_equal (g_strv_length (settings->revoked), 2);
  assert_string_equal (settings->revoked[1], "0123456789abcdef");
  assert_int_equal (settings->audit_days, 180);
}

static void
names_what_is_to_be_mended (void **state)
{
  static const struct {
    const char *text, *words;
  } cases[] = {
    { "[console]\nroots=" ROOT ";\n", "broker-host: is missing" },
    { "[console]\nbroker-host=\nroots=" ROOT ";\n", "broker-host: is missing" },
    { "[console]\nbroker-host=a\n", "roots: expected the text of root.pub" },
    { "[console]\nbroker-host=a\nroots=abc;\n", "roots: expected the text of root.pub" },
    { LEAST "broker-port=0\n", "broker-port: expected a number from 1 to 65535" },
    { LEAST "broker-port=65536\n", "broker-port" },
    { LEAST "group=3\n", "group: expected a number from 1 to 2" },
    { LEAST "audit-days=29\n", "audit-days: expected a number from 30" },
    { LEAST "hours=always\n", "hours: opening hours, character 1" },
    { LEAST "hours=mon-fri 09:00-12:00; mon 14:00-17:00\n", "hours: opening hours" },
    { LEAST "revoked=628F191A891026C6;\n", "revoked: expected numbers" },
    { LEAST "revoked=628f191a891026c;\n", "revoked: expected numbers" },
    { LEAST "brokerport=1\n", "[console] has no key \"brokerport\"" },
    { LEAST "[other]\na=b\n", "expected one group, [console]" },
    { "[assist]\nbroker-host=a\n", "expected one group, [console]" },
    { LEAST "nonsense\n", "nonsense" },
    { "", "expected one group" },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;

    assert_null (read_text (cases[i].text, &error));
    assert_int_equal (error->domain, G_KEY_FILE_ERROR);
    if (strstr (error->message, cases[i].words) == NULL || strstr (error->message, "mediator.conf") == NULL)
      fail_msg ("expected \"%s\", it said: %s", cases[i].words, error->message);
  }
}

static void
has_limits (void **state)
{
  g_autofree char *long_text = g_strnfill (1025, 'a'),
                  *long_value = g_strconcat (LEAST "key-file=", long_text, "\n", NULL);
  g_autofree char *long_remark = g_strnfill (64 * 1024, '#'), *long_file = g_strconcat (long_remark, "\n" LEAST, NULL);
  g_autoptr (GString) many = g_string_new (LEAST "revoked=");
  g_autoptr (GError) missing = NULL;

  (void) state;
  for (guint i = 0; i < 65; i++)
    g_string_append (many, "628f191a891026c6;");
  assert_null (read_text (long_value, NULL));
  assert_null (read_text (long_file, NULL));
  assert_null (read_text (many->str, NULL));
  g_remove (path);
  assert_null (pv_console_settings_read (path, &missing));
  assert_true (g_error_matches (missing, G_FILE_ERROR, G_FILE_ERROR_NOENT));
}

/* What is shipped for IT to look at: every key, as it is or behind "#". */
static void
the_example_can_be_read_with_every_key (void **state)
{
  g_autofree char *example = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_auto (GStrv) lines = NULL;
  g_autoptr (PvConsoleSettings) settings = NULL;
  g_autoptr (GError) error = NULL;

  (void) state;
  assert_true (g_file_get_contents (PV_TEST_EXAMPLE, &example, NULL, NULL));
  lines = g_strsplit (example, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    gboolean is_default = lines[i][0] == '#' && g_ascii_islower (lines[i][1]) && strchr (lines[i], '=') != NULL;

    g_string_append_printf (text, "%s\n", lines[i] + (is_default ? 1 : 0));
  }
  settings = read_text (text->str, &error);
  if (settings == NULL)
    fail_msg ("%s", error->message);
  assert_non_null (settings->hours);
  assert_non_null (settings->revoked);
  assert_int_equal (settings->broker_port, 8884);
  assert_int_equal (settings->audit_days, 365);
  assert_in_folder (settings->explanations_file, "explanations.txt");
}

int
main (void)
{
#define T(test) cmocka_unit_test_setup_teardown (test, set_up, tear_down)
  const struct CMUnitTest tests[] = {
    T (takes_the_folder_for_all_that_is_not_said),
    T (takes_what_is_said),
    T (names_what_is_to_be_mended),
    T (has_limits),
    T (the_example_can_be_read_with_every_key),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
