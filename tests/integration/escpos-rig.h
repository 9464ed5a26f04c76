/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* escpos-rig.h: a real CUPS of the test's own (kiosk-config/virtual-queue) with our filter and backend, its queue "roll" and the
 * demo's thermal printer at the other end. */
#pragma once

#include <gio/gio.h>

#include "demo/escpos/roll-device.h"

enum { ESCPOS_DPI = 203 };

typedef struct {
  PvDemoRollDevice *printer;
  char *folder, *socket;
  GSubprocess *process;
} EscposQueue;

/* FALSE: CUPS or the filter that draws dots is not installed, the test is to be skipped. */
gboolean escpos_queue_is_possible (void);
/* @width_mm: 58, 80 or 112, of the roll; @dots: of its head. Waits until the queue can print. */
EscposQueue *escpos_queue_new (guint width_mm, guint dots);
void escpos_queue_free (EscposQueue *queue);
