/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* drop-door.h: /drop and the phone's page on the relay's port: what kiosk-config/relay does with nginx. */
#pragma once

#include <libsoup/soup.h>

#include "demo/drops.h"
#include "demo/faults.h"

/* The page's address, as in [documents] drop-url. */
#define PV_DEMO_DROP_PAGE "/d"
#define PV_DEMO_DROP_CALL "drop" /* as faults name it */

typedef struct PvDemoDropDoor PvDemoDropDoor;

/* @page_dir: kiosk-config/relay/page, or where it is installed */
PvDemoDropDoor *pv_demo_drop_door_new (const char *page_dir) G_GNUC_WARN_UNUSED_RESULT;
void pv_demo_drop_door_free (PvDemoDropDoor *door);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvDemoDropDoor, pv_demo_drop_door_free)

/* Whether it is a place, or the page. */
gboolean pv_demo_drop_door_is_place (const char *path);
gboolean pv_demo_drop_door_is_page (const char *path);
/* Sets the answer of @message. */
void pv_demo_drop_door_show_page (PvDemoDropDoor *door, SoupServerMessage *message, const char *path);
/* @trouble: REFUSE, ERROR_500 and CUT count: what was to be sent ends after the first half */
void pv_demo_drop_door_answer (PvDemoDropDoor *door, SoupServerMessage *message, const char *path, gint64 now_us,
                               const PvDemoTrouble *trouble);
