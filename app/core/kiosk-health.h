/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kiosk-health.h: what a kiosk tells of itself to who looks after many: facts, what is wrong, since when, and when it is told.
 *
 * Nothing of a citizen, nor that there is one: a broker that learned when somebody touches a screen in a village would know who.
 * So the screen "serves" whether anybody stands there or not, and of the outbox only what is overdue counts.
 *
 * Pure; any thread. Wall clock in seconds (UTC), monotonic clock in milliseconds.
 */
#pragma once

#include <glib.h>

typedef enum {
  PV_KIOSK_SCREEN_UNKNOWN, /* the supervisor has not told, or not for PV_KIOSK_SCREEN_STALE_MS */
  PV_KIOSK_SCREEN_DARK,    /* nothing is shown */
  PV_KIOSK_SCREEN_OUT_OF_ORDER,
  PV_KIOSK_SCREEN_SERVING,
  PV_N_KIOSK_SCREENS
} PvKioskScreen;

typedef enum {
  PV_KIOSK_PRINTER_UNKNOWN, /* its service does not answer */
  PV_KIOSK_PRINTER_NONE,    /* the settings have none */
  PV_KIOSK_PRINTER_OUT,
  PV_KIOSK_PRINTER_CARE, /* prints, and somebody should come soon */
  PV_KIOSK_PRINTER_READY,
  PV_N_KIOSK_PRINTERS
} PvKioskPrinter;

typedef enum {
  PV_KIOSK_LINK_OFF, /* not in the settings */
  PV_KIOSK_LINK_AWAY,
  PV_KIOSK_LINK_UP,
  PV_N_KIOSK_LINKS
} PvKioskLink;

/* In the order in which they are told, the worst first. */
typedef enum {
  PV_KIOSK_PROBLEM_SCREEN, /* dark, or nothing is heard of it */
  PV_KIOSK_PROBLEM_OUT_OF_ORDER,
  PV_KIOSK_PROBLEM_DISK,       /* no filing can be taken any more */
  PV_KIOSK_PROBLEM_UNREADABLE, /* files in the outbox that are none */
  PV_KIOSK_PROBLEM_AGENT,      /* filings that an agent has to look at */
  PV_KIOSK_PROBLEM_PORTAL,
  PV_KIOSK_PROBLEM_OVERDUE, /* filings that have waited for PV_KIOSK_OVERDUE_S */
  PV_KIOSK_PROBLEM_PRINTER,
  PV_KIOSK_PROBLEM_CERTIFICATE, /* ends within PV_KIOSK_CERTIFICATE_DAYS: then the kiosk is not heard of any more */
  PV_KIOSK_PROBLEM_CRASHES,
  PV_KIOSK_PROBLEM_ASSISTANCE, /* its broker is away */
  PV_KIOSK_PROBLEM_CLOCK,
  PV_KIOSK_PROBLEM_REFUSED, /* an update did not prove itself, and the image before it runs */
  PV_KIOSK_PROBLEM_DISK_LOW,
  PV_KIOSK_PROBLEM_PAPER_LOW,
  PV_KIOSK_PROBLEM_MAINTENANCE,
  PV_KIOSK_PROBLEM_TRIAL, /* an update that is not confirmed yet */
  PV_KIOSK_PROBLEM_OTHER, /* of a release that knows more than this one */
  PV_N_KIOSK_PROBLEMS
} PvKioskProblem;

enum {
  PV_KIOSK_SCREEN_STALE_MS = 90 * 1000,
  PV_KIOSK_OVERDUE_S = 3600,
  PV_KIOSK_CERTIFICATE_DAYS = 30, /* whoever renews needs a month's notice */
  PV_KIOSK_CRASHES = 3,           /* in 24 hours */
  PV_KIOSK_DISK_LOW_MB = 1024,    /* as parvisctl doctor has it */
  PV_KIOSK_MAX_REASON_BYTES = 32,
  PV_KIOSK_MAX_VERSION_BYTES = 32, /* of an image */

  PV_KIOSK_BEAT_S = 900,       /* told at least this often, by a tenth of it at random */
  PV_KIOSK_SETTLE_MS = 30000,  /* and at most so often, whatever changes */
  PV_KIOSK_SILENT_S = 2100,    /* two beats and some: who was not heard for so long is not there */
  PV_KIOSK_REPORT_VERSION = 1, /* of the documents; kiosk-config/fleet/README.md */
};

/* Zero-initialized: nothing is known, nothing is wrong but that. */
typedef struct PvKioskFacts {
  PvKioskScreen screen;
  guint frame_age_s; /* of the last frame that the shown session has drawn */
  guint n_crashes;   /* of sessions, in 24 hours */
  PvKioskPrinter printer;
  char printer_reason[PV_KIOSK_MAX_REASON_BYTES]; /* a word; "" or "none": no reason */
  PvKioskLink portal, assistance;
  gint64 portal_answered_s; /* 0: never */
  guint n_overdue, n_for_agent, n_unreadable;
  gboolean can_store;
  guint disk_free_mb;
  gboolean is_clock_checked, is_in_maintenance, is_on_trial;
  char update_refused[PV_KIOSK_MAX_VERSION_BYTES]; /* which image was taken back; "": none */
  gint64 certificate_ends_s;                       /* 0: not known */
} PvKioskFacts;

typedef struct PvKioskReport {
  char *kiosk;   /* 16 hexadecimal digits */
  char *label;   /* (nullable): what the administrator calls it */
  char *release; /* of Parvis */
  gint64 told_s;
  PvKioskFacts facts;
  gint64 since_s[PV_N_KIOSK_PROBLEMS]; /* 0: that is well */
} PvKioskReport;

void pv_kiosk_report_free (PvKioskReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvKioskReport, pv_kiosk_report_free)

/* Bits (1 << PvKioskProblem) of what is wrong. */
guint32 pv_kiosk_facts_judge (const PvKioskFacts *facts, gint64 now_s);

/**
 * pv_kiosk_report_note:
 * @facts: copied
 *
 * What is wrong now and was not before is wrong since @now_s; what was, stays with its time, but for one after @now_s, where a
 * clock was set back.
 *
 * Returns: whether that is worth telling at once: something other than how long ago, or how much room there is
 */
gboolean pv_kiosk_report_note (PvKioskReport *report, const PvKioskFacts *facts, gint64 now_s);

/* Whether somebody has to do something; else it is only worth knowing. */
gboolean pv_kiosk_problem_is_serious (PvKioskProblem problem);
/* Words of documents: "out-of-order". */
const char *pv_kiosk_problem_word (PvKioskProblem problem);
/* PV_KIOSK_PROBLEM_OTHER for what is none. */
PvKioskProblem pv_kiosk_problem_from_word (const char *word);
const char *pv_kiosk_screen_word (guint screen);
const char *pv_kiosk_printer_word (guint printer);
const char *pv_kiosk_link_word (guint link);
/* Index of @word in what the function before says for 0 ... @n - 1; 0 for what is none. */
guint pv_kiosk_word_index (const char *(*get_word) (guint index), guint n, const char *word);

/* When it is told. Zero-initialized: at once. */
typedef struct PvKioskPace {
  gint64 not_before_ms, beat_ms;
} PvKioskPace;

/* Whether to tell now, which is noted as done. @random: any number. */
gboolean pv_kiosk_pace_is_due (PvKioskPace *pace, gboolean is_news, gint64 now_ms, guint32 random);

/* A count of what citizens did on one day: "< 5" below @floor, also for none, so that few cannot be told from nobody.
 * (transfer full) */
char *pv_kiosk_tell_count (guint count, guint floor) G_GNUC_WARN_UNUSED_RESULT;
