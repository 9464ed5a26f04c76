/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/spelling.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/wipe.h"

/* The source has the words of the ICAO and the ITU (Radio Regulations, appendix 14); a translation has what people of its
 * language say to each other on the telephone. */
static const char *const words[26] = {
  NC_ ("spelling", "A as in Alfa"),    NC_ ("spelling", "B as in Bravo"),    NC_ ("spelling", "C as in Charlie"),
  NC_ ("spelling", "D as in Delta"),   NC_ ("spelling", "E as in Echo"),     NC_ ("spelling", "F as in Foxtrot"),
  NC_ ("spelling", "G as in Golf"),    NC_ ("spelling", "H as in Hotel"),    NC_ ("spelling", "I as in India"),
  NC_ ("spelling", "J as in Juliett"), NC_ ("spelling", "K as in Kilo"),     NC_ ("spelling", "L as in Lima"),
  NC_ ("spelling", "M as in Mike"),    NC_ ("spelling", "N as in November"), NC_ ("spelling", "O as in Oscar"),
  NC_ ("spelling", "P as in Papa"),    NC_ ("spelling", "Q as in Quebec"),   NC_ ("spelling", "R as in Romeo"),
  NC_ ("spelling", "S as in Sierra"),  NC_ ("spelling", "T as in Tango"),    NC_ ("spelling", "U as in Uniform"),
  NC_ ("spelling", "V as in Victor"),  NC_ ("spelling", "W as in Whiskey"),  NC_ ("spelling", "X as in X-ray"),
  NC_ ("spelling", "Y as in Yankee"),  NC_ ("spelling", "Z as in Zulu"),
};

/* Signs that a voice passes over, or takes for the end of a sentence. */
static const struct {
  gunichar character;
  const char *name;
} signs[] = {
  { ' ', NC_ ("spelling", "space") },
  { '-', NC_ ("spelling", "dash") },
  { '.', NC_ ("spelling", "dot") },
  { ',', NC_ ("spelling", "comma") },
  { '/', NC_ ("spelling", "slash") },
  { '_', NC_ ("spelling", "underscore") },
  { '\'', NC_ ("spelling", "apostrophe") },
  { 0x2019, NC_ ("spelling", "apostrophe") },
  { '<', NC_ ("spelling", "chevron") },
  { ':', NC_ ("spelling", "colon") },
  { ';', NC_ ("spelling", "semicolon") },
  { '!', NC_ ("spelling", "exclamation mark") },
  { '?', NC_ ("spelling", "question mark") },
  { '(', NC_ ("spelling", "opening bracket") },
  { ')', NC_ ("spelling", "closing bracket") },
  { '"', NC_ ("spelling", "quotation mark") },
  { '\n', NC_ ("spelling", "new line") },
  { '@', NC_ ("spelling", "at sign") },
  { '#', NC_ ("spelling", "hash") },
  { '+', NC_ ("spelling", "plus") },
};

static const char *
name_sign (gunichar character)
{
  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    if (signs[i].character == character || (character == 0xA0 && signs[i].character == ' '))
      return g_dpgettext2 (GETTEXT_PACKAGE, "spelling", signs[i].name);
  return NULL;
}

static char *
dup_character (gunichar character)
{
  char text[7] = { 0 };

  g_unichar_to_utf8 (character, text);
  return g_strdup (text);
}

char *
pv_spell_character (gunichar character)
{
  gunichar capital = g_unichar_toupper (character);
  const char *sign = name_sign (character);

  if (sign != NULL)
    return g_strdup (sign);
  if (capital >= 'A' && capital <= 'Z')
    return g_strdup (g_dpgettext2 (GETTEXT_PACKAGE, "spelling", words[capital - 'A']));
  return dup_character (character);
}

char *
pv_name_character (gunichar character)
{
  const char *sign = name_sign (character);
  g_autoptr (PvSecretStr) text = dup_character (character);

  if (sign != NULL)
    return g_strdup (sign);
  if (g_unichar_isupper (character))
    /* Translators: spoken; a letter. */
    return g_strdup_printf (C_ ("spelling", "capital %s"), text);
  return g_steal_pointer (&text);
}

GPtrArray *
pv_spell_out (const char *code)
{
  GPtrArray *spelled = g_ptr_array_new_with_free_func ((GDestroyNotify) pv_wipe_str);

  for (const char *p = code; *p != '\0' && spelled->len < PV_SPELLED_MAX_CHARS; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)))
      g_ptr_array_add (spelled, pv_spell_character (g_utf8_get_char (p)));
  return spelled;
}

static gboolean
is_code (const char *text)
{
  glong n = text != NULL ? g_utf8_strlen (text, -1) : 0;

  for (const char *p = text; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    if (!g_ascii_isdigit (*p) && !g_ascii_isupper (*p) && *p != '-' && !g_unichar_isspace (g_utf8_get_char (p)))
      return FALSE;
  return n > 0 && n <= PV_SPELLED_MAX_CHARS;
}

char *
pv_spell_apart (const char *code)
{
  const char *dash = C_ ("spelling", "dash");
  GString *spelled;

  if (!is_code (code))
    return NULL;
  spelled = g_string_sized_new (strlen (code) * (strlen (dash) + 3) + 1); /* what it outgrows would stay behind */
  for (const char *p = code; *p != '\0'; p = g_utf8_next_char (p)) {
    if (g_unichar_isspace (g_utf8_get_char (p)))
      g_string_append_c (spelled, ',');
    else if (*p == '-')
      g_string_append_printf (spelled, ", %s,", dash);
    else
      g_string_append_printf (spelled, "%s%c", spelled->len > 0 ? " " : "", *p);
  }
  return g_string_free (spelled, FALSE);
}

enum { CODE_MIN_CHARS = 4 };

static gboolean
is_code_byte (char byte)
{
  return g_ascii_isdigit (byte) || g_ascii_isupper (byte) || byte == '-';
}

/* Bytes of the code that @text begins with; 0: none. */
static gsize
measure_code (const char *text)
{
  gsize n = 0;

  while (is_code_byte (text[n]))
    n++;
  return n >= CODE_MIN_CHARS && (text[n] == '\0' || !g_unichar_isalnum (g_utf8_get_char (text + n))) ? n : 0;
}

static const char *
skip_word (const char *text)
{
  while (*text != '\0' && g_unichar_isalnum (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  return *text != '\0' ? g_utf8_next_char (text) : text;
}

GPtrArray *
pv_list_codes_in (const char *text)
{
  GPtrArray *codes = g_ptr_array_new_with_free_func ((GDestroyNotify) pv_wipe_str);

  for (const char *p = text; *p != '\0';) {
    gsize n = measure_code (p);

    if (n > 0)
      g_ptr_array_add (codes, g_strndup (p, n));
    p = n > 0 ? p + n : skip_word (p);
  }
  return codes;
}

char *
pv_spell_codes_in (const char *text)
{
  gsize room = 8;
  GString *said;

  for (const char *p = text; *p != '\0'; p++)
    room += *p == '-' ? 16 : 3;
  said = g_string_sized_new (room);
  for (const char *p = text; *p != '\0';) {
    gsize n = measure_code (p);
    g_autoptr (PvSecretStr) code = n > 0 ? g_strndup (p, n) : NULL;
    g_autoptr (PvSecretStr) spelled = n > 0 ? pv_spell_apart (code) : NULL;
    const char *next = n > 0 ? p + n : skip_word (p);

    if (spelled != NULL)
      g_string_append_printf (said, "%s%s", spelled, *next == ' ' ? "," : "");
    else
      g_string_append_len (said, p, next - p);
    p = next;
  }
  return g_string_free (said, FALSE);
}
