/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* words.h: words as they are compared: small letters without accents; and how far one is from another.
 *
 * For what people look for: procedures by everyday words, addresses by the name of a street. */
#pragma once

#include <glib.h>

enum {
  PV_WORDS_MAX_BYTES = 40, /* of a word: what is longer is cut */
  PV_WORDS_MAX = 400,      /* of a text: the rest is left out */
};

/* What was typed may be about somebody: the words are wiped when freed. */
typedef struct PvWords {
  guint n;
  char **items; /* NULL after the last */
} PvWords;

/**
 * pv_words_fold:
 * @text: (nullable)
 *
 * Letters and digits in small letters without accents ("Œuvre d'École" gives "oeuvre", "d", "ecole"); all else parts.
 *
 * Returns: (transfer full)
 */
PvWords *pv_words_fold (const char *text) G_GNUC_WARN_UNUSED_RESULT;
void pv_words_free (PvWords *words);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvWords, pv_words_free)

/* Takes out what says nothing of the thing itself: articles, "je voudrais". If nothing else is there, all stays. */
void pv_words_drop_small (PvWords *words);
/* One of those. */
gboolean pv_word_is_small (const char *word);

/* The same but for a plural: "lampadaire" and "lampadaires", "travail" and "travaux". Both folded. */
/* @ret_root: PV_WORDS_MAX_BYTES + 1 bytes: what both have in common; not always a word. */
void pv_word_root (const char *word, char *ret_root);
gboolean pv_word_is_same (const char *a, const char *b);

/* How many slips are forgiven in a word of so many letters: none below 4, one to 7, two from 8. */
guint pv_word_slips (const char *word);

/**
 * pv_word_distance:
 * @typed, @word: folded
 *
 * Letters to be put in, left out, changed, or swapped with their neighbour (optimal string alignment).
 *
 * Returns: the number, or @max + 1 if there are more than @max
 */
guint pv_word_distance (const char *typed, const char *word, guint max);
/* Likewise to the beginning of @word that is nearest: @typed is perhaps not finished. */
guint pv_word_prefix_distance (const char *typed, const char *word, guint max);
