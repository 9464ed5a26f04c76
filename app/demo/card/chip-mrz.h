/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* chip-mrz.h: the machine-readable zone of a card, with every check digit (ICAO Doc 9303, parts 3 to 6). Pure. */
#pragma once

#include "demo/card/chip-text.h"

/* "1984-07-13": "840713"; a month or day of 00 is unknown: "<<". NULL: no date. */
char *pv_chip_mrz_date (const char *date) G_GNUC_WARN_UNUSED_RESULT;
/* A name as the zone writes it: A to Z and '<' between words (Doc 9303-3, section 6). */
char *pv_chip_mrz_name (const char *name) G_GNUC_WARN_UNUSED_RESULT;
/* @text filled with '<' up to @width, and its check digit. */
void pv_chip_mrz_add_checked (GString *zone, const char *text, gsize width);
/* All lines, one after the other: 90, 72 or 88 characters. NULL: a word does not fit. */
char *pv_chip_mrz_new (const PvChipText *text) G_GNUC_WARN_UNUSED_RESULT;
