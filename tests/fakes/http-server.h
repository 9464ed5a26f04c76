/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* http-server.h: an HTTP/1.1 server on the loopback that does what the test says, misbehaviour included.
 *
 * It runs on the thread-default main context, without threads. What it does with each request is a step: first those
 * that were queued, in order, then what the handler says, then 404. Requests are kept as they came in. */
#pragma once

#include <gio/gio.h>

typedef struct FakeHttpServer FakeHttpServer;

typedef struct {
  char *method;
  char *target;  /* path and query as sent */
  char *headers; /* "name: value\n" each, names in small letters */
  GBytes *body;
  gboolean has_client_certificate;
  guint connection; /* 0 for the first connection accepted */
} FakeHttpRequest;

typedef enum {
  FAKE_HTTP_ANSWER,              /* bytes, and the connection stays open */
  FAKE_HTTP_ANSWER_THEN_CLOSE,   /* bytes, then the end: with fewer than announced, a cut answer */
  FAKE_HTTP_CLOSE_AFTER_REQUEST, /* the whole request is read, and nothing said */
  FAKE_HTTP_SILENCE,             /* the same, and the connection stays open */
  FAKE_HTTP_CLOSE_ON_ACCEPT,     /* nothing is read: taken from the queue by a connection, not by a request */
} FakeHttpKind;

typedef struct {
  FakeHttpKind kind;
  guint delay_ms; /* before anything is sent */
  guint drip_ms;  /* pause after each byte; 0: all at once */
  GBytes *bytes;  /* owned; status line, headers, body */
} FakeHttpStep;

/* @tls_certificate: (nullable): serves https with it; a client certificate is asked for and any is accepted */
FakeHttpServer *fake_http_server_new (GTlsCertificate *tls_certificate);
void fake_http_server_free (FakeHttpServer *server);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FakeHttpServer, fake_http_server_free)

/* "http://127.0.0.1:PORT" + @path, or https. (transfer full) */
char *fake_http_server_get_url (FakeHttpServer *server, const char *path);
guint16 fake_http_server_get_port (FakeHttpServer *server);

/* Queues. @step's bytes are taken. */
void fake_http_server_push (FakeHttpServer *server, FakeHttpStep step);
/* A complete answer. @headers: (nullable): more of them, each with "\r\n" */
void fake_http_server_push_answer (FakeHttpServer *server, guint status, const char *headers, const char *type,
                                   const char *body);
/* The same as a step, for handlers. */
FakeHttpStep fake_http_answer (guint status, const char *headers, const char *type, const char *body);

typedef FakeHttpStep (*FakeHttpHandler) (const FakeHttpRequest *request, gpointer user_data);
void fake_http_server_set_handler (FakeHttpServer *server, FakeHttpHandler handler, gpointer user_data);

guint fake_http_server_count_requests (FakeHttpServer *server);
guint fake_http_server_count_connections (FakeHttpServer *server);
const FakeHttpRequest *fake_http_server_get_request (FakeHttpServer *server, guint index);
/* The first value of a header, name in small letters; NULL if there is none. (transfer full) */
char *fake_http_request_get_header (const FakeHttpRequest *request, const char *name);
