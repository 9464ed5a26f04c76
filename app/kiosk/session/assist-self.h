/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* assist-self.h: who a session is in one assistance: a key of its own, to which the kiosk lends its name.
 *
 * The key lives in locked memory between guard pages, read-only, and is wiped with it. The courier is believed nothing:
 * what it lends must be for this key, by a kiosk, and good now. */
#pragma once

#include "assist/handshake.h"

typedef struct PvAssistSelf PvAssistSelf;

/* NULL: no memory that can be locked. @roots and @revoked (nullable) are borrowed. */
PvAssistSelf *pv_assist_self_new (const PvCertificateRoot *roots, gsize n_roots,
                                  const char *const *revoked) G_GNUC_WARN_UNUSED_RESULT;
void pv_assist_self_free (PvAssistSelf *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvAssistSelf, pv_assist_self_free)

/* Nothing is signed any more. */
void pv_assist_self_wipe_key (PvAssistSelf *self);
/* The public half: PV_CERTIFICATE_KEY_BYTES. (transfer none) */
const guint8 *pv_assist_self_get_key (const PvAssistSelf *self);
/* FALSE: not ours, or, the second time, another kiosk. Taken the first time. */
gboolean pv_assist_self_take_name (PvAssistSelf *self, GBytes *certificate, GBytes *delegation, guint64 now);
/* Complete once it has a name. (transfer none) */
const PvAssistIdentity *pv_assist_self_get_identity (const PvAssistSelf *self);
