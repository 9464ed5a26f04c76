/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* sm.h: secure messaging of ICAO Doc 9303-11, section 9.8. Pure. Any error is the end: the keys are wiped then. */
#pragma once

#include "eid/apdu.h"
#include "eid/crypto.h"

typedef struct PvSm PvSm;

/* Doc 9303-11, section 9.8.6: @ssc: one block of the cipher, or NULL for zero. Copies the keys into locked memory. */
PvSm *pv_sm_new (PvCipher cipher, const guint8 *encryption_key, const guint8 *mac_key,
                 const guint8 *ssc) G_GNUC_WARN_UNUSED_RESULT;
void pv_sm_free (PvSm *sm);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvSm, pv_sm_free)
PvCipher pv_sm_get_cipher (const PvSm *sm);

/* The protected command (section 9.8.4). Extended where needed. FALSE if the channel is over or it does not fit
 * @size. */
gboolean pv_sm_wrap (PvSm *sm, const PvApdu *apdu, guint8 *ret_command, gsize size, gsize *ret_length, GError **error);
/**
 * pv_sm_unwrap:
 * @is_odd: the command had an odd INS: the data come in DO 85
 *
 * Section 9.8.5. MAC first; DO 99 must be there and equal the outer status word; nothing unknown, nothing twice,
 * padding exact. A plain answer is BAD_DATA, save that a bare 6987, 6988 or 6882 says that the card lost the channel
 * (LOST).
 */
gboolean pv_sm_unwrap (PvSm *sm, gboolean is_odd, const guint8 *answer, gsize length, guint8 *ret_data, gsize size,
                       gsize *ret_length, guint16 *ret_sw, GError **error);
/* Plain bytes that fit in one answer of @answer_bytes (with SW), and in one command of @command_bytes. */
gsize pv_sm_max_data_in_answer (PvCipher cipher, gsize answer_bytes);
gsize pv_sm_max_data_in_command (PvCipher cipher, gsize command_bytes);
