/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "walker.h"

GPtrArray *
walker_list_addresses (void)
{
  static const char *const labels[] = { "12 rue des Écoles", "12 bis rue des Écoles", "12 rue de l’Abbé Grégoire",
                                        "Avenue du Général de Gaulle, angle boulevard des Marronniers" };
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) pv_address_free);

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++) {
    PvAddress *address = pv_address_new (labels[i], labels[i]);

    address->postcode = g_strdup ("89999");
    address->commune = g_strdup ("Montclair");
    address->insee = g_strdup ("89999");
    g_ptr_array_add (found, address);
  }
  return found;
}
