/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "voice-recorder.h"

#include <string.h>

#include "core/wipe.h"

enum { MAX_SENTENCES = 1000, MINUTE_MS = 60 * 1000 };

typedef struct Sentence {
  guint id, rate;
  char *text;
  gboolean is_refused;
} Sentence;

struct VoiceRecorder {
  PvVoice voice;
  PvVoiceFunc func;
  gpointer user_data;
  GString *log, *heard;
  GQueue *waiting; /* (element-type Sentence): the first is the one being said */
  gboolean is_begun;
  guint next_word; /* of the first: a character of it, where the next word is looked for */
  guint left_ms;   /* until that */
  PvSpeechRoute route;
  gboolean is_away, is_freed;
};

static void
sentence_free (gpointer data)
{
  Sentence *sentence = data;

  pv_wipe_str (sentence->text);
  g_free (sentence);
}

static void
forget_first (VoiceRecorder *recorder)
{
  sentence_free (g_queue_pop_head (recorder->waiting));
  recorder->is_begun = FALSE;
  recorder->next_word = 0;
  recorder->left_ms = 0;
}

static gboolean
may_be_heard (const VoiceRecorder *recorder, gboolean is_personal)
{
  return (recorder->route == PV_ROUTE_HEADSET && (recorder->voice.is_discreet || !is_personal))
         || (recorder->route == PV_ROUTE_LOUDSPEAKER && !is_personal);
}

static const char *
route_name (guint route)
{
  static const char *const names[] = { "none", "loudspeaker", "headset" };

  return route < G_N_ELEMENTS (names) ? names[route] : "?";
}

static void
perform (PvVoice *voice, const PvSpeechOrder *order)
{
  VoiceRecorder *recorder = (VoiceRecorder *) voice;
  Sentence *sentence;

  switch (order->kind) {
  case PV_SPEECH_SAY:
    g_string_append_printf (recorder->log, "SAY %u %s %u %s%s\n", order->id, order->language, order->rate,
                            order->is_personal ? "personal " : "", order->text);
    sentence = g_new0 (Sentence, 1);
    sentence->id = order->id;
    sentence->rate = MAX (order->rate, 1);
    sentence->text = g_strdup (order->text);
    sentence->is_refused = !may_be_heard (recorder, order->is_personal);
    g_queue_push_tail (recorder->waiting, sentence);
    break;
  case PV_SPEECH_STOP:
    g_string_append (recorder->log, "STOP\n");
    while (!g_queue_is_empty (recorder->waiting))
      forget_first (recorder);
    break;
  case PV_SPEECH_VOLUME:
    g_string_append_printf (recorder->log, "VOLUME %u\n", order->number);
    break;
  case PV_SPEECH_ROUTE:
    g_string_append_printf (recorder->log, "ROUTE %s\n", route_name (order->number));
    recorder->route = order->number;
    break;
  }
}

static void
note_free (PvVoice *voice)
{
  ((VoiceRecorder *) voice)->is_freed = TRUE;
}

VoiceRecorder *
voice_recorder_new (PvVoiceFunc func, gpointer user_data)
{
  VoiceRecorder *recorder = g_new0 (VoiceRecorder, 1);

  recorder->voice.is_discreet = TRUE;
  recorder->voice.perform = perform;
  recorder->voice.free = note_free;
  recorder->func = func;
  recorder->user_data = user_data;
  recorder->log = g_string_new (NULL);
  recorder->heard = g_string_new (NULL);
  recorder->waiting = g_queue_new ();
  return recorder;
}

void
voice_recorder_free (VoiceRecorder *recorder)
{
  pv_wipe_gstring (recorder->log);
  pv_wipe_gstring (recorder->heard);
  g_queue_free_full (recorder->waiting, sentence_free);
  g_free (recorder);
}

PvVoice *
voice_recorder_get_voice (VoiceRecorder *recorder)
{
  return &recorder->voice;
}

gboolean
voice_recorder_is_freed (const VoiceRecorder *recorder)
{
  return recorder->is_freed;
}

const char *
voice_recorder_get_log (const VoiceRecorder *recorder)
{
  return recorder->log->str;
}

void
voice_recorder_clear_log (VoiceRecorder *recorder)
{
  g_string_set_size (recorder->log, 0);
}

const char *
voice_recorder_get_heard (const VoiceRecorder *recorder)
{
  return recorder->heard->str;
}

gboolean
voice_recorder_has_heard (const VoiceRecorder *recorder, const char *text)
{
  return strstr (recorder->heard->str, text) != NULL;
}

guint
voice_recorder_get_saying (const VoiceRecorder *recorder)
{
  return recorder->is_begun ? ((Sentence *) g_queue_peek_head (recorder->waiting))->id : 0;
}

guint
voice_recorder_count (const VoiceRecorder *recorder)
{
  return g_queue_get_length (recorder->waiting);
}

void
voice_recorder_set_away (VoiceRecorder *recorder, gboolean is_away)
{
  recorder->is_away = is_away;
}

static void
tell (VoiceRecorder *recorder, PvSpeechEventKind kind, guint id, guint offset, guint length)
{
  const PvSpeechEvent event = { kind, id, offset, length };

  recorder->func (&event, recorder->user_data);
}

/* The next word of @text from character *@offset on: there it begins afterwards. Its length; 0: there is none. */
static guint
find_word (const char *text, guint *offset)
{
  const char *at = g_utf8_offset_to_pointer (text, (glong) *offset);
  guint length = 0;

  for (; *at != '\0' && g_unichar_isspace (g_utf8_get_char (at)); at = g_utf8_next_char (at))
    ++*offset;
  for (; *at != '\0' && !g_unichar_isspace (g_utf8_get_char (at)); at = g_utf8_next_char (at))
    length++;
  return length;
}

/* What happens at this moment to the first sentence; whoever is told may order something, a stop as well. */
static void
step (VoiceRecorder *recorder)
{
  const Sentence *sentence = g_queue_peek_head (recorder->waiting);
  guint id = sentence->id;
  guint offset = recorder->next_word;
  guint length = find_word (sentence->text, &offset);

  if (sentence->is_refused || (recorder->is_away && !recorder->is_begun)) {
    forget_first (recorder);
    tell (recorder, PV_SPEECH_FAILED, id, 0, 0);
  } else if (!recorder->is_begun) {
    recorder->is_begun = TRUE;
    g_string_append_printf (recorder->heard, "%s\n", sentence->text);
    tell (recorder, PV_SPEECH_BEGUN, id, 0, 0);
  } else if (length > 0) {
    recorder->next_word = offset + length;
    recorder->left_ms = MINUTE_MS / sentence->rate;
    tell (recorder, PV_SPEECH_WORD, id, offset, length);
  } else {
    forget_first (recorder);
    tell (recorder, PV_SPEECH_ENDED, id, 0, 0);
  }
}

void
voice_recorder_advance (VoiceRecorder *recorder, guint ms)
{
  while (!g_queue_is_empty (recorder->waiting)) {
    guint passed = MIN (ms, recorder->left_ms);

    recorder->left_ms -= passed;
    ms -= passed;
    if (recorder->left_ms > 0)
      return;
    if (ms == 0 && recorder->is_begun && passed == 0)
      return;
    step (recorder);
  }
}

gboolean
voice_recorder_finish (VoiceRecorder *recorder)
{
  guint limit = MAX_SENTENCES;

  while (!g_queue_is_empty (recorder->waiting) && limit > 0) {
    guint id = ((Sentence *) g_queue_peek_head (recorder->waiting))->id;

    recorder->left_ms = 0;
    step (recorder);
    if (g_queue_is_empty (recorder->waiting) || ((Sentence *) g_queue_peek_head (recorder->waiting))->id != id)
      limit--;
  }
  return g_queue_is_empty (recorder->waiting);
}

void
voice_recorder_set_discreet (VoiceRecorder *recorder, gboolean is_discreet)
{
  recorder->voice.is_discreet = is_discreet;
}
