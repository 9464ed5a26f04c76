/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* sign.h: signed addresses of Publik.
 *
 * The query string of a call carries the caller's name, the time, a number used once, and an HMAC-SHA-256 of all that.
 * Only the query is signed, neither path nor body: see app/portal/README.md for what follows from it.
 */
#pragma once

#include <glib.h>

enum {
  PV_PUBLIK_CLOCK_WINDOW_S = 30, /* each way; w.c.s. wcs/api_utils.py */
  PV_PUBLIK_NONCE_BYTES = 16,
};

/**
 * pv_publik_sign_query:
 * @query: percent-encoded, `orig=` included, without "?"
 * @key: the shared key
 * @now_us: UTC
 * @nonce: letters and digits, never used before
 *
 * Returns: (transfer full): @query with algo, timestamp, nonce and signature
 */
char *pv_publik_sign_query (const char *query, const char *key, gint64 now_us,
                            const char *nonce) G_GNUC_WARN_UNUSED_RESULT;

/* PV_PUBLIK_NONCE_BYTES random bytes in hexadecimal. (transfer full) */
char *pv_publik_new_nonce (void) G_GNUC_WARN_UNUSED_RESULT;
