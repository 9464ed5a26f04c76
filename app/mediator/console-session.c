/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The session that runs: what goes out, and what is written down: verbs and names of fields, never a value. */

#include <sodium.h>
#include <string.h>

#include "mediator/console-private.h"
#include "platform/log.h"

enum { FIELDS_OF_HELPED = 4, SECONDS_OF_MINUTE = 60 };

const char *
pv_console_right_name (PvRight right)
{
  static const char *const names[PV_N_RIGHTS] = { "show", "propose", "hand" };

  return right < PV_N_RIGHTS ? names[right] : "";
}

void
pv_console_clear_notes (PvSessionNotes *notes)
{
  g_free (notes->kiosk_id);
  g_free (notes->kiosk);
  g_clear_pointer (&notes->delegation, g_bytes_unref);
  g_clear_pointer (&notes->commands, g_hash_table_unref);
  *notes = (PvSessionNotes){ 0 };
}

void
pv_console_begin_notes (PvConsole *console, const PvWaitingCall *call, GBytes *delegation)
{
  PvSessionNotes *notes = &console->notes;

  pv_console_clear_notes (notes);
  notes->kiosk_id = g_strdup (call->id);
  notes->kiosk = g_strdup (call->kiosk);
  notes->delegation = g_bytes_ref (delegation);
  notes->is_here = call->is_here;
  notes->commands = g_hash_table_new_full (NULL, NULL, NULL, g_free);
}

static void
check_audit (gboolean is_written, const GError *error)
{
  if (!is_written)
    pv_log_event (PV_LOG_ERROR, "audit-not-written", PV_LOG_CAUSE (error));
}

void
pv_console_note (PvConsole *console, const char *verb, const char *field)
{
  g_autoptr (GError) error = NULL;
  PvTell *tell = pv_console_tell (console, PV_TELL_NOTED);

  tell->verb = g_strdup (verb);
  tell->field = g_strdup (field);
  check_audit (pv_audit_file_add (console->audit, (gint64) pv_console_now (console).utc, verb, field, &error), error);
}

/* "action:next" is told as "next". */
static const char *
field_of (PvCommandKind kind, const char *target)
{
  if (kind == PV_COMMAND_EXPLAIN || target == NULL)
    return NULL;
  return g_str_has_prefix (target, "action:") ? target + strlen ("action:") : target;
}

void
pv_console_note_command (PvConsole *console, guint32 id, PvCommandKind kind, const char *target)
{
  const char *field = field_of (kind, target);

  g_hash_table_insert (console->notes.commands, GUINT_TO_POINTER (id),
                       g_strconcat (pv_command_name (kind), " ", field, NULL));
}

static void
note_answer (PvConsole *console, guint32 id, PvResult result)
{
  static const char *const refusals[PV_N_RESULTS] = {
    [PV_RESULT_NO_RIGHT] = "no-right",
    [PV_RESULT_STALE] = "stale",
    [PV_RESULT_FORBIDDEN] = "forbidden",
    [PV_RESULT_NO_TARGET] = "no-target",
  };
  PvSessionNotes *notes = &console->notes;
  const char *command = g_hash_table_lookup (notes->commands, GUINT_TO_POINTER (id));
  g_auto (GStrv) words = command != NULL ? g_strsplit (command, " ", 2) : NULL;
  const char *field = words != NULL && *words[1] != '\0' ? words[1] : NULL;

  if (words == NULL)
    return;
  if (result == PV_RESULT_ACCEPTED || result == PV_RESULT_DECLINED) {
    notes->n_accepted += result == PV_RESULT_ACCEPTED ? 1 : 0;
    pv_console_note (console, result == PV_RESULT_ACCEPTED ? "accept" : "decline", field);
  } else if (result == PV_RESULT_DONE || result == PV_RESULT_SHOWN) {
    notes->n_set += strcmp (words[0], pv_command_name (PV_COMMAND_SET)) == 0 ? 1 : 0;
    pv_console_note (console, words[0], field);
  } else if (result < PV_N_RESULTS) {
    g_autofree char *verb = g_strconcat (words[0], "-", refusals[result], NULL);

    pv_console_note (console, verb, field);
  }
  /* What is proposed is answered once more, by the citizen. */
  if (result != PV_RESULT_SHOWN)
    g_hash_table_remove (notes->commands, GUINT_TO_POINTER (id));
}

static PvAutonomy
guess_autonomy (const PvSessionNotes *notes)
{
  if (notes->n_set >= FIELDS_OF_HELPED)
    return PV_AUTONOMY_HELPED;
  return notes->used_hand || notes->n_accepted > 0 ? PV_AUTONOMY_PARTLY : PV_AUTONOMY_AUTONOMOUS;
}

static void
write_activity (PvConsole *console)
{
  const PvSessionNotes *notes = &console->notes;
  gint64 seconds = (gint64) pv_console_now (console).utc - notes->began_utc;
  PvActivityLine line = {
    .began_utc = notes->began_utc,
    .minutes = (guint) MAX ((seconds + SECONDS_OF_MINUTE - 1) / SECONDS_OF_MINUTE, 1),
    .kiosk = notes->kiosk,
    .place = notes->is_here ? PV_PLACE_WORK : PV_PLACE_REMOTE,
    .autonomy = guess_autonomy (notes),
    .used_hand = notes->used_hand,
  };

  pv_activity_add (console->activity, &line);
}

static void
finish (PvConsole *console)
{
  g_autoptr (GError) error = NULL;

  console->notes.is_over = TRUE;
  if (console->notes.has_begun)
    write_activity (console);
  check_audit (pv_audit_file_sync (console->audit, &error), error);
  pv_carrier_set_urgent (console->carrier, FALSE);
}

static void
note_state (PvConsole *console, PvMediatorState state)
{
  static const char *const refusals[PV_N_REFUSALS] = {
    "refused-version", "refused-catalogue", "refused-untrusted", "refused-code", "refused-busy",
  };
  static const char *const ends[PV_N_ENDS] = {
    "end", "end-citizen", "end-mediator", "end-lost", "end-idle", "end-procedure", "end-handover",
  };
  PvSessionNotes *notes = &console->notes;

  switch (state) {
  case PV_MEDIATOR_SESSION:
    if (!notes->has_begun)
      notes->began_utc = (gint64) pv_console_now (console).utc;
    pv_console_note (console, notes->has_begun ? "resume" : "join", notes->has_begun ? NULL : notes->kiosk_id);
    notes->has_begun = TRUE;
    if (pv_call_list_close (console->calls, notes->kiosk_id, pv_console_now (console)))
      pv_console_tell (console, PV_TELL_CALLS);
    break;
  case PV_MEDIATOR_LOST:
    pv_console_note (console, "lost", NULL);
    break;
  case PV_MEDIATOR_REFUSED:
    pv_console_note (console, refusals[pv_assist_mediator_get_refusal (console->machine)], notes->kiosk_id);
    finish (console);
    break;
  case PV_MEDIATOR_ENDED:
    pv_console_note (console, ends[MIN (pv_assist_mediator_get_end (console->machine), PV_END_HANDOVER)], NULL);
    finish (console);
    break;
  case PV_MEDIATOR_IDLE: /* given up while joining */
    finish (console);
    break;
  case PV_MEDIATOR_JOINING:
    break;
  }
}

static void
note_rights (PvConsole *console)
{
  const PvMediatorRights *rights = pv_assist_mediator_get_rights (console->machine);
  PvSessionNotes *notes = &console->notes;

  if (notes->is_over)
    return;
  if (notes->had[PV_RIGHT_HAND] && !rights->is_granted[PV_RIGHT_HAND])
    pv_console_note (console, "hand-back", NULL);
  memcpy (notes->had, rights->is_granted, sizeof notes->had);
  notes->used_hand |= rights->is_granted[PV_RIGHT_HAND];
}

static void
take_change (PvConsole *console)
{
  PvMediatorState state = pv_assist_mediator_get_state (console->machine);

  if (state != console->notes.state) {
    console->notes.state = state;
    note_state (console, state);
  }
  note_rights (console);
  pv_console_tell (console, PV_TELL_SESSION);
}

/* Signed by both: the citizen's answer to a question of ours. */
static void
take_consent (PvConsole *console, GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *verb = NULL;
  PvConsent consent;

  if (!pv_consent_read (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &consent, NULL))
    return;
  verb = g_strconcat (consent.is_granted ? "grant-" : "refuse-",
                      consent.is_handover ? "handover" : pv_console_right_name (consent.right), NULL);
  pv_console_note (console, verb, NULL);
  check_audit (pv_audit_file_add_consent (console->audit, (gint64) pv_console_now (console).utc, bytes,
                                          console->notes.delegation, &error),
               error);
}

static void
take_output (PvConsole *console, const PvOutput *output)
{
  char peer[PV_CARRIER_ID_CHARS + 1];
  PvTell *tell;

  switch (output->kind) {
  case PV_OUTPUT_SEND:
    sodium_bin2hex (peer, sizeof peer, output->peer, sizeof output->peer);
    /* What is not sent is lost: the protocol sends again what matters. */
    pv_carrier_send (console->carrier, peer, output->bytes, output->is_beat, NULL);
    break;
  case PV_OUTPUT_CHANGED:
    take_change (console);
    break;
  case PV_OUTPUT_MIRROR:
    pv_console_tell (console, PV_TELL_MIRROR);
    break;
  case PV_OUTPUT_ANSWER:
    note_answer (console, output->id, output->code);
    tell = pv_console_tell (console, PV_TELL_ANSWER);
    tell->id = output->id;
    tell->code = output->code;
    break;
  case PV_OUTPUT_QUICK:
    pv_console_tell (console, PV_TELL_QUICK)->code = output->code;
    break;
  case PV_OUTPUT_CONSENT:
    take_consent (console, output->bytes);
    break;
  case PV_OUTPUT_AUDIT:
    pv_console_note (console, output->text, output->target);
    break;
  case PV_OUTPUT_PUBLISH:
  case PV_OUTPUT_POINT:
  case PV_OUTPUT_EXPLAIN:
  case PV_OUTPUT_INTENTION:
  case PV_OUTPUT_LANGUAGE:
    break; /* of a kiosk */
  }
}

void
pv_console_collect (PvConsole *console)
{
  if (console->machine == NULL)
    return;
  for (PvOutput *output = pv_assist_mediator_pop (console->machine); output != NULL;
       output = pv_assist_mediator_pop (console->machine)) {
    take_output (console, output);
    pv_output_free (output);
  }
}
