/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* install.h: a kiosk is installed from a stick onto a disk of this machine, by the program of the stick's system. */
#pragma once

#include "kiosk/provision/provision.h"

enum { PV_INSTALL_LIST_S = 30, PV_INSTALL_MAX_LINE_BYTES = 256, PV_INSTALL_MAX_DISKS = 16 };

/* NAME|BYTES|MODEL|empty or full of each disk. (transfer full) */
char **pv_install_list (const PvProvision *provision) G_GNUC_WARN_UNUSED_RESULT;
/* Lines NAME<TAB>BYTES<TAB>MODEL<TAB>empty or full; others are passed over. (transfer full) */
char **pv_install_parse (const char *text) G_GNUC_WARN_UNUSED_RESULT;
/* @disk: only one that is listed is written. Tells provision->progress. */
PvSetupReason pv_install_write (const PvProvision *provision, const char *disk);
PvSetupReason pv_install_restart (const PvProvision *provision);
