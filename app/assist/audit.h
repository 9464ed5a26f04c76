/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* audit.h: the lines of the audit log: time, verb, name of a field; each holds the hash of all before it.
 *
 * A line that was changed, taken out or put in breaks the chain at its place.  The end of a log can be cut off without
 * that: whoever keeps the log keeps the last hash elsewhere as well.  A name that is none (it could be a value) is
 * written as "-".
 *
 *   1795440720 propose adresse 0b7d...e1\n
 *
 * A log of several files, one after the other: each begins with a line "continues" that names the hash of the last line
 * before it, so that the oldest files can be removed and the rest still be verified.  The last hash is kept in a file of
 * its own, the head.
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

/* Verbs of the log itself; nobody else's. */
#define PV_AUDIT_CONTINUES "continues" /* the hash so far: first line of a file */
#define PV_AUDIT_CONSENT   "consent"   /* the hash of a consent record that is kept beside the log */
#define PV_AUDIT_BROKEN    "broken"    /* the log was not as it was left; it goes on from the head */
#define PV_AUDIT_FULL      "full"      /* the day's limit is reached: what follows was not written */

/* @verb, @subject: of letters, digits and "-_./"; @subject (nullable). (transfer full) */
char *pv_audit_append (PvAuditChain *chain, guint64 at, const char *verb,
                       const char *subject) G_GNUC_WARN_UNUSED_RESULT;

/**
 * pv_audit_verify:
 * @chain: (inout): state before @text, and after its last good line
 * @ret_line: (out) (optional): number, from 1, of the first line that is wrong; 0 if none is
 */
gboolean pv_audit_verify (PvAuditChain *chain, const char *text, guint *ret_line);

/* Of such letters, and not empty or too long. */
gboolean pv_audit_is_name (const char *name);

/* The first line of a file that goes on after @chain, which may be zero. (transfer full) */
char *pv_audit_continue (PvAuditChain *chain, guint64 at) G_GNUC_WARN_UNUSED_RESULT;
/* What the first line of @text goes on from; FALSE: it does not begin like that. */
gboolean pv_audit_read_continue (const char *text, PvAuditChain *ret_chain);

/* The head: the file that has the last line, "-" for none, and its hash. (transfer full) */
char *pv_audit_write_head (const PvAuditChain *chain, const char *file) G_GNUC_WARN_UNUSED_RESULT;
/* @ret_file: (transfer full) */
gboolean pv_audit_read_head (const char *text, PvAuditChain *ret_chain, char **ret_file);

/* As the line "consent" names a record. (transfer full): hexadecimal */
char *pv_audit_hash_record (const guint8 *bytes, gsize size) G_GNUC_WARN_UNUSED_RESULT;
