/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/doctor-facts.h"

#include <linux/input-event-codes.h>
#include <string.h>

/* Bit BIT of "B: ABS=2658000 3": hexadecimal words of the kernel's long, the lowest last. */
static gboolean
has_bit (const char *bits, guint bit)
{
  g_auto (GStrv) words = g_strsplit (bits, " ", -1);
  guint n_words = 0, word = bit / 64;
  guint64 value;

  for (guint i = 0; words[i] != NULL; i++) {
    g_strchomp (words[i]);
    if (*words[i] != '\0')
      n_words = i + 1;
  }
  if (word >= n_words || !g_ascii_string_to_unsigned (words[n_words - 1 - word], 16, 0, G_MAXUINT64, &value, NULL))
    return FALSE;
  return (value >> (bit % 64) & 1) != 0;
}

/* What follows PREFIX at the beginning of a line of the block; NULL: no such line. (transfer full) */
static char *
find_line (char **lines, const char *prefix)
{
  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], prefix))
      return g_strdup (lines[i] + strlen (prefix));
  return NULL;
}

GPtrArray *
pv_facts_find_touch_screens (const char *devices)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) blocks = g_strsplit (devices, "\n\n", -1);

  for (guint i = 0; blocks[i] != NULL; i++) {
    g_auto (GStrv) lines = g_strsplit (blocks[i], "\n", -1);
    g_autofree char *name = find_line (lines, "N: Name="), *properties = find_line (lines, "B: PROP=");
    g_autofree char *axes = find_line (lines, "B: ABS=");

    if (name == NULL || properties == NULL || axes == NULL || !has_bit (properties, INPUT_PROP_DIRECT))
      continue;
    if (has_bit (axes, ABS_X) || has_bit (axes, ABS_MT_POSITION_X))
      g_ptr_array_add (names, g_strdup (g_strdelimit (name, "\"", ' ')));
  }
  for (guint i = 0; i < names->len; i++)
    g_strstrip (names->pdata[i]);
  return names;
}

gboolean
pv_facts_read_edid (const guint8 *edid, gsize size, guint *ret_width_mm, guint *ret_height_mm)
{
  static const guint8 head[] = { 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0 };
  const guint8 *timing = edid + 54; /* the first detailed timing */

  if (size < PV_EDID_BYTES || memcmp (edid, head, sizeof head) != 0)
    return FALSE;
  *ret_width_mm = *ret_height_mm = 0;
  if (timing[0] != 0 || timing[1] != 0) {
    *ret_width_mm = (guint) timing[12] | (guint) (timing[14] & 0xf0) << 4;
    *ret_height_mm = (guint) timing[13] | (guint) (timing[14] & 0x0f) << 8;
  }
  if (*ret_width_mm == 0 || *ret_height_mm == 0) {
    *ret_width_mm = edid[21] * 10u;
    *ret_height_mm = edid[22] * 10u;
  }
  return *ret_width_mm > 0 && *ret_height_mm > 0;
}

char *
pv_facts_find_value (const char *text, const char *group, const char *key)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autofree char *head = g_strdup_printf ("[%s]", group), *start = g_strdup_printf ("%s=", key);
  gboolean is_in_group = FALSE;
  char *value = NULL;

  for (guint i = 0; lines[i] != NULL; i++) {
    const char *line = g_strstrip (lines[i]);

    if (*line == '[')
      is_in_group = strcmp (line, head) == 0;
    else if (is_in_group && g_str_has_prefix (line, start)) {
      g_free (value);
      value = g_strdup (line + strlen (start));
    }
  }
  return value;
}

GStrv
pv_facts_read_lines (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GPtrArray *words = g_ptr_array_new ();

  for (guint i = 0; lines[i] != NULL; i++) {
    const char *line = g_strstrip (lines[i]);

    if (*line != '\0' && *line != '#')
      g_ptr_array_add (words, g_strdup (line));
  }
  g_ptr_array_add (words, NULL);
  return (GStrv) g_ptr_array_free (words, FALSE);
}
