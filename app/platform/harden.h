/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* harden.h: what a process gives up at its start. Cannot be taken back; children inherit it, save for being dumpable. */
#pragma once

#include <glib.h>

#define PV_HARDEN_ERROR (pv_harden_error_quark ())
GQuark pv_harden_error_quark (void);

typedef enum {
  PV_HARDEN_ERROR_REFUSED, /* the kernel refused: the program must not go on */
} PvHardenError;

/**
 * pv_harden_process:
 *
 * First in main() of every program: no core dump, no reading of its memory by others of the same user (not in builds
 * with the address sanitizer, whose leak check attaches to the process), no privileges by execve(), files for their
 * owner only.
 */
gboolean pv_harden_process (GError **error);

/**
 * pv_forbid_internet:
 *
 * From here on socket() makes Unix sockets only, and those by which the kernel tells of devices that are plugged in: no
 * child could use libusb without them. Anything else fails with EAFNOSUPPORT. io_uring, which makes sockets past such a
 * filter, fails with ENOSYS. All threads; to be called before what comes from outside is read. Sockets that are already
 * open stay.
 */
gboolean pv_forbid_internet (GError **error);

/* GTK 4.8 tells everybody on that bus what is typed. Before any thread, and before GTK begins. */
void pv_forbid_accessibility_bus (void);

/* libnfc prints what a card says to standard error, if the environment or its configuration ask for it: not after this.
 * It looks at each line anew, and sets the variable itself when it starts. */
void pv_forbid_reader_log (void);
