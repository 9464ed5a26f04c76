/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/decode/pdf-clean-private.h"

#include <string.h>

static qpdf_data
new_pdf (void)
{
  qpdf_data pdf = qpdf_init ();

  qpdf_silence_errors (pdf);
  qpdf_set_suppress_warnings (pdf, QPDF_TRUE);
  qpdf_set_attempt_recovery (pdf, QPDF_FALSE);
  return pdf;
}

/* Else the library speaks up when it is freed. */
static void
free_pdf (qpdf_data *pdf)
{
  if (*pdf == NULL)
    return;
  while (qpdf_has_error (*pdf))
    qpdf_get_error (*pdf);
  qpdf_cleanup (pdf);
}

static PvCaptureTrouble
open_pdf (qpdf_data pdf, const guint8 *data, gsize length, guint max_pages, guint *ret_n_pages)
{
  int n_pages;

  if ((qpdf_read_memory (pdf, "upload", (const char *) data, length, NULL) & QPDF_ERRORS) != 0
      || qpdf_is_encrypted (pdf))
    return PV_CAPTURE_TROUBLE_UNREADABLE;
  n_pages = qpdf_get_num_pages (pdf);
  if (n_pages < 1 || (qpdf_push_inherited_attributes_to_page (pdf) & QPDF_ERRORS) != 0)
    return PV_CAPTURE_TROUBLE_UNREADABLE;
  *ret_n_pages = (guint) n_pages;
  return (guint) n_pages > max_pages ? PV_CAPTURE_TROUBLE_TOO_MANY_PAGES : PV_CAPTURE_TROUBLE_NONE;
}

static gboolean
is_kept (const char *key)
{
  static const char *const kept[] = { "/Type",    "/Parent", "/Resources", "/Contents", "/MediaBox",
                                      "/CropBox", "/Rotate", "/UserUnit",  "/Group",    NULL };

  return g_strv_contains (kept, key);
}

static void
keep_what_is_printed (qpdf_data pdf, qpdf_oh page)
{
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func (g_free);

  qpdf_oh_begin_dict_key_iter (pdf, page);
  while (qpdf_oh_dict_more_keys (pdf)) {
    const char *key = qpdf_oh_dict_next_key (pdf);

    if (!is_kept (key))
      g_ptr_array_add (others, g_strdup (key));
  }
  for (guint i = 0; i < others->len; i++)
    qpdf_oh_remove_key (pdf, page, g_ptr_array_index (others, i));
}

static gboolean
copy_pages (qpdf_data from, qpdf_data to, guint n_pages)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < n_pages; i++) {
    qpdf_oh page = qpdf_get_page_n (from, i);

    if (!qpdf_oh_is_dictionary (from, page))
      return FALSE;
    pv_pdf_flatten_page (from, page, i);
    keep_what_is_printed (from, page);
    if ((qpdf_add_page (to, from, page, QPDF_FALSE) & QPDF_ERRORS) != 0)
      return FALSE;
  }
  for (guint i = 0; i < n_pages; i++)
    if (!pv_pdf_purge (to, qpdf_get_page_n (to, i), seen))
      return FALSE;
  return TRUE;
}

static PvCaptureTrouble
write_pdf (qpdf_data pdf, gsize max_bytes, GByteArray *out)
{
  gsize length;

  qpdf_set_info_key (pdf, "/Producer", "Parvis");
  if ((qpdf_init_write_memory (pdf) & QPDF_ERRORS) != 0)
    return PV_CAPTURE_TROUBLE_UNREADABLE;
  qpdf_set_deterministic_ID (pdf, QPDF_TRUE);
  qpdf_set_object_stream_mode (pdf, qpdf_o_disable);
  qpdf_set_stream_data_mode (pdf, qpdf_s_preserve);
  qpdf_set_minimum_pdf_version (pdf, "1.7"); /* else it writes 1.3, in which nothing is transparent */
  if ((qpdf_write (pdf) & QPDF_ERRORS) != 0)
    return PV_CAPTURE_TROUBLE_UNREADABLE;
  length = qpdf_get_buffer_length (pdf);
  if (length > max_bytes)
    return PV_CAPTURE_TROUBLE_TOO_LARGE;
  g_byte_array_append (out, qpdf_get_buffer (pdf), (guint) length);
  return PV_CAPTURE_TROUBLE_NONE;
}

PvCaptureTrouble
pv_pdf_clean (const guint8 *data, gsize length, guint max_pages, gsize max_bytes, GByteArray *out, guint *ret_n_pages)
{
  qpdf_data from = new_pdf (), to = NULL;
  PvCaptureTrouble trouble = open_pdf (from, data, length, max_pages, ret_n_pages);

  if (trouble == PV_CAPTURE_TROUBLE_NONE) {
    to = new_pdf ();
    trouble = (qpdf_empty_pdf (to) & QPDF_ERRORS) == 0 && copy_pages (from, to, *ret_n_pages)
                ? write_pdf (to, max_bytes, out)
                : PV_CAPTURE_TROUBLE_UNREADABLE;
  }
  /* The new one takes the streams from the old one until it is written. */
  free_pdf (&to);
  free_pdf (&from);
  return trouble;
}
