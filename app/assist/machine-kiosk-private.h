/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* machine-kiosk-private.h: the state, between the machine and the part that carries out commands. */
#pragma once

#include "assist/farewell.h"
#include "assist/machine-kiosk.h"
#include "assist/mirror.h"

struct PvAssistKiosk {
  /* borrowed */
  const PvAssistIdentity *identity;
  const PvScreenState *screen; /* (nullable) */
  /* owned */
  PvAssistRandom random;
  char *text_version;
  PvCertificate *own, *mediator;
  PvHandshake *handshake;
  PvRecord *record;
  GBytes *call, *join, *answer, *proof, *done;
  PvMirror *mirror, *sent;
  GHashTable *lifted;    /* ids */
  GHashTable *revisions; /* id -> PvFieldRevision */
  GPtrArray *consents;   /* PvConsent that wait for the mediator's signature */
  char *proposal_field, *proposal_value;
  char *phone, *colleague;
  char *language; /* (nullable): of the mediator, as said last; "": none that could be one */
  GQueue outputs;
  PvFarewell farewell;
  /* values */
  PvKioskState state;
  PvPairingCode code;
  PvRights rights, told; /* told: as last said to mediator and citizen */
  guint8 mediator_key[PV_CERTIFICATE_KEY_BYTES];
  guint8 random_id[PV_CALL_RANDOM_BYTES];
  guint8 group;
  gboolean is_here, is_dirty, wants_snapshot;
  gboolean is_as_read; /* the mediator wants to see it in the citizen's language */
  gint64 called_ms, handshake_until_ms, heard_ms, beat_ms, flushed_ms;
  guint32 revision, proposal_id;
  guint32 last_command;
  PvResult last_result;
  guint32 decided_id; /* the last proposal that the citizen answered, for when the answer is lost */
  PvResult decision;
  PvQuick quicks[PV_ASSIST_MAX_QUICKS]; /* that wait to be heard; quick_id is of the first */
  guint n_quicks;
  guint32 quick_id;
  gint64 quick_ms;
};

typedef struct PvFieldRevision {
  guint8 digest[16]; /* of what the mediator sees of it */
  guint32 revision;
} PvFieldRevision;

/* Which fields changed for the mediator's eyes, with the revision that will tell so. */
void pv_kiosk_note_fields (PvAssistKiosk *kiosk);
/* Carries out a command that was not seen before. */
PvResult pv_kiosk_execute (PvAssistKiosk *kiosk, const PvMessage *command);
/* Sends what was accepted to the journey, as @actor. */
void pv_kiosk_fill (PvAssistKiosk *kiosk, const char *field_id, const char *value, PvActor actor);
void pv_kiosk_clear_proposal (PvAssistKiosk *kiosk);
/* Words of a mediator that can be shown: printable, at most @max_bytes, not empty. */
gboolean pv_kiosk_is_shown_text (const char *text, gsize max_bytes, gboolean has_lines);

/* Of the machine, for the way into a session. */
void pv_kiosk_changed (PvAssistKiosk *kiosk);
void pv_kiosk_audit (PvAssistKiosk *kiosk, const char *verb, const char *subject);
/* Takes @bytes; NULL is nothing. */
PvOutput *pv_kiosk_send (PvAssistKiosk *kiosk, const PvCertificate *to, GBytes *bytes);
void pv_kiosk_forget_handshake (PvAssistKiosk *kiosk);
void pv_kiosk_forget_session (PvAssistKiosk *kiosk);

/* And back. */
/* The citizen agreed to be passed on: that touch is the one for the new code. */
void pv_kiosk_call_colleague (PvAssistKiosk *kiosk, PvAssistTime now);
void pv_kiosk_publish (PvAssistKiosk *kiosk, PvCallState state, PvAssistTime now);
void pv_kiosk_take_join (PvAssistKiosk *kiosk, const guint8 *bytes, gsize size, PvAssistTime now);
void pv_kiosk_take_proof (PvAssistKiosk *kiosk, const guint8 *bytes, gsize size, PvAssistTime now);
