/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/expression-private.h"

#include <string.h>

G_DEFINE_QUARK (pv_expression_error, pv_expression_error)

/* How strongly an operator binds (django/template/smartif.py). */
static const struct {
  const char *word;
  PvExprNodeKind kind;
  guint power;
} operators[] = {
  { "or", PV_EXPR_OR, 6 },         { "and", PV_EXPR_AND, 7 }, { "not", PV_EXPR_NOT, 8 }, { "in", PV_EXPR_IN, 9 },
  { "not in", PV_EXPR_NOT_IN, 9 }, { "==", PV_EXPR_EQ, 10 },  { "!=", PV_EXPR_NE, 10 },  { "<", PV_EXPR_LT, 10 },
  { "<=", PV_EXPR_LE, 10 },        { ">", PV_EXPR_GT, 10 },   { ">=", PV_EXPR_GE, 10 },
};

enum {
  POWER_NOT = 8,
};

typedef struct {
  PvExprNode *node; /* an operand, or an operator without its operands; NULL: the end */
  guint power;      /* of an operator; 0 for operands and the end */
} Token;

typedef struct {
  GArray *tokens; /* (element-type Token) */
  guint at;
  guint depth;
} Parser;

/* "a and b and c ..." nests as deep as there are nodes, which PV_EXPRESSION_MAX_NODES bounds. */
static void
free_node (PvExprNode *node)
{
  if (node == NULL)
    return;
  free_node (node->left);
  free_node (node->right);
  pv_expr_operand_free (node->operand);
  g_free (node);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvExprNode, free_node)

static void
clear_token (gpointer token)
{
  free_node (((Token *) token)->node);
}

/* The operator that @word is; its node is empty. */
static gboolean
read_operator (const char *word, Token *ret_token)
{
  for (gsize i = 0; i < G_N_ELEMENTS (operators); i++)
    if (g_str_equal (word, operators[i].word)) {
      ret_token->node = g_new0 (PvExprNode, 1);
      ret_token->node->kind = operators[i].kind;
      ret_token->power = operators[i].power;
      return TRUE;
    }
  return FALSE;
}

static gboolean
read_word (const char *word, Token *ret_token, GError **error)
{
  PvExprOperand *operand;

  if (read_operator (word, ret_token))
    return TRUE;
  if (g_str_equal (word, "is")) {
    g_set_error (error, PV_EXPRESSION_ERROR, PV_EXPRESSION_ERROR_UNSUPPORTED, "the operator is");
    return FALSE;
  }
  operand = pv_expr_operand_parse (word, FALSE, error);
  if (operand == NULL)
    return FALSE;
  ret_token->node = g_new0 (PvExprNode, 1);
  ret_token->node->operand = operand;
  return TRUE;
}

static GArray *
read_tokens (const char *text, GError **error)
{
  g_autoptr (GPtrArray) words = pv_expr_split (text, error);
  g_autoptr (GArray) tokens = NULL;
  guint nodes = 0;

  if (words == NULL)
    return NULL;
  tokens = g_array_new (FALSE, FALSE, sizeof (Token));
  g_array_set_clear_func (tokens, clear_token);
  for (guint i = 0; i < words->len; i++) {
    const char *word = words->pdata[i];
    Token token = { NULL, 0 };

    if (g_str_equal (word, "not") && i + 1 < words->len && g_str_equal (words->pdata[i + 1], "in")) {
      word = "not in";
      i++;
    }
    if (!read_word (word, &token, error))
      return NULL;
    nodes += token.node->operand != NULL ? pv_expr_operand_count (token.node->operand) : 1;
    g_array_append_val (tokens, token);
    if (nodes > PV_EXPRESSION_MAX_NODES) {
      g_set_error (error, PV_EXPRESSION_ERROR, PV_EXPRESSION_ERROR_TOO_LARGE, "more than %d parts",
                   PV_EXPRESSION_MAX_NODES);
      return NULL;
    }
  }
  return g_steal_pointer (&tokens);
}

static guint
peek_power (const Parser *parser)
{
  return parser->at < parser->tokens->len ? g_array_index (parser->tokens, Token, parser->at).power : 0;
}

/* (transfer full): NULL at the end */
static PvExprNode *
take (Parser *parser)
{
  if (parser->at >= parser->tokens->len)
    return NULL;
  return g_steal_pointer (&g_array_index (parser->tokens, Token, parser->at++).node);
}

static PvExprNode *
fail (GError **error, const char *what)
{
  g_set_error_literal (error, PV_EXPRESSION_ERROR, PV_EXPRESSION_ERROR_SYNTAX, what);
  return NULL;
}

static PvExprNode *parse_part (Parser *parser, guint power, GError **error);

/* An operand, or `not` and what it denies. */
static PvExprNode *
parse_head (Parser *parser, GError **error)
{
  g_autoptr (PvExprNode) node = take (parser);

  if (node == NULL)
    return fail (error, "ends where a value should be");
  if (node->kind == PV_EXPR_OPERAND)
    return g_steal_pointer (&node);
  if (node->kind != PV_EXPR_NOT)
    return fail (error, "an operator without a value before it");
  node->left = parse_part (parser, POWER_NOT, error);
  return node->left != NULL ? g_steal_pointer (&node) : NULL;
}

/* Pratt's method: everything that binds more strongly than @power. */
static PvExprNode *
parse_part (Parser *parser, guint power, GError **error)
{
  g_autoptr (PvExprNode) left = NULL;
  guint next;

  if (parser->depth >= PV_EXPRESSION_MAX_DEPTH) {
    g_set_error (error, PV_EXPRESSION_ERROR, PV_EXPRESSION_ERROR_TOO_LARGE, "deeper than %d", PV_EXPRESSION_MAX_DEPTH);
    return NULL;
  }
  parser->depth++;
  left = parse_head (parser, error);
  while (left != NULL && (next = peek_power (parser)) > power) {
    g_autoptr (PvExprNode) node = take (parser);

    if (node->kind == PV_EXPR_NOT)
      return fail (error, "not between two values");
    node->left = g_steal_pointer (&left);
    node->right = parse_part (parser, next, error);
    if (node->right == NULL)
      return NULL;
    left = g_steal_pointer (&node);
  }
  parser->depth--;
  return g_steal_pointer (&left);
}

static gboolean
check_text (const char *text, GError **error)
{
  gsize size = strlen (text);

  if (size > PV_EXPRESSION_MAX_BYTES) {
    g_set_error (error, PV_EXPRESSION_ERROR, PV_EXPRESSION_ERROR_TOO_LARGE, "%" G_GSIZE_FORMAT " bytes, limit %d", size,
                 PV_EXPRESSION_MAX_BYTES);
    return FALSE;
  }
  if (!g_utf8_validate (text, (gssize) size, NULL))
    return fail (error, "not UTF-8") != NULL;
  /* Either would end the {% if %} that the portal wraps around it. */
  if (strpbrk (text, "\r\n") != NULL || strstr (text, "%}") != NULL)
    return fail (error, "a line end or %} inside") != NULL;
  return TRUE;
}

static void
collect_names (const PvExprNode *node, GPtrArray *names)
{
  if (node == NULL)
    return;
  if (node->operand != NULL)
    pv_expr_operand_collect (node->operand, names);
  collect_names (node->left, names);
  collect_names (node->right, names);
}

PvExpression *
pv_expression_parse (const char *text, GError **error)
{
  g_autoptr (GArray) tokens = NULL;
  g_autoptr (PvExprNode) root = NULL;
  Parser parser = { NULL, 0, 0 };
  PvExpression *expression;

  g_return_val_if_fail (text != NULL, NULL);
  if (!check_text (text, error))
    return NULL;
  tokens = read_tokens (text, error);
  if (tokens == NULL)
    return NULL;
  parser.tokens = tokens;
  root = parse_part (&parser, 0, error);
  if (root == NULL)
    return NULL;
  if (parser.at < tokens->len) {
    fail (error, "two values without an operator between them");
    return NULL;
  }
  expression = g_new0 (PvExpression, 1);
  g_atomic_ref_count_init (&expression->refs);
  expression->text = g_strdup (text);
  expression->root = g_steal_pointer (&root);
  expression->names = g_ptr_array_new_with_free_func (g_free);
  collect_names (expression->root, expression->names);
  return expression;
}

PvExpression *
pv_expression_ref (PvExpression *expression)
{
  g_return_val_if_fail (expression != NULL, NULL);
  g_atomic_ref_count_inc (&expression->refs);
  return expression;
}

void
pv_expression_unref (PvExpression *expression)
{
  if (expression == NULL || !g_atomic_ref_count_dec (&expression->refs))
    return;
  free_node (expression->root);
  g_ptr_array_unref (expression->names);
  g_free (expression->text);
  g_free (expression);
}

const char *
pv_expression_get_text (const PvExpression *expression)
{
  g_return_val_if_fail (expression != NULL, NULL);
  return expression->text;
}

GPtrArray *
pv_expression_list_variables (const PvExpression *expression)
{
  GPtrArray *names = g_ptr_array_new ();

  g_return_val_if_fail (expression != NULL, names);
  for (guint i = 0; i < expression->names->len; i++)
    g_ptr_array_add (names, expression->names->pdata[i]);
  return names;
}
