/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* error.h: what can go wrong with a card, named by what the citizen or the town hall can do. Messages are English, for
 * the log, and never hold anything of a card. Cancelling gives G_IO_ERROR_CANCELLED. */
#pragma once

#include <gio/gio.h>

#define PV_CARD_ERROR (pv_card_error_quark ())
GQuark pv_card_error_quark (void);

typedef enum {
  PV_CARD_ERROR_LOST,        /* no contact, or no answer in time: lay the card again */
  PV_CARD_ERROR_WRONG_CODE,  /* the six digits, or the typed zone, are not this card's: type them again */
  PV_CARD_ERROR_BLOCKED,     /* the card takes no code any more */
  PV_CARD_ERROR_REFUSED,     /* the card keeps its data for others (terminal authentication) */
  PV_CARD_ERROR_UNSUPPORTED, /* not a travel document or identity card that can be read here */
  PV_CARD_ERROR_BAD_DATA,    /* the card answers nonsense, or broke the secured channel */
  PV_CARD_ERROR_BUSY,        /* somebody else still holds the reader: a moment */
  PV_CARD_ERROR_READER,      /* reader absent, unplugged or faulty: call staff, or go on without a card */
  PV_CARD_ERROR_LOST_AT_CODE, /* contact was lost while the code was tried: whether it is right is not known, and it is only
                                 tried again when it was typed again, since some cards count */
} PvCardError;

/* Makes of LOST in @error (nullable) LOST_AT_CODE; leaves others. */
void pv_card_note_code_was_tried (GError **error);
