/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* fuzz-fleet.c: what a broker says kiosks told: the first line is a topic, the rest its payload. Whatever is accepted is written again
 * and reads back the same; whatever is shown has no control character. */

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "ctl/fleet-view.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check (gboolean is_true)
{
  if (!is_true)
    abort ();
}

static void
try_report (const char *text, gsize size)
{
  g_autoptr (PvKioskReport) report = pv_fleet_report_from_json (text, size, NULL), back = NULL;
  g_autofree char *first = NULL, *second = NULL, *metrics = NULL;
  PvFleetSample sample = { NULL, TRUE };

  if (report == NULL)
    return;
  first = pv_fleet_report_to_json (report);
  back = pv_fleet_report_from_json (first, strlen (first), NULL);
  check (back != NULL);
  second = pv_fleet_report_to_json (back);
  check (strcmp (first, second) == 0);
  sample.report = report;
  metrics = pv_fleet_metrics_to_text (&sample, 1);
  check (g_str_has_suffix (metrics, "\n# EOF\n"));
}

static void
try_view (const char *topic, const char *text, gsize size)
{
  g_autoptr (PvFleetView) view = pv_fleet_view_new ();
  g_autoptr (GBytes) payload = g_bytes_new (text, size);
  g_autofree char *shown = NULL, *json = NULL;
  g_autoptr (PvJson) parsed = NULL;
  int status = -1;

  pv_fleet_view_take (view, topic, payload);
  check (pv_fleet_view_get_n_kiosks (view) <= 1);
  shown = pv_fleet_view_to_text (view, NULL, TRUE, 1796112000, &status);
  check (g_utf8_validate (shown, -1, NULL) && (status == 0 || status == 1));
  for (const char *c = shown; *c != '\0'; c = g_utf8_next_char (c))
    check (*c == '\n' || !g_unichar_iscntrl (g_utf8_get_char (c)));
  json = pv_fleet_view_to_json (view, NULL, TRUE, 1796112000, &status);
  parsed = pv_json_parse (json, strlen (json), NULL);
  check (parsed != NULL);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const uint8_t *end = size > 0 ? memchr (data, '\n', size) : NULL;
  g_autofree char *topic = NULL;
  gsize skip;

  if (end == NULL || memchr (data, '\0', (size_t) (end - data)) != NULL)
    return 0;
  skip = (gsize) (end - data) + 1;
  topic = g_strndup ((const char *) data, skip - 1);
  try_report ((const char *) data + skip, size - skip);
  try_view (topic, (const char *) data + skip, size - skip);
  return 0;
}
