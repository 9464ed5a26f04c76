/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* enrol-root.c: what vouches for everybody, and the files of all enrolments. */

#include <errno.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#include "assist/certificate.h"
#include "core/wipe.h"
#include "ctl/enrol.h"

gboolean
pv_enrol_open (PvEnrolFiles *files, const char *folder)
{
  files->folder = folder;
  files->made = g_ptr_array_new_with_free_func (g_free);
  if (g_mkdir_with_parents (folder, 0700) == 0)
    return TRUE;
  pv_ctl_fail ("%s: %s", folder, g_strerror (errno));
  return FALSE;
}

gboolean
pv_enrol_write (PvEnrolFiles *files, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (files->folder, name, NULL);

  if (!pv_ctl_write_new (path, text, strlen (text), 0600))
    return FALSE;
  g_ptr_array_add (files->made, g_steal_pointer (&path));
  return TRUE;
}

gboolean
pv_enrol_write_pair (PvEnrolFiles *files, const char *name, const PvTlsPair *pair)
{
  g_autofree char *key = g_strconcat (name, ".key", NULL), *certificate = g_strconcat (name, ".pem", NULL);

  return pv_enrol_write (files, key, pair->key) && pv_enrol_write (files, certificate, pair->certificate);
}

gboolean
pv_enrol_write_bytes (PvEnrolFiles *files, const char *name, const guint8 *bytes, gsize size)
{
  g_autoptr (PvSecretStr) text = g_base64_encode (bytes, size);
  g_autoptr (PvSecretStr) line = g_strconcat (text, "\n", NULL);

  return pv_enrol_write (files, name, line);
}

int
pv_enrol_close (PvEnrolFiles *files, gboolean is_done)
{
  for (guint i = 0; i < files->made->len; i++)
    if (is_done)
      g_print ("%s\n", (const char *) files->made->pdata[i]);
    else
      unlink (files->made->pdata[i]); /* of no use alone, and in the way of another try */
  g_ptr_array_unref (files->made);
  return is_done ? PV_CTL_OK : PV_CTL_FAILED;
}

gboolean
pv_enrol_write_authority (PvEnrolFiles *files, const char *name, const char *of)
{
  g_autofree char *title = g_strdup_printf ("%s, %s", of, name);
  g_autoptr (PvTlsPair) pair = pv_tls_pair_new (PV_TLS_AUTHORITY, title, NULL, NULL, PV_ENROL_ROOT_DAYS);

  if (pair == NULL) {
    pv_ctl_fail ("no certificate can be made for \"%s\": at most 50 bytes, please", of);
    return FALSE;
  }
  return pv_enrol_write_pair (files, name, pair);
}

static gboolean
write_root (PvEnrolFiles *files)
{
  guint8 key[PV_CERTIFICATE_KEY_BYTES], secret[PV_CERTIFICATE_SECRET_BYTES];
  gboolean is_written;

  crypto_sign_keypair (key, secret);
  is_written = pv_enrol_write_bytes (files, "root.key", secret, sizeof secret)
               && pv_enrol_write_bytes (files, "root.pub", key, sizeof key);
  pv_wipe_bytes (secret, sizeof secret);
  return is_written;
}

int
pv_ctl_enrol_root (const PvCtl *ctl, char **arguments)
{
  PvEnrolFiles files = { 0 };
  const char *name = arguments[0] != NULL ? arguments[1] : NULL;

  (void) ctl;
  if (name == NULL || *name == '\0' || arguments[2] != NULL) {
    pv_ctl_fail ("use: parvisctl enrol root FOLDER NAME");
    return PV_CTL_USAGE;
  }
  if (!pv_assist_init ())
    return pv_ctl_fail ("no randomness");
  /* Three authorities of TLS, so that none of them can stand in for another. */
  return pv_enrol_close (&files, pv_enrol_open (&files, arguments[0]) && write_root (&files)
                                   && pv_enrol_write_authority (&files, "kiosks", name)
                                   && pv_enrol_write_authority (&files, "mediators", name)
                                   && pv_enrol_write_authority (&files, "brokers", name)
                                   && pv_enrol_make_lists (arguments[0]));
}
