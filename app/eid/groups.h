/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* groups.h: the data groups of a document as values (ICAO Doc 9303-10, section 4.7). Pure. Each takes the whole file,
 * tag included, and borrows nothing unless it says so. */
#pragma once

#include "core/identity.h"
#include "core/mrz.h"
#include "eid/error.h"
#include "eid/tlv.h"

enum {
  PV_GROUP_MAX_TEXT_BYTES = PV_IDENTITY_MAX_TEXT_BYTES,
  PV_GROUP_MAX_FILE_BYTES = 128 * 1024, /* of any file: a portrait has 15 to 40 kB */
  PV_GROUP_MAX_FACE_BYTES = 120 * 1024,
};

typedef enum {
  PV_FILE_CARD_ACCESS = 0x011C,
  PV_FILE_CARD_SECURITY = 0x011D, /* in the master file */
  PV_FILE_COM = 0x011E,
  PV_FILE_SOD = 0x211D, /* 011D in the application; the high digit only tells them apart here */
  PV_FILE_DG1 = 0x0101,
  PV_FILE_DG2 = 0x0102,
  PV_FILE_DG11 = 0x010B,
  PV_FILE_DG12 = 0x010C,
  PV_FILE_DG14 = 0x010E,
  PV_FILE_DG15 = 0x010F,
} PvFileId;

/* EF.COM: which groups it names, as bits 1 to 16. It is not signed: a hint, nothing more. */
gboolean pv_group_read_com (const guint8 *file, gsize length, guint32 *ret_groups, GError **error);

/**
 * pv_group_read_dg1:
 * @ret_lines: (out): the zone as lines separated by newlines, each check digit right; wipe with pv_wipe_str()
 *
 * Fills surname, given names, birth date, sex, nationality, number, expiry, issuer. BAD_DATA if a check digit is wrong.
 */
gboolean pv_group_read_dg1 (const guint8 *file, gsize length, const GDate *today, PvIdentity *identity,
                            char **ret_lines, GError **error);
/* Names with their accents, place of birth, address: go before those of DG1 where they agree with it. */
gboolean pv_group_read_dg11 (const guint8 *file, gsize length, PvIdentity *identity, GError **error);
/* Date of issue, YYYYMMDD; FALSE without error if there is none. */
gboolean pv_group_read_dg12 (const guint8 *file, gsize length, GDate *ret_issued, GError **error);
/* The public key of active authentication: borrows @file. */
gboolean pv_group_read_dg15 (const guint8 *file, gsize length, const guint8 **ret_key, gsize *ret_length,
                             GError **error);
/* The SecurityInfos of DG14: borrows @file. */
gboolean pv_group_read_dg14 (const guint8 *file, gsize length, const guint8 **ret_infos, gsize *ret_length,
                             GError **error);

typedef enum { PV_FACE_JPEG, PV_FACE_JPEG2000 } PvFaceKind;
typedef struct PvFace {
  PvFaceKind kind;
  guint width, height; /* as the record says; 0: it does not */
  const guint8 *data;  /* borrowed */
  gsize length;
} PvFace;
/* The first face; ISO/IEC 19794-5 and ISO/IEC 39794-5. */
gboolean pv_group_read_dg2 (const guint8 *file, gsize length, PvFace *ret_face, GError **error);
