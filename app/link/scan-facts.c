/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a child says about its work: a driver of a scanner may have taken it over. */

#include "link/scan-private.h"

#include <string.h>

static const struct {
  const char *type, *filename;
} kinds[PV_N_SCAN_KINDS] = {
  [PV_SCAN_NAME] = { NULL, NULL },
  [PV_SCAN_JPEG] = { "image/jpeg", "document-1.jpg" },
  [PV_SCAN_PDF] = { "application/pdf", "document-1.pdf" },
  [PV_SCAN_PNG] = { "image/png", "document-1.png" },
};

const char *
pv_scan_kind_type (PvScanKind kind)
{
  return kinds[kind].type;
}

const char *
pv_scan_kind_filename (PvScanKind kind)
{
  return kinds[kind].filename;
}

gboolean
pv_scan_takes (const PvCaptureRules *rules, PvScanKind kind)
{
  if (rules->mime_types == NULL)
    return TRUE;
  for (char **type = rules->mime_types; *type != NULL; type++)
    if (g_ascii_strcasecmp (*type, kinds[kind].type) == 0 || g_strcmp0 (*type, "*/*") == 0
        || (g_ascii_strcasecmp (*type, "image/*") == 0 && kind != PV_SCAN_PDF))
      return TRUE;
  return FALSE;
}

gboolean
pv_scan_facts_read (const void *data, gsize size, PvScanKind kind, guint max_pages, PvScanFacts *ret_facts,
                    gsize *ret_content_size)
{
  PvScanFacts facts;

  if (size <= sizeof facts)
    return FALSE;
  memcpy (&facts, (const guint8 *) data + size - sizeof facts, sizeof facts);
  if (facts.magic != PV_SCAN_FACTS_MAGIC || facts.kind != (guint32) kind || facts.hint > PV_CAPTURE_EMPTY
      || facts.n_pages > max_pages || (kind != PV_SCAN_NAME && facts.n_pages == 0))
    return FALSE;
  *ret_facts = facts;
  *ret_content_size = size - sizeof facts;
  return TRUE;
}

gboolean
pv_scan_step_is_right (const PvScanStep *step, const PvScanStep *before)
{
  if (step->percent > 100 || step->rows > step->height || step->width > PV_SCAN_PICTURE_SIDE
      || step->height > PV_SCAN_PICTURE_SIDE || (step->rows > 0 && step->width == 0))
    return FALSE;
  /* It begins without a size, and keeps the one that it has. */
  return before == NULL || before->width == 0
         || (step->width == before->width && step->height == before->height && step->rows >= before->rows
             && step->percent >= before->percent);
}

gboolean
pv_scan_is_name (const char *name, gsize length)
{
  if (length == 0 || length > PV_SCAN_MAX_NAME_BYTES)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isprint (name[i]))
      return FALSE;
  return name[0] != '-';
}
