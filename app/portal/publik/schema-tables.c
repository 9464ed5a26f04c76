/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* schema-tables.c: tables as blocks whose questions are the columns (publik-api, 2.4).
 *
 * A table of w.c.s. is a list of lists of texts: "table" and "table-select" have rows of their own, "tablerows" as many as
 * somebody adds. It wants, when it must be filled in, one cell with something in it, and checks nothing else. */

#include <string.h>

#include "core/assist-class.h"
#include "portal/publik/schema-reader.h"

static const char *const types[] = { "table", "tablerows", "table-select", NULL };

gboolean
pv_publik_is_table (const char *type)
{
  return type != NULL && g_strv_contains (types, type);
}

/* NULL, with the reason, if @key is not a list of up to @max texts. (transfer full) */
static char **
read_texts (const PvJson *field, const char *key, guint max, const char **ret_fault)
{
  g_autoptr (PvJson) list = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  gsize n_items;

  if (!pv_json_find_array (field, key, PV_PROCEDURE_MAX_OPTIONS, &list, NULL) || list == NULL) {
    *ret_fault = "a table without its rows, columns or answers";
    return NULL;
  }
  n_items = pv_json_get_length (list);
  if (n_items == 0 || n_items > max) {
    *ret_fault = n_items == 0 ? "a table without rows, columns or answers" : "a table with too many rows or columns";
    return NULL;
  }
  for (gsize i = 0; i < n_items; i++) {
    g_autoptr (PvJson) item = pv_json_get_item (list, i);
    const char *text = pv_json_get_text (item);

    if (text == NULL || *text == '\0' || strlen (text) > PV_PUBLIK_MAX_NAME_BYTES || pv_publik_is_template (text)) {
      *ret_fault = "a row, column or answer of a table that is no text, or a template";
      return NULL;
    }
    g_strv_builder_add (builder, text);
  }
  return g_strv_builder_end (builder);
}

/* Boxes to type in are filled row by row, four on a screen; a cell to choose has a screen of its own. */
static void
add_columns (PvQuestion *table, char **columns, char **items)
{
  gboolean is_hidden = pv_assist_class_of (table, NULL) == PV_ASSIST_HIDDEN;

  for (guint i = 0; columns[i] != NULL; i++) {
    g_autofree char *id = g_strdup_printf ("%s:%u", table->id, i + 1);
    PvQuestion *cell = pv_question_new (items != NULL ? PV_QUESTION_CHOICE : PV_QUESTION_TEXT, id, columns[i]);

    for (guint k = 0; items != NULL && items[k] != NULL; k++)
      g_ptr_array_add (cell->options, pv_option_new (items[k], items[k]));
    if (items == NULL)
      cell->group = g_strdup_printf ("table-%s-%u", table->id, i / PV_PUBLIK_MAX_GROUP);
    /* What is hidden of a table as a whole is hidden in each of its cells. */
    cell->assist = is_hidden ? PV_ASSIST_HIDDEN : pv_assist_class_of (cell, NULL);
    g_ptr_array_add (table->questions, cell);
  }
}

const char *
pv_publik_read_table (const PvJson *field, const char *type, PvQuestion *table)
{
  const char *fault = NULL;
  g_auto (GStrv) columns = read_texts (field, "columns", PV_PUBLIK_MAX_COLUMNS, &fault);
  g_auto (GStrv) rows = NULL;
  g_auto (GStrv) items = NULL;

  if (columns != NULL && !g_str_equal (type, "tablerows"))
    rows = read_texts (field, "rows", PV_PROCEDURE_MAX_ROWS, &fault);
  if (fault == NULL && g_str_equal (type, "table-select"))
    items = read_texts (field, "items", PV_PROCEDURE_MAX_OPTIONS, &fault);
  if (fault != NULL)
    return fault;
  table->flags |= PV_QUESTION_TABLE;
  add_columns (table, columns, items);
  if (rows != NULL) {
    table->min_rows = table->max_rows = g_strv_length (rows);
    table->row_labels = g_steal_pointer (&rows);
  } else {
    table->min_rows = (table->flags & PV_QUESTION_REQUIRED) != 0 ? 1 : 0;
    table->max_rows = PV_PROCEDURE_MAX_ROWS;
  }
  return NULL;
}
