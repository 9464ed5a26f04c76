/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "eid/security-info.h"

#include <openssl/obj_mac.h>
#include <string.h>

#include "eid/domain-groups.h"

enum {
  DER_INTEGER = 0x02,
  DER_OID = 0x06,
  DER_SEQUENCE = 0x30,
  DER_SET = 0x31,
  PACE_VERSION = 2,
  PROTOCOL_OID_BYTES = 10, /* 0.4.0.127.0.7.2.2.x.mapping.cipher */
};

static const guint8 bsi_protocols[] = { 0x04, 0x00, 0x7F, 0x00, 0x07, 0x02, 0x02 };
static const guint8 oid_active_auth[] = { 0x67, 0x81, 0x08, 0x01, 0x01, 0x05 };                   /* 2.23.136.1.1.5 */
static const guint8 oid_plain_ecdsa[] = { 0x04, 0x00, 0x7F, 0x00, 0x07, 0x01, 0x01, 0x04, 0x01 }; /* .1 to .6: hash */

enum { BSI_KEY = 1, BSI_CHIP = 3, BSI_PACE = 4 };

static gboolean
is_mapping (guint8 byte)
{
  return (byte >= PV_MAPPING_DH_GM && byte <= PV_MAPPING_ECDH_IM) || byte == PV_MAPPING_ECDH_CAM;
}

static gboolean
is_cipher (guint8 byte, PvCipher *ret_cipher)
{
  if (byte < 1 || byte > PV_N_CIPHERS)
    return FALSE;
  *ret_cipher = (PvCipher) (byte - 1);
  return TRUE;
}

/* Small and not negative: versions and identifiers. */
static gboolean
read_small (PvTlvReader *reader, gint *ret_number)
{
  PvTlv tlv;
  gint number = 0;

  if (!pv_tlv_expect (reader, DER_INTEGER, &tlv) || tlv.length == 0 || tlv.length > 3 || tlv.value[0] > 0x7F)
    return FALSE;
  for (gsize i = 0; i < tlv.length; i++)
    number = number << 8 | tlv.value[i];
  *ret_number = number;
  return TRUE;
}

/* The last, optional field. */
static gboolean
read_last_id (PvTlvReader *reader, gint *ret_id)
{
  *ret_id = -1;
  return pv_tlv_is_done (reader) || (read_small (reader, ret_id) && pv_tlv_is_done (reader));
}

static gboolean
add_pace (PvSecurityInfos *infos, const PvTlv *oid, PvTlvReader reader)
{
  PvPaceInfo info = { 0 };
  gint version;

  if (oid->length != PROTOCOL_OID_BYTES) /* PACEDomainParameterInfo: parameters of one's own are not for us */
    return TRUE;
  if (!read_small (&reader, &version) || !read_last_id (&reader, &info.parameter_id))
    return FALSE;
  if (version != PACE_VERSION || !is_mapping (oid->value[8]) || !is_cipher (oid->value[9], &info.cipher))
    return TRUE;
  info.mapping = (PvMapping) oid->value[8];
  info.oid_length = oid->length;
  memcpy (info.oid, oid->value, oid->length);
  if (infos->n_pace == PV_SECURITY_MAX_INFOS)
    return FALSE;
  infos->pace[infos->n_pace++] = info;
  return TRUE;
}

static gboolean
add_chip (PvSecurityInfos *infos, const PvTlv *oid, PvTlvReader reader)
{
  PvChipAuthInfo info = { 0 };

  if (oid->length != PROTOCOL_OID_BYTES)
    return TRUE;
  if (!read_small (&reader, &info.version) || !read_last_id (&reader, &info.key_id))
    return FALSE;
  if ((oid->value[8] != 1 && oid->value[8] != 2) || !is_cipher (oid->value[9], &info.cipher))
    return TRUE;
  info.is_ecdh = oid->value[8] == 2;
  info.oid_length = oid->length;
  memcpy (info.oid, oid->value, oid->length);
  if (infos->n_chip == PV_SECURITY_MAX_INFOS)
    return FALSE;
  infos->chip[infos->n_chip++] = info;
  return TRUE;
}

static gboolean
add_key (PvSecurityInfos *infos, const PvTlv *oid, PvTlvReader reader)
{
  PvChipKeyInfo info = { 0 };
  PvTlv key;

  if (oid->length != PROTOCOL_OID_BYTES - 1)
    return TRUE;
  if (!pv_tlv_expect (&reader, DER_SEQUENCE, &key) || !read_last_id (&reader, &info.key_id))
    return FALSE;
  if (oid->value[8] != 1 && oid->value[8] != 2)
    return TRUE;
  info.is_ecdh = oid->value[8] == 2;
  info.key = key.whole;
  info.key_length = key.whole_length;
  if (infos->n_keys == PV_SECURITY_MAX_INFOS)
    return FALSE;
  infos->keys[infos->n_keys++] = info;
  return TRUE;
}

/* ActiveAuthenticationInfo: version and the OID of the signature (Doc 9303-11, section 9.2.4). */
static gboolean
add_active_auth (PvSecurityInfos *infos, PvTlvReader reader)
{
  static const int hashes[] = { NID_sha1, NID_sha224, NID_sha256, NID_sha384, NID_sha512 };
  PvTlv oid;
  gint version;

  if (!read_small (&reader, &version) || !pv_tlv_expect (&reader, DER_OID, &oid) || !pv_tlv_is_done (&reader))
    return FALSE;
  if (oid.length != sizeof oid_plain_ecdsa + 1 || memcmp (oid.value, oid_plain_ecdsa, sizeof oid_plain_ecdsa) != 0)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (hashes); i++)
    if (oid.value[sizeof oid_plain_ecdsa] == i + 1) {
      infos->has_active_auth_hash = TRUE;
      infos->active_auth_nid = hashes[i];
    }
  return TRUE;
}

static gboolean
add (PvSecurityInfos *infos, const PvTlv *info)
{
  PvTlvReader reader = pv_tlv_enter (info);
  PvTlv oid;

  if (!pv_tlv_expect (&reader, DER_OID, &oid))
    return FALSE;
  if (oid.length == sizeof oid_active_auth && memcmp (oid.value, oid_active_auth, oid.length) == 0)
    return add_active_auth (infos, reader);
  if (oid.length <= sizeof bsi_protocols || memcmp (oid.value, bsi_protocols, sizeof bsi_protocols) != 0)
    return TRUE;
  switch (oid.value[sizeof bsi_protocols]) {
  case BSI_PACE:
    return add_pace (infos, &oid, reader);
  case BSI_CHIP:
    return add_chip (infos, &oid, reader);
  case BSI_KEY:
    return add_key (infos, &oid, reader);
  default:
    return TRUE;
  }
}

gboolean
pv_security_infos_parse (const guint8 *data, gsize length, PvSecurityInfos *ret_infos, GError **error)
{
  PvTlvReader reader = { data, length };
  PvSecurityInfos infos = { 0 };
  gboolean is_good;
  PvTlv set, info;

  is_good = length <= PV_SECURITY_MAX_BYTES && pv_tlv_expect (&reader, DER_SET, &set) && pv_tlv_is_done (&reader);
  if (is_good) {
    reader = pv_tlv_enter (&set);
    while (is_good && !pv_tlv_is_done (&reader))
      is_good = pv_tlv_expect (&reader, DER_SEQUENCE, &info) && add (&infos, &info);
  }
  if (!is_good) {
    g_set_error_literal (error, PV_CARD_ERROR, PV_CARD_ERROR_BAD_DATA, "the security infos are malformed");
    return FALSE;
  }
  *ret_infos = infos;
  return TRUE;
}

/* Higher is better; 0: cannot be done. */
static guint
rank (const PvPaceInfo *info)
{
  static const guint of_mapping[] = {
    [PV_MAPPING_DH_GM] = 1,   [PV_MAPPING_ECDH_GM] = 1,  [PV_MAPPING_DH_IM] = 2,
    [PV_MAPPING_ECDH_IM] = 2, [PV_MAPPING_ECDH_CAM] = 3,
  };
  gboolean needs_ec = info->mapping != PV_MAPPING_DH_GM && info->mapping != PV_MAPPING_DH_IM;
  gboolean is_ec;

  if (!pv_domain_is_known (info->parameter_id, &is_ec) || is_ec != needs_ec)
    return 0;
  if (info->mapping == PV_MAPPING_ECDH_IM && info->parameter_id == PV_DOMAIN_NO_INTEGRATED_ID)
    return 0;
  if (info->mapping == PV_MAPPING_ECDH_CAM && info->cipher == PV_CIPHER_3DES)
    return 0;
  /* Curves before numbers: their keys fit in short APDUs, and are reckoned with faster. */
  return (of_mapping[info->mapping] * PV_N_CIPHERS + (guint) info->cipher) * 2 + (needs_ec ? 1 : 0);
}

gboolean
pv_pace_info_is_usable (const PvPaceInfo *info)
{
  return rank (info) > 0;
}

const PvPaceInfo *
pv_security_infos_choose_pace (const PvSecurityInfos *infos)
{
  const PvPaceInfo *best = NULL;
  guint best_rank = 0;

  for (guint i = 0; i < infos->n_pace; i++)
    if (rank (&infos->pace[i]) > best_rank) {
      best = &infos->pace[i];
      best_rank = rank (best);
    }
  return best;
}

gboolean
pv_security_infos_is_ambiguous (const PvSecurityInfos *infos, const PvPaceInfo *info)
{
  guint same = 0;

  for (guint i = 0; i < infos->n_pace; i++)
    if (infos->pace[i].oid_length == info->oid_length && memcmp (infos->pace[i].oid, info->oid, info->oid_length) == 0)
      same++;
  return same > 1;
}
