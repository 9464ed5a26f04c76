/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/drop.h"

#include <string.h>

#include "core/wipe.h"

enum { VERSION = 1 };

gboolean
pv_drop_id_is_valid (const char *id)
{
  return id != NULL && strlen (id) == PV_DROP_ID_LENGTH && strspn (id, "0123456789abcdef") == PV_DROP_ID_LENGTH;
}

/* By the kiosk a picture is made into whatever the form takes; a PDF stays one. */
static gboolean
takes_pdf (const PvCaptureRules *rules)
{
  return rules->mime_types == NULL || g_strv_contains ((const char *const *) rules->mime_types, "application/pdf");
}

char *
pv_drop_make_url (const char *page_url, const char *id, const guint8 *key, const PvCaptureRules *rules)
{
  guint64 max_bytes = MIN (rules->max_bytes, PV_DROP_MAX_BYTES);
  g_autoptr (PvSecretStr) text = g_base64_encode (key, PV_DROP_KEY_BYTES);

  for (char *at = text; *at != '\0'; at++)
    *at = (char) (*at == '+' ? '-' : *at == '/' ? '_' : *at);
  text[strcspn (text, "=")] = '\0';
  return g_strdup_printf ("%s#v%d.%s.%s.%" G_GUINT64_FORMAT ".%sjpeg-png", page_url, VERSION, id, text, max_bytes,
                          takes_pdf (rules) ? "pdf-" : "");
}

char *
pv_drop_make_associated (const char *id)
{
  return g_strdup_printf ("v%d.%s", VERSION, id);
}

gsize
pv_drop_get_plain_size (gsize content_size)
{
  gsize size = PV_DROP_HEADER_BYTES + content_size;

  return (size + PV_DROP_STEP_BYTES - 1) / PV_DROP_STEP_BYTES * PV_DROP_STEP_BYTES;
}

gboolean
pv_drop_find_content (const guint8 *plain, gsize size, PvDropType *ret_type, gsize *ret_offset, gsize *ret_size)
{
  gsize length;

  if (size < PV_DROP_HEADER_BYTES || size > PV_DROP_MAX_PLAIN_BYTES || plain[0] != VERSION || plain[1] < PV_DROP_PDF
      || plain[1] > PV_DROP_PNG)
    return FALSE;
  length = (gsize) plain[2] << 24 | (gsize) plain[3] << 16 | (gsize) plain[4] << 8 | plain[5];
  if (length == 0 || length > PV_DROP_MAX_BYTES || size != pv_drop_get_plain_size (length))
    return FALSE;
  for (gsize i = PV_DROP_HEADER_BYTES + length; i < size; i++)
    if (plain[i] != 0)
      return FALSE;
  *ret_type = plain[1];
  *ret_offset = PV_DROP_HEADER_BYTES;
  *ret_size = length;
  return TRUE;
}
