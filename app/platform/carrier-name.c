/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/carrier-name.h"

#include <string.h>

gboolean
pv_carrier_is_id (const char *text)
{
  return strlen (text) == PV_CARRIER_ID_CHARS && strspn (text, "0123456789abcdef") == PV_CARRIER_ID_CHARS;
}

gboolean
pv_carrier_is_commune (const char *text)
{
  gsize size = strlen (text);

  if (size == 0 || size > PV_CARRIER_MAX_COMMUNE_BYTES)
    return FALSE;
  for (const char *c = text; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && *c != '-')
      return FALSE;
  return TRUE;
}
