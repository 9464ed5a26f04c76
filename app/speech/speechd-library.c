/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "speechd-library.h"

#include <dlfcn.h>
#include <string.h>

gboolean
pv_spd_load (PvSpd *ret_spd)
{
  static const struct {
    const char *name;
    gsize offset;
  } functions[] = {
    { "spd_open2", G_STRUCT_OFFSET (PvSpd, open) },
    { "spd_close", G_STRUCT_OFFSET (PvSpd, close) },
    { "spd_say", G_STRUCT_OFFSET (PvSpd, say) },
    { "spd_cancel", G_STRUCT_OFFSET (PvSpd, cancel) },
    { "spd_set_data_mode", G_STRUCT_OFFSET (PvSpd, set_data_mode) },
    { "spd_set_notification_on", G_STRUCT_OFFSET (PvSpd, set_notification_on) },
    { "spd_set_voice_rate", G_STRUCT_OFFSET (PvSpd, set_voice_rate) },
    { "spd_set_volume", G_STRUCT_OFFSET (PvSpd, set_volume) },
    { "spd_set_language", G_STRUCT_OFFSET (PvSpd, set_language) },
  };
  void *library = dlopen ("libspeechd.so.2", RTLD_NOW | RTLD_LOCAL);

  if (library == NULL)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (functions); i++) {
    void *function = dlsym (library, functions[i].name);

    if (function == NULL)
      return FALSE;
    memcpy (G_STRUCT_MEMBER_P (ret_spd, functions[i].offset), &function, sizeof function);
  }
  return TRUE;
}
