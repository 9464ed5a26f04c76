/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* roll-device.h: the thermal printer of roll.h on a pseudo-terminal, as one on a serial line.
 *
 * It runs on a thread of its own that ends with it; all functions may be called from any thread.
 */
#pragma once

#include <gio/gio.h>

#include "demo/escpos/roll.h"

/* How it behaves towards who is at the other end. */
typedef enum {
  PV_DEMO_ROLL_MUTE = 1 << 0, /* prints, and never answers: a one-way cable */
  PV_DEMO_ROLL_OFF = 1 << 1,  /* neither takes nor answers; switched on again it has forgotten what it had received */
  PV_DEMO_ROLL_SLOW = 1 << 2, /* some four millimetres a second */
} PvDemoRollHabits;

typedef struct PvDemoRollDevice PvDemoRollDevice;

/* @link: (nullable): a symbolic link to the terminal, replaced. */
PvDemoRollDevice *pv_demo_roll_device_new (const char *link, guint dots, guint dpi,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
void pv_demo_roll_device_free (PvDemoRollDevice *device);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvDemoRollDevice, pv_demo_roll_device_free)

/* Of the link, or of the terminal. */
const char *pv_demo_roll_device_get_path (const PvDemoRollDevice *device);
void pv_demo_roll_device_set_faults (PvDemoRollDevice *device, PvDemoRollFaults faults);
PvDemoRollFaults pv_demo_roll_device_get_faults (PvDemoRollDevice *device);
void pv_demo_roll_device_set_habits (PvDemoRollDevice *device, PvDemoRollHabits habits);
PvDemoRollHabits pv_demo_roll_device_get_habits (PvDemoRollDevice *device);

/* Sends what nobody asked for. */
void pv_demo_roll_device_make_noise (PvDemoRollDevice *device, const guint8 *bytes, gsize length);

guint pv_demo_roll_device_count_cuts (PvDemoRollDevice *device);
guint pv_demo_roll_device_count_uncut_lines (PvDemoRollDevice *device);
gsize pv_demo_roll_device_count_strange (PvDemoRollDevice *device);
/* The newest, or NULL: (transfer full) */
PvDemoRollSheet *pv_demo_roll_device_dup_sheet (PvDemoRollDevice *device) G_GNUC_WARN_UNUSED_RESULT;
