/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/bundle-state.h"

#include <string.h>
#include <sys/stat.h>

#include "platform/plain-file.h"

static const char *const results[PV_BUNDLE_N_RESULTS] = {
  [PV_BUNDLE_RESULT_NONE] = "none",
  [PV_BUNDLE_RESULT_INSTALLED] = "installed",
  [PV_BUNDLE_RESULT_UNCHANGED] = "unchanged",
  [PV_BUNDLE_RESULT_ABSENT] = "absent",
  [PV_BUNDLE_RESULT_UNREACHABLE] = "unreachable",
  [PV_BUNDLE_RESULT_REFUSED] = "refused",
};

const char *
pv_bundle_result_get_name (PvBundleResult result)
{
  g_return_val_if_fail (result < PV_BUNDLE_N_RESULTS, NULL);

  return results[result];
}

static PvBundleResult
result_of (const char *name)
{
  for (guint i = 0; name != NULL && i < PV_BUNDLE_N_RESULTS; i++)
    if (strcmp (results[i], name) == 0)
      return (PvBundleResult) i;
  return PV_BUNDLE_RESULT_NONE;
}

static gint64
read_number (GKeyFile *keys, const char *group, const char *key)
{
  gint64 number = g_key_file_get_int64 (keys, group, key, NULL);

  return number > 0 && number <= PV_BUNDLE_MAX_SERIAL ? number : 0;
}

static void
read_facts (PvBundleFacts *facts, GKeyFile *keys, const char *group)
{
  g_autofree char *result = g_key_file_get_string (keys, group, "result", NULL);

  facts->result = result_of (result);
  facts->reason = g_key_file_get_string (keys, group, "reason", NULL);
  facts->scope = g_key_file_get_string (keys, group, "scope", NULL);
  facts->digest = g_key_file_get_string (keys, group, "digest", NULL);
  facts->expires = g_key_file_get_string (keys, group, "expires", NULL);
  facts->serial = read_number (keys, group, "serial");
  facts->installed_s = read_number (keys, group, "installed-s");
  facts->checked_s = read_number (keys, group, "checked-s");
  facts->good_s = read_number (keys, group, "good-s");
}

PvBundleState *
pv_bundle_state_read (const char *store)
{
  PvBundleState *state = g_new0 (PvBundleState, 1);
  g_autofree char *path = g_build_filename (store, PV_LAYERS_STATE_FILE, NULL);
  g_autoptr (GKeyFile) keys = g_key_file_new ();
  gsize length = 0;
  g_autofree char *text = pv_plain_file_read (path, PV_BUNDLE_STATE_MAX_BYTES, &length, NULL);

  if (text == NULL || length > PV_BUNDLE_STATE_MAX_BYTES
      || !g_key_file_load_from_data (keys, text, length, G_KEY_FILE_NONE, NULL)
      || g_key_file_get_integer (keys, "state", "version", NULL) != PV_BUNDLE_STATE_VERSION)
    return state;
  for (guint i = 0; i < PV_N_LAYERS; i++)
    if (pv_layer_is_bundled (i))
      read_facts (&state->facts[i], keys, pv_layer_get_name (i));
  return state;
}

static void
set_text (GKeyFile *keys, const char *group, const char *key, const char *text)
{
  if (text != NULL)
    g_key_file_set_string (keys, group, key, text);
}

static void
set_number (GKeyFile *keys, const char *group, const char *key, gint64 number)
{
  if (number > 0)
    g_key_file_set_int64 (keys, group, key, number);
}

static void
write_facts (const PvBundleFacts *facts, GKeyFile *keys, const char *group)
{
  g_key_file_set_string (keys, group, "result", results[facts->result]);
  set_text (keys, group, "reason", facts->reason);
  set_text (keys, group, "scope", facts->scope);
  set_number (keys, group, "serial", facts->serial);
  set_text (keys, group, "digest", facts->digest);
  set_text (keys, group, "expires", facts->expires);
  set_number (keys, group, "installed-s", facts->installed_s);
  set_number (keys, group, "checked-s", facts->checked_s);
  set_number (keys, group, "good-s", facts->good_s);
}

gboolean
pv_bundle_state_write (const PvBundleState *state, const char *store, GError **error)
{
  g_autofree char *path = g_build_filename (store, PV_LAYERS_STATE_FILE, NULL);
  g_autoptr (GKeyFile) keys = g_key_file_new ();
  g_autoptr (GError) cause = NULL;
  g_autofree char *text = NULL;

  g_key_file_set_integer (keys, "state", "version", PV_BUNDLE_STATE_VERSION);
  g_key_file_set_comment (keys, "state", NULL, " Written by \"parvisctl settings pull\"; times are seconds UTC.", NULL);
  for (guint i = 0; i < PV_N_LAYERS; i++)
    if (pv_layer_is_bundled (i))
      write_facts (&state->facts[i], keys, pv_layer_get_name (i));
  text = g_key_file_to_data (keys, NULL, NULL);
  if (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0644,
                                &cause)
      && chmod (path, 0644) == 0)
    return TRUE;
  g_set_error (error, PV_BUNDLE_ERROR, PV_BUNDLE_ERROR_DISK, "%s",
               cause != NULL ? cause->message : "the mode of state.ini cannot be set");
  return FALSE;
}

void
pv_bundle_state_free (PvBundleState *state)
{
  if (state == NULL)
    return;
  for (guint i = 0; i < PV_N_LAYERS; i++) {
    g_free (state->facts[i].reason);
    g_free (state->facts[i].scope);
    g_free (state->facts[i].digest);
    g_free (state->facts[i].expires);
  }
  g_free (state);
}
