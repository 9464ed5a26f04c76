/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "eid/nfc-place.h"

#include <errno.h>
#include <fcntl.h>
#include <nfc/nfc.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

static gboolean
refuse (GError **error, const char *why)
{
  g_set_error (error, PV_CARD_ERROR, PV_CARD_ERROR_READER, "card reader: %s", why);
  return FALSE;
}

/* libnfc cuts at each ':', so what follows a path can only be its speed. */
static gboolean
is_speed (const char *text)
{
  gsize length = strlen (text);

  return length > 0 && length <= 7 && strspn (text, "0123456789") == length;
}

gboolean
pv_nfc_check_name (const char *name, GError **error)
{
  const char *path = strchr (name, ':');
  const char *after;

  if (name[0] == '\0' || strlen (name) >= NFC_BUFSIZE_CONNSTRING)
    return refuse (error, "its name is empty or too long");
  for (const char *c = name; *c != '\0'; c++)
    if (!g_ascii_isprint (*c) || *c == ' ')
      return refuse (error, "its name holds a character that no reader's name has");
  if (path == NULL || path[1] != '/')
    return TRUE; /* a driver alone, or an address on a bus */
  after = strchr (path + 1, ':');
  if (after != NULL && !is_speed (after + 1))
    return refuse (error, "its path holds ':', which libnfc cannot take; name it by its link in /dev/serial/by-id");
  return TRUE;
}

PvNfcLimits
pv_nfc_find_limits (const char *connection)
{
  /* Of libnfc 1.8: a command of 263 bytes overruns its buffer, an answer of 264 is refused. */
  const PvNfcLimits by_chip = { 262, 263, 8 };
  /* An ACR122 packs the chip's frames into APDUs of its own, whose lengths are one byte. */
  const PvNfcLimits by_apdu = { 252, 250, 7 };

  return g_str_has_prefix (connection, "acr122") ? by_apdu : by_chip;
}

int
pv_nfc_take_lock (const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, PV_NFC_LOCK_NAME, NULL);
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

  if (fd < 0) {
    g_set_error (error, PV_CARD_ERROR, PV_CARD_ERROR_READER, "card reader: %s: %s", path, g_strerror (errno));
    return -1;
  }
  if (flock (fd, LOCK_EX | LOCK_NB) == 0)
    return fd;
  g_set_error (error, PV_CARD_ERROR, errno == EWOULDBLOCK ? PV_CARD_ERROR_BUSY : PV_CARD_ERROR_READER,
               "card reader: %s: %s", path, errno == EWOULDBLOCK ? "another process holds it" : g_strerror (errno));
  close (fd);
  return -1;
}
