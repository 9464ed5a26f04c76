/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* JPEG 2000 (ISO/IEC 15444-1), by OpenJPEG. The sizes are looked at before the library sees a byte: it allocates by them
 * while it reads the header. */

#include "kiosk/decode/picture-private.h"

#include <openjpeg.h>
#include <string.h>

enum {
  MAX_BOXES = 64,
  SIZ_BYTES = 42, /* from the start of the codestream up to the components */
};

typedef struct Source {
  const guint8 *data;
  gsize length, position;
} Source;

static guint32
read_4 (const guint8 *data)
{
  return (guint32) data[0] << 24 | (guint32) data[1] << 16 | (guint32) data[2] << 8 | data[3];
}

/* Where the codestream begins: at once, or in the box "jp2c" (annex I). NULL: nowhere. */
static const guint8 *
find_codestream (const guint8 *data, gsize length)
{
  gsize at = 0;

  if (data[0] == 0xFF)
    return data;
  for (guint i = 0; i < MAX_BOXES && length - at >= 8; i++) {
    gsize box = read_4 (data + at);

    if (memcmp (data + at + 4, "jp2c", 4) == 0)
      return data + at + (box == 1 ? 16 : 8);
    /* Lengths of eight bytes, and "up to the end", are for the codestream only. */
    if (box < 8 || box > length - at)
      return NULL;
    at += box;
  }
  return NULL;
}

/* Marker SIZ (annex A.5.1). */
static gboolean
is_within_limits (const guint8 *stream, gsize length, gsize file_length)
{
  guint64 left, top, right, bottom, tile_width, tile_height, tile_left, tile_top, tiles;

  if (length < SIZ_BYTES || memcmp (stream, "\xFF\x4F\xFF\x51", 4) != 0)
    return FALSE;
  right = read_4 (stream + 8);
  bottom = read_4 (stream + 12);
  left = read_4 (stream + 16);
  top = read_4 (stream + 20);
  tile_width = read_4 (stream + 24);
  tile_height = read_4 (stream + 28);
  tile_left = read_4 (stream + 32);
  tile_top = read_4 (stream + 36);
  if (left >= right || top >= bottom || tile_width == 0 || tile_height == 0 || tile_left > left || tile_top > top)
    return FALSE;
  tiles = ((right - tile_left + tile_width - 1) / tile_width);
  if (tiles > PV_PICTURE_MAX_TILES)
    return FALSE;
  tiles *= (bottom - tile_top + tile_height - 1) / tile_height;
  return tiles <= PV_PICTURE_MAX_TILES
         && pv_picture_is_within (right - left, bottom - top, PV_PICTURE_MAX_JPEG2000_PIXELS, file_length)
         && stream[40] == 0 && stream[41] >= 1 && stream[41] <= PV_PICTURE_MAX_COMPONENTS;
}

static OPJ_SIZE_T
read_cb (void *buffer, OPJ_SIZE_T length, void *user_data)
{
  Source *source = user_data;
  gsize size = MIN (length, source->length - source->position);

  if (size == 0)
    return (OPJ_SIZE_T) -1;
  memcpy (buffer, source->data + source->position, size);
  source->position += size;
  return size;
}

static OPJ_OFF_T
skip_cb (OPJ_OFF_T length, void *user_data)
{
  Source *source = user_data;

  if (length < 0 || (guint64) length > source->length - source->position)
    return -1;
  source->position += (gsize) length;
  return length;
}

static OPJ_BOOL
seek_cb (OPJ_OFF_T position, void *user_data)
{
  Source *source = user_data;

  if (position < 0 || (guint64) position > source->length)
    return OPJ_FALSE;
  source->position = (gsize) position;
  return OPJ_TRUE;
}

static void
ignore_message_cb (const char *message, void *user_data)
{
  (void) message;
  (void) user_data;
}

/* What the library says of the components is what was decoded; it is looked at again. */
static gboolean
has_samples (const opj_image_t *image, gsize file_length)
{
  if (image->numcomps < 1 || image->numcomps > PV_PICTURE_MAX_COMPONENTS || image->x1 <= image->x0
      || image->y1 <= image->y0
      || !pv_picture_is_within (image->x1 - image->x0, image->y1 - image->y0, PV_PICTURE_MAX_JPEG2000_PIXELS,
                                file_length))
    return FALSE;
  for (guint i = 0; i < image->numcomps; i++) {
    const opj_image_comp_t *component = &image->comps[i];

    if (component->data == NULL || component->w == 0 || component->h == 0 || component->dx == 0 || component->dy == 0
        || component->prec == 0 || component->prec > PV_PICTURE_MAX_BITS)
      return FALSE;
  }
  return TRUE;
}

/* One sample as 0 to 255. A component may be coarser than the picture. */
static guint8
sample_at (const opj_image_comp_t *component, guint x, guint y)
{
  guint column = MIN (x / component->dx, component->w - 1), row = MIN (y / component->dy, component->h - 1);
  gint64 value = component->data[(gsize) row * component->w + column];
  gint64 most = ((gint64) 1 << component->prec) - 1;

  if (component->sgnd)
    value += (gint64) 1 << (component->prec - 1);
  return (guint8) (CLAMP (value, 0, most) * 255 / most);
}

static guint8
to_byte (double value)
{
  return value <= 0 ? 0 : value >= 255 ? 255 : (guint8) (value + 0.5);
}

/* ITU-R BT.601, as in JPEG (sYCC of ISO/IEC 15444-1, annex J.14.3). */
static void
convert_ycc (guint8 rgb[3])
{
  double y = rgb[0], blue = rgb[1] - 128.0, red = rgb[2] - 128.0;

  rgb[0] = to_byte (y + 1.402 * red);
  rgb[1] = to_byte (y - 0.344136 * blue - 0.714136 * red);
  rgb[2] = to_byte (y + 1.772 * blue);
}

static gboolean
reduce (const opj_image_t *image, guint max_side, PvPixels *ret_pixels)
{
  const guint width = image->x1 - image->x0, height = image->y1 - image->y0;
  const gboolean is_colour = image->numcomps >= 3;
  /* Colour that is coarser than the light is no red, green and blue, whatever the file calls it. */
  const gboolean is_ycc =
    is_colour && (image->color_space == OPJ_CLRSPC_SYCC || image->comps[1].dx > image->comps[0].dx);
  g_auto (PvReducer) reducer = { 0 };
  g_autofree guint8 *row = g_try_malloc_n (width, 3);

  if (row == NULL || !pv_reducer_begin (&reducer, width, height, max_side))
    return FALSE;
  for (guint y = 0; y < height; y++) {
    for (guint x = 0; x < width; x++) {
      guint8 *rgb = row + (gsize) x * 3;

      for (guint i = 0; i < 3; i++)
        rgb[i] = is_colour || i == 0 ? sample_at (&image->comps[i], x, y) : rgb[0];
      if (is_ycc)
        convert_ycc (rgb);
    }
    pv_reducer_add (&reducer, row);
  }
  return pv_reducer_end (&reducer, ret_pixels);
}

static opj_stream_t *
open_stream (Source *source)
{
  opj_stream_t *stream = opj_stream_create (MIN (source->length, OPJ_J2K_STREAM_CHUNK_SIZE), OPJ_TRUE);

  if (stream == NULL)
    return NULL;
  opj_stream_set_user_data (stream, source, NULL);
  opj_stream_set_user_data_length (stream, source->length);
  opj_stream_set_read_function (stream, read_cb);
  opj_stream_set_skip_function (stream, skip_cb);
  opj_stream_set_seek_function (stream, seek_cb);
  return stream;
}

static gboolean
decode (opj_codec_t *codec, opj_stream_t *stream, opj_image_t **ret_image)
{
  opj_dparameters_t parameters;

  opj_set_default_decoder_parameters (&parameters);
  /* A palette may make 255 components out of one: no portrait has one. */
  parameters.flags |= OPJ_DPARAMETERS_IGNORE_PCLR_CMAP_CDEF_FLAG;
  opj_set_info_handler (codec, ignore_message_cb, NULL);
  opj_set_warning_handler (codec, ignore_message_cb, NULL);
  opj_set_error_handler (codec, ignore_message_cb, NULL);
  return opj_setup_decoder (codec, &parameters) && opj_decoder_set_strict_mode (codec, OPJ_TRUE)
         && opj_read_header (stream, codec, ret_image) && opj_decode (codec, stream, *ret_image);
}

gboolean
pv_picture_decode_jpeg2000 (const guint8 *data, gsize length, guint max_side, PvPixels *ret_pixels)
{
  Source source = { data, length, 0 };
  const guint8 *codestream = find_codestream (data, length);
  opj_codec_t *codec = NULL;
  opj_stream_t *stream = NULL;
  opj_image_t *image = NULL;
  gboolean is_decoded = FALSE;

  if (codestream == NULL || codestream > data + length
      || !is_within_limits (codestream, (gsize) (data + length - codestream), length))
    return FALSE;
  codec = opj_create_decompress (codestream == data ? OPJ_CODEC_J2K : OPJ_CODEC_JP2);
  stream = open_stream (&source);
  if (codec != NULL && stream != NULL && decode (codec, stream, &image) && has_samples (image, length))
    is_decoded = reduce (image, max_side, ret_pixels);
  opj_image_destroy (image);
  if (stream != NULL)
    opj_stream_destroy (stream);
  if (codec != NULL)
    opj_destroy_codec (codec);
  return is_decoded;
}
