/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* mrz-private.h: the layout of each kind of zone, as tables; nobody outside mrz*.c includes it. */
#pragma once

#include "core/mrz.h"

enum {
  PV_MRZ_MAX_LINES = 3,
  PV_MRZ_MAX_RANGES = 4,
  PV_MRZ_MAX_CHECKED = 96, /* longer than what any check digit covers: 36 + 35 */
};

/* What may stand in a field. */
typedef enum {
  PV_MRZ_ANY,
  PV_MRZ_CODE,            /* of the document: a letter, then anything; V is a visa */
  PV_MRZ_STATE,           /* letters, then fillers */
  PV_MRZ_STATE_OR_NONE,   /* as before, or fillers only */
  PV_MRZ_NAMES,           /* letters and fillers, a letter first */
  PV_MRZ_NAMES_OR_NONE,   /* as before, or fillers only */
  PV_MRZ_YEAR_MONTH,      /* four digits */
  PV_MRZ_BIRTH_DATE,      /* month, or day, may be fillers */
  PV_MRZ_EXPIRY_DATE,     /* fillers only: without end */
  PV_MRZ_SEX,             /* M, F, X or < */
  PV_MRZ_DIGIT,           /* a check digit */
  PV_MRZ_DIGIT_OR_FILLER, /* it may be left out */
} PvMrzClass;

typedef enum {
  PV_MRZ_F_CODE,
  PV_MRZ_F_ISSUER,
  PV_MRZ_F_NAMES,
  PV_MRZ_F_SURNAME,
  PV_MRZ_F_GIVEN_NAMES,
  PV_MRZ_F_NUMBER,
  PV_MRZ_F_OPTIONAL,
  PV_MRZ_F_OPTIONAL_2,
  PV_MRZ_F_BIRTH,
  PV_MRZ_F_SEX,
  PV_MRZ_F_EXPIRY,
  PV_MRZ_F_NATIONALITY,
  PV_MRZ_F_CHECK,
} PvMrzField;

/* Positions count from 1, both ends included, as in the documents. */
typedef struct PvMrzRange {
  guint8 line, first, last;
} PvMrzRange;

typedef struct PvMrzPlace {
  PvMrzKind kind;
  PvMrzField field;
  PvMrzRange range;
  PvMrzClass holds;
  PvMrzVerdict verdict; /* when it holds something else */
} PvMrzPlace;

typedef struct PvMrzCheck {
  PvMrzKind kind;
  PvMrzVerdict verdict;
  PvMrzRange ranges[PV_MRZ_MAX_RANGES];
  guint8 line, position; /* of the check digit */
} PvMrzCheck;

extern const PvMrzPlace pv_mrz_places[];
extern const guint pv_mrz_n_places;
extern const PvMrzCheck pv_mrz_checks[];
extern const guint pv_mrz_n_checks;

/* Of each line. */
guint pv_mrz_kind_length (PvMrzKind kind);
guint pv_mrz_kind_lines (PvMrzKind kind);

/* The lines of a zone, or how much of them is typed. Borrows. */
typedef struct PvMrzZone {
  PvMrzKind kind;
  const char *lines[PV_MRZ_MAX_LINES];
  guint8 lengths[PV_MRZ_MAX_LINES];
} PvMrzZone;

/* Whole lines in the alphabet. */
gboolean pv_mrz_split (const char *text, PvMrzZone *ret_zone);

/* The first check of the kind, and the place of a field; NULL: it has none. */
const PvMrzCheck *pv_mrz_number_check (PvMrzKind kind);
const PvMrzRange *pv_mrz_find_range (PvMrzKind kind, PvMrzField field);

typedef enum {
  PV_MRZ_NUMBER_OPEN, /* not all of it is typed */
  PV_MRZ_NUMBER_WHOLE,
  PV_MRZ_NUMBER_WRONG, /* no check digit can be told */
} PvMrzNumberEnd;

/**
 * pv_mrz_find_number:
 * @ret_more: how many characters stand in the optional data, check digit not counted; 0: all are in their own field
 * @ret_digit: what stands for the check digit
 *
 * Where the number of the document ends. One of more than nine characters has a filler where its check digit would be,
 * and goes on at the beginning of the optional data up to the check digit and a filler (ICAO Doc 9303-5, 4.2.2.1, note j,
 * and 9303-6). Both outputs are set only when WHOLE.
 */
PvMrzNumberEnd pv_mrz_find_number (const PvMrzZone *zone, gsize *ret_more, char *ret_digit);
