/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files of the audit log, as they lie on a disk that somebody wrote to: lines, first lines, heads. A log that is whole can
 * be gone on with, and is still whole. */

#include <stdint.h>
#include <string.h>

#include "assist/audit.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check_lines (const char *text)
{
  PvAuditChain chain = { 0 }, before = { 0 }, again = { 0 };
  guint wrong = 0;
  g_autofree char *line = NULL, *more = NULL;

  if (pv_audit_read_continue (text, &before))
    pv_audit_verify (&before, text, &wrong);
  if (!pv_audit_verify (&chain, text, &wrong)) {
    g_assert (wrong > 0);
    return;
  }
  g_assert (wrong == 0);
  line = pv_audit_append (&chain, 1795440720, "propose", "street");
  more = g_strconcat (text, line, NULL);
  if (text[0] == '\0' || g_str_has_suffix (text, "\n"))
    g_assert (pv_audit_verify (&again, more, NULL) && memcmp (again.hash, chain.hash, sizeof chain.hash) == 0);
}

static void
check_head (const char *text)
{
  PvAuditChain chain, again;
  g_autofree char *file = NULL, *written = NULL, *file_again = NULL;

  if (!pv_audit_read_head (text, &chain, &file))
    return;
  written = pv_audit_write_head (&chain, file);
  g_assert (pv_audit_read_head (written, &again, &file_again));
  g_assert (memcmp (again.hash, chain.hash, sizeof chain.hash) == 0);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);

  check_lines (text);
  check_head (text);
  return 0;
}
