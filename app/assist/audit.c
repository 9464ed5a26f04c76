/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "assist/audit.h"

#include <sodium.h>
#include <string.h>

enum { HEX_BYTES = 2 * PV_AUDIT_HASH_BYTES };

gboolean
pv_audit_is_name (const char *name)
{
  gsize size = name != NULL ? strlen (name) : 0;

  if (size == 0 || size > PV_AUDIT_MAX_NAME_BYTES)
    return FALSE;
  for (gsize i = 0; i < size; i++)
    if (!g_ascii_isalnum (name[i]) && strchr ("-_./", name[i]) == NULL)
      return FALSE;
  return TRUE;
}

static const char *
name_or_dash (const char *name)
{
  return pv_audit_is_name (name) ? name : "-";
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

char *
pv_audit_continue (PvAuditChain *chain, guint64 at)
{
  char hex[HEX_BYTES + 1];

  sodium_bin2hex (hex, sizeof hex, chain->hash, PV_AUDIT_HASH_BYTES);
  *chain = (PvAuditChain){ 0 };
  return pv_audit_append (chain, at, PV_AUDIT_CONTINUES, hex);
}

/* @text begins with a hash and then @end. */
static gboolean
read_hash (const char *text, char end, PvAuditChain *ret_chain)
{
  PvAuditChain chain;
  gsize size;

  if (strnlen (text, HEX_BYTES + 1) <= HEX_BYTES || text[HEX_BYTES] != end
      || sodium_hex2bin (chain.hash, sizeof chain.hash, text, HEX_BYTES, NULL, &size, NULL) != 0
      || size != sizeof chain.hash)
    return FALSE;
  *ret_chain = chain;
  return TRUE;
}

gboolean
pv_audit_read_continue (const char *text, PvAuditChain *ret_before)
{
  const char *verb = text + strspn (text, "0123456789");

  return verb != text && g_str_has_prefix (verb, " " PV_AUDIT_CONTINUES " ")
         && read_hash (verb + strlen (" " PV_AUDIT_CONTINUES " "), ' ', ret_before);
}

char *
pv_audit_append_bytes (PvAuditChain *chain, guint64 at, const char *verb, const guint8 *bytes, gsize size)
{
  gsize room = sodium_base64_encoded_len (size, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  g_autofree char *text = g_malloc (room), *more = g_strconcat (verb, PV_AUDIT_MORE, NULL);
  GString *lines = g_string_new (NULL);
  const char *at_piece = text;

  sodium_bin2base64 (text, room, bytes, size, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  do {
    g_autofree char *piece = g_strndup (at_piece, PV_AUDIT_MAX_NAME_BYTES);
    g_autofree char *line = pv_audit_append (chain, at, at_piece == text ? verb : more, piece);

    g_string_append (lines, line);
    at_piece += strlen (piece);
  } while (*at_piece != '\0');
  return g_string_free (lines, FALSE);
}

char *
pv_audit_write_head (const PvAuditChain *chain, const char *file)
{
  char hex[HEX_BYTES + 1];

  sodium_bin2hex (hex, sizeof hex, chain->hash, PV_AUDIT_HASH_BYTES);
  return g_strdup_printf ("%s %s\n", file, hex);
}

gsize
pv_audit_find_head (const char *text, const PvAuditChain *head)
{
  g_autofree char *line = pv_audit_write_head (head, PV_AUDIT_NO_FILE);
  const char *end = line + strlen (PV_AUDIT_NO_FILE); /* " HASH\n" */
  const char *found = strstr (text, end);

  return found != NULL ? (gsize) (found - text) + strlen (end) : 0;
}

gboolean
pv_audit_read_head (const char *text, PvAuditChain *ret_chain, char **ret_file)
{
  const char *space = strchr (text, ' ');
  g_autofree char *file = space != NULL ? g_strndup (text, (gsize) (space - text)) : NULL;

  if (!pv_audit_is_name (file) || !read_hash (space + 1, '\n', ret_chain) || space[1 + HEX_BYTES + 1] != '\0')
    return FALSE;
  *ret_file = g_steal_pointer (&file);
  return TRUE;
}
