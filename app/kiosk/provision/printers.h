/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* printers.h: printers as parvisctl finds and tries them. */
#pragma once

#include "kiosk/provision/provision.h"

/* What "parvisctl printer list" says, as TARGET|TITLE of each that can be used. (transfer full) */
char **pv_printers_parse (const char *text) G_GNUC_WARN_UNUSED_RESULT;
char **pv_printers_list (const PvProvision *provision) G_GNUC_WARN_UNUSED_RESULT;
/* A page on the printer of the trial @config. */
PvSetupReason pv_printers_try (const PvProvision *provision, const char *config);
/* What "parvisctl printer test" said at last. */
PvSetupReason pv_printers_judge (const char *text);
