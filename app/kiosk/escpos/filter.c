/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* parvis-rastertoescpos job user title copies options [file]: the CUPS filter from CUPS raster to ESC/POS. */
#include <cups/raster.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "print/escpos.h"

enum {
  MAX_LINES = 1 << 16, /* of a page: 8 m */
  THRESHOLD = 128,     /* of grey */
  /* What the PPD file says about the printer, in numbers of the page's header. */
  INTEGER_CUT = 0,
  INTEGER_DOTS = 1,
  INTEGER_STEPS = 2,
  INTEGER_SECONDS = 3,
};

static int
fail (const char *why)
{
  fprintf (stderr, "ERROR: %s\n", why);
  return 1;
}

static gboolean
write_all (GByteArray *out)
{
  gsize at = 0;

  while (at < out->len) {
    ssize_t n = write (STDOUT_FILENO, out->data + at, out->len - at);

    if (n <= 0)
      return FALSE;
    at += (gsize) n;
  }
  g_byte_array_set_size (out, 0);
  return TRUE;
}

static gboolean
is_understood (const cups_page_header2_t *header)
{
  gboolean is_black = header->cupsColorSpace == CUPS_CSPACE_K,
           is_white = header->cupsColorSpace == CUPS_CSPACE_W || header->cupsColorSpace == CUPS_CSPACE_SW;
  guint bits = header->cupsBitsPerPixel;

  return (is_black || is_white) && (bits == 1 || bits == 8) && header->cupsWidth > 0
         && header->cupsWidth <= 2 * PV_ESCPOS_MAX_DOTS && header->cupsHeight <= MAX_LINES
         && header->cupsBytesPerLine == (header->cupsWidth * bits + 7) / 8 && header->HWResolution[0] >= 1
         && header->HWResolution[0] <= 255 && header->HWResolution[0] == header->HWResolution[1];
}

/* As a bit for each dot, 1 is black. */
static void
make_dots (const cups_page_header2_t *header, const guint8 *pixels, guint8 *dots)
{
  gboolean is_white = header->cupsColorSpace != CUPS_CSPACE_K;
  gsize length = (header->cupsWidth + 7) / 8;

  if (header->cupsBitsPerPixel == 1) {
    for (gsize i = 0; i < length; i++)
      dots[i] = is_white ? (guint8) ~pixels[i] : pixels[i];
  } else {
    memset (dots, 0, length);
    for (guint x = 0; x < header->cupsWidth; x++)
      if (is_white ? pixels[x] < THRESHOLD : pixels[x] >= THRESHOLD)
        dots[x / 8] |= (guint8) (0x80 >> x % 8);
  }
  if (header->cupsWidth % 8 != 0)
    dots[length - 1] &= (guint8) (0xff << (8 - header->cupsWidth % 8));
}

static PvEscposEnd
read_end (const cups_page_header2_t *header)
{
  PvEscposEnd end = { .cut = PV_ESCPOS_CUT_PARTIAL };

  if (header->cupsInteger[INTEGER_CUT] <= PV_ESCPOS_CUT_OLD)
    end.cut = (PvEscposCut) header->cupsInteger[INTEGER_CUT];
  end.present_steps = (guint8) MIN (header->cupsInteger[INTEGER_STEPS], 255);
  end.present_s = (guint8) MIN (header->cupsInteger[INTEGER_SECONDS], 255);
  return end;
}

/* A page that breaks off is cut off nevertheless. Returns: whether it is whole */
static gboolean
print_page (cups_raster_t *raster, const cups_page_header2_t *header, gboolean is_first, GByteArray *out)
{
  guint dots = header->cupsInteger[INTEGER_DOTS];
  g_autoptr (PvEscpos) escpos =
    pv_escpos_new (dots >= 8 && dots <= PV_ESCPOS_MAX_DOTS ? dots : CLAMP (header->cupsWidth, 8, PV_ESCPOS_MAX_DOTS),
                   header->HWResolution[0]);
  g_autofree guint8 *pixels = g_malloc (header->cupsBytesPerLine);
  g_autofree guint8 *line = g_malloc (header->cupsWidth / 8 + 1);
  PvEscposEnd end = read_end (header);
  guint y;

  if (is_first)
    pv_escpos_begin (escpos, out);
  for (y = 0; y < header->cupsHeight; y++) {
    if (cupsRasterReadPixels (raster, pixels, header->cupsBytesPerLine) != header->cupsBytesPerLine)
      break;
    make_dots (header, pixels, line);
    pv_escpos_add_line (escpos, line, (header->cupsWidth + 7) / 8, out);
    if (!write_all (out))
      return FALSE;
  }
  pv_escpos_end_sheet (escpos, &end, out);
  return write_all (out) && y == header->cupsHeight;
}

static int
print_pages (cups_raster_t *raster)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  cups_page_header2_t header;
  guint n = 0;

  while (cupsRasterReadHeader2 (raster, &header) != 0) {
    if (!is_understood (&header))
      return fail ("not a page of dots");
    if (!print_page (raster, &header, n == 0, out))
      return fail ("the page breaks off");
    fprintf (stderr, "PAGE: %u 1\n", ++n);
  }
  return n > 0 ? 0 : fail ("no page");
}

int
main (int argc, char **argv)
{
  const char *type = g_getenv ("CONTENT_TYPE");
  cups_raster_t *raster;
  int input = STDIN_FILENO, status;

  if (argc < 6 || argc > 7)
    return fail ("job user title copies options [file]");
  signal (SIGPIPE, SIG_IGN);
  /* Only to hear how the printer is: the backend asks it. */
  if (g_strcmp0 (type, "application/vnd.cups-command") == 0)
    return 0;
  if (argc == 7 && (input = open (argv[6], O_RDONLY | O_CLOEXEC)) < 0)
    return fail ("no document");
  raster = cupsRasterOpen (input, CUPS_RASTER_READ);
  if (raster == NULL)
    return fail ("no raster");
  status = print_pages (raster);
  cupsRasterClose (raster);
  return status;
}
