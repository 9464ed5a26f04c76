/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/provision/relay.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#include "core/setup-code.h"
#include "core/wipe.h"
#include "platform/clock.h"
#include "platform/http.h"
#include "platform/log.h"
#include "platform/plain-file.h"

enum { FETCH_MS = 30 * 1000, HTTP_OK = 200, HTTP_NOT_FOUND = 404, HTTP_GONE = 410 };

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  (void) source;
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static PvSetupReason
judge_error (const GError *error)
{
  pv_log_event (PV_LOG_WARNING, "setup-no-enrolment", PV_LOG_CAUSE (error));
  return g_error_matches (error, PV_HTTP_ERROR, PV_HTTP_ERROR_TLS)         ? PV_SETUP_BECAUSE_STRANGER
         : g_error_matches (error, PV_HTTP_ERROR, PV_HTTP_ERROR_TOO_LARGE) ? PV_SETUP_BECAUSE_BROKEN
                                                                           : PV_SETUP_BECAUSE_OFFLINE;
}

static PvSetupReason
fetch (const char *url, GBytes **ret_body)
{
  const PvHttpOptions options = { .total_timeout_ms = FETCH_MS,
                                  .max_response_bytes = PV_ENROLMENT_MAX_BYTES,
                                  .max_redirects = 0 };
  const PvHttpRequest request = { .method = "GET", .url = url };
  g_autoptr (PvHttpClient) client = pv_http_client_new (&options);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (PvHttpResponse) response = NULL;
  g_autoptr (GError) error = NULL;
  guint status;

  pv_http_send_async (client, &request, NULL, done_cb, &result);
  while (result == NULL) /* the client ends every wait */
    g_main_context_iteration (NULL, TRUE);
  response = pv_http_send_finish (client, result, &error);
  if (response == NULL)
    return judge_error (error);
  status = pv_http_response_get_status (response);
  if (status == HTTP_NOT_FOUND || status == HTTP_GONE)
    return PV_SETUP_BECAUSE_NO_CODE;
  if (status != HTTP_OK)
    return PV_SETUP_BECAUSE_OFFLINE;
  *ret_body = g_bytes_ref (pv_http_response_get_body (response));
  return PV_SETUP_BECAUSE_NOTHING;
}

PvSetupReason
pv_relay_fetch (const char *server, const char *code, PvEnrolment **ret_enrolment)
{
  g_autoptr (PvSecretStr) letters = pv_setup_code_read (code);
  g_autofree char *url = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;
  gint64 now_s = pv_clock_get_wall_us (pv_clock_get_system ()) / G_USEC_PER_SEC;
  PvEnrolmentLock lock = { 0 };
  PvSetupReason reason;

  if (letters == NULL || !pv_enrolment_derive (letters, &lock, &error))
    return PV_SETUP_BECAUSE_FAILED;
  url = g_strdup_printf ("%s/%s", server, lock.name);
  reason = fetch (url, &body);
  if (reason == PV_SETUP_BECAUSE_NOTHING) {
    *ret_enrolment = pv_enrolment_open (body, &lock, now_s, &error);
    if (*ret_enrolment == NULL) {
      pv_log_event (PV_LOG_WARNING, "setup-enrolment-refused", PV_LOG_CAUSE (error));
      reason = g_error_matches (error, PV_ENROLMENT_ERROR, PV_ENROLMENT_ERROR_EXPIRED) ? PV_SETUP_BECAUSE_EXPIRED
                                                                                       : PV_SETUP_BECAUSE_BROKEN;
    }
  }
  pv_wipe_bytes (&lock, sizeof lock);
  return reason;
}

void
pv_relay_forget (const char *folder)
{
  const char *const *names = pv_enrolment_list_names ();

  for (guint i = 0; names[i] != NULL; i++) {
    g_autofree char *path = g_build_filename (folder, names[i], NULL);

    g_unlink (path);
  }
  g_rmdir (folder);
}

static gboolean
write_file (const char *folder, const char *name, GBytes *bytes)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  return g_file_set_contents_full (path, data, (gssize) size,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0644, NULL);
}

gboolean
pv_relay_keep (const PvEnrolment *enrolment, const char *folder)
{
  pv_relay_forget (folder);
  if (g_mkdir (folder, 0755) != 0)
    return FALSE;
  for (guint i = 0; i < enrolment->files->len; i++) {
    const PvEnrolmentFile *file = enrolment->files->pdata[i];

    if (file->kind != PV_ENROLMENT_SECRET && !write_file (folder, file->name, file->bytes))
      return FALSE;
  }
  return TRUE;
}

gboolean
pv_relay_copy_public (const char *folder, const char *site)
{
  const char *const *names = pv_enrolment_list_names ();

  for (guint i = 0; names[i] != NULL; i++) {
    g_autofree char *path = g_build_filename (folder, names[i], NULL);
    g_autoptr (GBytes) bytes = NULL;
    gsize size = 0;
    char *text = strcmp (names[i], PV_ENROLMENT_SETTINGS) != 0
                   ? pv_plain_file_read (path, PV_ENROLMENT_MAX_BYTES, &size, NULL)
                   : NULL;

    if (text == NULL)
      continue;
    bytes = g_bytes_new_take (text, size);
    if (!write_file (site, names[i], bytes))
      return FALSE;
  }
  return TRUE;
}
