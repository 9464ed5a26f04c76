/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* http.h: one portal, asked over HTTP.
 *
 * libcurl on the main loop, without threads of ours; no other file includes it. A client keeps at most one connection
 * to a host, asks for HTTP/2, and keeps the connection. It verifies certificates always, follows no redirect to
 * another place, keeps no cookie, reads no environment and no file but those of its options, and sends http:// only to
 * this machine.
 *
 * The codes of the errors say the one thing that decides whether a filing may be sent again: can the request have
 * arrived? Messages name method, scheme and host, never path, query, header or body.
 *
 * Everything here is for one thread, the one whose default main context was current when the client was made. */
#pragma once

#include <gio/gio.h>

#define PV_HTTP_ERROR (pv_http_error_quark ())
GQuark pv_http_error_quark (void);

typedef enum {
  PV_HTTP_ERROR_OFFLINE,     /* surely nothing was sent: no name, no connection. Try later */
  PV_HTTP_ERROR_TLS,         /* surely nothing was sent: the host is not who it should be, or our files are wrong */
  PV_HTTP_ERROR_NOT_ALLOWED, /* surely nothing was sent: an address or request that is against the rules here */
  PV_HTTP_ERROR_CANCELLED,   /* surely nothing was sent: cancelled before */
  PV_HTTP_ERROR_CANCELLED_UNKNOWN, /* cancelled when it may have been sent */
  PV_HTTP_ERROR_UNKNOWN,           /* may have been sent, and there is no complete answer */
  PV_HTTP_ERROR_TOO_LARGE,         /* sent, and the answer is over the limit */
} PvHttpError;

/* Whether the request that ended in @error may have arrived. FALSE for errors of other domains and for NULL. */
gboolean pv_http_error_may_have_arrived (const GError *error);

enum {
  PV_HTTP_CONNECT_TIMEOUT_MS = 10 * 1000,
  PV_HTTP_TOTAL_TIMEOUT_MS = 60 * 1000,
  PV_HTTP_MAX_RESPONSE_BYTES = 8 * 1024 * 1024,
  PV_HTTP_MAX_HEADER_BYTES = 64 * 1024, /* of one answer, all together */
  PV_HTTP_MAX_URL_BYTES = 8 * 1024,
  PV_HTTP_MAX_REDIRECTS = 5,
};

/* All strings are nullable and copied. 0 stands for the limits above. */
typedef struct {
  const char *ca_file;          /* PEM; trusted instead of the system's authorities */
  const char *client_cert_file; /* PEM; with its key, how a kiosk is known to the relay */
  const char *client_key_file;
  const char *proxy; /* "http://host:port"; never used for this machine */
  guint connect_timeout_ms;
  guint total_timeout_ms;
  gsize max_response_bytes;
  guint max_redirects; /* of a GET, within the same scheme, host and port; 0: none is followed */
} PvHttpOptions;

typedef struct PvHttpClient PvHttpClient;

/* @options: (nullable). Creating the first client initializes libcurl: before any other thread is started. */
PvHttpClient *pv_http_client_new (const PvHttpOptions *options) G_GNUC_WARN_UNUSED_RESULT;
PvHttpClient *pv_http_client_ref (PvHttpClient *client);
/* Requests under way hold a reference of their own: cancel them to end them. */
void pv_http_client_unref (PvHttpClient *client);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvHttpClient, pv_http_client_unref)

/* Borrowed for the call of pv_http_send_async() only; @body is referenced, and wiped by whoever made it. */
typedef struct {
  const char *method; /* GET, HEAD, POST, PUT, DELETE */
  const char *url;
  const char *const *headers; /* (nullable): "Name: value", NULL at the end */
  GBytes *body;               /* (nullable) */
  guint total_timeout_ms;     /* 0: the client's */
  gsize max_response_bytes;   /* 0: the client's */
} PvHttpRequest;

typedef struct PvHttpResponse PvHttpResponse;

/**
 * pv_http_send_async:
 *
 * Sends @request, once: only a GET or HEAD that met a stale connection is repeated. (libcurl would repeat a POST too
 * when a kept connection turns out closed, although it may have been read; so every other method gets a connection of
 * its own.) @callback comes later, never inside this call, exactly once. The wait ends after the total time, redirects
 * and the wait for the host's only connection included.
 */
void pv_http_send_async (PvHttpClient *client, const PvHttpRequest *request, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data);

/* Returns: (transfer full): a complete answer of whatever status, or NULL with a PV_HTTP_ERROR */
PvHttpResponse *pv_http_send_finish (PvHttpClient *client, GAsyncResult *result,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The body is wiped with its last reference. */
void pv_http_response_free (PvHttpResponse *response);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvHttpResponse, pv_http_response_free)

guint pv_http_response_get_status (const PvHttpResponse *response);
/* Name in any case; of several headers of a name the first; NULL if there is none. (transfer none) */
const char *pv_http_response_get_header (const PvHttpResponse *response, const char *name);
/* Media type in small letters without parameters, "" if there is none. (transfer none) */
const char *pv_http_response_get_content_type (const PvHttpResponse *response);
/* A header that is a date, in seconds since 1970. FALSE if there is none or it is no date. */
gboolean pv_http_response_get_time (const PvHttpResponse *response, const char *name, gint64 *ret_unix_s);
/* The same of the Date header. */
gboolean pv_http_response_get_date (const PvHttpResponse *response, gint64 *ret_unix_s);
/* Never NULL. (transfer none) */
GBytes *pv_http_response_get_body (const PvHttpResponse *response);
