/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* settings-keypad.h: [keypad] of the settings, as a table for who gets the keys. */
#pragma once

#include "core/keypad.h"
#include "platform/settings.h"

/* FALSE: there is no pad here, and *ret_map stays as it was. */
gboolean pv_settings_read_keypad (const PvSettings *settings, PvKeypadMap *ret_map);
