/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* pdf-clean-private.h: the parts of cleaning a PDF. */
#pragma once

#include "kiosk/decode/pdf-clean.h"

#include <qpdf/qpdf-c.h>

/* What lies on the page becomes part of its content, as it looks; what is hidden stays behind. @number: of the page. */
void pv_pdf_flatten_page (qpdf_data pdf, qpdf_oh page, guint number);
/* Takes out of everything below @object what runs, is attached, or tells of people. FALSE: more than the limits. */
gboolean pv_pdf_purge (qpdf_data pdf, qpdf_oh object, GHashTable *seen);
