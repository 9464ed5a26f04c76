/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The activity file of a console, as anybody may have edited it: no byte is lost, and what is read is written the same. */

#include <stdint.h>
#include <string.h>

#include "mediator/activity-csv.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check_line (const PvActivityLayout *layout, const char *bytes, gsize size)
{
  PvActivityLine *line = pv_activity_line_read (layout, bytes, size), *again;
  g_autofree char *written = NULL;

  if (line == NULL)
    return;
  written = pv_activity_line_write (layout, line, NULL);
  g_assert (pv_activity_line_size (written, strlen (written)) == strlen (written));
  again = pv_activity_line_read (layout, written, strlen (written));
  g_assert (again != NULL && again->began_utc == line->began_utc && again->minutes == line->minutes);
  g_assert (layout->at[PV_COLUMN_THEMES] < 0
            || g_strv_equal ((const char *const *) again->themes, (const char *const *) line->themes));
  g_assert (strcmp (again->kiosk, line->kiosk) == 0);
  pv_activity_line_free (again);
  pv_activity_line_free (line);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const char *text = (const char *) data;
  gsize head = pv_activity_line_size (text, size);
  g_autofree char *header = g_strndup (text, head);
  PvActivityLayout layout;

  if (!pv_activity_layout_read (&layout, header))
    return 0;
  for (gsize at = head; at < size;) {
    gsize length = pv_activity_line_size (text + at, size - at);

    g_assert (length > 0 && length <= size - at);
    check_line (&layout, text + at, length);
    at += length;
  }
  return 0;
}
