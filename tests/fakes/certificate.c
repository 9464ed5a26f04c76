/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "certificate.h"

gboolean
certificate_make (const char *folder, const char *name, const char *signer, const char *alt_name)
{
  g_autofree char *cert = g_strdup_printf ("%s/%s.pem", folder, name);
  g_autofree char *key = g_strdup_printf ("%s/%s.key", folder, name);
  g_autofree char *subject = g_strdup_printf ("/CN=parvis-test-%s", name);
  g_autofree char *extension = g_strdup_printf ("subjectAltName=%s", alt_name);
  g_autofree char *ca_cert = g_strdup_printf ("%s/%s.pem", folder, signer != NULL ? signer : "");
  g_autofree char *ca_key = g_strdup_printf ("%s/%s.key", folder, signer != NULL ? signer : "");
  /* Self-signed without a signer: the list ends before -CA. */
  const char *argv[] = { "openssl",
                         "req",
                         "-x509",
                         "-newkey",
                         "ec",
                         "-pkeyopt",
                         "ec_paramgen_curve:prime256v1",
                         "-nodes",
                         "-keyout",
                         key,
                         "-out",
                         cert,
                         "-days",
                         "2",
                         "-subj",
                         subject,
                         "-addext",
                         extension,
                         signer != NULL ? "-CA" : NULL,
                         ca_cert,
                         "-CAkey",
                         ca_key,
                         "-addext",
                         "basicConstraints=critical,CA:FALSE",
                         NULL };
  int status = -1;

  return g_spawn_sync (NULL, (char **) argv, NULL,
                       G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL,
                       NULL, &status, NULL)
         && status == 0;
}
