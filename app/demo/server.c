/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "demo/server.h"

#include <libsoup/soup.h>
#include <string.h>

#include "demo/control.h"
#include "demo/drop-door.h"
#include "demo/invoice-pages.h"
#include "demo/invoices.h"
#include "demo/journal.h"
#include "demo/prefill.h"
#include "demo/tally.h"

#define RUBBISH    "<!DOCTYPE html><title>Service</title><p>Le service est momentanément indisponible.</p>"
#define SERVER_500 "<!DOCTYPE html><title>500</title><h1>Internal Server Error</h1>"

struct PvDemoServer {
  SoupServer *portal, *relay, *control;
  PvDemoPortal data;
  PvDemoPages *pages;
  PvDemoFaults *faults;
  PvDemoDesk *desk;         /* (nullable) */
  PvDemoPrinters *printers; /* (nullable) */
  PvDemoSignatures *signatures;
  PvDemoTally *tally;
  PvDemoDropDoor *drops;
  char *portal_url; /* ends in "/" */
  GHashTable *waiting;
};

/* An answer that is held back. */
typedef struct Waiting {
  PvDemoServer *self;
  SoupServerMessage *message;
  PvDemoReply *reply; /* (nullable): the message has it already */
  PvDemoTrouble *trouble;
  guint timer;
} Waiting;

static gint64
portal_now_us (PvDemoServer *self)
{
  return g_get_real_time () + pv_demo_faults_get_clock_s (self->faults) * G_USEC_PER_SEC;
}

/* Sending ---------------------------------------------------------------------------------------------------------- */

/* The peer sees the end of the connection; whatever is written afterwards goes nowhere. */
static void
hang_up (SoupServerMessage *message)
{
  GSocket *socket = soup_server_message_get_socket (message);

  if (socket != NULL)
    g_socket_shutdown (socket, TRUE, TRUE, NULL);
}

static void
hang_up_cb (SoupServerMessage *message, gpointer user_data)
{
  (void) user_data;
  hang_up (message);
}

/* The clock of the answer is the portal's, right or wrong. */
static void
set_date (PvDemoServer *self, SoupServerMessage *message)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (portal_now_us (self) / G_USEC_PER_SEC);
  g_autofree char *date = soup_date_time_to_string (now, SOUP_DATE_HTTP);

  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Date", date);
}

static void
send_text (PvDemoServer *self, SoupServerMessage *message, guint status, const char *type, const char *text)
{
  GString *body = g_string_new (text);
  gsize length;

  g_string_replace (body, PV_DEMO_BASE, self->portal_url, 0);
  length = body->len;
  set_date (self, message);
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, type, SOUP_MEMORY_TAKE, g_string_free (body, FALSE), length);
}

/* Announces the whole and ends the connection after the first half. */
static void
send_half (SoupServerMessage *message, const char *text)
{
  SoupMessageBody *body = soup_server_message_get_response_body (message);
  gsize half = strlen (text) / 2;

  soup_server_message_set_status (message, 200, NULL);
  soup_message_headers_set_content_type (soup_server_message_get_response_headers (message), "application/json", NULL);
  soup_message_body_append (body, SOUP_MEMORY_COPY, text, half);
  soup_message_body_append (body, SOUP_MEMORY_COPY, text + half, strlen (text) - half);
  g_signal_connect (message, "wrote-chunk", G_CALLBACK (hang_up_cb), NULL);
}

static void
send_reply (PvDemoServer *self, SoupServerMessage *message, const PvDemoReply *reply, const PvDemoTrouble *trouble)
{
  if (trouble->has[PV_DEMO_FAULT_DROP_AFTER_STORE]) {
    soup_server_message_set_status (message, 500, NULL);
    hang_up (message);
  } else if (trouble->has[PV_DEMO_FAULT_CUT]) {
    send_half (message, reply->body);
  } else if (trouble->has[PV_DEMO_FAULT_TRUNCATED]) {
    g_autofree char *half = g_strndup (reply->body, strlen (reply->body) / 2);

    send_text (self, message, reply->status, "application/json", half);
  } else if (trouble->has[PV_DEMO_FAULT_RUBBISH]) {
    send_text (self, message, 200, "text/html; charset=utf-8", RUBBISH);
  } else if (trouble->has[PV_DEMO_FAULT_ERROR_500_AFTER]) {
    send_text (self, message, 500, "text/html; charset=utf-8", SERVER_500);
  } else if (reply->file != NULL) {
    gsize size;
    const char *data = g_bytes_get_data (reply->file, &size);

    set_date (self, message);
    soup_server_message_set_status (message, reply->status, NULL);
    soup_server_message_set_response (message, reply->type, SOUP_MEMORY_COPY, data, size);
  } else {
    if (reply->rate_limit_reset_s > 0) {
      g_autofree char *reset = g_strdup_printf ("%" G_GINT64_FORMAT, reply->rate_limit_reset_s);

      soup_message_headers_replace (soup_server_message_get_response_headers (message), "RateLimit-Reset", reset);
    }
    send_text (self, message, reply->status,
               reply->is_html       ? "text/html; charset=utf-8"
               : reply->is_calendar ? "text/calendar; charset=utf-8"
                                    : "application/json",
               reply->body);
  }
}

static void
waiting_free (gpointer data)
{
  Waiting *waiting = data;

  g_clear_handle_id (&waiting->timer, g_source_remove);
  g_signal_handlers_disconnect_by_data (waiting->message, waiting);
  g_object_unref (waiting->message);
  g_clear_pointer (&waiting->reply, pv_demo_reply_free);
  pv_demo_trouble_free (waiting->trouble);
  g_free (waiting);
}

static gboolean
delay_is_over_cb (gpointer user_data)
{
  Waiting *waiting = user_data;
  PvDemoServer *self = waiting->self;

  waiting->timer = 0;
  g_signal_handlers_disconnect_by_data (waiting->message, waiting);
  if (waiting->reply != NULL)
    send_reply (self, waiting->message, waiting->reply, waiting->trouble);
  soup_server_message_unpause (waiting->message);
  g_hash_table_remove (self->waiting, waiting);
  return G_SOURCE_REMOVE;
}

static void
client_left_cb (SoupServerMessage *message, gpointer user_data)
{
  Waiting *waiting = user_data;

  (void) message;
  g_hash_table_remove (waiting->self->waiting, waiting);
}

/* Takes @reply (nullable) and @trouble. */
static void
hold_back (PvDemoServer *self, SoupServerMessage *message, PvDemoReply *reply, PvDemoTrouble *trouble)
{
  Waiting *waiting = g_new0 (Waiting, 1);

  waiting->self = self;
  waiting->message = g_object_ref (message);
  waiting->reply = reply;
  waiting->trouble = trouble;
  waiting->timer = g_timeout_add_seconds ((guint) trouble->delay_s, delay_is_over_cb, waiting);
  g_signal_connect (message, "finished", G_CALLBACK (client_left_cb), waiting);
  g_hash_table_add (self->waiting, waiting);
  soup_server_message_pause (message);
}

/* Takes @reply and @trouble. */
static void
send_or_wait (PvDemoServer *self, SoupServerMessage *message, PvDemoReply *reply, PvDemoTrouble *trouble)
{
  if (trouble->delay_s > 0) {
    hold_back (self, message, reply, trouble);
    return;
  }
  send_reply (self, message, reply, trouble);
  pv_demo_reply_free (reply);
  pv_demo_trouble_free (trouble);
}

/* Receiving -------------------------------------------------------------------------------------------------------- */

typedef PvDemoReply *(*Answer) (PvDemoPortal *portal, const PvDemoRequest *request);

/* What is refused before the call is looked at, or NULL. */
static PvDemoReply *
refuse_by_fault (const PvDemoTrouble *trouble)
{
  PvDemoReply *reply;

  if (trouble->has[PV_DEMO_FAULT_REFUSE])
    return pv_demo_reply_new_error (trouble->status, trouble->code, trouble->desc);
  if (!trouble->has[PV_DEMO_FAULT_ERROR_500])
    return NULL;
  reply = pv_demo_reply_new (500, g_strdup (SERVER_500));
  reply->is_html = TRUE;
  return reply;
}

static void
handle (PvDemoServer *self, SoupServerMessage *message, const char *path, const PvDemoAccess *access, Answer answer)
{
  const char *method = soup_server_message_get_method (message);
  const char *call = pv_demo_call_name (method, path);
  g_autoptr (PvDemoTrouble) trouble = pv_demo_faults_take (self->faults, call);
  g_autoptr (GBytes) body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  PvDemoRequest request = { .method = method, .path = path, .access = access };
  PvDemoReply *reply;
  gint64 number;

  request.query = g_uri_get_query (soup_server_message_get_uri (message));
  request.content_type = soup_message_headers_get_one (headers, "Content-Type");
  request.body = g_bytes_get_data (body, &request.body_size);
  request.now_us = portal_now_us (self);
  request.deleted_slug = trouble->has[PV_DEMO_FAULT_FORM_DELETED] ? trouble->slug : NULL;
  request.is_sold_out = trouble->has[PV_DEMO_FAULT_SOLD_OUT];
  request.disabled_slug = trouble->has[PV_DEMO_FAULT_FORM_DISABLED] ? trouble->slug : NULL;
  number = pv_demo_journal_begin (&self->data, call, &request);
  if (trouble->has[PV_DEMO_FAULT_DROP_BEFORE_STORE]) {
    soup_server_message_set_status (message, 500, NULL);
    hang_up (message);
    return;
  }
  reply = refuse_by_fault (trouble);
  if (reply == NULL && request.body_size > PV_DEMO_MAX_BODY_BYTES)
    reply = pv_demo_reply_new_error (413, "request-entity-too-large", "Request entity too large");
  if (reply == NULL)
    reply = answer (&self->data, &request);
  pv_demo_journal_end (&self->data, number, call, reply, trouble);
  send_or_wait (self, message, reply, g_steal_pointer (&trouble));
}

static void
send_and_free (PvDemoServer *self, SoupServerMessage *message, PvDemoReply *reply)
{
  send_or_wait (self, message, reply, g_new0 (PvDemoTrouble, 1));
}

/* NULL: refused, and answered. */
static const PvDemoAccess *
check_access (PvDemoServer *self, SoupServerMessage *message)
{
  const char *header =
    soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Authorization");
  const char *query = g_uri_get_query (soup_server_message_get_uri (message));
  const PvDemoAccess *access = pv_demo_signatures_check_basic (self->signatures, header);
  g_autoptr (GError) error = NULL;

  if (access != NULL)
    return access;
  if (header != NULL) {
    soup_message_headers_append (soup_server_message_get_response_headers (message), "WWW-Authenticate",
                                 "Basic realm=\"Montclair\"");
    send_and_free (self, message,
                   pv_demo_reply_new_error (401, "access-unauthorized", "Invalid username or password."));
    return NULL;
  }
  access = pv_demo_signatures_check (self->signatures, query, portal_now_us (self), &error);
  if (access == NULL)
    send_and_free (self, message, pv_demo_reply_new_error (403, "access-denied", error->message));
  return access;
}

/* Of the portal, or of the other site. */
static PvDemoReply *
show_page (PvDemoServer *self, const char *path, const char *query)
{
  PvDemoReply *reply = pv_demo_prefill_answer_page (self->data.prefill, self->pages, path, query, portal_now_us (self));

  return reply != NULL ? reply : pv_demo_pages_answer_portal (self->pages, path);
}

static void
portal_called_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query,
                  gpointer user_data)
{
  PvDemoServer *self = user_data;
  const PvDemoAccess *access;

  (void) server;
  (void) query;
  if (!g_str_has_prefix (path, "/api/")) {
    PvDemoReply *page =
      pv_demo_invoice_pages_answer (&self->data, self->pages, soup_server_message_get_method (message), path);

    send_and_free (self, message,
                   page != NULL ? page
                                : show_page (self, path, g_uri_get_query (soup_server_message_get_uri (message))));
    return;
  }
  pv_demo_tally_add (self->tally, pv_demo_call_name (soup_server_message_get_method (message), path));
  if (g_str_has_prefix (path, "/api/public/")) {
    handle (self, message, path, NULL, pv_demo_public_answer);
    return;
  }
  access = check_access (self, message);
  if (access != NULL)
    handle (self, message, path, access, pv_demo_api_answer);
}

/* A document of a phone. */
static void
handle_drop (PvDemoServer *self, SoupServerMessage *message, const char *path)
{
  g_autoptr (PvDemoTrouble) trouble = pv_demo_faults_take (self->faults, PV_DEMO_DROP_CALL);

  if (trouble->has[PV_DEMO_FAULT_DROP_BEFORE_STORE]) {
    soup_server_message_set_status (message, 500, NULL);
    hang_up (message);
    return;
  }
  pv_demo_drop_door_answer (self->drops, message, path, portal_now_us (self), trouble);
  if (trouble->has[PV_DEMO_FAULT_DROP_AFTER_STORE])
    hang_up (message);
  else if (trouble->delay_s > 0)
    hold_back (self, message, NULL, g_steal_pointer (&trouble));
}

static void
relay_called_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query,
                 gpointer user_data)
{
  PvDemoServer *self = user_data;

  (void) server;
  (void) query;
  if (pv_demo_drop_door_is_page (path)) {
    pv_demo_drop_door_show_page (self->drops, message, path);
    return;
  }
  if (pv_demo_drop_door_is_place (path)) {
    pv_demo_tally_add (self->tally, PV_DEMO_DROP_CALL);
    handle_drop (self, message, path);
    return;
  }
  pv_demo_tally_add (self->tally, pv_demo_call_name (soup_server_message_get_method (message), path));
  handle (self, message, path, NULL, pv_demo_relay_answer);
}

/* Control ----------------------------------------------------------------------------------------------------------- */

static void
control_called_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query,
                   gpointer user_data)
{
  PvDemoServer *self = user_data;
  g_autoptr (GBytes) body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  PvDemoRequest request = { .method = soup_server_message_get_method (message),
                            .path = path,
                            .query = g_uri_get_query (soup_server_message_get_uri (message)),
                            .now_us = portal_now_us (self) };

  (void) server;
  (void) query;
  if (g_str_equal (path, "/demo/requests")) {
    send_and_free (self, message, pv_demo_reply_new (200, pv_demo_tally_to_json (self->tally)));
    return;
  }
  request.body = g_bytes_get_data (body, &request.body_size);
  send_and_free (self, message,
                 pv_demo_control_answer (&self->data, self->faults, self->pages, self->desk, self->printers, &request));
}

/* Starting --------------------------------------------------------------------------------------------------------- */

static gboolean
check_client_cb (SoupServerMessage *message, GTlsCertificate *certificate, GTlsCertificateFlags problems,
                 gpointer user_data)
{
  (void) message;
  (void) certificate;
  (void) user_data;
  return problems == 0;
}

/* libsoup refuses every client certificate that nobody accepts, the good ones too. */
static void
request_started_cb (SoupServer *server, SoupServerMessage *message, gpointer user_data)
{
  (void) server;
  (void) user_data;
  g_signal_connect (message, "accept-certificate", G_CALLBACK (check_client_cb), NULL);
}

static SoupServer *
listen (PvDemoServer *self, guint port, GTlsCertificate *certificate, GTlsDatabase *clients, SoupServerCallback called,
        GError **error)
{
  SoupServerListenOptions options = SOUP_SERVER_LISTEN_IPV4_ONLY;
  g_autoptr (SoupServer) server = soup_server_new ("server-header", "parvis-demo ", NULL);

  if (certificate != NULL) {
    soup_server_set_tls_certificate (server, certificate);
    options |= SOUP_SERVER_LISTEN_HTTPS;
  }
  if (clients != NULL) {
    soup_server_set_tls_database (server, clients);
    soup_server_set_tls_auth_mode (server, G_TLS_AUTHENTICATION_REQUIRED);
    g_signal_connect (server, "request-started", G_CALLBACK (request_started_cb), NULL);
  }
  soup_server_add_handler (server, NULL, called, self, NULL);
  if (!soup_server_listen_local (server, port, options, error))
    return NULL;
  return g_steal_pointer (&server);
}

static gboolean
load_tls (const PvDemoOptions *options, GTlsCertificate **ret_certificate, GTlsDatabase **ret_clients, GError **error)
{
  const char *key = options->relay_key != NULL ? options->relay_key : options->relay_certificate;

  if (options->relay_certificate == NULL)
    return TRUE;
  *ret_certificate = g_tls_certificate_new_from_files (options->relay_certificate, key, error);
  if (*ret_certificate == NULL)
    return FALSE;
  if (options->relay_client_ca != NULL)
    *ret_clients = g_tls_file_database_new (options->relay_client_ca, error);
  return options->relay_client_ca == NULL || *ret_clients != NULL;
}

static guint
get_port (SoupServer *server)
{
  g_autoslist (GUri) uris = soup_server_get_uris (server);

  return uris != NULL ? (guint) g_uri_get_port (uris->data) : 0;
}

static void
add_accesses (PvDemoServer *self)
{
  g_autoptr (PvJson) accesses = pv_json_get_member (pv_demo_site_get_settings (self->data.site), "accesses");

  for (gsize i = 0; accesses != NULL && i < pv_json_get_length (accesses); i++) {
    g_autoptr (PvJson) access = pv_json_get_item (accesses, i);
    g_autofree char *id = pv_demo_text (access, "id");
    g_autofree char *key = pv_demo_text (access, "key");
    g_autofree char *role = pv_demo_text (access, "role");

    pv_demo_signatures_add (self->signatures, id, key, *role != '\0' ? role : NULL);
  }
}

/* The States of its cards, and the list of their roots, are kept beside what was filed. */
static gboolean
set_up_desk (PvDemoServer *self, const PvDemoOptions *options, GError **error)
{
  g_autofree char *cards = g_build_filename (options->data_dir, "cards", NULL);
  g_autofree char *issuers = g_build_filename (options->state_dir, "issuers", NULL);

  if (options->reader_link == NULL)
    return TRUE;
  self->desk =
    pv_demo_desk_new (options->cards_dir != NULL ? options->cards_dir : cards, options->reader_link, issuers, error);
  pv_demo_pages_set_has_cards (self->pages, self->desk != NULL);
  return self->desk != NULL;
}

static gboolean
set_up_printers (PvDemoServer *self, const PvDemoOptions *options, GError **error)
{
  if (options->printer_dir == NULL && options->roll_link == NULL)
    return TRUE;
  self->printers = pv_demo_printers_new (options->printer_dir, options->roll_link, error);
  pv_demo_pages_set_has_printers (self->pages, self->printers != NULL);
  return self->printers != NULL;
}

PvDemoServer *
pv_demo_server_start (const PvDemoOptions *options, GError **error)
{
  g_autoptr (PvDemoServer) self = g_new0 (PvDemoServer, 1);
  g_autoptr (GTlsCertificate) certificate = NULL;
  g_autoptr (GTlsDatabase) clients = NULL;

  self->faults = pv_demo_faults_new ();
  self->signatures = pv_demo_signatures_new ();
  self->tally = pv_demo_tally_new ();
  self->drops = pv_demo_drop_door_new (options->page_dir != NULL ? options->page_dir : PV_DEMO_PAGE_DIR);
  self->waiting = g_hash_table_new_full (NULL, NULL, waiting_free, NULL);
  self->data.site = pv_demo_site_load (options->data_dir, error);
  if (self->data.site == NULL)
    return NULL;
  add_accesses (self);
  self->data.prefill = pv_demo_prefill_new (self->data.site);
  self->data.store = pv_demo_store_open (options->state_dir, error);
  if (self->data.store == NULL
      || !pv_demo_invoices_open (self->data.store, pv_demo_site_get_settings (self->data.site), g_get_real_time (),
                                 error))
    return NULL;
  self->pages = pv_demo_pages_new (options->data_dir, &self->data, error);
  if (self->pages == NULL || !load_tls (options, &certificate, &clients, error) || !set_up_desk (self, options, error)
      || !set_up_printers (self, options, error))
    return NULL;
  self->portal = listen (self, options->portal_port, NULL, NULL, portal_called_cb, error);
  if (self->portal == NULL)
    return NULL;
  self->portal_url = g_strdup_printf ("http://127.0.0.1:%u/", get_port (self->portal));
  self->relay = listen (self, options->relay_port, certificate, clients, relay_called_cb, error);
  if (self->relay == NULL)
    return NULL;
  self->control = listen (self, options->control_port, NULL, NULL, control_called_cb, error);
  if (self->control == NULL)
    return NULL;
  return g_steal_pointer (&self);
}

static void
stop_listening (SoupServer *server)
{
  if (server == NULL)
    return;
  soup_server_disconnect (server);
  g_object_unref (server);
}

void
pv_demo_server_stop (PvDemoServer *self)
{
  if (self == NULL)
    return;
  g_hash_table_remove_all (self->waiting);
  stop_listening (self->portal);
  stop_listening (self->relay);
  stop_listening (self->control);
  g_hash_table_unref (self->waiting);
  pv_demo_desk_free (self->desk);
  pv_demo_printers_free (self->printers);
  pv_demo_pages_free (self->pages);
  pv_demo_store_close (self->data.store);
  pv_demo_prefill_free (self->data.prefill);
  pv_demo_site_free (self->data.site);
  pv_demo_faults_free (self->faults);
  pv_demo_signatures_free (self->signatures);
  pv_demo_tally_free (self->tally);
  pv_demo_drop_door_free (self->drops);
  g_free (self->portal_url);
  g_free (self);
}

guint
pv_demo_server_get_portal_port (PvDemoServer *self)
{
  return get_port (self->portal);
}

guint
pv_demo_server_get_relay_port (PvDemoServer *self)
{
  return get_port (self->relay);
}

guint
pv_demo_server_get_control_port (PvDemoServer *self)
{
  return get_port (self->control);
}

PvDemoFaults *
pv_demo_server_get_faults (PvDemoServer *self)
{
  return self->faults;
}

PvDemoSignatures *
pv_demo_server_get_signatures (PvDemoServer *self)
{
  return self->signatures;
}
