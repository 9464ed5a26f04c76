/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* http-response.h: an answer while it comes in. Private to http*.c. */
#pragma once

#include "platform/http.h"

PvHttpResponse *pv_http_response_new (gsize max_bytes) G_GNUC_WARN_UNUSED_RESULT;

/* One line as libcurl gives it, with its line end. A status line begins anew (interim answers, redirects); trailers are
 * ignored. FALSE: over a limit. */
gboolean pv_http_response_take_header (PvHttpResponse *response, const char *line, gsize length);

/* FALSE: over the limit. */
gboolean pv_http_response_take_body (PvHttpResponse *response, const char *bytes, gsize length);

/* Nothing more comes. */
void pv_http_response_complete (PvHttpResponse *response, guint status);
