/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* format-internal.h: what the files of format.h share. */
#pragma once

#include "core/format.h"

typedef enum {
  PV_TEXT_AS_TYPED, /* trimmed only; the check does the rest */
  PV_TEXT_DIGITS,   /* without spaces and separators, digits only */
  PV_TEXT_MIXED,    /* without spaces and separators, upper-case letters and digits */
} PvTextClass;

/* Looks at @text, turns it into the form to send, or says why not. The text is as its class says; not empty. */
typedef PvFormatVerdict (*PvFormatCheck) (GString *text, guint *ret_count);

typedef struct PvFormatRule {
  PvTextClass text_class;
  const char *separators; /* (nullable): dropped besides spaces */
  guint length;           /* exact, in characters; 0 = the check decides */
  PvFormatCheck check;    /* (nullable) */
  const char *groups;     /* (nullable): sizes of the groups for reading, "3335"; the last is repeated */
  gboolean is_masked;
  PvInput input;
  guint max_chars;
} PvFormatRule;

const PvFormatRule *pv_format_get_rule (PvFormat format);

/* Compares a length with the one it should have. */
PvFormatVerdict pv_format_check_length (gsize length, gsize expected, guint *ret_count);
/* The number that @length digits make, modulo @modulus. */
guint pv_format_digits_mod (const char *digits, gsize length, guint modulus);

/* format-number.c */
PvFormatVerdict pv_format_check_nir (GString *text, guint *ret_count);
PvFormatVerdict pv_format_check_siren (GString *text, guint *ret_count);
PvFormatVerdict pv_format_check_siret (GString *text, guint *ret_count);
PvFormatVerdict pv_format_check_rna (GString *text, guint *ret_count);
PvFormatVerdict pv_format_check_insee (GString *text, guint *ret_count);
PvFormatVerdict pv_format_check_plate (GString *text, guint *ret_count);
PvFormatVerdict pv_format_check_nrn (GString *text, guint *ret_count);

/* format-iban.c */
PvFormatVerdict pv_format_check_iban (GString *text, guint *ret_count);

/* format-contact.c */
PvFormatVerdict pv_format_check_email (GString *text, guint *ret_count);
PvFormatVerdict pv_format_check_url (GString *text, guint *ret_count);

/* format-phone.c */
PvFormatVerdict pv_format_check_phone (GString *text, guint *ret_count);
PvFormatVerdict pv_format_check_phone_fr (GString *text, guint *ret_count);
PvFormatVerdict pv_format_check_mobile_fr (GString *text, guint *ret_count);
char *pv_format_display_phone (const char *normalised);

/* format-text.c */
PvFormatVerdict pv_format_check_free (GString *text, guint *ret_count);
PvFormatVerdict pv_format_check_name (GString *text, guint *ret_count);
PvFormatVerdict pv_format_check_time (GString *text, guint *ret_count);
