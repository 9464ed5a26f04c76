/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/courier/connection.h"

#include <string.h>

#include "platform/clock.h"
#include "platform/http.h"
#include "platform/secret.h"
#include "portal/composite.h"
#include "portal/demarche/demarche.h"
#include "portal/publik/publik.h"

/* The portal's clock minus ours; 0 until it complains. */
static gint64 clock_offset_us;

static gint64
portal_now_us (void)
{
  return pv_clock_get_wall_us (pv_clock_get_system ()) + clock_offset_us;
}

gboolean
pv_connection_learn_clock (const GError *error)
{
  if (!g_error_matches (error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_CLOCK))
    return FALSE;
  clock_offset_us += pv_portal_error_get_offset_s (error) * G_USEC_PER_SEC;
  return pv_portal_error_get_offset_s (error) != 0;
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

static gboolean
add_form (PvDemarche *demarche, const PvHandoverSettings *handover, GError **error)
{
  const PvDemarcheForm form = {
    .slug = handover->slug,
    .title = handover->title,
    .description = handover->description,
    .category = handover->category,
    .bring = handover->bring,
    .cost = handover->cost,
    .keywords = (const char *const *) handover->keywords,
    .base_url = handover->url,
    .path = handover->path,
    .number = handover->number,
    .duration_minutes = handover->duration_minutes,
    .fields = (const char *const *) handover->fields,
  };

  return pv_demarche_add (demarche, &form, error);
}

/* Takes @portal: gives it back, or with the forms of other sites around it. They are asked without what the relay knows
 * this kiosk by. */
static PvPortal *
add_handovers (PvPortal *portal, const PvSettings *settings, GError **error)
{
  const PvHttpOptions options = { .proxy = pv_settings_get_text (settings, PV_SETTING_PORTAL_PROXY) };
  g_auto (GStrv) slugs = pv_settings_list_handovers (settings);
  g_autoptr (PvPortal) main = portal;
  g_autoptr (PvHttpClient) client = NULL;
  g_autoptr (PvDemarche) demarche = NULL;
  PvComposite *composite;

  if (slugs[0] == NULL)
    return g_steal_pointer (&main);
  client = pv_http_client_new (&options);
  demarche = pv_demarche_new (client, NULL);
  for (guint i = 0; slugs[i] != NULL; i++)
    if (!add_form (demarche, pv_settings_find_handover (settings, slugs[i]), error))
      return NULL;
  composite = pv_composite_new (main);
  pv_composite_add (composite, PV_PORTAL (demarche), (const char *const *) slugs);
  return PV_PORTAL (composite);
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
  g_autoptr (PvSecret) key = is_direct && key_file != NULL ? pv_secret_read_text (key_file, NULL) : NULL;
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
    .key = key != NULL ? pv_secret_get_text (key) : NULL,
    .sources = sources,
    .categories = categories,
    .regies = pv_settings_get_list (settings, PV_SETTING_PORTAL_REGIES),
    .payment_hosts = pv_settings_get_list (settings, PV_SETTING_PORTAL_PAYMENT_HOSTS),
    .now_us = portal_now_us,
  };
  PvPublik *publik = pv_publik_new (&config, client, error);

  return publik != NULL ? add_handovers (PV_PORTAL (publik), settings, error) : NULL;
}
