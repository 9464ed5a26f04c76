/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "people.h"

static const TourPerson people[] = {
  { .name = "keypad", .has_keypad = TRUE, .has_email = TRUE },
  { .name = "large", .needs_large = TRUE, .has_email = TRUE },
  { .name = "arabic", .language = "ar", .has_email = TRUE },
  { .name = "ukrainian",
    .language = "uk",
    .card = "passport-ukr",
    .lines = { "P<UKRZRAZKOVA<<HALYNA<<<<<<<<<<<<<<<<<<<<<<<", "FX00000004UKR9205082F3309140<<<<<<<<<<<<<<<0" },
    .phone = "+380441234567" },
  { .name = "low", .sits_low = TRUE, .has_email = TRUE },
};

const TourPerson *
tour_person_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    if (g_str_equal (people[i].name, name))
      return &people[i];
  return NULL;
}
