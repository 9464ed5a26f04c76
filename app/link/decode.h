/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* decode.h: a picture from outside, turned into pixels by a child that can do nothing else (kiosk/decode).
 *
 * Never blocks. The child is killed after PV_DECODE_MAX_MS, on cancelling, and when the caller's process ends; nothing of
 * it is left when the callback comes.
 */
#pragma once

#include <gio/gio.h>

#define PV_DECODE_ERROR (pv_decode_error_quark ())
GQuark pv_decode_error_quark (void);

typedef enum {
  PV_DECODE_ERROR_BAD_DATA, /* no picture, a broken one, or one over a limit */
  PV_DECODE_ERROR_FAILED,   /* the child could not be started, died, took too long, or told what cannot be */
} PvDecodeError;

enum {
  PV_DECODE_MAX_BYTES = 16 * 1024 * 1024, /* of a picture; a portrait of a card has 15 to 40 kB */
  PV_DECODE_MAX_SIDE = 2048,              /* of what comes back, in pixels */
  PV_DECODE_MAX_MS = 20 * 1000,
};

/* Pixels of four bytes, CAIRO_FORMAT_RGB24: the number 0x00RRGGBB. */
typedef struct PvDecoded {
  guint width, height, stride;
  int fd; /* owned: a sealed memory file of height x stride bytes, see pv_memfd_map() */
} PvDecoded;

void pv_decoded_free (PvDecoded *decoded);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvDecoded, pv_decoded_free)

/**
 * pv_decode_async:
 * @program: parvis-decode
 * @picture: JPEG, JP2 or a JPEG 2000 codestream
 * @max_side: 1 to PV_DECODE_MAX_SIDE: a picture with a longer side is reduced to it
 *
 * The child ends with the thread that calls this.
 */
void pv_decode_async (const char *program, GBytes *picture, guint max_side, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer user_data);
PvDecoded *pv_decode_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;
