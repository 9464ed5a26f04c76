/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "portal/publik/invoice.h"

#include <string.h>

#include "core/date.h"
#include "core/lookup-code.h"
#include "core/wipe.h"
#include "portal/publik/answer.h"
#include "portal/publik/body.h"
#include "portal/publik/publik.h"

enum {
  MAX_AMOUNT_BYTES = 16,
  MAX_EUROS = 9999999,
};

/* What is kept until all regies were asked. */
typedef struct {
  const PvPublikInvoices *invoices;
  char *uuid; /* wiped */
  guint64 cents;
  gboolean wants_pdf;
  guint regie;
} Ask;

static void
ask_free (gpointer data)
{
  Ask *ask = data;

  pv_wipe_str (ask->uuid);
  g_free (ask);
}

gboolean
pv_publik_has_invoices (const PvPublikInvoices *invoices)
{
  return invoices->regies != NULL && invoices->regies[0] != NULL;
}

/* Reading ---------------------------------------------------------------------------------------------------------- */

static char *
read_text (const PvJson *json, const char *key, gsize max_bytes)
{
  g_autoptr (PvJson) member = pv_json_get_member (json, key);
  g_autofree char *text = member != NULL ? pv_json_as_text (member) : NULL;

  return text != NULL && *text != '\0' && strlen (text) <= max_bytes ? g_steal_pointer (&text) : NULL;
}

/* "42.50" as Lingo prints decimals: at most two of them. Money is never a double. */
static gboolean
read_cents (const PvJson *json, const char *key, guint64 *ret_cents)
{
  g_autofree char *text = read_text (json, key, MAX_AMOUNT_BYTES);
  char *point = text != NULL ? strchr (text, '.') : NULL;
  guint64 euros, cents = 0;

  if (text == NULL)
    return FALSE;
  if (point != NULL) {
    gsize n_decimals = strlen (point + 1);

    if (n_decimals == 0 || n_decimals > 2 || !g_ascii_string_to_unsigned (point + 1, 10, 0, 99, &cents, NULL))
      return FALSE;
    if (n_decimals == 1)
      cents *= 10;
    *point = '\0';
  }
  if (!g_ascii_string_to_unsigned (text, 10, 0, MAX_EUROS, &euros, NULL))
    return FALSE;
  *ret_cents = euros * 100 + cents;
  return TRUE;
}

static gboolean
is_here (const char *host)
{
  return g_strcmp0 (host, "127.0.0.1") == 0 || g_strcmp0 (host, "localhost") == 0 || g_strcmp0 (host, "::1") == 0;
}

gboolean
pv_publik_is_payment_url (const char *url, const PvPublikInvoices *invoices)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_HAS_PASSWORD, NULL);
  g_autoptr (GUri) portal = g_uri_parse (invoices->portal, G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  gboolean is_portal, is_secure;

  if (host == NULL || *host == '\0' || portal == NULL || g_uri_get_userinfo (uri) != NULL)
    return FALSE;
  is_portal = g_ascii_strcasecmp (host, g_uri_get_host (portal) != NULL ? g_uri_get_host (portal) : "") == 0;
  is_secure = g_str_equal (g_uri_get_scheme (uri), "https");
  if (!is_secure)
    return is_portal && is_here (host) && g_str_equal (g_uri_get_scheme (uri), "http")
           && g_str_equal (g_uri_get_scheme (portal), "http");
  for (guint i = 0; !is_portal && invoices->payment_hosts != NULL && invoices->payment_hosts[i] != NULL; i++)
    is_portal = g_ascii_strcasecmp (host, invoices->payment_hosts[i]) == 0;
  return is_portal;
}

static gboolean
read_found (const PvJson *data, const PvPublikInvoices *invoices, PvInvoice *invoice)
{
  g_autofree char *due = read_text (data, "due", PV_PUBLIK_MAX_CODE_BYTES);

  if (!read_cents (data, "total", &invoice->total_cents) || !read_cents (data, "remaining", &invoice->remaining_cents)
      || invoice->remaining_cents > invoice->total_cents)
    return FALSE;
  invoice->kind = PV_INVOICE_FOUND;
  invoice->number = read_text (data, "number", PV_PUBLIK_MAX_NUMBER_BYTES);
  invoice->label = read_text (data, "label", PV_PUBLIK_MAX_LABEL_BYTES);
  pv_json_find_bool (data, "has_pdf", &invoice->has_pdf, NULL);
  invoice->is_paid = invoice->remaining_cents == 0;
  if (due != NULL && !pv_date_parse (due, &invoice->due))
    g_date_clear (&invoice->due, 1);
  invoice->payment_url = read_text (data, "payment_url", PV_PUBLIK_MAX_URL_BYTES);
  if (invoice->payment_url != NULL && !pv_publik_is_payment_url (invoice->payment_url, invoices))
    g_clear_pointer (&invoice->payment_url, pv_wipe_str);
  return TRUE;
}

PvInvoice *
pv_publik_read_invoice (const PvJson *json, const PvPublikInvoices *invoices, const char *uuid, GError **error)
{
  g_autoptr (PvInvoice) invoice = pv_invoice_new (PV_INVOICE_NONE);
  g_autoptr (PvJson) data = NULL;
  gboolean is_found = FALSE;

  if (pv_json_get_type (json) != PV_JSON_OBJECT || !pv_json_read_object (json, "data", &data, NULL)
      || !pv_json_read_bool (data, "found", &is_found, NULL) || (is_found && !read_found (data, invoices, invoice))) {
    g_set_error (error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_BAD_ANSWER, "the relay does not say what is due");
    return NULL;
  }
  if (is_found)
    invoice->uuid = g_strdup (uuid);
  return g_steal_pointer (&invoice);
}

/* Asking ----------------------------------------------------------------------------------------------------------- */

static void ask_next (GTask *task);

/* Ends @task. */
static void
return_none (GTask *task)
{
  const Ask *ask = g_task_get_task_data (task);

  if (ask->wants_pdf)
    g_task_return_new_error (task, PV_PORTAL_ERROR, PV_PORTAL_ERROR_GONE, "no such invoice");
  else
    g_task_return_pointer (task, pv_invoice_new (PV_INVOICE_NONE), (GDestroyNotify) pv_invoice_free);
  g_object_unref (task);
}

static void
return_error (GTask *task, GError *error)
{
  g_task_return_error (task, error);
  g_object_unref (task);
}

/* What it is in truth is found out where it is decoded. */
static gboolean
is_pdf (const PvHttpResponse *response)
{
  gsize size;
  const char *data = g_bytes_get_data (pv_http_response_get_body (response), &size);

  return pv_http_response_get_status (response) == 200
         && g_str_equal (pv_http_response_get_content_type (response), "application/pdf") && size >= strlen ("%PDF-")
         && memcmp (data, "%PDF-", strlen ("%PDF-")) == 0;
}

static void
take_invoice (GTask *task, const PvJson *json)
{
  Ask *ask = g_task_get_task_data (task);
  GError *error = NULL;
  PvInvoice *invoice = pv_publik_read_invoice (json, ask->invoices, ask->uuid, &error);

  if (invoice == NULL) {
    return_error (task, error);
  } else if (invoice->kind == PV_INVOICE_NONE) {
    pv_invoice_free (invoice);
    ask->regie++;
    ask_next (task);
  } else {
    g_task_return_pointer (task, invoice, (GDestroyNotify) pv_invoice_free);
    g_object_unref (task);
  }
}

static void
answer_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Ask *ask = g_task_get_task_data (task);
  g_autoptr (GError) http_error = NULL;
  g_autoptr (PvHttpResponse) response = pv_http_send_finish (ask->invoices->client, result, &http_error);
  g_autoptr (PvJson) json = NULL;
  PvPublikAnswer answer;
  GError *error = NULL;

  (void) source;
  if (response == NULL) {
    return_error (task, pv_publik_translate_http_error (PV_PUBLIK_CALL_READ, http_error));
    return;
  }
  if (ask->wants_pdf && is_pdf (response)) {
    g_task_return_pointer (task, g_bytes_ref (pv_http_response_get_body (response)), (GDestroyNotify) g_bytes_unref);
    g_object_unref (task);
    return;
  }
  answer = pv_publik_read_response (response, ask->invoices->now_us ());
  json = pv_publik_judge (PV_PUBLIK_CALL_READ, &answer, &error);
  if (json != NULL && !ask->wants_pdf) {
    take_invoice (task, json);
  } else if (json != NULL) {
    return_error (task, pv_portal_error_new (PV_PORTAL_ERROR_BAD_ANSWER, 0, 0, "not a PDF"));
  } else if (ask->wants_pdf && g_error_matches (error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_GONE)) {
    g_error_free (error);
    ask->regie++;
    ask_next (task);
  } else {
    return_error (task, error);
  }
}

static void
ask_next (GTask *task)
{
  static const char *const headers[] = { "Accept: application/json, application/pdf", NULL };
  const Ask *ask = g_task_get_task_data (task);
  const char *regie = ask->regie < PV_PUBLIK_MAX_REGIES ? ask->invoices->regies[ask->regie] : NULL;
  g_autofree char *cents = g_strdup_printf ("%" G_GUINT64_FORMAT, ask->cents);
  g_autoptr (GString) query = NULL;
  g_autofree char *url = NULL;
  PvHttpRequest request = { .method = "GET",
                            .headers = headers,
                            .total_timeout_ms = PV_PUBLIK_READ_TIMEOUT_MS,
                            .max_response_bytes = ask->wants_pdf ? PV_PORTAL_MAX_PDF_BYTES : 0 };

  if (regie == NULL) {
    return_none (task);
    return;
  }
  query = g_string_sized_new (256);
  pv_publik_append_parameter (query, "regie", regie);
  pv_publik_append_parameter (query, "uuid", ask->uuid);
  pv_publik_append_parameter (query, "amount", cents);
  url = pv_publik_make_url (ask->invoices->site, ask->wants_pdf ? "/relay/invoice/pdf" : "/relay/invoice", query,
                            ask->invoices->now_us ());
  request.url = url;
  pv_http_send_async (ask->invoices->client, &request, g_task_get_cancellable (task), answer_cb, task);
}

void
pv_publik_ask_invoice (const PvPublikInvoices *invoices, const char *uuid, guint64 cents, gboolean wants_pdf,
                       GTask *task)
{
  Ask *ask = g_new0 (Ask, 1);

  ask->invoices = invoices;
  ask->cents = cents;
  ask->wants_pdf = wants_pdf;
  g_task_set_task_data (task, ask, ask_free);
  if (!pv_publik_has_invoices (invoices))
    return_error (task, pv_portal_error_new (PV_PORTAL_ERROR_UNSUPPORTED, 0, 0, "invoices need a relay and a regie"));
  else if (!pv_uuid_find (uuid, &ask->uuid) || strlen (uuid) != strlen (ask->uuid))
    return_none (task);
  else
    ask_next (task);
}
