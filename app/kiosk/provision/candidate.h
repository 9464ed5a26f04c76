/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* candidate.h: the settings as they would be with the answers so far, to be tried before they count. They lie in memory
 * (RUNTIME/trial), with the layers of the kiosk around them, so that what is tried is what will run. */
#pragma once

#include "kiosk/provision/provision.h"

/* The file of settings, its text: what an enrolment brought, and over it what was answered here. NULL: the enrolment's are no settings.
 * (transfer full) */
char *pv_candidate_text (const PvProvision *provision, const PvSetupAnswers *answers) G_GNUC_WARN_UNUSED_RESULT;
/* Makes the folder anew; in it the keys are those of the trial. Returns: (transfer full) (nullable): what --config takes; NULL: it
 * could not be written, and that was logged. */
char *pv_candidate_lay_out (const PvProvision *provision, const PvSetupAnswers *answers) G_GNUC_WARN_UNUSED_RESULT;
/* A key of the trial, 0600; after the folder was laid out. */
gboolean pv_candidate_add_key (const PvProvision *provision, const char *name, const char *bytes, gsize size);
void pv_candidate_remove (const PvProvision *provision);
/* Nothing is wrong with it, by the settings' own rules and by those of how high a screen may stand; else that was logged. */
gboolean pv_candidate_is_right (const char *config);
