/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The way into a session: the call, the code, the handshake. */

#include <string.h>

#include "assist/machine-kiosk-private.h"
#include "core/wipe.h"

void
pv_kiosk_publish (PvAssistKiosk *kiosk, PvCallState state, PvAssistTime now)
{
  PvCall call = {
    .newest = kiosk->identity->newest,
    .oldest = kiosk->identity->oldest,
    .state = state,
    .is_here = kiosk->is_here,
    .group = kiosk->group,
    .phone = kiosk->phone,
    .created = now.utc,
    .expires = now.utc + PV_CALL_MAX_SECONDS,
    .certificate = kiosk->identity->certificate,
    .delegation = kiosk->identity->delegation,
  };
  GBytes *bytes;

  memcpy (call.catalogue, kiosk->identity->catalogues[0], sizeof call.catalogue);
  memcpy (call.random, kiosk->random_id, sizeof call.random);
  bytes = pv_call_sign (&call, kiosk->identity->secret);
  pv_output_queue_add (&kiosk->outputs, PV_OUTPUT_PUBLISH)->bytes = g_bytes_ref (bytes);
  if (state == PV_CALL_RINGING) {
    g_clear_pointer (&kiosk->call, g_bytes_unref);
    kiosk->call = g_steal_pointer (&bytes);
  }
  g_clear_pointer (&bytes, g_bytes_unref);
}

/* A new call: new random, new code; whoever was about to join the old one is not any more. */
static void
ring (PvAssistKiosk *kiosk, PvAssistTime now)
{
  guint8 random[8];

  pv_kiosk_forget_handshake (kiosk);
  kiosk->random.fill (kiosk->random.data, kiosk->random_id, sizeof kiosk->random_id);
  do
    kiosk->random.fill (kiosk->random.data, random, sizeof random);
  while (!pv_pairing_code_make (&kiosk->code, random, now.mono_ms));
  pv_wipe_bytes (random, sizeof random);
  pv_kiosk_publish (kiosk, PV_CALL_RINGING, now);
  pv_kiosk_changed (kiosk);
}

void
pv_assist_kiosk_call (PvAssistKiosk *kiosk, gboolean is_here, PvAssistTime now)
{
  if (kiosk->state == PV_KIOSK_SESSION)
    return;
  if (kiosk->state != PV_KIOSK_CALLING) {
    g_clear_pointer (&kiosk->mediator, pv_certificate_free);
    kiosk->rights = kiosk->told = (PvRights){ 0 };
    kiosk->state = PV_KIOSK_CALLING;
    kiosk->called_ms = now.mono_ms;
    kiosk->group = 1;
    pv_kiosk_audit (kiosk, "call", NULL);
  }
  kiosk->is_here = is_here;
  ring (kiosk, now);
}

/* Somebody else, maybe elsewhere: who was called before does not matter. */
void
pv_kiosk_call_colleague (PvAssistKiosk *kiosk, PvAssistTime now)
{
  pv_assist_kiosk_call (kiosk, FALSE, now);
  kiosk->rights.end = PV_END_HANDOVER;
}

void
pv_assist_kiosk_withdraw (PvAssistKiosk *kiosk, PvAssistTime now)
{
  if (kiosk->state != PV_KIOSK_CALLING && kiosk->state != PV_KIOSK_NO_ANSWER)
    return;
  if (kiosk->state == PV_KIOSK_CALLING)
    pv_kiosk_publish (kiosk, PV_CALL_WITHDRAWN, now);
  pv_kiosk_forget_session (kiosk);
  kiosk->rights = (PvRights){ 0 };
  kiosk->state = PV_KIOSK_IDLE;
  pv_kiosk_audit (kiosk, "withdraw", NULL);
  pv_kiosk_changed (kiosk);
}

static void
refuse (PvAssistKiosk *kiosk, const PvCertificate *to, PvRefusal reason)
{
  pv_kiosk_send (kiosk, to, pv_refusal_write (kiosk->random_id, reason));
}

/* For a join that was refused, if it says who it is from. */
static void
refuse_join (PvAssistKiosk *kiosk, const guint8 *bytes, gsize size, PvRefusal reason)
{
  const gsize head = 1 + PV_CALL_RANDOM_BYTES + 3 + PV_ASSIST_CATALOGUE_BYTES + PV_CALL_RANDOM_BYTES;
  g_autoptr (PvCertificate) from = NULL;
  gsize length;

  if (size < head + 2)
    return;
  length = (gsize) bytes[head] << 8 | bytes[head + 1];
  if (length <= size - head - 2)
    from = pv_certificate_parse (bytes + head + 2, length, NULL);
  if (from != NULL)
    refuse (kiosk, from, reason);
}

static PvRefusal
refusal_of (const GError *error)
{
  if (g_error_matches (error, PV_ASSIST_ERROR, PV_ASSIST_ERROR_VERSION))
    return PV_REFUSAL_VERSION;
  return g_error_matches (error, PV_ASSIST_ERROR, PV_ASSIST_ERROR_CODE) ? PV_REFUSAL_CODE : PV_REFUSAL_UNTRUSTED;
}

void
pv_kiosk_take_join (PvAssistKiosk *kiosk, const guint8 *bytes, gsize size, PvAssistTime now)
{
  guint8 random[PV_HANDSHAKE_RANDOM_BYTES];
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GError) error = NULL;
  PvHandshake *handshake;

  if (kiosk->state != PV_KIOSK_CALLING || !pv_handshake_is_for (bytes, size, kiosk->random_id))
    return;
  if (kiosk->join != NULL && g_bytes_get_size (kiosk->join) == size
      && memcmp (g_bytes_get_data (kiosk->join, NULL), bytes, size) == 0) {
    pv_kiosk_send (kiosk, pv_handshake_get_peer (kiosk->handshake), g_bytes_ref (kiosk->answer));
    return;
  }
  if (!pv_pairing_code_is_usable (&kiosk->code, now.mono_ms)) {
    refuse_join (kiosk, bytes, size, PV_REFUSAL_CODE);
    return;
  }
  if (kiosk->handshake != NULL && now.mono_ms < kiosk->handshake_until_ms) {
    refuse_join (kiosk, bytes, size, PV_REFUSAL_BUSY);
    return;
  }
  kiosk->random.fill (kiosk->random.data, random, sizeof random);
  handshake = pv_handshake_answer (kiosk->identity, kiosk->call, kiosk->code.digits, bytes, size, random, now.utc,
                                   &answer, &error);
  pv_wipe_bytes (random, sizeof random);
  if (handshake == NULL) {
    refuse_join (kiosk, bytes, size, refusal_of (error));
    return;
  }
  pv_kiosk_forget_handshake (kiosk);
  kiosk->handshake = handshake;
  kiosk->join = g_bytes_new (bytes, size);
  kiosk->answer = g_bytes_ref (answer);
  kiosk->handshake_until_ms = now.mono_ms + PV_HANDSHAKE_LIFE_SECONDS * 1000;
  pv_kiosk_send (kiosk, pv_handshake_get_peer (handshake), g_steal_pointer (&answer));
}

static PvCertificate *
copy_certificate (const PvCertificate *certificate)
{
  PvCertificate *copy = g_memdup2 (certificate, sizeof *certificate);

  copy->name = g_strdup (certificate->name);
  copy->place = g_strdup (certificate->place);
  copy->communes = g_strdupv (certificate->communes);
  return copy;
}

static void
start_session (PvAssistKiosk *kiosk, PvRecord *record, GBytes *proof, GBytes *done, PvAssistTime now)
{
  kiosk->record = record;
  kiosk->mediator = copy_certificate (pv_handshake_get_peer (kiosk->handshake));
  memcpy (kiosk->mediator_key, pv_handshake_get_peer_key (kiosk->handshake), sizeof kiosk->mediator_key);
  pv_kiosk_forget_handshake (kiosk);
  pv_pairing_code_clear (&kiosk->code);
  kiosk->proof = proof;
  kiosk->done = done;
  kiosk->state = PV_KIOSK_SESSION;
  kiosk->heard_ms = kiosk->beat_ms = now.mono_ms;
  kiosk->revision = kiosk->last_command = kiosk->decided_id = 0;
  kiosk->n_quicks = 0;
  kiosk->quick_id = 1;
  pv_farewell_clear (&kiosk->farewell);
  kiosk->wants_snapshot = kiosk->is_dirty = FALSE;
  g_hash_table_remove_all (kiosk->revisions);
  pv_kiosk_note_fields (kiosk);
  pv_kiosk_send (kiosk, kiosk->mediator, g_bytes_ref (done));
  pv_kiosk_publish (kiosk, PV_CALL_TAKEN, now);
  pv_kiosk_audit (kiosk, "join", NULL);
  pv_rights_open (&kiosk->rights, now.mono_ms);
  pv_rights_set_paused (&kiosk->rights, kiosk->mirror == NULL || pv_mirror_is_private (kiosk->mirror));
  pv_rights_ask (&kiosk->rights, PV_RIGHT_SHOW, now.mono_ms);
}

void
pv_kiosk_take_proof (PvAssistKiosk *kiosk, const guint8 *bytes, gsize size, PvAssistTime now)
{
  PvRecord *record = NULL;
  GBytes *done;
  g_autoptr (GError) error = NULL;

  if (kiosk->proof != NULL && g_bytes_get_size (kiosk->proof) == size
      && memcmp (g_bytes_get_data (kiosk->proof, NULL), bytes, size) == 0) {
    pv_kiosk_send (kiosk, kiosk->mediator, g_bytes_ref (kiosk->done));
    return;
  }
  if (kiosk->handshake == NULL || kiosk->state != PV_KIOSK_CALLING || now.mono_ms >= kiosk->handshake_until_ms
      || !pv_handshake_is_for (bytes, size, kiosk->random_id) || !pv_pairing_code_is_usable (&kiosk->code, now.mono_ms))
    return;
  done = pv_handshake_confirm (kiosk->handshake, bytes, size, &record, &error);
  if (done != NULL) {
    start_session (kiosk, record, g_bytes_new (bytes, size), done, now);
    return;
  }
  if (!g_error_matches (error, PV_ASSIST_ERROR, PV_ASSIST_ERROR_CODE))
    return; /* noise: the mediator's own proof may still come */
  kiosk->code.failures++;
  pv_kiosk_audit (kiosk, "wrong-code", NULL);
  refuse (kiosk, pv_handshake_get_peer (kiosk->handshake), PV_REFUSAL_CODE);
  pv_kiosk_forget_handshake (kiosk);
  pv_kiosk_changed (kiosk);
}
