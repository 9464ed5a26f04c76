/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The index of addresses: made of an extract of the Base Adresse Nationale, and tried. */

#include <string.h>

#include "ctl/address-write.h"
#include "ctl/ctl.h"
#include "platform/address-index.h"

static int
usage_build (void)
{
  pv_ctl_fail ("use: parvisctl addresses build --from FILE.csv[.gz] [--commune INSEE]... --output FILE");
  return PV_CTL_USAGE;
}

static void
take_cb (const PvAddressRow *row, gpointer user_data)
{
  pv_town_take (user_data, row);
}

static void
tell_wrong (const PvAddressRowsReport *report)
{
  for (guint i = 0; i < report->told->len; i++)
    g_printerr ("  %s\n", (const char *) report->told->pdata[i]);
  if (report->n_wrong > report->told->len)
    g_printerr ("  and %u more\n", report->n_wrong - report->told->len);
}

static int
build (const char *from, const char *const *communes, const char *output)
{
  g_autoptr (PvTown) town = pv_town_new ();
  g_autoptr (GError) error = NULL;
  PvAddressRowsReport report = { 0 };
  gboolean is_read = pv_address_rows_read (from, communes, take_cb, town, &report, &error);
  int status = PV_CTL_FAILED;

  if (report.n_wrong > 0)
    pv_ctl_fail ("%s: lines left out: %u", from, report.n_wrong);
  tell_wrong (&report);
  if (!is_read) {
    pv_ctl_fail ("%s", error->message);
  } else if (town->numbers->len == 0) {
    pv_ctl_fail ("%s: no address%s", from, communes != NULL ? " of these communes" : "");
  } else {
    pv_town_finish (town);
    if (pv_address_write (town, output, &error)) {
      g_print ("%s: %u streets, %u addresses, %u crossings\n", output, town->streets->len, town->numbers->len,
               town->crossings->len);
      status = PV_CTL_OK;
    } else {
      pv_ctl_fail ("%s", error->message);
    }
  }
  pv_address_rows_report_clear (&report);
  return status;
}

int
pv_ctl_addresses_build (const PvCtl *ctl, char **arguments)
{
  g_autoptr (GPtrArray) communes = g_ptr_array_new ();
  const char *from = NULL, *output = NULL;

  (void) ctl;
  for (; arguments[0] != NULL && arguments[1] != NULL; arguments += 2) {
    if (strcmp (arguments[0], "--from") == 0)
      from = arguments[1];
    else if (strcmp (arguments[0], "--output") == 0)
      output = arguments[1];
    else if (strcmp (arguments[0], "--commune") == 0)
      g_ptr_array_add (communes, arguments[1]);
    else
      return usage_build ();
  }
  if (arguments[0] != NULL || from == NULL || output == NULL)
    return usage_build ();
  g_ptr_array_add (communes, NULL);
  return build (from, communes->len > 1 ? (const char *const *) communes->pdata : NULL, output);
}

static void
print_found (const GPtrArray *found)
{
  for (guint i = 0; i < found->len; i++) {
    const PvAddress *address = found->pdata[i];

    g_print ("%s, %s %s  (%.6f %.6f)\n", address->label, address->postcode, address->commune, address->latitude,
             address->longitude);
  }
  if (found->len == 0)
    g_print ("nothing is found\n");
}

/* Without words: how much there is. */
int
pv_ctl_addresses_show (const PvCtl *ctl, char **arguments)
{
  gboolean has_file = g_strcmp0 (arguments[0], "--file") == 0 && arguments[1] != NULL;
  g_autoptr (PvSettings) settings = has_file ? NULL : pv_ctl_load_settings (ctl);
  g_autofree char *words = g_strjoinv (" ", arguments + (has_file ? 2 : 0));
  g_autoptr (PvAddressIndex) index = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GError) error = NULL;
  const char *path;
  guint n_streets, n_numbers, n_crossings;

  if (settings == NULL && !has_file)
    return PV_CTL_FAILED;
  path = has_file ? arguments[1] : pv_settings_get_text (settings, PV_SETTING_ADDRESSES_FILE);
  if (path == NULL)
    return pv_ctl_fail ("[addresses] file is not set");
  index = pv_address_index_open (path, &error);
  if (index == NULL)
    return pv_ctl_fail ("%s", error->message);
  if (words[0] == '\0') {
    pv_address_index_count (index, &n_streets, &n_numbers, &n_crossings);
    g_print ("%s: %u streets, %u numbers, %u crossings\n", path, n_streets, n_numbers, n_crossings);
    return PV_CTL_OK;
  }
  found = pv_address_index_find (index, words, TRUE, PV_ADDRESS_LIMIT_MS);
  print_found (found);
  return PV_CTL_OK;
}
