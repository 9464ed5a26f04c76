/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* sound-card-ctl: the controls of the sound card of the tests: its jacks; in one module with sound-card-pcm.c. */
#include <alsa/asoundlib.h>
#include <alsa/control_external.h>
#include <glib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "sound-card.h"

typedef struct Card {
  snd_ctl_ext_t ext;
  guint kind;   /* whose names it has */
  char *folder; /* (nullable): what is plugged from outside of the process */
  char *plug;   /* (nullable): a file in it */
} Card;

/* In the folder of a card that is plugged from outside: as long as it is there, a headset is. */
#define PLUG_NAME "headset"

/* "card", and "mute-card", which has no jack that counts. */
static const char *const names[][SOUND_CARD_N_JACKS] = {
  { "HDMI/DP,pcm=3 Jack", "Front Headphone Phantom Jack", "Headphone Jack", "Headset Jack" },
  { "HDMI/DP,pcm=3 Jack", "Front Headphone Phantom Jack", "Mic Jack", "Line Out Jack" },
};

static GMutex lock; /* of what follows */
static gboolean values[SOUND_CARD_N_JACKS], changed[SOUND_CARD_N_JACKS], is_gone;
static int wake_fd = -1;

static int
elem_count_cb (snd_ctl_ext_t *ext)
{
  (void) ext;
  return SOUND_CARD_N_JACKS;
}

static int
elem_list_cb (snd_ctl_ext_t *ext, unsigned int offset, snd_ctl_elem_id_t *id)
{
  const Card *card = ext->private_data;

  snd_ctl_elem_id_set_interface (id, SND_CTL_ELEM_IFACE_CARD);
  snd_ctl_elem_id_set_name (id, names[card->kind][offset]);
  return 0;
}

static snd_ctl_ext_key_t
find_elem_cb (snd_ctl_ext_t *ext, const snd_ctl_elem_id_t *id)
{
  const Card *card = ext->private_data;

  for (guint i = 0; i < SOUND_CARD_N_JACKS; i++)
    if (strcmp (names[card->kind][i], snd_ctl_elem_id_get_name (id)) == 0)
      return i;
  return SND_CTL_EXT_KEY_NOT_FOUND;
}

static int
get_attribute_cb (snd_ctl_ext_t *ext, snd_ctl_ext_key_t key, int *type, unsigned int *access, unsigned int *count)
{
  (void) ext;
  (void) key;
  *type = SND_CTL_ELEM_TYPE_BOOLEAN;
  *access = SND_CTL_EXT_ACCESS_READ;
  *count = 1;
  return 0;
}

static int
get_integer_info_cb (snd_ctl_ext_t *ext, snd_ctl_ext_key_t key, long *least, long *most, long *step)
{
  (void) ext;
  (void) key;
  *least = 0;
  *most = 1;
  *step = 1;
  return 0;
}

static int
read_integer_cb (snd_ctl_ext_t *ext, snd_ctl_ext_key_t key, long *value)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&lock);
  const Card *card = ext->private_data;

  *value = card->plug != NULL && key == SOUND_CARD_HEADSET_JACK ? access (card->plug, F_OK) == 0 : values[key];
  return is_gone ? -ENODEV : 0;
}

/* What happened in the folder is not asked: what is there now is what counts. */
static void
drain (const Card *card)
{
  char events[4096] __attribute__ ((aligned (__alignof__(struct inotify_event))));
  eventfd_t count;

  if (card->folder == NULL) {
    eventfd_read (wake_fd, &count);
    return;
  }
  while (read (wake_fd, events, sizeof events) > 0)
    changed[SOUND_CARD_HEADSET_JACK] = TRUE;
}

static int
read_event_cb (snd_ctl_ext_t *ext, snd_ctl_elem_id_t *id, unsigned int *mask)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&lock);
  const Card *card = ext->private_data;

  if (is_gone)
    return -ENODEV;
  if (card->folder != NULL)
    drain (card);
  for (guint i = 0; i < SOUND_CARD_N_JACKS; i++) {
    if (!changed[i])
      continue;
    changed[i] = FALSE;
    elem_list_cb (ext, i, id);
    snd_ctl_elem_id_set_numid (id, i + 1);
    *mask = SND_CTL_EVENT_MASK_VALUE;
    return 1;
  }
  drain (card);
  return -EAGAIN;
}

static void
close_cb (snd_ctl_ext_t *ext)
{
  Card *card = ext->private_data;

  close (wake_fd);
  wake_fd = -1;
  g_free (card->folder);
  g_free (card->plug);
  g_free (card);
}

/* News of the folder of @card, or of this process. */
static int
open_wake_fd (const Card *card)
{
  int fd;

  if (card->folder == NULL)
    return eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  fd = inotify_init1 (IN_CLOEXEC | IN_NONBLOCK);
  if (fd >= 0)
    inotify_add_watch (fd, card->folder, IN_CREATE | IN_MOVED_TO | IN_DELETE | IN_MOVED_FROM);
  return fd;
}

SND_CTL_PLUGIN_DEFINE_FUNC (parvis);

SND_CTL_PLUGIN_DEFINE_FUNC (parvis)
{
  static const snd_ctl_ext_callback_t callbacks = {
    .close = close_cb,
    .elem_count = elem_count_cb,
    .elem_list = elem_list_cb,
    .find_elem = find_elem_cb,
    .get_attribute = get_attribute_cb,
    .get_integer_info = get_integer_info_cb,
    .read_integer = read_integer_cb,
    .read_event = read_event_cb,
  };
  snd_config_t *setting;
  const char *folder = NULL;
  long kind = 0;
  Card *card;
  int code;

  (void) root;
  if (snd_config_search (conf, "kind", &setting) < 0 || snd_config_get_integer (setting, &kind) < 0 || kind < 0
      || kind >= (long) G_N_ELEMENTS (names))
    return -EINVAL;
  if (snd_config_search (conf, "folder", &setting) >= 0 && snd_config_get_string (setting, &folder) < 0)
    return -EINVAL;
  card = g_new0 (Card, 1);
  card->kind = (guint) kind;
  card->folder = g_strdup (folder);
  card->plug = folder != NULL ? g_build_filename (folder, PLUG_NAME, NULL) : NULL;
  wake_fd = open_wake_fd (card);
  card->ext.version = SND_CTL_EXT_VERSION;
  g_strlcpy (card->ext.name, "A card of the tests", sizeof card->ext.name);
  card->ext.poll_fd = wake_fd;
  card->ext.callback = &callbacks;
  card->ext.private_data = card;
  code = snd_ctl_ext_create (&card->ext, name, mode);
  if (code < 0) {
    close_cb (&card->ext);
    return code;
  }
  *handlep = card->ext.handle;
  return 0;
}
SND_CTL_PLUGIN_SYMBOL (parvis);

/* --- For sound-card.c --------------------------------------------------------------------------------------------- */

void
sound_card_module_set_jack (SoundCardJack jack, gboolean is_plugged)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&lock);

  values[jack] = is_plugged;
  changed[jack] = TRUE;
  if (wake_fd >= 0)
    eventfd_write (wake_fd, 1);
}

void
sound_card_module_set_gone (gboolean gone)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&lock);

  is_gone = gone;
  if (!gone) {
    memset (values, 0, sizeof values);
    memset (changed, 0, sizeof changed);
  }
  if (wake_fd >= 0)
    eventfd_write (wake_fd, 1);
}
