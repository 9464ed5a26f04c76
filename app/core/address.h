/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* address.h: an address, or a crossing, of the local index (Base Adresse Nationale). */
#pragma once

#include <glib.h>

typedef struct PvAddress {
  char *id;     /* of the index */
  char *label;  /* "12 rue des Écoles" or "Rue des Écoles, angle rue du Port" */
  char *number; /* (nullable): "12 bis" */
  char *street, *postcode, *commune, *insee;
  double latitude, longitude; /* WGS 84, degrees */
  gboolean is_crossing;
} PvAddress;

enum { PV_ADDRESS_MAX_FOUND = 6 };

/* What identifies a place for the portal: "48.197300;3.282600": latitude and longitude, WGS 84. (transfer full) */
char *pv_location_format (double latitude, double longitude);
/* Exactly such a text; nothing is written for another one. */
gboolean pv_location_parse (const char *text, double *ret_latitude, double *ret_longitude);

PvAddress *pv_address_new (const char *id, const char *label);
void pv_address_free (PvAddress *address);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvAddress, pv_address_free)
