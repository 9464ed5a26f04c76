/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/kiosk-health.h"

#include <string.h>

enum { DAY_S = 24 * 3600 };

static const struct {
  const char *word;
  gboolean is_serious;
} problems[PV_N_KIOSK_PROBLEMS] = {
  [PV_KIOSK_PROBLEM_SCREEN] = { "screen", TRUE },
  [PV_KIOSK_PROBLEM_OUT_OF_ORDER] = { "out-of-order", TRUE },
  [PV_KIOSK_PROBLEM_DISK] = { "disk-full", TRUE },
  [PV_KIOSK_PROBLEM_UNREADABLE] = { "outbox-unreadable", TRUE },
  [PV_KIOSK_PROBLEM_AGENT] = { "outbox-for-an-agent", TRUE },
  [PV_KIOSK_PROBLEM_PORTAL] = { "portal", TRUE },
  [PV_KIOSK_PROBLEM_OVERDUE] = { "outbox-overdue", TRUE },
  [PV_KIOSK_PROBLEM_PRINTER] = { "printer", TRUE },
  [PV_KIOSK_PROBLEM_CERTIFICATE] = { "certificate-ends", TRUE },
  [PV_KIOSK_PROBLEM_CRASHES] = { "session-crashes", TRUE },
  [PV_KIOSK_PROBLEM_ASSISTANCE] = { "assistance", TRUE },
  [PV_KIOSK_PROBLEM_CLOCK] = { "clock", TRUE },
  [PV_KIOSK_PROBLEM_REFUSED] = { "update-refused", TRUE },
  [PV_KIOSK_PROBLEM_DISK_LOW] = { "disk-low", FALSE },
  [PV_KIOSK_PROBLEM_PAPER_LOW] = { "printer-care", FALSE },
  [PV_KIOSK_PROBLEM_MAINTENANCE] = { "maintenance", FALSE },
  [PV_KIOSK_PROBLEM_TRIAL] = { "update-on-trial", FALSE },
  [PV_KIOSK_PROBLEM_OTHER] = { "other", TRUE },
};

static const char *const screens[PV_N_KIOSK_SCREENS] = { "unknown", "dark", "out-of-order", "serving" };
static const char *const printers[PV_N_KIOSK_PRINTERS] = { "unknown", "none", "out", "care", "ready" };
static const char *const links[PV_N_KIOSK_LINKS] = { "off", "away", "up" };

void
pv_kiosk_report_free (PvKioskReport *report)
{
  if (report == NULL)
    return;
  g_free (report->kiosk);
  g_free (report->label);
  g_free (report->release);
  g_free (report);
}

guint32
pv_kiosk_facts_judge (const PvKioskFacts *facts, gint64 now_s)
{
  const gboolean is_wrong[PV_N_KIOSK_PROBLEMS] = {
    [PV_KIOSK_PROBLEM_SCREEN] = facts->screen == PV_KIOSK_SCREEN_UNKNOWN || facts->screen == PV_KIOSK_SCREEN_DARK,
    [PV_KIOSK_PROBLEM_OUT_OF_ORDER] = facts->screen == PV_KIOSK_SCREEN_OUT_OF_ORDER,
    [PV_KIOSK_PROBLEM_DISK] = !facts->can_store,
    [PV_KIOSK_PROBLEM_UNREADABLE] = facts->n_unreadable > 0,
    [PV_KIOSK_PROBLEM_AGENT] = facts->n_for_agent > 0,
    [PV_KIOSK_PROBLEM_PORTAL] = facts->portal == PV_KIOSK_LINK_AWAY,
    [PV_KIOSK_PROBLEM_OVERDUE] = facts->n_overdue > 0,
    [PV_KIOSK_PROBLEM_PRINTER] = facts->printer == PV_KIOSK_PRINTER_UNKNOWN || facts->printer == PV_KIOSK_PRINTER_OUT,
    [PV_KIOSK_PROBLEM_CERTIFICATE] =
      facts->certificate_ends_s != 0 && facts->certificate_ends_s - now_s < (gint64) PV_KIOSK_CERTIFICATE_DAYS * DAY_S,
    [PV_KIOSK_PROBLEM_CRASHES] = facts->n_crashes >= PV_KIOSK_CRASHES,
    [PV_KIOSK_PROBLEM_ASSISTANCE] = facts->assistance == PV_KIOSK_LINK_AWAY,
    [PV_KIOSK_PROBLEM_CLOCK] = !facts->is_clock_checked,
    [PV_KIOSK_PROBLEM_REFUSED] = *facts->update_refused != '\0',
    [PV_KIOSK_PROBLEM_DISK_LOW] = facts->can_store && facts->disk_free_mb < PV_KIOSK_DISK_LOW_MB,
    [PV_KIOSK_PROBLEM_PAPER_LOW] = facts->printer == PV_KIOSK_PRINTER_CARE,
    [PV_KIOSK_PROBLEM_MAINTENANCE] = facts->is_in_maintenance,
    [PV_KIOSK_PROBLEM_TRIAL] = facts->is_on_trial,
  };
  guint32 bits = 0;

  for (guint i = 0; i < PV_N_KIOSK_PROBLEMS; i++)
    bits |= is_wrong[i] ? 1u << i : 0;
  return bits;
}

gboolean
pv_kiosk_report_note (PvKioskReport *report, const PvKioskFacts *facts, gint64 now_s)
{
  const PvKioskFacts *before = &report->facts;
  guint32 bits = pv_kiosk_facts_judge (facts, now_s);
  gboolean is_news =
    facts->screen != before->screen || facts->n_crashes != before->n_crashes || facts->printer != before->printer
    || strncmp (facts->printer_reason, before->printer_reason, PV_KIOSK_MAX_REASON_BYTES) != 0
    || facts->portal != before->portal || facts->assistance != before->assistance
    || facts->n_overdue != before->n_overdue || facts->n_for_agent != before->n_for_agent
    || facts->n_unreadable != before->n_unreadable || facts->certificate_ends_s != before->certificate_ends_s
    || strncmp (facts->update_refused, before->update_refused, PV_KIOSK_MAX_VERSION_BYTES) != 0;

  for (guint i = 0; i < PV_N_KIOSK_PROBLEMS; i++) {
    gboolean is_wrong = (bits & 1u << i) != 0, was_wrong = report->since_s[i] != 0;

    is_news = is_news || is_wrong != was_wrong;
    if (!is_wrong)
      report->since_s[i] = 0;
    else if (!was_wrong || report->since_s[i] > now_s)
      report->since_s[i] = now_s;
  }
  report->facts = *facts;
  report->told_s = now_s;
  return is_news;
}

gboolean
pv_kiosk_problem_is_serious (PvKioskProblem problem)
{
  return problems[problem].is_serious;
}

const char *
pv_kiosk_problem_word (PvKioskProblem problem)
{
  return problems[problem].word;
}

PvKioskProblem
pv_kiosk_problem_from_word (const char *word)
{
  for (guint i = 0; i < PV_N_KIOSK_PROBLEMS; i++)
    if (g_strcmp0 (problems[i].word, word) == 0)
      return (PvKioskProblem) i;
  return PV_KIOSK_PROBLEM_OTHER;
}

const char *
pv_kiosk_screen_word (guint screen)
{
  return screens[MIN (screen, PV_N_KIOSK_SCREENS - 1)];
}

const char *
pv_kiosk_printer_word (guint printer)
{
  return printers[MIN (printer, PV_N_KIOSK_PRINTERS - 1)];
}

const char *
pv_kiosk_link_word (guint link)
{
  return links[MIN (link, PV_N_KIOSK_LINKS - 1)];
}

guint
pv_kiosk_word_index (const char *(*get_word) (guint index), guint n, const char *word)
{
  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (get_word (i), word) == 0)
      return i;
  return 0;
}

gboolean
pv_kiosk_pace_is_due (PvKioskPace *pace, gboolean is_news, gint64 now_ms, guint32 random)
{
  /* Of nine to eleven tenths: those who were told together do not stay together. */
  guint64 tenth_ms = (guint64) PV_KIOSK_BEAT_S * 1000 / 10;

  if (now_ms < pace->not_before_ms || (!is_news && now_ms < pace->beat_ms))
    return FALSE;
  pace->not_before_ms = now_ms + PV_KIOSK_SETTLE_MS;
  pace->beat_ms = now_ms + (gint64) (9 * tenth_ms + ((guint64) random * (2 * tenth_ms) >> 32));
  return TRUE;
}

char *
pv_kiosk_tell_count (guint count, guint floor)
{
  return count < floor ? g_strdup_printf ("< %u", floor) : g_strdup_printf ("%u", count);
}
