/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "fake-clock.h"
#include "kiosk/courier/dispatch.h"
#include "link/follow.h"

#define REF   "BCDFGHJKLM"
#define OTHER "CCCCCCCCCC"

enum { MAX_CALLS = 10000 };

/* What the fake worker does with each task it gets: the same until changed. */
typedef struct Script {
  PvDeliveryEvent send, search; /* search ABSENT in SEARCH_AND_SEND: goes on to send */
  const char *reason;
  gboolean is_reachable;
  guint retry_after_s;
  gboolean is_lost; /* dies instead */
} Script;

typedef struct Fixture {
  PvRunner runner; /* must stay first */
  char *folder;
  PvOutboxKeys *keys;
  PvOutboxStore *store;
  PvRecords *records;
  PvDispatch *dispatch;
  FakeClock clock;
  PvDispatchHooks hooks;
  PvDisk disk;
  gboolean is_disk_full;
  Script script;
  guint n_calls[PV_N_WORKER_TASKS];
  guint n_sent;    /* submissions that a portal could see */
  GPtrArray *told; /* (element-type utf8): refs whose outcome was told */
  gboolean is_reachable;
  guint n_received; /* counted as filed */
} Fixture;

static gboolean
full_create (PvDisk *disk, int folder, const char *name, GBytes *content, GError **error)
{
  Fixture *fixture = (Fixture *) (void *) ((char *) disk - G_STRUCT_OFFSET (Fixture, disk));
  PvDisk *real = pv_disk_get_default ();

  if (!fixture->is_disk_full)
    return real->create (real, folder, name, content, error);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "full");
  return FALSE;
}

static void
fake_run (PvRunner *runner, int filing_fd, PvWorkerTask task, GAsyncReadyCallback callback, gpointer user_data)
{
  Fixture *fixture = (Fixture *) runner;
  const Script *script = &fixture->script;
  g_autoptr (GTask) answer = g_task_new (NULL, NULL, callback, user_data);
  gboolean has_sent =
    task == PV_WORKER_SEND || (task == PV_WORKER_SEARCH_AND_SEND && script->search == PV_DELIVERY_ABSENT);
  PvWorkerReport *report;

  close (filing_fd);
  fixture->n_calls[task]++;
  if (has_sent && (script->is_lost || (script->send != PV_DELIVERY_NOT_SENT)))
    fixture->n_sent++;
  if (script->is_lost) {
    g_task_return_pointer (answer, NULL, NULL);
    return;
  }
  report = pv_worker_report_new (has_sent ? script->send : script->search, script->reason);
  report->is_reachable = script->is_reachable;
  report->retry_after_s = script->retry_after_s;
  report->outcome = g_bytes_new_static ("sealed", 6);
  report->record_name = g_strdup ("0123456789abcdef0123456789abcdef");
  report->record = g_bytes_new_static ("record", 6);
  g_task_return_pointer (answer, report, (GDestroyNotify) pv_worker_report_free);
}

static PvWorkerReport *
fake_finish (PvRunner *runner, GAsyncResult *result)
{
  (void) runner;
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

static void
outcome_cb (const char *ref, GBytes *sealed, GBytes *digest, gpointer data)
{
  (void) sealed;
  (void) digest;
  g_ptr_array_add (((Fixture *) data)->told, g_strdup (ref));
}

static void
changed_cb (gpointer data)
{
  (void) data;
}

static void
reachable_cb (gboolean is_reachable, gpointer data)
{
  ((Fixture *) data)->is_reachable = is_reachable;
}

static void
received_cb (const char *slug, gpointer data)
{
  ((Fixture *) data)->n_received += g_str_equal (slug, "acte") ? 1 : 0;
}

static void
start_courier (Fixture *fixture)
{
  g_autofree char *outbox = g_build_filename (fixture->folder, "outbox", NULL);
  g_autofree char *follow = g_build_filename (fixture->folder, "follow", NULL);

  fixture->store =
    pv_outbox_store_open (outbox, &fixture->disk, fixture->clock.wall_us, fixture->clock.monotonic_ms, NULL);
  pv_outbox_store_set_reserve (fixture->store, 0);
  fixture->records = pv_records_open (follow, &fixture->disk, NULL);
  fixture->dispatch =
    pv_dispatch_new (fixture->store, fixture->records, &fixture->runner, &fixture->clock.clock, &fixture->hooks, 30);
}

static void
stop_courier (Fixture *fixture)
{
  g_clear_pointer (&fixture->dispatch, pv_dispatch_free);
  g_clear_pointer (&fixture->records, pv_records_free);
  g_clear_pointer (&fixture->store, pv_outbox_store_free);
}

static int
set_up (void **state)
{
  Fixture *fixture = g_new0 (Fixture, 1);

  fixture->runner.run = fake_run;
  fixture->runner.finish = fake_finish;
  /* Months of retries sync a thousand times: what is tested is when, not the disk. */
  fixture->folder = g_mkdtemp (g_strdup ("/dev/shm/pv-dispatch-XXXXXX"));
  if (fixture->folder == NULL)
    fixture->folder = g_dir_make_tmp ("pv-dispatch-XXXXXX", NULL);
  fixture->keys = pv_outbox_keys_new ();
  fake_clock_init (&fixture->clock, "2026-11-24T10:00:00Z");
  fixture->clock.wall_us = g_get_real_time (); /* files are dated by the real one */
  fixture->hooks = (PvDispatchHooks){
    .outcome = outcome_cb,
    .changed = changed_cb,
    .reachable = reachable_cb,
    .received = received_cb,
    .data = fixture,
  };
  fixture->disk = *pv_disk_get_default ();
  fixture->disk.create = full_create;
  fixture->told = g_ptr_array_new_with_free_func (g_free);
  fixture->script = (Script){ PV_DELIVERY_ACCEPTED, PV_DELIVERY_ABSENT, NULL, TRUE, 0, FALSE };
  start_courier (fixture);
  *state = fixture;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *fixture = *state;

  stop_courier (fixture);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  tst_remove_folder (fixture->folder);
  g_free (fixture->folder);
  pv_outbox_keys_free (fixture->keys);
  g_ptr_array_unref (fixture->told);
  g_free (fixture);
  return 0;
}

static gboolean
store_filing (Fixture *fixture, const char *ref, gboolean has_ref_field)
{
  PvOutboxHeader header = { (char *) ref, (char *) "acte", PV_OUTBOX_FILE, has_ref_field, fixture->clock.wall_us };
  g_autoptr (GBytes) container = pv_outbox_seal (&header, g_variant_new_string ("words"), fixture->keys->public_key,
                                                 fixture->keys->public_key, NULL);

  return pv_dispatch_store (fixture->dispatch, ref, container, NULL);
}

/* Lets the fake time go by as the dispatch asks for it, up to @until_ms. */
static void
run_until (Fixture *fixture, gint64 until_ms)
{
  for (guint i = 0; i < MAX_CALLS; i++) {
    gint64 next = pv_dispatch_run (fixture->dispatch);

    if (g_main_context_iteration (NULL, FALSE))
      continue;
    if (next > until_ms)
      break;
    fake_clock_advance_ms (&fixture->clock, MAX (1, next - fixture->clock.monotonic_ms));
  }
  fake_clock_advance_ms (&fixture->clock, MAX (0, until_ms - fixture->clock.monotonic_ms));
}

static PvDeliveryState
state_of (Fixture *fixture, const char *ref)
{
  const PvOutboxItem *item = pv_outbox_store_find (fixture->store, ref);

  return item != NULL ? item->delivery.state : PV_N_DELIVERY_STATES;
}

static void
a_filing_is_sent_told_and_removed (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GBytes) record = NULL;

  assert_true (store_filing (fixture, REF, TRUE));
  run_until (fixture, fixture->clock.monotonic_ms + 1000);
  assert_int_equal (state_of (fixture, REF), PV_DELIVERY_RECEIVED);
  assert_int_equal (fixture->n_sent, 1);
  assert_int_equal (fixture->told->len, 1);
  assert_string_equal (fixture->told->pdata[0], REF);
  record = pv_records_get (fixture->records, "0123456789abcdef0123456789abcdef");
  assert_non_null (record);
  run_until (fixture, fixture->clock.monotonic_ms + 3 * 3600 * 1000);
  assert_null (pv_outbox_store_find (fixture->store, REF));
  assert_int_equal (fixture->n_sent, 1);
  assert_int_equal (fixture->n_received, 1);
}

static void
fifteen_days_without_a_portal_lose_nothing (void **state)
{
  const gint64 fifteen_days_ms = 15 * (gint64) 24 * 3600 * 1000;
  Fixture *fixture = *state;
  gint64 end = fixture->clock.monotonic_ms + fifteen_days_ms;

  fixture->script = (Script){ PV_DELIVERY_NOT_SENT, PV_DELIVERY_SEARCH_FAILED, "offline", FALSE, 0, FALSE };
  assert_true (store_filing (fixture, REF, FALSE));
  assert_true (store_filing (fixture, OTHER, TRUE));
  run_until (fixture, fixture->clock.monotonic_ms + 23 * 3600 * 1000);
  assert_int_equal (pv_dispatch_get_n_raised (fixture->dispatch), 0);
  run_until (fixture, fixture->clock.monotonic_ms + 2 * 3600 * 1000);
  assert_int_equal (pv_dispatch_get_n_raised (fixture->dispatch), 2);
  stop_courier (fixture); /* the kiosk is switched off for a night */
  fake_clock_advance_ms (&fixture->clock, 8 * 3600 * 1000);
  start_courier (fixture);
  while (fixture->clock.monotonic_ms < end)
    run_until (fixture, MIN (fixture->clock.monotonic_ms + 24 * 3600 * 1000, end));
  assert_int_equal (state_of (fixture, REF), PV_DELIVERY_QUEUED);
  assert_int_equal (state_of (fixture, OTHER), PV_DELIVERY_QUEUED);
  assert_false (fixture->is_reachable);

  fixture->script = (Script){ PV_DELIVERY_ACCEPTED, PV_DELIVERY_ABSENT, NULL, TRUE, 0, FALSE };
  run_until (fixture, fixture->clock.monotonic_ms + PV_DELIVERY_LAST_RETRY_MS * 5 / 4);
  run_until (fixture, fixture->clock.monotonic_ms + 60 * 1000);
  assert_int_equal (fixture->n_sent, 2);
  assert_true (fixture->is_reachable);
  assert_int_equal (pv_dispatch_get_n_raised (fixture->dispatch), 0);
}

static void
without_a_search_a_doubtful_filing_is_left_alone_for_ever (void **state)
{
  const Script scripts[] = {
    { PV_DELIVERY_AMBIGUOUS, PV_DELIVERY_ABSENT, "ambiguous", TRUE, 0, FALSE },
    { PV_DELIVERY_ACCEPTED, PV_DELIVERY_ABSENT, NULL, TRUE, 0, TRUE },
  };
  Fixture *fixture = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (scripts); i++) {
    const char *ref = i == 0 ? REF : OTHER;

    fixture->script = scripts[i];
    fixture->n_sent = 0;
    assert_true (store_filing (fixture, ref, FALSE));
    run_until (fixture, fixture->clock.monotonic_ms + 24 * 3600 * 1000);
    stop_courier (fixture);
    start_courier (fixture);
    run_until (fixture, fixture->clock.monotonic_ms + 24 * 3600 * 1000);
    assert_int_equal (fixture->n_sent, 1);
    assert_int_equal (state_of (fixture, ref), PV_DELIVERY_UNKNOWN);
  }
  assert_int_equal (pv_dispatch_get_n_raised (fixture->dispatch), 2);
}

static void
a_session_is_told_that_its_filing_is_unknown_when_the_worker_died (void **state)
{
  Fixture *fixture = *state;

  fixture->script.is_lost = TRUE;
  assert_true (store_filing (fixture, REF, FALSE));
  pv_dispatch_run (fixture->dispatch);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  assert_int_equal (fixture->told->len, 0);
  fixture->script = (Script){ PV_DELIVERY_ACCEPTED, PV_DELIVERY_AMBIGUOUS, "ambiguous", TRUE, 0, FALSE };
  run_until (fixture, fixture->clock.monotonic_ms + 60 * 1000);
  assert_int_equal (fixture->n_calls[PV_WORKER_TELL_UNKNOWN], 1);
  assert_int_equal (fixture->told->len, 1);
  assert_int_equal (state_of (fixture, REF), PV_DELIVERY_UNKNOWN);
  assert_int_equal (fixture->n_calls[PV_WORKER_SEND], 1);
}

static void
telling_is_given_up_when_every_worker_dies (void **state)
{
  Fixture *fixture = *state;

  fixture->script.is_lost = TRUE;
  assert_true (store_filing (fixture, REF, FALSE));
  run_until (fixture, fixture->clock.monotonic_ms + 60 * 1000);
  assert_int_equal (fixture->n_calls[PV_WORKER_TELL_UNKNOWN], PV_DISPATCH_MAX_TELLS);
  assert_int_equal (fixture->n_calls[PV_WORKER_SEND], 1);
}

static void
a_doubtful_filing_that_is_found_is_received (void **state)
{
  Fixture *fixture = *state;

  fixture->script = (Script){ PV_DELIVERY_AMBIGUOUS, PV_DELIVERY_FOUND, "ambiguous", TRUE, 0, FALSE };
  assert_true (store_filing (fixture, REF, TRUE));
  run_until (fixture, fixture->clock.monotonic_ms + 5000);
  assert_int_equal (fixture->n_sent, 1);
  assert_int_equal (state_of (fixture, REF), PV_DELIVERY_RECEIVED);
  assert_int_equal (fixture->n_received, 1);
}

static void
a_doubtful_filing_that_is_absent_is_sent_again_after_the_portals_minute (void **state)
{
  Fixture *fixture = *state;

  fixture->script = (Script){ PV_DELIVERY_AMBIGUOUS, PV_DELIVERY_ABSENT, "ambiguous", TRUE, 0, FALSE };
  assert_true (store_filing (fixture, REF, TRUE));
  run_until (fixture, fixture->clock.monotonic_ms + PV_DELIVERY_SETTLE_MS - 5000);
  assert_int_equal (fixture->n_sent, 1);
  assert_true (fixture->n_calls[PV_WORKER_SEARCH] >= 4);
  fixture->script = (Script){ PV_DELIVERY_ACCEPTED, PV_DELIVERY_ABSENT, NULL, TRUE, 0, FALSE };
  run_until (fixture, fixture->clock.monotonic_ms + 15000);
  assert_int_equal (fixture->n_calls[PV_WORKER_SEARCH_AND_SEND], 1);
  assert_int_equal (fixture->n_calls[PV_WORKER_SEND], 1);
  assert_int_equal (state_of (fixture, REF), PV_DELIVERY_RECEIVED);
}

static void
a_filing_refused_for_good_waits_for_an_agent (void **state)
{
  Fixture *fixture = *state;

  fixture->script = (Script){ PV_DELIVERY_REJECTED, PV_DELIVERY_ABSENT, "gone", TRUE, 0, FALSE };
  assert_true (store_filing (fixture, REF, TRUE));
  run_until (fixture, fixture->clock.monotonic_ms + 24 * 3600 * 1000);
  assert_int_equal (fixture->n_sent, 1);
  assert_int_equal (state_of (fixture, REF), PV_DELIVERY_REFUSED);
  assert_int_equal (fixture->n_received, 0);
  assert_string_equal (pv_outbox_store_find (fixture->store, REF)->reason, "gone");
  assert_int_equal (pv_dispatch_get_n_raised (fixture->dispatch), 1);
}

static void
what_is_kept_too_long_goes_but_not_by_a_clock_that_may_be_wrong (void **state)
{
  Fixture *fixture = *state;

  fixture->script = (Script){ PV_DELIVERY_REJECTED, PV_DELIVERY_ABSENT, "gone", TRUE, 0, FALSE };
  assert_true (store_filing (fixture, REF, TRUE));
  run_until (fixture, fixture->clock.monotonic_ms + 1000);
  fixture->clock.is_synchronised = FALSE;
  fixture->clock.wall_us += 31 * G_TIME_SPAN_DAY;
  run_until (fixture, fixture->clock.monotonic_ms + 2 * 3600 * 1000);
  assert_int_equal (state_of (fixture, REF), PV_DELIVERY_REFUSED);
  fixture->clock.is_synchronised = TRUE;
  run_until (fixture, fixture->clock.monotonic_ms + 2 * 3600 * 1000);
  assert_null (pv_outbox_store_find (fixture->store, REF));
}

static void
the_portal_says_when_to_come_back (void **state)
{
  Fixture *fixture = *state;

  fixture->script = (Script){ PV_DELIVERY_NOT_SENT, PV_DELIVERY_ABSENT, "busy", TRUE, 600, FALSE };
  assert_true (store_filing (fixture, REF, TRUE));
  run_until (fixture, fixture->clock.monotonic_ms + 599 * 1000);
  assert_int_equal (fixture->n_calls[PV_WORKER_SEND], 1);
  run_until (fixture, fixture->clock.monotonic_ms + 2 * 1000);
  assert_int_equal (fixture->n_calls[PV_WORKER_SEND], 2);
}

static void
nothing_is_sent_while_the_disk_cannot_note_it (void **state)
{
  Fixture *fixture = *state;

  assert_true (store_filing (fixture, REF, FALSE));
  fixture->is_disk_full = TRUE;
  run_until (fixture, fixture->clock.monotonic_ms + 60 * 1000);
  assert_int_equal (fixture->n_sent, 0);
  fixture->is_disk_full = FALSE;
  run_until (fixture, fixture->clock.monotonic_ms + 15 * 1000);
  assert_int_equal (fixture->n_sent, 1);
}

static void
an_answer_that_the_disk_will_not_take_is_told_and_kept_until_it_does (void **state)
{
  Fixture *fixture = *state;

  assert_true (store_filing (fixture, REF, FALSE));
  pv_dispatch_run (fixture->dispatch);
  fixture->is_disk_full = TRUE;
  while (g_main_context_iteration (NULL, FALSE))
    ;
  assert_int_equal (fixture->told->len, 1);
  run_until (fixture, fixture->clock.monotonic_ms + 60 * 1000);
  assert_int_equal (state_of (fixture, REF), PV_DELIVERY_SENDING);
  fixture->is_disk_full = FALSE;
  run_until (fixture, fixture->clock.monotonic_ms + 15 * 1000);
  assert_int_equal (state_of (fixture, REF), PV_DELIVERY_RECEIVED);
  assert_int_equal (fixture->n_sent, 1);
}

static void
a_session_that_asks_again_is_told_again (void **state)
{
  Fixture *fixture = *state;
  PvOutboxHeader header = { (char *) REF, (char *) "acte", PV_OUTBOX_FILE, TRUE, fixture->clock.wall_us };
  g_autoptr (GBytes) container = pv_outbox_seal (&header, g_variant_new_string ("words"), fixture->keys->public_key,
                                                 fixture->keys->public_key, NULL);

  assert_true (pv_dispatch_store (fixture->dispatch, REF, container, NULL));
  run_until (fixture, fixture->clock.monotonic_ms + 1000);
  stop_courier (fixture);
  start_courier (fixture);
  assert_true (pv_dispatch_store (fixture->dispatch, REF, container, NULL));
  run_until (fixture, fixture->clock.monotonic_ms + 1000);
  assert_int_equal (fixture->told->len, 2);
  assert_int_equal (fixture->n_sent, 1);
}

static void
what_an_agent_has_taken_is_no_longer_sent (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *outbox = g_build_filename (fixture->folder, "outbox", NULL);
  g_autoptr (PvOutboxStore) reader = NULL;

  fixture->script = (Script){ PV_DELIVERY_NOT_SENT, PV_DELIVERY_ABSENT, "offline", FALSE, 0, FALSE };
  assert_true (store_filing (fixture, REF, TRUE));
  run_until (fixture, fixture->clock.monotonic_ms + 1000);
  assert_int_equal (state_of (fixture, REF), PV_DELIVERY_QUEUED);
  reader = pv_outbox_store_open_to_read (outbox, NULL);
  assert_true (pv_outbox_store_claim (reader, pv_outbox_store_find (reader, REF), NULL));
  fixture->script = (Script){ PV_DELIVERY_ACCEPTED, PV_DELIVERY_ABSENT, NULL, TRUE, 0, FALSE };
  run_until (fixture, fixture->clock.monotonic_ms + 24 * 3600 * 1000);
  assert_int_equal (fixture->n_sent, 0);
  assert_int_equal (state_of (fixture, REF), PV_DELIVERY_QUEUED);
  assert_int_equal (pv_dispatch_get_n_raised (fixture->dispatch), 0);
}

static void
two_workers_at_most_and_one_while_the_portal_is_away (void **state)
{
  Fixture *fixture = *state;
  const char *refs[] = { REF, OTHER, "DDDDDDDDDD", "FFFFFFFFFF" };

  for (gsize i = 0; i < G_N_ELEMENTS (refs); i++)
    assert_true (store_filing (fixture, refs[i], FALSE));
  fixture->script = (Script){ PV_DELIVERY_NOT_SENT, PV_DELIVERY_ABSENT, "offline", FALSE, 0, FALSE };
  pv_dispatch_run (fixture->dispatch);
  assert_int_equal (pv_dispatch_get_n_running (fixture->dispatch), PV_DISPATCH_MAX_WORKERS);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  fake_clock_advance_ms (&fixture->clock, 3600 * 1000);
  pv_dispatch_run (fixture->dispatch);
  assert_int_equal (pv_dispatch_get_n_running (fixture->dispatch), 1);
}

#define WITH_COURIER(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_COURIER (a_filing_is_sent_told_and_removed),
    WITH_COURIER (fifteen_days_without_a_portal_lose_nothing),
    WITH_COURIER (without_a_search_a_doubtful_filing_is_left_alone_for_ever),
    WITH_COURIER (a_session_is_told_that_its_filing_is_unknown_when_the_worker_died),
    WITH_COURIER (telling_is_given_up_when_every_worker_dies),
    WITH_COURIER (a_doubtful_filing_that_is_found_is_received),
    WITH_COURIER (a_doubtful_filing_that_is_absent_is_sent_again_after_the_portals_minute),
    WITH_COURIER (a_filing_refused_for_good_waits_for_an_agent),
    WITH_COURIER (what_is_kept_too_long_goes_but_not_by_a_clock_that_may_be_wrong),
    WITH_COURIER (the_portal_says_when_to_come_back),
    WITH_COURIER (nothing_is_sent_while_the_disk_cannot_note_it),
    WITH_COURIER (an_answer_that_the_disk_will_not_take_is_told_and_kept_until_it_does),
    WITH_COURIER (a_session_that_asks_again_is_told_again),
    WITH_COURIER (what_an_agent_has_taken_is_no_longer_sent),
    WITH_COURIER (two_workers_at_most_and_one_while_the_portal_is_away),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
