/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* service-private.h: what service.c and service-screens.c share; nobody else includes it. */
#pragma once

#include "core/service.h"

typedef enum {
  PV_SERVICE_AT_PIN,
  PV_SERVICE_AT_HOME,
  PV_SERVICE_AT_FINDINGS,
  PV_SERVICE_AT_TESTS,
  PV_SERVICE_AT_PRINT,
  PV_SERVICE_AT_TOUCH,
  PV_SERVICE_AT_SOUND,
  PV_SERVICE_AT_CARD,
  PV_SERVICE_AT_CLOSE,
  PV_SERVICE_AT_RESTART,
  PV_SERVICE_AT_SAVE,
  PV_SERVICE_AT_END,
} PvServiceStage;

/* What the findings are about. */
typedef enum { PV_SERVICE_OF_ALL, PV_SERVICE_OF_PRINTER, PV_SERVICE_OF_NETWORK } PvServiceSubject;

/* Of what was asked of somebody else. */
typedef enum { PV_SERVICE_NOT_ASKED, PV_SERVICE_ASKED, PV_SERVICE_SUCCEEDED, PV_SERVICE_FAILED } PvServiceAnswer;

enum { PV_SERVICE_MAX_TIMES = 4 };

struct PvService {
  char *commune, *place;
  gboolean can_speak, has_printer, has_reader;
  PvLook look;
  PvCapacity capacity;
  PvSpeaking speaking;
  PvServiceStage stage;
  gboolean is_asking; /* "Are you still there?" */

  /* the PIN */
  char pin[PV_SERVICE_PIN_DIGITS + 1];
  gboolean is_trying;
  PvServiceVerdict verdict; /* OPEN: nothing is wrong so far */
  guint tries_left;
  gint64 locked_us;

  /* what is known of the kiosk */
  GPtrArray *findings; /* (nullable) (element-type PvServiceFinding): of everything */
  GPtrArray *part;     /* (nullable): of the subject that is looked at */
  gboolean is_looking, could_not_look;
  PvServiceSubject looked_at; /* what is_looking is about */
  PvServiceSubject subject;
  guint page;
  int n_waiting; /* below 0: not known */
  gboolean is_closed;
  gint64 closed_us;

  /* tests and deeds */
  PvPrintState print_state;
  PvServiceAnswer print, close, restart, save;
  guint touched; /* bits */
  gboolean is_silent;
  PvCardState card;
  gboolean has_card_state;

  PvMoment now; /* of the last call; owns its zone */
  gint64 active_ms, asked_ms;
  GQueue effects;
  PvScreenState *state; /* (nullable): to be built */
  guint64 revision;
};

/* Times until which the kiosk can be closed, soonest first; how many. */
guint pv_service_list_times (const PvService *service, gint64 ret_us[PV_SERVICE_MAX_TIMES]);
/* Those that are shown now. (nullable) */
const GPtrArray *pv_service_get_findings (const PvService *service);
/* How many of everything are to be mended, or could not be looked at. */
guint pv_service_count_wrong (const PvService *service);
/* service-screens.c. (transfer full) */
PvScreenState *pv_service_make_state (PvService *service);
