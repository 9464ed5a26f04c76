/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* country-words.h: how French forms call countries, and who is of them: "Ukraine", "Ukrainienne". */
#pragma once

#include <glib.h>

/**
 * pv_country_is_called:
 * @code: three letters of ICAO Doc 9303-3, section 5, without '<': "UKR", "D"
 * @word: as a form writes it, with or without article, accents, capitals and hyphens
 * @has_people: "ukrainienne" and "ukrainien" count, beside the country itself
 *
 * Returns: FALSE as well for a country that is not in the table: nothing is guessed
 */
gboolean pv_country_is_called (const char *code, const char *word, gboolean has_people);
/* The code of the country that is called so, or has that code; NULL: none is known. A constant. */
const char *pv_country_find (const char *word);
/* Small letters without accents, one blank between words, no article: how the table is searched. (transfer full) */
char *pv_country_fold (const char *word) G_GNUC_WARN_UNUSED_RESULT;
