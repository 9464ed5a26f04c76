/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rows of a block, and of a table, in words: "Child 2 · Date of birth", "Budget · Line 1". */

#include <glib/gi18n-lib.h>

#include "core/journey-private.h"
#include "core/wipe.h"

gboolean
pv_step_is_of_table (const PvStep *step)
{
  return step->block != NULL && (step->block->flags & PV_QUESTION_TABLE) != 0;
}

char *
pv_screen_row_title (const PvJourney *journey, const PvQuestion *block, guint row)
{
  if (block->row_labels != NULL)
    return g_strdup (
      pv_journey_say (journey, block, row < g_strv_length (block->row_labels) ? block->row_labels[row] : ""));
  if ((block->flags & PV_QUESTION_TABLE) != 0)
    return g_strdup_printf (_ ("Line %u"), row + 1);
  return g_strdup_printf (
    "%s %u", pv_journey_say (journey, block, block->row_label != NULL ? block->row_label : block->label), row + 1);
}

char *
pv_screen_name_row (const PvJourney *journey, const PvStep *step, const char *label)
{
  g_autofree char *row = NULL;

  if (step->block == NULL || (step->block->max_rows <= 1 && !pv_step_is_of_table (step)))
    return g_strdup (label);
  row = pv_screen_row_title (journey, step->block, step->row);
  return g_strdup_printf ("%s · %s", row, label);
}

/* "Responsable 2 · Prénom"; of a table "Budget · Dépenses", or "Budget · 1". */
char *
pv_screen_official_row (const PvJourney *journey, const PvStep *step, const char *french)
{
  g_autofree char *official = pv_journey_official (journey, NULL, french);
  const PvQuestion *block = step->block;
  gboolean is_table = pv_step_is_of_table (step);

  if (official == NULL || block == NULL || (block->max_rows <= 1 && !is_table))
    return g_steal_pointer (&official);
  if (is_table && block->row_labels == NULL)
    return g_strdup_printf ("%s · %u", official, step->row + 1);
  if (is_table)
    return g_strdup_printf ("%s · %s", official,
                            step->row < g_strv_length (block->row_labels) ? block->row_labels[step->row] : "");
  return g_strdup_printf ("%s %u · %s", block->row_label != NULL ? block->row_label : block->label, step->row + 1,
                          official);
}

char *
pv_screen_table_title (const PvJourney *journey, const PvStep *step)
{
  g_autofree char *row = pv_screen_row_title (journey, step->block, step->row);

  return g_strdup_printf ("%s · %s", pv_journey_say (journey, step->block, step->block->label), row);
}

char *
pv_screen_join_cells (const PvJourney *journey, const PvQuestion *block, guint row, const PvStep *step,
                      gboolean is_official)
{
  const GPtrArray *questions = step != NULL ? step->questions : block->questions;
  GString *text = g_string_sized_new (256); /* what it outgrows would stay behind */

  for (guint i = 0; i < questions->len; i++) {
    const PvQuestion *question = questions->pdata[i];
    g_autofree char *path = g_strdup_printf ("%s/%u/%s", block->id, row, question->id);
    const char *label = is_official ? question->label : pv_journey_say (journey, question, question->label);
    g_autoptr (PvSecretStr) value = is_official ? pv_filing_display_masked (journey->filing, path)
                                                : pv_journey_display (journey, question, path, TRUE);

    if (value[0] == '\0')
      continue;
    if (text->len > 0)
      g_string_append (text, ", ");
    /* Translators: heading of a column, what is in the cell. */
    g_string_append_printf (text, C_ ("cell of a table", "%s: %s"), label, value);
  }
  return g_string_free (text, FALSE);
}
