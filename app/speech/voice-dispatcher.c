/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* speech-dispatcher waits for answers over a socket, so a thread speaks with it, one sentence at a time; what its library tells
 * in a thread of its own comes to the same queue. */
#include <string.h>

#include "core/wipe.h"
#include "speech/voice.h"
#include "speechd-library.h"
#include "voice-events.h"
#include "voice-text.h"

enum {
  SILENT_US = 15 * 1000 * 1000, /* of a sentence of which nothing is told: given up */
  USUAL_RATE = 170,             /* words a minute: rate 0 of its module for espeak-ng; -100 is 80, 100 is 390 */
  SLOWEST_RATE = 80,
  FASTEST_RATE = 390,
  SOFTEST = -50, /* of -100 to 100; what it is in decibels is the engine's */
};

typedef enum { ITEM_SAY, ITEM_STOP, ITEM_VOLUME, ITEM_ROUTE, ITEM_EVENT, ITEM_END } ItemKind;

/* To the thread. */
typedef struct Item {
  ItemKind kind;
  guint turn;
  guint id, rate; /* SAY */
  char *text;     /* SAY, (nullable): it fails */
  const char *language;
  guint number; /* VOLUME, ROUTE; EVENT: the message */
  PvSpdEvent event;
  char *mark; /* EVENT */
} Item;

typedef struct Dispatcher {
  PvVoice voice;
  PvVoiceEvents *events;
  GThread *thread;
  GAsyncQueue *queue; /* (element-type Item) */
  PvSpd spd;
  /* What follows belongs to the thread. */
  guint percent;
  gboolean has_route;
  PvSpdConnection *connection; /* (nullable) */
  GQueue waiting;              /* (element-type Item) */
  Item *saying;                /* (nullable) */
  guint message;
  gint64 told_us; /* when something of it was told last */
} Dispatcher;

/* The library's callbacks have no data: one at a time. */
static GMutex lock;
static Dispatcher *the_dispatcher;

static void
item_free (gpointer data)
{
  Item *item = data;

  pv_wipe_str (item->text);
  g_free (item->mark);
  g_free (item);
}

/* --- The library's thread ----------------------------------------------------------------------------------------- */

static void
mark_cb (size_t message, size_t client, PvSpdEvent event, char *mark)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&lock);
  Item *item;

  (void) client;
  if (the_dispatcher == NULL)
    return;
  item = g_new0 (Item, 1);
  item->kind = ITEM_EVENT;
  item->number = (guint) message;
  item->event = event;
  item->mark = g_strdup (mark);
  g_async_queue_push (the_dispatcher->queue, item);
}

static void
event_cb (size_t message, size_t client, PvSpdEvent event)
{
  mark_cb (message, client, event, NULL);
}

/* --- The thread --------------------------------------------------------------------------------------------------- */

static void
tell (Dispatcher *dispatcher, PvSpeechEventKind kind, guint offset, guint length)
{
  const PvSpeechEvent event = { .kind = kind, .id = dispatcher->saying->id, .offset = offset, .length = length };

  pv_voice_events_add (dispatcher->events, dispatcher->saying->turn, &event);
}

static void
finish (Dispatcher *dispatcher, PvSpeechEventKind kind)
{
  tell (dispatcher, kind, 0, 0);
  g_clear_pointer (&dispatcher->saying, item_free);
}

static gboolean
connect_to_it (Dispatcher *dispatcher)
{
  const PvSpd *spd = &dispatcher->spd;

  if (dispatcher->connection != NULL)
    return TRUE;
  dispatcher->connection = spd->open ("parvis", "main", NULL, PV_SPD_MODE_THREADED, NULL, 1, NULL);
  if (dispatcher->connection == NULL)
    return FALSE;
  dispatcher->connection->begin = event_cb;
  dispatcher->connection->end = event_cb;
  dispatcher->connection->cancel = event_cb;
  dispatcher->connection->mark = mark_cb;
  return spd->set_data_mode (dispatcher->connection, PV_SPD_DATA_SSML) == 0
         && spd->set_notification_on (dispatcher->connection, PV_SPD_BEGIN) == 0
         && spd->set_notification_on (dispatcher->connection, PV_SPD_END) == 0
         && spd->set_notification_on (dispatcher->connection, PV_SPD_CANCEL) == 0
         && spd->set_notification_on (dispatcher->connection, PV_SPD_INDEX_MARKS) == 0;
}

static void
disconnect (Dispatcher *dispatcher)
{
  if (dispatcher->connection != NULL)
    dispatcher->spd.close (dispatcher->connection);
  dispatcher->connection = NULL;
}

/* SSML with a mark before each word that is named by its characters, "8+3". */
static char *
make_ssml (const char *text)
{
  GString *ssml = g_string_new ("<speak>");
  guint position = 0, end = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text), position++) {
    g_autofree char *escaped = g_markup_escape_text (text, g_utf8_next_char (text) - text);

    if (position >= end && !g_unichar_isspace (g_utf8_get_char (text))) {
      const char *at = text;
      for (end = position; *at != '\0' && !g_unichar_isspace (g_utf8_get_char (at)); at = g_utf8_next_char (at))
        end++;
      g_string_append_printf (ssml, "<mark name=\"%u\"/>", position);
    }
    g_string_append (ssml, escaped);
  }
  g_string_append (ssml, "</speak>");
  return g_string_free (ssml, FALSE);
}

static int
rate_of (guint words_a_minute)
{
  int rate = CLAMP ((int) words_a_minute, SLOWEST_RATE, FASTEST_RATE) - USUAL_RATE;

  return rate < 0 ? rate * 100 / (USUAL_RATE - SLOWEST_RATE) : rate * 100 / (FASTEST_RATE - USUAL_RATE);
}

static int
volume_of (guint percent)
{
  return SOFTEST + (int) MIN (percent, 100) * (100 - SOFTEST) / 100;
}

/* FALSE: it is away. */
static gboolean
send (Dispatcher *dispatcher)
{
  const PvSpd *spd = &dispatcher->spd;
  const Item *saying = dispatcher->saying;
  g_autofree char *ssml = NULL;
  int message;

  if (!connect_to_it (dispatcher))
    return FALSE;
  ssml = make_ssml (saying->text);
  if (spd->set_language (dispatcher->connection, saying->language) != 0
      || spd->set_voice_rate (dispatcher->connection, rate_of (saying->rate)) != 0
      || spd->set_volume (dispatcher->connection, volume_of (dispatcher->percent)) != 0)
    return FALSE;
  message = spd->say (dispatcher->connection, PV_SPD_MESSAGE, ssml);
  dispatcher->message = (guint) message;
  dispatcher->told_us = g_get_monotonic_time ();
  return message >= 0;
}

/* The next sentence, if there is one and none is being said. */
static void
go_on (Dispatcher *dispatcher)
{
  while (dispatcher->saying == NULL && !g_queue_is_empty (&dispatcher->waiting)) {
    dispatcher->saying = g_queue_pop_head (&dispatcher->waiting);
    if (dispatcher->saying->turn != pv_voice_events_get_turn (dispatcher->events))
      g_clear_pointer (&dispatcher->saying, item_free);
    else if (dispatcher->saying->text == NULL || !dispatcher->has_route)
      finish (dispatcher, PV_SPEECH_FAILED);
    else if (!send (dispatcher)) {
      disconnect (dispatcher);
      finish (dispatcher, PV_SPEECH_FAILED);
    }
  }
}

static void
take_mark (Dispatcher *dispatcher, const char *mark)
{
  guint offset, length;
  guint64 position;

  if (mark != NULL && g_ascii_string_to_unsigned (mark, 10, 0, PV_VOICE_MAX_TEXT, &position, NULL)
      && pv_voice_find_word (dispatcher->saying->text, (guint) position, &offset, &length))
    tell (dispatcher, PV_SPEECH_WORD, offset, length);
}

static void
take_event (Dispatcher *dispatcher, const Item *item)
{
  if (dispatcher->saying == NULL || item->number != dispatcher->message)
    return;
  dispatcher->told_us = g_get_monotonic_time ();
  switch (item->event) {
  case PV_SPD_EVENT_BEGIN:
    tell (dispatcher, PV_SPEECH_BEGUN, 0, 0);
    break;
  case PV_SPD_EVENT_INDEX_MARK:
    take_mark (dispatcher, item->mark);
    break;
  case PV_SPD_EVENT_END:
    finish (dispatcher, PV_SPEECH_ENDED);
    break;
  case PV_SPD_EVENT_CANCEL:
    finish (dispatcher, PV_SPEECH_FAILED);
    break;
  }
}

static void
cancel (Dispatcher *dispatcher)
{
  if (dispatcher->connection != NULL && dispatcher->spd.cancel (dispatcher->connection) != 0)
    disconnect (dispatcher);
}

static void
take (Dispatcher *dispatcher, const Item *item)
{
  switch (item->kind) {
  case ITEM_EVENT:
    take_event (dispatcher, item);
    break;
  case ITEM_VOLUME:
    dispatcher->percent = item->number;
    break;
  case ITEM_ROUTE:
    dispatcher->has_route = item->number != PV_ROUTE_NONE;
    if (dispatcher->has_route || dispatcher->saying == NULL)
      break;
    cancel (dispatcher);
    finish (dispatcher, PV_SPEECH_FAILED);
    break;
  case ITEM_STOP:
  case ITEM_END:
    g_clear_pointer (&dispatcher->saying, item_free);
    cancel (dispatcher);
    break;
  case ITEM_SAY:
    break;
  }
}

static gpointer
thread_cb (gpointer data)
{
  Dispatcher *dispatcher = data;
  gboolean is_ending = FALSE;

  while (!is_ending) {
    Item *item = dispatcher->saying != NULL ? g_async_queue_timeout_pop (dispatcher->queue, SILENT_US)
                                            : g_async_queue_pop (dispatcher->queue);

    if (dispatcher->saying != NULL && g_get_monotonic_time () - dispatcher->told_us >= SILENT_US) {
      disconnect (dispatcher);
      finish (dispatcher, PV_SPEECH_FAILED);
    }
    if (item != NULL) {
      is_ending = item->kind == ITEM_END;
      take (dispatcher, item);
      if (item->kind == ITEM_SAY)
        g_queue_push_tail (&dispatcher->waiting, g_steal_pointer (&item));
    }
    g_clear_pointer (&item, item_free);
    go_on (dispatcher);
  }
  disconnect (dispatcher);
  return NULL;
}

/* --- The main thread ---------------------------------------------------------------------------------------------- */

static void
push (Dispatcher *dispatcher, ItemKind kind, guint number)
{
  Item *item = g_new0 (Item, 1);

  item->kind = kind;
  item->number = number;
  g_async_queue_push (dispatcher->queue, item);
}

static void
push_sentence (Dispatcher *dispatcher, const PvSpeechOrder *order)
{
  Item *item = g_new0 (Item, 1);

  item->kind = ITEM_SAY;
  item->turn = pv_voice_events_get_turn (dispatcher->events);
  item->id = order->id;
  item->rate = order->rate;
  item->language = pv_voice_get_name (order->language);
  /* Its server outlives the session, and keeps a history of what it said. */
  if (item->language != NULL && !order->is_personal && g_async_queue_length (dispatcher->queue) < PV_VOICE_MAX_WAITING)
    item->text = pv_voice_clean_text (order->text);
  g_async_queue_push (dispatcher->queue, item);
}

static void
perform (PvVoice *voice, const PvSpeechOrder *order)
{
  Dispatcher *dispatcher = (Dispatcher *) voice;

  switch (order->kind) {
  case PV_SPEECH_SAY:
    push_sentence (dispatcher, order);
    break;
  case PV_SPEECH_STOP:
    pv_voice_events_next_turn (dispatcher->events);
    push (dispatcher, ITEM_STOP, 0);
    break;
  case PV_SPEECH_VOLUME:
    push (dispatcher, ITEM_VOLUME, order->number);
    break;
  case PV_SPEECH_ROUTE:
    push (dispatcher, ITEM_ROUTE, order->number);
    break;
  }
}

static void
dispatcher_free (PvVoice *voice)
{
  Dispatcher *dispatcher = (Dispatcher *) voice;

  pv_voice_events_next_turn (dispatcher->events);
  push (dispatcher, ITEM_END, 0);
  g_thread_join (dispatcher->thread);
  g_mutex_lock (&lock);
  the_dispatcher = NULL;
  g_mutex_unlock (&lock);
  pv_voice_events_free (dispatcher->events);
  g_clear_pointer (&dispatcher->saying, item_free);
  g_queue_clear_full (&dispatcher->waiting, item_free);
  g_async_queue_unref (dispatcher->queue);
  g_free (dispatcher);
}

static gboolean
claim (Dispatcher *dispatcher)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&lock);

  if (the_dispatcher != NULL)
    return FALSE;
  the_dispatcher = dispatcher;
  return TRUE;
}

PvVoice *
pv_voice_new_dispatcher (PvVoiceFunc func, gpointer user_data, GError **error)
{
  Dispatcher *dispatcher;
  PvSpd spd;

  if (!pv_spd_load (&spd)) {
    g_set_error (error, PV_VOICE_ERROR, PV_VOICE_ERROR_NO_VOICE, "libspeechd2 is not installed");
    return NULL;
  }
  dispatcher = g_new0 (Dispatcher, 1);
  dispatcher->queue = g_async_queue_new_full (item_free);
  if (!claim (dispatcher)) {
    g_async_queue_unref (dispatcher->queue);
    g_free (dispatcher);
    g_set_error (error, PV_VOICE_ERROR, PV_VOICE_ERROR_NO_VOICE, "speech-dispatcher speaks already");
    return NULL;
  }
  dispatcher->voice.perform = perform;
  dispatcher->voice.free = dispatcher_free;
  dispatcher->spd = spd;
  dispatcher->percent = PV_SPEECH_USUAL_VOLUME;
  dispatcher->events = pv_voice_events_new (func, user_data);
  g_queue_init (&dispatcher->waiting);
  dispatcher->thread = g_thread_new ("pv-dispatcher", thread_cb, dispatcher);
  return &dispatcher->voice;
}
