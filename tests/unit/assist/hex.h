/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* hex.h: bytes as they are printed in a specification. */
#pragma once

#include "tst.h"

#include <string.h>

static inline GBytes *
hex (const char *text)
{
  GByteArray *bytes = g_byte_array_new ();

  for (; *text != '\0'; text++) {
    guint8 byte;

    if (g_ascii_isspace (*text))
      continue;
    byte = (guint8) (g_ascii_xdigit_value (text[0]) << 4 | g_ascii_xdigit_value (text[1]));
    g_byte_array_append (bytes, &byte, 1);
    text++;
  }
  return g_byte_array_free_to_bytes (bytes);
}

static inline void
assert_hex (const guint8 *bytes, gsize size, const char *expected)
{
  g_autoptr (GBytes) wanted = hex (expected);

  assert_int_equal (size, g_bytes_get_size (wanted));
  assert_memory_equal (bytes, g_bytes_get_data (wanted, NULL), size);
}
