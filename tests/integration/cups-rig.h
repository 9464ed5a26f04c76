/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* cups-rig.h: a real CUPS of the test's own (tests/fakes/cups-scheduler), unprivileged, with the queue "roll", and the printer
 * service that uses it. */
#pragma once

#include <gio/gio.h>

#include "printer-rig.h"

typedef struct {
  char *folder, *uri;
  GSubprocess *process;
} Cups;

/* FALSE: CUPS or its filters are not installed, the test is to be skipped. */
gboolean cups_is_installed (void);
/* The same for a printer that wants dots: with the filter that draws them. */
gboolean cups_can_rasterize (void);
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
/* Prints through its queue. @lines: what else is in the group [printer], whose paper is roll-80mm if nothing is said. */
Kiosk *kiosk_new_for_cups (Cups *cups, const char *lines);
