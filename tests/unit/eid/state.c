/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "state.h"

#include "tst.h"

State *
state_new (guint kinds)
{
  State *state = g_new0 (State, 1);
  g_autoptr (GError) error = NULL;

  state->folder = g_dir_make_tmp ("pv-state-XXXXXX", NULL);
  for (guint i = 0; i < PV_N_ISSUER_KINDS; i++)
    if ((kinds >> i & 1) != 0 || i == PV_ISSUER_ECDSA_P256)
      state->issuers[i] = pv_issuer_open (state->folder, "UT", (PvIssuerKind) i, &error);
  state->other = pv_issuer_open (state->folder, "QX", PV_ISSUER_ECDSA_P256, &error);
  g_assert_true (pv_issuer_write_master_list (state->folder, &error));
  state->groups = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_ptr_array_set_size (state->groups, PV_SOD_MAX_GROUPS + 1);
  state->groups->pdata[1] = g_bytes_new_static ("\x61\x03\x5F\x1F\x00", 5);
  state->groups->pdata[2] = g_bytes_new_static ("\x75\x00", 2);
  state_load_trust (state);
  return state;
}

void
state_free (State *state)
{
  for (guint i = 0; i < PV_N_ISSUER_KINDS; i++)
    pv_issuer_free (state->issuers[i]);
  pv_issuer_free (state->other);
  pv_trust_unref (state->trust);
  for (guint i = 0; i < state->groups->len; i++)
    g_clear_pointer ((GBytes **) &state->groups->pdata[i], g_bytes_unref);
  g_ptr_array_set_free_func (state->groups, NULL);
  g_ptr_array_unref (state->groups);
  tst_remove_folder (state->folder);
  g_free (state->folder);
  g_free (state);
}

char *
state_path (const State *state, const char *name)
{
  return g_build_filename (state->folder, name, NULL);
}

void
state_load_trust (State *state)
{
  g_autofree char *list = state_path (state, "masterlist.ml"), *signer = state_path (state, "masterlist-signer.pem"),
                  *crls = state_path (state, "crl");
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&state->trust, pv_trust_unref);
  state->trust = pv_trust_load (list, signer, crls, STATE_NOW, &error);
  if (state->trust == NULL)
    fail_msg ("%s", error->message);
}

PvSodContext
state_get_context (const State *state)
{
  return (PvSodContext){
    .trust = state->trust, .issuer = "UTO", .issued = STATE_ISSUED, .now = STATE_NOW, .is_clock_verified = TRUE
  };
}

PvReason
state_judge (const State *state, GBytes *sod, const PvSodContext *context)
{
  g_autoptr (PvSod) parsed = pv_sod_parse (g_bytes_get_data (sod, NULL), g_bytes_get_size (sod), NULL);
  PvReason reason;

  if (parsed == NULL)
    return PV_REASON_BAD_SOD;
  reason = pv_sod_verify (parsed, context);
  for (guint i = 1; pv_sod_can_check_groups (parsed) && i < state->groups->len; i++) {
    GBytes *group = state->groups->pdata[i];

    if (group != NULL && pv_reason_verdict (reason) != PV_VERDICT_REFUSED
        && !pv_sod_check_group (parsed, i, g_bytes_get_data (group, NULL), g_bytes_get_size (group)))
      reason = PV_REASON_CHANGED_DATA;
  }
  return reason;
}
