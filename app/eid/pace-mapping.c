/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "eid/pace-internal.h"

PvElement *
pv_pace_map_generic (const PvDomain *domain, const guint8 *s, gsize s_length, const BIGNUM *map_key,
                     const PvElement *map_peer)
{
  g_autoptr (PvElement) generator = pv_element_new_generator (domain);
  g_autoptr (PvElement) shared = pv_element_raise (domain, map_peer, map_key);
  g_autoptr (BIGNUM) nonce = BN_secure_new ();
  g_autoptr (PvElement) raised = NULL;
  g_autoptr (PvElement) mapped = NULL;

  if (generator == NULL || shared == NULL || nonce == NULL || pv_element_is_neutral (domain, shared)
      || BN_bin2bn (s, (int) s_length, nonce) == NULL)
    return NULL;
  BN_set_flags (nonce, BN_FLG_CONSTTIME);
  if (BN_nnmod (nonce, nonce, domain->order, domain->context) != 1)
    return NULL;
  raised = pv_element_raise (domain, generator, nonce);
  if (raised == NULL)
    return NULL;
  mapped = pv_element_join (domain, raised, shared);
  /* A chip that chose its mapping key so that the two cancel out would make every shared secret the same. */
  if (mapped == NULL || pv_element_is_neutral (domain, mapped))
    return NULL;
  return g_steal_pointer (&mapped);
}
