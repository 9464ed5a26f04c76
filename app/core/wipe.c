/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/wipe.h"

#include <string.h>

void
pv_wipe_bytes (void *data, gsize size)
{
  if (data != NULL && size > 0)
    explicit_bzero (data, size);
}

void
pv_wipe_str (char *text)
{
  if (text == NULL)
    return;
  pv_wipe_bytes (text, strlen (text));
  g_free (text);
}

void
pv_wipe_gstring (GString *string)
{
  if (string == NULL)
    return;
  pv_wipe_bytes (string->str, string->allocated_len);
  g_string_free (string, TRUE);
}
