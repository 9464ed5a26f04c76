/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "print/ipp-reasons.h"

#include "print/media.h"

#include <string.h>

typedef enum {
  HARMLESS, /* nothing for a citizen */
  CARE,     /* prints, but somebody should look */
  BLOCKS,   /* prints nothing until somebody has looked */
} Weight;

typedef struct {
  const char *keyword; /* without suffix; a final '*' stands for any ending */
  Weight weight;
  PvPrintReason reason;
} Rule;

/* RFC 8011, 5.4.12; PWG 5100.9; and the keywords of CUPS. The first that fits counts. */
static const Rule rules[] = {
  { "media-empty", BLOCKS, PV_PRINT_REASON_NO_PAPER },
  { "media-needed", BLOCKS, PV_PRINT_REASON_NO_PAPER },
  { "media-low", CARE, PV_PRINT_REASON_PAPER_LOW },
  { "media-jam", BLOCKS, PV_PRINT_REASON_JAM },
  { "cover-open", BLOCKS, PV_PRINT_REASON_OPEN },
  { "door-open", BLOCKS, PV_PRINT_REASON_OPEN },
  { "interlock-open", BLOCKS, PV_PRINT_REASON_OPEN },
  { "input-tray-missing", BLOCKS, PV_PRINT_REASON_OPEN },
  { "output-tray-missing", BLOCKS, PV_PRINT_REASON_OPEN },
  { "output-area-full", BLOCKS, PV_PRINT_REASON_TAKE_PAPER },
  { "output-area-almost-full", CARE, PV_PRINT_REASON_TAKE_PAPER },
  { "toner-empty", BLOCKS, PV_PRINT_REASON_INK },
  { "toner-low", CARE, PV_PRINT_REASON_INK },
  { "marker-supply-empty", BLOCKS, PV_PRINT_REASON_INK },
  { "marker-supply-low", CARE, PV_PRINT_REASON_INK },
  { "developer-empty", BLOCKS, PV_PRINT_REASON_INK },
  { "developer-low", CARE, PV_PRINT_REASON_INK },
  { "marker-waste-full", BLOCKS, PV_PRINT_REASON_OTHER },
  { "marker-waste-almost-full", CARE, PV_PRINT_REASON_OTHER },
  { "fuser-*", BLOCKS, PV_PRINT_REASON_OTHER },
  { "other", BLOCKS, PV_PRINT_REASON_OTHER }, /* a knife or a finisher */
  { "offline", BLOCKS, PV_PRINT_REASON_OFFLINE },
  { "timed-out", BLOCKS, PV_PRINT_REASON_OFFLINE },
  { "connecting-to-device", CARE, PV_PRINT_REASON_OFFLINE },
  { "shutdown", BLOCKS, PV_PRINT_REASON_SERVICE },
  { "paused", BLOCKS, PV_PRINT_REASON_SERVICE },
  { "moving-to-paused", BLOCKS, PV_PRINT_REASON_SERVICE },
  { "stopping", BLOCKS, PV_PRINT_REASON_SERVICE },
  { "stopped-partly", BLOCKS, PV_PRINT_REASON_SERVICE },
  { "spool-area-full", BLOCKS, PV_PRINT_REASON_SERVICE },
  { "cups-missing-filter", BLOCKS, PV_PRINT_REASON_SERVICE },
  { "cups-insecure-filter", CARE, PV_PRINT_REASON_SERVICE },
  /* "cups-certificate-error" without its suffix. They stick to a queue until it has printed again: were they to block, it never would. */
  { "cups-certificate", CARE, PV_PRINT_REASON_CERTIFICATE },
  { "cups-pki-*", CARE, PV_PRINT_REASON_CERTIFICATE },
  { "cups-*", HARMLESS, PV_PRINT_REASON_NONE },
};

void
pv_ipp_printer_clear (PvIppPrinter *printer)
{
  g_clear_pointer (&printer->reasons, g_strfreev);
}

void
pv_ipp_job_clear (PvIppJob *job)
{
  g_clear_pointer (&job->reasons, g_strfreev);
  g_clear_pointer (&job->printer_reasons, g_strfreev);
}

static gboolean
fits (const char *rule, const char *keyword)
{
  gsize length = strlen (rule);

  if (rule[length - 1] == '*')
    return strncmp (rule, keyword, length - 1) == 0;
  return strcmp (rule, keyword) == 0;
}

/* Cuts the suffix off. Returns: whether it was "-error". */
static gboolean
cut_suffix (char *keyword)
{
  static const char *const suffixes[] = { "-report", "-warning", "-error" };

  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++) {
    if (g_str_has_suffix (keyword, suffixes[i])) {
      keyword[strlen (keyword) - strlen (suffixes[i])] = '\0';
      return i == 2;
    }
  }
  return FALSE;
}

static Rule
judge_keyword (const char *reason)
{
  g_autofree char *keyword = g_strdup (reason);
  gboolean is_error = cut_suffix (keyword);

  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    if (fits (rules[i].keyword, keyword))
      return rules[i];
  /* A maker's own word: only what it calls an error stops us. */
  return (Rule){ NULL, is_error ? BLOCKS : HARMLESS, is_error ? PV_PRINT_REASON_OTHER : PV_PRINT_REASON_NONE };
}

static Weight
find_worst (const char *const *reasons, PvPrintReason *ret_reason)
{
  Rule worst = { NULL, HARMLESS, PV_PRINT_REASON_NONE };

  for (guint i = 0; reasons != NULL && reasons[i] != NULL; i++) {
    Rule rule = judge_keyword (reasons[i]);
    /* Of two, paper and jam come before what may follow from them. */
    if (rule.weight > worst.weight
        || (rule.weight == worst.weight && rule.weight != HARMLESS && rule.reason < worst.reason))
      worst = rule;
  }
  *ret_reason = worst.reason;
  return worst.weight;
}

PvPrintReason
pv_ipp_judge_printer (const PvIppPrinter *printer, gboolean *ret_is_available)
{
  PvPrintReason reason;
  Weight weight = find_worst ((const char *const *) printer->reasons, &reason);
  gboolean is_available = weight != BLOCKS && printer->state != PV_IPP_PRINTER_STOPPED && printer->is_accepting;

  /* Stopped, or told to take nothing, without a word: somebody did that. */
  if (!is_available && weight != BLOCKS && reason != PV_PRINT_REASON_CERTIFICATE)
    reason = PV_PRINT_REASON_SERVICE;
  *ret_is_available = is_available;
  return reason;
}

PvPrintReason
pv_ipp_judge_error (const GError *error)
{
  if (error->domain != PV_PRINT_ERROR)
    return PV_PRINT_REASON_OTHER;
  switch ((PvPrintError) error->code) {
  case PV_PRINT_ERROR_OFFLINE:
  case PV_PRINT_ERROR_LOST:
    return PV_PRINT_REASON_OFFLINE;
  case PV_PRINT_ERROR_BUSY:
    return PV_PRINT_REASON_BUSY;
  case PV_PRINT_ERROR_STRANGER:
    return PV_PRINT_REASON_CERTIFICATE;
  case PV_PRINT_ERROR_REFUSED:
  case PV_PRINT_ERROR_MEDIA: /* not on the paper of this printer */
  case PV_PRINT_ERROR_TOO_LARGE:
    return PV_PRINT_REASON_SERVICE;
  case PV_PRINT_ERROR_BAD_DATA:
  case PV_PRINT_ERROR_BROKEN:
    break;
  }
  return PV_PRINT_REASON_OTHER;
}

gboolean
pv_ipp_job_is_over (const PvIppJob *job)
{
  return job->state >= PV_IPP_JOB_CANCELED;
}

/* CUPS asks the printer itself; these say that it does not know what became of the job there. */
static gboolean
is_lost_sight (const char *const *reasons, const char *const *before)
{
  for (guint i = 0; reasons != NULL && reasons[i] != NULL; i++)
    if (g_str_has_prefix (reasons[i], "cups-ipp-") && (before == NULL || !g_strv_contains (before, reasons[i])))
      return TRUE;
  return FALSE;
}

static PvPrintReason
find_reason (const PvIppJob *job, const PvIppPrinter *printer, Weight *ret_weight)
{
  PvPrintReason reason = PV_PRINT_REASON_NONE, other = PV_PRINT_REASON_NONE;
  Weight weight = find_worst ((const char *const *) job->printer_reasons, &reason);
  Weight other_weight = HARMLESS;

  if (printer != NULL)
    other_weight = find_worst ((const char *const *) printer->reasons, &other);
  *ret_weight = MAX (weight, other_weight);
  return other_weight > weight ? other : reason;
}

PvPrintState
pv_ipp_judge_job (const PvIppJob *job, const PvIppPrinter *printer, const char *const *before,
                  PvPrintReason *ret_reason)
{
  Weight weight;
  PvPrintReason reason = find_reason (job, printer, &weight);
  gboolean is_stopped = printer != NULL && printer->state == PV_IPP_PRINTER_STOPPED;
  gboolean is_lost = is_lost_sight ((const char *const *) job->printer_reasons, before)
                     || (printer != NULL && is_lost_sight ((const char *const *) printer->reasons, before));

  *ret_reason = weight == BLOCKS || reason == PV_PRINT_REASON_CERTIFICATE ? reason : PV_PRINT_REASON_NONE;
  switch (job->state) {
  case PV_IPP_JOB_COMPLETED:
    *ret_reason = PV_PRINT_REASON_NONE;
    if (is_lost
        || (job->reasons != NULL && g_strv_contains ((const char *const *) job->reasons, "job-completed-with-errors")))
      return PV_PRINT_UNKNOWN;
    return PV_PRINT_DONE;
  case PV_IPP_JOB_CANCELED:
  case PV_IPP_JOB_ABORTED:
    if (*ret_reason == PV_PRINT_REASON_NONE)
      *ret_reason = PV_PRINT_REASON_OTHER;
    return PV_PRINT_FAILED;
  case PV_IPP_JOB_HELD:
  case PV_IPP_JOB_STOPPED:
    if (*ret_reason == PV_PRINT_REASON_NONE)
      *ret_reason = PV_PRINT_REASON_SERVICE;
    return PV_PRINT_ATTENTION;
  default:
    if (weight == BLOCKS || is_stopped) {
      if (*ret_reason == PV_PRINT_REASON_NONE)
        *ret_reason = PV_PRINT_REASON_SERVICE;
      return PV_PRINT_ATTENTION;
    }
    *ret_reason = PV_PRINT_REASON_NONE;
    return job->state == PV_IPP_JOB_PENDING ? PV_PRINT_SENDING : PV_PRINT_PRINTING;
  }
}
