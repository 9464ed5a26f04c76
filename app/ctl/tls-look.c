/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/tls-look.h"

#include <fcntl.h>
#include <gio/gio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>
#include <time.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SSL, SSL_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SSL_CTX, SSL_CTX_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509, X509_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIO, BIO_free)

static gint64
to_seconds (const ASN1_TIME *moment)
{
  struct tm parts = { 0 };

  return ASN1_TIME_to_tm (moment, &parts) == 1 ? (gint64) timegm (&parts) : 0;
}

gboolean
pv_tls_read_dates (const char *pem, gsize size, gint64 *ret_not_before_s, gint64 *ret_not_after_s)
{
  g_autoptr (BIO) bytes = BIO_new_mem_buf (pem, (int) MIN (size, G_MAXINT));
  gboolean is_there = FALSE;
  X509 *one;

  while ((one = PEM_read_bio_X509 (bytes, NULL, NULL, NULL)) != NULL) {
    gint64 end_s = to_seconds (X509_get0_notAfter (one));

    if (!is_there || end_s < *ret_not_after_s) {
      *ret_not_before_s = to_seconds (X509_get0_notBefore (one));
      *ret_not_after_s = end_s;
    }
    is_there = TRUE;
    X509_free (one);
  }
  ERR_clear_error ();
  return is_there;
}

static SSL_CTX *
make_context (const PvTlsLookTarget *target)
{
  SSL_CTX *context = SSL_CTX_new (TLS_client_method ());
  gboolean is_fine;

  if (context == NULL)
    return NULL;
  SSL_CTX_set_verify (context, SSL_VERIFY_PEER, NULL);
  is_fine = SSL_CTX_set_min_proto_version (context, TLS1_2_VERSION) == 1
            && (target->ca_file != NULL ? SSL_CTX_load_verify_locations (context, target->ca_file, NULL)
                                        : SSL_CTX_set_default_verify_paths (context))
                 == 1;
  if (target->cert_file != NULL && target->key_file != NULL)
    is_fine = is_fine && SSL_CTX_use_certificate_chain_file (context, target->cert_file) == 1
              && SSL_CTX_use_PrivateKey_file (context, target->key_file, SSL_FILETYPE_PEM) == 1;
  if (!is_fine)
    g_clear_pointer (&context, SSL_CTX_free);
  return context;
}

static gboolean
set_name (SSL *ssl, const char *host)
{
  X509_VERIFY_PARAM *rules = SSL_get0_param (ssl);

  if (g_hostname_is_ip_address (host))
    return X509_VERIFY_PARAM_set1_ip_asc (rules, host) == 1;
  return SSL_set_tlsext_host_name (ssl, host) == 1 && SSL_set1_host (ssl, host) == 1;
}

static void
set_wait (int fd, int seconds)
{
  const struct timeval wait = { .tv_sec = seconds };

  (void) setsockopt (fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
  (void) setsockopt (fd, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof wait);
}

static void
read_peer (SSL *ssl, gint64 *ret_not_before_s, gint64 *ret_not_after_s)
{
  g_autoptr (X509) peer = SSL_get1_peer_certificate (ssl);

  if (peer == NULL)
    return;
  *ret_not_before_s = to_seconds (X509_get0_notBefore (peer));
  *ret_not_after_s = to_seconds (X509_get0_notAfter (peer));
}

static PvTlsLookEnd
judge_failure (SSL *ssl, int answer)
{
  int kind = SSL_get_error (ssl, answer);

  if (kind == SSL_ERROR_WANT_READ || kind == SSL_ERROR_WANT_WRITE)
    return PV_TLS_LOOK_SILENT;
  if (SSL_get_verify_result (ssl) != X509_V_OK)
    return PV_TLS_LOOK_STRANGER;
  return kind == SSL_ERROR_SSL ? PV_TLS_LOOK_REFUSED : PV_TLS_LOOK_SILENT;
}

static PvTlsLookEnd
shake_hands (const PvTlsLookTarget *target, int fd, gint64 *ret_not_before_s, gint64 *ret_not_after_s)
{
  g_autoptr (SSL_CTX) context = make_context (target);
  g_autoptr (SSL) ssl = context != NULL ? SSL_new (context) : NULL;
  char byte;
  int answer;

  if (ssl == NULL || !set_name (ssl, target->host) || SSL_set_fd (ssl, fd) != 1)
    return PV_TLS_LOOK_FILES;
  set_wait (fd, PV_TLS_LOOK_S);
  answer = SSL_connect (ssl);
  read_peer (ssl, ret_not_before_s, ret_not_after_s);
  if (answer != 1)
    return judge_failure (ssl, answer);
  if (target->waits_for_refusal) {
    set_wait (fd, 1);
    answer = SSL_read (ssl, &byte, 1);
    if (answer <= 0 && SSL_get_error (ssl, answer) == SSL_ERROR_SSL)
      return PV_TLS_LOOK_REFUSED;
  }
  return PV_TLS_LOOK_FINE;
}

PvTlsLookEnd
pv_tls_look (const PvTlsLookTarget *target, gint64 *ret_not_before_s, gint64 *ret_not_after_s)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  PvTlsLookEnd end;
  int fd, flags;

  *ret_not_before_s = *ret_not_after_s = 0;
  g_socket_client_set_timeout (client, PV_TLS_LOOK_S);
  g_socket_client_set_enable_proxy (client, FALSE);
  connection = g_socket_client_connect_to_host (client, target->host, (guint16) target->port, NULL, NULL);
  if (connection == NULL)
    return PV_TLS_LOOK_OFFLINE;
  /* GIO keeps its descriptors from blocking and waits by itself; OpenSSL waits in the kernel. */
  fd = g_socket_get_fd (g_socket_connection_get_socket (connection));
  flags = fcntl (fd, F_GETFL);
  if (flags < 0 || fcntl (fd, F_SETFL, flags & ~O_NONBLOCK) != 0)
    return PV_TLS_LOOK_SILENT;
  end = shake_hands (target, fd, ret_not_before_s, ret_not_after_s);
  ERR_clear_error ();
  return end;
}
