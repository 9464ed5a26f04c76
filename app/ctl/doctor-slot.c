/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/doctor-slot.h"

#include <string.h>

/* Each check of doctor has a row. */
static const struct {
  const char *id;
  gboolean counts;
  const char *why;
} rows[] = {
  { "settings", TRUE,
    "another release may refuse settings, or files of the outbox, that the one before took; what comes "
    "with time, like filings that need an agent, is left out" },
  { "services", TRUE, "courier and printer service are in the image; how old the list of the portal is, is left out" },
  { "screen", TRUE, "its driver is in the image" },
  { "touch", TRUE, "its driver is in the image" },
  { "reader", TRUE, "driver and rules of udev are in the image" },
  { "cups", TRUE, "the daemon that has to read its settings is in the image" },
  { "lock-down", TRUE, "a kiosk that somebody gets out of must not stay" },
  { "printer", FALSE, "paper and ink run out, and covers are opened, whichever image runs" },
  { "scanner", FALSE, "switched off at night in many places" },
  { "clock", FALSE, "the network, and who tells the time there" },
  { "portal", FALSE, "another machine, and the network to it" },
  { "broker", FALSE, "another machine, and the network to it" },
  { "certificates", FALSE, "they end on a day, whichever image runs" },
  { "disk", FALSE, "what is full is the state partition, of both images" },
  { "secrets", FALSE, "files of the state partition, of both images" },
  { "update", FALSE, "it is about this very update" },
};

static gssize
find (const char *id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (strcmp (rows[i].id, id) == 0)
      return (gssize) i;
  return -1;
}

gboolean
pv_doctor_slot_counts (const char *check_id)
{
  gssize at = find (check_id);

  return at >= 0 && rows[at].counts;
}

const char *
pv_doctor_slot_get_id (guint index)
{
  return index < G_N_ELEMENTS (rows) ? rows[index].id : NULL;
}

char *
pv_doctor_slot_to_text (const PvCheckup *checkups, gsize n_checkups)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < n_checkups; i++) {
    const GPtrArray *findings = checkups[i].findings;

    for (guint k = 0; pv_doctor_slot_counts (checkups[i].id) && k < findings->len; k++) {
      const PvFinding *finding = findings->pdata[k];

      /* What could not be looked at is no reason: a busy start is slow. */
      if (finding->health == PV_HEALTH_WRONG)
        g_string_append_printf (text, "%s: %s\n", checkups[i].id, finding->sentence);
    }
  }
  return g_string_free (text, FALSE);
}
