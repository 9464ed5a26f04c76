/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* printer-rig.h: the printer service in a folder of its own, and a session that talks to it. */
#pragma once

#include "core/journey.h"

#include "pv-link-printer1.h"

#include "tst.h"

#define SESSION      "00112233445566778899aabbccddeeff"
#define NEXT_SESSION "ffeeddccbbaa99887766554433221100"

enum {
  WAIT_MS = 20000,
  /* What org.parvis.Printer1 promises. */
  END_MS = 3000,
  /* Of a printer that does not answer: 8 s, one more request and its start. */
  OFFLINE_MS = 15000,
};

typedef struct {
  guint job;
  PvPrintState state;
  PvPrintReason reason;
} Told;

typedef struct {
  char *folder, *socket;
  char *cups_server; /* (nullable): socket of a CUPS of the test */
  GSubprocess *process;
  GDBusConnection *connection;
  PvLinkPrinter1 *proxy;
  GArray *told; /* (element-type Told) */
} Kiosk;

/* @printer: lines of the group [printer]; @cups_server: (nullable). Connected; properties are read. */
Kiosk *kiosk_new (const char *printer, const char *cups_server);
Kiosk *kiosk_new_for_uri (const char *uri);
/* Asserts that the service ends well and leaves no file. */
void kiosk_free (Kiosk *kiosk);
/* After the death of the process: starts another one. */
void kiosk_restart (Kiosk *kiosk);
/* The same, without a connection to it. */
void kiosk_restart_unvisited (Kiosk *kiosk);
gboolean wait_until_available (Kiosk *kiosk, gboolean is_available);
GBytes *render (void);
/* The job; or 0, and *ret_error is the name of the D-Bus error. Without @ret_error it must not fail. */
guint print_bytes (Kiosk *kiosk, const char *session, const char *language, GBytes *bytes, char **ret_error);
guint print_receipt (Kiosk *kiosk, const char *session, char **ret_error);
/* What was told last, or NULL. */
const Told *get_last (Kiosk *kiosk);
gboolean wait_for_state (Kiosk *kiosk, PvPrintState state, guint max_ms);
/* Asserts that the answer comes in time. Returns: is_clean */
gboolean end_session (Kiosk *kiosk, const char *session);
