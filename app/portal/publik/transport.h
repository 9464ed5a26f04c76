/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* transport.h: between the driver and HTTP: signed addresses, what an answer or a failure means. Only for the driver. */
#pragma once

#include "platform/http.h"
#include "portal/publik/judge.h"

/* One host that is asked. */
typedef struct PvPublikSite {
  char *url;        /* without a final "/" */
  char *orig, *key; /* (nullable): none for a relay, which signs itself */
} PvPublikSite;

void pv_publik_site_set (PvPublikSite *site, const char *url, const char *orig, const char *key);
void pv_publik_site_clear (PvPublikSite *site);

/* "NAME=VALUE", both escaped. */
void pv_publik_append_parameter (GString *query, const char *name, const char *value);
/* The whole address, signed if @site has a key; @query is added to. (transfer full) */
char *pv_publik_make_url (const PvPublikSite *site, const char *path, GString *query,
                          gint64 now_us) G_GNUC_WARN_UNUSED_RESULT;

/* @error: of PV_HTTP_ERROR. Returns: (transfer full): of PV_PORTAL_ERROR, or G_IO_ERROR_CANCELLED */
GError *pv_publik_translate_http_error (PvPublikCall call, const GError *error) G_GNUC_WARN_UNUSED_RESULT;
/* The body is borrowed from @response. */
PvPublikAnswer pv_publik_read_response (const PvHttpResponse *response, gint64 now_us);
