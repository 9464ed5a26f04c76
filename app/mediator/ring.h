/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* ring.h: a call is heard: at once, and again while somebody waits, a few times. */
#pragma once

#include <gtk/gtk.h>

enum { PV_RING_AGAIN_SECONDS = 10, PV_RING_TIMES = 9 };

typedef struct PvRing PvRing;

PvRing *pv_ring_new (void);
void pv_ring_free (PvRing *ring);
void pv_ring_start (PvRing *ring);
void pv_ring_stop (PvRing *ring);
gboolean pv_ring_is_on (const PvRing *ring);
