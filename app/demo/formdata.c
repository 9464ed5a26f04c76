/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "demo/formdata.h"

#include <string.h>

#include "demo/api.h"
#include "demo/values.h"

gboolean
pv_demo_form_has_varname (const PvJson *form, const char *varname)
{
  g_autoptr (PvJson) fields = pv_json_get_member (form, "fields");

  for (gsize i = 0; fields != NULL && i < pv_json_get_length (fields); i++) {
    g_autoptr (PvJson) field = pv_json_get_item (fields, i);
    g_autofree char *its_name = pv_demo_text (field, "varname");

    if (g_str_equal (its_name, varname))
      return TRUE;
  }
  return FALSE;
}

static char *
dup_first_status (const PvJson *form)
{
  g_autoptr (PvJson) workflow = pv_json_get_member (form, "workflow");
  g_autoptr (PvJson) statuses = workflow != NULL ? pv_json_get_member (workflow, "statuses") : NULL;
  g_autoptr (PvJson) first = statuses != NULL ? pv_json_get_item (statuses, 0) : NULL;

  return first != NULL ? pv_demo_text (first, "id") : g_strdup ("recu");
}

PvDemoFiling *
pv_demo_formdata_new (const PvDemoSite *site, const PvJson *form, const PvJson *payload, gboolean is_draft,
                      gint64 now_us)
{
  g_autofree char *slug = pv_demo_text (form, "url_name");
  g_autofree char *form_id = pv_demo_text (form, "id");
  g_autoptr (PvJson) data = pv_json_get_member (payload, "data");
  g_autoptr (PvJson) context = pv_json_get_member (payload, "context");
  PvDemoFiling *filing = pv_demo_filing_new (slug, form_id);

  filing->is_draft = is_draft;
  filing->received_us = now_us;
  filing->updated_us = now_us;
  filing->status = is_draft ? g_strdup ("draft") : dup_first_status (form);
  filing->fields = pv_demo_values_keep (site, form, data, now_us);
  if (context != NULL && pv_json_get_type (context) == PV_JSON_OBJECT) {
    filing->channel = pv_demo_text (context, "channel");
    filing->context = pv_json_to_text (context);
  }
  return filing;
}

char *
pv_demo_format_time (gint64 time_us)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time_us / G_USEC_PER_SEC);

  return g_date_time_format (utc, "%Y-%m-%dT%H:%M:%SZ");
}

static void
write_parsed (PvJsonWriter *writer, const char *key, const char *text)
{
  g_autoptr (PvJson) json =
    text != NULL ? pv_json_parse_within (text, strlen (text), PV_DEMO_MAX_BODY_BYTES, NULL) : NULL;

  if (json != NULL) {
    pv_json_writer_value (writer, key, json);
  } else {
    pv_json_writer_begin_object (writer, key);
    pv_json_writer_end_object (writer);
  }
}

static void
write_workflow (PvJsonWriter *writer, const PvDemoFiling *filing, const PvJson *form)
{
  static const char *const keys[] = { "status", "real_status" };
  gboolean is_end = FALSE;
  g_autofree char *name = pv_demo_site_dup_status_name (form, filing->status, &is_end);
  g_autofree char *since = pv_demo_format_time (filing->updated_us);

  pv_json_writer_begin_object (writer, "workflow");
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++) {
    pv_json_writer_begin_object (writer, keys[i]);
    pv_json_writer_text (writer, "id", filing->status);
    pv_json_writer_text (writer, "name", name);
    pv_json_writer_bool (writer, "endpoint", is_end);
    pv_json_writer_text (writer, "first_arrival_datetime", since);
    pv_json_writer_text (writer, "latest_arrival_datetime", since);
    pv_json_writer_end_object (writer);
  }
  pv_json_writer_begin_object (writer, "fields");
  pv_json_writer_end_object (writer);
  pv_json_writer_begin_object (writer, "data");
  pv_json_writer_end_object (writer);
  pv_json_writer_end_object (writer);
}

static void
write_evolution (PvJsonWriter *writer, const PvDemoFiling *filing, gboolean with_comments)
{
  g_autofree char *received = pv_demo_format_time (filing->received_us);
  g_autofree char *updated = pv_demo_format_time (filing->updated_us);

  pv_json_writer_begin_array (writer, "evolution");
  pv_json_writer_begin_object (writer, NULL);
  pv_json_writer_text (writer, "time", received);
  pv_json_writer_text (writer, "status", filing->updated_us == filing->received_us ? filing->status : "recu");
  pv_json_writer_end_object (writer);
  if (filing->updated_us != filing->received_us) {
    pv_json_writer_begin_object (writer, NULL);
    pv_json_writer_text (writer, "time", updated);
    pv_json_writer_text (writer, "status", filing->status);
    if (with_comments && filing->expected != NULL)
      pv_json_writer_text (writer, "comment", filing->expected);
    pv_json_writer_end_object (writer);
  }
  pv_json_writer_end_array (writer);
}

void
pv_demo_formdata_write (PvJsonWriter *writer, const PvDemoFiling *filing, const PvJson *form, PvDemoFormdataParts parts)
{
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, filing->id);
  g_autofree char *number = pv_demo_filing_dup_number (filing);
  g_autofree char *title = pv_demo_text (form, "name");
  g_autofree char *display_name = g_strconcat (title, " - n°", number, NULL);
  g_autofree char *url = g_strconcat (PV_DEMO_BASE, filing->slug, "/", id, "/", NULL);
  g_autofree char *api_url = g_strconcat (PV_DEMO_BASE, "api/forms/", filing->slug, "/", id, "/", NULL);
  g_autofree char *backoffice_url =
    g_strconcat (PV_DEMO_BASE, "backoffice/management/", filing->slug, "/", id, "/", NULL);
  g_autofree char *received = pv_demo_format_time (filing->received_us);
  g_autofree char *updated = pv_demo_format_time (filing->updated_us);

  pv_json_writer_begin_object (writer, NULL);
  pv_json_writer_text (writer, "uuid", filing->uuid);
  pv_json_writer_text (writer, "id", id);
  pv_json_writer_text (writer, "internal_id", id);
  pv_json_writer_text (writer, "display_id", number);
  pv_json_writer_text (writer, "display_name", display_name);
  pv_json_writer_text (writer, "text", display_name);
  pv_json_writer_begin_object (writer, "digests");
  pv_json_writer_end_object (writer);
  pv_json_writer_text (writer, "url", url);
  pv_json_writer_text (writer, "api_url", api_url);
  pv_json_writer_text (writer, "backoffice_url", backoffice_url);
  pv_json_writer_text (writer, "receipt_time", received);
  pv_json_writer_text (writer, "last_update_time", updated);
  pv_json_writer_int (writer, "criticality_level", 0);
  if (parts & PV_DEMO_FORMDATA_FIELDS)
    write_parsed (writer, "fields", filing->fields);
  if (parts & PV_DEMO_FORMDATA_WORKFLOW) {
    write_workflow (writer, filing, form);
    pv_json_writer_begin_object (writer, "submission");
    pv_json_writer_bool (writer, "backoffice", filing->channel != NULL);
    pv_json_writer_text (writer, "channel", filing->channel != NULL ? filing->channel : "web");
    pv_json_writer_end_object (writer);
    pv_json_writer_begin_object (writer, "actions");
    pv_json_writer_end_object (writer);
    pv_json_writer_begin_object (writer, "roles");
    pv_json_writer_end_object (writer);
    write_evolution (writer, filing, (parts & PV_DEMO_FORMDATA_COMMENTS) != 0);
  }
  pv_json_writer_end_object (writer);
}

char *
pv_demo_formdata_dup_followed (const PvDemoFiling *filing, const PvJson *form)
{
  g_autoptr (PvJsonWriter) writer = pv_json_writer_new ();
  gboolean is_end = FALSE;
  g_autofree char *status = pv_demo_site_dup_status_name (form, filing->status, &is_end);
  g_autofree char *title = pv_demo_text (form, "name");
  g_autofree char *number = pv_demo_filing_dup_number (filing);
  g_autofree char *received = pv_demo_format_time (filing->received_us);
  g_autofree char *changed = pv_demo_format_time (filing->updated_us);

  pv_json_writer_begin_object (writer, NULL);
  pv_json_writer_int (writer, "err", 0);
  pv_json_writer_begin_object (writer, "data");
  pv_json_writer_text (writer, "status", filing->is_draft ? "Brouillon" : status);
  pv_json_writer_text (writer, "title", title);
  pv_json_writer_text (writer, "number", number);
  pv_json_writer_text (writer, "received", received);
  pv_json_writer_text (writer, "changed", changed);
  if (filing->expected != NULL)
    pv_json_writer_text (writer, "expected", filing->expected);
  pv_json_writer_bool (writer, "closed", is_end);
  pv_json_writer_end_object (writer);
  pv_json_writer_end_object (writer);
  return g_strdup (pv_json_writer_get_text (writer, NULL));
}

char *
pv_demo_filing_to_json (const PvDemoFiling *filing)
{
  g_autoptr (PvJsonWriter) writer = pv_json_writer_new ();
  g_autofree char *number = pv_demo_filing_dup_number (filing);
  g_autofree char *received = pv_demo_format_time (filing->received_us);

  pv_json_writer_begin_object (writer, NULL);
  pv_json_writer_text (writer, "form", filing->slug);
  pv_json_writer_text (writer, "number", number);
  pv_json_writer_text (writer, "tracking_code", filing->tracking_code);
  pv_json_writer_text (writer, "received", received);
  pv_json_writer_bool (writer, "draft", filing->is_draft);
  write_parsed (writer, "values", filing->fields);
  write_parsed (writer, "context", filing->context);
  pv_json_writer_end_object (writer);
  return g_strdup (pv_json_writer_get_text (writer, NULL));
}
