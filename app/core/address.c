/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/address.h"

#include "core/wipe.h"

PvAddress *
pv_address_new (const char *id, const char *label)
{
  PvAddress *address = g_new0 (PvAddress, 1);

  address->id = g_strdup (id);
  address->label = g_strdup (label);
  return address;
}

/* Where somebody lives may be among what was found. */
void
pv_address_free (PvAddress *address)
{
  if (address == NULL)
    return;
  g_free (address->id);
  pv_wipe_str (address->label);
  pv_wipe_str (address->number);
  pv_wipe_str (address->street);
  g_free (address->postcode);
  g_free (address->commune);
  g_free (address->insee);
  g_free (address);
}
