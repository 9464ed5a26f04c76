/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* synonyms.h: the everyday words that people look with, and what the commune's forms call the same.
 *
 *     # a comment
 *     cantine, cantoche = restauration scolaire, périscolaire
 *
 * One meaning a line. Whoever types something of the left side finds what bears any of the line. What stands on the
 * right only is no everyday word, and leads nowhere else: "état civil" does not find each paper that it makes. */
#pragma once

#include "core/words.h"

enum {
  PV_SYNONYMS_MAX_BYTES = 64 * 1024,
  PV_SYNONYMS_MAX_MEANINGS = 1000,
  PV_SYNONYMS_MAX_TERMS = 40, /* of a meaning */
  PV_SYNONYMS_MAX_WORDS = 6,  /* of a term */
  PV_SYNONYMS_MAX_ERRORS = 20,
};

typedef struct PvMeaning {
  GPtrArray *said;  /* (element-type PvWords): the left side */
  GPtrArray *terms; /* (element-type PvWords): both sides */
} PvMeaning;

typedef struct PvSynonyms PvSynonyms;

/**
 * pv_synonyms_parse:
 * @text: of the file, UTF-8
 * @errors: (nullable) (element-type utf8): gets a sentence for each slip, "line 3: …", PV_SYNONYMS_MAX_ERRORS at most
 *
 * Returns: (transfer full): what is right, whatever else is wrong: one slip must not take all words away
 */
PvSynonyms *pv_synonyms_parse (const char *text, gsize length, GPtrArray *errors) G_GNUC_WARN_UNUSED_RESULT;
PvSynonyms *pv_synonyms_ref (PvSynonyms *synonyms);
void pv_synonyms_unref (PvSynonyms *synonyms);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvSynonyms, pv_synonyms_unref)

/* (element-type PvMeaning), in the order of the file. */
const GPtrArray *pv_synonyms_get_meanings (const PvSynonyms *synonyms);
/* What pv_synonyms_parse() makes the same of, without comments and slips. */
const char *pv_synonyms_get_text (const PvSynonyms *synonyms);
