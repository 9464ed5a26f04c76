/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* printers.h: the virtual printers of the demo: what is wrong with each, and what it printed last.
 *
 * "paper" is the IPP printer of kiosk-config/virtual-printer, a roll and a tray of A4, told by files in its folder; "roll" is the
 * thermal printer of escpos/roll-device.h. One fault at a time. On the main thread.
 */
#pragma once

#include <gio/gio.h>

typedef struct PvDemoPrinters PvDemoPrinters;

/* @folder: (nullable): of the virtual printer, need not exist yet; @link: (nullable): to the terminal of the thermal printer,
 * replaced. Both begin without a fault. */
PvDemoPrinters *pv_demo_printers_new (const char *folder, const char *link, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void pv_demo_printers_free (PvDemoPrinters *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvDemoPrinters, pv_demo_printers_free)

/* "paper", "roll": those that there are. (transfer container) */
const char **pv_demo_printers_list (const PvDemoPrinters *self) G_GNUC_WARN_UNUSED_RESULT;
/* What can be wrong with @printer, "none" first. (transfer container) */
const char **pv_demo_printers_list_faults (const char *printer) G_GNUC_WARN_UNUSED_RESULT;
const char *pv_demo_printers_get_fault (const PvDemoPrinters *self, const char *printer);
gboolean pv_demo_printers_set_fault (PvDemoPrinters *self, const char *printer, const char *fault, GError **error);
/* Where one prints to; NULL: not yet. (transfer full) */
char *pv_demo_printers_dup_address (const PvDemoPrinters *self, const char *printer) G_GNUC_WARN_UNUSED_RESULT;
gboolean pv_demo_printers_has_printed (const PvDemoPrinters *self, const char *printer);
/* The first page of what was printed last, as PNG; NULL: nothing was. (transfer full) */
GBytes *pv_demo_printers_draw (const PvDemoPrinters *self, const char *printer) G_GNUC_WARN_UNUSED_RESULT;
/* [{"printer", "address" or null, "fault", "faults": [...]}] (transfer full) */
char *pv_demo_printers_to_json (const PvDemoPrinters *self) G_GNUC_WARN_UNUSED_RESULT;
