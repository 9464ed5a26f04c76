/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* DG1: the machine-readable zone. */

#include "eid/groups-private.h"

#include <string.h>

#include "core/identity-zone.h"
#include "core/wipe.h"

enum { TAG_ZONE = 0x5F1F };

static const char *
explain (PvMrzVerdict verdict)
{
  static const char *const texts[PV_N_MRZ_VERDICTS] = {
    [PV_MRZ_OK] = "DG1: not of a card with a chip",
    [PV_MRZ_BAD_SHAPE] = "DG1: no zone",
    [PV_MRZ_BAD_NUMBER] = "DG1: number",
    [PV_MRZ_BAD_BIRTH] = "DG1: date of birth",
    [PV_MRZ_BAD_EXPIRY] = "DG1: date of expiry",
    [PV_MRZ_BAD_PERSONAL] = "DG1: personal number",
    [PV_MRZ_BAD_COMPOSITE] = "DG1: composite check digit",
    [PV_MRZ_BAD_CODE] = "DG1: kind of document",
    [PV_MRZ_BAD_STATE] = "DG1: issuer or nationality",
    [PV_MRZ_BAD_NAMES] = "DG1: names",
    [PV_MRZ_BAD_SEX] = "DG1: sex",
  };

  return texts[verdict];
}

/* The lines of the zone, parted by newlines; wipe. NULL: of no kind. */
static char *
part_lines (const PvTlv *zone)
{
  g_autoptr (PvSecretStr) flat = NULL;
  char *lines;

  if (zone->length > PV_MRZ_MAX_TEXT_BYTES || memchr (zone->value, '\0', zone->length) != NULL)
    return NULL;
  flat = g_strndup ((const char *) zone->value, zone->length);
  lines = pv_mrz_arrange (flat);
  /* What a citizen may type in small letters, or with blanks, a chip may not. */
  if (lines != NULL && strcspn (flat, " \t\r\n\v\fabcdefghijklmnopqrstuvwxyz") != zone->length)
    g_clear_pointer (&lines, pv_wipe_str);
  return lines;
}

gboolean
pv_group_read_dg1 (const guint8 *file, gsize length, const GDate *today, PvIdentity *identity, char **ret_lines,
                   GError **error)
{
  g_auto (PvMrzFields) fields = { 0 };
  g_autoptr (PvSecretStr) lines = NULL;
  PvTlvReader reader;
  PvTlv zone;
  PvPartialDate birth;
  PvMrzVerdict verdict;
  GDate expiry;

  if (!pv_group_open (file, length, 0x61, &reader) || !pv_tlv_expect (&reader, TAG_ZONE, &zone)
      || !pv_tlv_is_done (&reader))
    return pv_group_fail (error, "DG1 is none");
  lines = part_lines (&zone);
  verdict = pv_mrz_read (lines, &fields);
  if (verdict != PV_MRZ_OK || fields.kind == PV_MRZ_OLD_FRENCH_CARD)
    return pv_group_fail (error, explain (verdict));
  if (!pv_mrz_parse_birth (fields.birth, today, &birth))
    return pv_group_fail (error, explain (PV_MRZ_BAD_BIRTH));
  if (fields.expiry[0] != '<' && !pv_mrz_parse_expiry (fields.expiry, &expiry))
    return pv_group_fail (error, explain (PV_MRZ_BAD_EXPIRY));
  pv_identity_take_fields (identity, &fields, today);
  *ret_lines = g_steal_pointer (&lines);
  return TRUE;
}
