/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* hex.h: bytes written as hexadecimal digits, for tables of examples. */
#pragma once

#include <glib.h>
#include <string.h>

enum { HEX_MAX_BYTES = 4352 };

/* Wrong digits fail the test through a length that no example has. */
static inline gsize
unhex (const char *text, guint8 *ret_bytes)
{
  gsize length = strlen (text) / 2;

  for (gsize i = 0; i < length; i++) {
    int high = g_ascii_xdigit_value (text[2 * i]);
    int low = g_ascii_xdigit_value (text[2 * i + 1]);

    if (high < 0 || low < 0)
      return G_MAXSIZE;
    ret_bytes[i] = (guint8) (high << 4 | low);
  }
  return length;
}
