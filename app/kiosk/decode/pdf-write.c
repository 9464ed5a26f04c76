/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/decode/pdf-write.h"

#include <string.h>

enum {
  CATALOGUE = 1,
  PAGES,
  INFO,
  FIRST_PAGE, /* each has three: page, content, picture */
  OBJECTS_A_PAGE = 3,
  A4_SHORT = 59528, /* in hundredths of a point, as all lengths here */
  A4_LONG = 84189,
};

typedef struct Writer {
  GByteArray *out;
  GArray *offsets; /* (element-type gsize): of the objects, from 1 */
} Writer;

G_GNUC_PRINTF (2, 3)
static void
put (Writer *writer, const char *format, ...)
{
  va_list arguments;
  g_autofree char *text = NULL;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_byte_array_append (writer->out, (const guint8 *) text, (guint) strlen (text));
}

/* Objects are written in the order of their numbers. */
static void
begin_object (Writer *writer)
{
  const gsize offset = writer->out->len;

  g_array_append_val (writer->offsets, offset);
  put (writer, "%u 0 obj\n", writer->offsets->len);
}

static void
measure (const PvJpegHead *head, guint *ret_width, guint *ret_height)
{
  const guint64 most_across = head->width > head->height ? A4_LONG : A4_SHORT;
  const guint64 most_down = head->width > head->height ? A4_SHORT : A4_LONG;

  if (head->dpi > 0) {
    *ret_width = (guint) ((guint64) head->width * 7200 / head->dpi);
    *ret_height = (guint) ((guint64) head->height * 7200 / head->dpi);
  } else if (head->width * most_down > head->height * most_across) {
    *ret_width = (guint) most_across;
    *ret_height = (guint) (head->height * most_across / head->width);
  } else {
    *ret_width = (guint) (head->width * most_down / head->height);
    *ret_height = (guint) most_down;
  }
}

static void
write_page (Writer *writer, const PvPdfPage *page, guint number)
{
  g_autofree char *content = NULL;
  guint width, height;

  measure (&page->head, &width, &height);
  begin_object (writer);
  put (writer, "<< /Type /Page /Parent %d 0 R /MediaBox [0 0 %u.%02u %u.%02u]", PAGES, width / 100, width % 100,
       height / 100, height % 100);
  if (page->turns % 4 != 0)
    put (writer, " /Rotate %u", page->turns % 4 * 90);
  put (writer, " /Resources << /XObject << /I %u 0 R >> >> /Contents %u 0 R >>\nendobj\n", number + 2, number + 1);
  content =
    g_strdup_printf ("q %u.%02u 0 0 %u.%02u 0 0 cm /I Do Q\n", width / 100, width % 100, height / 100, height % 100);
  begin_object (writer);
  put (writer, "<< /Length %" G_GSIZE_FORMAT " >>\nstream\n%sendstream\nendobj\n", strlen (content), content);
  begin_object (writer);
  put (writer,
       "<< /Type /XObject /Subtype /Image /Width %u /Height %u /ColorSpace /Device%s /BitsPerComponent 8"
       " /Filter /DCTDecode /Length %" G_GSIZE_FORMAT " >>\nstream\n",
       page->head.width, page->head.height, page->head.is_grey ? "Gray" : "RGB", page->length);
  g_byte_array_append (writer->out, page->jpeg, (guint) page->length);
  put (writer, "\nendstream\nendobj\n");
}

static void
write_end (Writer *writer)
{
  const guint start = writer->out->len;

  put (writer, "xref\n0 %u\n0000000000 65535 f \n", writer->offsets->len + 1);
  for (guint i = 0; i < writer->offsets->len; i++)
    put (writer, "%010" G_GSIZE_FORMAT " 00000 n \n", g_array_index (writer->offsets, gsize, i));
  put (writer, "trailer\n<< /Size %u /Root %d 0 R /Info %d 0 R >>\nstartxref\n%u\n%%%%EOF\n", writer->offsets->len + 1,
       CATALOGUE, INFO, start);
}

void
pv_pdf_write (const PvPdfPage *pages, guint n_pages, GByteArray *out)
{
  g_autoptr (GArray) offsets = g_array_new (FALSE, FALSE, sizeof (gsize));
  Writer writer = { out, offsets };

  /* Bytes above 127 tell mailers that it is no text. */
  put (&writer, "%%PDF-1.4\n%%\xE2\xE3\xCF\xD3\n");
  begin_object (&writer);
  put (&writer, "<< /Type /Catalog /Pages %d 0 R >>\nendobj\n", PAGES);
  begin_object (&writer);
  put (&writer, "<< /Type /Pages /Count %u /Kids [", n_pages);
  for (guint i = 0; i < n_pages; i++)
    put (&writer, " %u 0 R", FIRST_PAGE + i * OBJECTS_A_PAGE);
  put (&writer, " ] >>\nendobj\n");
  begin_object (&writer);
  put (&writer, "<< /Producer (Parvis) >>\nendobj\n");
  for (guint i = 0; i < n_pages; i++)
    write_page (&writer, &pages[i], FIRST_PAGE + i * OBJECTS_A_PAGE);
  write_end (&writer);
}
