/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* sane-library.h: libsane, loaded by who scans: with it come libusb and libxml2, which no other child needs. */
#pragma once

#include <glib.h>
#include <sane/sane.h>

typedef struct PvSane {
  SANE_Status (*init) (SANE_Int *version, SANE_Auth_Callback authorize);
  void (*exit) (void);
  SANE_Status (*get_devices) (const SANE_Device ***devices, SANE_Bool local_only);
  SANE_Status (*open) (SANE_String_Const name, SANE_Handle *handle);
  void (*close) (SANE_Handle handle);
  const SANE_Option_Descriptor *(*get_option_descriptor) (SANE_Handle handle, SANE_Int option);
  SANE_Status (*control_option) (SANE_Handle handle, SANE_Int option, SANE_Action action, void *value, SANE_Int *info);
  SANE_Status (*get_parameters) (SANE_Handle handle, SANE_Parameters *parameters);
  SANE_Status (*start) (SANE_Handle handle);
  SANE_Status (*read) (SANE_Handle handle, SANE_Byte *data, SANE_Int max_length, SANE_Int *length);
  void (*cancel) (SANE_Handle handle);
} PvSane;

/* FALSE: it is not installed, or is another one. */
gboolean pv_sane_load (PvSane *ret_sane);
