/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* invoice-pages.h: what people see of invoices: the page where one is paid, and those to try the kiosk with. */
#pragma once

#include "demo/pages.h"

/* On the portal: "/facture/UUID/payer/", where POST pays, and the two pages behind a login. NULL: not one of these.
 * (transfer full) */
PvDemoReply *pv_demo_invoice_pages_answer (PvDemoPortal *portal, PvDemoPages *pages, const char *method,
                                           const char *path) G_GNUC_WARN_UNUSED_RESULT;
/* On the control port: "/factures", all of them, and "/factures/UUID.pdf". NULL: not one of these. (transfer full) */
PvDemoReply *pv_demo_invoice_pages_list (PvDemoPortal *portal, PvDemoPages *pages,
                                         const char *path) G_GNUC_WARN_UNUSED_RESULT;
