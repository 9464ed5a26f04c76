/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* status.h: what runs on this kiosk, in one screen. */
#pragma once

#include "ctl/ctl.h"

enum { PV_STATUS_JSON_VERSION = 1 };

/* The units of a kiosk, NULL at the end. */
extern const char *const pv_status_units[];

/* As "parvisctl status --json" writes it. (transfer full) */
char *pv_status_make_json (const PvCtl *ctl) G_GNUC_WARN_UNUSED_RESULT;
/* Lines KEY=VALUE of systemctl, a block for each of our units; NULL where systemd does not run. (transfer full) */
char *pv_status_ask_systemd (void) G_GNUC_WARN_UNUSED_RESULT;
