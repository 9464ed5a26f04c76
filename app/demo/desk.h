/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* desk.h: the virtual reader of the demo and the cards that can be laid on it.
 *
 * A card that was laid once stays the same card, with its keys and its count of wrong codes, until the demo ends. Made
 * once; on the main thread. The chip that lies there answers on the thread of the reader.
 */
#pragma once

#include <gio/gio.h>

enum {
  PV_DEMO_MAX_CARDS = 200,
  PV_DEMO_MAX_CARD_NAME_BYTES = 40, /* a-z, 0-9 and '-' */
};

typedef struct PvDemoCard {
  char *name, *title; /* NULL title: none told */
  char *can;          /* (nullable) */
  char *text;
} PvDemoCard;

typedef struct PvDemoDesk PvDemoDesk;

/**
 * pv_demo_desk_new:
 * @cards: folder of NAME.card
 * @link: a symbolic link to the terminal of the reader, replaced
 * @issuers: folder of the fictional States; gets masterlist.ml, masterlist-signer.pem and crl/
 *
 * The master list is there when it returns: it holds the roots of every card. Making them takes seconds, once.
 */
PvDemoDesk *pv_demo_desk_new (const char *cards, const char *link, const char *issuers,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
void pv_demo_desk_free (PvDemoDesk *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvDemoDesk, pv_demo_desk_free)

/* Sorted by name: (element-type PvDemoCard), borrowed. */
const GPtrArray *pv_demo_desk_list (const PvDemoDesk *self);
/* Of the card that lies there; NULL: none. */
const char *pv_demo_desk_get_laid (const PvDemoDesk *self);
gboolean pv_demo_desk_is_plugged (const PvDemoDesk *self);
/* What libnfc calls the reader. */
const char *pv_demo_desk_get_connection (const PvDemoDesk *self);

/* @verb: "lay" (the card @card; one that lies there goes first), "remove", "unplug", "plug". */
gboolean pv_demo_desk_do (PvDemoDesk *self, const char *verb, const char *card, GError **error);
/* {"reader", "plugged", "laid": NAME or null, "cards": [{"name", "title", "can" or null}]} (transfer full) */
char *pv_demo_desk_to_json (const PvDemoDesk *self) G_GNUC_WARN_UNUSED_RESULT;
