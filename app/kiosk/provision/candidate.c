/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/provision/candidate.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "kiosk/provision/relay.h"
#include "platform/log.h"
#include "platform/mounting.h"
#include "platform/plain-file.h"
#include "platform/settings-layers.h"
#include "platform/setup-files.h"

#define TRIAL      "trial"
#define KEYS       "trial-keys"
#define CREDENTIAL "$CREDENTIALS_DIRECTORY/"
#define COMMENT                                                                                                        \
  " Written by the first start of this kiosk, on its own screen. Files with a later name, and those of "               \
  "/etc/parvis/kiosk.d,\n"                                                                                             \
  " say otherwise, key by key; kiosk-config/settings/reference.conf explains every key."

/* Text ---------------------------------------------------------------------------------------------------------------- */

static void
put (GKeyFile *file, const char *group, const char *key, const char *text)
{
  if (text != NULL && *text != '\0')
    g_key_file_set_string (file, group, key, text);
}

static void
put_portal (GKeyFile *file, const PvSetupAnswers *answers)
{
  if (!pv_setup_answers_is (answers, PV_SETUP_WAY, "portal"))
    return;
  put (file, "portal", "mode", "direct");
  put (file, "portal", "url", answers->texts[PV_SETUP_URL]);
  put (file, "portal", "origin", answers->texts[PV_SETUP_ORIGIN]);
  put (file, "portal", "access-key-file", CREDENTIAL "portal-key");
}

static void
put_printer (GKeyFile *file, const PvSetupAnswers *answers)
{
  gboolean is_queue = pv_setup_answers_is (answers, PV_SETUP_PRINTER, "queue");

  if (answers->texts[PV_SETUP_PRINTER] == NULL)
    return;
  g_key_file_remove_group (file, "printer", NULL); /* an enrolment's may be another one */
  if (pv_setup_answers_is (answers, PV_SETUP_PRINTER, "none")) {
    put (file, "printer", "enabled", "false");
    return;
  }
  put (file, "printer", "enabled", "true");
  put (file, "printer", is_queue ? "queue" : "uri", answers->texts[PV_SETUP_TARGET]);
  put (file, "printer", "media", answers->texts[PV_SETUP_PAPER]);
}

/* FALSE: there is one, and it is none. */
static gboolean
load_enrolled (const PvProvision *provision, GKeyFile *file)
{
  g_autofree char *path = g_build_filename (provision->state, PV_RELAY_FOLDER, PV_ENROLMENT_SETTINGS, NULL);
  gsize size = 0;
  g_autofree char *bytes = pv_plain_file_read (path, PV_ENROLMENT_MAX_BYTES, &size, NULL);

  return bytes != NULL && size <= PV_ENROLMENT_MAX_BYTES && g_key_file_load_from_data (file, bytes, size, 0, NULL);
}

char *
pv_candidate_text (const PvProvision *provision, const PvSetupAnswers *answers)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();

  if (pv_setup_answers_is (answers, PV_SETUP_WAY, "relay") && !load_enrolled (provision, file))
    return NULL;

  put (file, "commune", "name", answers->texts[PV_SETUP_COMMUNE]);
  put (file, "commune", "place", answers->texts[PV_SETUP_PLACE]);
  put (file, "contact", "phone", answers->texts[PV_SETUP_PHONE]);
  put_portal (file, answers);
  put_printer (file, answers);
  put (file, "screen", "diagonal-mm", answers->texts[PV_SETUP_DIAGONAL]);
  put (file, "screen", "lower-edge-mm", answers->texts[PV_SETUP_HEIGHT]);
  if (pv_setup_answers_is (answers, PV_SETUP_SOUND, "no"))
    put (file, "speech", "engine", "none");
  if (answers->texts[PV_SETUP_READER] != NULL)
    put (file, "card", "enabled", pv_setup_answers_is (answers, PV_SETUP_READER, "yes") ? "true" : "false");
  g_key_file_set_comment (file, NULL, NULL, COMMENT, NULL);
  return g_key_file_to_data (file, NULL, NULL);
}

/* Folder --------------------------------------------------------------------------------------------------------------- */

static void
remove_all (const char *path)
{
  g_autoptr (GDir) dir = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *inner = g_build_filename (path, name, NULL);

    remove_all (inner);
  }
  g_remove (path);
}

/* Files of the layer site that are there already: those of whoever made the machine. */
static gboolean
link_site (const char *folder, const char *to)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  if (g_mkdir (to, 0755) != 0)
    return FALSE;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *from = g_build_filename (folder, name, NULL), *link = g_build_filename (to, name, NULL);

    if (g_str_has_suffix (name, ".conf") && strcmp (name, PV_SETUP_SETTINGS) != 0 && symlink (from, link) != 0)
      return FALSE;
  }
  return TRUE;
}

static gboolean
link_layers (const PvProvision *provision, const char *trial)
{
  for (guint layer = 0; layer < PV_N_LAYERS; layer++) {
    g_autofree char *folder = pv_layer_get_folder (provision->config, layer);
    g_autofree char *to = g_build_filename (trial, pv_layer_get_name (layer), NULL);

    if (layer == PV_LAYER_SITE) {
      if (!link_site (folder, to))
        return FALSE;
    } else if (folder != NULL && g_file_test (folder, G_FILE_TEST_IS_DIR) && symlink (folder, to) != 0)
      return FALSE;
  }
  return TRUE;
}

/* Credentials are the courier's: of a trial they lie elsewhere. (transfer full) */
static char *
aim_at_keys (const char *text, const char *keys)
{
  g_auto (GStrv) parts = g_strsplit (text, CREDENTIAL, -1);
  g_autofree char *folder = g_strconcat (keys, "/", NULL);

  return g_strjoinv (folder, parts);
}

char *
pv_candidate_lay_out (const PvProvision *provision, const PvSetupAnswers *answers)
{
  g_autofree char *trial = g_build_filename (provision->runtime, TRIAL, NULL);
  g_autofree char *keys = g_build_filename (provision->runtime, KEYS, NULL);
  g_autofree char *path = g_build_filename (trial, pv_layer_get_name (PV_LAYER_SITE), PV_SETUP_SETTINGS, NULL);
  g_autofree char *site = g_build_filename (trial, pv_layer_get_name (PV_LAYER_SITE), NULL);
  g_autofree char *enrolled = g_build_filename (provision->state, PV_RELAY_FOLDER, NULL);
  g_autofree char *text = pv_candidate_text (provision, answers),
                  *tried = text != NULL ? aim_at_keys (text, keys) : NULL;

  pv_candidate_remove (provision);
  if (tried == NULL || g_mkdir (trial, 0755) != 0 || g_mkdir (keys, 0700) != 0 || !link_layers (provision, trial)
      || (pv_setup_answers_is (answers, PV_SETUP_WAY, "relay") && !pv_relay_copy_public (enrolled, site))
      || !g_file_set_contents_full (path, tried, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0644, NULL)) {
    pv_log_event (PV_LOG_ERROR, "setup-not-laid-out");
    return NULL;
  }
  return g_steal_pointer (&trial);
}

gboolean
pv_candidate_add_key (const PvProvision *provision, const char *name, const char *bytes, gsize size)
{
  g_autofree char *path = g_build_filename (provision->runtime, KEYS, name, NULL);

  return g_file_set_contents_full (path, bytes, (gssize) size, G_FILE_SET_CONTENTS_NONE, 0600, NULL);
}

void
pv_candidate_remove (const PvProvision *provision)
{
  static const char *const names[] = { TRIAL, KEYS };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = g_build_filename (provision->runtime, names[i], NULL);

    remove_all (path);
  }
}

gboolean
pv_candidate_is_right (const char *config)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PvSettings) settings = pv_settings_load (config, &error);
  PvMounting mounting;

  if (settings == NULL) {
    pv_log_bad_settings (error);
    return FALSE;
  }
  mounting = pv_mounting_from_settings (settings);
  if (pv_reach_judge (&mounting, NULL, NULL) == PV_REACH_FINE)
    return TRUE;
  pv_log_event (PV_LOG_ERROR, "setup-screen-out-of-reach");
  return FALSE;
}
