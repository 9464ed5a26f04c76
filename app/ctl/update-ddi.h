/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* update-ddi.h: what a hawkBit says over its Direct Device Integration API, version 1, and what it is told. Nothing of it is trusted
 * beyond where bytes may be fetched: whether an image is taken, its signature says, later. Pure. */
#pragma once

#include <glib.h>

#define PV_DDI_ERROR (pv_ddi_error_quark ())
GQuark pv_ddi_error_quark (void);
typedef enum {
  PV_DDI_ERROR_BAD_DATA,    /* not what the API says */
  PV_DDI_ERROR_NOT_ALLOWED, /* another host, another file, more bytes than an image has */
} PvDdiError;

enum {
  PV_DDI_MAX_ANSWER_BYTES = 256 * 1024,
  PV_DDI_MAX_ARTIFACTS = 16,
  PV_DDI_MAX_NAME_BYTES = 128,
  PV_DDI_MAX_URL_BYTES = 2048,
  PV_DDI_MAX_ID_BYTES = 20,
  /* Of one file: a slot has 640 MiB. */
  PV_DDI_MAX_FILE_BYTES = 1024 * 1024 * 1024,
  PV_DDI_SHA256_CHARS = 64,
};

typedef struct PvDdiArtifact {
  char *name; /* "SHA256SUMS", "SHA256SUMS.gpg" or "parvis_..." */
  char *url;
  guint64 size;
  char sha256[PV_DDI_SHA256_CHARS + 1];
} PvDdiArtifact;

typedef struct PvDdiDeployment {
  char *id;             /* of the action: digits */
  gboolean is_wanted;   /* FALSE: not now */
  GPtrArray *artifacts; /* (element-type PvDdiArtifact) */
} PvDdiDeployment;

void pv_ddi_deployment_free (PvDdiDeployment *deployment);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvDdiDeployment, pv_ddi_deployment_free)

/* BASE/TENANT/controller/v1/CONTROLLER. (transfer full) */
char *pv_ddi_make_url (const char *base, const char *tenant, const char *controller) G_GNUC_WARN_UNUSED_RESULT;

/* Each below takes @base, as only links to its scheme, host and port are followed. Errors: PV_DDI_ERROR, PV_JSON_ERROR. */

/* Of the answer to a poll. NULL in both: there is nothing to do. (transfer full) */
gboolean pv_ddi_parse_poll (const char *base, const char *text, gsize size, char **ret_deployment, char **ret_cancel,
                            GError **error);
PvDdiDeployment *pv_ddi_parse_deployment (const char *base, const char *text, gsize size,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Which action is taken back, and by which one. (transfer full) */
gboolean pv_ddi_parse_cancel (const char *text, gsize size, char **ret_id, char **ret_stopped, GError **error);

/* What is told. @execution: "proceeding", "closed", "rejected". @finished: "none", "success", "failure". (transfer full) */
char *pv_ddi_make_feedback (const char *id, const char *execution, const char *finished,
                            const char *words) G_GNUC_WARN_UNUSED_RESULT;
