/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/courier/proofs.h"

typedef struct Proof {
  gint64 when_us;
  char *form;
  GBytes *received; /* (nullable): digest of what the portal received */
} Proof;

struct PvProofs {
  GHashTable *proofs; /* utf8 -> Proof */
};

static void
proof_free (gpointer data)
{
  Proof *proof = data;

  g_free (proof->form);
  g_clear_pointer (&proof->received, g_bytes_unref);
  g_free (proof);
}

PvProofs *
pv_proofs_new (void)
{
  PvProofs *proofs = g_new0 (PvProofs, 1);

  proofs->proofs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, proof_free);
  return proofs;
}

void
pv_proofs_free (PvProofs *proofs)
{
  if (proofs == NULL)
    return;
  g_hash_table_unref (proofs->proofs);
  g_free (proofs);
}

void
pv_proofs_note_stored (PvProofs *proofs, const char *ref, gint64 when_us, const char *form)
{
  Proof *proof;

  if (g_hash_table_contains (proofs->proofs, ref) || g_hash_table_size (proofs->proofs) >= PV_PROOFS_MAX)
    return;
  proof = g_new0 (Proof, 1);
  proof->when_us = when_us;
  proof->form = g_strdup (form);
  g_hash_table_insert (proofs->proofs, g_strdup (ref), proof);
}

void
pv_proofs_note_received (PvProofs *proofs, const char *ref, GBytes *digest)
{
  Proof *proof = g_hash_table_lookup (proofs->proofs, ref);

  if (proof == NULL || g_bytes_get_size (digest) != PV_RECEIPT_DIGEST_BYTES)
    return;
  g_clear_pointer (&proof->received, g_bytes_unref);
  proof->received = g_bytes_ref (digest);
}

/* A floating array; empty without @digest. */
static GVariant *
sign (const PvReceiptSigner *signer, const guint8 *digest)
{
  guint8 signature[PV_RECEIPT_SIGNATURE_BYTES];

  if (digest == NULL)
    return g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, NULL, 0, 1);
  pv_receipt_signer_sign (signer, digest, signature);
  return g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, signature, sizeof signature, 1);
}

void
pv_proofs_sign (const PvProofs *proofs, const PvReceiptSigner *signer, GDBusMethodInvocation *invocation,
                const char *ref)
{
  const Proof *proof = signer != NULL ? g_hash_table_lookup (proofs->proofs, ref) : NULL;
  g_autoptr (PvReceiptFacts) facts =
    proof != NULL ? pv_receipt_facts_of_storing (ref, proof->when_us, proof->form) : NULL;
  guint8 digest[PV_RECEIPT_DIGEST_BYTES];

  if (facts == NULL) {
    g_dbus_method_invocation_return_dbus_error (invocation, "org.parvis.Error.NotFound", "nothing to be signed");
    return;
  }
  pv_receipt_facts_to_digest (facts, digest);
  g_dbus_method_invocation_return_value (
    invocation,
    g_variant_new ("(x@ay@ay)", proof->when_us, sign (signer, digest),
                   sign (signer, proof->received != NULL ? g_bytes_get_data (proof->received, NULL) : NULL)));
}
