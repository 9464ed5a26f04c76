/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The kiosk is being serviced: nobody's screen, on which nothing can be touched, until its end or somebody's word. */

#include "core/journey-private.h"

#include <glib/gi18n-lib.h>

enum { LOOK_AGAIN_MS = 60 * 1000 }; /* the wall clock may jump */

char *
pv_journey_say_when (gint64 until_us, const PvMoment *now)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (until_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = until_us != 0 && utc != NULL ? g_date_time_to_timezone (utc, now->zone) : NULL;
  g_autofree char *hour = NULL, *day = NULL;
  GDate today, date;

  g_date_clear (&today, 1);
  g_date_clear (&date, 1);
  if (local == NULL || !pv_moment_get_date (now->utc_us, now->zone, &today)
      || !pv_moment_get_date (until_us, now->zone, &date))
    return NULL;
  hour = pv_time_display ((guint) g_date_time_get_hour (local), (guint) g_date_time_get_minute (local));
  if (g_date_compare (&today, &date) == 0)
    return g_strdup_printf (_ ("Come back at %s."), hour);
  day = pv_date_display_near (&date);
  /* Translators: a day, a time */
  return g_strdup_printf (_ ("Come back on %s at %s."), day, hour);
}

char *
pv_journey_say_maintenance (gint64 until_us, const PvMoment *now)
{
  g_autofree char *when = pv_journey_say_when (until_us, now);

  return g_strdup_printf ("%s. %s", _ ("This kiosk is being serviced"),
                          when != NULL ? when : _ ("You can go to the town hall or call it."));
}

void
pv_journey_show_maintenance (PvJourney *journey, gint64 until_us, const char *const *others, const PvMoment *now)
{
  pv_journey_set_now (journey, now);
  pv_journey_go (journey, PV_AT_OUT_OF_ORDER);
  pv_journey_watch_card (journey);
  journey->is_in_maintenance = TRUE;
  pv_journey_forget_closed (journey);
  journey->maintenance_until_us = until_us;
  g_free (journey->maintenance_others);
  journey->maintenance_others = others != NULL && others[0] != NULL ? g_strjoinv ("\n", (char **) others) : NULL;
}

gint64
pv_journey_maintenance_deadline_ms (const PvJourney *journey)
{
  gint64 left_ms = (journey->maintenance_until_us - journey->now.utc_us) / 1000;

  if (!journey->is_in_maintenance || journey->maintenance_until_us == 0)
    return G_MAXINT64;
  return journey->now.monotonic_ms + CLAMP (left_ms, 0, LOOK_AGAIN_MS);
}

void
pv_journey_tick_maintenance (PvJourney *journey)
{
  if (!journey->is_in_maintenance || journey->maintenance_until_us == 0
      || journey->now.utc_us < journey->maintenance_until_us)
    return;
  journey->is_in_maintenance = FALSE;
  pv_journey_go (journey, PV_AT_WELCOME);
  pv_journey_watch_card (journey);
}

void
pv_screen_add_others (PvScreenState *state, const char *others)
{
  g_auto (GStrv) lines = g_strsplit (others != NULL ? others : "", "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++) {
    g_autofree char *id = g_strdup_printf ("others-%u", i);

    pv_screen_state_add_field (state, PV_FIELD_TEXT, id, NULL)->value = g_strdup (lines[i]);
  }
}

PvScreenState *
pv_screen_maintenance (PvJourney *journey)
{
  PvScreenState *state =
    pv_journey_new_screen (journey, PV_SCREEN_OUT_OF_ORDER, "maintenance", _ ("This kiosk is being serviced"));
  char *when = pv_journey_say_when (journey->maintenance_until_us, &journey->now);
  PvField *contacts;

  /* Not as a help, which the smallest screen leaves out. */
  pv_screen_state_add_field (state, PV_FIELD_TEXT, "when", NULL)->value =
    when != NULL ? when : g_strdup (_ ("You can go to the town hall or call it."));
  /* Little enough to be seen at once, also on the smallest screen: nobody should have to touch this one. */
  if (journey->phone != NULL) {
    contacts = pv_screen_state_add_field (state, PV_FIELD_SUMMARY, "contacts", NULL);
    pv_field_add_row (contacts, _ ("Phone"), journey->phone);
    pv_field_open_rows (contacts);
  }
  pv_screen_add_others (state, journey->maintenance_others);
  return state;
}
