/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* demarche.h: the driver of démarche numérique (once demarches-simplifiees), a site of the State for forms.
 *
 * It files nothing: a few answers are sent ahead, and the person goes on there, on a phone or at home. Its public API
 * needs no key and takes whatever fits; what does not fit is dropped without a word, so only the address counts.
 */
#pragma once

#include "platform/http.h"
#include "portal/portal.h"

enum {
  PV_DEMARCHE_TIMEOUT_MS = 20 * 1000,
  PV_DEMARCHE_MAX_ANSWER_BYTES = 64 * 1024,
  PV_DEMARCHE_MAX_URL_BYTES = 1000, /* what a square takes */
  PV_DEMARCHE_DRAFT_DAYS = 5,       /* then the site deletes what nobody went on with */
  PV_DEMARCHE_MAX_WAIT_S = 3600,
};

/* A form, as the commune's settings say. All texts are copied. */
typedef struct PvDemarcheForm {
  const char *slug, *title;
  const char *description, *category, *bring, *cost; /* (nullable) */
  const char *const *keywords;                       /* (nullable) */
  const char *base_url;                              /* https, or http on this machine; a final "/" does not matter */
  const char *path;                                  /* as in BASE/commencer/PATH */
  guint number;                                      /* of the form there */
  guint duration_minutes;                            /* 0: not told */
  const char *const *fields;                         /* as core/handover-field.h reads them */
} PvDemarcheForm;

#define PV_TYPE_DEMARCHE (pv_demarche_get_type ())
G_DECLARE_FINAL_TYPE (PvDemarche, pv_demarche, PV, DEMARCHE, GObject)

/**
 * pv_demarche_new:
 * @client: referenced; without the kiosk's certificate, which is for the relay alone
 * @now_us: (nullable): UTC; for tests
 */
PvDemarche *pv_demarche_new (PvHttpClient *client, gint64 (*now_us) (void)) G_GNUC_WARN_UNUSED_RESULT;
/* FALSE with PV_PORTAL_ERROR_CONFIGURATION, which names the form and what is wrong with it. */
gboolean pv_demarche_add (PvDemarche *self, const PvDemarcheForm *form, GError **error);
/* Of all that were added. (transfer full) */
char **pv_demarche_list_slugs (PvDemarche *self) G_GNUC_WARN_UNUSED_RESULT;
