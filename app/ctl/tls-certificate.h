/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* tls-certificate.h: keys and X.509 certificates for TLS: P-256, made and signed by OpenSSL. */
#pragma once

#include <glib.h>

typedef enum { PV_TLS_AUTHORITY, PV_TLS_CLIENT, PV_TLS_SERVER } PvTlsKind;

enum { PV_TLS_MAX_NAME_BYTES = 64 };

typedef struct PvTlsPair {
  char *key;         /* PEM; wiped */
  char *certificate; /* PEM */
} PvTlsPair;

void pv_tls_pair_free (PvTlsPair *pair);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvTlsPair, pv_tls_pair_free)

/**
 * pv_tls_pair_new:
 * @name: common name; of a server also the name or the address that it is reached by
 * @commune: (nullable): code of the commune that a kiosk is of; the subject is then "O=COMMUNE, CN=NAME"
 * @signer: (nullable): an authority; NULL: it signs itself
 *
 * Returns: NULL if OpenSSL refuses: @name or @signer is not what it should be
 */
PvTlsPair *pv_tls_pair_new (PvTlsKind kind, const char *name, const char *commune, const PvTlsPair *signer,
                            guint days) G_GNUC_WARN_UNUSED_RESULT;
