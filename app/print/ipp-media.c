/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "print/ipp-media.h"

#include <stdlib.h>

/* Sizes that are looked at; a laser printer tells some fifty. */
enum { MAX_SIZES = 500 };

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
pv_ipp_media_choose (const GArray *sizes, int x, int y, gboolean can_be_longer, int *ret_x, int *ret_y)
{
  int best = G_MAXINT;

  if (sizes->len == 0) {
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
      *ret_x = near_x;
      *ret_y = near_y;
    }
  }
  return best < G_MAXINT;
}

void
pv_ipp_media_add_col (ipp_t *request, int x, int y)
{
  static const char *const margins[] = { "media-bottom-margin", "media-left-margin", "media-right-margin",
                                         "media-top-margin" };
  ipp_t *size = ippNew ();
  ipp_t *media = ippNew ();

  ippAddInteger (size, IPP_TAG_ZERO, IPP_TAG_INTEGER, "x-dimension", x);
  ippAddInteger (size, IPP_TAG_ZERO, IPP_TAG_INTEGER, "y-dimension", y);
  ippAddCollection (media, IPP_TAG_ZERO, "media-size", size);
  for (gsize i = 0; i < G_N_ELEMENTS (margins); i++)
    ippAddInteger (media, IPP_TAG_ZERO, IPP_TAG_INTEGER, margins[i], 0);
  ippAddCollection (request, IPP_TAG_JOB, "media-col", media);
  ippDelete (size);
  ippDelete (media);
}
