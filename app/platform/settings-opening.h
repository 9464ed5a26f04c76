/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* settings-opening.h: [opening] of the settings, for who opens and closes. */
#pragma once

#include "core/opening.h"
#include "platform/settings.h"

/* (transfer full) (nullable): NULL: nothing is said, the kiosk serves every day and night. */
PvOpening *pv_settings_read_opening (const PvSettings *settings) G_GNUC_WARN_UNUSED_RESULT;
/* Minutes after midnight, by the commune's clock; -1: the machine is never restarted. */
int pv_settings_read_restart (const PvSettings *settings);
