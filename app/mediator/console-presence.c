/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What this mediator says of themselves, and the colleagues who did. */

#include <sodium.h>

#include "mediator/console-private.h"

enum {
  AGAIN_MS = 30 * 1000,
  LEAST_MS = 5 * 1000, /* between two that nothing of ours gave rise to */
  JITTER_MS = 1500,    /* so that a whole team does not answer at once */
};

static void
colleague_free (gpointer data)
{
  PvColleague *colleague = data;

  g_free (colleague->id);
  g_free (colleague->name);
  g_free (colleague->place);
  g_free (colleague);
}

GPtrArray *
pv_console_new_colleagues (void)
{
  return g_ptr_array_new_with_free_func (colleague_free);
}

static gboolean
has_id (gconstpointer colleague, gconstpointer id)
{
  return g_str_equal (((const PvColleague *) colleague)->id, id);
}

/* Who has just come does not know yet that we are here. */
static void
answer_newcomers (PvConsole *console, const GPtrArray *before)
{
  gint64 at_ms =
    MAX (pv_console_now (console).mono_ms + g_random_int_range (0, JITTER_MS), console->said_ms + LEAST_MS);

  for (guint i = 0; i < console->colleagues->len; i++)
    if (!g_ptr_array_find_with_equal_func ((GPtrArray *) before,
                                           ((const PvColleague *) console->colleagues->pdata[i])->id, has_id, NULL)
        && console->said != PV_PRESENCE_OFF)
      console->say_again_ms = MIN (console->say_again_ms, at_ms);
}

void
pv_console_list_colleagues (PvConsole *console)
{
  g_autoptr (GPtrArray) entries = pv_presence_board_list (console->board, pv_console_now (console));
  g_autoptr (GPtrArray) before = g_steal_pointer (&console->colleagues);

  console->colleagues = pv_console_new_colleagues ();
  for (guint i = 0; i < entries->len; i++) {
    const PvPresenceEntry *entry = entries->pdata[i];
    char id[PV_CARRIER_ID_CHARS + 1];
    PvColleague *colleague = g_new0 (PvColleague, 1);

    sodium_bin2hex (id, sizeof id, entry->mediator->id, sizeof entry->mediator->id);
    *colleague = (PvColleague){
      .id = g_strdup (id),
      .name = g_strdup (entry->mediator->name),
      .place = g_strdup (entry->mediator->place),
      .presence = entry->presence,
    };
    g_ptr_array_add (console->colleagues, colleague);
  }
  answer_newcomers (console, before);
  pv_console_tell (console, PV_TELL_COLLEAGUES);
}

PvPresence
pv_console_effective_presence (const PvConsole *console)
{
  if (console->presence == PV_PRESENCE_OFF || !pv_console_is_open (console))
    return pv_console_is_helping (console) ? PV_PRESENCE_BUSY : PV_PRESENCE_OFF;
  return pv_console_is_helping (console) ? PV_PRESENCE_BUSY : console->presence;
}

/* Lost is lost: it is said again soon. */
static void
say (PvConsole *console, PvPresence presence)
{
  PvAssistTime now = pv_console_now (console);
  PvPresenceWord word = { .presence = presence, .created = MAX (now.utc, console->said_created + 1) };
  g_autoptr (GBytes) bytes = NULL;

  word.expires = word.created + PV_PRESENCE_MAX_SECONDS;
  console->said = presence;
  console->said_created = word.created;
  console->said_ms = now.mono_ms;
  console->say_again_ms = presence != PV_PRESENCE_OFF ? now.mono_ms + AGAIN_MS : G_MAXINT64;
  bytes = pv_presence_sign (&word, console->certificate, console->identity.secret);
  if (bytes != NULL)
    pv_carrier_tell_presence (console->carrier, bytes, NULL);
}

void
pv_console_say_presence (PvConsole *console, gboolean is_news)
{
  PvPresence presence = pv_console_effective_presence (console);

  if (!pv_carrier_is_up (console->carrier))
    return;
  if (is_news || presence != console->said || pv_console_now (console).mono_ms >= console->say_again_ms)
    say (console, presence);
}

void
pv_console_say_goodbye (PvConsole *console)
{
  if (console->carrier != NULL && pv_carrier_is_up (console->carrier) && console->said != PV_PRESENCE_OFF)
    say (console, PV_PRESENCE_OFF);
}
