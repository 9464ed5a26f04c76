/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* printer.h: what the commands "parvisctl printer" share. */
#pragma once

#include "platform/settings.h"
#include "print/ipp.h"

/* The kiosk's printer, or NULL after having said why there is none. @job_name: of what will be printed, else "". */
PvIpp *pv_ctl_printer_open (const PvSettings *settings, const char *job_name);
/* A reason of a printer (RFC 8011, 5.4.12) in words: "there is no paper"; or itself, where there are none. */
const char *pv_ctl_printer_word (const char *reason);
