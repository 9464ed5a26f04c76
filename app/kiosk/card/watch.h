/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* watch.h: the thread that owns the reader: looks for a card, reads it once there is a code, tells what happens.
 *
 * libnfc blocks and, with a hostile card, may abort: it has this thread, and this thread has a process (parvis-card) that
 * holds nothing else. */
#pragma once

#include <glib.h>

#include "core/card.h"
#include "eid/password.h"
#include "eid/trust.h"

typedef struct PvCardWatchOptions {
  const char *reader;      /* connection string, or "auto" */
  const char *lock_folder; /* (nullable) */
  const PvTrust *trust;    /* (nullable) */
  GTimeZone *zone;         /* of the commune: what "today" is */
  /* On the watch's thread. The report is the callee's for the time of the call only. */
  void (*tell) (const PvCardReport *report, gpointer user_data);
  gpointer user_data;
} PvCardWatchOptions;

typedef struct PvCardWatch PvCardWatch;

/* Starts at once. @options is copied; what it points to must outlive the watch. */
PvCardWatch *pv_card_watch_start (const PvCardWatchOptions *options) G_GNUC_WARN_UNUSED_RESULT;
/* Takes @password. Reads the card that lies there, or the next one; whatever runs is given up. */
void pv_card_watch_read (PvCardWatch *watch, PvCardPassword *password);
/* Forgets the code, gives up what runs, and goes on looking. */
void pv_card_watch_forget (PvCardWatch *watch);
/* Ends the thread, within 500 ms unless the reader's driver hangs. */
void pv_card_watch_stop (PvCardWatch *watch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvCardWatch, pv_card_watch_stop)
