/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The page that arrives at a real IPP printer is, as a picture, the page that was laid out: of the same size, nothing cut,
 * nothing scaled. Directly, through a queue of a real CUPS, and as dots that CUPS' filters draw; on each paper, in French
 * and Arabic. */
#include <cups/raster.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "link/memfd.h"
#include "platform/language.h"
#include "print/pdf-file.h"
#include "print/receipt-pdf.h"

#include "cups-rig.h"

#include "ippeve.h"
#include "picture-qr.h"

/* Millimetres. CUPS rounds to points, of which half a one is 0.18; an edge of ink falls on one dot or the next. */
#define MAX_SIZE_MM 0.5
#define MAX_INK_MM  0.5
/* Of the dots of ink: of the same file drawn by the same program, and of another program. */
#define MAX_SHARE        0.001
#define MAX_RASTER_SHARE 0.01

enum { MAX_RASTER_SIDE = 12000 };

typedef enum { DIRECT, QUEUE, RASTER } Way;

static const struct {
  const char *name;
  double max_share;
} ways[] = {
  [DIRECT] = { "direct", MAX_SHARE }, [QUEUE] = { "queue", MAX_SHARE }, [RASTER] = { "raster", MAX_RASTER_SHARE }
};

static const char *const attributes[] = {
  [PV_PRINT_MEDIA_ROLL_58MM] = "roll58.conf",   [PV_PRINT_MEDIA_ROLL_80MM] = "roll80.conf",
  [PV_PRINT_MEDIA_ROLL_112MM] = "roll112.conf", [PV_PRINT_MEDIA_A4] = "sheets.conf",
  [PV_PRINT_MEDIA_A5] = "sheets.conf",
};
static const char *const languages[] = { "fr", "ar" };

/* One printer, and the service in front of it. */
typedef struct {
  Way way;
  PvPrintMedia media;
  Ippeve *printer;
  Cups *cups; /* (nullable) */
  Kiosk *kiosk;
} Bench;

/* The description of the printer; without PDF for a printer that wants dots. */
static char *
describe_printer (PvPrintMedia media, Way way)
{
  g_autofree char *path = g_build_filename (g_getenv ("PV_TEST_DATA"), "print", attributes[media], NULL);
  g_autofree char *text = NULL, *copy = NULL;
  g_autoptr (GString) changed = NULL;
  int fd;

  if (way != RASTER)
    return g_steal_pointer (&path);
  assert_true (g_file_get_contents (path, &text, NULL, NULL));
  changed = g_string_new (text);
  assert_true (g_string_replace (changed, "application/octet-stream,application/pdf,image/pwg-raster",
                                 "application/octet-stream,image/pwg-raster", 0)
               > 0);
  g_string_replace (changed, "document-format-default application/pdf", "document-format-default image/pwg-raster", 0);
  fd = g_file_open_tmp ("pv-printer-XXXXXX.conf", &copy, NULL);
  assert_true (fd >= 0);
  close (fd);
  assert_true (g_file_set_contents (copy, changed->str, -1, NULL));
  return g_steal_pointer (&copy);
}

static Bench
bench_new (PvPrintMedia media, Way way)
{
  Bench bench = { .way = way, .media = media };
  g_autofree char *description = describe_printer (media, way);
  g_autofree char *lines = NULL;

  g_setenv ("PV_PRINTER_ATTRIBUTES", description, TRUE);
  bench.printer = ippeve_new ();
  assert_non_null (bench.printer);
  if (way == RASTER)
    unlink (description);
  if (way == DIRECT) {
    lines = g_strdup_printf ("uri=%s\nmedia=%s", ippeve_get_uri (bench.printer), pv_print_media_to_string (media));
    bench.kiosk = kiosk_new (lines, NULL);
  } else {
    lines = g_strdup_printf ("media=%s", pv_print_media_to_string (media));
    bench.cups = cups_new (ippeve_get_uri (bench.printer));
    bench.kiosk = kiosk_new_for_cups (bench.cups, lines);
  }
  assert_true (wait_until_available (bench.kiosk, TRUE));
  return bench;
}

static void
bench_clear (Bench *bench)
{
  assert_true (end_session (bench->kiosk, SESSION));
  kiosk_free (bench->kiosk);
  if (bench->cups != NULL)
    cups_free (bench->cups);
  ippeve_free (bench->printer);
}

static GBytes *
lay_out (PvPrintMedia media, const char *language, guint n_more_lines)
{
  PvReceipt receipt = sample_receipt_in (language);
  g_autoptr (GBytes) drawn = NULL;
  GBytes *pdf;

  pv_language_set (language);
  for (guint i = 0; i < n_more_lines; i++)
    sample_add (receipt.lines, "Question", "Réponse");
  drawn = pv_receipt_render_pdf (&receipt, media, NULL);
  pv_language_set ("en");
  sample_clear (&receipt);
  assert_non_null (drawn);
  pdf = pv_pdf_file_finish (drawn, language, NULL);
  assert_non_null (pdf);
  return pdf;
}

/* What the printer got. */
static GBytes *
print (Bench *bench, const char *language, GBytes *pdf)
{
  GBytes *arrived;

  g_array_set_size (bench->kiosk->told, 0);
  print_bytes (bench->kiosk, SESSION, language, pdf, NULL);
  if (!wait_for_state (bench->kiosk, PV_PRINT_DONE, WAIT_MS))
    fail_msg ("%s %s: not printed", ways[bench->way].name, pv_print_media_to_string (bench->media));
  arrived = ippeve_read (bench->printer, "job.pdf");
  assert_non_null (arrived);
  return arrived;
}

/* Size of the sheets that the printer was asked for, in hundredths of a millimetre. */
static void
assert_asked_for (Bench *bench, const PvPdfSize *size)
{
  g_autoptr (GBytes) file = ippeve_read (bench->printer, "job.env");
  g_autofree char *words = g_strndup (g_bytes_get_data (file, NULL), g_bytes_get_size (file));
  const char *asked = strstr (words, "IPP_MEDIA_COL={"), *x, *y;

  if (asked == NULL) { /* a name, which the sheets have */
    assert_false (pv_print_media_is_roll (bench->media));
    assert_non_null (strstr (words, bench->media == PV_PRINT_MEDIA_A5 ? "IPP_MEDIA=iso_a5_" : "IPP_MEDIA=iso_a4_"));
    return;
  }
  x = strstr (asked, "x-dimension=");
  y = strstr (asked, "y-dimension=");
  assert_true (x != NULL && y != NULL);
  assert_float_equal ((float) atoi (x + strlen ("x-dimension=")) / 100, (float) size->width_mm, (float) MAX_SIZE_MM);
  assert_float_equal ((float) atoi (y + strlen ("y-dimension=")) / 100, (float) size->height_mm, (float) MAX_SIZE_MM);
}

/* Gray, one byte a dot. */
static void
read_dots (cups_raster_t *raster, const cups_page_header2_t *header, Picture *picture)
{
  g_autofree guint8 *line = g_malloc (header->cupsBytesPerLine);
  guint8 *pixels = g_malloc ((gsize) header->cupsWidth * header->cupsHeight);
  gboolean is_ink = header->cupsColorSpace == CUPS_CSPACE_K; /* else light */

  assert_true (header->cupsBitsPerPixel == 1 || header->cupsBitsPerPixel == 8);
  for (guint y = 0; y < header->cupsHeight; y++) {
    assert_int_equal (cupsRasterReadPixels (raster, line, header->cupsBytesPerLine), header->cupsBytesPerLine);
    for (guint x = 0; x < header->cupsWidth; x++) {
      guint8 value = header->cupsBitsPerPixel == 8 ? line[x] : line[x / 8] & (0x80 >> x % 8) ? 255 : 0;

      pixels[(gsize) y * header->cupsWidth + x] = is_ink ? 255 - value : value;
    }
  }
  picture->width = header->cupsWidth;
  picture->height = header->cupsHeight;
  picture->pixels = pixels;
  picture->file = g_bytes_new_take (pixels, (gsize) header->cupsWidth * header->cupsHeight);
}

/* Of each page, into @pictures (element-type Picture). Returns: dots an inch */
static guint
read_raster (GBytes *file, GArray *pictures)
{
  int fd = pv_memfd_from_bytes (file, NULL);
  cups_raster_t *raster;
  cups_page_header2_t header;
  guint dpi = 0;

  assert_true (fd >= 0);
  raster = cupsRasterOpen (fd, CUPS_RASTER_READ);
  assert_non_null (raster);
  while (cupsRasterReadHeader2 (raster, &header) != 0) {
    Picture picture;

    assert_true (header.cupsWidth < MAX_RASTER_SIDE && header.cupsHeight < MAX_RASTER_SIDE);
    assert_int_equal (header.HWResolution[0], header.HWResolution[1]);
    dpi = header.HWResolution[0];
    read_dots (raster, &header, &picture);
    g_array_append_val (pictures, picture);
  }
  cupsRasterClose (raster);
  close (fd);
  return dpi;
}

static double
worst_edge (const PictureDifference *d)
{
  return MAX (MAX (fabs (d->left), fabs (d->right)), MAX (fabs (d->top), fabs (d->bottom)));
}

static gboolean
is_the_same (const PictureDifference *d, double max_share)
{
  return fabs (d->width) <= MAX_SIZE_MM && fabs (d->height) <= MAX_SIZE_MM && worst_edge (d) <= MAX_INK_MM
         && d->share <= max_share;
}

static void
tell (const Bench *bench, const char *language, guint page, const PictureDifference *d)
{
  printf ("# %-6s %-10s %s page %u: size %+.2f x %+.2f mm; ink left %+.2f top %+.2f right %+.2f bottom %+.2f mm; "
          "%.3f %% of dots differ\n",
          ways[bench->way].name, pv_print_media_to_string (bench->media), language, page, d->width, d->height, d->left,
          d->top, d->right, d->bottom, d->share * 100);
}

static void
keep (const Bench *bench, const char *language, GBytes *bytes, const char *what)
{
  g_autofree char *name = NULL, *path = NULL;

  if (g_getenv ("PV_TEST_KEEP") == NULL)
    return;
  name = g_strdup_printf ("page-%s-%s-%s-%s", ways[bench->way].name, pv_print_media_to_string (bench->media), language,
                          what);
  path = g_build_filename (g_getenv ("PV_TEST_KEEP"), name, NULL);
  g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), NULL);
}

/* As the printer burns them, the modules of the code still are what a phone reads. */
static void
assert_code_is_read (const Picture *picture)
{
  g_autofree char *text = picture_read_qr (picture);

  assert_non_null (text);
  assert_string_equal (text, "https://demarches.montclair.example/code/BCDFGHJK/");
}

static void
picture_clear_cb (gpointer data)
{
  picture_clear (data);
}

/* Prints and compares, page by page. Returns: number of pages that are not the same */
static guint
count_different_pages (Bench *bench, const char *language, guint n_more_lines)
{
  g_autoptr (GBytes) intended = lay_out (bench->media, language, n_more_lines);
  g_autoptr (GBytes) arrived = print (bench, language, intended);
  g_autoptr (GArray) dots = g_array_new (FALSE, FALSE, sizeof (Picture));
  g_autofree char *dpi = g_strdup (PICTURE_DPI);
  PvPdfSize size;
  guint n_different = 0;

  g_array_set_clear_func (dots, picture_clear_cb);
  keep (bench, language, arrived, "arrived");
  assert_true (pv_pdf_file_measure (intended, &size, NULL));
  assert_asked_for (bench, &size);
  if (bench->way == RASTER) {
    g_free (dpi);
    dpi = g_strdup_printf ("%u", read_raster (arrived, dots));
  } else {
    for (guint page = 1; page <= size.n_pages; page++) {
      Picture picture;

      assert_true (picture_render_at (arrived, page, dpi, &picture));
      g_array_append_val (dots, picture);
    }
  }
  assert_int_equal (dots->len, size.n_pages);
  assert_code_is_read (&g_array_index (dots, Picture, 0));
  for (guint page = 1; page <= size.n_pages; page++) {
    PictureDifference difference;
    Picture picture;

    assert_true (picture_render_at (intended, page, dpi, &picture));
    difference = picture_compare (&picture, &g_array_index (dots, Picture, page - 1), g_ascii_strtod (dpi, NULL));
    tell (bench, language, page, &difference);
    n_different += !is_the_same (&difference, ways[bench->way].max_share);
    picture_clear (&picture);
  }
  return n_different;
}

/* Seconds count: of a paper that is rare, one language says enough about CUPS in a plain run. */
static gboolean
is_rare (PvPrintMedia media, Way way)
{
  return way != DIRECT && g_getenv ("PV_TEST_FULL") == NULL
         && (media == PV_PRINT_MEDIA_ROLL_112MM || media == PV_PRINT_MEDIA_A5);
}

static void
compare_all (Way way)
{
  guint n_different = 0;

  for (guint i = 0; i < PV_PRINT_N_MEDIA; i++) {
    Bench bench = bench_new ((PvPrintMedia) i, way);

    for (gsize k = is_rare ((PvPrintMedia) i, way) ? 1 : 0; k < G_N_ELEMENTS (languages); k++)
      n_different += count_different_pages (&bench, languages[k], 0);
    bench_clear (&bench);
  }
  assert_int_equal (n_different, 0);
}

static void
a_page_arrives_as_it_was_laid_out (void **state)
{
  (void) state;
  compare_all (DIRECT);
}

static void
through_a_queue_too (void **state)
{
  (void) state;
  if (!cups_is_installed ()) {
    printf ("# no CUPS with its filters\n");
    return;
  }
  compare_all (QUEUE);
}

static void
and_as_the_dots_of_a_printer_without_pdf (void **state)
{
  (void) state;
  if (!cups_can_rasterize ()) {
    printf ("# no filter that draws dots\n");
    return;
  }
  compare_all (RASTER);
}

/* What is longer than the printer's sheets: each strip arrives, of one size. Through a queue, too, the limit is known. */
static void
strips_of_a_long_receipt_arrive_alike (void **state)
{
  static const Way both[] = { DIRECT, QUEUE };

  (void) state;
  for (gsize i = 0; i < (cups_is_installed () ? 2U : 1U); i++) {
    Bench bench = bench_new (PV_PRINT_MEDIA_ROLL_58MM, both[i]);
    guint longest = pv_link_printer1_get_longest (bench.kiosk->proxy);

    /* CUPS tells it in points. */
    assert_in_range (longest, 599, 600);
    assert_int_equal (count_different_pages (&bench, "fr", 60), 0);
    pv_print_media_set_longest_mm (longest / 2);
    assert_int_equal (count_different_pages (&bench, "fr", 60), 0);
    pv_print_media_set_longest_mm (0);
    bench_clear (&bench);
  }
}

static gboolean
wait_until_looked_at (Kiosk *kiosk)
{
  gint64 end = g_get_monotonic_time () + WAIT_MS * G_TIME_SPAN_MILLISECOND;

  while (pv_link_printer1_get_reason (kiosk->proxy) == PV_PRINT_REASON_OFFLINE && g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
  return pv_link_printer1_get_reason (kiosk->proxy) != PV_PRINT_REASON_OFFLINE;
}

/* Nothing is sent that would be cut or scaled: the printer has rolls of 58 mm only. */
static void
paper_that_the_printer_has_not_is_not_printed (void **state)
{
  static const PvPrintMedia others[] = { PV_PRINT_MEDIA_ROLL_112MM, PV_PRINT_MEDIA_A4 };
  Bench bench = bench_new (PV_PRINT_MEDIA_ROLL_58MM, DIRECT);

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++) {
    g_autofree char *lines =
      g_strdup_printf ("uri=%s\nmedia=%s", ippeve_get_uri (bench.printer), pv_print_media_to_string (others[i]));
    g_autoptr (GBytes) pdf = lay_out (others[i], "fr", 0);
    Kiosk *kiosk = kiosk_new (lines, NULL);

    /* It is not offered, and not done for whoever asks all the same. */
    assert_true (wait_until_looked_at (kiosk));
    assert_false (pv_link_printer1_get_is_available (kiosk->proxy));
    print_bytes (kiosk, SESSION, "fr", pdf, NULL);
    assert_true (wait_for_state (kiosk, PV_PRINT_FAILED, WAIT_MS));
    assert_null (ippeve_read (bench.printer, "job.pdf"));
    assert_true (end_session (kiosk, SESSION));
    kiosk_free (kiosk);
  }
  bench_clear (&bench);
}

/* Whatever the demo is told to have in its printer. */
static void
the_virtual_printer_of_the_demo_has_every_paper (void **state)
{
  g_autofree char *description =
    g_build_filename (g_getenv ("PV_TEST_DATA"), "../../kiosk-config/virtual-printer.attributes", NULL);
  Ippeve *printer;

  (void) state;
  g_setenv ("PV_PRINTER_ATTRIBUTES", description, TRUE);
  printer = ippeve_new ();
  assert_non_null (printer);
  for (guint i = 0; i < PV_PRINT_N_MEDIA; i++) {
    g_autofree char *lines =
      g_strdup_printf ("uri=%s\nmedia=%s", ippeve_get_uri (printer), pv_print_media_to_string ((PvPrintMedia) i));
    Bench bench = { DIRECT, (PvPrintMedia) i, printer, NULL, kiosk_new (lines, NULL) };

    assert_true (wait_until_available (bench.kiosk, TRUE));
    assert_int_equal (count_different_pages (&bench, "fr", 0), 0);
    assert_true (end_session (bench.kiosk, SESSION));
    kiosk_free (bench.kiosk);
  }
  ippeve_free (printer);
}

/* The comparison itself: half a percent of scale, an edge that was cut, a page of another size. */
static void
the_eye_sees_what_is_scaled_or_cut (void **state)
{
  g_autoptr (GBytes) pdf = lay_out (PV_PRINT_MEDIA_ROLL_58MM, "fr", 0);
  g_autoptr (GBytes) wider = lay_out (PV_PRINT_MEDIA_ROLL_80MM, "fr", 0);
  Picture intended, other;
  PictureDifference difference;
  PictureBox ink;
  guint8 *pixels;

  (void) state;
  assert_true (picture_render (pdf, 1, &intended));
  difference = picture_compare (&intended, &intended, 203.2);
  assert_true (is_the_same (&difference, MAX_SHARE));

  assert_true (picture_render_at (pdf, 1, "202.2", &other));
  difference = picture_compare (&intended, &other, 203.2);
  assert_false (is_the_same (&difference, MAX_RASTER_SHARE));
  picture_clear (&other);

  assert_true (picture_render (wider, 1, &other));
  difference = picture_compare (&intended, &other, 203.2);
  assert_false (is_the_same (&difference, MAX_RASTER_SHARE));
  picture_clear (&other);

  /* A head that is a millimetre too narrow. */
  other = intended;
  ink = picture_get_ink (&intended);
  pixels = g_memdup2 (intended.pixels, (gsize) intended.width * intended.height);
  for (guint y = 0; y < other.height; y++)
    memset (pixels + (gsize) y * other.width + ink.right - PICTURE_DOTS_PER_MM, 255, PICTURE_DOTS_PER_MM);
  other.pixels = pixels;
  difference = picture_compare (&intended, &other, 203.2);
  assert_false (is_the_same (&difference, MAX_RASTER_SHARE));
  g_free (pixels);
  picture_clear (&intended);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_eye_sees_what_is_scaled_or_cut),
    cmocka_unit_test (a_page_arrives_as_it_was_laid_out),
    cmocka_unit_test (strips_of_a_long_receipt_arrive_alike),
    cmocka_unit_test (paper_that_the_printer_has_not_is_not_printed),
    cmocka_unit_test (the_virtual_printer_of_the_demo_has_every_paper),
    cmocka_unit_test (through_a_queue_too),
    cmocka_unit_test (and_as_the_dots_of_a_printer_without_pdf),
  };

  tst_init ();
  pv_language_start ();
  if (!ippeve_is_installed ()) {
    fputs ("1..0 # SKIP no ippeveprinter\n", stdout);
    return 0;
  }
  return cmocka_run_group_tests (tests, NULL, NULL);
}
