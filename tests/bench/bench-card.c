/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* bench-card: what one reading of an identity card costs: commands, bytes on the air, time of this machine's processor, and
 * the time that the air would take (a model, see app/demo/card/pn532.h): COM, DG1, SOD and a portrait of 20 kB, through the
 * real libnfc and a virtual reader, by short and by extended APDUs. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "bench.h"
#include "card-desk.h"
#include "eid/reading.h"
#include "eid/transport-nfc.h"

enum { ROUNDS = 5, WAIT_MS = 2000 };

/* Only what the goals speak of: neither DG11, DG12 nor chip authentication. */
#define BUDGET_CARD                                                                                                    \
  "dg11/full-name=\ndg11/birth-date=\ndg11/birth-place=\ndg11/address=\ndg12/authority=\ndg12/issued=\nchip/ca=\n"     \
  "photo/size=20000"

typedef struct Measure {
  PvChannelTally channel; /* of the whole reading */
  PvPn532Tally air;
  PvPn532Tally opening; /* of it, what came before the first file: EF.CardAccess and PACE */
  double host_ms;       /* least of all rounds */
} Measure;

/* While a card is read. */
typedef struct Watch {
  CardDesk *desk;
  PvPn532Tally opening;
  gboolean is_open;
} Watch;

static void
fail (const char *what)
{
  fprintf (stderr, "bench-card: %s\n", what);
  exit (EXIT_FAILURE);
}

static double
thread_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1000 + (double) now.tv_nsec / 1e6;
}

static void
progress_cb (PvReadingPhase phase, gsize done, gsize whole, gpointer user_data)
{
  Watch *watch = user_data;

  (void) done;
  (void) whole;
  if (phase == PV_READING_FILES && !watch->is_open) {
    watch->is_open = TRUE;
    watch->opening = pv_pn532_get_tally (watch->desk->reader);
  }
}

static void
read_once (CardDesk *desk, PvNfcReader *reader, const PvTrust *trust, gboolean is_short, Measure *measure)
{
  g_autoptr (PvCardPassword) password = pv_card_password_new_can ("123456");
  g_autoptr (GError) error = NULL;
  PvCardTransport *transport = pv_nfc_reader_wait_card (reader, WAIT_MS, &error);
  Watch watch = { .desk = desk };
  PvReadingOptions options = {
    .password = password,
    .trust = trust,
    .wants_face = TRUE,
    .wants_com = TRUE,
    .avoids_long = is_short,
    .now = CARD_DESK_NOW,
    .is_clock_verified = TRUE,
    .progress = progress_cb,
    .user_data = &watch,
  };
  g_autoptr (PvCardReading) reading = NULL;
  double begin, used;

  g_date_clear (&options.today, 1);
  g_date_set_dmy (&options.today, 29, G_DATE_NOVEMBER, 2026);
  if (transport == NULL)
    fail ("the card is not found");
  pv_pn532_reset_tally (desk->reader);
  begin = thread_ms ();
  reading = pv_card_reading_run (transport, &options, &error);
  used = thread_ms () - begin;
  pv_card_transport_free (transport);
  if (reading == NULL || pv_reason_verdict (reading->identity->reason) == PV_VERDICT_REFUSED)
    fail (error != NULL ? error->message : "the card is refused");
  measure->channel = reading->tally;
  measure->air = pv_pn532_get_tally (desk->reader);
  measure->opening = watch.opening;
  measure->host_ms = measure->host_ms == 0 ? used : MIN (measure->host_ms, used);
}

static Measure
measure_card (const char *changes, gboolean is_short)
{
  CardDesk *desk = card_desk_new ();
  g_autoptr (PvTrust) trust = NULL;
  g_autoptr (GError) error = NULL;
  PvNfcReader *reader;
  Measure measure = { 0 };

  card_desk_lay (desk, "cnie", changes);
  trust = card_desk_make_trust (desk->folder);
  reader = pv_nfc_reader_open (pv_pn532_get_connection (desk->reader), NULL, &error);
  if (reader == NULL)
    fail (error->message);
  for (guint i = 0; i < ROUNDS; i++)
    read_once (desk, reader, trust, is_short, &measure);
  pv_nfc_reader_close (reader);
  card_desk_free (desk);
  return measure;
}

static void
figure (const char *kind, const char *what, double value, const char *unit, double goal)
{
  g_autofree char *name = g_strdup_printf ("card, %s, %s", kind, what);

  bench_figure (name, value, unit, NULL, goal);
}

static void
tell (const char *kind, const Measure *measure, double most_reads, double most_kb)
{
  static const guint speeds[] = { 106, 212, 424, 848 };

  figure (kind, "commands", measure->channel.commands, "1", BENCH_NO_GOAL);
  figure (kind, "commands before the channel is secured", measure->opening.apdus, "1", 7);
  /* Of the reads, one is EF.CardAccess. */
  figure (kind, "reads of files", measure->channel.reads - 1, "1", most_reads);
  figure (kind, "selects by file", measure->channel.selects, "1", 0);
  figure (kind, "repeated commands", measure->air.repeats, "1", 0);
  figure (kind, "bytes on the air for the files", (double) (measure->air.air_bytes - measure->opening.air_bytes) / 1000,
          "kB", most_kb);
  figure (kind, "bytes on the air in all", (double) measure->air.air_bytes / 1000, "kB", BENCH_NO_GOAL);
  figure (kind, "frames on the air", measure->air.frames, "1", BENCH_NO_GOAL);
  figure (kind, "processor, all cryptography", measure->host_ms, "ms", 60);
  for (gsize i = 0; i < G_N_ELEMENTS (speeds); i++) {
    g_autofree char *what = g_strdup_printf ("modelled time at %u kbit/s", speeds[i]);

    figure (kind, what, pv_pn532_model_seconds (&measure->air, speeds[i]), "s", BENCH_NO_GOAL);
  }
}

int
main (void)
{
  Measure measure;

  g_log_writer_default_set_use_stderr (TRUE);
  measure = measure_card (BUDGET_CARD, TRUE);
  tell ("short APDUs", &measure, 98, 28.5);
  measure = measure_card (BUDGET_CARD "\nchip/extended=2100", FALSE);
  tell ("extended APDUs", &measure, 14, 23.5);
  measure = measure_card (NULL, TRUE);
  tell ("whole card with chip authentication, short APDUs", &measure, BENCH_NO_GOAL, BENCH_NO_GOAL);
  return EXIT_SUCCESS;
}
