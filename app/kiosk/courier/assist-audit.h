/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* assist-audit.h: the log of what mediators did, on the kiosk's disk: verbs and names of questions, never a value.
 *
 * Lines as assist/audit.h writes them, in one file a month, only ever appended to; the hash of the last one stands in the
 * head as well, so that an end that was cut off is seen. What nobody was told to be there, because the power went before the
 * head was written, is cut off; anything else that is not as it was left is not mended: the log says so and goes on from the
 * head. `parvisctl audit verify` reads the folder. Main thread.
 *
 *   audit-2026-11.log  audit.head
 */
#pragma once

#include "assist/audit.h"
#include "link/disk.h"
#include "platform/clock.h"

enum {
  PV_ASSIST_AUDIT_MAX_DAY_BYTES = 1024 * 1024,
  PV_ASSIST_AUDIT_MAX_DAY_CONSENTS = 500,
  PV_ASSIST_AUDIT_MAX_FILE_BYTES = 64 * 1024 * 1024, /* a month of full days */
  /* Lines at once, and how many more each second. */
  PV_ASSIST_AUDIT_BURST = 60,
  PV_ASSIST_AUDIT_PER_SECOND = 4,
};

typedef enum {
  PV_ASSIST_AUDIT_ERROR_BAD,  /* not a verb, or one of the log's own */
  PV_ASSIST_AUDIT_ERROR_BUSY, /* too many at once */
  PV_ASSIST_AUDIT_ERROR_FULL, /* the day's limit, or the disk's */
} PvAssistAuditError;

#define PV_ASSIST_AUDIT_ERROR (pv_assist_audit_error_quark ())
GQuark pv_assist_audit_error_quark (void);

typedef struct PvAssistAudit PvAssistAudit;

/**
 * pv_assist_audit_open:
 * @days: how long whole months are kept
 *
 * @disk and @clock are borrowed. Returns: NULL with G_IO_ERROR
 */
PvAssistAudit *pv_assist_audit_open (const char *folder, PvDisk *disk, PvClock *clock, guint days,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
void pv_assist_audit_free (PvAssistAudit *audit);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvAssistAudit, pv_assist_audit_free)

/* Returns once the disk has it. What is no name is written as "-". @subject: "" for none. */
gboolean pv_assist_audit_note (PvAssistAudit *audit, const char *verb, const char *subject, GError **error);
/* A record that was verified, in lines of its own, and @delegation: what the kiosk said of the key that signed it. */
gboolean pv_assist_audit_keep_consent (PvAssistAudit *audit, GBytes *record, GBytes *delegation, GError **error);
/* Removes months that are over for longer than they are kept; not by a clock that nobody sets. */
void pv_assist_audit_tidy (PvAssistAudit *audit);
