/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/mqtt.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <time.h>

#include "platform/plain-file.h"

enum { MAX_FILE_BYTES = 64 * 1024, MAX_NAME_BYTES = 64 };

gboolean
pv_mqtt_certificate_read (const char *path, char **ret_name, gint64 *ret_ends_s)
{
  gsize size = 0;
  g_autofree char *text = path != NULL ? pv_plain_file_read (path, MAX_FILE_BYTES, &size, NULL) : NULL;
  BIO *bytes = text != NULL ? BIO_new_mem_buf (text, (int) size) : NULL;
  X509 *certificate = bytes != NULL ? PEM_read_bio_X509 (bytes, NULL, NULL, NULL) : NULL;
  char name[MAX_NAME_BYTES + 1] = "";
  struct tm end = { 0 };
  gboolean is_read =
    certificate != NULL
    && X509_NAME_get_text_by_NID (X509_get_subject_name (certificate), NID_commonName, name, sizeof name) > 0
    && ASN1_TIME_to_tm (X509_get0_notAfter (certificate), &end) == 1;

  X509_free (certificate);
  BIO_free (bytes);
  ERR_clear_error ();
  if (!is_read)
    return FALSE;
  *ret_name = g_strdup (name);
  *ret_ends_s = (gint64) timegm (&end);
  return TRUE;
}
