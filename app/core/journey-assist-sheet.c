/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was done in an assistance, in sentences: verbs, and the names of fields as the citizen read them; no value. */

#include <glib/gi18n-lib.h>

#include "core/date.h"
#include "core/journey-private.h"

void
pv_deed_free (PvDeed *deed)
{
  g_free (deed->verb);
  g_free (deed->label);
  g_free (deed->mediator);
  g_free (deed);
}

/* Whose name a sentence has: of the mediator, of the field, of both in this order, or of nobody. */
typedef enum { TELLS_NOTHING, TELLS_WHO, TELLS_WHAT, TELLS_BOTH } Tells;

/* @what: without a name of what it was done to, @plain is said. */
static const struct {
  const char *verb;
  Tells tells;
  const char *what;  /* (nullable) */
  Tells plain_tells; /* of @plain */
  const char *plain;
} words[] = {
  { "grant-show", TELLS_NOTHING, NULL, TELLS_WHO, N_ ("You let %s see your screen.") },
  { "refuse-show", TELLS_NOTHING, NULL, TELLS_WHO, N_ ("You did not let %s see your screen.") },
  { "grant-propose", TELLS_NOTHING, NULL, TELLS_WHO, N_ ("You let %s propose answers.") },
  { "refuse-propose", TELLS_NOTHING, NULL, TELLS_WHO, N_ ("You did not let %s propose answers.") },
  { "grant-hand", TELLS_NOTHING, NULL, TELLS_WHO, N_ ("You lent the hand to %s.") },
  { "refuse-hand", TELLS_NOTHING, NULL, TELLS_WHO, N_ ("You did not lend the hand to %s.") },
  { "refuse-handover", TELLS_NOTHING, NULL, TELLS_WHO, N_ ("You wanted to stay with %s.") },
  { "hand-back", TELLS_NOTHING, NULL, TELLS_NOTHING, N_ ("You had the hand again.") },
  { "point", TELLS_BOTH, N_ ("%s showed you: “%s”."), TELLS_WHO, N_ ("%s showed you something.") },
  { "explain", TELLS_NOTHING, NULL, TELLS_WHO, N_ ("%s explained something to you.") },
  { "propose", TELLS_BOTH, N_ ("%s proposed an answer: “%s”."), TELLS_WHO, N_ ("%s proposed an answer.") },
  { "set", TELLS_BOTH, N_ ("%s filled in: “%s”."), TELLS_WHO, N_ ("%s filled in an answer.") },
  { "act", TELLS_BOTH, N_ ("%s used the button: “%s”."), TELLS_WHO, N_ ("%s used a button.") },
  { "accept", TELLS_WHAT, N_ ("You accepted the proposal: “%s”."), TELLS_NOTHING, N_ ("You accepted a proposal.") },
  { "decline", TELLS_WHAT, N_ ("You kept your answer: “%s”."), TELLS_NOTHING, N_ ("You kept your answer.") },
  { "lift", TELLS_BOTH, N_ ("You let %s see: “%s”."), TELLS_WHO, N_ ("You let %s see an answer.") },
  { "handover", TELLS_NOTHING, NULL, TELLS_WHO, N_ ("%s passed the help on to a colleague.") },
};

gboolean
pv_deed_is_told (const char *verb)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i].verb, verb))
      return TRUE;
  return FALSE;
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
static char *
fill_in (const char *format, Tells tells, const char *who, const char *what)
{
  switch (tells) {
  case TELLS_WHO:
    return g_strdup_printf (format, who);
  case TELLS_WHAT:
    return g_strdup_printf (format, what);
  case TELLS_BOTH:
    return g_strdup_printf (format, who, what);
  case TELLS_NOTHING:
    break;
  }
  return g_strdup (format);
}
#pragma GCC diagnostic pop

/* (transfer full) (nullable) */
static char *
describe (const PvDeed *deed)
{
  g_autofree char *who = pv_help_short_name (deed->mediator);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++) {
    if (!g_str_equal (words[i].verb, deed->verb))
      continue;
    if (words[i].what != NULL && deed->label != NULL)
      return fill_in (_ (words[i].what), words[i].tells, who, deed->label);
    return fill_in (_ (words[i].plain), words[i].plain_tells, who, NULL);
  }
  return NULL;
}

GPtrArray *
pv_journey_list_deeds (const PvJourney *journey)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < journey->help.deeds->len; i++) {
    const PvDeed *deed = journey->help.deeds->pdata[i];
    g_autofree char *sentence = describe (deed);

    if (sentence == NULL)
      continue;
    if (deed->n > 1) {
      g_autofree char *often =
        g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "(%u time)", "(%u times)", deed->n), deed->n);

      g_ptr_array_add (lines, g_strdup_printf ("%s %s", sentence, often));
    } else {
      g_ptr_array_add (lines, g_steal_pointer (&sentence));
    }
  }
  return lines;
}

PvAssistSheet *
pv_journey_make_sheet (const PvJourney *journey)
{
  const PvHelp *help = &journey->help;
  PvAssistSheet *sheet = pv_assist_sheet_new ();
  GTimeZone *zone = journey->now.zone;

  sheet->language = g_strdup (journey->look.language);
  sheet->commune = g_strdup (journey->commune);
  sheet->place = pv_journey_place (journey);
  sheet->mediator = g_strdup (help->mediator);
  sheet->mediator_place = g_strdup (help->place);
  sheet->began = pv_moment_display_here (help->began_us, zone, journey->is_clock_verified);
  sheet->ended = pv_moment_display_here (help->ended_us, zone, journey->is_clock_verified);
  sheet->how_it_ended = pv_help_end_sentence (help);
  g_ptr_array_unref (sheet->lines);
  sheet->lines = pv_journey_list_deeds (journey);
  return sheet;
}
