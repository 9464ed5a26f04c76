/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* JPEG, by libjpeg-turbo. Its errors jump back to pv_picture_decode_jpeg(); nothing is printed. */

#include "kiosk/decode/picture-private.h"

#include <setjmp.h>
#include <stdio.h>

#include <jpeglib.h>

typedef struct Decoder {
  struct jpeg_decompress_struct jpeg; /* first: its address is that of the decoder */
  struct jpeg_error_mgr errors;
  struct jpeg_progress_mgr progress;
  jmp_buf failed;
  PvReducer reducer;
  guint8 *row;
} Decoder;

G_NORETURN static void
error_exit_cb (j_common_ptr jpeg)
{
  Decoder *decoder = (Decoder *) (void *) jpeg;

  longjmp (decoder->failed, 1);
}

/* Warnings are left to what they lead to. */
static void
ignore_message_cb (j_common_ptr jpeg, int level)
{
  (void) jpeg;
  (void) level;
}

/* The library would go on with grey: half a face is none. */
static boolean
cut_short_cb (j_decompress_ptr jpeg)
{
  jpeg->err->error_exit ((j_common_ptr) jpeg);
  return FALSE;
}

/* Each scan of a few bytes costs a pass over the whole picture. */
static void
progress_cb (j_common_ptr jpeg)
{
  Decoder *decoder = (Decoder *) (void *) jpeg;

  if (decoder->jpeg.input_scan_number > PV_PICTURE_MAX_SCANS)
    jpeg->err->error_exit (jpeg);
}

static gboolean
is_acceptable (const struct jpeg_decompress_struct *jpeg, gsize length)
{
  return pv_picture_is_within (jpeg->image_width, jpeg->image_height, PV_PICTURE_MAX_PIXELS, length)
         && (jpeg->jpeg_color_space == JCS_GRAYSCALE || jpeg->jpeg_color_space == JCS_YCbCr
             || jpeg->jpeg_color_space == JCS_RGB);
}

/* The library can leave out what is not needed: a half, a quarter, an eighth of each side. */
static guint
choose_reduction (guint longer, guint max_side)
{
  guint reduction = 1;

  while (reduction < 8 && longer / (reduction * 2) >= max_side)
    reduction *= 2;
  return reduction;
}

static gboolean
decode (Decoder *decoder, const guint8 *data, gsize length, guint max_side)
{
  struct jpeg_decompress_struct *jpeg = &decoder->jpeg;

  jpeg_create_decompress (jpeg);
  jpeg->progress = &decoder->progress;
  jpeg_mem_src (jpeg, data, length);
  jpeg->src->fill_input_buffer = cut_short_cb;
  if (jpeg_read_header (jpeg, TRUE) != JPEG_HEADER_OK || !is_acceptable (jpeg, length))
    return FALSE;
  jpeg->out_color_space = JCS_RGB;
  jpeg->scale_denom = choose_reduction (MAX (jpeg->image_width, jpeg->image_height), max_side);
  jpeg_start_decompress (jpeg);
  decoder->row = g_try_malloc_n (jpeg->output_width, 3);
  if (decoder->row == NULL || !pv_reducer_begin (&decoder->reducer, jpeg->output_width, jpeg->output_height, max_side))
    return FALSE;
  while (jpeg->output_scanline < jpeg->output_height) {
    if (jpeg_read_scanlines (jpeg, &decoder->row, 1) != 1)
      return FALSE;
    pv_reducer_add (&decoder->reducer, decoder->row);
  }
  return TRUE;
}

gboolean
pv_picture_decode_jpeg (const guint8 *data, gsize length, guint max_side, PvPixels *ret_pixels)
{
  /* On the heap: what is on the stack may be lost by the jump. */
  Decoder *decoder = g_new0 (Decoder, 1);
  gboolean is_decoded;

  decoder->jpeg.err = jpeg_std_error (&decoder->errors);
  decoder->errors.error_exit = error_exit_cb;
  decoder->errors.emit_message = ignore_message_cb;
  decoder->progress.progress_monitor = progress_cb;
  if (setjmp (decoder->failed) == 0)
    is_decoded = decode (decoder, data, length, max_side) && pv_reducer_end (&decoder->reducer, ret_pixels);
  else
    is_decoded = FALSE;
  jpeg_destroy_decompress (&decoder->jpeg);
  pv_reducer_clear (&decoder->reducer);
  g_free (decoder->row);
  g_free (decoder);
  return is_decoded;
}
