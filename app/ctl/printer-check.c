/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* parvisctl printer check: whether CUPS, as it is set up here, could keep something of a citizen or print it late. */

#include <linux/magic.h>
#include <string.h>
#include <sys/vfs.h>

#include "ctl/ctl.h"
#include "ctl/printer-cups.h"

#define CUPS_FOLDER  "/etc/cups"
#define CUPS_BROWSED "/usr/sbin/cups-browsed"

/* NULL: it cannot be read, which is said. A file that is not there has CUPS' own values. (transfer full) */
static char *
read_file (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  if (g_file_get_contents (path, &text, NULL, &error))
    return text;
  if (g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return g_strdup ("");
  g_print ("note: %s is not checked: this login may not read it\n", path);
  return NULL;
}

/* Deleting a file is not wiping it. Only what is there can be judged. */
static guint
check_folder (const char *files, const char *directive)
{
  g_autofree char *folder = pv_cups_get_folder (files, directive);
  struct statfs system;

  if (statfs (folder, &system) != 0) {
    g_print ("note: %s %s is not checked: it is not there, or this login may not see it\n", directive, folder);
    return 0;
  }
  if (system.f_type == TMPFS_MAGIC || system.f_type == RAMFS_MAGIC)
    return 0;
  pv_ctl_fail ("cups-files.conf: %s %s is on a disk: what is deleted there can be found again; see "
               "kiosk-config/cups/cups-files.conf",
               directive, folder);
  return 1;
}

static guint
check_cups (const char *folder, const char *queue)
{
  g_autofree char *cupsd = read_file (folder, "cupsd.conf");
  g_autofree char *files = read_file (folder, "cups-files.conf");
  g_autofree char *printers = read_file (folder, "printers.conf");
  g_autoptr (GPtrArray) findings = pv_cups_judge (&(PvCupsFiles){ cupsd, files, printers }, queue);
  guint n_wrong = findings->len;

  for (guint i = 0; i < findings->len; i++)
    pv_ctl_fail ("%s", (const char *) g_ptr_array_index (findings, i));
  if (files != NULL)
    n_wrong += check_folder (files, "RequestRoot") + check_folder (files, "CacheDir");
  if (strcmp (folder, CUPS_FOLDER) == 0 && g_file_test (CUPS_BROWSED, G_FILE_TEST_EXISTS)) {
    pv_ctl_fail ("cups-browsed is installed: it makes queues for whatever announces itself in the network; remove it");
    n_wrong++;
  }
  return n_wrong;
}

int
pv_ctl_printer_check (const PvCtl *ctl, char **arguments)
{
  const char *folder = CUPS_FOLDER, *queue;
  g_autoptr (PvSettings) settings = NULL;
  guint n_wrong;

  if (g_strcmp0 (arguments[0], "--cups") == 0 && arguments[1] != NULL) {
    folder = arguments[1];
    arguments += 2;
  }
  if (arguments[0] != NULL) {
    pv_ctl_fail ("printer check takes nothing but --cups FOLDER");
    return PV_CTL_USAGE;
  }
  settings = pv_ctl_load_settings (ctl);
  if (settings == NULL)
    return PV_CTL_FAILED;
  queue = pv_settings_get_text (settings, PV_SETTING_PRINTER_QUEUE);
  if (queue == NULL && strcmp (folder, CUPS_FOLDER) == 0) {
    g_print ("The kiosk prints without CUPS, which is not checked.\n");
    return PV_CTL_OK;
  }
  n_wrong = check_cups (folder, queue);
  if (n_wrong > 0)
    return PV_CTL_FAILED;
  g_print ("CUPS is set up as it should be.\n");
  return PV_CTL_OK;
}
