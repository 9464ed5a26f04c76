/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* transport-script.h: a transport that plays an exchange from text, or writes one down. For tests and diagnosis of one's
 * own specimens: a record holds the data of a card. */
#pragma once

#include "eid/transport.h"

enum { PV_SCRIPT_MAX_BYTES = 4 * 1024 * 1024 }; /* in hexadecimal: a card of 300 kB, both ways */

/**
 * pv_card_script_play:
 * @text: lines "> HEX" (command) and "< HEX" (answer), blanks between digits allowed; "! lost" or "! reader" in the place
 *   of an answer; "* short" or "* long" where the card is reset; '#' comments
 *
 * A command that differs is BAD_DATA and names its line. Its limits are those of transport.h; a test may lower them.
 */
PvCardTransport *pv_card_script_play (const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* TRUE once every line was used. */
gboolean pv_card_script_is_done (PvCardTransport *script);
/* Passes to @inner (owned) and appends to @record (borrowed). */
PvCardTransport *pv_card_script_record (PvCardTransport *inner, GString *record) G_GNUC_WARN_UNUSED_RESULT;
