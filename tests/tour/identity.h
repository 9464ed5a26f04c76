/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* identity.h: who the request is about: a card laid on the demo's reader, or none. */
#pragma once

#include "walk.h"

/**
 * tour_say_who:
 * @card_url: (nullable): http://127.0.0.1:PORT/card/lay, of the demo's control; NULL: without a card
 * @card: name of the card, and @digits: what is printed on it
 *
 * From "Begin" to the first question. Without a card also where the screen says that there is no reader.
 *
 * Returns: TRUE if the card was read
 */
gboolean tour_say_who (TourWalk *walk, const char *card_url, const char *card, const char *digits);
