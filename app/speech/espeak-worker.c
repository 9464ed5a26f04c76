/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "espeak-worker.h"

#include <espeak-ng/speak_lib.h>
#include <string.h>

#include "core/wipe.h"
#include "sound-out.h"
#include "voice-events.h"
#include "voice-text.h"

enum {
  PIECE_MS = 20,           /* asked of espeak-ng; 1.51 makes 49 ms of it */
  RETRY_US = 10 * 1000,    /* between two looks at a device */
  BLOCK_FRAMES = 1024,     /* made louder at a time */
  STACK_SIZE = 128 * 1024, /* of a thread's 8 MB; espeak-ng 1.51 goes some 20 kB deep */
  FILLER_SIZE = 1000,      /* more than the clause that espeak-ng keeps */
};

typedef struct Sentence {
  guint turn, id, rate;
  char *text, *language;
  gboolean is_personal;
  gboolean is_begun; /* told; not again when it is said again */
} Sentence;

/* Something to tell when frame @frame is heard. */
typedef struct Mark {
  guint64 frame;
  PvSpeechEvent event;
} Mark;

typedef enum { SAID, CUT_OFF, REFUSED, BROKEN } Outcome;

struct PvEspeakWorker {
  PvVoiceEvents *events;
  GThread *thread;
  char *device, *headset_device;
  guint frame_rate;
  GMutex lock; /* of what follows */
  GCond changed;
  GQueue waiting; /* (element-type Sentence) */
  guint turn;     /* number of STOPs */
  guint volume;
  PvSpeechRoute route;
  gboolean is_ending;
  /* (nullable): used with the lock, so that whoever wants silence makes it: the thread may wait for a processor. Only the
   * thread opens and closes. */
  PvSoundOut *out;
  /* What follows belongs to the thread. */
  const char *out_device;
  Sentence *saying; /* (nullable) */
  PvSpeechRoute said_on;
  guint64 first_frame; /* of what is being said */
  guint last_word;     /* of it: character after the last word; words only go forward */
  Outcome outcome;     /* so far */
  GQueue marks;        /* (element-type Mark), by frame */
};

static void
sentence_free (gpointer data)
{
  Sentence *sentence = data;

  pv_wipe_str (sentence->text);
  g_free (sentence->language);
  g_free (sentence);
}

static void
tell (PvEspeakWorker *worker, guint turn, PvSpeechEventKind kind, guint id)
{
  const PvSpeechEvent event = { .kind = kind, .id = id };

  pv_voice_events_add (worker->events, turn, &event);
}

/* --- The thread: what is told ------------------------------------------------------------------------------------- */

/* When @frame of the sentence has been heard. */
static void
mark (PvEspeakWorker *worker, guint64 frame, const PvSpeechEvent *event)
{
  Mark *new_mark = g_new0 (Mark, 1);

  new_mark->frame = worker->first_frame + frame + 1;
  new_mark->event = *event;
  g_queue_push_tail (&worker->marks, new_mark);
}

static void
mark_words (PvEspeakWorker *worker, const espeak_EVENT *events)
{
  const Sentence *saying = worker->saying;

  for (; events->type != espeakEVENT_LIST_TERMINATED; events++) {
    PvSpeechEvent word = { .kind = PV_SPEECH_WORD, .id = saying->id };

    if (events->type != espeakEVENT_WORD || events->text_position < 1
        || !pv_voice_find_word (saying->text, (guint) events->text_position - 1, &word.offset, &word.length)
        || word.offset < worker->last_word)
      continue;
    worker->last_word = word.offset + word.length;
    mark (worker, (guint64) MAX (events->sample, 0), &word);
  }
}

static void
tell_until (PvEspeakWorker *worker, guint64 heard)
{
  for (const Mark *first; (first = g_queue_peek_head (&worker->marks)) != NULL && first->frame <= heard;) {
    g_autofree Mark *done = g_queue_pop_head (&worker->marks);

    if (done->event.kind == PV_SPEECH_BEGUN)
      worker->saying->is_begun = TRUE;
    pv_voice_events_add (worker->events, worker->saying->turn, &done->event);
  }
}

/* --- The thread: sound -------------------------------------------------------------------------------------------- */

/* With the lock. */
static gboolean
is_cut_off (const PvEspeakWorker *worker)
{
  return worker->is_ending || worker->saying->turn != worker->turn || worker->said_on != worker->route;
}

/* With the lock, which it gives away meanwhile. Waits for whoever wants something else, for something that is to be told, but
 * not long. */
static void
wait_a_little (PvEspeakWorker *worker)
{
  const Mark *first = g_queue_peek_head (&worker->marks);
  gint64 now_us = g_get_monotonic_time ();
  gint64 until_us = now_us + RETRY_US;

  if (first != NULL) {
    gint64 due_us = pv_sound_out_when (worker->out, first->frame);

    /* What is over by the clock, and not heard: the device lags behind. */
    if (due_us > now_us)
      until_us = MIN (until_us, due_us);
  }
  g_cond_wait_until (&worker->changed, &worker->lock, until_us);
}

/* With the lock. How many of @n_frames the device took, as loud as they are to be. */
static gboolean
write_some (PvEspeakWorker *worker, const gint16 *samples, gsize n_frames, gsize *ret_taken)
{
  gint16 block[BLOCK_FRAMES];
  double gain = pv_voice_gain (worker->volume);
  gboolean is_well;

  n_frames = MIN (n_frames, BLOCK_FRAMES);
  for (gsize i = 0; i < n_frames; i++)
    block[i] = (gint16) ((double) samples[i] * gain);
  is_well = pv_sound_out_write (worker->out, block, n_frames, ret_taken, NULL);
  pv_wipe_bytes (block, sizeof block);
  return is_well;
}

/* Gives the device @n_frames, as fast as they are heard. */
static Outcome
play (PvEspeakWorker *worker, const gint16 *samples, gsize n_frames)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&worker->lock);

  while (n_frames > 0) {
    gsize taken = 0;
    guint64 heard;

    if (is_cut_off (worker))
      return CUT_OFF;
    if (!write_some (worker, samples, n_frames, &taken) || !pv_sound_out_get_heard (worker->out, &heard))
      return BROKEN;
    tell_until (worker, heard);
    samples += taken;
    n_frames -= taken;
    if (taken == 0)
      wait_a_little (worker);
  }
  return SAID;
}

/* Until all is heard. */
static Outcome
play_out (PvEspeakWorker *worker)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&worker->lock);

  for (;;) {
    guint64 heard;

    if (is_cut_off (worker))
      return CUT_OFF;
    if (!pv_sound_out_get_heard (worker->out, &heard))
      return BROKEN;
    if (heard == pv_sound_out_get_written (worker->out)) {
      tell_until (worker, G_MAXUINT64);
      return SAID;
    }
    tell_until (worker, heard);
    wait_a_little (worker);
  }
}

/* --- The thread: one sentence ------------------------------------------------------------------------------------- */

/* 1: no more of this sentence. A call without sound is the last one. */
static int
synth_cb (short *samples, int n_frames, espeak_EVENT *events)
{
  PvEspeakWorker *worker = events->user_data;

  if (worker == NULL)
    return 1;
  if (worker->outcome == SAID && samples != NULL) {
    mark_words (worker, events);
    worker->outcome = play (worker, samples, (gsize) MAX (n_frames, 0));
  }
  return worker->outcome != SAID;
}

/* Opening and closing may take a while: without the lock. */
static void
set_device (PvEspeakWorker *worker, PvSoundOut *out)
{
  PvSoundOut *before;

  g_mutex_lock (&worker->lock);
  before = worker->out;
  worker->out = out;
  g_mutex_unlock (&worker->lock);
  pv_sound_out_close (before);
}

static gboolean
open_device (PvEspeakWorker *worker)
{
  const char *device =
    worker->said_on == PV_ROUTE_HEADSET && worker->headset_device != NULL ? worker->headset_device : worker->device;

  if (worker->out != NULL && g_str_equal (worker->out_device, device))
    return TRUE;
  set_device (worker, NULL);
  worker->out_device = device;
  set_device (worker, pv_sound_out_open (device, worker->frame_rate, NULL));
  return worker->out != NULL;
}

static void
silence (PvEspeakWorker *worker)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&worker->lock);

  if (worker->out != NULL)
    pv_sound_out_silence (worker->out);
}

/* What functions that have returned left on the stack of the thread: espeak-ng has words there. */
static G_GNUC_NO_INLINE void
wipe_stack (void)
{
  char below[STACK_SIZE];

  pv_wipe_bytes (below, sizeof below);
}

/* espeak-ng keeps the text of a clause until it reads another one, which may be shorter. */
static void
wipe_engine (void)
{
  char filler[FILLER_SIZE];

  for (guint i = 0; i < sizeof filler; i++)
    filler[i] = i % 2 == 0 ? 'a' : ' ';
  filler[sizeof filler - 1] = '\0';
  espeak_Synth (filler, sizeof filler, 0, POS_CHARACTER, 0, espeakCHARS_UTF8, NULL, NULL);
  wipe_stack ();
}

static Outcome
say (PvEspeakWorker *worker)
{
  const Sentence *saying = worker->saying;
  const PvSpeechEvent begun = { .kind = PV_SPEECH_BEGUN, .id = saying->id };

  if (!open_device (worker) || espeak_SetVoiceByName (pv_voice_get_name (saying->language)) != EE_OK)
    return BROKEN;
  espeak_SetParameter (espeakRATE, (int) CLAMP (saying->rate, espeakRATE_MINIMUM, espeakRATE_MAXIMUM), 0);
  worker->first_frame = pv_sound_out_get_written (worker->out);
  worker->last_word = 0;
  worker->outcome = SAID;
  if (!saying->is_begun)
    mark (worker, 0, &begun);
  espeak_Synth (saying->text, strlen (saying->text) + 1, 0, POS_CHARACTER, 0, espeakCHARS_UTF8 | espeakENDPAUSE, NULL,
                worker);
  if (worker->outcome == SAID)
    worker->outcome = play_out (worker);
  /* The device stays open, and keeps still. */
  silence (worker);
  if (saying->is_personal)
    wipe_engine ();
  return worker->outcome;
}

static gboolean
may_be_said (const PvEspeakWorker *worker)
{
  return worker->saying->text != NULL && pv_voice_may_be_heard (worker->said_on, worker->saying->is_personal);
}

/* After @outcome; of what was cut off the next round finds out why. */
static void
close_sentence (PvEspeakWorker *worker, Outcome outcome)
{
  const Sentence *saying = worker->saying;

  /* What has no sound at all is said as well. */
  if (outcome == SAID && !saying->is_begun)
    tell (worker, saying->turn, PV_SPEECH_BEGUN, saying->id);
  if (outcome != CUT_OFF)
    tell (worker, saying->turn, outcome == SAID ? PV_SPEECH_ENDED : PV_SPEECH_FAILED, saying->id);
  if (outcome == BROKEN)
    set_device (worker, NULL);
  g_queue_clear_full (&worker->marks, g_free);
  if (outcome != CUT_OFF)
    g_clear_pointer (&worker->saying, sentence_free);
}

static gpointer
thread_cb (gpointer data)
{
  PvEspeakWorker *worker = data;

  g_mutex_lock (&worker->lock);
  while (!worker->is_ending) {
    if (worker->saying != NULL && worker->saying->turn != worker->turn)
      g_clear_pointer (&worker->saying, sentence_free);
    if (worker->saying == NULL)
      worker->saying = g_queue_pop_head (&worker->waiting);
    if (worker->saying == NULL) {
      g_cond_wait (&worker->changed, &worker->lock);
      continue;
    }
    worker->said_on = worker->route;
    g_mutex_unlock (&worker->lock);
    close_sentence (worker, may_be_said (worker) ? say (worker) : REFUSED);
    g_mutex_lock (&worker->lock);
  }
  g_mutex_unlock (&worker->lock);
  wipe_engine ();
  return NULL;
}

/* --- The main thread ---------------------------------------------------------------------------------------------- */

/* Once: libespeak-ng 1.51 hangs in its second espeak_Terminate(); it lives as long as the process. Frames a second; 0: none. */
static guint
start_espeak (void)
{
  static gsize frame_rate;

  if (g_once_init_enter (&frame_rate)) {
    int rate = espeak_Initialize (AUDIO_OUTPUT_SYNCHRONOUS, PIECE_MS, NULL, espeakINITIALIZE_DONT_EXIT);

    espeak_SetSynthCallback (synth_cb);
    g_once_init_leave (&frame_rate, rate > 0 ? (gsize) rate : 1);
  }
  return frame_rate > 1 ? (guint) frame_rate : 0;
}

static gint n_workers;

PvEspeakWorker *
pv_espeak_worker_new (const char *device, const char *headset_device, PvVoiceFunc func, gpointer user_data,
                      GError **error)
{
  guint frame_rate = start_espeak ();
  PvSoundOut *out;
  PvEspeakWorker *worker;

  if (frame_rate == 0) {
    g_set_error (error, PV_VOICE_ERROR, PV_VOICE_ERROR_NO_VOICE,
                 "espeak-ng has no voices: espeak-ng-data is not installed");
    return NULL;
  }
  device = device != NULL ? device : "default";
  out = pv_sound_out_open (device, frame_rate, error);
  if (out == NULL)
    return NULL;
  if (!g_atomic_int_compare_and_exchange (&n_workers, 0, 1)) {
    g_set_error (error, PV_VOICE_ERROR, PV_VOICE_ERROR_NO_VOICE, "espeak-ng speaks already");
    pv_sound_out_close (out);
    return NULL;
  }
  worker = g_new0 (PvEspeakWorker, 1);
  worker->events = pv_voice_events_new (func, user_data);
  worker->device = g_strdup (device);
  worker->headset_device = g_strdup (headset_device);
  worker->frame_rate = frame_rate;
  worker->out = out;
  worker->out_device = worker->device;
  worker->volume = PV_SPEECH_USUAL_VOLUME;
  g_mutex_init (&worker->lock);
  g_cond_init (&worker->changed);
  g_queue_init (&worker->waiting);
  g_queue_init (&worker->marks);
  worker->thread = g_thread_new ("pv-voice", thread_cb, worker);
  return worker;
}

void
pv_espeak_worker_free (PvEspeakWorker *worker)
{
  g_mutex_lock (&worker->lock);
  worker->is_ending = TRUE;
  g_cond_signal (&worker->changed);
  g_mutex_unlock (&worker->lock);
  g_thread_join (worker->thread);
  pv_voice_events_free (worker->events);
  pv_sound_out_close (worker->out);
  g_clear_pointer (&worker->saying, sentence_free);
  g_queue_clear_full (&worker->waiting, sentence_free);
  g_queue_clear_full (&worker->marks, g_free);
  g_mutex_clear (&worker->lock);
  g_cond_clear (&worker->changed);
  g_free (worker->device);
  g_free (worker->headset_device);
  g_free (worker);
  g_atomic_int_set (&n_workers, 0);
}

void
pv_espeak_worker_say (PvEspeakWorker *worker, const PvSpeechOrder *order)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&worker->lock);
  char *text = pv_voice_clean_text (order->text);
  Sentence *sentence;

  if (text == NULL || !pv_voice_speaks (order->language) || !pv_voice_may_be_heard (worker->route, order->is_personal)
      || g_queue_get_length (&worker->waiting) >= PV_VOICE_MAX_WAITING) {
    pv_wipe_str (text);
    text = NULL; /* fails when its turn comes */
  }
  sentence = g_new0 (Sentence, 1);
  sentence->turn = worker->turn;
  sentence->id = order->id;
  sentence->rate = order->rate;
  sentence->text = text;
  sentence->language = g_strdup (order->language);
  sentence->is_personal = order->is_personal;
  g_queue_push_tail (&worker->waiting, sentence);
  g_cond_signal (&worker->changed);
}

void
pv_espeak_worker_stop (PvEspeakWorker *worker)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&worker->lock);

  worker->turn = pv_voice_events_next_turn (worker->events);
  g_queue_clear_full (&worker->waiting, sentence_free);
  if (worker->out != NULL)
    pv_sound_out_silence (worker->out);
  g_cond_signal (&worker->changed);
}

void
pv_espeak_worker_set_volume (PvEspeakWorker *worker, guint percent)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&worker->lock);

  worker->volume = MIN (percent, 100);
}

void
pv_espeak_worker_set_route (PvEspeakWorker *worker, PvSpeechRoute route)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&worker->lock);

  if (worker->route != route && worker->out != NULL)
    pv_sound_out_silence (worker->out);
  worker->route = route;
  g_cond_signal (&worker->changed);
}
