/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "demo/card/der.h"

#include <openssl/asn1.h>
#include <openssl/objects.h>
#include <string.h>

#include "demo/card/need.h"

enum { MAX_HEADER = 6 };

static gsize
write_header (guint8 header[MAX_HEADER], guint8 tag, gsize length)
{
  gsize used = 1;

  header[0] = tag;
  if (length < 0x80) {
    header[used++] = (guint8) length;
    return used;
  }
  for (int shift = 24; shift >= 0; shift -= 8)
    if (length >> shift != 0) {
      if (used == 1)
        header[used++] = (guint8) (0x80 | (shift / 8 + 1));
      header[used++] = (guint8) (length >> shift);
    }
  return used;
}

void
pv_der_add_raw (GByteArray *out, const guint8 *data, gsize length)
{
  if (length > 0)
    g_byte_array_append (out, data, (guint) length);
}

void
pv_der_add (GByteArray *out, guint8 tag, const guint8 *value, gsize length)
{
  guint8 header[MAX_HEADER];

  pv_der_add_raw (out, header, write_header (header, tag, length));
  pv_der_add_raw (out, value, length);
}

void
pv_der_wrap (GByteArray *out, guint8 tag, guint from)
{
  guint8 header[MAX_HEADER];
  guint length = out->len - from;
  guint used = (guint) write_header (header, tag, length);

  g_byte_array_set_size (out, out->len + used);
  memmove (out->data + from + used, out->data + from, length);
  memcpy (out->data + from, header, used);
}

void
pv_der_add_oid (GByteArray *out, const char *oid)
{
  ASN1_OBJECT *object = OBJ_txt2obj (oid, 1);

  pv_need (object != NULL, oid);
  pv_der_add (out, 0x06, OBJ_get0_data (object), OBJ_length (object));
  ASN1_OBJECT_free (object);
}

void
pv_der_add_number (GByteArray *out, guint8 number)
{
  const guint8 bytes[2] = { 0, number };

  pv_der_add (out, 0x02, number < 0x80 ? bytes + 1 : bytes, number < 0x80 ? 1 : 2);
}

void
pv_der_add_time (GByteArray *out, gint64 time)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (time);
  gboolean is_short = g_date_time_get_year (date) < 2050;
  g_autofree char *text = g_date_time_format (date, is_short ? "%y%m%d%H%M%SZ" : "%Y%m%d%H%M%SZ");

  pv_der_add (out, is_short ? 0x17 : 0x18, (const guint8 *) text, strlen (text));
}
