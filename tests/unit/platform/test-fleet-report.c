/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include "platform/fleet-report.h"

#include <string.h>

#define KIOSK "0123456789abcdef"
#define NOW   G_GINT64_CONSTANT (1764576000) /* 2025-12-01T08:00:00Z */

static PvKioskReport *
new_report (void)
{
  PvKioskReport *report = g_new0 (PvKioskReport, 1);
  PvKioskFacts facts = {
    .screen = PV_KIOSK_SCREEN_OUT_OF_ORDER,
    .frame_age_s = 3,
    .n_crashes = 4,
    .printer = PV_KIOSK_PRINTER_OUT,
    .printer_reason = "no-paper",
    .portal = PV_KIOSK_LINK_AWAY,
    .assistance = PV_KIOSK_LINK_OFF,
    .portal_answered_s = NOW - 7200,
    .n_overdue = 2,
    .n_for_agent = 1,
    .disk_free_mb = 900,
    .can_store = TRUE,
    .is_clock_checked = TRUE,
    .is_in_maintenance = TRUE,
    .is_on_trial = TRUE,
    .update_refused = "2026.12.1",
    .certificate_ends_s = NOW + 86400,
  };

  report->kiosk = g_strdup (KIOSK);
  report->label = g_strdup ("Mairie \"annexe\", hall");
  report->release = g_strdup ("1.2.3");
  pv_kiosk_report_note (report, &facts, NOW - 60);
  pv_kiosk_report_note (report, &facts, NOW);
  return report;
}

static void
a_report_comes_back_as_it_was (void **state)
{
  g_autoptr (PvKioskReport) report = new_report (), back = NULL;
  g_autofree char *text = pv_fleet_report_to_json (report), *again = NULL;
  g_autoptr (GError) error = NULL;

  (void) state;
  assert_true (strlen (text) <= PV_FLEET_MAX_STATE_BYTES);
  back = pv_fleet_report_from_json (text, strlen (text), &error);
  assert_non_null (back);
  assert_string_equal (back->label, report->label);
  assert_memory_equal (back->since_s, report->since_s, sizeof back->since_s);
  assert_int_equal (back->since_s[PV_KIOSK_PROBLEM_PRINTER], NOW - 60);
  again = pv_fleet_report_to_json (back);
  assert_string_equal (again, text);
}

/* All that is told, and its place: whoever adds a member adds it to the schema, the table of personal data and here. */
static void
a_report_has_these_members_and_no_other (void **state)
{
  static const char *const members[] = {
    "version",        "kiosk",
    "label",          "release",
    "told",           "screen",
    "frame_age_s",    "crashes_24h",
    "printer",        "printer_reason",
    "portal",         "portal_answered",
    "assistance",     "outbox",
    "disk_free_mb",   "clock_checked",
    "maintenance",    "update_on_trial",
    "update_refused", "certificate_ends",
    "problems",       NULL,
  };
  g_autoptr (PvKioskReport) report = new_report ();
  g_autofree char *text = pv_fleet_report_to_json (report), *joined = NULL,
                  *expected = g_strjoinv (" ", (char **) members);
  g_autoptr (PvJson) json = pv_json_parse (text, strlen (text), NULL);
  g_auto (GStrv) keys = pv_json_list_keys (json);

  (void) state;
  joined = g_strjoinv (" ", keys);
  assert_string_equal (joined, expected);
}

static char *
replace (const char *text, const char *from, const char *to)
{
  g_auto (GStrv) parts = g_strsplit (text, from, 2);

  assert_int_equal (g_strv_length (parts), 2);
  return g_strjoinv (to, parts);
}

static void
what_a_later_release_adds_is_passed_over (void **state)
{
  g_autoptr (PvKioskReport) report = new_report (), back = NULL;
  g_autofree char *text = pv_fleet_report_to_json (report);
  g_autofree char *more = replace (text, "\"maintenance\":true", "\"maintenance\":true,\"moon\":{\"phase\":3}");
  g_autofree char *other = replace (more, "\"problem\":\"portal\"", "\"problem\":\"moon\"");
  g_autofree char *screen = replace (other, "\"out-of-order\"", "\"inside-out\"");

  (void) state;
  back = pv_fleet_report_from_json (screen, strlen (screen), NULL);
  assert_non_null (back);
  assert_int_equal (back->since_s[PV_KIOSK_PROBLEM_OTHER], NOW - 60);
  assert_int_equal (back->since_s[PV_KIOSK_PROBLEM_PORTAL], 0);
  assert_int_equal (back->facts.screen, PV_KIOSK_SCREEN_UNKNOWN);
}

static void
what_is_no_report_is_refused (void **state)
{
  static const struct {
    const char *from, *to;
  } rows[] = {
    { "\"version\":1", "\"version\":2" },
    { "\"version\":1", "\"version\":\"1\"" },
    { KIOSK, "0123456789ABCDEF" },
    { "\"no-paper\"", "\"Madame Martin\"" },
    { "\"no-paper\"", "\"a-reason-that-is-longer-than-any-of-ours\"" },
    { "\"overdue\":2", "\"overdue\":-2" },
    { "\"disk_free_mb\":900", "\"disk_free_mb\":4294967296" },
    { "\"told\":\"2025", "\"told\":\"yesterday, 2025" },
    { "\"2026.12.1\"", "\"Madame Martin\"" },
    { "\"2026.12.1\"", "\"2026.12.1.1.1.1.1.1.1.1.1.1.1.1.1.1\"" },
    { "\"clock_checked\":true", "\"clock_checked\":1" },
    { "\"release\":\"1.2.3\"", "\"release\":null" },
  };
  g_autoptr (PvKioskReport) report = new_report ();
  g_autofree char *text = pv_fleet_report_to_json (report);

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *wrong = replace (text, rows[i].from, rows[i].to);
    g_autoptr (GError) error = NULL;

    assert_null (pv_fleet_report_from_json (wrong, strlen (wrong), &error));
    assert_int_equal (error->domain, PV_JSON_ERROR);
  }
  for (gsize size = 0; size < strlen (text); size++)
    assert_null (pv_fleet_report_from_json (text, size, NULL));
}

static void
presence_comes_back_as_it_was (void **state)
{
  static const PvFleetPresence rows[] = { { TRUE, FALSE, NOW }, { FALSE, TRUE, NOW }, { FALSE, FALSE, 0 } };

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *text = pv_fleet_presence_to_json (&rows[i]);
    PvFleetPresence back = { 0 };

    assert_true (pv_fleet_presence_from_json (text, strlen (text), &back, NULL));
    assert_memory_equal (&back, &rows[i], sizeof back);
    assert_true (strlen (text) <= PV_FLEET_MAX_PRESENCE_BYTES);
  }
}

static void
topics_lead_back_to_their_kiosk (void **state)
{
  static const char *const others[] = {
    "f",
    "f/" KIOSK,
    "f/" KIOSK "/state/2025-12-01",
    "f/" KIOSK "/usage",
    "f/" KIOSK "/usage/today",
    "f/" KIOSK "/usage/2025-12-01/more",
    "f/" KIOSK "/commands",
    "f/0123456789ABCDEF/state",
    "g/" KIOSK "/state",
  };
  g_autofree char *kiosk = NULL, *day = NULL, *topic = pv_fleet_topic (KIOSK, PV_FLEET_USAGE, "2025-12-01"),
                  *state_topic = pv_fleet_topic (KIOSK, PV_FLEET_STATE, NULL), *same = NULL, *none = NULL;

  (void) state;
  assert_int_equal (pv_fleet_topic_parse (topic, &kiosk, &day), PV_FLEET_USAGE);
  assert_string_equal (kiosk, KIOSK);
  assert_string_equal (day, "2025-12-01");
  assert_int_equal (pv_fleet_topic_parse (state_topic, &same, &none), PV_FLEET_STATE);
  assert_null (none);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++) {
    char *untouched = NULL;

    assert_int_equal (pv_fleet_topic_parse (others[i], &untouched, &untouched), PV_FLEET_NO_TOPIC);
    assert_null (untouched);
  }
}

/* The largest day fits one message. */
static void
usage_comes_back_and_fits_its_limit (void **state)
{
  g_autoptr (GPtrArray) rows = pv_fleet_usage_new (), back = NULL;
  g_autofree char *text = NULL, *wrong = NULL;

  (void) state;
  for (guint i = 0; i < PV_FLEET_MAX_PROCEDURES + 1; i++) {
    g_autofree char *slug = g_strdup_printf ("%0*u", PV_FLEET_MAX_SLUG_BYTES, i);

    pv_fleet_usage_add (rows, slug, i % 2 == 0 ? "< 5" : "1000000");
  }
  text = pv_fleet_usage_to_json (KIOSK, "2025-12-01", 5, rows);
  assert_true (strlen (text) <= PV_FLEET_MAX_USAGE_BYTES);
  back = pv_fleet_usage_from_json (text, strlen (text), NULL);
  assert_int_equal (back->len, PV_FLEET_MAX_PROCEDURES);
  assert_string_equal (((PvFleetUsage *) back->pdata[2])->filed, "< 5");
  wrong = replace (text, "\"< 5\"", "\"Martin\"");
  assert_null (pv_fleet_usage_from_json (wrong, strlen (wrong), NULL));
}

/* What both formats allow: each family once, with its help and type before its samples, a number after each. */
static void
metrics_are_gauges_each_with_its_type_and_a_number (void **state)
{
  g_autoptr (PvKioskReport) report = new_report (), second = new_report ();
  const PvFleetSample samples[] = { { report, TRUE }, { second, FALSE } };
  g_autofree char *text = NULL;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_auto (GStrv) lines = NULL;
  const char *family = "";
  guint n_samples = 0;

  (void) state;
  report->facts.assistance = PV_KIOSK_LINK_UP;
  memset (second->kiosk, 'f', strlen (second->kiosk));
  text = pv_fleet_metrics_to_text (samples, 2);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL && strcmp (lines[i], "# EOF") != 0; i++) {
    g_auto (GStrv) words = g_strsplit (lines[i], " ", 4);
    gsize name = strcspn (lines[i], "{ ");

    if (strcmp (words[0], "#") == 0 && strcmp (words[1], "HELP") == 0) {
      family = g_intern_string (words[2]);
      assert_true (g_hash_table_add (seen, (gpointer) family));
      assert_true (g_strv_contains (pv_fleet_metric_names, family));
    } else if (strcmp (words[0], "#") == 0) {
      assert_string_equal (words[2], family);
      assert_string_equal (words[3], "gauge");
    } else {
      const char *value = strrchr (lines[i], ' ') + 1;
      guint64 number;

      assert_true (strlen (family) == name && strncmp (lines[i], family, name) == 0);
      assert_true (g_ascii_string_to_unsigned (value, 10, 0, G_MAXINT64, &number, NULL));
      n_samples++;
    }
  }
  assert_int_equal (g_hash_table_size (seen), g_strv_length ((char **) pv_fleet_metric_names));
  assert_true (n_samples > g_hash_table_size (seen));
  assert_non_null (strstr (text, "label=\"Mairie \\\"annexe\\\", hall\""));
  assert_non_null (strstr (text, "parvis_problem{kiosk=\"" KIOSK "\",problem=\"printer\",serious=\"yes\"} 1\n"));
  assert_non_null (strstr (text, "parvis_screen{kiosk=\"ffffffffffffffff\",state=\"out-of-order\"} 1\n"));
  assert_true (g_str_has_suffix (text, "# EOF\n"));
}

/* The word at @text, if it is one of ours; else "". (transfer full) */
static char *
metric_at (const char *text)
{
  return g_strndup (text, strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789_"));
}

/* What dashboards and alerts of kiosk-config/fleet ask for is written, and what is written is asked for. */
static void
dashboards_and_alerts_name_metrics_that_there_are (void **state)
{
  static const char *const files[] = { "grafana.json", "alerts.yml" };
  g_autoptr (GHashTable) asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autofree char *path = g_build_filename (PV_TEST_CONFIG_DIR, "fleet", files[i], NULL), *text = NULL;
    guint n = 0;

    assert_true (g_file_get_contents (path, &text, NULL, NULL));
    for (const char *found = text; (found = strstr (found, "parvis_")) != NULL; found += strlen ("parvis_"), n++) {
      g_autofree char *name = metric_at (found);

      if (!g_strv_contains (pv_fleet_metric_names, name))
        g_printerr ("%s asks for %s, which nobody writes\n", files[i], name);
      assert_true (g_strv_contains (pv_fleet_metric_names, name));
      g_hash_table_add (asked, g_steal_pointer (&name));
    }
    assert_true (n > 5);
  }
  for (guint i = 0; pv_fleet_metric_names[i] != NULL; i++) {
    if (!g_hash_table_contains (asked, pv_fleet_metric_names[i]))
      g_printerr ("nobody asks for %s\n", pv_fleet_metric_names[i]);
    assert_true (g_hash_table_contains (asked, pv_fleet_metric_names[i]));
  }
}

/* Grafana reads JSON, and so do we; states and problems in it are words that are written. */
static void
the_dashboard_is_json_and_its_words_are_ours (void **state)
{
  static const char *const keys[] = { "state=\\\"", "state=\"", "problem=\\\"", "problem=\"" };
  g_autofree char *json_path = g_build_filename (PV_TEST_CONFIG_DIR, "fleet", "grafana.json", NULL), *json = NULL,
                  *alerts_path = g_build_filename (PV_TEST_CONFIG_DIR, "fleet", "alerts.yml", NULL), *alerts = NULL;
  g_autoptr (PvJson) dashboard = NULL, panels = NULL;
  const char *texts[2];

  (void) state;
  assert_true (g_file_get_contents (json_path, &json, NULL, NULL)
               && g_file_get_contents (alerts_path, &alerts, NULL, NULL));
  dashboard = pv_json_parse (json, strlen (json), NULL);
  assert_non_null (dashboard);
  assert_true (pv_json_read_array (dashboard, "panels", 100, &panels, NULL));
  assert_true (pv_json_get_length (panels) > 5);
  texts[0] = json;
  texts[1] = alerts;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    for (guint k = 0; k < G_N_ELEMENTS (keys); k++)
      for (const char *found = texts[i]; (found = strstr (found, keys[k])) != NULL;) {
        g_autofree char *word = NULL;

        found += strlen (keys[k]);
        word = g_strndup (found, strspn (found, "abcdefghijklmnopqrstuvwxyz-"));
        assert_true (*word != '\0');
        assert_true (pv_kiosk_word_index (pv_kiosk_screen_word, PV_N_KIOSK_SCREENS, word) > 0
                     || pv_kiosk_word_index (pv_kiosk_printer_word, PV_N_KIOSK_PRINTERS, word) > 0
                     || pv_kiosk_problem_from_word (word) != PV_KIOSK_PROBLEM_OTHER);
      }
}

int
main (void)
{
  static const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_report_comes_back_as_it_was),
    cmocka_unit_test (a_report_has_these_members_and_no_other),
    cmocka_unit_test (what_a_later_release_adds_is_passed_over),
    cmocka_unit_test (what_is_no_report_is_refused),
    cmocka_unit_test (presence_comes_back_as_it_was),
    cmocka_unit_test (topics_lead_back_to_their_kiosk),
    cmocka_unit_test (usage_comes_back_and_fits_its_limit),
    cmocka_unit_test (metrics_are_gauges_each_with_its_type_and_a_number),
    cmocka_unit_test (dashboards_and_alerts_name_metrics_that_there_are),
    cmocka_unit_test (the_dashboard_is_json_and_its_words_are_ours),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
