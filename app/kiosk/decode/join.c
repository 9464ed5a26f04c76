/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/decode/join.h"

#include "kiosk/decode/pdf-write.h"
#include "kiosk/decode/picture-png.h"

/* Of a page of 200 dpi: 150 dpi is that of a fax's fine print, at 100 dpi print of 9 pt can just be read. */
static const struct {
  guint quality;
  guint eighths; /* of its sides */
} steps[] = {
  { 100, 8 }, /* as it is */
  { 60, 8 },  { 50, 6 }, { 40, 6 }, { 40, 5 }, { 35, 4 },
};

/* The pages of one step; what is not as it was is owned. */
typedef struct Attempt {
  PvPdfPage pages[PV_CAPTURE_MAX_PAGES];
  PvJpeg made[PV_CAPTURE_MAX_PAGES];
  guint n_pages;
  gsize size;
} Attempt;

static void
attempt_clear (Attempt *attempt)
{
  for (guint i = 0; i < attempt->n_pages; i++)
    pv_jpeg_clear (&attempt->made[i]);
}

static gboolean
make_page (Attempt *attempt, const PvJoinPage *page, guint step)
{
  const guint i = attempt->n_pages++;
  PvPdfPage *made = &attempt->pages[i];

  *made = (PvPdfPage){ .jpeg = page->jpeg, .length = page->length, .turns = page->turns };
  if (step > 0) {
    if (!pv_jpeg_shrink (page->jpeg, page->length, steps[step].eighths, steps[step].quality, &attempt->made[i]))
      return FALSE;
    made->jpeg = attempt->made[i].data;
    made->length = attempt->made[i].size;
  }
  attempt->size += made->length + PV_PDF_PAGE_BYTES;
  return pv_jpeg_read_head (made->jpeg, made->length, &made->head);
}

static PvCaptureTrouble
join_pdf (const PvJoinPage *pages, guint n_pages, gsize max_bytes, GByteArray *out)
{
  PvCaptureTrouble trouble = PV_CAPTURE_TROUBLE_TOO_LARGE;

  for (guint step = 0; step < G_N_ELEMENTS (steps) && trouble == PV_CAPTURE_TROUBLE_TOO_LARGE; step++) {
    Attempt attempt = { .size = PV_PDF_FRAME_BYTES };

    for (guint i = 0; i < n_pages && attempt.size <= max_bytes && trouble == PV_CAPTURE_TROUBLE_TOO_LARGE; i++)
      if (!make_page (&attempt, &pages[i], step))
        trouble = PV_CAPTURE_TROUBLE_UNREADABLE;
    if (trouble == PV_CAPTURE_TROUBLE_TOO_LARGE && attempt.size <= max_bytes) {
      pv_pdf_write (attempt.pages, n_pages, out);
      trouble = PV_CAPTURE_TROUBLE_NONE;
    }
    attempt_clear (&attempt);
  }
  return trouble;
}

/* A picture is turned itself. */
static PvCaptureTrouble
join_picture (const PvJoinPage *page, PvScanKind kind, gsize max_bytes, GByteArray *out)
{
  PvJpegHead head;

  if (!pv_jpeg_read_head (page->jpeg, page->length, &head))
    return PV_CAPTURE_TROUBLE_UNREADABLE;
  if (kind == PV_SCAN_JPEG && page->turns == 0 && page->length <= max_bytes) {
    g_byte_array_append (out, page->jpeg, (guint) page->length);
    return PV_CAPTURE_TROUBLE_NONE;
  }
  for (guint step = 0; step < G_N_ELEMENTS (steps); step++) {
    const guint side = MAX (MAX (head.width, head.height) * steps[step].eighths / 8, 1);
    g_auto (PvPixels) pixels = { 0 };
    g_auto (PvJpeg) jpeg = { 0 };

    if (!pv_picture_decode (page->jpeg, page->length, side, &pixels) || !pv_pixels_turn (&pixels, page->turns))
      return PV_CAPTURE_TROUBLE_UNREADABLE;
    if (kind == PV_SCAN_PNG) {
      if (pv_png_write (&pixels, max_bytes, out))
        return PV_CAPTURE_TROUBLE_NONE;
      continue;
    }
    if (!pv_jpeg_write_pixels (&pixels, head.dpi * steps[step].eighths / 8, MIN (steps[step].quality, 80), &jpeg))
      return PV_CAPTURE_TROUBLE_UNREADABLE;
    if (jpeg.size <= max_bytes) {
      g_byte_array_append (out, jpeg.data, (guint) jpeg.size);
      return PV_CAPTURE_TROUBLE_NONE;
    }
  }
  return PV_CAPTURE_TROUBLE_TOO_LARGE;
}

PvCaptureTrouble
pv_join (const PvJoinPage *pages, guint n_pages, PvScanKind kind, gsize max_bytes, GByteArray *out)
{
  g_return_val_if_fail (n_pages >= 1 && n_pages <= PV_CAPTURE_MAX_PAGES, PV_CAPTURE_TROUBLE_UNREADABLE);

  if (kind == PV_SCAN_PDF)
    return join_pdf (pages, n_pages, max_bytes, out);
  return n_pages == 1 ? join_picture (&pages[0], kind, max_bytes, out) : PV_CAPTURE_TROUBLE_TOO_MANY_PAGES;
}
