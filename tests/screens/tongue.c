/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tongue.h"

#include <glib.h>
#include <string.h>

static Tongue tongue;

static const char *const arabic[26] = { "ا", "ب", "ص", "د", "ي", "ف", "غ", "ه", "ي", "ج", "ك", "ل", "م",
                                        "ن", "و", "پ", "ق", "ر", "س", "ت", "و", "ف", "و", "خ", "ي", "ز" };

/* As long as the program; GLib's own table of strings gives up blocks of itself when it grows, which looks like a leak. */
static const char *
keep (const char *text)
{
  static GHashTable *kept;
  char *known;

  if (kept == NULL)
    kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  known = g_hash_table_lookup (kept, text);
  if (known == NULL) {
    known = g_strdup (text);
    g_hash_table_add (kept, known);
  }
  return known;
}

/* As the pseudo-languages of po/: 40 % longer with words of usual length, or every letter an Arabic one. */
static const char *
stretched (const char *text)
{
  static const char filling[] = "uno dosto tresi quatro cincala seis sietemo ocho novella diez onzela doce tresil";
  gsize extra = MIN (MAX (strlen (text) * 2 / 5, (gsize) 3), sizeof filling - 1);
  g_autofree char *longer = NULL;

  while (extra > 0 && filling[extra - 1] == ' ')
    extra--;
  longer = g_strdup_printf ("[%s %.*s]", text, (int) extra, filling);
  return keep (longer);
}

static const char *
in_arabic (const char *text)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (const char *c = text; *c != '\0'; c++) {
    char lower = g_ascii_tolower (*c);
    if (lower >= 'a' && lower <= 'z')
      g_string_append (out, arabic[lower - 'a']);
    else
      g_string_append_c (out, *c);
  }
  return keep (out->str);
}

const char *
t (const char *en, const char *fr)
{
  switch (tongue) {
  case TONGUE_FR:
    return fr;
  case TONGUE_QPS:
    return stretched (en);
  case TONGUE_QPA:
    return in_arabic (en);
  case TONGUE_EN:
  case N_TONGUES:
  default:
    return en;
  }
}

const char *
tongue_name (Tongue which)
{
  static const char *const names[N_TONGUES] = { "fr", "en", "qps", "qpa" };

  return names[which];
}

void
tongue_set (Tongue which)
{
  tongue = which;
}
