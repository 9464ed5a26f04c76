/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* counts.h: what was looked at, and the least that was met. */
#pragma once

#include <glib.h>

typedef struct Counts {
  guint n_screens, n_pages;
  guint n_texts, n_shapes, n_rings; /* whose contrast was measured */
  guint n_targets, n_keys, n_gaps;
  guint n_named; /* controls with their names */
  guint n_heard; /* texts that are seen and said */
  guint n_findings;
  double least_text, least_shape, least_ring; /* contrast */
  double least_target_mm, least_key_mm, least_gap_mm;
} Counts;

/* Nothing was looked at. */
void counts_clear (Counts *counts);
void counts_add (Counts *sum, const Counts *counts);
/* One line of a table, as a comment of TAP; with the titles above. */
void counts_print_titles (const char *title);
void counts_print (const char *name, const Counts *counts);
/* Lines of JSON for tests/FIGURES.md. @name: "crawler" */
void counts_print_figures (const char *name, const Counts *counts);
