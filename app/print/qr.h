/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* qr.h: a QR code as modules, to be drawn as vectors. */
#pragma once

#include <glib.h>

/* A tracking address is below 200 bytes; longer texts make modules that a worn phone camera does not resolve. */
enum { PV_QR_MAX_BYTES = 400 };

/* Light margin on each side, in modules (ISO/IEC 18004, 9.1). */
enum { PV_QR_QUIET_MODULES = 4 };

typedef struct PvQr PvQr;

/**
 * pv_qr_new:
 * @text: UTF-8
 *
 * Error correction level M (15 %), the smallest version that holds the text.
 *
 * Returns: (transfer full) (nullable): NULL if @text is empty or longer than PV_QR_MAX_BYTES
 */
PvQr *pv_qr_new (const char *text) G_GNUC_WARN_UNUSED_RESULT;
void pv_qr_free (PvQr *qr);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvQr, pv_qr_free)

/* Modules on one side, without the quiet zone. */
guint pv_qr_get_size (const PvQr *qr);
gboolean pv_qr_is_dark (const PvQr *qr, guint x, guint y);
