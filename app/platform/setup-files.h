/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* setup-files.h: where the programs behind the first-start assistant meet. Root alone writes there. */
#pragma once

#include "platform/settings.h"

#define PV_SETUP_SOCKET "provision.sock" /* parvis-provision answers one request on each connection */
/* For the supervisor: the assistant is shown instead of sessions for as long as this is there; what it says does not matter. */
#define PV_SETUP_WANTED  "wanted"
#define PV_SETUP_ANSWERS "answers" /* so far; root's; wiped at the end */
#define PV_SETUP_MARKER  "done"    /* a first start was finished here: never again */

/* Is there on a system that runs from a stick, to be installed: the assistant asks for a disk, and for nothing else. */
#define PV_SETUP_INSTALL "/run/parvis-install"

/* What the first start writes into the layer site. */
#define PV_SETUP_SETTINGS "50-first-start.conf"

/* /run/parvis-setup. (transfer full) */
char *pv_setup_files_runtime (const PvSettings *settings);
/* /var/lib/parvis/setup: on an image, on the state partition. (transfer full) */
char *pv_setup_files_state (const PvSettings *settings);
