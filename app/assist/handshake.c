/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "assist/handshake.h"

#include <sodium.h>
#include <string.h>

#include "assist/wire.h"

enum { MAC_BYTES = 32, HASH_BYTES = crypto_hash_sha512_BYTES };

static const char transcript_purpose[] = "Parvis assist handshake 1";
static const char kiosk_purpose[] = "Parvis assist kiosk 1";
static const char mediator_purpose[] = "Parvis assist mediator 1";
static const char master_purpose[] = "Parvis assist master 1";
static const char kdf_name[crypto_kdf_CONTEXTBYTES + 1] = "PvShake1";

struct PvHandshake {
  const PvAssistIdentity *identity;
  PvCpace cpace;
  guint8 secret[32]; /* X25519 */
  guint8 random[PV_CALL_RANDOM_BYTES];
  guint8 session[2 * PV_CALL_RANDOM_BYTES]; /* of CPace: the random of the call, then the mediator's */
  guint8 transcript[HASH_BYTES];
  guint8 signatures[2][PV_CERTIFICATE_SIGNATURE_BYTES]; /* by side */
  guint8 master[PV_RECORD_KEY_BYTES];
  guint8 macs[2][MAC_BYTES]; /* by side */
  GBytes *call;
  GBytes *join;
  PvCall *parsed; /* mediator */
  PvCertificate *peer;
  guint8 peer_key[PV_CERTIFICATE_KEY_BYTES];
  gboolean is_over; /* the next step was taken, or failed */
};

static gboolean
fail (GError **error, PvAssistError code, const char *why)
{
  g_set_error_literal (error, PV_ASSIST_ERROR, (gint) code, why);
  return FALSE;
}

gboolean
pv_pairing_code_make (PvPairingCode *code, const guint8 random[8], gint64 now_ms)
{
  const guint64 n = 1000000, limit = G_MAXUINT64 - G_MAXUINT64 % n;
  guint64 value;

  memcpy (&value, random, sizeof value);
  if (value >= limit)
    return FALSE;
  *code = (PvPairingCode){ .until_ms = now_ms + PV_CODE_LIFE_SECONDS * 1000 };
  value %= n;
  for (guint i = PV_CODE_DIGITS; i > 0; i--, value /= 10)
    code->digits[i - 1] = (char) ('0' + value % 10);
  return TRUE;
}

gboolean
pv_pairing_code_is_usable (const PvPairingCode *code, gint64 now_ms)
{
  return code->digits[0] != '\0' && !code->is_used && code->failures < PV_CODE_MAX_FAILURES && now_ms < code->until_ms;
}

gboolean
pv_pairing_code_is_digits (const char *text)
{
  return text != NULL && strlen (text) == PV_CODE_DIGITS && strspn (text, "0123456789") == PV_CODE_DIGITS;
}

void
pv_pairing_code_clear (PvPairingCode *code)
{
  sodium_memzero (code, sizeof *code);
}

void
pv_handshake_free (PvHandshake *handshake)
{
  if (handshake == NULL)
    return;
  g_clear_pointer (&handshake->call, g_bytes_unref);
  g_clear_pointer (&handshake->join, g_bytes_unref);
  pv_call_free (handshake->parsed);
  pv_certificate_free (handshake->peer);
  sodium_memzero (handshake, sizeof *handshake);
  g_free (handshake);
}

const PvCertificate *
pv_handshake_get_peer (const PvHandshake *handshake)
{
  return handshake->peer;
}

const guint8 *
pv_handshake_get_random (const PvHandshake *handshake)
{
  return handshake->session;
}

const guint8 *
pv_handshake_get_peer_key (const PvHandshake *handshake)
{
  return handshake->peer_key;
}

static PvCertificate *
parse_own (const PvAssistIdentity *identity)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (identity->certificate, &size);

  return pv_certificate_parse (bytes, size, NULL);
}

/* Binds the run to who speaks with whom about what, so that nobody can pass it on to a third. */
static GBytes *
channel_of (const PvCertificate *kiosk, const PvCertificate *mediator, guint version, const guint8 *catalogue)
{
  g_autoptr (PvWireWriter) channel = pv_wire_writer_new ();

  pv_wire_write_u8 (channel, version);
  pv_wire_write_bytes (channel, kiosk->id, sizeof kiosk->id);
  pv_wire_write_bytes (channel, mediator->id, sizeof mediator->id);
  pv_wire_write_text (channel, kiosk->communes[0], PV_CERTIFICATE_MAX_COMMUNE_BYTES);
  pv_wire_write_bytes (channel, catalogue, PV_ASSIST_CATALOGUE_BYTES);
  return pv_wire_writer_finish (channel);
}

static PvCpaceBytes
view (GBytes *bytes)
{
  return (PvCpaceBytes){ g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes) };
}

/* Starts CPace and X25519; @random: PV_HANDSHAKE_RANDOM_BYTES. */
static gboolean
start (PvHandshake *handshake, const char *digits, GBytes *channel, const guint8 *random)
{
  PvCpaceBytes code = { (const guint8 *) digits, strlen (digits) };
  PvCpaceBytes session = { handshake->session, sizeof handshake->session };

  memcpy (handshake->secret, random + PV_CPACE_SEED_BYTES, sizeof handshake->secret);
  return pv_cpace_start (&handshake->cpace, code, view (channel), session, random);
}

static void
write_block (PvWireWriter *to, GBytes *bytes)
{
  PvCpaceBytes data = view (bytes);

  pv_wire_write_block (to, data.data, data.size);
}

static void
write_shares (PvWireWriter *to, const PvHandshake *handshake)
{
  guint8 share[32];

  pv_wire_write_bytes (to, handshake->cpace.share, sizeof handshake->cpace.share);
  crypto_scalarmult_base (share, handshake->secret);
  pv_wire_write_bytes (to, share, sizeof share);
}

/* The highest that both speak, or 0. */
static guint
common_version (guint newest, guint oldest, guint other_newest, guint other_oldest)
{
  guint version = MIN (newest, other_newest);

  return version >= MAX (oldest, other_oldest) ? version : 0;
}

static gboolean
knows_catalogue (const PvAssistIdentity *identity, const guint8 *catalogue)
{
  for (guint i = 0; i < MIN (identity->n_catalogues, G_N_ELEMENTS (identity->catalogues)); i++)
    if (memcmp (identity->catalogues[i], catalogue, PV_ASSIST_CATALOGUE_BYTES) == 0)
      return TRUE;
  return FALSE;
}

static GBytes *
write_join (PvHandshake *handshake, guint version)
{
  g_autoptr (PvWireWriter) join = pv_wire_writer_new ();

  pv_wire_write_u8 (join, PV_WIRE_JOIN);
  pv_wire_write_bytes (join, handshake->parsed->random, PV_CALL_RANDOM_BYTES);
  pv_wire_write_u8 (join, version);
  pv_wire_write_u8 (join, handshake->identity->newest);
  pv_wire_write_u8 (join, handshake->identity->oldest);
  pv_wire_write_bytes (join, handshake->parsed->catalogue, PV_ASSIST_CATALOGUE_BYTES);
  pv_wire_write_bytes (join, handshake->random, PV_CALL_RANDOM_BYTES);
  write_block (join, handshake->identity->certificate);
  write_shares (join, handshake);
  return pv_wire_writer_finish (join);
}

static void
take_randoms (PvHandshake *handshake, const guint8 *kiosk, const guint8 *mediator)
{
  memcpy (handshake->session, kiosk, PV_CALL_RANDOM_BYTES);
  memcpy (handshake->session + PV_CALL_RANDOM_BYTES, mediator, PV_CALL_RANDOM_BYTES);
}

/* Whatever signed it, and however long it would hold. */
static gboolean
is_revoked (const PvAssistIdentity *identity, const PvCertificate *peer, GError **error)
{
  char id[2 * PV_CERTIFICATE_ID_BYTES + 1];

  sodium_bin2hex (id, sizeof id, peer->id, sizeof peer->id);
  if (identity->revoked == NULL || !g_strv_contains (identity->revoked, id))
    return FALSE;
  return !fail (error, PV_ASSIST_ERROR_UNTRUSTED, "a certificate that was revoked");
}

PvHandshake *
pv_handshake_join (const PvAssistIdentity *identity, GBytes *call, const char *digits, const guint8 *random,
                   guint64 now, GBytes **ret_join, GError **error)
{
  g_autoptr (PvHandshake) handshake = g_new0 (PvHandshake, 1);
  g_autoptr (PvCertificate) own = parse_own (identity);
  g_autoptr (GBytes) channel = NULL;
  PvCpaceBytes bytes = view (call);
  guint version;

  if (own == NULL || !pv_pairing_code_is_digits (digits))
    return fail (error, PV_ASSIST_ERROR_BAD_DATA, "six digits are needed"), NULL;
  handshake->identity = identity;
  handshake->call = g_bytes_ref (call);
  handshake->parsed =
    pv_call_open (bytes.data, bytes.size, own, identity->roots, identity->n_roots, now, &handshake->peer, error);
  if (handshake->parsed == NULL || is_revoked (identity, handshake->peer, error))
    return NULL;
  version = common_version (identity->newest, identity->oldest, handshake->parsed->newest, handshake->parsed->oldest);
  if (version == 0 || !knows_catalogue (identity, handshake->parsed->catalogue))
    return fail (error, PV_ASSIST_ERROR_VERSION, "the kiosk speaks another version"), NULL;
  memcpy (handshake->random, random + PV_CPACE_SEED_BYTES + 32, PV_CALL_RANDOM_BYTES);
  take_randoms (handshake, handshake->parsed->random, handshake->random);
  channel = channel_of (handshake->peer, own, version, handshake->parsed->catalogue);
  if (!start (handshake, digits, channel, random))
    return fail (error, PV_ASSIST_ERROR_BAD_DATA, "bad randomness"), NULL;
  handshake->join = write_join (handshake, version);
  *ret_join = g_bytes_ref (handshake->join);
  return g_steal_pointer (&handshake);
}

typedef struct {
  guint version, newest, oldest;
  const guint8 *catalogue, *random, *certificate, *cpace_share, *share;
  gsize certificate_size;
} Join;

static gboolean
read_join (const guint8 *bytes, gsize size, Join *ret)
{
  PvWireReader reader = pv_wire_reader (bytes, size);

  if (size > PV_HANDSHAKE_MAX_BYTES || pv_wire_read_u8 (&reader) != PV_WIRE_JOIN)
    return FALSE;
  pv_wire_read_bytes (&reader, PV_CALL_RANDOM_BYTES); /* of the call: see pv_handshake_is_for() */
  ret->version = pv_wire_read_u8 (&reader);
  ret->newest = pv_wire_read_u8 (&reader);
  ret->oldest = pv_wire_read_u8 (&reader);
  ret->catalogue = pv_wire_read_bytes (&reader, PV_ASSIST_CATALOGUE_BYTES);
  ret->random = pv_wire_read_bytes (&reader, PV_CALL_RANDOM_BYTES);
  ret->certificate = pv_wire_read_block (&reader, PV_CERTIFICATE_MAX_BYTES, &ret->certificate_size);
  ret->cpace_share = pv_wire_read_bytes (&reader, PV_CPACE_POINT_BYTES);
  ret->share = pv_wire_read_bytes (&reader, 32);
  return pv_wire_is_done (&reader);
}

/* call, join, and the answer up to its signature */
static void
hash_transcript (PvHandshake *handshake, const guint8 *answer, gsize size)
{
  PvCpaceBytes call = view (handshake->call), join = view (handshake->join);
  crypto_hash_sha512_state state;
  guint8 hash[HASH_BYTES];

  crypto_hash_sha512_init (&state);
  crypto_hash_sha512_update (&state, (const guint8 *) transcript_purpose, sizeof transcript_purpose);
  crypto_hash_sha512 (hash, call.data, call.size);
  crypto_hash_sha512_update (&state, hash, sizeof hash);
  crypto_hash_sha512 (hash, join.data, join.size);
  crypto_hash_sha512_update (&state, hash, sizeof hash);
  crypto_hash_sha512_update (&state, answer, size);
  crypto_hash_sha512_final (&state, handshake->transcript);
}

/* The master key; FALSE if a share of the other side is not acceptable. */
static gboolean
derive (PvHandshake *handshake, const guint8 *cpace_share, const guint8 *share, PvCpaceBytes our_data,
        PvCpaceBytes their_data)
{
  PvCpaceBytes session = { handshake->session, sizeof handshake->session };
  guint8 isk[PV_CPACE_ISK_BYTES], shared[32];
  crypto_generichash_state state;
  gboolean is_good;

  is_good = crypto_scalarmult (shared, handshake->secret, share) == 0
            && pv_cpace_finish (&handshake->cpace, handshake->identity->side == PV_SIDE_MEDIATOR, session, our_data,
                                cpace_share, their_data, isk);
  pv_cpace_clear (&handshake->cpace);
  sodium_memzero (handshake->secret, sizeof handshake->secret);
  if (is_good) {
    crypto_generichash_init (&state, isk, sizeof isk, PV_RECORD_KEY_BYTES);
    crypto_generichash_update (&state, (const guint8 *) master_purpose, sizeof master_purpose);
    crypto_generichash_update (&state, shared, sizeof shared);
    crypto_generichash_update (&state, handshake->transcript, HASH_BYTES);
    crypto_generichash_final (&state, handshake->master, PV_RECORD_KEY_BYTES);
    sodium_memzero (&state, sizeof state);
  }
  sodium_memzero (isk, sizeof isk);
  sodium_memzero (shared, sizeof shared);
  return is_good;
}

/* The confirmation of @side covers all that was signed. */
static void
make_mac (PvHandshake *handshake, PvAssistSide side)
{
  crypto_generichash_state state;
  guint8 key[PV_RECORD_KEY_BYTES];

  crypto_kdf_derive_from_key (key, sizeof key, 1 + side, kdf_name, handshake->master);
  crypto_generichash_init (&state, key, sizeof key, MAC_BYTES);
  crypto_generichash_update (&state, handshake->transcript, HASH_BYTES);
  crypto_generichash_update (&state, handshake->signatures[0], 2 * PV_CERTIFICATE_SIGNATURE_BYTES);
  crypto_generichash_final (&state, handshake->macs[side], MAC_BYTES);
  sodium_memzero (key, sizeof key);
}

/* What the mediator signs: the transcript and the kiosk's signature. */
static void
mediator_signs (const PvHandshake *handshake, guint8 bytes[HASH_BYTES + PV_CERTIFICATE_SIGNATURE_BYTES])
{
  memcpy (bytes, handshake->transcript, HASH_BYTES);
  memcpy (bytes + HASH_BYTES, handshake->signatures[PV_SIDE_KIOSK], PV_CERTIFICATE_SIGNATURE_BYTES);
}

static PvRecord *
make_record (PvHandshake *handshake)
{
  guint8 session[PV_RECORD_SESSION_BYTES], master[PV_RECORD_KEY_BYTES];
  PvRecord *record;

  crypto_generichash (session, sizeof session, handshake->transcript, HASH_BYTES, NULL, 0);
  crypto_kdf_derive_from_key (master, sizeof master, 3, kdf_name, handshake->master);
  record = pv_record_new (handshake->identity->side, session, master);
  sodium_memzero (master, sizeof master);
  sodium_memzero (handshake->master, sizeof handshake->master);
  return record;
}

/* In the order of PROTOCOL.md: version and catalogue, certificate. */
static gboolean
check_join (PvHandshake *handshake, const Join *join, const PvCertificate *own, guint64 now, GError **error)
{
  const PvAssistIdentity *identity = handshake->identity;

  if (join->version == 0
      || join->version != common_version (identity->newest, identity->oldest, join->newest, join->oldest)
      || memcmp (join->catalogue, identity->catalogues[0], PV_ASSIST_CATALOGUE_BYTES) != 0)
    return fail (error, PV_ASSIST_ERROR_VERSION, "the mediator speaks another version");
  handshake->peer = pv_certificate_parse (join->certificate, join->certificate_size, error);
  return handshake->peer != NULL
         && pv_certificate_verify (handshake->peer, identity->roots, identity->n_roots, PV_CERTIFICATE_MEDIATOR,
                                   own->communes[0], now, error)
         && !is_revoked (identity, handshake->peer, error);
}

static GBytes *
write_answer (PvHandshake *handshake, const guint8 *call_random)
{
  const PvAssistIdentity *identity = handshake->identity;
  g_autoptr (PvWireWriter) answer = pv_wire_writer_new ();

  pv_wire_write_u8 (answer, PV_WIRE_ANSWER);
  pv_wire_write_bytes (answer, call_random, PV_CALL_RANDOM_BYTES);
  write_block (answer, identity->certificate);
  write_block (answer, identity->delegation);
  write_shares (answer, handshake);
  hash_transcript (handshake, (const guint8 *) answer->str, answer->len);
  pv_assist_sign (kiosk_purpose, handshake->transcript, HASH_BYTES, identity->secret,
                  handshake->signatures[PV_SIDE_KIOSK]);
  pv_wire_write_bytes (answer, handshake->signatures[PV_SIDE_KIOSK], PV_CERTIFICATE_SIGNATURE_BYTES);
  return pv_wire_writer_finish (answer);
}

/* The kiosk's associated data: its certificate, then its delegation. */
static GBytes *
kiosk_data (const guint8 *certificate, gsize certificate_size, const guint8 *delegation, gsize delegation_size)
{
  g_autoptr (PvWireWriter) data = pv_wire_writer_new ();

  pv_wire_write_block (data, certificate, certificate_size);
  pv_wire_write_block (data, delegation, delegation_size);
  return pv_wire_writer_finish (data);
}

PvHandshake *
pv_handshake_answer (const PvAssistIdentity *identity, GBytes *call, const char *digits, const guint8 *join,
                     gsize join_size, const guint8 *random, guint64 now, GBytes **ret_answer, GError **error)
{
  g_autoptr (PvHandshake) handshake = g_new0 (PvHandshake, 1);
  g_autoptr (PvCertificate) own = parse_own (identity);
  g_autoptr (GBytes) channel = NULL, data = NULL, answer = NULL;
  PvCpaceBytes certificate = view (identity->certificate), delegation = view (identity->delegation);
  Join read;

  handshake->identity = identity;
  if (own == NULL || !read_join (join, join_size, &read))
    return fail (error, PV_ASSIST_ERROR_BAD_DATA, "no request to join"), NULL;
  if (!check_join (handshake, &read, own, now, error))
    return NULL;
  memcpy (handshake->peer_key, handshake->peer->key, sizeof handshake->peer_key);
  handshake->call = g_bytes_ref (call);
  handshake->join = g_bytes_new (join, join_size);
  take_randoms (handshake, join + 1, read.random); /* pv_handshake_is_for() compared the first */
  channel = channel_of (own, handshake->peer, read.version, read.catalogue);
  if (!start (handshake, digits, channel, random))
    return fail (error, PV_ASSIST_ERROR_BAD_DATA, "bad randomness"), NULL;
  answer = write_answer (handshake, join + 1);
  data = kiosk_data (certificate.data, certificate.size, delegation.data, delegation.size);
  if (!derive (handshake, read.cpace_share, read.share, view (data),
               (PvCpaceBytes){ read.certificate, read.certificate_size }))
    return fail (error, PV_ASSIST_ERROR_BAD_DATA, "a share that is no element"), NULL;
  *ret_answer = g_steal_pointer (&answer);
  return g_steal_pointer (&handshake);
}

typedef struct {
  const guint8 *certificate, *delegation, *cpace_share, *share, *signature;
  gsize certificate_size, delegation_size;
} Answer;

static gboolean
read_answer (const guint8 *bytes, gsize size, Answer *ret)
{
  PvWireReader reader = pv_wire_reader (bytes, size);

  if (size > PV_HANDSHAKE_MAX_BYTES || pv_wire_read_u8 (&reader) != PV_WIRE_ANSWER)
    return FALSE;
  pv_wire_read_bytes (&reader, PV_CALL_RANDOM_BYTES);
  ret->certificate = pv_wire_read_block (&reader, PV_CERTIFICATE_MAX_BYTES, &ret->certificate_size);
  ret->delegation = pv_wire_read_block (&reader, PV_DELEGATION_BYTES, &ret->delegation_size);
  ret->cpace_share = pv_wire_read_bytes (&reader, PV_CPACE_POINT_BYTES);
  ret->share = pv_wire_read_bytes (&reader, 32);
  ret->signature = pv_wire_read_bytes (&reader, PV_CERTIFICATE_SIGNATURE_BYTES);
  return pv_wire_is_done (&reader);
}

/* The very kiosk and session that called. */
static gboolean
check_answer (PvHandshake *handshake, const Answer *answer, guint64 now, GError **error)
{
  PvCpaceBytes certificate = view (handshake->parsed->certificate), delegation = view (handshake->parsed->delegation);
  PvDelegation parsed;

  if (certificate.size != answer->certificate_size || delegation.size != answer->delegation_size
      || memcmp (certificate.data, answer->certificate, certificate.size) != 0
      || memcmp (delegation.data, answer->delegation, delegation.size) != 0)
    return fail (error, PV_ASSIST_ERROR_UNTRUSTED, "another kiosk than the one that called");
  if (!pv_delegation_parse (delegation.data, delegation.size, &parsed, error)
      || !pv_delegation_verify (&parsed, handshake->peer, now, error))
    return FALSE;
  memcpy (handshake->peer_key, parsed.key, sizeof handshake->peer_key);
  return TRUE;
}

static GBytes *
write_proof (PvHandshake *handshake)
{
  g_autoptr (PvWireWriter) proof = pv_wire_writer_new ();
  guint8 signs[HASH_BYTES + PV_CERTIFICATE_SIGNATURE_BYTES];

  mediator_signs (handshake, signs);
  pv_assist_sign (mediator_purpose, signs, sizeof signs, handshake->identity->secret,
                  handshake->signatures[PV_SIDE_MEDIATOR]);
  make_mac (handshake, PV_SIDE_MEDIATOR);
  pv_wire_write_u8 (proof, PV_WIRE_PROOF);
  pv_wire_write_bytes (proof, handshake->parsed->random, PV_CALL_RANDOM_BYTES);
  pv_wire_write_bytes (proof, handshake->signatures[PV_SIDE_MEDIATOR], PV_CERTIFICATE_SIGNATURE_BYTES);
  pv_wire_write_bytes (proof, handshake->macs[PV_SIDE_MEDIATOR], MAC_BYTES);
  return pv_wire_writer_finish (proof);
}

GBytes *
pv_handshake_prove (PvHandshake *handshake, const guint8 *answer, gsize size, guint64 now, GError **error)
{
  g_autoptr (GBytes) data = NULL;
  Answer read;

  if (handshake->is_over || !pv_handshake_is_for (answer, size, handshake->session)
      || !read_answer (answer, size, &read))
    return fail (error, PV_ASSIST_ERROR_BAD_DATA, "no answer of a kiosk"), NULL;
  if (!check_answer (handshake, &read, now, error))
    return NULL;
  hash_transcript (handshake, answer, size - PV_CERTIFICATE_SIGNATURE_BYTES);
  if (!pv_assist_is_signed (kiosk_purpose, handshake->transcript, HASH_BYTES, handshake->peer_key, read.signature))
    return fail (error, PV_ASSIST_ERROR_UNTRUSTED, "an answer that the kiosk did not sign"), NULL;
  handshake->is_over = TRUE; /* the scalars are used once */
  memcpy (handshake->signatures[PV_SIDE_KIOSK], read.signature, PV_CERTIFICATE_SIGNATURE_BYTES);
  data = kiosk_data (read.certificate, read.certificate_size, read.delegation, read.delegation_size);
  if (!derive (handshake, read.cpace_share, read.share, view (handshake->identity->certificate), view (data)))
    return fail (error, PV_ASSIST_ERROR_BAD_DATA, "a share that is no element"), NULL;
  return write_proof (handshake);
}

GBytes *
pv_handshake_confirm (PvHandshake *handshake, const guint8 *proof, gsize size, PvRecord **ret_record, GError **error)
{
  PvWireReader reader = pv_wire_reader (proof, size);
  guint8 signs[HASH_BYTES + PV_CERTIFICATE_SIGNATURE_BYTES];
  guint type = pv_wire_read_u8 (&reader);
  const guint8 *random = pv_wire_read_bytes (&reader, PV_CALL_RANDOM_BYTES);
  const guint8 *signature = pv_wire_read_bytes (&reader, PV_CERTIFICATE_SIGNATURE_BYTES);
  const guint8 *mac = pv_wire_read_bytes (&reader, MAC_BYTES);
  g_autoptr (PvWireWriter) done = NULL;

  if (handshake->is_over || !pv_wire_is_done (&reader) || type != PV_WIRE_PROOF
      || !pv_handshake_is_for (proof, size, handshake->session))
    return fail (error, PV_ASSIST_ERROR_BAD_DATA, "no proof"), NULL;
  mediator_signs (handshake, signs);
  if (!pv_assist_is_signed (mediator_purpose, signs, sizeof signs, handshake->peer_key, signature))
    return fail (error, PV_ASSIST_ERROR_UNTRUSTED, "a proof that the mediator did not sign"), NULL;
  handshake->is_over = TRUE;
  memcpy (handshake->signatures[PV_SIDE_MEDIATOR], signature, PV_CERTIFICATE_SIGNATURE_BYTES);
  make_mac (handshake, PV_SIDE_MEDIATOR);
  if (sodium_memcmp (mac, handshake->macs[PV_SIDE_MEDIATOR], MAC_BYTES) != 0) {
    sodium_memzero (handshake->master, sizeof handshake->master);
    return fail (error, PV_ASSIST_ERROR_CODE, "the mediator typed another code"), NULL;
  }
  make_mac (handshake, PV_SIDE_KIOSK);
  done = pv_wire_writer_new ();
  pv_wire_write_u8 (done, PV_WIRE_DONE);
  pv_wire_write_bytes (done, random, PV_CALL_RANDOM_BYTES);
  pv_wire_write_bytes (done, handshake->macs[PV_SIDE_KIOSK], MAC_BYTES);
  *ret_record = make_record (handshake);
  return pv_wire_writer_finish (done);
}

PvRecord *
pv_handshake_finish (PvHandshake *handshake, const guint8 *done, gsize size, GError **error)
{
  PvWireReader reader = pv_wire_reader (done, size);
  guint type = pv_wire_read_u8 (&reader);
  const guint8 *mac;

  pv_wire_read_bytes (&reader, PV_CALL_RANDOM_BYTES);
  mac = pv_wire_read_bytes (&reader, MAC_BYTES);
  if (!handshake->is_over || !pv_wire_is_done (&reader) || type != PV_WIRE_DONE
      || !pv_handshake_is_for (done, size, handshake->session))
    return fail (error, PV_ASSIST_ERROR_BAD_DATA, "no confirmation"), NULL;
  make_mac (handshake, PV_SIDE_KIOSK);
  if (sodium_memcmp (mac, handshake->macs[PV_SIDE_KIOSK], MAC_BYTES) != 0)
    return fail (error, PV_ASSIST_ERROR_UNTRUSTED, "a confirmation without the code"), NULL;
  return make_record (handshake);
}

gboolean
pv_handshake_is_for (const guint8 *bytes, gsize size, const guint8 *call_random)
{
  return size > 1 + PV_CALL_RANDOM_BYTES && memcmp (bytes + 1, call_random, PV_CALL_RANDOM_BYTES) == 0;
}

GBytes *
pv_refusal_write (const guint8 *call_random, PvRefusal reason)
{
  g_autoptr (PvWireWriter) bytes = pv_wire_writer_new ();

  pv_wire_write_u8 (bytes, PV_WIRE_REFUSAL);
  pv_wire_write_bytes (bytes, call_random, PV_CALL_RANDOM_BYTES);
  pv_wire_write_u8 (bytes, reason);
  return pv_wire_writer_finish (bytes);
}

gboolean
pv_refusal_read (const guint8 *bytes, gsize size, const guint8 *call_random, PvRefusal *ret_reason)
{
  PvWireReader reader = pv_wire_reader (bytes, size);
  guint type = pv_wire_read_u8 (&reader);
  const guint8 *random = pv_wire_read_bytes (&reader, PV_CALL_RANDOM_BYTES);
  guint reason = pv_wire_read_enum (&reader, PV_N_REFUSALS);

  if (!pv_wire_is_done (&reader) || type != PV_WIRE_REFUSAL || memcmp (random, call_random, PV_CALL_RANDOM_BYTES) != 0)
    return FALSE;
  *ret_reason = reason;
  return TRUE;
}
