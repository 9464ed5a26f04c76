/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* session-private.h: what the files session*.c share; nobody else includes it. */
#pragma once

#include "core/journey.h"
#include "kiosk/session/assist-link.h"
#include "kiosk/session/capture-link.h"
#include "kiosk/session/card-link.h"
#include "kiosk/session/courier-link.h"
#include "kiosk/session/look-up-link.h"
#include "kiosk/session/photo.h"
#include "kiosk/session/printer-link.h"
#include "kiosk/session/session.h"
#include "kiosk/session/shared-screen.h"
#include "kiosk/session/speech-link.h"
#include "kiosk/session/supervisor-link.h"
#include "platform/address-index.h"
#include "view/kiosk-window.h"

struct PvSession {
  const PvSettings *settings;
  PvJourney *journey;
  PvKioskWindow *window;
  PvCourierLink *courier;
  PvPrinterLink *printer;
  PvCardLink *card;
  PvAssistLink *assist;   /* (nullable): the settings have no assistance */
  PvSharedScreen *shared; /* what a mediator sees */
  PvPhoto *photo;
  PvLookUpLink *look_up;
  PvAddressIndex *addresses; /* (nullable): opened when it is needed */
  PvCaptureLink *capture;
  PvSpeechLink *speech;         /* (nullable): the settings have no voice */
  gboolean is_showing;          /* a screen: where it puts the keys is said when it is, not before */
  PvSpeaking speaking;          /* as it was told last */
  PvSupervisorLink *supervisor; /* NULL: alone */
  GTimeZone *zone;
  guint tick_source;
  guint refresh_source;
  guint trim_source;
  guint measure_source;
  guint goodbye_source, goodbye_rounds;
  gint64 told_deadline_ms;
  gboolean is_visible;
  gboolean was_painted;
  gboolean is_capacity_wanted;
  void (*ended) (gpointer);
  gpointer user_data;
};

PvMoment pv_session_now (const PvSession *session);
/* Shows the screen, and performs what is to be done, once the present callback has returned. */
void pv_session_refresh_soon (PvSession *session);
/* Tells the supervisor, too, when this session ends by itself. To be called when time is another's, but the screen is not. */
void pv_session_plan_tick (PvSession *session);
/* session-perform.c */
void pv_session_perform (PvSession *session, const PvEffect *effect);
/* session-capture.c: scanner and phone */
PvCaptureLink *pv_session_make_capture (PvSession *session, const char *decode_program);
void pv_session_perform_capture (PvSession *session, const PvEffect *effect);
/* session-lookup.c: requests and invoices */
PvLookUpLink *pv_session_make_look_up (PvSession *session, const char *decode_program);
void pv_session_perform_look_up (PvSession *session, const PvEffect *effect);
/* session-address.c */
void pv_session_find_addresses (PvSession *session, const PvEffect *effect);
/* session-speech.c: the voice */
PvSpeechLink *pv_session_make_speech (PvSession *session);
/* The devices are this session's. */
void pv_session_wake_speech (PvSession *session);
void pv_session_perform_speech (PvSession *session, const PvEffect *effect);
void pv_session_show_to_speech (PvSession *session);
/* session-closed.c: the kiosk is closed */
void pv_session_perform_closed (PvSession *session);
/* session-practice.c */
void pv_session_set_practice (PvSession *session, gboolean is_practising);
void pv_session_set_language (PvSession *session, const char *code);
/* What the portal writes, in this language. (transfer full) (nullable): French, or nothing is translated */
PvTexts *pv_session_read_texts (const PvSession *session, const char *code);
