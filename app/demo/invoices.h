/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* invoices.h: the invoices of the fictional commune, in the store's file: those of site.json, and what was paid of them. */
#pragma once

#include "demo/site.h"

enum { PV_DEMO_MAX_INVOICES = 100 };

typedef struct PvDemoInvoice {
  char *uuid;
  char *regie;  /* slug of the office that collects it */
  char *number; /* as it is printed */
  char *label;
  char *payer; /* external id of the account it belongs to; never told to a kiosk */
  gint64 total_cents, remaining_cents;
  gint64 created_us; /* UTC */
  GDate due;
  gboolean is_online, has_pdf;
} PvDemoInvoice;

void pv_demo_invoice_free (PvDemoInvoice *invoice);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvDemoInvoice, pv_demo_invoice_free)

/* Makes the table, and puts into it those of @settings ("invoices" of site.json) that are not there yet; their days
 * count from @now_us. */
gboolean pv_demo_invoices_open (PvDemoStore *store, const PvJson *settings, gint64 now_us, GError **error);

/* @regie: (nullable): of any.  (transfer full) (nullable) */
PvDemoInvoice *pv_demo_invoices_get (PvDemoStore *store, const char *regie, const char *uuid) G_GNUC_WARN_UNUSED_RESULT;
/* @regie, @payer: (nullable): of any.  (transfer full) (element-type PvDemoInvoice) */
GPtrArray *pv_demo_invoices_list (PvDemoStore *store, const char *regie, const char *payer) G_GNUC_WARN_UNUSED_RESULT;
/* All that is left of it. */
void pv_demo_invoices_pay (PvDemoStore *store, const char *uuid);
