/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* wipe.h: freeing what held a citizen's words.
 *
 * Everything that a citizen typed or that came from a card is freed through these, so that nothing readable stays in
 * the heap while the session still runs.  (After it, the kernel takes the whole process back.)
 */
#pragma once

#include <glib.h>

/**
 * pv_wipe_str:
 * @text: (nullable): text to overwrite and free, from g_malloc
 *
 * Overwrites the bytes in a way that the compiler may not remove, then frees.  NULL is accepted.
 */
void pv_wipe_str (char *text);

/**
 * pv_wipe_bytes:
 * @data: (nullable): memory to overwrite; not freed
 */
void pv_wipe_bytes (void *data, gsize size);

/**
 * pv_wipe_gstring:
 * @string: (nullable): overwritten over its whole allocation, then freed
 */
void pv_wipe_gstring (GString *string);

typedef char PvSecretStr;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvSecretStr, pv_wipe_str)
