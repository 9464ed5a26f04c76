/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* certificate.h: certificates of a test's own, made by the openssl command. */
#pragma once

#include <glib.h>

/**
 * certificate_make:
 * @name: NAME.pem and NAME.key in @folder
 * @signer: (nullable): name of the certificate that signs it; NULL: it signs itself
 * @alt_name: "DNS:kiosk.example", "IP:127.0.0.1"
 *
 * Valid for two days. Returns: FALSE if it could not be made
 */
gboolean certificate_make (const char *folder, const char *name, const char *signer, const char *alt_name);
