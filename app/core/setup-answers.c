/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/setup-answers.h"

#include <string.h>

#include "core/setup-code.h"
#include "core/wipe.h"

#define DIGITS  "0123456789"
#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

enum { MAX_PREFIX_BITS = 30, MAX_PORT = 65535, MAX_HOST_BYTES = 253 };

void
pv_setup_answers_clear (PvSetupAnswers *answers)
{
  for (guint i = 0; i < PV_N_SETUP_ANSWERS; i++)
    g_clear_pointer (&answers->texts[i], pv_wipe_str);
}

void
pv_setup_answers_set (PvSetupAnswers *answers, PvSetupAnswer answer, const char *text)
{
  char *copy = g_strdup (text);

  pv_wipe_str (answers->texts[answer]);
  answers->texts[answer] = copy;
}

const char *
pv_setup_answers_get (const PvSetupAnswers *answers, PvSetupAnswer answer)
{
  return answers->texts[answer];
}

gboolean
pv_setup_answers_is (const PvSetupAnswers *answers, PvSetupAnswer answer, const char *text)
{
  return g_strcmp0 (answers->texts[answer], text) == 0;
}

/* Kinds of values ---------------------------------------------------------------------------------------------------- */

/* @words: with a blank behind each */
static gboolean
is_one_of (const char *text, const char *words)
{
  g_autofree char *word = g_strconcat (text, " ", NULL);
  const char *at = strstr (words, word);

  return strchr (text, ' ') == NULL && *text != '\0' && at != NULL && (at == words || at[-1] == ' ');
}

/* Four numbers with points between them. Returns: how long they are; 0: they are none. */
static gsize
measure_address (const char *text)
{
  const char *at = text;

  for (guint i = 0; i < 4; i++) {
    gsize n = strspn (at, DIGITS);
    guint64 number = 0;
    g_autofree char *word = g_strndup (at, n);

    if (n == 0 || n > 3 || (n > 1 && *at == '0') || !g_ascii_string_to_unsigned (word, 10, 0, 255, &number, NULL)
        || (i < 3 && at[n] != '.'))
      return 0;
    at += n + (i < 3 ? 1 : 0);
  }
  return (gsize) (at - text);
}

static gboolean
is_address (const char *text)
{
  gsize n = measure_address (text);

  return n > 0 && text[n] == '\0' && !g_str_has_prefix (text, "0.") && !g_str_has_prefix (text, "127.");
}

static gboolean
is_address_with_prefix (const char *text)
{
  gsize n = measure_address (text);
  guint64 bits;
  g_autofree char *address = g_strndup (text, n);

  return n > 0 && text[n] == '/' && is_address (address) && text[n + 1] != '0' && strspn (text + n + 1, DIGITS) > 0
         && g_ascii_string_to_unsigned (text + n + 1, 10, 1, MAX_PREFIX_BITS, &bits, NULL);
}

/* What stands behind the scheme: HOST[:PORT][/PATH], and nothing that a shell, a header or a file of settings would take amiss. */
static gboolean
is_place (const char *text)
{
  gsize host = strspn (text, LETTERS DIGITS "-."), port_digits;
  const char *at = text + host;
  guint64 port;

  if (host == 0 || host > MAX_HOST_BYTES || *text == '.' || *text == '-')
    return FALSE;
  if (*at == ':') {
    g_autofree char *word = NULL;

    port_digits = strspn (at + 1, DIGITS);
    word = g_strndup (at + 1, port_digits);
    if (port_digits == 0 || !g_ascii_string_to_unsigned (word, 10, 1, MAX_PORT, &port, NULL))
      return FALSE;
    at += 1 + port_digits;
  }
  return *at == '\0' || (*at == '/' && strspn (at, LETTERS DIGITS "-._~/") == strlen (at) && strstr (at, "..") == NULL);
}

/* As the settings want it: http only for this machine itself. */
static gboolean
is_url (const char *text)
{
  static const char *const here[] = { "127.0.0.1", "localhost" };

  if (strlen (text) > PV_SETUP_MAX_URL_BYTES)
    return FALSE;
  if (g_str_has_prefix (text, "https://"))
    return is_place (text + strlen ("https://"));
  if (!g_str_has_prefix (text, "http://"))
    return FALSE;
  text += strlen ("http://");
  for (gsize i = 0; i < G_N_ELEMENTS (here); i++)
    if (g_str_has_prefix (text, here[i]) && (text[strlen (here[i])] == ':' || text[strlen (here[i])] == '\0'))
      return is_place (text);
  return FALSE;
}

static gboolean
is_printer (const char *text)
{
  if (strlen (text) > PV_SETUP_MAX_URL_BYTES)
    return FALSE;
  if (g_str_has_prefix (text, "ipp://"))
    return is_place (text + strlen ("ipp://"));
  return g_str_has_prefix (text, "ipps://") && is_place (text + strlen ("ipps://"));
}

static gboolean
is_queue (const char *text)
{
  gsize n = strlen (text);

  return n > 0 && n <= PV_SETUP_MAX_QUEUE_BYTES && *text != '-' && *text != '.'
         && strspn (text, LETTERS DIGITS "-._") == n;
}

static gboolean
is_target (const char *text)
{
  return is_printer (text) || is_queue (text);
}

static gboolean
is_origin (const char *text)
{
  gsize n = strlen (text);

  return n > 0 && n <= PV_SETUP_MAX_ORIGIN_BYTES && strspn (text, LETTERS DIGITS "-._") == n;
}

static gboolean
is_key (const char *text)
{
  gsize n = strlen (text);

  for (gsize i = 0; i < n; i++)
    if (!g_ascii_isgraph (text[i]))
      return FALSE;
  return n > 0 && n <= PV_SETUP_MAX_KEY_BYTES;
}

static gboolean
is_code (const char *text)
{
  g_autoptr (PvSecretStr) code = pv_setup_code_read (text);

  return code != NULL;
}

static gboolean
is_line (const char *text)
{
  if (!g_utf8_validate (text, -1, NULL) || g_utf8_strlen (text, -1) > PV_SETUP_MAX_NAME_CHARS)
    return FALSE;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (!g_unichar_isprint (g_utf8_get_char (at)))
      return FALSE;
  return TRUE;
}

static gboolean
is_name (const char *text)
{
  return *text != '\0' && is_line (text);
}

static gboolean
is_phone (const char *text)
{
  gsize n = strlen (text);

  return n <= PV_SETUP_MAX_PHONE_BYTES && strspn (text, DIGITS " +.") == n;
}

static gboolean
is_diagonal (const char *text)
{
  guint64 mm;

  return g_ascii_string_to_unsigned (text, 10, PV_SETUP_MIN_DIAGONAL_MM, PV_SETUP_MAX_DIAGONAL_MM, &mm, NULL);
}

static gboolean
is_height (const char *text)
{
  guint64 mm;

  return g_ascii_string_to_unsigned (text, 10, 1, PV_SETUP_MAX_HEIGHT_MM, &mm, NULL);
}

/* What the kernel calls a disk: no path, no option. */
static gboolean
is_disk (const char *text)
{
  gsize n = strlen (text);

  return n > 0 && n <= PV_SETUP_MAX_DISK_BYTES && strspn (text, "abcdefghijklmnopqrstuvwxyz" DIGITS) == n
         && g_ascii_isalpha (*text);
}

/* The table ------------------------------------------------------------------------------------------------------------ */

static const struct {
  const char *name;
  const char *words;                    /* (nullable): one of these, */
  gboolean (*check) (const char *text); /* or what passes here */
  gboolean is_secret, is_url;
} table[PV_N_SETUP_ANSWERS] = {
  [PV_SETUP_NETWORK] = { "network", "automatic fixed ", NULL, FALSE, FALSE },
  [PV_SETUP_ADDRESS] = { "address", NULL, is_address_with_prefix, FALSE, FALSE },
  [PV_SETUP_GATEWAY] = { "gateway", NULL, is_address, FALSE, FALSE },
  [PV_SETUP_NAMES] = { "names", NULL, is_address, FALSE, FALSE },
  [PV_SETUP_WAY] = { "way", "portal relay ", NULL, FALSE, FALSE },
  [PV_SETUP_URL] = { "url", NULL, is_url, FALSE, TRUE },
  [PV_SETUP_ORIGIN] = { "origin", NULL, is_origin, FALSE, FALSE },
  [PV_SETUP_KEY] = { "key", NULL, is_key, TRUE, FALSE },
  [PV_SETUP_SERVER] = { "server", NULL, is_url, FALSE, TRUE },
  [PV_SETUP_CODE] = { "code", NULL, is_code, TRUE, FALSE },
  [PV_SETUP_COMMUNE] = { "commune", NULL, is_name, FALSE, FALSE },
  [PV_SETUP_PLACE] = { "place", NULL, is_line, FALSE, FALSE },
  [PV_SETUP_PHONE] = { "phone", NULL, is_phone, FALSE, FALSE },
  [PV_SETUP_PRINTER] = { "printer", "none uri queue ", NULL, FALSE, FALSE },
  [PV_SETUP_TARGET] = { "target", NULL, is_target, FALSE, FALSE },
  [PV_SETUP_PAPER] = { "paper", "roll-58mm roll-80mm a4 ", NULL, FALSE, FALSE },
  [PV_SETUP_DIAGONAL] = { "diagonal", NULL, is_diagonal, FALSE, FALSE },
  [PV_SETUP_HEIGHT] = { "height", NULL, is_height, FALSE, FALSE },
  [PV_SETUP_SOUND] = { "sound", "yes no ", NULL, FALSE, FALSE },
  [PV_SETUP_READER] = { "reader", "yes no ", NULL, FALSE, FALSE },
  [PV_SETUP_DISK] = { "disk", NULL, is_disk, FALSE, FALSE },
};

const char *
pv_setup_answer_name (PvSetupAnswer answer)
{
  return table[answer].name;
}

gboolean
pv_setup_answer_find (const char *name, PvSetupAnswer *ret_answer)
{
  for (guint i = 0; i < PV_N_SETUP_ANSWERS; i++)
    if (strcmp (table[i].name, name) == 0) {
      *ret_answer = i;
      return TRUE;
    }
  return FALSE;
}

gboolean
pv_setup_answer_is_secret (PvSetupAnswer answer)
{
  return table[answer].is_secret;
}

char *
pv_setup_answer_tidy (PvSetupAnswer answer, const char *typed)
{
  g_autoptr (PvSecretStr) text = g_strstrip (g_strdup (typed));
  gsize end;

  if (!table[answer].is_url || *text == '\0')
    return g_steal_pointer (&text);
  for (end = strlen (text); end > 0 && text[end - 1] == '/'; end--)
    text[end - 1] = '\0';
  return strstr (text, "://") != NULL ? g_steal_pointer (&text) : g_strconcat ("https://", text, NULL);
}

gboolean
pv_setup_answer_check (PvSetupAnswer answer, const char *text)
{
  if (strlen (text) > PV_SETUP_MAX_VALUE_BYTES)
    return FALSE;
  return table[answer].words != NULL ? is_one_of (text, table[answer].words) : table[answer].check (text);
}

char *
pv_setup_answers_to_text (const PvSetupAnswers *answers)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < PV_N_SETUP_ANSWERS; i++)
    if (answers->texts[i] != NULL && !table[i].is_secret)
      g_string_append_printf (text, "%s=%s\n", table[i].name, answers->texts[i]);
  return g_string_free (text, FALSE);
}

void
pv_setup_answers_from_text (PvSetupAnswers *answers, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++) {
    char *equals = strchr (lines[i], '=');
    PvSetupAnswer answer;

    if (equals == NULL)
      continue;
    *equals = '\0';
    if (pv_setup_answer_find (lines[i], &answer) && !table[answer].is_secret
        && pv_setup_answer_check (answer, equals + 1))
      pv_setup_answers_set (answers, answer, equals + 1);
  }
}
