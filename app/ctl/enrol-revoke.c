/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* enrol-revoke.c: taking a kiosk or a mediator out: the lists of revoked certificates that the broker reads. */

#include <glib/gstdio.h>
#include <string.h>

#include "ctl/enrol.h"
#include "ctl/tls-revocation.h"
#include "platform/carrier-name.h"

static const char *const authorities[] = { "kiosks", "mediators" };

/* NULL: it is not there, or cannot be read. */
static char *
read_quietly (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);
  return text;
}

/* Whole or not at all: a broker that reads half a list lets nobody in. */
static gboolean
write_list (const char *root, const char *name, const char *list)
{
  g_autofree char *path = g_build_filename (root, name, NULL);
  g_autoptr (GError) error = NULL;

  if (g_file_set_contents_full (path, list, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                &error))
    return TRUE;
  pv_ctl_fail ("%s", error->message);
  return FALSE;
}

/* (transfer full): the list of @authority, with @certificate (nullable) on it; NULL after having said why */
static char *
make_list (const char *root, const char *authority, const PvTlsPair *pair, const char *certificate)
{
  g_autofree char *name = g_strconcat (authority, ".crl", NULL), *path = g_build_filename (root, name, NULL),
                  *old = read_quietly (root, name);
  char *list = NULL;

  if (old != NULL || !g_file_test (path, G_FILE_TEST_EXISTS))
    list = pv_tls_revoke (pair, old, certificate, PV_ENROL_ROOT_DAYS);
  if (list == NULL)
    pv_ctl_fail ("%s: not a list of %s/%s.pem", path, root, authority);
  return list;
}

gboolean
pv_enrol_make_lists (const char *root)
{
  for (gsize i = 0; i < G_N_ELEMENTS (authorities); i++) {
    g_autofree char *name = g_strconcat (authorities[i], ".crl", NULL), *path = g_build_filename (root, name, NULL),
                    *list = NULL;
    g_autoptr (PvTlsPair) pair = NULL;

    if (g_file_test (path, G_FILE_TEST_EXISTS))
      continue;
    pair = pv_enrol_read_authority (root, authorities[i]);
    list = pair != NULL ? make_list (root, authorities[i], pair, NULL) : NULL;
    if (list == NULL || !write_list (root, name, list))
      return FALSE;
  }
  return TRUE;
}

gboolean
pv_enrol_note_issued (const char *root, const char *id, const char *certificate)
{
  g_autofree char *folder = g_build_filename (root, "issued", NULL), *name = g_strconcat (id, ".pem", NULL),
                  *path = g_build_filename (folder, name, NULL);

  g_mkdir (folder, 0700);
  return pv_ctl_write_new (path, certificate, strlen (certificate), 0600);
}

/* The certificate of an id, or of a file. (transfer full): NULL after having said why */
static char *
find_certificate (const char *root, const char *who)
{
  g_autofree char *folder = g_build_filename (root, "issued", NULL), *name = g_strconcat (who, ".pem", NULL), *text;
  g_autoptr (GError) error = NULL;

  if (pv_carrier_is_id (who)) {
    text = read_quietly (folder, name);
    if (text == NULL)
      pv_ctl_fail ("%s/%s is not there: name the certificate itself, broker-client.pem", folder, name);
    return g_steal_pointer (&text);
  }
  text = NULL;
  if (!g_file_get_contents (who, &text, NULL, &error))
    pv_ctl_fail ("%s", error->message);
  return g_steal_pointer (&text);
}

int
pv_ctl_enrol_revoke (const PvCtl *ctl, char **arguments)
{
  g_autofree char *certificate = NULL;

  (void) ctl;
  if (g_strv_length (arguments) != 2) {
    pv_ctl_fail ("use: parvisctl enrol revoke ROOT ID|FILE");
    return PV_CTL_USAGE;
  }
  certificate = find_certificate (arguments[0], arguments[1]);
  if (certificate == NULL || !pv_enrol_make_lists (arguments[0]))
    return PV_CTL_FAILED;
  for (gsize i = 0; i < G_N_ELEMENTS (authorities); i++) {
    g_autoptr (PvTlsPair) pair = pv_enrol_read_authority (arguments[0], authorities[i]);
    g_autofree char *name = g_strconcat (authorities[i], ".crl", NULL), *list = NULL;

    if (pair == NULL)
      return PV_CTL_FAILED;
    if (!pv_tls_is_of (pair, certificate))
      continue;
    list = make_list (arguments[0], authorities[i], pair, certificate);
    if (list == NULL || !write_list (arguments[0], name, list))
      return PV_CTL_FAILED;
    g_print ("%s/%s\nPut it in the place of the broker's and reload the broker; a restart ends connections too.\n",
             arguments[0], name);
    return PV_CTL_OK;
  }
  return pv_ctl_fail ("%s: neither kiosks.pem nor mediators.pem of %s signed it", arguments[1], arguments[0]);
}
