/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* transport-nfc-internal.h: between reader and card. All on the reader's thread. */
#pragma once

#include "eid/nfc-guard.h"
#include "eid/nfc-place.h"
#include "eid/transport-nfc.h"

enum {
  PV_NFC_MAX_ANSWER_BYTES = 263, /* of any reader */
  PV_NFC_MAX_ATS_BYTES = 64,     /* with its length byte */
};

typedef enum {
  PV_NFC_MODE_NONE,   /* the reader must be set up first */
  PV_NFC_MODE_FRAMES, /* the reader does ISO-DEP */
  PV_NFC_MODE_RAW,    /* we do */
} PvNfcMode;

struct PvNfcReader {
  /* owned */
  nfc_context *context;
  nfc_device *device;
  PvNfcGuard *guard;
  /* handles */
  int lock_fd; /* -1: none */

  PvNfcLimits limits;
  PvNfcMode mode;
  gboolean has_found; /* a card, since the field was switched on: it is in the middle of something */
  guint serial;       /* of the card that was found last; transports of another one are over */
};

/* What was found in the field. */
typedef struct PvNfcTarget {
  gboolean is_type_b;
  guint8 ats[PV_NFC_MAX_ATS_BYTES]; /* length byte first; for type B made of what the ATQB says. Length 0: none yet */
  gsize ats_length;
} PvNfcTarget;

/* One call into libnfc ended with @code < 0: as an error. */
void pv_nfc_reader_tell (PvNfcReader *reader, int code, PvNfcEnd end, GError **error);
/* Field off and on, all settings for @mode. READER: it does not answer any more. */
gboolean pv_nfc_reader_prepare (PvNfcReader *reader, PvNfcMode mode, GError **error);
/* 1: found; 0: nothing there; -1: error. In mode RAW a card of type A gets no RATS, and has no ATS. */
int pv_nfc_reader_find (PvNfcReader *reader, PvNfcTarget *ret_target, GError **error);

PvCardTransport *pv_nfc_card_new (PvNfcReader *reader, const PvNfcTarget *target) G_GNUC_WARN_UNUSED_RESULT;
