/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* decode-private.h: between decode.c and the program parvis-decode; and a shorter wait, for tests. */
#pragma once

#include "link/decode.h"

enum {
  PV_DECODE_INPUT_FD = 3,  /* a sealed memory file: the picture */
  PV_DECODE_OUTPUT_FD = 4, /* an empty memory file, to be sealed by who started the child */
};

/* How the child ends. */
enum {
  PV_DECODE_EXIT_DONE = 0,
  PV_DECODE_EXIT_BAD_DATA = 3,
};

/* Behind the pixels; not believed. */
typedef struct PvDecodeTrailer {
  guint32 width, height;
} PvDecodeTrailer;

/* @turns: quarter turns to the right, 0 to 3; the longer side is meant after them. */
void pv_decode_turned_async (const char *program, GBytes *picture, guint max_side, guint turns,
                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

void pv_decode_within_async (const char *program, GBytes *picture, guint max_side, guint max_ms,
                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
