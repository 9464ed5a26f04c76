/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What this mediator says of themselves, and the colleagues who did. */

#include <sodium.h>

#include "mediator/console-private.h"

enum { AGAIN_MS = 30 * 1000 };

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

void
pv_console_list_colleagues (PvConsole *console)
{
  g_autoptr (GPtrArray) entries = pv_presence_board_list (console->board, pv_console_now (console));

  g_ptr_array_set_size (console->colleagues, 0);
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
