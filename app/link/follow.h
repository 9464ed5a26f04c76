/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* follow.h: the record that tells for 30 days what became of a filing, to whoever has the kiosk reference.
 *
 * Its name and its key are derived from the reference, which has 43 bits only: the derivation (Argon2id) takes tens of
 * milliseconds on purpose. A worker writes it, the courier keeps it without being able to read it, a session opens it.
 * Nonce and ciphertext (version 1); records of later releases begin with "PVFR" and their version. Any thread.
 */
#pragma once

#include "link/outbox-format.h"

typedef struct PvFollowKey PvFollowKey;

/**
 * pv_follow_key_new:
 * @outbox_key: salt, so that the records of two kiosks have nothing in common
 *
 * Returns: (transfer full) (nullable): NULL without the memory for it
 */
PvFollowKey *pv_follow_key_new (const char *ref, const guint8 *outbox_key) G_GNUC_WARN_UNUSED_RESULT;
void pv_follow_key_free (PvFollowKey *key);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvFollowKey, pv_follow_key_free)
/* 32 hexadecimal digits, the record's name on disk (transfer none). */
const char *pv_follow_key_get_name (const PvFollowKey *key);
gboolean pv_follow_name_is_valid (const char *name);
GBytes *pv_follow_seal (const PvFollowKey *key, GVariant *outcome) G_GNUC_WARN_UNUSED_RESULT;
GVariant *pv_follow_open (const PvFollowKey *key, GBytes *record, GError **error) G_GNUC_WARN_UNUSED_RESULT;
