/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "console.h"

static void
type_into (TourWalk *console, const char *entry, const char *text)
{
  tour_touch_beginning (console, TOUR_ANY, entry);
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    if (!tour_hand_type (console->hand, g_utf8_get_char (c)))
      tour_fail (console, "the keyboard has no key for \"%s\".", c);
}

void
tour_console_join (TourWalk *console, const char *code)
{
  tour_touch_beginning (console, TOUR_ANY, "Borne de l");
  type_into (console, "Six chiffres", code);
  tour_touch (console, TOUR_BUTTON, "Rejoindre");
}

void
tour_console_explain (TourWalk *console, const char *words)
{
  tour_touch (console, TOUR_ANY, "Expliquer");
  type_into (console, "Ce qui est affiché et lu à la personne", words);
  tour_touch (console, TOUR_BUTTON, "Dire à la personne");
}

void
tour_console_ask_to_propose (TourWalk *console, const char *field)
{
  tour_touch (console, TOUR_ANY, "Proposer");
  tour_touch_beginning (console, ATSPI_ROLE_LIST_ITEM, field);
  tour_touch (console, TOUR_BUTTON, "Demander à la personne");
}

void
tour_console_propose (TourWalk *console, const char *answer)
{
  type_into (console, "Réponse", answer);
  tour_touch (console, TOUR_BUTTON, "Proposer à la personne");
}
