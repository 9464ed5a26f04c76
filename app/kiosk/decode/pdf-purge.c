/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/decode/jpeg-strip.h"
#include "kiosk/decode/pdf-clean-private.h"

#include <stdlib.h>

static const char *const unwanted[] = {
  "/AA",       "/AF",    "/Annots", "/EF",         "/EmbeddedFiles", "/JS",  "/JavaScript", "/LastModified", "/Launch",
  "/Metadata", "/Names", "/OPI",    "/OpenAction", "/PieceInfo",     "/Ref", "/URI",        "/XFA",          NULL,
};

static gboolean walk (qpdf_data pdf, qpdf_oh object, GHashTable *seen, guint depth);

/* A photo in a PDF still knows where it was taken. */
static void
strip_photo (qpdf_data pdf, qpdf_oh stream)
{
  qpdf_oh filter = qpdf_oh_get_key (pdf, qpdf_oh_get_dict (pdf, stream), "/Filter");
  g_autoptr (GByteArray) stripped = g_byte_array_new ();
  unsigned char *data = NULL;
  size_t length = 0;

  if (qpdf_oh_is_array (pdf, filter) && qpdf_oh_get_array_n_items (pdf, filter) == 1)
    filter = qpdf_oh_get_array_item (pdf, filter, 0);
  if (!qpdf_oh_is_name_and_equals (pdf, filter, "/DCTDecode"))
    return;
  if ((qpdf_oh_get_stream_data (pdf, stream, qpdf_dl_none, NULL, &data, &length) & QPDF_ERRORS) == 0
      && pv_jpeg_strip (data, length, stripped))
    qpdf_oh_replace_stream_data (pdf, stream, stripped->data, stripped->len, filter, qpdf_oh_new_null (pdf));
  free (data);
}

static gboolean
walk_dictionary (qpdf_data pdf, qpdf_oh dictionary, GHashTable *seen, guint depth)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; unwanted[i] != NULL; i++)
    qpdf_oh_remove_key (pdf, dictionary, unwanted[i]);
  qpdf_oh_begin_dict_key_iter (pdf, dictionary);
  while (qpdf_oh_dict_more_keys (pdf))
    g_ptr_array_add (keys, g_strdup (qpdf_oh_dict_next_key (pdf)));
  for (guint i = 0; i < keys->len; i++) {
    const char *key = g_ptr_array_index (keys, i);

    if (g_strcmp0 (key, "/Parent") != 0 && !walk (pdf, qpdf_oh_get_key (pdf, dictionary, key), seen, depth + 1))
      return FALSE;
  }
  return TRUE;
}

/* Those that are not indirect cannot be told apart, and cannot lie in themselves either. */
static gboolean
is_new (qpdf_data pdf, qpdf_oh object, GHashTable *seen)
{
  return !qpdf_oh_is_indirect (pdf, object)
         || g_hash_table_add (seen, GINT_TO_POINTER (qpdf_oh_get_object_id (pdf, object)));
}

static gboolean
walk (qpdf_data pdf, qpdf_oh object, GHashTable *seen, guint depth)
{
  gboolean is_fine = TRUE;

  if (depth > PV_PDF_CLEAN_MAX_DEPTH || g_hash_table_size (seen) > PV_PDF_CLEAN_MAX_OBJECTS)
    return FALSE;
  if (is_new (pdf, object, seen)) {
    if (qpdf_oh_is_dictionary (pdf, object)) {
      is_fine = walk_dictionary (pdf, object, seen, depth);
    } else if (qpdf_oh_is_stream (pdf, object)) {
      is_fine = walk_dictionary (pdf, qpdf_oh_get_dict (pdf, object), seen, depth);
      strip_photo (pdf, object);
    } else if (qpdf_oh_is_array (pdf, object)) {
      const int n = qpdf_oh_get_array_n_items (pdf, object);

      for (int i = 0; i < n && is_fine; i++)
        is_fine = walk (pdf, qpdf_oh_get_array_item (pdf, object, i), seen, depth + 1);
    }
  }
  qpdf_oh_release (pdf, object);
  return is_fine;
}

gboolean
pv_pdf_purge (qpdf_data pdf, qpdf_oh object, GHashTable *seen)
{
  return walk (pdf, object, seen, 0);
}
