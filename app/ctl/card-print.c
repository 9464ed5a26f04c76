/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/card.h"
#include "platform/json.h"

static const char *
proof_name (PvChipProof proof)
{
  switch (proof) {
  case PV_CHIP_PROVEN:
    return "proven";
  case PV_CHIP_FAILED:
    return "failed";
  case PV_CHIP_ABSENT:
    return "absent";
  case PV_CHIP_UNKNOWN:
    return "unsupported";
  }
  return "";
}

static void
print_groups (guint32 groups, const char *separator)
{
  const char *before = "";

  for (guint number = 1; number <= 16; number++)
    if ((groups & 1u << number) != 0) {
      g_print ("%s%u", before, number);
      before = separator;
    }
}

void
pv_ctl_card_print (const PvCardReading *reading, gboolean shows_values)
{
  const PvIdentity *identity = reading->identity;

  g_print ("verdict: %s\n", pv_verdict_name (identity->verdict));
  g_print ("reason: %s\n", pv_reason_name (identity->reason));
  g_print ("access: %s\n", pv_access_kind_name (reading->access));
  g_print ("chip authentication: %s\n", proof_name (reading->chip_auth));
  g_print ("active authentication: %s\n", proof_name (reading->active_auth));
  g_print ("chip authentication mapping: %s\n", proof_name (reading->cam));
  g_print ("data groups signed: ");
  print_groups (reading->announced, " ");
  g_print ("\ndata groups read: ");
  print_groups (reading->groups, " ");
  g_print ("\ncommands: %u, of them reads: %u\n", reading->tally.commands, reading->tally.reads);
  for (guint i = 0; i < PV_N_IDENTITY_FIELDS; i++)
    if (identity->texts[i] != NULL)
      g_print ("%s: %s\n", pv_identity_field_name (i), shows_values ? identity->texts[i] : "(there)");
}

static void
write_groups (PvJsonWriter *json, const char *key, guint32 groups)
{
  pv_json_writer_begin_array (json, key);
  for (guint number = 1; number <= 16; number++)
    if ((groups & 1u << number) != 0)
      pv_json_writer_int (json, NULL, number);
  pv_json_writer_end_array (json);
}

void
pv_ctl_card_print_json (const PvCardReading *reading, gboolean shows_values)
{
  const PvIdentity *identity = reading->identity;
  g_autoptr (PvJsonWriter) json = pv_json_writer_new ();

  pv_json_writer_begin_object (json, NULL);
  pv_json_writer_text (json, "verdict", pv_verdict_name (identity->verdict));
  pv_json_writer_text (json, "reason", pv_reason_name (identity->reason));
  pv_json_writer_text (json, "access", pv_access_kind_name (reading->access));
  pv_json_writer_text (json, "chip_authentication", proof_name (reading->chip_auth));
  pv_json_writer_text (json, "active_authentication", proof_name (reading->active_auth));
  pv_json_writer_text (json, "chip_authentication_mapping", proof_name (reading->cam));
  write_groups (json, "groups_signed", reading->announced);
  write_groups (json, "groups_read", reading->groups);
  pv_json_writer_int (json, "commands", reading->tally.commands);
  pv_json_writer_int (json, "reads", reading->tally.reads);
  if (shows_values)
    pv_json_writer_begin_object (json, "fields");
  else
    pv_json_writer_begin_array (json, "fields");
  for (guint i = 0; i < PV_N_IDENTITY_FIELDS; i++)
    if (identity->texts[i] != NULL && shows_values)
      pv_json_writer_text (json, pv_identity_field_name (i), identity->texts[i]);
    else if (identity->texts[i] != NULL)
      pv_json_writer_text (json, NULL, pv_identity_field_name (i));
  if (shows_values)
    pv_json_writer_end_object (json);
  else
    pv_json_writer_end_array (json);
  pv_json_writer_end_object (json);
  g_print ("%s\n", pv_json_writer_get_text (json, NULL));
}
