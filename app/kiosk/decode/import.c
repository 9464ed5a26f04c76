/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/decode/import.h"

#include "kiosk/decode/exif.h"
#include "kiosk/decode/jpeg-write.h"
#include "kiosk/decode/page.h"
#include "kiosk/decode/pdf-clean.h"
#include "kiosk/decode/picture-private.h"
#include "kiosk/decode/picture-png.h"

#include <string.h>

typedef enum { UPLOAD_OTHER, UPLOAD_JPEG, UPLOAD_PNG, UPLOAD_PDF } UploadKind;

/* By the first bytes, whatever it calls itself. HEIC, WebP, TIFF and office files are others. */
static UploadKind
find_kind (const guint8 *data, gsize length)
{
  static const struct {
    const char *magic;
    gsize length;
    UploadKind kind;
  } kinds[] = {
    { "\xFF\xD8\xFF", 3, UPLOAD_JPEG },
    { "\x89PNG\r\n\x1A\n", 8, UPLOAD_PNG },
    { "%PDF-", 5, UPLOAD_PDF },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (length > kinds[i].length && memcmp (data, kinds[i].magic, kinds[i].length) == 0)
      return kinds[i].kind;
  return UPLOAD_OTHER;
}

/* A photo is judged in grey, as a scan is. */
static PvCaptureHint
judge (const PvPixels *pixels)
{
  const gsize n = (gsize) pixels->width * pixels->height;
  g_auto (PvPage) page = { pixels->width, pixels->height, 1, 0, g_try_malloc (n) };

  if (page.data == NULL)
    return PV_CAPTURE_CLEAR;
  for (gsize i = 0; i < n; i++) {
    const guint32 p = pixels->data[i];

    page.data[i] = (guint8) (((p >> 16 & 0xFF) * 299 + (p >> 8 & 0xFF) * 587 + (p & 0xFF) * 114) / 1000);
  }
  return pv_page_judge (&page);
}

static PvCaptureTrouble
import_picture (const guint8 *data, gsize length, UploadKind kind, GByteArray *out, PvScanFacts *ret_facts)
{
  g_auto (PvPixels) pixels = { 0 };
  g_auto (PvJpeg) jpeg = { 0 };
  const PvExifTurn turn = kind == UPLOAD_JPEG ? pv_exif_read_turn (data, length) : (PvExifTurn){ 0 };
  const gboolean is_decoded = kind == UPLOAD_JPEG ? pv_picture_decode_jpeg (data, length, PV_IMPORT_MAX_SIDE, &pixels)
                                                  : pv_picture_decode_png (data, length, PV_IMPORT_MAX_SIDE, &pixels);

  if (!is_decoded)
    return PV_CAPTURE_TROUBLE_UNREADABLE;
  if (turn.is_mirrored)
    pv_pixels_mirror (&pixels);
  if (!pv_pixels_turn (&pixels, turn.turns) || !pv_jpeg_write_pixels (&pixels, 0, PV_IMPORT_QUALITY, &jpeg)
      || jpeg.size > PV_SCAN_MAX_PAGE_BYTES)
    return PV_CAPTURE_TROUBLE_UNREADABLE;
  g_byte_array_append (out, jpeg.data, (guint) jpeg.size);
  *ret_facts = (PvScanFacts){
    .kind = PV_SCAN_JPEG, .hint = judge (&pixels), .n_pages = 1, .width = pixels.width, .height = pixels.height
  };
  return PV_CAPTURE_TROUBLE_NONE;
}

PvCaptureTrouble
pv_import (const guint8 *data, gsize length, const PvImportRules *rules, GByteArray *out, PvScanFacts *ret_facts)
{
  const UploadKind kind = find_kind (data, length);
  PvCaptureTrouble trouble;
  guint n_pages;

  switch (kind) {
  case UPLOAD_JPEG:
  case UPLOAD_PNG:
    if (!rules->takes[PV_SCAN_JPEG] && !rules->takes[PV_SCAN_PNG] && !rules->takes[PV_SCAN_PDF])
      return PV_CAPTURE_TROUBLE_TYPE;
    return import_picture (data, length, kind, out, ret_facts);
  case UPLOAD_PDF:
    if (!rules->takes[PV_SCAN_PDF])
      return PV_CAPTURE_TROUBLE_TYPE;
    trouble = pv_pdf_clean (data, length, rules->max_pages, rules->max_bytes, out, &n_pages);
    if (trouble == PV_CAPTURE_TROUBLE_NONE)
      *ret_facts = (PvScanFacts){ .kind = PV_SCAN_PDF, .n_pages = n_pages };
    return trouble;
  case UPLOAD_OTHER:
    break;
  }
  return PV_CAPTURE_TROUBLE_TYPE;
}
