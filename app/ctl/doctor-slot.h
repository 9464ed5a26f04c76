/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* doctor-slot.h: what of "parvisctl doctor" speaks about the image that runs, for the step that confirms an update: only that
 * can get better by going back to the image before. Pure. */
#pragma once

#include "ctl/finding.h"

/* Whether what is wrong there may be the image's fault. FALSE for an id that is none. */
gboolean pv_doctor_slot_counts (const char *check_id);
/* For each row @index from 0: the id; NULL after the last. */
const char *pv_doctor_slot_get_id (guint index);
/* "ID: SENTENCE", a line for each finding that counts and is wrong; "": the image is well. (transfer full) */
char *pv_doctor_slot_to_text (const PvCheckup *checkups, gsize n_checkups) G_GNUC_WARN_UNUSED_RESULT;
