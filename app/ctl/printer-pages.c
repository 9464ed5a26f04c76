/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* parvisctl printer pages */

#include "ctl/ctl.h"
#include "print/page-count.h"

int
pv_ctl_printer_pages (const PvCtl *ctl, char **arguments)
{
  gboolean is_csv = g_strcmp0 (arguments[0], "--csv") == 0;
  g_autoptr (PvSettings) settings = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) days = NULL;
  g_autofree char *path = NULL;
  guint64 n_pages = 0, n_jobs = 0;

  if (arguments[is_csv ? 1 : 0] != NULL) {
    pv_ctl_fail ("printer pages takes nothing but --csv");
    return PV_CTL_USAGE;
  }
  settings = pv_ctl_load_settings (ctl);
  if (settings == NULL)
    return PV_CTL_FAILED;
  path = g_build_filename (pv_settings_get_text (settings, PV_SETTING_PATHS_STATE), PV_PAGE_COUNT_FILE, NULL);
  days = pv_page_count_read (path, &error);
  if (days == NULL)
    return pv_ctl_fail ("%s", error->message);
  g_print ("%s\n", is_csv ? "date;pages;jobs" : "date          pages    jobs");
  for (guint i = 0; i < days->len; i++) {
    const PvPageDay *day = &g_array_index (days, PvPageDay, i);

    n_pages += day->n_pages;
    n_jobs += day->n_jobs;
    if (is_csv)
      g_print ("%s;%u;%u\n", day->date, day->n_pages, day->n_jobs);
    else
      g_print ("%-10s %8u%8u\n", day->date, day->n_pages, day->n_jobs);
  }
  if (!is_csv)
    g_print ("%-10s %8" G_GUINT64_FORMAT "%8" G_GUINT64_FORMAT "\n", "in all", n_pages, n_jobs);
  return PV_CTL_OK;
}
