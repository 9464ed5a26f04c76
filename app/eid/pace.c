/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <openssl/rand.h>
#include <string.h>

#include "core/wipe.h"
#include "eid/pace-internal.h"
#include "eid/tlv.h"

enum {
  INS_MANAGE = 0x22,
  INS_AUTHENTICATE = 0x86,
  CLA_MORE = 0x10, /* all steps but the last */
  DYNAMIC_DATA = 0x7C,
  DO_MECHANISM = 0x80,
  DO_PASSWORD = 0x83,
  DO_PARAMETERS = 0x84,
  MAX_STEP_BYTES = 512, /* a number of 2048 bits in its objects has 264 */
  LONG_KEY_BYTES = 200, /* from here on an answer does not fit in 256 bytes */
};

/* The objects of each step of GENERAL AUTHENTICATE, section 4.4.4. */
enum {
  DO_NONCE = 0x80,
  DO_MAP_IFD = 0x81,
  DO_MAP_IC = 0x82,
  DO_KEY_IFD = 0x83,
  DO_KEY_IC = 0x84,
  DO_TOKEN_IFD = 0x85,
  DO_TOKEN_IC = 0x86,
  DO_CAR_1 = 0x87, /* names of certificates of terminal authentication: not for us */
  DO_CAR_2 = 0x88,
  DO_CAM = 0x8A,
};

/* One run; all in locked memory. */
typedef struct Run {
  PvChannel *channel;
  const PvPaceInfo *info;
  const PvPaceSecrets *secrets;
  PvDomain *domain;
  PvElement *mapped;    /* owned */
  PvPaceResult *result; /* owned by the caller of run_steps() */
  guint8 s[PV_PACE_MAX_NONCE_BYTES];
  gsize s_length;
  guint8 our_key[PV_DOMAIN_MAX_KEY_BYTES];
  guint8 its_key[PV_DOMAIN_MAX_KEY_BYTES];
  guint8 encryption_key[PV_CIPHER_MAX_KEY_BYTES];
  guint8 mac_key[PV_CIPHER_MAX_KEY_BYTES];
  guint8 answer[MAX_STEP_BYTES];
  gsize answer_length;
} Run;

static gboolean
fail (PvCardError code, const char *message, GError **error)
{
  g_set_error_literal (error, PV_CARD_ERROR, (gint) code, message);
  return FALSE;
}

static gboolean
is_wrong_code (guint16 sw)
{
  return sw == PV_SW_AUTHENTICATION_FAILED || (sw & 0xFFF0) == 0x63C0;
}

/* What the card says when it takes no password of this kind, or none any more. */
static gboolean
fail_for_status (guint16 sw, gboolean is_token, GError **error)
{
  if (sw == PV_SW_BLOCKED || sw == PV_SW_UNUSABLE)
    return fail (PV_CARD_ERROR_BLOCKED, "the card takes no code any more", error);
  if (is_token && (is_wrong_code (sw) || sw == PV_SW_SECURITY_STATUS))
    return fail (PV_CARD_ERROR_WRONG_CODE, "the card does not know this code", error);
  g_set_error (error, PV_CARD_ERROR, is_token ? PV_CARD_ERROR_BAD_DATA : PV_CARD_ERROR_UNSUPPORTED,
               "the card ends PACE with %04X", sw);
  return FALSE;
}

/* MSE:Set AT, section 4.4.4. 63Cx warns of the tries that are left. */
static gboolean
choose (Run *run, const PvCardPassword *password, gboolean with_parameters, guint16 *ret_sw, GError **error)
{
  g_auto (PvCardBytes) data = { 0 };
  const guint8 kind = (guint8) pv_card_password_get_kind (password), parameters = (guint8) run->info->parameter_id;
  PvApdu apdu = { 0x00, INS_MANAGE, 0xC1, 0xA4, NULL, 0, 0 };

  pv_tlv_add (&data, DO_MECHANISM, run->info->oid, run->info->oid_length);
  pv_tlv_add (&data, DO_PASSWORD, &kind, 1);
  if (with_parameters)
    pv_tlv_add (&data, DO_PARAMETERS, &parameters, 1);
  apdu.data = data.data;
  apdu.length = data.length;
  return pv_channel_send (run->channel, &apdu, run->answer, sizeof run->answer, &run->answer_length, ret_sw,
                          PV_CARD_SLOW_TIMEOUT_MS, error);
}

/* Few old chips refuse to be told the parameters even where several are offered: once more without. No password was
 * tried. */
static gboolean
set_protocol (Run *run, const PvCardPassword *password, gboolean is_ambiguous, GError **error)
{
  guint16 sw;

  if (!choose (run, password, is_ambiguous, &sw, error))
    return FALSE;
  if (is_ambiguous && sw == PV_SW_BAD_DATA && !choose (run, password, FALSE, &sw, error))
    return FALSE;
  if (sw == PV_SW_OK || ((sw & 0xFFF0) == 0x63C0 && sw != 0x63C0))
    return TRUE;
  if (sw == 0x63C0)
    return fail_for_status (PV_SW_BLOCKED, FALSE, error);
  return fail_for_status (sw, FALSE, error);
}

/* One GENERAL AUTHENTICATE; @tag 0: no object. The answer's objects are what is left in @ret_objects. */
static gboolean
step (Run *run, guint32 tag, const guint8 *value, gsize length, PvTlvReader *ret_objects, GError **error)
{
  g_auto (PvCardBytes) inner = { 0 };
  g_auto (PvCardBytes) data = { 0 };
  gboolean is_token = tag == DO_TOKEN_IFD;
  PvApdu apdu = { is_token ? 0x00 : CLA_MORE, INS_AUTHENTICATE, 0x00, 0x00, NULL, 0, 256 };
  PvTlvReader reader;
  PvTlv whole;
  guint16 sw;

  if (tag != 0)
    pv_tlv_add (&inner, tag, value, length);
  pv_tlv_add (&data, DYNAMIC_DATA, inner.data, inner.length);
  apdu.data = data.data;
  apdu.length = data.length;
  if (length > LONG_KEY_BYTES)
    apdu.expected = 65536;
  if (!pv_channel_send (run->channel, &apdu, run->answer, sizeof run->answer, &run->answer_length, &sw,
                        PV_CARD_SLOW_TIMEOUT_MS, error))
    return FALSE;
  if (sw != PV_SW_OK)
    return fail_for_status (sw, is_token, error);
  reader = (PvTlvReader){ run->answer, run->answer_length };
  if (!pv_tlv_expect (&reader, DYNAMIC_DATA, &whole) || !pv_tlv_is_done (&reader))
    return fail (PV_CARD_ERROR_BAD_DATA, "an answer of PACE is malformed", error);
  *ret_objects = pv_tlv_enter (&whole);
  return TRUE;
}

/* As step(), for one object in the answer. */
static gboolean
step_for (Run *run, guint32 tag, const guint8 *value, gsize length, guint32 answer_tag, PvTlv *ret_object,
          GError **error)
{
  PvTlvReader objects;

  if (!step (run, tag, value, length, &objects, error))
    return FALSE;
  if (!pv_tlv_expect (&objects, answer_tag, ret_object) || !pv_tlv_is_done (&objects))
    return fail (PV_CARD_ERROR_BAD_DATA, "an answer of PACE has not the object that it must have", error);
  return TRUE;
}

static gboolean
is_integrated (const PvPaceInfo *info)
{
  return info->mapping == PV_MAPPING_DH_IM || info->mapping == PV_MAPPING_ECDH_IM;
}

static gboolean
get_nonce (Run *run, const PvCardPassword *password, GError **error)
{
  const guint8 *secret;
  gsize secret_length, wanted = pv_pace_nonce_bytes (run->info->cipher);
  PvTlv z;

  if (!step_for (run, 0, NULL, 0, DO_NONCE, &z, error))
    return FALSE;
  /* With generic mapping any number of blocks is allowed; all chips have one of AES, or two of DES. */
  if (z.length < 8 || z.length > PV_PACE_MAX_NONCE_BYTES || z.length % pv_cipher_block_bytes (run->info->cipher) != 0
      || (is_integrated (run->info) && z.length != wanted))
    return fail (PV_CARD_ERROR_BAD_DATA, "the nonce of PACE has a wrong length", error);
  secret = pv_card_password_get_secret (password, &secret_length);
  run->s_length = z.length;
  pv_pace_decrypt_nonce (run->info->cipher, secret, secret_length, z.value, z.length, run->s);
  return TRUE;
}

/* The public key of @key over @base into our_key, sent; the other side's into its_key. A chip that sends ours back has
 * nothing of its own. */
static gboolean
swap_keys (Run *run, const PvElement *base, const BIGNUM *key, guint32 tag, guint32 answer_tag, PvElement **ret_peer,
           GError **error)
{
  g_autoptr (PvElement) ours = pv_element_raise (run->domain, base, key);
  g_autoptr (PvElement) peer = NULL;
  PvTlv theirs;

  if (ours == NULL || !pv_element_write (run->domain, ours, run->our_key))
    return fail (PV_CARD_ERROR_BAD_DATA, "PACE leads to no key", error);
  if (!step_for (run, tag, run->our_key, run->domain->key_bytes, answer_tag, &theirs, error))
    return FALSE;
  peer = pv_element_read (run->domain, theirs.value, theirs.length);
  if (peer == NULL || !pv_element_write (run->domain, peer, run->its_key))
    return fail (PV_CARD_ERROR_BAD_DATA, "a key of the chip is not in the group", error);
  if (pv_element_equal (run->domain, peer, ours))
    return fail (PV_CARD_ERROR_BAD_DATA, "the chip sent our own key back", error);
  *ret_peer = g_steal_pointer (&peer);
  return TRUE;
}

static gboolean
map_generic (Run *run, GError **error)
{
  g_autoptr (PvElement) generator = pv_element_new_generator (run->domain);
  g_autoptr (PvElement) peer = NULL;

  if (generator == NULL || !swap_keys (run, generator, run->secrets->map_key, DO_MAP_IFD, DO_MAP_IC, &peer, error))
    return FALSE;
  if (run->info->mapping == PV_MAPPING_ECDH_CAM)
    pv_card_bytes_add (&run->result->mapping_key, run->its_key, run->domain->key_bytes);
  run->mapped = pv_pace_map_generic (run->domain, run->s, run->s_length, run->secrets->map_key, peer);
  return run->mapped != NULL || fail (PV_CARD_ERROR_BAD_DATA, "the chip's mapping leads nowhere", error);
}

/* The answer is empty, or an empty object. */
static gboolean
map_integrated (Run *run, GError **error)
{
  PvTlvReader objects;
  PvTlv object = { 0 };

  if (!step (run, DO_MAP_IFD, run->secrets->nonce, pv_cipher_key_bytes (run->info->cipher), &objects, error))
    return FALSE;
  (void) pv_tlv_expect (&objects, DO_MAP_IC, &object);
  if (object.length > 0 || !pv_tlv_is_done (&objects))
    return fail (PV_CARD_ERROR_BAD_DATA, "the chip answers an integrated mapping with data", error);
  run->mapped = pv_pace_map_integrated (run->domain, run->info->cipher, run->s, run->secrets->nonce);
  return run->mapped != NULL || fail (PV_CARD_ERROR_BAD_DATA, "the integrated mapping leads nowhere", error);
}

static gboolean
agree (Run *run, GError **error)
{
  g_autoptr (PvElement) peer = NULL;
  g_autoptr (PvElement) shared = NULL;
  guint8 secret[PV_DOMAIN_MAX_KEY_BYTES];

  if (!swap_keys (run, run->mapped, run->secrets->key, DO_KEY_IFD, DO_KEY_IC, &peer, error))
    return FALSE;
  shared = pv_element_raise (run->domain, peer, run->secrets->key);
  if (shared == NULL || pv_element_is_neutral (run->domain, shared)
      || !pv_element_write_secret (run->domain, shared, secret))
    return fail (PV_CARD_ERROR_BAD_DATA, "PACE leads to no secret", error);
  pv_kdf (run->info->cipher, secret, run->domain->field_bytes, 1, run->encryption_key);
  pv_kdf (run->info->cipher, secret, run->domain->field_bytes, 2, run->mac_key);
  pv_wipe_bytes (secret, sizeof secret);
  return TRUE;
}

/* What may stand behind the chip's token: CA_IC with CAM, and there it must; names of certificates. */
static gboolean
read_behind_token (Run *run, PvTlvReader *objects)
{
  PvTlv object;

  if (run->info->mapping == PV_MAPPING_ECDH_CAM
      && (!pv_tlv_expect (objects, DO_CAM, &object)
          || !pv_pace_decrypt_cam (run->info->cipher, run->encryption_key, object.value, object.length,
                                   &run->result->cam_data)))
    return FALSE;
  (void) pv_tlv_expect (objects, DO_CAR_1, &object);
  (void) pv_tlv_expect (objects, DO_CAR_2, &object);
  return pv_tlv_is_done (objects);
}

static gboolean
swap_tokens (Run *run, GError **error)
{
  guint8 token[PV_MAC_BYTES], expected[PV_MAC_BYTES];
  PvTlvReader objects;
  PvTlv theirs;

  pv_pace_token (run->info, run->domain->is_ec, run->mac_key, run->its_key, run->domain->key_bytes, token);
  pv_pace_token (run->info, run->domain->is_ec, run->mac_key, run->our_key, run->domain->key_bytes, expected);
  if (!step (run, DO_TOKEN_IFD, token, sizeof token, &objects, error))
    return FALSE;
  if (!pv_tlv_expect (&objects, DO_TOKEN_IC, &theirs) || theirs.length != sizeof expected
      || !pv_bytes_equal (theirs.value, expected, sizeof expected))
    return fail (PV_CARD_ERROR_BAD_DATA, "the chip does not know the code itself", error);
  if (!read_behind_token (run, &objects))
    return fail (PV_CARD_ERROR_BAD_DATA, "the last answer of PACE is malformed", error);
  return TRUE;
}

static gboolean
run_steps (Run *run, const PvCardPassword *password, gboolean is_ambiguous, GError **error)
{
  if (!set_protocol (run, password, is_ambiguous, error) || !get_nonce (run, password, error))
    return FALSE;
  if (is_integrated (run->info) ? !map_integrated (run, error) : !map_generic (run, error))
    return FALSE;
  return agree (run, error) && swap_tokens (run, error);
}

gboolean
pv_pace_run_with (PvChannel *channel, const PvPaceInfo *info, gboolean is_ambiguous, const PvCardPassword *password,
                  const PvPaceSecrets *secrets, PvPaceResult *ret_result, GError **error)
{
  Run *run = (Run *) (void *) pv_card_alloc (sizeof (Run));
  g_auto (PvPaceResult) result = { .parameter_id = info->parameter_id };
  gboolean is_done;

  run->channel = channel;
  run->info = info;
  run->secrets = secrets;
  run->result = &result;
  run->domain = pv_pace_info_is_usable (info) ? pv_domain_new (info->parameter_id) : NULL;
  is_done = run->domain != NULL ? run_steps (run, password, is_ambiguous, error)
                                : fail (PV_CARD_ERROR_UNSUPPORTED, "no such parameters of PACE are known here", error);
  if (is_done) {
    pv_channel_set_sm (channel, pv_sm_new (info->cipher, run->encryption_key, run->mac_key, NULL));
    *ret_result = result;
    result = (PvPaceResult){ 0 };
  }
  pv_element_free (run->mapped);
  pv_domain_free (run->domain);
  pv_card_free ((guint8 *) run);
  return is_done;
}

void
pv_pace_secrets_clear (PvPaceSecrets *secrets)
{
  BN_clear_free (secrets->map_key);
  BN_clear_free (secrets->key);
  pv_wipe_bytes (secrets, sizeof *secrets);
}

gboolean
pv_pace_secrets_fill (PvPaceSecrets *secrets, const PvDomain *domain)
{
  secrets->map_key = pv_domain_random (domain);
  secrets->key = pv_domain_random (domain);
  return secrets->map_key != NULL && secrets->key != NULL && RAND_bytes (secrets->nonce, sizeof secrets->nonce) == 1;
}

gboolean
pv_pace_needs_long (const PvPaceInfo *info)
{
  return info->parameter_id == 1 || info->parameter_id == 2;
}

gboolean
pv_pace_run (PvChannel *channel, const PvPaceInfo *info, gboolean is_ambiguous, const PvCardPassword *password,
             PvPaceResult *ret_result, GError **error)
{
  g_autoptr (PvDomain) domain = pv_domain_new (info->parameter_id);
  g_auto (PvPaceSecrets) secrets = { 0 };

  if (domain == NULL)
    return fail (PV_CARD_ERROR_UNSUPPORTED, "no such parameters of PACE are known here", error);
  if (!pv_pace_secrets_fill (&secrets, domain))
    return fail (PV_CARD_ERROR_READER, "no randomness for a key", error);
  return pv_pace_run_with (channel, info, is_ambiguous, password, &secrets, ret_result, error);
}
