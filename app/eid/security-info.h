/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* security-info.h: the SecurityInfos of EF.CardAccess, EF.CardSecurity and DG14 (ICAO Doc 9303-11, section 9.2).
 * Pure. */
#pragma once

#include "eid/crypto.h"
#include "eid/error.h"
#include "eid/tlv.h"

enum {
  PV_SECURITY_MAX_INFOS = 32,
  PV_SECURITY_MAX_BYTES = 16 * 1024, /* DG14 with several keys has 1 to 2 kB */
  PV_OID_MAX_BYTES = 16,
};

typedef enum {
  PV_MAPPING_DH_GM = 1,
  PV_MAPPING_ECDH_GM = 2,
  PV_MAPPING_DH_IM = 3,
  PV_MAPPING_ECDH_IM = 4,
  PV_MAPPING_ECDH_CAM = 6,
} PvMapping;

typedef struct PvPaceInfo {
  guint8 oid[PV_OID_MAX_BYTES]; /* value bytes */
  gsize oid_length;
  PvMapping mapping;
  PvCipher cipher;
  gint parameter_id; /* -1: absent */
} PvPaceInfo;

typedef struct PvChipKeyInfo { /* ChipAuthenticationPublicKeyInfo */
  gboolean is_ecdh;
  const guint8 *key; /* SubjectPublicKeyInfo, DER; borrowed */
  gsize key_length;
  gint key_id; /* -1: absent */
} PvChipKeyInfo;

typedef struct PvChipAuthInfo { /* ChipAuthenticationInfo */
  guint8 oid[PV_OID_MAX_BYTES];
  gsize oid_length;
  gboolean is_ecdh;
  PvCipher cipher;
  gint version;
  gint key_id; /* -1: absent */
} PvChipAuthInfo;

typedef struct PvSecurityInfos {
  PvPaceInfo pace[PV_SECURITY_MAX_INFOS];
  guint n_pace;
  PvChipKeyInfo keys[PV_SECURITY_MAX_INFOS];
  guint n_keys;
  PvChipAuthInfo chip[PV_SECURITY_MAX_INFOS];
  guint n_chip;
  gboolean has_active_auth_hash; /* ActiveAuthenticationInfo, for ECDSA: plain ECDSA with this hash */
  int active_auth_nid;           /* of OpenSSL: NID_sha256 ... */
} PvSecurityInfos;

/* Section 9.2. @data: the SET OF SecurityInfo. What is unknown is skipped; what is malformed is BAD_DATA. Borrows
 * @data. */
gboolean pv_security_infos_parse (const guint8 *data, gsize length, PvSecurityInfos *ret_infos, GError **error);

/* Section 9.2.1. The order in which they are preferred: CAM, IM, GM; stronger ciphers first; then curves; only those
 * that can be done here. */
const PvPaceInfo *pv_security_infos_choose_pace (const PvSecurityInfos *infos);
/* Whether it can be done here at all: the parameters are standardized (section 9.5.1) and fit the mapping. */
gboolean pv_pace_info_is_usable (const PvPaceInfo *info);
/* Several PACEInfos share the OID of @info: the chip must be told which (DO 84). */
gboolean pv_security_infos_is_ambiguous (const PvSecurityInfos *infos, const PvPaceInfo *info);
