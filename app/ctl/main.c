/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* parvisctl: the administrator's command. */

#include <errno.h>
#include <gio/gio.h>
#include <locale.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/wipe.h"
#include "ctl/commands.h"
#include "ctl/manual.h"
#include "ctl/say.h"
#include "platform/clock.h"
#include "platform/harden.h"
#include "platform/secret.h"

int
pv_ctl_fail (const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list values;

  va_start (values, format);
  text = g_strdup_vprintf (format, values);
  va_end (values);
  g_printerr ("parvisctl: %s\n", text);
  return PV_CTL_FAILED;
}

PvSettings *
pv_ctl_load_settings (const PvCtl *ctl)
{
  g_autoptr (GError) error = NULL;
  PvSettings *settings = pv_settings_load (ctl->config, &error);

  if (settings != NULL) {
    pv_clock_trust_system (pv_settings_get_bool (settings, PV_SETTING_CLOCK_TRUSTED));
  } else {
    g_auto (GStrv) lines = g_strsplit (error->message, "\n", -1);

    pv_ctl_fail ("the settings in %s are to be mended:", ctl->config);
    for (guint i = 0; lines[i] != NULL; i++)
      g_printerr ("  %s\n", lines[i]);
  }
  return settings;
}

char *
pv_ctl_outbox_folder (const PvSettings *settings)
{
  return g_build_filename (pv_settings_get_text (settings, PV_SETTING_PATHS_STATE), "outbox", NULL);
}

gboolean
pv_ctl_has_outbox (const char *folder)
{
  return access (folder, F_OK) == 0 || errno != ENOENT;
}

PvOutboxKeys *
pv_ctl_read_keys (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PvSecret) text = path != NULL ? pv_secret_read_text (path, &error) : NULL;
  guint8 secret[PV_OUTBOX_KEY_BYTES];
  PvOutboxKeys *keys;

  if (text == NULL || !pv_outbox_key_from_text (pv_secret_get_text (text), secret)) {
    pv_ctl_fail ("%s", error != NULL  ? error->message
                       : path != NULL ? "no key in that file"
                                      : "no file of a key given");
    return NULL;
  }
  keys = pv_outbox_keys_from_secret (secret);
  pv_wipe_bytes (secret, sizeof secret);
  return keys;
}

static void
tell_usage (void (*tell) (const char *format, ...))
{
  gsize n_commands;
  const PvCtlCommand *commands = pv_ctl_commands_get (&n_commands);

  tell ("Usage: parvisctl [--config FOLDER] COMMAND\n");
  for (gsize i = 0; i < n_commands; i++)
    tell ("  %s\n", commands[i].usage);
  tell ("Without --config, FOLDER is %s.\n", PV_SETTINGS_DEFAULT_FOLDER);
}

static int
usage (void)
{
  tell_usage (g_printerr);
  return PV_CTL_USAGE;
}

static int
run_command (const PvCtl *ctl, char **words)
{
  char **arguments;
  const PvCtlCommand *command = pv_ctl_commands_find (words, &arguments);

  if (command != NULL)
    return command->run (ctl, arguments);
  pv_ctl_fail ("there is no command \"%s%s%s\"", words[0], words[1] != NULL ? " " : "",
               words[1] != NULL ? words[1] : "");
  return usage ();
}

/* What the build and its tests ask for. -1: none of it was meant. */
static int
print_about_commands (char **words)
{
  g_autofree char *text = NULL;

  if (strcmp (words[0], "--man-pages") == 0) {
    g_auto (GStrv) names = pv_ctl_manual_list ();

    text = g_strjoinv ("\n", names);
    g_print ("%s\n", text);
    return PV_CTL_OK;
  }
  if (strcmp (words[0], "--commands") == 0) {
    gsize n_commands;
    const PvCtlCommand *commands = pv_ctl_commands_get (&n_commands);

    for (gsize i = 0; i < n_commands; i++)
      g_print ("%s %s\n", commands[i].words[0], commands[i].words[1] != NULL ? commands[i].words[1] : "-");
    return PV_CTL_OK;
  }
  if (strcmp (words[0], "--man") == 0)
    text = words[1] != NULL ? pv_ctl_manual_make (words[1]) : NULL;
  else if (strcmp (words[0], "--completion") == 0)
    text = g_strcmp0 (words[1], "bash") == 0 ? pv_ctl_completion_make () : NULL;
  else
    return -1;
  if (text == NULL) {
    pv_ctl_fail ("use: parvisctl --man PAGE, --man-pages, --commands, or --completion bash");
    return PV_CTL_USAGE;
  }
  g_print ("%s", text);
  return PV_CTL_OK;
}

int
main (int argc, char **argv)
{
  PvCtl ctl = { .config = PV_SETTINGS_DEFAULT_FOLDER };
  char **words = argv + (argc > 0 ? 1 : 0);
  g_autoptr (GError) error = NULL;
  int status;

  g_set_prgname ("parvisctl");
  setlocale (LC_ALL, "C.UTF-8");
  pv_say_in (pv_say_get_wanted ());
  if (!pv_harden_process (&error) || !pv_outbox_init (&error))
    return pv_ctl_fail ("%s", error->message);
  if (g_strcmp0 (words[0], "--config") == 0 && words[1] != NULL) {
    ctl.config = words[1];
    words += 2;
  }
  if (words[0] == NULL)
    return usage ();
  if (strcmp (words[0], "--help") == 0 || strcmp (words[0], "help") == 0) {
    tell_usage (g_print);
    return PV_CTL_OK;
  }
  status = print_about_commands (words);
  return status >= 0 ? status : run_command (&ctl, words);
}
