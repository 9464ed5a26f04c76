/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* fuzz-security-info.c: whatever EF.CardAccess, EF.CardSecurity or DG14 hold, what is taken from them lies within them, can be
 * done, and keys are in their group. */

#include <stdint.h>
#include <stdlib.h>

#include "eid/domain-groups.h"
#include "eid/security-info.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check (gboolean is_true)
{
  if (!is_true)
    abort ();
}

static void
check_key (const PvChipKeyInfo *info)
{
  g_autoptr (PvDomain) domain = NULL;
  g_autoptr (PvElement) key = NULL;
  g_autoptr (PvElement) raised = NULL;

  if (!pv_public_key_read (info->key, info->key_length, &domain, &key))
    return;
  check (!pv_element_is_neutral (domain, key));
  raised = pv_element_raise (domain, key, domain->order);
  check (raised != NULL && pv_element_is_neutral (domain, raised));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const PvPaceInfo *chosen;
  PvSecurityInfos infos;
  gboolean is_ec;

  if (!pv_security_infos_parse (data, size, &infos, NULL))
    return 0;
  check (infos.n_pace <= PV_SECURITY_MAX_INFOS && infos.n_keys <= PV_SECURITY_MAX_INFOS
         && infos.n_chip <= PV_SECURITY_MAX_INFOS);
  for (guint i = 0; i < infos.n_keys; i++) {
    check (infos.keys[i].key >= data && infos.keys[i].key + infos.keys[i].key_length <= data + size);
    if (i < 2) /* arithmetic takes time */
      check_key (&infos.keys[i]);
  }
  chosen = pv_security_infos_choose_pace (&infos);
  if (chosen != NULL) {
    check (pv_pace_info_is_usable (chosen) && pv_domain_is_known (chosen->parameter_id, &is_ec));
    (void) pv_security_infos_is_ambiguous (&infos, chosen);
  }
  return 0;
}
