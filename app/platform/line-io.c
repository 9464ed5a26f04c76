/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/line-io.h"

#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "core/wipe.h"

static gboolean
read_to_its_end (int fd, char *line, gsize size)
{
  gint64 end_us = g_get_monotonic_time () + PV_LINE_READ_MS * G_TIME_SPAN_MILLISECOND;

  for (gsize length = 0; length + 1 < size; length++) {
    gint64 left_ms = (end_us - g_get_monotonic_time ()) / G_TIME_SPAN_MILLISECOND;
    struct pollfd input = { .fd = fd, .events = POLLIN };

    if (left_ms <= 0 || poll (&input, 1, (int) left_ms) <= 0 || read (fd, line + length, 1) != 1)
      return FALSE;
    if (line[length] == '\n') {
      line[length] = '\0';
      return TRUE;
    }
    if (line[length] == '\0')
      return FALSE;
  }
  return FALSE;
}

gboolean
pv_line_read (int fd, char *line, gsize size)
{
  if (read_to_its_end (fd, line, size))
    return TRUE;
  pv_wipe_bytes (line, size);
  return FALSE;
}

void
pv_line_say (int fd, const char *text)
{
  gsize size = strlen (text), done = 0;

  while (done < size) {
    gssize n = write (fd, text + done, size - done);

    if (n <= 0)
      return; /* nobody listens any more */
    done += (gsize) n;
  }
}
