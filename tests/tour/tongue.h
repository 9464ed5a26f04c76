/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* tongue.h: what a reader of another language knows: the kiosk's own words in it, and what the portal's French means. */
#pragma once

#include <glib.h>

typedef struct TourTongue TourTongue;

/* @language: "ar". @folder: of the files texts-LANGUAGE.txt. Call it before any thread. Ends the program if the portal's texts
 * cannot be read: then there is nothing to find. It lasts as long as the program. */
TourTongue *tour_tongue_new (const char *language, const char *folder);
const char *tour_tongue_get_language (const TourTongue *tongue);

/* A word of the kiosk. @context: (nullable). What has no translation comes as it is. (transfer none) */
const char *tour_tongue_say (const TourTongue *tongue, const char *context, const char *english);
/* The same of what comes for 1 of something. (transfer none) */
const char *tour_tongue_say_one (const TourTongue *tongue, const char *english, const char *plural);
/* A text of the portal; @french itself if nobody has translated it. (transfer none) */
const char *tour_tongue_translate (const TourTongue *tongue, const char *french);
