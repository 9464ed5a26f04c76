/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ear.h"

#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "eye.h"

enum { TEXT_BYTES = 8192 };

struct TourEar {
  int socket;
  char *path;
  FILE *record;
  GThread *thread;
  GMutex lock; /* of what follows */
  GCond changed;
  GPtrArray *heard; /* (element-type TourHeard) */
  gboolean is_hearing;
  gint64 changed_us;
};

static void
heard_free (gpointer data)
{
  TourHeard *heard = data;

  g_free (heard->text);
  g_free (heard->language);
  g_free (heard);
}

/* "+fr", a tabulator, the text; or "-": it is over. */
static void
take (TourEar *ear, const char *words)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&ear->lock);
  const char *tab = strchr (words, '\t');

  ear->is_hearing = words[0] == '+' && tab != NULL;
  ear->changed_us = g_get_monotonic_time ();
  if (ear->is_hearing) {
    TourHeard *heard = g_new0 (TourHeard, 1);

    heard->language = g_strndup (words + 1, (gsize) (tab - words - 1));
    heard->text = tour_with_plain_spaces (g_strdup (tab + 1));
    g_ptr_array_add (ear->heard, heard);
    if (ear->record != NULL) {
      fprintf (ear->record, "%s\n", heard->text);
      fflush (ear->record);
    }
  }
  g_cond_broadcast (&ear->changed);
}

static gpointer
listen_cb (gpointer data)
{
  TourEar *ear = data;
  char words[TEXT_BYTES + 1];
  ssize_t size;

  while ((size = recv (ear->socket, words, TEXT_BYTES, 0)) > 0) {
    words[size] = '\0';
    take (ear, words);
  }
  return NULL;
}

TourEar *
tour_ear_new (const char *path, const char *record)
{
  struct sockaddr_un place = { .sun_family = AF_UNIX };
  TourEar *ear;

  if (strlen (path) >= sizeof place.sun_path)
    return NULL;
  strcpy (place.sun_path, path);
  ear = g_new0 (TourEar, 1);
  ear->path = g_strdup (path);
  ear->heard = g_ptr_array_new_with_free_func (heard_free);
  ear->record = fopen (record, "we");
  g_mutex_init (&ear->lock);
  g_cond_init (&ear->changed);
  unlink (path);
  ear->socket = socket (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (ear->socket < 0 || bind (ear->socket, (const struct sockaddr *) &place, sizeof place) != 0) {
    g_printerr ("There is no socket %s to listen at.\n", path);
    tour_ear_free (ear);
    return NULL;
  }
  ear->thread = g_thread_new ("ear", listen_cb, ear);
  return ear;
}

void
tour_ear_free (TourEar *ear)
{
  if (ear->thread != NULL) {
    shutdown (ear->socket, SHUT_RD);
    g_thread_join (ear->thread);
  }
  if (ear->socket >= 0)
    close (ear->socket);
  unlink (ear->path);
  if (ear->record != NULL)
    fclose (ear->record);
  g_ptr_array_unref (ear->heard);
  g_mutex_clear (&ear->lock);
  g_cond_clear (&ear->changed);
  g_free (ear->path);
  g_free (ear);
}

guint
tour_ear_count (TourEar *ear)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&ear->lock);

  return ear->heard->len;
}

gboolean
tour_ear_is_hearing (TourEar *ear)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&ear->lock);

  return ear->is_hearing;
}

const TourHeard *
tour_ear_get (TourEar *ear, guint index, guint wait_ms)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&ear->lock);
  gint64 end_us = g_get_monotonic_time () + (gint64) wait_ms * G_TIME_SPAN_MILLISECOND;

  while (ear->heard->len <= index)
    if (!g_cond_wait_until (&ear->changed, &ear->lock, end_us))
      return NULL;
  return ear->heard->pdata[index];
}

gboolean
tour_ear_wait_for_silence (TourEar *ear, guint ms, guint limit_ms)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&ear->lock);
  gint64 limit_us = g_get_monotonic_time () + (gint64) limit_ms * G_TIME_SPAN_MILLISECOND;

  for (;;) {
    gint64 now_us = g_get_monotonic_time ();
    gint64 due_us = ear->is_hearing ? limit_us : ear->changed_us + (gint64) ms * G_TIME_SPAN_MILLISECOND;

    if (!ear->is_hearing && now_us >= due_us)
      return TRUE;
    if (now_us >= limit_us)
      return FALSE;
    g_cond_wait_until (&ear->changed, &ear->lock, MIN (due_us, limit_us));
  }
}
