/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/wipe.h"
#include "ctl/ctl.h"

/* Never over a file that is there: that may be the only key to a full outbox. */
static gboolean
write_new (const char *path, const char *text, mode_t mode)
{
  int fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);
  gboolean is_written;

  if (fd < 0) {
    pv_ctl_fail ("%s: %s", path, g_strerror (errno));
    return FALSE;
  }
  is_written = write (fd, text, strlen (text)) == (ssize_t) strlen (text) && write (fd, "\n", 1) == 1
               && fchmod (fd, mode) == 0 && fsync (fd) == 0;
  if (!is_written) {
    pv_ctl_fail ("%s: %s", path, g_strerror (errno));
    unlink (path);
  }
  close (fd);
  return is_written;
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
  if (!write_new (secret_path, secret, 0600))
    return PV_CTL_FAILED;
  if (!write_new (public_path, public_text, 0644)) {
    unlink (secret_path); /* of no use alone, and in the way of another try */
    return PV_CTL_FAILED;
  }
  g_print ("%s\n%s\n", secret_path, public_path);
  return PV_CTL_OK;
}
