/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* format.h: the French data formats, as people write them.
 *
 * Each format accepts what people type (spaces, dots, lower case), gives back the form to send, and says in one plain
 * sentence what is wrong.  No I/O, no clock, no locale.
 */
#pragma once

#include <glib.h>

typedef enum {
  PV_FORMAT_FREE,   /* any text */
  PV_FORMAT_DIGITS, /* digits only */
  PV_FORMAT_TIME,   /* HH:MM */
  PV_FORMAT_URL,    /* http or https */
  PV_FORMAT_EMAIL,
  PV_FORMAT_PHONE, /* any phone: digits, spaces, dots, slashes, parentheses */
  PV_FORMAT_PHONE_FR,
  PV_FORMAT_MOBILE_FR,
  PV_FORMAT_POSTCODE_FR,
  PV_FORMAT_INSEE_COMMUNE,
  PV_FORMAT_NIR,
  PV_FORMAT_SIREN,
  PV_FORMAT_SIRET,
  PV_FORMAT_RNA,
  PV_FORMAT_ANTS_PREAPPLICATION,
  PV_FORMAT_CAF,
  PV_FORMAT_TAX_NUMBER, /* fiscal number and tax-notice reference: 13 digits */
  PV_FORMAT_FEE_STAMP,  /* timbre fiscal, 16 digits */
  PV_FORMAT_PLATE,      /* vehicle plate since 2009 */
  PV_FORMAT_NRN_BE,     /* Belgian national number */
  PV_FORMAT_IBAN,
  PV_FORMAT_NAME, /* a person's name */
  PV_N_FORMATS
} PvFormat;

/* What is wrong, so that the sentence can be chosen (and spoken) in the citizen's language. */
typedef enum {
  PV_FORMAT_OK,
  PV_FORMAT_EMPTY,
  PV_FORMAT_TOO_SHORT, /* ret_count: how many characters are missing */
  PV_FORMAT_TOO_LONG,  /* ret_count: how many are too many */
  PV_FORMAT_BAD_CHARACTER,
  PV_FORMAT_BAD_SHAPE, /* right characters, wrong arrangement */
  PV_FORMAT_BAD_KEY,   /* a check digit does not agree: probably one wrong digit */
} PvFormatVerdict;

/* Longest text any format looks at, in bytes; anything longer is TOO_LONG at once. */
enum { PV_FORMAT_MAX_BYTES = 2048 };

/**
 * pv_format_check:
 * @text: what was typed, UTF-8
 * @ret_normalised: (out) (optional): the form to send, wipe with pv_wipe_str(); set only when PV_FORMAT_OK
 * @ret_count: (out) (optional): missing or excess characters for TOO_SHORT and TOO_LONG (0: not known), else 0
 */
PvFormatVerdict pv_format_check (PvFormat format, const char *text, char **ret_normalised, guint *ret_count);

/**
 * pv_format_error_sentence:
 *
 * Returns: (transfer full): one or two short translated sentences: what is wrong and how to mend it, for instance
 * "Il manque un chiffre. Un code postal a 5 chiffres."  NULL for PV_FORMAT_OK.
 */
char *pv_format_error_sentence (PvFormat format, PvFormatVerdict verdict, guint count) G_GNUC_WARN_UNUSED_RESULT;

/**
 * pv_format_display:
 * @normalised: a text that passed pv_format_check()
 *
 * Returns: (transfer full): grouped for reading (phone in pairs, IBAN in fours, SIRET 3-3-3-5 ...)
 */
char *pv_format_display (PvFormat format, const char *normalised) G_GNUC_WARN_UNUSED_RESULT;

/**
 * pv_format_display_masked:
 *
 * As pv_format_display(), but with all except the last four characters of IBAN and NIR hidden: for summaries and paper.
 */
char *pv_format_display_masked (PvFormat format, const char *normalised) G_GNUC_WARN_UNUSED_RESULT;

/**
 * pv_format_from_publik:
 * @name: a validation type of w.c.s. ("zipcode-fr", "siret-fr", ...)
 *
 * Returns: FALSE if the name is unknown (regex and django are handled by the portal driver).
 */
gboolean pv_format_from_publik (const char *name, PvFormat *ret_format);

/* Bounds of what the keyboard must offer for a format. */
typedef enum {
  PV_INPUT_LETTERS,
  PV_INPUT_DIGITS,
  PV_INPUT_DECIMAL,
  PV_INPUT_PHONE,
  PV_INPUT_EMAIL,
  PV_INPUT_MIXED, /* letters and digits, upper case: plates, IBAN, ANTS numbers */
  PV_INPUT_DATE,
  PV_INPUT_ZONE,    /* the lines of an identity document: A to Z, 0 to 9 and < */
  PV_INPUT_WEB,     /* an address of the network or of a site: small letters, digits and . : / - _ */
  PV_INPUT_EXACT,   /* a key: capital and small letters, digits and signs, none of them by itself */
  PV_INPUT_CODE,    /* the 20 letters of tracking codes and references */
  PV_INPUT_SCANNED, /* comes from a hand scanner: no keyboard on the screen */
} PvInput;

PvInput pv_format_input (PvFormat format);

/* The most characters worth typing for this format, separators included; 0 = no own limit. */
guint pv_format_max_chars (PvFormat format);
