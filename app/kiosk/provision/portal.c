/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/provision/portal.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#include "platform/bounded-run.h"
#include "platform/log.h"
#include "portal/configured.h"

#define FIREWALL_FILE "50-first-start.nft"

enum { USUAL_PORT = 443 };

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  (void) source;
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* Of CONFIGURATION the driver's words tell more than its code. */
static PvSetupReason
judge_configuration (const char *words)
{
  static const struct {
    const char *begins;
    PvSetupReason reason;
  } table[] = { { "access denied", PV_SETUP_BECAUSE_DENIED },
                { "not authorized", PV_SETUP_BECAUSE_DENIED },
                { "certificate refused", PV_SETUP_BECAUSE_DENIED },
                { "not the address", PV_SETUP_BECAUSE_NO_PORTAL } };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_str_has_prefix (words, table[i].begins))
      return table[i].reason;
  return PV_SETUP_BECAUSE_STRANGER;
}

static PvSetupReason
judge (const GError *error)
{
  static const PvSetupReason reasons[] = {
    [PV_PORTAL_ERROR_OFFLINE] = PV_SETUP_BECAUSE_OFFLINE,
    [PV_PORTAL_ERROR_AMBIGUOUS] = PV_SETUP_BECAUSE_OFFLINE,
    [PV_PORTAL_ERROR_DENIED] = PV_SETUP_BECAUSE_DENIED,
    [PV_PORTAL_ERROR_CLOCK] = PV_SETUP_BECAUSE_CLOCK,
    [PV_PORTAL_ERROR_GONE] = PV_SETUP_BECAUSE_NO_PORTAL,
    [PV_PORTAL_ERROR_BAD_ANSWER] = PV_SETUP_BECAUSE_NO_PORTAL,
    [PV_PORTAL_ERROR_BUSY] = PV_SETUP_BECAUSE_OFFLINE,
    [PV_PORTAL_ERROR_CONFIGURATION] = PV_SETUP_BECAUSE_STRANGER,
    [PV_PORTAL_ERROR_UNSUPPORTED] = PV_SETUP_BECAUSE_NO_PORTAL,
    [PV_PORTAL_ERROR_TAKEN] = PV_SETUP_BECAUSE_NO_PORTAL,
  };

  pv_log_event (PV_LOG_WARNING, "setup-no-portal", PV_LOG_CAUSE (error));
  if (g_error_matches (error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_CONFIGURATION))
    return judge_configuration (error->message);
  return error->domain == PV_PORTAL_ERROR && (gsize) error->code < G_N_ELEMENTS (reasons) ? reasons[error->code]
                                                                                          : PV_SETUP_BECAUSE_FAILED;
}

PvSetupReason
pv_portal_try (const char *config, guint *ret_n)
{
  /* Commune and screen are not asked for yet. */
  g_autoptr (PvSettings) settings = pv_settings_load_what_is_right (config);
  g_autoptr (GError) error = NULL;
  g_autoptr (PvPortal) portal = NULL;
  g_autoptr (PvCatalogue) catalogue = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  if (pv_settings_get_text (settings, PV_SETTING_PORTAL_URL) == NULL)
    return PV_SETUP_BECAUSE_BROKEN;
  portal = pv_portal_open_configured (settings, NULL, &error);
  if (portal == NULL)
    return judge (error);
  pv_portal_list_async (portal, NULL, done_cb, &result);
  while (result == NULL) /* the driver ends every call in time */
    g_main_context_iteration (NULL, TRUE);
  catalogue = pv_portal_list_finish (portal, result, &error);
  if (catalogue == NULL)
    return judge (error);
  *ret_n = catalogue->entries->len;
  return PV_SETUP_BECAUSE_NOTHING;
}

gboolean
pv_portal_open_port (const PvProvision *provision, const char *url)
{
  g_autofree char *path = g_build_filename (provision->firewall_folder, FIREWALL_FILE, NULL), *before = NULL;
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  int port = uri != NULL ? g_uri_get_port (uri) : -1;
  g_autofree char *text = port > 0 && port != USUAL_PORT && strcmp (g_uri_get_scheme (uri), "https") == 0
                            ? g_strdup_printf ("# Written by the first start of this kiosk.\n"
                                               "add element inet parvis courier_ports { %d }\n",
                                               port)
                            : NULL;
  const char *const argv[] = { provision->systemctl_program, "try-reload-or-restart", "parvis-firewall.service", NULL };
  g_autofree char *said = NULL;

  g_file_get_contents (path, &before, NULL, NULL);
  if (g_strcmp0 (before, text) == 0)
    return TRUE;
  if (text == NULL)
    g_unlink (path);
  else if (g_mkdir_with_parents (provision->firewall_folder, 0755) != 0
           || !g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                         0644, NULL)) {
    pv_log_event (PV_LOG_ERROR, "setup-firewall-not-written");
    return FALSE;
  }
  said = pv_run_bounded (argv, PV_PROVISION_SYSTEMCTL_S, PV_PROVISION_MAX_OUTPUT_BYTES);
  return TRUE;
}
