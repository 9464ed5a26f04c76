/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* fuzz-drop.c: what a phone with the right key may have encrypted. The input as it is; padded, as chance does not find it; and
 * as a document that is wrapped rightly, which must come out again. */

#include <glib.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/drop.h"

enum { MAX_BYTES = 3 * PV_DROP_STEP_BYTES };

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check (gboolean is_true)
{
  if (!is_true)
    abort ();
}

/* What is found lies inside, is as long as is said, and has only zeros behind it. */
static gboolean
look (const guint8 *plain, gsize size)
{
  gsize offset = 0, length = 0;
  PvDropType type = 0;

  if (!pv_drop_find_content (plain, size, &type, &offset, &length))
    return FALSE;
  check (type >= PV_DROP_PDF && type <= PV_DROP_PNG);
  check (length > 0 && length <= PV_DROP_MAX_BYTES && offset == PV_DROP_HEADER_BYTES && offset + length <= size);
  check (size - offset - length < PV_DROP_STEP_BYTES && pv_drop_get_plain_size (length) == size);
  for (gsize i = offset + length; i < size; i++)
    check (plain[i] == 0);
  return TRUE;
}

/* @header: of @size bytes, at most PV_DROP_HEADER_BYTES, which is written over the right one */
static gboolean
look_wrapped (const guint8 *content, gsize content_size, const guint8 *header, gsize size)
{
  gsize whole = pv_drop_get_plain_size (content_size);
  g_autofree guint8 *plain = g_malloc0 (whole);

  plain[0] = 1;
  plain[1] = PV_DROP_JPEG;
  for (guint i = 0; i < 4; i++)
    plain[2 + i] = (guint8) (content_size >> (24 - 8 * i));
  memcpy (plain + PV_DROP_HEADER_BYTES, content, content_size);
  if (size > 0)
    memcpy (plain, header, size);
  return look (plain, whole);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = NULL;

  size = MIN (size, MAX_BYTES);
  look (data, size);
  check (size == 0 || look_wrapped (data, size, NULL, 0));
  if (size > PV_DROP_HEADER_BYTES)
    look_wrapped (data + PV_DROP_HEADER_BYTES, size - PV_DROP_HEADER_BYTES, data, PV_DROP_HEADER_BYTES);
  text = g_strndup ((const char *) data, size);
  check (!pv_drop_id_is_valid (text) || strlen (text) == PV_DROP_ID_LENGTH);
  return 0;
}
