/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Laws that hold for every condition, on random ones. A failure prints the seed: PV_TEST_SEED=N runs it again.
 *
 * Random trees are printed and evaluated by a second, simple evaluator that follows the tree and knows no precedence.
 * Django has no parentheses, so only trees that need none are made. */

#include "tst.h"

#include "core/expression.h"

#include <string.h>

enum {
  SAMPLE_ROUNDS = 1000,
  FULL_ROUNDS = 8000,
  MAX_TREE_DEPTH = 5,
  N_VARIABLES = 8,
};

typedef enum { NONE, BOOLEAN, NUMBER, TEXT } Kind;

/* Whole numbers are enough here: the decimals have their own test below. */
typedef struct {
  Kind kind;
  gboolean is_field;
  gint number;
  const char *text;
} Plain;

typedef enum { ATOM, OR, AND, NOT, IN, NOT_IN, EQ, NE, LT, LE, GT, GE } Op;

static const struct {
  const char *word;
  guint power;
} ops[] = { { "", 0 },    { "or", 6 },  { "and", 7 }, { "not", 8 }, { "in", 9 }, { "not in", 9 },
            { "==", 10 }, { "!=", 10 }, { "<", 10 },  { "<=", 10 }, { ">", 10 }, { ">=", 10 } };

typedef struct Tree {
  Op op;
  struct Tree *left, *right;
  Plain constant;
  int variable; /* -1: the constant */
} Tree;

static GRand *rand_source;
static guint32 seed;
static Plain variables[N_VARIABLES];

static guint
rounds (void)
{
  return g_getenv ("PV_TEST_FULL") != NULL ? FULL_ROUNDS : SAMPLE_ROUNDS;
}

static gint
pick (gint count)
{
  return g_rand_int_range (rand_source, 0, count);
}

static Plain
random_plain (void)
{
  static const char *const texts[] = { "a", "b", "ab", "é", "1", "2", "10", "None", "True" };
  Plain plain = { (Kind) pick (4), FALSE, pick (4), texts[pick (G_N_ELEMENTS (texts))] };

  if (plain.kind == BOOLEAN)
    plain.number = plain.number % 2;
  return plain;
}

static void
shuffle_variables (void)
{
  for (guint i = 0; i < N_VARIABLES; i++) {
    variables[i] = random_plain ();
    variables[i].is_field = TRUE;
  }
}

static PvExprValue *
resolve_cb (const char *name, gpointer user_data)
{
  const Plain *plain = variables + (name[strlen (name) - 1] - '0');
  char number[16];

  (void) user_data;
  if (!g_str_has_prefix (name, "var_v") || plain < variables || plain >= variables + N_VARIABLES)
    return NULL;
  g_snprintf (number, sizeof number, "%d", plain->number);
  switch (plain->kind) {
  case BOOLEAN:
    return pv_expr_value_new_bool (plain->number);
  case NUMBER:
    return pv_expr_value_new_number (number);
  case TEXT:
    return pv_expr_value_new_text (plain->text);
  case NONE:
  default:
    return pv_expr_value_new_null ();
  }
}

static void
free_tree (Tree *tree)
{
  if (tree == NULL)
    return;
  free_tree (tree->left);
  free_tree (tree->right);
  g_free (tree);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Tree, free_tree)

/* A tree that needs no parentheses where everything must bind more strongly than @power. @may_deny: a `not` may stand at
 * its right edge, where it would take in a stronger operator that follows. */
static Tree *
random_tree (guint power, gboolean may_deny, guint depth)
{
  Tree *tree = g_new0 (Tree, 1);
  Op op = (Op) pick (G_N_ELEMENTS (ops));

  if (depth == 0 || (op == NOT ? !may_deny : ops[op].power <= power))
    op = ATOM;
  tree->op = op;
  if (op == ATOM) {
    tree->variable = pick (2) ? pick (N_VARIABLES) : -1;
    tree->constant = random_plain ();
  } else if (op == NOT) {
    tree->left = random_tree (ops[NOT].power, may_deny, depth - 1);
  } else {
    tree->left = random_tree (ops[op].power - 1, ops[op].power < ops[NOT].power, depth - 1);
    tree->right = random_tree (ops[op].power, may_deny, depth - 1);
  }
  return tree;
}

static void
print_plain (GString *out, const Plain *plain)
{
  if (plain->kind == NONE)
    g_string_append (out, "None");
  else if (plain->kind == BOOLEAN)
    g_string_append (out, plain->number ? "True" : "False");
  else if (plain->kind == NUMBER)
    g_string_append_printf (out, "%d", plain->number);
  else
    g_string_append_printf (out, pick (2) ? "\"%s\"" : "'%s'", plain->text);
}

static void
print_tree (GString *out, const Tree *tree)
{
  static const char *const prefixes[] = { "form_var_v", "var_v", "form.var.v", "form_var.v" };

  if (tree->op == ATOM && tree->variable >= 0)
    g_string_append_printf (out, "%s%d", prefixes[pick (G_N_ELEMENTS (prefixes))], tree->variable);
  else if (tree->op == ATOM)
    print_plain (out, &tree->constant);
  else {
    if (tree->op != NOT) {
      print_tree (out, tree->left);
      g_string_append_c (out, ' ');
    }
    g_string_append (out, ops[tree->op].word);
    g_string_append (out, pick (4) ? " " : "  ");
    print_tree (out, tree->op == NOT ? tree->left : tree->right);
  }
}

/* The second evaluator: Python's values in the few cases that occur here. */
static void
plain_text (const Plain *plain, char out[16])
{
  if (plain->kind == NUMBER)
    g_snprintf (out, 16, "%d", plain->number);
  else
    g_strlcpy (out,
               plain->kind == NONE      ? "None"
               : plain->kind == BOOLEAN ? (plain->number ? "True" : "False")
                                        : plain->text,
               16);
}

static gboolean
plain_truth (const Plain *plain)
{
  return plain->kind == TEXT ? plain->text[0] != '\0' : plain->kind != NONE && plain->number != 0;
}

/* For a numeric field: the number in @plain; FALSE if it has none. */
static gboolean
plain_number (const Plain *plain, gint *ret_number)
{
  gint64 number = plain->number;

  if (plain->kind == NONE
      || (plain->kind == TEXT && !g_ascii_string_to_signed (plain->text, 10, -99, 99, &number, NULL)))
    return FALSE;
  *ret_number = plain->kind == BOOLEAN ? 0 : (gint) number;
  return TRUE;
}

/* TRUE, FALSE, or -1 for Python's exceptions. */
static int
plain_compare (Op op, const Plain *left, const Plain *right)
{
  char left_text[16], right_text[16];
  gint left_number = left->number, right_number = right->number, order = 0;
  gboolean both_numbers =
    (left->kind == NUMBER || left->kind == BOOLEAN) && (right->kind == NUMBER || right->kind == BOOLEAN);
  Kind owner = left->is_field ? left->kind : right->is_field ? right->kind : NONE;

  plain_text (left, left_text);
  plain_text (right, right_text);
  if ((left->is_field || right->is_field) && owner == NUMBER && op == EQ)
    return (both_numbers && left->number == right->number) || g_str_equal (left_text, right_text);
  if ((left->is_field || right->is_field) && owner == NUMBER) {
    if (!plain_number (left, &left_number) || !plain_number (right, &right_number))
      return -1;
    order = left_number - right_number;
  } else if (left->is_field || right->is_field || (left->kind == TEXT && right->kind == TEXT))
    order = strcmp (left_text, right_text);
  else if (both_numbers)
    order = left_number - right_number;
  else if (op == EQ || op == NE)
    order = left->kind == NONE && right->kind == NONE ? 0 : 1;
  else
    return -1;
  return op == EQ   ? order == 0
         : op == NE ? order != 0
         : op == LT ? order < 0
         : op == LE ? order <= 0
         : op == GT ? order > 0
                    : order >= 0;
}

static Plain
evaluate_tree (const Tree *tree)
{
  Plain result = { BOOLEAN, FALSE, 0, "" }, left, right;
  int truth;

  if (tree->op == ATOM)
    return tree->variable >= 0 ? variables[tree->variable] : tree->constant;
  left = evaluate_tree (tree->left);
  if (tree->op == NOT || tree->op == AND || tree->op == OR) {
    truth = plain_truth (&left);
    if (tree->op == NOT)
      truth = !truth;
    else {
      right = evaluate_tree (tree->right);
      truth = tree->op == AND ? truth && plain_truth (&right) : truth || plain_truth (&right);
    }
  } else {
    right = evaluate_tree (tree->right);
    if (tree->op != IN && tree->op != NOT_IN)
      truth = plain_compare (tree->op, &left, &right);
    else if (left.kind != TEXT || right.kind != TEXT)
      truth = -1;
    else
      truth = (strstr (right.text, left.text) != NULL) == (tree->op == IN);
  }
  result.number = truth == 1;
  return result;
}

static gboolean
evaluate (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PvExpression) expression = pv_expression_parse (text, &error);
  gboolean failed, truth;
  GDate today;

  if (expression == NULL)
    fail_msg ("seed %u: %s: %s", seed, text, error->message);
  g_date_clear (&today, 1);
  g_date_set_dmy (&today, 24, 11, 2026);
  truth = pv_expression_evaluate (expression, resolve_cb, NULL, &today, &failed);
  if (truth && failed)
    fail_msg ("seed %u: %s: true and failed", seed, text);
  return truth;
}

static char *
random_text (guint power, gboolean may_deny)
{
  g_autoptr (Tree) tree = random_tree (power, may_deny, MAX_TREE_DEPTH - 2);
  GString *text = g_string_new (NULL);

  print_tree (text, tree);
  return g_string_free (text, FALSE);
}

static void
what_is_printed_evaluates_as_its_tree (void **state)
{
  (void) state;
  for (guint i = 0; i < rounds (); i++) {
    g_autoptr (Tree) tree = random_tree (0, TRUE, MAX_TREE_DEPTH);
    g_autoptr (GString) text = g_string_new (NULL);
    Plain expected;

    shuffle_variables ();
    print_tree (text, tree);
    expected = evaluate_tree (tree);
    if (evaluate (text->str) != plain_truth (&expected))
      fail_msg ("seed %u, round %u: %s", seed, i, text->str);
  }
}

/* Both sides bind more strongly than not, and, or. */
static void
the_laws_of_logic_hold (void **state)
{
  (void) state;
  for (guint i = 0; i < rounds () / 4; i++) {
    g_autofree char *a = random_text (8, FALSE);
    g_autofree char *b = random_text (8, FALSE);
    const struct {
      char *left, *right;
      gboolean opposite;
    } laws[] = {
      { g_strdup_printf ("%s and %s", a, b), g_strdup_printf ("not %s or not %s", a, b), TRUE },
      { g_strdup_printf ("%s or %s", a, b), g_strdup_printf ("not %s and not %s", a, b), TRUE },
      { g_strdup_printf ("%s and %s", a, b), g_strdup_printf ("%s and %s", b, a), FALSE },
      { g_strdup_printf ("%s or %s", a, b), g_strdup_printf ("%s or %s", b, a), FALSE },
      { g_strdup_printf ("not not %s", a), g_strdup (a), FALSE },
      { g_strdup_printf ("%s or %s and %s", a, a, b), g_strdup (a), FALSE },
      { g_strdup_printf ("%s and %s or %s", a, b, a), g_strdup (a), FALSE },
      { g_strdup_printf ("%s or True", a), g_strdup ("True"), FALSE },
      { g_strdup_printf ("%s and False", a), g_strdup ("False"), FALSE },
    };

    shuffle_variables ();
    for (gsize law = 0; law < G_N_ELEMENTS (laws); law++) {
      if (evaluate (laws[law].left) == (evaluate (laws[law].right) == laws[law].opposite))
        fail_msg ("seed %u: %s | %s", seed, laws[law].left, laws[law].right);
      g_free (laws[law].left);
      g_free (laws[law].right);
    }
  }
}

static void
a_mutated_text_is_a_condition_or_an_error (void **state)
{
  static const char alphabet[] = "\"'|:.\\ _-+=<>!()[]{}%0123456789aeinoprtv\n\t\xc3\xa9\xff";
  gsize accepted = 0, refused = 0;
  GDate today;

  (void) state;
  g_date_clear (&today, 1);
  g_date_set_dmy (&today, 24, 11, 2026);
  for (guint i = 0; i < rounds () * 2; i++) {
    g_autofree char *original = random_text (0, TRUE);
    g_autoptr (GString) text = g_string_new (original);
    g_autoptr (GError) error = NULL;
    g_autoptr (PvExpression) expression = NULL;

    for (gint n = pick (3) + 1; n > 0 && text->len > 0; n--) {
      gssize at = pick ((gint) text->len);

      if (pick (2))
        g_string_erase (text, at, 1);
      if (pick (2))
        g_string_insert_c (text, at, alphabet[pick (sizeof alphabet - 1)]);
    }
    expression = pv_expression_parse (text->str, &error);
    if ((expression == NULL) != (error != NULL))
      fail_msg ("seed %u: %s: neither or both", seed, text->str);
    accepted += expression != NULL;
    refused += expression == NULL;
    if (expression != NULL) {
      gboolean failed, truth = pv_expression_evaluate (expression, resolve_cb, NULL, &today, &failed);

      assert_false (truth && failed);
    }
  }
  assert_true (accepted > 0 && refused > 0);
}

static char *
print_thousandths (gint number, char point)
{
  return g_strdup_printf ("%s%d%c%03d", number < 0 ? "-" : "", ABS (number) / 1000, point, ABS (number) % 1000);
}

static void
decimals_are_exact (void **state)
{
  (void) state;
  for (guint i = 0; i < rounds (); i++) {
    gint a = g_rand_int_range (rand_source, -5000000, 5000000), b = pick (3) ? pick (20000) - 10000 : a;
    g_autofree char *a_text = print_thousandths (a, pick (2) ? '.' : ',');
    g_autofree char *b_text = print_thousandths (b, pick (2) ? '.' : ',');
    g_autofree char *sum = print_thousandths (a + b, '.');
    g_autofree char *difference = print_thousandths (a - b, '.');
    g_autofree char *add = g_strdup_printf ("'%s'|add:'%s' == %s", a_text, b_text, sum);
    g_autofree char *subtract = g_strdup_printf ("'%s'|subtract:'%s' == %s", a_text, b_text, difference);
    g_autofree char *total = g_strdup_printf ("'%s %s'|split|sum == '%s'|decimal", a_text, b_text, sum);
    g_autofree char *less = g_strdup_printf ("'%s'|decimal < '%s'|decimal", a_text, b_text);
    g_autofree char *integer = g_strdup_printf ("'%s'|integer == %d", a_text, a / 1000);

    if (!evaluate (add) || !evaluate (subtract) || !evaluate (total) || !evaluate (integer)
        || evaluate (less) != (a < b))
      fail_msg ("seed %u: %s, %s, %s, %s, %s", seed, add, subtract, total, less, integer);
  }
}

static void
dates_count_as_a_calendar_does (void **state)
{
  (void) state;
  for (guint i = 0; i < rounds (); i++) {
    GDate born, when, birthday;
    gint days = pick (40000) - 200, years = -2;
    g_autofree char *age = NULL, *moved = NULL;

    g_date_clear (&born, 1);
    g_date_clear (&when, 1);
    g_date_set_julian (&born, 712000 + (guint32) pick (30000));
    g_date_set_julian (&when, (guint32) ((gint) g_date_get_julian (&born) + days));
    /* Birthdays that have come, one by one; who was born on 29 February waits for 1 March. */
    for (;; years++) {
      gint year = (gint) g_date_get_year (&born) + years + 1;

      g_date_clear (&birthday, 1);
      if (g_date_valid_dmy (g_date_get_day (&born), g_date_get_month (&born), (GDateYear) year))
        g_date_set_dmy (&birthday, g_date_get_day (&born), g_date_get_month (&born), (GDateYear) year);
      else
        g_date_set_dmy (&birthday, 1, 3, (GDateYear) year);
      if (g_date_compare (&birthday, &when) > 0)
        break;
    }
    age = g_strdup_printf ("'%04u-%02d-%02u'|age_in_years:'%02u/%02d/%04u' == %d", g_date_get_year (&born),
                           (gint) g_date_get_month (&born), g_date_get_day (&born), g_date_get_day (&when),
                           (gint) g_date_get_month (&when), g_date_get_year (&when), years);
    moved = g_strdup_printf ("'%04u-%02d-%02u'|add_days:%d == '%04u-%02d-%02u'", g_date_get_year (&born),
                             (gint) g_date_get_month (&born), g_date_get_day (&born), days, g_date_get_year (&when),
                             (gint) g_date_get_month (&when), g_date_get_day (&when));
    if (!evaluate (age) || !evaluate (moved))
      fail_msg ("seed %u: %s, %s", seed, age, moved);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (what_is_printed_evaluates_as_its_tree),
    cmocka_unit_test (the_laws_of_logic_hold),
    cmocka_unit_test (a_mutated_text_is_a_condition_or_an_error),
    cmocka_unit_test (decimals_are_exact),
    cmocka_unit_test (dates_count_as_a_calendar_does),
  };
  const char *wanted = g_getenv ("PV_TEST_SEED");
  guint64 number = 0;
  int failed;

  tst_init ();
  seed = wanted != NULL && g_ascii_string_to_unsigned (wanted, 10, 0, G_MAXUINT32, &number, NULL) ? (guint32) number
                                                                                                  : 20261124;
  rand_source = g_rand_new_with_seed (seed);
  failed = cmocka_run_group_tests (tests, NULL, NULL);
  g_rand_free (rand_source);
  return failed;
}
