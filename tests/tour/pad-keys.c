/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The keyboard on the screen by ear: its rows are walked through once, and remembered by the keys at their beginnings. */

#include <string.h>

#include "pad.h"

enum { MAX_ROWS = 6, MAX_COLUMNS = 16, MAX_TURNS = 3 };

/* A page of keys. */
typedef struct Page {
  guint n_rows;
  GPtrArray *rows[MAX_ROWS]; /* (element-type char): what the keys are called */
} Page;

/* Where the keys are. */
typedef struct Place {
  const Page *page;
  guint row, column;
} Place;

static void
page_free (gpointer data)
{
  Page *page = data;

  for (guint i = 0; i < page->n_rows; i++)
    g_ptr_array_unref (page->rows[i]);
  g_free (page);
}

/* What is told in between, as how many suggestions there are, is not a key. */
static const char *
hear_key (TourPad *pad, TourPadKey key, const char *wanted)
{
  const char *text = tour_pad_move (pad, key);

  while (wanted != NULL && !g_str_equal (text, wanted))
    text = tour_pad_hear (pad);
  return text;
}

/* Above a broad key is not the first one. */
static void
go_to_start_above (TourPad *pad, const char *start)
{
  const char *text = tour_pad_move (pad, TOUR_PAD_UP);

  for (guint i = 0; i < MAX_COLUMNS && !g_str_equal (text, start); i++)
    text = tour_pad_move (pad, TOUR_PAD_LEFT);
}

/* Down the first column, and back to the first key. (element-type char) (transfer full): what the rows begin with */
static GPtrArray *
walk_down (TourPad *pad, const char *first)
{
  GPtrArray *starts = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (starts, g_strdup (first));
  while (starts->len <= MAX_ROWS) {
    const char *text = tour_pad_move (pad, TOUR_PAD_DOWN);

    if (tour_pad_is_control (text)) { /* below the keys */
      hear_key (pad, TOUR_PAD_PREVIOUS, first);
      return starts;
    }
    g_ptr_array_add (starts, g_strdup (text));
    /* Begins the last row of a page that who leaves the keys loses. */
    if (g_str_equal (text, tour_word (pad->walk, TOUR_WORD_LETTERS))) {
      for (guint i = starts->len - 1; i > 0; i--)
        go_to_start_above (pad, starts->pdata[i - 1]);
      return starts;
    }
  }
  tour_pad_fail (pad, "the keyboard on the screen has no end.");
}

static GPtrArray *
walk_along (TourPad *pad, const char *start)
{
  GPtrArray *row = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (row, g_strdup (start));
  for (guint i = 0; i < MAX_COLUMNS; i++) {
    const char *text = tour_pad_move (pad, TOUR_PAD_RIGHT);

    if (g_str_equal (text, start))
      return row;
    g_ptr_array_add (row, g_strdup (text));
  }
  tour_pad_fail (pad, "a row of keys does not come around to \"%s\".", start);
}

/* From the first key, called @first. Returns to where the keys then are. */
static Place
look_around (TourPad *pad, const char *first)
{
  g_autoptr (GPtrArray) starts = walk_down (pad, first);
  g_autofree char *name = NULL;
  Page *page;

  g_ptr_array_add (starts, NULL);
  name = g_strjoinv (" ", (char **) starts->pdata);
  page = g_hash_table_lookup (pad->pages, name);
  if (page != NULL)
    return (Place){ page, 0, 0 };
  page = g_new0 (Page, 1);
  for (; page->n_rows + 1 < starts->len; page->n_rows++) {
    if (page->n_rows > 0)
      hear_key (pad, TOUR_PAD_DOWN, starts->pdata[page->n_rows]);
    page->rows[page->n_rows] = walk_along (pad, starts->pdata[page->n_rows]);
  }
  tour_say ("Found %u rows of keys: %s", page->n_rows, name);
  g_hash_table_insert (pad->pages, g_steal_pointer (&name), page);
  return (Place){ page, page->n_rows - 1, 0 };
}

static gboolean
find_in_row (const Page *page, guint row, const char *name, guint *ret_column)
{
  return g_ptr_array_find_with_equal_func (page->rows[row], name, g_str_equal, ret_column);
}

static gboolean
find_key (const Page *page, const char *name, guint *ret_row, guint *ret_column)
{
  for (*ret_row = 0; *ret_row < page->n_rows; (*ret_row)++)
    if (find_in_row (page, *ret_row, name, ret_column))
      return TRUE;
  return FALSE;
}

/* To its row, then along it, the shorter way. */
static void
go_to (TourPad *pad, Place *at, const char *name)
{
  guint row = 0, column = 0;

  if (!find_key (at->page, name, &row, &column))
    tour_pad_fail (pad, "no key of this page is called \"%s\".", name);
  while (at->row != row) {
    const char *text = tour_pad_move (pad, at->row < row ? TOUR_PAD_DOWN : TOUR_PAD_UP);

    at->row = at->row < row ? at->row + 1 : at->row - 1;
    while (!find_in_row (at->page, at->row, text, &at->column))
      text = tour_pad_hear (pad);
  }
  while (at->column != column) {
    guint n = at->page->rows[row]->len, right = (column + n - at->column) % n;
    gboolean is_right = right <= n / 2;

    at->column = (at->column + (is_right ? 1 : n - 1)) % n;
    hear_key (pad, is_right ? TOUR_PAD_RIGHT : TOUR_PAD_LEFT, at->page->rows[row]->pdata[at->column]);
  }
}

static const char *
press_here (TourPad *pad)
{
  tour_pad_press (pad, TOUR_PAD_VALIDATE);
  return tour_pad_hear (pad);
}

/* Another page of keys: said is the first one of it. */
static void
turn (TourPad *pad, Place *at, const char *name)
{
  g_autofree char *first = NULL;

  go_to (pad, at, name);
  first = g_strdup (press_here (pad));
  *at = look_around (pad, first);
}

static void
type_letter (TourPad *pad, Place *at, gunichar letter, gboolean is_first)
{
  g_autofree char *name = tour_key_name (pad->walk, letter);
  g_autofree char *said = NULL;
  const char *capital = tour_word (pad->walk, TOUR_WORD_CAPITAL);
  guint row, column;

  for (guint i = 0; i < MAX_TURNS && !find_key (at->page, name, &row, &column); i++) {
    gboolean has_accents = find_key (at->page, tour_word (pad->walk, TOUR_WORD_ACCENTS), &row, &column);

    turn (pad, at,
          tour_word (pad->walk, !has_accents                 ? TOUR_WORD_LETTERS
                                : g_unichar_isalpha (letter) ? TOUR_WORD_ACCENTS
                                                             : TOUR_WORD_DIGITS));
  }
  if (g_unichar_isupper (letter) && !is_first) {
    go_to (pad, at, capital);
    press_here (pad);
  }
  go_to (pad, at, name);
  said = g_strdup (press_here (pad));
  tour_say ("Pressed \"%s\", heard \"%s\"", name, said);
  if (g_unichar_isupper (letter) && !g_str_has_suffix (said, " majuscule"))
    tour_pad_fail (pad, "\"%s\" is said where a capital was typed.", said);
  /* Behind a letter with an accent the plain ones come again, once it is heard. */
  if (g_unichar_isalpha (letter) && letter > 127)
    *at = look_around (pad, tour_pad_hear (pad));
}

void
tour_pad_type (TourPad *pad, const char *text, const char *whole)
{
  const char *said;
  Place at;

  if (pad->pages == NULL)
    pad->pages = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, page_free);
  tour_say ("Type \"%s\"", text);
  tour_pad_press (pad, TOUR_PAD_VALIDATE);
  at = look_around (pad, tour_pad_hear (pad));
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    type_letter (pad, &at, g_utf8_get_char (p), p == text);
  for (said = tour_pad_move (pad, TOUR_PAD_PREVIOUS); !tour_pad_is_control (said);)
    said = tour_pad_hear (pad);
  if (!g_str_has_suffix (said, whole))
    tour_pad_fail (pad, "\"%s\" was typed, and \"%s\" is said.", whole, said);
  tour_say ("Heard \"%s\"", said);
}
