/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* console-settings.h: where the console's files are and how it behaves; one key file, written by hand or by enrolment. */
#pragma once

#include <glib.h>

/* [console] of parvis/mediator.conf; see kiosk-config/mediator/mediator.conf for the words. */
typedef struct PvConsoleSettings {
  char *broker_host;
  guint broker_port;
  char *ca_file, *client_cert_file, *client_key_file; /* TLS */
  char *certificate_file, *key_file;                  /* ours; the key is sealed by a passphrase */
  char **roots;                                       /* as [assist] roots of the kiosk */
  char **revoked;                                     /* (nullable): ids of kiosks and mediators who no longer count */
  char *activity_file, *audit_file, *explanations_file;
  guint group;      /* 1: hears calls at once; 2: after 90 s */
  char *hours;      /* (nullable): when calls ring here, as in core/opening-hours.h */
  guint audit_days; /* retention */
} PvConsoleSettings;

/* Paths are taken from the folder of the file. NULL with G_KEY_FILE_ERROR or G_FILE_ERROR, naming line or key. */
PvConsoleSettings *pv_console_settings_read (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The mediator's own, as bytes that nobody has looked at. NULL with G_FILE_ERROR. (transfer full) */
GBytes *pv_console_settings_read_certificate (const PvConsoleSettings *settings,
                                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
void pv_console_settings_free (PvConsoleSettings *settings);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvConsoleSettings, pv_console_settings_free)
