/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* settings-layers.h: who says something about settings, and in which folder.
 *
 * Five layers, the lowest first; of a higher one counts what it says, key by key, save where a lower one has locked a key:
 *
 *   vendor    /usr/lib/parvis/conf.d             who made the image or the package
 *   platform  /var/lib/parvis-settings/platform  out of a signed bundle (bundle.h): who runs many communes
 *   commune   /var/lib/parvis-settings/commune   likewise: this commune
 *   site      /etc/parvis/conf.d                 who manages the machines of a site
 *   kiosk     /etc/parvis/kiosk.d                this machine
 *
 * A program is given one folder with --config. Without it, or when it is PV_SETTINGS_DEFAULT_FOLDER, these five count. Any other
 * folder holds the layers itself, in folders of their names, or, where none of them is there, is the layer site and the only one. */
#pragma once

#include <glib.h>

typedef enum {
  PV_LAYER_VENDOR,
  PV_LAYER_PLATFORM,
  PV_LAYER_COMMUNE,
  PV_LAYER_SITE,
  PV_LAYER_KIOSK,
  PV_N_LAYERS
} PvLayer;

const char *pv_layer_get_name (PvLayer layer);
/* Whether it comes out of a bundle, which may not say everything. */
gboolean pv_layer_is_bundled (PvLayer layer);

/* FALSE: @config is one folder of drop-ins. */
gboolean pv_layers_are_several (const char *config);
/* Where @layer of @config is, whether or not it is there; NULL: @config has no such layer. (transfer full) */
char *pv_layer_get_folder (const char *config, PvLayer layer) G_GNUC_WARN_UNUSED_RESULT;
/* The folder that holds the layers out of bundles, and PV_LAYERS_STATE_FILE; NULL: @config has none. (transfer full) */
char *pv_layers_get_store (const char *config) G_GNUC_WARN_UNUSED_RESULT;

/* What the last fetching of bundles said (bundle-state.h). */
#define PV_LAYERS_STATE_FILE "state.ini"
