/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "eid/judgement.h"

#include <string.h>

#include "core/date.h"
#include "core/wipe.h"

void
pv_card_files_clear (PvCardFiles *files)
{
  pv_card_bytes_clear (&files->access);
  pv_card_bytes_clear (&files->card_security);
  pv_card_bytes_clear (&files->sod);
  for (guint i = 0; i < G_N_ELEMENTS (files->groups); i++)
    pv_card_bytes_clear (&files->groups[i]);
  *files = (PvCardFiles){ 0 };
}

/* What has been found so far: the first refusal and the first thing that is missing. */
typedef struct Findings {
  PvReason refusal;
  PvReason lack;
} Findings;

static void
note (Findings *findings, PvReason reason)
{
  PvReason *place = pv_reason_verdict (reason) == PV_VERDICT_REFUSED ? &findings->refusal : &findings->lack;

  if (reason != PV_REASON_NONE && *place == PV_REASON_NONE)
    *place = reason;
}

static gint64
seconds_of (const GDate *date)
{
  g_autoptr (GDateTime) noon =
    g_date_time_new_utc (g_date_get_year (date), (int) g_date_get_month (date), g_date_get_day (date), 12, 0, 0);

  return noon != NULL ? g_date_time_to_unix (noon) : 0;
}

static const PvCardBytes *
group_of (const PvEvidence *evidence, guint number)
{
  const PvCardBytes *file = &evidence->files->groups[number];

  return file->length > 0 ? file : NULL;
}

/* DG1 must be there and right: without it there is no document. The others add to it: one that is signed and that we cannot
 * read is a State's habit that we do not know, and no forgery; if it is none of the signed, its hash tells. */
static void
read_groups (const PvEvidence *evidence, const PvReadingOptions *options, PvCardReading *reading, char **ret_lines,
             gint64 *ret_issued, Findings *findings)
{
  PvIdentity *identity = reading->identity;
  const PvCardBytes *file = group_of (evidence, 1);
  PvFace face;
  GDate issued;

  if (file == NULL || !pv_group_read_dg1 (file->data, file->length, &options->today, identity, ret_lines, NULL))
    note (findings, PV_REASON_BAD_DATA);
  file = group_of (evidence, 11);
  if (file != NULL && !pv_group_read_dg11 (file->data, file->length, identity, NULL))
    note (findings, PV_REASON_INCOMPLETE);
  file = group_of (evidence, 12);
  if (file != NULL) {
    g_autoptr (GError) error = NULL;

    g_date_clear (&issued, 1);
    if (pv_group_read_dg12 (file->data, file->length, &issued, &error))
      *ret_issued = seconds_of (&issued);
    else if (error != NULL)
      note (findings, PV_REASON_INCOMPLETE);
  }
  file = group_of (evidence, 2);
  if (file != NULL && pv_group_read_dg2 (file->data, file->length, &face, NULL)) {
    reading->face_kind = face.kind;
    pv_card_bytes_add (&reading->face, face.data, face.length);
  } else if (file != NULL) {
    note (findings, PV_REASON_INCOMPLETE);
  }
}

static void
check_hashes (const PvEvidence *evidence, const PvSod *sod, Findings *findings)
{
  if (!pv_sod_can_check_groups (sod))
    return;
  for (guint number = 1; number <= PV_SOD_MAX_GROUPS; number++) {
    const PvCardBytes *file = group_of (evidence, number);

    if (file != NULL && !pv_sod_check_group (sod, number, file->data, file->length))
      note (findings, PV_REASON_CHANGED_DATA);
  }
}

/* Chip authentication mapping: one of the signed keys must have made the mapping key. */
static PvChipProof
check_mapping (const PvEvidence *evidence, const PvSodContext *context, Findings *findings)
{
  const PvCardBytes *file = &evidence->files->card_security;
  PvSecurityInfos infos;
  const guint8 *signed_infos;
  gsize length;

  if (evidence->access != PV_ACCESS_PACE_CAM || file->length == 0)
    return PV_CHIP_ABSENT;
  note (findings, pv_card_security_verify (file->data, file->length, context, &signed_infos, &length));
  if (findings->refusal != PV_REASON_NONE)
    return PV_CHIP_FAILED;
  if (!pv_security_infos_parse (signed_infos, length, &infos, NULL))
    return PV_CHIP_UNKNOWN;
  for (guint i = 0; i < infos.n_keys; i++)
    if (infos.keys[i].is_ecdh && pv_pace_check_cam (evidence->pace_result, infos.keys[i].key, infos.keys[i].key_length))
      return PV_CHIP_PROVEN;
  return PV_CHIP_FAILED;
}

/* EF.CardAccess is not signed, DG14 is: what it announces must have been there (ICAO Doc 9303-11, section 9.2). A signed
 * group that the chip does not have was taken out to hide what it proves. */
static void
check_downgrade (const PvEvidence *evidence, Findings *findings)
{
  const PvCardBytes *file = group_of (evidence, 14);
  const PvPaceInfo *used = evidence->pace, *best;
  PvSecurityInfos infos;
  const guint8 *data;
  gsize length;

  if ((evidence->files->hidden & (1u << 14 | 1u << 15)) != 0)
    note (findings, PV_REASON_DOWNGRADED);
  if (file == NULL || !pv_group_read_dg14 (file->data, file->length, &data, &length, NULL)
      || !pv_security_infos_parse (data, length, &infos, NULL) || infos.n_pace == 0)
    return;
  best = pv_security_infos_choose_pace (&infos);
  if (best != NULL
      && (used == NULL || best->oid_length != used->oid_length || memcmp (best->oid, used->oid, used->oid_length) != 0
          || best->parameter_id != used->parameter_id))
    note (findings, PV_REASON_DOWNGRADED);
}

static void
check_chip (const PvEvidence *evidence, PvChipProof cam, Findings *findings)
{
  if (evidence->chip_auth == PV_CHIP_FAILED || evidence->active_auth == PV_CHIP_FAILED || cam == PV_CHIP_FAILED)
    note (findings, PV_REASON_CLONED_CHIP);
  else if (evidence->chip_auth != PV_CHIP_PROVEN && evidence->active_auth != PV_CHIP_PROVEN && cam != PV_CHIP_PROVEN)
    note (findings, PV_REASON_CHIP_UNPROVEN);
}

/* The zone that opened the card is the zone that stands in it. */
static gboolean
is_same_zone (const PvCardPassword *typed, const char *lines)
{
  g_autoptr (PvCardPassword) read = lines != NULL ? pv_card_password_new_mrz_lines (lines) : NULL;
  gsize typed_length, read_length;
  const guint8 *typed_secret = pv_card_password_get_secret (typed, &typed_length);
  const guint8 *read_secret;

  if (read == NULL)
    return FALSE;
  read_secret = pv_card_password_get_secret (read, &read_length);
  return typed_length == read_length && pv_bytes_equal (typed_secret, read_secret, typed_length);
}

static gboolean
is_expired (const PvIdentity *identity, const GDate *today)
{
  const char *text = identity->texts[PV_IDENTITY_EXPIRY];
  GDate expiry;

  g_date_clear (&expiry, 1);
  return text != NULL && pv_date_parse (text, &expiry) && g_date_compare (&expiry, today) < 0;
}

static void
conclude (PvIdentity *identity, const Findings *findings)
{
  identity->reason = findings->refusal != PV_REASON_NONE ? findings->refusal : findings->lack;
  identity->verdict = pv_reason_verdict (identity->reason);
  if (identity->verdict == PV_VERDICT_REFUSED)
    for (guint i = 0; i < PV_N_IDENTITY_FIELDS; i++)
      pv_identity_set (identity, i, NULL);
}

static void
note_groups (const PvEvidence *evidence, const PvSod *sod, PvCardReading *reading)
{
  for (guint number = 1; number <= PV_SOD_MAX_GROUPS; number++) {
    if (group_of (evidence, number) != NULL)
      reading->groups |= 1u << number;
    if (sod != NULL && pv_sod_has_group (sod, number))
      reading->announced |= 1u << number;
  }
}

void
pv_judge_card (const PvEvidence *evidence, const PvReadingOptions *options, PvCardReading *reading)
{
  const PvCardBytes *file = &evidence->files->sod;
  g_autoptr (PvSod) sod = NULL;
  g_autoptr (PvSecretStr) lines = NULL;
  Findings findings = { PV_REASON_NONE, PV_REASON_NONE };
  Findings of_groups = { PV_REASON_NONE, PV_REASON_NONE };
  PvSodContext context = { options->trust, NULL, 0, options->now, options->is_clock_verified };

  g_clear_pointer (&reading->identity, pv_identity_free);
  reading->identity = pv_identity_new ();
  read_groups (evidence, options, reading, &lines, &context.issued, &of_groups);
  context.issuer = reading->identity->texts[PV_IDENTITY_ISSUER];

  if (evidence->files->has_bad_sod) {
    note (&findings, PV_REASON_BAD_SOD);
  } else if (file->length == 0) {
    note (&findings, PV_REASON_NO_SIGNATURE);
  } else if ((sod = pv_sod_parse (file->data, file->length, NULL)) == NULL) {
    note (&findings, PV_REASON_BAD_SOD);
  } else {
    note (&findings, pv_sod_verify (sod, &context));
    check_hashes (evidence, sod, &findings);
  }
  reading->cam = check_mapping (evidence, &context, &findings);
  check_chip (evidence, reading->cam, &findings);
  note (&findings, of_groups.refusal);
  if (pv_card_password_get_kind (options->password) == PV_PASSWORD_MRZ && !is_same_zone (options->password, lines))
    note (&findings, PV_REASON_MRZ_DIFFERS);
  check_downgrade (evidence, &findings);
  if (is_expired (reading->identity, &options->today))
    note (&findings, PV_REASON_EXPIRED);
  note (&findings, of_groups.lack);
  if (evidence->files->closed != 0 || evidence->files->hidden != 0)
    note (&findings, PV_REASON_INCOMPLETE);
  note_groups (evidence, sod, reading);
  conclude (reading->identity, &findings);
  if (reading->identity->verdict == PV_VERDICT_REFUSED)
    pv_card_bytes_clear (&reading->face);
}
