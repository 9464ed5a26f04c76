/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "pictures.h"

#include <openjpeg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

static const guint8 quarters[4][3] = { { 255, 0, 0 }, { 0, 255, 0 }, { 0, 0, 255 }, { 255, 255, 255 } };

static const guint8 *
colour_at (guint x, guint y, guint width, guint height)
{
  return quarters[(x >= width / 2 ? 1 : 0) + (y >= height / 2 ? 2 : 0)];
}

static guint8
grey_of (const guint8 rgb[3])
{
  return (guint8) ((rgb[0] * 299u + rgb[1] * 587u + rgb[2] * 114u) / 1000u);
}

static void
fill_row (guint8 *row, guint components, guint y, guint width, guint height)
{
  for (guint x = 0; x < width; x++) {
    const guint8 *rgb = colour_at (x, y, width, height);

    for (guint i = 0; i < components; i++)
      row[x * components + i] = components == 1 ? grey_of (rgb) : i < 3 ? rgb[i] : 0;
  }
}

static GBytes *
make_jpeg (FakePicture kind, guint width, guint height)
{
  const int components = kind == FAKE_JPEG_GREY ? 1 : kind == FAKE_JPEG_CMYK ? 4 : 3;
  struct jpeg_compress_struct jpeg;
  struct jpeg_error_mgr errors;
  g_autofree guint8 *row = g_malloc0_n (width, (gsize) components);
  unsigned char *bytes = NULL;
  unsigned long size = 0;

  jpeg.err = jpeg_std_error (&errors);
  jpeg_create_compress (&jpeg);
  jpeg_mem_dest (&jpeg, &bytes, &size);
  jpeg.image_width = width;
  jpeg.image_height = height;
  jpeg.input_components = components;
  jpeg.in_color_space = components == 1 ? JCS_GRAYSCALE : components == 4 ? JCS_CMYK : JCS_RGB;
  jpeg_set_defaults (&jpeg);
  jpeg_set_quality (&jpeg, 90, TRUE);
  if (kind == FAKE_JPEG_PROGRESSIVE)
    jpeg_simple_progression (&jpeg);
  jpeg_start_compress (&jpeg, TRUE);
  while (jpeg.next_scanline < height) {
    fill_row (row, (guint) components, jpeg.next_scanline, width, height);
    jpeg_write_scanlines (&jpeg, &row, 1);
  }
  jpeg_finish_compress (&jpeg);
  jpeg_destroy_compress (&jpeg);
  return g_bytes_new_with_free_func (bytes, size, free, bytes);
}

/* Where the library writes to. */
typedef struct Sink {
  GByteArray *bytes;
  gsize position;
} Sink;

static OPJ_SIZE_T
write_cb (void *buffer, OPJ_SIZE_T length, void *user_data)
{
  Sink *sink = user_data;

  if (sink->position + length > sink->bytes->len)
    g_byte_array_set_size (sink->bytes, (guint) (sink->position + length));
  memcpy (sink->bytes->data + sink->position, buffer, length);
  sink->position += length;
  return length;
}

static OPJ_OFF_T
skip_cb (OPJ_OFF_T length, void *user_data)
{
  Sink *sink = user_data;

  sink->position += (gsize) length;
  return length;
}

static OPJ_BOOL
seek_cb (OPJ_OFF_T position, void *user_data)
{
  Sink *sink = user_data;

  sink->position = (gsize) position;
  return OPJ_TRUE;
}

/* ITU-R BT.601. */
static int
ycc_of (const guint8 rgb[3], guint component)
{
  double y = 0.299 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2];

  return component == 0   ? (int) (y + 0.5)
         : component == 1 ? CLAMP ((int) (128 + (rgb[2] - y) / 1.772), 0, 255)
                          : CLAMP ((int) (128 + (rgb[0] - y) / 1.402), 0, 255);
}

static int
sample_of (FakePicture kind, const guint8 rgb[3], guint component)
{
  switch (kind) {
  case FAKE_J2K_GREY:
    return grey_of (rgb);
  case FAKE_J2K_DEEP:
    return rgb[component] * 4095 / 255;
  case FAKE_JP2_YCC:
    return ycc_of (rgb, component);
  case FAKE_JPEG:
  case FAKE_JPEG_PROGRESSIVE:
  case FAKE_JPEG_GREY:
  case FAKE_JPEG_CMYK:
  case FAKE_JP2:
  case FAKE_J2K:
  case FAKE_J2K_TILED:
  case FAKE_N_PICTURES:
    break;
  }
  return rgb[component];
}

static opj_image_t *
make_image (FakePicture kind, guint width, guint height)
{
  opj_image_cmptparm_t parameters[3] = { 0 };
  guint components = kind == FAKE_J2K_GREY ? 1 : 3;
  opj_image_t *image;

  for (guint i = 0; i < components; i++) {
    guint coarse = kind == FAKE_JP2_YCC && i > 0 ? 2 : 1;

    parameters[i] = (opj_image_cmptparm_t){ .dx = coarse,
                                            .dy = coarse,
                                            .w = (width + coarse - 1) / coarse,
                                            .h = (height + coarse - 1) / coarse,
                                            .prec = kind == FAKE_J2K_DEEP ? 12 : 8 };
  }
  image = opj_image_create (components, parameters,
                            kind == FAKE_J2K_GREY  ? OPJ_CLRSPC_GRAY
                            : kind == FAKE_JP2_YCC ? OPJ_CLRSPC_SYCC
                                                   : OPJ_CLRSPC_SRGB);
  image->x1 = width;
  image->y1 = height;
  for (guint i = 0; i < components; i++)
    for (guint y = 0; y < image->comps[i].h; y++)
      for (guint x = 0; x < image->comps[i].w; x++)
        image->comps[i].data[y * image->comps[i].w + x] =
          sample_of (kind, colour_at (x * image->comps[i].dx, y * image->comps[i].dy, width, height), i);
  return image;
}

static GBytes *
make_jpeg2000 (FakePicture kind, guint width, guint height)
{
  gboolean is_file = kind == FAKE_JP2 || kind == FAKE_JP2_YCC;
  opj_codec_t *codec = opj_create_compress (is_file ? OPJ_CODEC_JP2 : OPJ_CODEC_J2K);
  opj_stream_t *stream = opj_stream_create (OPJ_J2K_STREAM_CHUNK_SIZE, OPJ_FALSE);
  opj_image_t *image = make_image (kind, width, height);
  Sink sink = { g_byte_array_new (), 0 };
  opj_cparameters_t parameters;

  opj_set_default_encoder_parameters (&parameters);
  parameters.tcp_numlayers = 1;
  parameters.tcp_rates[0] = 10;
  parameters.cp_disto_alloc = 1;
  parameters.numresolution = 3;
  parameters.tcp_mct = kind == FAKE_J2K_GREY || kind == FAKE_JP2_YCC ? 0 : 1;
  if (kind == FAKE_J2K_TILED) {
    parameters.tile_size_on = OPJ_TRUE;
    parameters.cp_tdx = parameters.cp_tdy = 32;
  }
  opj_stream_set_user_data (stream, &sink, NULL);
  opj_stream_set_write_function (stream, write_cb);
  opj_stream_set_skip_function (stream, skip_cb);
  opj_stream_set_seek_function (stream, seek_cb);
  if (!opj_setup_encoder (codec, &parameters, image) || !opj_start_compress (codec, image, stream)
      || !opj_encode (codec, stream) || !opj_end_compress (codec, stream))
    g_error ("no picture of kind %d", (int) kind);
  opj_stream_destroy (stream);
  opj_destroy_codec (codec);
  opj_image_destroy (image);
  return g_byte_array_free_to_bytes (sink.bytes);
}

GBytes *
fake_picture_new (FakePicture kind, guint width, guint height)
{
  return kind <= FAKE_JPEG_CMYK ? make_jpeg (kind, width, height) : make_jpeg2000 (kind, width, height);
}
