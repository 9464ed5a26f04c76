/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* notation.h: files of a card written so that they can be read: hexadecimal digits; 'text'; ( and ) around a value, whose
 * shortest length is put before it. "61(5F1F('P<UTO...'))". Blanks are for the eye; ' cannot be part of a text. */
#pragma once

#include <glib.h>
#include <string.h>

/* A wrong example aborts the test. */
static inline GByteArray *
from_notation (const char *text)
{
  GByteArray *bytes = g_byte_array_new ();
  guint begin[16], depth = 0;

  for (const char *p = text; *p != '\0'; p++) {
    if (*p == '\'') {
      for (p++; *p != '\''; p++)
        g_byte_array_append (bytes, (const guint8 *) p, 1);
    } else if (*p == '(') {
      g_assert (depth < G_N_ELEMENTS (begin));
      begin[depth++] = bytes->len;
    } else if (*p == ')') {
      guint from = begin[--depth], length = bytes->len - from;
      guint8 coded[] = { 0x82, (guint8) (length >> 8), (guint8) length };
      guint skip = length < 0x80 ? 2 : length < 0x100 ? 1 : 0;

      coded[1] = skip == 1 ? 0x81 : coded[1];
      g_byte_array_append (bytes, coded, 3 - skip);
      memmove (bytes->data + from + 3 - skip, bytes->data + from, length);
      memcpy (bytes->data + from, coded + skip, 3 - skip);
    } else if (*p != ' ') {
      guint8 byte = (guint8) (g_ascii_xdigit_value (p[0]) << 4 | g_ascii_xdigit_value (p[1]));

      g_assert (g_ascii_isxdigit (p[0]) && g_ascii_isxdigit (p[1]));
      g_byte_array_append (bytes, &byte, 1);
      p++;
    }
  }
  g_assert (depth == 0);
  return bytes;
}
