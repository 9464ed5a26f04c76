/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/card/watch.h"

#include "eid/reading.h"
#include "eid/transport-nfc.h"
#include "platform/clock.h"
#include "platform/log.h"

enum {
  LOOK_MS = 400,         /* for a card, before orders are looked at again */
  NO_READER_MS = 2000,   /* between two tries to open a reader that is not there */
  BUSY_MS = 200,         /* the same while the session before still holds it */
  MAX_LOST_IN_A_ROW = 4, /* a card that is lost each time is none that can be read here */
};

struct PvCardWatch {
  PvCardWatchOptions options;
  char *reader_name, *lock_folder; /* owned */
  GThread *thread;
  GMutex mutex; /* for what follows, up to the thread's own */
  GCond changed;
  PvCardPassword *password; /* (nullable), owned: the order, until the thread takes it */
  guint order;              /* grows with each order */
  gboolean must_stop;
  PvNfcReader *open_reader; /* borrowed from the thread, to abort what it does */
  /* The thread's own. */
  PvNfcReader *reader;
  PvCardPassword *current; /* (nullable): the code that is tried */
  guint order_seen;
  guint lost_in_a_row;
  PvCardState told;
  PvCardTrouble told_trouble;
  guint told_percent;
};

static void
tell_report (PvCardWatch *watch, const PvCardReport *report)
{
  if (report->state == watch->told && report->trouble == watch->told_trouble && report->percent == watch->told_percent)
    return;
  watch->told = report->state;
  watch->told_trouble = report->trouble;
  watch->told_percent = report->percent;
  watch->options.tell (report, watch->options.user_data);
}

static void
tell (PvCardWatch *watch, PvCardState state)
{
  tell_report (watch, &(PvCardReport){ .state = state });
}

static void
tell_trouble (PvCardWatch *watch, PvCardTrouble trouble)
{
  tell_report (watch, &(PvCardReport){ .state = PV_CARD_FAILED, .trouble = trouble });
}

/* Takes the newest order. FALSE: to end. */
static gboolean
take_order (PvCardWatch *watch)
{
  gboolean goes_on;

  g_mutex_lock (&watch->mutex);
  if (watch->order != watch->order_seen) {
    watch->order_seen = watch->order;
    g_clear_pointer (&watch->current, pv_card_password_free);
    watch->current = g_steal_pointer (&watch->password);
    watch->lost_in_a_row = 0;
    if (watch->reader != NULL && !watch->must_stop)
      pv_nfc_reader_rearm (watch->reader);
  }
  goes_on = !watch->must_stop;
  g_mutex_unlock (&watch->mutex);
  return goes_on;
}

/* Until the time is over, or an order came. */
static void
pause_for (PvCardWatch *watch, guint ms)
{
  gint64 end = g_get_monotonic_time () + (gint64) ms * G_TIME_SPAN_MILLISECOND;

  g_mutex_lock (&watch->mutex);
  while (!watch->must_stop && watch->order == watch->order_seen
         && g_cond_wait_until (&watch->changed, &watch->mutex, end))
    ;
  g_mutex_unlock (&watch->mutex);
}

static void
set_reader (PvCardWatch *watch, PvNfcReader *reader)
{
  g_mutex_lock (&watch->mutex);
  watch->open_reader = reader;
  g_mutex_unlock (&watch->mutex);
  if (reader == NULL && watch->reader != NULL)
    pv_nfc_reader_close (watch->reader);
  watch->reader = reader;
}

static gboolean
open_reader (PvCardWatch *watch)
{
  g_autoptr (GError) error = NULL;
  PvNfcReader *reader = pv_nfc_reader_open (watch->reader_name, watch->lock_folder, &error);

  if (reader != NULL) {
    set_reader (watch, reader);
    tell (watch, PV_CARD_WAITING);
    return TRUE;
  }
  if (g_error_matches (error, PV_CARD_ERROR, PV_CARD_ERROR_BUSY)) {
    tell (watch, PV_CARD_BUSY);
    pause_for (watch, BUSY_MS);
    return FALSE;
  }
  if (watch->told != PV_CARD_NO_READER)
    pv_log_event (PV_LOG_WARNING, "no-card-reader", PV_LOG_CAUSE (error));
  tell (watch, PV_CARD_NO_READER);
  pause_for (watch, NO_READER_MS);
  return FALSE;
}

static void
lose_reader (PvCardWatch *watch)
{
  pv_log_event (PV_LOG_WARNING, "card-reader-lost");
  set_reader (watch, NULL);
  tell (watch, PV_CARD_NO_READER);
}

static void
progress_cb (PvReadingPhase phase, gsize done, gsize whole, gpointer user_data)
{
  PvCardWatch *watch = user_data;
  PvCardReport report = { .state = PV_CARD_OPENING };

  switch (phase) {
  case PV_READING_ACCESS:
    break;
  case PV_READING_FILES:
    report.state = PV_CARD_READING;
    report.percent = whole > 0 ? (guint) MIN (done * 100 / whole, 99) : 0;
    break;
  case PV_READING_PROOF:
    report.state = PV_CARD_PROVING;
    break;
  }
  tell_report (watch, &report);
}

static PvReadingOptions
reading_options (PvCardWatch *watch)
{
  PvClock *clock = pv_clock_get_system ();
  gint64 now = pv_clock_get_wall_us (clock) / G_USEC_PER_SEC;
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, watch->options.zone);
  PvReadingOptions options = {
    .password = watch->current,
    .trust = watch->options.trust,
    .avoids_long = watch->lost_in_a_row > 0,
    .now = now,
    .is_clock_verified = pv_clock_is_synchronised (clock),
    .progress = progress_cb,
    .user_data = watch,
  };

  g_date_clear (&options.today, 1);
  g_date_set_dmy (&options.today, (GDateDay) g_date_time_get_day_of_month (local),
                  (GDateMonth) g_date_time_get_month (local), (GDateYear) g_date_time_get_year (local));
  return options;
}

static PvCardTrouble
trouble_of (const GError *error)
{
  static const PvCardTrouble troubles[] = {
    [PV_CARD_ERROR_LOST] = PV_CARD_TROUBLE_LOST,           [PV_CARD_ERROR_WRONG_CODE] = PV_CARD_TROUBLE_WRONG_CODE,
    [PV_CARD_ERROR_BLOCKED] = PV_CARD_TROUBLE_BLOCKED,     [PV_CARD_ERROR_REFUSED] = PV_CARD_TROUBLE_REFUSED,
    [PV_CARD_ERROR_UNSUPPORTED] = PV_CARD_TROUBLE_NO_CHIP, [PV_CARD_ERROR_BAD_DATA] = PV_CARD_TROUBLE_BAD_DATA,
    [PV_CARD_ERROR_BUSY] = PV_CARD_TROUBLE_READER,         [PV_CARD_ERROR_READER] = PV_CARD_TROUBLE_READER,
  };

  if (error->domain != PV_CARD_ERROR || (guint) error->code >= G_N_ELEMENTS (troubles))
    return PV_CARD_TROUBLE_BAD_DATA;
  return troubles[error->code];
}

static void
tell_reading (PvCardWatch *watch, const PvCardReading *reading)
{
  PvCardReport report = { .state = PV_CARD_READ, .percent = 100, .identity = reading->identity };

  pv_log_event (PV_LOG_INFO, "card-read", PV_LOG_WORD ("verdict", pv_verdict_name (reading->identity->verdict)),
                PV_LOG_WORD ("reason", pv_reason_name (reading->identity->reason)),
                PV_LOG_WORD ("access", pv_access_kind_name (reading->access)),
                PV_LOG_INT ("commands", reading->tally.commands));
  tell_report (watch, &report);
}

/* A lost card keeps its code: it was not judged, and goes on when the card is laid again. Any other end needs a new one. */
static void
end_badly (PvCardWatch *watch, const GError *error)
{
  PvCardTrouble trouble = trouble_of (error);

  if (trouble == PV_CARD_TROUBLE_LOST && ++watch->lost_in_a_row >= MAX_LOST_IN_A_ROW)
    trouble = PV_CARD_TROUBLE_BAD_DATA;
  pv_log_event (PV_LOG_INFO, "card-not-read", PV_LOG_WORD ("trouble", pv_card_trouble_name (trouble)));
  if (trouble != PV_CARD_TROUBLE_LOST) {
    g_clear_pointer (&watch->current, pv_card_password_free);
    watch->lost_in_a_row = 0;
  }
  tell_trouble (watch, trouble);
}

/* FALSE: the reader is gone. */
static gboolean
read_card (PvCardWatch *watch, PvCardTransport *transport)
{
  const PvReadingOptions options = reading_options (watch);
  g_autoptr (GError) error = NULL;
  g_autoptr (PvCardReading) reading = pv_card_reading_run (transport, &options, &error);

  if (reading != NULL) {
    g_clear_pointer (&watch->current, pv_card_password_free);
    watch->lost_in_a_row = 0;
    tell_reading (watch, reading);
    return TRUE;
  }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return TRUE;
  end_badly (watch, error);
  return !g_error_matches (error, PV_CARD_ERROR, PV_CARD_ERROR_READER);
}

/* A card lies there and nothing is to be done with it, until it goes, an order comes, or the reader is gone: that answers at
 * once, and is told by the next look for a card. */
static void
wait_with_card (PvCardWatch *watch)
{
  while (take_order (watch) && watch->current == NULL) {
    gint64 begin = g_get_monotonic_time ();

    if (pv_nfc_reader_wait_removal (watch->reader, LOOK_MS)
        || g_get_monotonic_time () - begin < LOOK_MS * G_TIME_SPAN_MILLISECOND / 2)
      return;
  }
}

static void
serve_card (PvCardWatch *watch, PvCardTransport *transport)
{
  gboolean has_reader = TRUE;

  if (watch->current != NULL)
    has_reader = read_card (watch, transport);
  else if (watch->told != PV_CARD_READ && watch->told != PV_CARD_FAILED)
    tell (watch, PV_CARD_PLACED);
  pv_card_transport_free (transport);
  if (!has_reader)
    lose_reader (watch);
  else if (watch->current == NULL)
    wait_with_card (watch);
}

/* What was told of a card stays: the citizen must be able to read it, and take the card away meanwhile. */
static void
tell_nothing_lies_there (PvCardWatch *watch)
{
  if (watch->told == PV_CARD_PLACED || watch->told == PV_CARD_NO_READER || watch->told == PV_CARD_BUSY)
    tell (watch, PV_CARD_WAITING);
}

/* It stays in the field, and would be told each time. */
static void
tell_strange_card (PvCardWatch *watch, const GError *error)
{
  if (watch->told_trouble != PV_CARD_TROUBLE_NO_CHIP)
    end_badly (watch, error);
  pause_for (watch, LOOK_MS);
}

static void
look_for_card (PvCardWatch *watch)
{
  g_autoptr (GError) error = NULL;
  PvCardTransport *transport = pv_nfc_reader_wait_card (watch->reader, LOOK_MS, &error);

  if (transport != NULL)
    serve_card (watch, transport);
  else if (g_error_matches (error, PV_CARD_ERROR, PV_CARD_ERROR_READER))
    lose_reader (watch);
  else if (error == NULL)
    tell_nothing_lies_there (watch);
  else if (g_error_matches (error, PV_CARD_ERROR, PV_CARD_ERROR_UNSUPPORTED))
    tell_strange_card (watch, error);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    pause_for (watch, LOOK_MS);
}

static gpointer
watch_thread (gpointer user_data)
{
  PvCardWatch *watch = user_data;

  while (take_order (watch)) {
    if (watch->reader == NULL && !open_reader (watch))
      continue;
    look_for_card (watch);
  }
  set_reader (watch, NULL);
  g_clear_pointer (&watch->current, pv_card_password_free);
  return NULL;
}

PvCardWatch *
pv_card_watch_start (const PvCardWatchOptions *options)
{
  PvCardWatch *watch = g_new0 (PvCardWatch, 1);

  watch->options = *options;
  watch->reader_name = g_strdup (options->reader);
  watch->lock_folder = g_strdup (options->lock_folder);
  watch->told = PV_N_CARD_STATES;
  g_mutex_init (&watch->mutex);
  g_cond_init (&watch->changed);
  watch->thread = g_thread_new ("card", watch_thread, watch);
  return watch;
}

static void
give_order (PvCardWatch *watch, PvCardPassword *password, gboolean must_stop)
{
  g_mutex_lock (&watch->mutex);
  g_clear_pointer (&watch->password, pv_card_password_free);
  watch->password = password;
  watch->order++;
  watch->must_stop = watch->must_stop || must_stop;
  if (watch->open_reader != NULL)
    pv_nfc_reader_abort (watch->open_reader);
  g_cond_signal (&watch->changed);
  g_mutex_unlock (&watch->mutex);
}

void
pv_card_watch_read (PvCardWatch *watch, PvCardPassword *password)
{
  give_order (watch, password, FALSE);
}

void
pv_card_watch_forget (PvCardWatch *watch)
{
  give_order (watch, NULL, FALSE);
}

void
pv_card_watch_stop (PvCardWatch *watch)
{
  if (watch == NULL)
    return;
  give_order (watch, NULL, TRUE);
  g_thread_join (watch->thread);
  pv_card_password_free (watch->password);
  g_mutex_clear (&watch->mutex);
  g_cond_clear (&watch->changed);
  g_free (watch->reader_name);
  g_free (watch->lock_folder);
  g_free (watch);
}
