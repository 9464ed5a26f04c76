/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/update-ddi.h"

#include <string.h>

#include "platform/json.h"

G_DEFINE_QUARK (pv - ddi - error - quark, pv_ddi_error)

enum { MAX_WORD_BYTES = 32, MAX_CHUNKS = 16 };

static void
artifact_free (gpointer data)
{
  PvDdiArtifact *artifact = data;

  g_free (artifact->name);
  g_free (artifact->url);
  g_free (artifact);
}

void
pv_ddi_deployment_free (PvDdiDeployment *deployment)
{
  if (deployment == NULL)
    return;
  g_free (deployment->id);
  g_ptr_array_unref (deployment->artifacts);
  g_free (deployment);
}

static gboolean
bad (GError **error, const char *what)
{
  g_set_error (error, PV_DDI_ERROR, PV_DDI_ERROR_BAD_DATA, "hawkBit: %s", what);
  return FALSE;
}

static gboolean
refuse (GError **error, const char *what)
{
  g_set_error (error, PV_DDI_ERROR, PV_DDI_ERROR_NOT_ALLOWED, "hawkBit: %s", what);
  return FALSE;
}

char *
pv_ddi_make_url (const char *base, const char *tenant, const char *controller)
{
  g_autofree char *first = g_uri_escape_string (tenant, NULL, FALSE),
                  *last = g_uri_escape_string (controller, NULL, FALSE);

  return g_strdup_printf ("%s%s%s/controller/v1/%s", base, g_str_has_suffix (base, "/") ? "" : "/", first, last);
}

/* Up to the slash after scheme, host and port. */
static gsize
measure_origin (const char *url)
{
  const char *host = strstr (url, "://");
  const char *path = host != NULL ? strchr (host + 3, '/') : NULL;

  return path != NULL ? (gsize) (path - url) : strlen (url);
}

/* The token goes with each request: it is for one host only. */
static gboolean
is_same_origin (const char *base, const char *url)
{
  gsize origin = measure_origin (base);

  if (strncmp (base, url, origin) != 0 || url[origin] != '/')
    return FALSE;
  for (const char *at = url; *at != '\0'; at++)
    if (!g_ascii_isgraph (*at) || strchr ("\"<>\\^`{|}#", *at) != NULL)
      return FALSE;
  return TRUE;
}

/* The address behind _links.NAME.href; NULL without an error if there is none. */
static gboolean
find_link (const char *base, const PvJson *object, const char *name, char **ret_url, GError **error)
{
  g_autoptr (PvJson) links = NULL, link = NULL;
  g_autofree char *url = NULL;

  if (!pv_json_find_object (object, "_links", &links, error))
    return FALSE;
  if (links == NULL)
    return TRUE;
  if (!pv_json_find_object (links, name, &link, error))
    return FALSE;
  if (link == NULL)
    return TRUE;
  if (!pv_json_read_text (link, "href", PV_DDI_MAX_URL_BYTES, &url, error))
    return FALSE;
  if (!is_same_origin (base, url))
    return refuse (error, "a link leads to another host");
  *ret_url = g_steal_pointer (&url);
  return TRUE;
}

gboolean
pv_ddi_parse_poll (const char *base, const char *text, gsize size, char **ret_deployment, char **ret_cancel,
                   GError **error)
{
  g_autoptr (PvJson) json = pv_json_parse_within (text, size, PV_DDI_MAX_ANSWER_BYTES, error);
  g_autofree char *deployment = NULL, *cancel = NULL;

  if (json == NULL || !find_link (base, json, "deploymentBase", &deployment, error)
      || !find_link (base, json, "cancelAction", &cancel, error))
    return FALSE;
  *ret_deployment = g_steal_pointer (&deployment);
  *ret_cancel = g_steal_pointer (&cancel);
  return TRUE;
}

static gboolean
is_id (const char *text)
{
  return *text != '\0' && text[strspn (text, "0123456789")] == '\0';
}

static gboolean
read_id (const PvJson *object, const char *key, char **ret_id, GError **error)
{
  g_autofree char *id = NULL;

  if (!pv_json_read_text (object, key, PV_DDI_MAX_ID_BYTES, &id, error))
    return FALSE;
  if (!is_id (id))
    return bad (error, "an action without a number");
  *ret_id = g_steal_pointer (&id);
  return TRUE;
}

/* A plain name of what "build" makes: nothing else gets onto the disk. */
static gboolean
is_name (const char *name)
{
  if (strcmp (name, "SHA256SUMS") == 0 || strcmp (name, "SHA256SUMS.gpg") == 0)
    return TRUE;
  return g_str_has_prefix (name, "parvis_")
         && name[strspn (name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-")] == '\0';
}

static gboolean
read_artifact (const char *base, const PvJson *item, GPtrArray *artifacts, GError **error)
{
  g_autoptr (PvJson) hashes = NULL;
  g_autofree char *digest = NULL;
  PvDdiArtifact *artifact = g_new0 (PvDdiArtifact, 1);
  gint64 size = 0;

  g_ptr_array_add (artifacts, artifact);
  if (!pv_json_read_text (item, "filename", PV_DDI_MAX_NAME_BYTES, &artifact->name, error)
      || !pv_json_read_int (item, "size", 1, PV_DDI_MAX_FILE_BYTES, &size, error)
      || !pv_json_read_object (item, "hashes", &hashes, error)
      || !pv_json_read_text (hashes, "sha256", PV_DDI_SHA256_CHARS, &digest, error)
      || !find_link (base, item, "download", &artifact->url, error))
    return FALSE;
  /* On this machine only is a link without TLS followed. */
  if (artifact->url == NULL && !find_link (base, item, "download-http", &artifact->url, error))
    return FALSE;
  if (artifact->url == NULL)
    return bad (error, "a file without a link");
  if (!is_name (artifact->name))
    return refuse (error, "a file that belongs to no image");
  if (strlen (digest) != PV_DDI_SHA256_CHARS || digest[strspn (digest, "0123456789abcdef")] != '\0')
    return bad (error, "a file without its SHA-256");
  for (guint i = 0; i + 1 < artifacts->len; i++)
    if (strcmp (((PvDdiArtifact *) artifacts->pdata[i])->name, artifact->name) == 0)
      return bad (error, "a file that is there twice");
  artifact->size = (guint64) size;
  g_strlcpy (artifact->sha256, digest, sizeof artifact->sha256);
  return TRUE;
}

static gboolean
read_chunks (const char *base, const PvJson *object, GPtrArray *artifacts, GError **error)
{
  g_autoptr (PvJson) chunks = NULL;

  if (!pv_json_read_array (object, "chunks", MAX_CHUNKS, &chunks, error))
    return FALSE;
  for (gsize i = 0; i < pv_json_get_length (chunks); i++) {
    g_autoptr (PvJson) chunk = pv_json_get_item (chunks, i), list = NULL;

    if (!pv_json_read_array (chunk, "artifacts", PV_DDI_MAX_ARTIFACTS, &list, error))
      return FALSE;
    for (gsize k = 0; k < pv_json_get_length (list); k++) {
      g_autoptr (PvJson) item = pv_json_get_item (list, k);

      if (artifacts->len >= PV_DDI_MAX_ARTIFACTS)
        return refuse (error, "more files than an image has");
      if (!read_artifact (base, item, artifacts, error))
        return FALSE;
    }
  }
  return TRUE;
}

PvDdiDeployment *
pv_ddi_parse_deployment (const char *base, const char *text, gsize size, GError **error)
{
  g_autoptr (PvJson) json = pv_json_parse_within (text, size, PV_DDI_MAX_ANSWER_BYTES, error);
  g_autoptr (PvDdiDeployment) deployment = g_new0 (PvDdiDeployment, 1);
  g_autoptr (PvJson) inner = NULL;
  g_autofree char *download = NULL, *update = NULL;

  deployment->artifacts = g_ptr_array_new_with_free_func (artifact_free);
  if (json == NULL || !read_id (json, "id", &deployment->id, error)
      || !pv_json_read_object (json, "deployment", &inner, error)
      || !pv_json_read_text (inner, "download", MAX_WORD_BYTES, &download, error)
      || !pv_json_read_text (inner, "update", MAX_WORD_BYTES, &update, error)
      || !read_chunks (base, inner, deployment->artifacts, error))
    return NULL;
  /* "skip": outside of a maintenance window of the server's. Whether "forced" or an "attempt", it is done at our own hour. */
  deployment->is_wanted = strcmp (download, "skip") != 0 && strcmp (update, "skip") != 0;
  if (deployment->artifacts->len == 0) {
    bad (error, "an action without files");
    return NULL;
  }
  return g_steal_pointer (&deployment);
}

gboolean
pv_ddi_parse_cancel (const char *text, gsize size, char **ret_id, char **ret_stopped, GError **error)
{
  g_autoptr (PvJson) json = pv_json_parse_within (text, size, PV_DDI_MAX_ANSWER_BYTES, error);
  g_autoptr (PvJson) inner = NULL;
  g_autofree char *id = NULL, *stopped = NULL;

  if (json == NULL || !read_id (json, "id", &id, error) || !pv_json_read_object (json, "cancelAction", &inner, error)
      || !read_id (inner, "stopId", &stopped, error))
    return FALSE;
  *ret_id = g_steal_pointer (&id);
  *ret_stopped = g_steal_pointer (&stopped);
  return TRUE;
}

char *
pv_ddi_make_feedback (const char *id, const char *execution, const char *finished, const char *words)
{
  g_autoptr (PvJsonWriter) writer = pv_json_writer_new ();

  pv_json_writer_begin_object (writer, NULL);
  pv_json_writer_text (writer, "id", id);
  pv_json_writer_begin_object (writer, "status");
  pv_json_writer_text (writer, "execution", execution);
  pv_json_writer_begin_object (writer, "result");
  pv_json_writer_text (writer, "finished", finished);
  pv_json_writer_end_object (writer);
  pv_json_writer_begin_array (writer, "details");
  pv_json_writer_text (writer, NULL, words);
  pv_json_writer_end_array (writer);
  pv_json_writer_end_object (writer);
  pv_json_writer_end_object (writer);
  return g_strdup (pv_json_writer_get_text (writer, NULL));
}
