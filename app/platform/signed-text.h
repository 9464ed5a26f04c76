/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* signed-text.h: the words of texts that are signed: numbers, days, keys. One way to write each, so that what is read again is
 * what was signed. Pure. */
#pragma once

#include <glib.h>

enum {
  PV_SIGNED_SERIAL_DIGITS = 12,
  PV_SIGNED_KEY_LETTERS = 44,       /* base64 of 32 bytes */
  PV_SIGNED_SIGNATURE_LETTERS = 88, /* and of 64 */
  PV_SIGNED_SECONDS_A_DAY = 24 * 60 * 60,
};

/* The base64 of exactly @size bytes, 64 at most, in exactly @letters letters. */
gboolean pv_signed_decode (const char *text, gsize letters, guint8 *ret_bytes, gsize size);
/* Digits alone, and the only way to write that number. */
gboolean pv_signed_read_number (const char *text, gint64 max, gint64 *ret_number);
/* FALSE: not a day like 2027-01-31. *ret_end_s: where it ends, seconds UTC. */
gboolean pv_signed_read_day (const char *text, gint64 *ret_end_s);
