/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/directions.h"

#include <string.h>

/* Where the words begin; NULL: there are none. */
static const char *
get_words (const char *line)
{
  const char *colon = strchr (line, ':');
  const char *words = colon != NULL ? colon + 1 : NULL;

  while (words != NULL && g_ascii_isspace (*words))
    words++;
  return words != NULL && *words != '\0' ? words : NULL;
}

static gsize
get_name_length (const char *line)
{
  gsize length = strcspn (line, ":");

  /* French sets a space before a colon: a no-break one is two bytes long. */
  for (;;) {
    if (length > 0 && g_ascii_isspace (line[length - 1]))
      length--;
    else if (length > 1 && strncmp (line + length - 2, "\u00a0", 2) == 0)
      length -= 2;
    else
      return length;
  }
}

gboolean
pv_directions_is_valid (const char *line)
{
  return get_words (line) != NULL && get_name_length (line) > 0 && strlen (line) <= PV_DIRECTIONS_MAX_BYTES;
}

const char *
pv_directions_find (const char *const *lines, const char *place)
{
  const char *found = NULL;
  gsize longest = 0;

  for (guint i = 0; lines != NULL && place != NULL && lines[i] != NULL; i++) {
    gsize length = get_name_length (lines[i]);

    if (length <= longest || strncmp (place, lines[i], length) != 0 || (place[length] != '\0' && place[length] != ','))
      continue;
    found = get_words (lines[i]);
    longest = length;
  }
  return found;
}
