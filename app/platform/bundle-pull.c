/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/bundle-pull.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "platform/bundle-store.h"
#include "platform/http.h"
#include "platform/settings.h"

/* One layer, while it is fetched. */
typedef struct {
  const char *scope; /* NULL: nobody asks for it */
  const char *const *keys;
  PvBundle *bundle; /* owned (nullable): a new one that may count */
  char *name;       /* owned (nullable): its folder in the store */
  char *before;     /* owned (nullable): the folder that counted */
  GError *error;    /* owned (nullable): why not */
} Wanted;

typedef struct {
  const char *config;
  char *store; /* absolute */
  gint64 now_s;
  PvSettings *settings;
  gboolean was_right; /* all settings, before */
  PvHttpClient *client;
  PvBundleState *state;
  Wanted wanted[PV_N_LAYERS];
} Pull;

/* Fetching ---------------------------------------------------------------------------------------------------------- */

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  (void) source;
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static PvHttpClient *
make_client (const PvSettings *settings, guint timeout_ms)
{
  PvHttpOptions options = {
    .ca_file = pv_settings_get_text (settings, PV_SETTING_SETTINGS_CA_FILE),
    .proxy = pv_settings_get_text (settings, PV_SETTING_PORTAL_PROXY),
    .total_timeout_ms = timeout_ms != 0 ? timeout_ms : PV_BUNDLE_PULL_TIMEOUT_MS,
    .max_response_bytes = PV_BUNDLE_MAX_BYTES,
    .max_redirects = 0, /* what is there is there: nobody is sent elsewhere */
  };

  return pv_http_client_new (&options);
}

/* NULL with an error, or with *ret_is_absent: the server has none. */
static GBytes *
fetch (Pull *self, const char *scope, gboolean *ret_is_absent, GError **error)
{
  g_autofree char *url =
    g_strdup_printf ("%s/%s.pvb", pv_settings_get_text (self->settings, PV_SETTING_SETTINGS_URL), scope);
  PvHttpRequest request = { .method = "GET", .url = url };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (PvHttpResponse) response = NULL;
  g_autoptr (GError) cause = NULL;
  guint status;

  pv_http_send_async (self->client, &request, NULL, done_cb, &result);
  while (result == NULL) /* the client ends every wait */
    g_main_context_iteration (g_main_context_get_thread_default (), TRUE);
  response = pv_http_send_finish (self->client, result, &cause);
  if (response == NULL) {
    g_set_error (error, PV_BUNDLE_ERROR, PV_BUNDLE_ERROR_NETWORK, "%s.pvb was not fetched: %s", scope, cause->message);
    return NULL;
  }
  status = pv_http_response_get_status (response);
  *ret_is_absent = status == 404 || status == 410;
  if (status == 200)
    return g_bytes_ref (pv_http_response_get_body (response));
  if (!*ret_is_absent)
    g_set_error (error, PV_BUNDLE_ERROR, PV_BUNDLE_ERROR_NETWORK, "%s.pvb was not fetched: the server answered %u",
                 scope, status);
  return NULL;
}

/* Whether it counts ------------------------------------------------------------------------------------------------ */

/* FALSE with an error; *ret_is_new: it is not the one that counts already. */
static gboolean
check_serial (const Pull *self, PvLayer layer, const PvBundle *bundle, gboolean *ret_is_new, GError **error)
{
  const PvBundleFacts *facts = &self->state->facts[layer];
  g_autoptr (PvBundle) current = pv_bundle_store_read (self->store, layer);
  gboolean has_current = current != NULL && strcmp (current->scope, bundle->scope) == 0;
  gboolean has_facts = g_strcmp0 (facts->scope, bundle->scope) == 0;
  gint64 least = MAX (has_current ? current->serial : 0, has_facts ? facts->serial : 0);
  const char *digest = has_current && current->serial == least ? current->digest : has_facts ? facts->digest : NULL;

  *ret_is_new = !has_current || g_strcmp0 (current->digest, bundle->digest) != 0;
  if (bundle->serial > least)
    return TRUE;
  if (bundle->serial == least && g_strcmp0 (digest, bundle->digest) == 0)
    return TRUE; /* again, perhaps because its folder was lost */
  g_set_error (error, PV_BUNDLE_ERROR, PV_BUNDLE_ERROR_OLD,
               bundle->serial == least ? "another bundle with the serial %" G_GINT64_FORMAT " counted already"
                                       : "the bundle is older than one that counted already (serial %" G_GINT64_FORMAT
                                         ")",
               least);
  return FALSE;
}

static void
note_bundle (PvBundleFacts *facts, const PvBundle *bundle)
{
  g_free (facts->scope);
  g_free (facts->digest);
  g_free (facts->expires);
  facts->scope = g_strdup (bundle->scope);
  facts->digest = g_strdup (bundle->digest);
  facts->expires = g_strdup (bundle->expires);
  facts->serial = bundle->serial;
}

static void
note_result (Pull *self, PvLayer layer, PvBundleResult result)
{
  PvBundleFacts *facts = &self->state->facts[layer];

  facts->result = result;
  g_clear_pointer (&facts->reason, g_free);
  facts->checked_s = self->now_s;
  if (result == PV_BUNDLE_RESULT_UNREACHABLE || result == PV_BUNDLE_RESULT_REFUSED)
    facts->reason = g_strdup (self->wanted[layer].error->message);
  else
    facts->good_s = self->now_s;
  if (result == PV_BUNDLE_RESULT_INSTALLED)
    facts->installed_s = self->now_s;
}

/* Afterwards a new bundle is in the store, without counting; or the result is noted. */
static void
fetch_layer (Pull *self, PvLayer layer)
{
  Wanted *wanted = &self->wanted[layer];
  gboolean is_absent = FALSE, is_new = FALSE;
  g_autoptr (GBytes) bytes = fetch (self, wanted->scope, &is_absent, &wanted->error);
  g_autoptr (PvBundle) bundle = NULL;

  if (bytes == NULL && is_absent && wanted->before == NULL) {
    note_result (self, layer, PV_BUNDLE_RESULT_ABSENT);
    return;
  }
  if (bytes == NULL && is_absent)
    g_set_error (&wanted->error, PV_BUNDLE_ERROR, PV_BUNDLE_ERROR_NETWORK, "the server has no %s.pvb any more",
                 wanted->scope);
  if (bytes == NULL) {
    note_result (self, layer, PV_BUNDLE_RESULT_UNREACHABLE);
    return;
  }
  bundle = pv_bundle_open (bytes, wanted->keys, wanted->scope, self->now_s, &wanted->error);
  if (bundle == NULL || !check_serial (self, layer, bundle, &is_new, &wanted->error)) {
    note_result (self, layer, PV_BUNDLE_RESULT_REFUSED);
  } else if (!is_new) {
    note_bundle (&self->state->facts[layer], bundle);
    note_result (self, layer, PV_BUNDLE_RESULT_UNCHANGED);
  } else {
    wanted->name = pv_bundle_store_stage (self->store, layer, bundle, bytes, &wanted->error);
    if (wanted->name == NULL)
      note_result (self, layer, PV_BUNDLE_RESULT_REFUSED);
    else
      wanted->bundle = g_steal_pointer (&bundle);
  }
}

/* Trying ------------------------------------------------------------------------------------------------------------ */

/* The folder of @layer as it would be: the new one if @is_tried. (transfer full) (nullable) */
static char *
get_tried_folder (const Pull *self, PvLayer layer, gboolean is_tried)
{
  g_autofree char *folder = pv_layer_get_folder (self->config, layer);
  g_autofree char *path = NULL;

  if (is_tried)
    return g_build_filename (self->store, self->wanted[layer].name, NULL);
  path = g_canonicalize_filename (folder, NULL);
  return g_file_test (path, G_FILE_TEST_IS_DIR) ? g_steal_pointer (&path) : NULL;
}

/* A folder of links to the layers as they would be. */
static gboolean
link_layers (const Pull *self, const char *trial, const gboolean is_tried[PV_N_LAYERS])
{
  for (guint i = 0; i < PV_N_LAYERS; i++) {
    g_autofree char *target = get_tried_folder (self, i, is_tried[i]);
    g_autofree char *path = g_build_filename (trial, pv_layer_get_name (i), NULL);

    if (target != NULL && symlink (target, path) != 0)
      return FALSE;
  }
  return TRUE;
}

static void
remove_trial (const char *trial)
{
  for (guint i = 0; i < PV_N_LAYERS; i++) {
    g_autofree char *path = g_build_filename (trial, pv_layer_get_name (i), NULL);

    g_unlink (path);
  }
  g_rmdir (trial);
}

/* The first line that speaks against these new layers; NULL: none. (transfer full) */
static char *
find_objection (const Pull *self, const gboolean is_tried[PV_N_LAYERS], const GError *wrong)
{
  g_auto (GStrv) lines = g_strsplit (wrong->message, "\n", -1);

  if (self->was_right)
    return g_strdup (lines[0]);
  /* It was wrong before: only what these layers say themselves counts against them. */
  for (guint i = 0; lines[i] != NULL; i++)
    for (guint layer = 0; layer < PV_N_LAYERS; layer++) {
      g_autofree char *prefix = g_strconcat (pv_layer_get_name (layer), "/", NULL);

      if (is_tried[layer] && g_str_has_prefix (lines[i], prefix))
        return g_strdup (lines[i]);
    }
  return NULL;
}

/* FALSE: with these new layers the settings would not be right; *ret_objection: (transfer full): why. */
static gboolean
try_layers (const Pull *self, const gboolean is_tried[PV_N_LAYERS], char **ret_objection)
{
  g_autofree char *trial = g_dir_make_tmp ("parvis-settings-XXXXXX", NULL);
  g_autoptr (PvSettings) settings = NULL;
  g_autoptr (GError) wrong = NULL;

  if (trial != NULL && link_layers (self, trial, is_tried))
    settings = pv_settings_load (trial, &wrong);
  else
    g_set_error_literal (&wrong, PV_BUNDLE_ERROR, PV_BUNDLE_ERROR_DISK, "there is no place to try it");
  if (trial != NULL)
    remove_trial (trial);
  *ret_objection = wrong != NULL ? find_objection (self, is_tried, wrong) : NULL;
  return *ret_objection == NULL;
}

static void
install (Pull *self, PvLayer layer)
{
  Wanted *wanted = &self->wanted[layer];

  if (!pv_bundle_store_turn (self->store, layer, wanted->name, &wanted->error)) {
    note_result (self, layer, PV_BUNDLE_RESULT_REFUSED);
    return;
  }
  note_bundle (&self->state->facts[layer], wanted->bundle);
  note_result (self, layer, PV_BUNDLE_RESULT_INSTALLED);
}

/* All new ones together, as they may need each other; else one alone. */
static void
install_what_fits (Pull *self)
{
  static const PvLayer order[] = { PV_LAYER_PLATFORM, PV_LAYER_COMMUNE };
  gboolean is_tried[PV_N_LAYERS] = { FALSE };
  g_autofree char *objection = NULL, *last = NULL;
  guint n_new = 0;

  for (guint i = 0; i < G_N_ELEMENTS (order); i++) {
    is_tried[order[i]] = self->wanted[order[i]].name != NULL;
    n_new += is_tried[order[i]] ? 1 : 0;
  }
  if (n_new == 0)
    return;
  if (!try_layers (self, is_tried, &objection)) {
    gboolean is_found = FALSE;

    for (guint i = 0; i < G_N_ELEMENTS (order); i++) {
      gboolean alone[PV_N_LAYERS] = { FALSE };

      alone[order[i]] = TRUE;
      g_clear_pointer (&last, g_free);
      is_tried[order[i]] = n_new > 1 && !is_found && try_layers (self, alone, &last);
      is_found = is_found || is_tried[order[i]];
    }
  }
  for (guint i = 0; i < G_N_ELEMENTS (order); i++) {
    Wanted *wanted = &self->wanted[order[i]];

    if (is_tried[order[i]]) {
      install (self, order[i]);
    } else if (wanted->name != NULL) {
      g_set_error (&wanted->error, PV_BUNDLE_ERROR, PV_BUNDLE_ERROR_BAD, "with it the settings would be wrong: %s",
                   objection);
      note_result (self, order[i], PV_BUNDLE_RESULT_REFUSED);
    }
  }
}

/* All of it -------------------------------------------------------------------------------------------------------- */

static void
read_wishes (Pull *self)
{
  static const PvSetting keys[PV_N_LAYERS] = {
    [PV_LAYER_PLATFORM] = PV_SETTING_SETTINGS_PLATFORM_KEYS,
    [PV_LAYER_COMMUNE] = PV_SETTING_SETTINGS_COMMUNE_KEYS,
  };
  Wanted *wanted = self->wanted;

  for (guint i = 0; i < PV_N_LAYERS; i++)
    if (pv_layer_is_bundled (i)) {
      wanted[i].keys = pv_settings_get_list (self->settings, keys[i]);
      wanted[i].before = pv_bundle_store_get_name (self->store, i);
    }
  if (wanted[PV_LAYER_PLATFORM].keys != NULL)
    wanted[PV_LAYER_PLATFORM].scope = PV_BUNDLE_SCOPE_PLATFORM;
  wanted[PV_LAYER_COMMUNE].scope = pv_settings_get_text (self->settings, PV_SETTING_SETTINGS_COMMUNE);
}

/* What belongs to another commune, or to nobody who is named any more, goes; but not for a slip in a file. */
static void
drop_what_nobody_wants (Pull *self)
{
  for (guint i = 0; i < PV_N_LAYERS; i++) {
    Wanted *wanted = &self->wanted[i];
    g_autoptr (PvBundle) current = wanted->before != NULL ? pv_bundle_store_read (self->store, i) : NULL;

    if (wanted->before == NULL || !self->was_right
        || (current != NULL && g_strcmp0 (current->scope, wanted->scope) == 0))
      continue;
    if (pv_bundle_store_turn (self->store, i, NULL, &wanted->error))
      g_clear_pointer (&wanted->before, g_free);
  }
}

/* -1 with an error: another one is at it, or there is no store. The folder itself is locked, so that no file of somebody else is in
 * the way. */
static int
lock_store (const char *store, GError **error)
{
  int fd = g_mkdir_with_parents (store, 0755) == 0 ? open (store, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;

  if (fd >= 0 && flock (fd, LOCK_EX | LOCK_NB) == 0)
    return fd;
  g_set_error (error, PV_BUNDLE_ERROR, PV_BUNDLE_ERROR_DISK, "%s: %s", store,
               errno == EWOULDBLOCK ? "another one is fetching settings" : g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return -1;
}

static void
pull_all (Pull *self, GError **error)
{
  read_wishes (self);
  drop_what_nobody_wants (self);
  for (guint i = 0; i < PV_N_LAYERS; i++)
    if (self->wanted[i].scope != NULL)
      fetch_layer (self, i);
  install_what_fits (self);
  for (guint i = 0; i < PV_N_LAYERS; i++)
    if (pv_layer_is_bundled (i)) {
      pv_bundle_store_tidy (self->store, i, self->wanted[i].before);
      if (self->wanted[i].error != NULL && *error == NULL)
        *error = g_error_copy (self->wanted[i].error);
    }
  pv_bundle_state_write (self->state, self->store, *error == NULL ? error : NULL);
}

static void
pull_clear (Pull *self)
{
  for (guint i = 0; i < PV_N_LAYERS; i++) {
    pv_bundle_free (self->wanted[i].bundle);
    g_free (self->wanted[i].name);
    g_free (self->wanted[i].before);
    g_clear_error (&self->wanted[i].error);
  }
  pv_bundle_state_free (self->state);
  pv_settings_free (self->settings);
  g_clear_pointer (&self->client, pv_http_client_unref);
  g_free (self->store);
}

static gboolean
is_right (const char *config)
{
  g_autoptr (PvSettings) settings = pv_settings_load (config, NULL);

  return settings != NULL;
}

gboolean
pv_bundle_pull (const char *config, gint64 now_s, guint timeout_ms, PvBundleState **ret_state, GError **error)
{
  g_autofree char *store = pv_layers_get_store (config);
  Pull self = { .config = config, .now_s = now_s };
  GError *wrong = NULL;
  int lock;

  g_return_val_if_fail (config != NULL, FALSE);

  if (ret_state != NULL)
    *ret_state = NULL;
  self.settings = pv_settings_load_what_is_right (config);
  if (pv_settings_get_text (self.settings, PV_SETTING_SETTINGS_URL) == NULL) {
    pull_clear (&self);
    return TRUE;
  }
  if (store == NULL) {
    g_set_error (error, PV_BUNDLE_ERROR, PV_BUNDLE_ERROR_DISK, "%s has no layers that bundles could be put in", config);
    pull_clear (&self);
    return FALSE;
  }
  self.store = g_canonicalize_filename (store, NULL);
  lock = lock_store (self.store, error);
  if (lock < 0) {
    pull_clear (&self);
    return FALSE;
  }
  self.was_right = is_right (config);
  self.state = pv_bundle_state_read (self.store);
  self.client = make_client (self.settings, timeout_ms);
  pull_all (&self, &wrong);
  close (lock);
  if (ret_state != NULL)
    *ret_state = g_steal_pointer (&self.state);
  pull_clear (&self);
  if (wrong == NULL)
    return TRUE;
  g_propagate_error (error, wrong);
  return FALSE;
}
