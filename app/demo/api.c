/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "demo/api.h"

#include <string.h>

#include "demo/agenda.h"
#include "demo/filings.h"
#include "demo/formdata.h"
#include "demo/invoice-api.h"
#include "demo/prefill.h"

enum {
  PATH_MAX_PARTS = 10,
};

/* Lists ------------------------------------------------------------------------------------------------------------ */

static PvDemoReply *
list_forms (PvDemoPortal *portal, const PvDemoRequest *request, const char *category)
{
  g_autoptr (PvJsonWriter) writer = pv_json_writer_new ();
  g_autofree char *wanted = pv_demo_query_get (request->query, "category_slugs");

  pv_json_writer_begin_object (writer, NULL);
  pv_json_writer_int (writer, "err", 0);
  pv_demo_site_write_forms (portal->site, writer, "data", category != NULL ? category : wanted, request->deleted_slug);
  pv_json_writer_end_object (writer);
  return pv_demo_reply_new_json (writer);
}

static PvDemoReply *
list_categories (PvDemoPortal *portal)
{
  g_autoptr (PvJsonWriter) writer = pv_json_writer_new ();

  pv_json_writer_begin_object (writer, NULL);
  pv_demo_site_write_categories (portal->site, writer, "data");
  pv_json_writer_end_object (writer);
  return pv_demo_reply_new_json (writer);
}

static PvDemoReply *
show_schema (PvDemoPortal *portal, const PvDemoRequest *request, const char *slug)
{
  g_autoptr (PvJsonWriter) writer = pv_json_writer_new ();
  const PvJson *form = pv_demo_request_find_form (portal, request, slug);

  if (form == NULL)
    return pv_demo_reply_new_not_found ();
  pv_demo_site_write_schema (writer, form, pv_demo_query_is_on (request->query, "include-id"));
  return pv_demo_reply_new_json (writer);
}

static PvDemoReply *
list_cards (PvDemoPortal *portal, const PvDemoRequest *request, const char *slug)
{
  g_autoptr (PvJsonWriter) writer = pv_json_writer_new ();
  g_autoptr (PvJson) cards = pv_demo_site_get_cards (portal->site, slug, request->now_us);

  if (cards == NULL)
    return pv_demo_reply_new_not_found ();
  pv_json_writer_begin_object (writer, NULL);
  pv_json_writer_value (writer, "data", cards);
  pv_json_writer_end_object (writer);
  return pv_demo_reply_new_json (writer);
}

/* Dispatch --------------------------------------------------------------------------------------------------------- */

typedef enum {
  CALL_UNKNOWN,
  CALL_FORMS,
  CALL_CATEGORIES,
  CALL_CATEGORY_FORMS,
  CALL_SCHEMA,
  CALL_CARDS,
  CALL_AGENDAS,
  CALL_MEETINGS,
  CALL_SLOTS,
  CALL_EVENTS,
  CALL_FILLSLOT,
  CALL_BOOKINGS,
  CALL_CANCEL,
  CALL_ICS,
  CALL_SUBMIT,
  CALL_FILINGS,
  CALL_FILING,
  CALL_CODE,
  CALL_FIND,
  CALL_FOLLOW,
  CALL_REGIES,
  CALL_INVOICES,
  CALL_INVOICE,
  CALL_INVOICE_PDF,
  CALL_RELAY_INVOICE,
  CALL_RELAY_INVOICE_PDF,
  CALL_PREFILL,
  CALL_FIND_BOOKING,
  CALL_CANCEL_BOOKING,
} Call;

/* "*" stands for one part, whose number is its place. */
static const struct {
  const char *pattern;
  Call call;
  const char *method;
  const char *name; /* as faults name it */
} calls[] = {
  { "api/formdefs", CALL_FORMS, "GET", "list" },
  { "api/categories", CALL_CATEGORIES, "GET", "list" },
  { "api/categories/*/formdefs", CALL_CATEGORY_FORMS, "GET", "list" },
  { "api/formdefs/*/schema", CALL_SCHEMA, "GET", "schema" },
  { "api/cards/*/list", CALL_CARDS, "GET", "options" },
  { "api/agenda", CALL_AGENDAS, "GET", "list" },
  { "api/agenda/*/meetings", CALL_MEETINGS, "GET", "list" },
  { "api/agenda/*/meetings/*/datetimes", CALL_SLOTS, "GET", "options" },
  { "api/agenda/*/datetimes", CALL_EVENTS, "GET", "options" },
  { "api/agenda/*/fillslot/*", CALL_FILLSLOT, "POST", "book" },
  { "api/bookings", CALL_BOOKINGS, "GET", "bookings" },
  { "api/booking/*/cancel", CALL_CANCEL, "POST", "book" },
  { "api/booking/*/ics", CALL_ICS, "GET", "read" },
  { "api/formdefs/*/submit", CALL_SUBMIT, "POST", "submit" },
  { "api/forms/*/list", CALL_FILINGS, "GET", "find" },
  { "api/forms/*/*", CALL_FILING, "GET", "read" },
  { "api/code/*", CALL_CODE, "GET", "follow" },
  { "relay/find", CALL_FIND, "GET", "find" },
  { "relay/follow", CALL_FOLLOW, "GET", "follow" },
  { "api/regies", CALL_REGIES, "GET", "invoice" },
  { "api/regie/*/invoices", CALL_INVOICES, "GET", "invoice" },
  { "api/regie/*/invoice/*", CALL_INVOICE, "GET", "invoice" },
  { "api/regie/*/invoice/*/pdf", CALL_INVOICE_PDF, "GET", "invoice" },
  { "relay/invoice", CALL_RELAY_INVOICE, "GET", "invoice" },
  { "relay/invoice/pdf", CALL_RELAY_INVOICE_PDF, "GET", "invoice" },
  { "api/public/v1/demarches/*/dossiers", CALL_PREFILL, "POST", "prefill" },
  { "relay/booking/find", CALL_FIND_BOOKING, "GET", "bookings" },
  { "relay/booking/cancel", CALL_CANCEL_BOOKING, "POST", "book" },
};

static char **
split_path (const char *path)
{
  g_autofree char *trimmed = g_strdup (path + strspn (path, "/"));

  if (g_str_has_suffix (trimmed, "/"))
    trimmed[strlen (trimmed) - 1] = '\0';
  return g_strsplit (trimmed, "/", PATH_MAX_PARTS);
}

static gsize
find_call (char **parts)
{
  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++) {
    g_auto (GStrv) pattern = g_strsplit (calls[i].pattern, "/", -1);
    gsize at = 0;

    while (pattern[at] != NULL && parts[at] != NULL
           && (g_str_equal (pattern[at], "*") || g_str_equal (pattern[at], parts[at])))
      at++;
    if (pattern[at] == NULL && parts[at] == NULL)
      return i;
  }
  return G_N_ELEMENTS (calls);
}

const char *
pv_demo_call_name (const char *method, const char *path)
{
  g_auto (GStrv) parts = split_path (path);
  gsize index = find_call (parts);

  return index < G_N_ELEMENTS (calls) && g_str_equal (calls[index].method, method) ? calls[index].name : "other";
}

/* There are no accounts in Montclair: a name or an address is always unknown; an empty one is "nobody". */
static PvDemoReply *
check_on_whose_behalf (const PvDemoRequest *request, Call call)
{
  g_autofree char *name_id = pv_demo_query_get (request->query, "NameID");
  g_autofree char *email = pv_demo_query_get (request->query, "email");

  if (call == CALL_FORMS || call == CALL_CATEGORIES || call == CALL_CATEGORY_FORMS)
    return NULL;
  if (name_id != NULL && *name_id != '\0')
    return pv_demo_reply_new_error (403, "unknown-name-id", "Unknown NameID.");
  if (email != NULL && *email != '\0')
    return pv_demo_reply_new_denied ("Unknown email.");
  return NULL;
}

PvDemoReply *
pv_demo_api_answer (PvDemoPortal *portal, const PvDemoRequest *request)
{
  g_auto (GStrv) parts = split_path (request->path);
  gsize index = find_call (parts);
  PvDemoReply *refusal;

  if (index == G_N_ELEMENTS (calls))
    return pv_demo_reply_new_not_found ();
  if (!g_str_equal (request->method, calls[index].method))
    return pv_demo_reply_new_error (405, "method-not-allowed", "Method not allowed");
  refusal = check_on_whose_behalf (request, calls[index].call);
  if (refusal != NULL)
    return refusal;
  switch (calls[index].call) {
  case CALL_FORMS:
    return list_forms (portal, request, NULL);
  case CALL_CATEGORIES:
    return list_categories (portal);
  case CALL_CATEGORY_FORMS:
    return list_forms (portal, request, parts[2]);
  case CALL_SCHEMA:
    return show_schema (portal, request, parts[2]);
  case CALL_CARDS:
    return list_cards (portal, request, parts[2]);
  case CALL_SLOTS:
    return pv_demo_agenda_datetimes (portal, request, parts[2], parts[4]);
  case CALL_EVENTS:
    return pv_demo_agenda_datetimes (portal, request, parts[2], NULL);
  case CALL_AGENDAS:
    return pv_demo_agenda_list (portal, request);
  case CALL_MEETINGS:
    return pv_demo_agenda_meetings (portal, parts[2]);
  case CALL_FILLSLOT:
    return pv_demo_agenda_fillslot (portal, request, parts[2], parts[4]);
  case CALL_BOOKINGS:
    return pv_demo_agenda_bookings (portal, request);
  case CALL_CANCEL:
    return pv_demo_agenda_cancel (portal, parts[2]);
  case CALL_ICS:
    return pv_demo_agenda_ics (portal, request, parts[2]);
  case CALL_SUBMIT:
    return pv_demo_filings_submit (portal, request, parts[2]);
  case CALL_FILINGS:
    return pv_demo_filings_list (portal, request, parts[2]);
  case CALL_FILING:
    return pv_demo_filings_show (portal, request, parts[2], parts[3]);
  case CALL_CODE:
    return pv_demo_filings_show_code (portal, request, parts[2]);
  case CALL_REGIES:
    return pv_demo_lingo_regies (portal);
  case CALL_INVOICES:
    return pv_demo_lingo_invoices (portal, request, parts[2]);
  case CALL_INVOICE:
    return pv_demo_lingo_invoice (portal, parts[2], parts[4]);
  case CALL_INVOICE_PDF:
    return pv_demo_lingo_pdf (portal, parts[2], parts[4]);
  case CALL_FIND:
  case CALL_FOLLOW:
  case CALL_RELAY_INVOICE:
  case CALL_RELAY_INVOICE_PDF:
  case CALL_PREFILL: /* of the other site */
  case CALL_FIND_BOOKING:
  case CALL_CANCEL_BOOKING:
  case CALL_UNKNOWN:
    break;
  }
  return pv_demo_reply_new_not_found ();
}

PvDemoReply *
pv_demo_public_answer (PvDemoPortal *portal, const PvDemoRequest *request)
{
  enum { NUMBER_PART = 4 };
  g_auto (GStrv) parts = split_path (request->path);
  gsize index = find_call (parts);

  if (portal->prefill == NULL || index == G_N_ELEMENTS (calls) || calls[index].call != CALL_PREFILL)
    return pv_demo_reply_new_not_found ();
  return pv_demo_prefill_answer (portal->prefill, request, parts[NUMBER_PART]);
}

/* The relay -------------------------------------------------------------------------------------------------------- */

static PvDemoReply *
relay_find (PvDemoPortal *portal, const PvDemoRequest *request)
{
  g_autoptr (PvJsonWriter) writer = pv_json_writer_new ();
  g_autofree char *slug = pv_demo_query_get (request->query, "form");
  g_autofree char *asked = pv_demo_query_get (request->query, "field");
  g_autofree char *ref = pv_demo_query_get (request->query, "ref");
  const char *field = asked != NULL ? asked : "parvis_ref";
  const PvJson *form = slug != NULL ? pv_demo_request_find_form (portal, request, slug) : NULL;
  g_autoptr (GPtrArray) filings = NULL;

  if (form == NULL)
    return pv_demo_reply_new_not_found ();
  /* Without that field "not found" would prove nothing. */
  if (ref == NULL || !pv_demo_form_has_varname (form, field))
    return pv_demo_reply_new_invalid ("Invalid filter.");
  filings = pv_demo_store_list (portal->store, slug, field, ref, FALSE, 1, 0);
  pv_json_writer_begin_object (writer, NULL);
  pv_json_writer_int (writer, "err", 0);
  pv_json_writer_begin_object (writer, "data");
  pv_json_writer_bool (writer, "found", filings->len > 0);
  if (filings->len > 0) {
    const PvDemoFiling *filing = filings->pdata[0];
    g_autofree char *number = pv_demo_filing_dup_number (filing);
    g_autofree char *received = pv_demo_format_time (filing->received_us);

    pv_json_writer_text (writer, "number", number);
    pv_json_writer_text (writer, "received", received);
    if (filing->tracking_code != NULL)
      pv_json_writer_text (writer, "tracking_code", filing->tracking_code);
  }
  pv_json_writer_end_object (writer);
  pv_json_writer_end_object (writer);
  return pv_demo_reply_new_json (writer);
}

static PvDemoReply *
relay_follow (PvDemoPortal *portal, const PvDemoRequest *request)
{
  g_autofree char *code = pv_demo_query_get (request->query, "code");
  g_autoptr (PvDemoFiling) filing = code != NULL ? pv_demo_store_find_code (portal->store, code) : NULL;
  const PvJson *form = filing != NULL ? pv_demo_request_find_form (portal, request, filing->slug) : NULL;

  return form != NULL ? pv_demo_reply_new (200, pv_demo_formdata_dup_followed (filing, form))
                      : pv_demo_reply_new_not_found ();
}

PvDemoReply *
pv_demo_relay_answer (PvDemoPortal *portal, const PvDemoRequest *request)
{
  g_auto (GStrv) parts = split_path (request->path);
  gsize index = find_call (parts);
  Call call = index < G_N_ELEMENTS (calls) ? calls[index].call : CALL_UNKNOWN;

  switch (call) {
  case CALL_FORMS:
  case CALL_CATEGORIES:
  case CALL_CATEGORY_FORMS:
  case CALL_SCHEMA:
  case CALL_CARDS:
  case CALL_SLOTS:
  case CALL_EVENTS:
  case CALL_SUBMIT:
    return pv_demo_api_answer (portal, request);
  case CALL_FILLSLOT:
    if (!g_str_equal (request->method, "POST"))
      return pv_demo_reply_new_error (405, "method-not-allowed", "Method not allowed");
    return pv_demo_agenda_relay_fillslot (portal, request, parts[2], parts[4]);
  case CALL_FIND_BOOKING:
    return pv_demo_agenda_relay_find (portal, request);
  case CALL_CANCEL_BOOKING:
    if (!g_str_equal (request->method, "POST"))
      return pv_demo_reply_new_error (405, "method-not-allowed", "Method not allowed");
    return pv_demo_agenda_relay_cancel (portal, request);
  case CALL_FIND:
    return relay_find (portal, request);
  case CALL_FOLLOW:
    return relay_follow (portal, request);
  case CALL_RELAY_INVOICE:
    return pv_demo_relay_invoice (portal, request);
  case CALL_RELAY_INVOICE_PDF:
    return pv_demo_relay_invoice_pdf (portal, request);
  case CALL_REGIES: /* a kiosk asks for one invoice, never for somebody's */
  case CALL_INVOICES:
  case CALL_INVOICE:
  case CALL_INVOICE_PDF:
  case CALL_AGENDAS:
  case CALL_MEETINGS:
  case CALL_BOOKINGS:
  case CALL_CANCEL:
  case CALL_ICS:
  case CALL_FILINGS:
  case CALL_FILING:
  case CALL_CODE:
  case CALL_PREFILL:
  case CALL_UNKNOWN:
    break;
  }
  return pv_demo_reply_new_error (403, "relay-denied", "Not a call for a kiosk.");
}
