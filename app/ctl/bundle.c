/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* parvisctl support-bundle: what somebody who helps from afar needs, and nothing of a citizen. Never from the outbox, the log of
 * the assistance, the cache, the environment or another program's files: only from the sources below. */

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "platform/bounded-run.h"
#include "ctl/bundle-filter.h"
#include "ctl/doctor.h"
#include "ctl/logs.h"
#include "ctl/say.h"
#include "ctl/status.h"

enum { PACKAGES_S = 10, TAR_S = 20, MAX_PACKAGES_BYTES = 512 * 1024 };

typedef struct Part {
  const char *name;
  char *(*make) (const PvCtl *ctl); /* (transfer full) (nullable) */
} Part;

static char *
make_read_me (const PvCtl *ctl)
{
  (void) ctl;
  return g_strdup (pv_say (
    "What a Parvis kiosk says of itself: version, settings, state, its log of two days, packages.\n"
    "Nothing of a citizen is in it: no filing, no answer, no name. What could be one is \"(withheld)\".\n"
    "Secrets are only named by their files. Look through it before you hand it on: it is plain text.\n",
    "Ce qu’une borne Parvis dit d’elle-même : version, réglages, état, journal de deux jours, paquets.\n"
    "Rien d’un usager n’y figure : ni demande, ni réponse, ni nom. Ce qui pourrait en être est « (withheld) ».\n"
    "Les secrets ne sont que nommés, par leurs fichiers. Relisez-le avant de l’envoyer : c’est du texte.\n"));
}

/* The line PRETTY_NAME of os-release(5), without what is around it. (transfer full) */
static char *
read_system (void)
{
  g_autofree char *text = NULL;
  const char *start, *prefix = "\nPRETTY_NAME=";

  if (!g_file_get_contents ("/etc/os-release", &text, NULL, NULL))
    return g_strdup ("?");
  start = g_str_has_prefix (text, prefix + 1) ? text - 1 : strstr (text, prefix);
  if (start == NULL)
    return g_strdup ("?");
  start += strlen (prefix);
  return g_strndup (start, strcspn (start, "\n"));
}

static char *
make_version (const PvCtl *ctl)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *when = g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ"), *system = read_system ();
  struct utsname kernel = { 0 };

  (void) ctl;
  (void) uname (&kernel);
  /* Not the name of the machine: some are called by who uses them. */
  return g_strdup_printf ("parvis %s\nsystem %s\nkernel %s %s\nmade %s\n", PV_VERSION, system, kernel.release,
                          kernel.machine, when);
}

static char *
make_settings (const PvCtl *ctl)
{
  g_autoptr (PvSettings) settings = pv_settings_load_what_is_right (ctl->config);
  g_autofree char *description = pv_settings_describe (settings);

  return pv_bundle_filter_settings (description);
}

static char *
make_doctor (const PvCtl *ctl)
{
  const PvDoctorOptions options = { .root = "" };
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *when = g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ");
  gsize n_checkups;
  PvCheckup *checkups = pv_doctor_run (ctl, &options, &n_checkups);
  char *text = pv_doctor_to_json (checkups, n_checkups, when);

  pv_doctor_free_checkups (checkups, n_checkups);
  return text;
}

static char *
make_units (const PvCtl *ctl)
{
  (void) ctl;
  return pv_status_ask_systemd ();
}

static char *
make_log (const PvCtl *ctl)
{
  g_autofree char *text = pv_logs_read ("-2d");

  (void) ctl;
  return text != NULL ? pv_bundle_filter_log (text) : NULL;
}

static char *
make_packages (const PvCtl *ctl)
{
  static const char *const argv[] = { "dpkg-query", "--show", "--showformat=${binary:Package} ${Version}\n", NULL };

  (void) ctl;
  return pv_run_bounded (argv, PACKAGES_S, MAX_PACKAGES_BYTES);
}

/* All that is in a bundle. */
static const Part parts[] = {
  { "README.txt", make_read_me }, { "version.txt", make_version },        { "settings.txt", make_settings },
  { "doctor.json", make_doctor }, { "status.json", pv_status_make_json }, { "units.txt", make_units },
  { "log.txt", make_log },        { "packages.txt", make_packages },
};

/* FALSE after having said why. */
static gboolean
write_part (const PvCtl *ctl, const Part *part, const char *folder)
{
  g_autofree char *made = part->make (ctl);
  g_autofree char *text =
    made != NULL ? pv_bundle_blot (made) : g_strdup (pv_say ("not available here\n", "non disponible ici\n"));
  g_autofree char *path = g_build_filename (folder, part->name, NULL);
  g_autoptr (GError) error = NULL;

  if (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, 0600, &error))
    return TRUE;
  pv_ctl_fail ("%s", error->message);
  return FALSE;
}

/* Into a file beside it, which becomes FILE when it is whole, and never over one that is there. */
static gboolean
pack (const char *folder, const char *file)
{
  g_autofree char *beside = g_strdup_printf ("%s.part", file), *said = NULL;
  const char *argv[10 + G_N_ELEMENTS (parts) + 1] = {
    "tar", "--create", "--gzip", "--owner=0", "--group=0", "--numeric-owner", "--file", beside, "--directory", folder
  };
  gboolean is_there;
  int fd;

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    argv[10 + i] = parts[i].name;
  unlink (beside); /* of one that was interrupted */
  fd = open (beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0) {
    pv_ctl_fail ("%s: %s", beside, g_strerror (errno));
    return FALSE;
  }
  close (fd);
  said = pv_run_bounded (argv, TAR_S, 4096);
  is_there = said != NULL && link (beside, file) == 0;
  if (!is_there)
    pv_ctl_fail ("%s: %s", file, said != NULL ? g_strerror (errno) : pv_say ("tar failed", "tar a échoué"));
  unlink (beside);
  return is_there;
}

static void
remove_folder (const char *folder)
{
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++) {
    g_autofree char *path = g_build_filename (folder, parts[i].name, NULL);

    unlink (path);
  }
  rmdir (folder);
}

int
pv_ctl_support_bundle (const PvCtl *ctl, char **arguments)
{
  g_autofree char *folder = NULL, *file = NULL;
  gboolean is_fine = TRUE;

  if (arguments[0] == NULL || arguments[1] != NULL || *arguments[0] == '-') {
    pv_ctl_fail ("use: parvisctl support-bundle FILE.tar.gz");
    return PV_CTL_USAGE;
  }
  file = g_canonicalize_filename (arguments[0], NULL);
  if (access (file, F_OK) == 0)
    return pv_ctl_fail (pv_say ("%s is there already", "%s existe déjà"), file);
  folder = g_dir_make_tmp ("parvis-bundle-XXXXXX", NULL);
  if (folder == NULL)
    return pv_ctl_fail ("%s", g_strerror (errno));
  for (gsize i = 0; i < G_N_ELEMENTS (parts) && is_fine; i++)
    is_fine = write_part (ctl, &parts[i], folder);
  is_fine = is_fine && pack (folder, file);
  remove_folder (folder);
  if (!is_fine)
    return PV_CTL_FAILED;
  g_print (pv_say ("%s is made. Nothing of a citizen is in it; look through it before you hand it on.\n",
                   "%s est prêt. Rien d’un usager n’y figure ; relisez-le avant de l’envoyer.\n"),
           file);
  return PV_CTL_OK;
}
