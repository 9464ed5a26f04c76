/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include "core/kiosk-health.h"

#include <string.h>

#define NOW          G_GINT64_CONSTANT (1764576000)
#define BIT(problem) (1u << PV_KIOSK_PROBLEM_##problem)

static const PvKioskFacts well = {
  .screen = PV_KIOSK_SCREEN_SERVING,
  .printer = PV_KIOSK_PRINTER_READY,
  .portal = PV_KIOSK_LINK_UP,
  .assistance = PV_KIOSK_LINK_UP,
  .portal_answered_s = NOW - 60,
  .can_store = TRUE,
  .disk_free_mb = 4000,
  .is_clock_checked = TRUE,
  .certificate_ends_s = NOW + 300 * 24 * 3600,
};

/* One fact changed, and what is wrong then. */
static void
each_fact_is_judged (void **state)
{
#define ROW(field, value, bits)                                                                                        \
  {                                                                                                                    \
    offsetof (PvKioskFacts, field), sizeof (((PvKioskFacts *) NULL)->field), value, bits                               \
  }
  static const struct {
    gsize place, size;
    gint64 value;
    guint32 bits;
  } rows[] = {
    ROW (screen, PV_KIOSK_SCREEN_UNKNOWN, BIT (SCREEN)),
    ROW (screen, PV_KIOSK_SCREEN_DARK, BIT (SCREEN)),
    ROW (screen, PV_KIOSK_SCREEN_OUT_OF_ORDER, BIT (OUT_OF_ORDER)),
    ROW (screen, PV_KIOSK_SCREEN_SERVING, 0),
    ROW (printer, PV_KIOSK_PRINTER_UNKNOWN, BIT (PRINTER)),
    ROW (printer, PV_KIOSK_PRINTER_OUT, BIT (PRINTER)),
    ROW (printer, PV_KIOSK_PRINTER_NONE, 0),
    ROW (printer, PV_KIOSK_PRINTER_CARE, BIT (PAPER_LOW)),
    ROW (portal, PV_KIOSK_LINK_AWAY, BIT (PORTAL)),
    ROW (assistance, PV_KIOSK_LINK_AWAY, BIT (ASSISTANCE)),
    ROW (assistance, PV_KIOSK_LINK_OFF, 0),
    ROW (n_overdue, 1, BIT (OVERDUE)),
    ROW (n_for_agent, 1, BIT (AGENT)),
    ROW (n_unreadable, 1, BIT (UNREADABLE)),
    ROW (can_store, FALSE, BIT (DISK)),
    ROW (disk_free_mb, PV_KIOSK_DISK_LOW_MB - 1, BIT (DISK_LOW)),
    ROW (disk_free_mb, PV_KIOSK_DISK_LOW_MB, 0),
    ROW (is_clock_checked, FALSE, BIT (CLOCK)),
    ROW (is_in_maintenance, TRUE, BIT (MAINTENANCE)),
    ROW (is_on_trial, TRUE, BIT (TRIAL)),
    ROW (update_refused, '7', BIT (REFUSED)),
    ROW (n_crashes, PV_KIOSK_CRASHES - 1, 0),
    ROW (n_crashes, PV_KIOSK_CRASHES, BIT (CRASHES)),
    ROW (certificate_ends_s, NOW + 30 * 24 * 3600 - 1, BIT (CERTIFICATE)),
    ROW (certificate_ends_s, NOW + 30 * 24 * 3600, 0),
    ROW (certificate_ends_s, NOW - 1, BIT (CERTIFICATE)),
    ROW (certificate_ends_s, 0, 0),
  };
#undef ROW
  guint32 seen = 0;

  (void) state;
  assert_int_equal (pv_kiosk_facts_judge (&well, NOW), 0);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    PvKioskFacts facts = well;
    gint32 small = (gint32) rows[i].value;

    memcpy ((guint8 *) &facts + rows[i].place,
            rows[i].size == sizeof small ? (const void *) &small : (const void *) &rows[i].value,
            MIN (rows[i].size, sizeof rows[i].value));
    assert_int_equal (pv_kiosk_facts_judge (&facts, NOW), rows[i].bits);
    seen |= rows[i].bits;
  }
  /* No problem is without a row; "other" comes from elsewhere only. */
  assert_int_equal (seen, (1u << PV_KIOSK_PROBLEM_OTHER) - 1);
}

static void
each_problem_has_a_word_of_its_own_that_leads_back (void **state)
{
  (void) state;
  for (guint i = 0; i < PV_N_KIOSK_PROBLEMS; i++) {
    const char *word = pv_kiosk_problem_word ((PvKioskProblem) i);

    assert_int_equal (strspn (word, "abcdefghijklmnopqrstuvwxyz-"), strlen (word));
    assert_int_equal (pv_kiosk_problem_from_word (word), i);
  }
  assert_int_equal (pv_kiosk_problem_from_word ("what a later release knows"), PV_KIOSK_PROBLEM_OTHER);
  assert_int_equal (pv_kiosk_word_index (pv_kiosk_screen_word, PV_N_KIOSK_SCREENS, "serving"), PV_KIOSK_SCREEN_SERVING);
  assert_int_equal (pv_kiosk_word_index (pv_kiosk_printer_word, PV_N_KIOSK_PRINTERS, "care"), PV_KIOSK_PRINTER_CARE);
  assert_int_equal (pv_kiosk_word_index (pv_kiosk_link_word, PV_N_KIOSK_LINKS, "nonsense"), PV_KIOSK_LINK_OFF);
}

static void
a_problem_keeps_its_time_until_it_is_gone (void **state)
{
  g_autoptr (PvKioskReport) report = g_new0 (PvKioskReport, 1);
  PvKioskFacts away = well;

  (void) state;
  away.portal = PV_KIOSK_LINK_AWAY;
  assert_true (pv_kiosk_report_note (report, &well, NOW));
  assert_false (pv_kiosk_report_note (report, &well, NOW + 10));
  assert_true (pv_kiosk_report_note (report, &away, NOW + 20));
  assert_false (pv_kiosk_report_note (report, &away, NOW + 400));
  assert_int_equal (report->since_s[PV_KIOSK_PROBLEM_PORTAL], NOW + 20);
  assert_int_equal (report->told_s, NOW + 400);
  /* A clock that was set back. */
  pv_kiosk_report_note (report, &away, NOW);
  assert_int_equal (report->since_s[PV_KIOSK_PROBLEM_PORTAL], NOW);
  assert_true (pv_kiosk_report_note (report, &well, NOW + 500));
  assert_int_equal (report->since_s[PV_KIOSK_PROBLEM_PORTAL], 0);
}

/* Else each frame and each written byte would be told. */
static void
what_changes_all_the_time_is_no_news (void **state)
{
  g_autoptr (PvKioskReport) report = g_new0 (PvKioskReport, 1);
  PvKioskFacts later = well;

  (void) state;
  pv_kiosk_report_note (report, &well, NOW);
  later.frame_age_s += 3;
  later.disk_free_mb -= 100;
  later.portal_answered_s += 60;
  assert_false (pv_kiosk_report_note (report, &later, NOW + 60));
  g_strlcpy (later.printer_reason, "jam", sizeof later.printer_reason);
  assert_true (pv_kiosk_report_note (report, &later, NOW + 61));
}

/* A day of a kiosk whose portal comes and goes each second, and of one where nothing happens. */
static void
is_told_on_a_change_and_now_and_then_and_never_more_often (void **state)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  guint n_busy = 0, n_calm = 0;
  PvKioskPace busy = { 0 }, calm = { 0 };
  gint64 last_ms = 0;

  (void) state;
  for (gint64 ms = 0; ms < 86400 * G_GINT64_CONSTANT (1000); ms += 1000) {
    n_busy += pv_kiosk_pace_is_due (&busy, TRUE, ms, g_rand_int (rand)) ? 1 : 0;
    if (pv_kiosk_pace_is_due (&calm, FALSE, ms, g_rand_int (rand))) {
      assert_true (ms == 0 || ms - last_ms >= PV_KIOSK_BEAT_S * 900);
      assert_true (ms - last_ms <= PV_KIOSK_BEAT_S * 1100 + 1000);
      last_ms = ms;
      n_calm++;
    }
  }
  assert_int_equal (n_busy, 86400 * 1000 / PV_KIOSK_SETTLE_MS);
  assert_in_range (n_calm, 86400 / PV_KIOSK_BEAT_S * 9 / 10, 86400 / PV_KIOSK_BEAT_S * 11 / 10 + 1);
  /* Who is there is never taken for silent, even if one beat was lost. */
  assert_true (PV_KIOSK_SILENT_S > 2 * PV_KIOSK_BEAT_S * 11 / 10);
}

static void
few_are_not_told_from_nobody (void **state)
{
  (void) state;
  for (guint floor = 3; floor < 20; floor++)
    for (guint count = 0; count < 40; count++) {
      g_autofree char *told = pv_kiosk_tell_count (count, floor);
      g_autofree char *nobody = pv_kiosk_tell_count (0, floor), *number = g_strdup_printf ("%u", count);

      assert_string_equal (told, count < floor ? nobody : number);
    }
}

int
main (void)
{
  static const struct CMUnitTest tests[] = {
    cmocka_unit_test (each_fact_is_judged),
    cmocka_unit_test (each_problem_has_a_word_of_its_own_that_leads_back),
    cmocka_unit_test (a_problem_keeps_its_time_until_it_is_gone),
    cmocka_unit_test (what_changes_all_the_time_is_no_news),
    cmocka_unit_test (is_told_on_a_change_and_now_and_then_and_never_more_often),
    cmocka_unit_test (few_are_not_told_from_nobody),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
