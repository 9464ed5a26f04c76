/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Contrast as it is drawn, on every screen of the samples, in the three palettes: each word against its ground, each icon and the
 * edge of each control, and the ring of the focus against both of its sides (EN 301 549, 11.1.4.3, 11.1.4.11).
 *
 * The ground is the most frequent colour of a box, the ink the one of the others that differs most from it; stray pixels of
 * smoothed edges do not count. Disabled controls are exempt. PV_TEST_FULL: every screen in every palette and size; else each
 * screen in one of them. */
#include <stdio.h>
#include <string.h>

#include "core/colour.h"
#include "platform/language.h"
#include "samples.h"
#include "survey.h"
#include "view/controls.h"
#include "view/icon.h"
#include "view/theme.h"

static const Setup sizes[] = {
  { "portrait", 1080, 1920, 100, NULL, FALSE, FALSE },
  { "landscape", 1920, 1080, 100, NULL, FALSE, FALSE },
  { "compact", 1024, 768, 100, NULL, FALSE, FALSE },
};
/* Our own bars: text 7, high contrast 10, shapes and rings 3. */
static const struct {
  const char *name;
  double text;
} palettes[] = { { "light", 7.0 }, { "dark", 10.0 }, { "contrast", 10.0 } };

enum { OUTSIDE_PX = 4, EDGE_PX = 8, RING_PX = 20 };
static const double min_shape = 3.0;

static struct {
  guint32 *pixels; /* 0xaarrggbb */
  int width, height;
  guint n_texts, n_shapes, n_rings, n_findings;
  double least_text, least_shape, least_ring;
  double min_text;
  GHashTable *ringed; /* kinds of controls whose ring was seen in this palette */
} look;

static guint32
pixel (int x, int y)
{
  return look.pixels[CLAMP (y, 0, look.height - 1) * look.width + CLAMP (x, 0, look.width - 1)] & 0xffffff;
}

static void
take_picture (GtkWidget *window)
{
  g_autoptr (GdkTexture) texture = survey_draw (window);

  look.width = gdk_texture_get_width (texture);
  look.height = gdk_texture_get_height (texture);
  look.pixels = g_renew (guint32, look.pixels, (gsize) look.width * (gsize) look.height);
  gdk_texture_download (texture, (guchar *) look.pixels, (gsize) look.width * sizeof *look.pixels);
}

static void
found (GtkWidget *widget, const char *where, const char *what, double contrast)
{
  const char *text = GTK_IS_LABEL (widget) ? gtk_label_get_text (GTK_LABEL (widget)) : "";
  g_auto (GStrv) classes = gtk_widget_get_css_classes (widget);
  g_autofree char *names = g_strjoinv (".", classes);

  look.n_findings++;
  printf ("# %s: %s.%s \"%s\": %s %.2f\n", where, G_OBJECT_TYPE_NAME (widget), names, text, what, contrast);
}

/* Of the most frequent colour and the one that differs most from it; 0: one colour only. */
static double
contrast_in (const graphene_rect_t *box)
{
  g_autoptr (GHashTable) count = g_hash_table_new (NULL, NULL);
  int left = MAX (0, (int) box->origin.x), top = MAX (0, (int) box->origin.y);
  int right = MIN (look.width, (int) (box->origin.x + box->size.width));
  int bottom = MIN (look.height, (int) (box->origin.y + box->size.height));
  guint enough = (guint) MAX (3, (right - left) * (bottom - top) / 20000), most = 0;
  guint32 ground = 0;
  double best = 0.0;
  GHashTableIter iter;
  gpointer colour, n;

  for (int y = top; y < bottom; y++)
    for (int x = left; x < right; x++) {
      gpointer key = GUINT_TO_POINTER (pixel (x, y));
      g_hash_table_insert (count, key, GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (count, key)) + 1));
    }
  g_hash_table_iter_init (&iter, count);
  while (g_hash_table_iter_next (&iter, &colour, &n))
    if (GPOINTER_TO_UINT (n) > most) {
      most = GPOINTER_TO_UINT (n);
      ground = GPOINTER_TO_UINT (colour);
    }
  g_hash_table_iter_init (&iter, count);
  while (g_hash_table_iter_next (&iter, &colour, &n))
    if (GPOINTER_TO_UINT (n) >= enough && GPOINTER_TO_UINT (colour) != ground)
      best = MAX (best, pv_colour_get_contrast (ground, GPOINTER_TO_UINT (colour)));
  return best;
}

static gboolean
is_control (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) || GTK_IS_ENTRY (widget) || gtk_widget_has_css_class (widget, "long-input");
}

/* What stands out from what is beside it: its edge, or else its ground. */
static double
edge_contrast (const graphene_rect_t *box)
{
  int x = (int) (box->origin.x + 0.5F), y = (int) (box->origin.y + box->size.height / 2.0F);
  guint32 outside = pixel (x - OUTSIDE_PX, y);
  double best = 0.0;

  for (int i = 0; i < EDGE_PX; i++)
    best = MAX (best, pv_colour_get_contrast (outside, pixel (x + i, y)));
  return best;
}

/* @clip: (nullable): what is seen of a long answer: what is on another of its pages is measured there */
static void
walk (GtkWidget *widget, GtkWidget *root, const graphene_rect_t *clip, const char *where)
{
  graphene_rect_t box, clip_box;
  gboolean is_seen;

  if (!gtk_widget_get_mapped (widget) || !gtk_widget_is_sensitive (widget)
      || !gtk_widget_compute_bounds (widget, root, &box))
    return;
  is_seen = clip == NULL || graphene_rect_contains_rect (clip, &box);
  if (gtk_widget_get_overflow (widget) == GTK_OVERFLOW_HIDDEN && !is_control (widget)) {
    clip_box = box;
    clip = &clip_box;
  }
  if (is_seen && GTK_IS_LABEL (widget) && gtk_label_get_text (GTK_LABEL (widget))[0] != '\0') {
    double contrast = contrast_in (&box);
    look.n_texts++;
    look.least_text = MIN (look.least_text, contrast);
    if (contrast < look.min_text)
      found (widget, where, "text", contrast);
  } else if (is_seen && PV_IS_ICON (widget)) {
    double contrast = contrast_in (&box);
    look.n_shapes++;
    look.least_shape = MIN (look.least_shape, contrast);
    if (contrast < min_shape)
      found (widget, where, "icon", contrast);
  }
  if (is_seen && is_control (widget) && box.origin.x >= OUTSIDE_PX && box.size.height > 1.0F) {
    double contrast = edge_contrast (&box);
    look.n_shapes++;
    look.least_shape = MIN (look.least_shape, contrast);
    if (contrast < min_shape)
      found (widget, where, "edge", contrast);
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    walk (child, root, clip, where);
}

/* The ring is two colours: the one at the outside and the one at the inside need not be the same. */
static void
look_at_ring (GtkWidget *widget, GtkWidget *root, const char *where)
{
  int x, y;
  guint32 outside, inside;
  double to_outside = 0.0, to_inside = 0.0, least;
  graphene_rect_t box;

  if (!gtk_widget_compute_bounds (widget, root, &box))
    return;
  x = (int) (box.origin.x + 0.5F);
  y = (int) (box.origin.y + box.size.height / 2.0F);
  outside = pixel (x - RING_PX, y);
  inside = pixel (x + RING_PX, y);
  for (int i = 1; i < RING_PX; i++) {
    to_outside = MAX (to_outside, pv_colour_get_contrast (outside, pixel (x - i, y)));
    to_inside = MAX (to_inside, pv_colour_get_contrast (inside, pixel (x - i, y)));
  }
  least = MIN (to_outside, to_inside);
  look.n_rings++;
  look.least_ring = MIN (look.least_ring, least);
  if (least < min_shape)
    found (widget, where, "ring", least);
}

/* Not on another page of a long answer. */
static gboolean
is_on_top (GtkWidget *widget)
{
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (widget)), *there;
  graphene_rect_t box;

  if (!gtk_widget_compute_bounds (widget, window, &box))
    return FALSE;
  there = gtk_widget_pick (window, (double) (box.origin.x + box.size.width / 2.0F),
                           (double) (box.origin.y + box.size.height / 2.0F), GTK_PICK_DEFAULT);
  return there != NULL && (there == widget || gtk_widget_is_ancestor (there, widget));
}

/* Every kind of control once in a palette. */
static void
find_unringed (GtkWidget *widget, GPtrArray *controls)
{
  if (!gtk_widget_get_mapped (widget) || !gtk_widget_is_sensitive (widget))
    return;
  if (is_control (widget) && gtk_widget_get_focusable (widget) && is_on_top (widget)) {
    g_auto (GStrv) classes = gtk_widget_get_css_classes (widget);
    char *kind = g_strjoinv (".", classes);
    if (g_hash_table_add (look.ringed, kind))
      g_ptr_array_add (controls, widget);
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    find_unringed (child, controls);
}

static void
page_cb (GtkWidget *window, GtkWidget *root, const char *where)
{
  g_autoptr (GPtrArray) controls = g_ptr_array_new ();

  gtk_window_set_focus (GTK_WINDOW (window), NULL);
  survey_wait (window);
  take_picture (window);
  walk (root, root, NULL, where);
  find_unringed (root, controls);
  for (guint i = 0; i < controls->len; i++) {
    gtk_widget_grab_focus (controls->pdata[i]);
    gtk_window_set_focus_visible (GTK_WINDOW (window), TRUE);
    survey_wait (window);
    take_picture (window);
    look_at_ring (controls->pdata[i], root, where);
  }
}

/* Each screen in one size and palette, in turn. */
static gboolean
is_chosen (guint size, guint palette, guint sample)
{
  return g_getenv ("PV_TEST_FULL") != NULL
         || (sample % G_N_ELEMENTS (palettes) == palette
             && sample / G_N_ELEMENTS (palettes) % G_N_ELEMENTS (sizes) == size);
}

static guint
look_at_all (guint size, guint palette)
{
  Setup setup = sizes[size];
  PvKioskWindow *window;
  guint n_screens = 0;

  setup.theme = palettes[palette].name;
  look.min_text = palettes[palette].text;
  window = survey_open_window (&setup);
  pv_kiosk_window_set_language (window, "fr", FALSE);
  for (guint sample = 0; sample < n_samples; sample++) {
    g_autoptr (PvScreenState) state = NULL;
    g_autofree char *where = NULL;

    if (!is_chosen (size, palette, sample))
      continue;
    state = sample_new (sample, TONGUE_FR);
    where = g_strdup_printf ("contrast-%s-%s-%s", setup.name, setup.theme, samples[sample].name);
    survey_look_at (window, state, where);
    n_screens++;
  }
  gtk_window_destroy (GTK_WINDOW (window));
  return n_screens;
}

int
main (void)
{
  guint n_done = 0, n_failed = 0;

  g_log_writer_default_set_use_stderr (TRUE);
  pv_language_start ();
  gtk_disable_setlocale ();
  pv_theme_prepare ();
  if (!gtk_init_check ())
    return 77;
  pv_language_set ("fr");
  survey_page_cb = page_cb;
  for (guint palette = 0; palette < G_N_ELEMENTS (palettes); palette++) {
    look.ringed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    for (guint size = 0; size < G_N_ELEMENTS (sizes); size++) {
      guint n_screens;

      look.n_texts = look.n_shapes = look.n_rings = look.n_findings = 0;
      look.least_text = look.least_shape = look.least_ring = 21.0;
      n_screens = look_at_all (size, palette);
      n_failed += look.n_findings > 0 ? 1 : 0;
      printf ("%s %u - %s %s: %u screens, %u texts from %.1f, %u shapes from %.1f, %u rings from %.1f\n",
              look.n_findings > 0 ? "not ok" : "ok", ++n_done, palettes[palette].name, sizes[size].name, n_screens,
              look.n_texts, look.least_text, look.n_shapes, look.least_shape, look.n_rings, look.least_ring);
      fflush (stdout);
    }
    g_hash_table_unref (look.ringed);
  }
  g_free (look.pixels);
  printf ("1..%u\n", n_done);
  return n_failed > 0;
}
