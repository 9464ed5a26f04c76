/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* network.h: a network address, by itself or a fixed one, as a file of systemd-networkd. */
#pragma once

#include "kiosk/provision/provision.h"

#define PV_NETWORK_FILE "50-parvis-first-start.network"

/* (transfer full) (nullable): NULL: by itself, as the image has it */
char *pv_network_text (const PvSetupAnswers *answers) G_GNUC_WARN_UNUSED_RESULT;
/* Writes it, has networkd take it, and waits until an address is there and a way out. @ret_address: (transfer full): of NOTHING */
PvSetupReason pv_network_try (const PvProvision *provision, const PvSetupAnswers *answers, char **ret_address);
/* Whether lines of /proc/net/route name a way out. */
gboolean pv_network_has_route (const char *routes);
