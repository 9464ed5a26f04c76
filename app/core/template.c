/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/template.h"

#include "core/expression-private.h"
#include "core/wipe.h"

#include <string.h>

/* Literal text or a variable with its filters: exactly one of the two is set. */
typedef struct {
  char *text;
  PvExprOperand *operand;
} Part;

struct PvTemplate {
  GArray *parts;    /* (element-type Part) */
  GPtrArray *names; /* (element-type utf8) */
  guint nodes;
};

static void
clear_part (gpointer data)
{
  Part *part = data;

  g_clear_pointer (&part->text, g_free);
  g_clear_pointer (&part->operand, pv_expr_operand_free);
}

static void
append_text (PvTemplate *template, const char *start, const char *end)
{
  Part part = { g_strndup (start, (gsize) (end - start)), NULL };

  if (*part.text != '\0')
    g_array_append_val (template->parts, part);
  else
    g_free (part.text);
}

/* The variable between @start and the braces at @end. */
static gboolean
append_variable (PvTemplate *template, const char *start, const char *end, GError **error)
{
  g_autofree char *text = g_strndup (start, (gsize) (end - start));
  Part part = { NULL, NULL };

  if (strpbrk (text, "\r\n") != NULL) {
    g_set_error_literal (error, PV_EXPRESSION_ERROR, PV_EXPRESSION_ERROR_SYNTAX, "a line end inside braces");
    return FALSE;
  }
  part.operand = pv_expr_operand_parse (text, TRUE, error);
  if (part.operand == NULL)
    return FALSE;
  template->nodes += pv_expr_operand_count (part.operand);
  pv_expr_operand_collect (part.operand, template->names);
  g_array_append_val (template->parts, part);
  if (template->nodes > PV_TEMPLATE_MAX_NODES) {
    g_set_error (error, PV_EXPRESSION_ERROR, PV_EXPRESSION_ERROR_TOO_LARGE, "more than %d parts",
                 PV_TEMPLATE_MAX_NODES);
    return FALSE;
  }
  return TRUE;
}

static gboolean
parse_parts (PvTemplate *template, const char *text, GError **error)
{
  const char *open;

  while ((open = strstr (text, "{{")) != NULL) {
    const char *close = strstr (open, "}}");

    if (close == NULL) {
      g_set_error_literal (error, PV_EXPRESSION_ERROR, PV_EXPRESSION_ERROR_SYNTAX, "braces are not closed");
      return FALSE;
    }
    append_text (template, text, open);
    if (!append_variable (template, open + 2, close, error))
      return FALSE;
    text = close + 2;
  }
  append_text (template, text, text + strlen (text));
  return TRUE;
}

PvTemplate *
pv_template_parse (const char *text, GError **error)
{
  g_autoptr (PvTemplate) template = NULL;

  g_return_val_if_fail (text != NULL, NULL);
  if (strlen (text) > PV_TEMPLATE_MAX_BYTES) {
    g_set_error (error, PV_EXPRESSION_ERROR, PV_EXPRESSION_ERROR_TOO_LARGE, "more than %d bytes",
                 PV_TEMPLATE_MAX_BYTES);
    return NULL;
  }
  if (!g_utf8_validate (text, -1, NULL)) {
    g_set_error_literal (error, PV_EXPRESSION_ERROR, PV_EXPRESSION_ERROR_SYNTAX, "not UTF-8");
    return NULL;
  }
  if (strstr (text, "{%") != NULL || strstr (text, "{#") != NULL) {
    g_set_error_literal (error, PV_EXPRESSION_ERROR, PV_EXPRESSION_ERROR_UNSUPPORTED, "a tag or a comment");
    return NULL;
  }
  template = g_new0 (PvTemplate, 1);
  template->parts = g_array_new (FALSE, FALSE, sizeof (Part));
  g_array_set_clear_func (template->parts, clear_part);
  template->names = g_ptr_array_new_with_free_func (g_free);
  return parse_parts (template, text, error) ? g_steal_pointer (&template) : NULL;
}

void
pv_template_free (PvTemplate *template)
{
  if (template == NULL)
    return;
  g_array_unref (template->parts);
  g_ptr_array_unref (template->names);
  g_free (template);
}

gboolean
pv_template_is_supported (const char *text)
{
  g_autoptr (PvTemplate) template = pv_template_parse (text, NULL);

  return template != NULL;
}

GPtrArray *
pv_template_list_variables (const PvTemplate *template)
{
  GPtrArray *names = g_ptr_array_new ();

  g_return_val_if_fail (template != NULL, names);
  for (guint i = 0; i < template->names->len; i++)
    g_ptr_array_add (names, template->names->pdata[i]);
  return names;
}

/* Of `now` the kiosk knows the day only: it has no text. */
static char *
print_date (const PvExprValue *value, PvTemplateUse use)
{
  GDate date;

  if (value->is_now)
    return NULL;
  g_date_clear (&date, 1);
  g_date_set_julian (&date, value->julian);
  if (use == PV_TEMPLATE_TO_SEND)
    return g_strdup_printf ("%04u-%02u-%02u", g_date_get_year (&date), (guint) g_date_get_month (&date),
                            g_date_get_day (&date));
  return g_strdup_printf ("%02u/%02u/%04u", g_date_get_day (&date), (guint) g_date_get_month (&date),
                          g_date_get_year (&date));
}

static char *
print_value (const PvExprValue *value, PvTemplateUse use)
{
  char *text;

  if (value->type == PV_EXPR_NULL)
    return g_strdup ("");
  if (value->type == PV_EXPR_DATE)
    return print_date (value, use);
  text = pv_expr_value_to_text (value);
  if (value->type == PV_EXPR_NUMBER && use == PV_TEMPLATE_TO_READ)
    g_strdelimit (text, ".", ',');
  return text;
}

static void
wipe_piece (gpointer piece)
{
  pv_wipe_str (piece);
}

/* One allocation of the right size: a text that grows would leave copies of an answer behind. */
static char *
join_pieces (const GPtrArray *pieces, gsize size)
{
  char *text = g_malloc (size + 1), *at = text;

  for (guint i = 0; i < pieces->len; i++)
    at = g_stpcpy (at, pieces->pdata[i]);
  *at = '\0';
  return text;
}

char *
pv_template_render (const PvTemplate *template, PvExprResolver resolver, gpointer user_data, const GDate *today,
                    PvTemplateUse use)
{
  PvExprContext context = { .resolver = resolver, .user_data = user_data, .today = today, .null_is_empty = TRUE };
  g_autoptr (GPtrArray) pieces = g_ptr_array_new_with_free_func (wipe_piece);
  gsize size = 0;

  g_return_val_if_fail (template != NULL && resolver != NULL, NULL);
  g_return_val_if_fail (today != NULL && g_date_valid (today), NULL);
  for (guint i = 0; i < template->parts->len; i++) {
    const Part *part = &g_array_index (template->parts, Part, i);
    g_autoptr (PvExprValue) value = part->operand != NULL ? pv_expr_operand_evaluate (&context, part->operand) : NULL;
    char *piece = value != NULL ? print_value (value, use) : g_strdup (part->text);

    if (piece == NULL)
      return NULL;
    g_ptr_array_add (pieces, piece);
    size += strlen (piece);
    if (size > PV_TEMPLATE_MAX_RENDERED_BYTES)
      return NULL;
  }
  return join_pieces (pieces, size);
}
