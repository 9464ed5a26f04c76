/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A journey with the sample procedure, and how a test leads it. */

#pragma once

#include "tst.h"

#include <string.h>

#include "core/journey.h"
#include "sample-procedure.h"

static const char ref[] = "BCDFGHJKLM";

typedef struct {
  PvProcedure *procedure;
  PvCatalogue *catalogue;
  PvJourney *journey;
  GTimeZone *zone;
  PvMoment now;
} Fixture;

static inline PvJourneyConfig
sample_config (void)
{
  static const char *const languages[] = { "en", "fr", NULL };
  static const char *const directions[] = { "Hôtel de ville: Bus 3, arrêt Mairie.", NULL };

  return (PvJourneyConfig){
    .commune = "Ville de Montclair",
    .place = "Espace numérique",
    .service = "Mairie",
    .address = "1 place de la Mairie",
    .phone = "01 99 00 00 00",
    .dpo = "dpo@montclair.example",
    .tracking_url = "https://demarches.montclair.example/code/",
    .languages = languages,
    .directions = directions,
    .idle_seconds = 90,
    .warn_seconds = 60,
    .is_printer_enabled = TRUE,
    .is_clock_verified = TRUE,
    .is_card_enabled = TRUE,
  };
}

static inline PvJourney *
new_journey (void)
{
  PvJourneyConfig config = sample_config ();

  return pv_journey_new (&config);
}

static inline int
set_up (void **state)
{
  Fixture *fixture = g_new0 (Fixture, 1);
  PvCatalogueEntry *entry = pv_catalogue_entry_new ("ecole", "Inscription à l’école");

  entry->category = g_strdup ("famille-ecole");
  entry->url = g_strdup ("https://demarches.montclair.example/ecole/");
  fixture->catalogue = pv_catalogue_new ();
  g_ptr_array_add (fixture->catalogue->entries, entry);
  fixture->procedure = sample_procedure ();
  fixture->journey = new_journey ();
  fixture->zone = g_time_zone_new_identifier ("Europe/Paris");
  fixture->now.zone = fixture->zone;
  fixture->now.utc_us = G_GINT64_CONSTANT (1795440720000000); /* 2026-11-23 13:32 UTC */
  fixture->now.monotonic_ms = 1000;
  pv_journey_set_ref (fixture->journey, ref);
  pv_journey_set_capacity (fixture->journey, &(PvCapacity){ 22, 42 });
  pv_journey_catalogue_loaded (fixture->journey, fixture->catalogue, &fixture->now);
  pv_journey_printer_available (fixture->journey, TRUE, PV_PRINT_REASON_NONE, &fixture->now);
  *state = fixture;
  return 0;
}

static inline int
tear_down (void **state)
{
  Fixture *fixture = *state;

  pv_journey_free (fixture->journey);
  pv_catalogue_unref (fixture->catalogue);
  pv_procedure_unref (fixture->procedure);
  g_time_zone_unref (fixture->zone);
  g_free (fixture);
  return 0;
}

static inline void
act_as (Fixture *fixture, PvActor actor, PvIntentionKind kind, const char *target, const char *value)
{
  g_autoptr (PvIntention) intention = pv_intention_new (kind, actor, target, value);

  pv_journey_handle (fixture->journey, intention, &fixture->now);
}

static inline void
act (Fixture *fixture, PvIntentionKind kind, const char *target, const char *value)
{
  act_as (fixture, PV_ACTOR_CITIZEN, kind, target, value);
}

static const PvScreenState *
screen (Fixture *fixture)
{
  return pv_journey_get_state (fixture->journey);
}

static inline void
assert_screen (Fixture *fixture, const char *key)
{
  assert_string_equal (screen (fixture)->key, key);
}

/* The oldest effect of one kind, others dropped. */
static inline PvEffect *
wait_effect (Fixture *fixture, PvEffectKind kind)
{
  for (PvEffect *effect = pv_journey_pop_effect (fixture->journey); effect != NULL;
       effect = pv_journey_pop_effect (fixture->journey)) {
    if (effect->kind == kind)
      return effect;
    pv_effect_free (effect);
  }
  return NULL;
}

static inline void
pass_seconds (Fixture *fixture, guint seconds)
{
  fixture->now.monotonic_ms += (gint64) seconds * 1000;
  fixture->now.utc_us += (gint64) seconds * G_USEC_PER_SEC;
  pv_journey_tick (fixture->journey, &fixture->now);
}

static inline void
begin (Fixture *fixture)
{
  act (fixture, PV_DO_START, NULL, NULL);
  act (fixture, PV_DO_OPEN_CATEGORY, "famille-ecole", NULL);
  act (fixture, PV_DO_OPEN_PROCEDURE, "ecole", NULL);
  pv_journey_procedure_loaded (fixture->journey, "ecole", fixture->procedure, &fixture->now);
  act (fixture, PV_DO_BEGIN, NULL, NULL);
}

static inline void
answer_up_to_check (Fixture *fixture)
{
  begin (fixture);
  act (fixture, PV_DO_TYPE, "2", "Martin");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  act (fixture, PV_DO_TYPE_PART, "3/day", "13");
  act (fixture, PV_DO_TYPE_PART, "3/month", "7");
  act (fixture, PV_DO_TYPE_PART, "3/year", "2020");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  act (fixture, PV_DO_TYPE, "4", "4 rue des Tilleuls");
  act (fixture, PV_DO_TYPE, "5", "89100");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  act (fixture, PV_DO_CHOOSE, "6", "tous");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  act (fixture, PV_DO_TYPE, "8/0/81", "Claire");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  act (fixture, PV_DO_DECLINE, "8/0/82", NULL);
  act (fixture, PV_DO_NEXT, NULL, NULL);
  act (fixture, PV_DO_DECLINE, "9", NULL);
  act (fixture, PV_DO_NEXT, NULL, NULL);
  act (fixture, PV_DO_LATER, "11", NULL);
}

static inline void
send (Fixture *fixture)
{
  answer_up_to_check (fixture);
  while (pv_screen_state_find_action (screen (fixture), PV_DO_NEXT_PAGE) != NULL)
    act (fixture, PV_DO_NEXT_PAGE, NULL, NULL);
  act (fixture, PV_DO_TOGGLE, "12", NULL);
  act (fixture, PV_DO_SEND, NULL, NULL);
}

static inline PvOutcome *
received (void)
{
  PvOutcome *outcome = pv_outcome_new (PV_OUTCOME_RECEIVED, ref);

  outcome->number = g_strdup ("18-2047");
  outcome->tracking_code = g_strdup ("BCDFGHJK");
  outcome->received_us = G_GINT64_CONSTANT (1795440720000000);
  return outcome;
}
