/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* All of a mediator's help, from the call to what was done. */

#include "walker-private.h"

static void
tell_help (Walker *walker, const PvAssistance *assistance, const char *suffix)
{
  pv_journey_assistance_changed (walker->journey, assistance, &walker->now);
  walker_show (walker, suffix);
}

static void
walk_call (Walker *walker)
{
  PvAssistance help = { .state = PV_ASSISTANCE_READY };

  pv_journey_assistance_changed (walker->journey, &help, &walker->now);
  walker_act (walker, PV_DO_CALL_MEDIATOR, NULL, NULL);
  walker_show (walker, "ready");
  help.state = PV_ASSISTANCE_AWAY;
  tell_help (walker, &help, "away");
  help.state = PV_ASSISTANCE_READY;
  pv_journey_assistance_changed (walker->journey, &help, &walker->now);
  walker_act (walker, PV_DO_CALL_AFAR, NULL, NULL);
  walker_show (walker, "asked");
  help = (PvAssistance){ .state = PV_ASSISTANCE_CALLING, .group = 2, .code = (char *) "482913" };
  tell_help (walker, &help, "afar");
  help.is_here = TRUE;
  tell_help (walker, &help, "here");
  help.code = NULL;
  tell_help (walker, &help, "over");
  help.state = PV_ASSISTANCE_NO_ANSWER;
  tell_help (walker, &help, "no-answer");
  walker_act (walker, PV_DO_CLOSE, NULL, NULL);
}

/* The first field that a mediator could propose something for. */
static const char *
find_fillable (Walker *walker)
{
  for (guint i = 0; i < walker_screen (walker)->fields->len; i++) {
    const PvField *field = walker_screen (walker)->fields->pdata[i];

    if (field->kind == PV_FIELD_INPUT || field->kind == PV_FIELD_CHOICE || field->kind == PV_FIELD_DATE)
      return field->id;
  }
  return NULL;
}

static void
walk_helped (Walker *walker)
{
  static const char *const names[PV_N_ASSISTANCE_QUESTIONS] = { "", "show", "propose", "hand", "handover" };
  g_autofree char *field = g_strdup (find_fillable (walker));
  PvAssistance help = { .state = PV_ASSISTANCE_JOINED,
                        .mediator = (char *) "Maëlys L.",
                        .place = (char *) "Communauté de communes du Pays de Montclair",
                        .colleague = (char *) "Karim B.",
                        .hand_until_ms = walker->now.monotonic_ms + 60000 };

  tell_help (walker, &help, "joined");
  for (guint question = PV_ASKS_SHOW; question < PV_N_ASSISTANCE_QUESTIONS; question++) {
    help.question = question;
    tell_help (walker, &help, names[question]);
  }
  help.question = PV_ASKS_NOTHING;
  help.may_show = TRUE;
  tell_help (walker, &help, "seen");
  help.may_propose = TRUE;
  help.proposal_field = field;
  help.proposal_value = (char *) "Martin-Dubois";
  tell_help (walker, &help, "proposed");
  help.proposal_field = NULL;
  help.has_hand = TRUE;
  tell_help (walker, &help, "hand");
  help.has_hand = FALSE;
  pv_journey_assistance_changed (walker->journey, &help, &walker->now);
  pv_journey_explained (walker->journey,
                        "Le nom de famille est en haut de la première page du livret de famille. Recopiez-le avec "
                        "ses accents, comme il est écrit. S’il y a deux noms, écrivez les deux.",
                        &walker->now);
  pv_journey_pointed (walker->journey, "action:next", &walker->now);
  walker_show (walker, "explained");
  walker_act (walker, PV_DO_OPEN_REPLY, NULL, NULL);
  walker_show (walker, "");
  walker_act (walker, PV_DO_QUICK, NULL, "not-understood");
  walker_show (walker, "said");
  help.state = PV_ASSISTANCE_LOST;
  tell_help (walker, &help, "lost");
}

void
walker_walk_help (Walker *walker)
{
  static const char *const verbs[] = { "grant-show", "point", "explain", "grant-propose", "propose",
                                       "accept",     "lift",  "set",     "hand-back",     "decline" };
  g_autofree char *field = NULL;

  walk_call (walker);
  walk_helped (walker);
  field = g_strdup (find_fillable (walker));
  for (guint i = 0; i < 3 * G_N_ELEMENTS (verbs); i++)
    pv_journey_assistance_noted (walker->journey, verbs[i % G_N_ELEMENTS (verbs)], field, &walker->now);
  pv_journey_assistance_changed (
    walker->journey, &(PvAssistance){ .state = PV_ASSISTANCE_ENDED, .end = PV_ENDED_BY_MEDIATOR }, &walker->now);
  walker_show_pages (walker, "");
  walker_act (walker, PV_DO_PRINT_SHEET, NULL, NULL);
  walker_show (walker, "printed");
  walker_act (walker, PV_DO_CLOSE, NULL, NULL);
  pv_journey_assistance_changed (walker->journey, &(PvAssistance){ .state = PV_ASSISTANCE_OFF }, &walker->now);
}
