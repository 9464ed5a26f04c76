/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* ipp.h: a printer over IPP: directly by its address, or through a queue of CUPS.
 *
 * Every call blocks, up to a few seconds: only for a process of its own that somebody else can kill. One thread.
 * Errors: PV_PRINT_ERROR; their text names no document and is for the log, libcups' own texts are not to be shown.
 */
#pragma once

#include "print/ipp-reasons.h"
#include "print/media.h"

enum {
  PV_IPP_REQUEST_MS = 2000,    /* of a connection, and without an answer; libcups adds up to a second */
  PV_IPP_DEVICE_MS = 1000,     /* the same of pv_ipp_ask_device() */
  PV_IPP_QUEUE_CANCEL_S = 120, /* CUPS itself drops a job that is still there by then */
  PV_IPP_MAX_JOBS = 200,       /* looked at in one sweep */
};

/* Copied. */
typedef struct PvIppTarget {
  const char *uri;   /* "ipp://host:port/path" or "ipps://..."; or NULL, and then */
  const char *queue; /* a queue of the CUPS of this machine */
  /* Of all jobs of this kiosk and of no other: found again after a crash. Says nothing about what is printed. */
  const char *job_name;
  /* (nullable): ipp-certificate.h. Of the printer at @uri, or behind @queue; NULL: any printer is believed. */
  const char *fingerprint;
} PvIppTarget;

typedef struct PvIpp PvIpp;

/* REFUSED if neither address nor queue is one, or a fingerprint is given for an address that does not encrypt; connects at
 * the first call. Every call below: STRANGER if another printer answers than the one of the fingerprint. */
PvIpp *pv_ipp_new (const PvIppTarget *target, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void pv_ipp_free (PvIpp *ipp);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvIpp, pv_ipp_free)

/**
 * pv_ipp_set_user:
 * @user: (nullable): whose jobs the printer is told they are, "parvis" without one
 *
 * Of a printer only. CUPS is told the name of this account, whatever is set: under another one it would not let us remove
 * our own jobs.
 */
void pv_ipp_set_user (PvIpp *ipp, const char *user);

gboolean pv_ipp_is_queue (const PvIpp *ipp);

/* Asks for the address of the printer's name, and forgets it, and has libcups read its settings: the first time takes long. Does
 * not ask the printer. */
void pv_ipp_prepare (PvIpp *ipp);

gboolean pv_ipp_read_printer (PvIpp *ipp, PvIppPrinter *ret_printer, GError **error);

/* See pv_ipp_media_read_longest(). */
gboolean pv_ipp_read_longest (PvIpp *ipp, PvPrintMedia media, guint *ret_longest_mm, GError **error);

/**
 * pv_ipp_check_ready:
 * @ret_reason: (out): why not, or what needs care; also after an error
 * @ret_before: (out) (optional) (transfer full): for pv_ipp_judge_job()
 *
 * Asks the queue if there is one, and the device: CUPS does not look at a printer that has nothing to print, so its queue
 * knows nothing of paper that is out. A device that does not speak IPP is not asked. Not while the queue prints: some
 * printers talk to one at a time.
 *
 * Returns: whether a job may be sent now; FALSE without an error: the printer itself says why not
 */
gboolean pv_ipp_check_ready (PvIpp *ipp, PvPrintReason *ret_reason, GStrv *ret_before, GError **error);

/**
 * pv_ipp_submit:
 * @pdf: its page size is the size of paper that is asked for, whatever the printer's default
 * @ret_job: the printer's number of the job
 *
 * LOST leaves open whether the printer has it, see pv_ipp_sweep(); with any other error nothing of it is printed. CUPS that
 * breaks off and has no such job has refused it.
 */
gboolean pv_ipp_submit (PvIpp *ipp, GBytes *pdf, PvPrintMedia media, int *ret_job, GError **error);

/* BAD_DATA if the printer no longer knows the job. */
gboolean pv_ipp_read_job (PvIpp *ipp, int job, PvIppJob *ret_job, GError **error);

/* How far the printer behind a queue proves what CUPS calls completed. CUPS says so as well when its connection broke. */
typedef enum {
  PV_IPP_END_BELIEVED,  /* it does not contradict; also where there is no queue, or behind it no IPP */
  PV_IPP_END_AT_WORK,   /* it still has a job of our name */
  PV_IPP_END_GAVE_UP,   /* it aborted or cancelled the newest one */
  PV_IPP_END_RESTARTED, /* it was off since pv_ipp_check_ready(), and knows of nothing */
  PV_IPP_END_SILENT,    /* it cannot be asked */
} PvIppEnd;

PvIppEnd pv_ipp_confirm_end (PvIpp *ipp);

/**
 * pv_ipp_ask_device:
 * @ret_is_at_work: (out): whether it says that it prints
 *
 * Asks the printer behind the queue, on a connection beside that of CUPS, which is kept. A printer that talks to one at a time does
 * not answer: believe in its silence only when it has answered at work.
 *
 * Returns: whether it answered; FALSE also if there is no queue, or behind it no IPP
 */
gboolean pv_ipp_ask_device (PvIpp *ipp, gboolean *ret_is_at_work);

/* Also removes it from the spool of CUPS. A job that is over already is no error. */
gboolean pv_ipp_cancel (PvIpp *ipp, int job, GError **error);

/**
 * pv_ipp_sweep:
 * @ret_n_left: jobs of this name that are still there: in the printer unfinished, in CUPS with any trace
 *
 * Cancels all jobs of this name, whoever the printer says that they belong to, and looks what is left, also at the printer
 * behind a queue; some printers need seconds to stop, so ask again.
 */
gboolean pv_ipp_sweep (PvIpp *ipp, guint *ret_n_left, GError **error);
