/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "citizen.h"

PvMoment
citizen_now (const Citizen *citizen)
{
  return (PvMoment){ g_get_real_time (), g_get_monotonic_time () / 1000 + citizen->ahead_ms, citizen->zone };
}

static void
state_cb (gboolean is_up, gboolean can_store, gpointer user_data)
{
  Citizen *citizen = user_data;
  PvMoment moment = citizen_now (citizen);

  pv_journey_service_state (citizen->journey, is_up, can_store, &moment);
}

static void
catalogue_cb (PvCatalogue *catalogue, gpointer user_data)
{
  Citizen *citizen = user_data;
  PvMoment moment = citizen_now (citizen);

  g_clear_pointer (&citizen->catalogue, pv_catalogue_unref);
  citizen->catalogue = catalogue != NULL ? pv_catalogue_ref (catalogue) : NULL;
  pv_journey_catalogue_loaded (citizen->journey, catalogue, &moment);
}

static void
procedure_cb (const char *slug, PvProcedure *procedure, gpointer user_data)
{
  Citizen *citizen = user_data;
  PvMoment moment = citizen_now (citizen);

  pv_journey_procedure_loaded (citizen->journey, slug, procedure, &moment);
}

static void
options_cb (const char *path, GPtrArray *options, gpointer user_data)
{
  Citizen *citizen = user_data;
  PvMoment moment = citizen_now (citizen);

  pv_journey_options_loaded (citizen->journey, path, options, &moment);
}

static void
stored_cb (gboolean is_stored, gpointer user_data)
{
  Citizen *citizen = user_data;
  PvMoment moment = citizen_now (citizen);

  pv_journey_stored (citizen->journey, is_stored, &moment);
}

static void
outcome_cb (const PvOutcome *outcome, gpointer user_data)
{
  Citizen *citizen = user_data;
  PvMoment moment = citizen_now (citizen);

  pv_journey_outcome (citizen->journey, outcome, &moment);
}

static void
proof_cb (const char *ref, const char *code, gpointer user_data)
{
  pv_journey_set_proof (((Citizen *) user_data)->journey, ref, code);
}

static void
give_reference (Citizen *citizen)
{
  g_autofree char *ref = rig_make_ref ();

  pv_journey_set_ref (citizen->journey, ref);
}

static void
perform (Citizen *citizen, PvEffect *effect)
{
  switch ((gint) effect->kind) {
  case PV_EFFECT_FETCH_CATALOGUE:
    pv_courier_link_fetch_catalogue (citizen->courier);
    break;
  case PV_EFFECT_FETCH_PROCEDURE:
    give_reference (citizen);
    pv_courier_link_fetch_procedure (citizen->courier, effect->text);
    break;
  case PV_EFFECT_GIVE_REF:
    give_reference (citizen);
    break;
  case PV_EFFECT_FETCH_OPTIONS:
    pv_courier_link_fetch_options (citizen->courier, effect->text, effect->path);
    break;
  case PV_EFFECT_STORE:
    citizen->n_stores++;
    g_free (citizen->ref);
    citizen->ref = g_strdup (effect->submission->ref);
    pv_courier_link_store (citizen->courier, effect->submission);
    break;
  case PV_EFFECT_PRACTICE:
    pv_courier_link_set_practice (citizen->courier, effect->number != 0);
    break;
  case PV_EFFECT_PRINT:
    g_clear_pointer (&citizen->receipt, pv_receipt_free);
    citizen->receipt = g_steal_pointer (&effect->receipt);
    break;
  default:
    if (citizen->perform_other != NULL)
      citizen->perform_other (effect, citizen->user_data);
    break;
  }
}

void
citizen_perform (Citizen *citizen)
{
  PvEffect *effect;

  while ((effect = pv_journey_pop_effect (citizen->journey)) != NULL) {
    perform (citizen, effect);
    pv_effect_free (effect);
  }
}

Citizen *
citizen_new (Rig *rig, const PvJourneyConfig *config)
{
  static const PvCourierEvents events = { state_cb,  catalogue_cb, procedure_cb, options_cb,
                                          stored_cb, outcome_cb,   proof_cb };
  Citizen *citizen = g_new0 (Citizen, 1);
  g_autofree char *socket = g_build_filename (rig->folder, "run", "courier.sock", NULL);

  citizen->rig = rig;
  citizen->zone = g_time_zone_new_identifier ("Europe/Paris");
  citizen->journey = pv_journey_new (config);
  pv_journey_set_capacity (citizen->journey, &(PvCapacity){ 60, 60 });
  citizen->courier = pv_courier_link_new (socket, &events, citizen);
  return citizen;
}

void
citizen_free (Citizen *citizen)
{
  pv_courier_link_free (citizen->courier);
  g_clear_pointer (&citizen->receipt, pv_receipt_free);
  pv_journey_free (citizen->journey);
  g_clear_pointer (&citizen->catalogue, pv_catalogue_unref);
  g_time_zone_unref (citizen->zone);
  g_free (citizen->ref);
  g_free (citizen);
}

const PvScreenState *
citizen_screen (Citizen *citizen)
{
  return pv_journey_get_state (citizen->journey);
}

void
citizen_act (Citizen *citizen, PvIntentionKind kind, const char *target, const char *value)
{
  g_autoptr (PvIntention) intention = pv_intention_new (kind, PV_ACTOR_CITIZEN, target, value);
  PvMoment moment = citizen_now (citizen);

  pv_journey_handle (citizen->journey, intention, &moment);
  citizen_perform (citizen);
}
