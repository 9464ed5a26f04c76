/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* printer-cups.h: a real CUPS of the test's own (tests/fakes/cups-scheduler), unprivileged, with the queue "roll". */
#pragma once

#include <gio/gio.h>

#include "printer-rig.h"

typedef struct {
  char *folder, *uri;
  GSubprocess *process;
} Cups;

gboolean cups_is_installed (void);
/* Waits until the queue to the printer at @uri can print. */
Cups *cups_new (const char *uri);
/* The same with a spool that holds no receipt: each write of more than a few kilobytes fails. */
Cups *cups_new_with_full_spool (const char *uri);
void cups_free (Cups *cups);
/* Files of jobs: "c00001" what was asked, "d00001-001" the document. */
guint cups_count_spooled (Cups *cups);
/* An administrator's command: "cupsdisable roll". */
void cups_command (Cups *cups, const char *command);
/* Kills the scheduler and all that it runs, as systemd does when it dies. */
void cups_kill (Cups *cups);
/* As systemd starts it again: with its spool and its queue. */
void cups_start_again (Cups *cups);
/* Prints through its queue. */
Kiosk *kiosk_new_for_cups (Cups *cups, const char *lines);
