/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* relay-rig.h: the relay of kiosk-config/relay in an nginx of the test's own, with an authority of kiosks. */
#pragma once

#include "platform/http.h"

typedef struct RelayRig {
  char *folder; /* kiosk.pem, kiosk.key; stranger.pem, stranger.key of another authority; relay.pem: what to trust */
  char *phones, *kiosks; /* "https://127.0.0.1:PORT" */
  guint phones_port;
  GSubprocess *nginx;
} RelayRig;

/* Whether nginx and its njs are installed. */
gboolean relay_rig_is_possible (void);
/* NULL: it does not start; why is on standard error. */
RelayRig *relay_rig_new (void);
void relay_rig_free (RelayRig *rig);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RelayRig, relay_rig_free)

/* @identity: (nullable): name of a certificate in the folder */
PvHttpClient *relay_rig_new_client (RelayRig *rig, const char *identity);
/* One call; its status, 0 if there was no answer. @ret_body: (nullable) (transfer full) */
guint relay_rig_call (PvHttpClient *client, const char *method, const char *base, const char *path, GBytes *body,
                      GBytes **ret_body);
/* How many files are in a folder of the rig: "drop", "upload". */
guint relay_rig_count_files (RelayRig *rig, const char *name);
/* Sets the clock of all places back by so many seconds, which is as if they went by. */
void relay_rig_age (RelayRig *rig, guint seconds);
/* Whether any file of "log", or any other file but the places, says @text. */
gboolean relay_rig_has_logged (RelayRig *rig, const char *text);
