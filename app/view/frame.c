/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "view/frame.h"

#include "view/band.h"
#include "view/column.h"
#include "view/theme.h"

enum {
  COMPACT_BELOW = 900,
  REFERENCE_HEIGHT = 1920,
  NARROW_BELOW = 1050,
  /* Landscape: left part of the 1920 pixels, as pixels of the reference. */
  LEFT_WIDTH = 900,
  LEFT_OF = 1920,
  SHEET_MARGIN = 64,
  FIT_LEVELS = 5,
  LAST_FIT = 6,  /* beyond the levels: 5 without the summary of errors, 6 without the ways to them */
  HEAD_END = 32, /* under the head when there is no answer */
  /* A page of the answer: a control or some lines, and the buttons that turn it. */
  MIN_PAGE_HEIGHT = 330,
  MIN_COMPACT_PAGE_HEIGHT = 290,
  MIN_TYPING_PAGE_HEIGHT = 280,
  MIN_COMPACT_TYPING_PAGE_HEIGHT = 176,
  PAGED_FIT = 2,
  LARGE_TEXT_PERCENT = 150, /* from here on what surrounds the answer stays away, for its sake */
  COMPACT_BAND = 116,
  TIGHT_BAND = 136, /* three lines on a button, where there is no room for a second band */
  TOP_GIVES_WAY = 2,
  GAP = 24, /* between the buttons of the help band */
  COMPACT_GAP = 8,
};

/* Class of a head that would be cut at the last level. */
#define HEAD_LAST "last"

struct _PvFrame {
  GtkWidget parent_instance;
  PvFrameParts parts;
  PvLayout layout;
  int width, height; /* arranged for */
  gboolean is_welcome;
  gboolean is_overlay;
  gboolean is_tight; /* the help band has no words */
  gboolean is_left_handed;
  gboolean is_low; /* everything in the lower part */
  guint resized_id;
};

/* Where each part goes; a part without height is not shown. */
typedef struct {
  GtkAllocation top, banner, panel, sheet, head, body, keyboard, action, help;
  int ceiling; /* where the top band and the banner end */
  int missing; /* pixels of height that the question and its answer lack */
  int unmet;   /* of these, what is left when the answer is divided into pages */
} Places;

enum { SIGNAL_RESIZED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PvFrame, pv_frame, GTK_TYPE_WIDGET)

static int
height_of (gpointer widget, int width)
{
  int natural = 0;

  if (!gtk_widget_get_visible (widget))
    return 0;
  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);
  return natural;
}

static int
least_width_of (gpointer widget)
{
  int minimum = 0;

  if (gtk_widget_get_visible (widget))
    gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  return minimum;
}

static int
natural_width_of (gpointer widget)
{
  int natural = 0;

  if (gtk_widget_get_visible (widget))
    gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  return natural;
}

/* With little height, actions and help share one band where their words allow it; else they stand one over the other. */
static void
place_bands_in_one (PvFrame *self, int width, int height, Places *places)
{
  int help = natural_width_of (self->parts.help_band);
  int action = least_width_of (self->parts.action_band);
  int highest = pv_theme_px (self->is_tight ? TIGHT_BAND : COMPACT_BAND);
  int band;

  if (action == 0)
    help = width;
  if (action + help > width)
    help = MAX (least_width_of (self->parts.help_band), width - action);
  if (action + help > width || height_of (self->parts.action_band, width - help) > highest) {
    int help_height = height_of (self->parts.help_band, width);
    int action_height = height_of (self->parts.action_band, width);
    places->help = (GtkAllocation){ 0, height - help_height, width, help_height };
    places->action = (GtkAllocation){ 0, height - help_height - action_height, width, action_height };
    return;
  }
  band = MAX (height_of (self->parts.help_band, help), height_of (self->parts.action_band, width - help));
  places->action = (GtkAllocation){ 0, height - band, width - help, band };
  places->help = (GtkAllocation){ width - help, height - band, help, band };
}

static int
least_page_height (PvFrame *self, int width)
{
  gboolean is_typing = gtk_widget_get_visible (GTK_WIDGET (self->parts.keyboard));
  int least = is_typing ? MIN_TYPING_PAGE_HEIGHT : MIN_PAGE_HEIGHT;

  if (self->layout == PV_LAYOUT_COMPACT)
    least = is_typing ? MIN_COMPACT_TYPING_PAGE_HEIGHT : MIN_COMPACT_PAGE_HEIGHT;
  return MAX (pv_theme_px (least), pv_pager_get_least_height (self->parts.pager, width));
}

/* The answer gives way to the question: it becomes pages. */
static void
give_way (PvFrame *self, Places *places)
{
  int spare;

  places->unmet = places->missing;
  if (places->missing <= 0)
    return;
  spare = MAX (0, MIN (places->missing, places->body.height - least_page_height (self, places->body.width)));
  places->unmet -= spare;
  places->body.y += spare;
  places->body.height -= spare;
  places->head.y += spare;
}

static void
compute_wide (PvFrame *self, int width, int height, Places *places)
{
  PvFrameParts *parts = &self->parts;
  int left = width * LEFT_WIDTH / LEFT_OF;
  int help = height_of (parts->help_band, width);
  int bottom = height - help;
  gboolean has_keyboard = gtk_widget_get_visible (GTK_WIDGET (parts->keyboard));
  gboolean has_body = gtk_widget_get_visible (GTK_WIDGET (parts->body));
  /* A question that its buttons answer has nothing beside it. */
  int action_width = self->is_overlay && !has_keyboard && !has_body ? width * 2 / 3 : left;
  int action = height_of (parts->action_band, action_width);
  int head_width = has_keyboard || has_body ? left : width;
  int head = height_of (parts->head, head_width);
  int body = height_of (parts->pager, has_keyboard ? left : width - left);
  int room;

  places->help = (GtkAllocation){ 0, bottom, width, help };
  places->action = (GtkAllocation){ 0, bottom - action, action_width, action };
  if (has_keyboard) {
    places->keyboard = (GtkAllocation){ left, places->ceiling, width - left, bottom - places->ceiling };
    places->body = (GtkAllocation){ 0, bottom - action - body, left, body };
    room = bottom - action - body - places->ceiling;
    places->head = (GtkAllocation){ 0, bottom - action - body - head, left, head };
    places->missing = head - room;
    give_way (self, places);
    if (!has_body)
      places->head.y -= pv_theme_px (HEAD_END);
  } else {
    places->head = (GtkAllocation){ 0, bottom - action - head - pv_theme_px (HEAD_END), head_width, head };
    places->body = (GtkAllocation){ left, bottom - body, width - left, body };
    places->unmet = head + pv_theme_px (HEAD_END) - (bottom - action - places->ceiling);
    places->missing = MAX (places->unmet, body - (bottom - places->ceiling));
    if (help == 0 && action == 0) { /* nothing to touch: the words stand in the middle */
      places->head.y = MAX (places->ceiling, places->ceiling + (bottom - places->ceiling - head) / 2);
      places->body.y = MAX (places->ceiling, places->ceiling + (bottom - places->ceiling - body) / 2);
    }
    if (body > bottom - places->ceiling) {
      places->body.height = bottom - places->ceiling;
      places->body.y = places->ceiling;
    }
    if (has_body)
      places->panel = (GtkAllocation){ left, places->ceiling, width - left, bottom - places->ceiling };
  }
}

static void
compute_tall (PvFrame *self, int width, int height, Places *places)
{
  PvFrameParts *parts = &self->parts;
  int keyboard = height_of (parts->keyboard, width);
  int head = height_of (parts->head, width);
  int body = height_of (parts->pager, width);
  int bottom;

  if (self->layout == PV_LAYOUT_COMPACT) {
    place_bands_in_one (self, width, height, places);
  } else {
    int help = height_of (parts->help_band, width);
    int action = height_of (parts->action_band, width);
    places->help = (GtkAllocation){ 0, height - help, width, help };
    places->action = (GtkAllocation){ 0, height - help - action, width, action };
  }
  bottom = places->action.height > 0 ? places->action.y : places->help.y;
  places->keyboard = (GtkAllocation){ 0, bottom - keyboard, width, keyboard };
  bottom -= keyboard;
  if (body == 0)
    bottom -= pv_theme_px (HEAD_END);
  /* Nothing to touch (goodbye, out of order): the words stand in the middle. */
  if (places->action.height == 0 && places->help.height == 0)
    bottom -= MAX (0, (bottom - places->ceiling - head - body) / 2);
  places->body = (GtkAllocation){ 0, bottom - body, width, body };
  places->head = (GtkAllocation){ 0, bottom - body - head, width, head };
  places->missing = places->ceiling - places->head.y;
  give_way (self, places);
}

static void
compute (PvFrame *self, int width, int height, Places *places)
{
  *places = (Places){ 0 };
  places->top = (GtkAllocation){ 0, 0, width, height_of (self->parts.top_band, width) };
  places->banner = (GtkAllocation){ 0, places->top.height, width, height_of (self->parts.banner, width) };
  places->ceiling = places->top.height + places->banner.height;
  /* On a larger panel the low layout is as high, in millimetres, as on the reference: core/reach.h relies on it. */
  if (self->is_low && self->layout == PV_LAYOUT_PORTRAIT)
    places->ceiling += MAX (0, height - pv_theme_px (REFERENCE_HEIGHT));
  if (self->layout == PV_LAYOUT_LANDSCAPE)
    compute_wide (self, width, height, places);
  else
    compute_tall (self, width, height, places);
  if (self->is_overlay) {
    int top = MAX (places->ceiling, MIN (places->head.y, places->body.height > 0 ? places->body.y : height)
                                      - pv_theme_px (SHEET_MARGIN));
    int bottom = places->action.height > 0 ? places->action.y : places->help.y;
    places->sheet = (GtkAllocation){ 0, top, width, bottom - top };
    if (self->layout == PV_LAYOUT_LANDSCAPE)
      places->sheet.height = places->help.y - top;
    places->panel = (GtkAllocation){ 0, 0, width, height };
  }
}

static void
pv_frame_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                  int *minimum_baseline, int *natural_baseline)
{
  PvFrame *self = PV_FRAME (widget);

  (void) for_size;
  /* The screen's size is given; what is shown adapts to it, never the other way round. */
  *minimum = 1;
  *natural = MAX (1, orientation == GTK_ORIENTATION_HORIZONTAL ? self->width : self->height);
  *minimum_baseline = *natural_baseline = -1;
}

static void
place (gpointer widget, const GtkAllocation *where)
{
  GtkAllocation allocation = *where;
  gboolean is_shown = where->width > 0 && where->height > 0;

  gtk_widget_set_child_visible (widget, is_shown);
  if (!is_shown || !gtk_widget_get_visible (widget))
    return;
  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, allocation.width, NULL, NULL, NULL, NULL);
  gtk_widget_size_allocate (widget, &allocation, -1);
}

static void
mirror (GtkAllocation *where, int width)
{
  where->x = width - where->x - where->width;
}

/* Read from the right, or touched with the left hand: then the side that is touched is the left one. Where the question
 * stands above its answer, a left hand has the buttons of the action band the other way round, and nothing else. */
static gboolean
is_mirrored (PvFrame *self)
{
  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL
         || (self->is_left_handed && self->layout == PV_LAYOUT_LANDSCAPE);
}

static gboolean
emit_resized_cb (gpointer user_data)
{
  PvFrame *self = PV_FRAME (user_data);

  self->resized_id = 0;
  g_signal_emit (self, signals[SIGNAL_RESIZED], 0);
  return G_SOURCE_REMOVE;
}

static void
pv_frame_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  PvFrame *self = PV_FRAME (widget);
  PvFrameParts *parts = &self->parts;
  const GtkAllocation all = { 0, 0, width, height };
  Places places;

  (void) baseline;
  if ((width != self->width || height != self->height) && self->resized_id == 0)
    self->resized_id = g_idle_add_full (G_PRIORITY_HIGH, emit_resized_cb, self, NULL);
  if (self->is_welcome) {
    places = (Places){ 0 };
    place (parts->welcome, &all);
  } else {
    compute (self, width, height, &places);
    gtk_widget_set_child_visible (GTK_WIDGET (parts->welcome), FALSE);
    if (is_mirrored (self)) {
      GtkAllocation *mirrored[] = { &places.top,  &places.banner,   &places.panel,  &places.sheet, &places.head,
                                    &places.body, &places.keyboard, &places.action, &places.help };
      for (guint i = 0; i < G_N_ELEMENTS (mirrored); i++)
        mirror (mirrored[i], width);
    }
  }
  place (parts->panel, &places.panel);
  place (parts->sheet, &places.sheet);
  place (parts->top_band, &places.top);
  place (parts->banner, &places.banner);
  place (parts->head, &places.head);
  place (parts->pager, &places.body);
  place (parts->keyboard, &places.keyboard);
  place (parts->action_band, &places.action);
  place (parts->help_band, &places.help);
  place (parts->pointer, &all);
}

/* Tab goes through the parts in the order of reading. GTK would go by where they are: in landscape the keyboard beside a field would
 * come before it, and for a left hand something else than for a right one. */
static gboolean
pv_frame_focus (GtkWidget *widget, GtkDirectionType direction)
{
  gboolean is_forward = direction == GTK_DIR_TAB_FORWARD;
  GtkWidget *child = gtk_widget_get_focus_child (widget);

  if (!is_forward && direction != GTK_DIR_TAB_BACKWARD)
    return GTK_WIDGET_CLASS (pv_frame_parent_class)->focus (widget, direction);
  if (child == NULL)
    child = is_forward ? gtk_widget_get_first_child (widget) : gtk_widget_get_last_child (widget);
  while (child != NULL) {
    if (gtk_widget_get_mapped (child) && gtk_widget_child_focus (child, direction))
      return TRUE;
    child = is_forward ? gtk_widget_get_next_sibling (child) : gtk_widget_get_prev_sibling (child);
  }
  return FALSE;
}

static void
pv_frame_dispose (GObject *object)
{
  PvFrame *self = PV_FRAME (object);
  GtkWidget *child;

  if (self->resized_id != 0)
    g_source_remove (self->resized_id);
  self->resized_id = 0;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (pv_frame_parent_class)->dispose (object);
}

static void
pv_frame_class_init (PvFrameClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = pv_frame_dispose;
  widget_class->focus = pv_frame_focus;
  widget_class->measure = pv_frame_measure;
  widget_class->size_allocate = pv_frame_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "frame");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  signals[SIGNAL_RESIZED] =
    g_signal_new ("resized", PV_TYPE_FRAME, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

/* Parents in the order of reading, which is the order of Tab. */
static gpointer
adopt (PvFrame *self, GtkWidget *child, const char *css_class)
{
  if (css_class != NULL)
    gtk_widget_add_css_class (child, css_class);
  gtk_widget_set_parent (child, GTK_WIDGET (self));
  return child;
}

static void
pv_frame_init (PvFrame *self)
{
  PvFrameParts *parts = &self->parts;

  parts->welcome = adopt (self, g_object_new (PV_TYPE_WELCOME_SCREEN, NULL), NULL);
  parts->panel = adopt (self, gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), NULL);
  parts->sheet = adopt (self, gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), "sheet");
  parts->top_band = adopt (self, g_object_new (PV_TYPE_TOP_BAND, NULL), NULL);
  parts->banner = adopt (self, pv_assist_banner_new (), NULL);
  parts->head = adopt (self, pv_column_new (), "head");
  parts->body = GTK_BOX (pv_column_new ());
  gtk_widget_add_css_class (GTK_WIDGET (parts->body), "body");
  parts->pager = adopt (self, pv_pager_new (GTK_WIDGET (parts->body)), NULL);
  parts->keyboard = adopt (self, pv_keyboard_new (), NULL);
  parts->action_band = adopt (self, gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0), "action-band");
  parts->help_band = adopt (self, gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0), "help-band");
  gtk_widget_add_css_class (GTK_WIDGET (parts->help_band), "fixed");
  parts->pointer = adopt (self, pv_pointer_new (parts->pager), NULL);
}

GtkWidget *
pv_frame_new (void)
{
  return g_object_new (PV_TYPE_FRAME, NULL);
}

const PvFrameParts *
pv_frame_get_parts (PvFrame *self)
{
  return &self->parts;
}

void
pv_frame_set_left_handed (PvFrame *self, gboolean is_left_handed)
{
  self->is_left_handed = is_left_handed;
  /* Back stays the first for Tab and speech: it is the way of writing of the band that changes, not its order. */
  gtk_widget_set_direction (GTK_WIDGET (self->parts.action_band),
                            is_left_handed ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_NONE);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

PvLayout
pv_frame_layout_for (int width, int height)
{
  if (height < pv_theme_px (COMPACT_BELOW))
    return PV_LAYOUT_COMPACT;
  return width > height ? PV_LAYOUT_LANDSCAPE : PV_LAYOUT_PORTRAIT;
}

static void
set_class (GtkWidget *widget, const char *css_class, gboolean is_set)
{
  if (is_set)
    gtk_widget_add_css_class (widget, css_class);
  else
    gtk_widget_remove_css_class (widget, css_class);
}

static void
apply_level (PvFrame *self, int level)
{
  static const char *const classes[FIT_LEVELS] = { "fit-0", "fit-1", "fit-2", "fit-3", "fit-4" };

  for (int i = 0; i < FIT_LEVELS; i++)
    set_class (GTK_WIDGET (self), classes[i], i == level);
  pv_apply_fit (GTK_WIDGET (self), level);
  set_class (GTK_WIDGET (self->parts.head), HEAD_LAST, FALSE);
  /* On a low screen the banner is worth more than the name of the town. */
  gtk_widget_set_visible (GTK_WIDGET (self->parts.top_band),
                          level < TOP_GIVES_WAY || self->layout != PV_LAYOUT_COMPACT
                            || !gtk_widget_get_visible (GTK_WIDGET (self->parts.banner)));
}

/* The question and its answer take the place of what surrounds them. @fit: the last of FIT_LEVELS, or what goes after it */
static void
apply_last_level (PvFrame *self, int fit)
{
  apply_level (self, FIT_LEVELS - 1);
  pv_apply_fit (GTK_WIDGET (self), fit);
  gtk_widget_set_visible (GTK_WIDGET (self->parts.top_band), FALSE);
}

/* GTK computes styles once in a frame, in its update phase. To measure what a changed class makes of the sizes within one
 * frame, so that nobody sees the attempts, the phase is run here. */
static void
compute_styles (PvFrame *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));

  if (clock != NULL)
    g_signal_emit_by_name (clock, "update");
}

/* @ret_unmet: (optional): what is missing even with pages */
static int
missing_height (PvFrame *self, int width, int height, int *ret_unmet)
{
  Places places;

  compute_styles (self);
  if (self->is_welcome) {
    places.missing = places.unmet = height_of (self->parts.welcome, width) - height;
  } else {
    compute (self, width, height, &places);
  }
  if (ret_unmet != NULL)
    *ret_unmet = places.unmet;
  return places.missing;
}

/* The first level at which everything fits. */
static gboolean
find_level (PvFrame *self, int width, int height, int least_fit)
{
  int level = least_fit;

  apply_level (self, level);
  while (missing_height (self, width, height, NULL) > 0 && level + 1 < FIT_LEVELS)
    apply_level (self, ++level);
  return missing_height (self, width, height, NULL) <= 0;
}

/* Likewise without what surrounds the question, and without what is said beside each answer. */
static gboolean
find_last_level (PvFrame *self, int width, int height)
{
  gboolean fits = FALSE;

  for (int fit = FIT_LEVELS - 1; fit <= LAST_FIT && !fits; fit++) {
    apply_last_level (self, fit);
    fits = missing_height (self, width, height, NULL) <= 0;
  }
  return fits;
}

/* The first level at which the answer fits as pages; readable sizes first. */
static gboolean
find_paged_level (PvFrame *self, int width, int height, int least_fit, guint text_percent)
{
  /* On a low screen, a page has to hold a whole answer of two lines. */
  gboolean is_scarce = self->layout == PV_LAYOUT_COMPACT && text_percent > 100;
  int unmet = 0;

  for (int level = MAX (least_fit, is_scarce ? FIT_LEVELS - 1 : PAGED_FIT); level < FIT_LEVELS; level++) {
    apply_level (self, level);
    pv_hide_unpaged (GTK_WIDGET (self->parts.body));
    missing_height (self, width, height, &unmet);
    if (unmet <= 0)
      return TRUE;
  }
  return FALSE;
}

/* Words of the actions stand one over the other where one line of them would push the help into a band of its own. */
static void
wrap_actions (PvFrame *self)
{
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (self->parts.action_band));

  for (; button != NULL; button = gtk_widget_get_next_sibling (button))
    pv_band_let_wrap (button);
}

/* The words of the help band, or its drawings alone. */
static void
show_help_words (PvFrame *self, gboolean is_shown)
{
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (self->parts.help_band));

  self->is_tight = !is_shown;
  for (; button != NULL; button = gtk_widget_get_next_sibling (button)) {
    GtkWidget *content = gtk_button_get_child (GTK_BUTTON (button));
    if (GTK_IS_BOX (content))
      gtk_widget_set_visible (gtk_widget_get_last_child (content), is_shown);
  }
}

/* Words that are wider than the screen, in the languages that have such, are written smaller rather than cut. TRUE: now */
static gboolean
narrow_help_band (PvFrame *self, int width)
{
  static const char *const further[] = { PV_BAND_NARROW, PV_BAND_SMALL };
  GtkWidget *band = GTK_WIDGET (self->parts.help_band);
  gboolean is_changed = FALSE;

  if (self->layout == PV_LAYOUT_COMPACT)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (further) && least_width_of (band) > width; i++) {
    is_changed |= !gtk_widget_has_css_class (band, further[i]);
    gtk_widget_add_css_class (band, further[i]);
    compute_styles (self);
  }
  return is_changed;
}

/* Short words are kept on one line, as long as the buttons stay on the screen, or on their side of it. TRUE: they would not have */
static gboolean
fold_action_band (PvFrame *self, int width)
{
  static const char *const further[] = { PV_BAND_NARROW, PV_BAND_SMALL };
  GtkWidget *band = GTK_WIDGET (self->parts.action_band);
  int room = self->layout == PV_LAYOUT_LANDSCAPE ? width * LEFT_WIDTH / LEFT_OF : width;

  if (self->layout == PV_LAYOUT_COMPACT || least_width_of (band) <= room)
    return FALSE;
  wrap_actions (self);
  /* Single words need the room around them, then they are written smaller. */
  for (guint i = 0; i < G_N_ELEMENTS (further) && least_width_of (band) > room; i++) {
    gtk_widget_add_css_class (band, further[i]);
    compute_styles (self);
  }
  return TRUE;
}

/* A keyboard, or a mediator's banner and what comes with it. */
static gboolean
lacks_height (PvFrame *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self->parts.keyboard))
         || (gtk_widget_get_visible (GTK_WIDGET (self->parts.banner)) && !self->is_overlay);
}

/* Pages, after everything else. What becomes pages all the same need not take the place of the top band; on a low screen, and with
 * large letters, each line is worth more. A question that is long even so is written smaller than cut. */
static gboolean
find_last_pages (PvFrame *self, int width, int height, guint text_percent)
{
  int unmet = 0;

  gtk_widget_set_visible (GTK_WIDGET (self->parts.top_band),
                          self->layout == PV_LAYOUT_PORTRAIT && text_percent <= LARGE_TEXT_PERCENT);
  missing_height (self, width, height, &unmet);
  if (unmet > 0) {
    gtk_widget_set_visible (GTK_WIDGET (self->parts.top_band), FALSE);
    set_class (GTK_WIDGET (self->parts.head), HEAD_LAST, TRUE);
    missing_height (self, width, height, &unmet);
  }
  return unmet <= 0;
}

/* The words of the actions smaller, where that spares a band of its own for them, on a low screen. TRUE: now it does */
static gboolean
spare_band (PvFrame *self, int width)
{
  GtkWidget *band = GTK_WIDGET (self->parts.action_band);
  int room = width - least_width_of (self->parts.help_band);

  if (least_width_of (band) <= room)
    return FALSE;
  gtk_widget_add_css_class (band, PV_BAND_SMALL);
  compute_styles (self);
  return least_width_of (band) <= room;
}

gboolean
pv_frame_arrange (PvFrame *self, int width, int height, gboolean is_welcome, gboolean is_overlay, guint text_percent,
                  int least_fit)
{
  gboolean fits;

  self->width = width;
  self->height = height;
  self->is_welcome = is_welcome;
  self->is_overlay = is_overlay;
  self->is_low = least_fit > 0;
  self->layout = pv_frame_layout_for (width, height);
  set_class (GTK_WIDGET (self), "compact", self->layout == PV_LAYOUT_COMPACT);
  set_class (GTK_WIDGET (self), "landscape", self->layout == PV_LAYOUT_LANDSCAPE);
  /* A class of the frame has everything in it styled anew: those that come and go are set where they are needed. */
  set_class (self->parts.panel, "panel", !is_overlay);
  set_class (self->parts.panel, "scrim", is_overlay);
  set_class (GTK_WIDGET (self->parts.pager), "typing", gtk_widget_get_visible (GTK_WIDGET (self->parts.keyboard)));
  pv_pager_set_side (self->parts.pager,
                     self->layout == PV_LAYOUT_COMPACT && gtk_widget_get_visible (GTK_WIDGET (self->parts.keyboard)));
  gtk_box_set_spacing (self->parts.help_band, pv_theme_px (self->layout == PV_LAYOUT_COMPACT ? COMPACT_GAP : GAP));
  /* Also upright, on a panel of 21.5 inches. */
  pv_keyboard_set_shape (self->parts.keyboard, self->layout == PV_LAYOUT_COMPACT,
                         self->layout == PV_LAYOUT_LANDSCAPE
                           || (self->layout == PV_LAYOUT_PORTRAIT && width < pv_theme_px (NARROW_BELOW)));
  show_help_words (self, TRUE);
  if (self->layout == PV_LAYOUT_COMPACT)
    gtk_widget_remove_css_class (GTK_WIDGET (self->parts.action_band), PV_BAND_SMALL);
  fits = find_level (self, width, height, least_fit);
  if (narrow_help_band (self, width))
    fits = find_level (self, width, height, least_fit);
  if (fold_action_band (self, width))
    fits = find_level (self, width, height, least_fit);
  if (!fits && self->layout == PV_LAYOUT_COMPACT && lacks_height (self)) {
    show_help_words (self, FALSE);
    wrap_actions (self);
    fits = find_level (self, width, height, least_fit);
  }
  if (!fits && !gtk_widget_get_visible (GTK_WIDGET (self->parts.keyboard)))
    fits = find_paged_level (self, width, height, least_fit, text_percent);
  if (!fits && !is_welcome)
    fits = find_last_level (self, width, height) || find_last_pages (self, width, height, text_percent);
  if (!fits && self->is_tight && spare_band (self, width))
    fits = find_last_level (self, width, height) || find_last_pages (self, width, height, text_percent);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  return fits;
}

void
pv_frame_get_room (PvFrame *self, int width, int height, int *ret_width, int *ret_height)
{
  PvFrameParts *parts = &self->parts;
  PvLayout layout = pv_frame_layout_for (width, height);
  int margins = pv_theme_px (layout == PV_LAYOUT_COMPACT ? 64 : 128);
  int top = height_of (parts->top_band, width) + height_of (parts->banner, width);
  /* Bands that are empty now will not be on the screens that matter: their usual heights. */
  int action = pv_theme_px (layout == PV_LAYOUT_COMPACT ? 112 : 190);
  int help = layout == PV_LAYOUT_COMPACT ? 0 : pv_theme_px (168);

  if (layout == PV_LAYOUT_LANDSCAPE) {
    *ret_width = width - width * LEFT_WIDTH / LEFT_OF - margins;
    *ret_height = height - top - help;
  } else {
    *ret_width = width - margins;
    *ret_height = height - top - action - help;
  }
}
