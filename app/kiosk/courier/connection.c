/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/courier/connection.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "core/wipe.h"
#include "platform/http.h"
#include "portal/publik/publik.h"

/* The portal's clock minus ours; 0 until it complains. */
static gint64 clock_offset_us;

static gint64
portal_now_us (void)
{
  return g_get_real_time () + clock_offset_us;
}

gboolean
pv_connection_learn_clock (const GError *error)
{
  if (!g_error_matches (error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_CLOCK))
    return FALSE;
  clock_offset_us += pv_portal_error_get_offset_s (error) * G_USEC_PER_SEC;
  return pv_portal_error_get_offset_s (error) != 0;
}

char *
pv_connection_read_secret (const char *path)
{
  char buffer[PV_CONNECTION_MAX_KEY_BYTES];
  int fd = path != NULL ? open (path, O_RDONLY | O_CLOEXEC) : -1;
  ssize_t size;
  char *secret;

  if (fd < 0)
    return NULL;
  size = read (fd, buffer, sizeof buffer - 1);
  close (fd);
  if (size <= 0)
    return NULL;
  buffer[size] = '\0';
  buffer[strcspn (buffer, "\r\n")] = '\0';
  secret = g_strdup (g_strstrip (buffer));
  pv_wipe_bytes (buffer, sizeof buffer);
  return secret;
}

/* Each item of a list is "KEY = VALUE". */
static GHashTable *
read_pairs (const char *const *items)
{
  GHashTable *pairs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; items != NULL && items[i] != NULL; i++) {
    const char *sign = strchr (items[i], '=');

    if (sign != NULL)
      g_hash_table_insert (pairs, g_strchomp (g_strndup (items[i], (gsize) (sign - items[i]))),
                           g_strchug (g_strdup (sign + 1)));
  }
  return pairs;
}

PvPortal *
pv_connection_open (const PvSettings *settings, GError **error)
{
  const PvHttpOptions options = {
    .ca_file = pv_settings_get_text (settings, PV_SETTING_PORTAL_CA_FILE),
    .client_cert_file = pv_settings_get_text (settings, PV_SETTING_PORTAL_CLIENT_CERT_FILE),
    .client_key_file = pv_settings_get_text (settings, PV_SETTING_PORTAL_CLIENT_KEY_FILE),
    .proxy = pv_settings_get_text (settings, PV_SETTING_PORTAL_PROXY),
  };
  gboolean is_direct = strcmp (pv_settings_get_text (settings, PV_SETTING_PORTAL_MODE), "direct") == 0;
  const char *key_file = pv_settings_get_text (settings, PV_SETTING_PORTAL_ACCESS_KEY_FILE);
  g_autoptr (PvSecretStr) key = is_direct ? pv_connection_read_secret (key_file) : NULL;
  g_autoptr (GHashTable) sources = read_pairs (pv_settings_get_list (settings, PV_SETTING_PORTAL_SOURCES));
  g_autoptr (GHashTable) categories = read_pairs (pv_settings_get_list (settings, PV_SETTING_PORTAL_CATEGORIES));
  g_autoptr (PvHttpClient) client = pv_http_client_new (&options);
  const char *url = pv_settings_get_text (settings, PV_SETTING_PORTAL_URL);
  const char *public_url = pv_settings_get_text (settings, PV_SETTING_PORTAL_PUBLIC_URL);
  const PvPublikConfig config = {
    .mode = is_direct ? PV_PUBLIK_DIRECT : PV_PUBLIK_RELAY,
    .base_url = url,
    .portal_url = public_url != NULL ? public_url : url,
    .orig = pv_settings_get_text (settings, PV_SETTING_PORTAL_ORIGIN),
    .key = key,
    .sources = sources,
    .categories = categories,
    .now_us = portal_now_us,
  };
  PvPublik *publik = pv_publik_new (&config, client, error);

  return publik != NULL ? PV_PORTAL (publik) : NULL;
}
