/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "mediator/call-list.h"

#include "tst.h"

#include "people.h"

#include "assist/call.h"

#define KIOSK_ID "0101010101010101"

typedef struct Fixture {
  People *people;
  PvCertificate *self;
  PvCallList *list;
  PvAssistTime now;
  PvCall call; /* as the kiosk would make the next one */
} Fixture;

static int
set_up (void **state)
{
  Fixture *f = g_new0 (Fixture, 1);
  gsize size;
  const guint8 *bytes;

  f->people = people_new ();
  bytes = g_bytes_get_data (f->people->mediator.certificate, &size);
  f->self = pv_certificate_parse (bytes, size, NULL);
  f->list = pv_call_list_new (f->self, &f->people->root, 1);
  f->now = (PvAssistTime){ 1000000, PEOPLE_NOW };
  f->call = (PvCall){
    .newest = 1,
    .oldest = 1,
    .group = 1,
    .random = { 7 },
    .certificate = f->people->kiosk.certificate,
    .delegation = f->people->kiosk.delegation,
  };
  *state = f;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *f = *state;

  pv_call_list_free (f->list);
  pv_certificate_free (f->self);
  people_free (f->people);
  g_free (f);
  return 0;
}

static GBytes *
sign (Fixture *f, PvCallState state)
{
  f->call.state = state;
  f->call.created = f->now.utc;
  f->call.expires = f->now.utc + PV_CALL_MAX_SECONDS;
  return pv_call_sign (&f->call, f->people->kiosk.secret);
}

static gboolean
take (Fixture *f, PvCallState state)
{
  g_autoptr (GBytes) bytes = sign (f, state);

  return pv_call_list_take (f->list, KIOSK_ID, bytes, f->now);
}

static void
pass (Fixture *f, guint seconds)
{
  f->now.utc += seconds;
  f->now.mono_ms += seconds * 1000;
}

static guint
count (const Fixture *f)
{
  return pv_call_list_get (f->list)->len;
}

static void
lists_who_waits_until_they_are_answered_or_leave (void **state)
{
  static const PvCallState ends[] = { PV_CALL_TAKEN, PV_CALL_WITHDRAWN };
  Fixture *f = *state;

  for (guint8 i = 0; i < G_N_ELEMENTS (ends); i++) {
    f->call.random[1] = i;
    assert_true (take (f, PV_CALL_RINGING));
    assert_int_equal (count (f), 1);
    assert_string_equal (pv_call_list_find (f->list, KIOSK_ID)->kiosk, "Person 1");
    assert_string_equal (pv_call_list_find (f->list, KIOSK_ID)->place, "Mairie de Montclair");
    assert_non_null (pv_call_list_get_bytes (f->list, KIOSK_ID));
    assert_true (g_bytes_equal (pv_call_list_get_delegation (f->list, KIOSK_ID), f->people->kiosk.delegation));
    pass (f, 1);
    assert_true (take (f, ends[i]));
    assert_int_equal (count (f), 0);
    assert_null (pv_call_list_get_bytes (f->list, KIOSK_ID));
  }
}

static void
a_call_that_is_over_stays_over (void **state)
{
  Fixture *f = *state;
  g_autoptr (GBytes) ringing = sign (f, PV_CALL_RINGING);

  pv_call_list_take (f->list, KIOSK_ID, ringing, f->now);
  pass (f, 5);
  take (f, PV_CALL_WITHDRAWN);
  pass (f, 5);
  assert_false (pv_call_list_take (f->list, KIOSK_ID, ringing, f->now));
  assert_int_equal (count (f), 0);
  /* Answered here, and brought once more. */
  f->call.random[1] = 1;
  take (f, PV_CALL_RINGING);
  assert_true (pv_call_list_close (f->list, KIOSK_ID, f->now));
  assert_false (take (f, PV_CALL_RINGING));
  /* The end overtook the beginning. */
  f->call.random[1] = 2;
  assert_false (take (f, PV_CALL_TAKEN));
  assert_false (take (f, PV_CALL_RINGING));
}

static void
an_end_of_another_call_ends_nothing (void **state)
{
  Fixture *f = *state;

  take (f, PV_CALL_RINGING);
  f->call.random[1] = 1;
  assert_false (take (f, PV_CALL_TAKEN));
  assert_int_equal (count (f), 1);
}

static void
drops_strays (void **state)
{
  Fixture *f = *state;
  g_autoptr (GBytes) good = sign (f, PV_CALL_RINGING), bad = NULL, old = NULL, foreign = NULL;
  gsize size;
  g_autofree guint8 *bytes = g_memdup2 (g_bytes_get_data (good, &size), g_bytes_get_size (good));
  Person far = { 0 };

  bytes[60] ^= 1;
  bad = g_bytes_new (bytes, size);
  assert_false (pv_call_list_take (f->list, KIOSK_ID, bad, f->now));
  assert_false (pv_call_list_take (f->list, "0202020202020202", good, f->now));
  pass (f, PV_CALL_MAX_SECONDS + PV_CALL_SLACK_SECONDS + 1);
  assert_false (pv_call_list_take (f->list, KIOSK_ID, good, f->now));
  /* Of a commune that is not ours. */
  people_add (f->people, &far, PV_CERTIFICATE_KIOSK, 1, "99999");
  f->call.certificate = far.certificate;
  f->call.delegation = far.delegation;
  f->call.state = PV_CALL_RINGING;
  f->call.created = f->now.utc;
  f->call.expires = f->now.utc + 60;
  foreign = pv_call_sign (&f->call, far.secret);
  assert_false (pv_call_list_take (f->list, KIOSK_ID, foreign, f->now));
  assert_int_equal (count (f), 0);
  g_bytes_unref (far.certificate);
  g_bytes_unref (far.delegation);
}

static void
nobody_waits_longer_than_a_call_lives (void **state)
{
  Fixture *f = *state;

  assert_true (pv_call_list_next_deadline_ms (f->list) == G_MAXINT64);
  take (f, PV_CALL_RINGING);
  assert_true (pv_call_list_next_deadline_ms (f->list) == f->now.mono_ms + PV_CALL_MAX_SECONDS * 1000);
  pass (f, PV_CALL_MAX_SECONDS - 1);
  assert_false (pv_call_list_expire (f->list, f->now));
  pass (f, 1);
  assert_true (pv_call_list_expire (f->list, f->now));
  assert_int_equal (count (f), 0);
}

static void
a_new_code_or_group_is_the_same_wait (void **state)
{
  Fixture *f = *state;
  gint64 since_ms = f->now.mono_ms;

  take (f, PV_CALL_RINGING);
  pass (f, 90);
  f->call.group = 2;
  assert_true (take (f, PV_CALL_RINGING));
  pass (f, 10);
  f->call.random[1] = 1;
  assert_true (take (f, PV_CALL_RINGING));
  assert_int_equal (count (f), 1);
  assert_true (pv_call_list_find (f->list, KIOSK_ID)->since_ms == since_ms);
  assert_int_equal (pv_call_list_find (f->list, KIOSK_ID)->group, 2);
  /* The carrier brings the first code again. */
  f->call.random[1] = 0;
  assert_false (take (f, PV_CALL_RINGING));
}

static void
the_same_call_twice_changes_nothing (void **state)
{
  Fixture *f = *state;
  g_autoptr (GBytes) bytes = sign (f, PV_CALL_RINGING);

  assert_true (pv_call_list_take (f->list, KIOSK_ID, bytes, f->now));
  pass (f, 60);
  assert_false (pv_call_list_take (f->list, KIOSK_ID, bytes, f->now));
  pass (f, 60);
  assert_true (pv_call_list_expire (f->list, f->now));
}

static void
lists_the_oldest_first (void **state)
{
  Fixture *f = *state;
  Person second = { 0 };
  const GPtrArray *calls = pv_call_list_get (f->list);
  g_autoptr (GBytes) bytes = NULL;

  take (f, PV_CALL_RINGING);
  pass (f, 10);
  people_add (f->people, &second, PV_CERTIFICATE_KIOSK, 9, "22060");
  f->call.certificate = second.certificate;
  f->call.delegation = second.delegation;
  f->call.created = f->now.utc;
  f->call.expires = f->now.utc + 60;
  bytes = pv_call_sign (&f->call, second.secret);
  assert_true (pv_call_list_take (f->list, "0909090909090909", bytes, f->now));
  assert_int_equal (calls->len, 2);
  assert_string_equal (((const PvWaitingCall *) calls->pdata[0])->id, KIOSK_ID);
  assert_string_equal (((const PvWaitingCall *) calls->pdata[1])->id, "0909090909090909");
  g_bytes_unref (second.certificate);
  g_bytes_unref (second.delegation);
}

static void
rings_for_whom_it_should (void **state)
{
  static const struct {
    PvPresence presence;
    guint own_group, group;
    gboolean is_here, is_open, rings;
  } cases[] = {
    { PV_PRESENCE_FREE, 1, 1, FALSE, TRUE, TRUE },     { PV_PRESENCE_FREE, 1, 2, FALSE, TRUE, TRUE },
    { PV_PRESENCE_FREE, 2, 1, FALSE, TRUE, FALSE },    { PV_PRESENCE_FREE, 2, 2, FALSE, TRUE, TRUE },
    { PV_PRESENCE_FREE, 1, 1, TRUE, TRUE, TRUE },      { PV_PRESENCE_FREE, 1, 1, FALSE, FALSE, FALSE },
    { PV_PRESENCE_ON_SITE, 1, 1, TRUE, TRUE, TRUE },   { PV_PRESENCE_ON_SITE, 2, 1, TRUE, TRUE, TRUE },
    { PV_PRESENCE_ON_SITE, 1, 1, FALSE, TRUE, FALSE }, { PV_PRESENCE_ON_SITE, 1, 2, FALSE, TRUE, TRUE },
    { PV_PRESENCE_ON_SITE, 1, 1, TRUE, FALSE, FALSE }, { PV_PRESENCE_BUSY, 1, 2, TRUE, TRUE, FALSE },
    { PV_PRESENCE_OFF, 1, 2, TRUE, TRUE, FALSE },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    PvWaitingCall call = { .group = cases[i].group, .is_here = cases[i].is_here };
    PvRinging ringing = { cases[i].presence, cases[i].own_group, cases[i].is_open };

    if (pv_call_rings (&call, &ringing) != cases[i].rings)
      fail_msg ("case %zu", i);
  }
}

static void
rings_once_for_each_call_when_it_may (void **state)
{
  Fixture *f = *state;
  PvRinging busy = { PV_PRESENCE_BUSY, 1, TRUE }, free_now = { PV_PRESENCE_FREE, 1, TRUE };

  take (f, PV_CALL_RINGING);
  assert_false (pv_call_list_ring (f->list, &busy));
  assert_true (pv_call_list_ring (f->list, &free_now));
  assert_false (pv_call_list_ring (f->list, &free_now));
  pass (f, 90);
  f->call.group = 2; /* it is the same call */
  take (f, PV_CALL_RINGING);
  assert_false (pv_call_list_ring (f->list, &free_now));
  pass (f, 1);
  f->call.random[1] = 1; /* a new code: the citizen tries again */
  take (f, PV_CALL_RINGING);
  assert_true (pv_call_list_ring (f->list, &free_now));
}

int
main (void)
{
#define T(test) cmocka_unit_test_setup_teardown (test, set_up, tear_down)
  const struct CMUnitTest tests[] = {
    T (lists_who_waits_until_they_are_answered_or_leave),
    T (a_call_that_is_over_stays_over),
    T (an_end_of_another_call_ends_nothing),
    T (drops_strays),
    T (nobody_waits_longer_than_a_call_lives),
    T (a_new_code_or_group_is_the_same_wait),
    T (the_same_call_twice_changes_nothing),
    T (lists_the_oldest_first),
    T (rings_for_whom_it_should),
    T (rings_once_for_each_call_when_it_may),
  };

  tst_init ();
  return pv_assist_init () ? cmocka_run_group_tests (tests, NULL, NULL) : 1;
}
