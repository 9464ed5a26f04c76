/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* service.h: the service screen, for whoever looks after the kiosk, as a pure state machine like journey.h.
 *
 * Intentions and answers go in; a screen-state and effects come out. No I/O, no clock: the time is an argument of each call.
 * Nothing is offered before the PIN of a signed key was found right; nothing is typed but that PIN; nothing is shown of a citizen.
 * Whoever performs an effect answers it: each has an end there, since nothing here waits by the clock but for a person.
 */
#pragma once

#include "core/card.h"
#include "core/journey.h"

enum {
  PV_SERVICE_PIN_DIGITS = 8,
  PV_SERVICE_IDLE_SECONDS = 240, /* nobody touches it: it asks, */
  PV_SERVICE_WARN_SECONDS = 60,  /* and then leaves */
  PV_SERVICE_TARGETS = 9,        /* of the touch test */
  PV_SERVICE_MAX_FINDINGS = 200,
};

/* Copied. */
typedef struct PvServiceConfig {
  const char *commune, *place;
  gboolean can_speak;
  gboolean starts_low;
  gboolean has_printer, has_reader; /* by the settings */
} PvServiceConfig;

typedef enum {
  PV_SERVICE_TRY_PIN, /* text: eight digits: pv_service_opened() */
  PV_SERVICE_LOOK,    /* text: (nullable): parts to look at, with blanks between them; NULL: all: pv_service_found() */
  PV_SERVICE_COUNT,   /* what waits in the outbox: pv_service_counted() */
  PV_SERVICE_NOTE_PAPER, /* somebody changed the paper */
  PV_SERVICE_PRINT,      /* a sample: pv_service_print_state() */
  PV_SERVICE_CLOSE,      /* until_us: 0: until somebody opens it: pv_service_done() */
  PV_SERVICE_REOPEN,     /* pv_service_done() */
  PV_SERVICE_RESTART,    /* the machine: pv_service_done(), if it stays */
  PV_SERVICE_SAVE,       /* what helps from afar, onto the key: pv_service_done() */
  PV_SERVICE_WATCH_CARD, /* pv_service_card_report() */
  PV_SERVICE_STOP_CARD,
  PV_SERVICE_SPEECH,   /* text: a word of PvNarrate */
  PV_SERVICE_SET_LOOK, /* pv_service_get_look() */
  PV_SERVICE_LEAVE,    /* the screen says so: end */
} PvServiceEffectKind;

typedef struct PvServiceEffect {
  PvServiceEffectKind kind;
  char *text; /* (nullable): wiped */
  gint64 until_us;
} PvServiceEffect;

void pv_service_effect_free (PvServiceEffect *effect);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvServiceEffect, pv_service_effect_free)

typedef enum {
  PV_SERVICE_OPEN,
  PV_SERVICE_WRONG_PIN,   /* tries_left */
  PV_SERVICE_LOCKED,      /* until_us */
  PV_SERVICE_KEY_REFUSED, /* it is not there any more, has expired, or is another kiosk's */
  PV_SERVICE_AWAY,        /* nobody answered */
} PvServiceVerdict;

typedef enum {
  PV_SERVICE_WELL,
  PV_SERVICE_NOTICE,
  PV_SERVICE_UNSEEN, /* could not be looked at */
  PV_SERVICE_WRONG,
} PvServiceHealth;

/* As parvisctl doctor tells it, in the language of the screen. */
typedef struct PvServiceFinding {
  PvServiceHealth health;
  char *title;    /* of the part */
  char *sentence; /* what is */
  char *to_do;    /* (nullable): what to do */
} PvServiceFinding;

PvServiceFinding *pv_service_finding_new (PvServiceHealth health, const char *title, const char *sentence,
                                          const char *to_do);
void pv_service_finding_free (PvServiceFinding *finding);

typedef struct PvService PvService;

/* The PIN is asked for. */
PvService *pv_service_new (const PvServiceConfig *config, const PvMoment *now);
void pv_service_free (PvService *service);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvService, pv_service_free)

void pv_service_set_capacity (PvService *service, const PvCapacity *capacity);
/* The settings have a voice, and nothing speaks. */
void pv_service_set_can_speak (PvService *service, gboolean can_speak);

/* Everything below may change the screen and queue effects. */
void pv_service_handle (PvService *service, const PvIntention *intention, const PvMoment *now);
void pv_service_tick (PvService *service, const PvMoment *now);
/* Somebody is there, whatever the touch will mean. */
void pv_service_noticed (PvService *service, const PvMoment *now);
/* @until_us: of LOCKED; @tries_left: of WRONG_PIN, of OPEN 0 */
void pv_service_opened (PvService *service, PvServiceVerdict verdict, guint tries_left, gint64 until_us,
                        const PvMoment *now);
/* Takes @findings (element-type PvServiceFinding); NULL: it could not be looked at. */
void pv_service_found (PvService *service, GPtrArray *findings, const PvMoment *now);
/* @n_waiting: below 0: not known */
void pv_service_counted (PvService *service, int n_waiting, const PvMoment *now);
void pv_service_print_state (PvService *service, PvPrintState state, const PvMoment *now);
void pv_service_card_report (PvService *service, PvCardState state, const PvMoment *now);
/* Of CLOSE, REOPEN, RESTART, SAVE. */
void pv_service_done (PvService *service, PvServiceEffectKind kind, gboolean is_done, const PvMoment *now);
/* As it is when the screen opens, and after CLOSE and REOPEN. @until_us: 0: until somebody opens it. */
void pv_service_set_closed (PvService *service, gboolean is_closed, gint64 until_us);
void pv_service_speaking_changed (PvService *service, const PvSpeaking *speaking);

/* Monotonic ms at which tick has something to do, and at which the screen ends if nobody touches it. */
gint64 pv_service_next_deadline_ms (const PvService *service);
gint64 pv_service_end_deadline_ms (const PvService *service);
PvLook pv_service_get_look (const PvService *service);
/* (transfer none): until the next call */
const PvScreenState *pv_service_get_state (PvService *service);
/* (transfer full) (nullable) */
PvServiceEffect *pv_service_pop_effect (PvService *service);
