/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* tls-tap: laid before OpenSSL in a test's broker, writes down what is within TLS: all that a curious broker could see.
 * Of each connection two files in the folder PV_TLS_TAP: "NUMBER.in" and "NUMBER.out". */

#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { MAX_CONNECTIONS = 64 };

typedef struct Connection {
  const void *ssl; /* NULL: over */
  int in, out;
} Connection;

/* The broker has one thread. */
static Connection connections[MAX_CONNECTIONS];
static int n_connections;

static int
open_file (const char *way)
{
  const char *folder = getenv ("PV_TLS_TAP");
  char path[512];

  if (folder == NULL)
    return -1;
  snprintf (path, sizeof path, "%s/%02d.%s", folder, n_connections, way);
  return open (path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static Connection *
find (const void *ssl)
{
  for (int i = 0; i < n_connections; i++)
    if (connections[i].ssl == ssl)
      return &connections[i];
  if (n_connections == MAX_CONNECTIONS)
    abort ();
  connections[n_connections] = (Connection){ ssl, open_file ("in"), open_file ("out") };
  return &connections[n_connections++];
}

static void
note (int fd, const void *bytes, int size)
{
  if (fd < 0 || (size > 0 && write (fd, bytes, (size_t) size) != size))
    abort ();
}

int SSL_read (void *ssl, void *bytes, int size);
int SSL_write (void *ssl, const void *bytes, int size);
void SSL_free (void *ssl);

int
SSL_read (void *ssl, void *bytes, int size)
{
  static int (*real) (void *, void *, int);
  int got;

  if (real == NULL)
    *(void **) &real = dlsym (RTLD_NEXT, "SSL_read");
  got = real (ssl, bytes, size);
  if (got > 0)
    note (find (ssl)->in, bytes, got);
  return got;
}

int
SSL_write (void *ssl, const void *bytes, int size)
{
  static int (*real) (void *, const void *, int);
  int sent;

  if (real == NULL)
    *(void **) &real = dlsym (RTLD_NEXT, "SSL_write");
  sent = real (ssl, bytes, size);
  if (sent > 0)
    note (find (ssl)->out, bytes, sent);
  return sent;
}

void
SSL_free (void *ssl)
{
  static void (*real) (void *);

  if (real == NULL)
    *(void **) &real = dlsym (RTLD_NEXT, "SSL_free");
  for (int i = 0; i < n_connections; i++)
    if (connections[i].ssl == ssl)
      connections[i].ssl = NULL;
  real (ssl);
}
