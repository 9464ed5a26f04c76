/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "portal/publik/transport.h"

#include <string.h>

#include "core/wipe.h"
#include "portal/publik/sign.h"

void
pv_publik_site_set (PvPublikSite *site, const char *url, const char *orig, const char *key)
{
  gsize length = strlen (url);

  while (length > 0 && url[length - 1] == '/')
    length--;
  site->url = g_strndup (url, length);
  site->orig = g_strdup (orig);
  site->key = g_strdup (key);
}

void
pv_publik_site_clear (PvPublikSite *site)
{
  g_clear_pointer (&site->url, g_free);
  g_clear_pointer (&site->orig, g_free);
  g_clear_pointer (&site->key, pv_wipe_str);
}

void
pv_publik_append_parameter (GString *query, const char *name, const char *value)
{
  g_autofree char *escaped_name = g_uri_escape_string (name, NULL, FALSE);
  g_autofree char *escaped = g_uri_escape_string (value, NULL, FALSE);

  g_string_append_printf (query, "%s%s=%s", query->len > 0 ? "&" : "", escaped_name, escaped);
}

char *
pv_publik_make_url (const PvPublikSite *site, const char *path, GString *query, gint64 now_us)
{
  g_autofree char *nonce = NULL;
  g_autofree char *signed_query = NULL;

  if (site->key == NULL)
    return g_strconcat (site->url, path, query->len > 0 ? "?" : "", query->str, NULL);
  pv_publik_append_parameter (query, "orig", site->orig);
  nonce = pv_publik_new_nonce ();
  signed_query = pv_publik_sign_query (query->str, site->key, now_us, nonce);
  return g_strconcat (site->url, path, "?", signed_query, NULL);
}

GError *
pv_publik_translate_http_error (PvPublikCall call, const GError *error)
{
  PvPortalError code = PV_PORTAL_ERROR_OFFLINE;

  if (call != PV_PUBLIK_CALL_READ && pv_http_error_may_have_arrived (error))
    return g_error_new (PV_PORTAL_ERROR, PV_PORTAL_ERROR_AMBIGUOUS, "no complete answer: %s", error->message);
  switch ((PvHttpError) error->code) {
  case PV_HTTP_ERROR_CANCELLED:
  case PV_HTTP_ERROR_CANCELLED_UNKNOWN:
    return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
  case PV_HTTP_ERROR_TLS:
  case PV_HTTP_ERROR_NOT_ALLOWED:
    code = PV_PORTAL_ERROR_CONFIGURATION;
    break;
  case PV_HTTP_ERROR_TOO_LARGE:
    code = PV_PORTAL_ERROR_BAD_ANSWER;
    break;
  case PV_HTTP_ERROR_OFFLINE:
  case PV_HTTP_ERROR_UNKNOWN:
    break;
  }
  return g_error_new_literal (PV_PORTAL_ERROR, (int) code, error->message);
}

PvPublikAnswer
pv_publik_read_response (const PvHttpResponse *response, gint64 now_us)
{
  const char *retry_after = pv_http_response_get_header (response, "Retry-After");
  PvPublikAnswer answer = { .status = pv_http_response_get_status (response), .now_us = now_us };
  gint64 date_s, seconds;

  answer.body = g_bytes_get_data (pv_http_response_get_body (response), &answer.size);
  if (answer.body == NULL)
    answer.body = "";
  /* A relay cannot say the portal's time where its own stands. */
  if (pv_http_response_get_time (response, "Parvis-Date", &date_s) || pv_http_response_get_date (response, &date_s))
    answer.date_us = date_s * G_USEC_PER_SEC;
  answer.retry_after_s = -1;
  if (retry_after != NULL) /* a date instead of seconds: "later" */
    answer.retry_after_s = g_ascii_string_to_signed (retry_after, 10, 0, G_MAXINT, &seconds, NULL) ? seconds : 0;
  return answer;
}
