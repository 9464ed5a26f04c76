/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* call-list.h: who waits for help, as far as their kiosks signed it; and for whom this console rings.
 *
 * One call for each kiosk. What the broker brings is believed only after pv_call_open(); it may bring it twice, late, or
 * after the call is over, so what is over stays over. Pure: the time is an argument. */
#pragma once

#include "assist/output.h"
#include "mediator/console.h"

enum {
  PV_CALL_LIST_MAX = 500,        /* that wait; more are not heard */
  PV_CALL_LIST_MAX_CLOSED = 2000 /* that are over, and might be brought again */
};

typedef struct PvCallList PvCallList;

/* @self, @roots are borrowed. */
PvCallList *pv_call_list_new (const PvCertificate *self, const PvCertificateRoot *roots,
                              gsize n_roots) G_GNUC_WARN_UNUSED_RESULT;
void pv_call_list_free (PvCallList *list);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvCallList, pv_call_list_free)

/**
 * pv_call_list_take:
 * @peer: the kiosk that sent it, as the broker says: another's call is a stray
 *
 * Returns: TRUE if the list changed
 */
gboolean pv_call_list_take (PvCallList *list, const char *peer, GBytes *call, PvAssistTime now);
/* Takes out what nobody waits for any more. TRUE if the list changed. */
gboolean pv_call_list_expire (PvCallList *list, PvAssistTime now);
/* It was answered here: what still comes of it is late. TRUE if the list changed. */
gboolean pv_call_list_close (PvCallList *list, const char *id, PvAssistTime now);
/* When there is something to expire; G_MAXINT64: never. */
gint64 pv_call_list_next_deadline_ms (const PvCallList *list);

/* Oldest first. (transfer none) (element-type PvWaitingCall) */
const GPtrArray *pv_call_list_get (const PvCallList *list);
/* As it was signed, or NULL. (transfer none) */
GBytes *pv_call_list_get_bytes (const PvCallList *list, const char *id);
/* What lends the kiosk's name to the key of the session that calls, or NULL. (transfer none) */
GBytes *pv_call_list_get_delegation (const PvCallList *list, const char *id);
const PvWaitingCall *pv_call_list_find (const PvCallList *list, const char *id);

/* What a mediator is asked to hear. */
typedef struct PvRinging {
  PvPresence presence;
  guint group;
  gboolean is_open; /* within the hours */
} PvRinging;

/* Free: what is of the group. On site: what wants somebody in the room, at once; the rest when it is of group 2. */
gboolean pv_call_rings (const PvWaitingCall *call, const PvRinging *ringing);
/* TRUE once for each call, as soon as it rings. */
gboolean pv_call_list_ring (PvCallList *list, const PvRinging *ringing);
