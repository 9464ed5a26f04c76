/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* relay-rig.h: the relay of kiosk-config/relay in an nginx of the test's own, with two communes, their authorities and kiosks,
 * and, where it is wanted, the portal of the demo behind it over TLS. */
#pragma once

#include "platform/http.h"

typedef struct RelayRig {
  /* The certificates of "kiosk", "kiosk-2" (of 22050), "autre" (of 22060); "revoked", "expired", "claims" (22060, under the
   * authority of 22050), "nameless" (of no commune), "unmapped" (of 99999); "stranger" (of another authority): each .pem
   * and .key. relay.pem: whom kiosks trust. */
  char *folder;
  char *phones, *kiosks, *health; /* "https://127.0.0.1:PORT"; health: "http://..." */
  guint phones_port, kiosks_port;
  GSubprocess *nginx;
  GSubprocess *demo;        /* (nullable): of this rig */
  guint portal_port;        /* 0: none */
  char *portal;             /* (nullable): "https://127.0.0.1:PORT": the portal over TLS, as the relay asks it */
  char *stand_in, *control; /* (nullable): the demo's own relay, and what steers it */
  char *demo_state;
} RelayRig;

/* Whether nginx and its njs are installed. */
gboolean relay_rig_is_possible (void);
/* Without a portal. NULL: it does not start; why is on standard error. */
RelayRig *relay_rig_new (void);
/* With the demo of PV_DEMO_PROGRAM. */
RelayRig *relay_rig_new_with_portal (void);
/* Before a demo that runs already. */
RelayRig *relay_rig_new_before (guint portal_port);
/* A second one beside @rig, with the same certificates and portal; nothing else in common. @communes, @keys: (nullable): another
 * map than that of @rig */
RelayRig *relay_rig_new_copy (const RelayRig *rig, const char *communes, const char *keys);
void relay_rig_free (RelayRig *rig);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RelayRig, relay_rig_free)

/* @identity: (nullable): name of a certificate in the folder */
PvHttpClient *relay_rig_new_client (RelayRig *rig, const char *identity);
/* One call; its status, 0 if there was no answer. @ret_body: (nullable) (transfer full) */
guint relay_rig_call (PvHttpClient *client, const char *method, const char *base, const char *path, GBytes *body,
                      GBytes **ret_body);
/* A TLS connection to a port of this machine, whoever is there; NULL: refused. @identity: (nullable) (transfer full) */
GIOStream *relay_rig_connect (RelayRig *rig, guint port, const char *identity);
/* The socket below such a connection. (transfer none) */
GSocket *relay_rig_get_socket (GIOStream *stream);
/* Sends @request as it is, and reads until the other side closes, at most 256 KiB. NULL: no answer. (transfer full) */
char *relay_rig_send_raw (RelayRig *rig, guint port, const char *identity, const char *request, gsize size);

/* Makes @identity the one whose certificate is on the list of revoked ones, as an operator does: new list, then a reload.
 * Returns when nobody takes a new connection by the old list any more; FALSE: that took too long. */
gboolean relay_rig_revoke (RelayRig *rig, const char *identity);

/* How many requests came to the portal's door, whatever they were. */
guint relay_rig_count_at_portal (RelayRig *rig);
/* Whether a request came to the portal's door that begins so: "NAME-OF-THE-PORTAL GET /api/..." */
gboolean relay_rig_has_come (RelayRig *rig, const char *text);
/* The same of a request that has @text anywhere in it. */
gboolean relay_rig_has_come_with (RelayRig *rig, const char *text);
/* Whether any file that nginx wrote since it runs, wherever and whatever it is, says @text; not the portal's own. */
gboolean relay_rig_has_file_with (RelayRig *rig, const char *text);
/* How many files are in a folder of the rig: "drop", "upload". */
guint relay_rig_count_files (RelayRig *rig, const char *name);
/* Sets the clock of all places back by so many seconds, which is as if they went by. */
void relay_rig_age (RelayRig *rig, guint seconds);
/* Whether any file of "log", or any other file but the places, says @text. */
gboolean relay_rig_has_logged (RelayRig *rig, const char *text);
