/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The sheet "Read better": letters, colours, and the hand that touches. Everything is tried at once: the sheet stays. */

#include <glib/gi18n-lib.h>

#include "core/journey-private.h"

typedef struct {
  const char *id, *label, *picture;
} Offer;

static const Offer sizes[] = {
  { "100", NC_ ("letters", "Usual"), "letter-100" },
  { "125", NC_ ("letters", "Large"), "letter-125" },
  { "150", NC_ ("letters", "Larger"), "letter-150" },
  { "200", NC_ ("letters", "Very large"), "letter-200" },
};
static const Offer themes[] = {
  { "light", NC_ ("colours", "Usual"), "colours-light" },
  { "dark", NC_ ("colours", "White on black"), "colours-dark" },
  { "contrast", NC_ ("colours", "Black on white"), "colours-contrast" },
};
static const Offer hands[] = {
  { "right", NC_ ("hand", "Right hand"), "hand-right" },
  { "left", NC_ ("hand", "Left hand"), "hand-left" },
  { "slow", NC_ ("hand", "I tremble"), "hand-slow" },
};

static PvChoice *
add_offer (PvField *field, const Offer *offer, const char *label, PvIntentionKind intention, gboolean is_chosen)
{
  PvChoice *choice = pv_field_add_choice (field, offer->id, label);

  choice->icon = g_strdup (offer->picture);
  choice->intention = intention;
  choice->selected = is_chosen;
  return choice;
}

static void
add_sizes (PvScreenState *state, const PvLook *look)
{
  PvField *field = pv_screen_state_add_field (state, PV_FIELD_TILES, "text-size", _ ("Size of the letters"));

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    guint percent = (guint) g_ascii_strtoull (sizes[i].id, NULL, 10);
    PvChoice *choice = add_offer (field, &sizes[i], g_dpgettext2 (GETTEXT_PACKAGE, "letters", sizes[i].label),
                                  PV_DO_SET_TEXT_SIZE, percent == look->text_percent);

    /* Translators: spoken; of a size of letters: how large */
    choice->detail = g_strdup_printf (_ ("%u %%"), percent);
  }
}

static void
add_themes (PvScreenState *state, const PvLook *look)
{
  PvField *field = pv_screen_state_add_field (state, PV_FIELD_TILES, "theme", _ ("Colours"));

  for (guint i = 0; i < G_N_ELEMENTS (themes); i++)
    add_offer (field, &themes[i], g_dpgettext2 (GETTEXT_PACKAGE, "colours", themes[i].label), PV_DO_SET_THEME,
               g_str_equal (themes[i].id, look->theme));
}

static void
add_hands (PvScreenState *state, const PvLook *look)
{
  const gboolean is_chosen[] = { !look->is_left_handed, look->is_left_handed, look->is_slow };
  PvField *field = pv_screen_state_add_field (state, PV_FIELD_TILES, "hand", _ ("Your hand"));

  for (guint i = 0; i < G_N_ELEMENTS (hands); i++)
    add_offer (field, &hands[i], g_dpgettext2 (GETTEXT_PACKAGE, "hand", hands[i].label),
               g_str_equal (hands[i].id, "slow") ? PV_DO_SLOW_TOUCH : PV_DO_SET_HAND, is_chosen[i]);
}

PvScreenState *
pv_screen_look (PvJourney *journey)
{
  const PvLook *look = &journey->look;
  PvScreenState *state =
    pv_screen_new_overlay (journey, PV_SCREEN_LOOK, _ ("Read better"),
                           look->is_slow ? _ ("Keep your finger on a button for a moment.") : NULL);

  add_sizes (state, look);
  add_themes (state, look);
  add_hands (state, look);
  if (look->text_percent != 100 || !g_str_equal (look->theme, "light") || look->is_left_handed || look->is_slow)
    /* Translators: undoes every choice of this sheet */
    pv_screen_state_add_action (state, PV_ROLE_SECONDARY, PV_DO_RESET_LOOK, _ ("As before"));
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_CLOSE, _ ("Close"));
  return state;
}
