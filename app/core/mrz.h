/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* mrz.h: machine-readable zones: check digits, fields, dates; typed, scanned or read from a chip.
 *
 * ICAO Doc 9303, parts 3 (check digits, names), 4 (TD3), 5 (TD1) and 6 (TD2), and the French card of 1995 to 2021, whose
 * two lines of 36 are laid out otherwise than a TD2. Visas are none of these. Personal data: what is returned is wiped.
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
  PV_MRZ_BAD_CODE,  /* kind of document: it begins with a letter, V is a visa */
  PV_MRZ_BAD_STATE, /* issuer or nationality: letters only */
  PV_MRZ_BAD_NAMES, /* letters only, and no check digit covers them */
  PV_MRZ_BAD_SEX,
  PV_N_MRZ_VERDICTS
} PvMrzVerdict;

enum {
  PV_MRZ_MAX_TEXT_BYTES = 96, /* three lines with a newline each; two are shorter */
  PV_MRZ_MAX_NUMBER = 22,     /* a TD1: nine characters, and thirteen of the optional data */
  PV_MRZ_MAX_FIELD = 39,      /* names of a passport */
};

/* Fields without their trailing fillers. */
typedef struct PvMrzFields {
  PvMrzKind kind;
  char code[3]; /* "ID", "P", "I" */
  char issuer[4];
  char number[PV_MRZ_MAX_NUMBER + 1]; /* whole, without check digit; a filler in it was a blank or a sign */
  char birth[7];                      /* YYMMDD; see pv_mrz_parse_birth() */
  char sex;                           /* M, F, or X: not told */
  char expiry[7];                     /* YYMMDD; "<<<<<<" without end; "" the French card of 1995: not told */
  char nationality[4];                /* "" not told */
  char surname[PV_MRZ_MAX_FIELD + 1]; /* blanks for fillers; accents, hyphens and apostrophes are lost */
  char given_names[PV_MRZ_MAX_FIELD + 1];
  gboolean may_be_cut;                   /* the names fill their field: the last one may be cut short */
  char optional[PV_MRZ_MAX_FIELD + 1];   /* what is not part of the number; TD3: personal number */
  char optional_2[PV_MRZ_MAX_FIELD + 1]; /* TD1: of the second line */
} PvMrzFields;

/* Overwrites it. */
void pv_mrz_fields_clear (PvMrzFields *fields);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PvMrzFields, pv_mrz_fields_clear)

/* Weights 7, 3, 1; A is 10, < is 0. FALSE for a character outside the alphabet. */
gboolean pv_mrz_check_digit (const char *text, gsize length, guint *ret_digit);

/**
 * pv_mrz_check:
 * @text: (nullable): the lines, each but the last ended by a newline; one more newline may follow
 *
 * Names the first field that holds what it cannot hold, or whose check digit does not agree. @ret_kind is set unless
 * PV_MRZ_BAD_SHAPE.
 */
PvMrzVerdict pv_mrz_check (const char *text, PvMrzKind *ret_kind);

/* As pv_mrz_check(); @ret_fields is set only when PV_MRZ_OK, and is cleared by the caller. */
PvMrzVerdict pv_mrz_read (const char *text, PvMrzFields *ret_fields);

/* Where a zone that is being typed is wrong; line and positions count from 1, @last is part of it. */
typedef struct PvMrzFault {
  PvMrzVerdict verdict;
  guint line, first, last;
} PvMrzFault;

/**
 * pv_mrz_check_prefix:
 * @kind: what the citizen says it is
 * @text: as far as it is typed: lines separated by newlines, the last one may be unfinished
 *
 * The first fault that what follows cannot mend: a character that the field cannot hold, a check digit that disagrees,
 * a line that is too long, or too short with another one after it. PV_MRZ_OK is no proof that all is typed:
 * pv_mrz_check() tells. @ret_fault is untouched when PV_MRZ_OK.
 */
PvMrzVerdict pv_mrz_check_prefix (PvMrzKind kind, const char *text, PvMrzFault *ret_fault);
/* How many lines, and how long each is. */
void pv_mrz_get_shape (PvMrzKind kind, guint *ret_lines, guint *ret_length);

/**
 * pv_mrz_arrange:
 * @typed: from keys or a scanner acting as a keyboard: small letters, blanks and line ends anywhere
 *
 * Returns: (transfer full) (nullable): the lines of a zone of that many characters, not checked; NULL: of no kind. Wipe
 *   with pv_wipe_str().
 */
char *pv_mrz_arrange (const char *typed) G_GNUC_WARN_UNUSED_RESULT;

/**
 * pv_mrz_repair:
 * @text: lines as of pv_mrz_arrange()
 *
 * For scanners: where only digits can stand, O is 0, I is 1, B is 8, S is 5, Z is 2. Nothing else is guessed.
 *
 * Returns: (transfer full) (nullable): the zone, if it is right now; it may have been so before. Wipe with pv_wipe_str().
 */
char *pv_mrz_repair (const char *text) G_GNUC_WARN_UNUSED_RESULT;

/**
 * pv_mrz_parse_birth:
 * @yymmdd: six characters; the month and day, or the day, may be "<<" or "00"
 *
 * The century is the last one in which the day is not after @today.
 */
gboolean pv_mrz_parse_birth (const char *yymmdd, const GDate *today, PvPartialDate *ret_date);
/* Always in this century. */
gboolean pv_mrz_parse_expiry (const char *yymmdd, GDate *ret_date);
