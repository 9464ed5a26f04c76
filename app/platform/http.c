/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/http.h"

#include <curl/curl.h>
#include <string.h>

#include "platform/http-response.h"
#include "platform/http-source.h"

G_DEFINE_QUARK (pv_http_error, pv_http_error)

struct PvHttpClient {
  gatomicrefcount refs;
  char *ca_file; /* owned, like the other texts */
  char *client_cert_file;
  char *client_key_file;
  char *proxy;
  guint connect_timeout_ms;
  guint total_timeout_ms;
  gsize max_response_bytes;
  guint max_redirects;
  GMainContext *context; /* owned */
  CURLM *multi;          /* owned */
  GSource *source;       /* owned, attached to @context */
  GQueue finished;       /* borrowed Transfers, not yet told */
};

typedef struct {
  PvHttpClient *client; /* owned: a transfer keeps its client */
  GTask *task;          /* owned */
  CURL *easy;           /* owned */
  struct curl_slist *headers;
  GBytes *body;
  const char *method;       /* static */
  char *origin;             /* owned: "https://host:port" */
  GSource *cancel_source;   /* owned, like the next */
  GSource *deadline_source; /* libcurl's own total time does not run while it waits for a connection */
  PvHttpResponse *response;
  gsize max_response_bytes;
  guint redirects_left;
  gboolean is_plain;      /* http:// */
  gboolean is_repeatable; /* GET or HEAD */
  gboolean may_be_sent;   /* libcurl had a connection and began to send */
  gboolean is_over_limit;
  CURLcode code;
} Transfer;

gboolean
pv_http_error_may_have_arrived (const GError *error)
{
  return g_error_matches (error, PV_HTTP_ERROR, PV_HTTP_ERROR_UNKNOWN)
         || g_error_matches (error, PV_HTTP_ERROR, PV_HTTP_ERROR_TOO_LARGE)
         || g_error_matches (error, PV_HTTP_ERROR, PV_HTTP_ERROR_CANCELLED_UNKNOWN);
}

/* The end of a transfer -------------------------------------------------------------------------------------------- */

static void
drop_watches (Transfer *self)
{
  if (self->cancel_source != NULL)
    g_source_destroy (self->cancel_source);
  g_clear_pointer (&self->cancel_source, g_source_unref);
  if (self->deadline_source != NULL)
    g_source_destroy (self->deadline_source);
  g_clear_pointer (&self->deadline_source, g_source_unref);
}

static void
transfer_free (Transfer *self)
{
  drop_watches (self);
  g_clear_pointer (&self->easy, curl_easy_cleanup);
  curl_slist_free_all (self->headers);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->response, pv_http_response_free);
  g_free (self->origin);
  g_clear_object (&self->task);
  g_clear_pointer (&self->client, pv_http_client_unref);
  g_free (self);
}

static PvHttpError
judge_failure (const Transfer *self)
{
  if (self->is_over_limit || self->code == CURLE_FILESIZE_EXCEEDED)
    return PV_HTTP_ERROR_TOO_LARGE;
  if (self->may_be_sent)
    return PV_HTTP_ERROR_UNKNOWN;
  switch ((int) self->code) {
  case CURLE_SSL_CONNECT_ERROR:
  case CURLE_SSL_ENGINE_NOTFOUND:
  case CURLE_SSL_ENGINE_SETFAILED:
  case CURLE_SSL_CERTPROBLEM:
  case CURLE_SSL_CIPHER:
  case CURLE_PEER_FAILED_VERIFICATION:
  case CURLE_USE_SSL_FAILED:
  case CURLE_SSL_CACERT_BADFILE:
  case CURLE_SSL_SHUTDOWN_FAILED:
  case CURLE_SSL_CRL_BADFILE:
  case CURLE_SSL_ISSUER_ERROR:
  case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
  case CURLE_SSL_INVALIDCERTSTATUS:
  case CURLE_SSL_CLIENTCERT:
    return PV_HTTP_ERROR_TLS;
  default:
    return PV_HTTP_ERROR_OFFLINE;
  }
}

/* Tells the caller and frees @self. libcurl's own message is not used: it may quote the address. */
static void
tell (Transfer *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);
  long status = 0;

  if (self->code == CURLE_OK) {
    curl_easy_getinfo (self->easy, CURLINFO_RESPONSE_CODE, &status);
    pv_http_response_complete (self->response, (guint) status);
    g_task_return_pointer (task, g_steal_pointer (&self->response), (GDestroyNotify) pv_http_response_free);
  } else {
    g_task_return_new_error (task, PV_HTTP_ERROR, judge_failure (self), "%s %s: %s (curl %d)", self->method,
                             self->origin, curl_easy_strerror (self->code), (int) self->code);
  }
  transfer_free (self);
}

/* Ends it before libcurl does. */
static void
abandon (Transfer *self, PvHttpError code, const char *reason)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  curl_multi_remove_handle (self->client->multi, self->easy);
  g_task_return_new_error (task, PV_HTTP_ERROR, (int) code, "%s %s: %s", self->method, self->origin, reason);
  transfer_free (self);
}

static gboolean
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  Transfer *self = user_data;

  (void) cancellable;
  abandon (self, self->may_be_sent ? PV_HTTP_ERROR_CANCELLED_UNKNOWN : PV_HTTP_ERROR_CANCELLED, "cancelled");
  return G_SOURCE_REMOVE;
}

static gboolean
deadline_cb (gpointer user_data)
{
  Transfer *self = user_data;

  abandon (self, self->may_be_sent ? PV_HTTP_ERROR_UNKNOWN : PV_HTTP_ERROR_OFFLINE, "took too long");
  return G_SOURCE_REMOVE;
}

/* "https://host:port" of @url, or NULL if Parvis does not go there. */
static char *
origin_of (const char *url)
{
  CURLU *parts = curl_url ();
  char *scheme = NULL, *host = NULL, *port = NULL, *user = NULL, *origin = NULL;

  if (strlen (url) <= PV_HTTP_MAX_URL_BYTES && curl_url_set (parts, CURLUPART_URL, url, 0) == CURLUE_OK
      && curl_url_get (parts, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK
      && curl_url_get (parts, CURLUPART_HOST, &host, 0) == CURLUE_OK
      && curl_url_get (parts, CURLUPART_PORT, &port, CURLU_DEFAULT_PORT) == CURLUE_OK
      && curl_url_get (parts, CURLUPART_USER, &user, 0) == CURLUE_NO_USER) {
    static const char *const here[] = { "localhost", "127.0.0.1", "[::1]", NULL };

    if (strcmp (scheme, "https") == 0 || (strcmp (scheme, "http") == 0 && g_strv_contains (here, host)))
      origin = g_strdup_printf ("%s://%s:%s", scheme, host, port);
  }
  curl_free (scheme);
  curl_free (host);
  curl_free (port);
  curl_free (user);
  curl_url_cleanup (parts);
  return origin;
}

/* TRUE: it goes on. Only for a GET, and only to where it went before. */
static gboolean
follow_redirect (Transfer *self)
{
  const char *target = NULL;
  g_autofree char *origin = NULL;

  if (self->code != CURLE_OK || self->redirects_left == 0 || !self->is_repeatable)
    return FALSE;
  curl_easy_getinfo (self->easy, CURLINFO_REDIRECT_URL, &target);
  origin = target != NULL ? origin_of (target) : NULL;
  if (g_strcmp0 (origin, self->origin) != 0)
    return FALSE;
  self->redirects_left--;
  pv_http_response_free (self->response);
  self->response = pv_http_response_new (self->max_response_bytes);
  curl_easy_setopt (self->easy, CURLOPT_URL, target);
  if (curl_multi_add_handle (self->client->multi, self->easy) != CURLM_OK)
    self->code = CURLE_FAILED_INIT;
  return self->code == CURLE_OK;
}

static void
finished_cb (CURL *easy, CURLcode code, gpointer user_data)
{
  PvHttpClient *client = user_data;
  Transfer *transfer = NULL;

  curl_easy_getinfo (easy, CURLINFO_PRIVATE, &transfer);
  transfer->code = code;
  g_queue_push_tail (&client->finished, transfer);
}

/* A callback may send again, drop the client, or run the loop: nothing here is iterated meanwhile. */
static void
drained_cb (gpointer user_data)
{
  g_autoptr (PvHttpClient) client = pv_http_client_ref (user_data);
  GQueue ended = G_QUEUE_INIT;
  Transfer *transfer;

  while ((transfer = g_queue_pop_head (&client->finished)) != NULL) {
    if (follow_redirect (transfer))
      continue;
    drop_watches (transfer);
    g_queue_push_tail (&ended, transfer);
  }
  while ((transfer = g_queue_pop_head (&ended)) != NULL)
    tell (transfer);
}

/* Callbacks of libcurl, which may not call it back ----------------------------------------------------------------- */

/* The connection stands, TLS included, and from here on the other side may read the request. */
static int
before_request_cb (void *user_data, char *remote_address, char *local_address, int remote_port, int local_port)
{
  Transfer *self = user_data;

  (void) local_address;
  (void) remote_port;
  (void) local_port;
  if (self->may_be_sent && !self->is_repeatable)
    return CURL_PREREQFUNC_ABORT;
  if (self->is_plain && !g_str_has_prefix (remote_address, "127.") && strcmp (remote_address, "::1") != 0)
    return CURL_PREREQFUNC_ABORT;
  self->may_be_sent = TRUE;
  return CURL_PREREQFUNC_OK;
}

static size_t
header_cb (char *line, size_t size, size_t count, void *user_data)
{
  Transfer *self = user_data;

  self->is_over_limit = !pv_http_response_take_header (self->response, line, size * count);
  return self->is_over_limit ? 0 : size * count;
}

static size_t
body_cb (char *bytes, size_t size, size_t count, void *user_data)
{
  Transfer *self = user_data;

  self->is_over_limit = !pv_http_response_take_body (self->response, bytes, size * count);
  /* 0 is an answer that all of nothing was taken. */
  return self->is_over_limit ? size * count + 1 : size * count;
}

/* Setting up ------------------------------------------------------------------------------------------------------- */

static gboolean
add_headers (Transfer *self, const char *const *headers)
{
  gboolean has_type = FALSE;

  for (gsize i = 0; headers != NULL && headers[i] != NULL; i++) {
    if (strchr (headers[i], ':') == NULL || strpbrk (headers[i], "\r\n") != NULL)
      return FALSE;
    has_type |= g_ascii_strncasecmp (headers[i], "Content-Type:", 13) == 0;
    self->headers = curl_slist_append (self->headers, headers[i]);
  }
  /* Without a value: not sent. No wait for "100 Continue", no type of a web form. */
  self->headers = curl_slist_append (self->headers, "Expect:");
  if (!has_type)
    self->headers = curl_slist_append (self->headers, "Content-Type:");
  curl_easy_setopt (self->easy, CURLOPT_HTTPHEADER, self->headers);
  return TRUE;
}

static void
set_method_and_body (Transfer *self)
{
  gsize size = 0;
  const char *data = self->body != NULL ? g_bytes_get_data (self->body, &size) : NULL;

  if (strcmp (self->method, "HEAD") == 0) {
    curl_easy_setopt (self->easy, CURLOPT_NOBODY, 1L);
    return;
  }
  if (self->body != NULL || strcmp (self->method, "POST") == 0) {
    /* Read from @body, not copied. */
    curl_easy_setopt (self->easy, CURLOPT_POSTFIELDS, data != NULL ? data : "");
    curl_easy_setopt (self->easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t) size);
  }
  curl_easy_setopt (self->easy, CURLOPT_CUSTOMREQUEST, self->method);
}

static void
set_limits (Transfer *self)
{
  CURL *easy = self->easy;

  curl_easy_setopt (easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt (easy, CURLOPT_CONNECTTIMEOUT_MS, (long) self->client->connect_timeout_ms);
  curl_easy_setopt (easy, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t) self->max_response_bytes);
  /* Otherwise the end of a transfer waits for the resolver's thread, and the loop with it. */
  curl_easy_setopt (easy, CURLOPT_QUICK_EXIT, 1L);
  curl_easy_setopt (easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt (easy, CURLOPT_PROTOCOLS_STR, self->is_plain ? "http" : "https");
  curl_easy_setopt (easy, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS);
  curl_easy_setopt (easy, CURLOPT_USERAGENT, "Parvis");
  /* "" also turns off what the environment says. */
  curl_easy_setopt (easy, CURLOPT_PROXY, self->client->proxy != NULL ? self->client->proxy : "");
  curl_easy_setopt (easy, CURLOPT_NOPROXY, "localhost,127.0.0.1,::1");
  curl_easy_setopt (easy, CURLOPT_FRESH_CONNECT, self->is_repeatable ? 0L : 1L);
}

static void
set_tls (Transfer *self)
{
  const PvHttpClient *client = self->client;
  CURL *easy = self->easy;

  curl_easy_setopt (easy, CURLOPT_SSLVERSION, (long) CURL_SSLVERSION_TLSv1_2);
  curl_easy_setopt (easy, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt (easy, CURLOPT_SSL_VERIFYHOST, 2L);
  if (client->ca_file != NULL) {
    curl_easy_setopt (easy, CURLOPT_CAINFO, client->ca_file);
    curl_easy_setopt (easy, CURLOPT_CAPATH, NULL);
  }
  if (client->client_cert_file != NULL)
    curl_easy_setopt (easy, CURLOPT_SSLCERT, client->client_cert_file);
  if (client->client_key_file != NULL)
    curl_easy_setopt (easy, CURLOPT_SSLKEY, client->client_key_file);
}

static void
set_callbacks (Transfer *self)
{
  CURL *easy = self->easy;

  curl_easy_setopt (easy, CURLOPT_PRIVATE, self);
  curl_easy_setopt (easy, CURLOPT_PREREQFUNCTION, before_request_cb);
  curl_easy_setopt (easy, CURLOPT_PREREQDATA, self);
  curl_easy_setopt (easy, CURLOPT_HEADERFUNCTION, header_cb);
  curl_easy_setopt (easy, CURLOPT_HEADERDATA, self);
  curl_easy_setopt (easy, CURLOPT_WRITEFUNCTION, body_cb);
  curl_easy_setopt (easy, CURLOPT_WRITEDATA, self);
}

/* The static name of the method, or NULL. */
static const char *
known_method (const char *name)
{
  static const char *const methods[] = { "GET", "HEAD", "POST", "PUT", "DELETE" };

  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    if (strcmp (methods[i], name) == 0)
      return methods[i];
  return NULL;
}

static gboolean
transfer_prepare (Transfer *self, const PvHttpRequest *request)
{
  const PvHttpClient *client = self->client;

  self->method = known_method (request->method);
  self->origin = origin_of (request->url);
  if (self->method == NULL || self->origin == NULL)
    return FALSE;
  self->easy = curl_easy_init ();
  if (self->easy == NULL || !add_headers (self, request->headers))
    return FALSE;
  self->is_plain = g_str_has_prefix (self->origin, "http:");
  self->is_repeatable = strcmp (self->method, "GET") == 0 || strcmp (self->method, "HEAD") == 0;
  self->max_response_bytes = request->max_response_bytes > 0 ? request->max_response_bytes : client->max_response_bytes;
  self->redirects_left = client->max_redirects;
  self->body = request->body != NULL ? g_bytes_ref (request->body) : NULL;
  self->response = pv_http_response_new (self->max_response_bytes);
  curl_easy_setopt (self->easy, CURLOPT_URL, request->url);
  set_method_and_body (self);
  set_limits (self);
  set_tls (self);
  set_callbacks (self);
  return TRUE;
}

static void
watch (Transfer *self, guint total_timeout_ms, GCancellable *cancellable)
{
  self->deadline_source = g_timeout_source_new (total_timeout_ms);
  g_source_set_callback (self->deadline_source, deadline_cb, self, NULL);
  g_source_attach (self->deadline_source, self->client->context);
  if (cancellable == NULL)
    return;
  self->cancel_source = g_cancellable_source_new (cancellable);
  g_source_set_callback (self->cancel_source, G_SOURCE_FUNC (cancelled_cb), self, NULL);
  g_source_attach (self->cancel_source, self->client->context);
}

void
pv_http_send_async (PvHttpClient *client, const PvHttpRequest *request, GCancellable *cancellable,
                    GAsyncReadyCallback callback, gpointer user_data)
{
  Transfer *self;

  g_return_if_fail (client != NULL && request != NULL && request->method != NULL && request->url != NULL);

  self = g_new0 (Transfer, 1);
  self->client = pv_http_client_ref (client);
  self->task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (self->task, pv_http_send_async);
  /* Our own code tells whether it was sent. */
  g_task_set_check_cancellable (self->task, FALSE);

  if (!transfer_prepare (self, request)) {
    g_task_return_new_error (self->task, PV_HTTP_ERROR, PV_HTTP_ERROR_NOT_ALLOWED,
                             "an address, method or header that is not allowed");
    transfer_free (self);
    return;
  }
  if (g_cancellable_is_cancelled (cancellable) || curl_multi_add_handle (client->multi, self->easy) != CURLM_OK) {
    g_task_return_new_error (self->task, PV_HTTP_ERROR, PV_HTTP_ERROR_CANCELLED, "%s %s: cancelled", self->method,
                             self->origin);
    transfer_free (self);
    return;
  }
  watch (self, request->total_timeout_ms > 0 ? request->total_timeout_ms : client->total_timeout_ms, cancellable);
}

PvHttpResponse *
pv_http_send_finish (PvHttpClient *client, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (client != NULL && g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, pv_http_send_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* The client ------------------------------------------------------------------------------------------------------- */

PvHttpClient *
pv_http_client_new (const PvHttpOptions *options)
{
  static const PvHttpOptions none = { 0 };
  static gsize is_initialized = 0;
  PvHttpClient *self = g_new0 (PvHttpClient, 1);

  if (g_once_init_enter (&is_initialized)) {
    CURLcode code = curl_global_init (CURL_GLOBAL_DEFAULT);

    g_assert (code == CURLE_OK);
    g_once_init_leave (&is_initialized, 1);
  }
  if (options == NULL)
    options = &none;
  g_atomic_ref_count_init (&self->refs);
  self->ca_file = g_strdup (options->ca_file);
  self->client_cert_file = g_strdup (options->client_cert_file);
  self->client_key_file = g_strdup (options->client_key_file);
  self->proxy = g_strdup (options->proxy);
  self->connect_timeout_ms = options->connect_timeout_ms > 0 ? options->connect_timeout_ms : PV_HTTP_CONNECT_TIMEOUT_MS;
  self->total_timeout_ms = options->total_timeout_ms > 0 ? options->total_timeout_ms : PV_HTTP_TOTAL_TIMEOUT_MS;
  self->max_response_bytes = options->max_response_bytes > 0 ? options->max_response_bytes : PV_HTTP_MAX_RESPONSE_BYTES;
  self->max_redirects = MIN (options->max_redirects, PV_HTTP_MAX_REDIRECTS);
  self->multi = curl_multi_init ();
  g_assert (self->multi != NULL);
  curl_multi_setopt (self->multi, CURLMOPT_MAX_HOST_CONNECTIONS, 1L);
  self->context = g_main_context_ref_thread_default ();
  self->source = pv_http_source_new (self->multi, finished_cb, drained_cb, self);
  g_source_attach (self->source, self->context);
  return self;
}

PvHttpClient *
pv_http_client_ref (PvHttpClient *client)
{
  g_return_val_if_fail (client != NULL, NULL);

  g_atomic_ref_count_inc (&client->refs);
  return client;
}

void
pv_http_client_unref (PvHttpClient *client)
{
  if (client == NULL || !g_atomic_ref_count_dec (&client->refs))
    return;
  /* No transfer is left. The cleanup still calls the source. */
  curl_multi_cleanup (client->multi);
  g_source_destroy (client->source);
  g_source_unref (client->source);
  g_main_context_unref (client->context);
  g_free (client->ca_file);
  g_free (client->client_cert_file);
  g_free (client->client_key_file);
  g_free (client->proxy);
  g_free (client);
}
