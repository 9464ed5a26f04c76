/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who says something about settings, who may, and how an administrator sees it. Many combinations: test-settings-merge.c. */

#include "tst.h"

#include <string.h>
#include <unistd.h>

#include "platform/settings-layers.h"
#include "platform/settings-table.h"
#include "settings-folder.h"

static char *folder;

static int
tear_down (void **state)
{
  (void) state;
  if (folder != NULL)
    tst_remove_folder (folder);
  g_clear_pointer (&folder, g_free);
  return 0;
}

static PvSettings *
load (const char *files)
{
  g_autoptr (GError) error = NULL;
  PvSettings *settings;

  folder = settings_folder_new (files);
  settings_folder_add_enough (folder);
  settings = pv_settings_load (folder, &error);
  if (settings == NULL)
    fail_msg ("%s", error->message);
  return settings;
}

static void
has (const char *text, const char *words)
{
  assert_non_null (text);
  if (strstr (text, words) == NULL)
    fail_msg ("\"%s\" is not in\n%s", words, text);
}

static void
the_five_layers_have_their_places (void **state)
{
  static const char *const expected[PV_N_LAYERS] = {
    "/usr/lib/parvis/conf.d",
    "/var/lib/parvis-settings/platform",
    "/var/lib/parvis-settings/commune",
    "/etc/parvis/conf.d",
    "/etc/parvis/kiosk.d",
  };
  g_autofree char *store = pv_layers_get_store ("/etc/parvis/conf.d/");

  (void) state;
  for (guint i = 0; i < PV_N_LAYERS; i++) {
    g_autofree char *path = pv_layer_get_folder (PV_SETTINGS_DEFAULT_FOLDER, i);

    assert_string_equal (path, expected[i]);
  }
  assert_string_equal (store, "/var/lib/parvis-settings");
}

static void
a_folder_of_files_is_the_layer_site_alone (void **state)
{
  g_autoptr (PvSettings) settings = load ("@10.conf\n[settings]\nurl=https://r.example\n");
  g_autofree char *vendor = pv_layer_get_folder (folder, PV_LAYER_VENDOR);
  g_autofree char *site = pv_layer_get_folder (folder, PV_LAYER_SITE);
  g_autofree char *store = pv_layers_get_store (folder);

  (void) state;
  assert_null (vendor);
  assert_null (store);
  assert_string_equal (site, folder);
}

static void
higher_layers_win_whatever_the_names_of_their_files (void **state)
{
  g_autoptr (PvSettings) settings =
    load ("@vendor/99.conf\n[commune]\nplace=a\ngreeting=a\n[contact]\nphone=1\n"
          "@platform/80.conf\n[commune]\nplace=b\ngreeting=b\n[contact]\nemail=b@b.example\n"
          "@commune/70.conf\n[commune]\nplace=c\n"
          "@site/60.conf\n[commune]\nplace=d\n"
          "@kiosk/10.conf\n[commune]\nplace=e\n");
  g_autofree char *text = pv_settings_describe (settings);

  (void) state;
  assert_string_equal (pv_settings_get_text (settings, PV_SETTING_COMMUNE_PLACE), "e");
  assert_string_equal (pv_settings_get_text (settings, PV_SETTING_COMMUNE_GREETING), "b");
  assert_string_equal (pv_settings_get_text (settings, PV_SETTING_CONTACT_PHONE), "1");
  has (text, "[commune] place = e  # kiosk/10.conf:2\n");
  has (text, "[commune] greeting = b  # platform/80.conf:3\n");
  has (text, "[contact] phone = 1  # vendor/99.conf:5\n");
}

static void
lists_go_on_through_layers (void **state)
{
  g_autoptr (PvSettings) settings =
    load ("@platform/10.conf\n[portal]\nregies=cantine;\n[procedure acte]\nkeywords=acte;\n"
          "@kiosk/10.conf\n[portal]\nregies=...;sport;\n[procedure acte]\nkeywords=...;livret;\n");
  g_autofree char *text = pv_settings_describe (settings);

  (void) state;
  has (text, "[portal] regies = cantine;sport  # platform/10.conf:2, kiosk/10.conf:2\n");
  has (text, "[procedure acte] keywords = acte;livret  # platform/10.conf:4, kiosk/10.conf:4\n");
}

static void
a_locked_key_may_be_said_again_but_not_changed (void **state)
{
  g_autoptr (PvSettings) settings = load ("@platform/10.conf\n[screen]\nidle-seconds=120\n"
                                          "[locks]\nkeys=screen/idle-seconds;screen/warn-seconds;commune/languages;\n"
                                          "@site/10.conf\n[screen]\nidle-seconds=120\nwarn-seconds=60\n"
                                          "[commune]\nlanguages=fr;en;\n"
                                          "@kiosk/10.conf\n[commune]\nlanguages=...;\n");
  g_autofree char *text = pv_settings_describe (settings);

  (void) state;
  has (text, "[screen] idle-seconds = 120  # site/10.conf:2; locked by platform/10.conf:4\n");
}

static void
a_lock_binds_the_layers_above_it_only (void **state)
{
  g_autoptr (PvSettings) settings = load ("@vendor/10.conf\n[screen]\nidle-seconds=60\n"
                                          "@platform/10.conf\n[screen]\nidle-seconds=100\n[locks]\nkeys=screen/*;\n"
                                          "@platform/20.conf\n[screen]\nidle-seconds=120\n"); /* the same layer may */

  (void) state;
  assert_int_equal (pv_settings_get_int (settings, PV_SETTING_SCREEN_IDLE_SECONDS), 120);
}

/* Who is trusted, and every path: whatever its kind, so that a new setting cannot be forgotten. */
static void
no_bundle_says_a_local_key (void **state)
{
  guint n_local = 0;

  (void) state;
  for (guint i = 0; i < PV_N_SETTINGS; i++) {
    const PvSettingRow *row = &pv_setting_rows[i];
    const char *value = row->fallback != NULL ? row->fallback : "/etc/parvis/x";

    for (guint layer = PV_LAYER_PLATFORM; layer <= PV_LAYER_COMMUNE; layer++) {
      g_autofree char *text =
        g_strdup_printf ("@%s/10.conf\n[%s]\n%s=%s\n", pv_layer_get_name (layer), row->group, row->key, value);
      g_autofree char *dir = settings_folder_new (text);
      g_autoptr (GError) error = NULL;
      g_autoptr (PvSettings) settings = NULL;

      settings_folder_add_enough (dir);
      settings = pv_settings_load (dir, &error);
      if (pv_setting_is_local (row)
          && (settings != NULL || strstr (error->message, "is never taken from a bundle") == NULL))
        fail_msg ("[%s] %s was taken", row->group, row->key);
      if (!pv_setting_is_local (row) && settings == NULL
          && strstr (error->message, "is never taken from a bundle") != NULL)
        fail_msg ("[%s] %s was not taken", row->group, row->key);
      tst_remove_folder (dir);
    }
    n_local += pv_setting_is_local (row) ? 1 : 0;
  }
  for (guint i = 0; i < PV_N_SETTINGS; i++) {
    const PvSettingRow *row = &pv_setting_rows[i];

    if (strcmp (row->group, "settings") == 0 || g_str_has_suffix (row->key, "-file")
        || g_str_has_suffix (row->key, "-files") || strcmp (row->group, "paths") == 0)
      assert_true (pv_setting_is_local (row));
  }
  assert_true (n_local > 30);
}

static void
a_bundle_that_was_lost_is_told (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  (void) state;
  folder = settings_folder_new ("@site/10.conf\n#\n");
  settings_folder_add_enough (folder);
  path = g_build_filename (folder, "platform", NULL);
  assert_int_equal (symlink ("platform-17-0", path), 0);
  assert_null (pv_settings_load (folder, &error));
  assert_true (g_error_matches (error, PV_SETTINGS_ERROR, PV_SETTINGS_ERROR_UNREADABLE));
  has (error->message, "platform");
}

static void
a_key_is_explained (void **state)
{
  g_autoptr (PvSettings) settings = load ("@vendor/10.conf\n[screen]\nidle-seconds=60\n"
                                          "@platform/10.conf\n[screen]\nidle-seconds=120\n[locks]\nkeys=screen/*;\n");
  g_autofree char *text = NULL, *expected = NULL, *untouched = NULL;

  (void) state;
  settings_folder_write (folder, "kiosk/90.conf", "[screen]\nidle-seconds=300\n");
  text = pv_settings_explain (folder, "screen", "idle-seconds");
  expected =
    g_strdup_printf ("[screen] idle-seconds\n"
                     "  After so many seconds without a touch it asks \"Are you still there?\".\n"
                     "  Type:     a whole number from 30 to 900\n"
                     "  Default:  90\n"
                     "  In force: 120\n"
                     "  Set by:   platform/10.conf:2\n"
                     "  Locked:   by platform/10.conf:4, for all layers above platform\n"
                     "  vendor    %s/vendor\n"
                     "            vendor/10.conf:2: 60\n"
                     "  platform  %s/platform\n"
                     "            platform/10.conf:2: 120\n"
                     "  commune   %s/commune\n"
                     "            says nothing\n"
                     "  site      %s/site\n"
                     "            says nothing\n"
                     "  kiosk     %s/kiosk\n"
                     "            kiosk/90.conf:2: 300\n"
                     "            does not count: is locked by platform/10.conf:4, and differs from what is in "
                     "force below\n",
                     folder, folder, folder, folder, folder);
  assert_string_equal (text, expected);
  untouched = pv_settings_explain (folder, "outbox", "private-key-file");
  has (untouched,
       "  Bundles:  may not say it\n  In force: nothing\n  Set by:   nobody; it is the default\n  Locked:   no\n");
  assert_null (pv_settings_explain (folder, "screen", "colour"));
  assert_null (pv_settings_explain (folder, "", ""));
}

/* Every key, with a sentence for what it is; the file that is shipped is what the table says. */
static void
the_reference_is_what_the_table_says (void **state)
{
  g_autofree char *text = pv_settings_reference (), *shipped = NULL;

  (void) state;
  assert_true (g_file_get_contents (PV_TEST_CONFIG_DIR "/settings/reference.conf", &shipped, NULL, NULL));
  if (strcmp (text, shipped) != 0)
    fail_msg ("kiosk-config/settings/reference.conf is not what \"parvisctl settings reference\" prints");
  for (guint i = 0; i < PV_N_SETTINGS; i++) {
    g_autofree char *line = g_strdup_printf ("\n#%s=", pv_setting_rows[i].key);

    has (text, line);
    assert_non_null (pv_setting_rows[i].says);
    assert_true (g_str_has_suffix (pv_setting_rows[i].says, ".") && strlen (pv_setting_rows[i].says) > 10);
  }
  for (guint i = 0; i < PV_N_PROCEDURE_KEYS; i++)
    assert_true (g_str_has_suffix (pv_procedure_rows[i].says, "."));
  for (guint i = 0; i < PV_N_HANDOVER_KEYS; i++)
    assert_true (g_str_has_suffix (pv_handover_rows[i].says, "."));
}

static void
the_reference_changes_nothing_where_it_is_read (void **state)
{
  g_autofree char *text = pv_settings_reference ();
  g_autoptr (PvSettings) plain = load ("@10.conf\n#\n"), settings = NULL;
  g_autofree char *before = pv_settings_describe (plain), *after = NULL;

  (void) state;
  settings_folder_write (folder, "20.conf", text);
  settings = pv_settings_load (folder, NULL);
  assert_non_null (settings);
  after = pv_settings_describe (settings);
  assert_string_equal (before, after);
}

int
main (void)
{
  static const struct CMUnitTest tests[] = {
    cmocka_unit_test_teardown (the_five_layers_have_their_places, tear_down),
    cmocka_unit_test_teardown (a_folder_of_files_is_the_layer_site_alone, tear_down),
    cmocka_unit_test_teardown (higher_layers_win_whatever_the_names_of_their_files, tear_down),
    cmocka_unit_test_teardown (lists_go_on_through_layers, tear_down),
    cmocka_unit_test_teardown (a_locked_key_may_be_said_again_but_not_changed, tear_down),
    cmocka_unit_test_teardown (a_lock_binds_the_layers_above_it_only, tear_down),
    cmocka_unit_test_teardown (no_bundle_says_a_local_key, tear_down),
    cmocka_unit_test_teardown (a_bundle_that_was_lost_is_told, tear_down),
    cmocka_unit_test_teardown (a_key_is_explained, tear_down),
    cmocka_unit_test_teardown (the_reference_is_what_the_table_says, tear_down),
    cmocka_unit_test_teardown (the_reference_changes_nothing_where_it_is_read, tear_down),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
