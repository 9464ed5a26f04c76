/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/courier/connection.h"

#include "platform/clock.h"
#include "platform/http.h"
#include "portal/composite.h"
#include "portal/configured.h"
#include "portal/demarche/demarche.h"

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
  PvPortal *main = pv_portal_open_configured (settings, portal_now_us, error);

  return main != NULL ? add_handovers (main, settings, error) : NULL;
}
