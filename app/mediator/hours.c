/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "mediator/hours.h"

#include <string.h>

enum { DAY_CHARS = 3, TIME_CHARS = 5, MINUTES_OF_DAY = 24 * 60 };

typedef struct Span {
  guint first_day, last_day; /* 1 to 7 */
  guint from, until;         /* minutes */
} Span;

static gboolean
take_day (const char **text, guint *ret_day)
{
  static const char *const days[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    if (g_ascii_strncasecmp (*text, days[i], DAY_CHARS) == 0) {
      *text += DAY_CHARS;
      *ret_day = i + 1;
      return TRUE;
    }
  return FALSE;
}

/* "09:30", up to "24:00" */
static gboolean
take_time (const char **text, guint *ret_minute)
{
  const char *at = *text;
  guint minute;

  for (guint i = 0; i < TIME_CHARS; i++)
    if (i == 2 ? at[i] != ':' : !g_ascii_isdigit (at[i]))
      return FALSE;
  if (at[3] > '5')
    return FALSE;
  minute = (guint) ((at[0] - '0') * 10 + at[1] - '0') * 60 + (guint) ((at[3] - '0') * 10 + at[4] - '0');
  if (minute > MINUTES_OF_DAY)
    return FALSE;
  *text += TIME_CHARS;
  *ret_minute = minute;
  return TRUE;
}

static gboolean
take_char (const char **text, char c)
{
  if (**text != c)
    return FALSE;
  (*text)++;
  return TRUE;
}

static gboolean
parse (const char *text, Span *span)
{
  if (!take_day (&text, &span->first_day))
    return FALSE;
  span->last_day = span->first_day;
  if (take_char (&text, '-') && !take_day (&text, &span->last_day))
    return FALSE;
  return take_char (&text, ' ') && take_time (&text, &span->from) && take_char (&text, '-')
         && take_time (&text, &span->until) && *text == '\0' && span->first_day <= span->last_day
         && span->from < span->until;
}

gboolean
pv_hours_is_span (const char *text)
{
  Span span;

  return parse (text, &span);
}

gboolean
pv_hours_contain (const char *const *hours, guint weekday, guint minute)
{
  if (hours == NULL || hours[0] == NULL)
    return TRUE;
  for (guint i = 0; hours[i] != NULL; i++) {
    Span span;

    if (parse (hours[i], &span) && weekday >= span.first_day && weekday <= span.last_day && minute >= span.from
        && minute < span.until)
      return TRUE;
  }
  return FALSE;
}
