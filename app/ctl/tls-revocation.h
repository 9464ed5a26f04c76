/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* tls-revocation.h: lists of the certificates that an authority takes back, made and signed by OpenSSL. */
#pragma once

#include "ctl/tls-certificate.h"

/**
 * pv_tls_revoke:
 * @authority: whose certificate and key
 * @list: (nullable): PEM of the list so far, signed by @authority; NULL: an empty one
 * @certificate: (nullable): PEM of one of its certificates; NULL: none more
 * @days: how long the list holds; a broker refuses everybody once it is over
 *
 * Returns: (transfer full): PEM of the new list; NULL if one of them is not what it should be
 */
char *pv_tls_revoke (const PvTlsPair *authority, const char *list, const char *certificate,
                     guint days) G_GNUC_WARN_UNUSED_RESULT;
/* Whether @authority signed @certificate (PEM). */
gboolean pv_tls_is_of (const PvTlsPair *authority, const char *certificate);
