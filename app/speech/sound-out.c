/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "sound-out.h"

#include <alsa/asoundlib.h>

#include "core/wipe.h"
#include "speech/voice.h"

enum {
  BUFFER_US = 300 * 1000, /* more than the longest lead: the device may start late */
  PERIOD_US = 10 * 1000,
  MAX_CHANNELS = 8,
  BLOCK_FRAMES = 512, /* copied at a time to several channels */
  N_RECOVERIES = 3,   /* within one write */
};

struct PvSoundOut {
  snd_pcm_t *pcm;
  guint rate, n_channels;
  guint lead_ms;
  gboolean is_running;
  guint64 written;
  guint64 base;       /* frames before the present run, which began at: */
  gint64 began_us;    /* monotonic */
  gint64 progress_us; /* when it last took or played something */
  guint64 last_heard;
};

static gboolean
fail (const char *what, int code, GError **error)
{
  g_set_error (error, PV_VOICE_ERROR, PV_VOICE_ERROR_NO_DEVICE, "%s: %s", what, snd_strerror (code));
  return FALSE;
}

static int
set_hardware (PvSoundOut *out)
{
  snd_pcm_hw_params_t *params;
  unsigned int buffer_us = BUFFER_US, period_us = PERIOD_US, rate = out->rate, n_channels = 1;
  int code;

  snd_pcm_hw_params_alloca (&params);
  if ((code = snd_pcm_hw_params_any (out->pcm, params)) < 0
      || (code = snd_pcm_hw_params_set_rate_resample (out->pcm, params, 1)) < 0
      || (code = snd_pcm_hw_params_set_access (out->pcm, params, SND_PCM_ACCESS_RW_INTERLEAVED)) < 0
      || (code = snd_pcm_hw_params_set_format (out->pcm, params, SND_PCM_FORMAT_S16)) < 0
      || (code = snd_pcm_hw_params_set_channels_near (out->pcm, params, &n_channels)) < 0
      || (code = snd_pcm_hw_params_set_rate_near (out->pcm, params, &rate, NULL)) < 0
      || (code = snd_pcm_hw_params_set_buffer_time_near (out->pcm, params, &buffer_us, NULL)) < 0
      || (code = snd_pcm_hw_params_set_period_time_near (out->pcm, params, &period_us, NULL)) < 0)
    return code;
  if (rate != out->rate || n_channels > MAX_CHANNELS)
    return -EINVAL;
  out->n_channels = n_channels;
  return snd_pcm_hw_params (out->pcm, params);
}

/* Heard from the first frame on. */
static int
set_software (PvSoundOut *out)
{
  snd_pcm_sw_params_t *params;
  int code;

  snd_pcm_sw_params_alloca (&params);
  if ((code = snd_pcm_sw_params_current (out->pcm, params)) < 0
      || (code = snd_pcm_sw_params_set_start_threshold (out->pcm, params, 1)) < 0)
    return code;
  return snd_pcm_sw_params (out->pcm, params);
}

static void
say_nothing_cb (const char *file, int line, const char *function, int code, const char *format, ...)
{
  (void) file;
  (void) line;
  (void) function;
  (void) code;
  (void) format;
}

void
pv_sound_silence_library (void)
{
  snd_lib_error_set_handler (say_nothing_cb);
}

PvSoundOut *
pv_sound_out_open (const char *device, guint rate, GError **error)
{
  g_autoptr (PvSoundOut) out = g_new0 (PvSoundOut, 1);
  int code;

  out->rate = rate;
  out->lead_ms = PV_SOUND_LEAD_MS;
  pv_sound_silence_library ();
  code = snd_pcm_open (&out->pcm, device, SND_PCM_STREAM_PLAYBACK, SND_PCM_NONBLOCK);
  if (code < 0)
    out->pcm = NULL;
  if (code < 0 || (code = set_hardware (out)) < 0 || (code = set_software (out)) < 0) {
    fail (device, code, error);
    return NULL;
  }
  return g_steal_pointer (&out);
}

void
pv_sound_out_close (PvSoundOut *out)
{
  if (out == NULL)
    return;
  if (out->pcm != NULL) {
    snd_pcm_drop (out->pcm);
    snd_pcm_close (out->pcm);
  }
  g_free (out);
}

/* Frames of this run that the clock allows to be over. */
static guint64
elapsed (const PvSoundOut *out, gint64 now_us)
{
  return out->is_running ? (guint64) (now_us - out->began_us) * out->rate / G_TIME_SPAN_SECOND : 0;
}

static void
begin (PvSoundOut *out, gint64 now_us)
{
  out->is_running = TRUE;
  out->base = out->written;
  out->last_heard = out->written;
  out->began_us = now_us;
  out->progress_us = now_us;
}

/* Frames, or an error of ALSA. */
static snd_pcm_sframes_t
write_frames (PvSoundOut *out, const gint16 *samples, gsize n_frames)
{
  gint16 block[BLOCK_FRAMES * MAX_CHANNELS];
  snd_pcm_sframes_t taken;

  if (out->n_channels == 1)
    return snd_pcm_writei (out->pcm, samples, n_frames);
  n_frames = MIN (n_frames, BLOCK_FRAMES);
  for (gsize i = 0; i < n_frames; i++)
    for (guint channel = 0; channel < out->n_channels; channel++)
      block[i * out->n_channels + channel] = samples[i];
  taken = snd_pcm_writei (out->pcm, block, n_frames);
  pv_wipe_bytes (block, sizeof block);
  return taken;
}

/* A device that ran empty or was suspended; 0, or an error that stays. */
static int
recover (PvSoundOut *out, int code)
{
  if (code != -EPIPE && code != -ESTRPIPE && code != -EINTR)
    return code;
  if (code == -EINTR)
    return 0;
  out->is_running = FALSE;
  out->lead_ms = PV_SOUND_LONG_LEAD_MS;
  return snd_pcm_prepare (out->pcm);
}

gboolean
pv_sound_out_write (PvSoundOut *out, const gint16 *samples, gsize n_frames, gsize *ret_taken, GError **error)
{
  const guint64 lead = (guint64) out->rate * out->lead_ms / 1000;
  gint64 now_us = g_get_monotonic_time ();
  guint64 ahead = out->is_running ? out->written - out->base : 0;
  guint64 over = elapsed (out, now_us);
  snd_pcm_sframes_t taken;

  ahead = ahead > over ? ahead - over : 0;
  *ret_taken = 0;
  n_frames = MIN (n_frames, ahead < lead ? lead - ahead : 0);
  if (n_frames == 0)
    return TRUE;
  if (!out->is_running) {
    int code = snd_pcm_prepare (out->pcm);

    if (code < 0)
      return fail ("prepare", code, error);
    begin (out, now_us);
  }
  taken = write_frames (out, samples, n_frames);
  for (guint i = 0; taken < 0 && taken != -EAGAIN && i < N_RECOVERIES; i++) {
    int code = recover (out, (int) taken);

    if (code < 0)
      return fail ("write", code, error);
    if (!out->is_running)
      begin (out, now_us);
    taken = write_frames (out, samples, n_frames);
  }
  if (taken > 0) {
    out->written += (guint64) taken;
    out->progress_us = now_us;
    *ret_taken = (gsize) taken;
  } else if (taken < 0 && taken != -EAGAIN) {
    return fail ("write", (int) taken, error);
  } else if (now_us - out->progress_us > PV_SOUND_PATIENCE_MS * G_TIME_SPAN_MILLISECOND) {
    return fail ("write", -EIO, error);
  }
  return TRUE;
}

guint64
pv_sound_out_get_written (const PvSoundOut *out)
{
  return out->written;
}

gboolean
pv_sound_out_get_heard (PvSoundOut *out, guint64 *ret_heard)
{
  gint64 now_us = g_get_monotonic_time ();
  snd_pcm_sframes_t delay = 0;
  guint64 left, heard;

  *ret_heard = out->written;
  if (!out->is_running)
    return TRUE;
  /* A plugin that ran empty may tell an old delay. Of one that is gone the next write tells. */
  if (snd_pcm_delay (out->pcm, &delay) < 0 || delay < 0 || snd_pcm_state (out->pcm) == SND_PCM_STATE_XRUN)
    delay = 0;
  left = MIN ((guint64) delay, out->written - out->base);
  heard = MIN (out->written - left, out->base + elapsed (out, now_us));
  heard = MAX (heard, out->last_heard);
  if (heard > out->last_heard || heard == out->written)
    out->progress_us = now_us;
  out->last_heard = heard;
  *ret_heard = heard;
  return now_us - out->progress_us <= PV_SOUND_PATIENCE_MS * G_TIME_SPAN_MILLISECOND;
}

gint64
pv_sound_out_when (const PvSoundOut *out, guint64 frame)
{
  if (!out->is_running || frame <= out->base)
    return out->began_us;
  return out->began_us + (gint64) ((frame - out->base) * G_TIME_SPAN_SECOND / out->rate) + 1;
}

void
pv_sound_out_silence (PvSoundOut *out)
{
  if (!out->is_running)
    return;
  /* What dmix has mixed into the card already is taken out again by rewinding, not by dropping. */
  snd_pcm_rewind (out->pcm, (snd_pcm_uframes_t) MAX (snd_pcm_rewindable (out->pcm), 0));
  snd_pcm_drop (out->pcm);
  out->is_running = FALSE;
}
