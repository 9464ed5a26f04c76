/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "survey-private.h"

#include <gtk/gtk.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "spoken.h"
#include "view/controls.h"
#include "view/keyboard.h"
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
  MAX_CONTROLS = 200,
  MAX_PAGES = 16,
};

/* Between any two of what is touched; where there is least room, letters are kept before gaps are. */
#define MIN_GAP_MM         3.0
#define MIN_GAP_COMPACT_MM 2.0

Counts survey_counts;
double survey_mm_per_px; /* 0 = the reference */
void (*survey_page_cb) (GtkWidget *window, GtkWidget *root, const char *where);
void (*survey_last_page_cb) (GtkWidget *window, GtkWidget *root, const char *where);

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
  Box controls[MAX_CONTROLS];
  guint n_controls;
  guint n_arrows;   /* on all pages */
  GPtrArray *read;  /* every text that could be read, on any page */
  GString *own;     /* names of the buttons that are the view's own: they are said where the keys come to them */
  GHashTable *seen; /* and of these what is to be heard: not the keys, which are said one by one */
} survey;

void
survey_found (GtkWidget *widget, const char *format, ...)
{
  const char *text = GTK_IS_LABEL (widget)    ? gtk_label_get_text (GTK_LABEL (widget))
                     : GTK_IS_BUTTON (widget) ? gtk_button_get_label (GTK_BUTTON (widget))
                                              : NULL;
  g_auto (GStrv) names = gtk_widget_get_css_classes (widget);
  g_autofree char *classes = g_strjoinv (".", names), *what = NULL;
  va_list arguments;

  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  survey_counts.n_findings++;
  printf ("# %s: %s.%s \"%s\": %s\n", survey.where, G_OBJECT_TYPE_NAME (widget), classes, text != NULL ? text : "",
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
    survey_found (widget, "its words are drawn outside of its place");
  if (pango_layout_is_ellipsized (gtk_label_get_layout (label)))
    survey_found (widget, "ellipsized");
  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &least_width, NULL, NULL, NULL);
  if (gtk_widget_get_allocated_width (widget) < least_width)
    survey_found (widget, "its longest word is cut");
  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, MAX (least_width, gtk_widget_get_allocated_width (widget)),
                      &least_height, NULL, NULL, NULL);
  if (gtk_widget_get_allocated_height (widget) < least_height)
    survey_found (widget, "cut at its height");
}

static gboolean
is_picture (GtkWidget *widget)
{
  return PV_IS_PORTRAIT (widget) || (PV_IS_SCAN_PICTURE (widget) && !gtk_widget_has_css_class (widget, "glass"));
}

gboolean
survey_is_control (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) || GTK_IS_ENTRY (widget) || GTK_IS_TEXT_VIEW (widget);
}

static double
mm (float px)
{
  return (double) px * (survey_mm_per_px > 0.0 ? survey_mm_per_px : PV_REFERENCE_MM_PER_PX);
}

static void
count_target (GtkWidget *widget, gboolean is_key, const graphene_rect_t *box)
{
  double least = mm (MIN (box->size.width, box->size.height));

  if (is_key) {
    survey_counts.n_keys++;
    survey_counts.least_key_mm = MIN (survey_counts.least_key_mm, least);
  } else {
    survey_counts.n_targets++;
    survey_counts.least_target_mm = MIN (survey_counts.least_target_mm, least);
  }
  if (survey.n_controls < MAX_CONTROLS)
    survey.controls[survey.n_controls++] = (Box){ widget, *box };
}

static void
check_control (GtkWidget *widget, const graphene_rect_t *box)
{
  gboolean is_key = gtk_widget_has_css_class (widget, "key");
  float least = (float) pv_theme_px (is_key ? MIN_KEY_PX : MIN_TARGET_PX) - (survey_mm_per_px > 0.0 ? 1.0F : 0.0F);

  if (box->size.width < least || box->size.height < least)
    survey_found (widget, "smaller than a finger");
  if (!is_key && !GTK_IS_TEXT_VIEW (widget) && survey.setup->height >= pv_theme_px (900)
      && box->size.height < (float) pv_theme_px (BUTTON_PX) && !gtk_widget_has_css_class (widget, "edit")
      && !gtk_widget_has_css_class (widget, "jump") && gtk_widget_has_css_class (survey.root, "fit-0"))
    survey_found (widget, "lower than a button");
  survey_check_name (widget);
  if (g_str_has_prefix (pv_get_focus_id (widget) != NULL ? pv_get_focus_id (widget) : "", "page:")) {
    g_autofree char *name = spoken_strip (pv_get_spoken_name (widget));

    g_string_append (survey.own, name);
  }
  count_target (widget, is_key, box);
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
      && (survey_is_control (widget) || is_picture (widget)
          || (GTK_IS_LABEL (widget) && pango_layout_get_line_count (gtk_label_get_layout (GTK_LABEL (widget))) == 1)))
    survey_found (widget, "cut by the edge of its page");
  return FALSE;
}

/* Boxes of controls, and of texts that are in no control. @clip: (nullable): what can be seen of the widget's surroundings */
static void
walk (GtkWidget *widget, gboolean is_inside, const graphene_rect_t *clip)
{
  graphene_rect_t box, clip_box;
  gboolean is_inner = is_inside || survey_is_control (widget);

  if (!gtk_widget_get_mapped (widget) || !gtk_widget_compute_bounds (widget, survey.root, &box))
    return;
  if (is_clipped_away (widget, &box, clip))
    return;
  if (gtk_widget_get_overflow (widget) == GTK_OVERFLOW_HIDDEN && !survey_is_control (widget)) {
    clip_box = box;
    clip = &clip_box;
  }
  if (GTK_IS_LABEL (widget)) {
    check_label (widget);
    g_ptr_array_add (survey.read, g_strdup (gtk_label_get_text (GTK_LABEL (widget))));
    if (gtk_widget_get_ancestor (widget, PV_TYPE_KEYBOARD) == NULL)
      g_hash_table_add (survey.seen, g_strdup (gtk_label_get_text (GTK_LABEL (widget))));
  }
  if (survey_is_control (widget))
    check_control (widget, &box);
  if (clip != NULL)
    graphene_rect_intersection (&box, clip, &box);
  if (is_picture (widget) && !gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL))
    survey_found (widget, "without a name");
  if ((survey_is_control (widget) || GTK_IS_LABEL (widget) || is_picture (widget)) && box.size.width > 0) {
    if (box.origin.x < -0.5F || box.origin.y < -0.5F
        || box.origin.x + box.size.width > (float) survey.setup->width + 0.5F
        || box.origin.y + box.size.height > (float) survey.setup->height + 0.5F)
      survey_found (widget, "outside the window");
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
        survey_found (survey.boxes[i].widget, "covers:");
        survey_found (survey.boxes[j].widget, "is covered");
      }
    }
}

/* Between the nearest edges. */
static float
gap_between (const graphene_rect_t *a, const graphene_rect_t *b)
{
  float across = MAX (a->origin.x, b->origin.x) - MIN (a->origin.x + a->size.width, b->origin.x + b->size.width);
  float down = MAX (a->origin.y, b->origin.y) - MIN (a->origin.y + a->size.height, b->origin.y + b->size.height);

  return MAX (across, down);
}

/* Of each control, to the nearest one. */
static void
check_nearest (void)
{
  double bar = gtk_widget_has_css_class (survey.root, "compact") ? MIN_GAP_COMPACT_MM : MIN_GAP_MM;

  for (guint i = 0; i < survey.n_controls; i++) {
    double least = G_MAXDOUBLE;

    for (guint k = 0; k < survey.n_controls; k++)
      if (k != i)
        least = MIN (least, mm (gap_between (&survey.controls[i].box, &survey.controls[k].box)));
    if (survey.n_controls < 2)
      return;
    survey_counts.n_gaps++;
    survey_counts.least_gap_mm = MIN (survey_counts.least_gap_mm, least);
    if (least < bar - 0.05)
      survey_found (survey.controls[i].widget, "%.1f mm from what is beside it", least);
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
      survey_found (box->widget, "too near to the one before");
    last = box;
  }
}

/* Of the words of a label, which may have more room than they need. */
static graphene_rect_t
find_words (const Box *box)
{
  GtkLabel *label = GTK_LABEL (box->widget);
  int x, y, width, height;

  gtk_label_get_layout_offsets (label, &x, &y);
  pango_layout_get_pixel_size (gtk_label_get_layout (label), &width, &height);
  return GRAPHENE_RECT_INIT (box->box.origin.x + (float) x, box->box.origin.y + (float) y, (float) width,
                             (float) height);
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
  for (guint i = 0; i < survey.n_boxes; i++) {
    graphene_rect_t words;

    if (!GTK_IS_LABEL (survey.boxes[i].widget))
      continue;
    words = find_words (&survey.boxes[i]);
    if (graphene_rect_intersection (&words, &arrow, NULL))
      survey_found (survey.boxes[i].widget, "under the arrow");
  }
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

/* Drawn into memory as the renderer of the kiosk does it, but straight: a texture of it would be converted pixel by pixel, which
 * was half of the time of a whole run. */
cairo_surface_t *
survey_draw (GtkWidget *window)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  cairo_surface_t *surface =
    cairo_image_surface_create (CAIRO_FORMAT_ARGB32, survey.setup->width, survey.setup->height);
  cairo_t *cr = cairo_create (surface);

  gdk_paintable_snapshot (paintable, snapshot, survey.setup->width, survey.setup->height);
  node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  gsk_render_node_draw (node, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

static void
save_picture (GtkWidget *window, const char *where)
{
  const char *folder = g_getenv ("PV_GALLERY_DIR");
  cairo_surface_t *surface = NULL;
  g_autofree char *name = g_strconcat (where, ".png", NULL);
  g_autofree char *path = NULL;

  if (folder == NULL)
    return;
  path = g_build_filename (folder, name, NULL);
  surface = survey_draw (window);
  if (cairo_surface_write_to_png (surface, path) != CAIRO_STATUS_SUCCESS)
    printf ("# cannot write %s\n", path);
  cairo_surface_destroy (surface);
}

static void
expect_read (const char *text)
{
  if (text == NULL || text[0] == '\0')
    return;
  for (guint i = 0; i < survey.read->len; i++)
    if (strstr (survey.read->pdata[i], text) != NULL)
      return;
  survey_counts.n_findings++;
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
    survey_found (survey.root, is_pointed ? "nothing points" : "points at nothing");
}

/* What is on the screen is said, and what is said comes in the order of the state. */
static void
check_heard (const PvScreenState *state)
{
  g_autofree char *script = spoken_dup_script (state), *heard = g_strconcat (script, survey.own->str, NULL);
  GHashTableIter iter;
  gpointer text;

  g_hash_table_iter_init (&iter, survey.seen);
  while (g_hash_table_iter_next (&iter, &text, NULL)) {
    if (spoken_has (heard, text)) {
      survey_counts.n_heard++;
    } else {
      survey_counts.n_findings++;
      printf ("# %s: nobody says what is read: \"%s\"\n", survey.where, (const char *) text);
    }
  }
  survey_counts.n_findings += spoken_check_order (state, script, survey.where);
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

static void
set_picture (PvKioskWindow *window, const PvScreenState *state)
{
  g_autoptr (GdkTexture) texture = state->id == PV_SCREEN_DOCUMENT ? survey_draw_page () : survey_draw_face ();

  pv_kiosk_window_set_portrait (window, texture);
}

gboolean
survey_look_at (PvKioskWindow *window, const PvScreenState *state, const char *where)
{
  survey.where = where;
  survey.n_arrows = 0;
  counts_clear (&survey_counts);
  survey_counts.n_screens = 1;
  g_clear_pointer (&survey.read, g_ptr_array_unref);
  g_clear_pointer (&survey.seen, g_hash_table_unref);
  if (survey.own == NULL)
    survey.own = g_string_new (NULL);
  g_string_truncate (survey.own, 0);
  survey.read = g_ptr_array_new_with_free_func (g_free);
  survey.seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  set_picture (window, state);
  pv_kiosk_window_show_state (window, state);
  if (!survey_wait (GTK_WIDGET (window))) {
    printf ("# %s: no frame\n", where);
    survey_counts.n_findings++;
    return FALSE;
  }
  survey.root = gtk_widget_get_first_child (gtk_window_get_child (GTK_WINDOW (window))); /* what the view arranges */
  if (!pv_kiosk_window_fits (window))
    survey_found (survey.root, "does not fit");
  /* A screen that was updated in place stays on the page where it was. */
  for (guint page = 0; page < MAX_PAGES && turn_page ("page:previous"); page++)
    survey_wait (GTK_WIDGET (window));
  for (guint page = 0; page < MAX_PAGES; page++) {
    g_autofree char *picture = page == 0 ? g_strdup (where) : g_strdup_printf ("%s-%u", where, page + 1);
    survey.n_boxes = survey.n_controls = 0;
    survey_counts.n_pages++;
    walk (survey.root, FALSE, NULL);
    check_overlaps ();
    check_nearest ();
    check_gaps ();
    check_arrow ();
    save_picture (GTK_WIDGET (window), picture);
    if (survey_page_cb != NULL)
      survey_page_cb (GTK_WIDGET (window), survey.root, picture);
    if (!turn_page ("page:next")) {
      check_whole (state);
      check_heard (state);
      if (survey_last_page_cb != NULL)
        survey_last_page_cb (GTK_WIDGET (window), survey.root, where);
      return survey_counts.n_findings == 0;
    }
    if (!survey_wait (GTK_WIDGET (window)))
      break;
  }
  survey_found (survey.root, "too many pages");
  return FALSE;
}

void
survey_set_setup (PvKioskWindow *window, const Setup *setup)
{
  const PvLook look = {
    .text_percent = setup->text_percent,
    .theme = setup->theme,
    .is_low = setup->is_low,
    .is_left_handed = setup->is_left_handed,
    .language = "fr",
  };

  survey.setup = setup;
  pv_kiosk_window_set_look (window, &look);
}

PvKioskWindow *
survey_open_window (const Setup *setup)
{
  PvViewConfig config = { .commune = "Ville de Montclair",
                          .width = setup->width,
                          .height = setup->height,
                          .has_desk = setup->has_desk,
                          .primary_colour = setup->primary_colour,
                          .accent_colour = setup->accent_colour,
                          .mm_per_px = survey_mm_per_px };
  g_autofree char *emblem =
    g_build_filename (g_getenv ("PV_SOURCE_DIR"), "kiosk-config", "demo.conf.d", "emblem.svg", NULL);
  PvKioskWindow *window;

  config.emblem_file = emblem;
  window = pv_kiosk_window_new (NULL, &config);
  survey_set_setup (window, setup);
  pv_kiosk_window_warm_up (window);
  pv_kiosk_window_present (window);
  return window;
}
