/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The options that every scanner has, by SANE's well-known names. */

#include "kiosk/decode/scanner-private.h"

#include <sane/saneopts.h>
#include <string.h>

enum {
  A4_WIDTH_MM = 210,
  A4_HEIGHT_MM = 297,
  MAX_VALUE_BYTES = 1024, /* of a text option */
};

/* -1: there is none that could be set. */
static SANE_Int
find_option (PvScanner *scanner, const char *name, const SANE_Option_Descriptor **ret_option)
{
  for (SANE_Int i = 1; i < PV_SCANNER_MAX_OPTIONS; i++) {
    const SANE_Option_Descriptor *option = scanner->sane.get_option_descriptor (scanner->handle, i);

    if (option == NULL)
      return -1;
    if (option->name != NULL && strcmp (option->name, name) == 0 && SANE_OPTION_IS_ACTIVE (option->cap)
        && SANE_OPTION_IS_SETTABLE (option->cap)) {
      *ret_option = option;
      return i;
    }
  }
  return -1;
}

/* The nearest that the option allows. */
static double
fit (const SANE_Option_Descriptor *option, double wish)
{
  const gboolean is_fixed = option->type == SANE_TYPE_FIXED;
  double best = wish;

  if (option->constraint_type == SANE_CONSTRAINT_RANGE && option->constraint.range != NULL) {
    const SANE_Range *range = option->constraint.range;

    return CLAMP (wish, is_fixed ? SANE_UNFIX (range->min) : range->min,
                  is_fixed ? SANE_UNFIX (range->max) : range->max);
  }
  if (option->constraint_type == SANE_CONSTRAINT_WORD_LIST && option->constraint.word_list != NULL) {
    const SANE_Word *list = option->constraint.word_list;

    for (SANE_Word i = 1; i <= list[0]; i++) {
      const double value = is_fixed ? SANE_UNFIX (list[i]) : list[i];

      if (i == 1 || ABS (value - wish) < ABS (best - wish))
        best = value;
    }
  }
  return best;
}

/* Returns: what it is now; 0: it cannot be set. */
static double
set_number (PvScanner *scanner, const char *name, double wish)
{
  const SANE_Option_Descriptor *option;
  const SANE_Int index = find_option (scanner, name, &option);
  SANE_Word word;

  if (index < 0 || (option->type != SANE_TYPE_INT && option->type != SANE_TYPE_FIXED)
      || option->size != (SANE_Int) sizeof word)
    return 0;
  wish = fit (option, wish);
  word = option->type == SANE_TYPE_FIXED ? SANE_FIX (wish) : (SANE_Word) wish;
  if (scanner->sane.control_option (scanner->handle, index, SANE_ACTION_SET_VALUE, &word, NULL) != SANE_STATUS_GOOD)
    return 0;
  return option->type == SANE_TYPE_FIXED ? SANE_UNFIX (word) : word;
}

/* The first value that contains one of @wanted, of which the earlier is the better. */
static void
set_choice (PvScanner *scanner, const char *name, const char *const *wanted)
{
  const SANE_Option_Descriptor *option;
  const SANE_Int index = find_option (scanner, name, &option);

  if (index < 0 || option->type != SANE_TYPE_STRING || option->constraint_type != SANE_CONSTRAINT_STRING_LIST
      || option->constraint.string_list == NULL || option->size < 1 || option->size > MAX_VALUE_BYTES)
    return;
  for (; *wanted != NULL; wanted++)
    for (const SANE_String_Const *value = option->constraint.string_list; *value != NULL; value++) {
      g_autofree char *lower = g_ascii_strdown (*value, -1);
      g_autofree char *copy = g_malloc0 ((gsize) option->size);

      if (strstr (lower, *wanted) == NULL)
        continue;
      g_strlcpy (copy, *value, (gsize) option->size);
      scanner->sane.control_option (scanner->handle, index, SANE_ACTION_SET_VALUE, copy, NULL);
      return;
    }
}

static void
set_off (PvScanner *scanner, const char *name)
{
  const SANE_Option_Descriptor *option;
  const SANE_Int index = find_option (scanner, name, &option);
  SANE_Bool off = SANE_FALSE;

  if (index >= 0 && option->type == SANE_TYPE_BOOL)
    scanner->sane.control_option (scanner->handle, index, SANE_ACTION_SET_VALUE, &off, NULL);
}

/* Most measure in millimetres, some in pixels. */
static void
set_side (PvScanner *scanner, const char *name, double mm)
{
  const SANE_Option_Descriptor *option;

  if (find_option (scanner, name, &option) >= 0)
    set_number (scanner, name, option->unit == SANE_UNIT_PIXEL ? mm * PV_SCANNER_DPI / 25.4 : mm);
}

void
pv_scanner_choose_options (PvScanner *scanner, gboolean wants_colour)
{
  static const char *const grey[] = { "gray", "grey", "color", "colour", NULL };
  static const char *const colour[] = { "color", "colour", "gray", "grey", NULL };
  static const char *const glass[] = { "flatbed", NULL };
  double dpi;

  /* The source first, and the mode: what else there is depends on them. */
  set_choice (scanner, SANE_NAME_SCAN_SOURCE, glass);
  set_choice (scanner, SANE_NAME_SCAN_MODE, wants_colour ? colour : grey);
  set_off (scanner, SANE_NAME_PREVIEW);
  set_number (scanner, SANE_NAME_BIT_DEPTH, 8);
  dpi = set_number (scanner, SANE_NAME_SCAN_RESOLUTION, PV_SCANNER_DPI);
  scanner->dpi = dpi >= 1 && dpi <= 10000 ? (guint) dpi : 0;
  set_side (scanner, SANE_NAME_SCAN_TL_X, 0);
  set_side (scanner, SANE_NAME_SCAN_TL_Y, 0);
  set_side (scanner, SANE_NAME_SCAN_BR_X, A4_WIDTH_MM);
  set_side (scanner, SANE_NAME_SCAN_BR_Y, A4_HEIGHT_MM);
}
