/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* ipp-certificate.h: which printer is at the other end of ipps://.
 *
 * Printers sign their certificates themselves and renew them, so no authority is asked: the public key is known, or it is
 * another printer. libcups' own memory of printers (~/.cups/ssl) is neither read nor written. Any thread.
 */
#pragma once

#include <cups/http.h>
#include <glib.h>

/* SHA-256 of the public key (SubjectPublicKeyInfo, RFC 7469, 2.4), in small hexadecimal letters. */
enum { PV_IPP_FINGERPRINT_CHARS = 64 };

/* Of the peer of an encrypted connection. NULL: it has none, or the connection is plain. (transfer full) */
char *pv_ipp_get_fingerprint (http_t *http) G_GNUC_WARN_UNUSED_RESULT;

/**
 * pv_ipp_read_certificate:
 * @uri: "ipps://host:port/path"
 *
 * What an administrator compares with the printer's own page and then writes into [printer] certificate. Blocks, up to a
 * few seconds.
 *
 * Returns: (transfer full): the fingerprint; NULL with an error of PV_PRINT_ERROR: REFUSED for another kind of address,
 *   OFFLINE if nothing that encrypts is there
 */
char *pv_ipp_read_certificate (const char *uri, GError **error) G_GNUC_WARN_UNUSED_RESULT;
