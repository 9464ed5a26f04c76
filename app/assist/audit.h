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
 * A log of several files: each is a chain of its own, whose first line "continues" names the hash of the last line before it, so
 * that the oldest files can be removed and the rest still be verified.  Something longer than a name, as a consent record,
 * is several lines: its pieces in base64url, "consent" and then "consent-more".  The last hash is kept in a file of its own,
 * the head.
 */
#pragma once

#include <glib.h>

#define PV_AUDIT_HEAD    "audit.head"
#define PV_AUDIT_NO_FILE "-" /* in a head, for a log without a line */

enum {
  PV_AUDIT_HASH_BYTES = 32,
  PV_AUDIT_MAX_NAME_BYTES = 64,
  PV_AUDIT_MAX_WRITE_BYTES =
    4096, /* at once: so much may stand behind the line that the head names, if the power went */
};

typedef struct PvAuditChain {
  guint8 hash[PV_AUDIT_HASH_BYTES]; /* of the last line; zero at the start */
} PvAuditChain;

/* Verbs of the log itself; nobody else's. */
#define PV_AUDIT_CONTINUES  "continues"  /* the hash so far: first line of a file */
#define PV_AUDIT_CONSENT    "consent"    /* a consent record */
#define PV_AUDIT_DELEGATION "delegation" /* what a kiosk said of the key that signed the record before */
#define PV_AUDIT_BROKEN     "broken"     /* the log was not as it was left */
#define PV_AUDIT_FULL       "full"       /* the day's limit is reached: what follows was not written */
#define PV_AUDIT_MORE       "-more"      /* behind a verb: goes on with the line before */

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

/* Begins a file: @chain is the one before, which may be zero, and becomes the new one. (transfer full): its first line */
char *pv_audit_continue (PvAuditChain *chain, guint64 at) G_GNUC_WARN_UNUSED_RESULT;
/* What the first line of @text goes on from; FALSE: it does not begin like that. */
gboolean pv_audit_read_continue (const char *text, PvAuditChain *ret_before);

/* Lines for @bytes, at least one. (transfer full) */
char *pv_audit_append_bytes (PvAuditChain *chain, guint64 at, const char *verb, const guint8 *bytes,
                             gsize size) G_GNUC_WARN_UNUSED_RESULT;

/* The head: the file that has the last line, "-" for none, and its hash. (transfer full) */
char *pv_audit_write_head (const PvAuditChain *chain, const char *file) G_GNUC_WARN_UNUSED_RESULT;
/* @ret_file: (transfer full) */
gboolean pv_audit_read_head (const char *text, PvAuditChain *ret_chain, char **ret_file);
/* How much of @text there is up to the line that @head names, and with it; 0: that line is not there. */
gsize pv_audit_find_head (const char *text, const PvAuditChain *head);
