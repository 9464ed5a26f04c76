/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* provision.h: what is done for the first-start assistant, which may do nothing itself. Blocks; a process of its own for each
 * request (core/setup-request.h). */
#pragma once

#include "core/setup-request.h"
#include "platform/settings.h"

typedef struct PvProvision {
  const char *config;      /* folder of the settings, as --config has it */
  const char *ctl_program; /* parvisctl */
  const char *systemctl_program;
  const char *credstore;       /* /etc/credstore */
  const char *network_folder;  /* /etc/systemd/network */
  const char *firewall_folder; /* /etc/parvis/firewall.d */
  const char *install_flag;    /* PV_SETUP_INSTALL */
  const char *install_program; /* of the stick's system */
  char *runtime, *state;       /* setup-files.h */
  /* How far something is that takes long. */
  void (*progress) (guint percent, gpointer progress_data);
  gpointer progress_data;
} PvProvision;

enum {
  PV_PROVISION_NETWORK_S = 30, /* until somebody gave an address */
  PV_PROVISION_PRINT_S = 75,   /* parvisctl printer test ends within 60 */
  PV_PROVISION_LIST_S = 20,
  PV_PROVISION_SYSTEMCTL_S = 20,
  PV_PROVISION_MAX_OUTPUT_BYTES = 64 * 1024,
  PV_PROVISION_MAX_ANSWERS_BYTES = 8 * 1024,
};

/* Once at the start of the machine, before the supervisor: decides whether the assistant is shown, and says so in the runtime
 * folder; ends what a power cut left of a first start that was finished. FALSE: it could not be said. */
gboolean pv_provision_begin (PvProvision *provision);
/* (transfer full): the reply to one line of setup-request.h: "no refused" to everything when no first start is wanted. */
char *pv_provision_answer (PvProvision *provision, const char *line) G_GNUC_WARN_UNUSED_RESULT;
