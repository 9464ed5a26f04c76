/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* mrz.h: the check digits and dates of machine-readable zones.
 *
 * ICAO Doc 9303, parts 3 (check digits), 4 (TD3), 5 (TD1) and 6 (TD2), and the French card of 1995 to 2021, whose two
 * lines of 36 are laid out otherwise than a TD2.
 */
#pragma once

#include "core/date.h"

typedef enum {
  PV_MRZ_TD1, /* cards: 3 lines of 30 */
  PV_MRZ_TD2, /* 2 lines of 36 */
  PV_MRZ_TD3, /* passports: 2 lines of 44 */
  PV_MRZ_OLD_FRENCH_CARD,
} PvMrzKind;

typedef enum {
  PV_MRZ_OK,
  PV_MRZ_BAD_SHAPE, /* not the lines of any kind, or a character outside A-Z, 0-9 and < */
  PV_MRZ_BAD_NUMBER,
  PV_MRZ_BAD_BIRTH,
  PV_MRZ_BAD_EXPIRY,
  PV_MRZ_BAD_PERSONAL, /* personal number of a passport */
  PV_MRZ_BAD_COMPOSITE,
} PvMrzVerdict;

/* Weights 7, 3, 1; A is 10, < is 0. FALSE for a character outside the alphabet. */
gboolean pv_mrz_check_digit (const char *text, gsize length, guint *ret_digit);

/**
 * pv_mrz_check:
 * @text: the lines, each but the last ended by a newline; one more newline may follow
 *
 * Names the first field whose check digit does not agree.  @ret_kind is set unless PV_MRZ_BAD_SHAPE.
 */
PvMrzVerdict pv_mrz_check (const char *text, PvMrzKind *ret_kind);

/* A number of more than nine characters goes on in the optional field, up to its check digit and a filler (Doc 9303-5 and
 * 9303-6, notes on the document number): at most 13 characters there. */
enum { PV_MRZ_MAX_NUMBER = 22 };

/* What a chip is opened with. Wipe with pv_wipe_bytes(). */
typedef struct PvMrzKey {
  char number[PV_MRZ_MAX_NUMBER + 1]; /* nine characters at least, with the fillers behind a shorter one */
  char birth[7], expiry[7];           /* YYMMDD */
} PvMrzKey;

/* @text: as for pv_mrz_check(), which must have said PV_MRZ_OK. FALSE for the old French card, which has no chip. */
gboolean pv_mrz_get_key (const char *text, PvMrzKey *ret_key);

/**
 * pv_mrz_parse_birth:
 * @yymmdd: six characters; the month and day, or the day, may be "<<" or "00"
 *
 * The century is the last one in which the day is not after @today.
 */
gboolean pv_mrz_parse_birth (const char *yymmdd, const GDate *today, PvPartialDate *ret_date);
/* Always in this century. */
gboolean pv_mrz_parse_expiry (const char *yymmdd, GDate *ret_date);
