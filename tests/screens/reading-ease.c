/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "reading-ease.h"

#include <string.h>

static gboolean
is_vowel (gunichar letter)
{
  return letter != 0 && g_utf8_strchr ("aeiouyàâäéèêëîïôöùûüœæ", -1, letter) != NULL;
}

/* Groups of vowels; what is not said at the end of a word does not count. A rule of thumb, right for most words. */
static guint
count_syllables (const gunichar *word, gsize length)
{
  guint n = 0;
  gsize end = length;

  if (length >= 3 && word[length - 1] == 't' && word[length - 2] == 'n' && word[length - 3] == 'e' && length > 5)
    end = length - 3;
  else if (length >= 3 && word[length - 1] == 's' && word[length - 2] == 'e')
    end = length - 2;
  else if (length >= 3 && word[length - 1] == 'e')
    end = length - 1;
  for (gsize i = 0; i < end; i++)
    if (is_vowel (word[i]) && (i == 0 || !is_vowel (word[i - 1])))
      n++;
  return MAX (n, 1);
}

static void
end_sentence (ReadingEase *ease, guint *n_words)
{
  if (*n_words == 0)
    return;
  ease->sentences++;
  ease->longest = MAX (ease->longest, *n_words);
  *n_words = 0;
}

static void
end_word (ReadingEase *ease, GArray *word, guint *n_words)
{
  if (word->len == 0)
    return;
  ease->words++;
  (*n_words)++;
  ease->syllables += count_syllables (&g_array_index (word, gunichar, 0), word->len);
  g_array_set_size (word, 0);
}

void
reading_ease_add (ReadingEase *ease, const char *text)
{
  g_autofree char *low = text != NULL ? g_utf8_strdown (text, -1) : NULL;
  g_autoptr (GArray) word = g_array_new (FALSE, FALSE, sizeof (gunichar));
  guint n_words = 0;

  for (const char *at = low; at != NULL && *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar letter = g_utf8_get_char (at);

    if (g_unichar_isalnum (letter)) {
      g_array_append_val (word, letter);
      continue;
    }
    /* "l’enfant" is read as one word with its article. */
    if (letter == 0x2019 || letter == '\'' || letter == '-')
      continue;
    end_word (ease, word, &n_words);
    if (letter == '\n' || strchr (".!?:;", (int) MIN (letter, 127)) != NULL)
      end_sentence (ease, &n_words);
  }
  end_word (ease, word, &n_words);
  end_sentence (ease, &n_words);
}

double
reading_ease_score (const ReadingEase *ease)
{
  if (ease->words == 0)
    return 207;
  return 207 - 1.015 * ease->words / ease->sentences - 73.6 * ease->syllables / ease->words;
}
