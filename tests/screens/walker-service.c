/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "walker-service.h"

#include <string.h>

#define NOW G_GINT64_CONSTANT (1795440720000000) /* 2026-11-23 13:32 UTC */

typedef struct {
  PvService *service;
  PvMoment now;
  WalkerServiceShown shown;
  gpointer user_data;
} ServiceWalk;

static void
show (ServiceWalk *walk, const char *name)
{
  walk->shown (pv_service_get_state (walk->service), name, walk->user_data);
}

static void
act (ServiceWalk *walk, PvIntentionKind kind, const char *target, const char *value)
{
  g_autoptr (PvIntention) intention = pv_intention_new (kind, PV_ACTOR_CITIZEN, target, value);
  PvServiceEffect *effect;

  pv_service_handle (walk->service, intention, &walk->now);
  while ((effect = pv_service_pop_effect (walk->service)) != NULL)
    pv_service_effect_free (effect);
}

static void
touch (ServiceWalk *walk, const char *what)
{
  act (walk, PV_DO_SERVICE, what, NULL);
}

static void
go_home (ServiceWalk *walk)
{
  while (strcmp (pv_service_get_state (walk->service)->key, "service-home") != 0)
    act (walk, PV_DO_BACK, NULL, NULL);
}

static void
try_pin (ServiceWalk *walk, PvServiceVerdict verdict)
{
  act (walk, PV_DO_TYPE, "pin", "12345678");
  act (walk, PV_DO_NEXT, NULL, NULL);
  pv_service_opened (walk->service, verdict, 3, NOW + 15 * 60 * G_USEC_PER_SEC, &walk->now);
}

/* Sentences of the doctor, as long as they come. */
static GPtrArray *
new_findings (void)
{
  GPtrArray *findings = g_ptr_array_new ();

  g_ptr_array_add (findings, pv_service_finding_new (PV_SERVICE_WRONG, "Imprimante", "L’imprimante n’a plus de papier.",
                                                     "Mettez du papier, puis touchez « Papier changé »."));
  g_ptr_array_add (findings, pv_service_finding_new (PV_SERVICE_WRONG, "Certificats",
                                                     "Le certificat de la borne expire dans 12 jours, le 5 décembre.",
                                                     "Demandez-en un autre à l’opérateur du relais."));
  g_ptr_array_add (findings, pv_service_finding_new (PV_SERVICE_NOTICE, "Disque", "Le disque est plein à 81 %.", NULL));
  g_ptr_array_add (findings, pv_service_finding_new (PV_SERVICE_WELL, "Écran", "L’écran est allumé.", NULL));
  return findings;
}

static void
walk_pin (ServiceWalk *walk)
{
  static const struct {
    PvServiceVerdict verdict;
    const char *name;
  } ends[] = { { PV_SERVICE_WRONG_PIN, "service-pin-wrong" },
               { PV_SERVICE_LOCKED, "service-pin-locked" },
               { PV_SERVICE_KEY_REFUSED, "service-pin-refused" } };

  show (walk, "service-pin");
  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++) {
    try_pin (walk, ends[i].verdict);
    show (walk, ends[i].name);
  }
  try_pin (walk, PV_SERVICE_OPEN);
}

static void
walk_tests (ServiceWalk *walk)
{
  touch (walk, "tests");
  show (walk, "service-tests");
  touch (walk, "touch");
  act (walk, PV_DO_CHOOSE, "targets", "5");
  show (walk, "service-touch");
  act (walk, PV_DO_BACK, NULL, NULL);
  touch (walk, "sound");
  show (walk, "service-sound");
  touch (walk, "silent");
  show (walk, "service-sound-silent");
  act (walk, PV_DO_BACK, NULL, NULL);
  touch (walk, "card");
  pv_service_card_report (walk->service, PV_CARD_WAITING, &walk->now);
  show (walk, "service-card");
  pv_service_card_report (walk->service, PV_CARD_PLACED, &walk->now);
  show (walk, "service-card-seen");
  act (walk, PV_DO_BACK, NULL, NULL);
  touch (walk, "print");
  show (walk, "service-print");
  pv_service_print_state (walk->service, PV_PRINT_FAILED, &walk->now);
  show (walk, "service-print-failed");
  go_home (walk);
}

static void
walk_deeds (ServiceWalk *walk)
{
  touch (walk, "close");
  show (walk, "service-close");
  touch (walk, "2");
  pv_service_done (walk->service, PV_SERVICE_CLOSE, TRUE, &walk->now);
  show (walk, "service-home-closed");
  touch (walk, "restart");
  show (walk, "service-restart");
  go_home (walk);
  touch (walk, "save");
  show (walk, "service-save");
  touch (walk, "confirm");
  show (walk, "service-save-writing");
  pv_service_done (walk->service, PV_SERVICE_SAVE, FALSE, &walk->now);
  show (walk, "service-save-failed");
  go_home (walk);
}

static void
walk_all (ServiceWalk *walk)
{
  walk_pin (walk);
  show (walk, "service-home-looking");
  pv_service_found (walk->service, new_findings (), &walk->now);
  pv_service_counted (walk->service, 2, &walk->now);
  show (walk, "service-home");
  touch (walk, "findings");
  show (walk, "service-findings");
  go_home (walk);
  touch (walk, "paper");
  show (walk, "service-printer-looking");
  pv_service_found (walk->service, new_findings (), &walk->now);
  show (walk, "service-printer");
  go_home (walk);
  walk_tests (walk);
  walk_deeds (walk);
  walk->now.monotonic_ms += PV_SERVICE_IDLE_SECONDS * 1000;
  pv_service_tick (walk->service, &walk->now);
  show (walk, "service-still-there");
  walk->now.monotonic_ms += PV_SERVICE_WARN_SECONDS * 1000;
  pv_service_tick (walk->service, &walk->now);
  show (walk, "service-over");
}

void
walker_run_service (const PvCapacity *capacity, gboolean is_low, WalkerServiceShown shown, gpointer user_data)
{
  const PvServiceConfig config = { .commune = "Ville de Montclair",
                                   .place = "Espace numérique",
                                   .can_speak = TRUE,
                                   .starts_low = is_low,
                                   .has_printer = TRUE,
                                   .has_reader = TRUE };
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Paris");
  ServiceWalk walk = { .now = { .utc_us = NOW, .monotonic_ms = 1000, .zone = zone },
                       .shown = shown,
                       .user_data = user_data };

  walk.service = pv_service_new (&config, &walk.now);
  pv_service_set_capacity (walk.service, capacity);
  walk_all (&walk);
  pv_service_free (walk.service);
}
