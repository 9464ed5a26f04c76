/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* test-reach MM-PER-PIXEL-TIMES-10000: on a panel of 1080 x 1920 such pixels, in millimetres: how large what is touched is, how far
 * from what is beside it, and in the low layout how high. One panel a process: a program has one scale. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/reach.h"
#include "platform/language.h"
#include "samples.h"
#include "survey.h"
#include "view/theme.h"

/* Our own bars; half a pixel is lost where sizes are rounded to pixels. */
#define TARGET_MM 20.0
#define KEY_MM    15.0
#define GAP_MM    3.0
enum { MAX_TARGETS = 200 };

static struct {
  GtkWidget *targets[MAX_TARGETS];
  graphene_rect_t boxes[MAX_TARGETS];
  guint n_targets;
  guint n_measured, n_findings;
  double mm_per_px;
  double least_target_mm, least_key_mm, least_gap_mm, highest_mm; /* above the lower edge */
  gboolean is_low;
  int height;
} reach;

static void
found (guint i, const char *where, const char *what, double mm)
{
  g_auto (GStrv) classes = gtk_widget_get_css_classes (reach.targets[i]);
  g_autofree char *names = g_strjoinv (".", classes);

  reach.n_findings++;
  printf ("# %s: %s.%s: %s %.1f mm\n", where, G_OBJECT_TYPE_NAME (reach.targets[i]), names, what, mm);
}

static void
collect (GtkWidget *widget, GtkWidget *root)
{
  graphene_rect_t box;

  if (!gtk_widget_get_mapped (widget))
    return;
  if ((GTK_IS_BUTTON (widget) || GTK_IS_ENTRY (widget)) && reach.n_targets < MAX_TARGETS
      && gtk_widget_compute_bounds (widget, root, &box) && box.origin.y >= 0.0F
      && box.origin.y < (float) reach.height) {
    reach.targets[reach.n_targets] = widget;
    reach.boxes[reach.n_targets++] = box;
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect (child, root);
}

/* Between the nearest edges. */
static double
gap_mm (const graphene_rect_t *a, const graphene_rect_t *b)
{
  float across = MAX (a->origin.x, b->origin.x) - MIN (a->origin.x + a->size.width, b->origin.x + b->size.width);
  float down = MAX (a->origin.y, b->origin.y) - MIN (a->origin.y + a->size.height, b->origin.y + b->size.height);

  return (double) MAX (across, down) * reach.mm_per_px;
}

static gboolean
is_key (guint i)
{
  return gtk_widget_has_css_class (reach.targets[i], "key");
}

/* Of another page of a long answer, which is clipped: not there. */
static gboolean
is_seen (guint i, GtkWidget *root)
{
  const graphene_rect_t *box = &reach.boxes[i];
  GtkWidget *there = gtk_widget_pick (root, (double) (box->origin.x + box->size.width / 2.0F),
                                      (double) (box->origin.y + box->size.height / 2.0F), GTK_PICK_INSENSITIVE);

  return there != NULL && (there == reach.targets[i] || gtk_widget_is_ancestor (there, reach.targets[i]));
}

static void
page_cb (GtkWidget *window, GtkWidget *root, const char *where)
{
  double slack_mm = reach.mm_per_px;

  reach.height = gtk_widget_get_height (window);
  reach.n_targets = 0;
  collect (root, root);
  for (guint i = 0; i < reach.n_targets; i++) {
    const graphene_rect_t *box = &reach.boxes[i];
    double size_mm = (double) MIN (box->size.width, box->size.height) * reach.mm_per_px;
    double top_mm = ((double) reach.height - (double) box->origin.y) * reach.mm_per_px;

    if (!is_seen (i, root))
      continue;
    reach.n_measured++;
    if (is_key (i))
      reach.least_key_mm = MIN (reach.least_key_mm, size_mm);
    else
      reach.least_target_mm = MIN (reach.least_target_mm, size_mm);
    if (size_mm < (is_key (i) ? KEY_MM : TARGET_MM) - slack_mm)
      found (i, where, "size", size_mm);
    /* Who types touches the keyboard. */
    if (!GTK_IS_ENTRY (reach.targets[i])) {
      reach.highest_mm = MAX (reach.highest_mm, top_mm);
      if (reach.is_low && top_mm > PV_REACH_LOW_MM)
        found (i, where, "above the lower edge", top_mm);
    }
    for (guint k = i + 1; k < reach.n_targets; k++) {
      double gap = gap_mm (box, &reach.boxes[k]);
      if (!is_seen (k, root))
        continue;
      reach.least_gap_mm = MIN (reach.least_gap_mm, gap);
      if (gap < GAP_MM - 0.05)
        found (i, where, "gap", gap);
    }
  }
  /* The top band has nothing to touch. */
  if (reach.highest_mm > (double) reach.height * reach.mm_per_px - PV_REACH_TOP_MM) {
    reach.n_findings++;
    printf ("# %s: something to touch in the top band\n", where);
  }
}

int
main (int argc, char **argv)
{
  guint n_done = 0, n_failed = 0;

  g_log_writer_default_set_use_stderr (TRUE);
  pv_language_start ();
  gtk_disable_setlocale ();
  pv_theme_prepare ();
  if (argc != 2 || !gtk_init_check ())
    return 77;
  pv_language_set ("fr");
  reach.mm_per_px = atoi (argv[1]) / 10000.0;
  survey_mm_per_px = reach.mm_per_px;
  survey_page_cb = page_cb;
  for (guint low = 0; low < 2; low++) {
    const Setup setup = { .name = low ? "low" : "usual",
                          .width = 1080,
                          .height = 1920,
                          .text_percent = 100,
                          .theme = "light",
                          .is_low = low == 1 };
    PvKioskWindow *window = survey_open_window (&setup);

    pv_kiosk_window_set_language (window, "fr", FALSE);
    reach.is_low = low == 1;
    reach.n_findings = reach.n_measured = 0;
    reach.least_target_mm = reach.least_key_mm = reach.least_gap_mm = 1000.0;
    reach.highest_mm = 0.0;
    for (guint sample = 0; sample < n_samples; sample++) {
      g_autoptr (PvScreenState) state = sample_new (sample, TONGUE_FR);
      g_autofree char *where = g_strdup_printf ("reach-%s-%s-%s", argv[1], setup.name, samples[sample].name);
      double before = reach.highest_mm;

      /* Each in one of the two, but what is high. */
      reach.highest_mm = 0.0;
      survey_look_at (window, state, where);
      if (g_getenv ("PV_TEST_FULL") != NULL)
        printf ("# %s: highest %.0f mm\n", where, reach.highest_mm);
      reach.highest_mm = MAX (before, reach.highest_mm);
    }
    n_failed += reach.n_findings > 0 ? 1 : 0;
    printf ("%s %u - %s: %u targets from %.1f mm, keys from %.1f mm, gaps from %.1f mm, up to %.0f mm above the edge\n",
            reach.n_findings > 0 ? "not ok" : "ok", ++n_done, setup.name, reach.n_measured, reach.least_target_mm,
            reach.least_key_mm, reach.least_gap_mm, reach.highest_mm);
    fflush (stdout);
    gtk_window_destroy (GTK_WINDOW (window));
  }
  printf ("1..%u\n", n_done);
  return n_failed > 0;
}
