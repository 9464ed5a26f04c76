/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A document all the way: the shipped page in a real browser, the relay (nginx as it is shipped, or the demo's), the courier,
 * and the session's end. */

#include "tst.h"

#include <string.h>

#include "kiosk/session/drop-link.h"
#include "pictures.h"
#include "platform/json.h"
#include "relay-rig.h"
#include "rig.h"
#include "wire.h"

enum { SKIPPED = 77, WAIT_MS = 120000, POLL_MS = 100, CUT_BYTES = 1024 * 1024, MANY_BYTES = 12 * 1000 * 1000 };

#define SECRET "CANARI-GPS-47.9-3.5"

typedef struct Fixture {
  Rig *rig;
  RelayRig *relay; /* (nullable) */
  Wire *wire;      /* (nullable): before the phones' door */
  char *page;
  PvCourierLink *line;
  PvDropLink *link;
  PvCaptureRules *rules;
  /* what came */
  char *url;
  GBytes *upload;
  PvCaptureTrouble trouble;
  gboolean is_up, is_ready, is_done;
} Fixture;

/* What the phone saw. */
typedef struct Visit {
  char *steps; /* joined by spaces */
  char *trouble, *words;
} Visit;

static void
state_cb (gboolean is_up, gboolean can_store, gpointer user_data)
{
  (void) can_store;
  ((Fixture *) user_data)->is_up = is_up;
}

static void
report_cb (const PvCaptureReport *report, gpointer user_data)
{
  Fixture *fixture = user_data;

  if (report->state == PV_CAPTURE_READY) {
    fixture->url = g_strdup (report->url);
    fixture->is_ready = TRUE;
  }
  if (report->state == PV_CAPTURE_FAILED) {
    fixture->trouble = report->trouble;
    fixture->is_done = TRUE;
  }
}

static void
arrived_cb (GBytes *upload, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->upload = g_bytes_ref (upload);
  fixture->is_done = TRUE;
}

/* Settings that come after the rig's own. */
static gboolean
use_relay (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->rig->folder, "conf", "20.conf", NULL);
  const char *folder = fixture->relay->folder;
  g_autofree char *text =
    g_strdup_printf ("[portal]\nurl=%s\npublic-url=https://demarches.example\nca-file=%s/relay.pem\n"
                     "client-cert-file=%s/kiosk.pem\nclient-key-file=%s/kiosk.key\n",
                     fixture->relay->kiosks, folder, folder, folder);

  fixture->wire = wire_new (fixture->relay->phones_port);
  if (fixture->wire == NULL)
    return FALSE;
  fixture->page = g_strdup_printf ("https://127.0.0.1:%u/d", wire_get_port (fixture->wire));
  return g_file_set_contents (path, text, -1, NULL);
}

static gboolean
connect_session (Fixture *fixture)
{
  static const PvCourierEvents events = { .state = state_cb };
  g_autofree char *socket = g_build_filename (fixture->rig->folder, "run", "courier.sock", NULL);

  fixture->line = pv_courier_link_new (socket, &events, fixture);
  return tst_pump_until (NULL, &fixture->is_up, WAIT_MS);
}

static int
set_up (void **state, gboolean has_nginx)
{
  Fixture *fixture = g_new0 (Fixture, 1);

  *state = fixture;
  fixture->rules = pv_capture_rules_new ("11");
  fixture->rules->max_bytes = PV_DROP_MAX_BYTES;
  fixture->rig = rig_new (1);
  if (fixture->rig == NULL)
    return -1;
  if (has_nginx) {
    fixture->relay = relay_rig_new ();
    if (fixture->relay == NULL || !use_relay (fixture))
      return -1;
  } else {
    fixture->page = g_strdup_printf ("http://127.0.0.1:%u/d", fixture->rig->relay_port);
  }
  return rig_start_courier (fixture->rig) && connect_session (fixture) ? 0 : -1;
}

static int
set_up_nginx (void **state)
{
  return set_up (state, TRUE);
}

static int
set_up_demo (void **state)
{
  return set_up (state, FALSE);
}

static void
forget_document (Fixture *fixture)
{
  g_clear_pointer (&fixture->link, pv_drop_link_free);
  g_clear_pointer (&fixture->url, g_free);
  g_clear_pointer (&fixture->upload, g_bytes_unref);
  fixture->is_ready = fixture->is_done = FALSE;
}

static int
tear_down (void **state)
{
  Fixture *fixture = *state;
  gboolean is_clean;

  forget_document (fixture);
  pv_courier_link_free (fixture->line);
  is_clean = rig_free (fixture->rig);
  if (fixture->wire != NULL)
    wire_free (fixture->wire);
  if (fixture->relay != NULL)
    relay_rig_free (fixture->relay);
  pv_capture_rules_free (fixture->rules);
  g_free (fixture->page);
  g_free (fixture);
  return is_clean ? 0 : -1;
}

/* As the screen that shows the code. */
static void
show_code (Fixture *fixture)
{
  static const PvDropEvents events = { report_cb, arrived_cb };

  forget_document (fixture);
  fixture->link = pv_drop_link_new (fixture->line, fixture->page, fixture->rules, &events, fixture);
  pv_drop_link_set_pace (fixture->link, POLL_MS, PV_DROP_SECONDS * 1000);
  assert_true (tst_pump_until (NULL, &fixture->is_ready, WAIT_MS));
}

static void
visit_clear (Visit *visit)
{
  g_free (visit->steps);
  g_free (visit->trouble);
  g_free (visit->words);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Visit, visit_clear)

static char *
join (const PvJson *array)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < pv_json_get_length (array); i++) {
    g_autoptr (PvJson) item = pv_json_get_item (array, i);
    g_autofree char *word = pv_json_as_text (item);

    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", word);
  }
  return g_string_free (text, FALSE);
}

static gsize
count (const PvJson *json, const char *name)
{
  g_autoptr (PvJson) member = pv_json_get_member (json, name);

  assert_non_null (member);
  return pv_json_get_length (member);
}

/* On no section anything is wider than the screen, without a name, or too small for a finger; the heading is read. */
static void
assert_usable (const PvJson *report)
{
  g_autoptr (PvJson) surveys = pv_json_get_member (report, "surveys");

  assert_true (pv_json_get_length (surveys) >= 2);
  for (gsize i = 0; i < pv_json_get_length (surveys); i++) {
    g_autoptr (PvJson) survey = pv_json_get_item (surveys, i);
    g_autoptr (PvJson) focus = pv_json_get_member (survey, "focus"), wide = pv_json_get_member (survey, "wide");
    g_autofree char *focused = pv_json_as_text (focus), *is_wide = pv_json_as_text (wide);

    assert_int_equal (count (survey, "nameless"), 0);
    assert_int_equal (count (survey, "small"), 0);
    assert_string_equal (focused, "H1");
    assert_string_equal (is_wide, "false");
  }
}

typedef struct Phone {
  GSubprocess *process;
  char *output;
  gboolean is_done;
} Phone;

static void
said_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Phone *phone = user_data;

  g_subprocess_communicate_utf8_finish (G_SUBPROCESS (source), result, &phone->output, NULL, NULL);
  phone->is_done = TRUE;
}

static void
start_phone (Phone *phone, Fixture *fixture, const char *const *more)
{
  GPtrArray *words = g_ptr_array_new ();

  g_ptr_array_add (words, (gpointer) "/usr/bin/python3");
  g_ptr_array_add (words, (gpointer) g_getenv ("PV_PHONE"));
  g_ptr_array_add (words, (gpointer) "--url");
  g_ptr_array_add (words, fixture->url);
  for (; *more != NULL; more++)
    g_ptr_array_add (words, (gpointer) *more);
  g_ptr_array_add (words, NULL);
  phone->process = g_subprocess_newv ((const char *const *) words->pdata, G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL);
  g_ptr_array_free (words, TRUE);
  assert_non_null (phone->process);
  g_subprocess_communicate_utf8_async (phone->process, NULL, NULL, said_cb, phone);
}

static Visit
end_phone (Phone *phone)
{
  g_autoptr (PvJson) report = NULL, steps = NULL, trouble = NULL, words = NULL;
  Visit visit;

  assert_true (tst_pump_until (NULL, &phone->is_done, WAIT_MS));
  report = phone->output != NULL ? pv_json_parse (phone->output, strlen (phone->output), NULL) : NULL;
  assert_non_null (report);
  if (count (report, "complaints") + count (report, "leaks") > 0)
    print_error ("%s\n", phone->output);
  assert_int_equal (count (report, "complaints"), 0);
  assert_int_equal (count (report, "leaks"), 0);
  assert_usable (report);
  steps = pv_json_get_member (report, "steps");
  trouble = pv_json_get_member (report, "trouble");
  words = pv_json_get_member (report, "words");
  visit = (Visit){ join (steps), pv_json_as_text (trouble), pv_json_as_text (words) };
  g_clear_object (&phone->process);
  g_clear_pointer (&phone->output, g_free);
  return visit;
}

static Visit
visit_page (Fixture *fixture, const char *const *more)
{
  Phone phone = { 0 };

  start_phone (&phone, fixture, more);
  return end_phone (&phone);
}

static char *
write_file (Fixture *fixture, const char *name, gconstpointer data, gsize size)
{
  char *path = g_build_filename (fixture->rig->folder, name, NULL);

  assert_true (g_file_set_contents (path, data, (gssize) size, NULL));
  return path;
}

/* Starts as a PDF does; the rest is of no concern here. */
static GBytes *
new_pdf (gsize size)
{
  guint8 *data = g_malloc (size);

  for (gsize i = 0; i < size; i++)
    data[i] = (guint8) (i * 31 + i / 253);
  memcpy (data, "%PDF-1.7\n", 9);
  return g_bytes_new_take (data, size);
}

static char *
write_pdf (Fixture *fixture, GBytes *pdf)
{
  return write_file (fixture, "a.pdf", g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf));
}

static void
a_pdf_arrives_as_it_was_chosen (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GBytes) pdf = new_pdf (300000);
  g_autofree char *path = write_pdf (fixture, pdf);
  g_auto (Visit) visit = { 0 };

  show_code (fixture);
  visit = visit_page (fixture, (const char *const[]){ "--file", path, NULL });
  assert_string_equal (visit.steps, "start check done");
  assert_non_null (strstr (visit.words, "Regardez la borne"));
  assert_true (tst_pump_until (NULL, &fixture->is_done, WAIT_MS));
  assert_non_null (fixture->upload);
  assert_true (g_bytes_equal (fixture->upload, pdf));
}

/* The same code once more, by the same phone or another. */
static void
a_code_works_once (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GBytes) pdf = new_pdf (1000);
  g_autofree char *path = write_pdf (fixture, pdf);
  g_auto (Visit) first = { 0 }, second = { 0 };

  show_code (fixture);
  first = visit_page (fixture, (const char *const[]){ "--file", path, NULL });
  second = visit_page (fixture, (const char *const[]){ "--file", path, "--language", "en-GB", NULL });
  assert_string_equal (first.steps, "start check done");
  assert_string_equal (second.trouble, "used");
  assert_non_null (strstr (second.words, "has already arrived"));
  assert_true (g_bytes_equal (fixture->upload, pdf));
}

/* A JPEG of 3000 x 2000 that a camera held upright would make: turned by its EXIF, which also says where. */
static char *
write_photo (Fixture *fixture)
{
  static const guint8 exif[] = "\xff\xe1"
                               "\0\x42"
                               "Exif\0\0"
                               "II*\0\x08\0\0\0" /* little end first; the table is at 8 */
                               "\x02\0"
                               "\x0e\x01\x02\0\x14\0\0\0\x26\0\0\0" /* description: 20 letters at 38 */
                               "\x12\x01\x03\0\x01\0\0\0\x06\0\0\0" /* orientation: turn it clockwise */
                               "\0\0\0\0" SECRET;
  g_autoptr (GBytes) jpeg = fake_picture_new (FAKE_JPEG, 3000, 2000);
  g_autoptr (GByteArray) photo = g_byte_array_new ();
  const guint8 *data;
  gsize size;

  G_STATIC_ASSERT (sizeof exif == 2 + 0x42);
  data = g_bytes_get_data (jpeg, &size);
  g_byte_array_append (photo, data, 2);
  g_byte_array_append (photo, exif, sizeof exif);
  g_byte_array_append (photo, data + 2, (guint) size - 2);
  return write_file (fixture, "photo.jpg", photo->data, photo->len);
}

/* FALSE: not a JPEG. */
static gboolean
measure_jpeg (GBytes *jpeg, guint *ret_width, guint *ret_height)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (jpeg, &size);

  if (size < 4 || data[0] != 0xff || data[1] != 0xd8)
    return FALSE;
  for (gsize at = 2; at + 9 < size && data[at] == 0xff; at += 2u + ((gsize) data[at + 2] << 8 | data[at + 3])) {
    if (data[at + 1] != 0xc0 && data[at + 1] != 0xc2)
      continue;
    *ret_height = (guint) data[at + 5] << 8 | data[at + 6];
    *ret_width = (guint) data[at + 7] << 8 | data[at + 8];
    return TRUE;
  }
  return FALSE;
}

static void
a_photo_arrives_upright_smaller_and_without_its_place (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *path = write_photo (fixture);
  g_auto (Visit) visit = { 0 };
  guint width = 0, height = 0;

  show_code (fixture);
  visit = visit_page (fixture, (const char *const[]){ "--file", path, "--camera", NULL });
  assert_string_equal (visit.steps, "start check done");
  assert_true (tst_pump_until (NULL, &fixture->is_done, WAIT_MS));
  assert_non_null (fixture->upload);
  assert_true (measure_jpeg (fixture->upload, &width, &height));
  assert_int_equal (width, 1667);
  assert_int_equal (height, 2500);
  assert_null (
    memmem (g_bytes_get_data (fixture->upload, NULL), g_bytes_get_size (fixture->upload), SECRET, strlen (SECRET)));
}

typedef struct Cutting {
  Fixture *fixture;
  char *told; /* there once the phone has told its owner */
  guint64 count;
  guint n_cuts;
} Cutting;

/* A browser sends again by itself over a new connection: that breaks, too, until the page gives up. */
static gboolean
cut_cb (gpointer user_data)
{
  Cutting *cutting = user_data;
  Wire *wire = cutting->fixture->wire;

  if (g_file_test (cutting->told, G_FILE_TEST_EXISTS)) {
    g_unlink (cutting->told);
    return G_SOURCE_REMOVE;
  }
  if (wire_count_up (wire) - cutting->count > CUT_BYTES) {
    wire_break (wire);
    cutting->count = wire_count_up (wire);
    cutting->n_cuts++;
    wire_cut (wire, FALSE);
  }
  return G_SOURCE_CONTINUE;
}

static void
a_line_that_breaks_is_told_and_the_same_code_still_works (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GBytes) pdf = new_pdf (MANY_BYTES);
  g_autofree char *path = write_pdf (fixture, pdf);
  g_autofree char *told = g_build_filename (fixture->rig->folder, "told", NULL);
  Cutting cutting = { .fixture = fixture, .told = told };
  g_auto (Visit) visit = { 0 };

  show_code (fixture);
  g_timeout_add (1, cut_cb, &cutting);
  visit = visit_page (fixture, (const char *const[]){ "--file", path, "--told-cut", told, NULL });
  assert_true (cutting.n_cuts > 0);
  assert_string_equal (visit.steps, "start check problem done");
  assert_true (tst_pump_until (NULL, &fixture->is_done, WAIT_MS));
  assert_non_null (fixture->upload);
  assert_true (g_bytes_equal (fixture->upload, pdf));
  assert_int_equal (relay_rig_count_files (fixture->relay, "upload"), 0);
}

/* What cannot be sent is told before anything is sent, and the place stays free for something else. */
static void
what_the_kiosk_does_not_take_is_told_before_it_is_sent (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GBytes) large = new_pdf (PV_DROP_MAX_BYTES + 1), right = new_pdf (PV_DROP_MAX_BYTES);
  g_autofree char *text = write_file (fixture, "a.odt", "PK\x03\x04 not a picture", 18);
  g_autofree char *broken = write_file (fixture, "broken.jpg", "\xff\xd8\xff\xe0 broken", 11);
  g_autofree char *empty = write_file (fixture, "empty.pdf", "", 0);
  g_autofree char *too_large = write_pdf (fixture, large);
  g_autofree char *page = NULL;
  const struct {
    const char *path, *trouble;
  } table[] = { { text, "type" }, { broken, "unreadable" }, { empty, "type" }, { too_large, "large" } };

  show_code (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++) {
    g_auto (Visit) visit = visit_page (fixture, (const char *const[]){ "--file", table[i].path, NULL });

    assert_string_equal (visit.steps, "start problem");
    assert_string_equal (visit.trouble, table[i].trouble);
    assert_non_null (strstr (visit.words, "Rien n’a été envoyé"));
  }
  page = write_pdf (fixture, right);
  {
    g_auto (Visit) visit = visit_page (fixture, (const char *const[]){ "--file", page, NULL });

    assert_string_equal (visit.steps, "start check done");
  }
  assert_true (tst_pump_until (NULL, &fixture->is_done, WAIT_MS));
  assert_true (g_bytes_equal (fixture->upload, right));
}

/* A PDF as large as that would be refused here; a photo is made smaller. */
static void
the_form_s_own_limits_are_the_phone_s (void **state)
{
  static const char *const pictures[] = { "image/jpeg", NULL };
  Fixture *fixture = *state;
  g_autoptr (GBytes) pdf = new_pdf (300001), photo = fake_picture_new (FAKE_JPEG, 2000, 1500);
  g_autofree char *path = write_pdf (fixture, pdf), *picture = NULL;
  g_auto (Visit) large = { 0 }, other = { 0 }, right = { 0 };

  picture = write_file (fixture, "photo.jpg", g_bytes_get_data (photo, NULL), g_bytes_get_size (photo));
  fixture->rules->max_bytes = 300000;
  show_code (fixture);
  large = visit_page (fixture, (const char *const[]){ "--file", path, NULL });
  assert_string_equal (large.trouble, "large");
  assert_non_null (strstr (large.words, "0,3"));
  fixture->rules->mime_types = g_strdupv ((char **) pictures);
  fixture->rules->max_bytes = 1000; /* less than any photo */
  show_code (fixture);
  other = visit_page (fixture, (const char *const[]){ "--file", path, NULL });
  assert_string_equal (other.trouble, "type");
  right = visit_page (fixture, (const char *const[]){ "--file", picture, NULL });
  assert_string_equal (right.steps, "start check done");
  assert_true (tst_pump_until (NULL, &fixture->is_done, WAIT_MS));
  assert_non_null (fixture->upload);
}

static void
a_code_of_long_ago_is_told_at_once (void **state)
{
  Fixture *fixture = *state;
  g_auto (Visit) visit = { 0 };

  show_code (fixture);
  relay_rig_age (fixture->relay, 601);
  visit = visit_page (fixture, (const char *const[]){ NULL });
  assert_string_equal (visit.trouble, "expired");
  assert_true (tst_pump_until (NULL, &fixture->is_done, WAIT_MS));
  assert_null (fixture->upload);
}

/* An address that lost its end, and large letters. */
static void
half_an_address_is_told (void **state)
{
  Fixture *fixture = *state;
  g_auto (Visit) visit = { 0 };

  show_code (fixture);
  fixture->url[strlen (fixture->url) - 30] = '\0';
  visit = visit_page (fixture, (const char *const[]){ "--zoom", "2", NULL });
  assert_string_equal (visit.steps, "problem");
  assert_string_equal (visit.trouble, "code");
}

static void
at_twice_the_size_nothing_is_cut_off (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GBytes) pdf = new_pdf (1000);
  g_autofree char *path = write_pdf (fixture, pdf);
  g_auto (Visit) visit = { 0 };

  show_code (fixture);
  visit = visit_page (fixture, (const char *const[]){ "--file", path, "--zoom", "2", "--width", "320", NULL });
  assert_string_equal (visit.steps, "start check done");
}

static void
the_kiosk_without_its_certificate_gets_no_place (void **state)
{
  static const PvDropEvents events = { report_cb, arrived_cb };
  Fixture *fixture = *state;
  g_autofree char *key = g_build_filename (fixture->rig->folder, "conf", "30.conf", NULL);
  g_autofree char *text =
    g_strdup_printf ("[portal]\nclient-cert-file=%s/stranger.pem\nclient-key-file=%s/stranger.key\n",
                     fixture->relay->folder, fixture->relay->folder);

  assert_true (g_file_set_contents (key, text, -1, NULL));
  pv_courier_link_free (g_steal_pointer (&fixture->line));
  rig_kill_courier (fixture->rig);
  fixture->is_up = FALSE;
  assert_true (rig_start_courier (fixture->rig));
  assert_true (connect_session (fixture));
  fixture->link = pv_drop_link_new (fixture->line, fixture->page, fixture->rules, &events, fixture);
  pv_drop_link_set_pace (fixture->link, POLL_MS, PV_DROP_SECONDS * 1000);
  assert_true (tst_pump_until (NULL, &fixture->is_done, WAIT_MS));
  assert_false (fixture->is_ready);
  assert_int_equal (fixture->trouble, PV_CAPTURE_TROUBLE_OFFLINE);
}

/* Whole at the relay, and cut on its way to the kiosk: it is gone there, and the citizen is told. */
static void
what_is_lost_between_relay_and_kiosk_is_told (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GBytes) pdf = new_pdf (500000);
  g_autofree char *path = write_pdf (fixture, pdf);
  g_auto (Visit) visit = { 0 };

  show_code (fixture);
  assert_true (rig_set_faults (fixture->rig, "{\"faults\": [{\"kind\": \"cut\", \"on\": \"drop\"}]}"));
  visit = visit_page (fixture, (const char *const[]){ "--file", path, NULL });
  assert_string_equal (visit.steps, "start check done");
  assert_true (tst_pump_until (NULL, &fixture->is_done, WAIT_MS));
  assert_null (fixture->upload);
  assert_int_equal (fixture->trouble, PV_CAPTURE_TROUBLE_CUT);
}

#define D(name) cmocka_unit_test_setup_teardown (name, set_up_demo, tear_down)
#define N(name) cmocka_unit_test_setup_teardown (name, set_up_nginx, tear_down)

int
main (void)
{
  const struct CMUnitTest demo_tests[] = {
    D (a_pdf_arrives_as_it_was_chosen),
    D (a_photo_arrives_upright_smaller_and_without_its_place),
    D (a_code_works_once),
    D (half_an_address_is_told),
    D (the_form_s_own_limits_are_the_phone_s),
    D (at_twice_the_size_nothing_is_cut_off),
    D (what_is_lost_between_relay_and_kiosk_is_told),
  };
  const struct CMUnitTest nginx_tests[] = {
    N (a_pdf_arrives_as_it_was_chosen),
    N (a_code_works_once),
    N (a_line_that_breaks_is_told_and_the_same_code_still_works),
    N (what_the_kiosk_does_not_take_is_told_before_it_is_sent),
    N (a_code_of_long_ago_is_told_at_once),
    N (the_kiosk_without_its_certificate_gets_no_place),
  };
  g_autofree char *chromium = g_find_program_in_path ("chromium");
  int result;

  tst_init ();
  if (chromium == NULL)
    return SKIPPED;
  result = cmocka_run_group_tests_name ("demo", demo_tests, NULL, NULL);
  if (relay_rig_is_possible ())
    result += cmocka_run_group_tests_name ("nginx", nginx_tests, NULL, NULL);
  return result;
}
