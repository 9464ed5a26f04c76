/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* audit.h: the lines of the audit log: time, verb, name of a field; each holds the hash of all before it.
 *
 * A line that was changed, taken out or put in breaks the chain at its place.  The end of a log can be cut off without
 * that: whoever keeps the log keeps the last hash elsewhere as well.  A name that is none (it could be a value) is
 * written as "-".
 *
 *   1795440720 propose adresse 0b7d...e1\n
 */
#pragma once

#include <glib.h>

enum {
  PV_AUDIT_HASH_BYTES = 32,
  PV_AUDIT_MAX_NAME_BYTES = 64,
};

typedef struct PvAuditChain {
  guint8 hash[PV_AUDIT_HASH_BYTES]; /* of the last line; zero at the start */
} PvAuditChain;

/* @verb, @subject: of letters, digits and "-_./"; @subject (nullable). (transfer full) */
char *pv_audit_append (PvAuditChain *chain, guint64 at, const char *verb,
                       const char *subject) G_GNUC_WARN_UNUSED_RESULT;

/**
 * pv_audit_verify:
 * @chain: (inout): state before @text, and after its last good line
 * @ret_line: (out) (optional): number, from 1, of the first line that is wrong; 0 if none is
 */
gboolean pv_audit_verify (PvAuditChain *chain, const char *text, guint *ret_line);
