/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/settings-layers.h"

#include <string.h>

#include "platform/settings.h"

#define STORE "/var/lib/parvis-settings"

static const struct {
  const char *name, *folder;
} layers[PV_N_LAYERS] = {
  [PV_LAYER_VENDOR] = { "vendor", "/usr/lib/parvis/conf.d" }, [PV_LAYER_PLATFORM] = { "platform", STORE "/platform" },
  [PV_LAYER_COMMUNE] = { "commune", STORE "/commune" },       [PV_LAYER_SITE] = { "site", PV_SETTINGS_DEFAULT_FOLDER },
  [PV_LAYER_KIOSK] = { "kiosk", "/etc/parvis/kiosk.d" },
};

const char *
pv_layer_get_name (PvLayer layer)
{
  g_return_val_if_fail (layer < PV_N_LAYERS, NULL);

  return layers[layer].name;
}

gboolean
pv_layer_is_bundled (PvLayer layer)
{
  return layer == PV_LAYER_PLATFORM || layer == PV_LAYER_COMMUNE;
}

static gboolean
is_default (const char *config)
{
  g_autofree char *path = g_canonicalize_filename (config, NULL);

  return strcmp (path, PV_SETTINGS_DEFAULT_FOLDER) == 0;
}

static gboolean
has_folder (const char *config, PvLayer layer)
{
  g_autofree char *path = g_build_filename (config, layers[layer].name, NULL);

  return g_file_test (path, G_FILE_TEST_IS_DIR);
}

gboolean
pv_layers_are_several (const char *config)
{
  g_return_val_if_fail (config != NULL, FALSE);

  if (is_default (config))
    return TRUE;
  for (guint i = 0; i < PV_N_LAYERS; i++)
    if (has_folder (config, i))
      return TRUE;
  return FALSE;
}

char *
pv_layer_get_folder (const char *config, PvLayer layer)
{
  g_return_val_if_fail (config != NULL && layer < PV_N_LAYERS, NULL);

  if (is_default (config))
    return g_strdup (layers[layer].folder);
  if (pv_layers_are_several (config))
    return g_build_filename (config, layers[layer].name, NULL);
  return layer == PV_LAYER_SITE ? g_strdup (config) : NULL;
}

char *
pv_layers_get_store (const char *config)
{
  g_return_val_if_fail (config != NULL, NULL);

  if (is_default (config))
    return g_strdup (STORE);
  return pv_layers_are_several (config) ? g_strdup (config) : NULL;
}
