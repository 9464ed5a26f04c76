/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* explanations.h: sentences to be sent to the citizen's screen, where they are shown and read aloud: ours, and the
 * mediator's own from a text file, one a line ("#" begins a remark). */
#pragma once

#include <glib.h>

enum {
  PV_EXPLANATIONS_MAX_OWN = 100,
  PV_EXPLANATIONS_MAX_BYTES = 400, /* of one; longer ones are left out */
  PV_EXPLANATIONS_MAX_FILE_BYTES = 64 * 1024,
};

typedef enum {
  PV_EXPLAIN_FIELD,    /* what this question wants */
  PV_EXPLAIN_FIND,     /* where the answer stands */
  PV_EXPLAIN_REASSURE, /* nothing is sent, there is time */
  PV_EXPLAIN_WAIT,
  PV_EXPLAIN_STOP, /* this is not for here: kindly to the counter */
  PV_EXPLAIN_OWN,
  PV_N_EXPLAIN_GROUPS
} PvExplainGroup;

typedef struct PvExplanation {
  PvExplainGroup group;
  char *text;         /* in the language of the console */
  const char *reason; /* (nullable): of a stop: "minor", "protected-adult", "over-indebtedness" */
} PvExplanation;

/**
 * pv_explanations_new:
 * @own_path: (nullable): the mediator's own; no file is no sentence
 * @ret_n_left_out: (out) (optional): lines of it that are too long, too many or not text
 *
 * Returns: (transfer full) (element-type PvExplanation): by group
 */
GPtrArray *pv_explanations_new (const char *own_path, guint *ret_n_left_out) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer none) */
const char *pv_explain_group_label (PvExplainGroup group);
