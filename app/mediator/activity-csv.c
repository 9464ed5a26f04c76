/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "mediator/activity-csv.h"

#include <stdio.h>
#include <string.h>

enum { MAX_MINUTES = 24 * 60, MAX_THEMES = 31 };

static const char byte_order_mark[] = "\357\273\277";
static const char line_end[] = "\r\n";

static const char *const column_names[PV_N_COLUMNS] = {
  "date", "time", "minutes", "place", "kiosk", "themes", "autonomy", "redirected_to", "age_band", "used_hand",
};
static const char *const place_names[PV_N_PLACES] = { "work", "home", "remote", "other" };
static const char *const autonomy_names[PV_N_AUTONOMIES] = { "helped", "partly", "autonomous" };

gsize
pv_activity_line_size (const char *text, gsize size)
{
  gboolean is_quoted = FALSE;
  gsize first = 0;

  for (gsize i = 0; i < size; i++) {
    if (text[i] == '"')
      is_quoted = !is_quoted;
    if (text[i] != '\n')
      continue;
    if (!is_quoted)
      return i + 1;
    if (first == 0)
      first = i + 1;
    if (i + 1 > PV_ACTIVITY_MAX_LINE_BYTES)
      return first; /* a quote without its other: the line ends where lines end */
  }
  return is_quoted && first != 0 ? first : size;
}

/* One cell, without its quotes; @at is left behind its separator, or at the end. */
static char *
take_cell (const char **at, const char *end, char separator, gboolean *ret_has_more)
{
  GString *cell = g_string_new (NULL);
  gboolean is_quoted = FALSE;

  *ret_has_more = FALSE;
  for (; *at < end; (*at)++) {
    char c = **at;

    if (c == '"' && is_quoted && *at + 1 < end && (*at)[1] == '"') {
      g_string_append_c (cell, c);
      (*at)++;
    } else if (c == '"') {
      is_quoted = !is_quoted;
    } else if (c == separator && !is_quoted) {
      (*at)++;
      *ret_has_more = TRUE;
      return g_string_free (cell, FALSE);
    } else {
      g_string_append_c (cell, c);
    }
  }
  return g_string_free (cell, FALSE);
}

/* Of some old spreadsheet. */
static char *
to_utf8 (char *cell)
{
  char *converted;

  if (g_utf8_validate (cell, -1, NULL))
    return cell;
  converted = g_convert (cell, -1, "UTF-8", "WINDOWS-1252", NULL, NULL, NULL);
  if (converted == NULL)
    return cell;
  g_free (cell);
  return converted;
}

/* NULL: too long, or too many. */
static char **
split (const char *bytes, gsize size, char separator)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  const char *at = bytes, *end = bytes + size;
  gboolean has_more;

  if (size > PV_ACTIVITY_MAX_LINE_BYTES || memchr (bytes, '\0', size) != NULL)
    return NULL;
  while (end > at && (end[-1] == '\n' || end[-1] == '\r'))
    end--;
  do {
    if (cells->len >= PV_ACTIVITY_MAX_CELLS)
      return NULL;
    g_ptr_array_add (cells, to_utf8 (take_cell (&at, end, separator, &has_more)));
  } while (has_more);
  g_ptr_array_add (cells, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&cells), FALSE);
}

void
pv_activity_layout_init (PvActivityLayout *layout)
{
  layout->separator = ',';
  layout->n_cells = PV_N_COLUMNS;
  for (gint i = 0; i < PV_N_COLUMNS; i++)
    layout->at[i] = i;
}

char *
pv_activity_header (void)
{
  GString *header = g_string_new (NULL);

  for (guint i = 0; i < PV_N_COLUMNS; i++)
    g_string_append_printf (header, "%s%s", i > 0 ? "," : "", column_names[i]);
  g_string_append (header, line_end);
  return g_string_free (header, FALSE);
}

gboolean
pv_activity_layout_read (PvActivityLayout *layout, const char *header)
{
  static const char separators[] = { ',', ';', '\t' };

  if (g_str_has_prefix (header, byte_order_mark))
    header += strlen (byte_order_mark);
  for (gsize i = 0; i < G_N_ELEMENTS (separators); i++) {
    g_auto (GStrv) cells = split (header, strlen (header), separators[i]);
    PvActivityLayout found = { .separator = separators[i], .n_cells = cells != NULL ? g_strv_length (cells) : 0 };

    for (guint c = 0; c < PV_N_COLUMNS; c++)
      found.at[c] = -1;
    for (guint n = 0; n < found.n_cells; n++)
      for (guint c = 0; c < PV_N_COLUMNS; c++)
        if (found.at[c] < 0 && g_ascii_strcasecmp (g_strstrip (cells[n]), column_names[c]) == 0)
          found.at[c] = (gint) n;
    if (found.at[PV_COLUMN_DATE] >= 0 && found.at[PV_COLUMN_TIME] >= 0 && found.at[PV_COLUMN_MINUTES] >= 0) {
      *layout = found;
      return TRUE;
    }
  }
  return FALSE;
}

/* Never NULL. */
static const char *
cell_of (const PvActivityLayout *layout, char **cells, guint n_cells, PvActivityColumn column)
{
  gint at = layout->at[column];

  return at >= 0 && (guint) at < n_cells ? g_strstrip (cells[at]) : "";
}

static gboolean
read_moment (const char *date, const char *time, gint64 *ret_utc)
{
  guint year, month, day, hour, minute, second = 0;
  char rest;
  g_autoptr (GDateTime) moment = NULL;

  if (sscanf (date, "%4u-%2u-%2u%c", &year, &month, &day, &rest) != 3
      && sscanf (date, "%2u/%2u/%4u%c", &day, &month, &year, &rest) != 3)
    return FALSE;
  if (sscanf (time, "%2u:%2u:%2u%c", &hour, &minute, &second, &rest) != 3
      && sscanf (time, "%2u:%2u%c", &hour, &minute, &rest) != 2)
    return FALSE;
  moment = g_date_time_new_local ((gint) year, (gint) month, (gint) day, (gint) hour, (gint) minute, second);
  if (moment == NULL)
    return FALSE;
  *ret_utc = g_date_time_to_unix (moment);
  return TRUE;
}

/* @names[0] for an empty word; FALSE: another word. */
static gboolean
read_name (const char *word, const char *const *names, guint n, guint without, guint *ret_index)
{
  *ret_index = without;
  if (*word == '\0')
    return TRUE;
  for (guint i = 0; i < n; i++)
    if (g_ascii_strcasecmp (word, names[i]) == 0) {
      *ret_index = i;
      return TRUE;
    }
  return FALSE;
}

static char *
read_word (const char *word)
{
  return *word != '\0' && strlen (word) <= PV_ACTIVITY_MAX_WORD_BYTES ? g_strdup (word) : NULL;
}

/* Those that are on the list; a blank, a comma or a semicolon parts them. */
static char **
read_themes (const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, " ,;", MAX_THEMES * 2);
  g_autoptr (GPtrArray) themes = g_ptr_array_new ();

  for (guint i = 0; words[i] != NULL; i++)
    if (g_strv_contains (pv_activity_themes (), words[i])
        && !g_ptr_array_find_with_equal_func (themes, words[i], g_str_equal, NULL))
      g_ptr_array_add (themes, g_strdup (words[i]));
  g_ptr_array_add (themes, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&themes), FALSE);
}

/* Without the mark against formulas. NULL: too long. */
static char *
take_kiosk (const char *cell)
{
  char *kiosk = g_strstrip (g_strdup (*cell == '\'' ? cell + 1 : cell));

  if (strlen (kiosk) <= PV_ACTIVITY_MAX_KIOSK_BYTES)
    return kiosk;
  g_free (kiosk);
  return NULL;
}

PvActivityLine *
pv_activity_line_read (const PvActivityLayout *layout, const char *bytes, gsize size)
{
  g_auto (GStrv) cells = split (bytes, size, layout->separator);
  guint n = cells != NULL ? g_strv_length (cells) : 0, place, autonomy;
  PvActivityLine line = { 0 };
  guint64 minutes;
  char *kiosk;

#define CELL(column) cell_of (layout, cells, n, column)
  if (n == 0 || !read_moment (CELL (PV_COLUMN_DATE), CELL (PV_COLUMN_TIME), &line.began_utc)
      || !g_ascii_string_to_unsigned (CELL (PV_COLUMN_MINUTES), 10, 0, MAX_MINUTES, &minutes, NULL)
      || !read_name (CELL (PV_COLUMN_PLACE), place_names, PV_N_PLACES, PV_PLACE_OTHER, &place)
      || !read_name (CELL (PV_COLUMN_AUTONOMY), autonomy_names, PV_N_AUTONOMIES, PV_AUTONOMY_PARTLY, &autonomy))
    return NULL;
  kiosk = take_kiosk (CELL (PV_COLUMN_KIOSK));
  if (kiosk == NULL)
    return NULL;
  line.kiosk = kiosk;
  line.minutes = (guint) minutes;
  line.place = place;
  line.autonomy = autonomy;
  line.themes = read_themes (CELL (PV_COLUMN_THEMES));
  line.redirected_to = read_word (CELL (PV_COLUMN_REDIRECTED_TO));
  line.age_band = read_word (CELL (PV_COLUMN_AGE_BAND));
  line.used_hand = g_ascii_strcasecmp (CELL (PV_COLUMN_USED_HAND), "yes") == 0;
#undef CELL
  return g_memdup2 (&line, sizeof line);
}

static char *
cell_for (const PvActivityLine *line, PvActivityColumn column)
{
  g_autoptr (GDateTime) began = g_date_time_new_from_unix_local (line->began_utc);

  switch (column) {
  case PV_COLUMN_DATE:
    return g_date_time_format (began, "%Y-%m-%d");
  case PV_COLUMN_TIME:
    return g_date_time_format (began, "%H:%M:%S");
  case PV_COLUMN_MINUTES:
    return g_strdup_printf ("%u", line->minutes);
  case PV_COLUMN_PLACE:
    return g_strdup (place_names[MIN (line->place, PV_PLACE_OTHER)]);
  case PV_COLUMN_KIOSK:
    /* What begins so is a formula to a spreadsheet. */
    return g_strconcat (line->kiosk[0] != '\0' && strchr ("=+-@'", line->kiosk[0]) != NULL ? "'" : "", line->kiosk,
                        NULL);
  case PV_COLUMN_THEMES:
    return line->themes != NULL ? g_strjoinv (" ", line->themes) : g_strdup ("");
  case PV_COLUMN_AUTONOMY:
    return g_strdup (autonomy_names[MIN (line->autonomy, PV_AUTONOMY_AUTONOMOUS)]);
  case PV_COLUMN_REDIRECTED_TO:
    return g_strdup (line->redirected_to != NULL ? line->redirected_to : "");
  case PV_COLUMN_AGE_BAND:
    return g_strdup (line->age_band != NULL ? line->age_band : "");
  case PV_COLUMN_USED_HAND:
    return g_strdup (line->used_hand ? "yes" : "no");
  case PV_N_COLUMNS:
    break;
  }
  return g_strdup ("");
}

static void
append_cell (GString *text, const char *cell, char separator)
{
  if (strchr (cell, separator) == NULL && strpbrk (cell, "\"\r\n") == NULL) {
    g_string_append (text, cell);
    return;
  }
  g_string_append_c (text, '"');
  for (; *cell != '\0'; cell++) {
    if (*cell == '"')
      g_string_append_c (text, '"');
    g_string_append_c (text, *cell);
  }
  g_string_append_c (text, '"');
}

char *
pv_activity_line_write (const PvActivityLayout *layout, const PvActivityLine *line, const char *old)
{
  g_auto (GStrv) cells = old != NULL ? split (old, strlen (old), layout->separator) : NULL;
  guint n_old = cells != NULL ? g_strv_length (cells) : 0;
  guint n = MAX (layout->n_cells, n_old);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++) {
    g_autofree char *cell = i < n_old ? g_strdup (cells[i]) : g_strdup ("");

    for (guint c = 0; c < PV_N_COLUMNS; c++)
      if (layout->at[c] == (gint) i) {
        g_free (cell);
        cell = cell_for (line, c);
      }
    if (i > 0)
      g_string_append_c (text, layout->separator);
    append_cell (text, cell, layout->separator);
  }
  g_string_append (text, line_end);
  return g_string_free (text, FALSE);
}
