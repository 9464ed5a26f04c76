/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* printers-page.h: the virtual printers, for people and for tests. */
#pragma once

#include "demo/pages.h"
#include "demo/printers.h"

/* "/printers": GET shows, POST with "printer" and "fault" (a form) changes and shows; "/printers/PRINTER.png": the page printed
 * last; "/demo/printers": GET, or POST the same words as JSON. NULL: none of these. (transfer full) */
PvDemoReply *pv_demo_printers_page_answer (PvDemoPrinters *printers, PvDemoPages *pages,
                                           const PvDemoRequest *request) G_GNUC_WARN_UNUSED_RESULT;
