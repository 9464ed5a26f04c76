/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* output.h: what the two machines want done, and what they need from outside. */
#pragma once

#include "assist/certificate.h"
#include "core/intention.h"

/* A moment, told by the caller. */
typedef struct PvAssistTime {
  gint64 mono_ms; /* monotonic */
  guint64 utc;    /* seconds */
} PvAssistTime;

typedef struct PvAssistRandom {
  void (*fill) (gpointer data, guint8 *bytes, gsize size);
  gpointer data;
} PvAssistRandom;

typedef enum {
  PV_OUTPUT_PUBLISH,   /* bytes: a call, for the mediators of the commune */
  PV_OUTPUT_SEND,      /* bytes: for @peer; is_beat: what may be lost, as the next one tells of it */
  PV_OUTPUT_CHANGED,   /* what is shown of the assistance changed: look at the machine */
  PV_OUTPUT_MIRROR,    /* mediator: the mirror changed */
  PV_OUTPUT_POINT,     /* kiosk: @target glows */
  PV_OUTPUT_EXPLAIN,   /* kiosk: @text is shown and read aloud */
  PV_OUTPUT_INTENTION, /* kiosk: @intention, to the journey */
  PV_OUTPUT_LANGUAGE, /* kiosk: @text: in which the mirror is to be made, as the mediator says; NULL: as the citizen reads */
  PV_OUTPUT_ANSWER,  /* mediator: @id and @code (PvResult) */
  PV_OUTPUT_QUICK,   /* mediator: @code (PvQuick) */
  PV_OUTPUT_CONSENT, /* bytes: a consent record, as far as it is signed */
  PV_OUTPUT_AUDIT,   /* @text: verb, @target: name of a field or nothing */
} PvOutputKind;

typedef struct PvOutput {
  PvOutputKind kind;
  GBytes *bytes;
  guint8 peer[PV_CERTIFICATE_ID_BYTES];
  char *target;
  char *text; /* wiped */
  PvIntention *intention;
  guint32 id;
  guint code;
  gboolean is_beat;
} PvOutput;

void pv_output_free (PvOutput *output);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvOutput, pv_output_free)

/* A queue of outputs; pv_output_queue_add() gives the new one, to be filled in. */
PvOutput *pv_output_queue_add (GQueue *queue, PvOutputKind kind);
void pv_output_queue_clear (GQueue *queue);
