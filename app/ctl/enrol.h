/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* enrol.h: the files of an enrolment. Private to enrol*.c. */
#pragma once

#include "ctl/ctl.h"
#include "ctl/tls-certificate.h"

enum {
  PV_ENROL_ROOT_DAYS = 3650,
  PV_ENROL_BROKER_DAYS = 730,
  PV_ENROL_KIOSK_DAYS = 730,
  PV_ENROL_MEDIATOR_DAYS = 365,
  PV_ENROL_READER_DAYS = 730,
};

/* New files in one folder, all or none. */
typedef struct PvEnrolFiles {
  const char *folder;
  GPtrArray *made; /* paths */
} PvEnrolFiles;

/* Makes the folder, if it is not there. FALSE after having said why. */
gboolean pv_enrol_open (PvEnrolFiles *files, const char *folder);
/* 0600, never over one that is there. */
gboolean pv_enrol_write (PvEnrolFiles *files, const char *name, const char *text);
/* NAME.key and NAME.pem */
gboolean pv_enrol_write_pair (PvEnrolFiles *files, const char *name, const PvTlsPair *pair);
/* @bytes as a line of base64; wiped. */
gboolean pv_enrol_write_bytes (PvEnrolFiles *files, const char *name, const guint8 *bytes, gsize size);
/* NAME.key and NAME.pem of an authority. @of: whose. */
gboolean pv_enrol_write_authority (PvEnrolFiles *files, const char *name, const char *of);
/* Prints the paths, or removes what was made if not @is_done. Returns an exit status. */
int pv_enrol_close (PvEnrolFiles *files, gboolean is_done);

/* NAME.key and NAME.pem of a root; NULL after having said why. (transfer full) */
PvTlsPair *pv_enrol_read_authority (const char *root, const char *name);
/* Empty lists of revoked certificates, kiosks.crl and mediators.crl, unless they are there. FALSE after having said why. */
gboolean pv_enrol_make_lists (const char *root);
/* Keeps the certificate with the root, so that it can be revoked when nobody else has it any more. */
gboolean pv_enrol_note_issued (const char *root, const char *id, const char *certificate);
