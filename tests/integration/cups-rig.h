/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* cups-rig.h: a real CUPS in a folder of its own, with a queue "roll", and the printer service that uses it. */
#pragma once

#include "printer-rig.h"

typedef struct {
  char *folder;
  GSubprocess *process;
} Cups;

/* FALSE: CUPS or its filters are not installed, the test is to be skipped. */
gboolean cups_is_installed (void);
/* The same for a printer that wants dots: with the filter that draws them. */
gboolean cups_can_rasterize (void);
/* @uri: of the printer behind the queue. Ready when it returns. */
Cups *cups_new (const char *uri);
void cups_free (Cups *cups);
Kiosk *kiosk_new_for_cups (Cups *cups, const char *media);
