/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* assist-class.h: what a mediator may see of an answer, decided from what is asked.
 *
 * A form says nothing of it, so the class is computed when the form is read: from the kind of question, its format,
 * its name and the words of its label.  Whatever is not known to be harmless is masked.  A label may be French or
 * English; case, accents and punctuation do not matter.
 */
#pragma once

#include "core/procedure.h"

/**
 * pv_assist_class_of:
 * @clear_names: (nullable) (array zero-terminated=1): names of questions that the commune lets a mediator read
 *
 * HIDDEN for identity numbers, bank data, codes, cards and documents, whatever @clear_names says; CLEAR for choices,
 * texts to read and dates other than of birth, and for @clear_names; TYPING for the rest.
 */
PvAssistClass pv_assist_class_of (const PvQuestion *question, const char *const *clear_names);

/* The strictest class of several questions that are shown as one answer; (element-type PvQuestion). */
PvAssistClass pv_assist_class_of_all (const GPtrArray *questions);
