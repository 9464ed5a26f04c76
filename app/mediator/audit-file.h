/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* audit-file.h: the lines of assist/audit.h on the disk: one file a month, the old ones taken away.
 *
 * "audit.log" in the settings is "audit-2026-11.log" in November 2026 (UTC); assist/audit.h tells how the files hang
 * together. The chain goes on over restarts. A file that somebody changed is kept beside, as
 * "audit-2026-11.broken-SECONDS.log", and a new one begins after its last good line, with "broken LINE".  The hash of the
 * last line stands in "audit.head" as well; an end that was cut off is told by a line "broken". */
#pragma once

#include <glib.h>

enum { PV_AUDIT_FILE_MAX_BYTES = 64 * 1024 * 1024 };

typedef struct PvAuditFile PvAuditFile;

/* @path: as in the settings. NULL with G_FILE_ERROR if nothing can be written there. */
PvAuditFile *pv_audit_file_open (const char *path, guint days, gint64 now_utc,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
void pv_audit_file_free (PvAuditFile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvAuditFile, pv_audit_file_free)

/* @verb, @subject: as pv_audit_append(). */
gboolean pv_audit_file_add (PvAuditFile *file, gint64 now_utc, const char *verb, const char *subject, GError **error);
/* @delegation: (nullable): whose key signed it for the kiosk. All of its lines, or none. */
gboolean pv_audit_file_add_consent (PvAuditFile *file, gint64 now_utc, GBytes *consent, GBytes *delegation,
                                    GError **error);
/* Down to the disk, and so is the head. */
gboolean pv_audit_file_sync (PvAuditFile *file, GError **error);
