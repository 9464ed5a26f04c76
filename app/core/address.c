/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/address.h"

#include <math.h>
#include <string.h>

#include "core/wipe.h"

enum { DEGREES_BYTES = 32 };

char *
pv_location_format (double latitude, double longitude)
{
  char north[DEGREES_BYTES], east[DEGREES_BYTES];

  g_ascii_formatd (north, sizeof north, "%.6f", latitude); /* a hand's breadth */
  g_ascii_formatd (east, sizeof east, "%.6f", longitude);
  return g_strdup_printf ("%s;%s", north, east);
}

static gboolean
read_degrees (const char *text, double limit, double *ret_degrees)
{
  char *end = NULL;

  /* No exponents, no hexadecimals: what strtod() reads is more than degrees. */
  if (!g_ascii_isdigit (text[text[0] == '-' ? 1 : 0]) || strspn (text, "-." G_CSET_DIGITS) != strlen (text))
    return FALSE;
  *ret_degrees = g_ascii_strtod (text, &end);
  return *end == '\0' && isfinite (*ret_degrees) && fabs (*ret_degrees) <= limit;
}

gboolean
pv_location_parse (const char *text, double *ret_latitude, double *ret_longitude)
{
  g_auto (GStrv) parts = g_strsplit (text, ";", 3);
  double latitude, longitude;

  if (g_strv_length (parts) != 2 || !read_degrees (parts[0], 90, &latitude)
      || !read_degrees (parts[1], 180, &longitude))
    return FALSE;
  *ret_latitude = latitude;
  *ret_longitude = longitude;
  return TRUE;
}

PvAddress *
pv_address_new (const char *id, const char *label)
{
  PvAddress *address = g_new0 (PvAddress, 1);

  address->id = g_strdup (id);
  address->label = g_strdup (label);
  return address;
}

/* Where somebody lives may be among what was found. */
void
pv_address_free (PvAddress *address)
{
  if (address == NULL)
    return;
  g_free (address->id);
  pv_wipe_str (address->label);
  pv_wipe_str (address->number);
  pv_wipe_str (address->street);
  g_free (address->postcode);
  g_free (address->commune);
  g_free (address->insee);
  g_free (address);
}
