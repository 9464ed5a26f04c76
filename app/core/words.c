/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/words.h"

#include <string.h>

#include "core/wipe.h"

/* Letters that decompose into none of a to z. */
static const char *
spell_out (gunichar letter)
{
  static const struct {
    gunichar letter;
    const char *spelled;
  } table[] = {
    { 0xE6, "ae" }, { 0x153, "oe" }, { 0xDF, "ss" }, { 0xF8, "o" }, { 0x111, "d" }, { 0x142, "l" }, { 0x131, "i" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    if (table[i].letter == letter)
      return table[i].spelled;
  return NULL;
}

/* Without its marks, in small letters. FALSE: it parts two words. */
static gboolean
append_folded (GString *word, gunichar letter)
{
  gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
  gsize n_parts = g_unichar_fully_decompose (letter, TRUE, parts, G_N_ELEMENTS (parts));
  gboolean is_part_of_word = FALSE;

  for (gsize i = 0; i < n_parts; i++) {
    gunichar part = g_unichar_tolower (parts[i]);
    const char *spelled = spell_out (part);

    if (g_unichar_ismark (part)) {
      is_part_of_word = TRUE;
    } else if (g_unichar_isalnum (part)) {
      is_part_of_word = TRUE;
      if (spelled != NULL)
        g_string_append (word, spelled);
      else
        g_string_append_unichar (word, part);
    }
  }
  return is_part_of_word;
}

static char *
cut (const GString *word)
{
  const char *end = word->str + MIN (word->len, PV_WORDS_MAX_BYTES);

  if (*end != '\0' && (*end & 0xC0) == 0x80)
    end = g_utf8_find_prev_char (word->str, end);
  return g_strndup (word->str, (gsize) (end - word->str));
}

static void
end_word (GString *word, GPtrArray *words)
{
  if (word->len > 0 && words->len < PV_WORDS_MAX)
    g_ptr_array_add (words, cut (word));
  pv_wipe_bytes (word->str, word->len);
  g_string_truncate (word, 0);
}

PvWords *
pv_words_fold (const char *text)
{
  PvWords *words = g_new0 (PvWords, 1);
  GPtrArray *found = g_ptr_array_new ();
  GString *word = g_string_sized_new (4 * PV_WORDS_MAX_BYTES);

  for (const char *at = text != NULL ? text : ""; *at != '\0' && found->len < PV_WORDS_MAX;) {
    gunichar letter = g_utf8_get_char_validated (at, -1);

    if (letter == (gunichar) -1 || letter == (gunichar) -2)
      break;
    if (!append_folded (word, letter) || word->len > 2 * PV_WORDS_MAX_BYTES)
      end_word (word, found);
    at = g_utf8_next_char (at);
  }
  end_word (word, found);
  g_string_free (word, TRUE);
  words->n = found->len;
  g_ptr_array_add (found, NULL);
  words->items = (char **) g_ptr_array_free (found, FALSE);
  return words;
}

void
pv_words_free (PvWords *words)
{
  if (words == NULL)
    return;
  for (guint i = 0; i < words->n; i++)
    pv_wipe_str (words->items[i]);
  g_free (words->items);
  g_free (words);
}

gboolean
pv_word_is_small (const char *word)
{
  static const char *const small[] = {
    "a",     "ai",      "aimerais", "an",       "au",      "aux",     "avec", "avoir",   "besoin",   "bonjour",
    "c",     "ce",      "cherche",  "comment",  "d",       "dans",    "de",   "demande", "demander", "des",
    "dois",  "du",      "en",       "est",      "et",      "faire",   "fais", "faut",    "for",      "how",
    "i",     "il",      "j",        "je",       "l",       "la",      "le",   "les",     "leur",     "m",
    "ma",    "me",      "merci",    "mes",      "mon",     "my",      "n",    "need",    "nos",      "notre",
    "nous",  "obtenir", "of",       "on",       "ou",      "par",     "pas",  "peux",    "pour",     "pouvoir",
    "qu",    "que",     "qui",      "s",        "sa",      "se",      "ses",  "son",     "souhaite", "suis",
    "sur",   "svp",     "the",      "to",       "trouver", "un",      "une",  "veut",    "veux",     "voici",
    "voila", "vos",     "votre",    "voudrais", "vous",    "vouloir", "want", "y",       NULL,
  };

  return g_strv_contains (small, word);
}

void
pv_words_drop_small (PvWords *words)
{
  guint n = 0, n_small = 0;

  for (guint i = 0; i < words->n; i++)
    n_small += pv_word_is_small (words->items[i]) ? 1 : 0;
  if (n_small == words->n)
    return;
  for (guint i = 0; i < words->n; i++)
    if (pv_word_is_small (words->items[i]))
      pv_wipe_str (words->items[i]);
    else
      words->items[n++] = words->items[i];
  words->items[n] = NULL;
  words->n = n;
}

void
pv_word_root (const char *word, char *ret_root)
{
  gsize length = MIN (strlen (word), PV_WORDS_MAX_BYTES);
  gsize ending = 0;

  memcpy (ret_root, word, length);
  ret_root[length] = '\0';
  if (length > 4 && g_str_has_suffix (ret_root, "aux") && ret_root[length - 4] != 'e') {
    ending = 3; /* journaux, travaux */
  } else {
    if (length > 3 && (ret_root[length - 1] == 's' || ret_root[length - 1] == 'x'))
      ret_root[--length] = '\0';
    ending = length > 4 && g_str_has_suffix (ret_root, "ail") ? 3 : 0;
  }
  if (ending > 0)
    memcpy (ret_root + length - ending, "al", 3); /* as long as what it replaces, with its end */
}

gboolean
pv_word_is_same (const char *a, const char *b)
{
  char root_a[PV_WORDS_MAX_BYTES + 1], root_b[PV_WORDS_MAX_BYTES + 1];
  gboolean is_same;

  pv_word_root (a, root_a);
  pv_word_root (b, root_b);
  is_same = strcmp (root_a, root_b) == 0;
  pv_wipe_bytes (root_a, sizeof root_a);
  pv_wipe_bytes (root_b, sizeof root_b);
  return is_same;
}

guint
pv_word_slips (const char *word)
{
  gsize length = strlen (word);

  return length < 4 ? 0 : length < 8 ? 1 : 2;
}

/* @ret_nearest: to the beginning of @word that is nearest. The three rows of the table that swaps need. */
static guint
align (const char *typed, const char *word, guint max, guint *ret_nearest)
{
  guint8 rows[3][PV_WORDS_MAX_BYTES + 1];
  guint typed_length = (guint) MIN (strlen (typed), PV_WORDS_MAX_BYTES);
  guint word_length = (guint) MIN (strlen (word), PV_WORDS_MAX_BYTES);
  guint nearest = max + 1;

  for (guint j = 0; j <= word_length; j++)
    rows[0][j] = (guint8) j;
  for (guint i = 1; i <= typed_length; i++) {
    guint8 *row = rows[i % 3], *above = rows[(i + 2) % 3], *two_above = rows[(i + 1) % 3];
    guint smallest = row[0] = (guint8) i;

    for (guint j = 1; j <= word_length; j++) {
      guint best = MIN (MIN (above[j], row[j - 1]) + 1U, above[j - 1] + (typed[i - 1] != word[j - 1] ? 1U : 0U));

      if (i > 1 && j > 1 && typed[i - 1] == word[j - 2] && typed[i - 2] == word[j - 1])
        best = MIN (best, two_above[j - 2] + 1U);
      row[j] = (guint8) best;
      smallest = MIN (smallest, best);
    }
    if (smallest > max + 1) { /* one more: a swap comes back to the row before */
      *ret_nearest = max + 1;
      return max + 1;
    }
  }
  for (guint j = 0; j <= word_length; j++)
    nearest = MIN (nearest, rows[typed_length % 3][j]);
  *ret_nearest = nearest;
  return MIN (rows[typed_length % 3][word_length], max + 1);
}

static guint64
letters_of (const char *word)
{
  guint64 letters = 0;

  for (const char *at = word; *at != '\0'; at++)
    letters |= G_GUINT64_CONSTANT (1) << (*at & 63);
  return letters;
}

/* Each letter that the other word does not have costs a slip of its own; to count them is quicker than to align. */
static gboolean
has_more_strangers (const char *typed, const char *word, guint max)
{
  guint64 strangers = letters_of (typed) & ~letters_of (word);
  guint n = 0;

  for (; strangers != 0 && n <= max; n++)
    strangers &= strangers - 1;
  return n > max;
}

guint
pv_word_distance (const char *typed, const char *word, guint max)
{
  gsize typed_length = strlen (typed), word_length = strlen (word);
  guint nearest;

  if (MAX (typed_length, word_length) - MIN (typed_length, word_length) > max || has_more_strangers (typed, word, max))
    return max + 1;
  return align (typed, word, max, &nearest);
}

guint
pv_word_prefix_distance (const char *typed, const char *word, guint max)
{
  guint nearest;

  if (strlen (typed) > strlen (word) + max || has_more_strangers (typed, word, max))
    return max + 1;
  align (typed, word, max, &nearest);
  return nearest;
}
