/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* sound-out.h: an ALSA device that speech goes to, filled only a little ahead of what is heard.
 *
 * One thread at a time; nothing of it waits. The pace is that of the clock, so that a device which takes everything at once
 * (ALSA's "null") behaves like any other. Frames are counted from the opening on. */
#pragma once

#include <glib.h>

typedef struct PvSoundOut PvSoundOut;

/* What may be written and not heard yet: as little as can be, because behind ALSA's dmix it may still be heard after a silence;
 * more on a machine on which that ran dry. */
enum { PV_SOUND_LEAD_MS = 60, PV_SOUND_LONG_LEAD_MS = 180 };
/* A device that takes nothing for so long is gone. */
enum { PV_SOUND_PATIENCE_MS = 1000 };

/* @device: of ALSA; @rate: frames a second, one channel, 16 bits.  PV_VOICE_ERROR_NO_DEVICE */
PvSoundOut *pv_sound_out_open (const char *device, guint rate, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* NULL is accepted. What is not heard yet never is. */
void pv_sound_out_close (PvSoundOut *out);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvSoundOut, pv_sound_out_close)

/* How many of @n_frames it took: 0 when it is full. FALSE: it is gone (PV_VOICE_ERROR_NO_DEVICE), and is to be closed. */
gboolean pv_sound_out_write (PvSoundOut *out, const gint16 *samples, gsize n_frames, gsize *ret_taken, GError **error);
guint64 pv_sound_out_get_written (const PvSoundOut *out);
/* Of those, how many are over. FALSE: it has been stuck for longer than PV_SOUND_PATIENCE_MS. */
gboolean pv_sound_out_get_heard (PvSoundOut *out, guint64 *ret_heard);
/* Monotonic microseconds when frame @frame is heard, if nothing holds the device up. */
gint64 pv_sound_out_when (const PvSoundOut *out, guint64 frame);
/* At once. What was written counts as heard. */
void pv_sound_out_silence (PvSoundOut *out);
/* libasound writes to the terminal what its answers say as well: from now on it does not. */
void pv_sound_silence_library (void);
