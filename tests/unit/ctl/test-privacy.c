/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The papers about personal data say what the table says, with a commune's settings, and name only commands that there are. */

#include "tst.h"

#include <string.h>

#include "ctl/privacy-papers.h"
#include "ctl/privacy-template.h"

static PvSettings *
load (const char *folder)
{
  g_autoptr (GError) error = NULL;
  PvSettings *settings = pv_settings_load (folder, &error);

  if (settings == NULL)
    fail_msg ("%s", error->message);
  return settings;
}

static PvSettings *
load_example (void)
{
  g_autofree char *folder = g_build_filename (g_getenv ("PV_TEST_DATA"), "privacy", NULL);

  return load (folder);
}

/* A commune that uses nothing that can be left out. */
static PvSettings *
load_plain (void)
{
  static const char text[] =
    "[commune]\nname=Petitbourg\n[portal]\nmode=direct\nurl=https://portail.example\norigin=borne\n"
    "access-key-file=/etc/parvis/key\n[card]\nenabled=false\n[printer]\nenabled=false\n"
    "[speech]\nengine=none\n[outbox]\nretention-days=12\n[screen]\nidle-seconds=60\n"
    "warn-seconds=30\n";
  g_autofree char *folder = g_dir_make_tmp ("pv-privacy-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "10.conf", NULL);
  PvSettings *settings;

  assert_true (g_file_set_contents (path, text, -1, NULL));
  settings = load (folder);
  tst_remove_folder (folder);
  return settings;
}

static char *
write_paper (PvPrivacyPaper paper, const PvSettings *settings)
{
  g_autoptr (GError) error = NULL;
  char *text = pv_privacy_write (paper, settings, &error);

  if (text == NULL)
    fail_msg ("%s", error->message);
  return text;
}

static void
the_papers_in_the_repository_are_what_is_printed (void **state)
{
  g_autoptr (PvSettings) settings = load_example ();

  (void) state;
  for (PvPrivacyPaper paper = 0; paper < PV_N_PRIVACY_PAPERS; paper++) {
    g_autofree char *path = g_build_filename (g_getenv ("PV_PRIVACY_PAPERS"), pv_privacy_paper_file (paper), NULL),
                    *expected = NULL, *text = write_paper (paper, settings);

    if (!g_file_get_contents (path, &expected, NULL, NULL) || !g_str_equal (text, expected))
      fail_msg ("%s is not what parvisctl privacy %s prints", path, pv_privacy_paper_name (paper));
  }
}

static void
every_blank_is_filled_and_french_is_well_set (void **state)
{
  PvSettings *communes[] = { load_example (), load_plain () };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (communes); i++) {
    for (PvPrivacyPaper paper = 0; paper < PV_N_PRIVACY_PAPERS; paper++) {
      g_autofree char *text = write_paper (paper, communes[i]);
      static const char *const wrong[] = { "{{", "}}", "« ", " »", " ?", " !", " ;\n", " :\n", "'" };

      for (gsize n = 0; n < G_N_ELEMENTS (wrong); n++)
        if (strstr (text, wrong[n]) != NULL && !(*wrong[n] == '\'' && strstr (text, "'") == NULL))
          fail_msg ("%s has \"%s\": %.60s", pv_privacy_paper_file (paper), wrong[n], strstr (text, wrong[n]));
    }
    pv_settings_free (communes[i]);
  }
}

static void
what_a_commune_does_not_use_is_not_said (void **state)
{
  static const char *const never[] = { "médiat", "carte d’identité", "imprimante", "téléphone envoie", "casque" };
  g_autoptr (PvSettings) plain = load_plain (), all = load_example ();
  g_autofree char *little = write_paper (PV_PRIVACY_NOTICE, plain), *much = write_paper (PV_PRIVACY_NOTICE, all),
                  *record = write_paper (PV_PRIVACY_RECORD, plain), *stolen = write_paper (PV_PRIVACY_STOLEN, plain);

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (never); i++)
    assert_null (strstr (little, never[i]));
  assert_non_null (strstr (much, "médiat"));
  assert_non_null (strstr (much, "Montclair"));
  /* Settings, and what is to be filled in by hand. */
  assert_non_null (strstr (little, "Petitbourg"));
  assert_non_null (strstr (little, "12 jours"));
  assert_non_null (strstr (little, "1 minute 30"));
  assert_non_null (strstr (little, "[à compléter"));
  assert_null (strstr (record, "relais (sous-traitant)"));
  assert_non_null (strstr (stolen, "mode direct"));
}

/* What stands before each procedure, journey-screens-start.c. */
static void
the_screen_says_what_the_notice_says (void **state)
{
  static const char said[] = "They go to the town hall only. Nothing stays on this kiosk.";
  g_autoptr (PvSettings) settings = load_example ();
  g_autofree char *notice = write_paper (PV_PRIVACY_NOTICE_SCREEN, settings), *french = NULL, *end = NULL;
  char *at;

  (void) state;
  assert_true (g_file_get_contents (g_getenv ("PV_FRENCH"), &french, NULL, NULL));
  at = strstr (french, said);
  assert_non_null (at);
  at = strstr (at, "msgstr \"");
  assert_non_null (at);
  end = g_strndup (at + strlen ("msgstr \""), strcspn (at + strlen ("msgstr \""), "\""));
  assert_non_null (strstr (notice, end));
}

static void
every_row_says_everything (void **state)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  (void) state;
  for (const PvPrivacyRow *row = pv_privacy_rows; row->id != NULL; row++) {
    const char *const texts[] = { row->datum, row->purpose, row->process, row->where,
                                  row->kept,  row->readers, row->erased };

    assert_true (g_hash_table_add (ids, (gpointer) row->id));
    for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
      if (texts[i] == NULL || *texts[i] == '\0' || strchr (texts[i], '|') != NULL || strchr (texts[i], '\n') != NULL)
        fail_msg ("%s: cell %zu", row->id, i);
  }
  for (const PvPrivacyLogField *field = pv_privacy_log_fields; field->name != NULL; field++)
    assert_true (field[1].name == NULL || strcmp (field->name, field[1].name) < 0);
}

/* Wherever a paper says "parvisctl WORD [WORD]". */
static void
the_papers_name_only_commands_that_there_are (void **state)
{
  g_autoptr (PvSettings) settings = load_example ();
  g_autoptr (GRegex) regex = g_regex_new ("parvisctl ([a-z-]+)(?: ([a-z-]+))?", 0, 0, NULL);
  g_autofree char *output = NULL, *commands = NULL;
  char *command[] = { (char *) g_getenv ("PV_CTL_PROGRAM"), (char *) "--commands", NULL };
  guint n_found = 0;

  (void) state;
  assert_true (g_spawn_sync (NULL, command, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output, NULL, NULL, NULL));
  commands = g_strconcat ("\n", output, NULL);
  for (PvPrivacyPaper paper = 0; paper < PV_N_PRIVACY_PAPERS; paper++) {
    g_autofree char *text = write_paper (paper, settings);
    g_autoptr (GMatchInfo) match = NULL;

    for (g_regex_match (regex, text, 0, &match); g_match_info_matches (match); g_match_info_next (match, NULL)) {
      g_autofree char *first = g_match_info_fetch (match, 1), *second = g_match_info_fetch (match, 2);
      g_autofree char *alone = g_strconcat ("\n", first, " -\n", NULL),
                      *both = g_strconcat ("\n", first, " ", second, "\n", NULL);

      n_found++;
      if (strstr (commands, alone) == NULL && strstr (commands, both) == NULL)
        fail_msg ("%s: there is no parvisctl %s %s", pv_privacy_paper_file (paper), first, second);
    }
  }
  assert_true (n_found >= 10);
}

static void
a_blank_that_nothing_fills_is_an_error (void **state)
{
  g_autoptr (GHashTable) texts = g_hash_table_new (g_str_hash, g_str_equal);
  static const struct {
    const char *template, *text;
  } rows[] = {
    { "a {{name}} b\n", "a Anne b\n" },
    { "{{#none}}\nno\n{{/none}}\nyes", "yes" },
    { "{{^none}}\nyes\n{{/none}}\n", "yes\n" },
    { "{{#name}}\nyes {{name}}\n{{/name}}\n", "yes Anne\n" },
    { "{{other}}", NULL },
    { "{{#other}}\n{{/other}}", NULL },
    { "{{ open", "{{ open" },
  };

  (void) state;
  g_hash_table_insert (texts, (gpointer) "name", (gpointer) "Anne");
  g_hash_table_insert (texts, (gpointer) "none", (gpointer) "");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *unknown = NULL, *text = pv_privacy_fill (rows[i].template, texts, &unknown);

    if (g_strcmp0 (text, rows[i].text) != 0)
      fail_msg ("row %zu: %s", i, text);
    assert_int_equal (text == NULL, unknown != NULL);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (every_row_says_everything),
    cmocka_unit_test (every_blank_is_filled_and_french_is_well_set),
    cmocka_unit_test (what_a_commune_does_not_use_is_not_said),
    cmocka_unit_test (the_papers_name_only_commands_that_there_are),
    cmocka_unit_test (the_screen_says_what_the_notice_says),
    cmocka_unit_test (the_papers_in_the_repository_are_what_is_printed),
    cmocka_unit_test (a_blank_that_nothing_fills_is_an_error),
  };

  tst_init ();
  return cmocka_run_group_tests_name ("privacy", tests, NULL, NULL);
}
