/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Looking for a scanner, and one page of it; what is read so far can be seen meanwhile. */

#include "kiosk/decode/jpeg-write.h"
#include "kiosk/decode/modes.h"
#include "kiosk/decode/output.h"
#include "kiosk/decode/picture-private.h"
#include "kiosk/decode/sandbox.h"
#include "kiosk/decode/scanner.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

enum {
  STEP_PERCENT = 2, /* fifty pictures of a page are enough to see it grow */
  A4_WIDTH_MM = 210,
  A4_HEIGHT_MM = 297,
};

/* What the window shows. */
typedef struct Preview {
  PvReducer reducer;
  guint8 *rgb; /* one row */
  PvScanStep step;
} Preview;

static gboolean
begin_preview (Preview *preview, const PvPage *page, guint height)
{
  if (height == 0)
    height = MAX (page->width * A4_HEIGHT_MM / A4_WIDTH_MM, 1);
  preview->rgb = g_malloc_n (page->width, 3);
  if (!pv_reducer_begin (&preview->reducer, page->width, height, PV_SCAN_PICTURE_SIDE))
    return FALSE;
  preview->step.width = preview->reducer.pixels.width;
  preview->step.height = preview->reducer.pixels.height;
  return TRUE;
}

static const guint8 *
widen_line (Preview *preview, const PvPage *page, const guint8 *line)
{
  if (page->channels == 3)
    return line;
  for (guint x = 0; x < page->width; x++)
    memset (preview->rgb + (gsize) x * 3, line[x], 3);
  return preview->rgb;
}

static gboolean
tell (const Preview *preview)
{
  return pv_output_write (PV_SCAN_STEPS_FD, &preview->step, sizeof preview->step);
}

/* Rows of the small picture that are complete. */
static gboolean
write_rows (Preview *preview)
{
  const PvReducer *reducer = &preview->reducer;
  const guint done = (guint) ((guint64) reducer->row * reducer->pixels.height / reducer->height);
  const gsize row = reducer->pixels.width;

  if (done == preview->step.rows)
    return TRUE;
  if (!pv_output_write (PV_SCAN_PREVIEW_FD, reducer->pixels.data + preview->step.rows * row,
                        (done - preview->step.rows) * row * sizeof *reducer->pixels.data))
    return FALSE;
  preview->step.rows = done;
  return TRUE;
}

static void
line_cb (const PvPage *page, guint height, const guint8 *line, guint row, gpointer user_data)
{
  Preview *preview = user_data;
  guint percent;

  if (row == 0 && (!begin_preview (preview, page, height) || !tell (preview)))
    pv_output_end_in_trouble (PV_CAPTURE_TROUBLE_BROKEN);
  if (preview->reducer.row >= preview->reducer.height)
    return; /* longer than was told: the end of it is seen later */
  pv_reducer_add (&preview->reducer, widen_line (preview, page, line));
  percent = preview->reducer.row * 100 / preview->reducer.height;
  if (percent < preview->step.percent + STEP_PERCENT)
    return;
  preview->step.percent = percent;
  if (!write_rows (preview) || !tell (preview))
    pv_output_end_in_trouble (PV_CAPTURE_TROUBLE_BROKEN);
}

/* A page that is noise has another megabyte. */
static gboolean
compress (const PvPage *page, PvJpeg *jpeg)
{
  static const guint qualities[] = { 75, 55, 35 };

  for (guint i = 0; i < G_N_ELEMENTS (qualities); i++) {
    pv_jpeg_clear (jpeg);
    if (!pv_jpeg_write_page (page, qualities[i], jpeg))
      return FALSE;
    if (jpeg->size <= PV_SCAN_MAX_PAGE_BYTES)
      return TRUE;
  }
  return FALSE;
}

/* Judged as it was laid: a card in the dark is dark, whatever is cut out. Returns: an exit status */
static int
put_page (PvPage *page)
{
  const PvCaptureHint hint = pv_page_judge (page);
  const PvPageBox box = pv_page_find_box (page);
  g_auto (PvJpeg) jpeg = { 0 };

  pv_page_crop (page, &box);
  if (!compress (page, &jpeg))
    return PV_SCAN_EXIT_TROUBLE + PV_CAPTURE_TROUBLE_BROKEN;
  return pv_output_put (
    jpeg.data, jpeg.size,
    (PvScanFacts){ .kind = PV_SCAN_JPEG, .hint = hint, .n_pages = 1, .width = page->width, .height = page->height });
}

static int status_at_end;

static void
end_cb (int number)
{
  (void) number;
  _exit (status_at_end);
}

/* The work is done and lies in the output, or the trouble is known: a driver that hangs or crashes when it is closed (SANE's
 * own test backend does at times, when it is closed in the middle of a page) changes nothing any more. */
G_NORETURN static void
close_and_end (PvScanner *scanner, int status)
{
  static const int signals[] = { SIGALRM, SIGABRT, SIGSEGV, SIGBUS, SIGILL, SIGFPE };
  const struct sigaction action = { .sa_handler = end_cb };

  status_at_end = status;
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    sigaction (signals[i], &action, NULL);
  alarm (PV_SCANNER_CLOSE_SECONDS);
  pv_scanner_close (scanner);
  _exit (status);
}

void
pv_mode_look (int argc, char **argv)
{
  PvCaptureTrouble trouble;
  PvScanner *scanner;
  const char *name;

  if (argc != 1 || !pv_sandbox_enter_scanner (PV_SCAN_MAX_NAME_BYTES + sizeof (PvScanFacts)))
    return;
  scanner = pv_scanner_open (argv[0], &trouble);
  if (scanner == NULL)
    pv_output_end_in_trouble (trouble);
  name = pv_scanner_get_name (scanner);
  close_and_end (scanner, pv_output_put (name, strlen (name), (PvScanFacts){ .kind = PV_SCAN_NAME }));
}

void
pv_mode_scan (int argc, char **argv)
{
  const gsize max_preview = (gsize) PV_SCAN_PICTURE_SIDE * PV_SCAN_PICTURE_SIDE * 4;
  Preview preview = { 0 };
  PvCaptureTrouble trouble;
  PvScanner *scanner;
  PvPage page = { 0 };

  if (argc != 2 || !pv_sandbox_enter_scanner (MAX (max_preview, PV_SCAN_MAX_PAGE_BYTES + sizeof (PvScanFacts))))
    return;
  scanner = pv_scanner_open (argv[0], &trouble);
  if (scanner == NULL)
    pv_output_end_in_trouble (trouble);
  /* It lives: opening, warming up and reading may each take its time. */
  if (!tell (&preview))
    return;
  trouble = pv_scanner_read_page (scanner, strcmp (argv[1], "colour") == 0, line_cb, &preview, &page);
  pv_reducer_clear (&preview.reducer);
  close_and_end (scanner, trouble == PV_CAPTURE_TROUBLE_NONE ? put_page (&page) : PV_SCAN_EXIT_TROUBLE + (int) trouble);
}
