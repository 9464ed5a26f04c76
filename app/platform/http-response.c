/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/http-response.h"

#include <curl/curl.h>
#include <string.h>

#include "core/wipe.h"
#include "platform/buffer.h"

struct PvHttpResponse {
  guint status;
  gsize max_bytes;
  gsize header_bytes;
  GHashTable *headers; /* owned: name in small letters -> value */
  char *content_type;  /* owned */
  PvBuffer incoming;
  GBytes *body; /* owned, once complete */
};

static void
wipe_str_cb (gpointer text)
{
  pv_wipe_str (text);
}

PvHttpResponse *
pv_http_response_new (gsize max_bytes)
{
  PvHttpResponse *self = g_new0 (PvHttpResponse, 1);

  self->max_bytes = max_bytes;
  self->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, wipe_str_cb);
  return self;
}

void
pv_http_response_free (PvHttpResponse *response)
{
  if (response == NULL)
    return;
  g_hash_table_unref (response->headers);
  g_free (response->content_type);
  pv_buffer_clear (&response->incoming);
  g_clear_pointer (&response->body, g_bytes_unref);
  g_free (response);
}

gboolean
pv_http_response_take_header (PvHttpResponse *response, const char *line, gsize length)
{
  const char *colon;
  g_autofree char *name = NULL;

  if (length > PV_HTTP_MAX_HEADER_BYTES - response->header_bytes)
    return FALSE;
  response->header_bytes += length;
  if (length >= 5 && memcmp (line, "HTTP/", 5) == 0) {
    g_hash_table_remove_all (response->headers);
    pv_buffer_clear (&response->incoming);
    return TRUE;
  }
  colon = memchr (line, ':', length);
  if (colon == NULL || response->incoming.length > 0)
    return TRUE;
  name = g_ascii_strdown (line, colon - line);
  if (!g_hash_table_contains (response->headers, name)) {
    char *value = g_strndup (colon + 1, length - (gsize) (colon + 1 - line));

    g_hash_table_insert (response->headers, g_steal_pointer (&name), g_strstrip (value));
  }
  return TRUE;
}

gboolean
pv_http_response_take_body (PvHttpResponse *response, const char *bytes, gsize length)
{
  if (length > response->max_bytes - response->incoming.length)
    return FALSE;
  pv_buffer_add (&response->incoming, bytes, length);
  return TRUE;
}

void
pv_http_response_complete (PvHttpResponse *response, guint status)
{
  const char *type = pv_http_response_get_header (response, "content-type");

  response->status = status;
  response->body = pv_buffer_steal_bytes (&response->incoming);
  response->content_type =
    g_ascii_strdown (type != NULL ? type : "", type != NULL ? (gssize) strcspn (type, "; \t") : 0);
}

guint
pv_http_response_get_status (const PvHttpResponse *response)
{
  g_return_val_if_fail (response != NULL, 0);

  return response->status;
}

const char *
pv_http_response_get_header (const PvHttpResponse *response, const char *name)
{
  g_autofree char *small = NULL;

  g_return_val_if_fail (response != NULL && name != NULL, NULL);

  small = g_ascii_strdown (name, -1);
  return g_hash_table_lookup (response->headers, small);
}

const char *
pv_http_response_get_content_type (const PvHttpResponse *response)
{
  g_return_val_if_fail (response != NULL, "");

  return response->content_type;
}

gboolean
pv_http_response_get_time (const PvHttpResponse *response, const char *name, gint64 *ret_unix_s)
{
  const char *text = pv_http_response_get_header (response, name);
  time_t seconds = text != NULL ? curl_getdate (text, NULL) : -1;

  g_return_val_if_fail (ret_unix_s != NULL, FALSE);

  if (seconds < 0)
    return FALSE;
  *ret_unix_s = seconds;
  return TRUE;
}

gboolean
pv_http_response_get_date (const PvHttpResponse *response, gint64 *ret_unix_s)
{
  return pv_http_response_get_time (response, "date", ret_unix_s);
}

GBytes *
pv_http_response_get_body (const PvHttpResponse *response)
{
  g_return_val_if_fail (response != NULL, NULL);

  return response->body;
}
