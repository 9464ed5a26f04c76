/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* people.h: who does the tour, where it is not the person of the main one. */
#pragma once

#include <glib.h>

typedef struct TourPerson {
  const char *name;     /* as --as has it */
  const char *language; /* (nullable): chosen on the first screen; NULL: French */
  const char *card;     /* (nullable): of the demo, laid on the reader */
  const char *lines[2]; /* (nullable): what stands under its photo, for a card without digits of its own */
  const char *phone;    /* (nullable): of another country */
  gboolean has_keypad;  /* does not see: keys and ears alone */
  gboolean needs_large; /* 200 %, high contrast */
  gboolean sits_low;    /* in a wheelchair: all within reach */
  gboolean has_email;
} TourPerson;

/* (transfer none) (nullable) */
const TourPerson *tour_person_find (const char *name);
