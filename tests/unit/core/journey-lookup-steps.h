/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A journey that looks something up, and what is told of it. */
#pragma once

#include "journey-steps.h"

static const char safe_url[] = "https://demarches.montclair.example/porte-documents/";

static inline int
set_up_all (void **state)
{
  PvJourneyConfig config = sample_config ();
  Fixture *fixture;

  set_up (state);
  fixture = *state;
  config.can_follow = config.can_pay = TRUE;
  config.safe_url = safe_url;
  config.login_url = "https://demarches.montclair.example/factures/";
  pv_journey_free (fixture->journey);
  fixture->journey = pv_journey_new (&config);
  pv_journey_set_ref (fixture->journey, ref);
  pv_journey_set_capacity (fixture->journey, &(PvCapacity){ 22, 42 });
  pv_journey_catalogue_loaded (fixture->journey, fixture->catalogue, &fixture->now);
  pv_journey_printer_available (fixture->journey, TRUE, PV_PRINT_REASON_NONE, &fixture->now);
  pv_journey_prints_pages (fixture->journey, TRUE, &fixture->now);
  return 0;
}

static inline const PvChoice *
find_tile (Fixture *fixture, const char *field, const char *id)
{
  const PvField *tiles = pv_screen_state_find_field (screen (fixture), field);

  for (guint i = 0; tiles != NULL && tiles->choices != NULL && i < tiles->choices->len; i++) {
    const PvChoice *choice = tiles->choices->pdata[i];

    if (g_str_equal (choice->id, id))
      return choice;
  }
  return NULL;
}

static inline const char *
error_of (Fixture *fixture, const char *field)
{
  return pv_screen_state_find_field (screen (fixture), field)->error;
}

static inline const char *
value_of_row (Fixture *fixture, const char *label)
{
  const PvField *summary = pv_screen_state_find_field (screen (fixture), "found");

  for (guint i = 0; summary != NULL && i < summary->rows->len; i++) {
    const PvSummaryRow *row = summary->rows->pdata[i];

    if (g_str_equal (row->label, label))
      return row->value;
  }
  return NULL;
}

static inline const char *
first_notice (Fixture *fixture)
{
  const GPtrArray *notices = screen (fixture)->notices;

  return notices->len > 0 ? ((const PvNotice *) notices->pdata[0])->text : "";
}

/* Opens "follow", types @code and asks: what is asked for, or NULL. (transfer full) */
static inline char *
ask_for (Fixture *fixture, const char *code)
{
  PvEffect *effect;
  char *text;

  act (fixture, PV_DO_START, NULL, NULL);
  act (fixture, PV_DO_OPEN_FOLLOW, NULL, NULL);
  act (fixture, PV_DO_TYPE, "code", code);
  act (fixture, PV_DO_LOOK_UP, NULL, NULL);
  effect = wait_effect (fixture, PV_EFFECT_FOLLOW);
  text = effect != NULL ? g_strdup (effect->text) : NULL;
  pv_effect_free (effect);
  return text;
}

static inline PvFollowed *
a_followed (void)
{
  PvFollowed *followed = pv_followed_new (PV_FOLLOWED_FOUND, "En cours d’étude");

  followed->title = g_strdup ("Inscription à l’école");
  followed->number = g_strdup ("18-2047");
  followed->received_us = G_GINT64_CONSTANT (1795440720000000);
  followed->changed_us = G_GINT64_CONSTANT (1795540720000000);
  followed->expected = g_strdup ("Un justificatif de domicile");
  return followed;
}
