/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "print/ipp-media.h"

#include <cups/pwg.h>
#include <math.h>
#include <stdlib.h>

#define HUNDREDTHS_PER_INCH 2540.0

/* Sizes that are looked at; a laser printer tells some fifty. */
enum { MAX_SIZES = 500 };

static const char *const edges[] = { "bottom", "left", "right", "top" };
/* Of sheets, which every printer that has them knows by name; with a name, it takes its own margins. */
static const char *const sheet_names[PV_PRINT_N_MEDIA] = {
  [PV_PRINT_MEDIA_A4] = "iso_a4_210x297mm",
  [PV_PRINT_MEDIA_A5] = "iso_a5_148x210mm",
};

const char *const pv_ipp_media_wanted[PV_IPP_MEDIA_N_WANTED] = {
  "media-size-supported",         "media-bottom-margin-supported", "media-left-margin-supported",
  "media-right-margin-supported", "media-top-margin-supported",    "print-scaling-supported",
};

static gboolean
read_dimension (ipp_t *collection, const char *name, int *ret_min, int *ret_max)
{
  ipp_attribute_t *attribute = ippFindAttribute (collection, name, IPP_TAG_ZERO);

  if (attribute == NULL)
    return FALSE;
  if (ippGetValueTag (attribute) == IPP_TAG_RANGE)
    *ret_min = ippGetRange (attribute, 0, ret_max);
  else
    *ret_min = *ret_max = ippGetInteger (attribute, 0);
  return *ret_min > 0 && *ret_max >= *ret_min;
}

GArray *
pv_ipp_media_list_sizes (ipp_t *attributes)
{
  GArray *sizes = g_array_new (FALSE, FALSE, sizeof (PvIppSize));
  ipp_attribute_t *attribute = ippFindAttribute (attributes, "media-size-supported", IPP_TAG_BEGIN_COLLECTION);

  for (int i = 0; attribute != NULL && i < MIN (ippGetCount (attribute), MAX_SIZES); i++) {
    ipp_t *collection = ippGetCollection (attribute, i);
    PvIppSize size;
    if (read_dimension (collection, "x-dimension", &size.min_x, &size.max_x)
        && read_dimension (collection, "y-dimension", &size.min_y, &size.max_y))
      g_array_append_val (sizes, size);
  }
  return sizes;
}

/* How far @value is from a dimension, and what of the dimension is nearest to it. */
static int
measure_distance (int min, int max, int value, int *ret_nearest)
{
  *ret_nearest = CLAMP (value, min, max);
  return abs (*ret_nearest - value);
}

gboolean
pv_ipp_media_choose (const GArray *sizes, int x, int y, gboolean can_be_longer, PvIppSize *ret_size, int *ret_x,
                     int *ret_y)
{
  int best = G_MAXINT;

  if (sizes->len == 0) {
    *ret_size = (PvIppSize){ 0, G_MAXINT, 0, G_MAXINT };
    *ret_x = x;
    *ret_y = y;
    return TRUE;
  }
  for (guint i = 0; i < sizes->len; i++) {
    const PvIppSize *size = &g_array_index (sizes, PvIppSize, i);
    int near_x, near_y;
    int far_x = measure_distance (size->min_x, size->max_x, x, &near_x);
    int far_y = measure_distance (size->min_y, size->max_y, y, &near_y);
    gboolean is_long_enough = far_y <= PV_IPP_SIZE_TOLERANCE || (can_be_longer && near_y > y);

    if (far_x <= PV_IPP_SIZE_TOLERANCE && is_long_enough && far_x + far_y < best) {
      best = far_x + far_y;
      *ret_size = *size;
      *ret_x = near_x;
      *ret_y = near_y;
    }
  }
  return best < G_MAXINT;
}

gboolean
pv_ipp_media_choose_margin (ipp_t *attributes, const char *edge, int own, int *ret_margin)
{
  g_autofree char *name = g_strdup_printf ("media-%s-margin-supported", edge);
  ipp_attribute_t *attribute = ippFindAttribute (attributes, name, IPP_TAG_INTEGER);
  int least = G_MAXINT;

  for (int i = 0; attribute != NULL && i < MIN (ippGetCount (attribute), MAX_SIZES); i++)
    least = MIN (least, MAX (ippGetInteger (attribute, i), 0));
  *ret_margin = least < G_MAXINT ? least : 0;
  return *ret_margin <= own + PV_IPP_MARGIN_TOLERANCE;
}

int
pv_ipp_media_to_whole_points (int length, int min, int max)
{
  int points = (int) ceil (length * 72.0 / HUNDREDTHS_PER_INCH);

  while (points > 0 && (int) ceil (points * HUNDREDTHS_PER_INCH / 72.0) > max)
    points--;
  length = (int) ceil (points * HUNDREDTHS_PER_INCH / 72.0);
  return length >= min ? length : min;
}

gboolean
pv_ipp_media_read_longest (ipp_t *attributes, PvPrintMedia media, guint *ret_longest_mm, GError **error)
{
  const PvPrintSheet *sheet = pv_print_media_get_sheet (media);
  g_autoptr (GArray) sizes = pv_ipp_media_list_sizes (attributes);
  int x = (int) lround (sheet->width_mm * 100), y = (int) lround (sheet->height_mm * 100), longest = 0;

  for (guint i = 0; i < sizes->len; i++) {
    const PvIppSize *size = &g_array_index (sizes, PvIppSize, i);
    int near_x, near_y;

    if (measure_distance (size->min_x, size->max_x, x, &near_x) <= PV_IPP_SIZE_TOLERANCE
        && (y == 0 || measure_distance (size->min_y, size->max_y, y, &near_y) <= PV_IPP_SIZE_TOLERANCE))
      longest = MAX (longest, size->max_y);
  }
  if (longest == 0 && sizes->len > 0) {
    g_set_error (error, PV_PRINT_ERROR, PV_PRINT_ERROR_MEDIA, "the printer has no %s",
                 pv_print_media_to_string (media));
    return FALSE;
  }
  *ret_longest_mm = (guint) longest / 100;
  return TRUE;
}

static void
add_col (ipp_t *job, int x, int y, const int *margins)
{
  ipp_t *size = ippNew ();
  ipp_t *media = ippNew ();

  ippAddInteger (size, IPP_TAG_ZERO, IPP_TAG_INTEGER, "x-dimension", x);
  ippAddInteger (size, IPP_TAG_ZERO, IPP_TAG_INTEGER, "y-dimension", y);
  ippAddCollection (media, IPP_TAG_ZERO, "media-size", size);
  for (gsize i = 0; i < G_N_ELEMENTS (edges); i++) {
    g_autofree char *name = g_strdup_printf ("media-%s-margin", edges[i]);

    ippAddInteger (media, IPP_TAG_ZERO, IPP_TAG_INTEGER, name, margins[i]);
  }
  ippAddCollection (job, IPP_TAG_JOB, "media-col", media);
  ippDelete (size);
  ippDelete (media);
}

static gboolean
add_name (ipp_t *job, const PvIppSize *size, int x, int y, GError **error)
{
  char name[128];

  if (size->min_x < size->max_x)
    x = pv_ipp_media_to_whole_points (x, size->min_x, size->max_x);
  if (size->min_y < size->max_y)
    y = pv_ipp_media_to_whole_points (y, size->min_y, size->max_y);
  if (!pwgFormatSizeName (name, sizeof name, "custom", NULL, x, y, "mm")) {
    g_set_error (error, PV_PRINT_ERROR, PV_PRINT_ERROR_MEDIA, "no name for paper of %d x %d", x, y);
    return FALSE;
  }
  ippAddString (job, IPP_TAG_JOB, IPP_TAG_KEYWORD, "media", NULL, name);
  return TRUE;
}

/* "none", unless the printer tells words of which that is none. */
static void
add_scaling (ipp_t *job, ipp_t *attributes)
{
  ipp_attribute_t *known = ippFindAttribute (attributes, "print-scaling-supported", IPP_TAG_KEYWORD);

  if (known == NULL || ippContainsString (known, "none"))
    ippAddString (job, IPP_TAG_JOB, IPP_TAG_KEYWORD, "print-scaling", NULL, "none");
}

static int
to_hundredths (double mm)
{
  return (int) lround (mm * 100);
}

/* Upright or lying. */
static gboolean
fits_on (const PvPrintSheet *sheet, int x, int y)
{
  return MIN (x, y) <= to_hundredths (sheet->width_mm) + PV_IPP_SIZE_TOLERANCE
         && MAX (x, y) <= to_hundredths (sheet->height_mm) + PV_IPP_SIZE_TOLERANCE;
}

gboolean
pv_ipp_media_add (ipp_t *job, ipp_t *attributes, const PvPdfSize *size, PvPrintMedia media, gboolean is_queue,
                  GError **error)
{
  const PvPrintSheet *sheet = pv_print_media_get_sheet (media);
  const double owns_mm[] = { sheet->bottom_mm, sheet->side_mm, sheet->side_mm, sheet->top_mm };
  const char *const *name = &sheet_names[media];
  g_autoptr (GArray) sizes = pv_ipp_media_list_sizes (attributes);
  int x = to_hundredths (size->width_mm), y = to_hundredths (size->height_mm);
  int margins[G_N_ELEMENTS (edges)];
  PvIppSize range;

  /* A page of somebody else is put on the sheet as it is, if it is not larger. */
  if (*name != NULL && fits_on (sheet, x, y)) {
    x = to_hundredths (sheet->width_mm);
    y = to_hundredths (sheet->height_mm);
  }
  if (abs (x - to_hundredths (sheet->width_mm)) > PV_IPP_SIZE_TOLERANCE
      || !pv_ipp_media_choose (sizes, x, y, *name == NULL, &range, &x, &y)) {
    g_set_error (error, PV_PRINT_ERROR, PV_PRINT_ERROR_MEDIA, "the printer has no paper of %d x %d", x, y);
    return FALSE;
  }
  for (gsize i = 0; i < G_N_ELEMENTS (edges); i++) {
    if (!pv_ipp_media_choose_margin (attributes, edges[i], to_hundredths (owns_mm[i]), &margins[i])) {
      g_set_error (error, PV_PRINT_ERROR, PV_PRINT_ERROR_MEDIA, "the printer leaves %d blank at the %s edge",
                   margins[i], edges[i]);
      return FALSE;
    }
  }
  add_scaling (job, attributes);
  if (*name == NULL && is_queue)
    return add_name (job, &range, x, y, error);
  if (*name != NULL)
    ippAddString (job, IPP_TAG_JOB, IPP_TAG_KEYWORD, "media", NULL, *name);
  else
    add_col (job, x, y, margins);
  return TRUE;
}
