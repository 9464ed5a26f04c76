/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* scanner.h: one page from a scanner, by SANE. Blocks; the driver may do anything to the process. */
#pragma once

#include "kiosk/decode/page.h"

enum {
  PV_SCANNER_DPI = 200, /* formats-fr 8; else the nearest from 150 to 300 that it has */
  PV_SCANNER_MIN_DPI = 150,
  PV_SCANNER_MAX_DPI = 300,
  PV_SCANNER_MAX_OPTIONS = 1000,
  PV_SCANNER_CLOSE_SECONDS = 8, /* the lamp goes home; then it is ended */
};

typedef struct PvScanner PvScanner;

/* @device: SANE's name, or "auto": the first of those that are on this machine. (nullable): *ret_trouble tells why. */
PvScanner *pv_scanner_open (const char *device, PvCaptureTrouble *ret_trouble);
const char *pv_scanner_get_name (const PvScanner *scanner);

/* @line: RGB or grey as @page says, of which everything but the data is known. @height: 0: not known.  */
typedef void (*PvScannerLineFunc) (const PvPage *page, guint height, const guint8 *line, guint row, gpointer user_data);

/* @ret_page: to be cleared; not set unless NONE is returned. */
PvCaptureTrouble pv_scanner_read_page (PvScanner *scanner, gboolean wants_colour, PvScannerLineFunc line,
                                       gpointer user_data, PvPage *ret_page);
/* Moves what has to be moved back. */
void pv_scanner_close (PvScanner *scanner);
