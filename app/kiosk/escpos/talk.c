/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/escpos/talk.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "print/escpos-status.h"
#include "print/escpos.h"

enum {
  SLICE_MS = 100,  /* until a signal is seen */
  ANSWER_MS = 400, /* to one question */
  ASK_AGAIN_MS = 300,
  STALL_TOLD_MS = 5000, /* nothing is taken, and no reason was told: CUPS hears of it */
  STALL_MS = 20000,     /* it is given up */
  PROOF_MS = 30000,     /* from the last byte sent to the last dot printed */
  GOOD_BYE_MS = 1500,   /* of a cancelled job */
  LEFT_OVER_MS = 15000,
  LEFT_OVER_BYTES = PV_ESCPOS_BAND_LINES * 128, /* a picture, on the widest roll */
  PIECE_BYTES = 4096,
};

typedef struct {
  int device, input, messages;
  const PvEscposAddress *address;
  const volatile sig_atomic_t *is_cancelled;

  PvEscposReader reader;
  PvEscposFlags told;
  gboolean awaits_sensor;
  guint n_sensor;      /* answers to GS r 1 that were awaited */
  gint64 deaf_until;   /* usblp reads nothing again and again */
  gboolean is_gone;    /* the device */
  gboolean has_ended;  /* the input */
  gboolean has_failed; /* the input */

  guint8 out[PIECE_BYTES];
  gsize out_at, out_length;
  PvEscposScan scan; /* of what was written to the device */
  gsize n_written;
} Talk;

static gint64
now_ms (void)
{
  return g_get_monotonic_time () / G_TIME_SPAN_MILLISECOND;
}

static void
say (Talk *talk, const char *text)
{
  if (write (talk->messages, text, strlen (text)) < 0)
    return; /* CUPS does not listen any more */
}

static void
tell (Talk *talk, PvEscposFlags flags)
{
  g_autoptr (GString) lines = g_string_new (NULL);

  pv_escpos_append_changes (talk->told, flags, lines);
  talk->told = flags;
  if (lines->len > 0)
    say (talk, lines->str);
}

/* --- one turn ------------------------------------------------------------------------------------------------------- */

static void
hear (Talk *talk)
{
  guint8 bytes[64];
  ssize_t n = read (talk->device, bytes, sizeof bytes);

  if (n < 0 && errno != EAGAIN && errno != EINTR)
    talk->is_gone = TRUE;
  if (n == 0)
    talk->deaf_until = now_ms () + SLICE_MS;
  for (ssize_t i = 0; i < n; i++) {
    PvEscposEvent event = pv_escpos_reader_take (&talk->reader, bytes[i]);

    /* A stray byte looks like that answer. */
    if (event == PV_ESCPOS_SENSOR && talk->awaits_sensor)
      talk->n_sensor++;
    /* Before all was asked, half of it would be told. */
    if (event != PV_ESCPOS_NOTHING && talk->told != PV_ESCPOS_ALL)
      tell (talk, talk->reader.flags);
  }
}

static void
send_some (Talk *talk)
{
  ssize_t n = write (talk->device, talk->out + talk->out_at, talk->out_length - talk->out_at);

  if (n < 0 && errno != EAGAIN && errno != EINTR)
    talk->is_gone = TRUE;
  if (n <= 0)
    return;
  pv_escpos_scan (&talk->scan, talk->out + talk->out_at, (gsize) n);
  talk->out_at += (gsize) n;
  talk->n_written += (gsize) n;
}

static void
fetch (Talk *talk)
{
  ssize_t n = read (talk->input, talk->out, sizeof talk->out);

  if (n < 0 && (errno == EAGAIN || errno == EINTR))
    return;
  talk->has_ended = n <= 0;
  talk->has_failed = n < 0;
  talk->out_at = 0;
  talk->out_length = n > 0 ? (gsize) n : 0;
}

/* Waits at most a slice; then does what can be done. @takes_input: from the filter */
static void
take_turn (Talk *talk, gboolean takes_input)
{
  gboolean is_sending = talk->out_at < talk->out_length;
  struct pollfd fds[2] = { { talk->device, 0, 0 }, { talk->input, POLLIN, 0 } };
  gboolean asks_input = takes_input && !is_sending && !talk->has_ended;

  if (now_ms () >= talk->deaf_until)
    fds[0].events |= POLLIN;
  if (is_sending)
    fds[0].events |= POLLOUT;
  if (poll (fds, asks_input ? 2 : 1, SLICE_MS) <= 0)
    return;
  if ((fds[0].revents & POLLIN) != 0)
    hear (talk);
  else if ((fds[0].revents & (POLLERR | POLLHUP | POLLNVAL)) != 0)
    talk->is_gone = TRUE;
  if (!talk->is_gone && (fds[0].revents & POLLOUT) != 0)
    send_some (talk);
  if (asks_input && fds[1].revents != 0)
    fetch (talk);
}

static gboolean
is_over (const Talk *talk)
{
  return talk->is_gone || *talk->is_cancelled;
}

static void
put (Talk *talk, const guint8 *bytes, gsize length)
{
  memcpy (talk->out, bytes, length);
  talk->out_at = 0;
  talk->out_length = length;
}

/* Returns: whether all that was put is with the device */
static gboolean
send_all (Talk *talk, gint64 end)
{
  while (talk->out_at < talk->out_length && !talk->is_gone && now_ms () < end)
    take_turn (talk, FALSE);
  return talk->out_at == talk->out_length;
}

/* --- phases --------------------------------------------------------------------------------------------------------- */

/* Only between two commands. Returns: whether it answered */
static gboolean
ask_all (Talk *talk)
{
  for (guint question = PV_ESCPOS_FIRST_QUESTION; question <= PV_ESCPOS_LAST_QUESTION; question++) {
    guint8 bytes[PV_ESCPOS_QUESTION_BYTES];
    gint64 end = now_ms () + ANSWER_MS;

    pv_escpos_reader_ask (&talk->reader, question, bytes);
    put (talk, bytes, sizeof bytes);
    while (talk->reader.question != 0 && talk->n_sensor == 0 && !is_over (talk) && now_ms () < end)
      take_turn (talk, FALSE);
    if (talk->reader.question != 0) {
      talk->out_length = talk->out_at = 0;
      return FALSE;
    }
  }
  tell (talk, talk->reader.flags);
  return TRUE;
}

/* Or until GS r 1 is answered. */
static void
pause_for (Talk *talk, gint64 ms)
{
  gint64 end = now_ms () + ms;

  while (!is_over (talk) && talk->n_sensor == 0 && now_ms () < end)
    take_turn (talk, FALSE);
}

/* Until it is there and would print. */
static gboolean
wait_until_ready (Talk *talk)
{
  gint64 start = now_ms ();
  gint64 mute_since = start;

  while (!is_over (talk)) {
    gint64 now;

    if (ask_all (talk)) {
      if (!pv_escpos_is_blocked (talk->reader.flags))
        return TRUE;
      mute_since = now_ms ();
    } else if (!is_over (talk)) {
      tell (talk, PV_ESCPOS_OFFLINE);
    }
    now = now_ms ();
    if (now - mute_since >= talk->address->wait_s * 1000 || now - start >= talk->address->patience_s * 1000)
      return FALSE;
    pause_for (talk, ASK_AGAIN_MS);
  }
  return FALSE;
}

/* How long it has stood still: with a reason, and without. */
typedef struct {
  gint64 blocked_since, stalled_since;
} Standstill;

static void
moves (Standstill *standstill)
{
  standstill->blocked_since = standstill->stalled_since = now_ms ();
}

/* After each turn in which nothing went on. */
static gboolean
is_too_long (Talk *talk, Standstill *standstill, gint64 limit)
{
  gint64 now = now_ms ();

  if (pv_escpos_is_blocked (talk->reader.flags)) {
    standstill->stalled_since = now;
    return now - standstill->blocked_since >= talk->address->patience_s * 1000;
  }
  standstill->blocked_since = now;
  return now - standstill->stalled_since >= limit;
}

/* What the filter writes, to its end. */
static gboolean
hand_on (Talk *talk)
{
  Standstill standstill;
  gsize written = talk->n_written;

  moves (&standstill);
  while (!is_over (talk) && !(talk->has_ended && talk->out_at == talk->out_length)) {
    take_turn (talk, TRUE);
    /* Where nothing waits to be sent, the filter is slow and not the printer. */
    if (talk->out_at == talk->out_length || talk->n_written != written) {
      moves (&standstill);
      tell (talk, talk->reader.flags);
    } else if (is_too_long (talk, &standstill, STALL_MS)) {
      return FALSE;
    } else if (now_ms () - standstill.stalled_since >= STALL_TOLD_MS) {
      tell (talk, talk->reader.flags | PV_ESCPOS_OFFLINE);
    }
    written = talk->n_written;
  }
  return !is_over (talk) && !talk->has_failed && pv_escpos_scan_get_missing (&talk->scan) == 0;
}

/* It answers when it comes to it, so when all before it is printed. A printer that does not report by itself is asked
 * meanwhile. */
static gboolean
wait_for_proof (Talk *talk)
{
  static const guint8 sensor[] = { 0x1d, 'r', 1 };
  Standstill standstill;

  moves (&standstill);
  talk->awaits_sensor = TRUE;
  put (talk, sensor, sizeof sensor);
  while (!is_over (talk) && talk->n_sensor == 0) {
    if (is_too_long (talk, &standstill, PROOF_MS))
      return FALSE;
    pause_for (talk, ASK_AGAIN_MS);
    if (talk->n_sensor == 0 && !is_over (talk) && talk->out_at == talk->out_length && !ask_all (talk))
      tell (talk, talk->reader.flags | PV_ESCPOS_OFFLINE);
  }
  return talk->n_sensor > 0;
}

/* --- the end that was not planned ----------------------------------------------------------------------------------- */

static void
set_uncut (const char *uncut, gboolean is_uncut)
{
  int fd;

  if (uncut == NULL)
    return;
  if (!is_uncut) {
    (void) unlink (uncut);
    return;
  }
  fd = open (uncut, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd >= 0)
    close (fd);
}

/* Zeros end a picture in white, and are nothing elsewhere. */
static gboolean
send_zeros (Talk *talk, gsize n, gint64 end)
{
  while (n > 0) {
    gsize length = MIN (n, sizeof talk->out);

    memset (talk->out, 0, length);
    talk->out_at = 0;
    talk->out_length = length;
    if (!send_all (talk, end))
      return FALSE;
    n -= length;
  }
  return TRUE;
}

static gboolean
send_cut (Talk *talk, gint64 end)
{
  static const guint8 cut[] = { 0x1b, '@', 0x1d, 'V', 65, 0 };

  put (talk, cut, sizeof cut);
  return send_all (talk, end);
}

/* Half a sheet must neither wait in the printer nor hang out of it when the next one comes. */
static void
clean_up (Talk *talk, const char *uncut)
{
  static const guint8 forget[] = { 0x10, 0x14, 8, 1, 3, 0x14, 1, 6, 2, 8 };
  gint64 end = now_ms () + GOOD_BYE_MS;
  gsize missing = pv_escpos_scan_get_missing (&talk->scan);
  gboolean is_blocked = pv_escpos_is_blocked (talk->reader.flags);
  int waiting = 0;

  if (is_blocked) {
    /* What the line holds goes, too; the printer gets as many zeros instead. */
    if (isatty (talk->device) && ioctl (talk->device, TIOCOUTQ, &waiting) == 0 && waiting > 0
        && tcflush (talk->device, TCOFLUSH) == 0)
      missing += (gsize) waiting;
    put (talk, forget, sizeof forget);
    (void) send_all (talk, end);
  }
  if (send_zeros (talk, missing, end) && send_cut (talk, end) && !is_blocked)
    set_uncut (uncut, FALSE);
}

/* Of a job that did not end well, and of which no process is left that knows how far it came. */
static gboolean
cut_what_hangs_out (Talk *talk, const char *uncut)
{
  gint64 end = now_ms () + LEFT_OVER_MS;

  if (uncut == NULL || access (uncut, F_OK) != 0)
    return TRUE;
  return send_zeros (talk, LEFT_OVER_BYTES, end) && send_cut (talk, end);
}

/* An absent device may be about to be plugged in. */
static gboolean
open_device (Talk *talk)
{
  gint64 end = now_ms () + talk->address->wait_s * 1000;
  g_autoptr (GError) error = NULL;

  for (;;) {
    talk->device = pv_escpos_device_open (talk->address, &error);
    if (talk->device >= 0)
      return TRUE;
    tell (talk, PV_ESCPOS_OFFLINE);
    if (*talk->is_cancelled || now_ms () >= end)
      break;
    g_clear_error (&error);
    (void) poll (NULL, 0, SLICE_MS);
  }
  if (error != NULL) {
    g_autofree char *line = g_strdup_printf ("ERROR: %s\n", error->message);

    say (talk, line);
  }
  return FALSE;
}

static gboolean
print (Talk *talk, const char *uncut)
{
  gboolean is_silent = talk->address->is_silent;
  gsize before;

  if (!is_silent && !wait_until_ready (talk))
    return FALSE;
  if (!cut_what_hangs_out (talk, uncut))
    return FALSE;
  set_uncut (uncut, TRUE);
  before = talk->n_written;
  if (!hand_on (talk) || (!is_silent && talk->n_written > before && !wait_for_proof (talk))) {
    if (talk->n_written > before)
      clean_up (talk, uncut);
    else
      set_uncut (uncut, FALSE);
    return FALSE;
  }
  set_uncut (uncut, FALSE);
  return TRUE;
}

PvEscposOutcome
pv_escpos_talk (const PvEscposAddress *address, int input, int messages, const char *uncut,
                const volatile sig_atomic_t *is_cancelled)
{
  g_autofree Talk *talk = g_new0 (Talk, 1);
  gboolean is_printed;

  talk->address = address;
  talk->input = input;
  talk->messages = messages;
  talk->is_cancelled = is_cancelled;
  talk->told = PV_ESCPOS_ALL;
  if (!open_device (talk))
    return *is_cancelled ? PV_ESCPOS_CANCELLED : PV_ESCPOS_FAILED;
  if (input < 0) {
    /* That it is not well is an answer, too; only silence is none. */
    is_printed = ask_all (talk);
    if (!is_printed)
      tell (talk, PV_ESCPOS_OFFLINE);
    close (talk->device);
    return is_printed ? PV_ESCPOS_PRINTED : PV_ESCPOS_FAILED;
  }
  if (address->is_silent)
    tell (talk, 0);
  is_printed = print (talk, uncut);
  if (talk->is_gone)
    tell (talk, PV_ESCPOS_OFFLINE);
  close (talk->device);
  if (is_printed)
    return PV_ESCPOS_PRINTED;
  return *is_cancelled ? PV_ESCPOS_CANCELLED : PV_ESCPOS_FAILED;
}
