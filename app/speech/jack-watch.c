/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <alsa/asoundlib.h>

#include "jack-state.h"
#include "sound-out.h"
#include "speech/voice.h"

enum {
  MAX_POLLED = 4,
  MAX_ELEMENTS = 4096, /* of a card; a large one has some 300 */
  MAX_EVENTS = 64,     /* read at a time; what is left wakes the loop again */
};

struct PvJackWatch {
  snd_ctl_t *ctl;
  PvJackState state;
  PvJackFunc func;
  gpointer user_data;
  GSource *source; /* (nullable): when the card is gone */
  struct pollfd polled[MAX_POLLED];
  gpointer tags[MAX_POLLED];
  guint n_polled;
  gboolean is_told, told; /* whether something was told, and what */
};

static void
read_value (PvJackWatch *watch, guint number)
{
  snd_ctl_elem_value_t *value;

  snd_ctl_elem_value_alloca (&value);
  snd_ctl_elem_value_set_numid (value, number);
  pv_jack_state_set (&watch->state, number,
                     snd_ctl_elem_read (watch->ctl, value) >= 0 && snd_ctl_elem_value_get_boolean (value, 0) != 0);
}

/* FALSE: the card is gone. */
static gboolean
read_events (PvJackWatch *watch)
{
  snd_ctl_event_t *event;
  int code = 1;

  snd_ctl_event_alloca (&event);
  for (guint i = 0; i < MAX_EVENTS && (code = snd_ctl_read (watch->ctl, event)) > 0; i++) {
    guint number;

    if (snd_ctl_event_get_type (event) != SND_CTL_EVENT_ELEM)
      continue;
    number = snd_ctl_event_elem_get_numid (event);
    if (!pv_jack_state_has (&watch->state, number))
      continue;
    /* REMOVE is all bits. */
    if (snd_ctl_event_elem_get_mask (event) == SND_CTL_EVENT_MASK_REMOVE)
      pv_jack_state_set (&watch->state, number, FALSE);
    else if (snd_ctl_event_elem_get_mask (event) & SND_CTL_EVENT_MASK_VALUE)
      read_value (watch, number);
  }
  return code >= 0 || code == -EAGAIN || code == -EINTR;
}

static gboolean
dispatch_cb (GSource *source, GSourceFunc callback, gpointer user_data)
{
  PvJackWatch *watch = user_data;
  gboolean is_there = TRUE, is_plugged;
  unsigned short events = 0;

  (void) callback;
  g_source_set_ready_time (source, -1);
  for (guint i = 0; i < watch->n_polled; i++)
    watch->polled[i].revents = (short) g_source_query_unix_fd (source, watch->tags[i]);
  if (snd_ctl_poll_descriptors_revents (watch->ctl, watch->polled, watch->n_polled, &events) < 0
      || (events & (POLLERR | POLLHUP | POLLNVAL)) != 0 || ((events & POLLIN) != 0 && !read_events (watch)))
    is_there = FALSE;
  if (!is_there)
    for (guint i = 0; i < watch->state.n_controls; i++)
      watch->state.controls[i].is_plugged = FALSE;
  is_plugged = pv_jack_state_is_plugged (&watch->state);
  if (!watch->is_told || watch->told != is_plugged) {
    watch->is_told = TRUE;
    watch->told = is_plugged;
    watch->func (is_plugged, watch->user_data);
  }
  return is_there ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static gboolean
unused_cb (gpointer user_data)
{
  (void) user_data;
  return G_SOURCE_CONTINUE;
}

static gboolean
is_boolean (snd_ctl_t *ctl, guint number)
{
  snd_ctl_elem_info_t *info;

  snd_ctl_elem_info_alloca (&info);
  snd_ctl_elem_info_set_numid (info, number);
  return snd_ctl_elem_info (ctl, info) >= 0 && snd_ctl_elem_info_get_type (info) == SND_CTL_ELEM_TYPE_BOOLEAN;
}

/* 0, or an error of ALSA. */
static int
find_controls (PvJackWatch *watch)
{
  snd_ctl_elem_list_t *list;
  unsigned int count;
  int code;

  snd_ctl_elem_list_alloca (&list);
  if ((code = snd_ctl_elem_list (watch->ctl, list)) < 0)
    return code;
  count = MIN (snd_ctl_elem_list_get_count (list), MAX_ELEMENTS);
  if ((code = snd_ctl_elem_list_alloc_space (list, count)) < 0)
    return code;
  code = snd_ctl_elem_list (watch->ctl, list);
  for (unsigned int i = 0; code >= 0 && i < snd_ctl_elem_list_get_used (list); i++) {
    guint number = snd_ctl_elem_list_get_numid (list, i);

    if (pv_jack_counts (snd_ctl_elem_list_get_name (list, i)) && is_boolean (watch->ctl, number)
        && pv_jack_state_add (&watch->state, number))
      read_value (watch, number);
  }
  snd_ctl_elem_list_free_space (list);
  return MIN (code, 0);
}

static gboolean
fail (const char *card, const char *why, GError **error)
{
  g_set_error (error, PV_VOICE_ERROR, PV_VOICE_ERROR_NO_JACK, "%s: %s", card, why);
  return FALSE;
}

static gboolean
open_card (PvJackWatch *watch, const char *card, GError **error)
{
  int code = snd_ctl_open (&watch->ctl, card, SND_CTL_NONBLOCK | SND_CTL_READONLY);

  if (code < 0) {
    watch->ctl = NULL;
    return fail (card, snd_strerror (code), error);
  }
  /* Subscribed first: a plug between the two is read, or told. */
  if ((code = snd_ctl_subscribe_events (watch->ctl, 1)) < 0 || (code = find_controls (watch)) < 0)
    return fail (card, snd_strerror (code), error);
  if (watch->state.n_controls == 0)
    return fail (card, "no control tells of a headset", error);
  code = snd_ctl_poll_descriptors (watch->ctl, watch->polled, MAX_POLLED);
  if (code < 1 || code > MAX_POLLED)
    return fail (card, "cannot be waited for", error);
  watch->n_polled = (guint) code;
  return TRUE;
}

PvJackWatch *
pv_jack_watch_new (const char *card, PvJackFunc func, gpointer user_data, GError **error)
{
  static GSourceFuncs funcs = { .dispatch = dispatch_cb };
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();
  g_autoptr (PvJackWatch) watch = g_new0 (PvJackWatch, 1);

  pv_sound_silence_library ();
  watch->func = func;
  watch->user_data = user_data;
  if (!open_card (watch, card != NULL ? card : "hw:0", error))
    return NULL;
  watch->source = g_source_new (&funcs, sizeof (GSource));
  g_source_set_callback (watch->source, unused_cb, watch, NULL);
  g_source_set_static_name (watch->source, "pv-jack");
  /* What is pulled out is said to nobody before anything else happens. */
  g_source_set_priority (watch->source, G_PRIORITY_HIGH);
  for (guint i = 0; i < watch->n_polled; i++)
    watch->tags[i] = g_source_add_unix_fd (watch->source, watch->polled[i].fd, (GIOCondition) watch->polled[i].events);
  g_source_set_ready_time (watch->source, 0);
  g_source_attach (watch->source, context);
  return g_steal_pointer (&watch);
}

void
pv_jack_watch_free (PvJackWatch *watch)
{
  if (watch == NULL)
    return;
  if (watch->source != NULL) {
    g_source_destroy (watch->source);
    g_source_unref (watch->source);
  }
  if (watch->ctl != NULL)
    snd_ctl_close (watch->ctl);
  g_free (watch);
}
