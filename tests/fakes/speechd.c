/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "speechd.h"

#include "speech/speechd-library.h"

static GMutex lock; /* of what follows */
static GString *lines;
static PvSpdConnection *connection;
static gboolean is_away;
static int n_messages;

PvSpdConnection *spd_open2 (const char *client, const char *name, const char *user, PvSpdMode mode, const void *address,
                            int autospawn, char **ret_error);
void spd_close (PvSpdConnection *closed);
int spd_say (PvSpdConnection *to, PvSpdPriority priority, const char *text);
int spd_cancel (PvSpdConnection *to);
int spd_set_data_mode (PvSpdConnection *to, PvSpdDataMode mode);
int spd_set_notification_on (PvSpdConnection *to, PvSpdNotification notification);
int spd_set_voice_rate (PvSpdConnection *to, int rate);
int spd_set_volume (PvSpdConnection *to, int volume);
int spd_set_language (PvSpdConnection *to, const char *language);
char *fake_speechd_copy_log (void);
void fake_speechd_tell (guint message, guint event, const char *mark);
void fake_speechd_set_away (gboolean away);
void fake_speechd_reset (void);

/* 0, or -1 when it is away. */
static int note (const char *format, ...) G_GNUC_PRINTF (1, 2);

static int
note (const char *format, ...)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&lock);
  va_list arguments;

  if (lines == NULL)
    lines = g_string_new (NULL);
  if (is_away)
    return -1;
  va_start (arguments, format);
  g_string_append_vprintf (lines, format, arguments);
  va_end (arguments);
  g_string_append_c (lines, '\n');
  return 0;
}

PvSpdConnection *
spd_open2 (const char *client, const char *name, const char *user, PvSpdMode mode, const void *address, int autospawn,
           char **ret_error)
{
  (void) client;
  (void) name;
  (void) user;
  (void) mode;
  (void) address;
  (void) autospawn;
  (void) ret_error;
  if (note ("open") != 0)
    return NULL;
  g_mutex_lock (&lock);
  connection = g_new0 (PvSpdConnection, 1);
  g_mutex_unlock (&lock);
  return connection;
}

void
spd_close (PvSpdConnection *closed)
{
  note ("close");
  g_mutex_lock (&lock);
  connection = NULL;
  g_mutex_unlock (&lock);
  g_free (closed);
}

int
spd_say (PvSpdConnection *to, PvSpdPriority priority, const char *text)
{
  (void) to;
  (void) priority;
  return note ("say %d %s", n_messages + 1, text) == 0 ? ++n_messages : -1;
}

int
spd_cancel (PvSpdConnection *to)
{
  (void) to;
  return note ("cancel");
}

int
spd_set_data_mode (PvSpdConnection *to, PvSpdDataMode mode)
{
  (void) to;
  (void) mode;
  return 0;
}

int
spd_set_notification_on (PvSpdConnection *to, PvSpdNotification notification)
{
  (void) to;
  (void) notification;
  return 0;
}

int
spd_set_voice_rate (PvSpdConnection *to, int rate)
{
  (void) to;
  return note ("rate %d", rate);
}

int
spd_set_volume (PvSpdConnection *to, int volume)
{
  (void) to;
  return note ("volume %d", volume);
}

int
spd_set_language (PvSpdConnection *to, const char *language)
{
  (void) to;
  return note ("language %s", language);
}

char *
fake_speechd_copy_log (void)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&lock);

  return g_strdup (lines != NULL ? lines->str : "");
}

typedef struct Telling {
  PvSpdConnection connection;
  guint message, event;
  char *mark;
} Telling;

static gpointer
tell_cb (gpointer data)
{
  Telling *telling = data;
  PvSpdFunc const funcs[] = { telling->connection.begin, telling->connection.end, NULL, telling->connection.cancel };

  if (telling->event == PV_SPD_EVENT_INDEX_MARK)
    telling->connection.mark (telling->message, 1, PV_SPD_EVENT_INDEX_MARK, telling->mark);
  else
    funcs[telling->event](telling->message, 1, (PvSpdEvent) telling->event);
  return NULL;
}

void
fake_speechd_tell (guint message, guint event, const char *mark)
{
  Telling telling = { .message = message, .event = event };

  g_mutex_lock (&lock);
  if (connection == NULL) {
    g_mutex_unlock (&lock);
    return;
  }
  telling.connection = *connection;
  g_mutex_unlock (&lock);
  telling.mark = g_strdup (mark);
  g_thread_join (g_thread_new ("fake-speechd", tell_cb, &telling));
  g_free (telling.mark);
}

void
fake_speechd_set_away (gboolean away)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&lock);

  is_away = away;
}

void
fake_speechd_reset (void)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&lock);

  if (lines != NULL)
    g_string_free (lines, TRUE);
  lines = NULL;
  is_away = FALSE;
  n_messages = 0;
}
