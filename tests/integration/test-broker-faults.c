/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Carriers where the other side is silent or too loud; which doors the shipped configuration opens; how long a parcel takes,
 * and how many bytes. */

#include "broker-end.h"
#include "wire.h"

#include <arpa/inet.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { N_LOUD = 1200, N_TIMED = 300, FREE_MS = 200, FILLERS = 4 };
/* Each way, 5 s apart; of the smallest class. */
enum { BEATS_A_MINUTE = 12, RECORD_BYTES = 13 + 64 + 16 };

static Broker *broker;
static const BrokerPerson *kiosk, *mediator;

static int
set_up (void **state)
{
  (void) state;
  broker = broker_new ();
  if (broker == NULL)
    return -1;
  kiosk = broker_enrol (broker, "root", "kiosk", "22050");
  mediator = broker_enrol (broker, "root", "mediator", "22050");
  return mediator != NULL && broker_start (broker) ? 0 : -1;
}

static int
tear_down (void **state)
{
  (void) state;
  broker_free (broker);
  return 0;
}

static int
listen_silently (guint backlog, guint *ret_port)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  socklen_t size = sizeof address;
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  assert_int_equal (bind (fd, (struct sockaddr *) &address, size), 0);
  assert_int_equal (listen (fd, (int) backlog), 0);
  assert_int_equal (getsockname (fd, (struct sockaddr *) &address, &size), 0);
  *ret_port = ntohs (address.sin_port);
  return fd;
}

/* One more than fits waits in connect(). */
static int
connect_without_waiting (guint port)
{
  const struct sockaddr_in address = { .sin_family = AF_INET,
                                       .sin_addr.s_addr = htonl (INADDR_LOOPBACK),
                                       .sin_port = htons ((guint16) port) };
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

  (void) !connect (fd, (const struct sockaddr *) &address, sizeof address);
  return fd;
}

static void
free_at_once (End *end)
{
  gint64 before = g_get_monotonic_time ();

  end_free (end);
  assert_true (g_get_monotonic_time () - before < FREE_MS * G_TIME_SPAN_MILLISECOND);
}

static void
a_broker_that_says_nothing_is_given_up (void **state)
{
  guint port;
  int fd = listen_silently (10, &port);
  End *end = end_new_at (broker, PV_CARRIER_KIOSK, kiosk, port, "22050", kiosk);
  gint64 before = g_get_monotonic_time ();

  (void) state;
  pv_carrier_set_urgent (end->carrier, TRUE);
  assert_true (end_wait (&end->n_events[PV_MQTT_FAILED], 1));
  assert_true (g_get_monotonic_time () - before < 2 * PV_MQTT_CONNECT_MS * G_TIME_SPAN_MILLISECOND);
  free_at_once (end);
  close (fd);
}

static void
a_broker_that_swallows_packets_holds_nobody_up (void **state)
{
  guint port;
  int fd = listen_silently (0, &port), fillers[FILLERS];
  End *end;

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (fillers); i++)
    fillers[i] = connect_without_waiting (port);
  end = end_new_at (broker, PV_CARRIER_KIOSK, kiosk, port, "22050", kiosk);
  pv_carrier_set_urgent (end->carrier, TRUE);
  assert_true (end_wait (&end->n_events[PV_MQTT_FAILED], 1));
  free_at_once (end);
  /* Its thread comes back by itself, and what it held is freed: else the sanitizer tells. */
  close (fd);
  for (gsize i = 0; i < G_N_ELEMENTS (fillers); i++)
    close (fillers[i]);
  end_pump (5000);
}

static void
who_speaks_without_an_end_is_not_heard_without_an_end (void **state)
{
  End *k = end_new (broker, PV_CARRIER_KIOSK, kiosk, "22050");
  End *m = end_new (broker, PV_CARRIER_MEDIATOR, mediator, "22050");
  g_autoptr (GBytes) last = end_number (N_LOUD);
  gint64 before;
  guint heard;

  (void) state;
  assert_true (end_wait_up (k) && end_wait_up (m));
  before = g_get_monotonic_time ();
  for (guint i = 0; i < N_LOUD; i++) {
    g_autoptr (GBytes) bytes = end_number (i);

    while (!pv_carrier_send (m->carrier, kiosk->id, bytes, FALSE, NULL))
      g_main_context_iteration (NULL, TRUE);
    g_main_context_iteration (NULL, FALSE);
  }
  end_pump (200);
  heard = k->parcels->len;
  assert_true (heard <= PV_CARRIER_MAX_PER_SECOND * ((g_get_monotonic_time () - before) / G_USEC_PER_SEC + 2));
  print_message ("# %u of %u heard in %" G_GINT64_FORMAT " ms\n", heard, N_LOUD,
                 (g_get_monotonic_time () - before) / 1000);
  end_pump (1100);
  heard = k->parcels->len;
  assert_true (pv_carrier_send (m->carrier, kiosk->id, last, FALSE, NULL));
  assert_true (end_wait (&k->parcels->len, heard + 1)); /* and afterwards again */
  end_free (k);
  end_free (m);
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  gint64 first = *(const gint64 *) a, second = *(const gint64 *) b;

  return (first > second) - (first < second);
}

static void
a_parcel_takes_milliseconds (void **state)
{
  End *k = end_new (broker, PV_CARRIER_KIOSK, kiosk, "22050");
  End *m = end_new (broker, PV_CARRIER_MEDIATOR, mediator, "22050");
  gint64 times[N_TIMED];

  (void) state;
  assert_true (end_wait_up (k) && end_wait_up (m));
  for (guint i = 0; i < N_TIMED; i++) {
    g_autoptr (GBytes) bytes = end_number (i);
    gint64 before = g_get_monotonic_time ();

    if (i % 150 == 0)
      end_pump (1100); /* below what is heard in a second */
    before = g_get_monotonic_time ();
    assert_true (pv_carrier_send (k->carrier, mediator->id, bytes, FALSE, NULL));
    while (m->parcels->len <= i && g_get_monotonic_time () - before < END_WAIT_MS * G_TIME_SPAN_MILLISECOND)
      g_main_context_iteration (NULL, TRUE);
    assert_int_equal (m->parcels->len, i + 1);
    times[i] = g_get_monotonic_time () - before;
  }
  qsort (times, N_TIMED, sizeof times[0], compare_times);
  print_message ("# {\"name\": \"parcel through TLS and broker, median\", \"value\": %.2f, \"unit\": \"ms\"}\n",
                 (double) times[N_TIMED / 2] / 1000);
  print_message ("# {\"name\": \"parcel through TLS and broker, p99\", \"value\": %.2f, \"unit\": \"ms\"}\n",
                 (double) times[N_TIMED * 99 / 100] / 1000);
  assert_true (times[N_TIMED / 2] < 100 * G_TIME_SPAN_MILLISECOND);
  end_free (k);
  end_free (m);
}

/* The heartbeats of a minute, one after the other: how the kiosk's line counts them, TLS included. */
static void
heartbeats_of_a_minute_are_small (void **state)
{
  Wire *wire = wire_new (broker->kiosk_port);
  End *k = end_new_at (broker, PV_CARRIER_KIOSK, kiosk, wire_get_port (wire), "22050", kiosk);
  End *m = end_new (broker, PV_CARRIER_MEDIATOR, mediator, "22050");
  g_autofree guint8 *data = g_malloc0 (RECORD_BYTES);
  g_autoptr (GBytes) beat = g_bytes_new (data, RECORD_BYTES);
  guint64 before;

  (void) state;
  assert_true (end_wait_up (k) && end_wait_up (m));
  end_pump (500);
  before = wire_count_up (wire) + wire_count_down (wire);
  for (guint i = 0; i < BEATS_A_MINUTE; i++) {
    assert_true (pv_carrier_send (k->carrier, mediator->id, beat, TRUE, NULL));
    assert_true (pv_carrier_send (m->carrier, kiosk->id, beat, TRUE, NULL));
    assert_true (end_wait (&k->parcels->len, i + 1) && end_wait (&m->parcels->len, i + 1));
  }
  before = wire_count_up (wire) + wire_count_down (wire) - before;
  print_message ("# {\"name\": \"idle minute of an assistance, at the kiosk\", \"value\": %.2f, \"unit\": \"kB\"}\n",
                 (double) before / 1000);
  assert_true (before < 4000);
  end_free (k);
  end_free (m);
  wire_free (wire);
}

static void
only_two_doors_are_open (void **state)
{
  gint n_doors = broker_count_doors (broker);

  (void) state;
  if (n_doors < 0)
    skip (); /* another user's process does not show what it opened */
  assert_int_equal (n_doors, 2);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (only_two_doors_are_open),
    cmocka_unit_test (a_broker_that_says_nothing_is_given_up),
    cmocka_unit_test (a_broker_that_swallows_packets_holds_nobody_up),
    cmocka_unit_test (who_speaks_without_an_end_is_not_heard_without_an_end),
    cmocka_unit_test (heartbeats_of_a_minute_are_small),
    cmocka_unit_test (a_parcel_takes_milliseconds),
  };

  tst_init ();
  signal (SIGPIPE, SIG_IGN);
  return cmocka_run_group_tests (tests, set_up, tear_down);
}
