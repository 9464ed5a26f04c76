/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/setup-code.h"

#include <string.h>

#include "core/wipe.h"

enum { BASE = 20 };

static const char letters[] = "BCDFGHJKLMNPQRSTVWXZ";

char
pv_setup_code_letter (guint number)
{
  return letters[number % BASE];
}

/* Luhn's way, in base 20: every wrong letter changes it, and nearly every pair that was swapped. */
char
pv_setup_code_last (const char *text)
{
  guint sum = 0;

  for (guint i = 0; i < PV_SETUP_CODE_LETTERS - 1; i++) {
    guint number = (guint) (strchr (letters, text[i]) - letters);
    guint weighted = i % 2 == 0 ? number * 2 : number;

    sum += weighted / BASE + weighted % BASE;
  }
  return letters[(BASE - sum % BASE) % BASE];
}

char *
pv_setup_code_read (const char *typed)
{
  char code[PV_SETUP_CODE_LETTERS + 1] = "";
  guint n = 0;
  char *read = NULL;

  for (const char *at = typed; *at != '\0'; at++) {
    char letter = g_ascii_toupper (*at);

    if (*at == ' ' || *at == '-')
      continue;
    if (n == PV_SETUP_CODE_LETTERS || strchr (letters, letter) == NULL) {
      n = 0;
      break;
    }
    code[n++] = letter;
  }
  if (n == PV_SETUP_CODE_LETTERS && pv_setup_code_last (code) == code[n - 1])
    read = g_strdup (code);
  pv_wipe_bytes (code, sizeof code);
  return read;
}

char *
pv_setup_code_display (const char *code)
{
  GString *text = g_string_sized_new (2 * PV_SETUP_CODE_LETTERS);

  for (guint i = 0; code[i] != '\0'; i++) {
    if (i > 0 && i % PV_SETUP_CODE_GROUP == 0)
      g_string_append_c (text, ' ');
    g_string_append_c (text, code[i]);
  }
  return g_string_free (text, FALSE);
}
