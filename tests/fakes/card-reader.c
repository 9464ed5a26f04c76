/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* parvis-card without a reader, for the tests of the session: --config FOLDER, where "manners" says what it does with a
 * code, and "starts" grows by a letter with each start. Manners: "read" (any code opens a genuine card), "crash" (each
 * time), "crash-first" (the first start only), "gone" (ends at once). */

#include <fcntl.h>
#include <glib.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/wipe.h"
#include "link/card-words.h"

static gsize
count_start (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "starts", NULL);
  g_autofree char *before = NULL;
  int fd = open (path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);

  if (fd < 0 || write (fd, "x", 1) != 1)
    exit (1);
  close (fd);
  return g_file_get_contents (path, &before, NULL, NULL) ? strlen (before) : 0;
}

static void
tell (PvCardState state, guint percent, PvIdentity *identity)
{
  pv_card_send_report (PV_CARD_FD, &(PvCardReport){ state, PV_CARD_TROUBLE_NONE, percent, identity });
}

/* The code comes back as the name, so that a test sees what arrived. */
static void
read_card (const char *code)
{
  g_autoptr (PvIdentity) identity = pv_identity_new ();

  identity->verdict = PV_VERDICT_GENUINE;
  identity->reason = PV_REASON_NONE;
  pv_identity_set (identity, PV_IDENTITY_SURNAME, code);
  tell (PV_CARD_OPENING, 0, NULL);
  tell (PV_CARD_READING, 50, NULL);
  tell (PV_CARD_READ, 100, identity);
}

int
main (int argc, char **argv)
{
  const char *folder = argc == 3 && g_str_equal (argv[1], "--config") ? argv[2] : ".";
  g_autofree char *path = g_build_filename (folder, "manners", NULL);
  g_autofree char *manners = NULL;
  gsize start = count_start (folder);
  gboolean crashes;

  if (!g_file_get_contents (path, &manners, NULL, NULL) || g_str_equal (manners, "gone"))
    return 1;
  crashes = g_str_equal (manners, "crash") || (g_str_equal (manners, "crash-first") && start == 1);
  tell (PV_CARD_WAITING, 0, NULL);
  for (;;) {
    struct pollfd line = { PV_CARD_FD, POLLIN, 0 };
    g_autoptr (PvSecretStr) text = NULL;
    PvCardRequestKind kind;
    gboolean is_gone = FALSE;

    if (poll (&line, 1, -1) < 0)
      return 1;
    if (!pv_card_receive_request (PV_CARD_FD, &kind, &text, &is_gone)) {
      if (is_gone)
        return 0;
      continue;
    }
    if (kind == PV_CARD_DO_STOP)
      tell (PV_CARD_WAITING, 0, NULL);
    else if (crashes)
      _exit (134); /* as after abort() */
    else
      read_card (text);
  }
}
