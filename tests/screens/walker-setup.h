/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* walker-setup.h: the real first-start assistant, led through everything that it shows. */
#pragma once

#include "core/setup.h"

typedef void (*WalkerSetupShown) (const PvScreenState *state, const char *name, gpointer user_data);

void walker_run_setup (WalkerSetupShown shown, gpointer user_data);
