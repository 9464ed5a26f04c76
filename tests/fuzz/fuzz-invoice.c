/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* fuzz-invoice.c: whatever the relay answers about an invoice is read as one that can be shown, or is an error; nobody is
 * ever sent elsewhere to pay; and what a scanner types is read or refused. */

#include <glib.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/lookup-code.h"
#include "core/wipe.h"
#include "portal/publik/invoice.h"

#define UUID "0f8b6c1e-52a7-4c0e-9d3b-6a1f2e3d4c5b"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check (gboolean is_true)
{
  if (!is_true)
    abort ();
}

static void
read_invoice (const PvJson *json)
{
  static char *hosts[] = { (char *) "paiement.montclair.example", NULL };
  const PvPublikInvoices invoices = { .portal = "https://demarches.montclair.example", .payment_hosts = hosts };
  g_autoptr (GError) error = NULL;
  g_autoptr (PvInvoice) invoice = pv_publik_read_invoice (json, &invoices, UUID, &error), copy = NULL;
  g_autoptr (GVariant) variant = NULL;

  check ((invoice == NULL) == (error != NULL));
  if (invoice == NULL)
    return;
  check (invoice->kind != PV_INVOICE_LIMITED && invoice->remaining_cents <= invoice->total_cents);
  if (invoice->payment_url != NULL) {
    g_autoptr (GUri) uri = g_uri_parse (invoice->payment_url, G_URI_FLAGS_NONE, NULL);

    check (g_str_equal (g_uri_get_scheme (uri), "https") && g_uri_get_userinfo (uri) == NULL);
    check (g_ascii_strcasecmp (g_uri_get_host (uri), "demarches.montclair.example") == 0
           || g_ascii_strcasecmp (g_uri_get_host (uri), "paiement.montclair.example") == 0);
  }
  variant = g_variant_ref_sink (pv_invoice_to_variant (invoice));
  copy = pv_invoice_from_variant (variant);
  check (copy != NULL && copy->total_cents == invoice->total_cents);
}

static void
read_typed (const char *text)
{
  g_autoptr (PvSecretStr) code = NULL, uuid = NULL, tidy = pv_code_tidy (text);
  PvCodeVerdict verdict;
  guint64 cents;
  guint length;

  verdict = pv_code_read (text, &code, &length);
  check ((code != NULL) == (verdict == PV_CODE_TRACKING || verdict == PV_CODE_REFERENCE));
  check (code == NULL || strlen (code) == length);
  check (!pv_uuid_find (text, &uuid) || strlen (uuid) == 36);
  check (!pv_cents_read (text, &cents) || (cents > 0 && cents < 1000000000));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  PvPublikAnswer answer = { .status = 200, .body = (const char *) data, .size = size, .retry_after_s = -1 };
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (PvJson) json = pv_publik_judge (PV_PUBLIK_CALL_READ, &answer, NULL);

  if (json != NULL)
    read_invoice (json);
  read_typed (text);
  return 0;
}
