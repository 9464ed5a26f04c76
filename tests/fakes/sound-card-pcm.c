/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* sound-card-pcm: a device for the real libasound that plays at the pace of the clock into memory, and can be unplugged. A
 * module that libasound loads; the tests reach it through sound-card.h. */
#include <alsa/asoundlib.h>
#include <alsa/pcm_external.h>
#include <glib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "sound-card.h"

enum { USUAL_RATE = 22050, MAX_RATE = 192000, MAX_CHANNELS = 8 };

typedef struct Outlet {
  gboolean is_away, is_stuck;
  GArray *written; /* (element-type gint16): since it was begun, not heard yet */
  GArray *heard;   /* (element-type gint16) */
  gint64 first_written_us, first_sound_us, last_sound_us;
  guint n_ran_dry, n_opened;
} Outlet;

/* One run is from a start to a stop. */
typedef struct Run {
  snd_pcm_ioplug_t io;
  Outlet *outlet;
  guint rate, n_channels;
  gboolean is_running;
  gint64 began_us;
  gsize taken;  /* frames written in this run */
  gsize played; /* of them, heard */
} Run;

static GMutex lock;
static Outlet outlets[SOUND_CARD_N_OUTLETS];

static void
empty (Outlet *outlet)
{
  g_clear_pointer (&outlet->written, g_array_unref);
  g_clear_pointer (&outlet->heard, g_array_unref);
  *outlet = (Outlet){ .written = g_array_new (FALSE, FALSE, sizeof (gint16)),
                      .heard = g_array_new (FALSE, FALSE, sizeof (gint16)) };
}

/* With the lock: what the clock says is over was heard. */
static void
play (Run *run)
{
  Outlet *outlet = run->outlet;
  gint64 now_us = g_get_monotonic_time ();
  gsize over = run->is_running && !outlet->is_stuck
                 ? (gsize) ((now_us - run->began_us) * run->rate / G_TIME_SPAN_SECOND)
                 : run->played;

  over = MIN (over, run->taken);
  for (gsize i = run->played; i < over; i++) {
    gint16 sample = g_array_index (outlet->written, gint16, i - run->played);

    if (sample == 0)
      continue;
    outlet->last_sound_us = run->began_us + (gint64) (i * G_TIME_SPAN_SECOND / run->rate);
    if (outlet->first_sound_us == 0)
      outlet->first_sound_us = outlet->last_sound_us;
  }
  g_array_append_vals (outlet->heard, outlet->written->data, (guint) (over - run->played));
  g_array_remove_range (outlet->written, 0, (guint) (over - run->played));
  run->played = over;
}

static int
start_cb (snd_pcm_ioplug_t *io)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&lock);
  Run *run = io->private_data;

  run->is_running = TRUE;
  run->began_us = g_get_monotonic_time ();
  return run->outlet->is_away ? -ENODEV : 0;
}

static int
stop_cb (snd_pcm_ioplug_t *io)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&lock);
  Run *run = io->private_data;

  play (run);
  run->is_running = FALSE;
  g_array_set_size (run->outlet->written, 0);
  return 0;
}

static snd_pcm_sframes_t
pointer_cb (snd_pcm_ioplug_t *io)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&lock);
  Run *run = io->private_data;

  if (run->outlet->is_away)
    return -ENODEV;
  play (run);
  if (run->is_running && !run->outlet->is_stuck && run->played == run->taken && run->taken > 0) {
    run->outlet->n_ran_dry++;
    return -EPIPE;
  }
  return (snd_pcm_sframes_t) (run->played % io->buffer_size);
}

static snd_pcm_sframes_t
transfer_cb (snd_pcm_ioplug_t *io, const snd_pcm_channel_area_t *areas, snd_pcm_uframes_t offset,
             snd_pcm_uframes_t size)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&lock);
  Run *run = io->private_data;
  const gint16 *samples = (const gint16 *) areas[0].addr + areas[0].first / 16 + offset * run->n_channels;

  if (run->outlet->is_away)
    return -ENODEV;
  for (snd_pcm_uframes_t i = 0; i < size; i++) {
    gint16 sample = samples[i * run->n_channels];

    if (sample != 0 && run->outlet->first_written_us == 0)
      run->outlet->first_written_us = g_get_monotonic_time ();
    g_array_append_val (run->outlet->written, sample);
  }
  run->taken += size;
  return (snd_pcm_sframes_t) size;
}

static int
prepare_cb (snd_pcm_ioplug_t *io)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&lock);
  Run *run = io->private_data;

  run->is_running = FALSE;
  run->taken = 0;
  run->played = 0;
  g_array_set_size (run->outlet->written, 0);
  return run->outlet->is_away ? -ENODEV : 0;
}

static int
close_cb (snd_pcm_ioplug_t *io)
{
  close (io->poll_fd);
  g_free (io->private_data);
  return 0;
}

static int
limit (snd_pcm_ioplug_t *io, guint rate, guint n_channels)
{
  /* What converts writes into the memory of the device. */
  static const unsigned int access[] = { SND_PCM_ACCESS_MMAP_INTERLEAVED, SND_PCM_ACCESS_RW_INTERLEAVED };
  static const unsigned int format[] = { SND_PCM_FORMAT_S16 };
  int code;

  if ((code = snd_pcm_ioplug_set_param_list (io, SND_PCM_IOPLUG_HW_ACCESS, G_N_ELEMENTS (access), access)) < 0
      || (code = snd_pcm_ioplug_set_param_list (io, SND_PCM_IOPLUG_HW_FORMAT, 1, format)) < 0
      || (code = snd_pcm_ioplug_set_param_list (io, SND_PCM_IOPLUG_HW_CHANNELS, 1, &n_channels)) < 0
      || (code = snd_pcm_ioplug_set_param_list (io, SND_PCM_IOPLUG_HW_RATE, 1, &rate)) < 0
      || (code = snd_pcm_ioplug_set_param_minmax (io, SND_PCM_IOPLUG_HW_PERIOD_BYTES, 64, 8192)) < 0)
    return code;
  return snd_pcm_ioplug_set_param_minmax (io, SND_PCM_IOPLUG_HW_PERIODS, 2, 256);
}

/* A number of the configuration, or @usual. */
static gboolean
read_number (snd_config_t *conf, const char *name, long usual, long least, long most, long *ret_number)
{
  snd_config_t *setting;

  *ret_number = usual;
  if (snd_config_search (conf, name, &setting) < 0)
    return TRUE;
  return snd_config_get_integer (setting, ret_number) >= 0 && *ret_number >= least && *ret_number <= most;
}

SND_PCM_PLUGIN_DEFINE_FUNC (parvis);

SND_PCM_PLUGIN_DEFINE_FUNC (parvis)
{
  static const snd_pcm_ioplug_callback_t callbacks = {
    .start = start_cb,
    .stop = stop_cb,
    .pointer = pointer_cb,
    .transfer = transfer_cb,
    .close = close_cb,
    .prepare = prepare_cb,
  };
  long outlet, rate, n_channels;
  Run *run;
  int code;

  (void) root;
  if (!read_number (conf, "outlet", 0, 0, SOUND_CARD_N_OUTLETS - 1, &outlet)
      || !read_number (conf, "rate", USUAL_RATE, 1, MAX_RATE, &rate)
      || !read_number (conf, "channels", 1, 1, MAX_CHANNELS, &n_channels))
    return -EINVAL;
  g_mutex_lock (&lock);
  if (outlets[outlet].written == NULL) /* in a program that knows nothing of sound-card.c */
    empty (&outlets[outlet]);
  code = outlets[outlet].is_away ? -ENODEV : 0;
  outlets[outlet].n_opened++;
  g_mutex_unlock (&lock);
  if (code < 0)
    return code;
  run = g_new0 (Run, 1);
  run->outlet = &outlets[outlet];
  run->rate = (guint) rate;
  run->n_channels = (guint) n_channels;
  run->io.version = SND_PCM_IOPLUG_VERSION;
  run->io.name = "a sound card of the tests";
  run->io.callback = &callbacks;
  run->io.private_data = run;
  run->io.poll_fd = eventfd (1, EFD_CLOEXEC);
  run->io.poll_events = POLLIN;
  code = snd_pcm_ioplug_create (&run->io, name, stream, mode);
  if (code < 0) {
    close (run->io.poll_fd);
    g_free (run);
    return code;
  }
  code = limit (&run->io, run->rate, run->n_channels);
  if (code < 0) {
    snd_pcm_ioplug_delete (&run->io);
    return code;
  }
  *pcmp = run->io.pcm;
  return 0;
}
SND_PCM_PLUGIN_SYMBOL (parvis);

/* --- For sound-card.c --------------------------------------------------------------------------------------------- */

void
sound_card_module_reset (void)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&lock);

  for (guint i = 0; i < SOUND_CARD_N_OUTLETS; i++)
    empty (&outlets[i]);
}

void
sound_card_module_set (SoundCardOutlet index, gboolean is_away, gboolean is_stuck)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&lock);

  outlets[index].is_away = is_away;
  outlets[index].is_stuck = is_stuck;
}

void
sound_card_module_look (SoundCardOutlet index, SoundCardHeard *ret_heard)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&lock);
  const Outlet *outlet = &outlets[index];
  double sum = 0;

  *ret_heard = (SoundCardHeard){ .n_frames = outlet->heard->len,
                                 .first_written_us = outlet->first_written_us,
                                 .first_sound_us = outlet->first_sound_us,
                                 .last_sound_us = outlet->last_sound_us,
                                 .n_ran_dry = outlet->n_ran_dry,
                                 .n_opened = outlet->n_opened };
  for (guint i = 0; i < outlet->heard->len; i++) {
    gint16 sample = g_array_index (outlet->heard, gint16, i);

    sum += (double) sample * sample;
    ret_heard->checksum = ret_heard->checksum * 31 + (guint16) sample;
    if (sample != 0)
      ret_heard->n_sounding++;
  }
  ret_heard->power = outlet->heard->len > 0 ? sum / outlet->heard->len : 0;
}
