/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* portal.h: the proof that portal or relay answers to this kiosk: its catalogue is fetched, by the driver that the courier has. */
#pragma once

#include "kiosk/provision/provision.h"

/* @config: of a trial. @ret_n: procedures, of NOTHING. */
PvSetupReason pv_portal_try (const char *config, guint *ret_n);
/* The courier's port of the firewall for an address that has another than 443; FALSE: it could not be written. */
gboolean pv_portal_open_port (const PvProvision *provision, const char *url);
