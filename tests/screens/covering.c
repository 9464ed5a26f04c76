/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "covering.h"

/* Greedy: each row begins with the first pair that was not met yet, and takes for each further factor the value that meets
 * most new pairs with what the row has. Where two are as good, the one that was taken least so far. */

enum { NOT_YET = G_MAXUINT };

typedef struct {
  const CoveringPlan *plan;
  guint offsets[COVERING_MAX_FACTORS]; /* of a factor's first value among all values */
  guint n_all;
  gboolean *met;  /* n_all x n_all: pairs, the earlier factor first */
  guint *n_taken; /* of each value */
} Covering;

static gboolean
is_banned (const CoveringPlan *plan, guint factor, guint value, guint other_factor, guint other_value)
{
  for (guint i = 0; i < plan->n_bans; i++) {
    const CoveringBan *ban = &plan->bans[i];

    if ((ban->factor == factor && ban->value == value && ban->other_factor == other_factor
         && ban->other_value == other_value)
        || (ban->factor == other_factor && ban->value == other_value && ban->other_factor == factor
            && ban->other_value == value))
      return TRUE;
  }
  return FALSE;
}

gboolean
covering_is_allowed (const CoveringPlan *plan, const CoveringRow *row)
{
  for (guint a = 0; a < plan->n_factors; a++)
    for (guint b = a + 1; b < plan->n_factors; b++)
      if (is_banned (plan, a, row->values[a], b, row->values[b]))
        return FALSE;
  return TRUE;
}

static gboolean *
pair (Covering *self, guint a, guint value_a, guint b, guint value_b)
{
  guint first = self->offsets[MIN (a, b)] + (a < b ? value_a : value_b);
  guint second = self->offsets[MAX (a, b)] + (a < b ? value_b : value_a);

  return &self->met[first * self->n_all + second];
}

/* FALSE: with what the row has so far, no value of some factor is allowed. */
static gboolean
can_be_completed (Covering *self, const CoveringRow *row, guint factor)
{
  const CoveringPlan *plan = self->plan;
  CoveringRow next = *row;

  if (factor == plan->n_factors)
    return TRUE;
  if (row->values[factor] != NOT_YET)
    return can_be_completed (self, row, factor + 1);
  for (guint value = 0; value < plan->n_values[factor]; value++) {
    gboolean is_free = TRUE;

    for (guint other = 0; other < plan->n_factors; other++)
      if (other != factor && row->values[other] != NOT_YET)
        is_free = is_free && !is_banned (plan, factor, value, other, row->values[other]);
    next.values[factor] = value;
    if (is_free && can_be_completed (self, &next, factor + 1))
      return TRUE;
  }
  return FALSE;
}

/* New pairs that this value would meet; -1: it may not stand here. */
static int
gain (Covering *self, const CoveringRow *row, guint factor, guint value)
{
  CoveringRow with = *row;
  int n_new = 0;

  with.values[factor] = value;
  for (guint other = 0; other < self->plan->n_factors; other++) {
    if (other == factor || row->values[other] == NOT_YET)
      continue;
    if (is_banned (self->plan, factor, value, other, row->values[other]))
      return -1;
    n_new += *pair (self, factor, value, other, row->values[other]) ? 0 : 1;
  }
  return can_be_completed (self, &with, 0) ? n_new : -1;
}

static void
complete (Covering *self, CoveringRow *row)
{
  for (guint factor = 0; factor < self->plan->n_factors; factor++) {
    int best = -1;
    guint best_value = NOT_YET;

    if (row->values[factor] != NOT_YET)
      continue;
    for (guint value = 0; value < self->plan->n_values[factor]; value++) {
      int n_new = gain (self, row, factor, value);

      if (n_new > best
          || (n_new == best && best_value != NOT_YET
              && self->n_taken[self->offsets[factor] + value] < self->n_taken[self->offsets[factor] + best_value])) {
        best = n_new;
        best_value = value;
      }
    }
    row->values[factor] = best_value;
  }
}

static void
meet (Covering *self, const CoveringRow *row)
{
  for (guint a = 0; a < self->plan->n_factors; a++) {
    self->n_taken[self->offsets[a] + row->values[a]]++;
    for (guint b = a + 1; b < self->plan->n_factors; b++)
      *pair (self, a, row->values[a], b, row->values[b]) = TRUE;
  }
}

static void
cover_pair (Covering *self, guint a, guint value_a, guint b, guint value_b, GArray *rows)
{
  CoveringRow row;

  if (*pair (self, a, value_a, b, value_b) || is_banned (self->plan, a, value_a, b, value_b))
    return;
  for (guint i = 0; i < COVERING_MAX_FACTORS; i++)
    row.values[i] = i < self->plan->n_factors ? NOT_YET : 0;
  row.values[a] = value_a;
  row.values[b] = value_b;
  if (!can_be_completed (self, &row, 0))
    return;
  complete (self, &row);
  meet (self, &row);
  g_array_append_val (rows, row);
}

GArray *
covering_list_pairwise (const CoveringPlan *plan)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (CoveringRow));
  Covering self = { .plan = plan };

  g_return_val_if_fail (plan->n_factors <= COVERING_MAX_FACTORS, rows);
  for (guint i = 0; i < plan->n_factors; i++) {
    self.offsets[i] = self.n_all;
    self.n_all += plan->n_values[i];
  }
  self.met = g_new0 (gboolean, (gsize) self.n_all * self.n_all);
  self.n_taken = g_new0 (guint, self.n_all);
  for (guint a = 0; a < plan->n_factors; a++)
    for (guint b = a + 1; b < plan->n_factors; b++)
      for (guint value_a = 0; value_a < plan->n_values[a]; value_a++)
        for (guint value_b = 0; value_b < plan->n_values[b]; value_b++)
          cover_pair (&self, a, value_a, b, value_b, rows);
  g_free (self.met);
  g_free (self.n_taken);
  return rows;
}

GArray *
covering_list_all (const CoveringPlan *plan)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (CoveringRow));
  guint n = 1;

  g_return_val_if_fail (plan->n_factors <= COVERING_MAX_FACTORS, rows);
  for (guint i = 0; i < plan->n_factors; i++)
    n *= plan->n_values[i];
  for (guint i = 0; i < n; i++) {
    CoveringRow row = { { 0 } };
    guint rest = i;

    for (guint factor = plan->n_factors; factor-- > 0; rest /= plan->n_values[factor])
      row.values[factor] = rest % plan->n_values[factor];
    if (covering_is_allowed (plan, &row))
      g_array_append_val (rows, row);
  }
  return rows;
}
