/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The first byte is the limit, sixteen times; the rest is HTML. */

#include <glib.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/html-text.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check (gboolean holds)
{
  if (!holds)
    abort ();
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *html = size > 0 ? g_strndup ((const char *) data + 1, size - 1) : g_strdup ("");
  gsize max_bytes = size > 0 ? (gsize) data[0] * 16 : 0;
  g_autofree char *plain = pv_html_to_plain (html, max_bytes);
  gsize length = strlen (plain);

  check (length <= max_bytes && g_utf8_validate (plain, -1, NULL));
  check (length == 0 || (!g_ascii_isspace (plain[0]) && !g_ascii_isspace (plain[length - 1])));
  check (strstr (plain, "\n\n\n") == NULL && strstr (plain, "  ") == NULL && strstr (plain, " \n") == NULL);
  for (gsize i = 0; i < length; i++)
    check (plain[i] == '\n' || !g_ascii_iscntrl (plain[i]));
  return 0;
}
