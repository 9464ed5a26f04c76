/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "print/pdf-file.h"

#include "platform/buffer.h"

#include <math.h>
#include <qpdf/qpdf-c.h>
#include <string.h>

/* Points by which pages may differ and still be of one size. */
#define SAME_SIZE_PT 0.5
/* More is not of our making: a paper has a few tags a line. */
enum { MAX_ELEMENTS = 20000, MAX_DEPTH = 8 };

static qpdf_data
open_pdf (gconstpointer data, gsize size, GError **error)
{
  qpdf_data pdf = qpdf_init ();

  qpdf_silence_errors (pdf);
  qpdf_set_suppress_warnings (pdf, QPDF_TRUE);
  /* A file with faults is not one that we made. */
  qpdf_set_attempt_recovery (pdf, QPDF_FALSE);
  if ((qpdf_read_memory (pdf, "receipt", data, size, NULL) & QPDF_ERRORS) != 0) {
    qpdf_get_error (pdf); /* else the library speaks up when it is freed */
    g_set_error (error, PV_PRINT_ERROR, PV_PRINT_ERROR_BAD_DATA, "not a PDF");
    qpdf_cleanup (&pdf);
    return NULL;
  }
  return pdf;
}

/* The words that the layout put among the keywords, a line for each code. (transfer full) */
static GStrv
take_alternatives (qpdf_data pdf)
{
  qpdf_oh info = qpdf_oh_get_key (pdf, qpdf_get_trailer (pdf), "/Info");
  qpdf_oh words;
  const char *text;

  if (!qpdf_oh_is_dictionary (pdf, info) || !qpdf_oh_has_key (pdf, info, "/Keywords"))
    return g_new0 (char *, 1);
  words = qpdf_oh_get_key (pdf, info, "/Keywords");
  text = qpdf_oh_is_string (pdf, words) ? qpdf_oh_get_utf8_value (pdf, words) : "";
  if (!g_str_has_prefix (text, PV_PAPER_ALTERNATIVES)) /* of a document from elsewhere */
    return g_new0 (char *, 1);
  return g_strsplit (text + strlen (PV_PAPER_ALTERNATIVES), "\n", -1);
}

typedef struct {
  qpdf_data pdf;
  char **next; /* of the alternatives */
  guint n_elements;
} Walk;

/* In the order of reading. */
static void
describe_figures (Walk *walk, qpdf_oh element, guint depth)
{
  qpdf_data pdf = walk->pdf;
  qpdf_oh kind, kids;

  if (++walk->n_elements > MAX_ELEMENTS || depth > MAX_DEPTH || !qpdf_oh_is_dictionary (pdf, element))
    return;
  kind = qpdf_oh_get_key (pdf, element, "/S");
  if (qpdf_oh_is_name (pdf, kind) && g_str_equal (qpdf_oh_get_name (pdf, kind), "/Figure") && *walk->next != NULL)
    qpdf_oh_replace_key (pdf, element, "/Alt", qpdf_oh_new_unicode_string (pdf, *walk->next++));
  kids = qpdf_oh_get_key (pdf, element, "/K");
  if (!qpdf_oh_is_array (pdf, kids)) {
    describe_figures (walk, kids, depth + 1);
    return;
  }
  for (int i = 0; i < qpdf_oh_get_array_n_items (pdf, kids); i++)
    describe_figures (walk, qpdf_oh_get_array_item (pdf, kids, i), depth + 1);
}

static void
describe (qpdf_data pdf, const char *language)
{
  static const char *const removed[] = { "/Producer", "/Creator", "/CreationDate", "/ModDate", "/Keywords" };
  g_auto (GStrv) alternatives = take_alternatives (pdf);
  Walk walk = { .pdf = pdf, .next = alternatives };
  qpdf_oh root = qpdf_get_root (pdf);
  qpdf_oh preferences = qpdf_oh_new_dictionary (pdf);

  describe_figures (&walk, qpdf_oh_get_key (pdf, root, "/StructTreeRoot"), 0);
  for (gsize i = 0; i < G_N_ELEMENTS (removed); i++)
    qpdf_set_info_key (pdf, removed[i], NULL);
  qpdf_oh_replace_key (pdf, preferences, "/DisplayDocTitle", qpdf_oh_new_bool (pdf, QPDF_TRUE));
  qpdf_oh_replace_key (pdf, root, "/ViewerPreferences", preferences);
  qpdf_oh_replace_key (pdf, root, "/Lang", qpdf_oh_new_unicode_string (pdf, language));
}

GBytes *
pv_pdf_file_finish (GBytes *pdf, const char *language, GError **error)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (pdf, &size);
  qpdf_data file = open_pdf (data, size, error);
  PvBuffer buffer = { 0 };

  if (file == NULL)
    return NULL;
  describe (file, language);
  if ((qpdf_init_write_memory (file) & QPDF_ERRORS) == 0) {
    qpdf_set_deterministic_ID (file, QPDF_TRUE);
    /* Cairo 1.18 packs objects into streams, which old printers cannot read. */
    qpdf_set_object_stream_mode (file, qpdf_o_disable);
    if ((qpdf_write (file) & QPDF_ERRORS) == 0)
      pv_buffer_add (&buffer, (const char *) qpdf_get_buffer (file), qpdf_get_buffer_length (file));
  }
  qpdf_cleanup (&file);
  if (buffer.length == 0) {
    g_set_error (error, PV_PRINT_ERROR, PV_PRINT_ERROR_BROKEN, "cannot write the PDF");
    return NULL;
  }
  return pv_buffer_steal_bytes (&buffer);
}

/* Pages of our making have their own box, from the origin. */
static gboolean
get_page_size (qpdf_data pdf, guint page, double *ret_width, double *ret_height)
{
  qpdf_oh box = qpdf_oh_get_key (pdf, qpdf_get_page_n (pdf, page), "/MediaBox");
  double side[4];

  if (!qpdf_oh_is_array (pdf, box) || qpdf_oh_get_array_n_items (pdf, box) != 4)
    return FALSE;
  for (int i = 0; i < 4; i++) {
    qpdf_oh item = qpdf_oh_get_array_item (pdf, box, i);
    if (!qpdf_oh_is_number (pdf, item))
      return FALSE;
    side[i] = qpdf_oh_get_numeric_value (pdf, item);
  }
  *ret_width = side[2] - side[0];
  *ret_height = side[3] - side[1];
  return *ret_width > 0 && *ret_height > 0;
}

gboolean
pv_pdf_file_measure (GBytes *pdf, PvPdfSize *ret_size, GError **error)
{
  double width = 0, height = 0, other_width, other_height;
  gboolean is_right;
  qpdf_data file;
  gsize size;
  gconstpointer data = g_bytes_get_data (pdf, &size);
  int n_pages;

  if (size > PV_PDF_MAX_BYTES) {
    g_set_error (error, PV_PRINT_ERROR, PV_PRINT_ERROR_TOO_LARGE, "PDF of %" G_GSIZE_FORMAT " bytes", size);
    return FALSE;
  }
  file = open_pdf (data, size, error);
  if (file == NULL)
    return FALSE;
  n_pages = qpdf_get_num_pages (file);
  is_right = n_pages > 0 && n_pages <= PV_PDF_MAX_PAGES && get_page_size (file, 0, &width, &height);
  for (int page = 1; is_right && page < n_pages; page++)
    is_right = get_page_size (file, (guint) page, &other_width, &other_height)
               && fabs (width - other_width) < SAME_SIZE_PT && fabs (height - other_height) < SAME_SIZE_PT;
  qpdf_cleanup (&file);
  if (!is_right) {
    g_set_error (error, PV_PRINT_ERROR, PV_PRINT_ERROR_BAD_DATA, "a PDF with %d pages, or of several sizes", n_pages);
    return FALSE;
  }
  ret_size->n_pages = (guint) n_pages;
  ret_size->width_mm = pv_print_pt_to_mm (width);
  ret_size->height_mm = pv_print_pt_to_mm (height);
  return TRUE;
}
