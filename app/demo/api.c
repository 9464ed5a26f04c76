/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "demo/api.h"

#include <string.h>

#include "demo/formdata.h"

enum {
  LIST_LIMIT = 20, /* rows of a list of filings, unless asked */
  LIST_MAX = 500,
  PATH_MAX_PARTS = 10,
};

void
pv_demo_reply_free (PvDemoReply *reply)
{
  if (reply == NULL)
    return;
  g_free (reply->body);
  g_free (reply);
}

PvDemoReply *
pv_demo_reply_new (guint status, char *body)
{
  PvDemoReply *reply = g_new0 (PvDemoReply, 1);

  reply->status = status;
  reply->body = body;
  return reply;
}

static PvDemoReply *
finish (PvJsonWriter *writer)
{
  return pv_demo_reply_new (200, g_strdup (pv_json_writer_get_text (writer, NULL)));
}

static const char *
class_of (guint status)
{
  switch (status) {
  case 400:
    return "Invalid request";
  case 401:
    return "Unauthorized";
  case 404:
    return "Not found";
  case 405:
    return "Method not allowed";
  case 413:
    return "Request entity too large";
  default:
    return status >= 500 ? "Internal error" : "Access denied";
  }
}

PvDemoReply *
pv_demo_reply_new_error (guint status, const char *code, const char *desc)
{
  g_autoptr (PvJsonWriter) writer = pv_json_writer_new ();
  PvDemoReply *reply;

  pv_json_writer_begin_object (writer, NULL);
  pv_json_writer_int (writer, "err", 1);
  pv_json_writer_text (writer, "err_class", class_of (status));
  pv_json_writer_text (writer, "err_code", code);
  pv_json_writer_text (writer, "err_desc", desc);
  pv_json_writer_end_object (writer);
  reply = finish (writer);
  reply->status = status;
  return reply;
}

static PvDemoReply *
not_found (void)
{
  return pv_demo_reply_new_error (404, "not-found", "Page not found");
}

static PvDemoReply *
denied (const char *desc)
{
  return pv_demo_reply_new_error (403, "access-denied", desc);
}

static PvDemoReply *
invalid (const char *desc)
{
  return pv_demo_reply_new_error (400, "invalid-request", desc);
}

/* {"err": 0, "data": @value}, or not found */
static PvDemoReply *
answer_value (const PvJson *value)
{
  g_autoptr (PvJsonWriter) writer = pv_json_writer_new ();

  if (value == NULL)
    return not_found ();
  pv_json_writer_begin_object (writer, NULL);
  pv_json_writer_int (writer, "err", 0);
  pv_json_writer_value (writer, "data", value);
  pv_json_writer_end_object (writer);
  return finish (writer);
}

static gboolean
is_on (const char *query, const char *name)
{
  static const char *const words[] = { "on", "true", "True", "1", NULL };
  g_autofree char *value = pv_demo_query_get (query, name);

  return value != NULL && g_strv_contains (words, value);
}

/* The form, if it exists for this call.  (transfer none) (nullable) */
static const PvJson *
find_form (PvDemoPortal *portal, const PvDemoRequest *request, const char *slug)
{
  if (g_strcmp0 (slug, request->deleted_slug) == 0)
    return NULL;
  return pv_demo_site_find_form (portal->site, slug);
}

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
  return finish (writer);
}

static PvDemoReply *
list_categories (PvDemoPortal *portal)
{
  g_autoptr (PvJsonWriter) writer = pv_json_writer_new ();

  pv_json_writer_begin_object (writer, NULL);
  pv_demo_site_write_categories (portal->site, writer, "data");
  pv_json_writer_end_object (writer);
  return finish (writer);
}

static PvDemoReply *
show_schema (PvDemoPortal *portal, const PvDemoRequest *request, const char *slug)
{
  g_autoptr (PvJsonWriter) writer = pv_json_writer_new ();
  const PvJson *form = find_form (portal, request, slug);

  if (form == NULL)
    return not_found ();
  pv_demo_site_write_schema (writer, form, is_on (request->query, "include-id"));
  return finish (writer);
}

static PvDemoReply *
list_cards (PvDemoPortal *portal, const PvDemoRequest *request, const char *slug)
{
  g_autoptr (PvJsonWriter) writer = pv_json_writer_new ();
  g_autoptr (PvJson) cards = pv_demo_site_get_cards (portal->site, slug, request->now_us);

  if (cards == NULL)
    return not_found ();
  pv_json_writer_begin_object (writer, NULL);
  pv_json_writer_value (writer, "data", cards);
  pv_json_writer_end_object (writer);
  return finish (writer);
}

static PvDemoReply *
list_slots (PvDemoPortal *portal, const PvDemoRequest *request, const char *agenda, const char *meeting_type)
{
  g_autoptr (PvJson) slots =
    pv_demo_site_get_slots (portal->site, agenda, meeting_type, portal->store, request->now_us);

  return answer_value (slots);
}

/* Filing ----------------------------------------------------------------------------------------------------------- */

static PvJson *
parse_body (const PvDemoRequest *request, const char **ret_problem)
{
  g_autoptr (PvJson) payload = NULL;

  if (request->content_type == NULL || !g_str_has_prefix (request->content_type, "application/json")) {
    *ret_problem = "Expected JSON but missing appropriate content-type.";
    return NULL;
  }
  payload = pv_json_parse_within (request->body, request->body_size, PV_DEMO_MAX_BODY_BYTES, NULL);
  if (payload == NULL) {
    *ret_problem = "Invalid json payload (Expecting value).";
    return NULL;
  }
  if (pv_json_get_type (payload) != PV_JSON_OBJECT) {
    *ret_problem = "Payload is not a dict.";
    return NULL;
  }
  return g_steal_pointer (&payload);
}

/* Roles decide what a key may file; a key without any files as a citizen.  NULL if it may. */
static PvDemoReply *
check_may_file (PvDemoPortal *portal, const PvDemoRequest *request, gboolean as_agent)
{
  g_autoptr (PvJson) roles =
    pv_json_get_member (pv_demo_site_get_settings (portal->site), "backoffice_submission_roles");
  const char *role = request->access != NULL ? request->access->role : NULL;

  if (role == NULL && !as_agent)
    return NULL;
  if (roles == NULL || pv_json_get_length (roles) == 0)
    return pv_demo_reply_new_error (403, "no-backoffice-submission-role", "No backoffice submission role.");
  for (gsize i = 0; role != NULL && i < pv_json_get_length (roles); i++) {
    g_autoptr (PvJson) item = pv_json_get_item (roles, i);

    if (g_strcmp0 (pv_json_get_text (item), role) == 0)
      return NULL;
  }
  return pv_demo_reply_new_error (403, "user-not-allowed-backoffice-submission",
                                  "User is not allowed to submit in backoffice.");
}

static PvDemoReply *
answer_filed (const PvDemoFiling *filing)
{
  g_autoptr (PvJsonWriter) writer = pv_json_writer_new ();
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, filing->id);
  g_autofree char *url = g_strconcat (PV_DEMO_BASE, filing->slug, "/", id, "/", NULL);
  g_autofree char *backoffice_url =
    g_strconcat (PV_DEMO_BASE, "backoffice/management/", filing->slug, "/", id, "/", NULL);
  g_autofree char *api_url = g_strconcat (PV_DEMO_BASE, "api/forms/", filing->slug, "/", id, "/", NULL);

  pv_json_writer_begin_object (writer, NULL);
  pv_json_writer_int (writer, "err", 0);
  pv_json_writer_begin_object (writer, "data");
  pv_json_writer_text (writer, "id", id);
  pv_json_writer_text (writer, "url", url);
  pv_json_writer_text (writer, "backoffice_url", backoffice_url);
  pv_json_writer_text (writer, "api_url", api_url);
  pv_json_writer_end_object (writer);
  if (filing->tracking_code != NULL)
    pv_json_writer_text (writer, "tracking_code", filing->tracking_code);
  pv_json_writer_end_object (writer);
  return finish (writer);
}

static PvDemoReply *
submit (PvDemoPortal *portal, const PvDemoRequest *request, const char *slug)
{
  const PvJson *form = find_form (portal, request, slug);
  g_autoptr (PvJson) payload = NULL;
  g_autoptr (PvJson) data = NULL;
  g_autoptr (PvJson) meta = NULL;
  g_autoptr (PvDemoFiling) filing = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_draft = FALSE, as_agent = FALSE, is_disabled = FALSE, has_codes = FALSE;
  const char *problem = NULL;
  PvDemoReply *refusal;

  if (form == NULL)
    return not_found ();
  payload = parse_body (request, &problem);
  if (payload == NULL)
    return invalid (problem);
  pv_json_find_bool (form, "disabled", &is_disabled, NULL);
  if (is_disabled || g_strcmp0 (slug, request->disabled_slug) == 0)
    return denied ("Disabled form.");
  data = pv_json_get_member (payload, "data");
  if (data == NULL)
    return invalid ("Missing data entry in payload.");
  if (pv_json_get_type (data) != PV_JSON_OBJECT)
    return invalid ("Invalid data parameter.");
  meta = pv_json_get_member (payload, "meta");
  if (meta != NULL && pv_json_get_type (meta) == PV_JSON_OBJECT) {
    pv_json_find_bool (meta, "draft", &is_draft, NULL);
    pv_json_find_bool (meta, "backoffice-submission", &as_agent, NULL);
  }
  refusal = check_may_file (portal, request, as_agent);
  if (refusal != NULL)
    return refusal;
  filing = pv_demo_formdata_new (portal->site, form, payload, is_draft, request->now_us);
  pv_json_find_bool (form, "enable_tracking_codes", &has_codes, NULL);
  if (!pv_demo_store_add (portal->store, filing, has_codes, &error)) {
    g_warning ("%s", error->message);
    return pv_demo_reply_new_error (500, "internal-error", "Internal error");
  }
  return answer_filed (filing);
}

/* Reading ---------------------------------------------------------------------------------------------------------- */

static PvDemoReply *
show_filing (PvDemoPortal *portal, const PvDemoRequest *request, const char *slug, const char *id)
{
  g_autoptr (PvJsonWriter) writer = pv_json_writer_new ();
  g_autoptr (PvDemoFiling) filing = NULL;
  const PvJson *form = find_form (portal, request, slug);
  gint64 number;

  if (form == NULL || !g_ascii_string_to_signed (id, 10, 1, G_MAXINT64, &number, NULL))
    return not_found ();
  if (request->access == NULL || request->access->role == NULL)
    return denied ("User not authenticated.");
  filing = pv_demo_store_get (portal->store, slug, number);
  if (filing == NULL)
    return not_found ();
  pv_demo_formdata_write (writer, filing, form, TRUE, TRUE);
  return finish (writer);
}

/* The one parameter "filter-VARNAME" of a query; others, as an operator, are refused by the caller. */
static gboolean
find_filter (const char *query, char **ret_field, char **ret_value)
{
  g_auto (GStrv) parts = g_strsplit (query != NULL ? query : "", "&", -1);
  guint found = 0;

  for (char **part = parts; *part != NULL; part++) {
    char *equal = strchr (*part, '=');

    if (!g_str_has_prefix (*part, "filter-") || equal == NULL)
      continue;
    *equal = '\0';
    if (g_str_has_suffix (*part, "-operator")) {
      if (!g_str_equal (equal + 1, "eq"))
        return FALSE;
      continue;
    }
    found++;
    g_free (*ret_field);
    *ret_field = g_strdup (*part + strlen ("filter-"));
    g_free (*ret_value);
    *ret_value = pv_demo_query_get (query, *part);
  }
  return found <= 1;
}

static guint
read_count (const char *query, const char *name, guint otherwise)
{
  g_autofree char *text = pv_demo_query_get (query, name);
  guint64 value;

  return text != NULL && g_ascii_string_to_unsigned (text, 10, 0, LIST_MAX, &value, NULL) ? (guint) value : otherwise;
}

static PvDemoReply *
list_filings (PvDemoPortal *portal, const PvDemoRequest *request, const char *slug)
{
  g_autoptr (PvJsonWriter) writer = pv_json_writer_new ();
  g_autofree char *field = NULL;
  g_autofree char *value = NULL;
  g_autoptr (GPtrArray) filings = NULL;
  const PvJson *form = find_form (portal, request, slug);
  gboolean with_fields = is_on (request->query, "full") || is_on (request->query, "include-fields");

  if (form == NULL)
    return not_found ();
  if (!find_filter (request->query, &field, &value) || (field != NULL && !pv_demo_form_has_varname (form, field)))
    return invalid ("Invalid filter.");
  filings =
    pv_demo_store_list (portal->store, slug, field, value, FALSE, read_count (request->query, "limit", LIST_LIMIT),
                        read_count (request->query, "offset", 0));
  pv_json_writer_begin_object (writer, NULL);
  pv_json_writer_int (writer, "err", 0);
  pv_json_writer_begin_array (writer, "data");
  for (guint i = 0; i < filings->len; i++)
    pv_demo_formdata_write (writer, filings->pdata[i], form, with_fields, FALSE);
  pv_json_writer_end_array (writer);
  pv_json_writer_end_object (writer);
  return finish (writer);
}

/* A role-bearing key may not turn codes into files. */
static PvDemoReply *
show_code (PvDemoPortal *portal, const PvDemoRequest *request, const char *code)
{
  g_autoptr (PvJsonWriter) writer = pv_json_writer_new ();
  g_autoptr (PvDemoFiling) filing = pv_demo_store_find_code (portal->store, code);
  g_autofree char *url = NULL;
  g_autofree char *load_url = NULL;

  if (request->access != NULL && request->access->role != NULL)
    return denied ("Restricted API access.");
  if (filing == NULL)
    return not_found ();
  url = g_strdup_printf (PV_DEMO_BASE "%s/%" G_GINT64_FORMAT "/", filing->slug, filing->id);
  load_url = g_strconcat (PV_DEMO_BASE, "code/", filing->tracking_code, "/load", NULL);
  pv_json_writer_begin_object (writer, NULL);
  pv_json_writer_int (writer, "err", 0);
  pv_json_writer_text (writer, "url", url);
  pv_json_writer_text (writer, "load_url", load_url);
  pv_json_writer_end_object (writer);
  return finish (writer);
}

/* Dispatch --------------------------------------------------------------------------------------------------------- */

typedef enum {
  CALL_UNKNOWN,
  CALL_FORMS,
  CALL_CATEGORIES,
  CALL_CATEGORY_FORMS,
  CALL_SCHEMA,
  CALL_CARDS,
  CALL_SLOTS,
  CALL_SUBMIT,
  CALL_FILINGS,
  CALL_FILING,
  CALL_CODE,
  CALL_FIND,
  CALL_FOLLOW,
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
  { "api/agenda/*/meetings/*/datetimes", CALL_SLOTS, "GET", "options" },
  { "api/formdefs/*/submit", CALL_SUBMIT, "POST", "submit" },
  { "api/forms/*/list", CALL_FILINGS, "GET", "find" },
  { "api/forms/*/*", CALL_FILING, "GET", "read" },
  { "api/code/*", CALL_CODE, "GET", "follow" },
  { "relay/find", CALL_FIND, "GET", "find" },
  { "relay/follow", CALL_FOLLOW, "GET", "follow" },
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
    return denied ("Unknown email.");
  return NULL;
}

PvDemoReply *
pv_demo_api_answer (PvDemoPortal *portal, const PvDemoRequest *request)
{
  g_auto (GStrv) parts = split_path (request->path);
  gsize index = find_call (parts);
  PvDemoReply *refusal;

  if (index == G_N_ELEMENTS (calls))
    return not_found ();
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
    return list_slots (portal, request, parts[2], parts[4]);
  case CALL_SUBMIT:
    return submit (portal, request, parts[2]);
  case CALL_FILINGS:
    return list_filings (portal, request, parts[2]);
  case CALL_FILING:
    return show_filing (portal, request, parts[2], parts[3]);
  case CALL_CODE:
    return show_code (portal, request, parts[2]);
  case CALL_FIND:
  case CALL_FOLLOW:
  case CALL_UNKNOWN:
    break;
  }
  return not_found ();
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
  const PvJson *form = slug != NULL ? find_form (portal, request, slug) : NULL;
  g_autoptr (GPtrArray) filings = NULL;

  if (form == NULL)
    return not_found ();
  /* Without that field "not found" would prove nothing. */
  if (ref == NULL || !pv_demo_form_has_varname (form, field))
    return invalid ("Invalid filter.");
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
  return finish (writer);
}

static PvDemoReply *
relay_follow (PvDemoPortal *portal, const PvDemoRequest *request)
{
  g_autofree char *code = pv_demo_query_get (request->query, "code");
  g_autoptr (PvDemoFiling) filing = code != NULL ? pv_demo_store_find_code (portal->store, code) : NULL;
  const PvJson *form = filing != NULL ? find_form (portal, request, filing->slug) : NULL;

  return form != NULL ? pv_demo_reply_new (200, pv_demo_formdata_dup_followed (filing, form)) : not_found ();
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
  case CALL_SUBMIT:
    return pv_demo_api_answer (portal, request);
  case CALL_FIND:
    return relay_find (portal, request);
  case CALL_FOLLOW:
    return relay_follow (portal, request);
  case CALL_FILINGS:
  case CALL_FILING:
  case CALL_CODE:
  case CALL_UNKNOWN:
    break;
  }
  return pv_demo_reply_new_error (403, "relay-denied", "Not a call for a kiosk.");
}
