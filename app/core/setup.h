/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* setup.h: the first-start assistant, for whoever puts a kiosk up, as a pure state machine like service.h.
 *
 * Intentions and answers go in; a screen-state and effects come out. No I/O, no clock but an argument. Each step is proved before
 * the next one is shown: by parvis-provision where a machine can tell, by the person who looks, listens or measures where only a
 * person can. Every step can be gone back from until the end. */
#pragma once

#include "core/card.h"
#include "core/journey.h"
#include "core/setup-request.h"

enum {
  PV_SETUP_TARGETS = 5, /* of the touch test */
  PV_SETUP_MAX_PRINTERS = 6,
  PV_SETUP_STEPS = 9,
  PV_SETUP_MAX_DISKS = 6,
};

typedef struct PvSetupConfig {
  gboolean can_speak;
  int width_px, height_px; /* of the panel, as it is looked at */
  const char *language;    /* "fr" or "en"; copied */
  gboolean is_installing;  /* the system runs from a stick: a disk is chosen and written, and nothing else is asked */
} PvSetupConfig;

typedef enum {
  PV_SETUP_ASK,        /* line: of setup-request.h: pv_setup_answered() */
  PV_SETUP_WATCH_CARD, /* pv_setup_card_report() */
  PV_SETUP_STOP_CARD,
  PV_SETUP_SPEECH,       /* line: a word of PvNarrate */
  PV_SETUP_SET_LOOK,     /* pv_setup_get_look() */
  PV_SETUP_SET_LANGUAGE, /* line: the code; pv_setup_retell() when its texts are there */
} PvSetupEffectKind;

typedef struct PvSetupEffect {
  PvSetupEffectKind kind;
  PvSetupVerb verb; /* of ASK */
  char *line;       /* (nullable): wiped */
} PvSetupEffect;

void pv_setup_effect_free (PvSetupEffect *effect);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvSetupEffect, pv_setup_effect_free)

typedef struct PvSetup PvSetup;

/* What was answered before a power cut is asked for at once. */
PvSetup *pv_setup_new (const PvSetupConfig *config);
void pv_setup_free (PvSetup *setup);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvSetup, pv_setup_free)

/* The settings have a voice, and nothing speaks. */
void pv_setup_set_can_speak (PvSetup *setup, gboolean can_speak);

/* Everything below may change the screen and queue effects. */
void pv_setup_handle (PvSetup *setup, const PvIntention *intention);
/* @texts: (nullable): what came with "ok". An answer that nobody waits for any more changes nothing. */
void pv_setup_answered (PvSetup *setup, PvSetupVerb verb, PvSetupReason reason, const char *const *texts);
/* Of what is asked for: how far it is. */
void pv_setup_progress (PvSetup *setup, PvSetupVerb verb, guint percent);
void pv_setup_card_report (PvSetup *setup, PvCardState state);
void pv_setup_speaking_changed (PvSetup *setup, const PvSpeaking *speaking);
/* The texts are in another language by now. */
void pv_setup_retell (PvSetup *setup);

PvLook pv_setup_get_look (const PvSetup *setup);
/* (transfer none): until the next call */
const PvScreenState *pv_setup_get_state (PvSetup *setup);
/* (transfer full) (nullable) */
PvSetupEffect *pv_setup_pop_effect (PvSetup *setup);
