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
  g_array_unref (deed->times);
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

/* What the citizen decided about the help itself. */
static gboolean
is_right (const PvDeed *deed)
{
  return g_str_has_prefix (deed->verb, "grant-") || g_str_has_prefix (deed->verb, "refuse-")
         || g_str_equal (deed->verb, "hand-back") || g_str_equal (deed->verb, "lift");
}

/* "10 h 12, 10 h 20". (transfer full) */
static char *
tell_times (const PvJourney *journey, const PvDeed *deed)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < deed->times->len; i++) {
    gint64 utc_us = g_array_index (deed->times, gint64, i);
    g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (utc_us / G_USEC_PER_SEC);
    g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, journey->now.zone) : NULL;
    g_autofree char *time = local != NULL ? pv_time_display_full ((guint) g_date_time_get_hour (local),
                                                                  (guint) g_date_time_get_minute (local))
                                          : g_strdup ("");

    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", time);
  }
  if (deed->n > deed->times->len)
    g_string_append (text, "…");
  return g_string_free (text, FALSE);
}

/* With how often it was done, if it was more than once. Takes @sentence. */
static char *
count (const PvDeed *deed, char *sentence)
{
  g_autofree char *once = sentence, *often = NULL;

  if (deed->n <= 1)
    return g_steal_pointer (&once);
  often = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "(%u time)", "(%u times)", deed->n), deed->n);
  return g_strdup_printf ("%s %s", once, often);
}

GPtrArray *
pv_journey_list_deeds (const PvJourney *journey)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < journey->help.deeds->len; i++) {
    const PvDeed *deed = journey->help.deeds->pdata[i];
    g_autofree char *sentence = describe (deed);

    if (sentence != NULL)
      g_ptr_array_add (lines, count (deed, g_steal_pointer (&sentence)));
  }
  return lines;
}

/* On paper consent stands by itself, with its times. */
static void
add_deeds (const PvJourney *journey, PvAssistSheet *sheet)
{
  for (guint i = 0; i < journey->help.deeds->len; i++) {
    const PvDeed *deed = journey->help.deeds->pdata[i];
    g_autofree char *sentence = describe (deed);

    if (sentence == NULL)
      continue;
    if (is_right (deed)) {
      g_autofree char *times = tell_times (journey, deed);

      g_ptr_array_add (sheet->rights, pv_receipt_line_new (times, sentence));
    } else {
      g_ptr_array_add (sheet->lines, count (deed, g_steal_pointer (&sentence)));
    }
  }
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
  add_deeds (journey, sheet);
  return sheet;
}
