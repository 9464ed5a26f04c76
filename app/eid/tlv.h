/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* tlv.h: tag, length, value as in BER (ITU-T X.690, ISO/IEC 7816-4): definite lengths, tags of one to three bytes. */
#pragma once

#include "eid/memory.h"

typedef struct PvTlv {
  guint32 tag; /* 0x61, 0x7F49, 0x5F2E: its bytes, big-endian */
  const guint8 *value;
  gsize length;
  const guint8 *whole; /* with tag and length */
  gsize whole_length;
} PvTlv;

/* What is left to read. Borrows. */
typedef struct PvTlvReader {
  const guint8 *data;
  gsize length;
} PvTlvReader;

/* The next object. FALSE and nothing changed at the end, or if it is cut short or malformed; see pv_tlv_is_done(). */
gboolean pv_tlv_next (PvTlvReader *reader, PvTlv *ret_tlv);
gboolean pv_tlv_is_done (const PvTlvReader *reader);
/* The next object, if it has @tag. */
gboolean pv_tlv_expect (PvTlvReader *reader, guint32 tag, PvTlv *ret_tlv);
/* The first object with @tag among those of @data, whose objects up to it must be well-formed. */
gboolean pv_tlv_find (const guint8 *data, gsize length, guint32 tag, PvTlv *ret_tlv);
/* Into the value of an object. */
PvTlvReader pv_tlv_enter (const PvTlv *tlv);

/* From the first bytes of an object: its whole length. FALSE if more bytes are needed, or it is malformed. */
gboolean pv_tlv_peek (const guint8 *data, gsize length, guint32 *ret_tag, gsize *ret_header, gsize *ret_whole);

/* Appends tag and shortest length, and the value. */
void pv_tlv_add (PvCardBytes *bytes, guint32 tag, const guint8 *value, gsize length);
