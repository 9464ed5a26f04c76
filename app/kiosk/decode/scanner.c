/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/decode/scanner-private.h"

#include <string.h>

enum { READ_BYTES = 64 * 1024 };

/* What comes in, until it is a page. */
typedef struct Reading {
  PvPage page; /* without data */
  guint height, depth;
  gsize line_bytes; /* of the scanner's; some have a gap behind */
  GByteArray *data;
  guint8 *line, *pixels;
  gsize n_line; /* bytes of the next line that are there */
  guint row;
  PvScannerLineFunc func;
  gpointer user_data;
} Reading;

/* --- What goes wrong --- */

/* What to do about it differs. */
PvCaptureTrouble
pv_scanner_trouble_of_status (SANE_Status status)
{
  switch (status) {
  case SANE_STATUS_GOOD:
    return PV_CAPTURE_TROUBLE_NONE;
  case SANE_STATUS_DEVICE_BUSY:
    return PV_CAPTURE_TROUBLE_BUSY;
  case SANE_STATUS_JAMMED:
    return PV_CAPTURE_TROUBLE_JAM;
  case SANE_STATUS_COVER_OPEN:
    return PV_CAPTURE_TROUBLE_OPEN;
  case SANE_STATUS_NO_DOCS:
    return PV_CAPTURE_TROUBLE_NO_PAPER;
  case SANE_STATUS_IO_ERROR: /* libusb's "no such device" among them */
    return PV_CAPTURE_TROUBLE_NO_SCANNER;
  case SANE_STATUS_UNSUPPORTED:
  case SANE_STATUS_CANCELLED:
  case SANE_STATUS_INVAL:
  case SANE_STATUS_EOF:
  case SANE_STATUS_NO_MEM:
  case SANE_STATUS_ACCESS_DENIED:
    break;
  }
  return PV_CAPTURE_TROUBLE_BROKEN;
}

/* --- The lines --- */

static gboolean
begin (Reading *reading, const SANE_Parameters *parameters, guint dpi)
{
  const gboolean is_rgb = parameters->format == SANE_FRAME_RGB;
  const SANE_Int width = parameters->pixels_per_line, lines = parameters->lines, bytes = parameters->bytes_per_line;
  guint64 needed;

  if ((parameters->format != SANE_FRAME_GRAY && !is_rgb) || width < 1 || width > PV_PAGE_MAX_SIDE || lines == 0
      || lines < -1 || lines > PV_PAGE_MAX_SIDE
      || (parameters->depth != 1 && parameters->depth != 8 && parameters->depth != 16))
    return FALSE;
  needed = ((guint64) width * (is_rgb ? 3 : 1) * (guint) parameters->depth + 7) / 8;
  if (bytes < 1 || (guint64) bytes < needed || (guint64) bytes > needed + PV_PAGE_MAX_SIDE
      || (is_rgb && parameters->depth == 1)
      || (guint64) width * (is_rgb ? 3 : 1) * (guint) MAX (lines, 1) > PV_PAGE_MAX_BYTES)
    return FALSE;
  reading->page = (PvPage){ .width = (guint) width, .channels = is_rgb ? 3 : 1, .dpi = dpi };
  reading->height = lines > 0 ? (guint) lines : 0;
  reading->depth = (guint) parameters->depth;
  reading->line_bytes = (gsize) bytes;
  reading->line = g_malloc (reading->line_bytes);
  reading->pixels = g_malloc ((gsize) width * reading->page.channels);
  reading->data = g_byte_array_sized_new ((guint) ((gsize) width * reading->page.channels * MAX (reading->height, 1)));
  return TRUE;
}

/* Eight bits for each sample. Sixteen come in the order of this machine; one bit means black. */
static void
convert_line (Reading *reading)
{
  const gsize n = (gsize) reading->page.width * reading->page.channels;

  if (reading->depth == 8)
    memcpy (reading->pixels, reading->line, n);
  for (gsize i = 0; i < n && reading->depth == 16; i++) {
    guint16 sample;

    memcpy (&sample, reading->line + i * sizeof sample, sizeof sample);
    reading->pixels[i] = (guint8) (sample >> 8);
  }
  for (gsize i = 0; i < n && reading->depth == 1; i++)
    reading->pixels[i] = (reading->line[i / 8] >> (7 - i % 8) & 1) != 0 ? 0 : 0xFF;
}

/* FALSE: more than was told, or than a page has. */
static gboolean
take_line (Reading *reading)
{
  const guint n = reading->page.width * reading->page.channels;

  if ((reading->height > 0 && reading->row >= reading->height) || reading->row >= PV_PAGE_MAX_SIDE
      || reading->data->len + n > PV_PAGE_MAX_BYTES)
    return FALSE;
  convert_line (reading);
  g_byte_array_append (reading->data, reading->pixels, n);
  reading->func (&reading->page, reading->height, reading->pixels, reading->row, reading->user_data);
  reading->row++;
  reading->n_line = 0;
  return TRUE;
}

static gboolean
take_bytes (Reading *reading, const guint8 *data, gsize length)
{
  while (length > 0) {
    const gsize part = MIN (length, reading->line_bytes - reading->n_line);

    memcpy (reading->line + reading->n_line, data, part);
    reading->n_line += part;
    data += part;
    length -= part;
    if (reading->n_line == reading->line_bytes && !take_line (reading))
      return FALSE;
  }
  return TRUE;
}

static PvCaptureTrouble
read_lines (PvScanner *scanner, Reading *reading)
{
  g_autofree guint8 *buffer = g_malloc (READ_BYTES);
  SANE_Status status;

  for (;;) {
    SANE_Int length = 0;

    status = scanner->sane.read (scanner->handle, buffer, READ_BYTES, &length);
    if (status != SANE_STATUS_GOOD)
      break;
    if (length < 0 || length > READ_BYTES || !take_bytes (reading, buffer, (gsize) length))
      return PV_CAPTURE_TROUBLE_BROKEN;
  }
  if (status != SANE_STATUS_EOF)
    return pv_scanner_trouble_of_status (status);
  /* A page of which the end is missing is none. */
  return reading->row > 0 && (reading->height == 0 || reading->row == reading->height) ? PV_CAPTURE_TROUBLE_NONE
                                                                                       : PV_CAPTURE_TROUBLE_BROKEN;
}

PvCaptureTrouble
pv_scanner_read_page (PvScanner *scanner, gboolean wants_colour, PvScannerLineFunc line, gpointer user_data,
                      PvPage *ret_page)
{
  Reading reading = { .func = line, .user_data = user_data };
  SANE_Parameters parameters = { 0 };
  PvCaptureTrouble trouble;
  SANE_Status status;

  pv_scanner_choose_options (scanner, wants_colour);
  status = scanner->sane.start (scanner->handle);
  if (status == SANE_STATUS_GOOD)
    status = scanner->sane.get_parameters (scanner->handle, &parameters);
  if (status != SANE_STATUS_GOOD)
    return pv_scanner_trouble_of_status (status);
  if (!begin (&reading, &parameters, scanner->dpi))
    return PV_CAPTURE_TROUBLE_BROKEN;
  trouble = read_lines (scanner, &reading);
  g_free (reading.line);
  g_free (reading.pixels);
  if (trouble != PV_CAPTURE_TROUBLE_NONE) {
    g_byte_array_unref (reading.data);
    return trouble;
  }
  *ret_page = reading.page;
  ret_page->height = reading.row;
  ret_page->data = g_byte_array_free (reading.data, FALSE);
  return PV_CAPTURE_TROUBLE_NONE;
}

/* --- Opening --- */

static char *
find_first (PvScanner *scanner)
{
  const SANE_Device **devices = NULL;

  if (scanner->sane.get_devices (&devices, SANE_TRUE) != SANE_STATUS_GOOD || devices == NULL || devices[0] == NULL)
    return NULL;
  return g_strdup (devices[0]->name);
}

PvScanner *
pv_scanner_open (const char *device, PvCaptureTrouble *ret_trouble)
{
  PvScanner *scanner = g_new0 (PvScanner, 1);
  SANE_Status status;

  *ret_trouble = PV_CAPTURE_TROUBLE_NO_SCANNER;
  if (!pv_sane_load (&scanner->sane) || scanner->sane.init (NULL, NULL) != SANE_STATUS_GOOD) {
    g_free (scanner);
    return NULL;
  }
  scanner->name = g_strcmp0 (device, "auto") == 0 ? find_first (scanner) : g_strdup (device);
  status = scanner->name != NULL ? scanner->sane.open (scanner->name, &scanner->handle) : SANE_STATUS_IO_ERROR;
  if (status == SANE_STATUS_GOOD)
    return scanner;
  /* Of a name that no driver knows. */
  if (status != SANE_STATUS_INVAL && status != SANE_STATUS_UNSUPPORTED)
    *ret_trouble = pv_scanner_trouble_of_status (status);
  g_free (scanner->name);
  g_free (scanner);
  return NULL;
}

const char *
pv_scanner_get_name (const PvScanner *scanner)
{
  return scanner->name;
}

void
pv_scanner_close (PvScanner *scanner)
{
  scanner->sane.cancel (scanner->handle);
  scanner->sane.close (scanner->handle);
  scanner->sane.exit ();
  g_free (scanner->name);
  g_free (scanner);
}
