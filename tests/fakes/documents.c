/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "documents.h"

#include <png.h>
#include <qpdf/qpdf-c.h>
#include <string.h>

#include "pictures.h"

/* --- PDF --- */

typedef struct Pdf {
  GByteArray *bytes;
  GArray *offsets; /* (element-type gsize) */
} Pdf;

static void
put (Pdf *pdf, const void *data, gsize length)
{
  g_byte_array_append (pdf->bytes, data, (guint) length);
}

static void
put_text (Pdf *pdf, const char *text)
{
  put (pdf, text, strlen (text));
}

/* Objects get numbers from 1. */
static void
put_object (Pdf *pdf, const char *text)
{
  const gsize offset = pdf->bytes->len;
  g_autofree char *begin = NULL;

  g_array_append_val (pdf->offsets, offset);
  begin = g_strdup_printf ("%u 0 obj\n", pdf->offsets->len);
  put_text (pdf, begin);
  put_text (pdf, text);
  put_text (pdf, "\nendobj\n");
}

static void
put_stream (Pdf *pdf, const char *dictionary, const void *data, gsize length)
{
  const gsize offset = pdf->bytes->len;
  g_autofree char *begin = NULL;

  g_array_append_val (pdf->offsets, offset);
  begin = g_strdup_printf ("%u 0 obj\n<< %s /Length %zu >>\nstream\n", pdf->offsets->len, dictionary, length);
  put_text (pdf, begin);
  put (pdf, data, length);
  put_text (pdf, "\nendstream\nendobj\n");
}

static GBytes *
end (Pdf *pdf)
{
  const gsize start = pdf->bytes->len;
  g_autofree char *trailer = NULL;

  put_text (pdf, "xref\n");
  trailer = g_strdup_printf ("0 %u\n0000000000 65535 f \n", pdf->offsets->len + 1);
  put_text (pdf, trailer);
  for (guint i = 0; i < pdf->offsets->len; i++) {
    g_autofree char *entry = g_strdup_printf ("%010zu 00000 n \n", g_array_index (pdf->offsets, gsize, i));

    put_text (pdf, entry);
  }
  g_free (trailer);
  trailer = g_strdup_printf ("trailer\n<< /Size %u /Root 1 0 R /Info 3 0 R >>\nstartxref\n%zu\n%%%%EOF\n",
                             pdf->offsets->len + 1, start);
  put_text (pdf, trailer);
  g_array_unref (pdf->offsets);
  return g_byte_array_free_to_bytes (pdf->bytes);
}

enum { FIRST_PAGE = 10 }; /* and two objects for each */

static const char *const catalogues[] = {
  [FAKE_PDF_PLAIN] = "",
  [FAKE_PDF_JAVASCRIPT] = ("/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"
                           " /AA << /WC << /S /JavaScript /JS (app.alert\\(2\\)) >> >>"
                           " /Names << /JavaScript << /Names [(a) << /S /JavaScript /JS (app.alert\\(3\\)) >>] >>"
                           " /EmbeddedFiles << /Names [(evil.exe) 5 0 R] >> >>"),
  [FAKE_PDF_FORM] = "/AcroForm << /Fields [7 0 R] >>",
  [FAKE_PDF_METADATA] = "/Metadata 4 0 R /PieceInfo << /X << /Private (canary-piece) >> >>",
  [FAKE_PDF_ENCRYPTED] = "",
  [FAKE_PDF_LOCKED] = "",
};

static const char *const page_extras[] = {
  [FAKE_PDF_PLAIN] = "",
  [FAKE_PDF_JAVASCRIPT] = ("/AA << /O << /S /JavaScript /JS (app.alert\\(4\\)) >> >>"
                           " /Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 10 10]"
                           " /A << /S /Launch /F (evil.exe) >> >>]"),
  [FAKE_PDF_FORM] = ("/Annots [7 0 R 8 0 R << /Type /Annot /Subtype /Link /Rect [0 0 10 10]"
                     " /A << /S /URI /URI (https://canary-link.example) >> >>]"),
  [FAKE_PDF_METADATA] = "/Metadata 4 0 R /PieceInfo << /X << /Private (canary-piece) >> >> /LastModified (D:2026)",
  [FAKE_PDF_ENCRYPTED] = "",
  [FAKE_PDF_LOCKED] = "",
};

/* Numbers 4 to 9. */
static void
put_parts (Pdf *pdf)
{
  static const char xmp[] = "<x:xmpmeta xmlns:x='adobe:ns:meta/'>canary-xmp</x:xmpmeta>";
  static const char look[] = "BT /F 12 Tf 2 4 Td (REMPLI) Tj ET";
  static const char form[] = "/Type /XObject /Subtype /Form /BBox [0 0 100 20] /Resources << /Font << /F << /Type /Font"
                             " /Subtype /Type1 /BaseFont /Helvetica >> >> >>";
  g_autoptr (GBytes) plain = fake_picture_new (FAKE_JPEG, 32, 32);
  g_autoptr (GBytes) photo = fake_exif_new (plain, 1, TRUE);
  gsize length;
  const void *data = g_bytes_get_data (photo, &length);

  put_stream (pdf, "/Type /Metadata /Subtype /XML", xmp, strlen (xmp));
  put_object (pdf, "<< /Type /Filespec /F (evil.exe) /EF << /F 4 0 R >> >>");
  put_stream (pdf, form, look, strlen (look));
  put_object (pdf, "<< /Type /Annot /Subtype /Widget /FT /Tx /T (nom) /V (REMPLI) /Rect [100 500 200 520] /F 4"
                   " /AP << /N 6 0 R >> /AA << /K << /S /JavaScript /JS (app.alert\\(5\\)) >> >> >>");
  put_object (pdf, "<< /Type /Annot /Subtype /Text /Contents (canary-note) /Rect [0 0 20 20] /F 2 >>");
  put_stream (pdf,
              "/Type /XObject /Subtype /Image /Width 32 /Height 32 /ColorSpace /DeviceRGB /BitsPerComponent 8"
              " /Filter /DCTDecode /Metadata 4 0 R",
              data, length);
}

static GBytes *
make_pdf (FakePdf kind, guint n_pages)
{
  static const char content[] = "BT /F 24 Tf 72 700 Td (Bonjour) Tj ET q 50 0 0 50 72 600 cm /Photo Do Q";
  Pdf pdf = { g_byte_array_new (), g_array_new (FALSE, FALSE, sizeof (gsize)) };
  g_autofree char *catalogue = g_strdup_printf ("<< /Type /Catalog /Pages 2 0 R %s >>", catalogues[kind]);
  g_autoptr (GString) pages = g_string_new ("<< /Type /Pages /MediaBox [0 0 595 842] /Kids [");

  put_text (&pdf, "%PDF-1.6\n");
  put_object (&pdf, catalogue);
  for (guint i = 0; i < n_pages; i++)
    g_string_append_printf (pages, " %u 0 R", FIRST_PAGE + 2 * i);
  g_string_append_printf (pages, " ] /Count %u >>", n_pages);
  put_object (&pdf, pages->str);
  put_object (&pdf, "<< /Author (canary-author) /Creator (canary-creator) /CreationDate (D:20260101) >>");
  put_parts (&pdf);
  for (guint i = 0; i < n_pages; i++) {
    g_autofree char *page =
      g_strdup_printf ("<< /Type /Page /Parent 2 0 R /Contents %u 0 R /Resources << /Font << /F << /Type /Font /Subtype"
                       " /Type1 /BaseFont /Helvetica >> >> /XObject << /Photo 9 0 R >> >> %s >>",
                       FIRST_PAGE + 2 * i + 1, page_extras[kind]);

    put_object (&pdf, page);
    put_stream (&pdf, "", content, strlen (content));
  }
  return end (&pdf);
}

static GBytes *
encrypt (GBytes *plain, const char *user_password)
{
  qpdf_data pdf = qpdf_init ();
  gsize length;
  const char *data = g_bytes_get_data (plain, &length);
  GBytes *encrypted;

  qpdf_read_memory (pdf, "plain", data, length, NULL);
  qpdf_init_write_memory (pdf);
  qpdf_set_r6_encryption_parameters2 (pdf, user_password, "owner", QPDF_TRUE, QPDF_TRUE, QPDF_TRUE, QPDF_TRUE,
                                      QPDF_TRUE, QPDF_TRUE, qpdf_r3p_full, QPDF_TRUE);
  qpdf_set_static_ID (pdf, QPDF_TRUE);
  qpdf_write (pdf);
  encrypted = g_bytes_new (qpdf_get_buffer (pdf), qpdf_get_buffer_length (pdf));
  qpdf_cleanup (&pdf);
  return encrypted;
}

GBytes *
fake_pdf_new (FakePdf kind, guint n_pages)
{
  GBytes *plain = make_pdf (kind, n_pages);
  GBytes *encrypted;

  if (kind != FAKE_PDF_ENCRYPTED && kind != FAKE_PDF_LOCKED)
    return plain;
  encrypted = encrypt (plain, kind == FAKE_PDF_ENCRYPTED ? "secret" : "");
  g_bytes_unref (plain);
  return encrypted;
}

/* --- PNG --- */

static void
write_cb (png_structp png, png_bytep data, png_size_t length)
{
  g_byte_array_append (png_get_io_ptr (png), data, (guint) length);
}

static void
flush_cb (png_structp png)
{
  (void) png;
}

static const png_color quarters[4] = { { 255, 0, 0 }, { 0, 255, 0 }, { 0, 0, 255 }, { 255, 255, 255 } };

static gsize
put_pixel (FakePng kind, guint quarter, guint x, guint8 *row)
{
  const png_color *colour = &quarters[quarter];
  const guint8 grey = (guint8) ((colour->red * 299 + colour->green * 587 + colour->blue * 114) / 1000);

  switch (kind) {
  case FAKE_PNG_GREY:
    row[x] = grey;
    return 1;
  case FAKE_PNG_PALETTE:
    row[x] = (guint8) quarter;
    return 1;
  case FAKE_PNG_BITS:
    if (grey > 127)
      row[x / 8] |= (guint8) (0x80 >> x % 8);
    return 1;
  case FAKE_PNG_ALPHA:
    memcpy (row + x * 4, colour, 3);
    if (quarter == 3)
      memset (row + x * 4, 0, 3);
    row[x * 4 + 3] = quarter == 3 ? 0 : 255;
    return 4;
  case FAKE_PNG_DEEP:
    for (guint i = 0; i < 3; i++)
      row[x * 6 + i * 2] = row[x * 6 + i * 2 + 1] = ((const guint8 *) colour)[i];
    return 6;
  case FAKE_PNG_RGB:
  case FAKE_PNG_INTERLACED:
  case FAKE_N_PNGS:
    break;
  }
  memcpy (row + x * 3, colour, 3);
  return 3;
}

GBytes *
fake_png_new (FakePng kind, guint width, guint height)
{
  static const int types[] = { PNG_COLOR_TYPE_RGB,       PNG_COLOR_TYPE_GRAY, PNG_COLOR_TYPE_PALETTE,
                               PNG_COLOR_TYPE_RGB_ALPHA, PNG_COLOR_TYPE_RGB,  PNG_COLOR_TYPE_GRAY,
                               PNG_COLOR_TYPE_RGB };
  const int depth = kind == FAKE_PNG_DEEP ? 16 : kind == FAKE_PNG_BITS ? 1 : 8;
  GByteArray *bytes = g_byte_array_new ();
  png_structp png = png_create_write_struct (PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
  png_infop info = png_create_info_struct (png);
  g_autofree guint8 *rows = g_malloc0_n ((gsize) width * height, 6);
  g_autofree png_bytep *pointers = g_new (png_bytep, height);

  png_set_write_fn (png, bytes, write_cb, flush_cb);
  png_set_IHDR (png, info, width, height, depth, types[kind],
                kind == FAKE_PNG_INTERLACED ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
                PNG_FILTER_TYPE_DEFAULT);
  if (kind == FAKE_PNG_PALETTE)
    png_set_PLTE (png, info, quarters, 4);
  for (guint y = 0; y < height; y++) {
    pointers[y] = rows + (gsize) y * width * 6;
    for (guint x = 0; x < width; x++)
      put_pixel (kind, (x >= width / 2 ? 1 : 0) + (y >= height / 2 ? 2 : 0), x, pointers[y]);
  }
  png_set_rows (png, info, pointers);
  png_write_png (png, info, PNG_TRANSFORM_IDENTITY, NULL);
  png_destroy_write_struct (&png, &info);
  return g_byte_array_free_to_bytes (bytes);
}

GBytes *
fake_png_bomb_new (guint width, guint height)
{
  g_autoptr (GBytes) small = fake_png_new (FAKE_PNG_BITS, 8, 8);
  GByteArray *bytes = g_bytes_unref_to_array (g_bytes_new (g_bytes_get_data (small, NULL), g_bytes_get_size (small)));
  const guint32 sides[] = { GUINT32_TO_BE (width), GUINT32_TO_BE (height) };
  guint32 crc = 0xFFFFFFFF;

  memcpy (bytes->data + 16, sides, sizeof sides);
  /* Of "IHDR" and its 13 bytes. */
  for (guint i = 12; i < 29; i++) {
    crc ^= bytes->data[i];
    for (guint bit = 0; bit < 8; bit++)
      crc = (crc & 1) != 0 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
  }
  crc = GUINT32_TO_BE (~crc);
  memcpy (bytes->data + 29, &crc, sizeof crc);
  return g_byte_array_free_to_bytes (bytes);
}

/* --- Photos --- */

static void
put16 (GByteArray *bytes, guint value, gboolean is_little)
{
  const guint8 two[] = { (guint8) (is_little ? value : value >> 8), (guint8) (is_little ? value >> 8 : value) };

  g_byte_array_append (bytes, two, 2);
}

static void
put32 (GByteArray *bytes, guint value, gboolean is_little)
{
  put16 (bytes, is_little ? value & 0xFFFF : value >> 16, is_little);
  put16 (bytes, is_little ? value >> 16 : value & 0xFFFF, is_little);
}

GBytes *
fake_exif_new (GBytes *jpeg, guint orientation, gboolean is_little)
{
  static const char place[] = "48.1975N";
  gsize length;
  const guint8 *data = g_bytes_get_data (jpeg, &length);
  GByteArray *bytes = g_byte_array_new ();

  g_byte_array_append (bytes, data, 2);
  g_byte_array_append (bytes, (const guint8 *) "\xFF\xE1", 2);
  put16 (bytes, 2 + 6 + 8 + 2 + 2 * 12 + 4 + sizeof place, FALSE);
  g_byte_array_append (bytes, (const guint8 *) "Exif\0\0", 6);
  g_byte_array_append (bytes, (const guint8 *) (is_little ? "II" : "MM"), 2);
  put16 (bytes, 42, is_little);
  put32 (bytes, 8, is_little);
  put16 (bytes, 2, is_little);
  put16 (bytes, 0x010E, is_little); /* what is on it: a text */
  put16 (bytes, 2, is_little);
  put32 (bytes, sizeof place, is_little);
  put32 (bytes, 8 + 2 + 2 * 12 + 4, is_little);
  put16 (bytes, 0x0112, is_little);
  put16 (bytes, 3, is_little);
  put32 (bytes, 1, is_little);
  put16 (bytes, orientation, is_little);
  put16 (bytes, 0, is_little);
  put32 (bytes, 0, is_little);
  g_byte_array_append (bytes, (const guint8 *) place, sizeof place);
  g_byte_array_append (bytes, data + 2, (guint) (length - 2));
  return g_byte_array_free_to_bytes (bytes);
}

GBytes *
fake_heic_new (void)
{
  static const char start[] = "\0\0\0\x18"
                              "ftypheic\0\0\0\0mif1heic\0\0\0\x20meta and so on";

  return g_bytes_new_static (start, sizeof start);
}
