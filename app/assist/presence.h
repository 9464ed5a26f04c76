/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* presence.h: a mediator says that they are free, busy, on site or off: signed, short-lived, to the kiosks and the
 * colleagues of their communes.  PROTOCOL.md, section 4.4.
 *
 * It lets a kiosk say "two mediators are free", and a console list colleagues.  Nothing depends on it: a call goes out
 * whatever was said here. */
#pragma once

#include "assist/certificate.h"
#include "assist/output.h"

enum {
  PV_PRESENCE_MAX_SECONDS = 90,
  PV_PRESENCE_SLACK_SECONDS = 300, /* between two clocks */
  PV_PRESENCE_MAX_BYTES = 1 + 1 + 1 + 8 + 8 + 2 + PV_CERTIFICATE_MAX_BYTES + PV_CERTIFICATE_SIGNATURE_BYTES,
  PV_PRESENCE_MAX_ON_BOARD = 256,
};

typedef enum {
  PV_PRESENCE_OFF, /* nobody rings here */
  PV_PRESENCE_FREE,
  PV_PRESENCE_BUSY,
  PV_PRESENCE_ON_SITE, /* in the room: calls "here" first */
  PV_N_PRESENCES
} PvPresence;

/* What one message says. */
typedef struct PvPresenceWord {
  PvPresence presence;
  guint64 created, expires; /* seconds UTC */
} PvPresenceWord;

/**
 * pv_presence_sign:
 * @certificate: the mediator's
 * @secret: the mediator's
 *
 * The time of creation grows with each: a second one within the same second says one second more, or it would pass for
 * the first one played again.
 *
 * Returns: (transfer full): the bytes; NULL if it would live for longer than PV_PRESENCE_MAX_SECONDS
 */
GBytes *pv_presence_sign (const PvPresenceWord *word, GBytes *certificate,
                          const guint8 *secret) G_GNUC_WARN_UNUSED_RESULT;

/**
 * pv_presence_open:
 * @communes: ours: the mediator must speak for one of them
 * @ret_mediator: (out) (optional): who says so
 *
 * Reads one and checks everything: form, role, commune, root, signature, time. @ret_word is untouched on failure.
 */
gboolean pv_presence_open (const guint8 *bytes, gsize size, const char *const *communes, const PvCertificateRoot *roots,
                           gsize n_roots, guint64 now, PvPresenceWord *ret_word, PvCertificate **ret_mediator,
                           GError **error);

/* Who said what last, as long as it holds. One owner, any thread. */
typedef struct PvPresenceBoard PvPresenceBoard;

typedef struct PvPresenceEntry {
  PvCertificate *mediator; /* id, name, place, communes */
  PvPresence presence;
  gint64 until_ms; /* monotonic: then it says nothing any more */
  /* private */
  guint64 created, forget_after;
} PvPresenceEntry;

/* @roots are borrowed. @self: (nullable): an id that is never on the board. */
PvPresenceBoard *pv_presence_board_new (const char *const *communes, const PvCertificateRoot *roots, gsize n_roots,
                                        const guint8 *self) G_GNUC_WARN_UNUSED_RESULT;
void pv_presence_board_free (PvPresenceBoard *board);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvPresenceBoard, pv_presence_board_free)

/* TRUE: what the board shows changed. What is not good, or older than what its mediator said last, is dropped. */
gboolean pv_presence_board_add (PvPresenceBoard *board, const guint8 *bytes, gsize size, PvAssistTime now);
/* TRUE: what the board shows changed. */
gboolean pv_presence_board_expire (PvPresenceBoard *board, PvAssistTime now);
/* When there is something to expire; G_MAXINT64: never. */
gint64 pv_presence_board_next_deadline_ms (const PvPresenceBoard *board);
/* Nothing that was said holds any more: the carrier is gone. TRUE: what the board shows changed. */
gboolean pv_presence_board_forget (PvPresenceBoard *board);
/* Who would answer: free, or on site. */
guint pv_presence_board_count_free (const PvPresenceBoard *board, PvAssistTime now);
/* All who are there now, by name. (transfer container) (element-type PvPresenceEntry): until the next change */
GPtrArray *pv_presence_board_list (const PvPresenceBoard *board, PvAssistTime now) G_GNUC_WARN_UNUSED_RESULT;
