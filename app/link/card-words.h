/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* card-words.h: the words between a session and its parvis-card, over a socket pair of whole packets (SOCK_SEQPACKET).
 *
 * Not D-Bus: these packets hold what opens a card and what stands on it, and each side wipes them after use. The photo of
 * a card is too large for a packet: it goes beside one, as a sealed memory file (memfd.h).
 */
#pragma once

#include "core/card.h"

enum {
  PV_CARD_WORD_MAX_BYTES = 16 * 1024,
  PV_CARD_FACE_MAX_BYTES = 120 * 1024, /* PV_GROUP_MAX_FACE_BYTES of eid/groups.h */
  PV_CARD_FD = 3,                      /* the child's end */
};

typedef enum {
  PV_CARD_DO_CAN,  /* text: six digits: read the card that lies there, or the next one */
  PV_CARD_DO_MRZ,  /* text: the lines of the zone, each check digit right */
  PV_CARD_DO_STOP, /* forget code and card, look for a card only */
  PV_N_CARD_REQUESTS
} PvCardRequestKind;

/* FALSE if the other end is gone, or the packet is none of ours; the words are wiped before they return. */
gboolean pv_card_send_request (int fd, PvCardRequestKind kind, const char *text);
/* @ret_text: wipe with pv_wipe_str(). Does not wait: @ret_is_gone tells an end from nothing there. */
gboolean pv_card_receive_request (int fd, PvCardRequestKind *ret_kind, char **ret_text, gboolean *ret_is_gone);
/* @face: (nullable): the picture as the card has it, for a document that was read and not refused; else the report is not
 * sent. */
gboolean pv_card_send_report (int fd, const PvCardReport *report, GBytes *face);
/* @ret_face: (out) (transfer full) (nullable): mapped, not copied. A picture that must not be there, that can still be
 * changed, or over PV_CARD_FACE_MAX_BYTES makes the packet none of ours. */
gboolean pv_card_receive_report (int fd, PvCardReport *ret_report, GBytes **ret_face, gboolean *ret_is_gone);
