/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* provision-link.h: the first-start assistant's side of parvis-provision (core/setup-request.h): one connection for each request, one
 * request at a time, in their order. Main thread only. Every request is answered: what does not come in its time is AWAY. */
#pragma once

#include "core/setup-request.h"

enum {
  PV_PROVISION_LINK_MS = 100 * 1000,           /* a page that is printed has 75 s; since the last that was heard */
  PV_PROVISION_LINK_WRITE_MS = 30 * 60 * 1000, /* a slow disk */
  PV_PROVISION_LINK_MAX_REQUESTS = 16,
};

typedef struct PvProvisionLink PvProvisionLink;

/* @texts: of "ok"; never NULL. */
typedef void (*PvProvisionReplied) (PvSetupVerb verb, PvSetupReason reason, const char *const *texts,
                                    gpointer user_data);

/* How far it is, before it is replied. */
typedef void (*PvProvisionProgress) (PvSetupVerb verb, guint percent, gpointer user_data);

PvProvisionLink *pv_provision_link_new (const char *socket_path, PvProvisionReplied replied,
                                        PvProvisionProgress progress, gpointer user_data);
/* Nothing is told any more. */
void pv_provision_link_free (PvProvisionLink *link);
/* @line: with its end; copied, and wiped */
void pv_provision_link_ask (PvProvisionLink *link, PvSetupVerb verb, const char *line);
