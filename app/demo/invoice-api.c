/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "demo/invoice-api.h"

#include "core/date.h"
#include "demo/invoice-pdf.h"
#include "demo/invoices.h"

static char *
print_cents (gint64 cents)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT ".%02d", cents / 100, (int) (cents % 100));
}

static void
write_cents (PvJsonWriter *writer, const char *key, gint64 cents)
{
  g_autofree char *text = print_cents (cents);

  pv_json_writer_text (writer, key, text);
}

/* Where it is paid, or NULL. (transfer full) */
static char *
payment_url (const PvDemoInvoice *invoice)
{
  if (!invoice->is_online || invoice->remaining_cents == 0)
    return NULL;
  return g_strdup_printf (PV_DEMO_BASE "facture/%s/payer/", invoice->uuid);
}

/* As Lingo writes an item (publik-api 7). */
static void
write_item (PvJsonWriter *writer, const char *key, const PvDemoInvoice *invoice)
{
  g_autofree char *created = pv_demo_format_time (invoice->created_us);
  g_autofree char *due = pv_date_print (&invoice->due);
  g_autofree char *payment = payment_url (invoice);

  pv_json_writer_begin_object (writer, key);
  pv_json_writer_text (writer, "id", invoice->uuid);
  pv_json_writer_text (writer, "display_id", invoice->number);
  pv_json_writer_text (writer, "label", invoice->label);
  write_cents (writer, "amount", invoice->remaining_cents);
  write_cents (writer, "remaining_amount", invoice->remaining_cents);
  write_cents (writer, "total_amount", invoice->total_cents);
  pv_json_writer_bool (writer, "paid", invoice->remaining_cents == 0);
  pv_json_writer_text (writer, "created", created);
  pv_json_writer_text (writer, "pay_limit_date", due);
  pv_json_writer_text (writer, "due_date", due);
  pv_json_writer_text (writer, "payment_deadline_date", due);
  pv_json_writer_bool (writer, "online_payment", invoice->is_online);
  pv_json_writer_bool (writer, "disabled", FALSE);
  pv_json_writer_bool (writer, "has_pdf", invoice->has_pdf);
  pv_json_writer_bool (writer, "has_dynamic_pdf", FALSE);
  pv_json_writer_bool (writer, "has_payments_pdf", FALSE);
  pv_json_writer_begin_object (writer, "api");
  if (payment != NULL)
    pv_json_writer_text (writer, "payment_url", payment);
  pv_json_writer_end_object (writer);
  pv_json_writer_end_object (writer);
}

PvDemoReply *
pv_demo_lingo_regies (PvDemoPortal *portal)
{
  g_autoptr (PvJson) regies = pv_json_get_member (pv_demo_site_get_settings (portal->site), "regies");
  g_autoptr (PvJsonWriter) writer = pv_json_writer_new ();

  pv_json_writer_begin_object (writer, NULL);
  pv_json_writer_int (writer, "err", 0);
  if (regies != NULL)
    pv_json_writer_value (writer, "data", regies);
  pv_json_writer_end_object (writer);
  return pv_demo_reply_new_json (writer);
}

PvDemoReply *
pv_demo_lingo_invoices (PvDemoPortal *portal, const PvDemoRequest *request, const char *regie)
{
  g_autoptr (PvJsonWriter) writer = pv_json_writer_new ();
  g_autofree char *payer = pv_demo_query_get (request->query, "payer_external_id");
  g_autoptr (GPtrArray) invoices = NULL;

  if (payer == NULL)
    return pv_demo_reply_new_invalid ("missing NameID or payer_external_id parameter");
  invoices = pv_demo_invoices_list (portal->store, regie, payer);
  pv_json_writer_begin_object (writer, NULL);
  pv_json_writer_int (writer, "err", 0);
  pv_json_writer_begin_array (writer, "data");
  for (guint i = 0; i < invoices->len; i++)
    write_item (writer, NULL, invoices->pdata[i]);
  pv_json_writer_end_array (writer);
  pv_json_writer_end_object (writer);
  return pv_demo_reply_new_json (writer);
}

PvDemoReply *
pv_demo_lingo_invoice (PvDemoPortal *portal, const char *regie, const char *uuid)
{
  g_autoptr (PvDemoInvoice) invoice = pv_demo_invoices_get (portal->store, regie, uuid);
  g_autoptr (PvJsonWriter) writer = pv_json_writer_new ();

  if (invoice == NULL)
    return pv_demo_reply_new_not_found ();
  pv_json_writer_begin_object (writer, NULL);
  pv_json_writer_int (writer, "err", 0);
  write_item (writer, "data", invoice);
  pv_json_writer_end_object (writer);
  return pv_demo_reply_new_json (writer);
}

static PvDemoReply *
answer_pdf (PvDemoPortal *portal, const PvDemoInvoice *invoice)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = NULL;

  if (invoice == NULL || !invoice->has_pdf)
    return pv_demo_reply_new_not_found ();
  pdf = pv_demo_invoice_make_pdf (invoice, portal->site, &error);
  if (pdf != NULL)
    return pv_demo_reply_new_file (pdf, "application/pdf");
  g_warning ("%s", error->message);
  return pv_demo_reply_new_error (500, "internal-error", "Internal error");
}

PvDemoReply *
pv_demo_lingo_pdf (PvDemoPortal *portal, const char *regie, const char *uuid)
{
  g_autoptr (PvDemoInvoice) invoice = pv_demo_invoices_get (portal->store, regie, uuid);

  return answer_pdf (portal, invoice);
}

/* The relay -------------------------------------------------------------------------------------------------------- */

/* Only for who names its amount, too. (transfer full) (nullable) */
static PvDemoInvoice *
find_asked (PvDemoPortal *portal, const PvDemoRequest *request)
{
  g_autofree char *regie = pv_demo_query_get (request->query, "regie");
  g_autofree char *uuid = pv_demo_query_get (request->query, "uuid");
  g_autofree char *amount = pv_demo_query_get (request->query, "amount");
  g_autoptr (PvDemoInvoice) invoice = NULL;
  guint64 cents;

  if (regie == NULL || uuid == NULL || amount == NULL
      || !g_ascii_string_to_unsigned (amount, 10, 1, G_MAXINT64, &cents, NULL))
    return NULL;
  invoice = pv_demo_invoices_get (portal->store, regie, uuid);
  return invoice != NULL && invoice->total_cents == (gint64) cents ? g_steal_pointer (&invoice) : NULL;
}

PvDemoReply *
pv_demo_relay_invoice (PvDemoPortal *portal, const PvDemoRequest *request)
{
  g_autoptr (PvDemoInvoice) invoice = find_asked (portal, request);
  g_autoptr (PvJsonWriter) writer = pv_json_writer_new ();

  pv_json_writer_begin_object (writer, NULL);
  pv_json_writer_int (writer, "err", 0);
  pv_json_writer_begin_object (writer, "data");
  pv_json_writer_bool (writer, "found", invoice != NULL);
  if (invoice != NULL) {
    g_autofree char *due = pv_date_print (&invoice->due);
    g_autofree char *payment = payment_url (invoice);

    pv_json_writer_text (writer, "number", invoice->number);
    pv_json_writer_text (writer, "label", invoice->label);
    write_cents (writer, "total", invoice->total_cents);
    write_cents (writer, "remaining", invoice->remaining_cents);
    pv_json_writer_text (writer, "due", due);
    pv_json_writer_bool (writer, "has_pdf", invoice->has_pdf);
    if (payment != NULL)
      pv_json_writer_text (writer, "payment_url", payment);
  }
  pv_json_writer_end_object (writer);
  pv_json_writer_end_object (writer);
  return pv_demo_reply_new_json (writer);
}

PvDemoReply *
pv_demo_relay_invoice_pdf (PvDemoPortal *portal, const PvDemoRequest *request)
{
  g_autoptr (PvDemoInvoice) invoice = find_asked (portal, request);

  return answer_pdf (portal, invoice);
}

char *
pv_demo_invoices_to_json (PvDemoPortal *portal)
{
  g_autoptr (GPtrArray) invoices = pv_demo_invoices_list (portal->store, NULL, NULL);
  g_autoptr (PvJsonWriter) writer = pv_json_writer_new ();

  pv_json_writer_begin_object (writer, NULL);
  pv_json_writer_begin_array (writer, "invoices");
  for (guint i = 0; i < invoices->len; i++) {
    const PvDemoInvoice *invoice = invoices->pdata[i];

    pv_json_writer_begin_object (writer, NULL);
    pv_json_writer_text (writer, "uuid", invoice->uuid);
    pv_json_writer_text (writer, "regie", invoice->regie);
    pv_json_writer_text (writer, "number", invoice->number);
    pv_json_writer_int (writer, "total_cents", invoice->total_cents);
    pv_json_writer_int (writer, "remaining_cents", invoice->remaining_cents);
    pv_json_writer_bool (writer, "online", invoice->is_online);
    pv_json_writer_end_object (writer);
  }
  pv_json_writer_end_array (writer);
  pv_json_writer_end_object (writer);
  return g_strdup (pv_json_writer_get_text (writer, NULL));
}
