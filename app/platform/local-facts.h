/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* local-facts.h: what the files of a kiosk say about it, for parvisctl and for what the courier tells the fleet. Any thread;
 * looks at the disk. */
#pragma once

#include "platform/settings.h"

/* In [paths] runtime: one line, the version of the image that was taken back. The step that confirms a start writes it. */
#define PV_UPDATE_REFUSED_FILE "update-refused"

enum { PV_UPDATE_VERSION_BYTES = 32 /* with the zero at its end; digits and points */ };

typedef struct PvLocalFacts {
  gboolean is_in_maintenance;
  gint64 maintenance_until_us; /* UTC; 0: until somebody ends it */
  gint64 portal_answered_s;    /* UTC: when the portal last told what it offers; 0: never, or not seen */
  guint64 disk_free_bytes;     /* in [paths] state, for us; 0: not seen */
  char update_refused
    [PV_UPDATE_VERSION_BYTES]; /* of an image that did not prove itself, so that the one before runs; "": none */
} PvLocalFacts;

/* @config: folder of the settings */
void pv_local_facts_read (const PvSettings *settings, const char *config, gint64 now_us, PvLocalFacts *ret_facts);
/* The courier's list of what the portal offers, written anew each time that the portal has answered. (transfer full) */
char *pv_local_facts_list_path (const PvSettings *settings) G_GNUC_WARN_UNUSED_RESULT;
