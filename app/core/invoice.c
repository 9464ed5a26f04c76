/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/invoice.h"

#include "core/wipe.h"

PvInvoice *
pv_invoice_new (PvInvoiceKind kind)
{
  PvInvoice *invoice = g_new0 (PvInvoice, 1);

  invoice->kind = kind;
  return invoice;
}

PvInvoice *
pv_invoice_copy (const PvInvoice *invoice)
{
  PvInvoice *copy = g_new (PvInvoice, 1);

  *copy = *invoice;
  copy->uuid = g_strdup (invoice->uuid);
  copy->number = g_strdup (invoice->number);
  copy->label = g_strdup (invoice->label);
  copy->payment_url = g_strdup (invoice->payment_url);
  return copy;
}

void
pv_invoice_free (PvInvoice *invoice)
{
  if (invoice == NULL)
    return;
  pv_wipe_str (invoice->uuid);
  pv_wipe_str (invoice->number);
  pv_wipe_str (invoice->label);
  pv_wipe_str (invoice->payment_url);
  g_free (invoice);
}

#define INVOICE_TYPE "(umsmsmsttumsbbu)"

const GVariantType *
pv_invoice_type (void)
{
  return G_VARIANT_TYPE (INVOICE_TYPE);
}

GVariant *
pv_invoice_to_variant (const PvInvoice *invoice)
{
  return g_variant_new (INVOICE_TYPE, invoice->kind, invoice->uuid, invoice->number, invoice->label,
                        invoice->total_cents, invoice->remaining_cents,
                        g_date_valid (&invoice->due) ? g_date_get_julian (&invoice->due) : 0, invoice->payment_url,
                        invoice->has_pdf, invoice->is_paid, invoice->retry_after_s);
}

PvInvoice *
pv_invoice_from_variant (GVariant *variant)
{
  g_autoptr (PvInvoice) invoice = pv_invoice_new (PV_INVOICE_NONE);
  guint32 kind, julian;

  if (!g_variant_is_of_type (variant, G_VARIANT_TYPE (INVOICE_TYPE)))
    return NULL;
  g_variant_get (variant, INVOICE_TYPE, &kind, &invoice->uuid, &invoice->number, &invoice->label, &invoice->total_cents,
                 &invoice->remaining_cents, &julian, &invoice->payment_url, &invoice->has_pdf, &invoice->is_paid,
                 &invoice->retry_after_s);
  if (kind > PV_INVOICE_LIMITED || (kind == PV_INVOICE_FOUND && invoice->uuid == NULL))
    return NULL;
  invoice->kind = (PvInvoiceKind) kind;
  if (g_date_valid_julian (julian))
    g_date_set_julian (&invoice->due, julian);
  return g_steal_pointer (&invoice);
}
