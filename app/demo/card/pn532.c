/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "demo/card/pn532.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <termios.h>
#include <unistd.h>

#include "demo/card/pn532-chip.h"

enum { WRITE_LIMIT_MS = 200 }; /* a host that does not read */

struct PvPn532 {
  /* owned */
  char *link;       /* (nullable) */
  char *connection; /* "pn532_uart:PATH" */
  GThread *thread;
  /* handles */
  int master, slave; /* -1: unplugged. The slave is kept open: else reading ends when a client closes */
  int wake;

  GMutex lock; /* all below, and what is above once the thread runs */
  PvPn532Chip chip;
  PvPn532Input input;
  gboolean is_stopping;
  gboolean is_deaf;
  guint8 last[PV_PN532_MAX_FRAME_BYTES]; /* frame to the host */
  gsize last_length;
  guint8 late[PV_PN532_MAX_FRAME_BYTES];
  gsize late_length;
  gint64 late_at; /* monotonic, µs; 0: none is pending */
  guint32 late_field;
};

static void
wake (PvPn532 *reader)
{
  const guint64 one = 1;

  if (write (reader->wake, &one, sizeof one) < 0 && errno != EAGAIN)
    g_warning ("the virtual reader does not wake: %s", g_strerror (errno));
}

/* All of it, or nothing more if the host takes none for a while. */
static void
send_bytes (PvPn532 *reader, const guint8 *data, gsize length)
{
  while (length > 0) {
    ssize_t n = write (reader->master, data, length);

    if (n > 0) {
      data += n;
      length -= (gsize) n;
    } else if (n < 0 && errno == EAGAIN) {
      struct pollfd fd = { reader->master, POLLOUT, 0 };

      if (poll (&fd, 1, WRITE_LIMIT_MS) <= 0)
        return;
    } else if (n < 0 && errno != EINTR) {
      return;
    }
  }
}

static void
close_terminal (PvPn532 *reader)
{
  if (reader->master >= 0)
    close (reader->master);
  if (reader->slave >= 0)
    close (reader->slave);
  reader->master = reader->slave = -1;
  reader->late_at = 0;
  reader->input.length = 0;
  pv_field_switch (&reader->chip.field, FALSE);
}

/* --- the thread ------------------------------------------------------------------------------------------------- */

static void
answer (PvPn532 *reader, const PvPn532Reply *reply)
{
  gsize length =
    pv_pn532_frame_build (reply->payload, reply->length, reply->kind == PV_PN532_REPLY_DAMAGED, reader->last);

  reader->last_length = length;
  switch (reply->kind) {
  case PV_PN532_REPLY:
  case PV_PN532_REPLY_DAMAGED:
    send_bytes (reader, reader->last, length);
    break;
  case PV_PN532_REPLY_ERROR:
    send_bytes (reader, pv_pn532_error, sizeof pv_pn532_error);
    break;
  case PV_PN532_REPLY_NONE:
    break;
  case PV_PN532_REPLY_LATE:
    memcpy (reader->late, reader->last, length);
    reader->late_length = length;
    reader->late_at = g_get_monotonic_time () + (gint64) reply->delay_ms * G_TIME_SPAN_MILLISECOND;
    reader->late_field = reader->chip.n_fields;
    break;
  case PV_PN532_REPLY_DIE:
    close_terminal (reader);
    break;
  }
}

static void
take_event (PvPn532 *reader, PvPn532Event event, const guint8 *command, gsize length)
{
  PvPn532Reply reply;

  switch (event) {
  case PV_PN532_EVENT_COMMAND:
    send_bytes (reader, pv_pn532_ack, sizeof pv_pn532_ack);
    pv_pn532_chip_run (&reader->chip, command, length, &reply);
    answer (reader, &reply);
    break;
  case PV_PN532_EVENT_BAD:
    send_bytes (reader, pv_pn532_nack, sizeof pv_pn532_nack);
    break;
  case PV_PN532_EVENT_ABORT:
    reader->late_at = 0;
    break;
  case PV_PN532_EVENT_REPEAT:
    send_bytes (reader, reader->last, reader->last_length);
    break;
  case PV_PN532_EVENT_NONE:
    break;
  }
}

static void
take_bytes (PvPn532 *reader, const guint8 *data, gsize length)
{
  guint8 command[PV_PN532_MAX_PAYLOAD_BYTES];
  gsize command_length = 0;

  while (length > 0 && reader->master >= 0) {
    gsize n = pv_pn532_input_feed (&reader->input, data, length);
    PvPn532Event event;

    data += n;
    length -= n;
    while (reader->master >= 0
           && (event = pv_pn532_input_step (&reader->input, command, &command_length)) != PV_PN532_EVENT_NONE)
      take_event (reader, event, command, command_length);
  }
}

/* A field that was switched off since then has ended that exchange. */
static void
send_what_is_late (PvPn532 *reader)
{
  if (reader->late_at == 0 || g_get_monotonic_time () < reader->late_at)
    return;
  reader->late_at = 0;
  if (reader->master >= 0 && reader->late_field == reader->chip.n_fields)
    send_bytes (reader, reader->late, reader->late_length);
}

static int
wait_ms (const PvPn532 *reader)
{
  gint64 left;

  if (reader->late_at == 0)
    return -1;
  left = reader->late_at - g_get_monotonic_time ();
  return left <= 0 ? 0 : (int) MIN (left / G_TIME_SPAN_MILLISECOND + 1, G_MAXINT);
}

static gpointer
reader_thread (gpointer data)
{
  PvPn532 *reader = data;

  for (;;) {
    struct pollfd fds[2] = { { reader->wake, POLLIN, 0 }, { -1, POLLIN, 0 } };
    guint8 bytes[512];
    guint64 count;
    int timeout;

    g_mutex_lock (&reader->lock);
    fds[1].fd = reader->master;
    timeout = wait_ms (reader);
    g_mutex_unlock (&reader->lock);
    (void) poll (fds, G_N_ELEMENTS (fds), timeout);

    g_mutex_lock (&reader->lock);
    if ((fds[0].revents & POLLIN) != 0)
      (void) !read (reader->wake, &count, sizeof count);
    if (reader->is_stopping)
      break;
    if (reader->master >= 0 && reader->master == fds[1].fd && (fds[1].revents & (POLLIN | POLLHUP | POLLERR)) != 0) {
      ssize_t n = read (reader->master, bytes, sizeof bytes);

      if (n > 0 && !reader->is_deaf)
        take_bytes (reader, bytes, (gsize) n);
      else if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
        close_terminal (reader);
    }
    send_what_is_late (reader);
    g_mutex_unlock (&reader->lock);
  }
  g_mutex_unlock (&reader->lock);
  return NULL;
}

/* --- from any thread -------------------------------------------------------------------------------------------- */

static gboolean
fail (GError **error, const char *what)
{
  int saved = errno;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved), "virtual reader: %s: %s", what, g_strerror (saved));
  return FALSE;
}

static gboolean
replace_link (const char *link, const char *target, GError **error)
{
  g_autofree char *fresh = g_strconcat (link, ".new", NULL);

  (void) unlink (fresh);
  if (symlink (target, fresh) < 0 || rename (fresh, link) < 0)
    return fail (error, link);
  return TRUE;
}

/* With the lock held. */
static gboolean
open_terminal (PvPn532 *reader, GError **error)
{
  struct termios raw = { 0 };
  char name[64];

  cfmakeraw (&raw);
  if (openpty (&reader->master, &reader->slave, NULL, &raw, NULL) < 0) {
    reader->master = reader->slave = -1;
    return fail (error, "openpty");
  }
  if (fcntl (reader->master, F_SETFL, O_NONBLOCK) < 0 || fcntl (reader->master, F_SETFD, FD_CLOEXEC) < 0
      || fcntl (reader->slave, F_SETFD, FD_CLOEXEC) < 0 || ttyname_r (reader->slave, name, sizeof name) != 0) {
    close_terminal (reader);
    return fail (error, "terminal");
  }
  if (reader->link != NULL && !replace_link (reader->link, name, error)) {
    close_terminal (reader);
    return FALSE;
  }
  if (reader->link == NULL || reader->connection == NULL) {
    g_free (reader->connection);
    reader->connection = g_strconcat ("pn532_uart:", reader->link != NULL ? reader->link : name, NULL);
  }
  return TRUE;
}

PvPn532 *
pv_pn532_new (const char *link, GError **error)
{
  g_autoptr (PvPn532) reader = g_new0 (PvPn532, 1);

  g_mutex_init (&reader->lock);
  reader->link = g_strdup (link);
  reader->master = reader->slave = -1;
  reader->wake = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (link != NULL && strchr (link, ':') != NULL) {
    errno = EINVAL;
    fail (error, "a link with ':'");
    return NULL;
  }
  if (reader->wake < 0) {
    fail (error, "eventfd");
    return NULL;
  }
  if (!open_terminal (reader, error))
    return NULL;
  reader->thread = g_thread_try_new ("virtual-reader", reader_thread, reader, error);
  return reader->thread != NULL ? g_steal_pointer (&reader) : NULL;
}

void
pv_pn532_free (PvPn532 *reader)
{
  if (reader == NULL)
    return;
  if (reader->thread != NULL) {
    g_mutex_lock (&reader->lock);
    reader->is_stopping = TRUE;
    g_mutex_unlock (&reader->lock);
    wake (reader);
    g_thread_join (reader->thread);
  }
  reader->chip.field.has_card = FALSE;
  close_terminal (reader);
  if (reader->wake >= 0)
    close (reader->wake);
  if (reader->link != NULL)
    (void) unlink (reader->link);
  g_mutex_clear (&reader->lock);
  g_free (reader->connection);
  g_free (reader->link);
  g_free (reader);
}

const char *
pv_pn532_get_connection (const PvPn532 *reader)
{
  return reader->connection;
}

void
pv_pn532_lay (PvPn532 *reader, const PvPn532Card *card)
{
  g_mutex_lock (&reader->lock);
  pv_field_lay (&reader->chip.field, card);
  g_mutex_unlock (&reader->lock);
}

void
pv_pn532_remove (PvPn532 *reader)
{
  g_mutex_lock (&reader->lock);
  pv_field_remove (&reader->chip.field);
  g_mutex_unlock (&reader->lock);
}

void
pv_pn532_set_fault (PvPn532 *reader, PvPn532Fault fault, guint index, guint ms)
{
  g_mutex_lock (&reader->lock);
  reader->chip.field.fault = fault;
  reader->chip.field.fault_index = index;
  reader->chip.field.fault_ms = ms;
  g_mutex_unlock (&reader->lock);
}

void
pv_pn532_set_extensions (PvPn532 *reader, guint n)
{
  g_mutex_lock (&reader->lock);
  reader->chip.field.extensions = n;
  g_mutex_unlock (&reader->lock);
}

void
pv_pn532_set_deaf (PvPn532 *reader, gboolean is_deaf)
{
  g_mutex_lock (&reader->lock);
  reader->is_deaf = is_deaf;
  reader->input.length = 0;
  g_mutex_unlock (&reader->lock);
}

gboolean
pv_pn532_plug (PvPn532 *reader, GError **error)
{
  gboolean is_open;

  g_mutex_lock (&reader->lock);
  is_open = reader->master >= 0 || open_terminal (reader, error);
  g_mutex_unlock (&reader->lock);
  wake (reader);
  return is_open;
}

void
pv_pn532_unplug (PvPn532 *reader)
{
  g_mutex_lock (&reader->lock);
  close_terminal (reader);
  g_mutex_unlock (&reader->lock);
  wake (reader);
}

PvPn532Tally
pv_pn532_get_tally (PvPn532 *reader)
{
  PvPn532Tally tally;

  g_mutex_lock (&reader->lock);
  tally = reader->chip.field.tally;
  g_mutex_unlock (&reader->lock);
  return tally;
}

void
pv_pn532_reset_tally (PvPn532 *reader)
{
  g_mutex_lock (&reader->lock);
  reader->chip.field.tally = (PvPn532Tally){ .kbit_per_s = reader->chip.field.tally.kbit_per_s };
  g_mutex_unlock (&reader->lock);
}

double
pv_pn532_model_seconds (const PvPn532Tally *tally, guint kbit_per_s)
{
  const double per_apdu = 12e-3, per_frame = 0.4e-3, per_byte_in_chip = 8e-6, bits_per_byte = 9;

  return (double) tally->apdus * per_apdu + (double) tally->frames * per_frame
         + (double) tally->air_bytes * (per_byte_in_chip + bits_per_byte / (kbit_per_s * 1e3));
}
