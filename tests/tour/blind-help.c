/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "blind-help.h"

#include <string.h>

#include "console.h"

enum { CODE_DIGITS = 6 };

static const char FIELD[] = "Nom de famille";
static const char EXPLAINED[] = "Regardez le livret de famille.";
static const char PROPOSED[] = "Durand";

static void
hear_and_say (TourPad *pad, const char *start)
{
  tour_say ("Heard \"%s\"", tour_pad_hear_beginning (pad, start));
}

/* Whatever is said before and after it. */
static void
hear_within (TourPad *pad, const char *words)
{
  const char *text;

  do
    text = tour_pad_hear (pad);
  while (strstr (text, words) == NULL);
  tour_say ("Heard \"%s\"", text);
}

/* The six digits, as they are said. (transfer full) */
static char *
hear_code (TourPad *pad)
{
  GString *digits = g_string_new (NULL);
  const char *said;

  hear_and_say (pad, "Votre code");
  said = tour_pad_hear (pad);
  for (const char *p = said; *p != '\0'; p++)
    if (g_ascii_isdigit (*p))
      g_string_append_c (digits, *p);
  if (digits->len != CODE_DIGITS)
    tour_pad_fail (pad, "\"%s\" is no code of six digits.", said);
  tour_say ("Heard a code, digit by digit");
  return g_string_free (digits, FALSE);
}

static void
press_key (TourPad *pad, TourPadKey key)
{
  pad->is_reading = TRUE;
  tour_pad_press (pad, key);
}

static char *
call (TourPad *pad)
{
  char *code;

  press_key (pad, TOUR_PAD_HELP);
  hear_and_say (pad, "Appeler un médiateur");
  tour_picture (pad->walk, "who-can-help");
  tour_pad_choose (pad, "Un médiateur à distance");
  hear_and_say (pad, "Dites ce code au médiateur");
  code = hear_code (pad);
  tour_picture (pad->walk, "code");
  return code;
}

static void
accept_proposal (TourPad *pad, TourWalk *console)
{
  tour_console_ask_to_propose (console, FIELD);
  hear_and_say (pad, "Voulez-vous que");
  tour_picture (pad->walk, "consent-propose");
  press_key (pad, TOUR_PAD_YES);
  tour_console_propose (console, PROPOSED);
  hear_within (pad, " propose :");
  hear_within (pad, PROPOSED);
  tour_picture (pad->walk, "proposed");
  tour_pad_choose (pad, "Accepter, bouton");
}

void
tour_be_helped_by_ear (TourPad *pad, TourWalk *console)
{
  const TourThing *thing;
  g_autofree char *code = NULL;

  hear_and_say (pad, "Quel est le nom de l’enfant ?");
  code = call (pad);
  tour_console_join (console, code);
  hear_and_say (pad, "Voulez-vous montrer cet écran");
  tour_picture (pad->walk, "consent-show");
  press_key (pad, TOUR_PAD_YES);
  g_ptr_array_unref (tour_wait_beginning (console, ATSPI_ROLE_LIST_ITEM, FIELD, &thing));
  tour_picture (pad->walk, "seen");
  tour_picture (console, "mirror");
  tour_console_explain (console, EXPLAINED);
  hear_within (pad, EXPLAINED);
  tour_picture (pad->walk, "explained");
  accept_proposal (pad, console);
  tour_picture (console, "accepted");
  press_key (pad, TOUR_PAD_STOP_HELP);
  hear_and_say (pad, "L’aide est terminée");
  tour_picture (pad->walk, "helped");
  tour_picture (console, "over");
  tour_pad_choose (pad, "Fermer, bouton");
}
