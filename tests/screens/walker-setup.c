/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "walker-setup.h"

#include <string.h>

typedef struct {
  PvSetup *setup;
  WalkerSetupShown shown;
  gpointer user_data;
} SetupWalk;

static void
show (SetupWalk *walk, const char *name)
{
  walk->shown (pv_setup_get_state (walk->setup), name, walk->user_data);
}

static void
show_this (SetupWalk *walk)
{
  g_autofree char *name = g_strdup (pv_setup_get_state (walk->setup)->key);

  show (walk, name);
}

static void
act (SetupWalk *walk, PvIntentionKind kind, const char *target, const char *value)
{
  g_autoptr (PvIntention) intention = pv_intention_new (kind, PV_ACTOR_CITIZEN, target, value);

  pv_setup_handle (walk->setup, intention);
}

static void
touch (SetupWalk *walk, const char *what)
{
  act (walk, PV_DO_SERVICE, what, NULL);
}

static void
go_on (SetupWalk *walk)
{
  act (walk, PV_DO_NEXT, NULL, NULL);
}

/* Answers whatever was asked for last. @text: (nullable): what comes with "ok" */
static void
reply (SetupWalk *walk, PvSetupReason reason, const char *text)
{
  const char *const texts[] = { text, NULL };
  PvSetupVerb verb = PV_SETUP_RESUME;
  PvSetupEffect *effect;

  while ((effect = pv_setup_pop_effect (walk->setup)) != NULL) {
    if (effect->kind == PV_SETUP_ASK)
      verb = effect->verb;
    pv_setup_effect_free (effect);
  }
  pv_setup_answered (walk->setup, verb, reason, texts);
}

static void
say_well (SetupWalk *walk, const char *text)
{
  reply (walk, PV_SETUP_BECAUSE_NOTHING, text);
}

/* The page as it is, with what is wrong, and left with what is right. */
static void
fill_in (SetupWalk *walk, PvSetupAnswer answer, const char *wrong, const char *right)
{
  const char *name = pv_setup_answer_name (answer);
  g_autofree char *error = g_strdup_printf ("setup-%s-wrong", name);

  show_this (walk);
  if (wrong != NULL) {
    act (walk, PV_DO_TYPE, name, wrong);
    go_on (walk);
    show (walk, error);
  }
  act (walk, PV_DO_TYPE, name, right);
  go_on (walk);
}

static void
walk_network (SetupWalk *walk)
{
  show (walk, "setup-resuming");
  say_well (walk, NULL);
  show_this (walk);
  go_on (walk);
  show_this (walk);
  touch (walk, "fixed");
  fill_in (walk, PV_SETUP_ADDRESS, "192.168.1", "192.168.1.20/24");
  fill_in (walk, PV_SETUP_GATEWAY, "1.2.3", "192.168.1.1");
  fill_in (walk, PV_SETUP_NAMES, "", "192.168.1.1");
  show_this (walk);
  reply (walk, PV_SETUP_BECAUSE_NO_LINK, NULL);
  show (walk, "setup-try-network-failed");
  go_on (walk);
  say_well (walk, "192.168.1.20");
  show (walk, "setup-try-network-proved");
  go_on (walk);
}

/* The longest ones as well as the usual ones. */
static void
walk_portal (SetupWalk *walk)
{
  static const PvSetupReason reasons[] = { PV_SETUP_BECAUSE_OFFLINE, PV_SETUP_BECAUSE_STRANGER, PV_SETUP_BECAUSE_DENIED,
                                           PV_SETUP_BECAUSE_CLOCK, PV_SETUP_BECAUSE_NO_PORTAL };

  show_this (walk);
  touch (walk, "relay");
  fill_in (walk, PV_SETUP_SERVER, "https://", "reglages.montclair.fr");
  fill_in (walk, PV_SETUP_CODE, "BCDF", "BCDF GHJK LMNP QRST VWXS");
  show_this (walk);
  reply (walk, PV_SETUP_BECAUSE_BROKEN, NULL);
  show (walk, "setup-try-relay-broken");
  for (guint i = 0; i < 3; i++)
    act (walk, PV_DO_BACK, NULL, NULL);
  touch (walk, "portal");
  fill_in (walk, PV_SETUP_URL, "mes demarches", "demarches.montclair.fr");
  fill_in (walk, PV_SETUP_ORIGIN, "é", "borne-mairie");
  fill_in (walk, PV_SETUP_KEY, "", "Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4");
  show_this (walk);
  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++) {
    g_autofree char *name = g_strdup_printf ("setup-try-portal-%s", pv_setup_reason_word (reasons[i]));

    reply (walk, reasons[i], NULL);
    show (walk, name);
    go_on (walk);
  }
  say_well (walk, "12");
  show (walk, "setup-try-portal-proved");
  go_on (walk);
  fill_in (walk, PV_SETUP_COMMUNE, "", "Montclair");
  fill_in (walk, PV_SETUP_PLACE, NULL, "Mairie, hall d’accueil");
  fill_in (walk, PV_SETUP_PHONE, "zéro", "03 53 01 00 00");
  show (walk, "setup-phone-saying");
  say_well (walk, NULL);
}

static void
walk_printer (SetupWalk *walk)
{
  const char *const found[] = { "ipp://192.168.1.50/ipp/print|Accueil", "caisse|Imprimante de caisse", NULL };

  show (walk, "setup-printer-looking");
  say_well (walk, NULL);
  show (walk, "setup-printer-none");
  touch (walk, "look");
  pv_setup_answered (walk->setup, PV_SETUP_LIST_PRINTERS, PV_SETUP_BECAUSE_NOTHING, found);
  show_this (walk);
  touch (walk, "uri");
  fill_in (walk, PV_SETUP_TARGET, "http://x", "ipp://192.168.1.50/ipp/print");
  show_this (walk);
  touch (walk, "roll-80mm");
  show_this (walk);
  reply (walk, PV_SETUP_BECAUSE_NO_PRINTER, NULL);
  show (walk, "setup-page-no-printer");
  go_on (walk);
  say_well (walk, NULL);
  show (walk, "setup-page-proved");
  touch (walk, "no-paper");
  show (walk, "setup-page-not-printed");
  go_on (walk);
  say_well (walk, NULL);
  go_on (walk);
  say_well (walk, NULL);
}

static void
walk_screen (SetupWalk *walk)
{
  show_this (walk);
  touch (walk, "smaller");
  touch (walk, "larger");
  go_on (walk);
  fill_in (walk, PV_SETUP_HEIGHT, "180", "75");
  show (walk, "setup-height-saying");
  say_well (walk, NULL);
  touch (walk, "3");
  show_this (walk);
  for (guint i = 1; i <= PV_SETUP_TARGETS; i++) {
    g_autofree char *number = g_strdup_printf ("%u", i);

    act (walk, PV_DO_CHOOSE, "targets", number);
  }
  show (walk, "setup-touch-all");
  go_on (walk);
  show_this (walk);
  touch (walk, "silent");
  show (walk, "setup-sound-silent");
  go_on (walk);
  say_well (walk, NULL);
}

static void
walk_end (SetupWalk *walk)
{
  show (walk, "setup-reader");
  pv_setup_card_report (walk->setup, PV_CARD_NO_READER);
  show (walk, "setup-reader-none");
  pv_setup_card_report (walk->setup, PV_CARD_WAITING);
  show (walk, "setup-reader-waiting");
  pv_setup_card_report (walk->setup, PV_CARD_PLACED);
  show (walk, "setup-reader-seen");
  go_on (walk);
  say_well (walk, NULL);
  show_this (walk);
  say_well (walk, NULL);
  show (walk, "setup-receipt-proved");
  go_on (walk);
  show_this (walk);
  go_on (walk);
  show (walk, "setup-check-finishing");
  reply (walk, PV_SETUP_BECAUSE_WRONG, NULL);
  show (walk, "setup-check-wrong");
  go_on (walk);
  say_well (walk, NULL);
  show_this (walk);
}

static void
walk_installing (SetupWalk *walk)
{
  const char *const disks[] = { "sda|256060514304|Samsung SSD 870 EVO 250GB|full", "nvme0n1|8000000000||empty", NULL };

  show_this (walk);
  say_well (walk, NULL);
  show (walk, "install-disk-none");
  touch (walk, "look");
  pv_setup_answered (walk->setup, PV_SETUP_LIST_DISKS, PV_SETUP_BECAUSE_NOTHING, disks);
  show (walk, "install-disk-listed");
  touch (walk, "sda");
  show_this (walk);
  touch (walk, "erase");
  show_this (walk);
  touch (walk, "really-erase");
  pv_setup_progress (walk->setup, PV_SETUP_WRITE_DISK, 42);
  show_this (walk);
  reply (walk, PV_SETUP_BECAUSE_NOT_WRITTEN, NULL);
  show (walk, "install-write-failed");
  go_on (walk);
  say_well (walk, NULL);
  show_this (walk);
  go_on (walk);
  show (walk, "install-restarting");
}

void
walker_run_setup (WalkerSetupShown shown, gpointer user_data)
{
  PvSetupConfig config = { .can_speak = TRUE, .width_px = 1080, .height_px = 1920, .language = "fr" };
  SetupWalk walk = { .shown = shown, .user_data = user_data };

  walk.setup = pv_setup_new (&config);
  walk_network (&walk);
  walk_portal (&walk);
  walk_printer (&walk);
  walk_screen (&walk);
  walk_end (&walk);
  pv_setup_free (walk.setup);
  config.is_installing = TRUE;
  walk.setup = pv_setup_new (&config);
  walk_installing (&walk);
  pv_setup_free (walk.setup);
}
