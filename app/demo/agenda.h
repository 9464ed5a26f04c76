/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* agenda.h: the calls of Chrono: agendas, times, booking, giving a booking up (publik-api, 5). Each: (transfer full) */
#pragma once

#include "demo/api.h"

PvDemoReply *pv_demo_agenda_list (PvDemoPortal *portal, const PvDemoRequest *request) G_GNUC_WARN_UNUSED_RESULT;
PvDemoReply *pv_demo_agenda_meetings (PvDemoPortal *portal, const char *agenda) G_GNUC_WARN_UNUSED_RESULT;
/* @meeting_type: (nullable): of events */
PvDemoReply *pv_demo_agenda_datetimes (PvDemoPortal *portal, const PvDemoRequest *request, const char *agenda,
                                       const char *meeting_type) G_GNUC_WARN_UNUSED_RESULT;
PvDemoReply *pv_demo_agenda_fillslot (PvDemoPortal *portal, const PvDemoRequest *request, const char *agenda,
                                      const char *slot) G_GNUC_WARN_UNUSED_RESULT;
PvDemoReply *pv_demo_agenda_bookings (PvDemoPortal *portal, const PvDemoRequest *request) G_GNUC_WARN_UNUSED_RESULT;
PvDemoReply *pv_demo_agenda_cancel (PvDemoPortal *portal, const char *id) G_GNUC_WARN_UNUSED_RESULT;
PvDemoReply *pv_demo_agenda_ics (PvDemoPortal *portal, const PvDemoRequest *request,
                                 const char *id) G_GNUC_WARN_UNUSED_RESULT;

/* What the workflow of a form does with a time that was chosen in it: books it, under the kiosk's reference if the form
 * has one. A time that is gone meanwhile is left to the agents. */
void pv_demo_agenda_book_filed (PvDemoPortal *portal, const PvDemoRequest *request, const PvJson *form,
                                const PvJson *data);

/* The relay's own (app/portal/README.md): whether a booking is there, and giving it up, both only by its reference. */
PvDemoReply *pv_demo_agenda_relay_find (PvDemoPortal *portal, const PvDemoRequest *request) G_GNUC_WARN_UNUSED_RESULT;
PvDemoReply *pv_demo_agenda_relay_cancel (PvDemoPortal *portal, const PvDemoRequest *request) G_GNUC_WARN_UNUSED_RESULT;
/* A booking may be replaced only by whoever knows its reference; else refused. */
PvDemoReply *pv_demo_agenda_relay_fillslot (PvDemoPortal *portal, const PvDemoRequest *request, const char *agenda,
                                            const char *slot) G_GNUC_WARN_UNUSED_RESULT;
