/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/http-source.h"

#include <glib-unix.h>

typedef struct {
  GSource source; /* must stay first */
  CURLM *multi;
  GHashTable *tags; /* descriptor -> poll tag of the source */
  PvHttpFinishedFunc finished;
  PvHttpDrainedFunc drained;
  gpointer user_data;
} HttpSource;

typedef struct {
  int fd;
  int events;
} ReadyFd;

/* A descriptor's number may come back at once for another connection: only this callback says what is watched. */
static int
watch_socket_cb (CURL *easy, curl_socket_t fd, int what, void *user_data, void *socket_data)
{
  HttpSource *self = user_data;
  gpointer tag = g_hash_table_lookup (self->tags, GINT_TO_POINTER (fd));
  GIOCondition wanted = G_IO_ERR | G_IO_HUP;

  (void) easy;
  (void) socket_data;
  if (what == CURL_POLL_REMOVE) {
    if (tag != NULL) {
      g_source_remove_unix_fd (&self->source, tag);
      g_hash_table_remove (self->tags, GINT_TO_POINTER (fd));
    }
    return 0;
  }
  if (what & CURL_POLL_IN)
    wanted |= G_IO_IN;
  if (what & CURL_POLL_OUT)
    wanted |= G_IO_OUT;
  if (tag != NULL)
    g_source_modify_unix_fd (&self->source, tag, wanted);
  else
    g_hash_table_insert (self->tags, GINT_TO_POINTER (fd), g_source_add_unix_fd (&self->source, fd, wanted));
  return 0;
}

/* Also with 0 ms libcurl may not be called from here. */
static int
set_timer_cb (CURLM *multi, long timeout_ms, void *user_data)
{
  HttpSource *self = user_data;

  (void) multi;
  g_source_set_ready_time (&self->source,
                           timeout_ms < 0 ? -1 : g_get_monotonic_time () + timeout_ms * G_TIME_SPAN_MILLISECOND);
  return 0;
}

static GArray *
collect_ready (HttpSource *self)
{
  GArray *ready = g_array_new (FALSE, FALSE, sizeof (ReadyFd));
  GHashTableIter iter;
  gpointer fd, tag;

  g_hash_table_iter_init (&iter, self->tags);
  while (g_hash_table_iter_next (&iter, &fd, &tag)) {
    GIOCondition seen = g_source_query_unix_fd (&self->source, tag);
    ReadyFd item = { .fd = GPOINTER_TO_INT (fd) };

    if (seen & G_IO_IN)
      item.events |= CURL_CSELECT_IN;
    if (seen & G_IO_OUT)
      item.events |= CURL_CSELECT_OUT;
    if (seen & (G_IO_ERR | G_IO_HUP))
      item.events |= CURL_CSELECT_ERR;
    if (item.events != 0)
      g_array_append_val (ready, item);
  }
  return ready;
}

/* A message dies with curl_multi_remove_handle(): it is copied first. */
static void
hand_over_finished (HttpSource *self)
{
  CURLMsg *message;
  int left;

  while ((message = curl_multi_info_read (self->multi, &left)) != NULL) {
    CURL *easy = message->easy_handle;
    CURLcode code = message->data.result;

    if (message->msg != CURLMSG_DONE)
      continue;
    curl_multi_remove_handle (self->multi, easy);
    self->finished (easy, code, self->user_data);
  }
}

static gboolean
dispatch_cb (GSource *source, GSourceFunc callback, gpointer user_data)
{
  HttpSource *self = (HttpSource *) source;
  g_autoptr (GArray) ready = collect_ready (self); /* a copy: the table changes below */
  gint64 ready_time;
  int running;

  (void) callback;
  (void) user_data;
  for (guint i = 0; i < ready->len; i++) {
    const ReadyFd *item = &g_array_index (ready, ReadyFd, i);

    if (g_hash_table_contains (self->tags, GINT_TO_POINTER (item->fd)))
      (void) curl_multi_socket_action (self->multi, item->fd, item->events, &running);
  }
  ready_time = g_source_get_ready_time (source);
  if (ready_time >= 0 && ready_time <= g_source_get_time (source)) {
    g_source_set_ready_time (source, -1); /* before the call, which may set a new one */
    (void) curl_multi_socket_action (self->multi, CURL_SOCKET_TIMEOUT, 0, &running);
  }
  hand_over_finished (self);
  self->drained (self->user_data);
  return G_SOURCE_CONTINUE;
}

static void
finalize_cb (GSource *source)
{
  HttpSource *self = (HttpSource *) source;

  g_clear_pointer (&self->tags, g_hash_table_unref);
}

GSource *
pv_http_source_new (CURLM *multi, PvHttpFinishedFunc finished, PvHttpDrainedFunc drained, gpointer user_data)
{
  static GSourceFuncs funcs = { .dispatch = dispatch_cb, .finalize = finalize_cb };
  GSource *source = g_source_new (&funcs, sizeof (HttpSource));
  HttpSource *self = (HttpSource *) source;

  self->multi = multi;
  self->tags = g_hash_table_new (NULL, NULL);
  self->finished = finished;
  self->drained = drained;
  self->user_data = user_data;
  curl_multi_setopt (multi, CURLMOPT_SOCKETFUNCTION, watch_socket_cb);
  curl_multi_setopt (multi, CURLMOPT_SOCKETDATA, self);
  curl_multi_setopt (multi, CURLMOPT_TIMERFUNCTION, set_timer_cb);
  curl_multi_setopt (multi, CURLMOPT_TIMERDATA, self);
  g_source_set_static_name (source, "pv-http");
  return source;
}
