/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/logs.h"

#include <string.h>

#include "platform/bounded-run.h"
#include "ctl/ctl.h"
#include "ctl/say.h"
#include "ctl/status.h"

#define SPAN   "[0-9]{1,4} ?(?:s|sec|m|min|h|d|w|weeks?|days?|hours?|minutes?)"
#define MOMENT "[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[ T][0-9]{2}:[0-9]{2}(?::[0-9]{2})?)?"

char *
pv_logs_parse_since (const char *text)
{
  char *since;

  if (g_regex_match_simple ("^" SPAN "$", text, 0, 0))
    return g_strconcat ("-", text, NULL);
  if (!g_regex_match_simple ("^(?:" MOMENT "|today|yesterday)$", text, 0, 0))
    return NULL;
  since = g_strdup (text);
  return g_strdelimit (since, "T", ' ');
}

char *
pv_logs_read (const char *since)
{
  g_autofree char *lines = g_strdup_printf ("--lines=%d", PV_LOGS_MAX_LINES);
  g_autofree char *from = since != NULL ? g_strdup_printf ("--since=%s", since) : NULL;
  g_autoptr (GPtrArray) units = g_ptr_array_new_with_free_func (g_free);
  const char *argv[20] = { "journalctl", "--no-pager", "--quiet", "--output=short-iso", lines };
  guint n = 5;

  if (from != NULL)
    argv[n++] = from;
  for (guint i = 0; pv_status_units[i] != NULL; i++) {
    g_ptr_array_add (units, g_strdup_printf ("--unit=%s", pv_status_units[i]));
    argv[n++] = units->pdata[i];
  }
  return pv_run_bounded (argv, PV_LOGS_S, PV_LOGS_MAX_BYTES);
}

int
pv_ctl_logs (const PvCtl *ctl, char **arguments)
{
  g_autofree char *since = NULL, *text = NULL;

  (void) ctl;
  if (g_strcmp0 (arguments[0], "--since") == 0 && arguments[1] != NULL) {
    since = pv_logs_parse_since (arguments[1]);
    arguments += since != NULL ? 2 : 0;
  }
  if (arguments[0] != NULL) {
    pv_ctl_fail ("use: parvisctl logs [--since 2h|3d|today|YYYY-MM-DD[THH:MM]]");
    return PV_CTL_USAGE;
  }
  text = pv_logs_read (since);
  if (text == NULL)
    return pv_ctl_fail ("%s", pv_say ("the journal cannot be read: run it as root, on the kiosk",
                                      "le journal ne peut pas être lu : lancez la commande en root, sur la borne"));
  if (*text == '\0')
    g_print ("%s\n", pv_say ("The journal has nothing of Parvis for that time.",
                             "Le journal n’a rien de Parvis pour cette période."));
  else
    g_print ("%s", text);
  return PV_CTL_OK;
}
