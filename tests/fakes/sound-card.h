/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* sound-card.h: a sound card for the real libasound: a configuration of ALSA's in a folder of the test's own, with these
 * devices, which play at the pace of the clock into memory:
 *   "loudspeaker", "headset"   at 22050 frames a second, one channel
 *   "converted"                the loudspeaker at 48000 frames a second and two channels, behind ALSA's own "plug", which makes of
 *                              our pace and channel those of the card, as "default" does on most machines
 *   "nowhere"                  ALSA's own "null", which takes everything at once
 *   "file"                     ALSA's own "file" on "null"
 * and these cards with jacks:
 *   "card"                     those of SoundCardJack
 *   "mute-card"                others that tell of no headset
 * One a process, made before anything else asks ALSA. PV_SOUND_CARD_MODULE is where sound-card-pcm is. */
#pragma once

#include <glib.h>

typedef enum { SOUND_CARD_LOUDSPEAKER, SOUND_CARD_HEADSET, SOUND_CARD_N_OUTLETS } SoundCardOutlet;

typedef enum {
  SOUND_CARD_HDMI,
  SOUND_CARD_PHANTOM,
  SOUND_CARD_HEADPHONE_JACK,
  SOUND_CARD_HEADSET_JACK,
  SOUND_CARD_N_JACKS
} SoundCardJack;

typedef struct SoundCardHeard {
  gsize n_frames, n_sounding; /* played; of them, not 0 */
  double power;               /* mean square */
  guint checksum;
  gint64 first_written_us; /* of a frame that sounds; 0: none; monotonic */
  gint64 first_sound_us, last_sound_us;
  guint n_ran_dry; /* played all that it had, and was not stopped */
  guint n_opened;
} SoundCardHeard;

typedef struct SoundCard SoundCard;

SoundCard *sound_card_new (void);
void sound_card_free (SoundCard *card);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SoundCard, sound_card_free)
/* As new: all is plugged in, nothing was heard. No device is open. */
void sound_card_reset (SoundCard *card);
void sound_card_unplug (SoundCard *card, SoundCardOutlet outlet);
void sound_card_plug (SoundCard *card, SoundCardOutlet outlet);
/* It takes what fits, and plays nothing. */
void sound_card_hold (SoundCard *card, SoundCardOutlet outlet);
void sound_card_look (SoundCard *card, SoundCardOutlet outlet, SoundCardHeard *ret_heard);
void sound_card_set_jack (SoundCard *card, SoundCardJack jack, gboolean is_plugged);
/* The whole card is pulled out; until the reset. */
void sound_card_take_away (SoundCard *card);

/* Of the module. */
void sound_card_module_reset (void);
void sound_card_module_set (SoundCardOutlet outlet, gboolean is_away, gboolean is_stuck);
void sound_card_module_look (SoundCardOutlet outlet, SoundCardHeard *ret_heard);
void sound_card_module_set_jack (SoundCardJack jack, gboolean is_plugged);
void sound_card_module_set_gone (gboolean gone);
