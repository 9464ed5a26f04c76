/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A document of a question: each state, hint and trouble of scanner and phone. */

#include "walker-private.h"

static void
tell_capture (Walker *walker, const PvCaptureReport *report, const char *suffix)
{
  pv_journey_capture_report (walker->journey, report, &walker->now);
  if (suffix != NULL)
    walker_show (walker, suffix);
}

static void
bring_document (Walker *walker, guint n_pages)
{
  g_autoptr (GBytes) content = g_bytes_new_take (g_malloc0 (340000), 340000);
  g_autoptr (PvDocument) document = pv_document_new ("document-1.pdf", "application/pdf", content, n_pages);

  pv_journey_document_came (walker->journey, document, &walker->now);
}

static void
walk_troubles (Walker *walker, guint n_pages, const char *by)
{
  for (PvCaptureTrouble trouble = PV_CAPTURE_TROUBLE_NO_SCANNER; trouble < PV_N_CAPTURE_TROUBLES; trouble++) {
    g_autofree char *suffix = g_strdup_printf ("%s-%u", by, trouble);

    tell_capture (walker, &(PvCaptureReport){ .state = PV_CAPTURE_FAILED, .trouble = trouble, .n_pages = n_pages },
                  suffix);
  }
}

/* Every state of the scanner, each hint and trouble. */
static void
walk_scanner (Walker *walker, const char *path)
{
  PvCaptureReport page = { .state = PV_CAPTURE_PAGE, .n_pages = 1 };

  walker_act (walker, PV_DO_SCAN, path, NULL);
  walker_show (walker, "scanner");
  tell_capture (walker, &(PvCaptureReport){ .state = PV_CAPTURE_READY }, "");
  walker_act (walker, PV_DO_SCAN_PAGE, NULL, NULL);
  tell_capture (walker, &(PvCaptureReport){ .state = PV_CAPTURE_SCANNING, .percent = 45 }, "");
  for (page.hint = PV_CAPTURE_BLURRED; page.hint <= PV_CAPTURE_EMPTY; page.hint++) {
    g_autofree char *suffix = g_strdup_printf ("%u", page.hint);

    tell_capture (walker, &page, suffix);
  }
  page.hint = PV_CAPTURE_CLEAR;
  tell_capture (walker, &page, "one");
  walker_act (walker, PV_DO_SCAN, path, NULL);
  walker_show (walker, "second");
  walker_act (walker, PV_DO_SCAN_PAGE, NULL, NULL);
  page = (PvCaptureReport){ .state = PV_CAPTURE_PAGE, .n_pages = 3, .page = 2, .hint = PV_CAPTURE_DARK };
  tell_capture (walker, &page, "of-three");
  page.page = 1;
  tell_capture (walker, &page, "of-three");
  walk_troubles (walker, 2, "scanner");
  walker_act (walker, PV_DO_USE_DOCUMENT, NULL, NULL);
  walker_show (walker, "making");
  bring_document (walker, 3);
  walker_show (walker, "scanned");
  walker_act (walker, PV_DO_REMOVE_DOCUMENT, path, "0");
}

static void
walk_phone (Walker *walker, const char *path)
{
  static const char url[] =
    "https://relais.montclair.example/depot/#k7Qb2xYw0mN5cR8tUeZ3aV6dGh1jLp4s.9fKq2WnX7bT0yMv5cRzE3";

  walker_act (walker, PV_DO_SEND_FROM_PHONE, path, NULL);
  walker_show (walker, "phone");
  tell_capture (walker, &(PvCaptureReport){ .state = PV_CAPTURE_READY, .url = url }, "");
  tell_capture (walker, &(PvCaptureReport){ .state = PV_CAPTURE_RECEIVING }, "receiving");
  walk_troubles (walker, 0, "phone");
  walker_act (walker, PV_DO_SEND_FROM_PHONE, path, NULL);
  bring_document (walker, 2);
  walker_show (walker, "");
  walker_act (walker, PV_DO_BACK, NULL, NULL);
}

/* The first question that asks for one. */
void
walker_walk_document (Walker *walker)
{
  const PvAction *scan = pv_screen_state_find_action (walker_screen (walker), PV_DO_SCAN);
  g_autofree char *path = scan != NULL ? g_strdup (scan->target) : NULL;

  if (path == NULL || walker->has_document)
    return;
  walker->has_document = TRUE;
  walk_scanner (walker, path);
  walk_phone (walker, path);
}

void
walker_attach_document (Walker *walker)
{
  const PvAction *scan = pv_screen_state_find_action (walker_screen (walker), PV_DO_SCAN);
  g_autofree char *path = scan != NULL ? g_strdup (scan->target) : NULL;

  if (path == NULL)
    return;
  walker_act (walker, PV_DO_SCAN, path, NULL);
  bring_document (walker, 1);
}
