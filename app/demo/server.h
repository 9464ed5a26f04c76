/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* server.h: the three listeners of the demo, all on the loopback interface. */
#pragma once

#include <gio/gio.h>

#include "demo/faults.h"
#include "demo/signature.h"

typedef struct PvDemoOptions {
  const char *state_dir;                       /* exists */
  const char *data_dir;                        /* site.json, page.html, procedures/ */
  guint portal_port, relay_port, control_port; /* 0 = any */
  const char *relay_certificate;               /* (nullable): PEM; with it the relay speaks TLS */
  const char *relay_key;                       /* (nullable): PEM; default: in the file of the certificate */
  const char *relay_client_ca; /* (nullable): PEM; with it a client certificate of that authority is required */
  const char *reader_link;     /* (nullable): with it there is a virtual card reader */
  const char *cards_dir;       /* (nullable): default: cards/ of the data */
  const char *printer_dir;     /* (nullable): folder of the virtual printer, to tell it what is wrong with it */
  const char *roll_link;       /* (nullable): with it there is a virtual thermal printer */
  const char *page_dir;        /* (nullable): the page for phones; default: where it is installed */
} PvDemoOptions;

typedef struct PvDemoServer PvDemoServer;

/* Listens when it returns; serves on the default main context. */
PvDemoServer *pv_demo_server_start (const PvDemoOptions *options, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void pv_demo_server_stop (PvDemoServer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvDemoServer, pv_demo_server_stop)

guint pv_demo_server_get_portal_port (PvDemoServer *self);
guint pv_demo_server_get_relay_port (PvDemoServer *self);
guint pv_demo_server_get_control_port (PvDemoServer *self);
/* (transfer none) */
PvDemoFaults *pv_demo_server_get_faults (PvDemoServer *self);
PvDemoSignatures *pv_demo_server_get_signatures (PvDemoServer *self);
