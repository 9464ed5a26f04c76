/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* apdu.h: commands and status words of ISO/IEC 7816-4. Pure. */
#pragma once

#include "eid/transport.h"

typedef struct PvApdu {
  guint8 cla, ins, p1, p2;
  const guint8 *data; /* (nullable) */
  gsize length;
  guint expected; /* Le: 0 none, 256 is the short "00", 65536 the extended "0000" */
} PvApdu;

enum {
  PV_SW_OK = 0x9000,
  PV_SW_END_OF_FILE = 0x6282,
  PV_SW_AUTHENTICATION_FAILED = 0x6300, /* 63Cx: x tries left */
  PV_SW_WRONG_LENGTH = 0x6700,
  PV_SW_SM_UNSUPPORTED = 0x6882,
  PV_SW_SECURITY_STATUS = 0x6982,
  PV_SW_BLOCKED = 0x6983,
  PV_SW_UNUSABLE = 0x6984,
  PV_SW_CONDITIONS = 0x6985,
  PV_SW_SM_MISSING = 0x6987,
  PV_SW_SM_WRONG = 0x6988,
  PV_SW_BAD_DATA = 0x6A80,
  PV_SW_NOT_FOUND = 0x6A82,
  PV_SW_BAD_P1_P2 = 0x6A86,
  PV_SW_NO_REFERENCE = 0x6A88,
  PV_SW_BAD_OFFSET = 0x6B00,
  PV_SW_BAD_INS = 0x6D00,
};

/* Extended length when @length or @expected need it. FALSE if @ret_bytes is too small. */
gboolean pv_apdu_encode (const PvApdu *apdu, guint8 *ret_bytes, gsize size, gsize *ret_length);
/* Every form of length; borrows @bytes. For the chip of the tests and for fuzzing. */
gboolean pv_apdu_decode (const guint8 *bytes, gsize length, PvApdu *ret_apdu);
