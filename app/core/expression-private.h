/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* expression-private.h: what the files expression-*.c and template.c share; nobody else includes it.
 *
 * The rules are Django's `if` tag with the values of w.c.s.: a field of the form compares as text, everything else as
 * Python would (PvExprValue.is_field tells them apart).
 */
#pragma once

#include "core/expression.h"

/* A decimal number as millionths: the portal rounds to six places.  At most PV_DECIMAL_MAX_DIGITS before the point, so
 * that no sum of a list overflows. */
__extension__ typedef __int128 PvDecimal;

enum {
  PV_DECIMAL_PLACES = 6,
  PV_DECIMAL_ONE = 1000000,
  PV_DECIMAL_MAX_DIGITS = 22,
  PV_EXPR_MAX_LIST = 4096, /* values in one list; beyond it they are not taken */
};

struct PvExprValue {
  PvExprType type;
  gboolean is_field; /* came from the form: compares as text */
  gboolean is_known; /* the resolver or the evaluator answered */
  gboolean boolean;
  PvDecimal number;
  char *text; /* TEXT; NUMBER as it prints; OPTION: the label */
  char *id;   /* OPTION */
  guint32 julian;
  gboolean is_now;  /* DATE: later on that day than its start, as `now` is */
  GPtrArray *items; /* LIST */
};

/* expression-value.c */
PvExprValue *pv_expr_value_copy (const PvExprValue *value);
PvExprValue *pv_expr_value_new_decimal (PvDecimal number);
gboolean pv_expr_value_is_true (const PvExprValue *value);
/* What Python's str() gives; NULL when the kiosk cannot know it (dates, lists that are no field). Wipe. */
char *pv_expr_value_to_text (const PvExprValue *value);
/* A decimal with point or comma; FALSE if it is none. */
gboolean pv_expr_parse_decimal (const char *text, PvDecimal *ret_number);
/* The number that the portal reads in @value; FALSE if there is none. */
gboolean pv_expr_value_to_decimal (const PvExprValue *value, PvDecimal *ret_number);
/* Twice the Julian day, and one more for `now`: orders dates and moments; FALSE if @value is no date. */
gboolean pv_expr_value_to_moment (const PvExprValue *value, guint64 *ret_moment);

typedef enum {
  PV_EXPR_FILTER_ADD,
  PV_EXPR_FILTER_ADD_DAYS,
  PV_EXPR_FILTER_AGE_IN_DAYS,
  PV_EXPR_FILTER_AGE_IN_MONTHS,
  PV_EXPR_FILTER_AGE_IN_YEARS,
  PV_EXPR_FILTER_BOOLEAN,
  PV_EXPR_FILTER_COUNT,
  PV_EXPR_FILTER_DATE,
  PV_EXPR_FILTER_DECIMAL,
  PV_EXPR_FILTER_DEFAULT,
  PV_EXPR_FILTER_ENDSWITH,
  PV_EXPR_FILTER_FIRST,
  PV_EXPR_FILTER_GETLIST,
  PV_EXPR_FILTER_INTEGER,
  PV_EXPR_FILTER_IS_EMPTY,
  PV_EXPR_FILTER_LAST,
  PV_EXPR_FILTER_LENGTH,
  PV_EXPR_FILTER_LOWER,
  PV_EXPR_FILTER_SPLIT,
  PV_EXPR_FILTER_STARTSWITH,
  PV_EXPR_FILTER_STRIP,
  PV_EXPR_FILTER_SUBTRACT,
  PV_EXPR_FILTER_SUM,
  PV_EXPR_FILTER_UPPER,
  PV_EXPR_N_FILTERS
} PvExprFilter;

/* A literal or a variable: exactly one of the two is set. */
typedef struct {
  PvExprValue *constant;
  char *name; /* as the resolver is asked for it, or "today", "now" */
} PvExprAtom;

typedef struct {
  PvExprFilter filter;
  PvExprAtom argument; /* both members NULL: none */
} PvExprStage;

/* An atom and the filters that it goes through. */
typedef struct {
  PvExprAtom atom;
  GArray *stages; /* (element-type PvExprStage) */
} PvExprOperand;

/* expression-lexer.c */
/* Splits at white space outside of quotes, as Django does. (element-type utf8) */
GPtrArray *pv_expr_split (const char *text, GError **error);
/* @spaces: white space is allowed around the bars, as in {{ }} but not in an `if`. */
PvExprOperand *pv_expr_operand_parse (const char *text, gboolean spaces, GError **error);
void pv_expr_operand_free (PvExprOperand *operand);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvExprOperand, pv_expr_operand_free)
/* How many nodes it counts for in PV_EXPRESSION_MAX_NODES. */
guint pv_expr_operand_count (const PvExprOperand *operand);
/* Adds to @names (owned strings, no duplicates) what the operand asks the resolver for. */
void pv_expr_operand_collect (const PvExprOperand *operand, GPtrArray *names);

typedef enum {
  PV_EXPR_OPERAND,
  PV_EXPR_OR,
  PV_EXPR_AND,
  PV_EXPR_NOT,
  PV_EXPR_IN,
  PV_EXPR_NOT_IN,
  PV_EXPR_EQ,
  PV_EXPR_NE,
  PV_EXPR_LT,
  PV_EXPR_LE,
  PV_EXPR_GT,
  PV_EXPR_GE,
} PvExprNodeKind;

typedef struct PvExprNode {
  PvExprNodeKind kind;
  PvExprOperand *operand;          /* OPERAND */
  struct PvExprNode *left, *right; /* NOT has only the left one */
} PvExprNode;

struct PvExpression {
  gatomicrefcount refs;
  char *text;
  PvExprNode *root;
  GPtrArray *names; /* (element-type utf8) */
};

typedef struct {
  PvExprResolver resolver;
  gpointer user_data;
  const GDate *today;
  gboolean null_is_empty; /* in a template, what is unset is the empty text */
  gboolean failed;        /* some operator could not work */
} PvExprContext;

/* expression-filters.c */
/* (transfer full): NULL when the filter cannot work on the value. */
PvExprValue *pv_expr_operand_evaluate (PvExprContext *context, const PvExprOperand *operand);

/* expression-evaluate.c */
/* Python's ==; FALSE when it cannot be told. */
gboolean pv_expr_value_equal (const PvExprValue *left, const PvExprValue *right, gboolean *ret_equal);
