/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* assist-link.h: a session's part of an assistance: runs the kiosk's machine (assist/machine-kiosk.h) over the courier.
 *
 * What the citizen touches comes in as effects of the journey, what the mediator does goes out as events for it. While
 * nobody calls or helps there is no key, no machine and no timer; a hidden session has not even a line. The session's key
 * is made for one assistance, when the citizen calls, lives in locked memory, and is wiped at its end.
 *
 * Nothing blocks and nothing fails: what does not work is told as a state. Main thread only. */
#pragma once

#include "core/journey.h"
#include "platform/clock.h"

typedef struct PvAssistLink PvAssistLink;

/* What becomes of it, for the journey. Called from the main loop or from within the functions below; must not free the
 * link. The arguments are borrowed. */
typedef struct PvAssistLinkEvents {
  void (*changed) (const PvAssistance *assistance, gpointer user_data);
  void (*pointed) (const char *target, gpointer user_data);
  void (*explained) (const char *text, gpointer user_data);
  /* With its actor: the mediator, or the citizen who accepted. */
  void (*intention) (const PvIntention *intention, gpointer user_data);
  /* A verb of the audit log. @field: (nullable) */
  void (*noted) (const char *verb, const char *field, gpointer user_data);
  /* In which the screens are wanted, as the mediator's machine says: a code that need not be the commune's; "": none. NULL: as the
   * citizen reads. */
  void (*language) (const char *language, gpointer user_data);
} PvAssistLinkEvents;

/* Copied. */
typedef struct PvAssistLinkConfig {
  const char *socket_path;
  const char *const *roots;     /* [assist] roots: whose mediators may answer; base64 */
  const char *const *revoked;   /* (nullable): [assist] revoked: who may not answer any more */
  const char *certificate_file; /* (nullable): [assist] certificate-file: for which commune they must speak */
  const char *room_phone;       /* (nullable): [assist] room-phone: where a mediator can ring the kiosk */
  PvClock *clock;               /* borrowed */
} PvAssistLinkConfig;

/* NULL: the settings name no root that could be used. There is no line yet. */
PvAssistLink *pv_assist_link_new (const PvAssistLinkConfig *config, const PvAssistLinkEvents *events,
                                  gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;
/* The citizen leaves: ends what is under way and wipes the keys. Nothing is told from now on; what the courier must keep
 * is still being said. */
void pv_assist_link_end (PvAssistLink *link);
/* Ends it, if nobody has. */
void pv_assist_link_free (PvAssistLink *link);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvAssistLink, pv_assist_link_free)

/* A citizen may come: from now on it is known whether somebody can be called. */
void pv_assist_link_wake (PvAssistLink *link);

/* Carries out PV_EFFECT_ASSIST_...; FALSE: another effect. @language: of the words on the screen, for the consent
 * records. */
gboolean pv_assist_link_perform (PvAssistLink *link, const PvEffect *effect, const char *language);
/* Anybody touched the screen or a key, before it is known what that means. @is_renewal: the one button that does not
 * take the hand back. */
void pv_assist_link_touched (PvAssistLink *link, gboolean is_renewal);

/* Somebody is called, or helps: every change of the screen must be told. */
gboolean pv_assist_link_wants_screen (const PvAssistLink *link);
/* @state: kept until the next one; what a mediator may see of it is the assistance's own decision. */
void pv_assist_link_screen (PvAssistLink *link, const PvScreenState *state);
