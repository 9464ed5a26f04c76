/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The real libnfc over a pseudo-terminal, when something goes wrong: always a typed error in time, and the same reader
 * works again. Every answer is checked to be the one of its command. */

#include "nfc-rig.h"

#include <string.h>

enum { LIMIT_MS = 3000 };

typedef enum { SHORT, LONG } Mode;

static PvCardTransport *
take_card_in (Rig *rig, Mode mode)
{
  PvCardTransport *card = rig_take_card (rig);
  g_autoptr (GError) error = NULL;

  if (mode == LONG && !card->ops->reset (card, TRUE, 1000, &error))
    print_error ("%s\n", error->message);
  assert_null (error);
  return card;
}

static guint
ms_since (gint64 start)
{
  return (guint) ((g_get_monotonic_time () - start) / G_TIME_SPAN_MILLISECOND);
}

typedef struct FaultCase {
  PvPn532Fault fault;
  int in_short, in_long; /* PvCardError; -1: it goes on as if nothing had been */
} FaultCase;

static const FaultCase fault_cases[] = {
  { PV_PN532_FAULT_LOST, PV_CARD_ERROR_LOST, PV_CARD_ERROR_LOST },
  { PV_PN532_FAULT_RELEASED, PV_CARD_ERROR_LOST, PV_CARD_ERROR_LOST },
  { PV_PN532_FAULT_CRC, PV_CARD_ERROR_LOST, -1 },
  { PV_PN532_FAULT_MUTE, PV_CARD_ERROR_LOST, PV_CARD_ERROR_LOST },
  { PV_PN532_FAULT_LATE, PV_CARD_ERROR_LOST, PV_CARD_ERROR_LOST },
  { PV_PN532_FAULT_GARBAGE, PV_CARD_ERROR_LOST, -1 },
  { PV_PN532_FAULT_ERROR_FRAME, PV_CARD_ERROR_LOST, -1 },
  { PV_PN532_FAULT_DIE, PV_CARD_ERROR_READER, PV_CARD_ERROR_READER },
};

/* Whatever there was, the card laid again and the reader plugged in again are read. */
static void
assert_works_again (Rig *rig, const FaultCase *fault, Mode mode)
{
  PvCardTransport *card;

  pv_pn532_set_fault (rig->emulator, PV_PN532_FAULT_NONE, 0, 0);
  if (fault->fault == PV_PN532_FAULT_DIE) {
    assert_true (pv_pn532_plug (rig->emulator, NULL));
    rig_reopen (rig);
  }
  if (fault->fault == PV_PN532_FAULT_LOST)
    pv_pn532_lay (rig->emulator, &rig->card);
  card = take_card_in (rig, mode);
  for (guint i = 0; i < 3; i++)
    rig_talk (rig, card, 40, 100);
  pv_card_transport_free (card);
}

static void
fail_at (Rig *rig, const FaultCase *fault, guint index, Mode mode)
{
  g_autoptr (GError) error = NULL;
  int expected = mode == LONG ? fault->in_long : fault->in_short;
  PvCardTransport *card;
  gint64 start;

  pv_pn532_lay (rig->emulator, &rig->card); /* counts from 0 */
  card = take_card_in (rig, mode);
  pv_pn532_set_fault (rig->emulator, fault->fault, index, 500);
  for (guint i = 0; i < index; i++)
    rig_talk (rig, card, 20, 30);
  start = g_get_monotonic_time ();
  if (rig_ask (rig, card, 30, mode == LONG ? 700 : 200, 300, &error)) {
    assert_int_equal (expected, -1);
  } else {
    assert_int_not_equal (expected, -1);
    if (!g_error_matches (error, PV_CARD_ERROR, expected))
      print_error ("fault %d at %u: %s\n", fault->fault, index, error->message);
    assert_true (g_error_matches (error, PV_CARD_ERROR, expected));
    assert_true (ms_since (start) < LIMIT_MS);
    g_clear_error (&error);
    assert_false (rig_ask (rig, card, 30, 20, 300, &error)); /* over, and says so at once */
    assert_true (g_error_matches (error, PV_CARD_ERROR, PV_CARD_ERROR_LOST));
  }
  assert_works_again (rig, fault, mode);
  pv_card_transport_free (card);
}

static void
fails_with_a_reason_and_recovers (void **state)
{
  static const guint indices[] = { 0, 1, 7 };
  Rig *rig = rig_new (FALSE);

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (fault_cases); i++)
    for (gsize at = 0; at < G_N_ELEMENTS (indices); at++) {
      fail_at (rig, &fault_cases[i], indices[at], SHORT);
      fail_at (rig, &fault_cases[i], indices[at], LONG);
    }
  rig_free (rig);
}

/* The answer comes while the next card is read. It must not be given for the answer of another command, at whatever
 * moment it comes; rig_talk() would see it. */
static void
never_takes_a_late_answer_for_another (void **state)
{
  Rig *rig = rig_new (FALSE);

  (void) state;
  for (guint late_ms = 60; late_ms <= 260; late_ms += 25)
    for (Mode mode = SHORT; mode <= LONG; mode++) {
      g_autoptr (GError) error = NULL;
      PvCardTransport *card;
      gint64 start;

      pv_pn532_lay (rig->emulator, &rig->card);
      card = take_card_in (rig, mode);
      pv_pn532_set_fault (rig->emulator, PV_PN532_FAULT_LATE, 0, late_ms);
      start = g_get_monotonic_time ();
      assert_false (rig_ask (rig, card, 30, 100, 40, &error));
      assert_true (g_error_matches (error, PV_CARD_ERROR, PV_CARD_ERROR_LOST));
      pv_card_transport_free (card);
      card = take_card_in (rig, mode);
      while (ms_since (start) < late_ms + 40)
        rig_talk (rig, card, 30, 100);
      pv_card_transport_free (card);
    }
  rig_free (rig);
}

static void
sees_a_card_go_and_come_back (void **state)
{
  Rig *rig = rig_new (FALSE);
  PvCardTransport *card = rig_take_card (rig);
  g_autoptr (GError) error = NULL;

  (void) state;
  rig_talk (rig, card, 20, 20);
  assert_false (pv_nfc_reader_wait_removal (rig->reader, 100));
  pv_pn532_remove (rig->emulator);
  assert_true (pv_nfc_reader_wait_removal (rig->reader, 2000));
  assert_false (rig_ask (rig, card, 20, 20, 500, &error));
  assert_true (g_error_matches (error, PV_CARD_ERROR, PV_CARD_ERROR_LOST));
  g_clear_error (&error);
  assert_false (card->ops->reset (card, FALSE, 100, &error));
  assert_true (g_error_matches (error, PV_CARD_ERROR, PV_CARD_ERROR_LOST));
  g_clear_error (&error);
  assert_null (pv_nfc_reader_wait_card (rig->reader, 150, &error));
  assert_null (error);
  pv_pn532_lay (rig->emulator, &rig->card);
  assert_true (card->ops->reset (card, FALSE, 1000, &error)); /* the same card: it may go on */
  rig_talk (rig, card, 20, 20);
  pv_card_transport_free (card);
  rig_free (rig);
}

static void
does_not_go_on_with_another_card (void **state)
{
  static const guint8 other_ats[] = { 5, 0x78, 0x80, 0x60, 0x02 };
  Rig *rig = rig_new (FALSE);
  PvPn532Card other = rig->card;

  (void) state;
  other.ats = other_ats;
  for (Mode mode = SHORT; mode <= LONG; mode++) {
    g_autoptr (GError) error = NULL;
    PvCardTransport *card;

    pv_pn532_lay (rig->emulator, &rig->card);
    card = rig_take_card (rig);
    pv_pn532_lay (rig->emulator, &other);
    assert_false (card->ops->reset (card, mode == LONG, 300, &error));
    assert_true (g_error_matches (error, PV_CARD_ERROR, PV_CARD_ERROR_LOST));
    g_clear_error (&error);
    assert_false (rig_ask (rig, card, 20, 20, 300, &error));
    assert_true (g_error_matches (error, PV_CARD_ERROR, PV_CARD_ERROR_LOST));
    pv_card_transport_free (card);
  }
  rig_free (rig);
}

static void
survives_that_the_reader_is_unplugged (void **state)
{
  Rig *rig = rig_new (FALSE);

  (void) state;
  for (guint i = 0; i < 5; i++) {
    g_autoptr (GError) error = NULL;
    PvCardTransport *card = take_card_in (rig, i % 2 == 0 ? SHORT : LONG);
    gint64 start;

    rig_talk (rig, card, 20, 20);
    pv_pn532_unplug (rig->emulator);
    start = g_get_monotonic_time ();
    assert_false (rig_ask (rig, card, 20, 20, 1000, &error));
    assert_true (g_error_matches (error, PV_CARD_ERROR, PV_CARD_ERROR_READER));
    assert_true (ms_since (start) < LIMIT_MS);
    g_clear_error (&error);
    pv_card_transport_free (card);

    assert_null (pv_nfc_reader_wait_card (rig->reader, 1000, &error));
    assert_true (g_error_matches (error, PV_CARD_ERROR, PV_CARD_ERROR_READER));
    assert_false (pv_nfc_reader_wait_removal (rig->reader, 1000));
    g_clear_error (&error);
    g_clear_pointer (&rig->reader, pv_nfc_reader_close);
    assert_null (pv_nfc_reader_open (pv_pn532_get_connection (rig->emulator), rig->folder, &error));
    assert_true (g_error_matches (error, PV_CARD_ERROR, PV_CARD_ERROR_READER));
    assert_true (pv_pn532_plug (rig->emulator, NULL));
    rig_reopen (rig);
  }
  rig_free (rig);
}

/* It hears nothing for a while, then again. */
static void
survives_a_reader_that_hangs (void **state)
{
  Rig *rig = rig_new (FALSE);

  (void) state;
  for (Mode mode = SHORT; mode <= LONG; mode++) {
    g_autoptr (GError) error = NULL;
    PvCardTransport *card = take_card_in (rig, mode);
    gint64 start = g_get_monotonic_time ();

    rig_talk (rig, card, 20, 20);
    pv_pn532_set_deaf (rig->emulator, TRUE);
    assert_false (rig_ask (rig, card, 20, 20, 500, &error));
    assert_true (g_error_matches (error, PV_CARD_ERROR, PV_CARD_ERROR_LOST));
    g_clear_error (&error);
    assert_null (pv_nfc_reader_wait_card (rig->reader, 500, &error));
    assert_true (g_error_matches (error, PV_CARD_ERROR, PV_CARD_ERROR_READER));
    assert_true (ms_since (start) < LIMIT_MS);
    pv_pn532_set_deaf (rig->emulator, FALSE);
    pv_card_transport_free (card);
    card = take_card_in (rig, mode);
    rig_talk (rig, card, 20, 20);
    pv_card_transport_free (card);
  }
  rig_free (rig);
}

static guint
count_descriptors (void)
{
  g_autoptr (GDir) folder = g_dir_open ("/proc/self/fd", 0, NULL);
  guint n = 0;

  while (g_dir_read_name (folder) != NULL)
    n++;
  return n;
}

/* --- cancelling ------------------------------------------------------------------------------------------------- */

typedef struct Canceller {
  Rig *rig;
  PvCardTransport *card; /* (nullable): through it, else through the reader */
  gint64 at;             /* monotonic, µs */
  gint64 done;
  GMutex lock;
  GCond never;
} Canceller;

static gpointer
canceller_thread (gpointer data)
{
  Canceller *canceller = data;

  g_mutex_lock (&canceller->lock);
  while (g_cond_wait_until (&canceller->never, &canceller->lock, canceller->at))
    ;
  g_mutex_unlock (&canceller->lock);
  canceller->done = g_get_monotonic_time ();
  if (canceller->card != NULL)
    canceller->card->ops->abort (canceller->card);
  else
    pv_nfc_reader_abort (canceller->rig->reader);
  return NULL;
}

/* All that a reading does, on a card that does not answer at its third APDU, until it is cancelled. */
static void
read_until_cancelled (Rig *rig, PvCardTransport **card, Mode mode, GError **error)
{
  if (*card == NULL)
    *card = pv_nfc_reader_wait_card (rig->reader, 10000, error);
  while (*error == NULL && *card != NULL) {
    if (!(*card)->ops->reset (*card, mode == LONG, 10000, error))
      break;
    for (guint i = 0; i < 3 && rig_ask (rig, *card, 30, 200, 10000, error); i++)
      ;
  }
}

static void
ends_soon_when_cancelled_at_any_moment (void **state)
{
  const guint n_rounds = g_getenv ("PV_TEST_FULL") != NULL ? 2000 : 200;
  const guint32 seed = g_random_int ();
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  Rig *rig = rig_new (FALSE);
  guint longest = 0, n_descriptors = count_descriptors ();

  (void) state;
  for (guint i = 0; i < n_rounds; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (PvCardTransport) card = NULL;
    Mode mode = g_rand_boolean (random) ? LONG : SHORT;
    Canceller canceller = { .rig = rig };
    GThread *thread;
    guint took;

    pv_pn532_lay (rig->emulator, &rig->card);
    if (g_rand_int_range (random, 0, 4) == 0)
      pv_pn532_remove (rig->emulator);
    else
      pv_pn532_set_fault (rig->emulator, PV_PN532_FAULT_MUTE, 2, 0);
    if (g_rand_boolean (random) && (card = pv_nfc_reader_wait_card (rig->reader, 0, NULL)) != NULL)
      canceller.card = card;
    canceller.at = g_get_monotonic_time () + g_rand_int_range (random, 0, 60000);
    thread = g_thread_new ("canceller", canceller_thread, &canceller);
    read_until_cancelled (rig, &card, mode, &error);
    took = ms_since (canceller.done);
    g_thread_join (thread);
    if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || took >= 300)
      print_error ("seed %u, round %u: %u ms, %s\n", seed, i, took, error != NULL ? error->message : "none");
    assert_true (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
    assert_true (took < 300);
    longest = MAX (longest, took);
    g_clear_error (&error);

    assert_null (pv_nfc_reader_wait_card (rig->reader, 1000, &error)); /* until it is rearmed */
    assert_true (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
    g_clear_error (&error);
    pv_nfc_reader_rearm (rig->reader);
    if (canceller.card != NULL) {
      assert_false (rig_ask (rig, card, 30, 20, 100, &error));
      assert_true (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
    }
  }
  print_message ("# the longest took %u ms\n", longest);
  /* libnfc loses one for each interruption that comes between two of its waits. */
  assert_true (count_descriptors () <= n_descriptors + 2 + n_rounds / 10);
  pv_pn532_lay (rig->emulator, &rig->card);
  assert_works_again (rig, &fault_cases[0], SHORT);
  rig_free (rig);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (fails_with_a_reason_and_recovers),      cmocka_unit_test (never_takes_a_late_answer_for_another),
    cmocka_unit_test (sees_a_card_go_and_come_back),          cmocka_unit_test (does_not_go_on_with_another_card),
    cmocka_unit_test (survives_that_the_reader_is_unplugged),
    cmocka_unit_test (survives_a_reader_that_hangs), cmocka_unit_test (ends_soon_when_cancelled_at_any_moment),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
