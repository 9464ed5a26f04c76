/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The tables of ICAO Doc 9303, parts 4 to 6, and of the French card of 1995 to 2021. */

#include "core/mrz-private.h"

#include <string.h>

/* In the order in which they are typed. */
const PvMrzPlace pv_mrz_places[] = {
  { PV_MRZ_TD1, PV_MRZ_F_CODE, { 1, 1, 2 }, PV_MRZ_CODE, PV_MRZ_BAD_CODE },
  { PV_MRZ_TD1, PV_MRZ_F_ISSUER, { 1, 3, 5 }, PV_MRZ_STATE, PV_MRZ_BAD_STATE },
  { PV_MRZ_TD1, PV_MRZ_F_NUMBER, { 1, 6, 14 }, PV_MRZ_ANY, PV_MRZ_BAD_NUMBER },
  { PV_MRZ_TD1, PV_MRZ_F_CHECK, { 1, 15, 15 }, PV_MRZ_DIGIT_OR_FILLER, PV_MRZ_BAD_NUMBER },
  { PV_MRZ_TD1, PV_MRZ_F_OPTIONAL, { 1, 16, 30 }, PV_MRZ_ANY, PV_MRZ_BAD_COMPOSITE },
  { PV_MRZ_TD1, PV_MRZ_F_BIRTH, { 2, 1, 6 }, PV_MRZ_BIRTH_DATE, PV_MRZ_BAD_BIRTH },
  { PV_MRZ_TD1, PV_MRZ_F_CHECK, { 2, 7, 7 }, PV_MRZ_DIGIT, PV_MRZ_BAD_BIRTH },
  { PV_MRZ_TD1, PV_MRZ_F_SEX, { 2, 8, 8 }, PV_MRZ_SEX, PV_MRZ_BAD_SEX },
  { PV_MRZ_TD1, PV_MRZ_F_EXPIRY, { 2, 9, 14 }, PV_MRZ_EXPIRY_DATE, PV_MRZ_BAD_EXPIRY },
  { PV_MRZ_TD1, PV_MRZ_F_CHECK, { 2, 15, 15 }, PV_MRZ_DIGIT, PV_MRZ_BAD_EXPIRY },
  { PV_MRZ_TD1, PV_MRZ_F_NATIONALITY, { 2, 16, 18 }, PV_MRZ_STATE_OR_NONE, PV_MRZ_BAD_STATE },
  { PV_MRZ_TD1, PV_MRZ_F_OPTIONAL_2, { 2, 19, 29 }, PV_MRZ_ANY, PV_MRZ_BAD_COMPOSITE },
  { PV_MRZ_TD1, PV_MRZ_F_CHECK, { 2, 30, 30 }, PV_MRZ_DIGIT, PV_MRZ_BAD_COMPOSITE },
  { PV_MRZ_TD1, PV_MRZ_F_NAMES, { 3, 1, 30 }, PV_MRZ_NAMES, PV_MRZ_BAD_NAMES },

  { PV_MRZ_TD2, PV_MRZ_F_CODE, { 1, 1, 2 }, PV_MRZ_CODE, PV_MRZ_BAD_CODE },
  { PV_MRZ_TD2, PV_MRZ_F_ISSUER, { 1, 3, 5 }, PV_MRZ_STATE, PV_MRZ_BAD_STATE },
  { PV_MRZ_TD2, PV_MRZ_F_NAMES, { 1, 6, 36 }, PV_MRZ_NAMES, PV_MRZ_BAD_NAMES },
  { PV_MRZ_TD2, PV_MRZ_F_NUMBER, { 2, 1, 9 }, PV_MRZ_ANY, PV_MRZ_BAD_NUMBER },
  { PV_MRZ_TD2, PV_MRZ_F_CHECK, { 2, 10, 10 }, PV_MRZ_DIGIT_OR_FILLER, PV_MRZ_BAD_NUMBER },
  { PV_MRZ_TD2, PV_MRZ_F_NATIONALITY, { 2, 11, 13 }, PV_MRZ_STATE_OR_NONE, PV_MRZ_BAD_STATE },
  { PV_MRZ_TD2, PV_MRZ_F_BIRTH, { 2, 14, 19 }, PV_MRZ_BIRTH_DATE, PV_MRZ_BAD_BIRTH },
  { PV_MRZ_TD2, PV_MRZ_F_CHECK, { 2, 20, 20 }, PV_MRZ_DIGIT, PV_MRZ_BAD_BIRTH },
  { PV_MRZ_TD2, PV_MRZ_F_SEX, { 2, 21, 21 }, PV_MRZ_SEX, PV_MRZ_BAD_SEX },
  { PV_MRZ_TD2, PV_MRZ_F_EXPIRY, { 2, 22, 27 }, PV_MRZ_EXPIRY_DATE, PV_MRZ_BAD_EXPIRY },
  { PV_MRZ_TD2, PV_MRZ_F_CHECK, { 2, 28, 28 }, PV_MRZ_DIGIT, PV_MRZ_BAD_EXPIRY },
  { PV_MRZ_TD2, PV_MRZ_F_OPTIONAL, { 2, 29, 35 }, PV_MRZ_ANY, PV_MRZ_BAD_COMPOSITE },
  { PV_MRZ_TD2, PV_MRZ_F_CHECK, { 2, 36, 36 }, PV_MRZ_DIGIT, PV_MRZ_BAD_COMPOSITE },

  { PV_MRZ_TD3, PV_MRZ_F_CODE, { 1, 1, 2 }, PV_MRZ_CODE, PV_MRZ_BAD_CODE },
  { PV_MRZ_TD3, PV_MRZ_F_ISSUER, { 1, 3, 5 }, PV_MRZ_STATE, PV_MRZ_BAD_STATE },
  { PV_MRZ_TD3, PV_MRZ_F_NAMES, { 1, 6, 44 }, PV_MRZ_NAMES, PV_MRZ_BAD_NAMES },
  { PV_MRZ_TD3, PV_MRZ_F_NUMBER, { 2, 1, 9 }, PV_MRZ_ANY, PV_MRZ_BAD_NUMBER },
  { PV_MRZ_TD3, PV_MRZ_F_CHECK, { 2, 10, 10 }, PV_MRZ_DIGIT, PV_MRZ_BAD_NUMBER },
  { PV_MRZ_TD3, PV_MRZ_F_NATIONALITY, { 2, 11, 13 }, PV_MRZ_STATE_OR_NONE, PV_MRZ_BAD_STATE },
  { PV_MRZ_TD3, PV_MRZ_F_BIRTH, { 2, 14, 19 }, PV_MRZ_BIRTH_DATE, PV_MRZ_BAD_BIRTH },
  { PV_MRZ_TD3, PV_MRZ_F_CHECK, { 2, 20, 20 }, PV_MRZ_DIGIT, PV_MRZ_BAD_BIRTH },
  { PV_MRZ_TD3, PV_MRZ_F_SEX, { 2, 21, 21 }, PV_MRZ_SEX, PV_MRZ_BAD_SEX },
  { PV_MRZ_TD3, PV_MRZ_F_EXPIRY, { 2, 22, 27 }, PV_MRZ_EXPIRY_DATE, PV_MRZ_BAD_EXPIRY },
  { PV_MRZ_TD3, PV_MRZ_F_CHECK, { 2, 28, 28 }, PV_MRZ_DIGIT, PV_MRZ_BAD_EXPIRY },
  { PV_MRZ_TD3, PV_MRZ_F_OPTIONAL, { 2, 29, 42 }, PV_MRZ_ANY, PV_MRZ_BAD_PERSONAL },
  { PV_MRZ_TD3, PV_MRZ_F_CHECK, { 2, 43, 43 }, PV_MRZ_DIGIT_OR_FILLER, PV_MRZ_BAD_PERSONAL },
  { PV_MRZ_TD3, PV_MRZ_F_CHECK, { 2, 44, 44 }, PV_MRZ_DIGIT, PV_MRZ_BAD_COMPOSITE },

  { PV_MRZ_OLD_FRENCH_CARD, PV_MRZ_F_CODE, { 1, 1, 2 }, PV_MRZ_CODE, PV_MRZ_BAD_CODE },
  { PV_MRZ_OLD_FRENCH_CARD, PV_MRZ_F_ISSUER, { 1, 3, 5 }, PV_MRZ_STATE, PV_MRZ_BAD_STATE },
  { PV_MRZ_OLD_FRENCH_CARD, PV_MRZ_F_SURNAME, { 1, 6, 30 }, PV_MRZ_NAMES, PV_MRZ_BAD_NAMES },
  { PV_MRZ_OLD_FRENCH_CARD, PV_MRZ_F_OPTIONAL, { 1, 31, 36 }, PV_MRZ_ANY, PV_MRZ_BAD_COMPOSITE },
  /* Year and month of issue are digits; the department may be 2A or 2B. */
  { PV_MRZ_OLD_FRENCH_CARD, PV_MRZ_F_CHECK, { 2, 1, 4 }, PV_MRZ_YEAR_MONTH, PV_MRZ_BAD_NUMBER },
  { PV_MRZ_OLD_FRENCH_CARD, PV_MRZ_F_NUMBER, { 2, 1, 12 }, PV_MRZ_ANY, PV_MRZ_BAD_NUMBER },
  { PV_MRZ_OLD_FRENCH_CARD, PV_MRZ_F_CHECK, { 2, 13, 13 }, PV_MRZ_DIGIT, PV_MRZ_BAD_NUMBER },
  { PV_MRZ_OLD_FRENCH_CARD, PV_MRZ_F_GIVEN_NAMES, { 2, 14, 27 }, PV_MRZ_NAMES_OR_NONE, PV_MRZ_BAD_NAMES },
  { PV_MRZ_OLD_FRENCH_CARD, PV_MRZ_F_BIRTH, { 2, 28, 33 }, PV_MRZ_BIRTH_DATE, PV_MRZ_BAD_BIRTH },
  { PV_MRZ_OLD_FRENCH_CARD, PV_MRZ_F_CHECK, { 2, 34, 34 }, PV_MRZ_DIGIT, PV_MRZ_BAD_BIRTH },
  { PV_MRZ_OLD_FRENCH_CARD, PV_MRZ_F_SEX, { 2, 35, 35 }, PV_MRZ_SEX, PV_MRZ_BAD_SEX },
  { PV_MRZ_OLD_FRENCH_CARD, PV_MRZ_F_CHECK, { 2, 36, 36 }, PV_MRZ_DIGIT, PV_MRZ_BAD_COMPOSITE },
};
const guint pv_mrz_n_places = G_N_ELEMENTS (pv_mrz_places);

const PvMrzCheck pv_mrz_checks[] = {
  { PV_MRZ_TD1, PV_MRZ_BAD_NUMBER, { { 1, 6, 14 } }, 1, 15 },
  { PV_MRZ_TD1, PV_MRZ_BAD_BIRTH, { { 2, 1, 6 } }, 2, 7 },
  { PV_MRZ_TD1, PV_MRZ_BAD_EXPIRY, { { 2, 9, 14 } }, 2, 15 },
  { PV_MRZ_TD1, PV_MRZ_BAD_COMPOSITE, { { 1, 6, 30 }, { 2, 1, 7 }, { 2, 9, 15 }, { 2, 19, 29 } }, 2, 30 },
  { PV_MRZ_TD2, PV_MRZ_BAD_NUMBER, { { 2, 1, 9 } }, 2, 10 },
  { PV_MRZ_TD2, PV_MRZ_BAD_BIRTH, { { 2, 14, 19 } }, 2, 20 },
  { PV_MRZ_TD2, PV_MRZ_BAD_EXPIRY, { { 2, 22, 27 } }, 2, 28 },
  { PV_MRZ_TD2, PV_MRZ_BAD_COMPOSITE, { { 2, 1, 10 }, { 2, 14, 20 }, { 2, 22, 35 } }, 2, 36 },
  { PV_MRZ_TD3, PV_MRZ_BAD_NUMBER, { { 2, 1, 9 } }, 2, 10 },
  { PV_MRZ_TD3, PV_MRZ_BAD_BIRTH, { { 2, 14, 19 } }, 2, 20 },
  { PV_MRZ_TD3, PV_MRZ_BAD_EXPIRY, { { 2, 22, 27 } }, 2, 28 },
  { PV_MRZ_TD3, PV_MRZ_BAD_PERSONAL, { { 2, 29, 42 } }, 2, 43 },
  { PV_MRZ_TD3, PV_MRZ_BAD_COMPOSITE, { { 2, 1, 10 }, { 2, 14, 20 }, { 2, 22, 43 } }, 2, 44 },
  { PV_MRZ_OLD_FRENCH_CARD, PV_MRZ_BAD_NUMBER, { { 2, 1, 12 } }, 2, 13 },
  { PV_MRZ_OLD_FRENCH_CARD, PV_MRZ_BAD_BIRTH, { { 2, 28, 33 } }, 2, 34 },
  { PV_MRZ_OLD_FRENCH_CARD, PV_MRZ_BAD_COMPOSITE, { { 1, 1, 36 }, { 2, 1, 35 } }, 2, 36 },
};
const guint pv_mrz_n_checks = G_N_ELEMENTS (pv_mrz_checks);

guint
pv_mrz_kind_length (PvMrzKind kind)
{
  return kind == PV_MRZ_TD1 ? 30 : kind == PV_MRZ_TD3 ? 44 : 36;
}

guint
pv_mrz_kind_lines (PvMrzKind kind)
{
  return kind == PV_MRZ_TD1 ? 3 : 2;
}

gboolean
pv_mrz_split (const char *text, PvMrzZone *ret_zone)
{
  static const PvMrzKind kinds[] = { PV_MRZ_TD1, PV_MRZ_TD2, PV_MRZ_TD3 };
  PvMrzZone zone = { 0 };
  gsize length = strcspn (text, "\n");
  guint lines = 0, digit;

  for (const char *p = text; *p != '\0'; p += *p == '\n') {
    if (lines == PV_MRZ_MAX_LINES || strcspn (p, "\n") != length || length > G_MAXUINT8
        || !pv_mrz_check_digit (p, length, &digit))
      return FALSE;
    zone.lengths[lines] = (guint8) length;
    zone.lines[lines++] = p;
    p += length;
  }
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (lines == pv_mrz_kind_lines (kinds[i]) && length == pv_mrz_kind_length (kinds[i])) {
      zone.kind = kinds[i] == PV_MRZ_TD2 && g_str_has_prefix (text, "IDFRA") ? PV_MRZ_OLD_FRENCH_CARD : kinds[i];
      *ret_zone = zone;
      return TRUE;
    }
  return FALSE;
}

const PvMrzCheck *
pv_mrz_number_check (PvMrzKind kind)
{
  for (guint i = 0; i < pv_mrz_n_checks; i++)
    if (pv_mrz_checks[i].kind == kind && pv_mrz_checks[i].verdict == PV_MRZ_BAD_NUMBER)
      return &pv_mrz_checks[i];
  g_return_val_if_reached (&pv_mrz_checks[0]);
}

const PvMrzRange *
pv_mrz_find_range (PvMrzKind kind, PvMrzField field)
{
  for (guint i = 0; i < pv_mrz_n_places; i++)
    if (pv_mrz_places[i].kind == kind && pv_mrz_places[i].field == field)
      return &pv_mrz_places[i].range;
  return NULL;
}

PvMrzNumberEnd
pv_mrz_find_number (const PvMrzZone *zone, gsize *ret_more, char *ret_digit)
{
  const PvMrzCheck *check = pv_mrz_number_check (zone->kind);
  const PvMrzRange *optional = pv_mrz_find_range (zone->kind, PV_MRZ_F_OPTIONAL);
  const char *more = zone->lines[optional->line - 1] + optional->first - 1;
  gsize typed = MIN (zone->lengths[optional->line - 1], optional->last);
  gsize used = 0;

  if (zone->lengths[check->line - 1] < check->position)
    return PV_MRZ_NUMBER_OPEN;
  *ret_more = 0;
  *ret_digit = zone->lines[check->line - 1][check->position - 1];
  if (*ret_digit != '<' || (zone->kind != PV_MRZ_TD1 && zone->kind != PV_MRZ_TD2))
    return PV_MRZ_NUMBER_WHOLE;
  while (optional->first + used <= typed && more[used] != '<')
    used++;
  if (optional->first + used > typed)
    return typed < optional->last ? PV_MRZ_NUMBER_OPEN : PV_MRZ_NUMBER_WRONG;
  if (used < 2)
    return PV_MRZ_NUMBER_WRONG;
  *ret_more = used - 1;
  *ret_digit = more[used - 1];
  return PV_MRZ_NUMBER_WHOLE;
}
