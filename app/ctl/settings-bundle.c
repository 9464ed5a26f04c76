/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* settings-bundle.c: "parvisctl settings sign", for who writes the settings of many kiosks, and "parvisctl settings pull", for
 * each of these. */

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ctl/ctl.h"
#include "ctl/say.h"
#include "platform/bundle-pull.h"
#include "platform/clock.h"
#include "platform/log.h"
#include "platform/plain-file.h"
#include "platform/secret.h"

static const char sign_usage[] = "use: parvisctl settings sign FOLDER --scope platform|COMMUNE --key FILE --serial N "
                                 "--expires YYYY-MM-DD --output FILE";

enum {
  DAY_S = 24 * 60 * 60,
  LATE_S = 3 * DAY_S, /* a weekend without a server is no news */
};

typedef struct {
  const char *folder, *scope, *key, *serial, *expires, *output;
} SignWish;

static gint64
now_s (void)
{
  return pv_clock_get_wall_us (pv_clock_get_system ()) / G_USEC_PER_SEC;
}

static gboolean
read_wish (char **arguments, SignWish *ret_wish)
{
  const struct {
    const char *word;
    const char **value;
  } options[] = {
    { "--scope", &ret_wish->scope },     { "--key", &ret_wish->key },       { "--serial", &ret_wish->serial },
    { "--expires", &ret_wish->expires }, { "--output", &ret_wish->output },
  };

  *ret_wish = (SignWish){ 0 };
  for (guint i = 0; arguments[i] != NULL; i++) {
    gboolean is_option = FALSE;

    for (gsize k = 0; k < G_N_ELEMENTS (options) && !is_option; k++) {
      is_option = strcmp (arguments[i], options[k].word) == 0;
      if (is_option)
        *options[k].value = arguments[i + 1];
    }
    if (is_option && arguments[i + 1] == NULL)
      return FALSE;
    if (is_option)
      i++;
    else if (ret_wish->folder == NULL && !g_str_has_prefix (arguments[i], "--"))
      ret_wish->folder = arguments[i];
    else
      return FALSE;
  }
  return ret_wish->folder != NULL && ret_wish->scope != NULL && ret_wish->key != NULL && ret_wish->serial != NULL
         && ret_wish->expires != NULL && ret_wish->output != NULL;
}

/* NULL after having said what is wrong. (transfer full): of PvBundleFile */
static GPtrArray *
read_files (const char *folder)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (pv_bundle_file_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);

  if (dir == NULL) {
    pv_ctl_fail ("%s", error->message);
    return NULL;
  }
  for (const char *name; (name = g_dir_read_name (dir)) != NULL;) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_autoptr (GBytes) bytes = NULL;
    gsize length = 0;
    char *text;

    if (!g_str_has_suffix (name, ".conf") || name[0] == '.')
      continue;
    if (!pv_bundle_is_name (name)) {
      pv_ctl_fail ("%s: a file in a bundle is called with small letters, digits, hyphens and dots alone", path);
      return NULL;
    }
    text = pv_plain_file_read (path, PV_BUNDLE_MAX_BYTES, &length, &error);
    if (text == NULL) {
      pv_ctl_fail ("%s: %s", path, error->message);
      return NULL;
    }
    bytes = g_bytes_new_take (text, length);
    g_ptr_array_add (files, pv_bundle_file_new (name, bytes));
  }
  return g_steal_pointer (&files);
}

/* What every kiosk would refuse is not signed: slips of the files themselves, as of the layer that they will be. What only lacks
 * something that another layer says is right. */
static gboolean
check_files (const char *folder, gboolean is_platform)
{
  const char *layer = is_platform ? "platform" : "commune";
  g_autofree char *trial = g_dir_make_tmp ("parvis-settings-XXXXXX", NULL);
  g_autofree char *target = g_canonicalize_filename (folder, NULL);
  g_autofree char *path = trial != NULL ? g_build_filename (trial, layer, NULL) : NULL;
  g_autofree char *prefix = g_strconcat (layer, "/", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (PvSettings) settings = NULL;
  g_auto (GStrv) lines = NULL;
  gboolean is_right = TRUE;

  if (path == NULL || symlink (target, path) != 0)
    return pv_ctl_fail ("there is no place to try the files") == PV_CTL_OK;
  settings = pv_settings_load (trial, &error);
  unlink (path);
  rmdir (trial);
  lines = g_strsplit (error != NULL ? error->message : "", "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], prefix)) {
      pv_ctl_fail ("%s", lines[i]);
      is_right = FALSE;
    }
  return is_right;
}

static GBytes *
sign (const SignWish *wish, const GPtrArray *files)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PvSecret) secret = pv_secret_read_text (wish->key, &error);
  gint64 serial = 0;
  GBytes *bytes = NULL;

  if (!g_ascii_string_to_signed (wish->serial, 10, 1, PV_BUNDLE_MAX_SERIAL, &serial, NULL)) {
    pv_ctl_fail ("--serial: expected a whole number from 1 on, larger than that of the bundle before");
    return NULL;
  }
  if (secret != NULL)
    bytes = pv_bundle_sign (files, wish->scope, serial, wish->expires, pv_secret_get_text (secret), now_s (), &error);
  if (bytes == NULL)
    pv_ctl_fail ("%s", error->message);
  return bytes;
}

int
pv_ctl_settings_sign (const PvCtl *ctl, char **arguments)
{
  SignWish wish;
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize size = 0;
  const char *data;

  (void) ctl;
  if (!read_wish (arguments, &wish)) {
    pv_ctl_fail ("%s", sign_usage);
    return PV_CTL_USAGE;
  }
  if (!pv_bundle_is_scope (wish.scope))
    return pv_ctl_fail ("--scope: expected platform, or the INSEE code of a commune");
  files = read_files (wish.folder);
  if (files == NULL || !check_files (wish.folder, strcmp (wish.scope, PV_BUNDLE_SCOPE_PLATFORM) == 0))
    return PV_CTL_FAILED;
  bytes = sign (&wish, files);
  if (bytes == NULL)
    return PV_CTL_FAILED;
  data = g_bytes_get_data (bytes, &size);
  if (!g_file_set_contents_full (wish.output, data, (gssize) size,
                                 G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0644, &error))
    return pv_ctl_fail ("%s", error->message);
  g_print ("%s: %u files for %s, serial %s, until %s\n", wish.output, files->len, wish.scope, wish.serial,
           wish.expires);
  return PV_CTL_OK;
}

static void
tell_layer (PvLayer layer, const PvBundleFacts *facts)
{
  const char *name = pv_layer_get_name (layer), *result = pv_bundle_result_get_name (facts->result);

  if (facts->result == PV_BUNDLE_RESULT_NONE)
    return;
  if (facts->result == PV_BUNDLE_RESULT_REFUSED || facts->result == PV_BUNDLE_RESULT_UNREACHABLE) {
    pv_log_event (PV_LOG_ERROR, "settings-bundle", PV_LOG_WORD ("layer", name), PV_LOG_WORD ("result", result),
                  PV_LOG_INT ("serial", facts->serial));
    pv_ctl_fail ("%s: %s: %s; %s", name, result, facts->reason,
                 facts->serial > 0 ? "the last good one stays" : "there is no other one");
    return;
  }
  if (facts->serial > 0)
    g_print ("%s: %s, serial %" G_GINT64_FORMAT " for %s, until %s\n", name, result, facts->serial, facts->scope,
             facts->expires);
  else
    g_print ("%s: %s\n", name, result);
}

int
pv_ctl_settings_pull (const PvCtl *ctl, char **arguments)
{
  PvBundleState *state = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_done;

  if (arguments[0] != NULL) {
    pv_ctl_fail ("use: parvisctl settings pull");
    return PV_CTL_USAGE;
  }
  is_done = pv_bundle_pull (ctl->config, now_s (), 0, &state, &error);
  if (state == NULL && is_done)
    g_print ("[settings] url is not set: nothing is fetched\n");
  else if (state == NULL)
    pv_ctl_fail ("%s", error->message);
  for (guint i = 0; state != NULL && i < PV_N_LAYERS; i++)
    tell_layer (i, &state->facts[i]);
  /* What no layer's reason tells, as of a full disk. */
  if (state != NULL && g_error_matches (error, PV_BUNDLE_ERROR, PV_BUNDLE_ERROR_DISK))
    pv_ctl_fail ("%s", error->message);
  pv_bundle_state_free (state);
  return is_done ? PV_CTL_OK : PV_CTL_FAILED;
}

/* What a settled kiosk has of the server: whoever reads this is not the one who fetches. */
static guint
check_layer (PvLayer layer, const PvBundleFacts *facts)
{
  const char *name =
    layer == PV_LAYER_PLATFORM ? pv_say ("the platform", "la plateforme") : pv_say ("the commune", "la commune");
  gint64 since_s = MAX (facts->good_s, facts->installed_s);

  if (facts->result == PV_BUNDLE_RESULT_NONE) {
    g_print (pv_say ("note: the settings of %s were not fetched yet; see parvisctl settings pull\n",
                     "note : les réglages signés par %s n’ont pas encore été reçus ; voyez parvisctl settings pull\n"),
             name);
    return 0;
  }
  if (facts->result == PV_BUNDLE_RESULT_REFUSED) {
    pv_ctl_fail (pv_say ("[settings] the bundle of %s is refused, and what was there before stays: %s",
                         "[settings] les réglages signés par %s sont refusés, et les précédents restent : %s"),
                 name, facts->reason);
    return 1;
  }
  if (facts->result == PV_BUNDLE_RESULT_UNREACHABLE && now_s () - since_s > LATE_S) {
    pv_ctl_fail (pv_say ("[settings] the bundle of %s was not fetched for %d days: %s",
                         "[settings] les réglages signés par %s n’ont pas été reçus depuis %d jours : %s"),
                 name, (int) MIN ((now_s () - since_s) / DAY_S, G_MAXINT), facts->reason);
    return 1;
  }
  return 0;
}

guint
pv_ctl_check_bundles (const PvCtl *ctl, const PvSettings *settings)
{
  g_autofree char *store = pv_layers_get_store (ctl->config);
  g_autoptr (PvBundleState) state = NULL;
  guint n_wrong = 0;

  if (pv_settings_get_text (settings, PV_SETTING_SETTINGS_URL) == NULL)
    return 0;
  if (store == NULL) {
    pv_ctl_fail (pv_say ("[settings] url: %s has no layers that bundles could be put in",
                         "[settings] url: %s n’a pas de niveaux où mettre des réglages signés"),
                 ctl->config);
    return 1;
  }
  state = pv_bundle_state_read (store);
  if (pv_settings_get_list (settings, PV_SETTING_SETTINGS_PLATFORM_KEYS) != NULL)
    n_wrong += check_layer (PV_LAYER_PLATFORM, &state->facts[PV_LAYER_PLATFORM]);
  if (pv_settings_get_text (settings, PV_SETTING_SETTINGS_COMMUNE) != NULL)
    n_wrong += check_layer (PV_LAYER_COMMUNE, &state->facts[PV_LAYER_COMMUNE]);
  return n_wrong;
}
