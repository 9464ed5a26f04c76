/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "assist/audit.h"

#include <sodium.h>
#include <string.h>

enum { HEX_BYTES = 2 * PV_AUDIT_HASH_BYTES };

static const char *
name_or_dash (const char *name)
{
  gsize size = name != NULL ? strlen (name) : 0;

  if (size == 0 || size > PV_AUDIT_MAX_NAME_BYTES)
    return "-";
  for (gsize i = 0; i < size; i++)
    if (!g_ascii_isalnum (name[i]) && strchr ("-_./", name[i]) == NULL)
      return "-";
  return name;
}

static void
extend (PvAuditChain *chain, const char *line, gsize size)
{
  crypto_generichash_state state;

  crypto_generichash_init (&state, NULL, 0, PV_AUDIT_HASH_BYTES);
  crypto_generichash_update (&state, chain->hash, PV_AUDIT_HASH_BYTES);
  crypto_generichash_update (&state, (const guint8 *) line, size);
  crypto_generichash_final (&state, chain->hash, PV_AUDIT_HASH_BYTES);
}

char *
pv_audit_append (PvAuditChain *chain, guint64 at, const char *verb, const char *subject)
{
  g_autofree char *line =
    g_strdup_printf ("%" G_GUINT64_FORMAT " %s %s", at, name_or_dash (verb), name_or_dash (subject));
  char hex[HEX_BYTES + 1];

  extend (chain, line, strlen (line));
  sodium_bin2hex (hex, sizeof hex, chain->hash, PV_AUDIT_HASH_BYTES);
  return g_strdup_printf ("%s %s\n", line, hex);
}

static gboolean
is_next (PvAuditChain *chain, const char *line, gsize size)
{
  PvAuditChain next = *chain;
  char hex[HEX_BYTES + 1];

  if (size <= HEX_BYTES + 1 || line[size - HEX_BYTES - 1] != ' ')
    return FALSE;
  extend (&next, line, size - HEX_BYTES - 1);
  sodium_bin2hex (hex, sizeof hex, next.hash, PV_AUDIT_HASH_BYTES);
  if (memcmp (hex, line + size - HEX_BYTES, HEX_BYTES) != 0)
    return FALSE;
  *chain = next;
  return TRUE;
}

gboolean
pv_audit_verify (PvAuditChain *chain, const char *text, guint *ret_line)
{
  guint number = 0;

  if (ret_line != NULL)
    *ret_line = 0;
  while (*text != '\0') {
    const char *end = strchr (text, '\n');

    number++;
    if (end == NULL || !is_next (chain, text, (gsize) (end - text))) {
      if (ret_line != NULL)
        *ret_line = number;
      return FALSE;
    }
    text = end + 1;
  }
  return TRUE;
}
