/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "view/line-drawing.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_WIDTH = 3, MAX_NUMBERS = 7 };

/* A path that is being read. */
typedef struct {
  cairo_t *cr;
  const char *at;
  double x2, y2; /* last control point, for s */
} Reader;

static gboolean
read_numbers (Reader *reader, guint n, double *ret_numbers)
{
  for (guint i = 0; i < n; i++) {
    char *end;
    ret_numbers[i] = g_ascii_strtod (reader->at, &end);
    if (end == reader->at || !isfinite (ret_numbers[i]))
      return FALSE;
    reader->at = end;
  }
  return TRUE;
}

/* Part of a circle of radius @n[0], to @n[5], @n[6]; @n[3]: the larger part; @n[4]: clockwise. SVG 1.1, F.6.5. */
static void
add_arc (cairo_t *cr, const double *n)
{
  gboolean is_large = n[3] != 0.0, is_clockwise = n[4] != 0.0;
  double half = hypot (n[5], n[6]) / 2.0;
  double radius = MAX (n[0], half); /* too small: grown */
  double distance = sqrt (radius * radius - half * half) * (is_large == is_clockwise ? -1.0 : 1.0);
  double x, y, centre_x, centre_y, from, to;

  if (half <= 0.0)
    return;
  cairo_get_current_point (cr, &x, &y);
  centre_x = x + n[5] / 2.0 - distance * n[6] / (2.0 * half);
  centre_y = y + n[6] / 2.0 + distance * n[5] / (2.0 * half);
  from = atan2 (y - centre_y, x - centre_x);
  to = atan2 (y + n[6] - centre_y, x + n[5] - centre_x);
  if (is_clockwise)
    cairo_arc (cr, centre_x, centre_y, radius, from, to);
  else
    cairo_arc_negative (cr, centre_x, centre_y, radius, from, to);
}

static void
add_curve (Reader *reader, const double *n)
{
  double x, y;

  cairo_get_current_point (reader->cr, &x, &y);
  cairo_rel_curve_to (reader->cr, n[0], n[1], n[2], n[3], n[4], n[5]);
  reader->x2 = x + n[2];
  reader->y2 = y + n[3];
}

/* Begins as the last one ended. */
static void
add_smooth_curve (Reader *reader, const double *n)
{
  double x, y;

  cairo_get_current_point (reader->cr, &x, &y);
  add_curve (reader, (double[]){ x - reader->x2, y - reader->y2, n[0], n[1], n[2], n[3] });
}

static gboolean
add_step (Reader *reader, char command)
{
  static const char commands[] = "MLlhvcsaz";
  static const guint n_numbers[] = { 2, 2, 2, 1, 1, 6, 4, 7, 0 };
  const char *found = command != '\0' ? strchr (commands, command) : NULL;
  double n[MAX_NUMBERS];

  if (found == NULL || !read_numbers (reader, n_numbers[found - commands], n)
      || (command != 'M' && !cairo_has_current_point (reader->cr)))
    return FALSE;
  switch (command) {
  case 'M':
    cairo_move_to (reader->cr, n[0], n[1]);
    break;
  case 'L':
    cairo_line_to (reader->cr, n[0], n[1]);
    break;
  case 'l':
    cairo_rel_line_to (reader->cr, n[0], n[1]);
    break;
  case 'h':
    cairo_rel_line_to (reader->cr, n[0], 0.0);
    break;
  case 'v':
    cairo_rel_line_to (reader->cr, 0.0, n[0]);
    break;
  case 'c':
    add_curve (reader, n);
    break;
  case 's':
    add_smooth_curve (reader, n);
    break;
  case 'a':
    add_arc (reader->cr, n);
    break;
  default:
    cairo_close_path (reader->cr);
    break;
  }
  return TRUE;
}

static gboolean
add_path (cairo_t *cr, const char *steps)
{
  Reader reader = { .cr = cr, .at = steps };

  for (;;) {
    reader.at += strspn (reader.at, " ");
    if (*reader.at == '\0')
      return TRUE;
    if (!add_step (&reader, *reader.at++))
      return FALSE;
  }
}

static void
add_rectangle (cairo_t *cr, double x, double y, double width, double height, double radius)
{
  cairo_new_sub_path (cr);
  cairo_arc (cr, x + radius, y + radius, radius, G_PI, 1.5 * G_PI);
  cairo_arc (cr, x + width - radius, y + radius, radius, 1.5 * G_PI, 2.0 * G_PI);
  cairo_arc (cr, x + width - radius, y + height - radius, radius, 0.0, 0.5 * G_PI);
  cairo_arc (cr, x + radius, y + height - radius, radius, 0.5 * G_PI, G_PI);
  cairo_close_path (cr);
}

static double
number_of (const char *text)
{
  return text != NULL ? g_ascii_strtod (text, NULL) : 0.0;
}

static void
start_element_cb (GMarkupParseContext *context, const char *element, const char **names, const char **values,
                  gpointer user_data, GError **error)
{
  static const char *const wanted[] = { "d", "cx", "cy", "r", "x", "y", "width", "height", "rx" };
  enum { D, CX, CY, R, X, Y, WIDTH, HEIGHT, RX };
  const char *found[G_N_ELEMENTS (wanted)] = { NULL };
  cairo_t *cr = user_data;
  gboolean is_understood = TRUE;

  (void) context;
  for (guint i = 0; names[i] != NULL; i++)
    for (guint j = 0; j < G_N_ELEMENTS (wanted); j++)
      if (g_str_equal (names[i], wanted[j]))
        found[j] = values[i];
  if (g_str_equal (element, "path") && found[D] != NULL) {
    is_understood = add_path (cr, found[D]);
  } else if (g_str_equal (element, "circle")) {
    cairo_new_sub_path (cr);
    cairo_arc (cr, number_of (found[CX]), number_of (found[CY]), number_of (found[R]), 0.0, 2.0 * G_PI);
    cairo_close_path (cr);
  } else if (g_str_equal (element, "rect")) {
    add_rectangle (cr, number_of (found[X]), number_of (found[Y]), number_of (found[WIDTH]), number_of (found[HEIGHT]),
                   number_of (found[RX]));
  } else {
    is_understood = g_str_equal (element, "svg");
  }
  if (!is_understood)
    g_set_error (error, G_MARKUP_ERROR, G_MARKUP_ERROR_UNKNOWN_ELEMENT, "<%s>", element);
}

gboolean
pv_line_drawing_draw (cairo_t *cr, const char *svg, gsize size)
{
  static const GMarkupParser parser = { .start_element = start_element_cb };
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, cr, NULL);
  gboolean is_understood;

  cairo_new_path (cr);
  is_understood = g_markup_parse_context_parse (context, svg, (gssize) size, NULL)
                  && g_markup_parse_context_end_parse (context, NULL);
  cairo_set_line_width (cr, LINE_WIDTH);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke (cr);
  return is_understood;
}
