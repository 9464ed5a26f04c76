/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "portal/configured.h"

#include <string.h>

#include "platform/http.h"
#include "platform/secret.h"
#include "portal/publik/publik.h"

GHashTable *
pv_portal_read_pairs (const char *const *items)
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
pv_portal_open_configured (const PvSettings *settings, gint64 (*now_us) (void), GError **error)
{
  const PvHttpOptions options = {
    .ca_file = pv_settings_get_text (settings, PV_SETTING_PORTAL_CA_FILE),
    .client_cert_file = pv_settings_get_text (settings, PV_SETTING_PORTAL_CLIENT_CERT_FILE),
    .client_key_file = pv_settings_get_text (settings, PV_SETTING_PORTAL_CLIENT_KEY_FILE),
    .proxy = pv_settings_get_text (settings, PV_SETTING_PORTAL_PROXY),
  };
  gboolean is_direct = strcmp (pv_settings_get_text (settings, PV_SETTING_PORTAL_MODE), "direct") == 0;
  const char *key_file = pv_settings_get_text (settings, PV_SETTING_PORTAL_ACCESS_KEY_FILE);
  g_autoptr (GError) key_error = NULL;
  g_autoptr (PvSecret) key = is_direct && key_file != NULL ? pv_secret_read_text (key_file, &key_error) : NULL;
  g_autoptr (GHashTable) sources = pv_portal_read_pairs (pv_settings_get_list (settings, PV_SETTING_PORTAL_SOURCES));
  g_autoptr (GHashTable) categories =
    pv_portal_read_pairs (pv_settings_get_list (settings, PV_SETTING_PORTAL_CATEGORIES));
  g_autoptr (PvHttpClient) client = pv_http_client_new (&options);
  const char *url = pv_settings_get_text (settings, PV_SETTING_PORTAL_URL);
  const char *public_url = pv_settings_get_text (settings, PV_SETTING_PORTAL_PUBLIC_URL);
  const PvPublikConfig config = {
    .mode = is_direct ? PV_PUBLIK_DIRECT : PV_PUBLIK_RELAY,
    .base_url = url,
    .portal_url = public_url != NULL ? public_url : url,
    .orig = pv_settings_get_text (settings, PV_SETTING_PORTAL_ORIGIN),
    .key = key != NULL ? pv_secret_get_text (key) : NULL,
    .sources = sources,
    .categories = categories,
    .regies = pv_settings_get_list (settings, PV_SETTING_PORTAL_REGIES),
    .payment_hosts = pv_settings_get_list (settings, PV_SETTING_PORTAL_PAYMENT_HOSTS),
    .now_us = now_us,
  };
  PvPublik *publik;

  if (key_error != NULL) {
    g_set_error_literal (error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_CONFIGURATION, key_error->message);
    return NULL;
  }
  publik = pv_publik_new (&config, client, error);
  return publik != NULL ? PV_PORTAL (publik) : NULL;
}
