/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The first line is a condition, the lines after it are what the form answers: "d" and a date, "n" and a number, "o" and
 * an option, "l" and a list of words, "b" a ticked box, any other a text. Which line a variable gets depends on its
 * name. */

#include <glib.h>
#include <stdint.h>
#include <stdlib.h>

#include "core/expression.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static PvExprValue *
read_list (const char *words)
{
  g_auto (GStrv) split = g_strsplit (words, " ", 8);
  PvExprValue *list = pv_expr_value_new_list ();

  for (guint i = 0; split[i] != NULL; i++)
    pv_expr_value_append (list,
                          i % 2 == 0 ? pv_expr_value_new_option (split[i], words) : pv_expr_value_new_text (split[i]));
  return list;
}

static PvExprValue *
read_value (const char *line)
{
  GDate date;

  switch (line[0]) {
  case 'd':
    g_date_clear (&date, 1);
    g_date_set_julian (&date, 1 + g_str_hash (line) % 3650000);
    return pv_expr_value_new_date (&date);
  case 'n':
    return pv_expr_value_new_number (line + 1);
  case 'o':
    return pv_expr_value_new_option ("1", line + 1);
  case 'l':
    return read_list (line + 1);
  case 'b':
    return pv_expr_value_new_bool (line[1] != '\0');
  default:
    return pv_expr_value_new_text (line);
  }
}

static PvExprValue *
resolve_cb (const char *name, gpointer user_data)
{
  char **lines = user_data;
  guint count = g_strv_length (lines);

  return count < 2 ? NULL : read_value (lines[1 + g_str_hash (name) % (count - 1)]);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_auto (GStrv) lines = g_strsplit (text, "\n", 16);
  g_autoptr (GError) error = NULL;
  g_autoptr (PvExpression) expression = pv_expression_parse (lines[0] != NULL ? lines[0] : "", &error);
  g_autoptr (PvExpression) again = NULL;
  gboolean failed = FALSE, truth;
  GDate today;

  if ((expression == NULL) != (error != NULL))
    abort ();
  if (expression == NULL)
    return 0;
  g_ptr_array_unref (pv_expression_list_variables (expression));
  g_date_clear (&today, 1);
  g_date_set_dmy (&today, 24, 11, 2026);
  truth = pv_expression_evaluate (expression, resolve_cb, lines, &today, &failed);
  again = pv_expression_parse (pv_expression_get_text (expression), NULL);
  if ((truth && failed) || again == NULL || pv_expression_evaluate (again, resolve_cb, lines, &today, NULL) != truth)
    abort ();
  return 0;
}
