/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "portal/demarche/prefill.h"

#include <string.h>

#include "core/wipe.h"
#include "portal/demarche/demarche.h"

enum {
  HTTP_OK = 200,
  HTTP_CREATED = 201,
  HTTP_NOT_FOUND = 404,
  HTTP_TOO_MANY = 429,
  HTTP_SERVER_ERROR = 500,
  /* A wait of more seconds than this is a time. */
  FIRST_TIME_S = 1000 * 1000 * 1000,
};

static void
write_options (PvJsonWriter *writer, const PvSubmissionEntry *entry)
{
  if (entry->kind != PV_QUESTION_CHOICES) {
    pv_json_writer_text (writer, entry->id, pv_value_get_id (entry->value, 0));
    return;
  }
  pv_json_writer_begin_array (writer, entry->id);
  for (guint i = 0; i < pv_value_get_n (entry->value); i++)
    pv_json_writer_text (writer, NULL, pv_value_get_id (entry->value, i));
  pv_json_writer_end_array (writer);
}

PvJsonWriter *
pv_demarche_build_body (const PvSubmission *submission)
{
  PvJsonWriter *writer = pv_json_writer_new ();

  pv_json_writer_begin_object (writer, NULL);
  for (guint i = 0; i < submission->entries->len; i++) {
    const PvSubmissionEntry *entry = submission->entries->pdata[i];

    switch (pv_value_get_type (entry->value)) {
    case PV_VALUE_TEXT:
      pv_json_writer_text (writer, entry->id, pv_value_get_text (entry->value));
      break;
    case PV_VALUE_BOOL:
      pv_json_writer_text (writer, entry->id, pv_value_get_bool (entry->value) ? "true" : "false");
      break;
    case PV_VALUE_OPTIONS:
      if (pv_value_get_n (entry->value) > 0)
        write_options (writer, entry);
      break;
    case PV_VALUE_FILES: /* the site takes none beforehand */
    case PV_VALUE_ROWS:
    case PV_VALUE_DECLINED:
      break;
    }
  }
  pv_json_writer_end_object (writer);
  return writer;
}

/* The site's own code tells a time, the draft standard a number of seconds. */
static guint
read_wait_s (const PvDemarcheAnswer *answer)
{
  gint64 seconds;

  if (answer->reset == NULL || !g_ascii_string_to_signed (answer->reset, 10, 0, G_MAXINT64, &seconds, NULL))
    return 0;
  if (seconds >= FIRST_TIME_S)
    seconds -= answer->now_us / G_USEC_PER_SEC;
  return (guint) CLAMP (seconds, 1, PV_DEMARCHE_MAX_WAIT_S);
}

static GError *
read_refusal (const PvDemarcheAnswer *answer)
{
  if (answer->status == HTTP_TOO_MANY)
    return pv_portal_error_new (PV_PORTAL_ERROR_BUSY, 0, read_wait_s (answer), "the site lets nothing more in now");
  if (answer->status == HTTP_NOT_FOUND)
    return g_error_new_literal (PV_PORTAL_ERROR, PV_PORTAL_ERROR_GONE, "the site has no such form");
  /* A second form that was begun hurts nobody: the site deletes what is not gone on with. So it may be tried again. */
  if (answer->status >= HTTP_SERVER_ERROR)
    return g_error_new (PV_PORTAL_ERROR, PV_PORTAL_ERROR_OFFLINE, "the site answers %u", answer->status);
  return g_error_new (PV_PORTAL_ERROR, PV_PORTAL_ERROR_DENIED, "the site answers %u", answer->status);
}

/* Of that very site: people will open it. */
static gboolean
is_of_site (const char *url, const char *base_url)
{
  gsize length = strlen (base_url);

  if (!g_str_has_prefix (url, base_url) || url[length] != '/')
    return FALSE;
  for (const char *c = url; *c != '\0'; c++)
    if (!g_ascii_isgraph (*c))
      return FALSE;
  return TRUE;
}

PvOutcome *
pv_demarche_judge (const PvDemarcheAnswer *answer, const char *base_url, const char *ref, GError **error)
{
  g_autoptr (PvJson) json = NULL;
  g_autoptr (PvSecretStr) url = NULL;
  gint64 number = 0;
  PvOutcome *outcome;

  if (answer->status != HTTP_OK && answer->status != HTTP_CREATED) {
    g_propagate_error (error, read_refusal (answer));
    return NULL;
  }
  json = pv_json_parse (answer->body, answer->size, NULL);
  if (json == NULL || pv_json_get_type (json) != PV_JSON_OBJECT
      || !pv_json_read_text (json, "dossier_url", PV_DEMARCHE_MAX_URL_BYTES, &url, NULL)
      || !is_of_site (url, base_url)) {
    g_set_error_literal (error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_OFFLINE, "the site does not say where to go on");
    return NULL;
  }
  outcome = pv_outcome_new (PV_OUTCOME_DRAFT, ref);
  outcome->resume_url = g_steal_pointer (&url);
  if (pv_json_find_int (json, "dossier_number", 1, G_MAXINT64, &number, NULL) && number > 0)
    outcome->number = g_strdup_printf ("%" G_GINT64_FORMAT, number);
  return outcome;
}
