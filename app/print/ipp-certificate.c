/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "print/ipp-certificate.h"

#include "print/ipp.h"

#include <openssl/x509.h>
#include <string.h>

static char *
hash_public_key (const http_credential_t *credential)
{
  const unsigned char *at = credential->data;
  X509 *certificate = d2i_X509 (NULL, &at, (long) credential->datalen);
  unsigned char *key = NULL;
  int size = certificate != NULL ? i2d_X509_PUBKEY (X509_get_X509_PUBKEY (certificate), &key) : 0;
  char *fingerprint = size > 0 ? g_compute_checksum_for_data (G_CHECKSUM_SHA256, key, (gsize) size) : NULL;

  OPENSSL_free (key);
  X509_free (certificate);
  return fingerprint;
}

char *
pv_ipp_get_fingerprint (http_t *http)
{
  cups_array_t *credentials = NULL;
  const http_credential_t *own;
  char *fingerprint = NULL;

  if (!httpIsEncrypted (http) || httpCopyCredentials (http, &credentials) != 0)
    return NULL;
  /* The first is the printer's own; its authorities, if any, follow. */
  own = cupsArrayFirst (credentials);
  if (own != NULL)
    fingerprint = hash_public_key (own);
  httpFreeCredentials (credentials);
  return fingerprint;
}

char *
pv_ipp_read_certificate (const char *uri, GError **error)
{
  char scheme[32], user[256], host[256], resource[1024];
  char *fingerprint = NULL;
  http_t *http;
  int port;

  if (httpSeparateURI (HTTP_URI_CODING_ALL, uri, scheme, sizeof scheme, user, sizeof user, host, sizeof host, &port,
                       resource, sizeof resource)
        < HTTP_URI_STATUS_OK
      || strcmp (scheme, "ipps") != 0) {
    g_set_error (error, PV_PRINT_ERROR, PV_PRINT_ERROR_REFUSED, "not an encrypted address of a printer: ipps://");
    return NULL;
  }
  http = httpConnect2 (host, port, NULL, AF_UNSPEC, HTTP_ENCRYPTION_ALWAYS, 1, PV_IPP_REQUEST_MS, NULL);
  if (http != NULL && httpGetFd (http) >= 0)
    fingerprint = pv_ipp_get_fingerprint (http);
  httpClose (http);
  if (fingerprint == NULL)
    g_set_error (error, PV_PRINT_ERROR, PV_PRINT_ERROR_OFFLINE, "no encrypted connection to the printer");
  return fingerprint;
}
