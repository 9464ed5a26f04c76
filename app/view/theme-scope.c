/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "view/theme-scope.h"

#include <string.h>

#define DEFINE "@define-color "

static gboolean
is_name (char c)
{
  return g_ascii_isalnum (c) || c == '_' || c == '-';
}

static const char *
skip_space (const char *css)
{
  for (;;) {
    const char *end;
    while (g_ascii_isspace (*css))
      css++;
    if (css[0] != '/' || css[1] != '*')
      return css;
    end = strstr (css + 2, "*/");
    css = end != NULL ? end + 2 : css + strlen (css);
  }
}

/* A number begins after one of these; "#5B6680" and "fit-2" are none. */
static gboolean
comes_before_number (char c)
{
  return g_ascii_isspace (c) || c == '(' || c == ',' || c == ':';
}

static const char *
find_end (const char *css, const char *ends)
{
  return css + strcspn (css, ends);
}

/* A length in rem, if that is what @text begins with. Returns what comes after it. */
static const char *
scope_length (GString *out, const char *text, double rem_px)
{
  char *end;
  double value = g_ascii_strtod (text, &end);
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  if (end == text || !g_str_has_prefix (end, "rem")) {
    g_string_append_c (out, *text);
    return text + 1;
  }
  g_string_append (out, g_ascii_formatd (number, sizeof number, "%g", value * rem_px));
  g_string_append (out, "px");
  return end + strlen ("rem");
}

/* Declarations, or the value of a colour. */
static void
scope_values (GString *out, const char *text, const char *end, double rem_px)
{
  char before = ' ';

  while (text < end) {
    char first = *text;

    if (*text == '@') {
      g_string_append (out, "@" PV_SCOPE_COLOUR);
      text++;
    } else if (*text == '"') {
      const char *close = memchr (text + 1, '"', (gsize) (end - text - 1));
      close = close != NULL ? close + 1 : end;
      g_string_append_len (out, text, close - text);
      text = close;
    } else if (comes_before_number (before) && !g_ascii_isspace (first)) {
      text = scope_length (out, text, rem_px);
    } else {
      g_string_append_c (out, *text++);
    }
    before = first;
  }
}

static void
scope_selector (GString *out, const char *selector)
{
  if (g_str_has_prefix (selector, "window") && !is_name (selector[strlen ("window")]))
    g_string_append_printf (out, "." PV_SCOPE_CLASS "%s", selector + strlen ("window"));
  else if (g_str_has_prefix (selector, ".size-"))
    g_string_append_printf (out, "." PV_SCOPE_CLASS "%s", selector);
  else
    g_string_append_printf (out, "." PV_SCOPE_CLASS " %s", selector);
}

static void
scope_selectors (GString *out, const char *text, const char *end)
{
  g_autofree char *list = g_strndup (text, (gsize) (end - text));
  g_auto (GStrv) selectors = g_strsplit (list, ",", -1);

  for (guint i = 0; selectors[i] != NULL; i++) {
    if (i > 0)
      g_string_append (out, ", ");
    scope_selector (out, g_strstrip (selectors[i]));
  }
}

char *
pv_theme_scope (const char *css, double rem_px)
{
  GString *out = g_string_new (NULL);

  for (css = skip_space (css); *css != '\0'; css = skip_space (css)) {
    const char *end;
    if (g_str_has_prefix (css, DEFINE)) {
      css = skip_space (css + strlen (DEFINE));
      end = find_end (css, ";");
      g_string_append (out, DEFINE PV_SCOPE_COLOUR);
      scope_values (out, css, end, rem_px);
      g_string_append (out, ";\n");
    } else {
      end = find_end (css, "{");
      scope_selectors (out, css, end);
      css = end;
      end = find_end (css, "}");
      scope_values (out, css, end, rem_px);
      g_string_append (out, "}\n");
    }
    css = *end != '\0' ? end + 1 : end;
  }
  return g_string_free (out, FALSE);
}
