/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* walker-service.h: the real service screen, led through everything that it shows. */
#pragma once

#include "core/service.h"

typedef void (*WalkerServiceShown) (const PvScreenState *state, const char *name, gpointer user_data);

/* @is_low: the layout */
void walker_run_service (const PvCapacity *capacity, gboolean is_low, WalkerServiceShown shown, gpointer user_data);
