/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Addresses of the local index: a file, opened by the first citizen who types an address. */

#include "kiosk/session/session-private.h"
#include "platform/log.h"

/* (nullable) */
static PvAddressIndex *
open_index (PvSession *session)
{
  const char *path = pv_settings_get_text (session->settings, PV_SETTING_ADDRESSES_FILE);
  g_autoptr (GError) error = NULL;

  if (session->addresses == NULL && path != NULL)
    session->addresses = pv_address_index_open (path, &error);
  if (error != NULL)
    pv_log_event (PV_LOG_WARNING, "addresses-not-opened", PV_LOG_CAUSE (error));
  return session->addresses;
}

/* Answered at once: it takes a millisecond or two, and never more than PV_ADDRESS_LIMIT_MS. */
void
pv_session_find_addresses (PvSession *session, const PvEffect *effect)
{
  PvAddressIndex *index = open_index (session);
  PvMoment moment = pv_session_now (session);
  GPtrArray *found = NULL;

  if (index != NULL)
    found = pv_address_index_find (index, effect->text, effect->number != 0, PV_ADDRESS_LIMIT_MS);
  pv_journey_addresses_found (session->journey, effect->path, effect->text, found, &moment);
}
