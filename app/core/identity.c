/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/identity.h"

#include <string.h>

#include "core/wipe.h"

static const char *const field_names[PV_N_IDENTITY_FIELDS] = {
  [PV_IDENTITY_SURNAME] = "surname",         [PV_IDENTITY_USED_SURNAME] = "used-surname",
  [PV_IDENTITY_GIVEN_NAMES] = "given-names", [PV_IDENTITY_BIRTH_DATE] = "birth-date",
  [PV_IDENTITY_BIRTH_PLACE] = "birth-place", [PV_IDENTITY_SEX] = "sex",
  [PV_IDENTITY_NATIONALITY] = "nationality", [PV_IDENTITY_ADDRESS] = "address",
  [PV_IDENTITY_NUMBER] = "number",           [PV_IDENTITY_EXPIRY] = "expiry",
  [PV_IDENTITY_ISSUER] = "issuer",
};

static const struct {
  const char *name;
  PvVerdict verdict;
} reasons[PV_N_REASONS] = {
  [PV_REASON_NONE] = { "none", PV_VERDICT_GENUINE },
  [PV_REASON_TYPED] = { "typed", PV_VERDICT_NOT_PROVEN },
  [PV_REASON_NO_ROOTS] = { "no-roots", PV_VERDICT_NOT_PROVEN },
  [PV_REASON_UNKNOWN_ISSUER] = { "unknown-issuer", PV_VERDICT_NOT_PROVEN },
  [PV_REASON_NO_SIGNATURE] = { "no-signature", PV_VERDICT_NOT_PROVEN },
  [PV_REASON_NO_CLOCK] = { "no-clock", PV_VERDICT_NOT_PROVEN },
  [PV_REASON_CHIP_UNPROVEN] = { "chip-unproven", PV_VERDICT_NOT_PROVEN },
  [PV_REASON_UNSUPPORTED] = { "unsupported", PV_VERDICT_NOT_PROVEN },
  [PV_REASON_WEAK] = { "weak", PV_VERDICT_NOT_PROVEN },
  [PV_REASON_EXPIRED] = { "expired", PV_VERDICT_NOT_PROVEN },
  [PV_REASON_INCOMPLETE] = { "incomplete", PV_VERDICT_NOT_PROVEN },
  [PV_REASON_BAD_SOD] = { "bad-sod", PV_VERDICT_REFUSED },
  [PV_REASON_BAD_SIGNATURE] = { "bad-signature", PV_VERDICT_REFUSED },
  [PV_REASON_CHANGED_DATA] = { "changed-data", PV_VERDICT_REFUSED },
  [PV_REASON_WRONG_SIGNER] = { "wrong-signer", PV_VERDICT_REFUSED },
  [PV_REASON_SIGNER_NOT_VALID] = { "signer-not-valid", PV_VERDICT_REFUSED },
  [PV_REASON_REVOKED] = { "revoked", PV_VERDICT_REFUSED },
  [PV_REASON_WRONG_STATE] = { "wrong-state", PV_VERDICT_REFUSED },
  [PV_REASON_CLONED_CHIP] = { "cloned-chip", PV_VERDICT_REFUSED },
  [PV_REASON_DOWNGRADED] = { "downgraded", PV_VERDICT_REFUSED },
  [PV_REASON_MRZ_DIFFERS] = { "mrz-differs", PV_VERDICT_REFUSED },
  [PV_REASON_BAD_DATA] = { "bad-data", PV_VERDICT_REFUSED },
};

PvIdentity *
pv_identity_new (void)
{
  PvIdentity *identity = g_new0 (PvIdentity, 1);

  identity->verdict = PV_VERDICT_NOT_PROVEN;
  identity->reason = PV_REASON_TYPED;
  return identity;
}

PvIdentity *
pv_identity_copy (const PvIdentity *identity)
{
  PvIdentity *copy = pv_identity_new ();

  for (guint i = 0; i < PV_N_IDENTITY_FIELDS; i++)
    copy->texts[i] = g_strdup (identity->texts[i]);
  copy->verdict = identity->verdict;
  copy->reason = identity->reason;
  return copy;
}

void
pv_identity_free (PvIdentity *identity)
{
  if (identity == NULL)
    return;
  for (guint i = 0; i < PV_N_IDENTITY_FIELDS; i++)
    pv_wipe_str (identity->texts[i]);
  pv_wipe_bytes (identity, sizeof *identity);
  g_free (identity);
}

gboolean
pv_identity_set (PvIdentity *identity, PvIdentityField field, const char *text)
{
  g_return_val_if_fail (field < PV_N_IDENTITY_FIELDS, FALSE);

  if (text != NULL && (strlen (text) > PV_IDENTITY_MAX_TEXT_BYTES || !g_utf8_validate (text, -1, NULL)))
    return FALSE;
  pv_wipe_str (identity->texts[field]);
  identity->texts[field] = text != NULL && text[0] != '\0' ? g_strdup (text) : NULL;
  return TRUE;
}

const char *
pv_identity_field_name (PvIdentityField field)
{
  g_return_val_if_fail (field < PV_N_IDENTITY_FIELDS, "");

  return field_names[field];
}

const char *
pv_verdict_name (PvVerdict verdict)
{
  switch (verdict) {
  case PV_VERDICT_GENUINE:
    return "genuine";
  case PV_VERDICT_NOT_PROVEN:
    return "not-proven";
  case PV_VERDICT_REFUSED:
    return "refused";
  }
  return "";
}

const char *
pv_reason_name (PvReason reason)
{
  g_return_val_if_fail (reason < PV_N_REASONS, "");

  return reasons[reason].name;
}

PvVerdict
pv_reason_verdict (PvReason reason)
{
  g_return_val_if_fail (reason < PV_N_REASONS, PV_VERDICT_REFUSED);

  return reasons[reason].verdict;
}
