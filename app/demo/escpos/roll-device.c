/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "demo/escpos/roll-device.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <termios.h>
#include <unistd.h>

enum {
  SLOW_MS = 20,
  SLOW_BYTES = 50,
  MAX_ANSWER_BYTES = 1024, /* that wait for a host that does not read; the oldest stay */
};

struct PvDemoRollDevice {
  char *link; /* (nullable) */
  char *path;
  GThread *thread;
  int master, slave; /* the slave is kept open: else reading ends when a client closes */
  int wake;

  GMutex lock; /* all below */
  PvDemoRoll *roll;
  GByteArray *answers;
  PvDemoRollHabits habits;
  gboolean is_stopping;
};

static void
wake (PvDemoRollDevice *device)
{
  const guint64 one = 1;

  if (write (device->wake, &one, sizeof one) < 0 && errno != EAGAIN)
    g_warning ("the virtual roll does not wake: %s", g_strerror (errno));
}

static void
send_answers (PvDemoRollDevice *device)
{
  GByteArray *answers = device->answers;
  ssize_t n;

  if (answers->len > MAX_ANSWER_BYTES)
    g_byte_array_set_size (answers, MAX_ANSWER_BYTES);
  if ((device->habits & (PV_DEMO_ROLL_MUTE | PV_DEMO_ROLL_OFF)) != 0)
    g_byte_array_set_size (answers, 0);
  if (answers->len == 0)
    return;
  n = write (device->master, answers->data, answers->len);
  if (n > 0)
    g_byte_array_remove_range (answers, 0, (guint) n);
}

/* Returns: ms until there is something to do by itself, -1: not */
static int
work (PvDemoRollDevice *device, gboolean can_read)
{
  gboolean is_slow = (device->habits & PV_DEMO_ROLL_SLOW) != 0, is_more;
  guint8 bytes[PV_DEMO_ROLL_BUFFER_BYTES];
  gsize room = pv_demo_roll_get_room (device->roll);

  if ((device->habits & PV_DEMO_ROLL_OFF) != 0)
    return -1;
  if (can_read && room > 0) {
    ssize_t n = read (device->master, bytes, room);

    if (n > 0)
      pv_demo_roll_receive (device->roll, bytes, (gsize) n, device->answers);
  }
  is_more = pv_demo_roll_run (device->roll, is_slow ? SLOW_BYTES : PV_DEMO_ROLL_BUFFER_BYTES, device->answers);
  send_answers (device);
  return is_more ? (is_slow ? SLOW_MS : 0) : -1;
}

static gpointer
device_thread (gpointer data)
{
  PvDemoRollDevice *device = data;
  int timeout = -1;

  for (;;) {
    struct pollfd fds[2] = { { device->wake, POLLIN, 0 }, { device->master, 0, 0 } };
    guint64 count;
    gboolean is_slow;

    g_mutex_lock (&device->lock);
    is_slow = (device->habits & PV_DEMO_ROLL_SLOW) != 0;
    /* While it is slow it reads between two waits only. */
    if ((device->habits & PV_DEMO_ROLL_OFF) == 0 && pv_demo_roll_get_room (device->roll) > 0
        && !(is_slow && timeout > 0))
      fds[1].events = POLLIN;
    if (device->answers->len > 0)
      fds[1].events |= POLLOUT;
    g_mutex_unlock (&device->lock);
    (void) poll (fds, fds[1].events != 0 ? 2 : 1, timeout);

    g_mutex_lock (&device->lock);
    if ((fds[0].revents & POLLIN) != 0)
      (void) !read (device->wake, &count, sizeof count);
    if (device->is_stopping)
      break;
    send_answers (device);
    timeout = work (device, is_slow || (fds[1].revents & POLLIN) != 0);
    g_mutex_unlock (&device->lock);
  }
  g_mutex_unlock (&device->lock);
  return NULL;
}

static gboolean
fail (GError **error, const char *what)
{
  int saved = errno;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved), "virtual roll: %s: %s", what, g_strerror (saved));
  return FALSE;
}

static gboolean
open_terminal (PvDemoRollDevice *device, GError **error)
{
  struct termios raw = { 0 };
  char name[64];

  cfmakeraw (&raw);
  if (openpty (&device->master, &device->slave, NULL, &raw, NULL) < 0) {
    device->master = device->slave = -1;
    return fail (error, "openpty");
  }
  if (fcntl (device->master, F_SETFL, O_NONBLOCK) < 0 || fcntl (device->master, F_SETFD, FD_CLOEXEC) < 0
      || fcntl (device->slave, F_SETFD, FD_CLOEXEC) < 0 || ttyname_r (device->slave, name, sizeof name) != 0)
    return fail (error, "terminal");
  device->path = g_strdup (device->link != NULL ? device->link : name);
  if (device->link != NULL) {
    g_autofree char *fresh = g_strconcat (device->link, ".new", NULL);

    (void) unlink (fresh);
    if (symlink (name, fresh) < 0 || rename (fresh, device->link) < 0)
      return fail (error, device->link);
  }
  return TRUE;
}

PvDemoRollDevice *
pv_demo_roll_device_new (const char *link, guint dots, guint dpi, GError **error)
{
  g_autoptr (PvDemoRollDevice) device = g_new0 (PvDemoRollDevice, 1);

  g_mutex_init (&device->lock);
  device->link = g_strdup (link);
  device->master = device->slave = -1;
  device->roll = pv_demo_roll_new (dots, dpi);
  device->answers = g_byte_array_new ();
  device->wake = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (device->wake < 0) {
    fail (error, "eventfd");
    return NULL;
  }
  if (!open_terminal (device, error))
    return NULL;
  device->thread = g_thread_try_new ("virtual-roll", device_thread, device, error);
  return device->thread != NULL ? g_steal_pointer (&device) : NULL;
}

void
pv_demo_roll_device_free (PvDemoRollDevice *device)
{
  if (device == NULL)
    return;
  if (device->thread != NULL) {
    g_mutex_lock (&device->lock);
    device->is_stopping = TRUE;
    g_mutex_unlock (&device->lock);
    wake (device);
    g_thread_join (device->thread);
  }
  if (device->master >= 0)
    close (device->master);
  if (device->slave >= 0)
    close (device->slave);
  if (device->wake >= 0)
    close (device->wake);
  if (device->link != NULL)
    (void) unlink (device->link);
  pv_demo_roll_free (device->roll);
  g_byte_array_unref (device->answers);
  g_mutex_clear (&device->lock);
  g_free (device->path);
  g_free (device->link);
  g_free (device);
}

const char *
pv_demo_roll_device_get_path (const PvDemoRollDevice *device)
{
  return device->path;
}

void
pv_demo_roll_device_set_faults (PvDemoRollDevice *device, PvDemoRollFaults faults)
{
  g_mutex_lock (&device->lock);
  pv_demo_roll_set_faults (device->roll, faults, device->answers);
  g_mutex_unlock (&device->lock);
  wake (device);
}

PvDemoRollFaults
pv_demo_roll_device_get_faults (PvDemoRollDevice *device)
{
  PvDemoRollFaults faults;

  g_mutex_lock (&device->lock);
  faults = pv_demo_roll_get_faults (device->roll);
  g_mutex_unlock (&device->lock);
  return faults;
}

/* What still waits in the terminal is lost with the power. */
void
pv_demo_roll_device_set_habits (PvDemoRollDevice *device, PvDemoRollHabits habits)
{
  g_mutex_lock (&device->lock);
  if ((habits & PV_DEMO_ROLL_OFF) == 0 && (device->habits & PV_DEMO_ROLL_OFF) != 0) {
    guint8 lost[512];

    pv_demo_roll_reset (device->roll);
    while (read (device->master, lost, sizeof lost) > 0)
      ;
  }
  device->habits = habits;
  g_mutex_unlock (&device->lock);
  wake (device);
}

PvDemoRollHabits
pv_demo_roll_device_get_habits (PvDemoRollDevice *device)
{
  PvDemoRollHabits habits;

  g_mutex_lock (&device->lock);
  habits = device->habits;
  g_mutex_unlock (&device->lock);
  return habits;
}

void
pv_demo_roll_device_make_noise (PvDemoRollDevice *device, const guint8 *bytes, gsize length)
{
  g_mutex_lock (&device->lock);
  g_byte_array_append (device->answers, bytes, (guint) length);
  g_mutex_unlock (&device->lock);
  wake (device);
}

guint
pv_demo_roll_device_count_cuts (PvDemoRollDevice *device)
{
  guint n;

  g_mutex_lock (&device->lock);
  n = pv_demo_roll_count_cuts (device->roll);
  g_mutex_unlock (&device->lock);
  return n;
}

guint
pv_demo_roll_device_count_uncut_lines (PvDemoRollDevice *device)
{
  guint n;

  g_mutex_lock (&device->lock);
  n = pv_demo_roll_count_uncut_lines (device->roll);
  g_mutex_unlock (&device->lock);
  return n;
}

gsize
pv_demo_roll_device_count_strange (PvDemoRollDevice *device)
{
  gsize n;

  g_mutex_lock (&device->lock);
  n = pv_demo_roll_count_strange (device->roll);
  g_mutex_unlock (&device->lock);
  return n;
}

PvDemoRollSheet *
pv_demo_roll_device_dup_sheet (PvDemoRollDevice *device)
{
  PvDemoRollSheet *copy = NULL;
  const GPtrArray *sheets;

  g_mutex_lock (&device->lock);
  sheets = pv_demo_roll_get_sheets (device->roll);
  if (sheets->len > 0)
    copy = pv_demo_roll_sheet_copy (g_ptr_array_index (sheets, sheets->len - 1));
  g_mutex_unlock (&device->lock);
  return copy;
}
