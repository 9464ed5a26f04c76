/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* sod.h: passive authentication: the security object EF.SOD, its signer, and the hashes of the data groups
 * (ICAO Doc 9303-10, section 4.6.2; 9303-11, section 5.1). Pure but for OpenSSL; "now" is an argument. */
#pragma once

#include "core/identity.h"
#include "eid/error.h"
#include "eid/trust.h"

enum {
  PV_SOD_MAX_BYTES = 64 * 1024, /* usually 2 kB; some carry the CSCA too */
  PV_SOD_MAX_GROUPS = 16,
};

typedef struct PvSod PvSod;

/* The whole EF.SOD, tag 77. NULL with PV_CARD_ERROR_BAD_DATA: no security object. */
PvSod *pv_sod_parse (const guint8 *data, gsize length, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void pv_sod_free (PvSod *sod);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvSod, pv_sod_free)

/* Whether data group @number (1 to 16) is among the signed ones. */
gboolean pv_sod_has_group (const PvSod *sod, guint number);
/* FALSE: the groups are hashed in a way that is not known here, so that none can be checked; pv_sod_verify() says
 * UNSUPPORTED. */
gboolean pv_sod_can_check_groups (const PvSod *sod);
/* The whole file of the group has the hash that is signed. */
gboolean pv_sod_check_group (const PvSod *sod, guint number, const guint8 *file, gsize length);
/* Of the signer's certificate, upper case; "" unknown. */
const char *pv_sod_get_country (const PvSod *sod);

typedef struct PvSodContext {
  const PvTrust *trust; /* (nullable): none is installed */
  const char *issuer;   /* (nullable): three letters of the document's MRZ; "D" for Germany */
  gint64 issued; /* seconds, UTC: date of issue where DG12 tells, 0 else; a signing time inside is held to, too */
  gint64 now;    /* seconds, UTC */
  gboolean is_clock_verified;
} PvSodContext;

/* NONE: signature, signer and chain are right. Else the first reason, refusals before what is not proven. */
PvReason pv_sod_verify (const PvSod *sod, const PvSodContext *context);

/* EF.CardSecurity (chip authentication mapping): the same signature over SecurityInfos. Borrows @data; @ret_infos is the
 * signed content, and stays as it was if the reason is a refusal (BAD_SOD: no such file). */
PvReason pv_card_security_verify (const guint8 *data, gsize length, const PvSodContext *context,
                                  const guint8 **ret_infos, gsize *ret_length);
