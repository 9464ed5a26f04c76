/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What comes from a phone, and what goes to the portal: both in the sandbox that only writes its output. */

#include "kiosk/decode/import.h"
#include "kiosk/decode/join.h"
#include "kiosk/decode/modes.h"
#include "kiosk/decode/output.h"
#include "kiosk/decode/sandbox.h"
#include "link/memfd.h"

#include <string.h>

static gboolean
read_limit (const char *text, guint64 most, guint64 *ret_value)
{
  return g_ascii_string_to_unsigned (text, 10, 1, most, ret_value, NULL);
}

/* FALSE: letters that are none, or none at all. */
static gboolean
read_kinds (const char *letters, gboolean *ret_kinds)
{
  for (const char *letter = letters; *letter != '\0'; letter++) {
    const char *found = strchr (PV_SCAN_KIND_LETTERS, *letter);

    if (found == NULL || *letter == PV_SCAN_KIND_LETTERS[PV_SCAN_NAME])
      return FALSE;
    ret_kinds[found - PV_SCAN_KIND_LETTERS] = TRUE;
  }
  return TRUE;
}

void
pv_mode_import (int argc, char **argv)
{
  PvImportRules rules = { 0 };
  guint64 max_bytes, max_pages;
  g_autoptr (GBytes) upload = NULL;
  g_autoptr (GByteArray) out = g_byte_array_new ();
  PvScanFacts facts = { 0 };
  PvCaptureTrouble trouble;
  const guint8 *data;
  gsize length;

  if (argc != 3 || !read_kinds (argv[0], rules.takes) || !read_limit (argv[1], PV_SCAN_MAX_DOCUMENT_BYTES, &max_bytes)
      || !read_limit (argv[2], PV_CAPTURE_MAX_PAGES, &max_pages))
    return;
  rules.max_bytes = (gsize) max_bytes;
  rules.max_pages = (guint) max_pages;
  upload = pv_memfd_map (PV_SCAN_INPUT_FD, PV_SCAN_MAX_UPLOAD_BYTES, NULL);
  if (upload == NULL
      || !pv_sandbox_enter (PV_SCAN_OUTPUT_FD, MAX ((gsize) max_bytes, PV_SCAN_MAX_PAGE_BYTES) + sizeof facts))
    return;
  data = g_bytes_get_data (upload, &length);
  trouble = pv_import (data, length, &rules, out, &facts);
  if (trouble != PV_CAPTURE_TROUBLE_NONE)
    pv_output_end_in_trouble (trouble);
  pv_output_end (out->data, out->len, facts);
}

static gboolean
map_page (guint number, const char *turns, GBytes **ret_bytes, PvJoinPage *ret_page)
{
  *ret_bytes = pv_memfd_map (PV_SCAN_PAGES_FD + (int) number, PV_SCAN_MAX_PAGE_BYTES, NULL);
  if (*ret_bytes == NULL || turns[0] < '0' || turns[0] > '3' || turns[1] != '\0')
    return FALSE;
  ret_page->jpeg = g_bytes_get_data (*ret_bytes, &ret_page->length);
  ret_page->turns = (guint) (turns[0] - '0');
  return TRUE;
}

void
pv_mode_join (int argc, char **argv)
{
  gboolean kinds[PV_N_SCAN_KINDS] = { FALSE };
  GBytes *bytes[PV_CAPTURE_MAX_PAGES];
  PvJoinPage pages[PV_CAPTURE_MAX_PAGES];
  g_autoptr (GByteArray) out = g_byte_array_new ();
  const guint n_pages = argc > 2 ? (guint) argc - 2 : 0;
  PvScanKind kind = PV_SCAN_JPEG;
  PvCaptureTrouble trouble;
  guint64 max_bytes;

  if (n_pages < 1 || n_pages > PV_CAPTURE_MAX_PAGES || strlen (argv[0]) != 1 || !read_kinds (argv[0], kinds)
      || !read_limit (argv[1], PV_SCAN_MAX_DOCUMENT_BYTES, &max_bytes))
    return;
  while (!kinds[kind])
    kind++;
  for (guint i = 0; i < n_pages; i++)
    if (!map_page (i, argv[2 + i], &bytes[i], &pages[i]))
      return;
  if (!pv_sandbox_enter (PV_SCAN_OUTPUT_FD, (gsize) max_bytes + sizeof (PvScanFacts)))
    return;
  trouble = pv_join (pages, n_pages, kind, (gsize) max_bytes, out);
  if (trouble != PV_CAPTURE_TROUBLE_NONE)
    pv_output_end_in_trouble (trouble);
  pv_output_end (out->data, out->len, (PvScanFacts){ .kind = (guint32) kind, .n_pages = n_pages });
}
