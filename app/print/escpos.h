/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* escpos.h: lines of dots as ESC/POS, the language of thermal printers without IPP.
 *
 * Only what all of them know: ESC @ (begin), GS P (motion in dots), GS v 0 (a band of dots), ESC J (feed), GS V or ESC i
 * (cut), and for kiosk printers with a presenter GS e. Texts and fonts of the printer are never used: they differ.
 * Pure: it appends bytes to an array of the caller.
 */
#pragma once

#include <glib.h>

enum {
  PV_ESCPOS_MAX_DOTS = 4096,        /* across; a head of 112 mm has 832 */
  PV_ESCPOS_BAND_LINES = 64,        /* in one command: 4.6 kB at 576 dots */
  PV_ESCPOS_MIN_SKIPPED_LINES = 16, /* of white that is fed instead of printed: 2 mm */
};

typedef enum {
  PV_ESCPOS_CUT_NONE,
  PV_ESCPOS_CUT_PARTIAL, /* GS V 66: feeds to the knife, leaves a bridge */
  PV_ESCPOS_CUT_FULL,    /* GS V 65: feeds to the knife */
  PV_ESCPOS_CUT_OLD,     /* ESC i: where the paper stands */
} PvEscposCut;

/* What follows a sheet. */
typedef struct {
  PvEscposCut cut;
  guint8 present_steps; /* of some 7 mm; 0: no presenter */
  guint8 present_s;     /* until the printer does what it is set to do with a sheet nobody took; 0: waits */
} PvEscposEnd;

typedef struct PvEscpos PvEscpos;

/* @dots: of the head, 8 to PV_ESCPOS_MAX_DOTS; @dpi: 1 to 255. */
PvEscpos *pv_escpos_new (guint dots, guint dpi) G_GNUC_WARN_UNUSED_RESULT;
void pv_escpos_free (PvEscpos *escpos);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvEscpos, pv_escpos_free)

/* Once, before the first line: resets the printer and asks it to report what changes from then on (GS a). */
void pv_escpos_begin (PvEscpos *escpos, GByteArray *out);
/* @line: a bit for each dot, 1 is black, the first is the highest bit of the first byte. What is wider than the head is
 * cut off, what lacks is white. */
void pv_escpos_add_line (PvEscpos *escpos, const guint8 *line, gsize length, GByteArray *out);
/* The white at the end of a sheet is fed: its length is what was asked for. */
void pv_escpos_end_sheet (PvEscpos *escpos, const PvEscposEnd *end, GByteArray *out);

/* Where a stream of these commands stands. Zero is the beginning. */
typedef struct {
  guint8 head[8];
  guint n_head;
  gsize picture_bytes; /* to come */
} PvEscposScan;

void pv_escpos_scan (PvEscposScan *scan, const guint8 *data, gsize length);
/* Bytes until the command ends in which it stands; 0: it stands between two. As many zeros end a picture in white. */
gsize pv_escpos_scan_get_missing (const PvEscposScan *scan);
