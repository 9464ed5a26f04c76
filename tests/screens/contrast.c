/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "contrast.h"

#include <string.h>

#include "core/colour.h"
#include "view/card-picture.h"
#include "view/controls.h"
#include "view/icon.h"
#include "view/progress-line.h"
#include "view/qr-code.h"

enum {
  OUTSIDE_PX = 4,
  EDGE_PX = 8,
  RING_PX = 20,
  N_SLOTS = 4096, /* of a table of colours: a text has some hundreds */
  PART_OF_BOX = 20000,
};
static const double min_shape = 3.0;

typedef struct {
  guint32 colour;
  guint n;
} Slot;

static struct {
  cairo_surface_t *picture;
  const guint32 *pixels; /* its own, 0xaarrggbb */
  int width, height;
  double min_text;
  GHashTable *ringed; /* kinds of controls whose ring was seen, in each palette */
  Slot slots[N_SLOTS];
} look;

static guint32
pixel (int x, int y)
{
  return look.pixels[CLAMP (y, 0, look.height - 1) * look.width + CLAMP (x, 0, look.width - 1)] & 0xffffff;
}

static void
take_picture (GtkWidget *window)
{
  g_clear_pointer (&look.picture, cairo_surface_destroy);
  look.picture = survey_draw (window);
  look.width = cairo_image_surface_get_width (look.picture);
  look.height = cairo_image_surface_get_height (look.picture);
  /* Of four bytes a pixel, lines lie one after the other without a gap. */
  look.pixels = (const guint32 *) (const void *) cairo_image_surface_get_data (look.picture);
}

/* In a full table, the last colours are not told apart. */
static void
count_colour (guint32 colour, guint n)
{
  guint at = (colour * 2654435761u) >> 20;

  for (guint tries = 0; tries < 64 && look.slots[at].n > 0 && look.slots[at].colour != colour; tries++)
    at = (at + 1) % N_SLOTS;
  look.slots[at].colour = colour;
  look.slots[at].n += n;
}

static void
count_colours (int left, int top, int right, int bottom)
{
  memset (look.slots, 0, sizeof look.slots);
  for (int y = top; y < bottom; y++) {
    const guint32 *row = &look.pixels[y * look.width];
    int start = left;

    for (int x = left + 1; x <= right; x++)
      if (x == right || row[x] != row[start]) {
        count_colour (row[start] & 0xffffff, (guint) (x - start));
        start = x;
      }
  }
}

/* Of the most frequent colour and the one that differs most from it; 0: one colour only. */
static double
contrast_in (const graphene_rect_t *box)
{
  int left = MAX (0, (int) box->origin.x), top = MAX (0, (int) box->origin.y);
  int right = MIN (look.width, (int) (box->origin.x + box->size.width));
  int bottom = MIN (look.height, (int) (box->origin.y + box->size.height));
  guint enough, most = 0;
  guint32 ground = 0;
  double best = 0.0;

  if (right <= left || bottom <= top)
    return 0.0;
  enough = (guint) MAX (3, (right - left) * (bottom - top) / PART_OF_BOX);
  count_colours (left, top, right, bottom);
  for (guint i = 0; i < N_SLOTS; i++)
    if (look.slots[i].n > most) {
      most = look.slots[i].n;
      ground = look.slots[i].colour;
    }
  for (guint i = 0; i < N_SLOTS; i++)
    if (look.slots[i].n >= enough && look.slots[i].colour != ground)
      best = MAX (best, pv_colour_get_contrast (ground, look.slots[i].colour));
  return best;
}

/* What stands out from what is beside it, its edge or else its ground, at either side: an arrow may lie over one. */
static double
edge_contrast (const graphene_rect_t *box)
{
  int left = (int) (box->origin.x + 0.5F), right = (int) (box->origin.x + box->size.width + 0.5F) - 1;
  int y = (int) (box->origin.y + box->size.height / 2.0F);
  double best = 0.0;

  for (int i = 0; i < EDGE_PX; i++) {
    best = MAX (best, pv_colour_get_contrast (pixel (left - OUTSIDE_PX, y), pixel (left + i, y)));
    best = MAX (best, pv_colour_get_contrast (pixel (right + OUTSIDE_PX, y), pixel (right - i, y)));
  }
  return best;
}

static void
judge_text (GtkWidget *widget, const graphene_rect_t *box)
{
  double contrast = contrast_in (box);

  survey_counts.n_texts++;
  survey_counts.least_text = MIN (survey_counts.least_text, contrast);
  if (contrast < look.min_text)
    survey_found (widget, "text %.2f : 1", contrast);
}

static void
judge_shape (GtkWidget *widget, const char *what, double contrast)
{
  survey_counts.n_shapes++;
  survey_counts.least_shape = MIN (survey_counts.least_shape, contrast);
  if (contrast < min_shape)
    survey_found (widget, "%s %.2f : 1", what, contrast);
}

static gboolean
has_edge (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) || GTK_IS_ENTRY (widget) || gtk_widget_has_css_class (widget, "long-input");
}

static gboolean
is_drawing (GtkWidget *widget)
{
  return PV_IS_ICON (widget) || PV_IS_QR_CODE (widget) || PV_IS_PROGRESS_LINE (widget) || PV_IS_CARD_PICTURE (widget);
}

/* Words, also those that were typed. */
static gboolean
has_words (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return gtk_label_get_text (GTK_LABEL (widget))[0] != '\0';
  if (GTK_IS_TEXT (widget))
    return gtk_entry_buffer_get_length (gtk_text_get_buffer (GTK_TEXT (widget))) > 0;
  return GTK_IS_TEXT_VIEW (widget)
         && gtk_text_buffer_get_char_count (gtk_text_view_get_buffer (GTK_TEXT_VIEW (widget))) > 0;
}

/* @clip: (nullable): what is seen of a long answer: what is on another of its pages is measured there */
static void
walk (GtkWidget *widget, GtkWidget *root, const graphene_rect_t *clip)
{
  graphene_rect_t box, clip_box;
  gboolean is_seen;

  if (!gtk_widget_get_mapped (widget) || !gtk_widget_is_sensitive (widget)
      || !gtk_widget_compute_bounds (widget, root, &box))
    return;
  is_seen = clip == NULL || graphene_rect_contains_rect (clip, &box);
  if (gtk_widget_get_overflow (widget) == GTK_OVERFLOW_HIDDEN && !survey_is_control (widget) && !GTK_IS_TEXT (widget)) {
    clip_box = box;
    clip = &clip_box;
  }
  if (is_seen && has_words (widget))
    judge_text (widget, &box);
  else if (is_seen && is_drawing (widget) && box.size.height > 1.0F)
    judge_shape (widget, "drawing", contrast_in (&box));
  /* What a mediator points at has a ring around it instead. */
  if (is_seen && has_edge (widget) && box.origin.x >= OUTSIDE_PX && box.size.height > 1.0F
      && !gtk_widget_has_css_class (widget, "pointed"))
    judge_shape (widget, "edge", edge_contrast (&box));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    walk (child, root, clip);
}

/* The ring is two colours: the one at the outside and the one at the inside need not be the same. */
static void
look_at_ring (GtkWidget *widget, GtkWidget *root)
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
  survey_counts.n_rings++;
  survey_counts.least_ring = MIN (survey_counts.least_ring, least);
  if (least < min_shape)
    survey_found (widget, "ring %.2f : 1", least);
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
find_unringed (GtkWidget *widget, const char *palette, GPtrArray *controls)
{
  if (!gtk_widget_get_mapped (widget) || !gtk_widget_is_sensitive (widget))
    return;
  if (has_edge (widget) && gtk_widget_get_focusable (widget) && is_on_top (widget)) {
    g_auto (GStrv) classes = gtk_widget_get_css_classes (widget);
    g_autofree char *kind = g_strjoinv (".", classes);

    if (g_hash_table_add (look.ringed, g_strdup_printf ("%s %s", palette, kind)))
      g_ptr_array_add (controls, widget);
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    find_unringed (child, palette, controls);
}

void
contrast_measure (GtkWidget *window, GtkWidget *root, double min_text)
{
  look.min_text = min_text;
  take_picture (window);
  walk (root, root, NULL);
}

void
contrast_measure_rings (GtkWidget *window, GtkWidget *root, const char *palette)
{
  g_autoptr (GPtrArray) controls = g_ptr_array_new ();
  gboolean is_seen = gtk_window_get_focus_visible (GTK_WINDOW (window));

  if (look.ringed == NULL)
    look.ringed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  find_unringed (root, palette, controls);
  for (guint i = 0; i < controls->len; i++) {
    gtk_widget_grab_focus (controls->pdata[i]);
    gtk_window_set_focus_visible (GTK_WINDOW (window), TRUE);
    survey_wait (window);
    take_picture (window);
    look_at_ring (controls->pdata[i], root);
  }
  gtk_window_set_focus_visible (GTK_WINDOW (window), is_seen);
}

void
contrast_end (void)
{
  g_clear_pointer (&look.picture, cairo_surface_destroy);
  look.pixels = NULL;
  g_clear_pointer (&look.ringed, g_hash_table_unref);
}
