/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "walker-lookup.h"

#define UUID "0f8b6c1e-52a7-4c0e-9d3b-6a1f2e3d4c5b"

static void
act (const WalkLookUp *walk, PvIntentionKind kind, const char *target, const char *value)
{
  walk->act (kind, target, value, walk->user_data);
}

static void
show (const WalkLookUp *walk, const char *suffix)
{
  walk->show (suffix, walk->user_data);
}

static void
show_pages (const WalkLookUp *walk, const char *suffix)
{
  show (walk, suffix);
  for (guint page = 2;
       page <= 5 && pv_screen_state_find_action (pv_journey_get_state (walk->journey), PV_DO_NEXT_PAGE) != NULL;
       page++) {
    g_autofree char *name = g_strdup_printf ("%s%spage%u", suffix, suffix[0] != '\0' ? "-" : "", page);

    act (walk, PV_DO_NEXT_PAGE, NULL, NULL);
    show (walk, name);
  }
}

/* Follow ----------------------------------------------------------------------------------------------------------- */

static void
ask (const WalkLookUp *walk)
{
  act (walk, PV_DO_OPEN_FOLLOW, NULL, NULL);
  act (walk, PV_DO_TYPE, "code", "BCDFGHJK");
  act (walk, PV_DO_LOOK_UP, NULL, NULL);
}

static void
tell_followed (const WalkLookUp *walk, PvFollowedKind kind, const char *suffix)
{
  g_autoptr (PvFollowed) followed = pv_followed_new (kind, NULL);

  ask (walk);
  followed->retry_after_s = 240;
  pv_journey_followed (walk->journey, followed, walk->now);
  show (walk, suffix);
}

static void
tell_found (const WalkLookUp *walk, gboolean has_booking, const char *suffix)
{
  g_autoptr (PvFollowed) followed = pv_followed_new (PV_FOLLOWED_FOUND, "En attente de pièces");

  followed->title = g_strdup ("Inscription scolaire et périscolaire");
  followed->number = g_strdup ("18-2047");
  followed->received_us = walk->now->utc_us - 4 * G_TIME_SPAN_DAY;
  followed->changed_us = walk->now->utc_us - G_TIME_SPAN_HOUR;
  followed->expected =
    g_strdup ("Apportez un justificatif de domicile de moins de trois mois à l’accueil de la mairie.");
  if (has_booking) {
    followed->booking = pv_booking_new ("77", "agenda:mairie/titres", walk->now->utc_us + G_TIME_SPAN_DAY);
    followed->booking->place = g_strdup ("Mairie, guichet 3");
    followed->booking->bring = g_strdup ("Votre ancienne carte d’identité et une photo.");
    followed->booking->may_cancel = TRUE;
  }
  ask (walk);
  pv_journey_followed (walk->journey, followed, walk->now);
  show_pages (walk, suffix);
}

static void
walk_follow (const WalkLookUp *walk)
{
  act (walk, PV_DO_OPEN_FOLLOW, NULL, NULL);
  show (walk, "");
  act (walk, PV_DO_TYPE, "code", "BCDFGH");
  act (walk, PV_DO_LOOK_UP, NULL, NULL);
  show (walk, "short");
  ask (walk);
  show (walk, "");
  pv_journey_followed (walk->journey, NULL, walk->now);
  show (walk, "offline");
  tell_followed (walk, PV_FOLLOWED_NONE, "none");
  tell_followed (walk, PV_FOLLOWED_LIMITED, "limited");
  tell_followed (walk, PV_FOLLOWED_WAITING, "");
  tell_followed (walk, PV_FOLLOWED_TO_CHECK, "");
  tell_found (walk, FALSE, "");
  tell_found (walk, TRUE, "booking");
  act (walk, PV_DO_SHOW_SAFE, NULL, NULL);
  show (walk, "follow");
  act (walk, PV_DO_HOME, NULL, NULL);
}

/* Pay -------------------------------------------------------------------------------------------------------------- */

static void
ask_invoice (const WalkLookUp *walk)
{
  act (walk, PV_DO_OPEN_PAY, NULL, NULL);
  act (walk, PV_DO_TYPE, "invoice", UUID);
  act (walk, PV_DO_LOOK_UP, NULL, NULL);
  act (walk, PV_DO_TYPE, "amount", "42,50");
  act (walk, PV_DO_LOOK_UP, NULL, NULL);
}

static void
tell_invoice (const WalkLookUp *walk, guint64 remaining, gboolean is_online, gboolean is_late, const char *suffix)
{
  g_autoptr (PvInvoice) invoice = pv_invoice_new (PV_INVOICE_FOUND);

  invoice->uuid = g_strdup (UUID);
  invoice->number = g_strdup ("F26-000104");
  invoice->label = g_strdup ("Restauration scolaire, octobre 2026");
  invoice->total_cents = 4250;
  invoice->remaining_cents = remaining;
  invoice->is_paid = remaining == 0;
  invoice->has_pdf = TRUE;
  invoice->payment_url = g_strdup (is_online ? "https://demarches.montclair.example/facture/" UUID "/payer/" : NULL);
  g_date_set_dmy (&invoice->due, 15, is_late ? G_DATE_OCTOBER : G_DATE_DECEMBER, 2026);
  ask_invoice (walk);
  pv_journey_invoice_came (walk->journey, invoice, walk->now);
  show_pages (walk, suffix);
}

static void
tell_no_invoice (const WalkLookUp *walk, PvInvoiceKind kind, const char *suffix)
{
  g_autoptr (PvInvoice) invoice = pv_invoice_new (kind);

  invoice->retry_after_s = 60;
  ask_invoice (walk);
  pv_journey_invoice_came (walk->journey, invoice, walk->now);
  show (walk, suffix);
}

static void
walk_paper (const WalkLookUp *walk)
{
  act (walk, PV_DO_PRINT_INVOICE, NULL, NULL);
  show_pages (walk, "printing");
  pv_journey_print_state (walk->journey, PV_PRINT_FAILED, PV_PRINT_REASON_NONE, walk->now);
  show_pages (walk, "not-printed");
}

static void
walk_pay (const WalkLookUp *walk)
{
  act (walk, PV_DO_OPEN_PAY, NULL, NULL);
  show (walk, "");
  act (walk, PV_DO_LOOK_UP, NULL, NULL);
  show (walk, "no-square");
  act (walk, PV_DO_DECLINE, "invoice", NULL);
  show (walk, "");
  act (walk, PV_DO_BACK, NULL, NULL);
  act (walk, PV_DO_TYPE, "invoice", UUID);
  act (walk, PV_DO_LOOK_UP, NULL, NULL);
  show (walk, "");
  act (walk, PV_DO_LOOK_UP, NULL, NULL);
  show (walk, "no-amount");
  ask_invoice (walk);
  show (walk, "");
  pv_journey_invoice_came (walk->journey, NULL, walk->now);
  show (walk, "offline");
  tell_no_invoice (walk, PV_INVOICE_NONE, "none");
  tell_no_invoice (walk, PV_INVOICE_LIMITED, "limited");
  tell_invoice (walk, 0, TRUE, FALSE, "");
  tell_invoice (walk, 4250, FALSE, TRUE, "late");
  tell_invoice (walk, 1250, TRUE, FALSE, "");
  walk_paper (walk);
  act (walk, PV_DO_SHOW_PAYMENT, NULL, NULL);
  show (walk, "");
  act (walk, PV_DO_HOME, NULL, NULL);
}

void
walk_look_ups (const WalkLookUp *walk)
{
  walk_follow (walk);
  walk_pay (walk);
}
