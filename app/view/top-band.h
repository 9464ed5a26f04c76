/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* top-band.h: whose kiosk it is, and which step. No control: it may be out of reach. */
#pragma once

#include <gtk/gtk.h>

#include "core/screen-state.h"

#define PV_TYPE_TOP_BAND (pv_top_band_get_type ())
G_DECLARE_FINAL_TYPE (PvTopBand, pv_top_band, PV, TOP_BAND, GtkBox)

/* @emblem: (nullable) */
void pv_top_band_set_emblem (PvTopBand *band, GdkPaintable *emblem);
void pv_top_band_update (PvTopBand *band, const PvScreenState *state);
