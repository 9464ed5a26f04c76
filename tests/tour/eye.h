/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* eye.h: what a screen reader finds on the screen, through the accessibility bus. */
#pragma once

#include <atspi/atspi.h>

/* A screen, or what happens on it, must be there within this time. */
enum { TOUR_LIMIT_MS = 15000 };

typedef struct TourThing {
  char *name;        /* "" if it has none */
  char *description; /* "" if it has none */
  char *text;        /* (nullable): of what can be typed into */
  int role;          /* AtspiRole */
  gboolean is_checked, is_enabled;
  int x, y, width, height; /* of the kiosk's window, which fills the screen */
} TourThing;

/* The names of the roles that the tour looks for, as GTK gives them to its widgets. */
enum {
  TOUR_ANY = -1,
  TOUR_TITLE = ATSPI_ROLE_HEADING,
  TOUR_BUTTON = ATSPI_ROLE_PUSH_BUTTON,
  TOUR_CHOICE = ATSPI_ROLE_RADIO_BUTTON,
  TOUR_BOX = ATSPI_ROLE_CHECK_BOX,
};

/* French puts no-break spaces before some signs, and what is written from the right has marks; who compares words need not care. Takes @text. (transfer full) */
char *tour_with_plain_spaces (char *text);
/* Everything of this program that is drawn now, in the order of reading. (element-type TourThing) (transfer container) */
GPtrArray *tour_look (const char *program);
/* The first that can be used, else the first. (transfer none) (nullable); @name NULL: any */
const TourThing *tour_find (const GPtrArray *things, int role, const char *name);
/* The first with a name that begins or ends so. (transfer none) (nullable) */
const TourThing *tour_find_beginning (const GPtrArray *things, int role, const char *start);
/* TRUE for what is typed into: its inner part has the text, its outer one the name. */
gboolean tour_is_entry (const TourThing *thing);
/* Prints all, for who looks for a name. */
void tour_print (const GPtrArray *things);
