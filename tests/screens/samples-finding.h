/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* samples-finding.h: samples of addresses and places that are being typed. */
#pragma once

#include "core/screen-state.h"

void fill_offers (PvScreenState *state);
void fill_place (PvScreenState *state);
