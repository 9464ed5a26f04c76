/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/expression-private.h"

#include "core/wipe.h"

#include <string.h>

/* Each comparison is one of these, so that the rules below are written once. */
typedef enum { LESS, EQUAL, GREATER, UNEQUAL /* and without an order */ } Order;

static gboolean
order_holds (PvExprNodeKind kind, Order order)
{
  switch ((guint) kind) {
  case PV_EXPR_EQ:
    return order == EQUAL;
  case PV_EXPR_NE:
    return order != EQUAL;
  case PV_EXPR_LT:
    return order == LESS;
  case PV_EXPR_LE:
    return order == LESS || order == EQUAL;
  case PV_EXPR_GT:
    return order == GREATER;
  default:
    return order == GREATER || order == EQUAL;
  }
}

static Order
order_of (int comparison)
{
  return comparison < 0 ? LESS : comparison > 0 ? GREATER : EQUAL;
}

/* As Python's str: by code points, which is the order of the bytes in UTF-8. FALSE if a side has no text. */
static gboolean
order_texts (const PvExprValue *left, const PvExprValue *right, Order *ret_order)
{
  g_autoptr (PvSecretStr) left_text = pv_expr_value_to_text (left);
  g_autoptr (PvSecretStr) right_text = pv_expr_value_to_text (right);

  if (left_text == NULL || right_text == NULL)
    return FALSE;
  *ret_order = order_of (strcmp (left_text, right_text));
  return TRUE;
}

static Order
order_numbers (PvDecimal left, PvDecimal right)
{
  return left < right ? LESS : left > right ? GREATER : EQUAL;
}

/* For Python, True is 1 and False is 0. */
static gboolean
python_number (const PvExprValue *value, PvDecimal *ret_number)
{
  if (value->type == PV_EXPR_BOOL)
    *ret_number = value->boolean ? PV_DECIMAL_ONE : 0;
  else if (value->type == PV_EXPR_NUMBER)
    *ret_number = value->number;
  else
    return FALSE;
  return TRUE;
}

/* Dates: the other side is read as a date too; what is none differs from every date. */
static gboolean
order_dates (const PvExprValue *left, const PvExprValue *right, Order *ret_order)
{
  guint64 left_moment, right_moment;

  if (!pv_expr_value_to_moment (left, &left_moment) || !pv_expr_value_to_moment (right, &right_moment))
    *ret_order = UNEQUAL;
  else
    *ret_order = left_moment < right_moment ? LESS : left_moment > right_moment ? GREATER : EQUAL;
  return TRUE;
}

/* A numeric field: equal as a number or as text; any other comparison needs two numbers. */
static gboolean
order_numeric (PvExprNodeKind kind, const PvExprValue *left, const PvExprValue *right, Order *ret_order)
{
  PvDecimal left_number, right_number;

  if (kind == PV_EXPR_EQ) {
    if (python_number (left, &left_number) && python_number (right, &right_number) && left_number == right_number) {
      *ret_order = EQUAL;
      return TRUE;
    }
    return order_texts (left, right, ret_order);
  }
  if (!pv_expr_value_to_decimal (left, &left_number) || !pv_expr_value_to_decimal (right, &right_number))
    return FALSE;
  *ret_order = order_numbers (left_number, right_number);
  return TRUE;
}

static gboolean
order_lists (const GPtrArray *left, const GPtrArray *right, Order *ret_order)
{
  *ret_order = left->len == right->len ? EQUAL : UNEQUAL;
  for (guint i = 0; *ret_order == EQUAL && i < left->len; i++) {
    gboolean equal;

    if (!pv_expr_value_equal (left->pdata[i], right->pdata[i], &equal))
      return FALSE;
    if (!equal)
      *ret_order = UNEQUAL;
  }
  return TRUE;
}

/* Two values that are no fields, as Python compares them. */
static gboolean
order_plain (const PvExprValue *left, const PvExprValue *right, Order *ret_order)
{
  gboolean left_is_text = left->type == PV_EXPR_TEXT || left->type == PV_EXPR_OPTION;
  gboolean right_is_text = right->type == PV_EXPR_TEXT || right->type == PV_EXPR_OPTION;
  PvDecimal left_number, right_number;

  if (left_is_text && right_is_text)
    return order_texts (left, right, ret_order);
  if (left->type == PV_EXPR_LIST && right->type == PV_EXPR_LIST)
    return order_lists (left->items, right->items, ret_order);
  if (python_number (left, &left_number) && python_number (right, &right_number))
    *ret_order = order_numbers (left_number, right_number);
  else
    *ret_order = left->type == PV_EXPR_NULL && right->type == PV_EXPR_NULL ? EQUAL : UNEQUAL;
  return TRUE;
}

/* Compares by the rules of the left side if it is a field, else of the right side if that is one. */
static gboolean
compare (PvExprNodeKind kind, const PvExprValue *left, const PvExprValue *right, gboolean *ret_holds)
{
  const PvExprValue *owner = left->is_field ? left : right->is_field ? right : NULL;
  gboolean ordered, needs_order = kind != PV_EXPR_EQ && kind != PV_EXPR_NE;
  Order order = UNEQUAL;

  if (left->type == PV_EXPR_DATE || right->type == PV_EXPR_DATE)
    ordered = order_dates (left, right, &order);
  else if (owner == NULL)
    ordered = order_plain (left, right, &order);
  else if (owner->type == PV_EXPR_NUMBER)
    ordered = order_numeric (kind, left, right, &order);
  else
    ordered = order_texts (left, right, &order);
  if (!ordered
      || (needs_order
          && (order == UNEQUAL || (owner == NULL && left->type == PV_EXPR_NULL)
              || (owner == NULL && left->type == PV_EXPR_LIST))))
    return FALSE;
  *ret_holds = order_holds (kind, order);
  return TRUE;
}

gboolean
pv_expr_value_equal (const PvExprValue *left, const PvExprValue *right, gboolean *ret_equal)
{
  return compare (PV_EXPR_EQ, left, right, ret_equal);
}

/* A field with several choices contains its ids and its labels; any other list what equals one of its items. */
static gboolean
list_contains (const PvExprValue *list, const PvExprValue *needle, gboolean *ret_contains)
{
  g_autoptr (PvSecretStr) text = list->is_field ? pv_expr_value_to_text (needle) : NULL;

  if (list->is_field && text == NULL)
    return FALSE;
  *ret_contains = FALSE;
  for (guint i = 0; !*ret_contains && i < list->items->len; i++) {
    const PvExprValue *item = list->items->pdata[i];

    if (!list->is_field) {
      if (!pv_expr_value_equal (item, needle, ret_contains))
        return FALSE;
    } else if (item->type == PV_EXPR_TEXT || item->type == PV_EXPR_OPTION)
      *ret_contains = g_str_equal (item->text, text) || (item->id != NULL && g_str_equal (item->id, text));
    else
      return FALSE;
  }
  return TRUE;
}

static gboolean
contains (const PvExprValue *needle, const PvExprValue *hay, gboolean *ret_contains)
{
  if (hay->type == PV_EXPR_LIST)
    return list_contains (hay, needle, ret_contains);
  if ((hay->type != PV_EXPR_TEXT && hay->type != PV_EXPR_OPTION)
      || (needle->type != PV_EXPR_TEXT && needle->type != PV_EXPR_OPTION))
    return FALSE;
  *ret_contains = strstr (hay->text, needle->text) != NULL;
  return TRUE;
}

static PvExprValue *evaluate (PvExprContext *context, const PvExprNode *node);

/* As an operand of and, or, not: what cannot be evaluated makes that operator false. */
static gboolean
evaluate_truth (PvExprContext *context, const PvExprNode *node, gboolean *ret_truth)
{
  g_autoptr (PvExprValue) value = evaluate (context, node);

  if (value == NULL)
    return FALSE;
  *ret_truth = pv_expr_value_is_true (value);
  return TRUE;
}

static gboolean
evaluate_logic (PvExprContext *context, const PvExprNode *node, gboolean *ret_truth)
{
  if (!evaluate_truth (context, node->left, ret_truth))
    return FALSE;
  if (node->kind == PV_EXPR_NOT)
    *ret_truth = !*ret_truth;
  else if (*ret_truth == (node->kind == PV_EXPR_AND))
    return evaluate_truth (context, node->right, ret_truth);
  return TRUE;
}

static gboolean
evaluate_relation (PvExprContext *context, const PvExprNode *node, gboolean *ret_truth)
{
  g_autoptr (PvExprValue) left = evaluate (context, node->left);
  g_autoptr (PvExprValue) right = left != NULL ? evaluate (context, node->right) : NULL;

  if (left == NULL || right == NULL)
    return FALSE;
  if (node->kind != PV_EXPR_IN && node->kind != PV_EXPR_NOT_IN)
    return compare (node->kind, left, right, ret_truth);
  if (!contains (left, right, ret_truth))
    return FALSE;
  if (node->kind == PV_EXPR_NOT_IN)
    *ret_truth = !*ret_truth;
  return TRUE;
}

/* NULL only for an operand that cannot be evaluated; an operator that cannot work is false, as in Django. */
static PvExprValue *
evaluate (PvExprContext *context, const PvExprNode *node)
{
  gboolean truth = FALSE, worked;

  if (node->kind == PV_EXPR_OPERAND)
    return pv_expr_operand_evaluate (context, node->operand);
  if (node->kind == PV_EXPR_NOT || node->kind == PV_EXPR_AND || node->kind == PV_EXPR_OR)
    worked = evaluate_logic (context, node, &truth);
  else
    worked = evaluate_relation (context, node, &truth);
  if (!worked)
    context->failed = TRUE;
  return pv_expr_value_new_bool (worked && truth);
}

gboolean
pv_expression_evaluate (const PvExpression *expression, PvExprResolver resolver, gpointer user_data, const GDate *today,
                        gboolean *ret_failed)
{
  PvExprContext context = { .resolver = resolver, .user_data = user_data, .today = today };
  gboolean truth = FALSE;

  g_return_val_if_fail (expression != NULL && resolver != NULL, FALSE);
  g_return_val_if_fail (today != NULL && g_date_valid (today), FALSE);
  if (!evaluate_truth (&context, expression->root, &truth))
    context.failed = TRUE;
  if (ret_failed != NULL)
    *ret_failed = context.failed && !truth;
  return truth;
}
