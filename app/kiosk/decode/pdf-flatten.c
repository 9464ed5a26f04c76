/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* ISO 32000-1, 12.5.5: how the appearance of an annotation is placed on its page. */

#include "kiosk/decode/pdf-clean-private.h"

#include <math.h>
#include <string.h>

enum {
  FLAG_HIDDEN = 1 << 1,
  FLAG_NO_VIEW = 1 << 5,
};

static gboolean
read_numbers (qpdf_data pdf, qpdf_oh array, int n, double *ret_numbers)
{
  if (!qpdf_oh_is_array (pdf, array) || qpdf_oh_get_array_n_items (pdf, array) != n)
    return FALSE;
  for (int i = 0; i < n; i++) {
    qpdf_oh item = qpdf_oh_get_array_item (pdf, array, i);

    if (!qpdf_oh_is_number (pdf, item))
      return FALSE;
    ret_numbers[i] = qpdf_oh_get_numeric_value (pdf, item);
    if (!isfinite (ret_numbers[i]))
      return FALSE;
  }
  return TRUE;
}

/* The one for its state, where there are several. */
static qpdf_oh
get_appearance (qpdf_data pdf, qpdf_oh note)
{
  qpdf_oh normal = qpdf_oh_get_key_if_dict (pdf, qpdf_oh_get_key_if_dict (pdf, note, "/AP"), "/N");
  qpdf_oh state = qpdf_oh_get_key (pdf, note, "/AS");

  if (qpdf_oh_is_dictionary (pdf, normal) && qpdf_oh_is_name (pdf, state))
    return qpdf_oh_get_key (pdf, normal, qpdf_oh_get_name (pdf, state));
  return normal;
}

static gboolean
is_seen (qpdf_data pdf, qpdf_oh note)
{
  qpdf_oh flags = qpdf_oh_get_key_if_dict (pdf, note, "/F");
  const int bits = qpdf_oh_is_integer (pdf, flags) ? qpdf_oh_get_int_value_as_int (pdf, flags) : 0;

  return qpdf_oh_is_dictionary (pdf, note) && (bits & (FLAG_HIDDEN | FLAG_NO_VIEW)) == 0
         && !qpdf_oh_is_name_and_equals (pdf, qpdf_oh_get_key (pdf, note, "/Subtype"), "/Popup");
}

/* The smallest box around @box after @matrix. */
static void
transform (const double matrix[6], const double box[4], double ret_box[4])
{
  for (int i = 0; i < 4; i++) {
    const double x = box[i % 2 * 2], y = box[i / 2 * 2 + 1];
    const double to_x = matrix[0] * x + matrix[2] * y + matrix[4], to_y = matrix[1] * x + matrix[3] * y + matrix[5];

    ret_box[0] = i == 0 ? to_x : MIN (ret_box[0], to_x);
    ret_box[1] = i == 0 ? to_y : MIN (ret_box[1], to_y);
    ret_box[2] = i == 0 ? to_x : MAX (ret_box[2], to_x);
    ret_box[3] = i == 0 ? to_y : MAX (ret_box[3], to_y);
  }
}

static void
append_number (GString *content, double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  /* A PDF knows no exponents. */
  g_string_append_printf (content, "%s ", g_ascii_formatd (text, sizeof text, "%.5f", number));
}

/* FALSE: it cannot be placed. */
static gboolean
append_placed (qpdf_data pdf, qpdf_oh note, qpdf_oh appearance, const char *name, GString *content)
{
  qpdf_oh dictionary = qpdf_oh_get_dict (pdf, appearance);
  double matrix[6] = { 1, 0, 0, 1, 0, 0 };
  double place[4], box[4], from[4];
  double across, down;

  if (!read_numbers (pdf, qpdf_oh_get_key (pdf, note, "/Rect"), 4, place)
      || !read_numbers (pdf, qpdf_oh_get_key (pdf, dictionary, "/BBox"), 4, box))
    return FALSE;
  read_numbers (pdf, qpdf_oh_get_key (pdf, dictionary, "/Matrix"), 6, matrix);
  transform (matrix, box, from);
  if (!(from[2] - from[0] > 0) || !(from[3] - from[1] > 0))
    return FALSE;
  across = fabs (place[2] - place[0]) / (from[2] - from[0]);
  down = fabs (place[3] - place[1]) / (from[3] - from[1]);
  g_string_append (content, "q ");
  append_number (content, across);
  g_string_append (content, "0 0 ");
  append_number (content, down);
  append_number (content, MIN (place[0], place[2]) - from[0] * across);
  append_number (content, MIN (place[1], place[3]) - from[1] * down);
  g_string_append_printf (content, "cm %s Do Q\n", name);
  return TRUE;
}

static qpdf_oh
new_stream (qpdf_data pdf, const char *text)
{
  qpdf_oh stream = qpdf_oh_new_stream (pdf);

  qpdf_oh_replace_stream_data (pdf, stream, (const unsigned char *) text, strlen (text), qpdf_oh_new_null (pdf),
                               qpdf_oh_new_null (pdf));
  return stream;
}

/* What was there is put between q and Q: it may leave a state behind. */
static void
add_content (qpdf_data pdf, qpdf_oh page, GString *content)
{
  qpdf_oh old = qpdf_oh_get_key (pdf, page, "/Contents");
  qpdf_oh all = qpdf_oh_new_array (pdf);

  g_string_prepend (content, "\nQ\n");
  qpdf_oh_append_item (pdf, all, new_stream (pdf, "q\n"));
  if (qpdf_oh_is_array (pdf, old)) {
    for (int i = 0; i < qpdf_oh_get_array_n_items (pdf, old); i++)
      qpdf_oh_append_item (pdf, all, qpdf_oh_get_array_item (pdf, old, i));
  } else if (qpdf_oh_is_stream (pdf, old)) {
    qpdf_oh_append_item (pdf, all, old);
  }
  qpdf_oh_append_item (pdf, all, new_stream (pdf, content->str));
  qpdf_oh_replace_key (pdf, page, "/Contents", all);
}

static qpdf_oh
get_or_make (qpdf_data pdf, qpdf_oh dictionary, const char *key)
{
  qpdf_oh there = qpdf_oh_get_key (pdf, dictionary, key);

  if (qpdf_oh_is_dictionary (pdf, there))
    return there;
  there = qpdf_oh_new_dictionary (pdf);
  qpdf_oh_replace_key (pdf, dictionary, key, there);
  return qpdf_oh_get_key (pdf, dictionary, key);
}

void
pv_pdf_flatten_page (qpdf_data pdf, qpdf_oh page, guint number)
{
  qpdf_oh notes = qpdf_oh_get_key (pdf, page, "/Annots");
  const int n =
    qpdf_oh_is_array (pdf, notes) ? MIN (qpdf_oh_get_array_n_items (pdf, notes), PV_PDF_CLEAN_MAX_NOTES) : 0;
  g_autoptr (GString) content = g_string_new (NULL);

  for (int i = 0; i < n; i++) {
    qpdf_oh note = qpdf_oh_get_array_item (pdf, notes, i);
    qpdf_oh appearance = is_seen (pdf, note) ? get_appearance (pdf, note) : qpdf_oh_new_null (pdf);
    g_autofree char *name = g_strdup_printf ("/PvNote%u_%d", number, i);

    if (!qpdf_oh_is_stream (pdf, appearance) || !append_placed (pdf, note, appearance, name, content))
      continue;
    qpdf_oh_replace_key (pdf, qpdf_oh_get_dict (pdf, appearance), "/Subtype", qpdf_oh_new_name (pdf, "/Form"));
    qpdf_oh_replace_key (pdf, get_or_make (pdf, get_or_make (pdf, page, "/Resources"), "/XObject"), name, appearance);
  }
  if (content->len > 0)
    add_content (pdf, page, content);
}
