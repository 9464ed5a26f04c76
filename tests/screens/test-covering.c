/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The combinations that the crawler visits when it does not visit all. */

#include "tst.h"

#include "covering.h"

static const CoveringBan screen_bans[] = { { 1, 3, 4, 2 } };
static const CoveringBan many_bans[] = { { 0, 0, 1, 0 }, { 0, 0, 1, 1 }, { 2, 1, 0, 1 }, { 3, 0, 2, 0 } };
/* What the only value of the second factor forbids can never be met. */
static const CoveringBan dead_end[] = { { 0, 0, 1, 0 } };

static const struct {
  CoveringPlan plan;
  guint most; /* rows */
} plans[] = {
  { { 5, { 10, 4, 3, 3, 3 }, screen_bans, 1 }, 46 }, /* the crawler's: 40 at least */
  { { 2, { 3, 5 }, NULL, 0 }, 15 },
  { { 4, { 2, 2, 2, 2 }, NULL, 0 }, 7 },
  { { 4, { 2, 3, 2, 2 }, many_bans, 4 }, 12 },
  { { 3, { 2, 1, 2 }, dead_end, 1 }, 2 },
  { { 1, { 4 }, NULL, 0 }, 0 },
};

static gboolean
has_pair (const GArray *rows, guint a, guint value_a, guint b, guint value_b)
{
  for (guint i = 0; i < rows->len; i++) {
    const CoveringRow *row = &g_array_index (rows, CoveringRow, i);

    if (row->values[a] == value_a && row->values[b] == value_b)
      return TRUE;
  }
  return FALSE;
}

/* What any allowed combination has is met; nothing else is. */
static void
every_pair_that_is_allowed_is_met (void **state)
{
  (void) state;
  for (guint p = 0; p < G_N_ELEMENTS (plans); p++) {
    const CoveringPlan *plan = &plans[p].plan;
    g_autoptr (GArray) all = covering_list_all (plan), rows = covering_list_pairwise (plan);

    for (guint a = 0; a < plan->n_factors; a++)
      for (guint b = a + 1; b < plan->n_factors; b++)
        for (guint value_a = 0; value_a < plan->n_values[a]; value_a++)
          for (guint value_b = 0; value_b < plan->n_values[b]; value_b++)
            assert_int_equal (has_pair (rows, a, value_a, b, value_b), has_pair (all, a, value_a, b, value_b));
  }
}

static void
no_row_has_a_pair_that_is_forbidden (void **state)
{
  (void) state;
  for (guint p = 0; p < G_N_ELEMENTS (plans); p++) {
    const CoveringPlan *plan = &plans[p].plan;
    g_autoptr (GArray) all = covering_list_all (plan), rows = covering_list_pairwise (plan);

    for (guint i = 0; i < plan->n_bans; i++) {
      const CoveringBan *ban = &plan->bans[i];

      assert_false (has_pair (rows, ban->factor, ban->value, ban->other_factor, ban->other_value));
      assert_false (has_pair (all, ban->factor, ban->value, ban->other_factor, ban->other_value));
    }
    for (guint i = 0; i < rows->len; i++) {
      const CoveringRow *row = &g_array_index (rows, CoveringRow, i);

      assert_true (covering_is_allowed (plan, row));
      for (guint factor = 0; factor < plan->n_factors; factor++)
        assert_true (row->values[factor] < plan->n_values[factor]);
    }
  }
}

static void
rows_are_few_and_the_same_each_time (void **state)
{
  (void) state;
  for (guint p = 0; p < G_N_ELEMENTS (plans); p++) {
    g_autoptr (GArray) once = covering_list_pairwise (&plans[p].plan), again = covering_list_pairwise (&plans[p].plan);

    assert_true (once->len <= plans[p].most);
    assert_int_equal (once->len, again->len);
    if (once->len > 0)
      assert_memory_equal (once->data, again->data, once->len * sizeof (CoveringRow));
  }
}

/* Ten languages, four sizes, three themes, layouts and screens; the largest letters are not asked on the smallest screen. */
static void
all_is_every_combination_but_the_forbidden_ones (void **state)
{
  g_autoptr (GArray) all = covering_list_all (&plans[0].plan);

  (void) state;
  assert_int_equal (all->len, 10 * 3 * 3 * (4 * 3 - 1));
  for (guint i = 1; i < all->len; i++)
    assert_memory_not_equal (&g_array_index (all, CoveringRow, i), &g_array_index (all, CoveringRow, i - 1),
                             sizeof (CoveringRow));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (every_pair_that_is_allowed_is_met),
    cmocka_unit_test (no_row_has_a_pair_that_is_forbidden),
    cmocka_unit_test (rows_are_few_and_the_same_each_time),
    cmocka_unit_test (all_is_every_combination_but_the_forbidden_ones),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
