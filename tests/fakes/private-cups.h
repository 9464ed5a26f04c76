/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* private-cups.h: a real CUPS of the test's own (tests/fakes/cups-scheduler), which keeps documents, with the queue "roll". */
#pragma once

#include <glib.h>

typedef struct PrivateCups PrivateCups;

/* FALSE: not installed with its filters, the test is to be skipped. */
gboolean private_cups_is_installed (void);
/* @uri: of the printer. Waits until it can print, at most 20 s; NULL if it cannot. */
PrivateCups *private_cups_new (const char *uri);
/* Ends it, and removes its folder. */
void private_cups_free (PrivateCups *cups);
/* Ends it; its files stay. */
void private_cups_stop (PrivateCups *cups);
const char *private_cups_get_folder (const PrivateCups *cups);
/* For CUPS_SERVER. */
const char *private_cups_get_socket (const PrivateCups *cups);
