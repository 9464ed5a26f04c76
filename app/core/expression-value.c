/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/expression-private.h"

#include "core/wipe.h"

#include <string.h>

static PvExprValue *
new_value (PvExprType type)
{
  PvExprValue *value = g_new0 (PvExprValue, 1);

  value->type = type;
  return value;
}

/* A copy that is valid UTF-8 in any case: all text functions below rely on it. */
static char *
copy_text (const char *text)
{
  if (text == NULL)
    return g_strdup ("");
  return g_utf8_validate (text, -1, NULL) ? g_strdup (text) : g_utf8_make_valid (text, -1);
}

PvExprValue *
pv_expr_value_new_null (void)
{
  return new_value (PV_EXPR_NULL);
}

PvExprValue *
pv_expr_value_new_bool (gboolean boolean)
{
  PvExprValue *value = new_value (PV_EXPR_BOOL);

  value->boolean = boolean != FALSE;
  return value;
}

/* As the portal prints a decimal: no zeros at the end, no exponent. */
static char *
print_decimal (PvDecimal number)
{
  char digits[48];
  gsize at = sizeof digits;
  gboolean negative = number < 0;
  unsigned places = 0;
  PvDecimal rest = negative ? -number : number;

  digits[--at] = '\0';
  for (; places < PV_DECIMAL_PLACES && rest % 10 == 0; places++)
    rest /= 10;
  if (places < PV_DECIMAL_PLACES) {
    for (; places < PV_DECIMAL_PLACES; places++) {
      digits[--at] = (char) ('0' + (int) (rest % 10));
      rest /= 10;
    }
    digits[--at] = '.';
  }
  do {
    digits[--at] = (char) ('0' + (int) (rest % 10));
    rest /= 10;
  } while (rest > 0);
  if (negative)
    digits[--at] = '-';
  return g_strdup (digits + at);
}

PvExprValue *
pv_expr_value_new_decimal (PvDecimal number)
{
  PvExprValue *value = new_value (PV_EXPR_NUMBER);

  value->number = number;
  value->text = print_decimal (number);
  return value;
}

PvExprValue *
pv_expr_value_new_number (const char *decimal)
{
  PvDecimal number;

  if (decimal == NULL || !pv_expr_parse_decimal (decimal, &number))
    return pv_expr_value_new_null ();
  return pv_expr_value_new_decimal (number);
}

PvExprValue *
pv_expr_value_new_text (const char *text)
{
  PvExprValue *value = new_value (PV_EXPR_TEXT);

  value->text = copy_text (text);
  return value;
}

PvExprValue *
pv_expr_value_new_date (const GDate *date)
{
  PvExprValue *value;

  g_return_val_if_fail (date != NULL && g_date_valid (date), pv_expr_value_new_null ());
  value = new_value (PV_EXPR_DATE);
  value->julian = g_date_get_julian (date);
  return value;
}

PvExprValue *
pv_expr_value_new_option (const char *id, const char *label)
{
  PvExprValue *value = new_value (PV_EXPR_OPTION);

  value->id = copy_text (id);
  value->text = copy_text (label);
  return value;
}

static void
free_item (gpointer item)
{
  pv_expr_value_free (item);
}

PvExprValue *
pv_expr_value_new_list (void)
{
  PvExprValue *value = new_value (PV_EXPR_LIST);

  value->items = g_ptr_array_new_with_free_func (free_item);
  return value;
}

void
pv_expr_value_append (PvExprValue *list, PvExprValue *item)
{
  if (list == NULL || list->type != PV_EXPR_LIST || list->items->len >= PV_EXPR_MAX_LIST) {
    pv_expr_value_free (item);
    return;
  }
  g_ptr_array_add (list->items, item != NULL ? item : pv_expr_value_new_null ());
}

void
pv_expr_value_free (PvExprValue *value)
{
  if (value == NULL)
    return;
  pv_wipe_str (value->text);
  pv_wipe_str (value->id);
  g_clear_pointer (&value->items, g_ptr_array_unref);
  pv_wipe_bytes (value, sizeof *value);
  g_free (value);
}

PvExprValue *
pv_expr_value_copy (const PvExprValue *value)
{
  PvExprValue *copy = g_new0 (PvExprValue, 1);

  *copy = *value;
  copy->text = g_strdup (value->text);
  copy->id = g_strdup (value->id);
  if (value->items != NULL) {
    copy->items = g_ptr_array_new_with_free_func (free_item);
    for (guint i = 0; i < value->items->len; i++)
      g_ptr_array_add (copy->items, pv_expr_value_copy (value->items->pdata[i]));
  }
  return copy;
}

gboolean
pv_expr_value_is_true (const PvExprValue *value)
{
  switch (value->type) {
  case PV_EXPR_BOOL:
    return value->boolean;
  case PV_EXPR_NUMBER:
    return value->number != 0;
  case PV_EXPR_TEXT:
  case PV_EXPR_OPTION:
    return value->text[0] != '\0';
  case PV_EXPR_DATE:
    return TRUE;
  case PV_EXPR_LIST:
    return value->items->len > 0;
  case PV_EXPR_NULL:
  default:
    return FALSE;
  }
}

/* The labels of a field with several choices, as the portal joins them; one allocation, so that no copy stays behind. */
static char *
join_labels (const GPtrArray *items)
{
  gsize size = 1;
  char *joined, *at;

  for (guint i = 0; i < items->len; i++) {
    const PvExprValue *item = items->pdata[i];

    if (item->type != PV_EXPR_TEXT && item->type != PV_EXPR_OPTION)
      return NULL;
    size += strlen (item->text) + strlen (", ");
  }
  joined = at = g_malloc0 (size);
  for (guint i = 0; i < items->len; i++) {
    if (i > 0)
      at = g_stpcpy (at, ", ");
    at = g_stpcpy (at, ((const PvExprValue *) items->pdata[i])->text);
  }
  return joined;
}

char *
pv_expr_value_to_text (const PvExprValue *value)
{
  switch (value->type) {
  case PV_EXPR_NULL:
    return g_strdup ("None");
  case PV_EXPR_BOOL:
    return g_strdup (value->boolean ? "True" : "False");
  case PV_EXPR_NUMBER:
  case PV_EXPR_TEXT:
  case PV_EXPR_OPTION:
    return g_strdup (value->text);
  case PV_EXPR_LIST:
    return value->is_field ? join_labels (value->items) : NULL;
  case PV_EXPR_DATE: /* the portal uses the format of the site */
  default:
    return NULL;
  }
}

/* The white space that Python's str.strip() takes away is the one of Unicode. */
static const char *
skip_spaces (const char *text)
{
  while (g_unichar_isspace (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  return text;
}

/* Half to even, at the digits that follow the sixth place. */
static gboolean
rounds_up (const char *digits, gsize count, gboolean odd)
{
  if (count == 0 || digits[0] < '5')
    return FALSE;
  if (digits[0] > '5')
    return TRUE;
  for (gsize i = 1; i < count; i++)
    if (digits[i] != '0')
      return TRUE;
  return odd;
}

gboolean
pv_expr_parse_decimal (const char *text, PvDecimal *ret_number)
{
  PvDecimal number = 0;
  gboolean negative = FALSE;
  const char *whole, *places = "";
  gsize n_whole, n_places = 0;

  text = skip_spaces (text);
  if (*text == '+' || *text == '-')
    negative = *text++ == '-';
  whole = text;
  n_whole = strspn (text, "0123456789");
  text += n_whole;
  if (*text == '.' || *text == ',') {
    places = ++text;
    n_places = strspn (text, "0123456789");
    text += n_places;
  }
  if (n_whole + n_places == 0 || *skip_spaces (text) != '\0')
    return FALSE;
  for (; n_whole > 0 && *whole == '0'; n_whole--)
    whole++;
  if (n_whole > PV_DECIMAL_MAX_DIGITS)
    return FALSE;
  for (gsize i = 0; i < n_whole; i++)
    number = number * 10 + (whole[i] - '0');
  for (gsize i = 0; i < PV_DECIMAL_PLACES; i++)
    number = number * 10 + (i < n_places ? places[i] - '0' : 0);
  if (n_places > PV_DECIMAL_PLACES
      && rounds_up (places + PV_DECIMAL_PLACES, n_places - PV_DECIMAL_PLACES, (number & 1) != 0))
    number++;
  *ret_number = negative ? -number : number;
  return TRUE;
}

gboolean
pv_expr_value_to_decimal (const PvExprValue *value, PvDecimal *ret_number)
{
  switch (value->type) {
  case PV_EXPR_BOOL: /* w.c.s. reads every truth value as 0, unlike Python */
    *ret_number = 0;
    return TRUE;
  case PV_EXPR_NUMBER:
    *ret_number = value->number;
    return TRUE;
  case PV_EXPR_TEXT:
  case PV_EXPR_OPTION:
    return pv_expr_parse_decimal (value->text, ret_number);
  case PV_EXPR_NULL:
  case PV_EXPR_DATE:
  case PV_EXPR_LIST:
  default:
    return FALSE;
  }
}

/* Between @least and @most digits and then @end. */
static gboolean
read_digits (const char **text, gsize least, gsize most, char end, guint *ret_number)
{
  gsize count = strspn (*text, "0123456789");
  guint number = 0;

  if (count < least || count > most || (*text)[count] != end)
    return FALSE;
  for (gsize i = 0; i < count; i++)
    number = number * 10 + (guint) ((*text)[i] - '0');
  *text += count + (end != '\0');
  *ret_number = number;
  return TRUE;
}

/* YYYY-MM-DD or DD/MM/YYYY. */
static gboolean
parse_date (const char *text, guint32 *ret_julian)
{
  const char *at = text;
  guint year, month, day;
  gboolean shaped;
  GDate date;

  shaped =
    read_digits (&at, 4, 4, '-', &year) && read_digits (&at, 1, 2, '-', &month) && read_digits (&at, 1, 2, '\0', &day);
  if (!shaped) {
    at = text;
    shaped = read_digits (&at, 1, 2, '/', &day) && read_digits (&at, 1, 2, '/', &month)
             && read_digits (&at, 4, 4, '\0', &year);
  }
  if (!shaped || year == 0 || month > 12 || day > 31
      || !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return FALSE;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  *ret_julian = g_date_get_julian (&date);
  return TRUE;
}

gboolean
pv_expr_value_to_moment (const PvExprValue *value, guint64 *ret_moment)
{
  guint32 julian;

  if (value->type == PV_EXPR_DATE) {
    *ret_moment = (guint64) value->julian * 2 + (value->is_now ? 1 : 0);
    return TRUE;
  }
  if ((value->type != PV_EXPR_TEXT && value->type != PV_EXPR_OPTION) || !parse_date (value->text, &julian))
    return FALSE;
  *ret_moment = (guint64) julian * 2;
  return TRUE;
}
