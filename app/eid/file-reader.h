/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* file-reader.h: whole files of a card by READ BINARY with short file identifiers: no SELECT for a file, blocks as large
 * as reader, cipher and chip allow, learnt once for each card (ICAO Doc 9303-10, section 3.6; ISO/IEC 7816-4, 11.2.3). */
#pragma once

#include "eid/channel.h"
#include "eid/memory.h"

typedef struct PvFileReader {
  PvChannel *channel; /* borrowed */
  gsize block;        /* plain bytes asked for at once; 0: not begun */
  gint64 deadline_us; /* monotonic: after it no further block is asked for; 0: none */
  /* (nullable): after each block: bytes that came, and the file's length, 0 while unknown */
  void (*progress) (gsize got, gsize whole, gpointer user_data);
  gpointer user_data;
} PvFileReader;

typedef enum {
  PV_FILE_READ,
  PV_FILE_ABSENT,    /* 6A82, or an empty file */
  PV_FILE_FORBIDDEN, /* 6982, 6985: for others */
  PV_FILE_BAD,       /* no object of the expected tag, cut short, over the limit: the channel lives on */
} PvFileOutcome;

/**
 * pv_file_read:
 * @sfi: 1 to 30; 0: the file that is selected
 * @tag: the outer one; 0: any
 * @limit: bytes of the whole file
 * @ret_file: appended to: exactly the outer object, without what stands behind it
 *
 * FALSE: the channel is over.
 */
gboolean pv_file_read (PvFileReader *reader, guint8 sfi, guint32 tag, gsize limit, PvCardBytes *ret_file,
                       PvFileOutcome *ret_outcome, GError **error);
