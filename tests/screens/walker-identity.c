/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The card: each state of the reader and each trouble, the lines typed, and the question whether this is you. */

#include "walker-private.h"

enum { MAX_BACKS = 16 };

static void
tell_card (Walker *walker, PvCardState state, PvCardTrouble trouble, guint percent, const char *suffix)
{
  PvCardReport report = { state, trouble, percent, NULL };

  pv_journey_card_report (walker->journey, &report, &walker->now);
  if (suffix != NULL)
    walker_show (walker, suffix);
}

/* A card that says all that a card can say. */
static void
read_card (Walker *walker, PvVerdict verdict, PvReason reason, gboolean has_photo, const char *suffix)
{
  static const struct {
    PvIdentityField field;
    const char *text;
  } texts[] = {
    { PV_IDENTITY_SURNAME, "MARTIN" },
    { PV_IDENTITY_USED_SURNAME, "LEFÈVRE-BEAUREGARD" },
    { PV_IDENTITY_GIVEN_NAMES, "MAËLYS GAËLLE MARIE" },
    { PV_IDENTITY_BIRTH_DATE, "1990-07-13" },
    { PV_IDENTITY_BIRTH_PLACE, "Saint-Rémy-lès-Chevreuse" },
    { PV_IDENTITY_SEX, "F" },
    { PV_IDENTITY_NUMBER, "X4RTBPFW4" },
  };
  g_autoptr (PvIdentity) identity = pv_identity_new ();
  PvCardReport report = { PV_CARD_READ, PV_CARD_TROUBLE_NONE, 100, identity };

  identity->verdict = verdict;
  identity->reason = reason;
  for (guint i = 0; verdict != PV_VERDICT_REFUSED && i < G_N_ELEMENTS (texts); i++)
    pv_identity_set (identity, texts[i].field, texts[i].text);
  if (reason == PV_REASON_NO_ROOTS) /* two things to say at once */
    pv_identity_set (identity, PV_IDENTITY_EXPIRY, "2024-03-03");
  walker_act (walker, PV_DO_TYPE, "card-code", "");
  walker_act (walker, PV_DO_TYPE, "card-code", "481516");
  pv_journey_card_report (walker->journey, &report, &walker->now);
  if (has_photo)
    pv_journey_portrait_came (walker->journey, &walker->now);
  walker_show_pages (walker, suffix);
}

/* Page by page, back to the card. */
static void
leave_confirm (Walker *walker)
{
  walker_act (walker, PV_DO_BACK, NULL, NULL);
  for (guint page = 0; page < MAX_BACKS && g_str_equal (walker_screen (walker)->key, "identity-confirm"); page++)
    walker_act (walker, PV_DO_BACK, NULL, NULL);
}

static void
walk_zone (Walker *walker)
{
  walker_act (walker, PV_DO_OTHER_DOCUMENT, NULL, NULL);
  walker_show (walker, "");
  walker_act (walker, PV_DO_OPEN_DOCUMENT, "passport", NULL);
  walker_show (walker, "passport");
  walker_act (walker, PV_DO_TYPE, "zone-1", "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<");
  walker_act (walker, PV_DO_TYPE, "zone-2", "L898902C37UTO");
  walker_show (walker, "passport-wrong");
  walker_act (walker, PV_DO_BACK, NULL, NULL);
  walker_act (walker, PV_DO_OPEN_DOCUMENT, "card", NULL);
  walker_show (walker, "card");
  walker_act (walker, PV_DO_TYPE, "zone-1", "IDFRAX4RTBPFW46<<<<<<<<<<<<<<<");
  walker_act (walker, PV_DO_TYPE, "zone-2", "9007139F3002119");
  walker_act (walker, PV_DO_NEXT, NULL, NULL);
  walker_show (walker, "card-wrong");
  walker_act (walker, PV_DO_BACK, NULL, NULL);
  tell_card (walker, PV_CARD_NO_READER, PV_CARD_TROUBLE_NONE, 0, "no-reader");
  tell_card (walker, PV_CARD_WAITING, PV_CARD_TROUBLE_NONE, 0, NULL);
  walker_act (walker, PV_DO_BACK, NULL, NULL);
}

/* Every state of the reader, and each trouble. */
void
walker_walk_identity (Walker *walker)
{
  walker_show (walker, "");
  tell_card (walker, PV_CARD_BUSY, PV_CARD_TROUBLE_NONE, 0, "busy");
  tell_card (walker, PV_CARD_PLACED, PV_CARD_TROUBLE_NONE, 0, "placed");
  walker_act (walker, PV_DO_TYPE, "card-code", "481");
  walker_act (walker, PV_DO_NEXT, NULL, NULL);
  walker_show (walker, "error");
  tell_card (walker, PV_CARD_WAITING, PV_CARD_TROUBLE_NONE, 0, NULL);
  walker_act (walker, PV_DO_TYPE, "card-code", "481516");
  walker_show (walker, "typed");
  tell_card (walker, PV_CARD_OPENING, PV_CARD_TROUBLE_NONE, 0, "opening");
  tell_card (walker, PV_CARD_READING, PV_CARD_TROUBLE_NONE, 50, "half");
  tell_card (walker, PV_CARD_PROVING, PV_CARD_TROUBLE_NONE, 100, "proving");
  tell_card (walker, PV_CARD_FAILED, PV_CARD_TROUBLE_LOST, 50, "lost");
  for (PvCardTrouble trouble = PV_CARD_TROUBLE_WRONG_CODE; trouble < PV_N_CARD_TROUBLES; trouble++) {
    walker_act (walker, PV_DO_TYPE, "card-code", "481516");
    tell_card (walker, PV_CARD_OPENING, PV_CARD_TROUBLE_NONE, 0, NULL);
    tell_card (walker, PV_CARD_FAILED, trouble, 0, pv_card_trouble_name (trouble));
  }
  walk_zone (walker);
  read_card (walker, PV_VERDICT_REFUSED, PV_REASON_CLONED_CHIP, FALSE, "");
  leave_confirm (walker);
  read_card (walker, PV_VERDICT_NOT_PROVEN, PV_REASON_NO_ROOTS, TRUE, "not-proven-photo");
  leave_confirm (walker);
  read_card (walker, PV_VERDICT_NOT_PROVEN, PV_REASON_NO_ROOTS, FALSE, "not-proven");
  leave_confirm (walker);
  read_card (walker, PV_VERDICT_GENUINE, PV_REASON_NONE, TRUE, "photo");
  leave_confirm (walker);
  read_card (walker, PV_VERDICT_GENUINE, PV_REASON_NONE, FALSE, "");
  while (pv_screen_state_find_action (walker_screen (walker), PV_DO_NEXT_PAGE) != NULL)
    walker_act (walker, PV_DO_NEXT_PAGE, NULL, NULL);
  walker_act (walker, PV_DO_CONFIRM_IDENTITY, NULL, NULL);
}
