/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* narrator-private.h: what of a screen is said; shared by the files narrator*.c, nobody else includes it.
 *
 * All lists: (transfer full) (element-type PvUtterance); each is one sentence. */
#pragma once

#include "core/narrator.h"

/* The whole screen. */
GPtrArray *pv_script_screen (const PvScreenState *state);
/* What is there that was not, errors first; nothing of the help band, nothing of @typed (nullable): the field whose letters
 * were said already. */
GPtrArray *pv_script_changes (const PvScreenState *before, const PvScreenState *now, const char *typed);
/* TRUE: @now is to be read as a whole: another screen, or another page of it. */
gboolean pv_script_is_another (const PvScreenState *before, const PvScreenState *now);
/* Label, kind, state, position of what the keys are on; empty if it is not there. */
GPtrArray *pv_script_focus (const PvScreenState *state, const PvFocus *focus);
/* Where the keys are after a jump to what is wrong: its name, and how to mend it. */
GPtrArray *pv_script_jump (const PvScreenState *state);
/* Each character of the references on the screen. */
GPtrArray *pv_script_spelled (const PvScreenState *state);
/* The first words into a headset on Welcome: that it works, language, keys, volume, how to stop. */
GPtrArray *pv_script_hello (const PvNarratorConfig *config, const char *language);
/* What is said of letters that came or went between @before and @now. */
GPtrArray *pv_script_typed (const PvField *field, const char *before, const char *now, PvSpeechEcho echo);
/* "Volume: 70 percent." */
GPtrArray *pv_script_volume (guint percent);
GPtrArray *pv_script_rate (guint rate);
/* What stands on the curtain. */
GPtrArray *pv_script_curtained (void);
/* What is personal is not said here; not @is_discreet: nowhere, by this voice. */
GPtrArray *pv_script_withheld (gboolean is_discreet);

/* Adds @utterance as its sentences, and takes it. */
void pv_script_add (GPtrArray *script, PvUtterance *utterance);
