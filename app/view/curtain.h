/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* curtain.h: nothing of the screen is seen, by the wish of who listens to it.
 *
 * Keys work as before. A touch does not lift it: who does not see explores with the hands, and a glance over the shoulder would
 * be enough. A finger that stays for two seconds does: a person who sees again, or the next one, needs no headset for it.
 * It sends PV_DO_SPEECH "curtain". */
#pragma once

#include <gtk/gtk.h>

enum { PV_CURTAIN_HOLD_MS = 2000 };

#define PV_TYPE_CURTAIN (pv_curtain_get_type ())
G_DECLARE_FINAL_TYPE (PvCurtain, pv_curtain, PV, CURTAIN, GtkWidget)

GtkWidget *pv_curtain_new (void);
