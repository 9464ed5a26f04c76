/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* agenda-procedure.h: the procedures that only book a time, which the commune's settings describe ([appointment SLUG]): made
 * here, as the portal has no form for them. Pure. */
#pragma once

#include "core/catalogue.h"
#include "platform/settings.h"

/* Adds those of the settings; a form of the portal with the same name goes before. */
void pv_agenda_complete_catalogue (const PvSettings *settings, PvCatalogue *catalogue);

/**
 * pv_agenda_make_procedure:
 *
 * The time, then who comes, in the language that is set. Not yet completed: see pv_commune_complete_procedure().
 *
 * Returns: (transfer full) (nullable): NULL if the settings have no [appointment SLUG]
 */
PvProcedure *pv_agenda_make_procedure (const PvSettings *settings, const char *slug) G_GNUC_WARN_UNUSED_RESULT;
