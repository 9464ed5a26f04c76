/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* session-closed.c: what a kiosk that serves nobody says in the languages that are not on the screen. */

#include "core/language-code.h"
#include "kiosk/session/session-private.h"
#include "platform/language.h"

/* One line, in the language in use. (transfer full) */
typedef char *(*SayLine) (PvSession *session, gpointer data);

/* One line of each language of the kiosk but the one on the screen, and its easy form. (transfer full) */
static char **
say_to_others (PvSession *session, SayLine say, gpointer data)
{
  const char *const *languages = pv_settings_get_list (session->settings, PV_SETTING_COMMUNE_LANGUAGES);
  g_autofree char *before = g_strdup (pv_language_get ()), *own = pv_language_to_tag (before);
  GPtrArray *lines = g_ptr_array_new ();

  for (guint i = 0; languages[i] != NULL; i++) {
    g_autofree char *tag = pv_language_to_tag (languages[i]);

    if (!g_str_equal (tag, own) && pv_language_set (languages[i]))
      g_ptr_array_add (lines, say (session, data));
  }
  pv_language_set (before);
  g_ptr_array_add (lines, NULL);
  return (char **) g_ptr_array_free (lines, FALSE);
}

static char *
say_maintenance (PvSession *session, gpointer data)
{
  PvMoment moment = pv_session_now (session);

  return pv_journey_say_maintenance (*(const gint64 *) data, &moment);
}

void
pv_session_show_maintenance (PvSession *session, gint64 until_us)
{
  PvMoment moment = pv_session_now (session);
  g_auto (GStrv) others = say_to_others (session, say_maintenance, &until_us);

  pv_journey_show_maintenance (session->journey, until_us, (const char *const *) others, &moment);
  pv_session_refresh_soon (session);
}

static char *
say_closed (PvSession *session, gpointer data)
{
  (void) data;
  return pv_journey_say_closed (session->journey);
}

void
pv_session_perform_closed (PvSession *session)
{
  g_auto (GStrv) others = say_to_others (session, say_closed, NULL);

  pv_journey_set_closed_others (session->journey, (const char *const *) others);
}
