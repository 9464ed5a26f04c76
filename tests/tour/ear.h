/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* ear.h: what the voice of the kiosk says, as tests/fakes/voice-tap.c tells it. */
#pragma once

#include <glib.h>

typedef struct TourHeard {
  char *text;     /* with plain spaces */
  char *language; /* of the voice: "fr" */
} TourHeard;

typedef struct TourEar TourEar;

/* @path: of the socket, made anew; @record: a file for all that is heard. NULL and a sentence on stderr if there is no socket. */
TourEar *tour_ear_new (const char *path, const char *record);
void tour_ear_free (TourEar *ear);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TourEar, tour_ear_free)

/* How many sentences were begun so far. */
guint tour_ear_count (TourEar *ear);
/* TRUE while one is being said. */
gboolean tour_ear_is_hearing (TourEar *ear);
/* Sentence number @index; NULL: it has not been begun within @wait_ms. (transfer none) */
const TourHeard *tour_ear_get (TourEar *ear, guint index, guint wait_ms);
/* Waits until @ms have gone by without a word; FALSE: it did not come to that within @limit_ms. */
gboolean tour_ear_wait_for_silence (TourEar *ear, guint ms, guint limit_ms);
