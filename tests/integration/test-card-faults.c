/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Something goes wrong at each command of a whole reading, through the real libnfc: always a typed error in time, or the
 * reading goes on; and the card that is laid again is read. With PV_TEST_FULL at every command, else at every fourth. */

#include "card-desk.h"
#include "eid/reading.h"
#include "eid/transport-nfc.h"
#include "tst.h"

enum {
  WORKERS = 4, /* most of the time is waiting for a mute card */
  LIMIT_MS = 3000,
  WAIT_MS = 2000,
  LATE_MS = 3000,
};

typedef struct Fault {
  PvPn532Fault fault;
  const char *name;
} Fault;

static const Fault faults[] = {
  { PV_PN532_FAULT_LOST, "lost" },
  { PV_PN532_FAULT_RELEASED, "released" },
  { PV_PN532_FAULT_CRC, "crc" },
  { PV_PN532_FAULT_MUTE, "mute" },
  { PV_PN532_FAULT_LATE, "late" },
  { PV_PN532_FAULT_GARBAGE, "garbage" },
  { PV_PN532_FAULT_ERROR_FRAME, "error frame" },
  { PV_PN532_FAULT_DIE, "unplugged" },
};

/* One reader with its card. */
typedef struct Place {
  CardDesk *desk;
  PvNfcReader *reader;
  PvTrust *trust;
  PvCardPassword *password;
} Place;

/* What all workers share. */
typedef struct Work {
  guint step, n_commands;
  gint64 base_ms; /* of a reading in which nothing goes wrong */
  gint next;      /* atomic: of the cases, fault by fault */
  gint n_wrong, n_resumed, n_told;
  gint64 longest_ms; /* guarded by lock */
  GMutex lock;
} Work;

static Place *
place_new (void)
{
  Place *place = g_new0 (Place, 1);

  place->desk = card_desk_new ();
  card_desk_lay (place->desk, "cnie", NULL);
  place->trust = card_desk_make_trust (place->desk->folder);
  place->password = pv_card_password_new_can ("123456");
  place->reader = pv_nfc_reader_open (pv_pn532_get_connection (place->desk->reader), NULL, NULL);
  g_assert_nonnull (place->reader);
  return place;
}

static void
place_free (Place *place)
{
  pv_nfc_reader_close (place->reader);
  pv_card_password_free (place->password);
  pv_trust_unref (place->trust);
  card_desk_free (place->desk);
  g_free (place);
}

static PvCardReading *
read_card (Place *place, GError **error)
{
  PvCardTransport *transport = pv_nfc_reader_wait_card (place->reader, WAIT_MS, error);
  PvReadingOptions options = {
    .password = place->password,
    .trust = place->trust,
    .now = CARD_DESK_NOW,
    .is_clock_verified = TRUE,
  };
  PvCardReading *reading;

  if (transport == NULL) {
    if (error != NULL && *error == NULL)
      g_set_error (error, PV_CARD_ERROR, PV_CARD_ERROR_LOST, "no card");
    return NULL;
  }
  g_date_clear (&options.today, 1);
  g_date_set_dmy (&options.today, 29, G_DATE_NOVEMBER, 2026);
  reading = pv_card_reading_run (transport, &options, error);
  pv_card_transport_free (transport);
  return reading;
}

static gint64
ms_since (gint64 begin)
{
  return (g_get_monotonic_time () - begin) / G_TIME_SPAN_MILLISECOND;
}

static gboolean
is_genuine (const PvCardReading *reading)
{
  return reading != NULL && reading->identity->verdict == PV_VERDICT_GENUINE;
}

/* The card again, on the same reader or on the one that was plugged in again. */
static gboolean
reads_again (Place *place, PvPn532Fault fault)
{
  g_autoptr (PvCardReading) reading = NULL;

  pv_pn532_set_fault (place->desk->reader, PV_PN532_FAULT_NONE, 0, 0);
  if (fault == PV_PN532_FAULT_DIE) {
    g_clear_pointer (&place->reader, pv_nfc_reader_close);
    if (!pv_pn532_plug (place->desk->reader, NULL))
      return FALSE;
    place->reader = pv_nfc_reader_open (pv_pn532_get_connection (place->desk->reader), NULL, NULL);
  }
  card_desk_lay_again (place->desk);
  reading = read_card (place, NULL);
  return is_genuine (reading);
}

static void
try_one (Work *work, Place *place, const Fault *fault, guint index)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PvCardReading) reading = NULL;
  gint64 begin, ms;
  gboolean is_right;

  card_desk_lay_again (place->desk);
  pv_pn532_set_fault (place->desk->reader, fault->fault, index, LATE_MS);
  begin = g_get_monotonic_time ();
  reading = read_card (place, &error);
  ms = ms_since (begin);
  is_right = reading != NULL ? is_genuine (reading) : error->domain == PV_CARD_ERROR;
  is_right = is_right && ms <= LIMIT_MS + 2 * work->base_ms;
  if (!reads_again (place, fault->fault))
    is_right = FALSE;
  g_atomic_int_inc (reading != NULL ? &work->n_resumed : &work->n_told);
  g_mutex_lock (&work->lock);
  work->longest_ms = MAX (work->longest_ms, ms);
  g_mutex_unlock (&work->lock);
  if (is_right)
    return;
  g_atomic_int_inc (&work->n_wrong);
  print_message ("# %s at command %u: %s after %d ms\n", fault->name, index,
                 error != NULL ? error->message : "not genuine", (int) ms);
}

static gpointer
work_thread (gpointer user_data)
{
  Work *work = user_data;
  Place *place = place_new ();
  guint per_fault = (work->n_commands + work->step - 1) / work->step;

  for (;;) {
    guint item = (guint) g_atomic_int_add (&work->next, 1);

    if (item >= per_fault * G_N_ELEMENTS (faults))
      break;
    try_one (work, place, &faults[item / per_fault], item % per_fault * work->step);
  }
  place_free (place);
  return NULL;
}

static void
measure (Work *work)
{
  Place *place = place_new ();
  gint64 begin = g_get_monotonic_time ();
  g_autoptr (PvCardReading) reading = read_card (place, NULL);

  assert_true (is_genuine (reading));
  work->base_ms = ms_since (begin);
  work->n_commands = reading->tally.commands;
  place_free (place);
}

static void
every_fault_at_every_command_is_told_in_time_or_survived (void **state)
{
  Work work = { .step = g_getenv ("PV_TEST_FULL") != NULL ? 1 : 4 };
  GThread *threads[WORKERS];

  (void) state;
  g_mutex_init (&work.lock);
  measure (&work);
  for (guint i = 0; i < WORKERS; i++)
    threads[i] = g_thread_new ("worker", work_thread, &work);
  for (guint i = 0; i < WORKERS; i++)
    g_thread_join (threads[i]);
  print_message ("# %u commands, every %u: %d faults told, %d survived; the longest took %d ms, a reading %d ms\n",
                 work.n_commands, work.step, work.n_told, work.n_resumed, (int) work.longest_ms, (int) work.base_ms);
  g_mutex_clear (&work.lock);
  assert_int_equal (work.n_wrong, 0);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (every_fault_at_every_command_is_told_in_time_or_survived),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
