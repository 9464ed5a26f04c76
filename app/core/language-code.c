/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/language-code.h"

#include <string.h>

enum { MAX_VARIANT_LETTERS = 8 };

static const char small_letters[] = "abcdefghijklmnopqrstuvwxyz";

gboolean
pv_language_is_code (const char *code)
{
  gsize letters = strspn (code, small_letters);
  const char *rest = code + letters;

  if (letters < 2 || letters > 3)
    return FALSE;
  if (*rest == '_') {
    if (!g_ascii_isupper (rest[1]) || !g_ascii_isupper (rest[2]))
      return FALSE;
    rest += 3;
  }
  if (*rest == '@') {
    letters = strspn (rest + 1, small_letters);
    if (letters < 1 || letters > MAX_VARIANT_LETTERS)
      return FALSE;
    rest += 1 + letters;
  }
  return *rest == '\0';
}

const char *
pv_language_own_name (const char *code)
{
  static const struct {
    const char *code, *name;
  } names[] = {
    { "fr", "Français" },   { "fr@facile", "Français facile" },
    { "en", "English" },    { "ar", "العربية" },
    { "uk", "Українська" }, { "pt", "Português" },
    { "tr", "Türkçe" },     { "br", "Brezhoneg" },
    { "qps", "Pseudo" },    { "qpa", "ﭙﺴﻭﺩﻭ" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i].code, code))
      return names[i].name;
  return code;
}

char *
pv_language_to_tag (const char *code)
{
  return g_strdelimit (g_strndup (code, strcspn (code, "@")), "_", '-');
}
