/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pages from a scanner, through parvis-decode and libsane with its test backend. */

#include "scan-rig.h"

#include <string.h>

static void
finds_the_first_scanner (void **state)
{
  Rig *rig = *state;

  rig_open (rig, "auto");
  rig_expect_state (rig, PV_CAPTURE_READY);
  rig_open (rig, "test:0");
  rig_expect_state (rig, PV_CAPTURE_READY);
}

static void
shows_a_page_while_it_grows (void **state)
{
  Rig *rig = *state;
  guint percent = 0;
  guint n_scanning = 0;

  rig_settings (rig, "");
  rig_open (rig, "auto");
  rig_take (rig);
  rig_expect_state (rig, PV_CAPTURE_PAGE);
  assert_int_equal (rig_last (rig)->n_pages, 1);
  assert_int_equal (rig_last (rig)->page, 0);
  assert_int_equal (rig_last (rig)->hint, PV_CAPTURE_CLEAR);
  assert_true (rig->n_growing >= 3);
  for (guint i = 0; i < rig->reports->len; i++) {
    const PvCaptureReport *report = &g_array_index (rig->reports, PvCaptureReport, i);

    if (report->state != PV_CAPTURE_SCANNING)
      continue;
    assert_true (report->percent >= percent);
    percent = report->percent;
    n_scanning++;
  }
  assert_int_equal (percent, 100);
  assert_true (n_scanning >= 3);
  assert_int_equal (rig->picture->height, PV_SCAN_PICTURE_SIDE);
  assert_true (rig->picture->width > 700 && rig->picture->width < 712); /* A4 */
}

static void
joins_five_pages_into_one_pdf (void **state)
{
  static const char *const info[] = { "pdfinfo", "{}", NULL };
  Rig *rig = *state;
  g_autofree char *told = NULL;

  rig_settings (rig, "");
  rig_open (rig, "auto");
  for (guint i = 0; i < 5; i++)
    rig_take (rig);
  assert_int_equal (rig_last (rig)->n_pages, 5);
  rig->is_settled = FALSE;
  pv_scan_finish (rig->scan);
  rig_wait (rig);
  assert_non_null (rig->document);
  assert_string_equal (rig->document->filename, "document-1.pdf");
  assert_string_equal (rig->document->content_type, "application/pdf");
  assert_int_equal (rig->document->n_pages, 5);
  told = rig_ask (rig, info);
  assert_non_null (strstr (told, "Pages:           5\n"));
  assert_non_null (strstr (told, "Producer:        Parvis\n"));
  assert_non_null (strstr (told, "(A4)"));
  assert_null (strstr (told, "Date:"));
  assert_null (strstr (told, "Author:"));
}

/* Of the sheet of our driver: 787 x 1181 pixels on a dark lid, two bars near its upper left corner. */
static void
cuts_out_the_page (void **state)
{
  Rig *rig = *state;

  rig_open_fake (rig, "works", &rig_limits);
  rig_take (rig);
  rig_expect_state (rig, PV_CAPTURE_PAGE);
  assert_int_equal (rig_last (rig)->hint, PV_CAPTURE_CLEAR);
  assert_int_equal (rig->picture->width, PV_SCAN_PICTURE_SIDE * 787 / 1181);
  assert_int_equal (rig->picture->height, PV_SCAN_PICTURE_SIDE);
  assert_true ((rig_pixel (rig, 2, 2) & 0xFF) > 200);
  assert_true ((rig_pixel (rig, 663, 997) & 0xFF) > 200);
  assert_true ((rig_pixel (rig, 200, 182) & 0xFF) < 60); /* a bar */
}

static void
turns_a_page (void **state)
{
  static const char *const info[] = { "pdfinfo", "{}", NULL };
  Rig *rig = *state;
  g_autofree char *told = NULL;

  rig_open_fake (rig, "works", &rig_limits);
  rig_take (rig);
  rig_page (rig, pv_scan_turn_page, 0);
  rig_expect_state (rig, PV_CAPTURE_PAGE);
  assert_int_equal (rig->picture->width, PV_SCAN_PICTURE_SIDE);
  assert_true ((rig_pixel (rig, 999 - 182, 200) & 0xFF) < 60); /* to the right */
  for (guint i = 0; i < 3; i++)
    rig_page (rig, pv_scan_turn_page, 0);
  assert_true ((rig_pixel (rig, 200, 182) & 0xFF) < 60);
  rig_page (rig, pv_scan_turn_page, 0);
  rig_finish (rig);
  told = rig_ask (rig, info);
  assert_non_null (strstr (told, "Page rot:        90\n"));
}

static void
drops_a_page (void **state)
{
  Rig *rig = *state;

  rig_open (rig, "auto");
  rig_take (rig);
  rig_settings (rig, "test-picture \"Solid white\"");
  rig_take (rig);
  assert_int_equal (rig_last (rig)->hint, PV_CAPTURE_EMPTY);
  rig_settings (rig, "test-picture \"Solid black\"");
  rig_take (rig);
  assert_int_equal (rig_last (rig)->hint, PV_CAPTURE_DARK);
  /* The white one: what comes behind it is shown. */
  rig_page (rig, pv_scan_drop_page, 1);
  rig_expect_state (rig, PV_CAPTURE_PAGE);
  assert_int_equal (rig_last (rig)->n_pages, 2);
  assert_int_equal (rig_last (rig)->page, 1);
  assert_int_equal (rig_last (rig)->hint, PV_CAPTURE_DARK);
  rig_page (rig, pv_scan_drop_page, 1);
  assert_int_equal (rig_last (rig)->page, 0);
  assert_int_equal (rig_last (rig)->hint, PV_CAPTURE_CLEAR);
  rig_page (rig, pv_scan_drop_page, 0);
  rig_expect_state (rig, PV_CAPTURE_READY);
  assert_int_equal (rig_last (rig)->n_pages, 0);
}

static void
shows_another_page (void **state)
{
  Rig *rig = *state;

  rig_open_fake (rig, "works", &rig_limits);
  rig_take (rig);
  rig_page (rig, pv_scan_turn_page, 0);
  rig_take (rig);
  assert_int_equal (rig->picture->height, PV_SCAN_PICTURE_SIDE);
  rig_page (rig, pv_scan_show_page, 0);
  assert_int_equal (rig_last (rig)->page, 0);
  assert_int_equal (rig_last (rig)->n_pages, 2);
  assert_int_equal (rig->picture->width, PV_SCAN_PICTURE_SIDE);
}

static void
ignores_pages_that_are_not_there (void **state)
{
  Rig *rig = *state;
  guint n;

  rig_open (rig, "auto");
  rig_take (rig);
  n = rig->reports->len;
  pv_scan_show_page (rig->scan, 1);
  pv_scan_turn_page (rig->scan, 1);
  pv_scan_drop_page (rig->scan, G_MAXUINT);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  assert_int_equal (rig->reports->len, n);
}

static char *
get_start (Rig *rig)
{
  gsize size;
  const char *data = g_bytes_get_data (rig->document->content, &size);

  return g_strndup (data, MIN (size, 4));
}

static void
makes_what_the_form_takes (void **state)
{
  static const struct {
    const char *types[3];
    const char *type, *filename, *start;
  } rows[] = {
    { { "application/pdf", "image/jpeg", NULL }, "application/pdf", "document-1.pdf", "%PDF" },
    { { "image/jpeg", NULL }, "image/jpeg", "document-1.jpg", "\xFF\xD8\xFF\xE0" },
    { { "image/png", NULL }, "image/png", "document-1.png", "\x89PNG" },
    { { "image/*", NULL }, "image/jpeg", "document-1.jpg", "\xFF\xD8\xFF\xE0" },
    { { "*/*", NULL }, "application/pdf", "document-1.pdf", "%PDF" },
  };
  Rig *rig = *state;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *start = NULL;

    g_strfreev (rig->rules->mime_types);
    rig->rules->mime_types = g_strdupv ((char **) rows[i].types);
    rig_open_fake (rig, "works", &rig_limits);
    rig_take (rig);
    rig_page (rig, pv_scan_turn_page, 0);
    rig_finish (rig);
    assert_non_null (rig->document);
    start = get_start (rig);
    assert_string_equal (rig->document->content_type, rows[i].type);
    assert_string_equal (rig->document->filename, rows[i].filename);
    assert_string_equal (start, rows[i].start);
  }
}

/* A turned picture is turned itself: nobody has to know. */
static void
a_picture_keeps_its_turn (void **state)
{
  static const char *const types[] = { "image/jpeg", NULL };
  Rig *rig = *state;
  g_autoptr (PvDocument) document = NULL;

  rig->rules->mime_types = g_strdupv ((char **) types);
  rig_open_fake (rig, "works", &rig_limits);
  rig_take (rig);
  rig_page (rig, pv_scan_turn_page, 0);
  rig_finish (rig);
  document = pv_document_ref (rig->document);
  rig_import (rig, document->content);
  if (rig->picture == NULL)
    rig_wait_picture (rig);
  assert_int_equal (rig->picture->width, PV_SCAN_PICTURE_SIDE);
  assert_true ((rig_pixel (rig, 999 - 182, 200) & 0xFF) < 60);
}

static void
does_not_make_what_the_form_does_not_take (void **state)
{
  static const char *const pictures[] = { "image/jpeg", NULL };
  static const char *const texts[] = { "text/plain", NULL };
  Rig *rig = *state;

  rig->rules->mime_types = g_strdupv ((char **) pictures);
  rig_open (rig, "auto");
  rig_take (rig);
  rig_take (rig);
  rig_finish (rig);
  rig_expect_trouble (rig, PV_CAPTURE_TROUBLE_TOO_MANY_PAGES);
  assert_int_equal (rig_last (rig)->n_pages, 2);
  rig_page (rig, pv_scan_drop_page, 1);
  rig_finish (rig);
  assert_non_null (rig->document);
  g_strfreev (rig->rules->mime_types);
  rig->rules->mime_types = g_strdupv ((char **) texts);
  rig_open (rig, "auto");
  rig_take (rig);
  rig_finish (rig);
  rig_expect_trouble (rig, PV_CAPTURE_TROUBLE_TYPE);
}

static void
keeps_to_the_number_of_pages (void **state)
{
  Rig *rig = *state;

  rig->rules->max_pages = 1;
  rig_open (rig, "auto");
  rig_take (rig);
  rig_take (rig);
  rig_expect_trouble (rig, PV_CAPTURE_TROUBLE_TOO_MANY_PAGES);
  assert_int_equal (rig_last (rig)->n_pages, 1);
}

static void
keeps_to_the_size (void **state)
{
  static const struct {
    gsize max_bytes;
    gboolean is_possible;
  } rows[] = { { 1000 * 1000, TRUE }, { 300 * 1000, TRUE }, { 3000, FALSE } };
  Rig *rig = *state;
  gsize least = G_MAXSIZE;

  rig_settings (rig, "");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    rig->rules->max_bytes = rows[i].max_bytes;
    rig_open (rig, "auto");
    rig_take (rig);
    rig_take (rig);
    rig_finish (rig);
    if (!rows[i].is_possible) {
      rig_expect_trouble (rig, PV_CAPTURE_TROUBLE_TOO_LARGE);
      assert_int_equal (rig_last (rig)->n_pages, 2);
      continue;
    }
    if (rig->document == NULL)
      fail_msg ("%zu bytes are not possible", rows[i].max_bytes);
    assert_true (g_bytes_get_size (rig->document->content) <= rows[i].max_bytes);
    assert_true (g_bytes_get_size (rig->document->content) < least);
    least = g_bytes_get_size (rig->document->content);
  }
}

/* One at a time: what is asked for meanwhile is not heard. */
static void
does_one_thing_at_a_time (void **state)
{
  Rig *rig = *state;

  rig_open (rig, "auto");
  rig->is_settled = FALSE;
  pv_scan_take_page (rig->scan);
  pv_scan_take_page (rig->scan);
  pv_scan_finish (rig->scan);
  pv_scan_show_page (rig->scan, 0);
  rig_wait (rig);
  rig_expect_state (rig, PV_CAPTURE_PAGE);
  assert_int_equal (rig_last (rig)->n_pages, 1);
  assert_null (rig->document);
}

static void
equal_pages_are_an_equal_file (void **state)
{
  Rig *rig = *state;
  g_autoptr (GBytes) first = NULL;

  for (guint i = 0; i < 2; i++) {
    rig_open (rig, "auto");
    rig_take (rig);
    rig_finish (rig);
    if (first == NULL)
      first = g_bytes_ref (rig->document->content);
  }
  assert_true (g_bytes_equal (first, rig->document->content));
}

#define SCAN_TEST(name) cmocka_unit_test_setup_teardown (name, rig_set_up, rig_tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    SCAN_TEST (finds_the_first_scanner),
    SCAN_TEST (shows_a_page_while_it_grows),
    SCAN_TEST (joins_five_pages_into_one_pdf),
    SCAN_TEST (cuts_out_the_page),
    SCAN_TEST (turns_a_page),
    SCAN_TEST (drops_a_page),
    SCAN_TEST (shows_another_page),
    SCAN_TEST (ignores_pages_that_are_not_there),
    SCAN_TEST (makes_what_the_form_takes),
    SCAN_TEST (a_picture_keeps_its_turn),
    SCAN_TEST (does_not_make_what_the_form_does_not_take),
    SCAN_TEST (keeps_to_the_number_of_pages),
    SCAN_TEST (keeps_to_the_size),
    SCAN_TEST (does_one_thing_at_a_time),
    SCAN_TEST (equal_pages_are_an_equal_file),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
