/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Carriers at a real Mosquitto over TLS, with the shipped rules and the certificates of parvisctl. */

#include "broker-end.h"

#include <signal.h>
#include <string.h>

enum { QUIET_MS = 500, BACK_MS = 3000, N_PARCELS = 300 };

static Broker *broker;
static const BrokerPerson *kiosk, *other_kiosk, *mediator, *near_mediator, *far_mediator, *stranger;

static int
set_up (void **state)
{
  (void) state;
  broker = broker_new ();
  if (broker == NULL)
    return -1;
  kiosk = broker_enrol (broker, "root", "kiosk", "22050");
  other_kiosk = broker_enrol (broker, "root", "kiosk", "22050");
  mediator = broker_enrol (broker, "root", "mediator", "22050,22060");
  near_mediator = broker_enrol (broker, "root", "mediator", "22060");
  far_mediator = broker_enrol (broker, "root", "mediator", "22070");
  stranger = broker_enrol (broker, "other-root", "kiosk", "22050");
  return stranger != NULL && broker_start (broker) ? 0 : -1;
}

static int
tear_down (void **state)
{
  (void) state;
  broker_free (broker);
  return 0;
}

static void
send_number (End *end, const char *peer, guint number)
{
  g_autoptr (GBytes) bytes = end_number (number);
  g_autoptr (GError) error = NULL;

  while (!pv_carrier_send (end->carrier, peer, bytes, FALSE, &error)) {
    /* Its queue is full of what the broker has not acknowledged. */
    assert_true (g_error_matches (error, PV_MQTT_ERROR, PV_MQTT_ERROR_FULL));
    g_clear_error (&error);
    g_main_context_iteration (NULL, TRUE);
  }
}

static void
assert_numbers (End *end, const char *peer, guint n)
{
  assert_true (end_wait (&end->parcels->len, n));
  for (guint i = 0; i < n; i++) {
    g_autoptr (GBytes) expected = end_number (i);

    assert_true (g_bytes_equal (end->parcels->pdata[i], expected));
    assert_string_equal (end->peers->pdata[i], peer);
  }
}

static void
parcels_arrive_both_ways_and_in_order (void **state)
{
  End *k = end_new (broker, PV_CARRIER_KIOSK, kiosk, "22050");
  End *m = end_new (broker, PV_CARRIER_MEDIATOR, mediator, "22050,22060");

  (void) state;
  assert_true (end_wait_up (k) && end_wait_up (m));
  for (guint i = 0; i < N_PARCELS / 2; i++) {
    send_number (k, mediator->id, i);
    send_number (m, kiosk->id, i);
  }
  assert_numbers (m, kiosk->id, N_PARCELS / 2);
  assert_numbers (k, mediator->id, N_PARCELS / 2);
  end_free (k);
  end_free (m);
}

static void
the_largest_parcel_arrives_and_a_larger_one_is_refused_here (void **state)
{
  End *k = end_new (broker, PV_CARRIER_KIOSK, kiosk, "22050");
  End *m = end_new (broker, PV_CARRIER_MEDIATOR, mediator, "22050");
  g_autofree guint8 *data = g_malloc0 (PV_CARRIER_MAX_PARCEL_BYTES + 1);
  g_autoptr (GBytes) largest = g_bytes_new (data, PV_CARRIER_MAX_PARCEL_BYTES);
  g_autoptr (GBytes) larger = g_bytes_new (data, PV_CARRIER_MAX_PARCEL_BYTES + 1);
  g_autoptr (GError) error = NULL;

  (void) state;
  assert_true (end_wait_up (k) && end_wait_up (m));
  assert_false (pv_carrier_send (k->carrier, mediator->id, larger, FALSE, &error));
  assert_true (g_error_matches (error, PV_MQTT_ERROR, PV_MQTT_ERROR_LARGE));
  assert_true (pv_carrier_send (k->carrier, mediator->id, largest, FALSE, NULL));
  assert_true (end_wait (&m->parcels->len, 1));
  assert_true (g_bytes_equal (m->parcels->pdata[0], largest));
  end_free (k);
  end_free (m);
}

static void
a_call_is_heard_in_its_commune_only (void **state)
{
  End *k = end_new (broker, PV_CARRIER_KIOSK, kiosk, "22050");
  End *m = end_new (broker, PV_CARRIER_MEDIATOR, mediator, "22050,22060");
  End *own = end_new (broker, PV_CARRIER_MEDIATOR, far_mediator, "22070");
  /* It asks for what it is not enrolled for. */
  End *curious = end_new (broker, PV_CARRIER_MEDIATOR, far_mediator, "22050");
  g_autoptr (GBytes) call = end_number (7);
  g_autofree char *from = g_strconcat ("call ", kiosk->id, NULL);

  (void) state;
  assert_true (end_wait_up (k) && end_wait_up (m) && end_wait_up (own));
  assert_true (end_wait_answer (curious));
  assert_true (pv_carrier_call (k->carrier, call, NULL));
  assert_true (end_wait (&m->parcels->len, 1));
  assert_string_equal (m->peers->pdata[0], from);
  end_pump (QUIET_MS);
  assert_int_equal (own->parcels->len, 0);
  assert_int_equal (curious->parcels->len, 0);
  end_free (k);
  end_free (m);
  end_free (own);
  end_free (curious);
}

static void
presence_is_heard_in_its_communes_only (void **state)
{
  End *k = end_new (broker, PV_CARRIER_KIOSK, kiosk, "22050");
  End *m = end_new (broker, PV_CARRIER_MEDIATOR, mediator, "22050,22060");
  End *colleague = end_new (broker, PV_CARRIER_MEDIATOR, near_mediator, "22060");
  /* They ask for what they are not enrolled for. */
  End *curious = end_new (broker, PV_CARRIER_MEDIATOR, far_mediator, "22050");
  End *spy = end_new_bare (broker->kiosk_port, other_kiosk, "p/22060/+");
  End *all = end_new_bare (broker->kiosk_port, other_kiosk, "#");
  g_autoptr (GBytes) presence = end_number (3);
  g_autofree guint8 *data = g_malloc0 (PV_CARRIER_MAX_PRESENCE_BYTES + 1);
  g_autoptr (GBytes) larger = g_bytes_new (data, PV_CARRIER_MAX_PRESENCE_BYTES + 1);
  g_autoptr (GError) error = NULL;

  (void) state;
  assert_true (end_wait_up (k) && end_wait_up (m) && end_wait_up (colleague));
  assert_true (end_wait_answer (curious) && end_wait_answer (spy) && end_wait_answer (all));
  assert_true (pv_carrier_tell_presence (m->carrier, presence, NULL));
  assert_true (end_wait (&k->presences->len, 1) && end_wait (&colleague->presences->len, 1));
  assert_true (g_bytes_equal (k->presences->pdata[0], presence));
  end_pump (QUIET_MS);
  assert_int_equal (k->presences->len + k->parcels->len, 1);
  assert_int_equal (m->presences->len + curious->presences->len, 0);
  assert_int_equal (spy->parcels->len, 0);
  /* Its own commune's, which any subscription may ask for, and not that of the next one. */
  assert_int_equal (all->parcels->len, 1);
  assert_false (pv_carrier_tell_presence (m->carrier, larger, &error));
  assert_true (g_error_matches (error, PV_MQTT_ERROR, PV_MQTT_ERROR_LARGE));
  end_free (k);
  end_free (m);
  end_free (colleague);
  end_free (curious);
  end_free (spy);
  end_free (all);
}

static void
nobody_says_that_another_is_free (void **state)
{
  g_autofree char *as_another = g_strdup_printf ("p/22050/%s", mediator->id);
  g_autofree char *as_kiosk = g_strdup_printf ("p/22050/%s", other_kiosk->id);
  g_autofree char *inbox = g_strdup_printf ("m/%s/in/+", near_mediator->id);
  g_autofree char *kiosk_inbox = g_strdup_printf ("k/%s/in/+", other_kiosk->id);
  End *k = end_new (broker, PV_CARRIER_KIOSK, kiosk, "22050");
  End *liar = end_new_bare (broker->mediator_port, near_mediator, inbox);
  End *liars_kiosk = end_new_bare (broker->kiosk_port, other_kiosk, kiosk_inbox);
  g_autoptr (GBytes) bytes = end_number (1);

  (void) state;
  assert_true (end_wait_up (k) && end_wait_up (liar) && end_wait_up (liars_kiosk));
  assert_true (pv_mqtt_publish (liar->mqtt, as_another, bytes, 1, 10, NULL));
  assert_true (end_wait (&liar->n_events[PV_MQTT_REFUSED], 1));
  assert_true (pv_mqtt_publish (liars_kiosk->mqtt, as_kiosk, bytes, 1, 10, NULL));
  assert_true (end_wait (&liars_kiosk->n_events[PV_MQTT_REFUSED], 1));
  end_pump (QUIET_MS);
  assert_int_equal (k->presences->len, 0);
  end_free (k);
  end_free (liar);
  end_free (liars_kiosk);
}

static void
a_kiosk_neither_reads_nor_speaks_for_another (void **state)
{
  g_autofree char *inbox = g_strdup_printf ("k/%s/in/+", kiosk->id);
  g_autofree char *forged = g_strdup_printf ("m/%s/in/%s", mediator->id, kiosk->id);
  g_autofree char *honest = g_strdup_printf ("m/%s/in/%s", mediator->id, other_kiosk->id);
  End *k = end_new (broker, PV_CARRIER_KIOSK, kiosk, "22050");
  End *m = end_new (broker, PV_CARRIER_MEDIATOR, mediator, "22050");
  End *spy = end_new_bare (broker->kiosk_port, other_kiosk, inbox);
  End *all = end_new_bare (broker->kiosk_port, other_kiosk, "#");
  g_autoptr (GBytes) bytes = end_number (1);

  (void) state;
  assert_true (end_wait_up (k) && end_wait_up (m));
  /* A refused subscription may be acknowledged: only what arrives counts. */
  assert_true (end_wait_answer (spy) && end_wait_answer (all));
  send_number (m, kiosk->id, 0);
  assert_true (end_wait (&k->parcels->len, 1));
  end_pump (QUIET_MS);
  assert_int_equal (spy->parcels->len, 0);
  assert_int_equal (all->parcels->len, 0);
  end_free (spy);
  end_free (all);

  g_free (g_steal_pointer (&inbox));
  inbox = g_strdup_printf ("k/%s/in/+", other_kiosk->id);
  spy = end_new_bare (broker->kiosk_port, other_kiosk, inbox);
  assert_true (end_wait_up (spy));
  assert_true (pv_mqtt_publish (spy->mqtt, forged, bytes, 1, 10, NULL));
  assert_true (end_wait (&spy->n_events[PV_MQTT_REFUSED], 1));
  assert_int_equal (spy->reason, 135); /* not authorised */
  assert_true (pv_mqtt_publish (spy->mqtt, honest, bytes, 1, 10, NULL));
  assert_true (end_wait (&m->parcels->len, 1));
  assert_string_equal (m->peers->pdata[0], other_kiosk->id);
  end_free (spy);
  end_free (k);
  end_free (m);
}

static void
a_stranger_is_refused (void **state)
{
  /* Of another root; a kiosk at the mediators' door; a mediator at the kiosks'. */
  End *ends[] = {
    end_new_at (broker, PV_CARRIER_KIOSK, stranger, broker->kiosk_port, "22050", kiosk),
    end_new_at (broker, PV_CARRIER_KIOSK, kiosk, broker->mediator_port, "22050", kiosk),
    end_new_at (broker, PV_CARRIER_MEDIATOR, mediator, broker->kiosk_port, "22050", kiosk),
    /* And a broker that is not ours. */
    end_new_at (broker, PV_CARRIER_KIOSK, kiosk, broker->kiosk_port, "22050", stranger),
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++) {
    assert_true (end_wait (&ends[i]->n_events[PV_MQTT_FAILED], 1));
    assert_int_equal (ends[i]->n_events[PV_MQTT_UP], 0);
    end_free (ends[i]);
  }
}

static void
nobody_comes_in_without_a_certificate (void **state)
{
  g_autofree char *address = g_strdup_printf ("127.0.0.1:%u", broker->kiosk_port);
  g_autofree char *ca = end_file (kiosk, "brokers.pem");
  const char *words[] = { "openssl", "s_client", "-connect", address, "-CAfile", ca, "-ign_eof", NULL };
  g_autoptr (GSubprocess) process = g_subprocess_newv (
    words, G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE, NULL);
  g_autofree char *said = NULL;

  (void) state;
  assert_non_null (process);
  assert_true (g_subprocess_communicate_utf8 (process, "hello\nhello\n", NULL, &said, NULL, NULL));
  if (strstr (said, "certificate required") == NULL)
    fail_msg ("%s", said);
}

static void
comes_back_within_three_seconds_of_a_broker_that_was_killed (void **state)
{
  End *k = end_new (broker, PV_CARRIER_KIOSK, kiosk, "22050");
  End *m = end_new (broker, PV_CARRIER_MEDIATOR, mediator, "22050");
  End *ends[] = { k, m };

  (void) state;
  assert_true (end_wait_up (k) && end_wait_up (m));
  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    pv_carrier_set_urgent (ends[i]->carrier, TRUE);
  for (guint round = 1; round <= 3; round++) {
    gint64 back_us;
    g_autoptr (GBytes) bytes = end_number (0);
    g_autoptr (GError) error = NULL;

    broker_kill (broker);
    for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
      assert_true (end_wait (&ends[i]->n_events[PV_MQTT_DOWN], round));
    assert_false (pv_carrier_send (k->carrier, mediator->id, bytes, FALSE, &error));
    assert_true (g_error_matches (error, PV_MQTT_ERROR, PV_MQTT_ERROR_DOWN));
    end_pump (2000);
    assert_true (broker_start (broker));
    back_us = g_get_monotonic_time ();
    for (gsize i = 0; i < G_N_ELEMENTS (ends); i++) {
      assert_true (end_wait (&ends[i]->n_events[PV_MQTT_UP], round + 1));
      print_message ("# back after %" G_GINT64_FORMAT " ms\n", (ends[i]->up_us - back_us) / 1000);
      assert_true (ends[i]->up_us - back_us < BACK_MS * G_TIME_SPAN_MILLISECOND);
    }
    send_number (k, mediator->id, round - 1);
    send_number (m, kiosk->id, round - 1);
    assert_numbers (m, kiosk->id, round);
    assert_numbers (k, mediator->id, round);
  }
  end_free (k);
  end_free (m);
}

static void
its_queue_ends_somewhere (void **state)
{
  End *k = end_new (broker, PV_CARRIER_KIOSK, kiosk, "22050");
  End *m = end_new (broker, PV_CARRIER_MEDIATOR, mediator, "22050");
  g_autoptr (GError) error = NULL;
  guint n = 0;

  (void) state;
  assert_true (end_wait_up (k) && end_wait_up (m));
  broker_freeze (broker, TRUE);
  for (;; n++) {
    g_autoptr (GBytes) bytes = end_number (n);

    if (!pv_carrier_send (k->carrier, mediator->id, bytes, FALSE, &error))
      break;
    assert_true (n < 1000);
  }
  assert_true (g_error_matches (error, PV_MQTT_ERROR, PV_MQTT_ERROR_FULL));
  assert_int_equal (n, PV_MQTT_MAX_WAITING);
  broker_freeze (broker, FALSE);
  assert_numbers (m, kiosk->id, n); /* what it took, it carries */
  send_number (k, mediator->id, n);
  assert_numbers (m, kiosk->id, n + 1);
  end_free (k);
  end_free (m);
}

static void
nothing_is_kept_for_who_comes_later (void **state)
{
  End *k = end_new (broker, PV_CARRIER_KIOSK, kiosk, "22050");
  End *teller = end_new (broker, PV_CARRIER_MEDIATOR, near_mediator, "22060");
  End *m;
  g_autoptr (GBytes) call = end_number (9);
  g_autofree char *log = NULL;

  (void) state;
  assert_true (end_wait_up (k) && end_wait_up (teller));
  assert_true (pv_carrier_tell_presence (teller->carrier, call, NULL));
  send_number (k, mediator->id, 0);
  assert_true (pv_carrier_call (k->carrier, call, NULL));
  end_pump (QUIET_MS);
  m = end_new (broker, PV_CARRIER_MEDIATOR, mediator, "22050,22060");
  assert_true (end_wait_up (m));
  end_pump (QUIET_MS);
  assert_int_equal (m->parcels->len + m->presences->len, 0);
  assert_int_equal (broker_count_stored (broker), 0);
  log = broker_read_log (broker);
  assert_null (strstr (log, kiosk->id)); /* nor a word on who was there */
  end_free (teller);
  end_free (k);
  end_free (m);
}

static guint n_polls;

static gint
counting_poll (GPollFD *fds, guint n_fds, gint timeout)
{
  n_polls++;
  return g_poll (fds, n_fds, timeout);
}

static gboolean
stop_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

/* A kiosk is connected all day, and mostly nobody calls. */
static void
an_idle_connection_lets_the_main_loop_sleep (void **state)
{
  End *end = end_new (broker, PV_CARRIER_KIOSK, kiosk, "22050");
  gboolean is_over = FALSE;

  (void) state;
  assert_true (end_wait_up (end));
  end_pump (200);
  g_main_context_set_poll_func (NULL, counting_poll);
  g_timeout_add (1500, stop_cb, &is_over);
  for (n_polls = 0; !is_over;)
    g_main_context_iteration (NULL, TRUE);
  g_main_context_set_poll_func (NULL, NULL);
  assert_true (n_polls < 15);
  end_free (end);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (an_idle_connection_lets_the_main_loop_sleep),
    cmocka_unit_test (parcels_arrive_both_ways_and_in_order),
    cmocka_unit_test (the_largest_parcel_arrives_and_a_larger_one_is_refused_here),
    cmocka_unit_test (a_call_is_heard_in_its_commune_only),
    cmocka_unit_test (presence_is_heard_in_its_communes_only),
    cmocka_unit_test (nobody_says_that_another_is_free),
    cmocka_unit_test (a_kiosk_neither_reads_nor_speaks_for_another),
    cmocka_unit_test (a_stranger_is_refused),
    cmocka_unit_test (nobody_comes_in_without_a_certificate),
    cmocka_unit_test (comes_back_within_three_seconds_of_a_broker_that_was_killed),
    cmocka_unit_test (its_queue_ends_somewhere),
    cmocka_unit_test (nothing_is_kept_for_who_comes_later),
  };

  tst_init ();
  signal (SIGPIPE, SIG_IGN);
  return cmocka_run_group_tests (tests, set_up, tear_down);
}
