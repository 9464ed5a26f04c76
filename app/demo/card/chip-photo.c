/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "demo/card/chip-photo.h"

#include <stdio.h>

#include <jpeglib.h>
#include <openjpeg.h>
#include <string.h>

enum { QUALITY = 75, MAX_COMMENT = 65000, COMMENT_HEADER = 4, BOX_HEADER = 8, JP2_RATE = 40 };

/* Bands from top to bottom, an oval face, shoulders: red, green, blue. */
static void
paint (guint x, guint y, guint width, guint height, guint8 ret_colour[3])
{
  double u = ((double) x / width - 0.5) * 2, v = (double) y / height;
  double face = u * u / 0.16 + (v - 0.42) * (v - 0.42) / 0.055;
  double shoulders = u * u / 0.64 + (v - 1.05) * (v - 1.05) / 0.09;
  guint8 shade = (guint8) (200 - 40 * v + (x * 7 + y * 13) % 5);

  ret_colour[0] = face < 1 ? 214 : shoulders < 1 ? 31 : shade;
  ret_colour[1] = face < 1 ? 180 : shoulders < 1 ? 79 : shade;
  ret_colour[2] = face < 1 ? 150 : shoulders < 1 ? 163 : (guint8) (shade + 20);
}

/* A marker segment of comment (FF FE) behind the first marker, as often as needed. */
static GBytes *
fill_jpeg (const guint8 *picture, gsize length, gsize size)
{
  GByteArray *bytes = g_byte_array_new ();

  g_byte_array_append (bytes, picture, 2);
  for (gsize missing = size > length ? size - length : 0; missing > 0;) {
    gsize part = CLAMP (missing, COMMENT_HEADER, MAX_COMMENT);
    g_autofree guint8 *comment = g_malloc0 (part);

    comment[0] = 0xFF;
    comment[1] = 0xFE;
    comment[2] = (guint8) ((part - 2) >> 8);
    comment[3] = (guint8) (part - 2);
    g_byte_array_append (bytes, comment, (guint) part);
    missing -= MIN (part, missing);
  }
  g_byte_array_append (bytes, picture + 2, (guint) length - 2);
  return g_byte_array_free_to_bytes (bytes);
}

static GBytes *
make_jpeg (guint width, guint height, gsize size)
{
  struct jpeg_compress_struct compress = { 0 };
  struct jpeg_error_mgr errors; /* its default ends the process: nothing can go wrong in memory */
  g_autofree guint8 *row = g_malloc ((gsize) width * 3);
  unsigned char *picture = NULL;
  unsigned long length = 0;
  GBytes *result;

  compress.err = jpeg_std_error (&errors);
  jpeg_create_compress (&compress);
  jpeg_mem_dest (&compress, &picture, &length);
  compress.image_width = width;
  compress.image_height = height;
  compress.input_components = 3;
  compress.in_color_space = JCS_RGB;
  jpeg_set_defaults (&compress);
  jpeg_set_quality (&compress, QUALITY, TRUE);
  jpeg_start_compress (&compress, TRUE);
  for (guint y = 0; y < height; y++) {
    for (guint x = 0; x < width; x++)
      paint (x, y, width, height, row + (gsize) x * 3);
    jpeg_write_scanlines (&compress, &row, 1);
  }
  jpeg_finish_compress (&compress);
  jpeg_destroy_compress (&compress);
  result = fill_jpeg (picture, length, size);
  free (picture);
  return result;
}

typedef struct Sink {
  GByteArray *bytes;
  gsize at;
} Sink;

static OPJ_SIZE_T
sink_write (void *data, OPJ_SIZE_T length, void *user_data)
{
  Sink *sink = user_data;

  if (sink->bytes->len < sink->at + length)
    g_byte_array_set_size (sink->bytes, (guint) (sink->at + length));
  memcpy (sink->bytes->data + sink->at, data, length);
  sink->at += length;
  return length;
}

static OPJ_OFF_T
sink_skip (OPJ_OFF_T length, void *user_data)
{
  ((Sink *) user_data)->at += (gsize) length;
  return length;
}

static OPJ_BOOL
sink_seek (OPJ_OFF_T at, void *user_data)
{
  ((Sink *) user_data)->at = (gsize) at;
  return OPJ_TRUE;
}

static opj_image_t *
make_image (guint width, guint height)
{
  opj_image_cmptparm_t parameters[3];
  opj_image_t *image;

  memset (parameters, 0, sizeof parameters);
  for (gsize i = 0; i < G_N_ELEMENTS (parameters); i++) {
    parameters[i].dx = parameters[i].dy = 1;
    parameters[i].w = width;
    parameters[i].h = height;
    parameters[i].prec = 8;
  }
  image = opj_image_create (3, parameters, OPJ_CLRSPC_SRGB);
  image->x1 = width;
  image->y1 = height;
  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++) {
      guint8 colour[3];

      paint (x, y, width, height, colour);
      for (gsize i = 0; i < 3; i++)
        image->comps[i].data[(gsize) y * width + x] = colour[i];
    }
  return image;
}

static gboolean
compress_jpeg2000 (PvChipPhotoFormat format, opj_image_t *image, Sink *sink)
{
  opj_cparameters_t parameters;
  opj_codec_t *codec = opj_create_compress (format == PV_CHIP_PHOTO_JP2 ? OPJ_CODEC_JP2 : OPJ_CODEC_J2K);
  opj_stream_t *stream = opj_stream_default_create (OPJ_FALSE);
  gboolean is_done;

  opj_set_default_encoder_parameters (&parameters);
  parameters.tcp_numlayers = 1;
  parameters.tcp_rates[0] = JP2_RATE;
  parameters.cp_disto_alloc = 1;
  parameters.tcp_mct = 1;
  opj_stream_set_user_data (stream, sink, NULL);
  opj_stream_set_write_function (stream, sink_write);
  opj_stream_set_skip_function (stream, sink_skip);
  opj_stream_set_seek_function (stream, sink_seek);
  is_done = opj_setup_encoder (codec, &parameters, image) && opj_start_compress (codec, image, stream)
            && opj_encode (codec, stream) && opj_end_compress (codec, stream);
  opj_stream_destroy (stream);
  opj_destroy_codec (codec);
  return is_done;
}

/* A box that readers skip, behind the last one; the codestream alone cannot be filled. */
static void
fill_jp2 (GByteArray *bytes, gsize size)
{
  gsize missing = size > bytes->len ? MAX (size - bytes->len, BOX_HEADER) : 0;
  const guint8 header[BOX_HEADER] = {
    (guint8) (missing >> 24), (guint8) (missing >> 16), (guint8) (missing >> 8), (guint8) missing, 'f', 'r', 'e', 'e'
  };
  gsize start = bytes->len;

  if (missing == 0)
    return;
  g_byte_array_set_size (bytes, (guint) (start + missing));
  memset (bytes->data + start, 0, missing);
  memcpy (bytes->data + start, header, sizeof header);
}

static GBytes *
make_jpeg2000 (PvChipPhotoFormat format, guint width, guint height, gsize size, GError **error)
{
  Sink sink = { g_byte_array_new (), 0 };
  opj_image_t *image = make_image (width, height);
  gboolean is_done = compress_jpeg2000 (format, image, &sink);

  opj_image_destroy (image);
  if (!is_done) {
    g_byte_array_unref (sink.bytes);
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "no JPEG 2000 picture can be made");
    return NULL;
  }
  if (format == PV_CHIP_PHOTO_JP2)
    fill_jp2 (sink.bytes, size);
  return g_byte_array_free_to_bytes (sink.bytes);
}

GBytes *
pv_chip_photo_new (PvChipPhotoFormat format, guint width, guint height, gsize size, GError **error)
{
  if (width < 16 || height < 16 || width > PV_CHIP_PHOTO_MAX_SIDE || height > PV_CHIP_PHOTO_MAX_SIDE) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "a photo has 16 to %d points a side",
                 PV_CHIP_PHOTO_MAX_SIDE);
    return NULL;
  }
  return format == PV_CHIP_PHOTO_JPEG ? make_jpeg (width, height, size)
                                      : make_jpeg2000 (format, width, height, size, error);
}
