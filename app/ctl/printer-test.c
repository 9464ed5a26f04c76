/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* parvisctl printer test: a sample on the kiosk's printer, which is a receipt of nothing. */

#include <poll.h>

#include "ctl/ctl.h"
#include "ctl/printer.h"
#include "print/pdf-file.h"
#include "print/receipt-pdf.h"
#include "print/test-receipt.h"

#define JOB_NAME "Parvis-test"

enum { POLL_MS = 250, LIMIT_S = 60 };

static GBytes *
render_sample (const PvSettings *settings, PvPrintMedia media, GError **error)
{
  g_autoptr (PvReceipt) receipt =
    pv_test_receipt_new (pv_settings_get_text (settings, PV_SETTING_COMMUNE_NAME), "parvisctl printer test", media);

  return pv_receipt_render_pdf (receipt, media, error);
}

static const char *
get_word (const PvIppJob *job, const PvIppPrinter *printer)
{
  PvPrintReason reason;

  switch (pv_ipp_judge_job (job, printer, NULL, &reason)) {
  case PV_PRINT_DONE:
    return "printed";
  case PV_PRINT_FAILED:
    return "not printed";
  case PV_PRINT_ATTENTION:
    return "stands still";
  case PV_PRINT_UNKNOWN:
    return "nobody knows whether it was printed";
  case PV_PRINT_PREPARING:
  case PV_PRINT_SENDING:
  case PV_PRINT_PRINTING:
    break;
  }
  return "prints";
}

/* Tells each change. Returns: whether it was printed. */
static gboolean
follow (PvIpp *ipp, int number)
{
  gint64 end = g_get_monotonic_time () + LIMIT_S * G_TIME_SPAN_SECOND;
  const char *told = "";

  while (g_get_monotonic_time () < end) {
    g_auto (PvIppJob) job = { .state = PV_IPP_JOB_PENDING };
    g_auto (PvIppPrinter) printer = { .state = PV_IPP_PRINTER_IDLE };
    g_autoptr (GError) error = NULL;
    const char *word;

    if (!pv_ipp_read_job (ipp, number, &job, &error) || !pv_ipp_read_printer (ipp, &printer, &error)) {
      pv_ctl_fail ("%s", error->message);
      return FALSE;
    }
    word = get_word (&job, &printer);
    if (word != told) {
      g_print ("%s\n", word);
      for (guint i = 0; printer.reasons[i] != NULL; i++)
        g_print ("  %s (%s)\n", pv_ctl_printer_word (printer.reasons[i]), printer.reasons[i]);
    }
    told = word;
    if (pv_ipp_job_is_over (&job))
      return g_str_equal (word, "printed");
    poll (NULL, 0, POLL_MS);
  }
  pv_ctl_fail ("it was not printed within %d s, and is cancelled", LIMIT_S);
  return FALSE;
}

int
pv_ctl_printer_test (const PvCtl *ctl, char **arguments)
{
  PvPrintMedia media = PV_PRINT_MEDIA_ROLL_80MM;
  g_autoptr (PvSettings) settings = NULL;
  g_autoptr (GBytes) drawn = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autoptr (PvIpp) ipp = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_printed;
  int number;

  if (arguments[0] != NULL) {
    pv_ctl_fail ("printer test takes no arguments");
    return PV_CTL_USAGE;
  }
  settings = pv_ctl_load_settings (ctl);
  ipp = settings != NULL ? pv_ctl_printer_open (settings, JOB_NAME) : NULL;
  if (ipp == NULL)
    return PV_CTL_FAILED;
  pv_print_media_from_string (pv_settings_get_text (settings, PV_SETTING_PRINTER_MEDIA), &media);
  drawn = render_sample (settings, media, &error);
  pdf = drawn != NULL ? pv_pdf_file_finish (drawn, "fr", &error) : NULL;
  if (pdf == NULL || !pv_ipp_submit (ipp, pdf, media, &number, &error))
    return pv_ctl_fail ("%s", error->message);
  is_printed = follow (ipp, number);
  pv_ipp_cancel (ipp, number, NULL);
  return is_printed ? PV_CTL_OK : PV_CTL_FAILED;
}
