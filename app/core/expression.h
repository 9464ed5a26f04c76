/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* expression.h: the conditions of a form, written as Django `if` expressions.
 *
 * A lexer, a parser and an evaluator for levels 1 and 2 of the subset described in app/core/README.md; whatever lies
 * outside is refused at parsing, so that a form is never shown with a guessed condition.  Pure: the values come from a
 * resolver, the date is an argument.
 */
#pragma once

#include <glib.h>

#define PV_EXPRESSION_ERROR (pv_expression_error_quark ())
GQuark pv_expression_error_quark (void);

typedef enum {
  PV_EXPRESSION_ERROR_SYNTAX,      /* not a Django expression */
  PV_EXPRESSION_ERROR_UNSUPPORTED, /* valid or not, beyond levels 1 and 2 */
  PV_EXPRESSION_ERROR_TOO_LARGE,   /* over a limit below */
} PvExpressionError;

enum {
  PV_EXPRESSION_MAX_BYTES = 4096,
  PV_EXPRESSION_MAX_NODES = 256,
  PV_EXPRESSION_MAX_DEPTH = 32,
};

/* A value inside an expression.  Plain data; text and lists are owned. */
typedef enum {
  PV_EXPR_NULL,
  PV_EXPR_BOOL,
  PV_EXPR_NUMBER, /* decimal, as exact text and as scaled integer, see expression-private.h */
  PV_EXPR_TEXT,
  PV_EXPR_DATE,   /* days: g_date_get_julian() */
  PV_EXPR_OPTION, /* a chosen option: id + label */
  PV_EXPR_LIST,   /* of values */
} PvExprType;

typedef struct PvExprValue PvExprValue;

PvExprValue *pv_expr_value_new_null (void);
PvExprValue *pv_expr_value_new_bool (gboolean value);
/* Text of a decimal number, point or comma; gives a NULL value when it is none. */
PvExprValue *pv_expr_value_new_number (const char *decimal);
PvExprValue *pv_expr_value_new_text (const char *text);
PvExprValue *pv_expr_value_new_date (const GDate *date);
PvExprValue *pv_expr_value_new_option (const char *id, const char *label);
PvExprValue *pv_expr_value_new_list (void);
/* Takes @item. */
void pv_expr_value_append (PvExprValue *list, PvExprValue *item);
/* Wipes and frees; accepts NULL. */
void pv_expr_value_free (PvExprValue *value);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvExprValue, pv_expr_value_free)

/**
 * PvExprResolver:
 * @name: a variable as the form names it, dots turned into underscores, "form_" prefix removed when followed by
 *   "var_": so `form_var_x`, `form.var.x` and `var_x` all ask for "var_x"; others come whole: "is_in_backoffice",
 *   "form_option_foo", "block_var_x", "form_submission_channel", "value"
 *
 * `today` and `now` are answered by the evaluator itself.  "var_x_raw" and "var_x_structured_k" are asked for as such.
 *
 * Returns: (transfer full) (nullable): NULL for an unknown variable (Python's None)
 */
typedef PvExprValue *(*PvExprResolver) (const char *name, gpointer user_data);

typedef struct PvExpression PvExpression;

/**
 * pv_expression_parse:
 *
 * Returns: (transfer full): NULL with PV_EXPRESSION_ERROR set.
 */
PvExpression *pv_expression_parse (const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;
PvExpression *pv_expression_ref (PvExpression *expression);
void pv_expression_unref (PvExpression *expression);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvExpression, pv_expression_unref)

/* The text it was parsed from (transfer none). */
const char *pv_expression_get_text (const PvExpression *expression);

/**
 * pv_expression_list_variables:
 *
 * Returns: (transfer container): the names that evaluation may ask the resolver for, borrowed from the expression
 */
GPtrArray *pv_expression_list_variables (const PvExpression *expression) G_GNUC_WARN_UNUSED_RESULT;

/**
 * pv_expression_evaluate:
 * @today: the date in the commune
 * @ret_failed: (out) (optional): TRUE if an operator or a filter could not work on its operands and the truth value is
 *   therefore FALSE; a post-condition counts as failed then (fail closed).  Where Django goes on after such an operator,
 *   which is false, and comes to TRUE (`not "a" < 3`), nothing has failed.
 *
 * Returns: the truth value
 */
gboolean pv_expression_evaluate (const PvExpression *expression, PvExprResolver resolver, gpointer user_data,
                                 const GDate *today, gboolean *ret_failed);
