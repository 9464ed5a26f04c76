/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* slots.h: the times of the demo's agendas, as Chrono answers them (publik-api, 5).
 *
 * An agenda of site.json is of one kind: "meetings" (days, hours, one desk), "events" (a class each week, with places and a
 * waiting list) or "virtual" (several of meetings as one). What others took is seeded: it depends on the name of a slot only.
 */
#pragma once

#include "demo/site.h"

/* An agenda by its slug. (transfer full) (nullable) */
PvJson *pv_demo_slots_find_agenda (const PvDemoSite *site, const char *slug) G_GNUC_WARN_UNUSED_RESULT;
/* "meetings", "events" or "virtual". (transfer full) */
char *pv_demo_slots_get_kind (const PvJson *agenda) G_GNUC_WARN_UNUSED_RESULT;

/**
 * pv_demo_slots_list:
 * @store: (nullable): what was booked here is taken
 *
 * Returns: (transfer full): an array
 */
PvJson *pv_demo_slots_list (const PvDemoSite *site, const PvJson *agenda, PvDemoStore *store,
                            gint64 now_us) G_GNUC_WARN_UNUSED_RESULT;

/* What can be done with one slot. */
typedef enum { PV_DEMO_SLOT_UNKNOWN, PV_DEMO_SLOT_FREE, PV_DEMO_SLOT_WAITING, PV_DEMO_SLOT_FULL } PvDemoSlotState;

/* @ret_datetime: (out): of it; @ret_agenda: (out): the agenda, of a virtual one the first that has it free. (transfer full) */
PvDemoSlotState pv_demo_slots_look_up (const PvDemoSite *site, const PvJson *agenda, const char *slot,
                                       PvDemoStore *store, gint64 now_us, char **ret_datetime, char **ret_agenda);
