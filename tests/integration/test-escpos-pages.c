/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the printer service prints on a thermal printer without IPP is, as a picture, the page that was laid out, as far as the
 * head reaches: on each roll, in French and Arabic, through a real CUPS, our filter and our backend. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "platform/language.h"
#include "print/receipt-pdf.h"

#include "escpos-rig.h"
#include "printer-rig.h"

#include "picture-qr.h"

/* Millimetres: CUPS rounds to points, an edge of ink falls on one dot or the next. */
#define MAX_MM 0.5
/* Of the dots of ink: drawn by another program. */
#define MAX_SHARE 0.01
#define DPI       "203"

static const struct {
  PvPrintMedia media;
  guint width_mm, dots;
} rolls[] = {
  { PV_PRINT_MEDIA_ROLL_58MM, 58, 384 },
  { PV_PRINT_MEDIA_ROLL_80MM, 80, 576 },
  { PV_PRINT_MEDIA_ROLL_112MM, 112, 832 },
};
static const char *const languages[] = { "fr", "ar" };

static GBytes *
lay_out (PvPrintMedia media, const char *language)
{
  PvReceipt receipt = sample_receipt_in (language);
  GBytes *pdf;

  pv_language_set (language);
  pdf = pv_receipt_render_pdf (&receipt, media, NULL);
  pv_language_set ("en");
  sample_clear (&receipt);
  assert_non_null (pdf);
  return pdf;
}

/* Gray, one byte a dot; takes @pixels. */
static Picture
new_picture (guint8 *pixels, guint width, guint height)
{
  GBytes *file = g_bytes_new_take (pixels, (gsize) width * height);

  return (Picture){ .width = width, .height = height, .pixels = pixels, .file = file };
}

static Picture
get_paper (PvDemoRollDevice *printer)
{
  g_autoptr (PvDemoRollSheet) sheet = pv_demo_roll_device_dup_sheet (printer);
  guint8 *pixels;

  assert_non_null (sheet);
  pixels = g_malloc ((gsize) sheet->width * sheet->lines);
  for (guint y = 0; y < sheet->lines; y++)
    for (guint x = 0; x < sheet->width; x++)
      pixels[(gsize) y * sheet->width + x] = pv_demo_roll_sheet_is_black (sheet, x, y) ? 0 : 255;
  return new_picture (pixels, sheet->width, sheet->lines);
}

/* What is in the middle of it, in front of the head; there is no ink beside. */
static Picture
get_in_front_of_head (const Picture *page, guint dots)
{
  guint left = (page->width - dots) / 2;
  PictureBox ink = picture_get_ink (page);
  guint8 *pixels = g_malloc ((gsize) dots * page->height);

  assert_true (page->width >= dots && ink.left >= left && ink.right <= left + dots);
  for (guint y = 0; y < page->height; y++)
    memcpy (pixels + (gsize) y * dots, page->pixels + (gsize) y * page->width + left, dots);
  return new_picture (pixels, dots, page->height);
}

static gboolean
is_the_same (const PictureDifference *d)
{
  return fabs (d->width) <= MAX_MM && fabs (d->height) <= MAX_MM && fabs (d->left) <= MAX_MM
         && fabs (d->right) <= MAX_MM && fabs (d->top) <= MAX_MM && fabs (d->bottom) <= MAX_MM && d->share <= MAX_SHARE;
}

/* A developer may look at the paper: PV_TEST_KEEP names a folder. */
static void
keep (const Picture *paper, guint width_mm, const char *language)
{
  g_autoptr (GString) file = g_string_new (NULL);
  g_autofree char *path = NULL;

  if (g_getenv ("PV_TEST_KEEP") == NULL)
    return;
  path = g_strdup_printf ("%s/escpos-%u-%s.pgm", g_getenv ("PV_TEST_KEEP"), width_mm, language);
  g_string_append_printf (file, "P5 %u %u 255\n", paper->width, paper->height);
  g_string_append_len (file, (const char *) paper->pixels, (gssize) paper->width * paper->height);
  g_file_set_contents (path, file->str, (gssize) file->len, NULL);
}

/* Returns: whether what came out is what was laid out */
static gboolean
print_and_compare (EscposQueue *queue, Kiosk *kiosk, gsize roll, const char *language)
{
  g_autoptr (GBytes) pdf = lay_out (rolls[roll].media, language);
  guint cuts = pv_demo_roll_device_count_cuts (queue->printer);
  g_autofree char *code = NULL;
  Picture page = { 0 }, intended, paper;
  PictureDifference d;

  g_array_set_size (kiosk->told, 0);
  print_bytes (kiosk, SESSION, language, pdf, NULL);
  assert_true (wait_for_state (kiosk, PV_PRINT_DONE, WAIT_MS));
  assert_int_equal (pv_demo_roll_device_count_cuts (queue->printer), cuts + 1);
  assert_int_equal (pv_demo_roll_device_count_strange (queue->printer), 0);
  assert_true (picture_render_at (pdf, 1, DPI, &page));
  intended = get_in_front_of_head (&page, rolls[roll].dots);
  paper = get_paper (queue->printer);
  keep (&paper, rolls[roll].width_mm, language);
  d = picture_compare (&intended, &paper, ESCPOS_DPI);
  printf ("# %3u mm %s: size %+.2f x %+.2f mm; ink left %+.2f top %+.2f right %+.2f bottom %+.2f mm; %.3f %% of dots "
          "differ\n",
          rolls[roll].width_mm, language, d.width, d.height, d.left, d.top, d.right, d.bottom, d.share * 100);
  /* Its modules are what a phone reads. */
  code = picture_read_qr (&paper);
  assert_non_null (code);
  assert_string_equal (code, "https://demarches.montclair.example/code/BCDFGHJK/");
  picture_clear (&page);
  picture_clear (&intended);
  picture_clear (&paper);
  return is_the_same (&d);
}

static void
each_roll_bears_what_was_laid_out_in_french_and_arabic (void **state)
{
  guint n_different = 0;

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rolls); i++) {
    EscposQueue *queue = escpos_queue_new (rolls[i].width_mm, rolls[i].dots);
    g_autofree char *lines = g_strdup_printf ("queue=roll\nmedia=%s", pv_print_media_to_string (rolls[i].media));
    Kiosk *kiosk = kiosk_new (lines, queue->socket);

    assert_true (wait_until_available (kiosk, TRUE));
    for (gsize k = 0; k < G_N_ELEMENTS (languages); k++)
      n_different += !print_and_compare (queue, kiosk, i, languages[k]);
    assert_true (end_session (kiosk, SESSION));
    kiosk_free (kiosk);
    escpos_queue_free (queue);
  }
  assert_int_equal (n_different, 0);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (each_roll_bears_what_was_laid_out_in_french_and_arabic),
  };

  tst_init ();
  pv_language_start ();
  if (!escpos_queue_is_possible ()) {
    fputs ("1..0 # SKIP no CUPS with its filters\n", stdout);
    return 0;
  }
  return cmocka_run_group_tests (tests, NULL, NULL);
}
