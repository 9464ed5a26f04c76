/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/colour.h"

#include <math.h>

gboolean
pv_colour_parse (const char *text, guint32 *ret_rgb)
{
  guint32 rgb = 0;

  g_return_val_if_fail (text != NULL && ret_rgb != NULL, FALSE);

  if (text[0] != '#')
    return FALSE;
  for (int i = 1; i <= 6; i++) {
    if (!g_ascii_isxdigit (text[i]))
      return FALSE;
    rgb = rgb << 4 | (guint32) g_ascii_xdigit_value (text[i]);
  }
  if (text[7] != '\0')
    return FALSE;
  *ret_rgb = rgb;
  return TRUE;
}

/* WCAG 2.1, "relative luminance" (with the threshold of sRGB as it stands there). */
static double
get_luminance (guint32 rgb)
{
  static const double weights[] = { 0.2126, 0.7152, 0.0722 };
  double sum = 0;

  for (int i = 0; i < 3; i++) {
    double part = (rgb >> (16 - 8 * i) & 0xff) / 255.0;

    sum += weights[i] * (part <= 0.03928 ? part / 12.92 : pow ((part + 0.055) / 1.055, 2.4));
  }
  return sum;
}

double
pv_colour_get_contrast (guint32 a_rgb, guint32 b_rgb)
{
  double a = get_luminance (a_rgb), b = get_luminance (b_rgb);

  return (MAX (a, b) + 0.05) / (MIN (a, b) + 0.05);
}
