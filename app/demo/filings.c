/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "demo/filings.h"

#include <string.h>

#include "demo/agenda.h"
#include "demo/formdata.h"

enum {
  LIST_LIMIT = 20, /* rows of a list, unless asked */
  LIST_MAX = 500,
};

gboolean
pv_demo_query_is_on (const char *query, const char *name)
{
  static const char *const words[] = { "on", "true", "True", "1", NULL };
  g_autofree char *value = pv_demo_query_get (query, name);

  return value != NULL && g_strv_contains (words, value);
}

const PvJson *
pv_demo_request_find_form (PvDemoPortal *portal, const PvDemoRequest *request, const char *slug)
{
  if (g_strcmp0 (slug, request->deleted_slug) == 0)
    return NULL;
  return pv_demo_site_find_form (portal->site, slug);
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
  return pv_demo_reply_new_json (writer);
}

PvDemoReply *
pv_demo_filings_submit (PvDemoPortal *portal, const PvDemoRequest *request, const char *slug)
{
  const PvJson *form = pv_demo_request_find_form (portal, request, slug);
  g_autoptr (PvJson) payload = NULL;
  g_autoptr (PvJson) data = NULL;
  g_autoptr (PvJson) meta = NULL;
  g_autoptr (PvDemoFiling) filing = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_draft = FALSE, as_agent = FALSE, is_disabled = FALSE, has_codes = FALSE;
  const char *problem = NULL;
  PvDemoReply *refusal;

  if (form == NULL)
    return pv_demo_reply_new_not_found ();
  payload = parse_body (request, &problem);
  if (payload == NULL)
    return pv_demo_reply_new_invalid (problem);
  pv_json_find_bool (form, "disabled", &is_disabled, NULL);
  if (is_disabled || g_strcmp0 (slug, request->disabled_slug) == 0)
    return pv_demo_reply_new_denied ("Disabled form.");
  data = pv_json_get_member (payload, "data");
  if (data == NULL)
    return pv_demo_reply_new_invalid ("Missing data entry in payload.");
  if (pv_json_get_type (data) != PV_JSON_OBJECT)
    return pv_demo_reply_new_invalid ("Invalid data parameter.");
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
  if (!is_draft)
    pv_demo_agenda_book_filed (portal, request, form, data);
  return answer_filed (filing);
}

/* Reading ---------------------------------------------------------------------------------------------------------- */

/* Anonymised data is open to a signature without a role; with one, "include-fields=off" leaves the answers out. */
static PvDemoFormdataParts
read_parts (const char *query)
{
  g_autofree char *with_fields = pv_demo_query_get (query, "include-fields");
  PvDemoFormdataParts parts = PV_DEMO_FORMDATA_WORKFLOW;

  if (pv_demo_query_is_on (query, "anonymise"))
    return parts;
  if (g_strcmp0 (with_fields, "off") != 0)
    parts |= PV_DEMO_FORMDATA_FIELDS;
  return parts | PV_DEMO_FORMDATA_COMMENTS;
}

PvDemoReply *
pv_demo_filings_show (PvDemoPortal *portal, const PvDemoRequest *request, const char *slug, const char *id)
{
  g_autoptr (PvJsonWriter) writer = pv_json_writer_new ();
  g_autoptr (PvDemoFiling) filing = NULL;
  const PvJson *form = pv_demo_request_find_form (portal, request, slug);
  gint64 number;

  if (form == NULL || !g_ascii_string_to_signed (id, 10, 1, G_MAXINT64, &number, NULL))
    return pv_demo_reply_new_not_found ();
  if ((request->access == NULL || request->access->role == NULL) && !pv_demo_query_is_on (request->query, "anonymise"))
    return pv_demo_reply_new_denied ("User not authenticated.");
  filing = pv_demo_store_get (portal->store, slug, number);
  if (filing == NULL)
    return pv_demo_reply_new_not_found ();
  pv_demo_formdata_write (writer, filing, form, read_parts (request->query));
  return pv_demo_reply_new_json (writer);
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

PvDemoReply *
pv_demo_filings_list (PvDemoPortal *portal, const PvDemoRequest *request, const char *slug)
{
  g_autoptr (PvJsonWriter) writer = pv_json_writer_new ();
  g_autofree char *field = NULL;
  g_autofree char *value = NULL;
  g_autoptr (GPtrArray) filings = NULL;
  const PvJson *form = pv_demo_request_find_form (portal, request, slug);
  gboolean with_fields =
    pv_demo_query_is_on (request->query, "full") || pv_demo_query_is_on (request->query, "include-fields");

  if (form == NULL)
    return pv_demo_reply_new_not_found ();
  if (!find_filter (request->query, &field, &value) || (field != NULL && !pv_demo_form_has_varname (form, field)))
    return pv_demo_reply_new_invalid ("Invalid filter.");
  filings =
    pv_demo_store_list (portal->store, slug, field, value, FALSE, read_count (request->query, "limit", LIST_LIMIT),
                        read_count (request->query, "offset", 0));
  pv_json_writer_begin_object (writer, NULL);
  pv_json_writer_int (writer, "err", 0);
  pv_json_writer_begin_array (writer, "data");
  for (guint i = 0; i < filings->len; i++)
    pv_demo_formdata_write (writer, filings->pdata[i], form, with_fields ? PV_DEMO_FORMDATA_FIELDS : 0);
  pv_json_writer_end_array (writer);
  pv_json_writer_end_object (writer);
  return pv_demo_reply_new_json (writer);
}

/* A role-bearing key may not turn codes into files. */
PvDemoReply *
pv_demo_filings_show_code (PvDemoPortal *portal, const PvDemoRequest *request, const char *code)
{
  g_autoptr (PvJsonWriter) writer = pv_json_writer_new ();
  g_autoptr (PvDemoFiling) filing = pv_demo_store_find_code (portal->store, code);
  g_autofree char *url = NULL;
  g_autofree char *load_url = NULL;

  if (request->access != NULL && request->access->role != NULL)
    return pv_demo_reply_new_denied ("Restricted API access.");
  if (filing == NULL)
    return pv_demo_reply_new_not_found ();
  url = g_strdup_printf (PV_DEMO_BASE "%s/%" G_GINT64_FORMAT "/", filing->slug, filing->id);
  load_url = g_strconcat (PV_DEMO_BASE, "code/", filing->tracking_code, "/load", NULL);
  pv_json_writer_begin_object (writer, NULL);
  pv_json_writer_int (writer, "err", 0);
  pv_json_writer_text (writer, "url", url);
  pv_json_writer_text (writer, "load_url", load_url);
  pv_json_writer_end_object (writer);
  return pv_demo_reply_new_json (writer);
}
