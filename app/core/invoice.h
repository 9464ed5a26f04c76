/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* invoice.h: what is due on one invoice, as the portal tells whoever holds it. */
#pragma once

#include <glib.h>

typedef enum {
  PV_INVOICE_FOUND,
  PV_INVOICE_NONE,    /* no such invoice, or not this amount */
  PV_INVOICE_LIMITED, /* too many wrong ones: later */
} PvInvoiceKind;

typedef struct PvInvoice {
  PvInvoiceKind kind;
  char *uuid;
  char *number; /* (nullable): as it is printed */
  char *label;  /* (nullable) */
  guint64 total_cents, remaining_cents;
  GDate due;         /* valid or not */
  char *payment_url; /* (nullable): the portal's page to pay it on; NULL: not online */
  gboolean has_pdf;
  gboolean is_paid;
  guint retry_after_s; /* LIMITED */
} PvInvoice;

PvInvoice *pv_invoice_new (PvInvoiceKind kind);
PvInvoice *pv_invoice_copy (const PvInvoice *invoice);
void pv_invoice_free (PvInvoice *invoice);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvInvoice, pv_invoice_free)

/* Of pv_invoice_to_variant(). */
const GVariantType *pv_invoice_type (void);
GVariant *pv_invoice_to_variant (const PvInvoice *invoice);
PvInvoice *pv_invoice_from_variant (GVariant *variant) G_GNUC_WARN_UNUSED_RESULT; /* NULL: not one */
