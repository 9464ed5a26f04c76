/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bench-print-tap.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* How each document begins. */
#define MAGIC "%PDF-"

enum { CHUNK = 64 * 1024, KEPT = sizeof MAGIC - 2 };

struct BenchTap {
  int listener;
  guint port, upstream;
  GMutex lock;
  GCond seen;
  gint64 first_us; /* under the lock */
};

typedef struct Stretch {
  BenchTap *tap;
  int client, server;
} Stretch;

static void
die (const char *what)
{
  fprintf (stderr, "bench-print-tap: %s\n", what);
  exit (EXIT_FAILURE);
}

static struct sockaddr_in
at_port (guint port)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons ((guint16) port) };

  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  return address;
}

static void
note (BenchTap *tap, gint64 now_us)
{
  g_mutex_lock (&tap->lock);
  if (tap->first_us == 0)
    tap->first_us = now_us;
  g_cond_broadcast (&tap->seen);
  g_mutex_unlock (&tap->lock);
}

/* FALSE: this end is closed. */
static gboolean
pass (int from, int to, char *bytes, gssize *ret_size)
{
  gssize size = recv (from, bytes, CHUNK, 0), sent = 0;

  *ret_size = size;
  while (sent < size) {
    gssize n = send (to, bytes + sent, (gsize) (size - sent), MSG_NOSIGNAL);
    if (n <= 0)
      return FALSE;
    sent += n;
  }
  return size > 0;
}

static gpointer
stretch_thread (gpointer data)
{
  Stretch *stretch = data;
  /* The last bytes of what came before, and what comes. */
  char up[KEPT + CHUNK] = { 0 };
  g_autofree char *down = g_malloc (CHUNK);
  struct pollfd ends[] = { { stretch->client, POLLIN, 0 }, { stretch->server, POLLIN, 0 } };
  gboolean is_open = TRUE;
  gssize size;

  while (is_open && poll (ends, 2, -1) > 0) {
    if (ends[0].revents != 0) {
      gint64 now_us = g_get_monotonic_time ();

      is_open = pass (stretch->client, stretch->server, up + KEPT, &size);
      if (size > 0 && memmem (up, KEPT + (gsize) size, MAGIC, strlen (MAGIC)) != NULL)
        note (stretch->tap, now_us);
      if (size > 0)
        memmove (up, up + size, KEPT);
    }
    if (is_open && ends[1].revents != 0)
      is_open = pass (stretch->server, stretch->client, down, &size);
  }
  close (stretch->client);
  close (stretch->server);
  g_free (stretch);
  return NULL;
}

static gpointer
accept_thread (gpointer data)
{
  BenchTap *tap = data;
  int one = 1;

  for (;;) {
    struct sockaddr_in address = at_port (tap->upstream);
    Stretch *stretch = g_new0 (Stretch, 1);

    stretch->tap = tap;
    stretch->client = accept4 (tap->listener, NULL, NULL, SOCK_CLOEXEC);
    stretch->server = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (stretch->client < 0 || stretch->server < 0
        || connect (stretch->server, (struct sockaddr *) &address, sizeof address) != 0) {
      close (stretch->client);
      close (stretch->server);
      g_free (stretch);
      continue;
    }
    setsockopt (stretch->client, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    setsockopt (stretch->server, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    g_thread_unref (g_thread_new ("stretch", stretch_thread, stretch));
  }
  return NULL;
}

BenchTap *
bench_tap_new (guint port)
{
  BenchTap *tap = g_new0 (BenchTap, 1);
  struct sockaddr_in address = at_port (0);
  socklen_t length = sizeof address;

  tap->upstream = port;
  tap->listener = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (tap->listener < 0 || bind (tap->listener, (struct sockaddr *) &address, sizeof address) != 0
      || listen (tap->listener, 16) != 0 || getsockname (tap->listener, (struct sockaddr *) &address, &length) != 0)
    die ("no socket");
  tap->port = ntohs (address.sin_port);
  g_mutex_init (&tap->lock);
  g_cond_init (&tap->seen);
  g_thread_unref (g_thread_new ("tap", accept_thread, tap));
  return tap;
}

guint
bench_tap_get_port (const BenchTap *tap)
{
  return tap->port;
}

void
bench_tap_reset (BenchTap *tap)
{
  g_mutex_lock (&tap->lock);
  tap->first_us = 0;
  g_mutex_unlock (&tap->lock);
}

gint64
bench_tap_wait (BenchTap *tap, guint max_ms)
{
  gint64 end = g_get_monotonic_time () + max_ms * G_TIME_SPAN_MILLISECOND, first_us;

  g_mutex_lock (&tap->lock);
  while (tap->first_us == 0 && g_cond_wait_until (&tap->seen, &tap->lock, end))
    ;
  first_us = tap->first_us;
  g_mutex_unlock (&tap->lock);
  return first_us;
}
