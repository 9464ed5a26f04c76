/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The form of a bundle of settings, as if it were signed: what stands behind the signature. */

#include <stdint.h>
#include <string.h>

#include "platform/bundle.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const char *const keys[] = { "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=", NULL };
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (PvBundle) bundle = pv_bundle_parse (bytes, NULL);
  g_autoptr (PvBundle) opened = pv_bundle_open (bytes, keys, PV_BUNDLE_SCOPE_PLATFORM, 1796097600, NULL);
  gsize total = 0;

  g_assert (opened == NULL); /* nobody has that key */
  if (bundle == NULL)
    return 0;
  g_assert (bundle->files->len >= 1 && bundle->files->len <= PV_BUNDLE_MAX_FILES && bundle->serial >= 1);
  for (guint i = 0; i < bundle->files->len; i++) {
    const PvBundleFile *file = bundle->files->pdata[i];

    g_assert (strchr (file->name, '/') == NULL && file->name[0] != '.' && g_str_has_suffix (file->name, ".conf"));
    total += g_bytes_get_size (file->bytes);
  }
  g_assert (total < size);
  return 0;
}
