/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* covering.h: few combinations of many factors, in which each pair of values of two factors is met at least once. */
#pragma once

#include <glib.h>

enum { COVERING_MAX_FACTORS = 8 };

/* A value of each factor, by its index. */
typedef struct CoveringRow {
  guint values[COVERING_MAX_FACTORS];
} CoveringRow;

/* These two values never stand together. */
typedef struct CoveringBan {
  guint factor, value, other_factor, other_value;
} CoveringBan;

typedef struct CoveringPlan {
  guint n_factors;
  guint n_values[COVERING_MAX_FACTORS]; /* of each factor */
  const CoveringBan *bans;
  guint n_bans;
} CoveringPlan;

/* FALSE: a ban forbids it. */
gboolean covering_is_allowed (const CoveringPlan *plan, const CoveringRow *row);
/* The same rows in the same order each time. A pair that no allowed row has is left out. (transfer full) (element-type
 * CoveringRow) */
GArray *covering_list_pairwise (const CoveringPlan *plan);
/* Every allowed combination; the last factor changes with each. (transfer full) (element-type CoveringRow) */
GArray *covering_list_all (const CoveringPlan *plan);
