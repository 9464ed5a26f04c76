/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* qr-code.h: a QR code, black on white in every theme, with the quiet zone of ISO/IEC 18004 (4 modules). */
#pragma once

#include <gtk/gtk.h>

#define PV_TYPE_QR_CODE (pv_qr_code_get_type ())
G_DECLARE_FINAL_TYPE (PvQrCode, pv_qr_code, PV, QR_CODE, GtkWidget)

/* Longest text that is drawn; a code of more is too fine for an old phone at arm's length. */
enum { PV_QR_MAX_BYTES = 600 };

GtkWidget *pv_qr_code_new (void);
/* FALSE, and nothing is drawn, when the text is empty or too long. The text is wiped with the widget. */
gboolean pv_qr_code_set_text (PvQrCode *code, const char *text);
