/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* printer-link.h: a session's line to the printer service. Main thread only. */
#pragma once

#include <gio/gio.h>

#include "core/journey.h"
#include "print/media.h"

typedef struct PvPrinterLink PvPrinterLink;

typedef struct PvPrinterEvents {
  void (*available) (gboolean is_available, PvPrintReason reason, gpointer user_data);
  void (*job) (PvPrintState state, PvPrintReason reason, gpointer user_data);
} PvPrinterEvents;

enum { PV_PRINTER_CALL_MS = 8000, PV_PRINTER_RETRY_MS = 2000 };

/* @session: the random name that the supervisor gave. */
PvPrinterLink *pv_printer_link_new (const char *socket_path, const char *session, const PvPrinterEvents *events,
                                    gpointer user_data);
void pv_printer_link_free (PvPrinterLink *link);
/* What the receipt is to be laid out for; roll while the service is away. */
PvPrintMedia pv_printer_link_get_media (const PvPrinterLink *link);
/* Of a sheet of it; 0: not known. */
guint pv_printer_link_get_longest_mm (const PvPrinterLink *link);
/* @language: "fr", of the document. The end comes as a job state, whatever happens. */
void pv_printer_link_print (PvPrinterLink *link, GBytes *pdf, const char *language);
