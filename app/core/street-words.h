/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* street-words.h: names of streets as they are indexed, as people type them, and as they are shown. French. */
#pragma once

#include "core/words.h"

enum {
  PV_STREET_MAX_NAME_BYTES = 200,
  PV_STREET_MAX_TYPED = 10, /* words */
  PV_STREET_MAX_NUMBER = 9999,
  PV_STREET_MAX_REPETITION_BYTES = 12,
};

/* What is indexed of "Av. du Gal de Gaulle": "avenue", "general", "gaulle". (transfer full) */
PvWords *pv_street_words (const char *name) G_GNUC_WARN_UNUSED_RESULT;
/* "bd" stands for "boulevard"; NULL for what is no abbreviation, or the beginning of what it stands for. */
const char *pv_street_expand (const char *word);
/* "rue", "avenue": what many streets have in common. */
gboolean pv_street_is_kind (const char *word);

/* Words as typed; wiped when freed. */
typedef struct PvStreetQuery {
  guint number;                                        /* 0: none */
  char repetition[PV_STREET_MAX_REPETITION_BYTES + 1]; /* "bis"; "" if none */
  PvWords *words;                                      /* of the street, the commune and its postcode; not expanded */
} PvStreetQuery;

/**
 * pv_street_query_parse:
 * @typed: "12 bis r des ecoles"
 *
 * A number is looked for at the beginning only: "rue du 8 mai" has none. Articles, and what joins two streets ("angle",
 * "et"), say nothing and go.
 *
 * Returns: (transfer full)
 */
PvStreetQuery *pv_street_query_parse (const char *typed) G_GNUC_WARN_UNUSED_RESULT;
/* "rue des écoles 12": TRUE: the last word became the number. */
gboolean pv_street_query_take_last_number (PvStreetQuery *query);
void pv_street_query_free (PvStreetQuery *query);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvStreetQuery, pv_street_query_free)

/* "b" and "bis" are the same. Either may be "". */
gboolean pv_street_is_same_repetition (const char *a, const char *b);
/* "12 bis". (transfer full) */
char *pv_street_format_number (guint number, const char *repetition);
/* "12 bis rue des Écoles", or without @number (nullable) "Rue des Écoles". (transfer full) */
char *pv_street_label (const char *number, const char *name);
/* "Rue des Écoles, angle rue du Port": what both roads are called where they meet. (transfer full) */
char *pv_street_crossing_label (const char *a, const char *b);
