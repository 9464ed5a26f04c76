/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* fuzz-card-access.c: EF.CardAccess is read before anything is secured. What is accepted is within the tables and the
 * input, the choice is one of those that are announced and can be done, and PACEInfos read back as they are written. */

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "eid/security-info.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check (gboolean is_true)
{
  if (!is_true)
    abort ();
}

static void
check_tables (const PvSecurityInfos *infos, const uint8_t *data, size_t size)
{
  check (infos->n_pace <= PV_SECURITY_MAX_INFOS && infos->n_keys <= PV_SECURITY_MAX_INFOS
         && infos->n_chip <= PV_SECURITY_MAX_INFOS);
  for (guint i = 0; i < infos->n_pace; i++) {
    const PvPaceInfo *info = &infos->pace[i];

    check (info->oid_length > 0 && info->oid_length <= PV_OID_MAX_BYTES && info->cipher < PV_N_CIPHERS);
    check (info->parameter_id >= -1 && info->mapping >= PV_MAPPING_DH_GM && info->mapping <= PV_MAPPING_ECDH_CAM);
  }
  for (guint i = 0; i < infos->n_keys; i++) {
    const PvChipKeyInfo *info = &infos->keys[i];

    check (info->key >= data && info->key_length >= 2 && info->key + info->key_length <= data + size);
    check (info->key_id >= -1);
  }
  for (guint i = 0; i < infos->n_chip; i++)
    check (infos->chip[i].oid_length <= PV_OID_MAX_BYTES && infos->chip[i].cipher < PV_N_CIPHERS
           && infos->chip[i].key_id >= -1);
}

static void
check_choice (const PvSecurityInfos *infos)
{
  const PvPaceInfo *choice = pv_security_infos_choose_pace (infos);
  gboolean is_any_usable = FALSE;
  guint same = 0;

  for (guint i = 0; i < infos->n_pace; i++) {
    is_any_usable |= pv_pace_info_is_usable (&infos->pace[i]);
    if (choice != NULL && infos->pace[i].oid_length == choice->oid_length
        && memcmp (infos->pace[i].oid, choice->oid, choice->oid_length) == 0)
      same++;
  }
  check ((choice != NULL) == is_any_usable);
  if (choice == NULL)
    return;
  check (choice >= infos->pace && choice < infos->pace + infos->n_pace && pv_pace_info_is_usable (choice));
  check (pv_security_infos_is_ambiguous (infos, choice) == (same > 1));
}

static void
add_number (PvCardBytes *bytes, gint number)
{
  const guint8 coded[] = { (guint8) (number >> 16), (guint8) (number >> 8), (guint8) number };

  pv_tlv_add (bytes, 0x02, coded, sizeof coded);
}

static void
check_round_trip (const PvSecurityInfos *infos)
{
  g_auto (PvCardBytes) set = { 0 };
  g_auto (PvCardBytes) file = { 0 };
  PvSecurityInfos again;

  for (guint i = 0; i < infos->n_pace; i++) {
    g_auto (PvCardBytes) info = { 0 };

    pv_tlv_add (&info, 0x06, infos->pace[i].oid, infos->pace[i].oid_length);
    add_number (&info, 2);
    if (infos->pace[i].parameter_id >= 0)
      add_number (&info, infos->pace[i].parameter_id);
    pv_tlv_add (&set, 0x30, info.data, info.length);
  }
  pv_tlv_add (&file, 0x31, set.data, set.length);
  check (pv_security_infos_parse (file.data, file.length, &again, NULL) && again.n_pace == infos->n_pace);
  for (guint i = 0; i < infos->n_pace; i++)
    check (again.pace[i].mapping == infos->pace[i].mapping && again.pace[i].cipher == infos->pace[i].cipher
           && again.pace[i].parameter_id == infos->pace[i].parameter_id);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  PvSecurityInfos infos;

  if (!pv_security_infos_parse (data, size, &infos, &error)) {
    check (g_error_matches (error, PV_CARD_ERROR, PV_CARD_ERROR_BAD_DATA));
    return 0;
  }
  check (error == NULL && size <= PV_SECURITY_MAX_BYTES);
  check_tables (&infos, data, size);
  check_choice (&infos);
  check_round_trip (&infos);
  return 0;
}
