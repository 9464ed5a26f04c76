/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* assist-free.h: how many mediators say that they are free: a board (assist/presence.h) with a clock.
 *
 * No timer while nobody says anything. Main thread. */
#pragma once

#include "assist/presence.h"
#include "platform/clock.h"

typedef struct PvAssistFree PvAssistFree;

/**
 * pv_assist_free_new:
 * @certificate_file: (nullable): the kiosk's: for which communes mediators must speak
 * @changed: what is shown changed
 *
 * @roots and @clock are borrowed. Returns: (nullable): unreadable: how many are free is not known
 */
PvAssistFree *pv_assist_free_new (const char *certificate_file, const PvCertificateRoot *roots, gsize n_roots,
                                  PvClock *clock, void (*changed) (gpointer),
                                  gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;
void pv_assist_free_free (PvAssistFree *self);
/* What somebody says, says the courier. */
void pv_assist_free_hear (PvAssistFree *self, GBytes *presence);
/* The carrier is gone: nothing that was said holds. */
void pv_assist_free_forget (PvAssistFree *self);
/* 0: nobody, or not known. */
guint pv_assist_free_count (const PvAssistFree *self);
