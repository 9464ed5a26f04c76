/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* bench-speech: how soon a voice is heard after it is asked, and how soon it is silent, on a sound card that plays at the pace
 * of the clock: from the order to the first frame that sounds, and to the last. */
#include <stdio.h>
#include <stdlib.h>

#include "bench.h"
#include "sound-card.h"
#include "speech/voice.h"

enum { TIMES = 50, TIMEOUT_MS = 5000, SILENCE_MS = 120, STOP_AT_WORD = 2, INTO_WORD_MS = 130 };

typedef struct Bench {
  SoundCard *card;
  PvVoice *voice;
  guint n_words;
  guint n_gaps;     /* the device had nothing to play */
  gboolean is_said; /* STOP_AT_WORD words */
} Bench;

static void
fail (const char *what)
{
  fprintf (stderr, "bench-speech: %s\n", what);
  exit (EXIT_FAILURE);
}

static void
event_cb (const PvSpeechEvent *event, gpointer user_data)
{
  Bench *bench = user_data;

  if (event->kind == PV_SPEECH_FAILED)
    fail ("the voice is away");
  if (event->kind == PV_SPEECH_WORD && ++bench->n_words == STOP_AT_WORD)
    bench->is_said = TRUE;
}

static void
order (Bench *bench, PvSpeechOrderKind kind, guint number)
{
  const PvSpeechOrder speech_order = { .kind = kind, .number = number };

  bench->voice->perform (bench->voice, &speech_order);
}

/* Milliseconds to the first frame written, the first one played, and the last one after a stop in the midst. */
static void
speak_once (Bench *bench, const char *language, const char *text, double *ret_written_ms, double *ret_heard_ms,
            double *ret_stopped_ms)
{
  const PvSpeechOrder sentence = {
    .kind = PV_SPEECH_SAY, .id = 1, .text = (char *) text, .language = (char *) language, .rate = PV_SPEECH_USUAL
  };
  SoundCardHeard heard;
  gint64 asked_us, stopped_us;

  sound_card_reset (bench->card);
  bench->n_words = 0;
  bench->is_said = FALSE;
  asked_us = g_get_monotonic_time ();
  bench->voice->perform (bench->voice, &sentence);
  if (!bench_pump_until (&bench->is_said, TIMEOUT_MS))
    fail ("nothing is said");
  bench_pump (INTO_WORD_MS);
  stopped_us = g_get_monotonic_time ();
  order (bench, PV_SPEECH_STOP, 0);
  bench_pump (SILENCE_MS);
  sound_card_look (bench->card, SOUND_CARD_LOUDSPEAKER, &heard);
  if (heard.first_sound_us == 0)
    fail ("nothing is heard");
  *ret_written_ms = (double) (heard.first_written_us - asked_us) / 1000.0;
  *ret_heard_ms = (double) (heard.first_sound_us - asked_us) / 1000.0;
  *ret_stopped_ms = MAX ((double) (heard.last_sound_us - stopped_us) / 1000.0, 0.0);
  bench->n_gaps += heard.n_ran_dry;
}

static void
tell (const char *language, const char *what, GArray *values, double goal)
{
  g_autofree char *median = g_strdup_printf ("speech, %s, %s, p50", language, what);
  g_autofree char *worst = g_strdup_printf ("speech, %s, %s, p99", language, what);

  bench_figure (median, bench_percentile (values, 50), "ms", NULL, BENCH_NO_GOAL);
  bench_figure (worst, bench_percentile (values, 99), "ms", NULL, goal);
}

static void
measure (Bench *bench, const char *language, const char *text)
{
  g_autoptr (GArray) written = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) heard = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) stopped = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < TIMES; i++) {
    double written_ms, heard_ms, stopped_ms;

    speak_once (bench, language, text, &written_ms, &heard_ms, &stopped_ms);
    g_array_append_val (written, written_ms);
    g_array_append_val (heard, heard_ms);
    g_array_append_val (stopped, stopped_ms);
  }
  tell (language, "first sound written", written, BENCH_NO_GOAL);
  tell (language, "first sound heard", heard, 200.0);
  tell (language, "silence after a stop", stopped, 50.0);
}

int
main (void)
{
  static const struct {
    const char *language, *text;
  } sentences[] = {
    { "fr", "Pour inscrire votre enfant à l’école, il faut un justificatif de domicile et le livret de famille." },
    { "en", "To register your child at school, you need a proof of address and the family record book." },
    { "ar", "لتسجيل طفلك في المدرسة، تحتاج إلى إثبات السكن ودفتر العائلة." },
    { "pt", "Para inscrever o seu filho na escola, é preciso um comprovativo de morada e o livro de família." },
    { "tr", "Çocuğunuzu okula kaydettirmek için bir ikametgâh belgesi ve aile cüzdanı gerekir." },
    { "uk", "Щоб записати дитину до школи, потрібні підтвердження адреси та сімейна книжка." },
  };
  g_autoptr (GError) error = NULL;
  Bench bench = { 0 };

  if (g_strcmp0 (g_getenv ("PV_BENCH_SANITIZED"), "yes") == 0)
    return 77;
  bench.card = sound_card_new ();
  bench.voice = pv_voice_new_espeak ("loudspeaker", NULL, event_cb, &bench, &error);
  if (bench.voice == NULL)
    fail (error->message);
  order (&bench, PV_SPEECH_ROUTE, PV_ROUTE_LOUDSPEAKER);
  for (guint i = 0; i < G_N_ELEMENTS (sentences); i++)
    measure (&bench, sentences[i].language, sentences[i].text);
  bench_figure ("speech, gaps in 300 sentences", bench.n_gaps, "gaps", NULL, 0);
  pv_voice_free (bench.voice);
  sound_card_free (bench.card);
  return EXIT_SUCCESS;
}
