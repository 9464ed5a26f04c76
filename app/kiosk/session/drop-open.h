/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* drop-open.h: opening what a phone encrypted (core/drop.h). Any thread. */
#pragma once

#include "core/drop.h"

/**
 * pv_drop_open:
 * @sealed: as the relay had it
 * @key: PV_DROP_KEY_BYTES
 *
 * Returns: (transfer full): the document, wiped when freed; NULL if it is not whole, not for this place, or not of
 *   somebody who has the key
 */
GBytes *pv_drop_open (GBytes *sealed, const char *id, const guint8 *key) G_GNUC_WARN_UNUSED_RESULT;
