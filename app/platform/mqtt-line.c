/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/mqtt-line.h"

#include <mosquitto.h>
#include <mqtt_protocol.h>
#include <openssl/ssl.h>

#include "platform/mqtt-socket.h"

enum {
  FIRST_REFUSAL = 128, /* of MQTT's reason codes */
  PACKET_BYTES = PV_MQTT_MAX_PAYLOAD_BYTES + 1024,
  MAX_ALIASES = 8, /* topics of one connection that are shortened */
};

/* What libmosquitto told while it was at work; handed over when it is not. */
typedef struct News {
  char *topic; /* (nullable): of a message; else a refusal */
  GBytes *payload;
  int reason;
} News;

struct PvMqttLine {
  gint n_refs; /* main loop only */
  struct mosquitto *mosq;
  char *host;
  char **topics;
  guint port;
  GMainContext *context;
  PvMqttLineHooks hooks;
  gboolean wants_retained;
  gboolean is_given_up;
  gboolean is_connecting; /* its thread is not back yet; until then mosq is the thread's */
  int rc;                 /* what the thread found */
  GSource *socket;        /* (nullable) */
  GSource *later;         /* (nullable): news from outside of the socket's source */
  GHashTable *waiting;    /* message id -> bytes */
  gsize waiting_bytes;
  GHashTable *aliases; /* topic -> number that stands for it on this connection */
  guint16 max_alias;   /* the broker's */
  GQueue news;
  gboolean is_ready, is_told_ready, is_dead;
  int reason;
};

static gint n_given_up;

static void
news_free (gpointer data)
{
  News *news = data;

  g_free (news->topic);
  g_clear_pointer (&news->payload, g_bytes_unref);
  g_free (news);
}

static void
line_unref (PvMqttLine *line)
{
  if (--line->n_refs > 0)
    return;
  mosquitto_destroy (line->mosq);
  g_queue_clear_full (&line->news, news_free);
  g_hash_table_unref (line->aliases);
  g_hash_table_unref (line->waiting);
  g_main_context_unref (line->context);
  g_strfreev (line->topics);
  g_free (line->host);
  g_free (line);
}

static void
drop_source (GSource **source)
{
  if (*source == NULL)
    return;
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
die (PvMqttLine *line, int reason)
{
  if (!line->is_dead)
    line->reason = reason;
  line->is_dead = TRUE;
}

/* Tells what happened, in order. The hooks may give the line up. */
static void
tell (PvMqttLine *line)
{
  line->n_refs++;
  if (line->is_ready && !line->is_told_ready && !line->is_dead && !line->is_given_up) {
    line->is_told_ready = TRUE;
    line->hooks.ready (line->hooks.data);
  }
  while (!line->is_given_up && !g_queue_is_empty (&line->news)) {
    News *news = g_queue_pop_head (&line->news);

    if (news->topic != NULL)
      line->hooks.message (news->topic, news->payload, line->hooks.data);
    else
      line->hooks.refused (news->reason, line->hooks.data);
    news_free (news);
  }
  if (line->is_dead && !line->is_given_up)
    line->hooks.ended (line->reason, line->hooks.data);
  line_unref (line);
}

static gboolean
later_cb (gpointer user_data)
{
  PvMqttLine *line = user_data;

  drop_source (&line->later);
  tell (line);
  return G_SOURCE_REMOVE;
}

/* For what is noticed inside a call of our user. */
static void
tell_later (PvMqttLine *line)
{
  if (line->later != NULL)
    return;
  line->later = g_idle_source_new ();
  g_source_set_priority (line->later, G_PRIORITY_DEFAULT);
  g_source_set_callback (line->later, later_cb, line, NULL);
  g_source_attach (line->later, line->context);
}

/* What libmosquitto calls */

static void
on_connect (struct mosquitto *mosq, void *data, int rc, int flags, const mosquitto_property *properties)
{
  PvMqttLine *line = data;
  int options =
    MQTT_SUB_OPT_NO_LOCAL | (line->wants_retained ? MQTT_SUB_OPT_SEND_RETAIN_ALWAYS : MQTT_SUB_OPT_SEND_RETAIN_NEVER);
  guint n_topics = line->topics != NULL ? g_strv_length (line->topics) : 0;

  (void) flags;
  line->max_alias = 0;
  if (mosquitto_property_read_int16 (properties, MQTT_PROP_TOPIC_ALIAS_MAXIMUM, &line->max_alias, false) == NULL)
    line->max_alias = 0;
  if (rc == 0 && n_topics == 0)
    line->is_ready = TRUE;
  else if (rc == 0)
    rc = mosquitto_subscribe_multiple (mosq, NULL, (int) n_topics, line->topics, 1, options, NULL);
  if (rc != 0)
    die (line, rc);
}

static void
on_subscribe (struct mosquitto *mosq, void *data, int mid, int n_granted, const int *granted,
              const mosquitto_property *properties)
{
  PvMqttLine *line = data;

  (void) mosq;
  (void) mid;
  (void) properties;
  for (int i = 0; i < n_granted; i++)
    if (granted[i] >= FIRST_REFUSAL)
      die (line, granted[i]);
  line->is_ready = TRUE;
}

static void
on_disconnect (struct mosquitto *mosq, void *data, int rc, const mosquitto_property *properties)
{
  (void) mosq;
  (void) properties;
  die (data, rc);
}

static void
on_publish (struct mosquitto *mosq, void *data, int mid, int reason, const mosquitto_property *properties)
{
  PvMqttLine *line = data;
  gpointer bytes = NULL;

  (void) mosq;
  (void) properties;
  if (g_hash_table_steal_extended (line->waiting, GINT_TO_POINTER (mid), NULL, &bytes))
    line->waiting_bytes -= GPOINTER_TO_SIZE (bytes);
  if (reason >= FIRST_REFUSAL) {
    News *news = g_new0 (News, 1);

    news->reason = reason;
    g_queue_push_tail (&line->news, news);
  }
}

static void
on_message (struct mosquitto *mosq, void *data, const struct mosquitto_message *message,
            const mosquitto_property *properties)
{
  PvMqttLine *line = data;
  News *news;

  (void) mosq;
  (void) properties;
  if ((message->retain && !line->wants_retained) || message->payloadlen <= 0
      || message->payloadlen > PV_MQTT_MAX_PAYLOAD_BYTES)
    return;
  news = g_new0 (News, 1);
  news->topic = g_strdup (message->topic);
  news->payload = g_bytes_new (message->payload, (gsize) message->payloadlen);
  g_queue_push_tail (&line->news, news);
}

/* A key that asks for a passphrase is none that a service can use; OpenSSL would ask the terminal. */
static int
no_passphrase (char *buffer, int size, int is_writing, void *data)
{
  (void) is_writing;
  (void) data;
  if (size > 0)
    buffer[0] = '\0';
  return 0;
}

static void
stepped_cb (int rc, gpointer data)
{
  PvMqttLine *line = data;

  if (rc != MOSQ_ERR_SUCCESS)
    die (line, rc);
  tell (line);
}

/* The thread that connects */

static gboolean
connected_cb (gpointer user_data)
{
  PvMqttLine *line = user_data;

  line->is_connecting = FALSE;
  if (line->is_given_up) {
    n_given_up--;
  } else {
    if (line->rc == MOSQ_ERR_SUCCESS)
      line->socket = pv_mqtt_socket_watch (line->mosq, line->context, stepped_cb, line);
    if (line->socket == NULL)
      die (line, line->rc != MOSQ_ERR_SUCCESS ? line->rc : MOSQ_ERR_CONN_LOST);
    tell (line);
  }
  line_unref (line); /* the thread's */
  return G_SOURCE_REMOVE;
}

static gpointer
connect_thread (gpointer data)
{
  PvMqttLine *line = data;
  g_autoptr (GSource) source = g_idle_source_new ();
  g_autoptr (GMainContext) context = g_main_context_ref (line->context);
  mosquitto_property *properties = NULL;

  mosquitto_property_add_int32 (&properties, MQTT_PROP_MAXIMUM_PACKET_SIZE, PACKET_BYTES);
  line->rc =
    mosquitto_connect_bind_v5 (line->mosq, line->host, (int) line->port, PV_MQTT_KEEPALIVE_S, NULL, properties);
  mosquitto_property_free_all (&properties);
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, connected_cb, line, NULL);
  g_source_attach (source, context);
  return NULL;
}

static gboolean
leave_will (struct mosquitto *mosq, const PvMqttLineOptions *options)
{
  gsize size = 0;
  gconstpointer will = options->will != NULL ? g_bytes_get_data (options->will, &size) : NULL;

  return options->will_topic == NULL
         || mosquitto_will_set_v5 (mosq, options->will_topic, (int) size, will, 1, true, NULL) == MOSQ_ERR_SUCCESS;
}

static gboolean
set_up (PvMqttLine *line, const PvMqttLineOptions *options)
{
  struct mosquitto *mosq = line->mosq;

  mosquitto_connect_v5_callback_set (mosq, on_connect);
  mosquitto_disconnect_v5_callback_set (mosq, on_disconnect);
  mosquitto_subscribe_v5_callback_set (mosq, on_subscribe);
  mosquitto_publish_v5_callback_set (mosq, on_publish);
  mosquitto_message_v5_callback_set (mosq, on_message);
  return mosquitto_int_option (mosq, MOSQ_OPT_PROTOCOL_VERSION, MQTT_PROTOCOL_V5) == MOSQ_ERR_SUCCESS
         && mosquitto_int_option (mosq, MOSQ_OPT_TCP_NODELAY, 1) == MOSQ_ERR_SUCCESS && leave_will (mosq, options)
         && mosquitto_tls_set (mosq, options->ca_file, NULL, options->cert_file, options->key_file, no_passphrase)
              == MOSQ_ERR_SUCCESS
         && mosquitto_tls_opts_set (mosq, SSL_VERIFY_PEER, "tlsv1.3", NULL) == MOSQ_ERR_SUCCESS;
}

PvMqttLine *
pv_mqtt_line_new (const PvMqttLineOptions *options, const PvMqttLineHooks *hooks)
{
  static gsize is_started;
  PvMqttLine *line;

  if (g_once_init_enter (&is_started)) {
    mosquitto_lib_init ();
    g_once_init_leave (&is_started, 1);
  }
  if (n_given_up >= PV_MQTT_MAX_GIVEN_UP)
    return NULL;
  line = g_new0 (PvMqttLine, 1);
  line->n_refs = 1;
  line->mosq = mosquitto_new (options->client_id, TRUE, line);
  line->host = g_strdup (options->host);
  line->port = options->port;
  line->topics = g_strdupv ((char **) options->topics);
  line->wants_retained = options->wants_retained;
  line->context = g_main_context_ref (options->context);
  line->hooks = *hooks;
  line->waiting = g_hash_table_new (NULL, NULL);
  line->aliases = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (line->mosq != NULL && set_up (line, options)) {
    GThread *thread;

    line->is_connecting = TRUE;
    line->n_refs++; /* the thread's */
    thread = g_thread_try_new ("broker", connect_thread, line, NULL);
    if (thread != NULL) {
      g_thread_unref (thread);
      return line;
    }
    line->n_refs--;
  }
  line_unref (line);
  return NULL;
}

void
pv_mqtt_line_give_up (PvMqttLine *line)
{
  line->is_given_up = TRUE;
  drop_source (&line->socket);
  drop_source (&line->later);
  if (line->is_connecting)
    n_given_up++;
  else if (!line->is_dead)
    mosquitto_disconnect (line->mosq);
  line_unref (line);
}

void
pv_mqtt_line_keep (PvMqttLine *line)
{
  int rc;

  if (line->is_connecting || line->is_dead)
    return;
  rc = mosquitto_loop_misc (line->mosq);
  if (rc != MOSQ_ERR_SUCCESS)
    die (line, rc);
  tell (line);
}

/* A number that stands for the topic from its second message on: the names are longer than most of what is said. NULL: the
 * number is enough. */
static const char *
shorten (PvMqttLine *line, const char *topic, mosquitto_property **properties)
{
  guint alias = GPOINTER_TO_UINT (g_hash_table_lookup (line->aliases, topic));
  guint n = g_hash_table_size (line->aliases);
  gboolean is_known = alias != 0;

  if (!is_known && n >= MIN (line->max_alias, MAX_ALIASES))
    return topic;
  if (!is_known) {
    alias = n + 1;
    g_hash_table_insert (line->aliases, g_strdup (topic), GUINT_TO_POINTER (alias));
  }
  mosquitto_property_add_int16 (properties, MQTT_PROP_TOPIC_ALIAS, (guint16) alias);
  return is_known ? NULL : topic;
}

gboolean
pv_mqtt_line_publish (PvMqttLine *line, const char *topic, GBytes *payload, const PvMqttDelivery *delivery,
                      GError **error)
{
  gsize size = g_bytes_get_size (payload);
  mosquitto_property *properties = NULL;
  int mid = 0, rc;

  /* At quality 0 nothing is acknowledged: a socket that takes no more is the sign. */
  if (line->is_dead || g_hash_table_size (line->waiting) >= PV_MQTT_MAX_WAITING
      || line->waiting_bytes + size > PV_MQTT_MAX_WAITING_BYTES
      || (delivery->quality == 0 && mosquitto_want_write (line->mosq))) {
    g_set_error (error, PV_MQTT_ERROR, line->is_dead ? PV_MQTT_ERROR_DOWN : PV_MQTT_ERROR_FULL, "not sent");
    return FALSE;
  }
  mosquitto_property_add_int32 (&properties, MQTT_PROP_MESSAGE_EXPIRY_INTERVAL, delivery->expiry_s);
  topic = shorten (line, topic, &properties);
  rc = mosquitto_publish_v5 (line->mosq, &mid, topic, (int) size, g_bytes_get_data (payload, NULL),
                             (int) delivery->quality, delivery->is_retained != FALSE, properties);
  mosquitto_property_free_all (&properties);
  if (rc != MOSQ_ERR_SUCCESS) {
    die (line, rc);
    tell_later (line);
    g_set_error (error, PV_MQTT_ERROR, PV_MQTT_ERROR_DOWN, "not sent");
    return FALSE;
  }
  if (delivery->quality > 0) {
    g_hash_table_insert (line->waiting, GINT_TO_POINTER (mid), GSIZE_TO_POINTER (size));
    line->waiting_bytes += size;
  }
  return TRUE;
}
