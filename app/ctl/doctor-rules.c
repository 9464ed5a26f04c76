/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/doctor-rules.h"

#include <math.h>
#include <string.h>
#include <sys/stat.h>

#include "ctl/say.h"

enum { MEGABYTE = 1000 * 1000, DAY_S = 24 * 3600, HOUR_S = 3600 };

void
pv_judge_disk (GPtrArray *findings, const char *folder, guint64 free_bytes, guint64 free_inodes)
{
  guint64 free_mb = free_bytes / MEGABYTE;
  const char *make_room =
    pv_say ("Make room: old files in /var/log, packages (apt clean), a larger disk.",
            "Faites de la place : anciens fichiers de /var/log, paquets (apt clean), disque plus grand.");

  if (free_inodes < PV_DOCTOR_INODES_WRONG)
    pv_findings_add (findings, PV_HEALTH_WRONG, make_room,
                     pv_say ("%s: too many small files, nothing more can be written",
                             "%s : trop de petits fichiers, plus rien ne peut être écrit"),
                     folder);
  else if (free_mb < PV_DOCTOR_DISK_WRONG_MB)
    pv_findings_add (findings, PV_HEALTH_WRONG, make_room,
                     pv_say ("%s: only %" G_GUINT64_FORMAT " MB are free; below 128 MB the kiosk takes no request",
                             "%s : il ne reste que %" G_GUINT64_FORMAT
                             " Mo ; sous 128 Mo, la borne n’accepte plus de demande"),
                     folder, free_mb);
  else if (free_mb < PV_DOCTOR_DISK_NOTICE_MB)
    pv_findings_add (findings, PV_HEALTH_NOTICE, "",
                     pv_say ("%s: %" G_GUINT64_FORMAT " MB are free, which is little",
                             "%s : %" G_GUINT64_FORMAT " Mo libres, c’est peu"),
                     folder, free_mb);
  else
    pv_findings_add (findings, PV_HEALTH_WELL, "",
                     pv_say ("%s: %" G_GUINT64_FORMAT ".%" G_GUINT64_FORMAT " GB are free",
                             "%s : %" G_GUINT64_FORMAT ",%" G_GUINT64_FORMAT " Go libres"),
                     folder, free_mb / 1000, free_mb % 1000 / 100);
}

void
pv_judge_certificate (GPtrArray *findings, const char *name, gint64 not_before_s, gint64 not_after_s, gint64 now_s)
{
  g_autoptr (GDateTime) end = g_date_time_new_from_unix_utc (not_after_s);
  g_autofree char *day =
    end != NULL ? g_date_time_format (end, pv_say ("%Y-%m-%d", "%d/%m/%Y")) : g_strdup (pv_say ("never", "jamais"));
  gint64 left_days = (not_after_s - now_s) / DAY_S;
  const char *renew = pv_say ("Ask whoever made it (the operator, or parvisctl enrol) for a new one.",
                              "Demandez-en un nouveau à qui l’a établi (l’opérateur, ou parvisctl enrol).");

  if (now_s > not_after_s)
    pv_findings_add (findings, PV_HEALTH_WRONG, renew, pv_say ("%s: expired on %s", "%s : expiré depuis le %s"), name,
                     day);
  else if (now_s < not_before_s)
    pv_findings_add (findings, PV_HEALTH_WRONG,
                     pv_say ("Look at the clock of this machine first.", "Vérifiez d’abord l’heure de cette machine."),
                     pv_say ("%s: not valid yet", "%s : pas encore valable"), name);
  else if (left_days < PV_DOCTOR_EXPIRY_WRONG_DAYS)
    pv_findings_add (findings, PV_HEALTH_WRONG, renew,
                     pv_say ("%s: expires on %s, within a week", "%s : expire le %s, dans moins d’une semaine"), name,
                     day);
  else if (left_days < PV_DOCTOR_EXPIRY_NOTICE_DAYS)
    pv_findings_add (findings, PV_HEALTH_NOTICE, renew,
                     pv_say ("%s: expires on %s, in %d days", "%s : expire le %s, dans %d jours"), name, day,
                     (int) left_days);
  else
    pv_findings_add (findings, PV_HEALTH_WELL, "", pv_say ("%s: good until %s", "%s : valable jusqu’au %s"), name, day);
}

void
pv_judge_signed_settings (GPtrArray *findings, const char *name, gint64 serial, gint64 end_s, gint64 now_s)
{
  g_autoptr (GDateTime) end = g_date_time_new_from_unix_utc (end_s);
  g_autofree char *day =
    end != NULL ? g_date_time_format (end, pv_say ("%Y-%m-%d", "%d/%m/%Y")) : g_strdup (pv_say ("never", "jamais"));
  gint64 left_days = (end_s - now_s) / DAY_S;
  const char *renew =
    pv_say ("Ask whoever signs them for new ones, with a later day and a higher serial (parvisctl settings "
            "sign); they come within the hour, or by systemctl start parvis-settings.",
            "Demandez à qui les signe d’en publier de nouveaux, avec une date plus lointaine et un numéro "
            "plus élevé (parvisctl settings sign) ; ils arrivent dans l’heure, ou par systemctl start "
            "parvis-settings.");

  if (now_s > end_s)
    pv_findings_add (findings, PV_HEALTH_WRONG, renew,
                     pv_say ("%s, serial %" G_GINT64_FORMAT ": expired on %s, and still in force",
                             "%s, numéro %" G_GINT64_FORMAT " : expirés depuis le %s, et toujours appliqués"),
                     name, serial, day);
  else if (left_days < PV_DOCTOR_EXPIRY_NOTICE_DAYS)
    pv_findings_add (findings, left_days < PV_DOCTOR_EXPIRY_WRONG_DAYS ? PV_HEALTH_WRONG : PV_HEALTH_NOTICE, renew,
                     pv_say ("%s, serial %" G_GINT64_FORMAT ": expire on %s, in %d days",
                             "%s, numéro %" G_GINT64_FORMAT " : expirent le %s, dans %d jours"),
                     name, serial, day, (int) left_days);
  else
    pv_findings_add (findings, PV_HEALTH_WELL, "",
                     pv_say ("%s, serial %" G_GINT64_FORMAT ": good until %s",
                             "%s, numéro %" G_GINT64_FORMAT " : valables jusqu’au %s"),
                     name, serial, day);
}

void
pv_judge_skew (GPtrArray *findings, gint64 skew_s)
{
  gint64 size_s = ABS (skew_s);
  const char *direction = skew_s > 0 ? pv_say ("fast", "avance") : pv_say ("slow", "retarde");
  const char *set_it = pv_say ("Let the machine follow a time server (systemd-timesyncd).",
                               "Réglez la machine sur un serveur de temps (systemd-timesyncd).");

  if (size_s >= PV_DOCTOR_SKEW_WRONG_S)
    pv_findings_add (findings, PV_HEALTH_WRONG, set_it,
                     pv_say ("the clock is %s by %" G_GINT64_FORMAT " s: the portal may refuse what it is sent",
                             "l’horloge %s de %" G_GINT64_FORMAT " s : le portail peut refuser les envois"),
                     direction, size_s);
  else if (size_s >= PV_DOCTOR_SKEW_NOTICE_S)
    pv_findings_add (findings, PV_HEALTH_NOTICE, set_it,
                     pv_say ("the clock is %s by %" G_GINT64_FORMAT " s", "l’horloge %s de %" G_GINT64_FORMAT " s"),
                     direction, size_s);
  else
    pv_findings_add (findings, PV_HEALTH_WELL, "",
                     pv_say ("the clock agrees with the portal's", "l’horloge est d’accord avec celle du portail"));
}

void
pv_judge_clock (GPtrArray *findings, gboolean is_synchronised, gboolean is_trusted)
{
  if (is_trusted)
    pv_findings_add (
      findings, PV_HEALTH_WELL, "",
      pv_say ("somebody else keeps it right ([clock] trusted)", "elle est réglée par ailleurs ([clock] trusted)"));
  else if (is_synchronised)
    pv_findings_add (findings, PV_HEALTH_WELL, "",
                     pv_say ("it follows a time server", "elle suit un serveur de temps"));
  else
    pv_findings_add (
      findings, PV_HEALTH_NOTICE,
      pv_say ("Let the machine follow a time server (systemd-timesyncd, UDP port 123).",
              "Réglez la machine sur un serveur de temps (systemd-timesyncd, port UDP 123)."),
      pv_say ("it follows no time server: papers say \"time not verified\", and opening hours are not kept",
              "elle ne suit aucun serveur de temps : les reçus disent « heure non vérifiée », et les "
              "horaires d’ouverture ne sont pas suivis"));
}

void
pv_judge_list_age (GPtrArray *findings, gint64 age_s)
{
  gint64 hours = age_s / HOUR_S;
  const char *look =
    pv_say ("Look at \"portal\" above, and at parvisctl logs.", "Voyez « Portail » ci-dessus, et parvisctl logs.");

  if (hours >= PV_DOCTOR_LIST_WRONG_H)
    pv_findings_add (findings, PV_HEALTH_WRONG, look,
                     pv_say ("the portal has not answered for %" G_GINT64_FORMAT " days",
                             "le portail n’a pas répondu depuis %" G_GINT64_FORMAT " jours"),
                     hours / 24);
  else if (hours >= PV_DOCTOR_LIST_NOTICE_H)
    pv_findings_add (findings, PV_HEALTH_NOTICE, look,
                     pv_say ("the portal has not answered for %" G_GINT64_FORMAT " hours",
                             "le portail n’a pas répondu depuis %" G_GINT64_FORMAT " heures"),
                     hours);
  else
    pv_findings_add (findings, PV_HEALTH_WELL, "",
                     pv_say ("the portal last answered %" G_GINT64_FORMAT " minutes ago",
                             "dernière réponse du portail il y a %" G_GINT64_FORMAT " minutes"),
                     MAX (age_s, 0) / 60);
}

void
pv_judge_secret (GPtrArray *findings, const char *setting, const char *path, mode_t mode, gboolean owner_is_session)
{
  g_autofree char *close_it = g_strdup_printf (pv_say ("chmod 600 %s", "chmod 600 %s"), path);

  if ((mode & (S_IROTH | S_IWOTH)) != 0)
    pv_findings_add (findings, PV_HEALTH_WRONG, close_it,
                     pv_say ("%s: everybody on this machine may read %s (mode %03o)",
                             "%s : tout compte de cette machine peut lire %s (droits %03o)"),
                     setting, path, (guint) mode & 0777);
  else if (owner_is_session)
    pv_findings_add (
      findings, PV_HEALTH_WRONG,
      pv_say ("Give it to the login of its service (chown), or make it a credential.",
              "Donnez-le au compte de son service (chown), ou faites-en un « credential »."),
      pv_say ("%s: %s belongs to the login that serves citizens", "%s : %s appartient au compte qui sert les usagers"),
      setting, path);
  else if ((mode & (S_IRGRP | S_IWGRP)) != 0)
    pv_findings_add (
      findings, PV_HEALTH_NOTICE, close_it,
      pv_say ("%s: a whole group may read %s (mode %03o)", "%s : tout un groupe peut lire %s (droits %03o)"), setting,
      path, (guint) mode & 0777);
  else
    pv_findings_add (findings, PV_HEALTH_WELL, "", pv_say ("%s: only for its owner", "%s : réservé à son propriétaire"),
                     setting);
}

/* Millimetres, rounded. */
static guint
get_diagonal (const PvScreenFacts *screen)
{
  return (guint) lround (hypot (screen->width_mm, screen->height_mm));
}

static void
judge_size (GPtrArray *findings, const PvScreenFacts *screen, guint diagonal_mm)
{
  guint told_mm = get_diagonal (screen);
  guint gap_mm = told_mm > diagonal_mm ? told_mm - diagonal_mm : diagonal_mm - told_mm;
  g_autofree char *line = g_strdup_printf ("[screen] diagonal-mm=%u", told_mm);

  if (told_mm == 0)
    return;
  if (diagonal_mm == 0)
    pv_findings_add (findings, PV_HEALTH_NOTICE, line,
                     pv_say ("the settings do not say how large the screen is: letters are those of a 24 inch panel",
                             "les réglages ne disent pas la taille de l’écran : lettres prévues pour 24 pouces"));
  else if (gap_mm * 100 > diagonal_mm * PV_DOCTOR_SCREEN_TOLERANCE_PERCENT)
    pv_findings_add (findings, PV_HEALTH_WRONG, line,
                     pv_say ("the screen says %u mm, the settings %u mm: letters are not as large as they should be",
                             "l’écran annonce %u mm, les réglages %u mm : les lettres n’ont pas la bonne taille"),
                     told_mm, diagonal_mm);
}

void
pv_judge_screens (GPtrArray *findings, const PvScreenFacts *screens, gsize n_screens, guint diagonal_mm)
{
  if (n_screens == 0) {
    pv_findings_add (
      findings, PV_HEALTH_WRONG,
      pv_say ("Look at the cable and at the screen's own switch.", "Vérifiez le câble et l’interrupteur de l’écran."),
      pv_say ("no screen is plugged in", "aucun écran n’est branché"));
    return;
  }
  if (n_screens > 1)
    pv_findings_add (
      findings, PV_HEALTH_NOTICE, "",
      pv_say ("there are %u screens; the kiosk is for one", "%u écrans branchés ; la borne en utilise un"),
      (guint) n_screens);
  for (gsize i = 0; i < n_screens; i++) {
    double inches = get_diagonal (&screens[i]) / 25.4;

    if (inches > 0)
      pv_findings_add (findings, PV_HEALTH_WELL, "", pv_say ("%s: %s, %.0f inches", "%s : %s, %.0f pouces"),
                       screens[i].connector, screens[i].mode != NULL ? screens[i].mode : "?", inches);
    else
      pv_findings_add (findings, PV_HEALTH_WELL, "", pv_say ("%s: %s", "%s : %s"), screens[i].connector,
                       screens[i].mode != NULL ? screens[i].mode : "?");
  }
  if (n_screens == 1)
    judge_size (findings, &screens[0], diagonal_mm);
}

void
pv_judge_touch (GPtrArray *findings, const GPtrArray *names)
{
  if (names->len == 0)
    pv_findings_add (findings, PV_HEALTH_WRONG,
                     pv_say ("Plug the USB cable of the screen in again; see that the USB rules let it in.",
                             "Rebranchez le câble USB de l’écran ; vérifiez que les règles USB l’acceptent."),
                     pv_say ("no touch screen answers", "aucun écran tactile ne répond"));
  for (guint i = 0; i < names->len; i++)
    pv_findings_add (findings, PV_HEALTH_WELL, "", "%s", (const char *) names->pdata[i]);
}

/* ---- what is locked down ---- */

static void
wrong (GPtrArray *findings, const char *sentence, const char *to_do)
{
  pv_findings_add (findings, PV_HEALTH_WRONG, to_do, "%s", sentence);
}

static void
unseen (GPtrArray *findings, const char *what)
{
  pv_findings_add (findings, PV_HEALTH_UNKNOWN, "", pv_say ("cannot be read: %s", "lecture impossible : %s"), what);
}

static gboolean
is_text (const char *text, const char *wanted)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));

  return strcmp (stripped, wanted) == 0;
}

static void
judge_kernel (GPtrArray *findings, const PvLockdownFacts *facts)
{
  const char *apply = pv_say ("Install kiosk-config/lockdown (sysctl.d), then start the machine again.",
                              "Installez kiosk-config/lockdown (sysctl.d), puis redémarrez la machine.");
  const char *rest;

  if (facts->sysrq == NULL)
    unseen (findings, "kernel.sysrq");
  else if (!is_text (facts->sysrq, "0"))
    wrong (findings,
           pv_say ("a keyboard can restart the machine (SysRq)", "un clavier peut redémarrer la machine (SysRq)"),
           apply);
  if (facts->core_pattern == NULL)
    unseen (findings, "kernel.core_pattern");
  else if (!is_text (facts->core_pattern, "|/bin/false"))
    wrong (findings,
           pv_say ("a program that crashes leaves its memory on the disk (core_pattern)",
                   "un programme qui plante laisse sa mémoire sur le disque (core_pattern)"),
           apply);
  rest = facts->swaps != NULL ? strchr (facts->swaps, '\n') : NULL;
  if (facts->swaps == NULL)
    unseen (findings, "/proc/swaps");
  else if (rest != NULL && rest[1] != '\0')
    wrong (
      findings, pv_say ("memory may be written to the disk (swap)", "la mémoire peut être écrite sur le disque (swap)"),
      pv_say ("swapoff -a, and take the line out of /etc/fstab.", "swapoff -a, puis retirez la ligne de /etc/fstab."));
}

/* Those of @wanted that are not among @words, each after a blank. (transfer full) */
static char *
list_missing (char **words, const char *const *wanted, const char *const *except)
{
  GString *missing = g_string_new (NULL);

  for (guint i = 0; wanted != NULL && wanted[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *) words, wanted[i])
        && (except == NULL || !g_strv_contains (except, wanted[i])))
      g_string_append_printf (missing, " %s", wanted[i]);
  return g_string_free (missing, FALSE);
}

static void
judge_command_line (GPtrArray *findings, const PvLockdownFacts *facts)
{
  g_auto (GStrv) words = facts->command_line != NULL ? g_strsplit_set (facts->command_line, " \n", -1) : NULL;
  g_autofree char *needed = words != NULL ? list_missing (words, facts->needed_words, NULL) : NULL;
  g_autofree char *wanted = words != NULL ? list_missing (words, facts->wanted_words, facts->needed_words) : NULL;
  const char *see =
    pv_say ("See kiosk-config/lockdown/kernel-command-line.", "Voyez kiosk-config/lockdown/kernel-command-line.");

  if (words == NULL) {
    unseen (findings, "/proc/cmdline");
    return;
  }
  for (guint i = 0; words[i] != NULL; i++)
    if (g_str_has_prefix (words[i], "sysrq_always_enabled"))
      wrong (findings,
             pv_say ("the boot line switches SysRq on, whatever its value (sysrq_always_enabled)",
                     "la ligne de démarrage active SysRq, quelle que soit la valeur (sysrq_always_enabled)"),
             pv_say ("Take the word out of the boot line.", "Retirez ce mot de la ligne de démarrage."));
  if (*needed != '\0')
    pv_findings_add (findings, PV_HEALTH_WRONG, see,
                     pv_say ("the boot line lacks:%s", "il manque à la ligne de démarrage :%s"), needed);
  if (*wanted != '\0')
    pv_findings_add (findings, PV_HEALTH_NOTICE, see,
                     pv_say ("the boot line could have:%s", "la ligne de démarrage pourrait avoir :%s"), wanted);
}

static void
judge_units (GPtrArray *findings, const PvLockdownFacts *facts)
{
  GString *names = g_string_new (NULL);
  GString *command = g_string_new ("systemctl mask");

  if (facts->unmasked == NULL)
    unseen (findings, "/etc/systemd/system");
  for (guint i = 0; facts->unmasked != NULL && i < facts->unmasked->len; i++) {
    g_string_append_printf (names, " %s", (const char *) facts->unmasked->pdata[i]);
    g_string_append_printf (command, " %s", (const char *) facts->unmasked->pdata[i]);
  }
  if (names->len > 0)
    pv_findings_add (findings, PV_HEALTH_WRONG, command->str,
                     pv_say ("these could start, and must not:%s", "ces unités pourraient démarrer, à tort :%s"),
                     names->str);
  g_string_free (names, TRUE);
  g_string_free (command, TRUE);
}

static void
judge_files (GPtrArray *findings, const PvLockdownFacts *facts)
{
  const struct {
    int is_there;
    const char *what, *sentence, *to_do;
  } rows[] = {
    { facts->has_inspector_override, "gschemas",
      pv_say ("a keyboard can open the inspector of GTK", "un clavier peut ouvrir l’inspecteur de GTK"),
      pv_say ("Install 99_parvis-kiosk.gschema.override and run glib-compile-schemas.",
              "Installez 99_parvis-kiosk.gschema.override et lancez glib-compile-schemas.") },
    { facts->has_usb_rules, "/etc/usbguard/rules.conf",
      pv_say ("any USB device that is plugged in works", "tout appareil USB branché fonctionne"),
      pv_say ("Install usbguard and its rules, see kiosk-config/lockdown.",
              "Installez usbguard et ses règles, voir kiosk-config/lockdown.") },
    { facts->has_firewall, "nftables", pv_say ("no firewall is set up", "aucun pare-feu n’est en place"),
      pv_say ("systemctl enable --now parvis-firewall", "systemctl enable --now parvis-firewall") },
    { facts->is_journal_volatile, "journald",
      pv_say ("the journal is kept on the disk", "le journal est conservé sur le disque"),
      pv_say ("Storage=volatile in journald.conf.d, see kiosk-config/lockdown.",
              "Storage=volatile dans journald.conf.d, voir kiosk-config/lockdown.") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    if (rows[i].is_there < 0)
      unseen (findings, rows[i].what);
    else if (rows[i].is_there == 0)
      wrong (findings, rows[i].sentence, rows[i].to_do);
  }
}

void
pv_judge_lockdown (GPtrArray *findings, const PvLockdownFacts *facts)
{
  guint n_before = findings->len;

  judge_kernel (findings, facts);
  judge_command_line (findings, facts);
  judge_units (findings, facts);
  judge_files (findings, facts);
  if (findings->len == n_before || pv_findings_get_worst (findings) == PV_HEALTH_NOTICE)
    pv_findings_add (findings, PV_HEALTH_WELL, "",
                     pv_say ("keys, consoles, USB, network, memory and journal are as they should be",
                             "touches, consoles, USB, réseau, mémoire et journal sont comme il faut"));
}
