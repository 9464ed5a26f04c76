/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* transport-script.h: a transport that plays an exchange from text, or writes one down. For tests and diagnosis of one's
 * own specimens: a record holds the data of a card. */
#pragma once

#include "eid/transport.h"

/* Lines "> HEX" and "< HEX", '#' comments; a command that differs is BAD_DATA and names its line. "! lost|reader" in the
 * place of an answer. */
PvCardTransport *pv_card_script_play (const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* TRUE once every line was used. */
gboolean pv_card_script_is_done (PvCardTransport *script);
/* Passes to @inner (owned) and appends to @record (borrowed). */
PvCardTransport *pv_card_script_record (PvCardTransport *inner, GString *record) G_GNUC_WARN_UNUSED_RESULT;
