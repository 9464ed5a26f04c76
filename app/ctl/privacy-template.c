/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/privacy-template.h"

#include <string.h>

/* (transfer none): the text of the name between @from and @to; NULL: nothing fills it */
static const char *
look_up (GHashTable *texts, const char *from, const char *to, char **ret_unknown)
{
  g_autofree char *name = g_strndup (from, (gsize) (to - from));
  const char *text = g_hash_table_lookup (texts, name);

  if (text == NULL)
    *ret_unknown = g_steal_pointer (&name);
  return text;
}

static gboolean
fill_line (GString *out, const char *line, GHashTable *texts, char **ret_unknown)
{
  for (;;) {
    const char *from = strstr (line, "{{"), *to = from != NULL ? strstr (from, "}}") : NULL, *text;

    if (to == NULL) {
      g_string_append (out, line);
      return TRUE;
    }
    text = look_up (texts, from + 2, to, ret_unknown);
    if (text == NULL)
      return FALSE;
    g_string_append_len (out, line, from - line);
    g_string_append (out, text);
    line = to + 2;
  }
}

char *
pv_privacy_fill (const char *template, GHashTable *texts, char **ret_unknown)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_auto (GStrv) lines = g_strsplit (template, "\n", -1);
  gboolean is_left_out = FALSE;

  for (guint i = 0; lines[i] != NULL; i++) {
    const char *line = lines[i], *end = strstr (line, "}}");

    if (g_str_has_prefix (line, "{{/")) {
      is_left_out = FALSE;
    } else if ((g_str_has_prefix (line, "{{#") || g_str_has_prefix (line, "{{^")) && end != NULL) {
      const char *text = look_up (texts, line + 3, end, ret_unknown);

      if (text == NULL)
        return NULL;
      is_left_out = (*text != '\0') == (line[2] == '^');
    } else if (!is_left_out) {
      if (!fill_line (out, line, texts, ret_unknown))
        return NULL;
      if (lines[i + 1] != NULL)
        g_string_append_c (out, '\n');
    }
  }
  return g_string_free (g_steal_pointer (&out), FALSE);
}
