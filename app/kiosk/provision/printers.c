/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/provision/printers.h"

#include <string.h>

#include "platform/bounded-run.h"

#define URI   "uri="
#define QUEUE "queue="

/* Lines of one printer: its name, and indented what is known of it; the first address or queue counts. */
static void
add_target (GPtrArray *found, const char *title, const char *line, gboolean *has_target)
{
  const char *target = strstr (line, URI) != NULL ? strstr (line, URI) + strlen (URI) : NULL;

  if (target == NULL && strstr (line, QUEUE) != NULL)
    target = strstr (line, QUEUE) + strlen (QUEUE);
  if (target == NULL || *has_target || title == NULL || !pv_setup_answer_check (PV_SETUP_TARGET, target))
    return;
  *has_target = TRUE;
  g_ptr_array_add (found, g_strdup_printf ("%s|%s", target, title));
}

char **
pv_printers_parse (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GPtrArray *found = g_ptr_array_new ();
  const char *title = NULL;
  gboolean has_target = FALSE;

  for (guint i = 0; lines[i] != NULL; i++) {
    if (*lines[i] != ' ') {
      title = *lines[i] != '\0' && strchr (lines[i], '|') == NULL ? lines[i] : NULL;
      has_target = FALSE;
    } else {
      add_target (found, title, lines[i], &has_target);
    }
  }
  g_ptr_array_add (found, NULL);
  return (char **) g_ptr_array_free (found, FALSE);
}

char **
pv_printers_list (const PvProvision *provision)
{
  const char *const argv[] = { provision->ctl_program, "printer", "list", NULL };
  g_autofree char *text = pv_run_bounded (argv, PV_PROVISION_LIST_S, PV_PROVISION_MAX_OUTPUT_BYTES);

  return pv_printers_parse (text != NULL ? text : "");
}

PvSetupReason
pv_printers_judge (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  const char *last = NULL;

  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0' && *lines[i] != ' ')
      last = lines[i];
  if (last == NULL)
    return PV_SETUP_BECAUSE_NO_PRINTER;
  return strcmp (last, "printed") == 0 ? PV_SETUP_BECAUSE_NOTHING : PV_SETUP_BECAUSE_NOT_PRINTED;
}

PvSetupReason
pv_printers_try (const PvProvision *provision, const char *config)
{
  const char *const argv[] = { provision->ctl_program, "--config", config, "printer", "test", NULL };
  g_autofree char *text = pv_run_bounded (argv, PV_PROVISION_PRINT_S, PV_PROVISION_MAX_OUTPUT_BYTES);

  return pv_printers_judge (text != NULL ? text : "");
}
