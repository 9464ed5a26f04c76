/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* parvis-mediator: the mediator's console. */

#include <adwaita.h>
#include <mediator-resources.h>
#include <signal.h>
#include <string.h>

#include "core/wipe.h"
#include "mediator/mediator-calls.h"
#include "mediator/mediator-window.h"
#include "mediator/passphrase-file.h"
#include "platform/harden.h"
#include "platform/language.h"
#include "platform/log.h"
#include "view/theme.h"

static char *settings_path, *passphrase_path, *presence_name;

static const GOptionEntry options[] = {
  { "config", 0, 0, G_OPTION_ARG_FILENAME, &settings_path, "Settings of the console", "FILE" },
  { "passphrase-file", 0, 0, G_OPTION_ARG_FILENAME, &passphrase_path,
    "Signs in by itself, for demonstrations: a file that only you can read", "FILE" },
  { "present", 0, 0, G_OPTION_ARG_STRING, &presence_name, "Presence after signing in: free, busy, on-site, off",
    "WORD" },
  G_OPTION_ENTRY_NULL,
};

/* The language of the desktop, before ours begins. */
static char *
find_language (void)
{
  const char *const *names = g_get_language_names ();

  return g_strndup (names[0], strcspn (names[0], "_.@"));
}

static void
sign_in (PvMediatorWindow *window)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PvSecretStr) passphrase = pv_passphrase_file_read (passphrase_path, &error);

  if (passphrase != NULL)
    pv_mediator_window_sign_in (window, passphrase);
  else
    pv_log_event (PV_LOG_ERROR, "bad-passphrase-file", PV_LOG_CAUSE (error));
}

static void
activate_cb (GtkApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (application);

  if (window == NULL) {
    window = GTK_WINDOW (pv_mediator_window_new (application, settings_path, pv_presence_find (presence_name)));
    if (passphrase_path != NULL)
      sign_in (PV_MEDIATOR_WINDOW (window));
  }
  gtk_window_present (window);
}

static void
present_cb (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  (void) action;
  (void) parameter;
  g_application_activate (application);
}

/* The window asks first if somebody is being helped. */
static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  GtkWindow *window = gtk_application_get_active_window (application);

  (void) action;
  (void) parameter;
  if (window != NULL)
    gtk_window_close (window);
  else
    g_application_quit (application);
}

static void
startup_cb (GtkApplication *application)
{
  const GActionEntry entries[] = {
    { .name = "present", .activate = present_cb },
    { .name = "quit", .activate = quit_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (application), entries, G_N_ELEMENTS (entries), application);
  pv_theme_start_embedded (); /* for the citizen's screen; the window keeps the look of the desktop */
  pv_mediator_window_set_keys (application);
  gtk_window_set_default_icon_name ("org.parvis.Mediator");
}

/* A console of its own if it has settings of its own. */
static int
options_cb (GApplication *application)
{
  if (presence_name != NULL && pv_presence_find (presence_name) == PV_N_PRESENCES) {
    pv_log_event (PV_LOG_ERROR, "bad-options");
    return 2;
  }
  if (settings_path != NULL)
    g_application_set_flags (application, G_APPLICATION_NON_UNIQUE);
  else
    settings_path = g_build_filename (g_get_user_config_dir (), "parvis", "mediator.conf", NULL);
  return -1;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *language = NULL;
  g_autoptr (AdwApplication) application = NULL;
  int status;

  pv_log_silence_libraries ();
  language = find_language ();
  pv_language_start ();
  pv_language_set (language);
  gtk_disable_setlocale ();
  if (!pv_harden_process (&error)) {
    pv_log_event (PV_LOG_ERROR, "not-hardened", PV_LOG_CAUSE (error));
    return 1;
  }
  signal (SIGPIPE, SIG_IGN); /* a broker that goes away is an event, not an end */
  g_set_prgname ("org.parvis.Mediator");
  pv_mediator_resources_register_resource ();
  application = adw_application_new ("org.parvis.Mediator", G_APPLICATION_DEFAULT_FLAGS);
  g_application_add_main_option_entries (G_APPLICATION (application), options);
  g_signal_connect (application, "handle-local-options", G_CALLBACK (options_cb), NULL);
  g_signal_connect (application, "startup", G_CALLBACK (startup_cb), NULL);
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), NULL);
  status = g_application_run (G_APPLICATION (application), argc, argv);
  g_free (settings_path);
  g_free (passphrase_path);
  g_free (presence_name);
  return status;
}
