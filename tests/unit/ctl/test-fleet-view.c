/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include <string.h>

#include "ctl/fleet-view.h"

#define NOW G_GINT64_CONSTANT (1796112000)

static const PvKioskFacts well = {
  .screen = PV_KIOSK_SCREEN_SERVING,
  .printer = PV_KIOSK_PRINTER_READY,
  .portal = PV_KIOSK_LINK_UP,
  .can_store = TRUE,
  .disk_free_mb = 4000,
  .is_clock_checked = TRUE,
};

static void
take (PvFleetView *view, const char *id, PvFleetTopic topic, const char *day, const char *text)
{
  g_autofree char *name = pv_fleet_topic (id, topic, day);
  g_autoptr (GBytes) payload = g_bytes_new (text, strlen (text));

  pv_fleet_view_take (view, name, payload);
}

static void
add (PvFleetView *view, const char *id, const char *label, const PvFleetPresence *presence, const PvKioskFacts *facts,
     gint64 told_s)
{
  g_autoptr (PvKioskReport) report = g_new0 (PvKioskReport, 1);
  g_autofree char *presence_text = pv_fleet_presence_to_json (presence), *text = NULL;

  report->kiosk = g_strdup (id);
  report->label = g_strdup (label);
  report->release = g_strdup ("1.0");
  pv_kiosk_report_note (report, facts, told_s);
  text = pv_fleet_report_to_json (report);
  take (view, id, PV_FLEET_PRESENCE, NULL, presence_text);
  take (view, id, PV_FLEET_STATE, NULL, text);
}

static const char *
verdict_of (PvFleetView *view, const char *id, int *ret_status, char **ret_json)
{
  const char *kiosks[] = { id, NULL };
  const char *found;

  g_free (*ret_json);
  *ret_json = pv_fleet_view_to_json (view, kiosks, FALSE, NOW, ret_status);
  found = strstr (*ret_json, "\"verdict\":\"");
  return found != NULL ? found + strlen ("\"verdict\":\"") : "";
}

static void
each_kiosk_is_judged_by_what_is_known_of_it (void **state)
{
  static const PvFleetPresence here = { TRUE, FALSE, NOW - 9000 }, gone = { FALSE, FALSE, 0 },
                               off = { FALSE, TRUE, NOW - 60 };
  PvKioskFacts broken = well, low = well;
  const struct {
    const char *id;
    const PvFleetPresence *presence;
    const PvKioskFacts *facts;
    gint64 age_s;
    const char *verdict;
    int status;
  } rows[] = {
    { "0000000000000001", &here, &well, 60, "well\"", 0 },
    { "0000000000000002", &here, &broken, 60, "wrong\"", 1 },
    { "0000000000000003", &here, &low, 60, "notice\"", 0 },
    { "0000000000000004", &here, &well, PV_KIOSK_SILENT_S + 1, "silent\"", 1 },
    { "0000000000000005", &here, &well, PV_KIOSK_SILENT_S, "well\"", 0 },
    { "0000000000000006", &gone, &well, 60, "gone\"", 1 },
    { "0000000000000007", &off, &broken, 60, "stopped\"", 0 },
    /* Its clock is ahead. */
    { "0000000000000008", &here, &well, -9000, "well\"", 0 },
  };
  g_autoptr (PvFleetView) view = pv_fleet_view_new ();
  g_autofree char *json = NULL, *text = NULL;
  int status = 0;

  (void) state;
  broken.portal = PV_KIOSK_LINK_AWAY;
  low.printer = PV_KIOSK_PRINTER_CARE;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    add (view, rows[i].id, "x", rows[i].presence, rows[i].facts, NOW - rows[i].age_s);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const char *verdict = verdict_of (view, rows[i].id, &status, &json);

    assert_true (g_str_has_prefix (verdict, rows[i].verdict));
    assert_int_equal (status, rows[i].status);
  }
  text = pv_fleet_view_to_text (view, NULL, FALSE, NOW, &status);
  assert_int_equal (status, 1);
  assert_non_null (
    strstr (text, "8 kiosks, 3 well, 1 worth knowing, 1 switched off, 1 to be mended, 1 silent, 1 cut off\n"));
  /* The worst first. */
  assert_true (g_str_has_prefix (text, "0000000000000006"));
  assert_non_null (strstr (text, "the portal is not reached, since "));
}

static void
what_is_no_report_is_said_and_not_believed (void **state)
{
  static const PvFleetPresence here = { TRUE, FALSE, NOW - 60 };
  g_autoptr (PvFleetView) view = pv_fleet_view_new ();
  g_autofree char *json = NULL, *lie = NULL;
  g_autoptr (PvKioskReport) report = g_new0 (PvKioskReport, 1);
  int status;

  (void) state;
  add (view, "0000000000000001", "x", &here, &well, NOW);
  add (view, "0000000000000002", "x", &here, &well, NOW);
  add (view, "0000000000000003", "x", &here, &well, NOW);
  take (view, "0000000000000001", PV_FLEET_STATE, NULL, "{\"version\":2}");
  /* In the name of another. */
  report->kiosk = g_strdup ("0000000000000009");
  report->release = g_strdup ("1.0");
  lie = pv_fleet_report_to_json (report);
  take (view, "0000000000000002", PV_FLEET_STATE, NULL, lie);
  assert_true (g_str_has_prefix (verdict_of (view, "0000000000000001", &status, &json), "unreadable\""));
  assert_int_equal (status, 1);
  assert_true (g_str_has_prefix (verdict_of (view, "0000000000000002", &status, &json), "unreadable\""));
  assert_true (g_str_has_prefix (verdict_of (view, "0000000000000003", &status, &json), "well\""));
  take (view, "not a kiosk", PV_FLEET_STATE, NULL, "{}");
  assert_int_equal (pv_fleet_view_get_n_kiosks (view), 3);
}

/* What a kiosk calls itself goes to somebody's terminal. */
static void
a_label_cannot_move_the_cursor (void **state)
{
  static const PvFleetPresence here = { TRUE, FALSE, NOW - 60 };
  g_autoptr (PvFleetView) view = pv_fleet_view_new ();
  g_autofree char *text = NULL;
  int status;

  (void) state;
  add (view, "0000000000000001", "Mairie\x1b[2J\xc2\x9b\r\nwell", &here, &well, NOW);
  text = pv_fleet_view_to_text (view, NULL, FALSE, NOW, &status);
  assert_null (strchr (text, '\x1b'));
  assert_null (strchr (text, '\r'));
  assert_null (strstr (text, "\xc2\x9b"));
  assert_non_null (strstr (text, "Mairie?[2J"));
}

static void
usage_is_shown_by_day_where_it_is_asked_for (void **state)
{
  static const PvFleetPresence here = { TRUE, FALSE, NOW - 60 };
  static const char *const days[] = { "2026-11-30", "2026-11-29" };
  g_autoptr (PvFleetView) view = pv_fleet_view_new ();
  g_autofree char *without = NULL, *text = NULL, *json = NULL;
  int status;

  (void) state;
  add (view, "0000000000000001", "x", &here, &well, NOW);
  for (guint i = 0; i < G_N_ELEMENTS (days); i++) {
    g_autoptr (GPtrArray) rows = pv_fleet_usage_new ();
    g_autofree char *day = NULL;

    pv_fleet_usage_add (rows, "acte", "< 5");
    day = pv_fleet_usage_to_json ("0000000000000001", days[i], 5, rows);
    take (view, "0000000000000001", PV_FLEET_USAGE, days[i], day);
  }
  without = pv_fleet_view_to_text (view, NULL, FALSE, NOW, &status);
  assert_null (strstr (without, "acte"));
  text = pv_fleet_view_to_text (view, NULL, TRUE, NOW, &status);
  assert_non_null (strstr (text, "    2026-11-29\n      acte: < 5\n    2026-11-30\n      acte: < 5\n"));
  json = pv_fleet_view_to_json (view, NULL, TRUE, NOW, &status);
  assert_non_null (strstr (json, "{\"day\":\"2026-11-29\",\"slug\":\"acte\",\"filed\":\"< 5\"}"));
}

static void
no_kiosk_is_well_and_too_many_are_said (void **state)
{
  g_autoptr (PvFleetView) view = pv_fleet_view_new ();
  g_autofree char *none = NULL, *many = NULL;
  int status = 1;

  (void) state;
  none = pv_fleet_view_to_text (view, NULL, FALSE, NOW, &status);
  assert_string_equal (none, "0 kiosks\n");
  assert_int_equal (status, 0);
  for (guint i = 0; i <= PV_FLEET_VIEW_MAX_KIOSKS; i++) {
    g_autofree char *id = g_strdup_printf ("%016x", i);

    take (view, id, PV_FLEET_PRESENCE, NULL, "{\"version\":1,\"present\":false}");
  }
  assert_int_equal (pv_fleet_view_get_n_kiosks (view), PV_FLEET_VIEW_MAX_KIOSKS);
  many = pv_fleet_view_to_text (view, NULL, FALSE, NOW, &status);
  assert_non_null (strstr (many, "There are more"));
}

int
main (void)
{
  static const struct CMUnitTest tests[] = {
    cmocka_unit_test (each_kiosk_is_judged_by_what_is_known_of_it),
    cmocka_unit_test (what_is_no_report_is_said_and_not_believed),
    cmocka_unit_test (a_label_cannot_move_the_cursor),
    cmocka_unit_test (usage_is_shown_by_day_where_it_is_asked_for),
    cmocka_unit_test (no_kiosk_is_well_and_too_many_are_said),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
