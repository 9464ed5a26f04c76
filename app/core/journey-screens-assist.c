/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Screen 14: who can help and when, the code, the questions of a mediator, quick answers, and the sheet at the end. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/journey-private.h"
#include "core/wipe.h"

enum {
  MAX_CONTACTS = 5,
  LINE_GAP = 1,          /* half-lines */
  SHEET_RESERVE = 11,    /* how it ended, who, the page, and the button that prints */
  LOW_SHEET_RESERVE = 4, /* how it ended, and the page */
};

static gboolean
has_few_lines (const PvJourney *journey)
{
  return journey->capacity.lines < PV_FEW_LINES;
}

/* As much of the help band as a sheet needs: to stop, and to hear. */
static void
add_short_band (PvJourney *journey, PvScreenState *state)
{
  if (pv_journey_is_helped (journey))
    pv_screen_add_action_with_icon (state, PV_ROLE_HELP, PV_DO_STOP_HELP, _ ("Stop the help"), "hand");
  pv_screen_add_listen (journey, state);
}

static void
add_keep (PvJourney *journey, PvScreenState *state)
{
  pv_screen_add_hand_over (journey, state, PV_DO_KEEP);
}

/* Telephone, desk, hours: there is always another way. */
static void
add_other_ways (PvJourney *journey, PvScreenState *state, guint max_rows)
{
  PvField *summary = NULL;

  if (journey->assist_phone != NULL) {
    summary = pv_screen_state_add_field (state, PV_FIELD_SUMMARY, "contacts", NULL);
    pv_field_add_row (summary, _ ("The mediators’ number"), journey->assist_phone);
    max_rows--;
  }
  pv_screen_add_contacts (journey, state, summary, max_rows);
  if (summary != NULL)
    pv_field_open_rows (summary);
}

/* ---- who can help, and when ---- */

/* NULL: they can be called. (transfer full) */
static char *
say_why_not (const PvJourney *journey)
{
  const PvHelp *help = &journey->help;

  if (help->now.state == PV_ASSISTANCE_AWAY || help->is_call_stuck)
    return g_strdup (_ ("The kiosk cannot call now."));
  if (help->now.n_free > 0 || journey->now.zone == NULL) /* somebody is there, whatever the hours say */
    return NULL;
  return pv_opening_hours_closed_sentence (journey->assist_hours, journey->now.utc_us, journey->now.zone);
}

static char *
say_when (const PvJourney *journey)
{
  guint minutes = journey->assist_minutes;

  if (minutes > 0)
    return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "An answer in about %u minute.", "An answer in about %u minutes.", minutes),
      minutes);
  return g_strdup (journey->help.now.n_free > 0 ? _ ("A mediator is free now.") : _ ("A mediator sees your call."));
}

/* Equal ways, when there are two. */
static void
add_ways (PvJourney *journey, PvScreenState *state)
{
  if (!journey->has_mediator_here) {
    pv_screen_add_action_with_icon (state, PV_ROLE_PRIMARY, PV_DO_CALL_AFAR, _ ("Call now"), "phone");
    return;
  }
  pv_screen_add_action_with_icon (state, PV_ROLE_CARD, PV_DO_CALL_HERE, _ ("A mediator here"), "person");
  pv_screen_add_action_with_icon (state, PV_ROLE_CARD, PV_DO_CALL_AFAR, _ ("A mediator far away"), "phone");
}

static void
fill_away (PvJourney *journey, PvScreenState *state, const char *why_not)
{
  state->help = g_strdup (_ ("There are other ways. Your answers stay here meanwhile."));
  pv_screen_state_add_notice (state, PV_TONE_WARNING, "clock", why_not);
  add_other_ways (journey, state, has_few_lines (journey) ? 2 : MAX_CONTACTS);
  add_keep (journey, state);
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_CLOSE, _ ("Close"));
}

static void
fill_ready (PvJourney *journey, PvScreenState *state)
{
  g_autofree char *when = say_when (journey);

  state->help = g_strdup_printf ("%s %s", when, _ ("You decide what they see and do."));
  if (!has_few_lines (journey))
    pv_screen_state_add_notice (state, PV_TONE_INFO, "info",
                                _ ("For a child alone, a protected adult or over-indebtedness: ask at the counter."));
  add_other_ways (journey, state, has_few_lines (journey) ? 1 : MAX_CONTACTS - 1);
  pv_screen_state_add_action (state, PV_ROLE_BACK, PV_DO_CLOSE, _ ("Close"));
  add_ways (journey, state);
}

PvScreenState *
pv_screen_mediator (PvJourney *journey)
{
  PvScreenState *state = pv_screen_new_overlay (journey, PV_SCREEN_MEDIATOR, _ ("Call a mediator"), NULL);
  g_autofree char *why_not = NULL;

  if (journey->help.now.state == PV_ASSISTANCE_OFF) {
    state->help = g_strdup (_ ("Ask at the desk, or call this number. Your answers stay here meanwhile."));
    pv_screen_add_contacts (journey, state, NULL, MAX_CONTACTS);
    pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_CLOSE, _ ("Close"));
    return state;
  }
  why_not = say_why_not (journey);
  if (why_not != NULL)
    fill_away (journey, state, why_not);
  else
    fill_ready (journey, state);
  add_short_band (journey, state);
  return state;
}

/* ---- the code ---- */

static void
set_text (char **text, const char *value)
{
  g_free (*text);
  *text = g_strdup (value);
}

static void
add_new_code (PvJourney *journey, PvScreenState *state, const char *label)
{
  PvIntentionKind way = journey->help.now.is_here ? PV_DO_CALL_HERE : PV_DO_CALL_AFAR;

  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, way, label);
}

/* "482 913": two groups, which large letters may have to part. */
static void
add_code (PvScreenState *state, const char *code)
{
  PvField *field = pv_screen_state_add_field (state, PV_FIELD_REFERENCE, "call-code", _ ("Your code"));

  field->value = g_strdup_printf ("%.3s %s", code, strlen (code) > 3 ? code + 3 : "");
  field->assist = PV_ASSIST_HIDDEN;
}

static void
fill_code (PvJourney *journey, PvScreenState *state)
{
  const PvAssistance *now = &journey->help.now;

  if (now->is_here) {
    set_text (&state->title, _ ("Show this code to the mediator"));
    state->help = g_strdup (_ ("The mediator in the room reads it. Show it to nobody else."));
  } else {
    set_text (&state->title, _ ("Say this code to the mediator"));
    state->help = journey->assist_phone != NULL
                    ? g_strdup_printf (_ ("By telephone: %s.\nSay it to nobody else."), journey->assist_phone)
                    : g_strdup (_ ("By telephone.\nSay it to nobody else."));
  }
  add_code (state, now->code);
  pv_screen_state_add_action (state, PV_ROLE_SECONDARY, PV_DO_STOP_CALLING, _ ("Stop calling"));
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_CLOSE, _ ("Go on meanwhile"));
}

/* One thing: there is no room for two. Who typed a wrong code has answered. NULL: nothing happened. */
static const char *
what_happened (const PvAssistance *now)
{
  if (now->n_wrong_codes >= 2 && now->code == NULL)
    return _ ("A wrong code was typed twice.");
  if (now->n_wrong_codes >= 1 && now->code != NULL)
    return now->is_here ? _ ("A wrong code was typed. Show the code again. One try is left.")
                        : _ ("A wrong code was typed. Say the code again, digit by digit. One try is left.");
  return now->group > 1 ? _ ("Nobody has answered yet. Other mediators are being called.") : NULL;
}

static void
fill_calling (PvJourney *journey, PvScreenState *state)
{
  const PvAssistance *now = &journey->help.now;
  const char *happened = what_happened (now);
  gboolean is_low = journey->capacity.lines < PV_LOW_LINES;
  gboolean is_wrong = now->n_wrong_codes > 0;

  if (happened != NULL && !(is_low && now->code != NULL))
    pv_screen_state_add_notice (state, is_wrong ? PV_TONE_WARNING : PV_TONE_INFO,
                                is_wrong ? "warning-triangle" : "clock", happened);
  if (now->code != NULL) {
    fill_code (journey, state);
    if (happened != NULL && is_low) /* the code is what must be seen first */
      pv_screen_state_add_field (state, PV_FIELD_TEXT, "waiting", happened);
    return;
  }
  set_text (&state->title, _ ("This code is over"));
  state->help = g_strdup (_ ("A code serves once, for two minutes. Ask for another one."));
  pv_screen_state_add_action (state, PV_ROLE_BACK, PV_DO_CLOSE, _ ("Close"));
  pv_screen_state_add_action (state, PV_ROLE_SECONDARY, PV_DO_STOP_CALLING, _ ("Stop calling"));
  add_new_code (journey, state, _ ("Ask for a new code"));
}

static void
fill_no_answer (PvJourney *journey, PvScreenState *state)
{
  set_text (&state->title, _ ("Nobody has answered"));
  state->help = g_strdup (_ ("There are other ways. Your answers stay here meanwhile."));
  add_other_ways (journey, state, has_few_lines (journey) ? 3 : MAX_CONTACTS);
  add_keep (journey, state);
  pv_screen_state_add_action (state, PV_ROLE_SECONDARY, PV_DO_STOP_CALLING, _ ("Stop calling"));
  add_new_code (journey, state, _ ("Call again"));
}

PvScreenState *
pv_screen_call (PvJourney *journey)
{
  PvScreenState *state = pv_screen_new_overlay (journey, PV_SCREEN_CALL, _ ("A mediator is being called"), NULL);

  switch (journey->help.now.state) {
  case PV_ASSISTANCE_CALLING:
    fill_calling (journey, state);
    break;
  case PV_ASSISTANCE_NO_ANSWER:
    fill_no_answer (journey, state);
    break;
  case PV_ASSISTANCE_OFF:
  case PV_ASSISTANCE_AWAY:
  case PV_ASSISTANCE_READY:
  case PV_ASSISTANCE_JOINED:
  case PV_ASSISTANCE_LOST:
  case PV_ASSISTANCE_ENDED:
  case PV_N_ASSISTANCE_STATES:
    if (journey->help.is_handed_over)
      state->help = pv_help_end_sentence (&journey->help);
    pv_screen_state_add_field (state, PV_FIELD_PROGRESS, "loading", _ ("One moment, please."));
    pv_screen_state_add_action (state, PV_ROLE_BACK, PV_DO_CLOSE, _ ("Close"));
    break;
  }
  add_short_band (journey, state);
  return state;
}

/* ---- one question of a mediator ---- */

typedef struct {
  const char *title, *change, *secret;
} Question;

static const Question questions[PV_N_ASSISTANCE_QUESTIONS] = {
  [PV_ASKS_SHOW] = { N_ ("May %s see this screen?"), N_ ("%s will see the questions, and show you what to touch."),
                     N_ ("%s will not see what you write.") },
  [PV_ASKS_PROPOSE] = { N_ ("May %s propose answers?"),
                        N_ ("%s will write beside your answer. You accept, or keep yours."),
                        N_ ("What you write stays hidden.") },
  [PV_ASKS_HAND] = { N_ ("May %s fill in for one minute?"), N_ ("%s will answer and turn pages, for one minute."),
                     N_ ("Touch the screen to take it back.") },
  [PV_ASKS_HANDOVER] = { N_ ("May a colleague of %s help you?"), N_ ("%s will see nothing any more."), NULL },
};

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
static char *
name_in (const char *format, const char *who)
{
  return g_strdup_printf (_ (format), who);
}
#pragma GCC diagnostic pop

static void
describe_handover (PvJourney *journey, PvScreenState *state, const char *change)
{
  const char *colleague = journey->help.now.colleague;
  g_autofree char *next = colleague != NULL ? g_strdup_printf (_ ("%s will ask you for each right again."), colleague)
                                            : g_strdup (_ ("The colleague will ask you for each right again."));
  g_autofree char *text = g_strdup_printf ("%s\n%s", change, next);

  pv_screen_state_add_notice (state, PV_TONE_INFO, "person", text);
}

static void
describe_right (PvJourney *journey, PvScreenState *state, const Question *question, const char *who, const char *change)
{
  g_autofree char *secret = name_in (question->secret, who);

  if (has_few_lines (journey)) { /* one frame; else who asks would have no room */
    g_autofree char *both = g_strdup_printf ("%s\n%s", change, secret);

    pv_screen_state_add_notice (state, PV_TONE_INFO, "lock", both)->strong = g_strdup (_ ("Only you can send."));
    return;
  }
  pv_screen_state_add_notice (state, PV_TONE_INFO, "person", change);
  pv_screen_state_add_notice (state, PV_TONE_INFO, "lock", secret)->strong = g_strdup (_ ("Only you can send."));
}

/* Two buttons of one size: no is as near as yes. */
static void
add_answers (PvScreenState *state, PvAssistanceQuestion asked)
{
  PvAction *yes = pv_screen_add_action_with_icon (state, PV_ROLE_CARD, PV_DO_GRANT, C_ ("answer", "Yes"), "check");
  PvAction *no = pv_screen_add_action_with_icon (state, PV_ROLE_CARD, PV_DO_REFUSE, C_ ("answer", "No"), "close");

  yes->target = g_strdup (pv_help_question_name (asked));
  no->target = g_strdup (pv_help_question_name (asked));
}

PvScreenState *
pv_screen_consent (PvJourney *journey)
{
  PvAssistanceQuestion asked = pv_journey_get_question (journey);
  const Question *question = &questions[asked];
  g_autofree char *who = pv_help_short_name (journey->help.mediator);
  g_autofree char *name = pv_help_full_name (&journey->help);
  g_autofree char *title = name_in (question->title, who);
  g_autofree char *change = name_in (question->change, who);
  PvScreenState *state = pv_screen_new_overlay (journey, PV_SCREEN_CONSENT, title, NULL);

  state->help = g_strdup_printf ("%s\n%s", name, _ ("Identity verified."));
  if (asked == PV_ASKS_HANDOVER)
    describe_handover (journey, state, change);
  else
    describe_right (journey, state, question, who, change);
  if (!has_few_lines (journey))
    pv_screen_state_add_field (state, PV_FIELD_TEXT, "silence", _ ("Without an answer, it is no."))->assist =
      PV_ASSIST_CLEAR;
  add_answers (state, asked);
  add_short_band (journey, state);
  return state;
}

/* ---- quick answers ---- */

static void
add_step_down (PvJourney *journey, PvScreenState *state, const char *who)
{
  const PvAssistance *now = &journey->help.now;
  g_autofree char *label = NULL;

  if (now->has_hand)
    label = g_strdup (_ ("Take the hand back"));
  else if (now->may_propose)
    label = g_strdup_printf (_ ("%s may no longer propose"), who);
  else if (now->may_show)
    label = g_strdup_printf (_ ("%s may no longer see"), who);
  if (label != NULL)
    pv_screen_add_action_with_icon (state, PV_ROLE_OPTION, PV_DO_STEP_DOWN, label, "lock");
}

PvScreenState *
pv_screen_reply (PvJourney *journey)
{
  static const char *const ids[] = { "yes", "no", "not-understood", "repeat", "wait" };
  g_autofree char *who = pv_help_short_name (journey->help.mediator);
  g_autofree char *title = g_strdup_printf (_ ("Reply to %s"), who);
  PvScreenState *state = pv_screen_new_overlay (journey, PV_SCREEN_REPLY, title, NULL);
  PvField *tiles;

  if (journey->help.explanation != NULL) {
    g_autoptr (PvSecretStr) text = pv_help_explanation (&journey->help, PV_EXPLANATION_MAX_CHARS);

    pv_screen_state_add_notice (state, PV_TONE_INFO, "person", text);
  }
  tiles = pv_screen_state_add_field (state, PV_FIELD_TILES, "quick", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    pv_field_add_choice (tiles, ids[i], pv_help_quick_label (ids[i]))->intention = PV_DO_QUICK;
  add_step_down (journey, state, who);
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_CLOSE, _ ("Close"));
  add_short_band (journey, state);
  return state;
}

/* ---- the end ---- */

static void
add_deeds (PvScreenState *state, guint first, guint end, const GPtrArray *lines)
{
  for (guint i = first; i < end; i++) {
    g_autofree char *id = g_strdup_printf ("deed-%u", i + 1);

    pv_screen_state_add_field (state, PV_FIELD_TEXT, id, lines->pdata[i]);
  }
  if (lines->len == 0)
    pv_screen_state_add_field (state, PV_FIELD_TEXT, "deed-0", _ ("Nothing was done on your screen."));
}

/* The sheet has pages of its own; those of the screen below stay where they are. */
static guint
paginate_deeds (PvJourney *journey, const GPtrArray *lines, guint *ret_first, guint *ret_end)
{
  g_autofree guint *heights = g_new0 (guint, lines->len + 1);
  guint below = journey->page, n_pages;

  for (guint i = 0; i < lines->len; i++)
    heights[i] = pv_journey_text_height (journey, lines->pdata[i]) + LINE_GAP;
  journey->page = journey->help.sheet_page;
  n_pages = pv_journey_paginate (journey, heights, lines->len,
                                 has_few_lines (journey) ? LOW_SHEET_RESERVE : SHEET_RESERVE, ret_first, ret_end);
  journey->help.sheet_page = journey->page;
  journey->page = below;
  return n_pages;
}

static void
add_print (PvJourney *journey, PvScreenState *state)
{
  if (!journey->is_printer_enabled || !journey->is_printer_available || journey->help.is_sheet_printed)
    return;
  pv_screen_add_action_with_icon (state, has_few_lines (journey) ? PV_ROLE_SECONDARY : PV_ROLE_OPTION,
                                  PV_DO_PRINT_SHEET, _ ("Print this sheet"), "printer");
}

/* To read on comes before to close; to print it, after it was read. */
static void
add_sheet_actions (PvJourney *journey, PvScreenState *state, guint n_pages)
{
  gboolean is_last = journey->help.sheet_page + 1 >= n_pages;

  if (n_pages > 1)
    state->page_text = g_strdup_printf (_ ("Page %u of %u"), journey->help.sheet_page + 1, n_pages);
  pv_screen_state_add_action (state, is_last ? PV_ROLE_PRIMARY : PV_ROLE_BACK, PV_DO_CLOSE, _ ("Close"));
  if (is_last)
    add_print (journey, state);
  else
    pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_NEXT_PAGE, _ ("Next page"));
}

PvScreenState *
pv_screen_helped (PvJourney *journey)
{
  PvScreenState *state = pv_screen_new_overlay (journey, PV_SCREEN_HELPED, _ ("The help is over"), NULL);
  g_autofree char *name = pv_help_full_name (&journey->help);
  g_autofree char *why = pv_help_end_sentence (&journey->help);
  g_autoptr (GPtrArray) lines = pv_journey_list_deeds (journey);
  guint first, end, n_pages = paginate_deeds (journey, lines, &first, &end);

  state->help = has_few_lines (journey) ? g_strdup (why) : g_strdup_printf ("%s\n%s", why, name);
  if (journey->help.is_sheet_printed)
    pv_screen_state_add_notice (state, PV_TONE_INFO, "printer", _ ("The sheet goes to the printer."));
  add_deeds (state, first, end, lines);
  add_sheet_actions (journey, state, n_pages);
  add_short_band (journey, state);
  return state;
}
