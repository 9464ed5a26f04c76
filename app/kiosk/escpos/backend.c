/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* parvis-escpos job user title copies options [file]: the CUPS backend for thermal printers that know no IPP. */
#include <cups/backend.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "kiosk/escpos/talk.h"

static volatile sig_atomic_t is_cancelled;

static void
cancel_cb (int number)
{
  (void) number;
  is_cancelled = 1;
}

static void
watch_signals (void)
{
  struct sigaction cancel = { .sa_handler = cancel_cb }, ignore = { .sa_handler = SIG_IGN };

  sigaction (SIGTERM, &cancel, NULL);
  sigaction (SIGPIPE, &ignore, NULL);
}

/* Where CUPS' own temporary files are; nothing is written into it. */
static char *
dup_uncut_path (void)
{
  const char *folder = g_getenv ("TMPDIR"), *queue = g_getenv ("PRINTER");

  if (folder == NULL || queue == NULL || strchr (queue, '/') != NULL)
    return NULL;
  return g_strdup_printf ("%s/parvis-escpos-%s.uncut", folder, queue);
}

int
main (int argc, char **argv)
{
  const char *uri = g_getenv ("DEVICE_URI");
  g_autofree char *uncut = dup_uncut_path ();
  g_autoptr (GError) error = NULL;
  PvEscposAddress address = { 0 };
  PvEscposOutcome outcome;
  int input = STDIN_FILENO;

  if (argc == 1) {
    fputs ("direct " PV_ESCPOS_SCHEME " \"Unknown\" \"Thermal printer (ESC/POS)\"\n", stdout);
    return CUPS_BACKEND_OK;
  }
  if (argc < 6 || argc > 7) {
    fputs ("ERROR: job user title copies options [file]\n", stderr);
    return CUPS_BACKEND_FAILED;
  }
  watch_signals ();
  if (!pv_escpos_address_parse (uri != NULL ? uri : argv[0], &address, &error)) {
    fprintf (stderr, "ERROR: %s\n", error->message);
    return CUPS_BACKEND_STOP;
  }
  if (argc == 7 && (input = open (argv[6], O_RDONLY | O_CLOEXEC)) < 0) {
    fputs ("ERROR: no document\n", stderr);
    pv_escpos_address_clear (&address);
    return CUPS_BACKEND_FAILED;
  }
  if (g_strcmp0 (g_getenv ("CONTENT_TYPE"), "application/vnd.cups-command") == 0)
    input = -1;
  outcome = pv_escpos_talk (&address, input, STDERR_FILENO, uncut, &is_cancelled);
  pv_escpos_address_clear (&address);
  /* A job that was cancelled has not failed. */
  return outcome == PV_ESCPOS_FAILED ? CUPS_BACKEND_FAILED : CUPS_BACKEND_OK;
}
