/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is asked over a screen, and the two ends: goodbye and out of order. */

#include <glib/gi18n-lib.h>

#include "core/journey-private.h"

PvScreenState *
pv_screen_new_overlay (PvJourney *journey, PvScreenId id, const char *title, const char *help)
{
  PvScreenState *state = pv_journey_new_screen (journey, id, pv_screen_id_name (id), title);

  state->is_overlay = TRUE;
  state->help = g_strdup (help);
  return state;
}

static PvScreenState *
still_there (PvJourney *journey)
{
  PvScreenState *state =
    pv_screen_new_overlay (journey, PV_SCREEN_STILL_THERE, _ ("Are you still there?"),
                           journey->filing != NULL ? _ ("Without an answer, everything is erased in one minute.")
                                                   : _ ("Without an answer, this screen starts again."));

  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_STILL_HERE, _ ("I am still here"));
  pv_screen_state_add_action (state, PV_ROLE_SECONDARY, PV_DO_MORE_TIME, _ ("I need time"));
  return state;
}

static PvScreenState *
need_time (PvJourney *journey)
{
  PvScreenState *state =
    pv_screen_new_overlay (journey, PV_SCREEN_NEED_TIME, _ ("Take your time"),
                           _ ("Your answers are hidden. You have five minutes, and can ask for more."));

  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_STILL_HERE, _ ("Come back to my request"));
  pv_screen_state_add_action (state, PV_ROLE_SECONDARY, PV_DO_MORE_TIME, _ ("Five more minutes"));
  return state;
}

static PvScreenState *
quit (PvJourney *journey)
{
  PvScreenState *state = pv_screen_new_overlay (
    journey, PV_SCREEN_QUIT, _ ("Do you want to quit?"),
    journey->is_practising ? _ ("This is a practice. Its answers are forgotten.") : _ ("Your request is not sent."));

  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_STAY, _ ("Stay"));
  if (journey->is_practising)
    pv_screen_state_add_action (state, PV_ROLE_OPTION, PV_DO_HOME, _ ("Leave the practice"));
  pv_screen_add_hand_over (journey, state, PV_DO_KEEP);
  pv_screen_state_add_action (state, PV_ROLE_DANGER, PV_DO_ERASE, _ ("Erase everything and quit"));
  return state;
}

static PvScreenState *
languages (PvJourney *journey)
{
  PvScreenState *state = pv_screen_new_overlay (journey, PV_SCREEN_LANGUAGES, _ ("Choose your language"), NULL);
  PvField *tiles = pv_screen_state_add_field (state, PV_FIELD_TILES, "languages", NULL);

  for (guint i = 0; journey->languages[i] != NULL; i++) {
    PvChoice *choice = pv_field_add_choice (tiles, journey->languages[i], pv_language_own_name (journey->languages[i]));

    choice->intention = PV_DO_SET_LANGUAGE;
    choice->selected = g_str_equal (journey->languages[i], pv_journey_get_read_language (journey));
  }
  pv_screen_state_add_action (state, PV_ROLE_BACK, PV_DO_CLOSE, _ ("Close"));
  return state;
}

void
pv_screen_add_contacts (PvJourney *journey, PvScreenState *state, PvField *summary, guint max_rows)
{
  const struct {
    const char *label, *value;
  } rows[] = {
    { _ ("Where"), journey->service },
    { _ ("Address"), journey->address },
    { _ ("Phone"), journey->phone },
    { _ ("Hours"), journey->hours },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows) && max_rows > 0; i++) {
    if (rows[i].value == NULL)
      continue;
    if (summary == NULL)
      summary = pv_screen_state_add_field (state, PV_FIELD_SUMMARY, "contacts", NULL);
    pv_field_add_row (summary, rows[i].label, rows[i].value);
    max_rows--;
  }
  if (summary != NULL)
    pv_field_open_rows (summary);
}

static PvScreenState *
paper (PvJourney *journey)
{
  PvScreenState *state = pv_screen_new_overlay (journey, PV_SCREEN_PAPER, _ ("Would you like a paper?"),
                                                _ ("The receipt bears your number. It serves as a proof."));

  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_PRINT, _ ("Print my receipt"));
  pv_screen_state_add_action (state, PV_ROLE_SECONDARY, PV_DO_NO_PAPER, _ ("No, thank you"));
  return state;
}

PvScreenState *
pv_screen_overlay (PvJourney *journey, PvOverlay overlay)
{
  switch (overlay) {
  case PV_OVER_STILL_THERE:
    return still_there (journey);
  case PV_OVER_NEED_TIME:
    return need_time (journey);
  case PV_OVER_QUIT:
    return quit (journey);
  case PV_OVER_CLOSING:
    return pv_screen_closing (journey);
  case PV_OVER_LANGUAGES:
    return languages (journey);
  case PV_OVER_LOOK:
    return pv_screen_look (journey);
  case PV_OVER_LISTEN:
    return pv_screen_listen (journey);
  case PV_OVER_WORDS:
    return pv_screen_words (journey);
  case PV_OVER_PAPER:
    return paper (journey);
  case PV_OVER_PAPERS:
    return pv_screen_papers (journey);
  case PV_OVER_CALL:
    return pv_screen_call (journey);
  case PV_OVER_CONSENT:
    return pv_screen_consent (journey);
  case PV_OVER_REPLY:
    return pv_screen_reply (journey);
  case PV_OVER_HELPED:
    return pv_screen_helped (journey);
  case PV_OVER_CANCEL:
    return pv_screen_cancel (journey);
  case PV_OVER_MEDIATOR:
  case PV_OVER_NONE:
    break;
  }
  return pv_screen_mediator (journey);
}

PvScreenState *
pv_screen_goodbye (PvJourney *journey)
{
  PvScreenState *state = pv_journey_new_screen (journey, PV_SCREEN_GOODBYE, "goodbye", _ ("Goodbye"));

  PvNotice *notice = pv_screen_state_add_notice (state, PV_TONE_INFO, "hand", NULL);

  notice->strong =
    g_strdup (journey->has_printed ? _ ("Take your papers and your card.") : _ ("Take your card and your things."));
  state->help = g_strdup (_ ("Nothing of yours stays here."));
  return state;
}

PvScreenState *
pv_screen_out_of_order (PvJourney *journey)
{
  PvScreenState *state =
    pv_journey_new_screen (journey, PV_SCREEN_OUT_OF_ORDER, "out-of-order", _ ("This kiosk is out of order"));

  state->help = g_strdup (_ ("You can go to the town hall or call it."));
  pv_screen_add_contacts (journey, state, NULL, G_MAXUINT);
  return state;
}
