/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/decode/sane-library.h"

#include <dlfcn.h>
#include <string.h>

gboolean
pv_sane_load (PvSane *ret_sane)
{
  static const struct {
    const char *name;
    gsize offset;
  } functions[] = {
    { "sane_init", G_STRUCT_OFFSET (PvSane, init) },
    { "sane_exit", G_STRUCT_OFFSET (PvSane, exit) },
    { "sane_get_devices", G_STRUCT_OFFSET (PvSane, get_devices) },
    { "sane_open", G_STRUCT_OFFSET (PvSane, open) },
    { "sane_close", G_STRUCT_OFFSET (PvSane, close) },
    { "sane_get_option_descriptor", G_STRUCT_OFFSET (PvSane, get_option_descriptor) },
    { "sane_control_option", G_STRUCT_OFFSET (PvSane, control_option) },
    { "sane_get_parameters", G_STRUCT_OFFSET (PvSane, get_parameters) },
    { "sane_start", G_STRUCT_OFFSET (PvSane, start) },
    { "sane_read", G_STRUCT_OFFSET (PvSane, read) },
    { "sane_cancel", G_STRUCT_OFFSET (PvSane, cancel) },
  };
  void *library = dlopen ("libsane.so.1", RTLD_NOW | RTLD_LOCAL);

  if (library == NULL)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (functions); i++) {
    void *function = dlsym (library, functions[i].name);

    if (function == NULL)
      return FALSE;
    memcpy (G_STRUCT_MEMBER_P (ret_sane, functions[i].offset), &function, sizeof function);
  }
  return TRUE;
}
