/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "mediator/mediator-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

const char *
pv_words_presence (PvPresence presence)
{
  static const char *const words[PV_N_PRESENCES] = {
    [PV_PRESENCE_OFF] = N_ ("Away"),
    [PV_PRESENCE_FREE] = N_ ("Free"),
    [PV_PRESENCE_BUSY] = N_ ("Busy"),
    [PV_PRESENCE_ON_SITE] = N_ ("On site"),
  };

  return presence < PV_N_PRESENCES ? _ (words[presence]) : "";
}

const char *
pv_words_refusal (PvRefusal refusal)
{
  static const char *const words[PV_N_REFUSALS] = {
    [PV_REFUSAL_VERSION] = N_ ("The kiosk and this console have versions that do not fit. Tell your IT department."),
    [PV_REFUSAL_CATALOGUE] = N_ ("The kiosk shows screens that this console does not know. Tell your IT department."),
    [PV_REFUSAL_UNTRUSTED] = N_ ("The kiosk does not know your certificate. Tell your IT department."),
    [PV_REFUSAL_CODE] = N_ ("This code is not right, or no longer valid. Ask the person to touch “New code”."),
    [PV_REFUSAL_BUSY] = N_ ("A colleague is already answering this person."),
  };

  return refusal < PV_N_REFUSALS ? _ (words[refusal]) : "";
}

const char *
pv_words_end (PvEnd end)
{
  static const char *const words[PV_N_ENDS] = {
    [PV_END_NONE] = N_ ("The help is over."),
    [PV_END_CITIZEN] = N_ ("The person stopped the help."),
    [PV_END_MEDIATOR] = N_ ("You ended the help."),
    [PV_END_LOST] = N_ ("The connection to the kiosk was lost for too long."),
    [PV_END_IDLE] = N_ ("Nothing happened for two minutes."),
    [PV_END_PROCEDURE] = N_ ("The procedure is finished, or the person left."),
    [PV_END_HANDOVER] = N_ ("The person agreed: a colleague is called."),
  };

  return end < PV_N_ENDS ? _ (words[end]) : "";
}

const char *
pv_words_result (PvResult result)
{
  static const char *const words[PV_N_RESULTS] = {
    [PV_RESULT_DONE] = N_ ("Done."),
    [PV_RESULT_SHOWN] = N_ ("Shown beside the field. The person decides."),
    [PV_RESULT_ACCEPTED] = N_ ("Accepted by the person."),
    [PV_RESULT_DECLINED] = N_ ("The person keeps their own answer."),
    [PV_RESULT_NO_RIGHT] = N_ ("The person has not allowed this."),
    [PV_RESULT_STALE] = N_ ("The person changed this field meanwhile. Look again."),
    [PV_RESULT_FORBIDDEN] = N_ ("This stays with the person."),
    [PV_RESULT_NO_TARGET] = N_ ("This is no longer on the screen."),
  };

  return result < PV_N_RESULTS ? _ (words[result]) : "";
}

const char *
pv_words_quick (PvQuick quick)
{
  static const char *const words[PV_N_QUICKS] = {
    [PV_QUICK_YES] = NC_ ("quick answer", "Yes"),
    [PV_QUICK_NO] = NC_ ("quick answer", "No"),
    [PV_QUICK_NOT_UNDERSTOOD] = NC_ ("quick answer", "I do not understand"),
    [PV_QUICK_REPEAT] = NC_ ("quick answer", "Please repeat"),
    [PV_QUICK_WAIT] = NC_ ("quick answer", "Wait"),
  };

  return quick < PV_N_QUICKS ? g_dpgettext2 (GETTEXT_PACKAGE, "quick answer", words[quick]) : "";
}

const char *
pv_words_right (PvRight right)
{
  static const char *const words[PV_N_RIGHTS] = {
    [PV_RIGHT_SHOW] = N_ ("See and show"),
    [PV_RIGHT_PROPOSE] = N_ ("Propose"),
    [PV_RIGHT_HAND] = N_ ("Take the hand"),
  };

  return right < PV_N_RIGHTS ? _ (words[right]) : "";
}

typedef struct {
  const char *name, *words;
} Pair;

static const char *
look_up (const Pair *pairs, gsize n_pairs, const char *name)
{
  for (gsize i = 0; i < n_pairs; i++)
    if (g_strcmp0 (pairs[i].name, name) == 0)
      return _ (pairs[i].words);
  return name != NULL ? name : "";
}

static const Pair verbs[] = {
  { "join", N_ ("Joined") },
  { "resume", N_ ("Connection is back") },
  { "lost", N_ ("Connection lost") },
  { "ask-show", N_ ("Asked to see and show") },
  { "ask-propose", N_ ("Asked to propose") },
  { "ask-hand", N_ ("Asked for the hand") },
  { "ask-handover", N_ ("Asked to pass to a colleague") },
  { "grant-show", N_ ("The person lets see and show") },
  { "grant-propose", N_ ("The person lets propose") },
  { "grant-hand", N_ ("The person lends the hand") },
  { "grant-handover", N_ ("The person agrees to a colleague") },
  { "refuse-show", N_ ("The person does not let see") },
  { "refuse-propose", N_ ("The person does not let propose") },
  { "refuse-hand", N_ ("The person does not lend the hand") },
  { "refuse-handover", N_ ("The person stays with you") },
  { "give-back-show", N_ ("Gave back: see and show") },
  { "give-back-propose", N_ ("Gave back: propose") },
  { "give-back-hand", N_ ("Gave back the hand") },
  { "hand-back", N_ ("The hand is back with the person") },
  { "point", N_ ("Shown") },
  { "explain", N_ ("Explained") },
  { "propose", N_ ("Proposed") },
  { "set", N_ ("Filled in") },
  { "act", N_ ("Pressed") },
  { "accept", N_ ("Proposal accepted") },
  { "decline", N_ ("Proposal declined") },
  { "end", N_ ("Help over") },
  { "end-citizen", N_ ("The person stopped the help") },
  { "end-mediator", N_ ("Help ended by you") },
  { "end-lost", N_ ("Help over: connection lost") },
  { "end-idle", N_ ("Help over: nothing happened") },
  { "end-procedure", N_ ("Help over: procedure finished") },
  { "end-handover", N_ ("Passed to a colleague") },
};

/* "set-stale": the verb, and that it was not done. */
char *
pv_words_verb (const char *verb)
{
  static const char *const refusals[] = { "-no-right", "-stale", "-forbidden", "-no-target" };

  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    if (g_str_has_suffix (verb, refusals[i])) {
      g_autofree char *base = g_strndup (verb, strlen (verb) - strlen (refusals[i]));

      return g_strdup_printf (_ ("%s: not done"), look_up (verbs, G_N_ELEMENTS (verbs), base));
    }
  return g_strdup (look_up (verbs, G_N_ELEMENTS (verbs), verb));
}

const char *
pv_words_place (PvActivityPlace place)
{
  static const char *const words[PV_N_PLACES] = {
    [PV_PLACE_WORK] = N_ ("Same place"),
    [PV_PLACE_HOME] = N_ ("At the person’s home"),
    [PV_PLACE_REMOTE] = N_ ("From afar"),
    [PV_PLACE_OTHER] = N_ ("Other place"),
  };

  return place < PV_N_PLACES ? _ (words[place]) : "";
}

const char *
pv_words_autonomy (PvAutonomy autonomy)
{
  static const char *const words[PV_N_AUTONOMIES] = {
    [PV_AUTONOMY_HELPED] = N_ ("Helped all the way"),
    [PV_AUTONOMY_PARTLY] = N_ ("Partly on their own"),
    [PV_AUTONOMY_AUTONOMOUS] = N_ ("On their own"),
  };

  return autonomy < PV_N_AUTONOMIES ? _ (words[autonomy]) : "";
}

static const Pair redirections[] = {
  { "", NC_ ("redirection", "None") },
  { "counter", N_ ("Town hall counter") },
  { "france-services", N_ ("France services") },
  { "social-worker", N_ ("Social worker") },
  { "debt-advice", N_ ("Debt advice") },
  { "guardian", N_ ("Guardian or trustee") },
  { "parent", N_ ("Parent") },
  { "workshop", N_ ("Digital workshop") },
  { "other", N_ ("Other") },
};

static const Pair ages[] = {
  { "", NC_ ("age", "Not said") },   { "under-18", N_ ("Under 18") }, { "18-24", N_ ("18 to 24") },
  { "25-39", N_ ("25 to 39") },      { "40-59", N_ ("40 to 59") },    { "60-74", N_ ("60 to 74") },
  { "75-over", N_ ("75 and over") },
};

const char *const pv_words_redirections[] = { "",         "counter", "france-services", "social-worker", "debt-advice",
                                              "guardian", "parent",  "workshop",        "other",         NULL };
const char *const pv_words_ages[] = { "", "under-18", "18-24", "25-39", "40-59", "60-74", "75-over", NULL };

const char *
pv_words_redirection (const char *name)
{
  if (name == NULL || *name == '\0')
    return C_ ("redirection", "None");
  return look_up (redirections, G_N_ELEMENTS (redirections), name);
}

const char *
pv_words_age (const char *name)
{
  if (name == NULL || *name == '\0')
    return C_ ("age", "Not said");
  return look_up (ages, G_N_ELEMENTS (ages), name);
}

char *
pv_words_duration (gint64 ms)
{
  gint64 seconds = MAX (ms, 0) / 1000;

  if (seconds < 60)
    return g_strdup_printf (_ ("%d s"), (int) seconds);
  return g_strdup_printf (_ ("%d min"), (int) MIN (seconds / 60, 24 * 60));
}
