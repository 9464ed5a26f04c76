/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* printer.h: who may print now, and that nothing is left afterwards.
 *
 * One session at a time, one job at a time; each job, each look at the printer and each sweep is a child. After a
 * session nothing is accepted until a sweep has found the printer clean. Never blocks. Main thread.
 */
#pragma once

#include <gio/gio.h>

#include "core/journey.h"

#define PV_PRINTER_ERROR (pv_printer_error_quark ())
GQuark pv_printer_error_quark (void);

typedef enum {
  PV_PRINTER_ERROR_BUSY,    /* another job, another session, or not yet clean: later */
  PV_PRINTER_ERROR_FULL,    /* this session has printed enough */
  PV_PRINTER_ERROR_DENIED,  /* not a session, or one that has ended */
  PV_PRINTER_ERROR_OFFLINE, /* there is no printer here */
} PvPrinterError;

enum {
  PV_PRINTER_MAX_JOBS = 8, /* of one session: a receipt for each of its procedures, and some again */
  PV_PRINTER_MAX_SESSION_BYTES = 64,
  PV_PRINTER_MAX_LANGUAGE_BYTES = 16,
  PV_PRINTER_END_MAX_MS = 2600,  /* of ending a session; the interface promises 3 s */
  PV_PRINTER_STOP_MAX_MS = 1300, /* of it, for a job to stop */
  PV_PRINTER_CHECK_S = 30,       /* between two looks at a printer that is well */
  PV_PRINTER_RECHECK_S = 10,     /* at one that is not */
  PV_PRINTER_RESWEEP_S = 5,
  PV_PRINTER_MAX_SHEET_MM = 100000, /* of what it says; more is nonsense */
};

typedef struct PvPrinter PvPrinter;

typedef struct PvPrinterEvents {
  /* pv_printer_is_available() or pv_printer_get_reason() may say something else. */
  void (*changed) (gpointer user_data);
  /* Never inside pv_printer_print(). */
  void (*job_state) (guint job, PvPrintState state, PvPrintReason reason, gpointer user_data);
} PvPrinterEvents;

/**
 * pv_printer_new:
 * @child_arguments: (nullable): of this program, that make a child find the same printer; NULL: there is no printer
 */
PvPrinter *pv_printer_new (const char *const *child_arguments, const PvPrinterEvents *events, gpointer user_data);
/* Kills the children. To leave nothing behind, end the session first. */
void pv_printer_free (PvPrinter *printer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvPrinter, pv_printer_free)

gboolean pv_printer_is_available (const PvPrinter *printer);
PvPrintReason pv_printer_get_reason (const PvPrinter *printer);
/* Longest sheet of its medium; 0: not known. */
guint pv_printer_get_longest_mm (const PvPrinter *printer);
/* The session that has printed and not yet ended, or NULL. */
const char *pv_printer_get_session (const PvPrinter *printer);

/**
 * pv_printer_print:
 * @language: "fr", of the document
 * @pdf_fd: sealed memory file; stays the caller's
 */
gboolean pv_printer_print (PvPrinter *printer, const char *session, const char *language, int pdf_fd, guint *ret_job,
                           GError **error);

/* Cancels what runs, looks whether anything is left; at most PV_PRINTER_END_MAX_MS. */
void pv_printer_end_session_async (PvPrinter *printer, const char *session, GAsyncReadyCallback callback,
                                   gpointer user_data);
/* Whether nothing of it is left. */
gboolean pv_printer_end_session_finish (GAsyncResult *result);
