/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* mounting.h: how the screen is mounted, as [screen] of the settings tells. */
#pragma once

#include "core/reach.h"
#include "platform/settings.h"

/* Of a panel that stands upright, 1080 x 1920; whoever sees the real one puts its pixels in. */
PvMounting pv_mounting_from_settings (const PvSettings *settings);
