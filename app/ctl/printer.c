/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* parvisctl printer status: asks the device itself, for CUPS does not watch a printer that is idle. */

#include "ctl/printer.h"

#include <string.h>

#include "ctl/ctl.h"
#include "print/ipp-about.h"

/* Without "-report", "-warning" or "-error". */
static const struct {
  const char *reason, *words;
} words[] = {
  { "connecting-to-device", "CUPS is looking for the printer" },
  { "cover-open", "a cover is open" },
  { "cups-missing-filter", "CUPS lacks a filter for this printer" },
  { "cups-insecure-filter", "a filter of CUPS belongs to the wrong user" },
  { "cups-certificate", "the certificate is not the one that CUPS knows" },
  { "developer-empty", "there is no more developer" },
  { "developer-low", "the developer will soon be used up" },
  { "door-open", "a door is open" },
  { "fuser-over-temp", "the fuser is too hot" },
  { "fuser-under-temp", "the fuser is not hot yet" },
  { "input-tray-missing", "a tray is missing" },
  { "interlock-open", "something is open" },
  { "marker-supply-empty", "there is no more ink or toner" },
  { "marker-supply-low", "ink or toner will soon be used up" },
  { "marker-waste-almost-full", "the box for waste will soon be full" },
  { "marker-waste-full", "the box for waste is full" },
  { "media-empty", "there is no paper" },
  { "media-jam", "the paper is stuck" },
  { "media-low", "the paper will soon be used up" },
  { "media-needed", "there is no paper of the size that is asked for" },
  { "moving-to-paused", "it is about to be paused" },
  { "offline", "it cannot be reached" },
  { "other", "something else, see its display" },
  { "output-area-almost-full", "there is much paper in the output" },
  { "output-area-full", "the output is full" },
  { "output-tray-missing", "the output's tray is missing" },
  { "paused", "it is paused" },
  { "shutdown", "it is switched off" },
  { "spool-area-full", "its memory is full" },
  { "stopped-partly", "a part of it has stopped" },
  { "stopping", "it is stopping" },
  { "timed-out", "it does not answer" },
  { "toner-empty", "there is no more toner" },
  { "toner-low", "the toner will soon be used up" },
};

const char *
pv_ctl_printer_word (const char *reason)
{
  static const char *const suffixes[] = { "-report", "-warning", "-error" };
  gsize length = strlen (reason);

  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    if (g_str_has_suffix (reason, suffixes[i]))
      length -= strlen (suffixes[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (strncmp (words[i].reason, reason, length) == 0 && words[i].reason[length] == '\0')
      return words[i].words;
  return reason;
}

PvIpp *
pv_ctl_printer_open (const PvSettings *settings, const char *job_name)
{
  const PvIppTarget target = { .uri = pv_settings_get_text (settings, PV_SETTING_PRINTER_URI),
                               .queue = pv_settings_get_text (settings, PV_SETTING_PRINTER_QUEUE),
                               .job_name = job_name,
                               .fingerprint = pv_settings_get_text (settings, PV_SETTING_PRINTER_CERTIFICATE) };
  g_autoptr (GError) error = NULL;
  PvIpp *ipp;

  if (target.uri == NULL && target.queue == NULL) {
    pv_ctl_fail ("[printer] uri and queue are not set: there is no printer; see parvisctl printer list");
    return NULL;
  }
  ipp = pv_ipp_new (&target, &error);
  if (ipp == NULL)
    pv_ctl_fail ("[printer] %s: %s", target.uri != NULL ? "uri" : "queue", error->message);
  else if (!pv_settings_get_bool (settings, PV_SETTING_PRINTER_ENABLED))
    g_print ("note: [printer] enabled is false: the kiosk prints nothing\n");
  return ipp;
}

static void
print_texts (const char *title, const char *const *texts)
{
  g_autofree char *joined = g_strjoinv (", ", (char **) texts);

  g_print ("%-10s%s\n", title, *joined != '\0' ? joined : "(it does not say)");
}

/* Of a dimension in hundredths of a millimetre: "80" or "50-600". (transfer full) */
static char *
format_range (int min, int max)
{
  return min == max ? g_strdup_printf ("%g", min / 100.0) : g_strdup_printf ("%g-%g", min / 100.0, max / 100.0);
}

static void
print_sizes (const GArray *sizes)
{
  for (guint i = 0; i < sizes->len; i++) {
    const PvIppSize *size = &g_array_index (sizes, PvIppSize, i);
    g_autofree char *x = format_range (size->min_x, size->max_x);
    g_autofree char *y = format_range (size->min_y, size->max_y);

    g_print ("%-10s%s x %s mm\n", i == 0 ? "sizes" : "", x, y);
  }
  if (sizes->len == 0)
    g_print ("%-10s(it does not say: each paper is asked for as it is)\n", "sizes");
}

/* In hundredths of a millimetre; without a height a roll. */
static const struct {
  const char *word;
  int width, height;
} papers[] = {
  { "roll-58mm", 5800, 0 }, { "roll-80mm", 8000, 0 }, { "roll-112mm", 11200, 0 },
  { "a4", 21000, 29700 },   { "a5", 14800, 21000 },
};

static gboolean
is_within (int value, int min, int max)
{
  return value >= min - PV_IPP_SIZE_TOLERANCE && value <= max + PV_IPP_SIZE_TOLERANCE;
}

/* Whether the kiosk's own paper is one of its sizes. */
static gboolean
check_media (const PvIppAbout *about, const char *media)
{
  gboolean is_there = about->sizes->len == 0;

  for (gsize i = 0; i < G_N_ELEMENTS (papers); i++) {
    for (guint k = 0; k < about->sizes->len && strcmp (papers[i].word, media) == 0; k++) {
      const PvIppSize *size = &g_array_index (about->sizes, PvIppSize, k);
      is_there |= is_within (papers[i].width, size->min_x, size->max_x)
                  && (papers[i].height == 0 || is_within (papers[i].height, size->min_y, size->max_y));
    }
  }
  if (!is_there)
    pv_ctl_fail ("[printer] media is %s, and the printer has no such paper", media);
  return is_there;
}

/* What the printer behind a queue says; CUPS does not know it. */
static const char *const behind[] = {
  [PV_PRINT_REASON_NONE] = "nothing is wrong",
  [PV_PRINT_REASON_NO_PAPER] = "there is no paper, or not of the right size",
  [PV_PRINT_REASON_JAM] = "the paper is stuck",
  [PV_PRINT_REASON_OPEN] = "something is open or missing",
  [PV_PRINT_REASON_TAKE_PAPER] = "the output is full",
  [PV_PRINT_REASON_INK] = "there is no more ink or toner",
  [PV_PRINT_REASON_OFFLINE] = "it cannot be reached",
  [PV_PRINT_REASON_BUSY] = "it is busy",
  [PV_PRINT_REASON_SERVICE] = "it is stopped, or takes no jobs",
  [PV_PRINT_REASON_PAPER_LOW] = "the paper will soon be used up",
  [PV_PRINT_REASON_CERTIFICATE] = "it is another printer than the settings name",
  [PV_PRINT_REASON_OTHER] = "something else, see its display",
};

/* Returns: whether the kiosk offers to print */
static gboolean
print_state (const PvIppAbout *about, PvIpp *ipp)
{
  static const char *const states[] = {
    [PV_IPP_PRINTER_IDLE] = "idle", [PV_IPP_PRINTER_PROCESSING] = "at work", [PV_IPP_PRINTER_STOPPED] = "stopped"
  };
  const PvIppPrinter printer = { .state = about->state,
                                 .is_accepting = about->is_accepting,
                                 .reasons = about->reasons };
  gboolean is_said_available, is_available;
  g_autoptr (GError) error = NULL;
  PvPrintReason reason;

  pv_ipp_judge_printer (&printer, &is_said_available);
  is_available = pv_ipp_check_ready (ipp, &reason, NULL, &error);
  g_print ("%-10s%s%s: %s\n", "state",
           about->state >= PV_IPP_PRINTER_IDLE && about->state <= PV_IPP_PRINTER_STOPPED ? states[about->state]
                                                                                         : "unknown",
           about->is_accepting ? "" : ", takes no jobs",
           is_available ? "the kiosk offers to print" : "the kiosk does not offer to print");
  for (guint i = 0; about->reasons[i] != NULL; i++)
    g_print ("%-10s%s (%s)\n", i == 0 ? "because" : "", pv_ctl_printer_word (about->reasons[i]), about->reasons[i]);
  if (about->message != NULL)
    g_print ("%-10s%s\n", "it says", about->message);
  if (error != NULL)
    pv_ctl_fail ("%s", error->message);
  else if (reason != PV_PRINT_REASON_NONE && is_said_available && about->reasons[0] == NULL)
    g_print ("%-10s%s\n", "behind it", behind[reason]);
  return is_available;
}

int
pv_ctl_printer_status (const PvCtl *ctl, char **arguments)
{
  g_autoptr (PvSettings) settings = NULL;
  g_autoptr (PvIpp) ipp = NULL;
  g_autoptr (PvIppAbout) about = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_fine;

  if (arguments[0] != NULL) {
    pv_ctl_fail ("printer status takes no arguments");
    return PV_CTL_USAGE;
  }
  settings = pv_ctl_load_settings (ctl);
  ipp = settings != NULL ? pv_ctl_printer_open (settings, "") : NULL;
  if (ipp == NULL)
    return PV_CTL_FAILED;
  about = pv_ipp_read_about (ipp, &error);
  if (about == NULL)
    return pv_ctl_fail ("%s", error->message);
  g_print ("%-10s%s\n", "model", about->model != NULL ? about->model : "(it does not say)");
  is_fine = print_state (about, ipp);
  print_texts ("formats", (const char *const *) about->formats);
  if (about->dots_per_inch > 0)
    g_print ("%-10s%d to the inch\n", "dots", about->dots_per_inch);
  print_texts ("loaded", (const char *const *) about->ready);
  print_sizes (about->sizes);
  if (!g_strv_contains ((const char *const *) about->formats, "application/pdf")) {
    pv_ctl_fail ("the printer takes no PDF: it needs a queue of CUPS");
    is_fine = FALSE;
  }
  is_fine = check_media (about, pv_settings_get_text (settings, PV_SETTING_PRINTER_MEDIA)) && is_fine;
  return is_fine ? PV_CTL_OK : PV_CTL_FAILED;
}
