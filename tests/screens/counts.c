/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "counts.h"

#include <stdio.h>

#define NOTHING 1000.0 /* more than any contrast, and than any millimetres that matter */

void
counts_clear (Counts *counts)
{
  *counts = (Counts){
    .least_text = NOTHING,
    .least_shape = NOTHING,
    .least_ring = NOTHING,
    .least_target_mm = NOTHING,
    .least_key_mm = NOTHING,
    .least_gap_mm = NOTHING,
  };
}

void
counts_add (Counts *sum, const Counts *counts)
{
  sum->n_screens += counts->n_screens;
  sum->n_pages += counts->n_pages;
  sum->n_texts += counts->n_texts;
  sum->n_shapes += counts->n_shapes;
  sum->n_rings += counts->n_rings;
  sum->n_targets += counts->n_targets;
  sum->n_keys += counts->n_keys;
  sum->n_gaps += counts->n_gaps;
  sum->n_named += counts->n_named;
  sum->n_heard += counts->n_heard;
  sum->n_findings += counts->n_findings;
  sum->least_text = MIN (sum->least_text, counts->least_text);
  sum->least_shape = MIN (sum->least_shape, counts->least_shape);
  sum->least_ring = MIN (sum->least_ring, counts->least_ring);
  sum->least_target_mm = MIN (sum->least_target_mm, counts->least_target_mm);
  sum->least_key_mm = MIN (sum->least_key_mm, counts->least_key_mm);
  sum->least_gap_mm = MIN (sum->least_gap_mm, counts->least_gap_mm);
}

void
counts_print_titles (const char *title)
{
  printf ("# %-14s %7s %7s %14s %13s %12s %14s %13s %12s %7s %7s %8s\n", title, "screens", "pages", "texts from",
          "shapes from", "rings from", "targets mm", "keys mm", "gaps mm", "named", "heard", "findings");
}

static void
print_with_least (int width, guint n, double least, const char *format)
{
  char number[16] = "-", both[32];

  if (n > 0)
    g_ascii_formatd (number, sizeof number, format, least);
  g_snprintf (both, sizeof both, "%u %5s", n, number);
  printf (" %*s", width, both);
}

void
counts_print (const char *name, const Counts *counts)
{
  printf ("# %-14s %7u %7u", name, counts->n_screens, counts->n_pages);
  print_with_least (14, counts->n_texts, counts->least_text, "%.1f");
  print_with_least (13, counts->n_shapes, counts->least_shape, "%.1f");
  print_with_least (12, counts->n_rings, counts->least_ring, "%.1f");
  print_with_least (14, counts->n_targets, counts->least_target_mm, "%.1f");
  print_with_least (13, counts->n_keys, counts->least_key_mm, "%.1f");
  print_with_least (12, counts->n_gaps, counts->least_gap_mm, "%.1f");
  printf (" %7u %7u %8u\n", counts->n_named, counts->n_heard, counts->n_findings);
}

static void
print_figure (const char *name, const char *what, double value, const char *unit)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  printf ("# {\"name\": \"%s, %s\", \"value\": %s, \"unit\": \"%s\"}\n", name, what,
          g_ascii_formatd (number, sizeof number, "%.10g", value), unit);
}

void
counts_print_figures (const char *name, const Counts *counts)
{
  const struct {
    const char *what;
    guint n;
    const char *least_what; /* (nullable) */
    double least;
    const char *unit;
  } figures[] = {
    { "screens", counts->n_screens, NULL, 0, NULL },
    { "pages", counts->n_pages, NULL, 0, NULL },
    { "texts measured", counts->n_texts, "least contrast of a text", counts->least_text, ": 1" },
    { "shapes measured", counts->n_shapes, "least contrast of a shape", counts->least_shape, ": 1" },
    { "focus rings measured", counts->n_rings, "least contrast of a ring", counts->least_ring, ": 1" },
    { "targets measured", counts->n_targets, "smallest target", counts->least_target_mm, "mm" },
    { "keys measured", counts->n_keys, "smallest key", counts->least_key_mm, "mm" },
    { "gaps measured", counts->n_gaps, "smallest gap", counts->least_gap_mm, "mm" },
    { "controls named", counts->n_named, NULL, 0, NULL },
    { "texts heard", counts->n_heard, NULL, 0, NULL },
    { "findings", counts->n_findings, NULL, 0, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (figures); i++) {
    print_figure (name, figures[i].what, figures[i].n, "");
    if (figures[i].least_what != NULL && figures[i].n > 0)
      print_figure (name, figures[i].least_what, (double) (gint64) (figures[i].least * 100.0 + 0.5) / 100.0,
                    figures[i].unit);
  }
}
