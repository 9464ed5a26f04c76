/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Taking somebody out, with a real broker: who is on a list of revoked certificates comes in no more. */

#include "broker-end.h"

#include <signal.h>

static Broker *broker;
static const BrokerPerson *kiosk, *stolen, *mediator, *gone;

static int
set_up (void **state)
{
  (void) state;
  broker = broker_new ();
  if (broker == NULL)
    return -1;
  kiosk = broker_enrol (broker, "root", "kiosk", "22050");
  stolen = broker_enrol (broker, "root", "kiosk", "22050");
  mediator = broker_enrol (broker, "root", "mediator", "22050");
  gone = broker_enrol (broker, "root", "mediator", "22050");
  return gone != NULL && broker_start (broker) ? 0 : -1;
}

static int
tear_down (void **state)
{
  (void) state;
  broker_free (broker);
  return 0;
}

static gboolean
is_let_in (PvCarrierSide side, const BrokerPerson *person)
{
  End *end = end_new (broker, side, person, "22050");
  gboolean is_in = end_wait_answer (end) && end->n_events[PV_MQTT_UP] > 0;

  end_free (end);
  return is_in;
}

static gboolean
is_carried (End *from, const BrokerPerson *to, End *at)
{
  guint n = at->parcels->len;
  g_autoptr (GBytes) bytes = end_number (n);

  return pv_carrier_send (from->carrier, to->id, bytes, FALSE, NULL) && end_wait (&at->parcels->len, n + 1);
}

static void
assert_who_is_let_in (void)
{
  assert_false (is_let_in (PV_CARRIER_KIOSK, stolen));
  assert_false (is_let_in (PV_CARRIER_MEDIATOR, gone));
  assert_true (is_let_in (PV_CARRIER_KIOSK, kiosk));
  assert_true (is_let_in (PV_CARRIER_MEDIATOR, mediator));
}

/* As README.md of kiosk-config/broker tells it. */
static void
a_reload_refuses_who_comes_and_a_restart_who_is_there (void **state)
{
  End *open = end_new (broker, PV_CARRIER_KIOSK, stolen, "22050");
  End *other = end_new (broker, PV_CARRIER_MEDIATOR, mediator, "22050");
  guint n_up;

  (void) state;
  assert_true (end_wait_up (open));
  assert_true (end_wait_up (other));
  assert_true (is_let_in (PV_CARRIER_MEDIATOR, gone));
  assert_true (broker_revoke (broker, "root", stolen));
  assert_true (broker_revoke (broker, "root", gone));
  /* The list alone changes nothing. */
  assert_true (is_let_in (PV_CARRIER_KIOSK, stolen));
  broker_reload (broker);
  /* Until it has read it: others are let in all the while. */
  for (guint i = 0; i < 50 && is_let_in (PV_CARRIER_KIOSK, stolen); i++)
    end_pump (100);
  assert_who_is_let_in ();
  /* Who was there stays until the connection ends. */
  assert_true (is_carried (open, mediator, other));
  n_up = open->n_events[PV_MQTT_UP];
  broker_kill (broker);
  assert_true (broker_start (broker));
  assert_true (end_wait (&other->n_events[PV_MQTT_UP], 2));
  assert_who_is_let_in ();
  assert_int_equal (open->n_events[PV_MQTT_UP], n_up);
  end_free (open);
  end_free (other);
}

/* The same twice is no error, an id of nobody is one, and so is somebody of another root. */
static void
only_who_was_enrolled_is_revoked (void **state)
{
  const BrokerPerson *stranger = broker_enrol (broker, "other", "kiosk", "22050");
  const BrokerPerson nobody = { NULL, (char *) "0123456789abcdef" };

  (void) state;
  assert_non_null (stranger);
  assert_true (broker_revoke (broker, "root", gone));
  assert_true (broker_revoke (broker, "root", gone));
  assert_false (broker_revoke (broker, "root", &nobody));
  assert_false (broker_revoke (broker, "root", stranger));
  broker_reload (broker);
  end_pump (300);
  assert_true (is_let_in (PV_CARRIER_KIOSK, kiosk));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (a_reload_refuses_who_comes_and_a_restart_who_is_there, set_up, tear_down),
    cmocka_unit_test_setup_teardown (only_who_was_enrolled_is_revoked, set_up, tear_down),
  };

  tst_init ();
  signal (SIGPIPE, SIG_IGN);
  return cmocka_run_group_tests (tests, NULL, NULL);
}
