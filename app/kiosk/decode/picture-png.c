/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/decode/picture-png.h"

#include "kiosk/decode/picture-private.h"

#include <png.h>
#include <string.h>

/* Both directions share what an error jumps over. */
typedef struct Codec {
  png_structp png;
  png_infop info;
  const guint8 *data; /* reading */
  gsize length, at;
  GByteArray *out; /* writing */
  gsize most;
  PvReducer reducer;
  guint8 *rows; /* one; all of a picture in several passes */
  png_bytep *pointers;
} Codec;

G_NORETURN static void
error_cb (png_structp png, png_const_charp message)
{
  (void) message;
  png_longjmp (png, 1);
}

static void
ignore_warning_cb (png_structp png, png_const_charp message)
{
  (void) png;
  (void) message;
}

static void
read_cb (png_structp png, png_bytep into, png_size_t length)
{
  Codec *codec = png_get_io_ptr (png);

  if (length > codec->length - codec->at)
    png_error (png, "cut");
  memcpy (into, codec->data + codec->at, length);
  codec->at += length;
}

static void
write_cb (png_structp png, png_bytep data, png_size_t length)
{
  Codec *codec = png_get_io_ptr (png);

  if (codec->out->len + length > codec->most)
    png_error (png, "large");
  g_byte_array_append (codec->out, data, (guint) length);
}

static void
flush_cb (png_structp png)
{
  (void) png;
}

/* Whatever it is: eight bits of red, green, blue. */
static void
choose_form (Codec *codec)
{
  const png_byte type = png_get_color_type (codec->png, codec->info);
  const png_color_16 white = { 0, 255, 255, 255, 255 };

  png_set_scale_16 (codec->png);
  png_set_expand (codec->png);
  if ((type & PNG_COLOR_MASK_COLOR) == 0)
    png_set_gray_to_rgb (codec->png);
  if ((type & PNG_COLOR_MASK_ALPHA) != 0 || png_get_valid (codec->png, codec->info, PNG_INFO_tRNS) != 0)
    png_set_background (codec->png, &white, PNG_BACKGROUND_GAMMA_SCREEN, 0, 1.0);
}

static gboolean
read_rows (Codec *codec, guint width, guint height, gboolean is_in_passes)
{
  const gsize stride = (gsize) width * 3;

  codec->rows = g_try_malloc_n (is_in_passes ? height : 1, stride);
  codec->pointers = is_in_passes ? g_try_new (png_bytep, height) : NULL;
  if (codec->rows == NULL || (is_in_passes && codec->pointers == NULL))
    return FALSE;
  for (guint y = 0; is_in_passes && y < height; y++)
    codec->pointers[y] = codec->rows + y * stride;
  if (is_in_passes)
    png_read_image (codec->png, codec->pointers);
  for (guint y = 0; y < height; y++) {
    if (!is_in_passes)
      png_read_row (codec->png, codec->rows, NULL);
    pv_reducer_add (&codec->reducer, is_in_passes ? codec->pointers[y] : codec->rows);
  }
  png_read_end (codec->png, NULL);
  return TRUE;
}

static gboolean
decode (Codec *codec, guint max_side)
{
  guint width, height;
  gboolean is_in_passes;

  png_set_user_limits (codec->png, PV_PICTURE_MAX_SIDE, PV_PICTURE_MAX_SIDE);
  png_set_chunk_cache_max (codec->png, PV_PNG_MAX_CHUNKS);
  png_set_chunk_malloc_max (codec->png, PV_PNG_MAX_CHUNK_BYTES);
  png_set_keep_unknown_chunks (codec->png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
  png_set_read_fn (codec->png, codec, read_cb);
  png_read_info (codec->png, codec->info);
  width = png_get_image_width (codec->png, codec->info);
  height = png_get_image_height (codec->png, codec->info);
  if (!pv_picture_is_within (width, height, PV_PICTURE_MAX_PIXELS, codec->length))
    return FALSE;
  is_in_passes = png_get_interlace_type (codec->png, codec->info) != PNG_INTERLACE_NONE;
  choose_form (codec);
  if (is_in_passes)
    png_set_interlace_handling (codec->png);
  png_read_update_info (codec->png, codec->info);
  return png_get_rowbytes (codec->png, codec->info) == (gsize) width * 3
         && pv_reducer_begin (&codec->reducer, width, height, max_side)
         && read_rows (codec, width, height, is_in_passes);
}

static void
codec_free (Codec *codec)
{
  pv_reducer_clear (&codec->reducer);
  g_free (codec->rows);
  g_free (codec->pointers);
  g_free (codec);
}

gboolean
pv_picture_decode_png (const guint8 *data, gsize length, guint max_side, PvPixels *ret_pixels)
{
  Codec *codec = g_new0 (Codec, 1);
  gboolean is_decoded = FALSE;

  codec->data = data;
  codec->length = length;
  codec->png = png_create_read_struct (PNG_LIBPNG_VER_STRING, NULL, error_cb, ignore_warning_cb);
  codec->info = codec->png != NULL ? png_create_info_struct (codec->png) : NULL;
  if (codec->info != NULL && setjmp (png_jmpbuf (codec->png)) == 0)
    is_decoded = decode (codec, max_side) && pv_reducer_end (&codec->reducer, ret_pixels);
  png_destroy_read_struct (&codec->png, &codec->info, NULL);
  codec_free (codec);
  return is_decoded;
}

static gboolean
is_grey (const PvPixels *pixels)
{
  for (gsize i = 0; i < (gsize) pixels->width * pixels->height; i++)
    if ((pixels->data[i] >> 16 & 0xFF) != (pixels->data[i] & 0xFF)
        || (pixels->data[i] >> 8 & 0xFF) != (pixels->data[i] & 0xFF))
      return FALSE;
  return TRUE;
}

static void
encode (Codec *codec, const PvPixels *pixels)
{
  const gboolean grey = is_grey (pixels);

  png_set_write_fn (codec->png, codec, write_cb, flush_cb);
  png_set_IHDR (codec->png, codec->info, pixels->width, pixels->height, 8,
                grey ? PNG_COLOR_TYPE_GRAY : PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
                PNG_FILTER_TYPE_DEFAULT);
  png_write_info (codec->png, codec->info);
  codec->rows = g_malloc_n (pixels->width, 3);
  for (guint y = 0; y < pixels->height; y++) {
    const guint32 *pixel = pixels->data + (gsize) y * pixels->width;
    guint8 *p = codec->rows;

    for (guint x = 0; x < pixels->width; x++) {
      if (!grey) {
        *p++ = (guint8) (pixel[x] >> 16);
        *p++ = (guint8) (pixel[x] >> 8);
      }
      *p++ = (guint8) pixel[x];
    }
    png_write_row (codec->png, codec->rows);
  }
  png_write_end (codec->png, NULL);
}

gboolean
pv_png_write (const PvPixels *pixels, gsize max_bytes, GByteArray *out)
{
  const guint before = out->len;
  Codec *codec = g_new0 (Codec, 1);
  gboolean is_written = FALSE;

  codec->out = out;
  codec->most = before + max_bytes;
  codec->png = png_create_write_struct (PNG_LIBPNG_VER_STRING, NULL, error_cb, ignore_warning_cb);
  codec->info = codec->png != NULL ? png_create_info_struct (codec->png) : NULL;
  if (codec->info != NULL && setjmp (png_jmpbuf (codec->png)) == 0) {
    encode (codec, pixels);
    is_written = TRUE;
  }
  png_destroy_write_struct (&codec->png, &codec->info);
  codec_free (codec);
  if (!is_written)
    g_byte_array_set_size (out, before);
  return is_written;
}
