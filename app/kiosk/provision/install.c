/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/provision/install.h"

#include <gio/gio.h>
#include <string.h>

#include "platform/bounded-run.h"
#include "platform/log.h"

#define DONE "done"

char **
pv_install_parse (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GPtrArray *disks = g_ptr_array_new ();

  for (guint i = 0; lines[i] != NULL && disks->len < PV_INSTALL_MAX_DISKS; i++) {
    g_auto (GStrv) words = g_strsplit (lines[i], "\t", 5);
    guint64 size;

    if (g_strv_length (words) != 4 || !pv_setup_answer_check (PV_SETUP_DISK, words[0])
        || !g_ascii_string_to_unsigned (words[1], 10, 1, G_MAXUINT64, &size, NULL)
        || (strcmp (words[3], "empty") != 0 && strcmp (words[3], "full") != 0))
      continue;
    g_strdelimit (words[2], "|", ' ');
    g_ptr_array_add (disks, g_strjoinv ("|", words));
  }
  g_ptr_array_add (disks, NULL);
  return (char **) g_ptr_array_free (disks, FALSE);
}

char **
pv_install_list (const PvProvision *provision)
{
  const char *const argv[] = { provision->install_program, "list", NULL };
  g_autofree char *text = pv_run_bounded (argv, PV_INSTALL_LIST_S, PV_PROVISION_MAX_OUTPUT_BYTES);

  return pv_install_parse (text != NULL ? text : "");
}

static gboolean
is_listed (const PvProvision *provision, const char *disk)
{
  g_auto (GStrv) disks = pv_install_list (provision);
  g_autofree char *start = g_strconcat (disk, "|", NULL);

  for (guint i = 0; disks[i] != NULL; i++)
    if (g_str_has_prefix (disks[i], start))
      return TRUE;
  return FALSE;
}

/* Numbers as they come, and "done" at last; anything else is a failure. */
static gboolean
follow (const PvProvision *provision, GDataInputStream *output)
{
  gboolean is_done = FALSE;

  for (;;) {
    gsize length = 0;
    g_autofree char *line = g_data_input_stream_read_line (output, &length, NULL, NULL);
    guint64 percent;

    if (line == NULL)
      return is_done;
    if (is_done || length > PV_INSTALL_MAX_LINE_BYTES)
      return FALSE;
    if (strcmp (line, DONE) == 0)
      is_done = TRUE;
    else if (g_ascii_string_to_unsigned (line, 10, 0, 100, &percent, NULL))
      provision->progress ((guint) percent, provision->progress_data);
    else
      return FALSE;
  }
}

PvSetupReason
pv_install_write (const PvProvision *provision, const char *disk)
{
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GDataInputStream) output = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_done;

  if (!is_listed (provision, disk))
    return PV_SETUP_BECAUSE_REFUSED;
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error,
                              provision->install_program, "write", disk, NULL);
  if (process == NULL) {
    pv_log_event (PV_LOG_ERROR, "install-not-started", PV_LOG_CAUSE (error));
    return PV_SETUP_BECAUSE_FAILED;
  }
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  is_done = follow (provision, output);
  /* What says something else is not waited for. */
  if (!is_done)
    g_subprocess_force_exit (process);
  is_done = g_subprocess_wait_check (process, NULL, NULL) && is_done;
  if (is_done)
    pv_log_event (PV_LOG_INFO, "install-done");
  else
    pv_log_event (PV_LOG_ERROR, "install-failed");
  return is_done ? PV_SETUP_BECAUSE_NOTHING : PV_SETUP_BECAUSE_NOT_WRITTEN;
}

PvSetupReason
pv_install_restart (const PvProvision *provision)
{
  g_autoptr (GSubprocess) process =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL,
                      provision->install_program, "restart", NULL);

  return process != NULL && g_subprocess_wait_check (process, NULL, NULL) ? PV_SETUP_BECAUSE_NOTHING
                                                                          : PV_SETUP_BECAUSE_FAILED;
}
