/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Free text, names and times. */

#include "core/format-internal.h"

#include "core/date.h"

PvFormatVerdict
pv_format_check_free (GString *text, guint *ret_count)
{
  (void) ret_count;
  for (const char *p = text->str; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (g_unichar_iscntrl (c) && c != '\n' && c != '\t')
      return PV_FORMAT_BAD_CHARACTER;
  }
  return PV_FORMAT_OK;
}

/* Letters of any script with their accents, spaces, apostrophes, hyphens. Case and accents stay as the person writes
 * them; runs of spaces become one. */
PvFormatVerdict
pv_format_check_name (GString *text, guint *ret_count)
{
  enum { MAX_CHARS = 100 };
  gboolean has_letter = FALSE, after_space = FALSE;
  gsize chars = 0, length = 0;

  for (const char *p = text->str, *next; *p != '\0'; p = next) {
    gunichar c = g_utf8_get_char (p);
    gsize size;

    next = g_utf8_next_char (p);
    size = (gsize) (next - p);
    if (g_unichar_isspace (c)) {
      if (!after_space) {
        text->str[length++] = ' ';
        chars++;
      }
      after_space = TRUE;
      continue;
    }
    if (g_unichar_isalpha (c))
      has_letter = TRUE;
    else if (!g_unichar_ismark (c) && c != '-' && c != 0x2010 && c != 0x2011 && c != '\'' && c != 0x2019)
      return PV_FORMAT_BAD_CHARACTER;
    for (gsize i = 0; i < size; i++)
      text->str[length++] = p[i];
    chars++;
    after_space = FALSE;
  }
  g_string_truncate (text, length);
  if (chars > MAX_CHARS)
    return pv_format_check_length (chars, MAX_CHARS, ret_count);
  return has_letter ? PV_FORMAT_OK : PV_FORMAT_BAD_SHAPE;
}

/* "14:32", "14h32", "14 h 32", "14h", "14.32", "1432", "932". */
PvFormatVerdict
pv_format_check_time (GString *text, guint *ret_count)
{
  guint hour, minute;

  (void) ret_count;
  for (const char *p = text->str; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (c > 0x7f
          ? !g_unichar_isspace (c)
          : !g_ascii_isdigit ((char) c) && !g_ascii_isspace ((char) c) && c != ':' && c != '.' && c != 'h' && c != 'H')
      return PV_FORMAT_BAD_CHARACTER;
  }
  if (!pv_time_parse (text->str, &hour, &minute))
    return PV_FORMAT_BAD_SHAPE;
  g_string_printf (text, "%02u:%02u", hour, minute);
  return PV_FORMAT_OK;
}
