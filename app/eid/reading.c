/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "eid/reading.h"

#include <string.h>

#include "eid/bac.h"
#include "eid/file-reader.h"
#include "eid/judgement.h"
#include "eid/pace.h"

enum {
  WHOLE_SECONDS = 40,          /* of one reading: a slow document with its portrait takes 10 */
  EXPECTED_FILES_BYTES = 4000, /* until they tell: EF.SOD and the small groups */
  EXPECTED_FACE_BYTES = 20000,
  MAX_CARD_ACCESS_BYTES = 2048, /* the longest seen has 193 */
  FID_BYTES = 2,
};

/* Short file identifiers (ICAO Doc 9303-10, section 3.11); those of the groups are their numbers. */
enum {
  SFI_CARD_ACCESS = 0x1C,
  SFI_CARD_SECURITY = 0x1D,
  SFI_COM = 0x1E,
  SFI_SOD = 0x1D,
  TAG_COM = 0x60,
  TAG_SOD = 0x77,
  TAG_SET = 0x31,
  TAG_SEQUENCE = 0x30,
};

/* Outer tags of the data groups, by number; 0: never read here. DG3 and DG4 need terminal authentication, and some chips end
 * the channel when they are asked for. */
static const guint8 group_tags[PV_SOD_MAX_GROUPS + 1] = {
  [1] = 0x61, [2] = 0x75, [11] = 0x6B, [12] = 0x6C, [14] = 0x6E, [15] = 0x6F,
};

typedef struct Reading {
  const PvReadingOptions *options;
  PvCardTransport *transport;
  PvChannel *channel;
  PvFileReader reader;
  PvCardFiles files;
  PvSecurityInfos access_infos; /* borrows files.access */
  PvPaceResult pace_result;
  const PvPaceInfo *pace;
  PvAccessKind access;
  PvCipher cipher;
  PvChipProof chip_auth, active_auth;
  PvReadingPhase phase;
  gsize done_before;     /* bytes of the files that are whole */
  PvChannelTally before; /* of the channel before a reset */
} Reading;

static void
reading_clear (Reading *reading)
{
  g_clear_pointer (&reading->channel, pv_channel_free);
  pv_card_files_clear (&reading->files);
  pv_pace_result_clear (&reading->pace_result);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, reading_clear)

static void
tell (Reading *reading, PvReadingPhase phase, gsize more)
{
  const PvReadingOptions *options = reading->options;
  gsize whole = EXPECTED_FILES_BYTES + (options->wants_face ? EXPECTED_FACE_BYTES : 0);
  gsize done = reading->done_before + more;

  reading->phase = phase;
  if (options->progress != NULL)
    options->progress (phase, done, MAX (whole, done), options->user_data);
}

static void
block_came_cb (gsize got, gsize whole, gpointer user_data)
{
  Reading *reading = user_data;

  (void) whole;
  tell (reading, reading->phase, got);
}

static gboolean
send (Reading *reading, const PvApdu *apdu, guint16 *ret_sw, GError **error)
{
  guint8 data[PV_APDU_MAX_ANSWER_BYTES];
  gsize length;

  return pv_channel_send (reading->channel, apdu, data, sizeof data, &length, ret_sw, PV_CARD_TIMEOUT_MS, error);
}

/* ICAO Doc 9303-10, section 3.6.2. Without Le: German passports refuse one. */
static gboolean
select_application (Reading *reading, gboolean *ret_is_there, GError **error)
{
  static const guint8 aid[] = { 0xA0, 0x00, 0x00, 0x02, 0x47, 0x10, 0x01 };
  const PvApdu apdu = { .ins = 0xA4, .p1 = 0x04, .p2 = 0x0C, .data = aid, .length = sizeof aid };
  guint16 sw;

  if (!send (reading, &apdu, &sw, error))
    return FALSE;
  *ret_is_there = sw == PV_SW_OK;
  return TRUE;
}

static gboolean
read_card_access_once (Reading *reading, guint8 sfi, PvFileOutcome *ret_outcome, GError **error)
{
  pv_card_bytes_clear (&reading->files.access);
  return pv_file_read (&reading->reader, sfi, TAG_SET, MAX_CARD_ACCESS_BYTES, &reading->files.access, ret_outcome,
                       error);
}

/* After power-up the master file is selected on most chips; where it is not, it is asked for in the two ways that are known,
 * and whatever the chip answers to that, the file is tried again. */
static gboolean
read_card_access (Reading *reading, gboolean *ret_is_there, GError **error)
{
  static const guint8 fid[FID_BYTES] = { PV_FILE_CARD_ACCESS >> 8, PV_FILE_CARD_ACCESS & 0xFF };
  const PvApdu select_master = { .ins = 0xA4, .p2 = 0x0C };
  const PvApdu select_file = { .ins = 0xA4, .p1 = 0x02, .p2 = 0x0C, .data = fid, .length = sizeof fid };
  PvFileOutcome outcome;
  guint16 sw;

  if (!read_card_access_once (reading, SFI_CARD_ACCESS, &outcome, error))
    return FALSE;
  if (outcome != PV_FILE_READ) {
    if (!send (reading, &select_master, &sw, error)
        || !read_card_access_once (reading, SFI_CARD_ACCESS, &outcome, error))
      return FALSE;
  }
  if (outcome != PV_FILE_READ) {
    if (!send (reading, &select_file, &sw, error))
      return FALSE;
    if (sw == PV_SW_OK && !read_card_access_once (reading, 0, &outcome, error))
      return FALSE;
  }
  *ret_is_there = outcome == PV_FILE_READ;
  return TRUE;
}

static gboolean
is_ambiguous (const PvSecurityInfos *infos, const PvPaceInfo *chosen)
{
  guint same = 0;

  for (guint i = 0; i < infos->n_pace; i++)
    if (infos->pace[i].oid_length == chosen->oid_length
        && memcmp (infos->pace[i].oid, chosen->oid, chosen->oid_length) == 0)
      same++;
  return same > 1;
}

static PvAccessKind
access_of (PvMapping mapping)
{
  switch (mapping) {
  case PV_MAPPING_DH_GM:
  case PV_MAPPING_ECDH_GM:
    return PV_ACCESS_PACE_GM;
  case PV_MAPPING_DH_IM:
  case PV_MAPPING_ECDH_IM:
    return PV_ACCESS_PACE_IM;
  case PV_MAPPING_ECDH_CAM:
    return PV_ACCESS_PACE_CAM;
  }
  return PV_ACCESS_NONE;
}

/* A new channel: what is secured ends with the power. */
static gboolean
reset (Reading *reading, gboolean is_long, GError **error)
{
  const PvChannelTally *tally = pv_channel_get_tally (reading->channel);

  reading->before.commands += tally->commands;
  reading->before.reads += tally->reads;
  reading->before.selects += tally->selects;
  reading->before.sent_bytes += tally->sent_bytes;
  reading->before.received_bytes += tally->received_bytes;
  g_clear_pointer (&reading->channel, pv_channel_free);
  if (!reading->transport->ops->reset (reading->transport, is_long, PV_CARD_TIMEOUT_MS, error))
    return FALSE;
  reading->channel = pv_channel_new (reading->transport);
  reading->reader.channel = reading->channel;
  reading->reader.block = 0;
  return TRUE;
}

static gboolean
can_be_long (const Reading *reading)
{
  return reading->transport->can_be_long && !reading->options->avoids_long && reading->transport->ops->reset != NULL;
}

static gboolean
open_by_pace (Reading *reading, GError **error)
{
  const PvPaceInfo *info;

  if (!pv_security_infos_parse (reading->files.access.data, reading->files.access.length, &reading->access_infos,
                                error))
    return FALSE;
  info = pv_security_infos_choose_pace (&reading->access_infos);
  if (info == NULL) {
    g_set_error (error, PV_CARD_ERROR, PV_CARD_ERROR_UNSUPPORTED, "no way of PACE that is known here");
    return FALSE;
  }
  if (pv_pace_needs_long (info) && can_be_long (reading) && !reset (reading, TRUE, error))
    return FALSE;
  tell (reading, PV_READING_ACCESS, 0);
  if (!pv_pace_run (reading->channel, info, is_ambiguous (&reading->access_infos, info), reading->options->password,
                    &reading->pace_result, error))
    return FALSE;
  reading->pace = info;
  reading->access = access_of (info->mapping);
  reading->cipher = info->cipher;
  reading->reader.block = 0;
  return TRUE;
}

static gboolean
refuse_application (GError **error)
{
  g_set_error (error, PV_CARD_ERROR, PV_CARD_ERROR_UNSUPPORTED, "no travel document application on this card");
  return FALSE;
}

/* EF.CardSecurity stands beside EF.CardAccess, so before the application is selected; only chip authentication mapping needs
 * it. */
static gboolean
read_card_security (Reading *reading, GError **error)
{
  PvFileOutcome outcome;

  if (reading->access != PV_ACCESS_PACE_CAM)
    return TRUE;
  return pv_file_read (&reading->reader, SFI_CARD_SECURITY, TAG_SEQUENCE, PV_SOD_MAX_BYTES,
                       &reading->files.card_security, &outcome, error);
}

/* PACE where it is announced, and then nothing else (Doc 9303-11, section 4.2: a fall-back would be an attacker's gift). */
static gboolean
open_card (Reading *reading, GError **error)
{
  gboolean has_access, is_there;

  if (!read_card_access (reading, &has_access, error))
    return FALSE;
  if (has_access) {
    if (!open_by_pace (reading, error) || !read_card_security (reading, error)
        || !select_application (reading, &is_there, error))
      return FALSE;
    return is_there || refuse_application (error);
  }
  if (!select_application (reading, &is_there, error))
    return FALSE;
  if (!is_there)
    return refuse_application (error);
  tell (reading, PV_READING_ACCESS, 0);
  if (!pv_bac_run (reading->channel, reading->options->password, error))
    return FALSE;
  reading->access = PV_ACCESS_BAC;
  reading->cipher = PV_CIPHER_3DES;
  reading->reader.block = 0;
  return TRUE;
}

static gboolean
read_file (Reading *reading, guint8 sfi, guint32 tag, PvCardBytes *file, PvFileOutcome *ret_outcome, GError **error)
{
  gboolean goes_on = pv_file_read (&reading->reader, sfi, tag, PV_GROUP_MAX_FILE_BYTES, file, ret_outcome, error);

  reading->done_before += file->length;
  return goes_on;
}

static gboolean
read_group (Reading *reading, guint number, GError **error)
{
  PvCardBytes *file = &reading->files.groups[number];
  PvFileOutcome outcome;

  if (!read_file (reading, (guint8) number, group_tags[number], file, &outcome, error))
    return FALSE;
  if (outcome == PV_FILE_READ)
    return TRUE;
  pv_card_bytes_clear (file);
  if (outcome == PV_FILE_ABSENT)
    reading->files.hidden |= 1u << number;
  else
    reading->files.closed |= 1u << number;
  return TRUE;
}

/* The groups that the document has: as signed, or as EF.COM says where nothing is signed. */
static gboolean
list_groups (Reading *reading, guint32 *ret_groups, GError **error)
{
  g_auto (PvCardBytes) com = { 0 };
  g_autoptr (PvSod) sod = NULL;
  PvFileOutcome outcome;

  if (reading->options->wants_com && !read_file (reading, SFI_COM, TAG_COM, &com, &outcome, error))
    return FALSE;
  if (!read_file (reading, SFI_SOD, TAG_SOD, &reading->files.sod, &outcome, error))
    return FALSE;
  *ret_groups = 1u << 1;
  if (outcome == PV_FILE_READ
      && (sod = pv_sod_parse (reading->files.sod.data, reading->files.sod.length, NULL)) != NULL) {
    for (guint number = 1; number <= PV_SOD_MAX_GROUPS; number++)
      if (pv_sod_has_group (sod, number))
        *ret_groups |= 1u << number;
    return TRUE;
  }
  if (outcome == PV_FILE_READ)
    return TRUE;
  reading->files.has_bad_sod = outcome == PV_FILE_BAD;
  pv_card_bytes_clear (&reading->files.sod);
  if (com.length == 0 && !read_file (reading, SFI_COM, TAG_COM, &com, &outcome, error))
    return FALSE;
  if (com.length > 0)
    pv_group_read_com (com.data, com.length, ret_groups, NULL);
  *ret_groups |= 1u << 1;
  return TRUE;
}

/* New keys for the channel, and the proof that the chip is no copy, before anything of the holder is read. */
static gboolean
authenticate_chip (Reading *reading, GError **error)
{
  const PvCardBytes *file = &reading->files.groups[14];
  PvSecurityInfos infos;
  const guint8 *data;
  gsize length;

  reading->chip_auth = PV_CHIP_ABSENT;
  if (file->length == 0 || reading->access == PV_ACCESS_PACE_CAM)
    return TRUE;
  if (!pv_group_read_dg14 (file->data, file->length, &data, &length, NULL)
      || !pv_security_infos_parse (data, length, &infos, NULL)) {
    reading->chip_auth = PV_CHIP_UNKNOWN;
    return TRUE;
  }
  if (infos.n_keys == 0)
    return TRUE;
  return pv_chip_auth_run (reading->channel, &infos, &reading->chip_auth, error);
}

static gboolean
is_chip_proven (const Reading *reading)
{
  return reading->chip_auth == PV_CHIP_PROVEN || reading->access == PV_ACCESS_PACE_CAM;
}

static gboolean
read_groups (Reading *reading, GError **error)
{
  static const guint8 order[] = { 1, 11, 12, 2 };
  guint32 groups;

  tell (reading, PV_READING_FILES, 0);
  if (!list_groups (reading, &groups, error))
    return FALSE;
  if ((groups & 1u << 14) != 0 && !read_group (reading, 14, error))
    return FALSE;
  if (!authenticate_chip (reading, error))
    return FALSE;
  /* A copy is refused in any case: nothing more of it is asked for. */
  if (reading->chip_auth == PV_CHIP_FAILED)
    return TRUE;
  if (!is_chip_proven (reading) && (groups & 1u << 15) != 0 && !read_group (reading, 15, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    if ((groups & 1u << order[i]) != 0 && (order[i] != 2 || reading->options->wants_face)
        && !read_group (reading, order[i], error))
      return FALSE;
  return TRUE;
}

/* Active authentication with a long key does not fit short frames: the card is opened once more, with the code that was right
 * before. */
static gboolean
reopen_long (Reading *reading, GError **error)
{
  gboolean is_there;

  if (!reset (reading, TRUE, error))
    return FALSE;
  if (reading->access == PV_ACCESS_BAC)
    return select_application (reading, &is_there, error)
           && pv_bac_run (reading->channel, reading->options->password, error);
  pv_pace_result_clear (&reading->pace_result);
  return pv_pace_run (reading->channel, reading->pace, is_ambiguous (&reading->access_infos, reading->pace),
                      reading->options->password, &reading->pace_result, error)
         && select_application (reading, &is_there, error);
}

static gboolean
challenge_chip (Reading *reading, GError **error)
{
  const PvCardBytes *file = &reading->files.groups[15];
  const PvCardBytes *of_hash = &reading->files.groups[14];
  PvSecurityInfos infos = { 0 };
  const guint8 *key, *data;
  gsize key_length, length;

  reading->active_auth = PV_CHIP_ABSENT;
  if (file->length == 0 || is_chip_proven (reading) || reading->chip_auth == PV_CHIP_FAILED)
    return TRUE;
  if (!pv_group_read_dg15 (file->data, file->length, &key, &key_length, NULL)) {
    reading->active_auth = PV_CHIP_UNKNOWN;
    return TRUE;
  }
  if (of_hash->length > 0 && pv_group_read_dg14 (of_hash->data, of_hash->length, &data, &length, NULL)
      && !pv_security_infos_parse (data, length, &infos, NULL))
    infos = (PvSecurityInfos){ 0 };
  if (pv_active_auth_needs_long (key, key_length) && can_be_long (reading) && !reopen_long (reading, error))
    return FALSE;
  return pv_active_auth_run (reading->channel, key, key_length, &infos, &reading->active_auth, error);
}

/* Bit 0x40 of the third byte of the card capabilities, compact TLV 7x in the historical bytes (ISO/IEC 7816-4, 12.1.1). */
static gboolean
claims_extended_length (const PvCardTransport *transport)
{
  const guint8 *bytes = transport->historical;
  gsize length = transport->historical_length, at = 1;

  while (at < length) {
    gsize of_value = bytes[at] & 0x0F;

    if (bytes[at] >> 4 == 7)
      return of_value >= 3 && at + 3 < length && (bytes[at + 3] & 0x40) != 0;
    at += 1 + of_value;
  }
  return FALSE;
}

/* A portrait in blocks of 2 kB instead of 239 bytes is a second less; the rest is not worth the new start. */
static gboolean
prefer_long (Reading *reading, GError **error)
{
  if (!reading->options->wants_face || !can_be_long (reading) || !claims_extended_length (reading->transport))
    return TRUE;
  return reset (reading, TRUE, error);
}

static PvCardReading *
judge (Reading *reading)
{
  PvCardReading *result = g_new0 (PvCardReading, 1);
  const PvEvidence evidence = {
    .files = &reading->files,
    .access = reading->access,
    .pace = reading->pace,
    .pace_result = &reading->pace_result,
    .chip_auth = reading->chip_auth,
    .active_auth = reading->active_auth,
  };
  const PvChannelTally *tally = pv_channel_get_tally (reading->channel);

  tell (reading, PV_READING_PROOF, 0);
  result->access = reading->access;
  result->cipher = reading->cipher;
  result->chip_auth = reading->chip_auth;
  result->active_auth = reading->active_auth;
  result->tally = (PvChannelTally){
    reading->before.commands + tally->commands,
    reading->before.reads + tally->reads,
    reading->before.selects + tally->selects,
    reading->before.sent_bytes + tally->sent_bytes,
    reading->before.received_bytes + tally->received_bytes,
  };
  pv_judge_card (&evidence, reading->options, result);
  return result;
}

PvCardReading *
pv_card_reading_run (PvCardTransport *transport, const PvReadingOptions *options, GError **error)
{
  g_auto (Reading) reading = {
    .options = options,
    .transport = transport,
    .channel = pv_channel_new (transport),
  };

  reading.reader = (PvFileReader){
    .channel = reading.channel,
    .deadline_us = g_get_monotonic_time () + WHOLE_SECONDS * G_USEC_PER_SEC,
    .progress = block_came_cb,
    .user_data = &reading,
  };
  tell (&reading, PV_READING_ACCESS, 0);
  if (!prefer_long (&reading, error) || !open_card (&reading, error) || !read_groups (&reading, error)
      || !challenge_chip (&reading, error))
    return NULL;
  return judge (&reading);
}

void
pv_card_reading_free (PvCardReading *reading)
{
  if (reading == NULL)
    return;
  pv_identity_free (reading->identity);
  pv_card_bytes_clear (&reading->face);
  g_free (reading);
}

const char *
pv_access_kind_name (PvAccessKind kind)
{
  static const char *const names[] = {
    [PV_ACCESS_NONE] = "none",       [PV_ACCESS_BAC] = "bac",           [PV_ACCESS_PACE_GM] = "pace-gm",
    [PV_ACCESS_PACE_IM] = "pace-im", [PV_ACCESS_PACE_CAM] = "pace-cam",
  };

  return names[kind];
}
