/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "demo/journal.h"

#include <string.h>

enum {
  SLUG_PART = 2, /* of "api/formdefs/SLUG/submit" and "api/forms/SLUG/list" */
  PATH_PARTS = 4,
};

static char *
find_slug (const PvDemoRequest *request)
{
  g_auto (GStrv) parts = g_strsplit (*request->path == '/' ? request->path + 1 : request->path, "/", PATH_PARTS);
  char *slug = pv_demo_query_get (request->query, "form");

  if (slug == NULL && g_strv_length (parts) > SLUG_PART)
    slug = g_strdup (parts[SLUG_PART]);
  return slug != NULL ? slug : g_strdup ("");
}

static char *
find_member (const PvJson *payload, const char *object, const char *key)
{
  g_autoptr (PvJson) member = pv_json_get_member (payload, object);

  return member != NULL && pv_json_get_type (member) == PV_JSON_OBJECT ? pv_demo_text (member, key) : g_strdup ("");
}

static char *
find_mark_of_filing (const PvDemoRequest *request)
{
  g_autoptr (PvJson) payload = pv_json_parse_within (request->body, request->body_size, PV_DEMO_MAX_BODY_BYTES, NULL);
  char *mark;

  if (payload == NULL || pv_json_get_type (payload) != PV_JSON_OBJECT)
    return g_strdup ("");
  mark = find_member (payload, "data", "parvis_ref");
  if (*mark != '\0')
    return mark;
  g_free (mark);
  return find_member (payload, "context", "comments");
}

/* The relay's word, or the portal's filter. */
static char *
find_mark_of_search (const PvDemoRequest *request)
{
  char *mark = pv_demo_query_get (request->query, "ref");

  if (mark == NULL)
    mark = pv_demo_query_get (request->query, "filter-parvis_ref");
  return mark != NULL ? mark : g_strdup ("");
}

gint64
pv_demo_journal_begin (PvDemoPortal *portal, const char *call, const PvDemoRequest *request)
{
  gboolean is_submit = g_str_equal (call, "submit");
  g_autofree char *slug = NULL;
  g_autofree char *mark = NULL;

  if (!is_submit && !g_str_equal (call, "find"))
    return 0;
  slug = find_slug (request);
  mark = is_submit ? find_mark_of_filing (request) : find_mark_of_search (request);
  return pv_demo_store_begin_call (portal->store, is_submit ? PV_DEMO_CALLED_SUBMIT : PV_DEMO_CALLED_FIND, slug, mark);
}

/* The relay says "found"; the portal lists. */
static gboolean
has_found (const PvDemoReply *reply)
{
  g_autoptr (PvJson) json = pv_json_parse (reply->body, strlen (reply->body), NULL);
  g_autoptr (PvJson) data = NULL;
  gboolean found = FALSE;

  if (json == NULL)
    return FALSE;
  if (pv_json_get_type (json) == PV_JSON_ARRAY)
    return pv_json_get_length (json) > 0;
  data = pv_json_get_member (json, "data");
  if (data == NULL)
    return FALSE;
  if (pv_json_get_type (data) == PV_JSON_ARRAY)
    return pv_json_get_length (data) > 0;
  return pv_json_find_bool (data, "found", &found, NULL) && found;
}

static PvDemoTold
judge (PvDemoCalled called, const PvDemoReply *reply, const PvDemoTrouble *trouble)
{
  if (trouble->has[PV_DEMO_FAULT_DROP_AFTER_STORE] || trouble->has[PV_DEMO_FAULT_CUT])
    return PV_DEMO_TOLD_NOTHING;
  if (trouble->has[PV_DEMO_FAULT_REFUSE])
    return PV_DEMO_TOLD_REFUSED;
  if (trouble->has[PV_DEMO_FAULT_TRUNCATED] || trouble->has[PV_DEMO_FAULT_RUBBISH]
      || trouble->has[PV_DEMO_FAULT_ERROR_500_AFTER] || reply->status >= 500)
    return PV_DEMO_TOLD_RUBBISH;
  if (reply->status != 200)
    return PV_DEMO_TOLD_REFUSED;
  if (called == PV_DEMO_CALLED_SUBMIT)
    return PV_DEMO_TOLD_TAKEN;
  return has_found (reply) ? PV_DEMO_TOLD_FOUND : PV_DEMO_TOLD_NONE;
}

void
pv_demo_journal_end (PvDemoPortal *portal, gint64 number, const char *call, const PvDemoReply *reply,
                     const PvDemoTrouble *trouble)
{
  PvDemoCalled called = g_str_equal (call, "submit") ? PV_DEMO_CALLED_SUBMIT : PV_DEMO_CALLED_FIND;

  if (number != 0)
    pv_demo_store_end_call (portal->store, number, judge (called, reply, trouble));
}
