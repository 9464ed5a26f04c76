/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "stranger.h"

#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WAIT_S = 10 };

/* After fork(): only what signal-safety(7) allows. @greeting: its first byte is the zero that D-Bus wants. */
static StrangerFate
knock (const struct sockaddr_un *address, uid_t uid, const char *greeting, gsize length)
{
  const struct timeval patience = { .tv_sec = WAIT_S };
  int fd = socket (AF_UNIX, SOCK_STREAM, 0);
  char answer[64];

  if (fd < 0 || setresgid (uid, uid, uid) != 0 || setresuid (uid, uid, uid) != 0
      || setsockopt (fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience) != 0
      || connect (fd, (const struct sockaddr *) address, sizeof *address) != 0)
    return STRANGER_FAILED;
  /* Whoever is refused may find the line closed already. */
  if (send (fd, greeting, length, MSG_NOSIGNAL) < 0)
    return STRANGER_REFUSED;
  return recv (fd, answer, sizeof answer, 0) > 0 && memcmp (answer, "OK ", 3) == 0 ? STRANGER_ADMITTED
                                                                                   : STRANGER_REFUSED;
}

StrangerFate
stranger_knocks (const char *socket_path, guint uid)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  g_autofree char *number = g_strdup_printf ("%u", uid);
  g_autoptr (GString) greeting = g_string_new_len ("\0AUTH EXTERNAL ", 15);
  int status = -1;
  pid_t child;

  for (const char *digit = number; *digit != '\0'; digit++)
    g_string_append_printf (greeting, "%02x", (guint) *digit);
  g_string_append (greeting, "\r\n");
  g_strlcpy (address.sun_path, socket_path, sizeof address.sun_path);
  child = fork ();
  if (child < 0)
    return STRANGER_FAILED;
  if (child == 0)
    _exit (knock (&address, uid, greeting->str, greeting->len));
  while (waitpid (child, &status, WNOHANG) == 0)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
  return WIFEXITED (status) ? (StrangerFate) WEXITSTATUS (status) : STRANGER_FAILED;
}
