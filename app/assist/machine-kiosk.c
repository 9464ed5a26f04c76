/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "assist/machine-kiosk.h"

#include <sodium.h>
#include <string.h>

#include "assist/machine-kiosk-private.h"
#include "core/language-code.h"
#include "core/wipe.h"

enum { MAX_CONSENTS = 32 };

PvAssistKiosk *
pv_assist_kiosk_new (const PvAssistIdentity *identity, PvAssistRandom random, const char *text_version)
{
  PvAssistKiosk *kiosk = g_new0 (PvAssistKiosk, 1);
  gsize size;
  const guint8 *bytes = g_bytes_get_data (identity->certificate, &size);

  kiosk->identity = identity;
  kiosk->random = random;
  kiosk->text_version = g_strdup (text_version);
  kiosk->own = pv_certificate_parse (bytes, size, NULL);
  g_return_val_if_fail (kiosk->own != NULL, kiosk);
  kiosk->lifted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  kiosk->revisions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  kiosk->consents = g_ptr_array_new_with_free_func (g_free);
  g_queue_init (&kiosk->outputs);
  return kiosk;
}

void
pv_kiosk_forget_handshake (PvAssistKiosk *kiosk)
{
  g_clear_pointer (&kiosk->handshake, pv_handshake_free);
  g_clear_pointer (&kiosk->join, g_bytes_unref);
  g_clear_pointer (&kiosk->answer, g_bytes_unref);
}

void
pv_kiosk_forget_session (PvAssistKiosk *kiosk)
{
  pv_kiosk_forget_handshake (kiosk);
  pv_pairing_code_clear (&kiosk->code);
  g_clear_pointer (&kiosk->record, pv_record_free);
  g_clear_pointer (&kiosk->call, g_bytes_unref);
  g_clear_pointer (&kiosk->proof, g_bytes_unref);
  g_clear_pointer (&kiosk->done, g_bytes_unref);
  g_clear_pointer (&kiosk->sent, pv_mirror_free);
  g_hash_table_remove_all (kiosk->lifted);
  pv_kiosk_clear_proposal (kiosk);
  kiosk->n_quicks = 0;
  g_clear_pointer (&kiosk->language, g_free);
  kiosk->is_as_read = FALSE;
}

void
pv_assist_kiosk_free (PvAssistKiosk *kiosk)
{
  if (kiosk == NULL)
    return;
  pv_kiosk_forget_session (kiosk);
  pv_farewell_clear (&kiosk->farewell);
  g_clear_pointer (&kiosk->mirror, pv_mirror_free);
  pv_certificate_free (kiosk->own);
  pv_certificate_free (kiosk->mediator);
  g_hash_table_unref (kiosk->lifted);
  g_hash_table_unref (kiosk->revisions);
  g_ptr_array_unref (kiosk->consents);
  g_free (kiosk->text_version);
  g_free (kiosk->phone);
  g_free (kiosk->colleague);
  pv_output_queue_clear (&kiosk->outputs);
  g_free (kiosk);
}

void
pv_kiosk_changed (PvAssistKiosk *kiosk)
{
  pv_output_queue_add (&kiosk->outputs, PV_OUTPUT_CHANGED);
}

void
pv_kiosk_audit (PvAssistKiosk *kiosk, const char *verb, const char *subject)
{
  PvOutput *output = pv_output_queue_add (&kiosk->outputs, PV_OUTPUT_AUDIT);

  output->text = g_strdup (verb);
  output->target = g_strdup (subject);
}

PvOutput *
pv_kiosk_send (PvAssistKiosk *kiosk, const PvCertificate *to, GBytes *bytes)
{
  PvOutput *output;

  if (bytes == NULL)
    return NULL;
  output = pv_output_queue_add (&kiosk->outputs, PV_OUTPUT_SEND);
  output->bytes = bytes;
  memcpy (output->peer, to->id, sizeof output->peer);
  return output;
}

static void
send_message (PvAssistKiosk *kiosk, const PvMessage *message)
{
  g_autoptr (GBytes) payload = pv_message_write (message);
  gsize size;
  const guint8 *bytes;
  PvOutput *output;

  if (payload == NULL || kiosk->record == NULL)
    return;
  bytes = g_bytes_get_data (payload, &size);
  output = pv_kiosk_send (kiosk, kiosk->mediator, pv_record_seal (kiosk->record, bytes, size));
  if (output != NULL)
    output->is_beat = message->kind == PV_MESSAGE_HEARTBEAT || message->kind == PV_MESSAGE_DIFFERENCE;
}

/* The mirror */

static void
flush (PvAssistKiosk *kiosk, PvAssistTime now)
{
  g_auto (PvMessage) message = { 0 };

  kiosk->is_dirty = FALSE;
  if (!pv_rights_mirror_flows (&kiosk->rights) || kiosk->mirror == NULL)
    return;
  if (kiosk->sent != NULL && !kiosk->wants_snapshot && pv_mirror_equal (kiosk->sent, kiosk->mirror))
    return;
  message.base = kiosk->revision;
  message.revision = ++kiosk->revision;
  message.hash = pv_mirror_hash (kiosk->mirror);
  if (kiosk->sent != NULL && !kiosk->wants_snapshot)
    message.block = pv_mirror_difference (kiosk->sent, kiosk->mirror);
  message.kind = message.block != NULL ? PV_MESSAGE_DIFFERENCE : PV_MESSAGE_SNAPSHOT;
  if (message.block == NULL)
    message.block = pv_mirror_snapshot (kiosk->mirror);
  send_message (kiosk, &message);
  g_clear_pointer (&kiosk->sent, pv_mirror_free);
  kiosk->sent = pv_mirror_copy (kiosk->mirror);
  kiosk->wants_snapshot = FALSE;
  kiosk->flushed_ms = now.mono_ms;
  kiosk->beat_ms = now.mono_ms; /* as good as a heartbeat */
}

/* The first change of a burst leaves at once, the others on the tick. */
static void
flush_on_tick (PvAssistKiosk *kiosk, PvAssistTime now)
{
  if (now.mono_ms >= kiosk->flushed_ms + PV_ASSIST_TICK_MS || kiosk->sent == NULL)
    flush (kiosk, now);
  else
    kiosk->is_dirty = TRUE;
}

static void
send_rights (PvAssistKiosk *kiosk, PvAssistTime now)
{
  const PvRights *rights = &kiosk->rights;
  PvMessage message = { .kind = PV_MESSAGE_RIGHTS, .right = rights->question, .has_question = rights->has_question };

  for (PvRight right = 0; right < PV_N_RIGHTS; right++)
    message.granted |= pv_rights_has (rights, right) ? 1u << right : 0;
  message.asks_handover = rights->asks_handover;
  message.is_paused = rights->is_paused;
  if (pv_rights_has (rights, PV_RIGHT_HAND))
    message.lease_ms = (guint32) MAX (rights->lease_until_ms - now.mono_ms, 0);
  message.quiet_ms = (guint32) MAX (rights->quiet_until_ms - now.mono_ms, 0);
  send_message (kiosk, &message);
}

static void
send_beat (PvAssistKiosk *kiosk, PvAssistTime now)
{
  PvMessage message = { .kind = PV_MESSAGE_HEARTBEAT };

  message.revision = pv_assist_kiosk_get_revision (kiosk, &message.hash);
  send_message (kiosk, &message);
  kiosk->beat_ms = now.mono_ms;
}

/* A change of rights has consequences; they are drawn here, wherever it came from. */

/* @about: a right; PV_N_RIGHTS: to be passed to a colleague. */
static void
record_consent (PvAssistKiosk *kiosk, guint about, gboolean is_granted, PvAssistTime now)
{
  static const char *const verbs[PV_N_RIGHTS + 1][2] = { { "refuse-show", "grant-show" },
                                                         { "refuse-propose", "grant-propose" },
                                                         { "refuse-hand", "grant-hand" },
                                                         { "refuse-handover", "grant-handover" } };
  PvConsent *consent = g_new0 (PvConsent, 1);
  g_auto (PvMessage) message = { .kind = PV_MESSAGE_CONSENT };

  memcpy (consent->session, pv_record_get_session (kiosk->record), sizeof consent->session);
  memcpy (consent->kiosk, kiosk->own->id, sizeof consent->kiosk);
  memcpy (consent->mediator, kiosk->mediator->id, sizeof consent->mediator);
  consent->is_handover = about == PV_N_RIGHTS;
  consent->right = consent->is_handover ? 0 : about;
  consent->is_granted = is_granted;
  consent->at = now.utc;
  g_strlcpy (consent->text, kiosk->text_version, sizeof consent->text);
  pv_consent_sign (consent, kiosk->identity->secret);
  message.block = pv_consent_write (consent);
  send_message (kiosk, &message);
  pv_output_queue_add (&kiosk->outputs, PV_OUTPUT_CONSENT)->bytes = g_bytes_ref (message.block);
  if (kiosk->consents->len >= MAX_CONSENTS)
    g_ptr_array_remove_index (kiosk->consents, 0);
  g_ptr_array_add (kiosk->consents, consent);
  pv_kiosk_audit (kiosk, verbs[about][is_granted], NULL);
}

/* The end is sealed now, while there is a key, and said until it is heard. */
static void
say_farewell (PvAssistKiosk *kiosk, PvAssistTime now)
{
  PvMessage message = { .kind = PV_MESSAGE_END, .code = kiosk->rights.end };
  g_autoptr (GBytes) payload = pv_message_write (&message);
  GBytes *end = NULL;
  gsize size;
  const guint8 *bytes = g_bytes_get_data (payload, &size);

  if (kiosk->rights.end != PV_END_MEDIATOR)
    end = pv_record_seal (kiosk->record, bytes, size);
  pv_farewell_start (&kiosk->farewell, end, pv_record_get_session (kiosk->record), kiosk->mediator->id, &kiosk->outputs,
                     now.mono_ms);
}

static void
end_session (PvAssistKiosk *kiosk, PvAssistTime now)
{
  static const char *const verbs[PV_N_ENDS] = {
    [PV_END_NONE] = "end",
    [PV_END_CITIZEN] = "end-citizen",
    [PV_END_MEDIATOR] = "end-mediator",
    [PV_END_LOST] = "end-lost",
    [PV_END_IDLE] = "end-idle",
    [PV_END_PROCEDURE] = "end-procedure",
    [PV_END_HANDOVER] = "end-handover",
  };

  say_farewell (kiosk, now);
  pv_kiosk_audit (kiosk, verbs[kiosk->rights.end], NULL);
  pv_kiosk_forget_session (kiosk);
  g_ptr_array_set_size (kiosk->consents, 0);
  kiosk->state = PV_KIOSK_ENDED;
}

static gboolean
same_rights (const PvRights *one, const PvRights *other)
{
  return one->state == other->state && memcmp (one->is_granted, other->is_granted, sizeof one->is_granted) == 0
         && one->has_question == other->has_question && one->question == other->question
         && one->asks_handover == other->asks_handover && one->is_paused == other->is_paused
         && one->lease_until_ms == other->lease_until_ms && one->quiet_until_ms == other->quiet_until_ms;
}

static void
settle (PvAssistKiosk *kiosk, PvAssistTime now)
{
  PvRights *rights = &kiosk->rights, told = kiosk->told;

  if (kiosk->state != PV_KIOSK_SESSION || same_rights (rights, &told))
    return;
  kiosk->told = *rights;
  if (told.has_question && !rights->has_question)
    record_consent (kiosk, told.question, !told.is_granted[told.question] && rights->is_granted[told.question], now);
  if (told.asks_handover && !rights->asks_handover)
    record_consent (kiosk, PV_N_RIGHTS, rights->end == PV_END_HANDOVER, now);
  if (told.is_granted[PV_RIGHT_HAND] && !rights->is_granted[PV_RIGHT_HAND])
    pv_kiosk_audit (kiosk, "hand-back", NULL);
  if (!pv_rights_has (rights, PV_RIGHT_PROPOSE))
    pv_kiosk_clear_proposal (kiosk);
  pv_kiosk_changed (kiosk);
  if (rights->state == PV_RIGHTS_ENDED) {
    end_session (kiosk, now);
    if (rights->end == PV_END_HANDOVER)
      pv_kiosk_call_colleague (kiosk, now);
    return;
  }
  if (rights->state == PV_RIGHTS_OPEN)
    send_rights (kiosk, now);
  if (!pv_rights_mirror_flows (rights))
    g_clear_pointer (&kiosk->sent, pv_mirror_free);
  else if (kiosk->sent == NULL)
    flush (kiosk, now);
}

/* What comes from the carrier */

static void
answer_command (PvAssistKiosk *kiosk, guint32 id, PvResult result)
{
  PvMessage message = { .kind = PV_MESSAGE_ANSWER, .id = id, .code = result };

  send_message (kiosk, &message);
}

/* Names of fields are the form's, never a citizen's words; values are not told here. */
static void
take_command (PvAssistKiosk *kiosk, const PvMessage *command, PvAssistTime now)
{
  if (command->id == 0)
    return;
  if (command->id < kiosk->last_command) {
    if (command->id == kiosk->decided_id)
      answer_command (kiosk, command->id, kiosk->decision);
    return;
  }
  if (command->id > kiosk->last_command) {
    kiosk->last_command = command->id;
    kiosk->last_result = pv_kiosk_execute (kiosk, command);
    if (kiosk->last_result <= PV_RESULT_SHOWN) {
      pv_rights_note_activity (&kiosk->rights, now.mono_ms);
      pv_kiosk_audit (kiosk, pv_command_name (command->command),
                      command->command == PV_COMMAND_EXPLAIN ? NULL : command->target);
    }
  }
  answer_command (kiosk, command->id, kiosk->last_result);
}

/* The mediator saw the same: the record is complete. */
static void
take_countersigned (PvAssistKiosk *kiosk, const PvMessage *message)
{
  PvConsent consent;
  PvDelegation own;
  gsize size, own_size;
  const guint8 *bytes = g_bytes_get_data (message->block, &size);
  const guint8 *delegation = g_bytes_get_data (kiosk->identity->delegation, &own_size);

  if (!pv_consent_read (bytes, size, &consent, NULL) || !pv_delegation_parse (delegation, own_size, &own, NULL)
      || !pv_consent_verify (&consent, own.key, kiosk->mediator_key))
    return;
  for (guint i = 0; i < kiosk->consents->len; i++) {
    const PvConsent *waiting = kiosk->consents->pdata[i];

    if (memcmp (waiting->kiosk_signature, consent.kiosk_signature, sizeof consent.kiosk_signature) == 0) {
      pv_output_queue_add (&kiosk->outputs, PV_OUTPUT_CONSENT)->bytes = g_bytes_ref (message->block);
      g_ptr_array_remove_index (kiosk->consents, i);
      return;
    }
  }
}

static void
send_first_quick (PvAssistKiosk *kiosk, PvAssistTime now)
{
  PvMessage message = { .kind = PV_MESSAGE_QUICK, .id = kiosk->quick_id, .code = kiosk->quicks[0] };

  if (kiosk->n_quicks > 0)
    send_message (kiosk, &message);
  kiosk->quick_ms = now.mono_ms + PV_ASSIST_RETRY_MS;
}

static void
take_heard (PvAssistKiosk *kiosk, const PvMessage *message, PvAssistTime now)
{
  if (kiosk->n_quicks == 0 || message->id != kiosk->quick_id)
    return;
  kiosk->quick_id++;
  kiosk->n_quicks--;
  memmove (kiosk->quicks, kiosk->quicks + 1, kiosk->n_quicks * sizeof kiosk->quicks[0]);
  send_first_quick (kiosk, now);
}

static void
take_hand_over (PvAssistKiosk *kiosk, const PvMessage *message, PvAssistTime now)
{
  if (!pv_kiosk_is_shown_text (message->name, PV_MESSAGE_MAX_NAME_BYTES, FALSE)
      || !pv_rights_ask_handover (&kiosk->rights, now.mono_ms))
    return;
  g_free (kiosk->colleague);
  kiosk->colleague = g_strdup (message->name);
}

/* A word of another machine: it is a code, or none; whether the commune speaks it is for the session to know. */
static void
take_language (PvAssistKiosk *kiosk, const PvMessage *message)
{
  const char *language = pv_language_is_code (message->language) ? message->language : "";

  if (kiosk->is_as_read == message->is_as_read && g_strcmp0 (kiosk->language, language) == 0)
    return;
  g_free (kiosk->language);
  kiosk->language = g_strdup (language);
  kiosk->is_as_read = message->is_as_read;
  pv_output_queue_add (&kiosk->outputs, PV_OUTPUT_LANGUAGE)->text = g_strdup (kiosk->is_as_read ? NULL : language);
}

static void
take_message (PvAssistKiosk *kiosk, const PvMessage *message, PvAssistTime now)
{
  switch (message->kind) {
  case PV_MESSAGE_COMMAND:
    take_command (kiosk, message, now);
    break;
  case PV_MESSAGE_ASK:
    pv_rights_ask (&kiosk->rights, message->right, now.mono_ms);
    break;
  case PV_MESSAGE_GIVE_BACK:
    pv_rights_give_back (&kiosk->rights, message->right);
    break;
  case PV_MESSAGE_WANT_SNAPSHOT:
    take_language (kiosk, message);
    send_rights (kiosk, now);
    kiosk->wants_snapshot = TRUE;
    flush (kiosk, now);
    break;
  case PV_MESSAGE_COUNTERSIGNED:
    take_countersigned (kiosk, message);
    break;
  case PV_MESSAGE_HAND_OVER:
    take_hand_over (kiosk, message, now);
    break;
  case PV_MESSAGE_HEARD:
    take_heard (kiosk, message, now);
    break;
  case PV_MESSAGE_END:
    pv_rights_finish (&kiosk->rights, PV_END_MEDIATOR);
    break;
  case PV_MESSAGE_HEARTBEAT:
  case PV_MESSAGE_SNAPSHOT:
  case PV_MESSAGE_DIFFERENCE:
  case PV_MESSAGE_RIGHTS:
  case PV_MESSAGE_ANSWER:
  case PV_MESSAGE_QUICK:
  case PV_MESSAGE_CONSENT:
  case PV_N_MESSAGES:
    break;
  }
}

static void
take_record (PvAssistKiosk *kiosk, const guint8 *bytes, gsize size, PvAssistTime now)
{
  g_auto (PvMessage) message = { 0 };
  g_autoptr (GBytes) payload = pv_record_open (kiosk->record, bytes, size, NULL);
  const guint8 *data;

  if (payload == NULL)
    return;
  data = g_bytes_get_data (payload, &size);
  kiosk->heard_ms = now.mono_ms;
  g_clear_pointer (&kiosk->proof, g_bytes_unref);
  g_clear_pointer (&kiosk->done, g_bytes_unref);
  pv_rights_regain_link (&kiosk->rights, now.mono_ms);
  if (kiosk->rights.state == PV_RIGHTS_OPEN && pv_message_read (data, size, PV_SIDE_MEDIATOR, &message, NULL))
    take_message (kiosk, &message, now);
}

static void
take_resume (PvAssistKiosk *kiosk, const guint8 *bytes, gsize size)
{
  guint8 seed[32];

  kiosk->random.fill (kiosk->random.data, seed, sizeof seed);
  pv_kiosk_send (kiosk, kiosk->mediator, pv_record_answer_resume (kiosk->record, bytes, size, seed, NULL));
  pv_wipe_bytes (seed, sizeof seed);
}

void
pv_assist_kiosk_receive (PvAssistKiosk *kiosk, const guint8 *bytes, gsize size, PvAssistTime now)
{
  pv_assist_kiosk_tick (kiosk, now);
  if (size == 0)
    return;
  if (bytes[0] == PV_WIRE_JOIN)
    pv_kiosk_take_join (kiosk, bytes, size, now);
  else if (bytes[0] == PV_WIRE_PROOF)
    pv_kiosk_take_proof (kiosk, bytes, size, now);
  else if (bytes[0] == PV_WIRE_RECORD && kiosk->record != NULL)
    take_record (kiosk, bytes, size, now);
  else if (bytes[0] == PV_WIRE_RESUME && kiosk->record != NULL)
    take_resume (kiosk, bytes, size);
  else if (kiosk->record == NULL)
    pv_farewell_take (&kiosk->farewell, bytes, size, &kiosk->outputs, now.mono_ms);
  settle (kiosk, now);
}

/* The clock */

static gint64
silence_ms (const PvAssistKiosk *kiosk)
{
  return pv_rights_has (&kiosk->rights, PV_RIGHT_HAND) ? PV_ASSIST_SILENCE_HAND_MS : PV_ASSIST_SILENCE_MS;
}

static gint64
interval_ms (const PvAssistKiosk *kiosk)
{
  return pv_rights_has (&kiosk->rights, PV_RIGHT_HAND) ? PV_ASSIST_BEAT_HAND_MS : PV_ASSIST_BEAT_MS;
}

static void
tick_call (PvAssistKiosk *kiosk, PvAssistTime now)
{
  if (kiosk->handshake != NULL && now.mono_ms >= kiosk->handshake_until_ms)
    pv_kiosk_forget_handshake (kiosk);
  if (kiosk->code.digits[0] != '\0' && now.mono_ms >= kiosk->code.until_ms) {
    pv_wipe_bytes (kiosk->code.digits, sizeof kiosk->code.digits);
    pv_kiosk_changed (kiosk);
  }
  if (kiosk->group == 1 && now.mono_ms >= kiosk->called_ms + PV_ASSIST_GROUP_MS) {
    kiosk->group = 2;
    if (kiosk->handshake == NULL && pv_pairing_code_is_usable (&kiosk->code, now.mono_ms))
      pv_kiosk_publish (kiosk, PV_CALL_RINGING, now);
    pv_kiosk_changed (kiosk);
  }
  if (kiosk->handshake == NULL && now.mono_ms >= kiosk->called_ms + PV_ASSIST_NO_ANSWER_MS) {
    pv_kiosk_publish (kiosk, PV_CALL_WITHDRAWN, now);
    pv_kiosk_forget_session (kiosk);
    kiosk->state = PV_KIOSK_NO_ANSWER;
    pv_kiosk_changed (kiosk);
  }
}

static gboolean
waits_to_be_heard (const PvAssistKiosk *kiosk)
{
  return kiosk->n_quicks > 0 && kiosk->rights.state == PV_RIGHTS_OPEN;
}

static void
tick_session (PvAssistKiosk *kiosk, PvAssistTime now)
{
  pv_rights_tick (&kiosk->rights, now.mono_ms);
  if (kiosk->rights.state == PV_RIGHTS_OPEN && now.mono_ms >= kiosk->heard_ms + silence_ms (kiosk))
    pv_rights_lose_link (&kiosk->rights, now.mono_ms);
  if (kiosk->is_dirty && now.mono_ms >= kiosk->flushed_ms + PV_ASSIST_TICK_MS)
    flush (kiosk, now);
  if (waits_to_be_heard (kiosk) && now.mono_ms >= kiosk->quick_ms)
    send_first_quick (kiosk, now);
  if (kiosk->rights.state == PV_RIGHTS_OPEN && now.mono_ms >= kiosk->beat_ms + interval_ms (kiosk))
    send_beat (kiosk, now);
  settle (kiosk, now);
}

void
pv_assist_kiosk_tick (PvAssistKiosk *kiosk, PvAssistTime now)
{
  pv_farewell_tick (&kiosk->farewell, &kiosk->outputs, now.mono_ms);
  if (kiosk->state == PV_KIOSK_CALLING)
    tick_call (kiosk, now);
  else if (kiosk->state == PV_KIOSK_SESSION)
    tick_session (kiosk, now);
}

static gint64
next_of_call (const PvAssistKiosk *kiosk)
{
  gint64 next = kiosk->handshake != NULL ? kiosk->handshake_until_ms : kiosk->called_ms + PV_ASSIST_NO_ANSWER_MS;

  if (kiosk->group == 1)
    next = MIN (next, kiosk->called_ms + PV_ASSIST_GROUP_MS);
  return kiosk->code.digits[0] != '\0' ? MIN (next, kiosk->code.until_ms) : next;
}

gint64
pv_assist_kiosk_next_deadline_ms (const PvAssistKiosk *kiosk)
{
  gint64 next = pv_farewell_next_deadline_ms (&kiosk->farewell);

  if (kiosk->state == PV_KIOSK_CALLING)
    return MIN (next, next_of_call (kiosk));
  if (kiosk->state != PV_KIOSK_SESSION)
    return next;
  next = pv_rights_next_deadline_ms (&kiosk->rights);
  if (kiosk->rights.state == PV_RIGHTS_OPEN) {
    next = MIN (next, kiosk->heard_ms + silence_ms (kiosk));
    next = MIN (next, kiosk->beat_ms + interval_ms (kiosk));
  }
  if (waits_to_be_heard (kiosk))
    next = MIN (next, kiosk->quick_ms);
  return kiosk->is_dirty ? MIN (next, kiosk->flushed_ms + PV_ASSIST_TICK_MS) : next;
}

void
pv_assist_kiosk_link_down (PvAssistKiosk *kiosk, PvAssistTime now)
{
  pv_rights_lose_link (&kiosk->rights, now.mono_ms);
  settle (kiosk, now);
}

/* The citizen */

void
pv_assist_kiosk_set_phone (PvAssistKiosk *kiosk, const char *phone)
{
  g_free (kiosk->phone);
  kiosk->phone = phone != NULL && pv_call_is_phone (phone) ? g_strdup (phone) : NULL;
}

/* FALSE: drawn again, and the same to a mediator's eyes. */
static gboolean
take_screen (PvAssistKiosk *kiosk)
{
  g_autoptr (PvMirror) old = g_steal_pointer (&kiosk->mirror);

  kiosk->mirror = pv_mirror_new (kiosk->screen, kiosk->lifted);
  pv_kiosk_note_fields (kiosk);
  return old == NULL || !pv_mirror_equal (old, kiosk->mirror);
}

void
pv_assist_kiosk_screen (PvAssistKiosk *kiosk, const PvScreenState *state, PvAssistTime now)
{
  gboolean is_changed;

  kiosk->screen = state;
  is_changed = take_screen (kiosk);
  if (kiosk->state != PV_KIOSK_SESSION)
    return;
  if (kiosk->proposal_field != NULL
      && (state == NULL || pv_screen_state_find_field (state, kiosk->proposal_field) == NULL))
    pv_kiosk_clear_proposal (kiosk);
  pv_rights_set_paused (&kiosk->rights, pv_mirror_is_private (kiosk->mirror));
  if (is_changed)
    pv_rights_note_activity (&kiosk->rights, now.mono_ms);
  settle (kiosk, now);
  flush_on_tick (kiosk, now);
}

void
pv_assist_kiosk_touch (PvAssistKiosk *kiosk, PvTouch touch, PvAssistTime now)
{
  pv_assist_kiosk_tick (kiosk, now);
  if (kiosk->state != PV_KIOSK_SESSION)
    return;
  pv_rights_touch (&kiosk->rights, touch, now.mono_ms);
  settle (kiosk, now);
}

void
pv_assist_kiosk_decide (PvAssistKiosk *kiosk, gboolean is_accepted, PvAssistTime now)
{
  pv_assist_kiosk_touch (kiosk, PV_TOUCH_ELSEWHERE, now);
  if (kiosk->state != PV_KIOSK_SESSION || kiosk->proposal_field == NULL)
    return;
  if (is_accepted)
    pv_kiosk_fill (kiosk, kiosk->proposal_field, kiosk->proposal_value, PV_ACTOR_CITIZEN);
  pv_kiosk_audit (kiosk, is_accepted ? "accept" : "decline", kiosk->proposal_field);
  kiosk->decided_id = kiosk->proposal_id;
  kiosk->decision = is_accepted ? PV_RESULT_ACCEPTED : PV_RESULT_DECLINED;
  if (kiosk->decided_id == kiosk->last_command)
    kiosk->last_result = kiosk->decision;
  answer_command (kiosk, kiosk->decided_id, kiosk->decision);
  pv_kiosk_clear_proposal (kiosk);
  pv_kiosk_changed (kiosk);
}

void
pv_assist_kiosk_quick (PvAssistKiosk *kiosk, PvQuick quick, PvAssistTime now)
{
  pv_assist_kiosk_touch (kiosk, PV_TOUCH_ELSEWHERE, now);
  if (kiosk->state != PV_KIOSK_SESSION || quick >= PV_N_QUICKS || kiosk->n_quicks == PV_ASSIST_MAX_QUICKS)
    return;
  kiosk->quicks[kiosk->n_quicks++] = quick;
  if (kiosk->n_quicks > 1)
    return;
  kiosk->quick_ms = now.mono_ms; /* at once, or when the link is back */
  if (kiosk->rights.state == PV_RIGHTS_OPEN)
    send_first_quick (kiosk, now);
}

gboolean
pv_assist_kiosk_lift (PvAssistKiosk *kiosk, const char *id, PvAssistTime now)
{
  const PvField *field = kiosk->screen != NULL ? pv_screen_state_find_field (kiosk->screen, id) : NULL;

  pv_assist_kiosk_touch (kiosk, PV_TOUCH_ELSEWHERE, now);
  if (kiosk->state != PV_KIOSK_SESSION || field == NULL
      || pv_mirror_class_of (field, kiosk->lifted) == PV_ASSIST_HIDDEN)
    return FALSE;
  g_hash_table_add (kiosk->lifted, g_strdup (id));
  pv_kiosk_audit (kiosk, "lift", id);
  take_screen (kiosk);
  flush_on_tick (kiosk, now);
  return TRUE;
}

void
pv_assist_kiosk_end (PvAssistKiosk *kiosk, PvEnd end, PvAssistTime now)
{
  if (kiosk->state != PV_KIOSK_SESSION)
    return;
  pv_rights_finish (&kiosk->rights, end);
  settle (kiosk, now);
}

PvOutput *
pv_assist_kiosk_pop (PvAssistKiosk *kiosk)
{
  return g_queue_pop_head (&kiosk->outputs);
}

PvKioskState
pv_assist_kiosk_get_state (const PvAssistKiosk *kiosk)
{
  return kiosk->state;
}

const char *
pv_assist_kiosk_get_code (const PvAssistKiosk *kiosk, PvAssistTime now)
{
  return kiosk->state == PV_KIOSK_CALLING && pv_pairing_code_is_usable (&kiosk->code, now.mono_ms) ? kiosk->code.digits
                                                                                                   : NULL;
}

guint
pv_assist_kiosk_get_wrong_codes (const PvAssistKiosk *kiosk)
{
  return kiosk->state == PV_KIOSK_CALLING ? kiosk->code.failures : 0;
}

const PvRights *
pv_assist_kiosk_get_rights (const PvAssistKiosk *kiosk)
{
  return &kiosk->rights;
}

const PvCertificate *
pv_assist_kiosk_get_mediator (const PvAssistKiosk *kiosk)
{
  return kiosk->mediator;
}

const char *
pv_assist_kiosk_get_proposal (const PvAssistKiosk *kiosk, const char **ret_value)
{
  if (ret_value != NULL)
    *ret_value = kiosk->proposal_value;
  return kiosk->proposal_field;
}

const char *
pv_assist_kiosk_get_colleague (const PvAssistKiosk *kiosk)
{
  return kiosk->rights.asks_handover || kiosk->rights.end == PV_END_HANDOVER ? kiosk->colleague : NULL;
}

guint32
pv_assist_kiosk_get_revision (const PvAssistKiosk *kiosk, guint64 *ret_hash)
{
  gboolean flows = kiosk->sent != NULL;

  if (ret_hash != NULL)
    *ret_hash = flows ? pv_mirror_hash (kiosk->sent) : 0;
  return flows ? kiosk->revision : 0;
}
