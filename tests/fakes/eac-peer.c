/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "eac-peer.h"

#include <eac/ca.h>
#include <eac/eac.h>
#include <eac/objects.h>
#include <eac/pace.h>
#include <string.h>

#include "eid/apdu.h"
#include "eid/tlv.h"

enum { MAX_BYTES = 1024 };

typedef struct Peer {
  PvCardTransport base;
  EAC_CTX *context;
  PACE_SEC *secret;
  PvCipher cipher;
  gint parameter_id, ca_parameter_id;
  PvCipher ca_cipher;
  BUF_MEM *ca_public;
  BUF_MEM *terminal_key;
  gboolean is_secured, is_secured_next, has_new_keys, has_short_number;
  guint n_commands;
  guint8 reply[MAX_BYTES];
  gsize reply_length;
} Peer;

static BUF_MEM *
buffer (const guint8 *data, gsize length)
{
  BUF_MEM *made = BUF_MEM_new ();

  g_assert (made != NULL && BUF_MEM_grow (made, length) == length);
  memcpy (made->data, data, length);
  return made;
}

static gboolean
is_curve (gint parameter_id)
{
  return parameter_id >= 8;
}

static int
pace_nid (PvCipher cipher, gboolean is_ec)
{
  const int nids[2][PV_N_CIPHERS] = {
    { NID_id_PACE_DH_GM_3DES_CBC_CBC, NID_id_PACE_DH_GM_AES_CBC_CMAC_128, NID_id_PACE_DH_GM_AES_CBC_CMAC_192,
      NID_id_PACE_DH_GM_AES_CBC_CMAC_256 },
    { NID_id_PACE_ECDH_GM_3DES_CBC_CBC, NID_id_PACE_ECDH_GM_AES_CBC_CMAC_128, NID_id_PACE_ECDH_GM_AES_CBC_CMAC_192,
      NID_id_PACE_ECDH_GM_AES_CBC_CMAC_256 },
  };

  return nids[is_ec][cipher];
}

static int
ca_nid (PvCipher cipher, gboolean is_ec)
{
  const int nids[2][PV_N_CIPHERS] = {
    { NID_id_CA_DH_3DES_CBC_CBC, NID_id_CA_DH_AES_CBC_CMAC_128, NID_id_CA_DH_AES_CBC_CMAC_192,
      NID_id_CA_DH_AES_CBC_CMAC_256 },
    { NID_id_CA_ECDH_3DES_CBC_CBC, NID_id_CA_ECDH_AES_CBC_CMAC_128, NID_id_CA_ECDH_AES_CBC_CMAC_192,
      NID_id_CA_ECDH_AES_CBC_CMAC_256 },
  };

  return nids[is_ec][cipher];
}

/* Takes @made. 7C { tag made } */
static void
reply_with (Peer *peer, guint32 tag, BUF_MEM *made)
{
  g_auto (PvCardBytes) inner = { 0 };
  g_auto (PvCardBytes) whole = { 0 };

  if (made == NULL)
    return;
  pv_tlv_add (&inner, tag, (const guint8 *) made->data, made->length);
  pv_tlv_add (&whole, 0x7C, inner.data, inner.length);
  g_assert (whole.length <= sizeof peer->reply);
  memcpy (peer->reply, whole.data, whole.length);
  peer->reply_length = whole.length;
  BUF_MEM_clear_free (made);
}

static void
note_number (Peer *peer, gint parameter_id, const BUF_MEM *made)
{
  const gsize whole = parameter_id == 0 ? 128 : 256;

  if (!is_curve (parameter_id) && made != NULL && (made->length < whole || made->data[0] == 0))
    peer->has_short_number = TRUE;
}

static guint16
swap_keys (Peer *peer, const PvTlv *object)
{
  BUF_MEM *ours = PACE_STEP3B_generate_ephemeral_key (peer->context);

  BUF_MEM_clear_free (peer->terminal_key);
  peer->terminal_key = buffer (object->value, object->length);
  note_number (peer, peer->parameter_id, ours);
  note_number (peer, peer->parameter_id, peer->terminal_key);
  if (ours == NULL || PACE_STEP3B_compute_shared_secret (peer->context, peer->terminal_key) != 1
      || PACE_STEP3C_derive_keys (peer->context) != 1) {
    BUF_MEM_clear_free (ours);
    return PV_SW_BAD_DATA;
  }
  note_number (peer, peer->parameter_id, peer->context->pace_ctx->ka_ctx->shared_secret);
  reply_with (peer, 0x84, ours);
  return PV_SW_OK;
}

static guint16
swap_tokens (Peer *peer, const PvTlv *object)
{
  BUF_MEM *theirs = buffer (object->value, object->length);
  int is_right = PACE_STEP3D_verify_authentication_token (peer->context, theirs);

  BUF_MEM_clear_free (theirs);
  if (is_right != 1)
    return PV_SW_AUTHENTICATION_FAILED;
  reply_with (peer, 0x86, PACE_STEP3D_compute_authentication_token (peer->context, peer->terminal_key));
  peer->is_secured_next = TRUE;
  return PV_SW_OK;
}

static guint16
map (Peer *peer, const PvTlv *object)
{
  BUF_MEM *ours = PACE_STEP3A_generate_mapping_data (peer->context);
  BUF_MEM *theirs = buffer (object->value, object->length);
  int is_right = PACE_STEP3A_map_generator (peer->context, theirs);

  note_number (peer, peer->parameter_id, ours);
  note_number (peer, peer->parameter_id, theirs);
  BUF_MEM_clear_free (theirs);
  reply_with (peer, 0x82, ours);
  return is_right == 1 ? PV_SW_OK : PV_SW_BAD_DATA;
}

/* Version 1: the keys are derived from the secret alone; libeac knows only version 2, so the last step is ours. */
static guint16
agree_on_chip_key (Peer *peer, const guint8 *key, gsize length)
{
  KA_CTX *agreement = peer->context->ca_ctx->ka_ctx;
  BUF_MEM *theirs = buffer (key, length);
  int is_right = CA_STEP4_compute_shared_secret (peer->context, theirs);
  gsize key_bytes = pv_cipher_key_bytes (peer->ca_cipher);

  note_number (peer, peer->ca_parameter_id, theirs);
  BUF_MEM_clear_free (theirs);
  if (is_right != 1)
    return PV_SW_BAD_DATA;
  note_number (peer, peer->ca_parameter_id, agreement->shared_secret);
  for (guint8 counter = 1; counter <= 2; counter++) {
    const guint8 coded[4] = { 0, 0, 0, counter };
    g_autoptr (GChecksum) hash = g_checksum_new (key_bytes > 16 ? G_CHECKSUM_SHA256 : G_CHECKSUM_SHA1);
    BUF_MEM **slot = counter == 1 ? &agreement->k_enc : &agreement->k_mac;
    guint8 digest[32];
    gsize digest_length = sizeof digest;

    g_checksum_update (hash, (const guchar *) agreement->shared_secret->data,
                       (gssize) agreement->shared_secret->length);
    g_checksum_update (hash, coded, sizeof coded);
    g_checksum_get_digest (hash, digest, &digest_length);
    BUF_MEM_clear_free (*slot);
    *slot = buffer (digest, key_bytes);
  }
  peer->has_new_keys = TRUE;
  return PV_SW_OK;
}

static guint16
authenticate (Peer *peer, const PvApdu *apdu)
{
  PvTlvReader reader = { apdu->data, apdu->length };
  PvTlv whole, object;

  if (!pv_tlv_expect (&reader, 0x7C, &whole) || !pv_tlv_is_done (&reader))
    return PV_SW_BAD_DATA;
  reader = pv_tlv_enter (&whole);
  if (pv_tlv_is_done (&reader)) {
    reply_with (peer, 0x80, PACE_STEP1_enc_nonce (peer->context, peer->secret));
    return PV_SW_OK;
  }
  if (!pv_tlv_next (&reader, &object) || !pv_tlv_is_done (&reader))
    return PV_SW_BAD_DATA;
  switch (object.tag) {
  case 0x80:
    peer->reply_length = 2;
    memcpy (peer->reply, "\x7C\x00", 2);
    return agree_on_chip_key (peer, object.value, object.length);
  case 0x81:
    return map (peer, &object);
  case 0x83:
    return swap_keys (peer, &object);
  case 0x85:
    return swap_tokens (peer, &object);
  default:
    return PV_SW_BAD_DATA;
  }
}

static guint16
manage (Peer *peer, const PvApdu *apdu)
{
  PvTlv key;

  if (apdu->p1 == 0x41 && apdu->p2 == 0xA6)
    return pv_tlv_find (apdu->data, apdu->length, 0x91, &key) ? agree_on_chip_key (peer, key.value, key.length)
                                                              : PV_SW_BAD_DATA;
  return PV_SW_OK;
}

static guint16
serve (Peer *peer, const PvApdu *apdu)
{
  peer->reply_length = 0;
  if (apdu->ins == 0x22)
    return manage (peer, apdu);
  if (apdu->ins == 0x86)
    return authenticate (peer, apdu);
  peer->reply[0] = apdu->ins;
  peer->reply_length = 1;
  return PV_SW_OK;
}

/* Header, objects, both padded: what the MAC is over. */
static BUF_MEM *
mac_of (Peer *peer, const guint8 *header, const guint8 *objects, gsize length)
{
  g_autoptr (GByteArray) all = g_byte_array_new ();
  BUF_MEM *plain, *padded, *mac;

  if (header != NULL) {
    plain = buffer (header, 4);
    padded = EAC_add_iso_pad (peer->context, plain);
    g_byte_array_append (all, (const guint8 *) padded->data, (guint) padded->length);
    BUF_MEM_clear_free (plain);
    BUF_MEM_clear_free (padded);
  }
  if (length > 0) {
    plain = buffer (objects, length);
    padded = EAC_add_iso_pad (peer->context, plain);
    g_byte_array_append (all, (const guint8 *) padded->data, (guint) padded->length);
    BUF_MEM_clear_free (plain);
    BUF_MEM_clear_free (padded);
  }
  plain = buffer (all->data, all->len);
  mac = EAC_authenticate (peer->context, plain);
  BUF_MEM_clear_free (plain);
  return mac;
}

static gboolean
has_right_mac (Peer *peer, const PvApdu *apdu)
{
  const guint8 header[4] = { apdu->cla, apdu->ins, apdu->p1, apdu->p2 };
  gsize objects = apdu->length - 10;
  BUF_MEM *mac = mac_of (peer, header, apdu->data, objects);
  gboolean is_right = mac != NULL && mac->length >= 8 && apdu->data[objects] == 0x8E
                      && memcmp (mac->data, apdu->data + objects + 2, 8) == 0;

  BUF_MEM_clear_free (mac);
  return is_right;
}

/* The plain command; its data are in @data. */
static gboolean
unwrap (Peer *peer, const PvApdu *apdu, guint8 data[MAX_BYTES], PvApdu *ret_plain)
{
  PvTlv object;

  EAC_increment_ssc (peer->context);
  if (apdu->length < 10 || !has_right_mac (peer, apdu))
    return FALSE;
  *ret_plain = (PvApdu){ apdu->cla & 0xF3, apdu->ins, apdu->p1, apdu->p2, NULL, 0, 0 };
  if (pv_tlv_find (apdu->data, apdu->length, 0x87, &object)) {
    BUF_MEM *sealed = buffer (object.value + 1, object.length - 1);
    BUF_MEM *padded = EAC_decrypt (peer->context, sealed);
    BUF_MEM *plain = EAC_remove_iso_pad (padded);

    g_assert (plain != NULL && plain->length <= MAX_BYTES);
    memcpy (data, plain->data, plain->length);
    ret_plain->data = data;
    ret_plain->length = plain->length;
    BUF_MEM_clear_free (sealed);
    BUF_MEM_clear_free (padded);
    BUF_MEM_clear_free (plain);
  }
  return TRUE;
}

static void
wrap (Peer *peer, guint16 sw, PvCardBytes *answer)
{
  const guint8 status[2] = { (guint8) (sw >> 8), (guint8) sw };
  BUF_MEM *mac;

  EAC_increment_ssc (peer->context);
  if (peer->reply_length > 0) {
    BUF_MEM *plain = buffer (peer->reply, peer->reply_length);
    BUF_MEM *padded = EAC_add_iso_pad (peer->context, plain);
    BUF_MEM *sealed = EAC_encrypt (peer->context, padded);
    g_auto (PvCardBytes) value = { 0 };

    pv_card_bytes_add (&value, (const guint8 *) "\x01", 1);
    pv_card_bytes_add (&value, (const guint8 *) sealed->data, sealed->length);
    pv_tlv_add (answer, 0x87, value.data, value.length);
    BUF_MEM_clear_free (plain);
    BUF_MEM_clear_free (padded);
    BUF_MEM_clear_free (sealed);
  }
  pv_tlv_add (answer, 0x99, status, 2);
  mac = mac_of (peer, NULL, answer->data, answer->length);
  pv_tlv_add (answer, 0x8E, (const guint8 *) mac->data, 8);
  BUF_MEM_clear_free (mac);
}

static void
take_keys (Peer *peer, int which)
{
  g_assert (EAC_CTX_set_encryption_ctx (peer->context, which) == 1 && EAC_set_ssc (peer->context, 0) == 1);
}

static void
answer_command (Peer *peer, const guint8 *command, gsize length, PvCardBytes *answer)
{
  guint8 data[MAX_BYTES];
  PvApdu apdu, plain;
  guint16 sw;

  g_assert (pv_apdu_decode (command, length, &apdu));
  if (peer->is_secured) {
    if ((apdu.cla & 0x0C) != 0x0C || !unwrap (peer, &apdu, data, &plain)) {
      pv_card_bytes_add (answer, (const guint8 *) "\x69\x88", 2);
      peer->is_secured = FALSE;
      return;
    }
    sw = serve (peer, &plain);
    wrap (peer, sw, answer);
  } else {
    sw = serve (peer, &apdu);
    pv_card_bytes_add (answer, peer->reply, peer->reply_length);
  }
  pv_card_bytes_add (answer, (const guint8[]){ (guint8) (sw >> 8), (guint8) sw }, 2);
  if (peer->is_secured_next) {
    take_keys (peer, EAC_ID_PACE);
    peer->is_secured = TRUE;
    peer->is_secured_next = FALSE;
  }
  if (peer->has_new_keys) {
    take_keys (peer, EAC_ID_CA);
    peer->has_new_keys = FALSE;
  }
}

static gboolean
transceive (PvCardTransport *transport, const guint8 *command, gsize command_length, guint8 *answer, gsize answer_size,
            gsize *ret_length, guint timeout_ms, GError **error)
{
  Peer *peer = (Peer *) transport;
  g_auto (PvCardBytes) made = { 0 };

  (void) timeout_ms;
  (void) error;
  peer->n_commands++;
  answer_command (peer, command, command_length, &made);
  g_assert (made.length <= answer_size);
  memcpy (answer, made.data, made.length);
  *ret_length = made.length;
  return TRUE;
}

static void
do_nothing (PvCardTransport *transport)
{
  (void) transport;
}

static void
free_peer (PvCardTransport *transport)
{
  Peer *peer = (Peer *) transport;

  EAC_CTX_clear_free (peer->context);
  PACE_SEC_clear_free (peer->secret);
  BUF_MEM_clear_free (peer->ca_public);
  BUF_MEM_clear_free (peer->terminal_key);
  g_free (peer);
}

static const PvCardTransportOps peer_ops = { transceive, NULL, do_nothing, free_peer };

PvCardTransport *
pv_eac_peer_new (PvCipher cipher, gint parameter_id, PvPasswordKind kind, const char *secret)
{
  Peer *peer = g_new0 (Peer, 1);

  EAC_init ();
  peer->base.ops = &peer_ops;
  peer->base.max_command = PV_APDU_MAX_COMMAND_BYTES;
  peer->base.max_answer = PV_APDU_MAX_ANSWER_BYTES;
  peer->cipher = cipher;
  peer->parameter_id = parameter_id;
  peer->context = EAC_CTX_new ();
  peer->context->tr_version = EAC_TR_VERSION_2_02;
  peer->secret = PACE_SEC_new (secret, strlen (secret), kind == PV_PASSWORD_CAN ? PACE_CAN : PACE_MRZ);
  g_assert (peer->secret != NULL
            && EAC_CTX_init_pace (peer->context, pace_nid (cipher, is_curve (parameter_id)), parameter_id) == 1);
  return &peer->base;
}

/* A new key pair; libeac keeps a private key that is there, so its object is made anew. */
static BUF_MEM *
make_chip_key (Peer *peer)
{
  KA_CTX *agreement;

  g_assert (
    EAC_CTX_init_ca (peer->context, ca_nid (peer->ca_cipher, is_curve (peer->ca_parameter_id)), peer->ca_parameter_id)
    == 1);
  agreement = peer->context->ca_ctx->ka_ctx;
  return agreement->generate_key (agreement->key, peer->context->bn_ctx);
}

void
pv_eac_peer_offer_chip_auth (PvCardTransport *transport, PvCipher cipher, gint parameter_id)
{
  Peer *peer = (Peer *) transport;

  peer->ca_cipher = cipher;
  peer->ca_parameter_id = parameter_id;
  BUF_MEM_clear_free (peer->ca_public);
  peer->ca_public = make_chip_key (peer);
  g_assert (peer->ca_public != NULL);
}

void
pv_eac_peer_lose_key (PvCardTransport *transport)
{
  BUF_MEM_clear_free (make_chip_key ((Peer *) transport));
}

/* SubjectPublicKeyInfo by the number of the parameters (standardizedDomainParameters of BSI TR-03110). */
static void
add_key (Peer *peer, PvCardBytes *key)
{
  static const guint8 oid[] = { 0x04, 0x00, 0x7F, 0x00, 0x07, 0x01, 0x02 };
  const guint8 id = (guint8) peer->ca_parameter_id;
  g_auto (PvCardBytes) algorithm = { 0 };
  g_auto (PvCardBytes) bits = { 0 };
  g_auto (PvCardBytes) inner = { 0 };

  pv_tlv_add (&algorithm, 0x06, oid, sizeof oid);
  pv_tlv_add (&algorithm, 0x02, &id, 1);
  pv_card_bytes_add (&bits, (const guint8 *) "\x00", 1);
  if (is_curve (id))
    pv_card_bytes_add (&bits, (const guint8 *) peer->ca_public->data, peer->ca_public->length);
  else {
    g_auto (PvCardBytes) number = { 0 };

    if ((peer->ca_public->data[0] & 0x80) != 0)
      pv_card_bytes_add (&number, (const guint8 *) "\x00", 1);
    pv_card_bytes_add (&number, (const guint8 *) peer->ca_public->data, peer->ca_public->length);
    pv_tlv_add (&bits, 0x02, number.data, number.length);
  }
  pv_tlv_add (&inner, 0x30, algorithm.data, algorithm.length);
  pv_tlv_add (&inner, 0x03, bits.data, bits.length);
  pv_tlv_add (key, 0x30, inner.data, inner.length);
}

GBytes *
pv_eac_peer_make_infos (PvCardTransport *transport, gboolean with_protocol)
{
  Peer *peer = (Peer *) transport;
  guint8 kind = is_curve (peer->ca_parameter_id) ? 2 : 1;
  const guint8 key_oid[] = { 0x04, 0x00, 0x7F, 0x00, 0x07, 0x02, 0x02, 0x01, kind };
  const guint8 oid[] = { 0x04, 0x00, 0x7F, 0x00, 0x07, 0x02, 0x02, 0x03, kind, (guint8) (peer->ca_cipher + 1) };
  g_auto (PvCardBytes) key = { 0 };
  g_auto (PvCardBytes) info = { 0 };
  g_auto (PvCardBytes) infos = { 0 };
  g_auto (PvCardBytes) set = { 0 };

  pv_tlv_add (&key, 0x06, key_oid, sizeof key_oid);
  add_key (peer, &key);
  pv_tlv_add (&infos, 0x30, key.data, key.length);
  if (with_protocol) {
    pv_tlv_add (&info, 0x06, oid, sizeof oid);
    pv_tlv_add (&info, 0x02, (const guint8 *) "\x01", 1);
    pv_tlv_add (&infos, 0x30, info.data, info.length);
  }
  pv_tlv_add (&set, 0x31, infos.data, infos.length);
  return g_bytes_new (set.data, set.length);
}

gboolean
pv_eac_peer_has_short_number (PvCardTransport *transport)
{
  return ((Peer *) transport)->has_short_number;
}

guint
pv_eac_peer_count_commands (PvCardTransport *transport)
{
  return ((Peer *) transport)->n_commands;
}
