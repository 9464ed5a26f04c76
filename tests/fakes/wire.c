/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { CHUNK = 16 * 1024, LOOK_MS = 20 };

typedef struct Stretch { /* one connection */
  Wire *wire;
  int client, server;
  GThread *thread;
} Stretch;

struct Wire {
  int listener;
  guint port, upstream;
  GThread *thread;
  GMutex lock;
  GPtrArray *stretches;             /* Stretch; under the lock */
  guint64 up, down;                 /* under the lock */
  gint is_over, is_cut, generation; /* atomic; generation: connections of an older one end */
};

static gboolean
write_all (int fd, const guint8 *bytes, gsize size)
{
  while (size > 0) {
    gssize n = send (fd, bytes, size, MSG_NOSIGNAL);

    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      return FALSE;
    bytes += n;
    size -= (gsize) n;
  }
  return TRUE;
}

static gboolean
pass (Stretch *stretch, int from, int to, guint64 *count)
{
  guint8 bytes[CHUNK];
  gssize n = recv (from, bytes, sizeof bytes, MSG_DONTWAIT);

  if (n < 0)
    return errno == EAGAIN || errno == EINTR;
  if (n == 0 || !write_all (to, bytes, (gsize) n))
    return FALSE;
  g_mutex_lock (&stretch->wire->lock);
  *count += (guint64) n;
  g_mutex_unlock (&stretch->wire->lock);
  return TRUE;
}

static gpointer
stretch_thread (gpointer data)
{
  Stretch *stretch = data;
  Wire *wire = stretch->wire;
  gint generation = g_atomic_int_get (&wire->generation);
  gboolean is_alive = TRUE;

  while (is_alive && !g_atomic_int_get (&wire->is_over) && generation == g_atomic_int_get (&wire->generation)) {
    struct pollfd ends[2] = { { stretch->client, POLLIN, 0 }, { stretch->server, POLLIN, 0 } };

    if (g_atomic_int_get (&wire->is_cut)) {
      g_usleep (LOOK_MS * 1000);
      continue;
    }
    if (poll (ends, 2, LOOK_MS) <= 0)
      continue;
    if (ends[0].revents != 0)
      is_alive = pass (stretch, stretch->client, stretch->server, &wire->up);
    if (is_alive && ends[1].revents != 0)
      is_alive = pass (stretch, stretch->server, stretch->client, &wire->down);
  }
  close (stretch->client);
  close (stretch->server);
  return NULL;
}

static int
connect_upstream (guint port)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons ((guint16) port) };
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), one = 1;

  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  if (fd >= 0 && connect (fd, (struct sockaddr *) &address, sizeof address) != 0) {
    close (fd);
    return -1;
  }
  setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  return fd;
}

static void
join_ends (Wire *wire, int client)
{
  Stretch *stretch;
  int server = connect_upstream (wire->upstream), one = 1;

  if (server < 0) {
    close (client);
    return;
  }
  setsockopt (client, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  stretch = g_new0 (Stretch, 1);
  *stretch = (Stretch){ wire, client, server, NULL };
  g_mutex_lock (&wire->lock);
  g_ptr_array_add (wire->stretches, stretch);
  g_mutex_unlock (&wire->lock);
  stretch->thread = g_thread_new ("wire-stretch", stretch_thread, stretch);
}

static gpointer
accept_thread (gpointer data)
{
  Wire *wire = data;

  while (!g_atomic_int_get (&wire->is_over)) {
    struct pollfd end = { wire->listener, POLLIN, 0 };
    int client;

    if (g_atomic_int_get (&wire->is_cut)) {
      g_usleep (LOOK_MS * 1000);
      continue;
    }
    if (poll (&end, 1, LOOK_MS) <= 0)
      continue;
    client = accept4 (wire->listener, NULL, NULL, SOCK_CLOEXEC);
    if (client >= 0)
      join_ends (wire, client);
  }
  return NULL;
}

Wire *
wire_new (guint port)
{
  struct sockaddr_in address = { .sin_family = AF_INET };
  socklen_t size = sizeof address;
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  Wire *wire;

  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  if (fd < 0 || bind (fd, (struct sockaddr *) &address, sizeof address) != 0 || listen (fd, 16) != 0
      || getsockname (fd, (struct sockaddr *) &address, &size) != 0) {
    if (fd >= 0)
      close (fd);
    return NULL;
  }
  wire = g_new0 (Wire, 1);
  wire->listener = fd;
  wire->port = ntohs (address.sin_port);
  wire->upstream = port;
  g_mutex_init (&wire->lock);
  wire->stretches = g_ptr_array_new_with_free_func (g_free);
  wire->thread = g_thread_new ("wire", accept_thread, wire);
  return wire;
}

void
wire_free (Wire *wire)
{
  if (wire == NULL)
    return;
  g_atomic_int_set (&wire->is_over, 1);
  g_thread_join (wire->thread);
  for (guint i = 0; i < wire->stretches->len; i++)
    g_thread_join (((Stretch *) wire->stretches->pdata[i])->thread);
  close (wire->listener);
  g_ptr_array_unref (wire->stretches);
  g_mutex_clear (&wire->lock);
  g_free (wire);
}

guint
wire_get_port (const Wire *wire)
{
  return wire->port;
}

static guint64
read_count (Wire *wire, const guint64 *count)
{
  guint64 n;

  g_mutex_lock (&wire->lock);
  n = *count;
  g_mutex_unlock (&wire->lock);
  return n;
}

guint64
wire_count_up (Wire *wire)
{
  return read_count (wire, &wire->up);
}

guint64
wire_count_down (Wire *wire)
{
  return read_count (wire, &wire->down);
}

void
wire_cut (Wire *wire, gboolean is_cut)
{
  g_atomic_int_set (&wire->is_cut, is_cut);
}

void
wire_break (Wire *wire)
{
  g_atomic_int_set (&wire->is_cut, 1);
  g_atomic_int_inc (&wire->generation);
}
