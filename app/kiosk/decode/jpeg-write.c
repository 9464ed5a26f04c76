/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/decode/jpeg-write.h"

#include "kiosk/decode/picture-private.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>

/* Both directions, of which one may not be in use. Errors jump back. */
typedef struct Codec {
  struct jpeg_error_mgr errors;
  jmp_buf failed;
  struct jpeg_compress_struct out;
  struct jpeg_decompress_struct in;
  guint8 *row;
} Codec;

void
pv_jpeg_clear (PvJpeg *jpeg)
{
  free (jpeg->data);
  *jpeg = (PvJpeg){ 0 };
}

G_NORETURN static void
error_exit_cb (j_common_ptr jpeg)
{
  Codec *codec = jpeg->client_data;

  longjmp (codec->failed, 1);
}

static void
ignore_message_cb (j_common_ptr jpeg, int level)
{
  (void) jpeg;
  (void) level;
}

static boolean
cut_short_cb (j_decompress_ptr jpeg)
{
  jpeg->err->error_exit ((j_common_ptr) jpeg);
  return FALSE;
}

static Codec *
codec_new (void)
{
  Codec *codec = g_new0 (Codec, 1);

  jpeg_std_error (&codec->errors);
  codec->errors.error_exit = error_exit_cb;
  codec->errors.emit_message = ignore_message_cb;
  codec->out.err = codec->in.err = &codec->errors;
  codec->out.client_data = codec->in.client_data = codec;
  return codec;
}

static void
codec_free (Codec *codec)
{
  jpeg_destroy_compress (&codec->out);
  jpeg_destroy_decompress (&codec->in);
  g_free (codec->row);
  g_free (codec);
}

static void
begin_write (Codec *codec, guint width, guint height, guint channels, guint dpi, guint quality, PvJpeg *jpeg)
{
  jpeg_create_compress (&codec->out);
  codec->out.client_data = codec;
  jpeg_mem_dest (&codec->out, &jpeg->data, &jpeg->size);
  codec->out.image_width = width;
  codec->out.image_height = height;
  codec->out.input_components = (int) channels;
  codec->out.in_color_space = channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
  jpeg_set_defaults (&codec->out);
  jpeg_set_quality (&codec->out, (int) quality, TRUE);
  if (dpi > 0) {
    codec->out.density_unit = 1; /* dots per inch */
    codec->out.X_density = codec->out.Y_density = (UINT16) dpi;
  }
  jpeg_start_compress (&codec->out, TRUE);
}

gboolean
pv_jpeg_write_page (const PvPage *page, guint quality, PvJpeg *ret_jpeg)
{
  Codec *codec = codec_new ();
  gboolean is_written = FALSE;

  if (setjmp (codec->failed) == 0) {
    begin_write (codec, page->width, page->height, page->channels, page->dpi, quality, ret_jpeg);
    while (codec->out.next_scanline < page->height) {
      guint8 *row = page->data + (gsize) codec->out.next_scanline * page->width * page->channels;

      jpeg_write_scanlines (&codec->out, &row, 1);
    }
    jpeg_finish_compress (&codec->out);
    is_written = TRUE;
  }
  codec_free (codec);
  return is_written;
}

static gboolean
is_grey (const PvPixels *pixels)
{
  for (gsize i = 0; i < (gsize) pixels->width * pixels->height; i++) {
    const guint32 pixel = pixels->data[i];

    if ((pixel >> 16 & 0xFF) != (pixel & 0xFF) || (pixel >> 8 & 0xFF) != (pixel & 0xFF))
      return FALSE;
  }
  return TRUE;
}

static void
copy_row (const guint32 *pixels, guint width, guint channels, guint8 *row)
{
  for (guint x = 0; x < width; x++, row += channels) {
    row[0] = (guint8) (channels == 1 ? pixels[x] : pixels[x] >> 16);
    if (channels == 3) {
      row[1] = (guint8) (pixels[x] >> 8);
      row[2] = (guint8) pixels[x];
    }
  }
}

static void
write_pixels (Codec *codec, const PvPixels *pixels, guint dpi, guint quality, PvJpeg *jpeg)
{
  const guint channels = is_grey (pixels) ? 1 : 3;

  codec->row = g_malloc_n (pixels->width, channels);
  begin_write (codec, pixels->width, pixels->height, channels, dpi, quality, jpeg);
  while (codec->out.next_scanline < pixels->height) {
    copy_row (pixels->data + (gsize) codec->out.next_scanline * pixels->width, pixels->width, channels, codec->row);
    jpeg_write_scanlines (&codec->out, &codec->row, 1);
  }
  jpeg_finish_compress (&codec->out);
}

gboolean
pv_jpeg_write_pixels (const PvPixels *pixels, guint dpi, guint quality, PvJpeg *ret_jpeg)
{
  Codec *codec = codec_new ();
  gboolean is_written = FALSE;

  if (setjmp (codec->failed) == 0) {
    write_pixels (codec, pixels, dpi, quality, ret_jpeg);
    is_written = TRUE;
  }
  codec_free (codec);
  return is_written;
}

static gboolean
begin_read (Codec *codec, const guint8 *data, gsize length)
{
  struct jpeg_decompress_struct *in = &codec->in;

  jpeg_create_decompress (in);
  in->client_data = codec;
  jpeg_mem_src (in, data, length);
  in->src->fill_input_buffer = cut_short_cb;
  return jpeg_read_header (in, TRUE) == JPEG_HEADER_OK
         && pv_picture_is_within (in->image_width, in->image_height, PV_PICTURE_MAX_PIXELS, length)
         && (in->jpeg_color_space == JCS_GRAYSCALE || in->jpeg_color_space == JCS_YCbCr);
}

static guint
get_dpi (const struct jpeg_decompress_struct *in)
{
  enum { MIN_DPI = 36, MAX_DPI = 1200 };

  return in->saw_JFIF_marker && in->density_unit == 1 && in->X_density == in->Y_density && in->X_density >= MIN_DPI
             && in->X_density <= MAX_DPI
           ? in->X_density
           : 0;
}

gboolean
pv_jpeg_read_head (const guint8 *data, gsize length, PvJpegHead *ret_head)
{
  Codec *codec = codec_new ();
  gboolean is_read = FALSE;

  if (length > 0 && setjmp (codec->failed) == 0 && begin_read (codec, data, length)) {
    *ret_head = (PvJpegHead){ codec->in.image_width, codec->in.image_height, get_dpi (&codec->in),
                              codec->in.jpeg_color_space == JCS_GRAYSCALE };
    is_read = TRUE;
  }
  codec_free (codec);
  return is_read;
}

static void
shrink (Codec *codec, guint eighths, guint quality, PvJpeg *ret_jpeg)
{
  struct jpeg_decompress_struct *in = &codec->in;

  in->out_color_space = in->jpeg_color_space == JCS_GRAYSCALE ? JCS_GRAYSCALE : JCS_RGB;
  in->scale_num = eighths;
  in->scale_denom = 8;
  jpeg_start_decompress (in);
  codec->row = g_malloc_n (in->output_width, (gsize) in->output_components);
  begin_write (codec, in->output_width, in->output_height, (guint) in->output_components, get_dpi (in) * eighths / 8,
               quality, ret_jpeg);
  while (in->output_scanline < in->output_height) {
    jpeg_read_scanlines (in, &codec->row, 1);
    jpeg_write_scanlines (&codec->out, &codec->row, 1);
  }
  jpeg_finish_compress (&codec->out);
}

gboolean
pv_jpeg_shrink (const guint8 *data, gsize length, guint eighths, guint quality, PvJpeg *ret_jpeg)
{
  Codec *codec = codec_new ();
  gboolean is_done = FALSE;

  if (length > 0 && setjmp (codec->failed) == 0 && begin_read (codec, data, length)) {
    shrink (codec, eighths, quality, ret_jpeg);
    is_done = TRUE;
  }
  codec_free (codec);
  return is_done;
}
