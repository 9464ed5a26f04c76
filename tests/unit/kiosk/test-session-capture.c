/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A journey and its documents, with the real parvis-decode, libsane's test backend, and drivers that go wrong: whatever
 * happens there costs one document, never an answer. */

#include "../core/journey-steps.h"

#include "kiosk/session/capture-link.h"

enum { WAIT_MS = 60000 };

typedef struct {
  Fixture journey;
  PvCaptureLink *link;
  GdkTexture *texture; /* (nullable): what the window shows */
  guint n_pictures;
  char *folder; /* of SANE's settings */
} Rig;

static void perform (Rig *rig);

static void
report_cb (const PvCaptureReport *report, gpointer user_data)
{
  Rig *rig = user_data;

  pv_journey_capture_report (rig->journey.journey, report, &rig->journey.now);
}

static void
picture_cb (GdkTexture *texture, gpointer user_data)
{
  Rig *rig = user_data;

  g_set_object (&rig->texture, texture);
  rig->n_pictures++;
}

static void
document_cb (PvDocument *document, gpointer user_data)
{
  Rig *rig = user_data;

  pv_journey_document_came (rig->journey.journey, document, &rig->journey.now);
}

static const PvCaptureLinkEvents events = { report_cb, picture_cb, document_cb };

static void
perform (Rig *rig)
{
  PvEffect *effect;

  while ((effect = pv_journey_pop_effect (rig->journey.journey)) != NULL) {
    pv_capture_link_perform (rig->link, effect);
    pv_effect_free (effect);
  }
}

static void
touch (Rig *rig, PvIntentionKind kind, const char *target, const char *value)
{
  act (&rig->journey, kind, target, value);
  perform (rig);
}

/* Until the screen has this key. */
static void
wait_for (Rig *rig, const char *key)
{
  gint64 end = g_get_monotonic_time () + (gint64) WAIT_MS * G_TIME_SPAN_MILLISECOND;

  while (!g_str_equal (screen (&rig->journey)->key, key) && g_get_monotonic_time () < end) {
    perform (rig);
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
  }
  assert_string_equal (screen (&rig->journey)->key, key);
}

static void
write_file (Rig *rig, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (rig->folder, name, NULL);

  assert_true (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0700, NULL));
}

/* @program: (transfer full) (nullable) */
static void
use_program (Rig *rig, char *program)
{
  const PvCaptureLinkConfig config = { .program = program, .device = "auto" };

  pv_capture_link_free (rig->link);
  rig->link = pv_capture_link_new (&config, &events, rig);
  g_free (program);
}

/* A driver that goes wrong in this way. */
static void
use_driver (Rig *rig, const char *way)
{
  g_autofree char *folder = g_path_get_dirname (g_getenv ("PV_FAKE_SANE"));
  g_autofree char *script = g_strdup_printf ("#!/bin/sh\nexport LD_LIBRARY_PATH='%s'\nexec '%s' \"$@\"\n", folder,
                                             g_getenv ("PV_DECODE_PROGRAM"));

  write_file (rig, "dll.conf", "parvisfake\n");
  write_file (rig, "parvisfake.conf", way);
  write_file (rig, "program", script);
}

static int
rig_set_up (void **state)
{
  Rig *rig = g_new0 (Rig, 1);
  void *made = NULL;
  PvJourneyConfig config = sample_config ();

  set_up (&made);
  rig->journey = *(Fixture *) made;
  g_free (made);
  config.has_scanner = config.has_drop = TRUE;
  pv_journey_free (rig->journey.journey);
  rig->journey.journey = pv_journey_new (&config);
  pv_journey_set_ref (rig->journey.journey, ref);
  pv_journey_catalogue_loaded (rig->journey.journey, rig->journey.catalogue, &rig->journey.now);
  rig->folder = g_dir_make_tmp ("parvis-capture-XXXXXX", NULL);
  g_setenv ("SANE_CONFIG_DIR", rig->folder, TRUE);
  write_file (rig, "dll.conf", "test\n");
  write_file (rig, "test.conf", "number_of_devices 1\ngeometry_max 300.0\ntest-picture \"Grid\"\n");
  use_program (rig, g_strdup (g_getenv ("PV_DECODE_PROGRAM")));
  answer_up_to_check (&rig->journey);
  touch (rig, PV_DO_EDIT, "11", NULL);
  *state = rig;
  return 0;
}

static int
rig_tear_down (void **state)
{
  Rig *rig = *state;

  pv_capture_link_free (rig->link);
  pv_journey_free (rig->journey.journey);
  pv_catalogue_unref (rig->journey.catalogue);
  pv_procedure_unref (rig->journey.procedure);
  g_time_zone_unref (rig->journey.zone);
  g_clear_object (&rig->texture);
  tst_remove_folder (rig->folder);
  g_free (rig->folder);
  g_free (rig);
  return 0;
}

static void
scan_first_page (Rig *rig)
{
  touch (rig, PV_DO_SCAN, "11", NULL);
  wait_for (rig, "document-lay");
  touch (rig, PV_DO_SCAN_PAGE, NULL, NULL);
  wait_for (rig, "document-page");
}

/* The submission that leaves, with everything that was answered before. (transfer full) */
static PvSubmission *
send_all (Rig *rig)
{
  Fixture *fixture = &rig->journey;
  PvSubmission *submission;
  PvEffect *effect;
  gboolean has_name = FALSE;

  while (pv_screen_state_find_action (screen (fixture), PV_DO_NEXT_PAGE) != NULL)
    touch (rig, PV_DO_NEXT_PAGE, NULL, NULL);
  act (fixture, PV_DO_TOGGLE, "12", NULL);
  act (fixture, PV_DO_SEND, NULL, NULL);
  effect = wait_effect (fixture, PV_EFFECT_STORE);
  assert_non_null (effect);
  submission = g_steal_pointer (&effect->submission);
  pv_effect_free (effect);
  for (guint i = 0; i < submission->entries->len; i++) {
    const PvSubmissionEntry *entry = submission->entries->pdata[i];

    has_name |= g_str_equal (entry->id, "2") && g_str_equal (pv_value_get_text (entry->value), "Martin");
  }
  assert_true (has_name);
  return submission;
}

static const PvValue *
find_document (const PvSubmission *submission)
{
  for (guint i = 0; i < submission->entries->len; i++) {
    const PvSubmissionEntry *entry = submission->entries->pdata[i];

    if (g_str_equal (entry->id, "11"))
      return entry->value;
  }
  return NULL;
}

static void
two_pages_become_the_answer_that_is_sent (void **state)
{
  Rig *rig = *state;
  g_autoptr (PvSubmission) submission = NULL;
  const PvValue *value;

  scan_first_page (rig);
  assert_true (rig->n_pictures >= 3); /* it grew */
  assert_non_null (rig->texture);
  touch (rig, PV_DO_SCAN, "11", NULL);
  touch (rig, PV_DO_SCAN_PAGE, NULL, NULL);
  wait_for (rig, "document-page");
  assert_string_equal (pv_screen_state_find_field (screen (&rig->journey), "page")->label, "Page 2 of 2");
  touch (rig, PV_DO_USE_DOCUMENT, NULL, NULL);
  wait_for (rig, "question-11");
  perform (rig);
  assert_null (rig->texture); /* nothing of it is shown any more */
  touch (rig, PV_DO_NEXT, NULL, NULL);
  submission = send_all (rig);
  value = find_document (submission);
  assert_int_equal (pv_value_get_n (value), 1);
  assert_int_equal (pv_value_get_n_pages (value, 0), 2);
  assert_string_equal (pv_value_get_content_type (value, 0), "application/pdf");
  assert_memory_equal (g_bytes_get_data (pv_value_get_content (value, 0), NULL), "%PDF-", 5);
}

/* The drivers of the second page. */
static void
a_driver_that_goes_wrong_costs_a_page_and_no_answer (void **state)
{
  static const struct {
    const char *way, *title;
  } rows[] = {
    { "crashes", "The scanner stopped" },
    { "tells nonsense", "The scanner stopped" },
    { "is unplugged", "The scanner does not answer" },
  };

  rig_tear_down (state);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PvSubmission) submission = NULL;
    const PvValue *value;
    Rig *rig;

    rig_set_up (state);
    rig = *state;
    use_driver (rig, "works");
    use_program (rig, g_build_filename (rig->folder, "program", NULL));
    scan_first_page (rig);
    use_driver (rig, rows[i].way);
    touch (rig, PV_DO_SCAN, "11", NULL);
    touch (rig, PV_DO_SCAN_PAGE, NULL, NULL);
    wait_for (rig, "document-trouble");
    assert_string_equal (screen (&rig->journey)->title, rows[i].title);
    touch (rig, PV_DO_USE_DOCUMENT, NULL, NULL); /* the page that was there before */
    wait_for (rig, "question-11");
    touch (rig, PV_DO_NEXT, NULL, NULL);
    submission = send_all (rig);
    value = find_document (submission);
    assert_int_equal (pv_value_get_n_pages (value, 0), 1);
    rig_tear_down (state);
  }
  rig_set_up (state);
}

/* Whoever does not wait goes back, and the child that hangs is gone with it. */
static void
a_driver_that_hangs_holds_nobody (void **state)
{
  Rig *rig = *state;
  g_autoptr (PvSubmission) submission = NULL;

  use_driver (rig, "hangs");
  use_program (rig, g_build_filename (rig->folder, "program", NULL));
  touch (rig, PV_DO_SCAN, "11", NULL);
  wait_for (rig, "document-lay");
  touch (rig, PV_DO_SCAN_PAGE, NULL, NULL);
  wait_for (rig, "document-scanning");
  touch (rig, PV_DO_BACK, NULL, NULL);
  assert_string_equal (screen (&rig->journey)->key, "question-11");
  touch (rig, PV_DO_LATER, "11", NULL);
  submission = send_all (rig);
  assert_int_equal (pv_value_get_type (find_document (submission)), PV_VALUE_DECLINED);
}

static void
without_the_program_it_is_told_and_the_document_comes_later (void **state)
{
  Rig *rig = *state;
  g_autoptr (PvSubmission) submission = NULL;

  use_program (rig, NULL);
  touch (rig, PV_DO_SCAN, "11", NULL);
  wait_for (rig, "document-trouble");
  touch (rig, PV_DO_LATER, "11", NULL);
  submission = send_all (rig);
}

static void
without_a_courier_phones_are_offline (void **state)
{
  Rig *rig = *state;

  touch (rig, PV_DO_SEND_FROM_PHONE, "11", NULL);
  assert_string_equal (screen (&rig->journey)->key, "document-wait"); /* never from within a call */
  wait_for (rig, "document-trouble");
  assert_string_equal (screen (&rig->journey)->title, "Your phone cannot send now");
}

/* ---- practice: the journey cannot begin one here, so the link is asked as it would be ---- */

typedef struct {
  PvCaptureReport last;
  PvDocument *document;
  GdkTexture *texture;
  gboolean is_told;
} Told;

static void
note_report_cb (const PvCaptureReport *report, gpointer user_data)
{
  ((Told *) user_data)->last = *report;
  ((Told *) user_data)->is_told = TRUE;
}

static void
note_picture_cb (GdkTexture *texture, gpointer user_data)
{
  g_set_object (&((Told *) user_data)->texture, texture);
}

static void
note_document_cb (PvDocument *document, gpointer user_data)
{
  ((Told *) user_data)->document = pv_document_ref (document);
  ((Told *) user_data)->is_told = TRUE;
}

static void
order (PvCaptureLink *link, PvEffectKind kind, guint number)
{
  g_autoptr (PvEffect) effect = g_new0 (PvEffect, 1);

  effect->kind = kind;
  effect->number = number;
  if (kind == PV_EFFECT_SCAN_OPEN || kind == PV_EFFECT_DROP_OPEN) {
    effect->capture = pv_capture_rules_new ("11");
    effect->capture->is_sample = TRUE;
  }
  pv_capture_link_perform (link, effect);
}

static void
wait_state (Told *told, PvCaptureState state)
{
  gint64 end = g_get_monotonic_time () + (gint64) WAIT_MS * G_TIME_SPAN_MILLISECOND;

  while (told->last.state != state && g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
  assert_int_equal (told->last.state, state);
}

static void
wait_document (Told *told)
{
  gint64 end = g_get_monotonic_time () + (gint64) WAIT_MS * G_TIME_SPAN_MILLISECOND;

  while (told->document == NULL && g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
  assert_non_null (told->document);
}

static void
practising_makes_pages_without_any_device (void **state)
{
  static const PvCaptureLinkEvents noting = { note_report_cb, note_picture_cb, note_document_cb };
  const PvCaptureLinkConfig config = { .program = NULL, .device = "none" };
  Told told = { .last.state = PV_CAPTURE_STARTING };
  PvCaptureLink *link = pv_capture_link_new (&config, &noting, &told);

  (void) state;
  order (link, PV_EFFECT_SCAN_OPEN, 0);
  wait_state (&told, PV_CAPTURE_READY);
  for (guint i = 1; i <= 2; i++) {
    order (link, PV_EFFECT_SCAN_PAGE, 0);
    told.last.state = PV_CAPTURE_STARTING;
    wait_state (&told, PV_CAPTURE_PAGE);
    assert_int_equal (told.last.n_pages, i);
  }
  assert_true (gdk_texture_get_height (told.texture) > gdk_texture_get_width (told.texture));
  order (link, PV_EFFECT_SCAN_TURN, 1);
  told.last.state = PV_CAPTURE_STARTING;
  wait_state (&told, PV_CAPTURE_PAGE);
  assert_true (gdk_texture_get_height (told.texture) < gdk_texture_get_width (told.texture));
  order (link, PV_EFFECT_SCAN_DROP, 1);
  told.last.state = PV_CAPTURE_STARTING;
  wait_state (&told, PV_CAPTURE_PAGE);
  assert_int_equal (told.last.n_pages, 1);
  order (link, PV_EFFECT_SCAN_FINISH, 0);
  wait_document (&told);
  assert_int_equal (told.document->n_pages, 1);
  assert_memory_equal (g_bytes_get_data (told.document->content, NULL), "%PDF-", 5);
  g_clear_pointer (&told.document, pv_document_unref);
  order (link, PV_EFFECT_DROP_OPEN, 0);
  assert_null (told.texture);
  wait_state (&told, PV_CAPTURE_READY);
  assert_null (told.last.url);
  wait_document (&told);
  assert_non_null (told.texture);
  order (link, PV_EFFECT_CAPTURE_CLOSE, 0);
  assert_null (told.texture);
  pv_document_unref (told.document);
  pv_capture_link_free (link);
}

#define T(name) cmocka_unit_test_setup_teardown (name, rig_set_up, rig_tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    T (two_pages_become_the_answer_that_is_sent), T (a_driver_that_goes_wrong_costs_a_page_and_no_answer),
    T (a_driver_that_hangs_holds_nobody),         T (without_the_program_it_is_told_and_the_document_comes_later),
    T (without_a_courier_phones_are_offline),     cmocka_unit_test (practising_makes_pages_without_any_device),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
