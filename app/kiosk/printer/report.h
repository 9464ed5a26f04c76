/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* report.h: what a child of the printer service tells the service, one packet each, over a socket pair.
 *
 * In the other direction goes one packet at most, the order of a job with its document's descriptor. When the service
 * closes its end, the child cancels and exits. So a service that crashes leaves nothing printing.
 */
#pragma once

#include "core/journey.h"

typedef enum {
  PV_PRINTER_TASK_JOB,    /* waits for an order, and prints it */
  PV_PRINTER_TASK_STATUS, /* looks whether the printer is ready */
  PV_PRINTER_TASK_SWEEP,  /* cancels what jobs of this kiosk are left, and looks again */
} PvPrinterTask;

typedef struct PvPrinterReport {
  guint32 is_last;
  guint32 state;      /* JOB: PvPrintState */
  guint32 reason;     /* PvPrintReason; SWEEP: OFFLINE or CERTIFICATE = the printer could not be asked */
  guint32 is_fine;    /* JOB: nothing of it is left at the printer; STATUS: a job may be sent; SWEEP: nothing is left */
  guint32 longest_mm; /* STATUS: of a sheet of the medium; 0 = not known */
} PvPrinterReport;

/* Texts end with a zero. */
typedef struct PvPrinterOrder {
  char language[24]; /* "fr", of the document */
  char user[24];     /* of the session, see pseudonym.h */
} PvPrinterOrder;

/* The child's end of the socket pair. */
enum { PV_PRINTER_REPORT_FD = 3 };

/* Limits of a job, each state has its own. */
enum {
  PV_PRINTER_OFFLINE_MAX_MS = 8 * 1000,    /* of not being answered */
  PV_PRINTER_SENDING_MAX_MS = 20 * 1000,   /* of a printer that is busy, or holds the job */
  PV_PRINTER_PRINTING_MAX_MS = 60 * 1000,  /* without a further sheet */
  PV_PRINTER_DEVICE_MAX_MS = 8 * 1000,     /* of silence of a printer that has answered while CUPS prints */
  PV_PRINTER_ATTENTION_MAX_MS = 90 * 1000, /* for somebody to bring paper */
  PV_PRINTER_WAITING_MAX_MS = 3600 * 1000, /* of a child that has no order yet */
  PV_PRINTER_JOB_MAX_MS = 240 * 1000,      /* of a child, from outside */
  PV_PRINTER_CANCEL_MAX_MS = 1200,         /* for the printer to stop */
  PV_PRINTER_STATUS_MAX_MS = 8 * 1000,
  PV_PRINTER_SWEEP_MAX_MS = 1400, /* of asking again whether something is left */
};
