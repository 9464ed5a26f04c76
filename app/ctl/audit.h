/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* audit.h: the logs of what mediators did, of a kiosk or of a console. Private to audit*.c. */
#pragma once

#include "assist/certificate.h"
#include "assist/consent.h"
#include "ctl/ctl.h"

enum {
  PV_CTL_AUDIT_MAX_FILE_BYTES = 64 * 1024 * 1024,
  PV_CTL_AUDIT_MAX_FINDINGS = 50, /* told; the rest is only counted */
};

/* One line, apart: not NUL-terminated words are copied. */
typedef struct PvAuditLine {
  guint64 at;
  char *verb, *subject;
} PvAuditLine;

void pv_audit_line_clear (PvAuditLine *line);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PvAuditLine, pv_audit_line_clear)
/* Of four words; FALSE: it is none. */
gboolean pv_audit_line_parse (const char *text, PvAuditLine *ret_line);

/* The folder of the logs: @given, or the courier's as the settings say; NULL after having said why. (transfer full) */
char *pv_ctl_audit_folder (const PvCtl *ctl, const char *given);
/* Names of the files in order; NULL after having said that there are none. (transfer full) */
char **pv_ctl_audit_list (const char *folder);
/* (transfer full): NULL after having said why */
char *pv_ctl_audit_read (const char *folder, const char *name);

/* Records out of their lines. Zero-initialized, with @tell to be told of each when it is whole. */
typedef struct PvAuditRecords {
  GString *consent, *delegation; /* (nullable): base64 so far */
  guint line;                    /* where the record begins */
  /* @consent: NULL: not one. @delegation: (nullable) */
  void (*tell) (guint line, const PvConsent *consent, const PvDelegation *delegation, gpointer data);
  gpointer data;
} PvAuditRecords;

void pv_audit_records_add (PvAuditRecords *records, guint number, const PvAuditLine *line);
/* The last one; frees what it holds. */
void pv_audit_records_finish (PvAuditRecords *records);

/* Certificates that say whose signatures are good. */
typedef struct PvAuditPeople {
  GPtrArray *certificates; /* (element-type PvCertificate) */
  GArray *roots;           /* of PvCertificateRoot */
} PvAuditPeople;

void pv_audit_people_init (PvAuditPeople *people);
void pv_audit_people_clear (PvAuditPeople *people);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PvAuditPeople, pv_audit_people_clear)
/* All *.cert and *.pub of a folder, as `parvisctl enrol` makes them. FALSE after having said why. */
gboolean pv_audit_people_add_folder (PvAuditPeople *people, const char *folder);
/* @id: as in a record; valid at @at under one of the roots. (nullable) (transfer none) */
const PvCertificate *pv_audit_people_find (const PvAuditPeople *people, PvCertificateRole role, const guint8 *id,
                                           guint64 at);
