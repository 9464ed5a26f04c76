/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* commune.h: what the commune's settings add to what the portal says of a procedure. */
#pragma once

#include "core/catalogue.h"
#include "platform/settings.h"

/* Before @procedure is shared. */
void pv_commune_complete_procedure (const PvSettings *settings, PvProcedure *procedure);
/* Reads the file of everyday words, too; one that is not there, or wrong, is logged and done without. */
void pv_commune_complete_catalogue (const PvSettings *settings, PvCatalogue *catalogue);
