/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* device.h: the address of a thermal printer, and its device file.
 *
 *   parvis-escpos:/dev/usb/lp0
 *   parvis-escpos:/dev/ttyUSB0?baud=19200&flow=rts&status=yes&wait=3&patience=90
 */
#pragma once

#include <gio/gio.h>

#define PV_ESCPOS_SCHEME "parvis-escpos"

typedef struct {
  char *path;
  guint baud;         /* serial lines: 9600 (default) to 115200 */
  gboolean flow_rts;  /* flow=rts, else none: who holds a serial line back */
  gboolean is_silent; /* status=no: the cable goes one way, nothing is asked and nothing proven */
  guint wait_s;       /* 1 to 60: until a printer that is absent or mute is given up */
  guint patience_s;   /* 1 to 600: until one that stands still is given up */
} PvEscposAddress;

gboolean pv_escpos_address_parse (const char *uri, PvEscposAddress *ret_address, GError **error);
void pv_escpos_address_clear (PvEscposAddress *address);

/* Without waiting. Returns: the descriptor, which does not block; -1 */
int pv_escpos_device_open (const PvEscposAddress *address, GError **error);
