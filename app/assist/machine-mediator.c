/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "assist/machine-mediator.h"

#include <string.h>

#include "assist/farewell.h"
#include "assist/machine-kiosk.h"
#include "core/wipe.h"

struct PvAssistMediator {
  /* borrowed */
  const PvAssistIdentity *identity;
  /* owned */
  PvAssistRandom random;
  PvCertificate *own;
  PvHandshake *handshake; /* kept while the session lives: it knows the kiosk */
  PvRecord *record;
  GBytes *pending; /* join, proof or request to resume, to be sent again */
  PvMirror *mirror;
  GQueue commands; /* PvMessage; the first one is on its way */
  GQueue outputs;
  PvFarewell farewell;
  char *language; /* (nullable) */
  /* values */
  PvMediatorState state;
  PvRefusal refusal;
  PvEnd end;
  PvMediatorRights rights;
  gboolean has_proved, needs_sync, is_as_read;
  guint32 revision, last_command, last_quick;
  guint32 proposal; /* shown to the citizen, who has not answered yet; 0: none */
  gint64 since_ms, retry_ms, command_ms, sync_ms, heard_ms, beat_ms, lost_until_ms;
};

PvAssistMediator *
pv_assist_mediator_new (const PvAssistIdentity *identity, PvAssistRandom random)
{
  PvAssistMediator *mediator = g_new0 (PvAssistMediator, 1);
  gsize size;
  const guint8 *bytes = g_bytes_get_data (identity->certificate, &size);

  mediator->own = pv_certificate_parse (bytes, size, NULL);
  mediator->identity = identity;
  mediator->random = random;
  g_queue_init (&mediator->commands);
  g_queue_init (&mediator->outputs);
  return mediator;
}

static void
free_command (gpointer data)
{
  pv_message_clear (data);
  g_free (data);
}

static void
forget_session (PvAssistMediator *mediator)
{
  g_clear_pointer (&mediator->handshake, pv_handshake_free);
  g_clear_pointer (&mediator->record, pv_record_free);
  g_clear_pointer (&mediator->pending, g_bytes_unref);
  g_clear_pointer (&mediator->mirror, pv_mirror_free);
  g_queue_clear_full (&mediator->commands, free_command);
  mediator->rights = (PvMediatorRights){ 0 };
  mediator->revision = mediator->proposal = 0;
}

void
pv_assist_mediator_free (PvAssistMediator *mediator)
{
  if (mediator == NULL)
    return;
  forget_session (mediator);
  pv_farewell_clear (&mediator->farewell);
  pv_output_queue_clear (&mediator->outputs);
  pv_certificate_free (mediator->own);
  g_free (mediator->language);
  g_free (mediator);
}

static void
changed (PvAssistMediator *mediator)
{
  pv_output_queue_add (&mediator->outputs, PV_OUTPUT_CHANGED);
}

/* Takes @bytes. */
static PvOutput *
send_bytes (PvAssistMediator *mediator, GBytes *bytes)
{
  PvOutput *output;

  if (bytes == NULL)
    return NULL;
  output = pv_output_queue_add (&mediator->outputs, PV_OUTPUT_SEND);
  output->bytes = bytes;
  memcpy (output->peer, pv_handshake_get_peer (mediator->handshake)->id, sizeof output->peer);
  return output;
}

static void
send_pending (PvAssistMediator *mediator, PvAssistTime now)
{
  if (mediator->pending != NULL)
    send_bytes (mediator, g_bytes_ref (mediator->pending));
  mediator->retry_ms = now.mono_ms + PV_MEDIATOR_RETRY_MS;
}

static void
send_message (PvAssistMediator *mediator, const PvMessage *message)
{
  g_autoptr (GBytes) payload = pv_message_write (message);
  gsize size;
  const guint8 *bytes;
  PvOutput *output;

  if (payload == NULL || mediator->record == NULL || mediator->state != PV_MEDIATOR_SESSION)
    return;
  bytes = g_bytes_get_data (payload, &size);
  output = send_bytes (mediator, pv_record_seal (mediator->record, bytes, size));
  if (output != NULL)
    output->is_beat = message->kind == PV_MESSAGE_HEARTBEAT;
}

static void
send_beat (PvAssistMediator *mediator)
{
  PvMessage message = { .kind = PV_MESSAGE_HEARTBEAT };

  send_message (mediator, &message);
}

/* Each time it is said in which language: nothing else has to be kept, or said again. */
static void
ask_snapshot (PvAssistMediator *mediator, PvAssistTime now)
{
  PvMessage message = { .kind = PV_MESSAGE_WANT_SNAPSHOT,
                        .language = mediator->language,
                        .is_as_read = mediator->is_as_read };

  mediator->needs_sync = TRUE;
  mediator->sync_ms = now.mono_ms + PV_MEDIATOR_RETRY_MS;
  send_message (mediator, &message);
}

/* @last_word: (transfer full) (nullable): our end, sealed; NULL: the kiosk said it, or nobody can any more. */
static void
end_session (PvAssistMediator *mediator, PvEnd end, GBytes *last_word, PvAssistTime now)
{
  pv_farewell_start (&mediator->farewell, last_word, pv_record_get_session (mediator->record),
                     pv_handshake_get_peer (mediator->handshake)->id, &mediator->outputs, now.mono_ms);
  forget_session (mediator);
  mediator->state = PV_MEDIATOR_ENDED;
  mediator->end = end;
  changed (mediator);
}

gboolean
pv_assist_mediator_join (PvAssistMediator *mediator, GBytes *call, const char *digits, PvAssistTime now, GError **error)
{
  guint8 random[PV_HANDSHAKE_RANDOM_BYTES];
  g_autoptr (GBytes) join = NULL;
  PvHandshake *handshake;

  if (mediator->state == PV_MEDIATOR_SESSION || mediator->state == PV_MEDIATOR_LOST) {
    g_set_error_literal (error, PV_ASSIST_ERROR, PV_ASSIST_ERROR_DENIED, "one session at a time");
    return FALSE;
  }
  mediator->random.fill (mediator->random.data, random, sizeof random);
  handshake = pv_handshake_join (mediator->identity, call, digits, random, now.utc, &join, error);
  pv_wipe_bytes (random, sizeof random);
  if (handshake == NULL)
    return FALSE;
  forget_session (mediator);
  mediator->handshake = handshake;
  mediator->pending = g_steal_pointer (&join);
  mediator->state = PV_MEDIATOR_JOINING;
  mediator->has_proved = mediator->is_as_read = FALSE;
  mediator->since_ms = now.mono_ms;
  send_pending (mediator, now);
  changed (mediator);
  return TRUE;
}

static void
stop_joining (PvAssistMediator *mediator, PvRefusal refusal)
{
  forget_session (mediator);
  mediator->state = PV_MEDIATOR_REFUSED;
  mediator->refusal = refusal;
  changed (mediator);
}

static void
take_answer (PvAssistMediator *mediator, const guint8 *bytes, gsize size, PvAssistTime now)
{
  GBytes *proof;

  if (mediator->has_proved)
    return;
  proof = pv_handshake_prove (mediator->handshake, bytes, size, now.utc, NULL);
  if (proof == NULL)
    return; /* not from our kiosk: its own answer may still come */
  mediator->has_proved = TRUE;
  g_clear_pointer (&mediator->pending, g_bytes_unref);
  mediator->pending = proof;
  send_pending (mediator, now);
}

static void
take_done (PvAssistMediator *mediator, const guint8 *bytes, gsize size, PvAssistTime now)
{
  PvRecord *record = mediator->has_proved ? pv_handshake_finish (mediator->handshake, bytes, size, NULL) : NULL;

  if (record == NULL)
    return;
  g_clear_pointer (&mediator->pending, g_bytes_unref);
  mediator->record = record;
  mediator->state = PV_MEDIATOR_SESSION;
  mediator->heard_ms = mediator->beat_ms = now.mono_ms;
  mediator->last_command = mediator->last_quick = 0;
  pv_farewell_clear (&mediator->farewell);
  ask_snapshot (mediator, now);
  changed (mediator);
}

static void
want_sync (PvAssistMediator *mediator, PvAssistTime now)
{
  if (!mediator->needs_sync || now.mono_ms >= mediator->sync_ms)
    ask_snapshot (mediator, now);
}

static void
take_mirror (PvAssistMediator *mediator, const PvMessage *message, PvAssistTime now)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (message->block, &size);
  g_autoptr (PvMirror) mirror = NULL;

  if (message->kind == PV_MESSAGE_SNAPSHOT)
    mirror = pv_mirror_read (bytes, size, NULL);
  else if (mediator->mirror != NULL && message->base == mediator->revision)
    mirror = pv_mirror_apply (mediator->mirror, bytes, size, NULL);
  if (mirror == NULL || pv_mirror_hash (mirror) != message->hash) {
    want_sync (mediator, now);
    return;
  }
  g_clear_pointer (&mediator->mirror, pv_mirror_free);
  mediator->mirror = g_steal_pointer (&mirror);
  mediator->revision = message->revision;
  if (message->kind == PV_MESSAGE_SNAPSHOT)
    mediator->needs_sync = FALSE;
  pv_output_queue_add (&mediator->outputs, PV_OUTPUT_MIRROR);
}

static void
take_rights (PvAssistMediator *mediator, const PvMessage *message, PvAssistTime now)
{
  PvMediatorRights *rights = &mediator->rights;

  for (PvRight right = 0; right < PV_N_RIGHTS; right++)
    rights->is_granted[right] = (message->granted >> right & 1) != 0;
  rights->has_question = message->has_question;
  rights->question = message->right;
  rights->asks_handover = message->asks_handover;
  rights->is_paused = message->is_paused;
  rights->lease_until_ms = rights->is_granted[PV_RIGHT_HAND] ? now.mono_ms + message->lease_ms : 0;
  rights->quiet_until_ms = message->quiet_ms > 0 ? now.mono_ms + message->quiet_ms : 0;
  if (!rights->is_granted[PV_RIGHT_SHOW]) {
    g_clear_pointer (&mediator->mirror, pv_mirror_free);
    mediator->revision = 0;
    mediator->needs_sync = FALSE;
    pv_output_queue_add (&mediator->outputs, PV_OUTPUT_MIRROR);
  }
  changed (mediator);
}

static void
take_beat (PvAssistMediator *mediator, const PvMessage *message, PvAssistTime now)
{
  guint64 hash = mediator->mirror != NULL ? pv_mirror_hash (mediator->mirror) : 0;

  if (message->revision != mediator->revision || message->hash != hash)
    want_sync (mediator, now);
}

/* It is of this session, and names this kiosk and us. */
static gboolean
is_our_consent (const PvAssistMediator *mediator, const PvConsent *consent)
{
  const PvCertificate *kiosk = pv_handshake_get_peer (mediator->handshake);

  return memcmp (consent->session, pv_record_get_session (mediator->record), sizeof consent->session) == 0
         && memcmp (consent->kiosk, kiosk->id, sizeof consent->kiosk) == 0 && mediator->own != NULL
         && memcmp (consent->mediator, mediator->own->id, sizeof consent->mediator) == 0
         && pv_consent_verify (consent, pv_handshake_get_peer_key (mediator->handshake), NULL);
}

/* We saw the same question and the same answer: ours is signed over the kiosk's. */
static void
take_consent (PvAssistMediator *mediator, const PvMessage *message)
{
  g_auto (PvMessage) answer = { .kind = PV_MESSAGE_COUNTERSIGNED };
  PvConsent consent;
  gsize size;
  const guint8 *bytes = g_bytes_get_data (message->block, &size);

  if (!pv_consent_read (bytes, size, &consent, NULL) || !is_our_consent (mediator, &consent))
    return;
  pv_consent_countersign (&consent, mediator->identity->secret);
  answer.block = pv_consent_write (&consent);
  send_message (mediator, &answer);
  pv_output_queue_add (&mediator->outputs, PV_OUTPUT_CONSENT)->bytes = g_bytes_ref (answer.block);
}

static void
send_first_command (PvAssistMediator *mediator, PvAssistTime now)
{
  const PvMessage *first = g_queue_peek_head (&mediator->commands);

  if (first != NULL)
    send_message (mediator, first);
  mediator->command_ms = now.mono_ms + PV_MEDIATOR_RETRY_MS;
}

/* Something was lost; the citizen's word on what is proposed may be among it. The id is enough to ask for it. */
static void
want_decision (PvAssistMediator *mediator)
{
  PvMessage message = { .kind = PV_MESSAGE_COMMAND, .id = mediator->proposal, .command = PV_COMMAND_PROPOSE };

  if (mediator->proposal != 0)
    send_message (mediator, &message);
}

/* Each answer is told once, however often it comes. */
static void
take_command_answer (PvAssistMediator *mediator, const PvMessage *message, PvAssistTime now)
{
  const PvMessage *first = g_queue_peek_head (&mediator->commands);
  gboolean is_first = first != NULL && first->id == message->id;
  gboolean is_decision = message->code == PV_RESULT_ACCEPTED || message->code == PV_RESULT_DECLINED;
  PvOutput *output;

  if (!is_first && (message->id != mediator->proposal || !is_decision))
    return;
  output = pv_output_queue_add (&mediator->outputs, PV_OUTPUT_ANSWER);
  output->id = message->id;
  output->code = message->code;
  if (message->code == PV_RESULT_SHOWN)
    mediator->proposal = message->id; /* in the place of an earlier one */
  else if (is_decision)
    mediator->proposal = 0;
  if (!is_first)
    return;
  free_command (g_queue_pop_head (&mediator->commands));
  send_first_command (mediator, now);
}

/* For who cannot speak: shown once, and told that it was, however often it comes. */
static void
take_quick (PvAssistMediator *mediator, const PvMessage *message)
{
  PvMessage answer = { .kind = PV_MESSAGE_HEARD, .id = message->id };

  if (message->id > mediator->last_quick) {
    mediator->last_quick = message->id;
    pv_output_queue_add (&mediator->outputs, PV_OUTPUT_QUICK)->code = message->code;
  }
  send_message (mediator, &answer);
}

static void
take_message (PvAssistMediator *mediator, const PvMessage *message, PvAssistTime now)
{
  switch (message->kind) {
  case PV_MESSAGE_SNAPSHOT:
  case PV_MESSAGE_DIFFERENCE:
    take_mirror (mediator, message, now);
    break;
  case PV_MESSAGE_RIGHTS:
    take_rights (mediator, message, now);
    break;
  case PV_MESSAGE_ANSWER:
    take_command_answer (mediator, message, now);
    break;
  case PV_MESSAGE_QUICK:
    take_quick (mediator, message);
    break;
  case PV_MESSAGE_CONSENT:
    take_consent (mediator, message);
    break;
  case PV_MESSAGE_HEARTBEAT:
    take_beat (mediator, message, now);
    break;
  case PV_MESSAGE_END:
    end_session (mediator, message->code, NULL, now);
    break;
  case PV_MESSAGE_COMMAND:
  case PV_MESSAGE_ASK:
  case PV_MESSAGE_GIVE_BACK:
  case PV_MESSAGE_WANT_SNAPSHOT:
  case PV_MESSAGE_COUNTERSIGNED:
  case PV_MESSAGE_HAND_OVER:
  case PV_MESSAGE_HEARD:
  case PV_N_MESSAGES:
    break;
  }
}

static void
take_record (PvAssistMediator *mediator, const guint8 *bytes, gsize size, PvAssistTime now)
{
  g_auto (PvMessage) message = { 0 };
  g_autoptr (GBytes) payload = pv_record_open (mediator->record, bytes, size, NULL);
  gboolean has_gap;
  const guint8 *data;

  if (payload == NULL)
    return;
  data = g_bytes_get_data (payload, &size);
  if (mediator->state == PV_MEDIATOR_LOST) {
    /* What was lost is asked for afresh; that it is over is not said afresh. */
    if (pv_message_read (data, size, PV_SIDE_KIOSK, &message, NULL) && message.kind == PV_MESSAGE_END)
      take_message (mediator, &message, now);
    return;
  }
  has_gap = pv_record_last_gap (mediator->record) > 0;
  mediator->heard_ms = now.mono_ms;
  if (pv_message_read (data, size, PV_SIDE_KIOSK, &message, NULL))
    take_message (mediator, &message, now);
  if (!has_gap || mediator->state != PV_MEDIATOR_SESSION)
    return;
  want_sync (mediator, now);
  want_decision (mediator);
}

/* A new exchange each time: an answer to an earlier one is void. */
static void
try_resume (PvAssistMediator *mediator, PvAssistTime now)
{
  guint8 seed[32];

  mediator->random.fill (mediator->random.data, seed, sizeof seed);
  g_clear_pointer (&mediator->pending, g_bytes_unref);
  mediator->pending = pv_record_resume (mediator->record, seed);
  pv_wipe_bytes (seed, sizeof seed);
  send_pending (mediator, now);
}

static void
lose_link (PvAssistMediator *mediator, PvAssistTime now)
{
  mediator->state = PV_MEDIATOR_LOST;
  mediator->lost_until_ms = now.mono_ms + PV_RIGHTS_RESUME_MS;
  mediator->rights.is_granted[PV_RIGHT_HAND] = FALSE;
  try_resume (mediator, now);
  changed (mediator);
}

static void
take_resumed (PvAssistMediator *mediator, const guint8 *bytes, gsize size, PvAssistTime now)
{
  if (mediator->state != PV_MEDIATOR_LOST || !pv_record_take_resumed (mediator->record, bytes, size, NULL))
    return;
  g_clear_pointer (&mediator->pending, g_bytes_unref);
  mediator->state = PV_MEDIATOR_SESSION;
  mediator->heard_ms = mediator->beat_ms = now.mono_ms;
  mediator->needs_sync = FALSE;
  want_sync (mediator, now);
  send_first_command (mediator, now);
  want_decision (mediator);
  changed (mediator);
}

void
pv_assist_mediator_receive (PvAssistMediator *mediator, const guint8 *bytes, gsize size, PvAssistTime now)
{
  PvRefusal refusal;

  pv_assist_mediator_tick (mediator, now);
  if (size == 0)
    return;
  if (mediator->record == NULL)
    pv_farewell_take (&mediator->farewell, bytes, size, &mediator->outputs, now.mono_ms);
  if (mediator->state == PV_MEDIATOR_JOINING) {
    if (bytes[0] == PV_WIRE_ANSWER)
      take_answer (mediator, bytes, size, now);
    else if (bytes[0] == PV_WIRE_DONE)
      take_done (mediator, bytes, size, now);
    else if (pv_refusal_read (bytes, size, pv_handshake_get_random (mediator->handshake), &refusal))
      stop_joining (mediator, refusal);
  } else if (mediator->record != NULL) {
    if (bytes[0] == PV_WIRE_RECORD)
      take_record (mediator, bytes, size, now);
    else if (bytes[0] == PV_WIRE_RESUMED)
      take_resumed (mediator, bytes, size, now);
  }
}

static gint64
silence_ms (const PvAssistMediator *mediator)
{
  return mediator->rights.is_granted[PV_RIGHT_HAND] ? PV_ASSIST_SILENCE_HAND_MS : PV_ASSIST_SILENCE_MS;
}

static gint64
interval_ms (const PvAssistMediator *mediator)
{
  return mediator->rights.is_granted[PV_RIGHT_HAND] ? PV_ASSIST_BEAT_HAND_MS : PV_ASSIST_BEAT_MS;
}

static void
tick_session (PvAssistMediator *mediator, PvAssistTime now)
{
  if (now.mono_ms >= mediator->heard_ms + silence_ms (mediator)) {
    lose_link (mediator, now);
    return;
  }
  if (mediator->needs_sync)
    want_sync (mediator, now);
  if (!g_queue_is_empty (&mediator->commands) && now.mono_ms >= mediator->command_ms)
    send_first_command (mediator, now);
  if (now.mono_ms >= mediator->beat_ms + interval_ms (mediator)) {
    send_beat (mediator);
    mediator->beat_ms = now.mono_ms;
  }
}

void
pv_assist_mediator_tick (PvAssistMediator *mediator, PvAssistTime now)
{
  pv_farewell_tick (&mediator->farewell, &mediator->outputs, now.mono_ms);
  switch (mediator->state) {
  case PV_MEDIATOR_JOINING:
    if (now.mono_ms >= mediator->since_ms + PV_HANDSHAKE_LIFE_SECONDS * 1000)
      stop_joining (mediator, PV_REFUSAL_BUSY);
    else if (now.mono_ms >= mediator->retry_ms)
      send_pending (mediator, now);
    break;
  case PV_MEDIATOR_SESSION:
    tick_session (mediator, now);
    break;
  case PV_MEDIATOR_LOST:
    if (now.mono_ms >= mediator->lost_until_ms)
      end_session (mediator, PV_END_LOST, NULL, now);
    else if (now.mono_ms >= mediator->retry_ms)
      try_resume (mediator, now);
    break;
  case PV_MEDIATOR_IDLE:
  case PV_MEDIATOR_REFUSED:
  case PV_MEDIATOR_ENDED:
    break;
  }
}

gint64
pv_assist_mediator_next_deadline_ms (const PvAssistMediator *mediator)
{
  gint64 next = pv_farewell_next_deadline_ms (&mediator->farewell);

  switch (mediator->state) {
  case PV_MEDIATOR_JOINING:
    next = MIN (next, mediator->since_ms + PV_HANDSHAKE_LIFE_SECONDS * 1000);
    return MIN (next, mediator->retry_ms);
  case PV_MEDIATOR_LOST:
    return MIN (mediator->lost_until_ms, mediator->retry_ms);
  case PV_MEDIATOR_SESSION:
    next = MIN (mediator->heard_ms + silence_ms (mediator), mediator->beat_ms + interval_ms (mediator));
    if (mediator->needs_sync)
      next = MIN (next, mediator->sync_ms);
    return g_queue_is_empty ((GQueue *) &mediator->commands) ? next : MIN (next, mediator->command_ms);
  case PV_MEDIATOR_IDLE:
  case PV_MEDIATOR_REFUSED:
  case PV_MEDIATOR_ENDED:
    break;
  }
  return next;
}

void
pv_assist_mediator_link_down (PvAssistMediator *mediator, PvAssistTime now)
{
  if (mediator->state == PV_MEDIATOR_SESSION)
    lose_link (mediator, now);
}

void
pv_assist_mediator_link_up (PvAssistMediator *mediator, PvAssistTime now)
{
  if (mediator->state == PV_MEDIATOR_SESSION)
    lose_link (mediator, now); /* what was on its way is lost: come back properly */
  else if (mediator->state == PV_MEDIATOR_LOST)
    try_resume (mediator, now);
}

void
pv_assist_mediator_set_language (PvAssistMediator *mediator, const char *language)
{
  g_free (mediator->language);
  mediator->language = g_strdup (language);
}

void
pv_assist_mediator_show_as_read (PvAssistMediator *mediator, gboolean is_as_read, PvAssistTime now)
{
  pv_assist_mediator_tick (mediator, now);
  if (mediator->is_as_read == is_as_read)
    return;
  mediator->is_as_read = is_as_read;
  if (mediator->state == PV_MEDIATOR_SESSION)
    ask_snapshot (mediator, now);
}

void
pv_assist_mediator_ask (PvAssistMediator *mediator, PvRight right, PvAssistTime now)
{
  PvMessage message = { .kind = PV_MESSAGE_ASK, .right = right };

  pv_assist_mediator_tick (mediator, now);
  send_message (mediator, &message);
}

void
pv_assist_mediator_give_back (PvAssistMediator *mediator, PvRight right, PvAssistTime now)
{
  PvMessage message = { .kind = PV_MESSAGE_GIVE_BACK, .right = right };

  pv_assist_mediator_tick (mediator, now);
  send_message (mediator, &message);
}

void
pv_assist_mediator_hand_over (PvAssistMediator *mediator, const char *colleague, PvAssistTime now)
{
  PvMessage message = { .kind = PV_MESSAGE_HAND_OVER, .name = (char *) colleague };

  pv_assist_mediator_tick (mediator, now);
  send_message (mediator, &message);
}

guint32
pv_assist_mediator_command (PvAssistMediator *mediator, PvCommandKind kind, const char *target, const char *text,
                            PvAssistTime now)
{
  PvMessage *command;

  pv_assist_mediator_tick (mediator, now);
  if ((mediator->state != PV_MEDIATOR_SESSION && mediator->state != PV_MEDIATOR_LOST) || kind >= PV_N_COMMANDS
      || g_queue_get_length (&mediator->commands) >= PV_MEDIATOR_MAX_COMMANDS)
    return 0;
  command = g_new0 (PvMessage, 1);
  command->kind = PV_MESSAGE_COMMAND;
  command->id = ++mediator->last_command;
  command->command = kind;
  command->base = mediator->revision;
  command->target = g_strdup (target != NULL ? target : "");
  command->text = g_strdup (text != NULL ? text : "");
  g_queue_push_tail (&mediator->commands, command);
  if (g_queue_get_length (&mediator->commands) == 1)
    send_first_command (mediator, now);
  return command->id;
}

void
pv_assist_mediator_end (PvAssistMediator *mediator, PvAssistTime now)
{
  PvMessage message = { .kind = PV_MESSAGE_END, .code = PV_END_MEDIATOR };
  g_autoptr (GBytes) payload = pv_message_write (&message);
  gsize size;
  const guint8 *bytes = g_bytes_get_data (payload, &size);

  if (mediator->state == PV_MEDIATOR_JOINING) {
    forget_session (mediator);
    mediator->state = PV_MEDIATOR_IDLE;
    changed (mediator);
    return;
  }
  if (mediator->state != PV_MEDIATOR_SESSION && mediator->state != PV_MEDIATOR_LOST)
    return;
  end_session (mediator, PV_END_MEDIATOR, pv_record_seal (mediator->record, bytes, size), now);
}

PvOutput *
pv_assist_mediator_pop (PvAssistMediator *mediator)
{
  return g_queue_pop_head (&mediator->outputs);
}

PvMediatorState
pv_assist_mediator_get_state (const PvAssistMediator *mediator)
{
  return mediator->state;
}

PvRefusal
pv_assist_mediator_get_refusal (const PvAssistMediator *mediator)
{
  return mediator->refusal;
}

PvEnd
pv_assist_mediator_get_end (const PvAssistMediator *mediator)
{
  return mediator->end;
}

const PvMediatorRights *
pv_assist_mediator_get_rights (const PvAssistMediator *mediator)
{
  return &mediator->rights;
}

const PvMirror *
pv_assist_mediator_get_mirror (const PvAssistMediator *mediator)
{
  return mediator->mirror;
}

guint32
pv_assist_mediator_get_revision (const PvAssistMediator *mediator)
{
  return mediator->revision;
}

const PvCertificate *
pv_assist_mediator_get_kiosk (const PvAssistMediator *mediator)
{
  return mediator->handshake != NULL ? pv_handshake_get_peer (mediator->handshake) : NULL;
}
