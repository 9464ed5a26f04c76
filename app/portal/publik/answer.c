/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "portal/publik/answer.h"

#include <string.h>

#include "portal/publik/body.h"

static char *
read_text (const PvJson *json, const char *key, gsize max_bytes)
{
  g_autoptr (PvJson) member = pv_json_get_member (json, key);
  g_autofree char *text = member != NULL ? pv_json_as_text (member) : NULL;

  return text != NULL && *text != '\0' && strlen (text) <= max_bytes ? g_steal_pointer (&text) : NULL;
}

/* ISO 8601; without a zone it is the commune's own. 0 if it is no time. */
static gint64
read_time_us (const PvJson *json, const char *key)
{
  g_autofree char *text = read_text (json, key, PV_PUBLIK_MAX_CODE_BYTES);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GDateTime) time = NULL;

  if (text != NULL)
    time = g_date_time_new_from_iso8601 (text, zone);
  if (time == NULL && text != NULL && strlen (text) > 10 && text[10] == ' ') {
    text[10] = 'T';
    time = g_date_time_new_from_iso8601 (text, zone);
  }
  return time != NULL ? g_date_time_to_unix (time) * G_USEC_PER_SEC : 0;
}

PvOutcome *
pv_publik_read_outcome (const PvJson *json, const PvSubmission *submission, const char *portal_url, gint64 received_us,
                        GError **error)
{
  gboolean is_draft = submission->purpose == PV_SUBMISSION_DRAFT;
  PvOutcome *outcome;
  g_autoptr (PvJson) data = NULL;
  g_autofree char *id = NULL;

  if (pv_json_read_object (json, "data", &data, NULL))
    id = read_text (data, "id", PV_PUBLIK_MAX_NUMBER_BYTES);
  if (id == NULL) {
    g_set_error (error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_AMBIGUOUS, "the portal's answer has no number");
    return NULL;
  }
  outcome = pv_outcome_new (is_draft ? PV_OUTCOME_DRAFT : PV_OUTCOME_RECEIVED, submission->ref);
  outcome->tracking_code = read_text (json, "tracking_code", PV_PUBLIK_MAX_CODE_BYTES);
  if (is_draft) {
    outcome->resume_url = outcome->tracking_code != NULL
                            ? g_strdup_printf ("%s/code/%s/load", portal_url, outcome->tracking_code)
                            : read_text (data, "url", PV_PUBLIK_MAX_URL_BYTES);
  } else {
    outcome->number = submission->form_id != NULL ? g_strdup_printf ("%s-%s", submission->form_id, id) : g_strdup (id);
    outcome->received_us = received_us;
  }
  return outcome;
}

static gboolean
row_has_ref (const PvJson *row, const char *ref_field, const char *ref)
{
  static const char *const containers[] = { "fields", "_unnamed" };
  g_autoptr (PvJson) place = pv_json_ref ((PvJson *) row);
  g_autofree char *value = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (containers); i++) {
    g_autoptr (PvJson) inner = NULL;

    if (!pv_json_find_object (place, containers[i], &inner, NULL) || inner == NULL)
      return FALSE;
    value = read_text (inner, pv_publik_field_id (ref_field), PV_PUBLIK_MAX_CODE_BYTES);
    if (value != NULL)
      return g_ascii_strcasecmp (value, ref) == 0;
    g_clear_pointer (&place, pv_json_unref);
    place = g_steal_pointer (&inner);
  }
  return FALSE;
}

PvFound *
pv_publik_read_found_rows (const PvJson *json, const char *ref_field, const char *ref, GError **error)
{
  g_autoptr (PvFound) found = pv_found_new ();
  g_autoptr (PvJson) rows = NULL;
  gsize n_rows;

  if (pv_json_get_type (json) == PV_JSON_ARRAY)
    rows = pv_json_ref ((PvJson *) json);
  else if (!pv_json_read_array (json, "data", PV_PUBLIK_MAX_FOUND_ROWS, &rows, NULL))
    rows = NULL;
  if (rows == NULL || (n_rows = pv_json_get_length (rows)) > PV_PUBLIK_MAX_FOUND_ROWS) {
    g_set_error (error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_BAD_ANSWER, "the list of filings is not one, or too long");
    return NULL;
  }
  for (gsize i = 0; i < n_rows; i++) {
    g_autoptr (PvJson) row = pv_json_get_item (rows, i);

    if (pv_json_get_type (row) != PV_JSON_OBJECT || !row_has_ref (row, ref_field, ref)) {
      g_set_error (error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_BAD_ANSWER, "the portal did not filter by the reference");
      return NULL;
    }
    if (found->found)
      continue;
    found->found = TRUE;
    found->number = read_text (row, "display_id", PV_PUBLIK_MAX_NUMBER_BYTES);
    if (found->number == NULL)
      found->number = read_text (row, "id", PV_PUBLIK_MAX_NUMBER_BYTES);
    found->received_us = read_time_us (row, "receipt_time");
  }
  return g_steal_pointer (&found);
}

PvFound *
pv_publik_read_found (const PvJson *json, GError **error)
{
  g_autoptr (PvFound) found = pv_found_new ();
  g_autoptr (PvJson) data = NULL;

  if (pv_json_get_type (json) != PV_JSON_OBJECT || !pv_json_read_object (json, "data", &data, NULL)
      || !pv_json_read_bool (data, "found", &found->found, NULL)) {
    g_set_error (error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_BAD_ANSWER, "the relay does not say whether it was found");
    return NULL;
  }
  if (found->found) {
    found->number = read_text (data, "number", PV_PUBLIK_MAX_NUMBER_BYTES);
    found->received_us = read_time_us (data, "received");
    found->tracking_code = read_text (data, "tracking_code", PV_PUBLIK_MAX_CODE_BYTES);
  }
  return g_steal_pointer (&found);
}

PvFollowed *
pv_publik_read_followed (const PvJson *json, GError **error)
{
  g_autoptr (PvFollowed) followed = NULL;
  g_autoptr (PvJson) data = NULL;
  g_autofree char *status = NULL;

  if (pv_json_get_type (json) == PV_JSON_OBJECT && pv_json_read_object (json, "data", &data, NULL))
    status = read_text (data, "status", PV_PUBLIK_MAX_STATUS_BYTES);
  if (status == NULL) {
    g_set_error (error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_BAD_ANSWER, "the relay does not say a status");
    return NULL;
  }
  followed = pv_followed_new (PV_FOLLOWED_FOUND, status);
  followed->title = read_text (data, "title", PV_PUBLIK_MAX_STATUS_BYTES);
  followed->number = read_text (data, "number", PV_PUBLIK_MAX_NUMBER_BYTES);
  followed->expected = read_text (data, "expected", PV_PROCEDURE_MAX_TEXT_BYTES);
  followed->received_us = read_time_us (data, "received");
  followed->changed_us = read_time_us (data, "changed");
  pv_json_find_bool (data, "closed", &followed->is_closed, NULL);
  return g_steal_pointer (&followed);
}
