/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/update-hawkbit.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/wipe.h"
#include "ctl/update-ddi.h"
#include "platform/http.h"
#include "platform/plain-file.h"
#include "platform/secret.h"

typedef struct Hawkbit {
  const char *base;
  char *url;           /* owned: of this kiosk */
  char *authorization; /* owned, secret: a header */
  PvHttpClient *client;
  char *files; /* owned */
  const char *state;
} Hawkbit;

static void
hawkbit_clear (Hawkbit *hawkbit)
{
  g_free (hawkbit->url);
  g_free (hawkbit->files);
  if (hawkbit->authorization != NULL)
    pv_wipe_bytes (hawkbit->authorization, strlen (hawkbit->authorization));
  g_free (hawkbit->authorization);
  pv_http_client_unref (hawkbit->client);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Hawkbit, hawkbit_clear)

static gboolean
open_hawkbit (const PvSettings *settings, const char *state, Hawkbit *hawkbit, GError **error)
{
  const char *token_file = pv_settings_get_text (settings, PV_SETTING_UPDATE_HAWKBIT_TOKEN_FILE);
  const char *controller = pv_settings_get_text (settings, PV_SETTING_UPDATE_HAWKBIT_CONTROLLER);
  const PvHttpOptions options = {
    .proxy = pv_settings_get_text (settings, PV_SETTING_PORTAL_PROXY),
    .total_timeout_ms = PV_HAWKBIT_TIMEOUT_MS,
    .max_response_bytes = PV_DDI_MAX_ANSWER_BYTES,
  };
  g_autoptr (PvSecret) token = NULL;

  if (token_file == NULL || controller == NULL) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                         "[update] hawkbit-url needs hawkbit-controller and hawkbit-token-file");
    return FALSE;
  }
  token = pv_secret_read_text (token_file, error);
  if (token == NULL)
    return FALSE;
  hawkbit->state = state;
  hawkbit->base = pv_settings_get_text (settings, PV_SETTING_UPDATE_HAWKBIT_URL);
  hawkbit->url =
    pv_ddi_make_url (hawkbit->base, pv_settings_get_text (settings, PV_SETTING_UPDATE_HAWKBIT_TENANT), controller);
  hawkbit->authorization = g_strconcat ("Authorization: TargetToken ", pv_secret_get_text (token), NULL);
  hawkbit->files = g_build_filename (state, PV_HAWKBIT_FILES_FOLDER, NULL);
  hawkbit->client = pv_http_client_new (&options);
  return TRUE;
}

/* ---- asking ---- */

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  (void) source;
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* @body: (nullable). @more: (nullable): another header. */
static PvHttpResponse *
ask (Hawkbit *hawkbit, const char *url, const char *body, const char *more, gsize max_bytes, GError **error)
{
  const char *const headers[] = { hawkbit->authorization,
                                  more != NULL ? more : "Accept: application/hal+json, application/json",
                                  body != NULL ? "Content-Type: application/json" : NULL, NULL };
  g_autoptr (GBytes) bytes = body != NULL ? g_bytes_new (body, strlen (body)) : NULL;
  const PvHttpRequest request = {
    .method = body != NULL ? "POST" : "GET",
    .url = url,
    .headers = headers,
    .body = bytes,
    .max_response_bytes = max_bytes,
  };
  g_autoptr (GAsyncResult) result = NULL;

  pv_http_send_async (hawkbit->client, &request, NULL, done_cb, &result);
  while (result == NULL) /* the client ends every wait */
    g_main_context_iteration (g_main_context_get_thread_default (), TRUE);
  return pv_http_send_finish (hawkbit->client, result, error);
}

static gboolean
answered (GError **error, const char *what, guint status)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "hawkBit answers %s with %u", what, status);
  return FALSE;
}

static GBytes *
get_document (Hawkbit *hawkbit, const char *url, const char *what, GError **error)
{
  g_autoptr (PvHttpResponse) response = ask (hawkbit, url, NULL, NULL, 0, error);
  guint status = response != NULL ? pv_http_response_get_status (response) : 200;

  if (response == NULL)
    return NULL;
  if (status != 200) {
    answered (error, what, status);
    return NULL;
  }
  return g_bytes_ref (pv_http_response_get_body (response));
}

/* @kind: "deploymentBase", "cancelAction". An action that is not there any more was told. */
static gboolean
give_feedback (Hawkbit *hawkbit, const char *kind, const char *id, const char *execution, const char *finished,
               const char *words, GError **error)
{
  g_autofree char *url = g_strdup_printf ("%s/%s/%s/feedback", hawkbit->url, kind, id);
  g_autofree char *body = pv_ddi_make_feedback (id, execution, finished, words);
  g_autoptr (PvHttpResponse) response = ask (hawkbit, url, body, NULL, 0, error);
  guint status = response != NULL ? pv_http_response_get_status (response) : 0;

  if (response == NULL)
    return FALSE;
  return (status >= 200 && status < 300) || status == 404 || status == 410
         || answered (error, "what it is told", status);
}

/* ---- what is kept ---- */

/* (transfer full) (nullable) */
static char *
read_action (const char *state)
{
  g_autofree char *path = g_build_filename (state, PV_HAWKBIT_ACTION_FILE, NULL);
  gsize size = 0;
  g_autofree char *bytes = pv_plain_file_read (path, PV_DDI_MAX_ID_BYTES, &size, NULL);
  g_autofree char *id = bytes != NULL ? g_strndup (bytes, size) : NULL;

  return id != NULL && *id != '\0' && strlen (id) <= PV_DDI_MAX_ID_BYTES && id[strspn (id, "0123456789")] == '\0'
           ? g_steal_pointer (&id)
           : NULL;
}

static gboolean
write_action (const char *state, const char *id, GError **error)
{
  g_autofree char *path = g_build_filename (state, PV_HAWKBIT_ACTION_FILE, NULL);

  return g_file_set_contents_full (path, id, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                   error);
}

static void
forget_action (const char *state)
{
  g_autofree char *path = g_build_filename (state, PV_HAWKBIT_ACTION_FILE, NULL);

  g_unlink (path);
}

static gboolean
is_installed (const char *state)
{
  g_autofree char *path = g_build_filename (state, PV_HAWKBIT_VERSION_FILE, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* Whatever is not of this action goes: there is room for one image. */
static void
tidy (const Hawkbit *hawkbit, const PvDdiDeployment *deployment)
{
  g_autoptr (GDir) dir = g_dir_open (hawkbit->files, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (hawkbit->files, name, NULL);
    gboolean is_ours = FALSE;

    for (guint i = 0; deployment != NULL && i < deployment->artifacts->len; i++) {
      const char *own = ((PvDdiArtifact *) deployment->artifacts->pdata[i])->name;
      g_autofree char *part = g_strconcat (own, ".part", NULL);

      is_ours = is_ours || strcmp (name, own) == 0 || strcmp (name, part) == 0;
    }
    if (!is_ours)
      g_unlink (path);
  }
}

/* ---- files ---- */

static gboolean
fail_errno (GError **error, const char *what)
{
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s: %s", what, g_strerror (errno));
  return FALSE;
}

/* Whether the file is @artifact, by size and digest. */
static gboolean
is_whole (const char *path, const PvDdiArtifact *artifact)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 bytes[64 * 1024];
  guint64 size = 0;
  ssize_t n = -1;
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);

  while (fd >= 0 && ((n = read (fd, bytes, sizeof bytes)) > 0 || (n < 0 && errno == EINTR)))
    if (n > 0) {
      g_checksum_update (sum, bytes, n);
      size += (guint64) n;
    }
  if (fd >= 0)
    close (fd);
  return n == 0 && size == artifact->size && strcmp (g_checksum_get_string (sum), artifact->sha256) == 0;
}

/* The bytes from @offset on, as many as come in one answer. */
static GBytes *
fetch_part (Hawkbit *hawkbit, const PvDdiArtifact *artifact, guint64 offset, GError **error)
{
  guint64 end = MIN (offset + PV_HAWKBIT_PART_BYTES, artifact->size);
  g_autofree char *range = g_strdup_printf ("Range: bytes=%" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT, offset, end - 1);
  g_autofree char *expected = g_strdup_printf ("bytes %" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT "/", offset, end - 1);
  g_autoptr (PvHttpResponse) response = ask (hawkbit, artifact->url, NULL, range, PV_HAWKBIT_PART_BYTES, error);
  const char *told;
  guint status;

  if (response == NULL)
    return NULL;
  status = pv_http_response_get_status (response);
  told = pv_http_response_get_header (response, "Content-Range");
  /* A file that fits into one answer may come whole. */
  if ((status == 206 && told != NULL && g_str_has_prefix (told, expected))
      || (status == 200 && offset == 0 && end == artifact->size)) {
    GBytes *body = pv_http_response_get_body (response);

    if (g_bytes_get_size (body) == end - offset)
      return g_bytes_ref (body);
    g_set_error (error, PV_DDI_ERROR, PV_DDI_ERROR_BAD_DATA, "hawkBit: a part of %s has another size", artifact->name);
    return NULL;
  }
  answered (error, "a part of a file", status);
  return NULL;
}

static gboolean
write_whole (int fd, GBytes *bytes)
{
  gsize left;
  const guint8 *at = g_bytes_get_data (bytes, &left);

  while (left > 0) {
    ssize_t n = write (fd, at, left);

    if (n < 0 && errno != EINTR)
      return FALSE;
    at += MAX (n, 0);
    left -= (gsize) MAX (n, 0);
  }
  return TRUE;
}

/* Goes on at the end of what is there. */
static gboolean
fill (Hawkbit *hawkbit, const PvDdiArtifact *artifact, int fd, GError **error)
{
  struct stat facts;
  guint64 offset;

  if (fstat (fd, &facts) != 0)
    return fail_errno (error, artifact->name);
  offset = (guint64) facts.st_size;
  if (offset > artifact->size) {
    if (ftruncate (fd, 0) != 0)
      return fail_errno (error, artifact->name);
    offset = 0;
  }
  while (offset < artifact->size) {
    g_autoptr (GBytes) part = fetch_part (hawkbit, artifact, offset, error);

    if (part == NULL)
      return FALSE;
    if (!write_whole (fd, part))
      return fail_errno (error, artifact->name);
    offset += g_bytes_get_size (part);
  }
  return fsync (fd) == 0 || fail_errno (error, artifact->name);
}

static gboolean
fetch_artifact (Hawkbit *hawkbit, const PvDdiArtifact *artifact, GError **error)
{
  g_autofree char *path = g_build_filename (hawkbit->files, artifact->name, NULL);
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  gboolean is_filled;
  int fd;

  if (is_whole (path, artifact))
    return TRUE;
  g_unlink (path);
  fd = open (part, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0)
    return fail_errno (error, artifact->name);
  is_filled = fill (hawkbit, artifact, fd, error);
  close (fd);
  if (!is_filled)
    return FALSE;
  if (!is_whole (part, artifact)) {
    g_unlink (part);
    g_set_error (error, PV_DDI_ERROR, PV_DDI_ERROR_BAD_DATA, "hawkBit: %s is not what it is said to be",
                 artifact->name);
    return FALSE;
  }
  return g_rename (part, path) == 0 || fail_errno (error, artifact->name);
}

/* ---- one night ---- */

static gboolean
cancel (Hawkbit *hawkbit, const char *url, GError **error)
{
  g_autoptr (GBytes) document = get_document (hawkbit, url, "what it takes back", error);
  g_autofree char *id = NULL, *stopped = NULL, *own = read_action (hawkbit->state);
  gboolean is_late;

  if (document == NULL
      || !pv_ddi_parse_cancel (g_bytes_get_data (document, NULL), g_bytes_get_size (document), &id, &stopped, error))
    return FALSE;
  is_late = g_strcmp0 (own, stopped) == 0 && is_installed (hawkbit->state);
  if (!is_late) {
    tidy (hawkbit, NULL);
    forget_action (hawkbit->state);
  }
  return give_feedback (hawkbit, "cancelAction", id, is_late ? "rejected" : "closed", is_late ? "none" : "success",
                        is_late ? "it is installed already" : "given up", error);
}

static gboolean
deploy (Hawkbit *hawkbit, const char *url, gboolean *ret_is_there, GError **error)
{
  g_autoptr (GBytes) document = get_document (hawkbit, url, "what is to be done", error);
  g_autoptr (PvDdiDeployment) deployment = NULL;
  g_autofree char *own = read_action (hawkbit->state);

  if (document != NULL)
    deployment =
      pv_ddi_parse_deployment (hawkbit->base, g_bytes_get_data (document, NULL), g_bytes_get_size (document), error);
  if (deployment == NULL)
    return FALSE;
  /* Installed, and it could not be told yet. */
  if (!deployment->is_wanted || (g_strcmp0 (own, deployment->id) == 0 && is_installed (hawkbit->state)))
    return TRUE;
  if (g_mkdir_with_parents (hawkbit->files, 0700) != 0)
    return fail_errno (error, PV_HAWKBIT_FILES_FOLDER);
  tidy (hawkbit, deployment);
  for (guint i = 0; i < deployment->artifacts->len; i++)
    if (!fetch_artifact (hawkbit, deployment->artifacts->pdata[i], error))
      return FALSE;
  if (!write_action (hawkbit->state, deployment->id, error)
      || !give_feedback (hawkbit, "deploymentBase", deployment->id, "proceeding", "none", "fetched", error))
    return FALSE;
  *ret_is_there = TRUE;
  return TRUE;
}

gboolean
pv_update_hawkbit_fetch (const PvSettings *settings, const char *state, gboolean *ret_is_there, GError **error)
{
  g_auto (Hawkbit) hawkbit = { 0 };
  g_autoptr (GBytes) document = NULL;
  g_autofree char *deployment = NULL, *cancelled = NULL;

  *ret_is_there = FALSE;
  if (!open_hawkbit (settings, state, &hawkbit, error))
    return FALSE;
  document = get_document (&hawkbit, hawkbit.url, "a poll", error);
  if (document == NULL
      || !pv_ddi_parse_poll (hawkbit.base, g_bytes_get_data (document, NULL), g_bytes_get_size (document), &deployment,
                             &cancelled, error))
    return FALSE;
  /* While something is taken back, nothing else is offered. */
  if (cancelled != NULL)
    return cancel (&hawkbit, cancelled, error);
  return deployment == NULL || deploy (&hawkbit, deployment, ret_is_there, error);
}

gboolean
pv_update_hawkbit_tell (const PvSettings *settings, const char *state, gboolean is_success, const char *words,
                        GError **error)
{
  g_auto (Hawkbit) hawkbit = { 0 };
  g_autofree char *id = read_action (state);

  if (id == NULL || pv_settings_get_text (settings, PV_SETTING_UPDATE_HAWKBIT_URL) == NULL)
    return TRUE;
  if (!open_hawkbit (settings, state, &hawkbit, error)
      || !give_feedback (&hawkbit, "deploymentBase", id, "closed", is_success ? "success" : "failure", words, error))
    return FALSE;
  forget_action (state);
  return TRUE;
}
