/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "assist/record.h"

#include <sodium.h>
#include <string.h>

#include "assist/wire.h"

enum {
  VERSION = 1,
  MAC_BYTES = 32,
  RESUME_BODY_BYTES = PV_RECORD_RESUME_BYTES - MAC_BYTES,
  AD_BYTES = 8 + 1 + PV_RECORD_SESSION_BYTES + 1 + PV_RECORD_HEADER_BYTES,
};

/* Sealing more under one key has no security bound behind it; at 20 records a second it is seven years. */
static const guint64 max_counter = G_GUINT64_CONSTANT (1) << 32;
static const char kdf_name[crypto_kdf_CONTEXTBYTES + 1] = "PvAssist";
static const char epoch_purpose[] = "Parvis assist epoch 1";

G_STATIC_ASSERT (crypto_aead_xchacha20poly1305_ietf_ABYTES == PV_RECORD_TAG_BYTES);
G_STATIC_ASSERT (crypto_kdf_KEYBYTES == PV_RECORD_KEY_BYTES);

typedef struct Epoch {
  guint32 number;
  guint8 master[PV_RECORD_KEY_BYTES];
  guint8 resume[PV_RECORD_KEY_BYTES];
  guint8 keys[2][PV_RECORD_KEY_BYTES]; /* by sending side */
} Epoch;

struct PvRecord {
  PvAssistSide side;
  gboolean is_alive;
  guint8 session[PV_RECORD_SESSION_BYTES];
  Epoch now, next; /* next: kiosk, answered and not yet used by the mediator */
  gboolean has_next;
  guint64 sent, received; /* last counters of the epoch, 0 = none */
  guint64 gap;
  guint32 attempt; /* of the next epoch: grows with every request */
  guint8 request[PV_RECORD_RESUME_BYTES], answer[PV_RECORD_RESUME_BYTES];
  guint8 secret[32]; /* mediator, while a request waits for its answer */
};

static void
fill_epoch (Epoch *epoch, guint32 number)
{
  epoch->number = number;
  crypto_kdf_derive_from_key (epoch->keys[PV_SIDE_KIOSK], PV_RECORD_KEY_BYTES, 1, kdf_name, epoch->master);
  crypto_kdf_derive_from_key (epoch->keys[PV_SIDE_MEDIATOR], PV_RECORD_KEY_BYTES, 2, kdf_name, epoch->master);
  crypto_kdf_derive_from_key (epoch->resume, PV_RECORD_KEY_BYTES, 3, kdf_name, epoch->master);
}

PvRecord *
pv_record_new (PvAssistSide side, const guint8 *session, const guint8 *master)
{
  PvRecord *record = sodium_malloc (sizeof *record); /* locked, between guard pages */

  g_assert (record != NULL);
  memset (record, 0, sizeof *record);
  record->side = side;
  record->is_alive = TRUE;
  memcpy (record->session, session, sizeof record->session);
  memcpy (record->now.master, master, PV_RECORD_KEY_BYTES);
  fill_epoch (&record->now, 0);
  return record;
}

void
pv_record_kill (PvRecord *record)
{
  guint8 session[PV_RECORD_SESSION_BYTES];

  memcpy (session, record->session, sizeof session);
  sodium_memzero (record, sizeof *record);
  memcpy (record->session, session, sizeof session);
}

void
pv_record_free (PvRecord *record)
{
  if (record == NULL)
    return;
  pv_record_kill (record);
  sodium_free (record);
}

gboolean
pv_record_is_alive (const PvRecord *record)
{
  return record->is_alive;
}

guint64
pv_record_last_gap (const PvRecord *record)
{
  return record->gap;
}

guint32
pv_record_get_epoch (const PvRecord *record)
{
  return record->now.number;
}

const guint8 *
pv_record_get_session (const PvRecord *record)
{
  return record->session;
}

gsize
pv_record_padded_size (gsize payload_size)
{
  static const gsize small[] = { PV_RECORD_MIN_CLASS, 128, 192 }; /* most of what is said */
  gsize class = 256;

  for (gsize i = 0; i < G_N_ELEMENTS (small); i++)
    if (payload_size + 2 <= small[i])
      return small[i];
  while (class < payload_size + 2)
    class *= 2;
  return class;
}

/* epoch, sending side, counter; the rest is zero. The key changes with each epoch as well. */
static void
make_nonce (guint32 epoch, PvAssistSide sender, guint64 counter, guint8 nonce[24])
{
  guint32 epoch_be = GUINT32_TO_BE (epoch);
  guint64 counter_be = GUINT64_TO_BE (counter);

  memset (nonce, 0, 24);
  memcpy (nonce, &epoch_be, 4);
  nonce[4] = (guint8) sender;
  memcpy (nonce + 5, &counter_be, 8);
}

static void
make_ad (const PvRecord *record, PvAssistSide sender, const guint8 *header, guint8 ad[AD_BYTES])
{
  memcpy (ad, kdf_name, 8);
  ad[8] = VERSION;
  memcpy (ad + 9, record->session, PV_RECORD_SESSION_BYTES);
  ad[9 + PV_RECORD_SESSION_BYTES] = (guint8) sender;
  memcpy (ad + 10 + PV_RECORD_SESSION_BYTES, header, PV_RECORD_HEADER_BYTES);
}

GBytes *
pv_record_seal (PvRecord *record, const guint8 *payload, gsize size)
{
  g_autoptr (PvWireWriter) plain = NULL;
  guint8 nonce[24], ad[AD_BYTES], *bytes;
  g_autoptr (PvWireWriter) header = NULL;
  gsize class;

  if (!record->is_alive || size > PV_RECORD_MAX_PAYLOAD_BYTES || record->sent >= max_counter)
    return NULL;
  record->sent++;
  header = pv_wire_writer_new ();
  pv_wire_write_u8 (header, PV_WIRE_RECORD);
  pv_wire_write_u32 (header, record->now.number);
  pv_wire_write_u64 (header, record->sent);
  class = pv_record_padded_size (size);
  bytes = g_malloc0 (PV_RECORD_HEADER_BYTES + class + PV_RECORD_TAG_BYTES);
  memcpy (bytes, header->str, PV_RECORD_HEADER_BYTES);
  make_nonce (record->now.number, record->side, record->sent, nonce);
  make_ad (record, record->side, bytes, ad);
  plain = pv_wire_writer_new ();
  pv_wire_write_block (plain, payload, size);
  memcpy (bytes + PV_RECORD_HEADER_BYTES, plain->str, plain->len);
  crypto_aead_xchacha20poly1305_ietf_encrypt (bytes + PV_RECORD_HEADER_BYTES, NULL, bytes + PV_RECORD_HEADER_BYTES,
                                              class, ad, sizeof ad, NULL, nonce, record->now.keys[record->side]);
  return g_bytes_new_take (bytes, PV_RECORD_HEADER_BYTES + class + PV_RECORD_TAG_BYTES);
}

static GBytes *
refuse (GError **error, PvAssistError code, const char *why)
{
  g_set_error_literal (error, PV_ASSIST_ERROR, (gint) code, why);
  return NULL;
}

/* The class must be one, the length inside it, and the filling zero: there is one form of each record. */
static GBytes *
unpad (const guint8 *plain, gsize class)
{
  PvWireReader reader = pv_wire_reader (plain, class);
  g_autoptr (PvWireWriter) payload = pv_wire_writer_new ();
  gsize size;
  const guint8 *bytes = pv_wire_read_block (&reader, PV_RECORD_MAX_PAYLOAD_BYTES, &size);

  if (bytes == NULL || pv_record_padded_size (size) != class || !sodium_is_zero (reader.at, reader.left))
    return NULL;
  pv_wire_write_bytes (payload, bytes, size);
  return pv_wire_writer_finish (payload);
}

static GBytes *
decrypt (PvRecord *record, const Epoch *epoch, guint64 counter, const guint8 *bytes, gsize size)
{
  PvAssistSide sender = record->side == PV_SIDE_KIOSK ? PV_SIDE_MEDIATOR : PV_SIDE_KIOSK;
  gsize class = size - PV_RECORD_HEADER_BYTES - PV_RECORD_TAG_BYTES;
  g_autofree guint8 *plain = g_malloc (class);
  guint8 nonce[24], ad[AD_BYTES];
  GBytes *payload = NULL;

  make_nonce (epoch->number, sender, counter, nonce);
  make_ad (record, sender, bytes, ad);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt (plain, NULL, NULL, bytes + PV_RECORD_HEADER_BYTES,
                                                  class + PV_RECORD_TAG_BYTES, ad, sizeof ad, nonce,
                                                  epoch->keys[sender])
      == 0)
    payload = unpad (plain, class);
  sodium_memzero (plain, class);
  return payload;
}

/* The mediator used the new epoch, or proved that it has its key: the old one goes. */
static void
enter_next (PvRecord *record)
{
  record->now = record->next;
  sodium_memzero (&record->next, sizeof record->next);
  record->has_next = FALSE;
  record->sent = 0;
  record->received = 0;
  record->attempt = 0;
}

GBytes *
pv_record_open (PvRecord *record, const guint8 *bytes, gsize size, GError **error)
{
  PvWireReader reader = pv_wire_reader (bytes, size);
  guint type = pv_wire_read_u8 (&reader);
  guint32 number = pv_wire_read_u32 (&reader);
  guint64 counter = pv_wire_read_u64 (&reader);
  gboolean is_next;
  GBytes *payload;

  if (!record->is_alive)
    return refuse (error, PV_ASSIST_ERROR_ENDED, "the session is over");
  if (reader.has_failed || type != PV_WIRE_RECORD || size > PV_RECORD_MAX_BYTES
      || reader.left < PV_RECORD_MIN_CLASS + PV_RECORD_TAG_BYTES)
    return refuse (error, PV_ASSIST_ERROR_BAD_DATA, "not a record");
  is_next = record->has_next && number == record->next.number;
  if (!is_next && number != record->now.number)
    return refuse (error, PV_ASSIST_ERROR_BAD_DATA, "a record of another epoch");
  if (counter == 0 || counter > max_counter || (!is_next && counter <= record->received))
    return refuse (error, PV_ASSIST_ERROR_BAD_DATA, "a record that is not new");
  payload = decrypt (record, is_next ? &record->next : &record->now, counter, bytes, size);
  if (payload == NULL)
    return refuse (error, PV_ASSIST_ERROR_BAD_DATA, "a record that does not open");
  if (is_next)
    enter_next (record);
  record->gap = counter - record->received - 1;
  record->received = counter;
  return payload;
}

static void
write_resume_body (const PvRecord *record, PvWireType type, guint32 number, guint32 attempt, const guint8 *share,
                   guint8 *to)
{
  g_autoptr (PvWireWriter) body = pv_wire_writer_new ();

  pv_wire_write_u8 (body, type);
  pv_wire_write_bytes (body, record->session, PV_RECORD_SESSION_BYTES);
  pv_wire_write_u32 (body, number);
  pv_wire_write_u32 (body, attempt);
  pv_wire_write_bytes (body, share, 32);
  memcpy (to, body->str, RESUME_BODY_BYTES);
}

/* Over what is told and, for an answer, over the request it answers. */
static void
authenticate (const Epoch *epoch, const guint8 *body, const guint8 *request, guint8 mac[MAC_BYTES])
{
  crypto_generichash_state state;

  crypto_generichash_init (&state, epoch->resume, PV_RECORD_KEY_BYTES, MAC_BYTES);
  crypto_generichash_update (&state, body, RESUME_BODY_BYTES);
  if (request != NULL)
    crypto_generichash_update (&state, request, PV_RECORD_RESUME_BYTES);
  crypto_generichash_final (&state, mac, MAC_BYTES);
}

static gboolean
is_authentic (const Epoch *epoch, const guint8 *bytes, const guint8 *request)
{
  guint8 mac[MAC_BYTES];

  authenticate (epoch, bytes, request, mac);
  return sodium_memcmp (mac, bytes + RESUME_BODY_BYTES, MAC_BYTES) == 0;
}

/* Old master, fresh secret and both messages: who knows only some of them knows nothing of the new epoch. */
static gboolean
derive_next (const Epoch *from, const guint8 *secret, const guint8 *share, const guint8 *request, const guint8 *answer,
             Epoch *ret_next)
{
  crypto_generichash_state state;
  guint8 shared[32];

  if (crypto_scalarmult (shared, secret, share) != 0)
    return FALSE;
  crypto_generichash_init (&state, from->master, PV_RECORD_KEY_BYTES, PV_RECORD_KEY_BYTES);
  crypto_generichash_update (&state, (const guint8 *) epoch_purpose, sizeof epoch_purpose);
  crypto_generichash_update (&state, shared, sizeof shared);
  crypto_generichash_update (&state, request, PV_RECORD_RESUME_BYTES);
  crypto_generichash_update (&state, answer, PV_RECORD_RESUME_BYTES);
  crypto_generichash_final (&state, ret_next->master, PV_RECORD_KEY_BYTES);
  fill_epoch (ret_next, from->number + 1);
  sodium_memzero (shared, sizeof shared);
  sodium_memzero (&state, sizeof state);
  return TRUE;
}

GBytes *
pv_record_resume (PvRecord *record, const guint8 *seed)
{
  guint8 share[32];

  if (!record->is_alive || record->side != PV_SIDE_MEDIATOR || record->now.number >= PV_RECORD_MAX_EPOCH)
    return NULL;
  record->attempt++;
  memcpy (record->secret, seed, sizeof record->secret);
  crypto_scalarmult_base (share, record->secret);
  write_resume_body (record, PV_WIRE_RESUME, record->now.number + 1, record->attempt, share, record->request);
  authenticate (&record->now, record->request, NULL, record->request + RESUME_BODY_BYTES);
  return g_bytes_new (record->request, sizeof record->request);
}

typedef struct {
  guint32 number, attempt;
  const guint8 *share;
} Resume;

static gboolean
read_resume (const PvRecord *record, PvWireType type, const guint8 *bytes, gsize size, Resume *ret)
{
  PvWireReader reader = pv_wire_reader (bytes, size);
  guint first = pv_wire_read_u8 (&reader);
  const guint8 *session = pv_wire_read_bytes (&reader, PV_RECORD_SESSION_BYTES);

  ret->number = pv_wire_read_u32 (&reader);
  ret->attempt = pv_wire_read_u32 (&reader);
  ret->share = pv_wire_read_bytes (&reader, 32);
  return size == PV_RECORD_RESUME_BYTES && first == type
         && memcmp (session, record->session, PV_RECORD_SESSION_BYTES) == 0 && ret->number > 0
         && ret->number <= PV_RECORD_MAX_EPOCH;
}

GBytes *
pv_record_answer_resume (PvRecord *record, const guint8 *bytes, gsize size, const guint8 *seed, GError **error)
{
  Resume resume;
  guint8 share[32];
  Epoch next;

  if (!record->is_alive)
    return refuse (error, PV_ASSIST_ERROR_ENDED, "the session is over");
  if (record->side != PV_SIDE_KIOSK || !read_resume (record, PV_WIRE_RESUME, bytes, size, &resume))
    return refuse (error, PV_ASSIST_ERROR_BAD_DATA, "no request of this session");
  if (record->has_next && resume.number == record->next.number + 1 && is_authentic (&record->next, bytes, NULL))
    enter_next (record); /* our last answer arrived, and what followed it was lost */
  if (resume.number != record->now.number + 1 || !is_authentic (&record->now, bytes, NULL))
    return refuse (error, PV_ASSIST_ERROR_BAD_DATA, "a request that the mediator did not make now");
  if (record->has_next && memcmp (bytes, record->request, size) == 0)
    return g_bytes_new (record->answer, sizeof record->answer);
  if (resume.attempt <= record->attempt)
    return refuse (error, PV_ASSIST_ERROR_BAD_DATA, "an old request");
  memcpy (record->request, bytes, size);
  crypto_scalarmult_base (share, seed);
  write_resume_body (record, PV_WIRE_RESUMED, resume.number, resume.attempt, share, record->answer);
  authenticate (&record->now, record->answer, record->request, record->answer + RESUME_BODY_BYTES);
  if (!derive_next (&record->now, seed, resume.share, record->request, record->answer, &next))
    return refuse (error, PV_ASSIST_ERROR_BAD_DATA, "a share without a secret");
  record->attempt = resume.attempt;
  record->next = next;
  record->has_next = TRUE;
  sodium_memzero (&next, sizeof next);
  return g_bytes_new (record->answer, sizeof record->answer);
}

gboolean
pv_record_take_resumed (PvRecord *record, const guint8 *bytes, gsize size, GError **error)
{
  Resume resume;
  Epoch next;

  if (!record->is_alive)
    return refuse (error, PV_ASSIST_ERROR_ENDED, "the session is over") != NULL;
  if (record->side != PV_SIDE_MEDIATOR || record->attempt == 0
      || !read_resume (record, PV_WIRE_RESUMED, bytes, size, &resume) || resume.number != record->now.number + 1
      || resume.attempt != record->attempt || !is_authentic (&record->now, bytes, record->request)
      || !derive_next (&record->now, record->secret, resume.share, record->request, bytes, &next))
    return refuse (error, PV_ASSIST_ERROR_BAD_DATA, "no answer to our last request") != NULL;
  sodium_memzero (record->secret, sizeof record->secret);
  record->next = next;
  sodium_memzero (&next, sizeof next);
  enter_next (record);
  return TRUE;
}
