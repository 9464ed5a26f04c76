/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a phone sent, through parvis-decode: what is on it arrives, and nothing else. */

#include "scan-rig.h"

#include <string.h>

#include "documents.h"
#include "pictures.h"

static void
take_types (Rig *rig, const char *const *types)
{
  g_strfreev (rig->rules->mime_types);
  rig->rules->mime_types = g_strdupv ((char **) types);
}

static gboolean
has (GBytes *bytes, const char *text)
{
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);

  return memmem (data, size, text, strlen (text)) != NULL;
}

static void
expect_picture (Rig *rig)
{
  if (rig->picture == NULL)
    rig_wait_picture (rig);
}

static void
takes_photos_and_pictures (void **state)
{
  static const char *const takes[] = { "image/jpeg", "application/pdf", NULL };
  Rig *rig = *state;

  take_types (rig, takes);
  for (guint i = 0; i < 2 + FAKE_N_PNGS; i++) {
    g_autoptr (GBytes) upload =
      i < 2 ? fake_picture_new (i == 0 ? FAKE_JPEG : FAKE_JPEG_PROGRESSIVE, 300, 400) : fake_png_new (i - 2, 300, 400);

    rig_import (rig, upload);
    if (rig->document == NULL)
      fail_msg ("picture %u: trouble %d", i, (int) rig_last (rig)->trouble);
    assert_int_equal (g_array_index (rig->reports, PvCaptureReport, 0).state, PV_CAPTURE_RECEIVING);
    assert_string_equal (rig->document->content_type, "image/jpeg");
    expect_picture (rig);
    assert_int_equal (rig->picture->width, 300);
    assert_int_equal (rig->picture->height, 400);
  }
}

static void
makes_a_pdf_of_a_photo_where_only_that_is_taken (void **state)
{
  static const char *const takes[] = { "application/pdf", NULL };
  static const char *const info[] = { "pdfinfo", "{}", NULL };
  Rig *rig = *state;
  g_autoptr (GBytes) upload = fake_picture_new (FAKE_JPEG, 1200, 900);
  g_autofree char *told = NULL;

  take_types (rig, takes);
  rig_import (rig, upload);
  assert_non_null (rig->document);
  assert_string_equal (rig->document->content_type, "application/pdf");
  told = rig_ask (rig, info);
  assert_non_null (strstr (told, "Pages:           1\n"));
  assert_non_null (strstr (told, "Page size:       793.7 x 595.28 pts")); /* within A4, on its side */
}

static void
makes_a_png_where_only_that_is_taken (void **state)
{
  static const char *const takes[] = { "image/png", NULL };
  Rig *rig = *state;
  g_autoptr (GBytes) upload = fake_picture_new (FAKE_JPEG, 120, 90);

  take_types (rig, takes);
  rig_import (rig, upload);
  assert_non_null (rig->document);
  assert_string_equal (rig->document->content_type, "image/png");
}

/* The quarters are red, green; blue, white. */
static void
turns_photos_as_they_were_held (void **state)
{
  static const guint32 upper_left[] = {
    0xFF0000, 0x00FF00, 0xFFFFFF, 0x0000FF, 0xFF0000, 0x0000FF, 0xFFFFFF, 0x00FF00
  };
  static const guint32 upper_right[] = {
    0x00FF00, 0xFF0000, 0x0000FF, 0xFFFFFF, 0x0000FF, 0xFF0000, 0x00FF00, 0xFFFFFF
  };
  Rig *rig = *state;
  g_autoptr (GBytes) plain = fake_picture_new (FAKE_JPEG, 320, 400);

  for (guint orientation = 1; orientation <= 8; orientation++) {
    g_autoptr (GBytes) photo = fake_exif_new (plain, orientation, orientation % 2 == 0);

    rig_import (rig, photo);
    assert_non_null (rig->document);
    expect_picture (rig);
    assert_int_equal (rig->picture->width, orientation <= 4 ? 320 : 400);
    for (guint i = 0; i < 2; i++) {
      guint32 pixel = rig_pixel (rig, i == 0 ? 40 : rig->picture->width - 40, 40);
      guint32 expected = i == 0 ? upper_left[orientation - 1] : upper_right[orientation - 1];

      if ((pixel & 0x808080) != (expected & 0x808080))
        fail_msg ("orientation %u: %06x, expected %06x", orientation, pixel, expected);
    }
    assert_false (has (rig->document->content, "48.1975N"));
    assert_false (has (rig->document->content, "Exif"));
  }
}

static void
makes_large_photos_smaller (void **state)
{
  static const char *const takes[] = { "image/jpeg", NULL };
  Rig *rig = *state;
  g_autoptr (GBytes) upload = fake_picture_new (FAKE_JPEG, 4000, 3000);

  take_types (rig, takes);
  rig->rules->max_bytes = 60 * 1000;
  rig_import (rig, upload);
  assert_non_null (rig->document);
  assert_true (g_bytes_get_size (rig->document->content) <= 60 * 1000);
  rig->rules->max_bytes = 500;
  rig_import (rig, upload);
  rig_expect_trouble (rig, PV_CAPTURE_TROUBLE_TOO_LARGE);
}

static void
takes_a_pdf (void **state)
{
  static const char *const text[] = { "pdftotext", "{}", "-", NULL };
  Rig *rig = *state;
  g_autoptr (GBytes) upload = fake_pdf_new (FAKE_PDF_PLAIN, 3);
  g_autofree char *told = NULL;

  rig_import (rig, upload);
  assert_non_null (rig->document);
  assert_string_equal (rig->document->content_type, "application/pdf");
  assert_string_equal (rig->document->filename, "document-1.pdf");
  assert_int_equal (rig->document->n_pages, 3);
  told = rig_ask (rig, text);
  assert_non_null (strstr (told, "Bonjour"));
}

/* (transfer full): all pages, as pixels */
static GBytes *
draw_pages (GBytes *pdf)
{
  static const char *const argv[] = { "pdftoppm", "-r", "60", "-", NULL };
  g_autoptr (GSubprocess) process =
    g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL);
  GBytes *pixels = NULL;

  assert_non_null (process);
  assert_true (g_subprocess_communicate (process, pdf, NULL, &pixels, NULL, NULL));
  assert_true (g_subprocess_get_successful (process));
  return pixels;
}

/* The portal's invoice goes this way to the printer. */
static void
a_pdf_looks_as_it_did (void **state)
{
  Rig *rig = *state;
  g_autoptr (GBytes) upload = fake_pdf_new (FAKE_PDF_PLAIN, 3);
  g_autoptr (GBytes) before = draw_pages (upload), after = NULL;

  rig_import (rig, upload);
  assert_non_null (rig->document);
  after = draw_pages (rig->document->content);
  assert_true (g_bytes_get_size (before) > 10000);
  assert_true (g_bytes_equal (before, after));
}

static void
leaves_behind_what_runs_in_a_pdf (void **state)
{
  static const char *const info[] = { "pdfinfo", "{}", NULL };
  static const char *const attached[] = { "pdfdetach", "-list", "{}", NULL };
  static const char *const words[] = { "JavaScript", "alert",    "OpenAction", "/AA",      "evil",
                                       "Launch",     "Embedded", "/Names",     "Filespec", "Annot" };
  Rig *rig = *state;
  g_autoptr (GBytes) upload = fake_pdf_new (FAKE_PDF_JAVASCRIPT, 2);
  g_autofree char *told = NULL;
  g_autofree char *files = NULL;

  rig_import (rig, upload);
  assert_non_null (rig->document);
  told = rig_ask (rig, info);
  assert_non_null (strstr (told, "JavaScript:      no\n"));
  assert_non_null (strstr (told, "Pages:           2\n"));
  files = rig_ask (rig, attached);
  assert_string_equal (files, "0 embedded files\n");
  for (guint i = 0; i < G_N_ELEMENTS (words); i++) {
    assert_true (has (upload, words[i]));
    if (has (rig->document->content, words[i]))
      fail_msg ("%s is still there", words[i]);
  }
}

static void
leaves_behind_what_a_pdf_tells_of_people (void **state)
{
  static const char *const words[] = { "canary-author", "canary-creator", "canary-xmp", "canary-piece", "48.1975N" };
  static const char *const info[] = { "pdfinfo", "{}", NULL };
  Rig *rig = *state;
  g_autoptr (GBytes) upload = fake_pdf_new (FAKE_PDF_METADATA, 1);
  g_autofree char *told = NULL;

  rig_import (rig, upload);
  assert_non_null (rig->document);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++) {
    assert_true (has (upload, words[i]));
    if (has (rig->document->content, words[i]))
      fail_msg ("%s is still there", words[i]);
  }
  told = rig_ask (rig, info);
  assert_non_null (strstr (told, "Metadata Stream: no\n"));
  assert_null (strstr (told, "Date:"));
}

/* What was filled in is seen; the field itself, what was hidden, and a link are gone. */
static void
keeps_what_was_filled_in (void **state)
{
  static const char *const text[] = { "pdftotext", "{}", "-", NULL };
  static const char *const info[] = { "pdfinfo", "{}", NULL };
  Rig *rig = *state;
  g_autoptr (GBytes) upload = fake_pdf_new (FAKE_PDF_FORM, 2);
  g_autofree char *told = NULL;
  g_autofree char *facts = NULL;

  rig_import (rig, upload);
  assert_non_null (rig->document);
  told = rig_ask (rig, text);
  assert_non_null (strstr (told, "REMPLI"));
  assert_non_null (strstr (told, "Bonjour"));
  facts = rig_ask (rig, info);
  assert_non_null (strstr (facts, "Form:            none\n"));
  assert_false (has (rig->document->content, "canary-note"));
  assert_false (has (rig->document->content, "canary-link"));
}

static GBytes *
cut (GBytes *whole)
{
  return g_bytes_new_from_bytes (whole, 0, g_bytes_get_size (whole) * 3 / 4);
}

static void
tells_why_it_takes_something_not (void **state)
{
  static const char *const pictures[] = { "image/jpeg", NULL };
  static const char *const pdfs[] = { "application/pdf", NULL };
  static const char *const texts[] = { "text/plain", NULL };
  Rig *rig = *state;
  g_autoptr (GBytes) jpeg = fake_picture_new (FAKE_JPEG, 300, 400);
  g_autoptr (GBytes) png = fake_png_new (FAKE_PNG_RGB, 300, 400);
  g_autoptr (GBytes) pdf = fake_pdf_new (FAKE_PDF_PLAIN, 3);
  struct {
    GBytes *upload;
    const char *const *types;
    guint max_pages;
    PvCaptureTrouble trouble;
  } rows[] = {
    { fake_heic_new (), NULL, 20, PV_CAPTURE_TROUBLE_TYPE },
    { g_bytes_new_static ("PK\3\4 a letter", 14), NULL, 20, PV_CAPTURE_TROUBLE_TYPE },
    { g_bytes_new_static ("MZ", 2), NULL, 20, PV_CAPTURE_TROUBLE_TYPE },
    { g_bytes_ref (pdf), pictures, 20, PV_CAPTURE_TROUBLE_TYPE },
    { g_bytes_ref (jpeg), texts, 20, PV_CAPTURE_TROUBLE_TYPE },
    { g_bytes_new_static ("", 0), NULL, 20, PV_CAPTURE_TROUBLE_UNREADABLE },
    { cut (jpeg), NULL, 20, PV_CAPTURE_TROUBLE_UNREADABLE },
    { cut (png), NULL, 20, PV_CAPTURE_TROUBLE_UNREADABLE },
    { cut (pdf), NULL, 20, PV_CAPTURE_TROUBLE_UNREADABLE },
    { g_bytes_new_static ("\xFF\xD8\xFF\xE0 no", 7), NULL, 20, PV_CAPTURE_TROUBLE_UNREADABLE },
    { g_bytes_new_static ("%PDF-1.7 no", 11), NULL, 20, PV_CAPTURE_TROUBLE_UNREADABLE },
    { fake_picture_new (FAKE_JPEG_CMYK, 100, 100), NULL, 20, PV_CAPTURE_TROUBLE_UNREADABLE },
    { fake_png_bomb_new (8000, 8000), NULL, 20, PV_CAPTURE_TROUBLE_UNREADABLE },
    { fake_png_bomb_new (0x7FFFFFFF, 0x7FFFFFFF), NULL, 20, PV_CAPTURE_TROUBLE_UNREADABLE },
    { fake_png_bomb_new (4000, 4000), NULL, 20, PV_CAPTURE_TROUBLE_UNREADABLE },
    { fake_pdf_new (FAKE_PDF_ENCRYPTED, 1), pdfs, 20, PV_CAPTURE_TROUBLE_UNREADABLE },
    { fake_pdf_new (FAKE_PDF_LOCKED, 1), pdfs, 20, PV_CAPTURE_TROUBLE_UNREADABLE },
    { fake_pdf_new (FAKE_PDF_PLAIN, 0), pdfs, 20, PV_CAPTURE_TROUBLE_UNREADABLE },
    { g_bytes_ref (pdf), pdfs, 2, PV_CAPTURE_TROUBLE_TOO_MANY_PAGES },
    { fake_pdf_new (FAKE_PDF_PLAIN, 21), NULL, 100, PV_CAPTURE_TROUBLE_TOO_MANY_PAGES },
    { g_bytes_new_take (g_malloc0 (PV_SCAN_MAX_UPLOAD_BYTES + 1), PV_SCAN_MAX_UPLOAD_BYTES + 1), NULL, 20,
      PV_CAPTURE_TROUBLE_TOO_LARGE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    take_types (rig, rows[i].types);
    rig->rules->max_pages = rows[i].max_pages;
    rig_import (rig, rows[i].upload);
    if (rig->document != NULL || rig_last (rig)->state != PV_CAPTURE_FAILED
        || rig_last (rig)->trouble != rows[i].trouble)
      fail_msg ("row %u: trouble %d", i, (int) rig_last (rig)->trouble);
    g_bytes_unref (rows[i].upload);
  }
}

static void
tells_of_a_pdf_that_is_too_large (void **state)
{
  Rig *rig = *state;
  g_autoptr (GBytes) upload = fake_pdf_new (FAKE_PDF_PLAIN, 3);

  rig->rules->max_bytes = 1000;
  rig_import (rig, upload);
  rig_expect_trouble (rig, PV_CAPTURE_TROUBLE_TOO_LARGE);
}

static void
leaving_in_mid_import_ends_the_child (void **state)
{
  Rig *rig = *state;
  g_autoptr (GBytes) upload = fake_picture_new (FAKE_JPEG, 4000, 3000);
  static const PvScanEvents none = { 0 };

  for (guint i = 0; i < 3; i++)
    pv_scan_free (pv_scan_import (rig_program (), upload, rig->rules, &none, NULL));
}

#define IMPORT_TEST(name) cmocka_unit_test_setup_teardown (name, rig_set_up, rig_tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    IMPORT_TEST (takes_photos_and_pictures),
    IMPORT_TEST (makes_a_pdf_of_a_photo_where_only_that_is_taken),
    IMPORT_TEST (makes_a_png_where_only_that_is_taken),
    IMPORT_TEST (turns_photos_as_they_were_held),
    IMPORT_TEST (makes_large_photos_smaller),
    IMPORT_TEST (takes_a_pdf),
    IMPORT_TEST (a_pdf_looks_as_it_did),
    IMPORT_TEST (leaves_behind_what_runs_in_a_pdf),
    IMPORT_TEST (leaves_behind_what_a_pdf_tells_of_people),
    IMPORT_TEST (keeps_what_was_filled_in),
    IMPORT_TEST (tells_why_it_takes_something_not),
    IMPORT_TEST (tells_of_a_pdf_that_is_too_large),
    IMPORT_TEST (leaving_in_mid_import_ends_the_child),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
