/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hex.h"

#include "assist/record.h"

typedef struct {
  PvRecord *kiosk, *mediator;
} Fixture;

static int
set_up (void **state)
{
  Fixture *fixture = g_new0 (Fixture, 1);
  guint8 session[PV_RECORD_SESSION_BYTES] = { 1, 2, 3 }, master[PV_RECORD_KEY_BYTES] = { 4, 5, 6 };

  fixture->kiosk = pv_record_new (PV_SIDE_KIOSK, session, master);
  fixture->mediator = pv_record_new (PV_SIDE_MEDIATOR, session, master);
  *state = fixture;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *fixture = *state;

  pv_record_free (fixture->kiosk);
  pv_record_free (fixture->mediator);
  g_free (fixture);
  return 0;
}

static GBytes *
seal (PvRecord *from, const char *text)
{
  return pv_record_seal (from, (const guint8 *) text, strlen (text));
}

static gboolean
opens (PvRecord *to, GBytes *record, const char *text)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (record, &size);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) payload = pv_record_open (to, bytes, size, &error);

  assert_true ((payload == NULL) == (error != NULL));
  if (payload == NULL)
    return FALSE;
  assert_int_equal (g_bytes_get_size (payload), strlen (text));
  assert_memory_equal (g_bytes_get_data (payload, NULL), text, strlen (text));
  return TRUE;
}

static void
the_head_of_a_record_is_its_type_epoch_and_counter (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GBytes) record = seal (fixture->kiosk, "Bonjour");

  assert_int_equal (g_bytes_get_size (record), 13 + 64 + 16);
  assert_hex (g_bytes_get_data (record, NULL), 13, "10 00000000 0000000000000001");
  assert_true (opens (fixture->mediator, record, "Bonjour"));
}

static void
goes_both_ways_and_never_back (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GBytes) down = seal (fixture->kiosk, "mirror"), up = seal (fixture->mediator, "point");

  assert_false (opens (fixture->kiosk, down, "mirror"));
  assert_true (opens (fixture->mediator, down, "mirror"));
  assert_true (opens (fixture->kiosk, up, "point"));
  assert_false (opens (fixture->mediator, up, "point"));
}

static void
what_is_repeated_or_late_is_dropped (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GBytes) first = seal (fixture->kiosk, "1"), second = seal (fixture->kiosk, "2");
  g_autoptr (GBytes) third = seal (fixture->kiosk, "3"), fourth = seal (fixture->kiosk, "4");

  assert_true (opens (fixture->mediator, first, "1"));
  assert_int_equal (pv_record_last_gap (fixture->mediator), 0);
  assert_false (opens (fixture->mediator, first, "1"));
  assert_true (opens (fixture->mediator, third, "3"));
  assert_int_equal (pv_record_last_gap (fixture->mediator), 1);
  assert_false (opens (fixture->mediator, second, "2"));
  assert_true (opens (fixture->mediator, fourth, "4"));
}

static void
every_changed_bit_is_noticed (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GBytes) record = seal (fixture->kiosk, "x");
  gsize size;
  g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (record, &size), g_bytes_get_size (record));

  for (gsize bit = 0; bit < 8 * size; bit++) {
    GBytes *opened;

    copy[bit / 8] ^= (guint8) (1 << bit % 8);
    opened = pv_record_open (fixture->mediator, copy, size, NULL);
    assert_null (opened);
    copy[bit / 8] ^= (guint8) (1 << bit % 8);
  }
  assert_true (opens (fixture->mediator, record, "x"));
}

static void
sizes_are_those_of_the_classes (void **state)
{
  static const gsize sizes[][2] = {
    { 0, 64 },    { 62, 64 },   { 63, 128 },    { 126, 128 },   { 127, 192 },   { 190, 192 },     { 191, 256 },
    { 254, 256 }, { 255, 512 }, { 1000, 1024 }, { 1022, 1024 }, { 1023, 2048 }, { 32766, 32768 },
  };
  Fixture *fixture = *state;
  g_autofree guint8 *payload = g_malloc0 (PV_RECORD_MAX_PAYLOAD_BYTES + 1);

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autoptr (GBytes) record = pv_record_seal (fixture->kiosk, payload, sizes[i][0]);

    assert_int_equal (g_bytes_get_size (record), 13 + sizes[i][1] + 16);
  }
  assert_null (pv_record_seal (fixture->kiosk, payload, PV_RECORD_MAX_PAYLOAD_BYTES + 1));
}

static GBytes *
answer (Fixture *fixture, GBytes *request, guint8 seed)
{
  guint8 seeds[32] = { seed };

  return pv_record_answer_resume (fixture->kiosk, g_bytes_get_data (request, NULL), g_bytes_get_size (request), seeds,
                                  NULL);
}

static GBytes *
ask (Fixture *fixture, guint8 seed)
{
  guint8 seeds[32] = { seed };

  return pv_record_resume (fixture->mediator, seeds);
}

static gboolean
takes (Fixture *fixture, GBytes *answered)
{
  return pv_record_take_resumed (fixture->mediator, g_bytes_get_data (answered, NULL), g_bytes_get_size (answered),
                                 NULL);
}

static void
a_new_epoch_has_other_keys_and_refuses_the_old_records (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GBytes) old_down = seal (fixture->kiosk, "old"), old_up = seal (fixture->mediator, "old");
  g_autoptr (GBytes) request = ask (fixture, 1), answered = answer (fixture, request, 2);
  g_autoptr (GBytes) up = NULL, down = NULL;

  assert_true (takes (fixture, answered));
  assert_false (takes (fixture, answered));
  assert_false (opens (fixture->mediator, old_down, "old"));
  up = seal (fixture->mediator, "new");
  assert_true (opens (fixture->kiosk, up, "new"));
  assert_false (opens (fixture->kiosk, old_up, "old"));
  assert_false (opens (fixture->kiosk, up, "new"));
  down = seal (fixture->kiosk, "new");
  assert_true (opens (fixture->mediator, down, "new"));
  assert_int_equal (pv_record_get_epoch (fixture->kiosk), 1);
  assert_int_equal (pv_record_get_epoch (fixture->mediator), 1);
}

static void
a_lost_answer_does_not_part_the_two (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GBytes) request = ask (fixture, 1), lost = answer (fixture, request, 2);
  g_autoptr (GBytes) again = answer (fixture, request, 9), other = ask (fixture, 3);
  g_autoptr (GBytes) answered = answer (fixture, other, 4), up = NULL;

  assert_non_null (lost);
  assert_true (g_bytes_equal (lost, again));  /* the same question has the same answer */
  assert_false (takes (fixture, lost));       /* it answers a request that is void */
  assert_null (answer (fixture, request, 5)); /* and the old request undoes nothing */
  assert_true (takes (fixture, answered));
  up = seal (fixture->mediator, "new");
  assert_true (opens (fixture->kiosk, up, "new"));
}

static void
an_answer_that_arrived_is_proved_by_the_next_request (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GBytes) request = ask (fixture, 1), answered = answer (fixture, request, 2);
  g_autoptr (GBytes) lost = NULL, second = NULL, second_answer = NULL, up = NULL;

  assert_true (takes (fixture, answered));
  lost = seal (fixture->mediator, "lost");
  second = ask (fixture, 3);
  second_answer = answer (fixture, second, 4);
  assert_non_null (second_answer);
  assert_true (takes (fixture, second_answer));
  up = seal (fixture->mediator, "new");
  assert_true (opens (fixture->kiosk, up, "new"));
  assert_int_equal (pv_record_get_epoch (fixture->kiosk), 2);
}

static void
a_request_changed_on_the_way_is_refused (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GBytes) request = ask (fixture, 1), answered = answer (fixture, request, 2);
  gsize size;
  const guint8 *bytes = g_bytes_get_data (answered, &size);

  for (gsize i = 0; i < size; i++) {
    g_autofree guint8 *copy = g_memdup2 (bytes, size);

    copy[i] ^= 1;
    assert_false (pv_record_take_resumed (fixture->mediator, copy, size, NULL));
  }
  assert_true (takes (fixture, answered));
}

static void
a_dead_session_neither_speaks_nor_comes_back (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GBytes) up = seal (fixture->mediator, "up"), request = ask (fixture, 1), answered = NULL;

  pv_record_kill (fixture->kiosk);
  assert_false (opens (fixture->kiosk, up, "up"));
  answered = answer (fixture, request, 2);
  assert_null (answered);
  assert_null (seal (fixture->kiosk, "x"));
  assert_false (pv_record_is_alive (fixture->kiosk));
}

#define TEST(function) cmocka_unit_test_setup_teardown (function, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (the_head_of_a_record_is_its_type_epoch_and_counter),
    TEST (goes_both_ways_and_never_back),
    TEST (what_is_repeated_or_late_is_dropped),
    TEST (every_changed_bit_is_noticed),
    TEST (sizes_are_those_of_the_classes),
    TEST (a_new_epoch_has_other_keys_and_refuses_the_old_records),
    TEST (a_lost_answer_does_not_part_the_two),
    TEST (an_answer_that_arrived_is_proved_by_the_next_request),
    TEST (a_request_changed_on_the_way_is_refused),
    TEST (a_dead_session_neither_speaks_nor_comes_back),
  };

  tst_init ();
  g_assert (pv_assist_init ());
  return cmocka_run_group_tests (tests, NULL, NULL);
}
