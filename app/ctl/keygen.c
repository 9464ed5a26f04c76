/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>
#include <unistd.h>

#include "core/wipe.h"
#include "ctl/ctl.h"

static gboolean
write_line (const char *path, const char *text, mode_t mode)
{
  g_autoptr (PvSecretStr) line = g_strconcat (text, "\n", NULL);

  return pv_ctl_write_new (path, line, strlen (line), mode);
}

int
pv_ctl_keygen (const PvCtl *ctl, char **arguments)
{
  const char *name = arguments[0], *folder = name != NULL ? arguments[1] : NULL;
  g_autoptr (PvOutboxKeys) keys = NULL;
  g_autoptr (PvSecretStr) secret = NULL;
  g_autofree char *public_text = NULL, *secret_path = NULL, *public_path = NULL;

  (void) ctl;
  if (folder == NULL || (strcmp (name, "outbox") != 0 && strcmp (name, "commune") != 0)) {
    pv_ctl_fail ("use: parvisctl keygen outbox|commune FOLDER");
    return PV_CTL_USAGE;
  }
  keys = pv_outbox_keys_new ();
  secret = pv_outbox_key_to_text (keys->secret_key);
  public_text = pv_outbox_key_to_text (keys->public_key);
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
