/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "eid/sod.h"

#include <openssl/evp.h>
#include <string.h>

#include "eid/cms.h"
#include "eid/country.h"
#include "eid/crypto.h"
#include "eid/trust-private.h"

#define OID_LDS           "2.23.136.1.1.1"
#define OID_CARD_SECURITY "0.4.0.127.0.7.3.2.1"

#define DAY G_GINT64_CONSTANT (86400)
/* A document is made some days before or after the date that is printed on it; a signer's clock may be a day off. */
#define ISSUE_SLACK   (14 * DAY)
#define SIGNING_SLACK DAY

enum { TAG_SOD = 0x77 };

struct PvSod {
  PvCardBytes bytes; /* hashes of few possible names are as good as the names */
  PvCms cms;         /* in it */
  PvCert *signer;    /* (nullable): not inside */
  const char *hash;  /* of the data groups; NULL: unknown */
  gsize hash_bytes;
  const guint8 *groups[PV_SOD_MAX_GROUPS + 1]; /* hash of each; NULL: not signed */
};

/* One to sixteen, each once (Doc 9303-10, section 4.6.2.3: DataGroupHash). */
static gboolean
parse_group (const PvTlv *group, PvSod *sod)
{
  PvTlvReader reader = pv_tlv_enter (group);
  PvTlv number, hash;

  if (!pv_tlv_expect (&reader, 0x02, &number) || !pv_tlv_expect (&reader, 0x04, &hash) || !pv_tlv_is_done (&reader)
      || number.length != 1 || number.value[0] < 1 || number.value[0] > PV_SOD_MAX_GROUPS
      || sod->groups[number.value[0]] != NULL || (sod->hash != NULL && hash.length != sod->hash_bytes))
    return FALSE;
  sod->groups[number.value[0]] = hash.value;
  return TRUE;
}

static gboolean
parse_version (const PvTlv *version, guint *ret)
{
  if (version->length != 1 || version->value[0] > 1)
    return FALSE;
  *ret = version->value[0];
  return TRUE;
}

/* LDSSecurityObject ::= SEQUENCE { version, hash algorithm, SEQUENCE OF DataGroupHash, only in version 1: ldsVersionInfo } */
static gboolean
parse_lds (PvSod *sod)
{
  PvTlvReader reader = pv_tlv_enter (&sod->cms.content), inner, groups;
  PvTlv sequence, version, hash, list, group, info;
  guint number, n = 0;

  if (!pv_tlv_expect (&reader, 0x30, &sequence) || !pv_tlv_is_done (&reader))
    return FALSE;
  inner = pv_tlv_enter (&sequence);
  if (!pv_tlv_expect (&inner, 0x02, &version) || !parse_version (&version, &number)
      || !pv_tlv_expect (&inner, 0x30, &hash) || !pv_tlv_expect (&inner, 0x30, &list))
    return FALSE;
  if (number == 1)
    (void) pv_tlv_expect (&inner, 0x30, &info);
  sod->hash = pv_hash_parse (&hash);
  if (sod->hash != NULL)
    sod->hash_bytes = (gsize) EVP_MD_get_size (EVP_get_digestbyname (sod->hash));
  for (groups = pv_tlv_enter (&list); pv_tlv_expect (&groups, 0x30, &group); n++)
    if (!parse_group (&group, sod))
      return FALSE;
  return n > 0 && pv_tlv_is_done (&groups) && pv_tlv_is_done (&inner);
}

PvSod *
pv_sod_parse (const guint8 *data, gsize length, GError **error)
{
  g_autoptr (PvSod) sod = g_new0 (PvSod, 1);
  PvTlvReader reader;
  PvTlv whole;

  if (length <= PV_SOD_MAX_BYTES)
    pv_card_bytes_add (&sod->bytes, data, length);
  reader = (PvTlvReader){ sod->bytes.data, sod->bytes.length };
  if (!pv_tlv_expect (&reader, TAG_SOD, &whole) || !pv_tlv_is_done (&reader)
      || !pv_cms_parse (whole.value, whole.length, &sod->cms, NULL) || !pv_cms_has_type (&sod->cms, OID_LDS)
      || !parse_lds (sod)) {
    g_set_error_literal (error, PV_CARD_ERROR, PV_CARD_ERROR_BAD_DATA, "EF.SOD is no security object");
    return NULL;
  }
  sod->signer = pv_cms_find_signer (&sod->cms);
  return g_steal_pointer (&sod);
}

void
pv_sod_free (PvSod *sod)
{
  if (sod == NULL)
    return;
  pv_card_bytes_clear (&sod->bytes);
  pv_cert_free (sod->signer);
  g_free (sod);
}

gboolean
pv_sod_has_group (const PvSod *sod, guint number)
{
  return number >= 1 && number <= PV_SOD_MAX_GROUPS && sod->groups[number] != NULL;
}

gboolean
pv_sod_can_check_groups (const PvSod *sod)
{
  return sod->hash != NULL;
}

gboolean
pv_sod_check_group (const PvSod *sod, guint number, const guint8 *file, gsize length)
{
  guint8 digest[EVP_MAX_MD_SIZE];
  gsize digest_length = 0;

  return pv_sod_has_group (sod, number) && sod->hash != NULL
         && EVP_Q_digest (NULL, sod->hash, NULL, file, length, digest, &digest_length) == 1
         && digest_length == sod->hash_bytes && pv_bytes_equal (digest, sod->groups[number], digest_length);
}

const char *
pv_sod_get_country (const PvSod *sod)
{
  return sod->signer != NULL ? sod->signer->country : "";
}

/* State of the document and State of its signer are one. */
static PvReason
check_state (const char *issuer, const PvCert *signer)
{
  const char *country = issuer != NULL ? pv_country_from_issuer (issuer) : signer->country;

  if (country == NULL)
    return PV_REASON_UNKNOWN_ISSUER;
  return strcmp (country, signer->country) == 0 ? PV_REASON_NONE : PV_REASON_WRONG_STATE;
}

static PvReason
check_time (const PvCert *signer, const PvSodContext *context, gint64 signed_at, gint64 slack)
{
  if (context->is_clock_verified && signed_at > context->now + slack)
    return PV_REASON_SIGNER_NOT_VALID;
  return pv_trust_check_time (signer, &(PvSignerTime){ signed_at, slack });
}

/* Of the times that are told, each must be one at which the signer might sign. */
static PvReason
check_object (const PvCms *cms, const PvCert *signer, const PvSodContext *context)
{
  PvReason reason = pv_cms_check (cms, signer);

  if (signer == NULL)
    return reason;
  pv_reason_add (&reason, check_state (context->issuer, signer));
  pv_reason_add (&reason, pv_trust_check_signer (context->trust, signer));
  pv_reason_add (&reason, check_time (signer, context, context->issued, ISSUE_SLACK));
  pv_reason_add (&reason, check_time (signer, context, cms->signing_time, SIGNING_SLACK));
  return reason;
}

/* A proof without a clock is none: but that is said only where nothing else is wrong. */
static PvReason
add_clock (PvReason reason, const PvSodContext *context)
{
  return reason == PV_REASON_NONE && !context->is_clock_verified ? PV_REASON_NO_CLOCK : reason;
}

PvReason
pv_sod_verify (const PvSod *sod, const PvSodContext *context)
{
  PvReason reason = check_object (&sod->cms, sod->signer, context);

  if (sod->hash == NULL)
    pv_reason_add (&reason, PV_REASON_UNSUPPORTED);
  else if (pv_hash_is_weak (sod->hash))
    pv_reason_add (&reason, PV_REASON_WEAK);
  return add_clock (reason, context);
}

PvReason
pv_card_security_verify (const guint8 *data, gsize length, const PvSodContext *context, const guint8 **ret_infos,
                         gsize *ret_length)
{
  g_autoptr (PvCert) signer = NULL;
  PvReason reason;
  PvCms cms;

  if (length > PV_SOD_MAX_BYTES || !pv_cms_parse (data, length, &cms, NULL)
      || !pv_cms_has_type (&cms, OID_CARD_SECURITY))
    return PV_REASON_BAD_SOD;
  signer = pv_cms_find_signer (&cms);
  reason = add_clock (check_object (&cms, signer, context), context);
  if (pv_reason_verdict (reason) != PV_VERDICT_REFUSED) {
    *ret_infos = cms.content.value;
    *ret_length = cms.content.length;
  }
  return reason;
}
