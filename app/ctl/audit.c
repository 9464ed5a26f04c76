/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* audit.c: what a log says, and where its files are. */

#include <sodium.h>
#include <string.h>

#include "ctl/audit.h"

#define PREFIX "audit-"
#define SUFFIX ".log"

char *
pv_ctl_audit_folder (const PvCtl *ctl, const char *given)
{
  g_autoptr (PvSettings) settings = given == NULL ? pv_ctl_load_settings (ctl) : NULL;

  if (given != NULL)
    return g_strdup (given);
  return settings != NULL ? g_build_filename (pv_settings_get_text (settings, PV_SETTING_PATHS_STATE), "assist", NULL)
                          : NULL;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char **
pv_ctl_audit_list (const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  if (dir == NULL) {
    pv_ctl_fail ("%s", error->message);
    return NULL;
  }
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, PREFIX) && g_str_has_suffix (name, SUFFIX))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

char *
pv_ctl_audit_read (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL), *text = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  if (!g_file_get_contents (path, &text, &size, &error))
    pv_ctl_fail ("%s", error->message);
  else if (size > PV_CTL_AUDIT_MAX_FILE_BYTES || strlen (text) != size)
    pv_ctl_fail ("%s: not a log: too large, or not text", path);
  else
    return g_steal_pointer (&text);
  return NULL;
}

static void
show_consent_cb (guint number, const PvConsent *consent, const PvDelegation *delegation, gpointer data)
{
  static const char *const rights[PV_N_RIGHTS] = { "show", "propose", "hand" };
  char mediator[2 * PV_CERTIFICATE_ID_BYTES + 1];

  (void) delegation;
  (void) data;
  if (consent == NULL) {
    g_print ("line %u: a consent record that cannot be read\n", number);
    return;
  }
  sodium_bin2hex (mediator, sizeof mediator, consent->mediator, sizeof consent->mediator);
  g_print ("                      (%s %s, mediator %s, words \"%s\"%s)\n", rights[consent->right],
           consent->is_granted ? "granted" : "not granted", mediator, consent->text,
           consent->is_countersigned ? "" : ", not countersigned");
}

static gboolean
is_part (const char *verb)
{
  return g_str_has_suffix (verb, "-more") || strcmp (verb, "delegation") == 0;
}

static void
show_text (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  PvAuditRecords records = { .tell = show_consent_cb };

  for (guint i = 0; lines[i] != NULL; i++) {
    g_auto (PvAuditLine) line = { 0 };
    g_autoptr (GDateTime) time = NULL;
    g_autofree char *when = NULL;

    if (!pv_audit_line_parse (lines[i], &line))
      continue;
    pv_audit_records_add (&records, i + 1, &line);
    time = g_date_time_new_from_unix_utc ((gint64) line.at);
    when = time != NULL ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ") : g_strdup ("-");
    if (strcmp (line.verb, "consent") == 0)
      g_print ("%s  consent\n", when);
    else if (!is_part (line.verb))
      g_print ("%s  %-16s  %s\n", when, line.verb, line.subject);
  }
  pv_audit_records_finish (&records);
}

int
pv_ctl_audit_show (const PvCtl *ctl, char **arguments)
{
  g_autofree char *folder = NULL;
  g_auto (GStrv) names = NULL;
  int status = PV_CTL_OK;

  if (g_strv_length (arguments) > 1 || (arguments[0] != NULL && arguments[0][0] == '-')) {
    pv_ctl_fail ("use: parvisctl audit show [FOLDER]");
    return PV_CTL_USAGE;
  }
  folder = pv_ctl_audit_folder (ctl, arguments[0]);
  if (folder != NULL && arguments[0] == NULL && !g_file_test (folder, G_FILE_TEST_EXISTS)) {
    g_print ("the courier has not made %s yet\n", folder);
    return PV_CTL_OK;
  }
  names = folder != NULL ? pv_ctl_audit_list (folder) : NULL;
  if (names == NULL)
    return PV_CTL_FAILED;
  for (guint i = 0; names[i] != NULL; i++) {
    g_autofree char *text = pv_ctl_audit_read (folder, names[i]);

    g_print ("%s\n", names[i]);
    if (text != NULL)
      show_text (text);
    else
      status = PV_CTL_FAILED;
  }
  return status;
}
