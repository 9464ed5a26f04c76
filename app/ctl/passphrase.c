/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/passphrase.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "core/wipe.h"
#include "ctl/ctl.h"
#include "platform/sealed-key.h"

enum { ROOM_BYTES = PV_SEALED_KEY_MAX_PASSPHRASE_BYTES + 2 }; /* a line end, a zero */

/* Byte by byte: what follows the line stays where it is. */
static void
read_line (int fd, char line[ROOM_BYTES])
{
  gsize length = 0;
  char c = '\0';

  while (length < ROOM_BYTES - 1 && read (fd, &c, 1) == 1 && c != '\n')
    line[length++] = c;
  if (length > 0 && line[length - 1] == '\r')
    length--;
  line[length] = '\0';
}

static PvSecret *
take (const char *line)
{
  if (pv_sealed_key_is_passphrase (line))
    return pv_secret_new (line, strlen (line));
  pv_ctl_fail ("a passphrase has %d characters or more, and at most %d bytes", PV_SEALED_KEY_MIN_PASSPHRASE,
               PV_SEALED_KEY_MAX_PASSPHRASE_BYTES);
  return NULL;
}

static PvSecret *
read_from (const char *file)
{
  int fd = strcmp (file, "-") == 0 ? STDIN_FILENO : open (file, O_RDONLY | O_CLOEXEC | O_NOCTTY);
  char line[ROOM_BYTES];
  PvSecret *passphrase;

  if (fd < 0) {
    pv_ctl_fail ("%s: %s", file, g_strerror (errno));
    return NULL;
  }
  read_line (fd, line);
  if (fd != STDIN_FILENO)
    close (fd);
  passphrase = take (line);
  pv_wipe_bytes (line, sizeof line);
  return passphrase;
}

static void
ask (int terminal, const char *question, char line[ROOM_BYTES])
{
  g_printerr ("%s", question);
  read_line (terminal, line);
  g_printerr ("\n");
}

static PvSecret *
ask_twice (int terminal)
{
  char once[ROOM_BYTES], twice[ROOM_BYTES];
  PvSecret *passphrase = NULL;

  ask (terminal, "Passphrase of the mediator: ", once);
  ask (terminal, "The same again: ", twice);
  if (strcmp (once, twice) == 0)
    passphrase = take (once);
  else
    pv_ctl_fail ("the two are not the same");
  pv_wipe_bytes (once, sizeof once);
  pv_wipe_bytes (twice, sizeof twice);
  return passphrase;
}

PvSecret *
pv_ctl_read_passphrase (const char *file)
{
  struct termios shown, hidden;
  PvSecret *passphrase;
  int terminal;

  if (file != NULL)
    return read_from (file);
  terminal = open ("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
  if (terminal < 0 || tcgetattr (terminal, &shown) != 0) {
    pv_ctl_fail ("there is no terminal to ask for a passphrase: use --passphrase-file FILE");
    if (terminal >= 0)
      close (terminal);
    return NULL;
  }
  hidden = shown;
  hidden.c_lflag &= ~(tcflag_t) ECHO;
  tcsetattr (terminal, TCSAFLUSH, &hidden);
  passphrase = ask_twice (terminal);
  tcsetattr (terminal, TCSAFLUSH, &shown);
  close (terminal);
  return passphrase;
}
