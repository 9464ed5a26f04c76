/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* relay.h: an enrolment (platform/enrolment.h): fetched, opened, and kept beside the answers until the end. */
#pragma once

#include "kiosk/provision/provision.h"
#include "platform/enrolment.h"

#define PV_RELAY_FOLDER "enrolment" /* in the state folder: settings and what is public of it */

/* @server: folder of the enrolments; @code: as it was typed. (transfer full): of NOTHING */
PvSetupReason pv_relay_fetch (const char *server, const char *code, PvEnrolment **ret_enrolment);
/* Its settings and public files into @folder, which is made anew; TRUE: the disk has them. */
gboolean pv_relay_keep (const PvEnrolment *enrolment, const char *folder);
/* All but its settings from @folder into @site. */
gboolean pv_relay_copy_public (const char *folder, const char *site);
void pv_relay_forget (const char *folder);
