/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* practice.h: answers of a person who does not exist, for practising.
 *
 * Obviously made up, and right in form: numbers are of ranges that are given to nobody, or of zeros. Pure.
 */
#pragma once

#include "core/filing.h"

/**
 * pv_practice_new_answer:
 *
 * Returns: (transfer full) (nullable): an answer that the question at @path takes; NULL if none of ours does
 */
PvValue *pv_practice_new_answer (const PvFiling *filing, const char *path,
                                 const GDate *today) G_GNUC_WARN_UNUSED_RESULT;

/* What a card of that person would say. (transfer full) */
PvIdentity *pv_practice_new_identity (void) G_GNUC_WARN_UNUSED_RESULT;
