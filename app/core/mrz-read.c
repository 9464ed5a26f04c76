/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/mrz-private.h"

#include <string.h>

#include "core/wipe.h"

void
pv_mrz_fields_clear (PvMrzFields *fields)
{
  pv_wipe_bytes (fields, sizeof *fields);
}

/* Without what is filler at its end. @size: of @ret_text. */
static void
copy (const char *text, gsize length, char *ret_text, gsize size)
{
  while (length > 0 && text[length - 1] == '<')
    length--;
  g_return_if_fail (length < size);
  memcpy (ret_text, text, length);
  ret_text[length] = '\0';
}

/* As copy(), runs of fillers being one blank. */
static void
copy_names (const char *text, gsize length, char *ret_text, gsize size)
{
  gsize out = 0;

  copy (text, length, ret_text, size);
  for (const char *p = ret_text; *p != '\0'; p++)
    if (*p != '<')
      ret_text[out++] = *p;
    else if (out > 0 && ret_text[out - 1] != ' ')
      ret_text[out++] = ' ';
  ret_text[out] = '\0';
}

/* ICAO Doc 9303-3, 4.6: two fillers end the surname. A name that goes up to the last place may have been cut there. */
static void
read_names (const char *text, gsize length, PvMrzFields *fields)
{
  const char *parting = g_strstr_len (text, (gssize) length, "<<");
  gsize surname = parting != NULL ? (gsize) (parting - text) : length;

  copy_names (text, surname, fields->surname, sizeof fields->surname);
  copy_names (text + surname, length - surname, fields->given_names, sizeof fields->given_names);
  fields->may_be_cut = text[length - 1] != '<';
}

static void
read_number (const PvMrzZone *zone, PvMrzFields *fields)
{
  const PvMrzRange *range = &pv_mrz_number_check (zone->kind)->ranges[0];
  const PvMrzRange *optional = pv_mrz_find_range (zone->kind, PV_MRZ_F_OPTIONAL);
  const char *text = zone->lines[range->line - 1] + range->first - 1;
  const char *rest = zone->lines[optional->line - 1] + optional->first - 1;
  gsize length = (gsize) (range->last - range->first) + 1, more = 0, used;
  char digit;

  pv_mrz_find_number (zone, &more, &digit);
  used = more > 0 ? more + 1 : 0;
  if (more > 0) {
    memcpy (fields->number, text, length);
    copy (rest, more, fields->number + length, sizeof fields->number - length);
  } else {
    copy (text, length, fields->number, sizeof fields->number);
  }
  /* What follows the number begins after a filler. */
  used += more > 0 && rest[used] == '<';
  copy (rest + used, (gsize) (optional->last - optional->first) + 1 - used, fields->optional, sizeof fields->optional);
}

static void
read_place (const PvMrzPlace *place, const char *text, gsize length, PvMrzFields *fields)
{
  switch (place->field) {
  case PV_MRZ_F_CODE:
    copy (text, length, fields->code, sizeof fields->code);
    break;
  case PV_MRZ_F_ISSUER:
    copy (text, length, fields->issuer, sizeof fields->issuer);
    break;
  case PV_MRZ_F_NAMES:
    read_names (text, length, fields);
    break;
  case PV_MRZ_F_SURNAME:
    copy_names (text, length, fields->surname, sizeof fields->surname);
    fields->may_be_cut |= text[length - 1] != '<';
    break;
  case PV_MRZ_F_GIVEN_NAMES:
    copy_names (text, length, fields->given_names, sizeof fields->given_names);
    fields->may_be_cut |= text[length - 1] != '<';
    break;
  case PV_MRZ_F_BIRTH:
    memcpy (fields->birth, text, length);
    break;
  case PV_MRZ_F_SEX:
    fields->sex = *text == '<' ? 'X' : *text;
    break;
  case PV_MRZ_F_EXPIRY:
    memcpy (fields->expiry, text, length);
    break;
  case PV_MRZ_F_NATIONALITY:
    copy (text, length, fields->nationality, sizeof fields->nationality);
    break;
  case PV_MRZ_F_OPTIONAL_2:
    copy (text, length, fields->optional_2, sizeof fields->optional_2);
    break;
  case PV_MRZ_F_NUMBER:
  case PV_MRZ_F_OPTIONAL:
    break; /* together: read_number() */
  case PV_MRZ_F_CHECK:
    break;
  }
}

PvMrzVerdict
pv_mrz_read (const char *text, PvMrzFields *ret_fields)
{
  PvMrzKind kind;
  PvMrzVerdict verdict = pv_mrz_check (text, &kind);
  PvMrzZone zone;

  if (verdict != PV_MRZ_OK || !pv_mrz_split (text, &zone))
    return verdict;
  *ret_fields = (PvMrzFields){ .kind = kind };
  for (guint i = 0; i < pv_mrz_n_places; i++) {
    const PvMrzPlace *place = &pv_mrz_places[i];
    const PvMrzRange *range = &place->range;

    if (place->kind == kind)
      read_place (place, zone.lines[range->line - 1] + range->first - 1, (gsize) (range->last - range->first) + 1,
                  ret_fields);
  }
  read_number (&zone, ret_fields);
  /* Only French citizens have that card. */
  if (kind == PV_MRZ_OLD_FRENCH_CARD)
    g_strlcpy (ret_fields->nationality, "FRA", sizeof ret_fields->nationality);
  return PV_MRZ_OK;
}

char *
pv_mrz_arrange (const char *typed)
{
  static const PvMrzKind kinds[] = { PV_MRZ_TD1, PV_MRZ_TD2, PV_MRZ_TD3 };
  char flat[PV_MRZ_MAX_TEXT_BYTES + 1];
  char *text = NULL;
  gsize length = 0;

  for (const char *p = typed; *p != '\0' && length < sizeof flat; p++)
    if (!g_ascii_isspace (*p))
      flat[length++] = g_ascii_toupper (*p);
  for (guint i = 0; i < G_N_ELEMENTS (kinds) && text == NULL; i++) {
    const guint lines = pv_mrz_kind_lines (kinds[i]), width = pv_mrz_kind_length (kinds[i]);

    if (length != (gsize) lines * width)
      continue;
    text = g_malloc0 (length + lines);
    for (guint line = 0; line < lines; line++) {
      memcpy (text + (gsize) line * (width + 1), flat + (gsize) line * width, width);
      if (line + 1 < lines)
        text[(gsize) line * (width + 1) + width] = '\n';
    }
  }
  pv_wipe_bytes (flat, sizeof flat);
  return text;
}

static gboolean
holds_digits (PvMrzClass holds)
{
  switch (holds) {
  case PV_MRZ_YEAR_MONTH:
  case PV_MRZ_BIRTH_DATE:
  case PV_MRZ_EXPIRY_DATE:
  case PV_MRZ_DIGIT:
  case PV_MRZ_DIGIT_OR_FILLER:
    return TRUE;
  case PV_MRZ_ANY:
  case PV_MRZ_CODE:
  case PV_MRZ_STATE:
  case PV_MRZ_STATE_OR_NONE:
  case PV_MRZ_NAMES:
  case PV_MRZ_NAMES_OR_NONE:
  case PV_MRZ_SEX:
    break;
  }
  return FALSE;
}

static void
repair_digits (char *text, gsize length)
{
  static const char taken_for[] = "OIBSZ", digits[] = "01852";

  for (gsize i = 0; i < length; i++) {
    const char *found = memchr (taken_for, text[i], sizeof taken_for - 1);

    if (found != NULL)
      text[i] = digits[found - taken_for];
  }
}

char *
pv_mrz_repair (const char *text)
{
  char *repaired = g_strdup (text);
  PvMrzKind kind;
  PvMrzZone zone;

  if (!pv_mrz_split (repaired, &zone)) {
    pv_wipe_str (repaired);
    return NULL;
  }
  for (guint i = 0; i < pv_mrz_n_places; i++) {
    const PvMrzPlace *place = &pv_mrz_places[i];

    if (place->kind == zone.kind && holds_digits (place->holds))
      repair_digits (repaired + (zone.lines[place->range.line - 1] - repaired) + place->range.first - 1,
                     (gsize) (place->range.last - place->range.first) + 1);
  }
  if (pv_mrz_check (repaired, &kind) == PV_MRZ_OK)
    return repaired;
  pv_wipe_str (repaired);
  return NULL;
}
