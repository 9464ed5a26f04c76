/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The machine as it is set up: what is locked down, which services run, and what "parvisctl check" says. */

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "ctl/doctor-facts.h"
#include "ctl/doctor-rules.h"
#include "ctl/doctor.h"
#include "ctl/say.h"
#include "link/outbox-store.h"
#include "platform/bundle-store.h"
#include "platform/clock.h"
#include "platform/local-facts.h"

#define LOCKDOWN_FOLDER PV_DATADIR "/lockdown" /* what kiosk-config/lockdown installs */
#define SCHEMAS_FOLDER  "/usr/share/glib-2.0/schemas"
#define OVERRIDE        SCHEMAS_FOLDER "/99_parvis-kiosk.gschema.override"
#define COMPILED        SCHEMAS_FOLDER "/gschemas.compiled"

/* ---- settings ---- */

static GPtrArray *said; /* of the check that runs in this process */

/* What follows "note:", in both languages; NULL: it is no note. */
static const char *
find_note (const char *line)
{
  static const char *const heads[] = { "note: ", "note : ", "note : " };

  for (gsize i = 0; i < G_N_ELEMENTS (heads); i++)
    if (g_str_has_prefix (line, heads[i]))
      return line + strlen (heads[i]);
  return NULL;
}

/* "note: ..." is no slip; "parvisctl: ..." is one. */
static void
hear_cb (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++) {
    const char *line = g_strstrip (lines[i]);

    if (find_note (line) != NULL)
      pv_findings_add (said, PV_HEALTH_NOTICE, "", "%s", find_note (line));
    else if (g_str_has_prefix (line, "parvisctl: "))
      pv_findings_add (said, PV_HEALTH_WRONG, "", "%s", line + strlen ("parvisctl: "));
    else if (*line != '\0' && said->len > 0)
      pv_findings_add (said, PV_HEALTH_WRONG, "", "%s", line);
  }
}

/* Until when the signed settings count that are there; whether newer ones come, check says. */
static void
check_expiry (const PvDoctor *doctor, GPtrArray *findings)
{
  static const PvLayer layers[] = { PV_LAYER_PLATFORM, PV_LAYER_COMMUNE };
  g_autofree char *store = pv_layers_get_store (doctor->ctl->config);

  for (gsize i = 0; store != NULL && i < G_N_ELEMENTS (layers); i++) {
    g_autoptr (PvBundle) bundle = pv_bundle_store_read (store, layers[i]);

    if (bundle != NULL)
      pv_judge_signed_settings (findings,
                                layers[i] == PV_LAYER_PLATFORM
                                  ? pv_say ("settings that the platform signed", "réglages signés par la plateforme")
                                  : pv_say ("settings that the commune signed", "réglages signés par la commune"),
                                bundle->serial, bundle->end_s - 1, doctor->now_s);
  }
}

/* What a release may refuse that another one took: the lines of the settings, and files of the outbox. Not what comes with time, like
 * filings that need an agent, or keys that end. */
static void
check_what_is_refused (const PvDoctor *doctor, GPtrArray *findings)
{
  g_autofree char *folder = pv_ctl_outbox_folder (doctor->settings);
  g_autoptr (PvSettings) settings = NULL;
  g_autoptr (PvOutboxStore) store = NULL;
  g_autoptr (GError) error = NULL;

  settings = pv_settings_load (doctor->ctl->config, &error);
  if (settings == NULL) {
    g_auto (GStrv) lines = g_strsplit (error->message, "\n", -1);

    for (guint i = 0; lines[i] != NULL; i++)
      pv_findings_add (findings, PV_HEALTH_WRONG, "", "%s", lines[i]);
  }
  store = pv_ctl_has_outbox (folder) ? pv_outbox_store_open_to_read (folder, NULL) : NULL;
  if (store != NULL && pv_outbox_store_get_n_unreadable (store) > 0)
    pv_findings_add (findings, PV_HEALTH_WRONG, "",
                     pv_say ("files of the outbox that cannot be read: %u", "demandes en attente illisibles : %u"),
                     pv_outbox_store_get_n_unreadable (store));
  if (findings->len == 0)
    pv_findings_add (findings, PV_HEALTH_WELL, "", "%s", pv_say ("nothing is refused", "rien n’est refusé"));
}

/* What "parvisctl check" says, as it says it. */
void
pv_doctor_check_settings (const PvDoctor *doctor, GPtrArray *findings)
{
  char *no_arguments[] = { NULL };
  int status;

  if (doctor->is_slot_only) {
    check_what_is_refused (doctor, findings);
    return;
  }
  said = findings;
  g_set_print_handler (hear_cb);
  g_set_printerr_handler (hear_cb);
  status = pv_ctl_check (doctor->ctl, no_arguments);
  g_set_print_handler (NULL);
  g_set_printerr_handler (NULL);
  said = NULL;
  check_expiry (doctor, findings);
  if (status == PV_CTL_OK && pv_findings_get_worst (findings) < PV_HEALTH_WRONG)
    pv_findings_add (findings, PV_HEALTH_WELL, "",
                     pv_say ("settings and files are as they should be", "réglages et fichiers sont comme il faut"));
  else if (pv_findings_get_worst (findings) != PV_HEALTH_WRONG)
    pv_findings_add (findings, PV_HEALTH_WRONG, "parvisctl check",
                     pv_say ("something is to be mended in the settings", "des réglages sont à corriger"));
}

/* ---- clock ---- */

void
pv_doctor_check_clock (const PvDoctor *doctor, GPtrArray *findings)
{
  pv_judge_clock (findings, pv_clock_is_synchronised (pv_clock_get_system ()),
                  pv_settings_get_bool (doctor->settings, PV_SETTING_CLOCK_TRUSTED));
}

/* ---- services ---- */

static void
check_socket (const PvDoctor *doctor, const char *name, const char *unit, const char *title, GPtrArray *findings)
{
  g_autofree char *path =
    g_build_filename (pv_settings_get_text (doctor->settings, PV_SETTING_PATHS_RUNTIME), name, NULL);
  g_autofree char *to_do = g_strdup_printf (
    pv_say ("systemctl restart %s; then parvisctl logs", "systemctl restart %s ; puis parvisctl logs"), unit);
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  int fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

  g_strlcpy (address.sun_path, path, sizeof address.sun_path);
  if (fd >= 0 && connect (fd, (const struct sockaddr *) &address, sizeof address) == 0)
    pv_findings_add (findings, PV_HEALTH_WELL, "", pv_say ("%s runs", "%s en service"), title);
  else if (errno == EACCES || errno == EPERM)
    pv_findings_add (findings, PV_HEALTH_UNKNOWN, pv_say ("Run it as root.", "Lancez la commande en root."),
                     pv_say ("%s: its socket may not be opened", "%s : sa connexion n’est pas permise"), title);
  else if (errno == EAGAIN)
    pv_findings_add (findings, PV_HEALTH_WRONG, to_do, pv_say ("%s hangs", "%s ne réagit plus"), title);
  else
    pv_findings_add (findings, PV_HEALTH_WRONG, to_do, pv_say ("%s does not run", "%s à l’arrêt"), title);
  if (fd >= 0)
    close (fd);
}

void
pv_doctor_check_services (const PvDoctor *doctor, GPtrArray *findings)
{
  g_autofree char *list = pv_local_facts_list_path (doctor->settings);
  struct stat facts;

  check_socket (doctor, "courier.sock", "parvis-courier", pv_say ("the courier", "courrier"), findings);
  if (pv_settings_get_bool (doctor->settings, PV_SETTING_PRINTER_ENABLED))
    check_socket (doctor, "printer.sock", "parvis-printer", pv_say ("the printer service", "service d’impression"),
                  findings);
  /* What the portal told, and when, is no image's fault. */
  if (doctor->is_slot_only)
    return;
  if (stat (list, &facts) == 0)
    pv_judge_list_age (findings, doctor->now_s - (gint64) facts.st_mtime);
  else if (errno == ENOENT)
    pv_findings_add (
      findings, PV_HEALTH_WRONG,
      pv_say ("See \"portal\"; the courier fetches it as soon as it can.",
              "Voyez « Portail » ; le courrier la demande dès que possible."),
      pv_say ("the kiosk never had a list of procedures", "la borne n’a jamais reçu la liste des démarches"));
}

/* ---- lock-down ---- */

static const char *const least_units[] = { "getty@.service",        "autovt@.service",     "serial-getty@.service",
                                           "console-getty.service", "emergency.service",   "rescue.service",
                                           "debug-shell.service",   "ctrl-alt-del.target", NULL };
static const char *const least_words[] = { "rd.shell=0", "rd.emergency=reboot", "sysctl.kernel.sysrq=0", NULL };

/* The list that is installed, else the least. (transfer full) */
static GStrv
read_list (const PvDoctor *doctor, const char *name, const char *const *least)
{
  g_autofree char *path = g_build_filename (LOCKDOWN_FOLDER, name, NULL);
  g_autofree char *text = pv_doctor_read (doctor, path, NULL);

  return text != NULL ? pv_facts_read_lines (text) : g_strdupv ((char **) least);
}

/* Masked: a link to /dev/null, or an empty file (systemd.unit(5)). What is not installed cannot start. */
static gboolean
can_start (const PvDoctor *doctor, const char *unit)
{
  static const char *const homes[] = { "/usr/lib/systemd/system", "/lib/systemd/system" };
  /* The last: by the generator of the package parvis-kiosk. */
  static const char *const masks[] = { "/etc/systemd/system", "/run/systemd/system", "/run/systemd/generator.early" };
  gboolean is_there = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (homes); i++) {
    g_autofree char *path = g_build_filename (doctor->root, homes[i], unit, NULL);

    is_there = is_there || access (path, F_OK) == 0;
  }
  for (gsize i = 0; i < G_N_ELEMENTS (masks) && is_there; i++) {
    g_autofree char *path = g_build_filename (doctor->root, masks[i], unit, NULL);
    g_autofree char *target = g_file_read_link (path, NULL);
    struct stat facts;

    if (g_strcmp0 (target, "/dev/null") == 0)
      return FALSE;
    if (target == NULL && stat (path, &facts) == 0 && S_ISREG (facts.st_mode) && facts.st_size == 0)
      return FALSE;
  }
  return is_there;
}

/* (transfer full) (element-type utf8) */
static GPtrArray *
find_unmasked (const PvDoctor *doctor)
{
  g_auto (GStrv) units = read_list (doctor, "masks", least_units);
  GPtrArray *unmasked = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; units[i] != NULL; i++)
    if (can_start (doctor, units[i]))
      g_ptr_array_add (unmasked, g_strdup (units[i]));
  return unmasked;
}

/* 1, 0; -1: it cannot be seen. */
static int
is_there (const PvDoctor *doctor, const char *path)
{
  g_autofree char *whole = pv_doctor_path (doctor, path);

  return access (whole, F_OK) == 0 ? 1 : errno == ENOENT || errno == ENOTDIR ? 0 : -1;
}

/* Overrides count once they are compiled. */
static int
has_override (const PvDoctor *doctor)
{
  g_autofree char *override = pv_doctor_path (doctor, OVERRIDE), *compiled = pv_doctor_path (doctor, COMPILED);
  struct stat written, made;

  if (stat (override, &written) != 0 || stat (compiled, &made) != 0)
    return 0;
  return made.st_mtime >= written.st_mtime ? 1 : 0;
}

static int
has_usb_rules (const PvDoctor *doctor)
{
  g_autofree char *rules = pv_doctor_path (doctor, "/etc/usbguard/rules.conf");
  g_autofree char *folder = pv_doctor_path (doctor, "/etc/usbguard/rules.d");
  struct stat facts;
  g_autoptr (GDir) dir = NULL;
  int daemon_there = is_there (doctor, "/usr/sbin/usbguard-daemon");

  if (daemon_there <= 0)
    return daemon_there;
  if (stat (rules, &facts) == 0 && facts.st_size > 0)
    return 1;
  dir = g_dir_open (folder, 0, NULL);
  return dir != NULL && g_dir_read_name (dir) != NULL ? 1 : 0;
}

/* Loaded at each start: ours, or Debian's own. */
static int
has_firewall (const PvDoctor *doctor)
{
  static const char *const starts[] = { "/etc/systemd/system/multi-user.target.wants/parvis-firewall.service",
                                        "/usr/lib/systemd/system/multi-user.target.wants/parvis-firewall.service",
                                        "/run/systemd/generator/multi-user.target.wants/parvis-firewall.service",
                                        "/etc/systemd/system/sysinit.target.wants/nftables.service" };

  for (gsize i = 0; i < G_N_ELEMENTS (starts); i++) {
    g_autofree char *path = pv_doctor_path (doctor, starts[i]);
    g_autofree char *target = g_file_read_link (path, NULL);

    if (target != NULL || access (path, F_OK) == 0)
      return 1;
  }
  return 0;
}

/* By the name of the file, whatever the folder (systemd.unit(5), drop-ins). */
static int
compare_base_names (gconstpointer a, gconstpointer b)
{
  g_autofree char *first = g_path_get_basename (*(const char *const *) a);
  g_autofree char *second = g_path_get_basename (*(const char *const *) b);

  return strcmp (first, second);
}

/* What journald uses: its file, then the drop-ins in the order of their names; "auto" keeps it where /var/log/journal is. */
static int
is_journal_volatile (const PvDoctor *doctor)
{
  static const char *const folders[] = { "/usr/lib/systemd/journald.conf.d", "/run/systemd/journald.conf.d",
                                         "/etc/systemd/journald.conf.d" };
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *main_text = pv_doctor_read (doctor, "/etc/systemd/journald.conf", NULL);
  g_autofree char *storage = main_text != NULL ? pv_facts_find_value (main_text, "Journal", "Storage") : NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++) {
    g_autofree char *folder = pv_doctor_path (doctor, folders[i]);
    g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
    const char *name;

    while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
      if (g_str_has_suffix (name, ".conf"))
        g_ptr_array_add (files, g_build_filename (folders[i], name, NULL));
  }
  g_ptr_array_sort (files, compare_base_names);
  for (guint i = 0; i < files->len; i++) {
    g_autofree char *text = pv_doctor_read (doctor, files->pdata[i], NULL);
    char *value = text != NULL ? pv_facts_find_value (text, "Journal", "Storage") : NULL;

    if (value != NULL) {
      g_free (storage);
      storage = value;
    }
  }
  if (g_strcmp0 (storage, "volatile") == 0 || g_strcmp0 (storage, "none") == 0)
    return 1;
  if (g_strcmp0 (storage, "persistent") == 0)
    return 0;
  return is_there (doctor, "/var/log/journal") == 0 ? 1 : 0;
}

void
pv_doctor_check_lockdown (const PvDoctor *doctor, GPtrArray *findings)
{
  g_autofree char *sysrq = pv_doctor_read (doctor, "/proc/sys/kernel/sysrq", NULL);
  g_autofree char *core_pattern = pv_doctor_read (doctor, "/proc/sys/kernel/core_pattern", NULL);
  g_autofree char *swaps = pv_doctor_read (doctor, "/proc/swaps", NULL);
  g_autofree char *command_line = pv_doctor_read (doctor, "/proc/cmdline", NULL);
  g_auto (GStrv) words = NULL;
  g_autoptr (GPtrArray) unmasked = NULL;
  PvLockdownFacts facts = {
    .sysrq = sysrq, .core_pattern = core_pattern, .swaps = swaps, .command_line = command_line
  };

  if (g_str_equal (pv_settings_get_text (doctor->settings, PV_SETTING_SESSION_PROFILE), "post")) {
    pv_doctor_not_used (findings, pv_say ("an ordinary computer ([session] profile), not locked down",
                                          "un ordinateur ordinaire ([session] profile), non verrouillé"));
    return;
  }
  words = read_list (doctor, "kernel-command-line", least_words);
  unmasked = find_unmasked (doctor);
  facts.needed_words = least_words;
  facts.wanted_words = (const char *const *) words;
  facts.unmasked = unmasked;
  facts.has_inspector_override = has_override (doctor);
  facts.has_usb_rules = has_usb_rules (doctor);
  facts.has_firewall = has_firewall (doctor);
  facts.is_journal_volatile = is_journal_volatile (doctor);
  pv_judge_lockdown (findings, &facts);
}
