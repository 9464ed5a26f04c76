/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* publik.h: the driver of Publik portals (w.c.s., with agendas of Chrono). */
#pragma once

#include "platform/http.h"
#include "portal/portal.h"

enum {
  PV_PUBLIK_READ_TIMEOUT_MS = 20 * 1000,
  PV_PUBLIK_DROP_TIMEOUT_MS = 60 * 1000, /* 16 MB over the line of a small town hall */
  /* A workflow runs inside the submit call and may take a minute (publik-api, 3.1); the documents have to go up too. */
  PV_PUBLIK_SUBMIT_TIMEOUT_MS = 180 * 1000,
};

typedef enum {
  PV_PUBLIK_DIRECT, /* the kiosk signs */
  PV_PUBLIK_RELAY,  /* a relay signs; the HTTP client shows the kiosk's certificate */
} PvPublikMode;

/* All texts and tables are copied or referenced. */
typedef struct PvPublikConfig {
  PvPublikMode mode;
  const char *base_url;   /* of w.c.s., or of the relay for this commune; a final "/" does not matter */
  const char *portal_url; /* the portal's own address, for people; DIRECT: (nullable), then base_url */
  const char *orig, *key; /* DIRECT: the API access */
  /* DIRECT, (nullable): Chrono, with an access of its own; without them it is asked at base_url */
  const char *agenda_url, *agenda_orig, *agenda_key;
  GHashTable *sources;     /* (nullable): see pv_publik_read_schema() */
  GHashTable *categories;  /* (nullable): see pv_publik_read_list() */
  gint64 (*now_us) (void); /* (nullable): UTC; for tests */
} PvPublikConfig;

#define PV_TYPE_PUBLIK (pv_publik_get_type ())
G_DECLARE_FINAL_TYPE (PvPublik, pv_publik, PV, PUBLIK, GObject)

/**
 * pv_publik_new:
 * @client: referenced
 *
 * Returns: (transfer full): NULL with PV_PORTAL_ERROR_CONFIGURATION, which names the value at fault
 */
PvPublik *pv_publik_new (const PvPublikConfig *config, PvHttpClient *client, GError **error) G_GNUC_WARN_UNUSED_RESULT;
