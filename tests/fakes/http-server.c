/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "http-server.h"

#include <string.h>

enum {
  MAX_REQUEST_BYTES = 32 * 1024 * 1024,
  READ_BYTES = 64 * 1024,
};

struct FakeHttpServer {
  GSocketService *service;
  guint16 port;
  GTlsCertificate *certificate;
  GQueue steps; /* owned FakeHttpSteps */
  FakeHttpHandler handler;
  gpointer handler_data;
  GPtrArray *requests;    /* owned FakeHttpRequests */
  GPtrArray *connections; /* owned references of Connections */
  guint accepted;
};

typedef struct {
  grefcount refs;
  FakeHttpServer *server; /* NULL when it is gone */
  GIOStream *stream;
  guint number;
  GByteArray *incoming;
  guint8 *chunk;
  FakeHttpStep step; /* under way */
  gsize sent;
  guint timer;
} Connection;

static void read_more (Connection *self);
static void send_more (Connection *self);

static void
step_clear (FakeHttpStep *step)
{
  g_clear_pointer (&step->bytes, g_bytes_unref);
}

static void
request_free (gpointer data)
{
  FakeHttpRequest *request = data;

  g_free (request->method);
  g_free (request->target);
  g_free (request->headers);
  g_bytes_unref (request->body);
  g_free (request);
}

static void
connection_unref (gpointer data)
{
  Connection *self = data;

  if (!g_ref_count_dec (&self->refs))
    return;
  g_clear_handle_id (&self->timer, g_source_remove);
  step_clear (&self->step);
  g_object_unref (self->stream);
  g_byte_array_unref (self->incoming);
  g_free (self->chunk);
  g_free (self);
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_io_stream_close_finish (G_IO_STREAM (source), result, NULL);
  connection_unref (user_data);
}

static void
connection_close (Connection *self)
{
  g_ref_count_inc (&self->refs);
  g_io_stream_close_async (self->stream, G_PRIORITY_DEFAULT, NULL, closed_cb, self);
}

/* One request, if it is complete; it is removed from what came in. */
static FakeHttpRequest *
take_request (Connection *self)
{
  const char *text = (const char *) self->incoming->data;
  const char *end = self->incoming->len > 0 ? g_strstr_len (text, self->incoming->len, "\r\n\r\n") : NULL;
  g_autofree char *head = NULL;
  g_auto (GStrv) lines = NULL;
  g_auto (GStrv) words = NULL;
  g_autoptr (GString) headers = g_string_new (NULL);
  FakeHttpRequest *request;
  guint64 body_bytes = 0;
  gsize head_bytes;

  if (end == NULL)
    return NULL;
  head_bytes = (gsize) (end - text) + 4;
  head = g_strndup (text, head_bytes - 4);
  lines = g_strsplit (head, "\r\n", -1);
  for (guint i = 1; lines[i] != NULL; i++) {
    char *colon = strchr (lines[i], ':');
    g_autofree char *name = g_ascii_strdown (lines[i], colon != NULL ? colon - lines[i] : 0);

    if (colon == NULL)
      continue;
    g_string_append_printf (headers, "%s: %s\n", name, g_strstrip (colon + 1));
    if (strcmp (name, "content-length") == 0)
      body_bytes = g_ascii_strtoull (colon + 1, NULL, 10);
  }
  if (self->incoming->len < head_bytes + body_bytes)
    return NULL;
  words = g_strsplit (lines[0], " ", 3);
  request = g_new0 (FakeHttpRequest, 1);
  request->method = g_strdup (words[0] != NULL ? words[0] : "");
  request->target = g_strdup (words[0] != NULL && words[1] != NULL ? words[1] : "");
  request->headers = g_strdup (headers->str);
  request->body = g_bytes_new (self->incoming->data + head_bytes, body_bytes);
  request->connection = self->number;
  request->has_client_certificate = G_IS_TLS_CONNECTION (self->stream)
                                    && g_tls_connection_get_peer_certificate (G_TLS_CONNECTION (self->stream)) != NULL;
  g_byte_array_remove_range (self->incoming, 0, (guint) (head_bytes + body_bytes));
  return request;
}

static gboolean
timer_cb (gpointer user_data)
{
  Connection *self = user_data;

  self->timer = 0;
  send_more (self);
  return G_SOURCE_REMOVE;
}

static void
wrote_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Connection *self = user_data;
  gssize written = g_output_stream_write_finish (G_OUTPUT_STREAM (source), result, NULL);

  if (written > 0 && self->server != NULL) {
    self->sent += (gsize) written;
    if (self->step.drip_ms > 0)
      self->timer = g_timeout_add (self->step.drip_ms, timer_cb, self);
    else
      send_more (self);
  }
  connection_unref (self);
}

/* What is left of the step; then the next request. */
static void
send_more (Connection *self)
{
  gsize length = 0;
  const char *bytes = self->step.bytes != NULL ? g_bytes_get_data (self->step.bytes, &length) : NULL;

  if (self->sent < length) {
    gsize count = self->step.drip_ms > 0 ? 1 : length - self->sent;

    g_ref_count_inc (&self->refs);
    g_output_stream_write_async (g_io_stream_get_output_stream (self->stream), bytes + self->sent, count,
                                 G_PRIORITY_DEFAULT, NULL, wrote_cb, self);
    return;
  }
  step_clear (&self->step);
  if (self->step.kind == FAKE_HTTP_ANSWER)
    read_more (self);
  else
    connection_close (self);
}

static FakeHttpStep
next_step (FakeHttpServer *server, const FakeHttpRequest *request)
{
  g_autofree FakeHttpStep *queued = g_queue_pop_head (&server->steps);

  if (queued != NULL)
    return *queued;
  if (server->handler != NULL)
    return server->handler (request, server->handler_data);
  return fake_http_answer (404, NULL, "text/plain", "");
}

static void
serve (Connection *self, FakeHttpRequest *request)
{
  g_ptr_array_add (self->server->requests, request);
  self->step = next_step (self->server, request);
  self->sent = 0;
  if (self->step.kind == FAKE_HTTP_SILENCE)
    read_more (self);
  else if (self->step.delay_ms > 0)
    self->timer = g_timeout_add (self->step.delay_ms, timer_cb, self);
  else
    send_more (self);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Connection *self = user_data;
  gssize count = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);

  if (count > 0 && self->server != NULL && self->incoming->len + (gsize) count <= MAX_REQUEST_BYTES) {
    g_byte_array_append (self->incoming, self->chunk, (guint) count);
    read_more (self);
  } else if (self->server != NULL) {
    connection_close (self);
  }
  connection_unref (self);
}

static void
read_more (Connection *self)
{
  FakeHttpRequest *request = take_request (self);

  if (request != NULL) {
    serve (self, request);
    return;
  }
  g_ref_count_inc (&self->refs);
  g_input_stream_read_async (g_io_stream_get_input_stream (self->stream), self->chunk, READ_BYTES, G_PRIORITY_DEFAULT,
                             NULL, read_cb, self);
}

static gboolean
accept_any_cb (GTlsConnection *connection, GTlsCertificate *certificate, GTlsCertificateFlags errors,
               gpointer user_data)
{
  (void) connection;
  (void) certificate;
  (void) errors;
  (void) user_data;
  return TRUE;
}

static GIOStream *
wrap_in_tls (FakeHttpServer *server, GSocketConnection *plain)
{
  GIOStream *tls = g_tls_server_connection_new (G_IO_STREAM (plain), server->certificate, NULL);

  g_assert (tls != NULL);
  g_object_set (tls, "authentication-mode", G_TLS_AUTHENTICATION_REQUESTED, "require-close-notify", FALSE, NULL);
  g_signal_connect (tls, "accept-certificate", G_CALLBACK (accept_any_cb), NULL);
  return tls;
}

static gboolean
incoming_cb (GSocketService *service, GSocketConnection *plain, GObject *source, gpointer user_data)
{
  FakeHttpServer *server = user_data;
  const FakeHttpStep *step = g_queue_peek_head (&server->steps);
  Connection *self;

  (void) service;
  (void) source;
  if (step != NULL && step->kind == FAKE_HTTP_CLOSE_ON_ACCEPT) {
    g_free (g_queue_pop_head (&server->steps));
    server->accepted++;
    g_io_stream_close (G_IO_STREAM (plain), NULL, NULL);
    return TRUE;
  }
  self = g_new0 (Connection, 1);
  g_ref_count_init (&self->refs);
  self->server = server;
  self->number = server->accepted++;
  self->stream = server->certificate != NULL ? wrap_in_tls (server, plain) : G_IO_STREAM (g_object_ref (plain));
  self->incoming = g_byte_array_new ();
  self->chunk = g_malloc (READ_BYTES);
  g_ptr_array_add (server->connections, self);
  read_more (self);
  return TRUE;
}

FakeHttpServer *
fake_http_server_new (GTlsCertificate *tls_certificate)
{
  FakeHttpServer *self = g_new0 (FakeHttpServer, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  gboolean is_listening;

  self->certificate = tls_certificate != NULL ? g_object_ref (tls_certificate) : NULL;
  self->requests = g_ptr_array_new_with_free_func (request_free);
  self->connections = g_ptr_array_new_with_free_func (connection_unref);
  self->service = g_socket_service_new ();
  is_listening = g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), wanted, G_SOCKET_TYPE_STREAM,
                                                G_SOCKET_PROTOCOL_TCP, NULL, &bound, NULL);
  g_assert (is_listening);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  g_signal_connect (self->service, "incoming", G_CALLBACK (incoming_cb), self);
  g_socket_service_start (self->service);
  return self;
}

/* Operations under way keep their connection; they end when the loop next runs, or with the process. */
void
fake_http_server_free (FakeHttpServer *server)
{
  FakeHttpStep *step;

  if (server == NULL)
    return;
  g_socket_service_stop (server->service);
  g_socket_listener_close (G_SOCKET_LISTENER (server->service));
  g_object_unref (server->service);
  for (guint i = 0; i < server->connections->len; i++) {
    Connection *connection = g_ptr_array_index (server->connections, i);
    GIOStream *base = connection->stream;

    connection->server = NULL;
    g_clear_handle_id (&connection->timer, g_source_remove);
    if (G_IS_TLS_CONNECTION (base))
      g_object_get (base, "base-io-stream", &base, NULL);
    else
      g_object_ref (base);
    g_socket_shutdown (g_socket_connection_get_socket (G_SOCKET_CONNECTION (base)), TRUE, TRUE, NULL);
    g_object_unref (base);
  }
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_ptr_array_unref (server->connections);
  g_ptr_array_unref (server->requests);
  while ((step = g_queue_pop_head (&server->steps)) != NULL) {
    step_clear (step);
    g_free (step);
  }
  g_clear_object (&server->certificate);
  g_free (server);
}

char *
fake_http_server_get_url (FakeHttpServer *server, const char *path)
{
  return g_strdup_printf ("%s://127.0.0.1:%u%s", server->certificate != NULL ? "https" : "http", server->port, path);
}

guint16
fake_http_server_get_port (FakeHttpServer *server)
{
  return server->port;
}

FakeHttpStep
fake_http_answer (guint status, const char *headers, const char *type, const char *body)
{
  FakeHttpStep step = { .kind = FAKE_HTTP_ANSWER };
  char *text = g_strdup_printf ("HTTP/1.1 %u Fake\r\nDate: Tue, 24 Nov 2026 10:00:00 GMT\r\n%sContent-Type: %s\r\n"
                                "Content-Length: %zu\r\n\r\n%s",
                                status, headers != NULL ? headers : "", type, strlen (body), body);

  step.bytes = g_bytes_new_take (text, strlen (text));
  return step;
}

void
fake_http_server_push (FakeHttpServer *server, FakeHttpStep step)
{
  g_queue_push_tail (&server->steps, g_memdup2 (&step, sizeof step));
}

void
fake_http_server_push_answer (FakeHttpServer *server, guint status, const char *headers, const char *type,
                              const char *body)
{
  fake_http_server_push (server, fake_http_answer (status, headers, type, body));
}

void
fake_http_server_set_handler (FakeHttpServer *server, FakeHttpHandler handler, gpointer user_data)
{
  server->handler = handler;
  server->handler_data = user_data;
}

guint
fake_http_server_count_requests (FakeHttpServer *server)
{
  return server->requests->len;
}

guint
fake_http_server_count_connections (FakeHttpServer *server)
{
  return server->accepted;
}

const FakeHttpRequest *
fake_http_server_get_request (FakeHttpServer *server, guint index)
{
  g_assert (index < server->requests->len);
  return g_ptr_array_index (server->requests, index);
}

char *
fake_http_request_get_header (const FakeHttpRequest *request, const char *name)
{
  g_auto (GStrv) lines = g_strsplit (request->headers, "\n", -1);
  gsize length = strlen (name);

  for (guint i = 0; lines[i] != NULL; i++)
    if (strncmp (lines[i], name, length) == 0 && strncmp (lines[i] + length, ": ", 2) == 0)
      return g_strdup (lines[i] + length + 2);
  return NULL;
}
