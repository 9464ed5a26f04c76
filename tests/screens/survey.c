/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "survey.h"

#include <gtk/gtk.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "view/controls.h"
#include "view/kiosk-window.h"
#include "view/pointer.h"
#include "view/portrait.h"
#include "view/scan-picture.h"
#include "view/theme.h"

enum {
  PAINT_TIMEOUT_MS = 10000,
  /* 20 mm and 15 mm on the reference panel of 0.277 mm. */
  MIN_TARGET_PX = 72,
  MIN_KEY_PX = 54,
  MIN_GAP_PX = 24,
  /* 31 mm: the buttons of the question and the bands, where the screen is high enough. */
  BUTTON_PX = 112,
  MAX_BOXES = 400,
  MAX_PAGES = 16,
};

const Setup setups[] = {
  { "portrait", 1080, 1920, 100, "light", FALSE, FALSE },
  { "landscape", 1920, 1080, 100, "light", FALSE, FALSE },
  { "compact", 1024, 768, 100, "light", FALSE, FALSE },
  { "portrait-200", 1080, 1920, 200, "dark", FALSE, FALSE },
  { "portrait-150", 1080, 1920, 150, "contrast", FALSE, FALSE },
  { "portrait-low", 1080, 1920, 100, "light", TRUE, FALSE },
  { "landscape-200", 1920, 1080, 200, "light", FALSE, FALSE },
  { "compact-150", 1024, 768, 150, "light", FALSE, FALSE },
  { "post", 1920, 1080, 100, "light", FALSE, TRUE },
  { "post-small", 1366, 768, 100, "light", FALSE, TRUE },
};
const guint n_setups = G_N_ELEMENTS (setups);

double survey_mm_per_px; /* 0 = the reference */
void (*survey_page_cb) (GtkWidget *window, GtkWidget *root, const char *where);

typedef struct {
  GtkWidget *widget;
  graphene_rect_t box;
} Box;

static struct {
  const char *where; /* "portrait-fr-home" */
  GtkWidget *root;
  const Setup *setup;
  Box boxes[MAX_BOXES];
  guint n_boxes;
  guint n_findings;
  guint n_arrows;  /* on all pages */
  GPtrArray *read; /* every text that could be read, on any page */
} survey;

static void
found (GtkWidget *widget, const char *what)
{
  const char *text = GTK_IS_LABEL (widget)    ? gtk_label_get_text (GTK_LABEL (widget))
                     : GTK_IS_BUTTON (widget) ? gtk_button_get_label (GTK_BUTTON (widget))
                                              : NULL;
  char classes[128] = "";

  g_auto (GStrv) names = gtk_widget_get_css_classes (widget);
  for (guint i = 0; names[i] != NULL; i++) {
    g_strlcat (classes, ".", sizeof classes);
    g_strlcat (classes, names[i], sizeof classes);
  }
  survey.n_findings++;
  printf ("# %s: %s%s \"%s\": %s\n", survey.where, G_OBJECT_TYPE_NAME (widget), classes, text != NULL ? text : "",
          what);
}

static void
check_label (GtkWidget *widget)
{
  GtkLabel *label = GTK_LABEL (widget);
  int least_width = 0, least_height = 0;
  int drawn_width, drawn_height;

  if (gtk_label_get_text (label)[0] == '\0')
    return;
  /* As drawn, whatever the widget says that it needs; spaced letters stand out by a hair. */
  pango_layout_get_pixel_size (gtk_label_get_layout (label), &drawn_width, &drawn_height);
  if (drawn_width > gtk_widget_get_width (widget) + 1 || drawn_height > gtk_widget_get_height (widget))
    found (widget, "its words are drawn outside of its place");
  if (pango_layout_is_ellipsized (gtk_label_get_layout (label)))
    found (widget, "ellipsized");
  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &least_width, NULL, NULL, NULL);
  if (gtk_widget_get_allocated_width (widget) < least_width)
    found (widget, "its longest word is cut");
  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, MAX (least_width, gtk_widget_get_allocated_width (widget)),
                      &least_height, NULL, NULL, NULL);
  if (gtk_widget_get_allocated_height (widget) < least_height)
    found (widget, "cut at its height");
}

static gboolean
is_picture (GtkWidget *widget)
{
  return PV_IS_PORTRAIT (widget) || (PV_IS_SCAN_PICTURE (widget) && !gtk_widget_has_css_class (widget, "glass"));
}

static gboolean
is_control (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) || GTK_IS_ENTRY (widget) || GTK_IS_TEXT_VIEW (widget);
}

static void
check_control (GtkWidget *widget, const graphene_rect_t *box)
{
  gboolean is_key = gtk_widget_has_css_class (widget, "key");
  float least = (float) pv_theme_px (is_key ? MIN_KEY_PX : MIN_TARGET_PX) - (survey_mm_per_px > 0.0 ? 1.0F : 0.0F);

  if (box->size.width < least || box->size.height < least)
    found (widget, "smaller than a finger");
  if (!is_key && !GTK_IS_TEXT_VIEW (widget) && survey.setup->height >= pv_theme_px (900)
      && box->size.height < (float) pv_theme_px (BUTTON_PX) && !gtk_widget_has_css_class (widget, "edit")
      && gtk_widget_has_css_class (survey.root, "fit-0"))
    found (widget, "lower than a button");
  if (!gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL))
    found (widget, "without a name");
}

/* TRUE when nothing of it can be seen: it is on another page. */
static gboolean
is_clipped_away (GtkWidget *widget, const graphene_rect_t *box, const graphene_rect_t *clip)
{
  graphene_rect_t seen;

  if (clip == NULL || box->size.height < 1.0F)
    return FALSE;
  if (!graphene_rect_intersection (box, clip, &seen) || seen.size.height < 2.0F)
    return TRUE;
  /* A text of several lines may go on on the next page. */
  if (seen.size.height < box->size.height - 2.0F
      && (is_control (widget) || is_picture (widget)
          || (GTK_IS_LABEL (widget) && pango_layout_get_line_count (gtk_label_get_layout (GTK_LABEL (widget))) == 1)))
    found (widget, "cut by the edge of its page");
  return FALSE;
}

/* Boxes of controls, and of texts that are in no control. @clip: (nullable): what can be seen of the widget's surroundings */
static void
walk (GtkWidget *widget, gboolean is_inside, const graphene_rect_t *clip)
{
  graphene_rect_t box, clip_box;
  gboolean is_inner = is_inside || is_control (widget);

  if (!gtk_widget_get_mapped (widget) || !gtk_widget_compute_bounds (widget, survey.root, &box))
    return;
  if (is_clipped_away (widget, &box, clip))
    return;
  if (gtk_widget_get_overflow (widget) == GTK_OVERFLOW_HIDDEN && !is_control (widget)) {
    clip_box = box;
    clip = &clip_box;
  }
  if (GTK_IS_LABEL (widget)) {
    check_label (widget);
    g_ptr_array_add (survey.read, g_strdup (gtk_label_get_text (GTK_LABEL (widget))));
  }
  if (is_control (widget))
    check_control (widget, &box);
  if (clip != NULL)
    graphene_rect_intersection (&box, clip, &box);
  if (is_picture (widget) && !gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL))
    found (widget, "without a name");
  if ((is_control (widget) || GTK_IS_LABEL (widget) || is_picture (widget)) && box.size.width > 0) {
    if (box.origin.x < -0.5F || box.origin.y < -0.5F
        || box.origin.x + box.size.width > (float) survey.setup->width + 0.5F
        || box.origin.y + box.size.height > (float) survey.setup->height + 0.5F)
      found (widget, "outside the window");
    if (!is_inside && survey.n_boxes < MAX_BOXES)
      survey.boxes[survey.n_boxes++] = (Box){ widget, box };
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    walk (child, is_inner, clip);
}

static void
check_overlaps (void)
{
  for (guint i = 0; i < survey.n_boxes; i++)
    for (guint j = i + 1; j < survey.n_boxes; j++) {
      graphene_rect_t both;
      if (graphene_rect_intersection (&survey.boxes[i].box, &survey.boxes[j].box, &both) && both.size.width > 1.0F
          && both.size.height > 1.0F) {
        found (survey.boxes[i].widget, "covers:");
        found (survey.boxes[j].widget, "is covered");
      }
    }
}

/* A trembling hand meets one button of the help band, not two. */
static void
check_gaps (void)
{
  const Box *last = NULL;

  if (gtk_widget_has_css_class (survey.root, "compact"))
    return;
  for (guint i = 0; i < survey.n_boxes; i++) {
    const Box *box = &survey.boxes[i];
    float right, left;

    if (!gtk_widget_has_css_class (gtk_widget_get_parent (box->widget), "help-band"))
      continue;
    left = last == NULL ? 0.0F : MAX (last->box.origin.x, box->box.origin.x);
    right =
      last == NULL ? 0.0F : MIN (last->box.origin.x + last->box.size.width, box->box.origin.x + box->box.size.width);
    if (last != NULL && left - right < (float) pv_theme_px (MIN_GAP_PX))
      found (box->widget, "too near to the one before");
    last = box;
  }
}

/* An arrow says where to look, and hides no word of what is there. */
static void
check_arrow (void)
{
  GtkWidget *pointer = gtk_widget_get_last_child (survey.root);
  graphene_rect_t arrow;

  if (!PV_IS_POINTER (pointer) || !pv_pointer_get_arrow (PV_POINTER (pointer), &arrow))
    return;
  survey.n_arrows++;
  for (guint i = 0; i < survey.n_boxes; i++)
    if (GTK_IS_LABEL (survey.boxes[i].widget) && graphene_rect_intersection (&survey.boxes[i].box, &arrow, NULL))
      found (survey.boxes[i].widget, "under the arrow");
}

static void
painted_cb (GdkFrameClock *clock, gpointer user_data)
{
  (void) clock;
  (*(guint *) user_data)++;
}

/* Two frames: the first lays out, the second follows what the first found out. */
gboolean
survey_wait (GtkWidget *window)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);
  gint64 end = g_get_monotonic_time () + PAINT_TIMEOUT_MS * G_TIME_SPAN_MILLISECOND;
  guint n_painted = 0;
  gulong handler = g_signal_connect (clock, "after-paint", G_CALLBACK (painted_cb), &n_painted);

  gtk_widget_queue_draw (window);
  while (n_painted < 2 && g_get_monotonic_time () < end) {
    guint before = n_painted;
    g_main_context_iteration (NULL, TRUE);
    if (gtk_widget_get_width (window) != survey.setup->width)
      n_painted = 0;
    if (n_painted != before && n_painted < 2)
      gtk_widget_queue_draw (window);
  }
  g_signal_handler_disconnect (clock, handler);
  return n_painted >= 2;
}

GdkTexture *
survey_draw (GtkWidget *window)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;

  gdk_paintable_snapshot (paintable, snapshot, survey.setup->width, survey.setup->height);
  node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  return gsk_renderer_render_texture (
    gtk_native_get_renderer (GTK_NATIVE (window)), node,
    &GRAPHENE_RECT_INIT (0, 0, (float) survey.setup->width, (float) survey.setup->height));
}

static void
save_picture (GtkWidget *window, const char *where)
{
  const char *folder = g_getenv ("PV_GALLERY_DIR");
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree char *name = g_strconcat (where, ".png", NULL);
  g_autofree char *path = NULL;

  if (folder == NULL)
    return;
  path = g_build_filename (folder, name, NULL);
  texture = survey_draw (window);
  if (!gdk_texture_save_to_png (texture, path))
    printf ("# cannot write %s\n", path);
}

static void
expect_read (const char *text)
{
  if (text == NULL || text[0] == '\0')
    return;
  for (guint i = 0; i < survey.read->len; i++)
    if (strstr (survey.read->pdata[i], text) != NULL)
      return;
  survey.n_findings++;
  printf ("# %s: cannot be read: \"%s\"\n", survey.where, text);
}

/* What the screen-state says is on the screen must be there, on one page or another. */
static void
check_whole (const PvScreenState *state)
{
  gboolean is_pointed = FALSE;

  expect_read (state->title);
  expect_read (state->banner != NULL ? state->banner->who : NULL);
  for (guint i = 0; i < state->fields->len; i++) {
    const PvField *field = g_ptr_array_index (state->fields, i);
    is_pointed |= field->is_pointed;
    expect_read (field->error);
    expect_read (field->proposal);
    expect_read (field->proposal_value);
    expect_read (field->accept_label);
    expect_read (field->keep_label);
    expect_read (field->privacy);
    expect_read (field->lift_label);
    for (guint k = 0; field->choices != NULL && k < field->choices->len; k++)
      expect_read (((const PvChoice *) g_ptr_array_index (field->choices, k))->label);
    for (guint k = 0; field->rows != NULL && k < field->rows->len; k++) {
      const PvSummaryRow *row = g_ptr_array_index (field->rows, k);
      expect_read (row->label);
      expect_read (row->value);
    }
  }
  for (guint i = 0; i < state->actions->len; i++) {
    const PvAction *action = g_ptr_array_index (state->actions, i);
    is_pointed |= action->is_pointed;
    /* Hidden above 150 % while something is typed; hidden where the answers need the room. */
    if (action->role != PV_ROLE_HELP && action->role != PV_ROLE_JUMP)
      expect_read (action->label);
  }
  if (is_pointed != (survey.n_arrows > 0))
    found (survey.root, is_pointed ? "nothing points" : "points at nothing");
}

/* @where: "page:next" or "page:previous". FALSE: this was the last, or the first. */
static gboolean
turn_page (const char *where)
{
  GtkWidget *next = pv_find_focus_id (survey.root, where);

  if (next == NULL || !gtk_widget_get_mapped (next) || !gtk_widget_get_sensitive (next))
    return FALSE;
  g_signal_emit_by_name (next, "clicked");
  return TRUE;
}

/* A face of nobody, in the proportions of documents: shown where a state has a place for one. */
static GdkTexture *
draw_face (void)
{
  enum { FACE_WIDTH = 350, FACE_HEIGHT = 450 };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, FACE_WIDTH, FACE_HEIGHT);
  cairo_t *cr = cairo_create (surface);
  g_autoptr (GBytes) bytes = NULL;

  cairo_set_source_rgb (cr, 0.78, 0.83, 0.86);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, 0.12, 0.31, 0.64);
  cairo_arc (cr, 175, 480, 150, 0, 7);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 0.84, 0.70, 0.59);
  cairo_translate (cr, 175, 200);
  cairo_scale (cr, 0.75, 1.0);
  cairo_arc (cr, 0, 0, 130, 0, 7);
  cairo_fill (cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  bytes = g_bytes_new (cairo_image_surface_get_data (surface),
                       (gsize) cairo_image_surface_get_stride (surface) * FACE_HEIGHT);
  cairo_surface_destroy (surface);
  return gdk_memory_texture_new (FACE_WIDTH, FACE_HEIGHT, GDK_MEMORY_DEFAULT, bytes, FACE_WIDTH * 4);
}

/* A letter that says nothing, in the proportions of A4: shown where a page of a document has its place. */
static GdkTexture *
draw_page (void)
{
  enum { PAGE_WIDTH = 707, PAGE_HEIGHT = 1000 };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, PAGE_WIDTH, PAGE_HEIGHT);
  cairo_t *cr = cairo_create (surface);
  g_autoptr (GBytes) bytes = NULL;

  cairo_set_source_rgb (cr, 0.98, 0.98, 0.97);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, 0.35, 0.35, 0.38);
  for (int line = 0; line < 26; line++) {
    int width = line < 3 ? 180 : line % 7 == 6 ? 240 : 540 - (line * 37) % 60;

    cairo_rectangle (cr, 80, 90 + line * 31 + (line >= 3 ? 40 : 0), width, 11);
  }
  cairo_fill (cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  bytes = g_bytes_new (cairo_image_surface_get_data (surface),
                       (gsize) cairo_image_surface_get_stride (surface) * PAGE_HEIGHT);
  cairo_surface_destroy (surface);
  return gdk_memory_texture_new (PAGE_WIDTH, PAGE_HEIGHT, GDK_MEMORY_DEFAULT, bytes, PAGE_WIDTH * 4);
}

static void
set_picture (PvKioskWindow *window, const PvScreenState *state)
{
  g_autoptr (GdkTexture) texture = state->id == PV_SCREEN_DOCUMENT ? draw_page () : draw_face ();

  pv_kiosk_window_set_portrait (window, texture);
}

gboolean
survey_look_at (PvKioskWindow *window, const PvScreenState *state, const char *where)
{
  survey.where = where;
  survey.n_boxes = 0;
  survey.n_findings = 0;
  survey.n_arrows = 0;
  g_clear_pointer (&survey.read, g_ptr_array_unref);
  survey.read = g_ptr_array_new_with_free_func (g_free);
  set_picture (window, state);
  pv_kiosk_window_show_state (window, state);
  if (!survey_wait (GTK_WIDGET (window))) {
    printf ("# %s: no frame\n", where);
    return FALSE;
  }
  survey.root = gtk_widget_get_first_child (gtk_window_get_child (GTK_WINDOW (window))); /* what the view arranges */
  if (!pv_kiosk_window_fits (window))
    found (survey.root, "does not fit");
  /* A screen that was updated in place stays on the page where it was. */
  for (guint page = 0; page < MAX_PAGES && turn_page ("page:previous"); page++)
    survey_wait (GTK_WIDGET (window));
  for (guint page = 0; page < MAX_PAGES; page++) {
    g_autofree char *picture = page == 0 ? g_strdup (where) : g_strdup_printf ("%s-%u", where, page + 1);
    survey.n_boxes = 0;
    walk (survey.root, FALSE, NULL);
    check_overlaps ();
    check_gaps ();
    check_arrow ();
    save_picture (GTK_WIDGET (window), picture);
    if (survey_page_cb != NULL)
      survey_page_cb (GTK_WIDGET (window), survey.root, picture);
    if (!turn_page ("page:next")) {
      check_whole (state);
      return survey.n_findings == 0;
    }
    if (!survey_wait (GTK_WIDGET (window)))
      break;
  }
  found (survey.root, "too many pages");
  return FALSE;
}

PvKioskWindow *
survey_open_window (const Setup *setup)
{
  PvViewConfig config = { .commune = "Ville de Montclair",
                          .width = setup->width,
                          .height = setup->height,
                          .has_desk = setup->has_desk,
                          .mm_per_px = survey_mm_per_px };
  PvLook look = {
    .text_percent = setup->text_percent, .theme = setup->theme, .is_low = setup->is_low, .language = "fr"
  };
  g_autofree char *emblem =
    g_build_filename (g_getenv ("PV_SOURCE_DIR"), "kiosk-config", "demo.conf.d", "emblem.svg", NULL);
  PvKioskWindow *window;

  survey.setup = setup;
  config.emblem_file = emblem;
  window = pv_kiosk_window_new (NULL, &config);
  pv_kiosk_window_set_look (window, &look);
  pv_kiosk_window_warm_up (window);
  pv_kiosk_window_present (window);
  return window;
}
