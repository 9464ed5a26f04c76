/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "sound-card.h"

#include <alsa/asoundlib.h>
#include <dlfcn.h>
#include <glib/gstdio.h>

struct SoundCard {
  char *folder, *config;
  void *module;
  void (*reset) (void);
  void (*set) (SoundCardOutlet outlet, gboolean is_away, gboolean is_stuck);
  void (*look) (SoundCardOutlet outlet, SoundCardHeard *ret_heard);
  void (*set_jack) (SoundCardJack jack, gboolean is_plugged);
  void (*set_gone) (gboolean gone);
};

/* POSIX's way to a function out of a module. */
static void
find (SoundCard *card, const char *name, gpointer ret_function)
{
  *(void **) ret_function = dlsym (card->module, name);
  if (*(void **) ret_function == NULL)
    g_error ("%s: not in the module", name);
}

static char *
configuration (const char *folder, const char *module)
{
  return g_strdup_printf ("pcm_type.parvis { lib \"%s\" }\n"
                          "pcm.loudspeaker { type parvis outlet %d }\n"
                          "pcm.headset { type parvis outlet %d }\n"
                          "pcm.converted { type plug slave.pcm { type parvis outlet %d rate 48000 channels 2 } }\n"
                          "ctl_type.parvis { lib \"%s\" }\n"
                          "ctl.card { type parvis kind 0 }\n"
                          "ctl.mute-card { type parvis kind 1 }\n"
                          "pcm.nowhere { type null }\n"
                          "pcm.file { type file file \"%s/sound.raw\" format raw slave.pcm { type null } }\n",
                          module, SOUND_CARD_LOUDSPEAKER, SOUND_CARD_HEADSET, SOUND_CARD_LOUDSPEAKER, module, folder);
}

SoundCard *
sound_card_new (void)
{
  const char *module = g_getenv ("PV_SOUND_CARD_MODULE");
  SoundCard *card = g_new0 (SoundCard, 1);
  g_autofree char *text = NULL;

  card->folder = g_dir_make_tmp ("pv-sound-XXXXXX", NULL);
  card->config = g_build_filename (card->folder, "alsa.conf", NULL);
  card->module = module != NULL ? dlopen (module, RTLD_NOW | RTLD_LOCAL) : NULL;
  if (card->module == NULL)
    g_error ("PV_SOUND_CARD_MODULE: %s", module != NULL ? dlerror () : "not set");
  text = configuration (card->folder, module);
  if (!g_file_set_contents (card->config, text, -1, NULL))
    g_error ("%s: cannot be written", card->config);
  g_setenv ("ALSA_CONFIG_PATH", card->config, TRUE);
  find (card, "sound_card_module_reset", &card->reset);
  find (card, "sound_card_module_set", &card->set);
  find (card, "sound_card_module_look", &card->look);
  find (card, "sound_card_module_set_jack", &card->set_jack);
  find (card, "sound_card_module_set_gone", &card->set_gone);
  sound_card_reset (card);
  return card;
}

void
sound_card_free (SoundCard *card)
{
  g_autofree char *sound = g_build_filename (card->folder, "sound.raw", NULL);

  snd_config_update_free_global ();
  g_remove (sound);
  g_remove (card->config);
  g_rmdir (card->folder);
  g_free (card->config);
  g_free (card->folder);
  g_free (card);
}

void
sound_card_reset (SoundCard *card)
{
  card->reset ();
  card->set_gone (FALSE);
}

void
sound_card_unplug (SoundCard *card, SoundCardOutlet outlet)
{
  card->set (outlet, TRUE, FALSE);
}

void
sound_card_plug (SoundCard *card, SoundCardOutlet outlet)
{
  card->set (outlet, FALSE, FALSE);
}

void
sound_card_hold (SoundCard *card, SoundCardOutlet outlet)
{
  card->set (outlet, FALSE, TRUE);
}

void
sound_card_look (SoundCard *card, SoundCardOutlet outlet, SoundCardHeard *ret_heard)
{
  card->look (outlet, ret_heard);
}

void
sound_card_set_jack (SoundCard *card, SoundCardJack jack, gboolean is_plugged)
{
  card->set_jack (jack, is_plugged);
}

void
sound_card_take_away (SoundCard *card)
{
  card->set_gone (TRUE);
}
