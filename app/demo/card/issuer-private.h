/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* issuer-private.h: what issuer*.c share, and tests that forge with the State's own keys. */
#pragma once

#include "demo/card/certificate.h"
#include "demo/card/issuer.h"
#include "demo/card/signed.h"

/* 2010 to 2045: wider than the dates of any card of the demo. */
#define PV_ROOT_FROM G_GINT64_CONSTANT (1262304000)
#define PV_ROOT_TO   G_GINT64_CONSTANT (2366841600)

/* A key and its certificate. */
typedef struct PvHolder {
  EVP_PKEY *key;
  X509 *certificate;
} PvHolder;

struct PvIssuer {
  char *folder; /* of all States */
  char *country;
  PvIssuerKind kind;
  PvHolder root;     /* CSCA */
  PvHolder old_root; /* the one before */
  PvHolder link;     /* the root's key, certified by the old root */
  PvHolder signer;   /* of documents */
  PvHolder revoked;  /* signer of documents that the State took back */
};

/* "UT-rsa-sha256"; (transfer full). */
char *pv_issuer_name_folder (const char *country, PvIssuerKind kind);
/* FALSE: there is no such one. */
gboolean pv_issuer_parse_folder (const char *name, char ret_country[3], PvIssuerKind *ret_kind);
/* How keys of @kind sign. */
PvSigning pv_issuer_signing (PvIssuerKind kind, EVP_PKEY *key);
/* (transfer full): a new key of @kind. */
EVP_PKEY *pv_issuer_new_key (PvIssuerKind kind) G_GNUC_WARN_UNUSED_RESULT;
/* Reads or makes all that is in the struct. */
gboolean pv_issuer_load_keys (PvIssuer *issuer, GError **error);
/* (transfer full): a signer of documents with @key, certified by the root, for that time. */
X509 *pv_issuer_certify (PvIssuer *issuer, EVP_PKEY *key, gint64 not_before,
                         gint64 not_after) G_GNUC_WARN_UNUSED_RESULT;
void pv_holder_clear (PvHolder *holder);
