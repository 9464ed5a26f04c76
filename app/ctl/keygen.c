/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>
#include <unistd.h>

#include "core/wipe.h"
#include "ctl/ctl.h"
#include "platform/bundle.h"

static gboolean
write_line (const char *path, const char *text, mode_t mode)
{
  g_autoptr (PvSecretStr) line = g_strconcat (text, "\n", NULL);

  return pv_ctl_write_new (path, line, strlen (line), mode);
}

/* X25519, for what is sealed. */
static void
make_sealing_pair (char **ret_secret, char **ret_public)
{
  g_autoptr (PvOutboxKeys) keys = pv_outbox_keys_new ();

  *ret_secret = pv_outbox_key_to_text (keys->secret_key);
  *ret_public = pv_outbox_key_to_text (keys->public_key);
}

/* Ed25519, for what is signed. */
static void
make_signing_pair (char **ret_secret, char **ret_public)
{
  g_autoptr (PvReceiptSigner) signer = pv_receipt_signer_new ();

  *ret_secret = pv_receipt_signer_to_text (signer);
  *ret_public = pv_receipt_signer_to_public_text (signer);
}

int
pv_ctl_keygen (const PvCtl *ctl, char **arguments)
{
  static const char *const names[] = { "outbox", "commune", "receipt", "service", "settings", NULL };
  const char *name = arguments[0], *folder = name != NULL ? arguments[1] : NULL;
  g_autoptr (PvSecretStr) secret = NULL;
  g_autofree char *public_text = NULL, *secret_path = NULL, *public_path = NULL;

  (void) ctl;
  if (folder == NULL || !g_strv_contains (names, name)) {
    pv_ctl_fail ("use: parvisctl keygen outbox|commune|receipt|service|settings FOLDER");
    return PV_CTL_USAGE;
  }
  if (strcmp (name, "receipt") == 0)
    make_signing_pair (&secret, &public_text);
  else if (strcmp (name, "settings") == 0 || strcmp (name, "service") == 0)
    pv_bundle_keys_new (&secret, &public_text);
  else
    make_sealing_pair (&secret, &public_text);
  secret_path = g_strdup_printf ("%s/%s.key", folder, name);
  public_path = g_strdup_printf ("%s/%s.pub", folder, name);
  if (!write_line (secret_path, secret, 0600))
    return PV_CTL_FAILED;
  if (!write_line (public_path, public_text, 0644)) {
    unlink (secret_path); /* of no use alone, and in the way of another try */
    return PV_CTL_FAILED;
  }
  g_print ("%s\n%s\n", secret_path, public_path);
  return PV_CTL_OK;
}
