/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "demo/control.h"

#include <string.h>

#include "demo/desk-page.h"
#include "demo/invoice-api.h"
#include "demo/invoice-pages.h"
#include "demo/printers-page.h"

#define CARD_CALLS "/card/"

static PvDemoReply *
change_faults (PvDemoFaults *faults, const PvJson *json)
{
  g_autoptr (GError) error = NULL;

  if (!pv_demo_faults_set (faults, json, &error))
    return pv_demo_reply_new_error (400, "invalid-request", error->message);
  return pv_demo_reply_new (200, pv_demo_faults_to_json (faults));
}

/* {"form": SLUG, "id": 1, "status": ID, "expected": TEXT}: what an agent would do in the back office. */
static PvDemoReply *
change_status (PvDemoPortal *portal, gint64 now_us, const PvJson *json)
{
  g_autofree char *slug = NULL;
  g_autofree char *status = NULL;
  g_autofree char *expected = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id;

  if (!pv_json_read_text (json, "form", PV_DEMO_MAX_NAME_BYTES, &slug, &error)
      || !pv_json_read_int (json, "id", 1, G_MAXINT64, &id, &error)
      || !pv_json_read_text (json, "status", PV_DEMO_MAX_NAME_BYTES, &status, &error)
      || !pv_json_find_text (json, "expected", PV_DEMO_MAX_TEXT_BYTES, &expected, &error))
    return pv_demo_reply_new_error (400, "invalid-request", error->message);
  if (!pv_demo_store_set_status (portal->store, slug, id, status, expected, now_us))
    return pv_demo_reply_new_error (404, "not-found", "No such filing");
  return pv_demo_reply_new (200, g_strdup ("{\"err\":0}"));
}

/* "/card/lay?name=NAME", "/card/remove", "/card/plug", "/card/unplug". */
static PvDemoReply *
change_desk (PvDemoDesk *desk, const PvDemoRequest *request)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) words =
    g_uri_parse_params (request->query != NULL ? request->query : "", -1, "&", G_URI_PARAMS_NONE, &error);

  if (words == NULL
      || !pv_demo_desk_do (desk, request->path + strlen (CARD_CALLS), g_hash_table_lookup (words, "name"), &error))
    return pv_demo_reply_new_error (400, "invalid-request", error->message);
  return pv_demo_reply_new (200, pv_demo_desk_to_json (desk));
}

static PvDemoReply *
answer_post (PvDemoPortal *portal, PvDemoFaults *faults, const PvDemoRequest *request)
{
  g_autoptr (PvJson) json = pv_json_parse (request->body, request->body_size, NULL);

  if (json == NULL || pv_json_get_type (json) != PV_JSON_OBJECT)
    return pv_demo_reply_new_invalid ("Invalid payload.");
  if (g_str_equal (request->path, "/demo/faults"))
    return change_faults (faults, json);
  if (g_str_equal (request->path, "/demo/status"))
    return change_status (portal, request->now_us, json);
  return pv_demo_reply_new_not_found ();
}

PvDemoReply *
pv_demo_control_answer (PvDemoPortal *portal, PvDemoFaults *faults, PvDemoPages *pages, PvDemoDesk *desk,
                        PvDemoPrinters *printers, const PvDemoRequest *request)
{
  g_autoptr (PvDemoFiling) newest = NULL;
  PvDemoReply *page = printers != NULL ? pv_demo_printers_page_answer (printers, pages, request) : NULL;

  if (page != NULL)
    return page;
  if (desk != NULL && g_str_equal (request->path, "/cards"))
    return pv_demo_desk_page_answer (desk, pages, request);
  if (g_str_equal (request->method, "POST") && desk != NULL && g_str_has_prefix (request->path, CARD_CALLS))
    return change_desk (desk, request);
  if (g_str_equal (request->method, "POST"))
    return answer_post (portal, faults, request);
  if (desk != NULL && g_str_equal (request->path, "/demo/cards"))
    return pv_demo_reply_new (200, pv_demo_desk_to_json (desk));
  if (g_str_equal (request->path, "/demo/faults"))
    return pv_demo_reply_new (200, pv_demo_faults_to_json (faults));
  if (g_str_equal (request->path, "/demo/newest")) {
    newest = pv_demo_store_get_newest (portal->store);
    return newest != NULL ? pv_demo_reply_new (200, pv_demo_filing_to_json (newest)) : pv_demo_reply_new_not_found ();
  }
  if (g_str_equal (request->path, "/demo/invoices"))
    return pv_demo_reply_new (200, pv_demo_invoices_to_json (portal));
  page = pv_demo_invoice_pages_list (portal, pages, request->path);
  return page != NULL ? page : pv_demo_pages_answer_filed (pages, request->path);
}
