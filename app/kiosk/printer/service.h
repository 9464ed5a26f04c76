/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* service.h: org.parvis.Printer1 on the printer's socket. Main thread. */
#pragma once

#include "kiosk/printer/printer.h"

typedef struct PvPrinterService PvPrinterService;

/**
 * pv_printer_service_new:
 * @socket: path of the socket
 * @session_user: (nullable): login of the sessions, if it is not ours
 * @media: a word of print/media.h
 * @child_arguments: (nullable): see pv_printer_new()
 */
PvPrinterService *pv_printer_service_new (const char *socket, const char *session_user, const char *media,
                                          const char *const *child_arguments, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void pv_printer_service_free (PvPrinterService *service);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvPrinterService, pv_printer_service_free)

/* No session has printed that has not ended. */
gboolean pv_printer_service_is_idle (const PvPrinterService *service);
/* Ends the session that has printed, if there is one; @callback comes later, once. */
void pv_printer_service_stop_async (PvPrinterService *service, GAsyncReadyCallback callback, gpointer user_data);
