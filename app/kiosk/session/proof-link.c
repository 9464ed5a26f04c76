/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/session/proof-link.h"

#include "pv-link-courier1.h"

/* It is not waited for: a paper that is printed before has no code. */
enum { CALL_MS = 3000 };

typedef struct Ask {
  char *ref, *form;
  PvReceiptFacts *received; /* (nullable) */
  PvProofFunc func;
  gpointer user_data;
} Ask;

static void
ask_free (Ask *ask)
{
  g_free (ask->ref);
  g_free (ask->form);
  pv_receipt_facts_free (ask->received);
  g_free (ask);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Ask, ask_free)

static void
tell (const Ask *ask, const PvReceiptFacts *facts, GVariant *signature)
{
  g_autofree char *code = pv_receipt_code_make (facts, g_variant_get_data (signature));

  ask->func (ask->ref, code, ask->user_data);
}

static gboolean
is_signature (GVariant *variant)
{
  return g_variant_get_size (variant) == PV_RECEIPT_SIGNATURE_BYTES;
}

static void
signed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Ask) ask = user_data;
  g_autoptr (GVariant) registered = NULL, received = NULL;
  gint64 stored_us;

  if (!pv_link_courier1_call_sign_receipt_finish (PV_LINK_COURIER1 (source), &stored_us, &registered, &received, result,
                                                  NULL))
    return;
  if (ask->received != NULL && is_signature (received)) {
    tell (ask, ask->received, received);
  } else if (is_signature (registered)) {
    g_autoptr (PvReceiptFacts) facts = pv_receipt_facts_of_storing (ask->ref, stored_us, ask->form);

    if (facts != NULL)
      tell (ask, facts, registered);
  }
}

void
pv_proof_ask (GDBusProxy *courier, const char *ref, const char *form, const PvOutcome *outcome,
              GCancellable *cancellable, PvProofFunc func, gpointer user_data)
{
  Ask *ask = g_new0 (Ask, 1);

  ask->ref = g_strdup (ref);
  ask->form = g_strdup (form);
  ask->received = outcome != NULL ? pv_receipt_facts_of_outcome (outcome, form) : NULL;
  ask->func = func;
  ask->user_data = user_data;
  pv_link_courier1_call_sign_receipt (PV_LINK_COURIER1 (courier), ref, G_DBUS_CALL_FLAGS_NONE, CALL_MS, cancellable,
                                      signed_cb, ask);
}
