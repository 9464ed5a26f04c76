/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is told to a journey of a mediator's help. */

#pragma once

#include "journey-steps.h"

static inline void
tell (Fixture *fixture, const PvAssistance *assistance)
{
  pv_journey_assistance_changed (fixture->journey, assistance, &fixture->now);
}

static inline void
tell_state (Fixture *fixture, PvAssistanceState state)
{
  tell (fixture, &(PvAssistance){ .state = state });
}

static inline void
tell_calling (Fixture *fixture, guint group, const char *code)
{
  tell (fixture, &(PvAssistance){ .state = PV_ASSISTANCE_CALLING, .group = group, .code = (char *) code });
}

/* Claire is there; what else is told can be changed before tell(). */
static inline PvAssistance
claire (void)
{
  return (PvAssistance){ .state = PV_ASSISTANCE_JOINED,
                         .mediator = (char *) "Claire M.",
                         .place = (char *) "Ville de Montclair" };
}

static inline PvAssistance
claire_who_may (const Fixture *fixture, gboolean may_propose, gboolean has_hand)
{
  PvAssistance assistance = claire ();

  assistance.may_show = TRUE;
  assistance.may_propose = may_propose;
  assistance.has_hand = has_hand;
  assistance.hand_until_ms = has_hand ? fixture->now.monotonic_ms + 60000 : 0;
  return assistance;
}

static inline void
tell_helps (Fixture *fixture, gboolean may_propose, gboolean has_hand)
{
  PvAssistance assistance = claire_who_may (fixture, may_propose, has_hand);

  tell (fixture, &assistance);
}

static inline void
tell_ended (Fixture *fixture, PvAssistanceEnd end)
{
  tell (fixture, &(PvAssistance){ .state = PV_ASSISTANCE_ENDED, .end = end });
}

static inline void
drop_effects (Fixture *fixture)
{
  for (PvEffect *effect = pv_journey_pop_effect (fixture->journey); effect != NULL;
       effect = pv_journey_pop_effect (fixture->journey))
    pv_effect_free (effect);
}

/* These are queued, in this order, and no other; popped. */
static inline void
assert_effects (Fixture *fixture, const PvEffectKind *kinds, guint n_kinds)
{
  for (guint i = 0; i < n_kinds; i++) {
    g_autoptr (PvEffect) effect = pv_journey_pop_effect (fixture->journey);

    assert_non_null (effect);
    assert_int_equal (effect->kind, kinds[i]);
  }
  assert_null (pv_journey_pop_effect (fixture->journey));
}

static inline void
assert_effect (Fixture *fixture, PvEffectKind kind, const char *text)
{
  g_autoptr (PvEffect) effect = pv_journey_pop_effect (fixture->journey);

  assert_non_null (effect);
  assert_int_equal (effect->kind, kind);
  if (text != NULL)
    assert_string_equal (effect->text, text);
  else
    assert_null (effect->text);
  assert_null (pv_journey_pop_effect (fixture->journey));
}

static inline const PvField *
field (Fixture *fixture, const char *id)
{
  const PvField *found = pv_screen_state_find_field (screen (fixture), id);

  assert_non_null (found);
  return found;
}

static inline const PvAction *
action (Fixture *fixture, PvIntentionKind intention)
{
  return pv_screen_state_find_action (screen (fixture), intention);
}
