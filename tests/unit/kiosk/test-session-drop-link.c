/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include <gio/gunixfdlist.h>
#include <string.h>

#include "kiosk/session/drop-link.h"
#include "link/memfd.h"
#include "link/peer.h"
#include "phone.h"
#include "pv-link-courier1.h"

enum {
  WAIT_MS = 20000,
  POLL_MS = 5,
  LONG_MS = 60000,
  MAX_REPORTS = 20,
};

#define PAGE "https://relais.example/d"

/* A courier that does as it is told, and a session that notes what it hears. */
typedef struct Fixture {
  char *folder, *path;
  PvPeerServer *server;
  PvLinkCourier1 *courier;
  PvCourierLink *line;
  PvDropLink *link;
  /* what the courier does */
  const char *open_error; /* (nullable) */
  guint n_open_errors;    /* how often */
  const char *take_error;
  GBytes *sealed; /* (nullable): what is there */
  /* what came */
  char *id;
  guint n_opens, n_takes, n_closes;
  PvCaptureReport reports[MAX_REPORTS];
  guint n_reports;
  char *url;
  GBytes *upload;
  gboolean is_up, is_ready, is_done, frees_itself;
} Fixture;

static gboolean
open_cb (PvLinkCourier1 *skeleton, GDBusMethodInvocation *invocation, const char *id, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->n_opens++;
  g_free (fixture->id);
  fixture->id = g_strdup (id);
  if (fixture->open_error != NULL && fixture->n_opens <= fixture->n_open_errors)
    g_dbus_method_invocation_return_dbus_error (invocation, fixture->open_error, "");
  else
    pv_link_courier1_complete_open_drop (skeleton, invocation);
  return TRUE;
}

static gboolean
take_cb (PvLinkCourier1 *skeleton, GDBusMethodInvocation *invocation, GUnixFDList *fds, const char *id,
         gpointer user_data)
{
  Fixture *fixture = user_data;

  (void) fds;
  fixture->n_takes++;
  if (fixture->take_error != NULL || fixture->sealed == NULL || g_strcmp0 (id, fixture->id) != 0) {
    g_dbus_method_invocation_return_dbus_error (
      invocation, fixture->take_error != NULL ? fixture->take_error : "org.parvis.Error.NotFound", "");
  } else {
    int fd = pv_memfd_from_bytes (fixture->sealed, NULL);
    g_autoptr (GUnixFDList) list = g_unix_fd_list_new_from_array (&fd, 1);

    pv_link_courier1_complete_take_drop (skeleton, invocation, list, g_variant_new_handle (0));
  }
  return TRUE;
}

static gboolean
close_cb (PvLinkCourier1 *skeleton, GDBusMethodInvocation *invocation, const char *id, gpointer user_data)
{
  Fixture *fixture = user_data;

  if (g_strcmp0 (id, fixture->id) == 0)
    fixture->n_closes++;
  pv_link_courier1_complete_close_drop (skeleton, invocation);
  return TRUE;
}

static void
connected_cb (GDBusConnection *connection, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (fixture->courier), connection, "/org/parvis/Courier1",
                                    NULL);
}

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

  if (fixture->n_reports < MAX_REPORTS)
    fixture->reports[fixture->n_reports++] = *report;
  if (report->state == PV_CAPTURE_READY) {
    fixture->url = g_strdup (report->url);
    fixture->is_ready = TRUE;
  }
  if (report->state == PV_CAPTURE_FAILED)
    fixture->is_done = TRUE;
  if (fixture->frees_itself)
    g_clear_pointer (&fixture->link, pv_drop_link_free);
}

static void
arrived_cb (GBytes *upload, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->upload = g_bytes_ref (upload);
  fixture->is_done = TRUE;
}

static int
set_up (void **state)
{
  static const PvCourierEvents events = { .state = state_cb };
  Fixture *fixture = g_new0 (Fixture, 1);

  fixture->folder = g_dir_make_tmp ("pv-drop-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "c.sock", NULL);
  fixture->courier = pv_link_courier1_skeleton_new ();
  g_signal_connect (fixture->courier, "handle-open-drop", G_CALLBACK (open_cb), fixture);
  g_signal_connect (fixture->courier, "handle-take-drop", G_CALLBACK (take_cb), fixture);
  g_signal_connect (fixture->courier, "handle-close-drop", G_CALLBACK (close_cb), fixture);
  fixture->server = pv_peer_server_new (fixture->path, NULL, connected_cb, fixture, NULL);
  fixture->line = pv_courier_link_new (fixture->path, &events, fixture);
  *state = fixture;
  return fixture->server != NULL && tst_pump_until (NULL, &fixture->is_up, WAIT_MS) ? 0 : -1;
}

static int
tear_down (void **state)
{
  Fixture *fixture = *state;

  pv_drop_link_free (fixture->link);
  pv_courier_link_free (fixture->line);
  g_clear_pointer (&fixture->server, pv_peer_server_free);
  g_clear_object (&fixture->courier);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_pointer (&fixture->sealed, g_bytes_unref);
  g_clear_pointer (&fixture->upload, g_bytes_unref);
  tst_remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->id);
  g_free (fixture->url);
  g_free (fixture);
  return 0;
}

static void
start (Fixture *fixture, guint total_ms)
{
  static const PvDropEvents events = { report_cb, arrived_cb };
  g_autoptr (PvCaptureRules) rules = pv_capture_rules_new ("11");

  fixture->link = pv_drop_link_new (fixture->line, PAGE, rules, &events, fixture);
  pv_drop_link_set_pace (fixture->link, POLL_MS, total_ms);
}

static void
pump_until_takes (Fixture *fixture, guint n_takes)
{
  gint64 end = g_get_monotonic_time () + WAIT_MS * G_TIME_SPAN_MILLISECOND;

  while (fixture->n_takes < n_takes && g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
  assert_true (fixture->n_takes >= n_takes);
}

/* Long enough for a call that was made to come in. */
static void
pump_until_closes (Fixture *fixture, guint n_closes)
{
  gint64 end = g_get_monotonic_time () + (n_closes > 0 ? WAIT_MS : 100) * G_TIME_SPAN_MILLISECOND;

  while ((n_closes == 0 || fixture->n_closes < n_closes) && g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
  assert_int_equal (fixture->n_closes, n_closes);
}

static void
assert_ends (Fixture *fixture, PvCaptureTrouble trouble)
{
  const PvCaptureReport *last;

  assert_true (tst_pump_until (NULL, &fixture->is_done, WAIT_MS));
  assert_null (fixture->upload);
  last = &fixture->reports[fixture->n_reports - 1];
  assert_int_equal (last->state, PV_CAPTURE_FAILED);
  assert_int_equal (last->trouble, trouble);
}

/* Until the code is on the screen; then as the phone that reads it. */
static FakePhone *
read_code (Fixture *fixture)
{
  FakePhone *phone;

  assert_true (tst_pump_until (NULL, &fixture->is_ready, WAIT_MS));
  phone = fake_phone_new (fixture->url);
  assert_non_null (phone);
  return phone;
}

static void
the_code_names_the_place_the_key_and_what_may_be_sent (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (FakePhone) phone = NULL;
  static const guint8 zeros[32];

  start (fixture, LONG_MS);
  assert_int_equal (fixture->n_opens, 0);
  phone = read_code (fixture);
  assert_string_equal (phone->page, PAGE);
  assert_string_equal (phone->id, fixture->id);
  assert_memory_not_equal (phone->key, zeros, sizeof zeros);
  assert_int_equal (phone->max_bytes, PV_CAPTURE_MAX_BYTES); /* the form says nothing of its own */
  assert_int_equal (g_strv_length (phone->types), 3);
  assert_int_equal (fixture->n_reports, 1);
}

static void
no_two_codes_are_alike (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (FakePhone) first = NULL, second = NULL;

  start (fixture, LONG_MS);
  first = read_code (fixture);
  g_clear_pointer (&fixture->link, pv_drop_link_free);
  g_clear_pointer (&fixture->url, g_free);
  fixture->is_ready = FALSE;
  start (fixture, LONG_MS);
  second = read_code (fixture);
  assert_string_not_equal (first->id, second->id);
  assert_memory_not_equal (first->key, second->key, sizeof first->key);
}

/* The smallest, one around each step of the padding, and the largest. */
static void
what_the_phone_sends_arrives_byte_for_byte (void **state)
{
  static const gsize sizes[] = { 1, 65530, 65531, 200000, PV_DROP_MAX_BYTES };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
    void *inner = NULL;
    Fixture *fixture;
    g_autofree guint8 *content = g_malloc (sizes[i]);
    g_autoptr (FakePhone) phone = NULL;
    g_autoptr (GBytes) expected = NULL;

    (void) state;
    assert_int_equal (set_up (&inner), 0);
    fixture = inner;
    for (gsize at = 0; at < sizes[i]; at++)
      content[at] = (guint8) (at * 7 + at / 251);
    expected = g_bytes_new (content, sizes[i]);
    start (fixture, LONG_MS);
    phone = read_code (fixture);
    pump_until_takes (fixture, 2);
    fixture->sealed = fake_phone_seal (phone, PV_DROP_JPEG, content, sizes[i]);
    assert_true (tst_pump_until (NULL, &fixture->is_done, WAIT_MS));
    assert_non_null (fixture->upload);
    assert_true (g_bytes_equal (fixture->upload, expected));
    /* READY, RECEIVING, and nothing after it. */
    assert_int_equal (fixture->n_reports, 2);
    assert_int_equal (fixture->reports[1].state, PV_CAPTURE_RECEIVING);
    assert_null (fixture->reports[1].url);
    tear_down (&inner);
  }
}

typedef enum { FLIPPED, SHORTENED, FOREIGN_KEY, FOREIGN_PLACE, EMPTY, TYPE, LENGTH, NOISE, N_SPOILS } Spoil;

static GBytes *
spoil (FakePhone *phone, Spoil how)
{
  static const char text[] = "%PDF-1.4 a document";
  g_autoptr (GBytes) plain = fake_phone_wrap (how == TYPE ? 9 : PV_DROP_PDF, text, sizeof text);
  g_autoptr (GBytes) sealed = NULL;
  g_autofree guint8 *bytes = NULL;
  gsize size;

  if (how == FOREIGN_KEY)
    phone->key[0] ^= 1;
  if (how == FOREIGN_PLACE)
    phone->id[0] = phone->id[0] == '0' ? '1' : '0';
  if (how == LENGTH || how == NOISE) {
    guint8 *changed = g_memdup2 (g_bytes_get_data (plain, &size), g_bytes_get_size (plain));
    g_autoptr (GBytes) wrong = NULL;

    size = g_bytes_get_size (plain);
    changed[how == LENGTH ? 2 : size - 1] = 1;
    wrong = g_bytes_new_take (changed, size);
    return fake_phone_encrypt (phone, wrong);
  }
  sealed = fake_phone_encrypt (phone, plain);
  size = g_bytes_get_size (sealed);
  bytes = g_memdup2 (g_bytes_get_data (sealed, NULL), size);
  if (how == FLIPPED)
    bytes[size / 2] ^= 1;
  return g_bytes_new (bytes, how == EMPTY ? 0 : how == SHORTENED ? size - 1 : size);
}

static void
what_is_not_whole_or_not_of_the_code_is_refused (void **state)
{
  (void) state;
  for (Spoil how = 0; how < N_SPOILS; how++) {
    void *inner = NULL;
    Fixture *fixture;
    g_autoptr (FakePhone) phone = NULL;

    assert_int_equal (set_up (&inner), 0);
    fixture = inner;
    start (fixture, LONG_MS);
    phone = read_code (fixture);
    fixture->sealed = spoil (phone, how);
    assert_ends (fixture, PV_CAPTURE_TROUBLE_CUT);
    tear_down (&inner);
  }
}

static void
more_than_the_limit_is_told_as_too_large (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (FakePhone) phone = NULL;

  start (fixture, LONG_MS);
  phone = read_code (fixture);
  fixture->sealed = g_bytes_new_take (g_malloc0 (PV_DROP_MAX_SEALED_BYTES + 1), PV_DROP_MAX_SEALED_BYTES + 1);
  assert_ends (fixture, PV_CAPTURE_TROUBLE_TOO_LARGE);
}

static void
ten_minutes_without_a_document_are_told (void **state)
{
  Fixture *fixture = *state;

  start (fixture, 100);
  assert_ends (fixture, PV_CAPTURE_TROUBLE_EXPIRED);
  assert_true (fixture->n_takes > 0);
}

static void
a_place_that_is_gone_before_its_time_was_emptied_by_somebody (void **state)
{
  Fixture *fixture = *state;

  start (fixture, LONG_MS);
  fixture->take_error = "org.parvis.Error.Gone";
  assert_ends (fixture, PV_CAPTURE_TROUBLE_CUT);
}

static void
a_relay_that_is_away_for_long_is_told (void **state)
{
  Fixture *fixture = *state;

  start (fixture, LONG_MS);
  fixture->take_error = "org.parvis.Error.Offline";
  assert_ends (fixture, PV_CAPTURE_TROUBLE_OFFLINE);
  assert_true (fixture->n_takes > 10);
}

static void
a_relay_that_is_away_for_a_moment_loses_nothing (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (FakePhone) phone = NULL;

  start (fixture, LONG_MS);
  fixture->take_error = "org.parvis.Error.Offline";
  phone = read_code (fixture);
  pump_until_takes (fixture, 3);
  fixture->take_error = NULL;
  pump_until_takes (fixture, fixture->n_takes + 2);
  fixture->sealed = fake_phone_seal (phone, PV_DROP_PDF, "%PDF-", 5);
  assert_true (tst_pump_until (NULL, &fixture->is_done, WAIT_MS));
  assert_non_null (fixture->upload);
}

/* No code is shown for a place that is not there. */
static void
without_a_place_there_is_no_code (void **state)
{
  static const char *const errors[] = { "org.parvis.Error.Offline", "org.parvis.Error.NotFound",
                                        "org.parvis.Error.Busy" };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (errors); i++) {
    void *inner = NULL;
    Fixture *fixture;

    assert_int_equal (set_up (&inner), 0);
    fixture = inner;
    fixture->open_error = errors[i];
    fixture->n_open_errors = G_MAXUINT;
    start (fixture, LONG_MS);
    assert_ends (fixture, PV_CAPTURE_TROUBLE_OFFLINE);
    assert_int_equal (fixture->n_reports, 1);
    assert_int_equal (fixture->n_opens, 3);
    tear_down (&inner);
  }
}

/* The first answer was lost on its way; the second says that the place is there. */
static void
a_place_that_is_there_already_is_ours (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (FakePhone) phone = NULL;

  fixture->open_error = "org.parvis.Error.Gone";
  fixture->n_open_errors = 1;
  start (fixture, LONG_MS);
  phone = read_code (fixture);
  assert_string_equal (phone->id, fixture->id);
}

static void
a_courier_that_is_away_is_told (void **state)
{
  Fixture *fixture = *state;

  g_clear_pointer (&fixture->server, pv_peer_server_free);
  start (fixture, LONG_MS);
  assert_ends (fixture, PV_CAPTURE_TROUBLE_OFFLINE);
}

/* A phone is not to send what nobody takes; and what has come has ended its place itself. */
static void
a_place_that_nobody_waits_at_is_closed (void **state)
{
  static const struct {
    gboolean is_put, is_gone, is_over, is_closed;
  } table[] = {
    { FALSE, FALSE, FALSE, TRUE },
    { FALSE, FALSE, TRUE, TRUE },
    { TRUE, FALSE, FALSE, FALSE },
    { FALSE, TRUE, FALSE, FALSE },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++) {
    void *inner = NULL;
    Fixture *fixture;
    g_autoptr (FakePhone) phone = NULL;

    assert_int_equal (set_up (&inner), 0);
    fixture = inner;
    start (fixture, table[i].is_over ? 50 : LONG_MS);
    phone = read_code (fixture);
    if (table[i].is_put)
      fixture->sealed = fake_phone_seal (phone, PV_DROP_PDF, "%PDF-", 5);
    if (table[i].is_gone)
      fixture->take_error = "org.parvis.Error.Gone";
    if (table[i].is_put || table[i].is_gone || table[i].is_over)
      assert_true (tst_pump_until (NULL, &fixture->is_done, WAIT_MS));
    g_clear_pointer (&fixture->link, pv_drop_link_free);
    pump_until_closes (fixture, table[i].is_closed ? 1 : 0);
    tear_down (&inner);
  }
}

static void
it_may_be_freed_from_within_its_own_callback (void **state)
{
  Fixture *fixture = *state;

  fixture->frees_itself = TRUE;
  start (fixture, LONG_MS);
  assert_true (tst_pump_until (NULL, &fixture->is_ready, WAIT_MS));
  assert_null (fixture->link);
}

static void
nothing_comes_after_its_end (void **state)
{
  Fixture *fixture = *state;

  for (guint steps = 0; steps < 40; steps++) {
    guint n_reports = fixture->n_reports;

    start (fixture, LONG_MS);
    fixture->n_reports = 0;
    for (guint i = 0; i < steps; i++)
      g_main_context_iteration (NULL, FALSE);
    n_reports = fixture->n_reports;
    g_clear_pointer (&fixture->link, pv_drop_link_free);
    for (guint i = 0; i < 40; i++)
      g_main_context_iteration (NULL, FALSE);
    assert_int_equal (fixture->n_reports, n_reports);
    g_clear_pointer (&fixture->url, g_free);
  }
}

#define T(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    T (the_code_names_the_place_the_key_and_what_may_be_sent),
    T (no_two_codes_are_alike),
    cmocka_unit_test (what_the_phone_sends_arrives_byte_for_byte),
    cmocka_unit_test (what_is_not_whole_or_not_of_the_code_is_refused),
    T (more_than_the_limit_is_told_as_too_large),
    T (ten_minutes_without_a_document_are_told),
    T (a_place_that_is_gone_before_its_time_was_emptied_by_somebody),
    T (a_relay_that_is_away_for_long_is_told),
    T (a_relay_that_is_away_for_a_moment_loses_nothing),
    cmocka_unit_test (without_a_place_there_is_no_code),
    T (a_place_that_is_there_already_is_ours),
    T (a_courier_that_is_away_is_told),
    cmocka_unit_test (a_place_that_nobody_waits_at_is_closed),
    T (it_may_be_freed_from_within_its_own_callback),
    T (nothing_comes_after_its_end),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
