/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/mqtt-socket.h"

#include <fcntl.h>
#include <mosquitto.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

#include "platform/mqtt.h"

enum { READS_AT_ONCE = 32 }; /* then the rest of the main loop has its turn */

typedef struct SocketSource {
  GSource source; /* must stay first */
  struct mosquitto *mosq;
  PvMqttSocketStepped stepped;
  gpointer data, tag;
  GIOCondition watched;
} SocketSource;

/* What OpenSSL has read and libmosquitto has not: poll() does not know of it. */
static gboolean
has_pending (struct mosquitto *mosq)
{
  SSL *ssl = mosquitto_ssl_get (mosq);

  return ssl != NULL && SSL_pending (ssl) > 0;
}

static gboolean
prepare (GSource *source, gint *ret_timeout)
{
  SocketSource *socket = (SocketSource *) source;
  GIOCondition condition = G_IO_IN | G_IO_ERR | G_IO_HUP;

  if (mosquitto_want_write (socket->mosq))
    condition |= G_IO_OUT;
  /* Each call of it wakes the main loop up: made every time, the loop would never sleep. */
  if (condition != socket->watched)
    g_source_modify_unix_fd (source, socket->tag, condition);
  socket->watched = condition;
  *ret_timeout = -1;
  return has_pending (socket->mosq);
}

static gboolean
check (GSource *source)
{
  SocketSource *socket = (SocketSource *) source;

  return g_source_query_unix_fd (source, socket->tag) != 0 || has_pending (socket->mosq);
}

static gboolean
dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  SocketSource *socket = (SocketSource *) source;
  struct mosquitto *mosq = socket->mosq;
  GIOCondition condition = g_source_query_unix_fd (source, socket->tag);
  int rc = MOSQ_ERR_SUCCESS;

  (void) callback;
  (void) user_data;
  if ((condition & ~G_IO_OUT) != 0 || has_pending (mosq))
    for (guint i = 0; i == 0 || (i < READS_AT_ONCE && rc == MOSQ_ERR_SUCCESS && has_pending (mosq)); i++)
      rc = mosquitto_loop_read (mosq, 1);
  if (rc == MOSQ_ERR_SUCCESS && mosquitto_want_write (mosq))
    rc = mosquitto_loop_write (mosq, 1);
  socket->stepped (rc, socket->data);
  return G_SOURCE_CONTINUE;
}

static GSourceFuncs funcs = { .prepare = prepare, .check = check, .dispatch = dispatch };

GSource *
pv_mqtt_socket_watch (struct mosquitto *mosq, GMainContext *context, PvMqttSocketStepped stepped, gpointer data)
{
  int fd = mosquitto_socket (mosq);
  const guint unheard_ms = PV_MQTT_UNHEARD_MS;
  GSource *source;
  SocketSource *socket;

  if (fd < 0)
    return NULL;
  fcntl (fd, F_SETFD, FD_CLOEXEC);
  /* A pulled cable: else the kernel repeats with ever longer pauses, and a heartbeat waits in its queue for minutes. */
  setsockopt (fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &unheard_ms, sizeof unheard_ms);
  source = g_source_new (&funcs, sizeof (SocketSource));
  socket = (SocketSource *) source;
  socket->mosq = mosq;
  socket->stepped = stepped;
  socket->data = data;
  socket->watched = G_IO_IN | G_IO_OUT | G_IO_ERR | G_IO_HUP;
  socket->tag = g_source_add_unix_fd (source, fd, socket->watched);
  g_source_attach (source, context);
  return source;
}
