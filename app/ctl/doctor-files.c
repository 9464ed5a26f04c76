/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files: dates of certificates, who may read secrets, room on the disk. */

#include <errno.h>
#include <pwd.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include "assist/certificate.h"
#include "ctl/doctor-facts.h"
#include "ctl/doctor-rules.h"
#include "ctl/doctor.h"
#include "ctl/say.h"
#include "ctl/tls-look.h"
#include "platform/plain-file.h"

typedef struct NamedFile {
  PvSetting setting;
  const char *name;
} NamedFile;

static const NamedFile pem_files[] = {
  { PV_SETTING_PORTAL_CA_FILE, "[portal] ca-file" },
  { PV_SETTING_PORTAL_CLIENT_CERT_FILE, "[portal] client-cert-file" },
  { PV_SETTING_ASSIST_CA_FILE, "[assist] ca-file" },
  { PV_SETTING_ASSIST_CLIENT_CERT_FILE, "[assist] client-cert-file" },
};

static const NamedFile secret_files[] = {
  { PV_SETTING_PORTAL_ACCESS_KEY_FILE, "[portal] access-key-file" },
  { PV_SETTING_PORTAL_CLIENT_KEY_FILE, "[portal] client-key-file" },
  { PV_SETTING_ASSIST_CLIENT_KEY_FILE, "[assist] client-key-file" },
  { PV_SETTING_ASSIST_KEY_FILE, "[assist] key-file" },
  { PV_SETTING_OUTBOX_PRIVATE_KEY_FILE, "[outbox] private-key-file" },
  { PV_SETTING_RECEIPT_PRIVATE_KEY_FILE, "[receipt] private-key-file" },
  { PV_SETTING_UPDATE_HAWKBIT_TOKEN_FILE, "[update] hawkbit-token-file" },
};

/* A credential of a service: systemd has it, and nobody else sees it. */
static gboolean
is_credential (const char *path)
{
  return g_str_has_prefix (path, "$CREDENTIALS_DIRECTORY/");
}

static void
tell_unread (GPtrArray *findings, const char *name, const char *path, int reason)
{
  if (reason == ENOENT)
    pv_findings_add (findings, PV_HEALTH_WRONG,
                     pv_say ("Put the file there, or mend the setting.", "Déposez le fichier, ou corrigez le réglage."),
                     pv_say ("%s: %s is not there", "%s : %s n’existe pas"), name, path);
  else
    pv_findings_add (findings, PV_HEALTH_UNKNOWN, pv_say ("Run it as root.", "Lancez la commande en root."),
                     pv_say ("%s: %s cannot be read", "%s : %s ne peut pas être lu"), name, path);
}

/* (transfer full) (nullable): NULL after having told why, or where there is nothing to tell. */
static char *
read_certificate (const PvDoctor *doctor, const NamedFile *file, GPtrArray *findings, gsize *ret_size)
{
  const char *path = pv_settings_get_text (doctor->settings, file->setting);
  char *text;

  if (path == NULL)
    return NULL;
  if (is_credential (path)) {
    pv_findings_add (findings, PV_HEALTH_NOTICE, "",
                     pv_say ("%s: a credential of the courier, whose date is not seen from here",
                             "%s : « credential » du courrier, sa date n’est pas visible d’ici"),
                     file->name);
    return NULL;
  }
  errno = 0;
  text = pv_plain_file_read (path, PV_FACTS_MAX_FILE_BYTES, ret_size, NULL);
  if (text == NULL)
    tell_unread (findings, file->name, path, errno);
  return text;
}

static void
check_own_certificate (const PvDoctor *doctor, GPtrArray *findings)
{
  static const NamedFile file = { PV_SETTING_ASSIST_CERTIFICATE_FILE, "[assist] certificate-file" };
  gsize text_size = 0, size = 0;
  g_autofree char *text = read_certificate (doctor, &file, findings, &text_size);
  g_autofree char *ended = text != NULL ? g_strndup (text, text_size) : NULL;
  g_autofree guchar *bytes = ended != NULL && *ended != '\0' ? g_base64_decode (ended, &size) : NULL;
  g_autoptr (PvCertificate) certificate = bytes != NULL ? pv_certificate_parse (bytes, size, NULL) : NULL;

  if (certificate != NULL)
    pv_judge_certificate (findings, file.name, (gint64) certificate->not_before, (gint64) certificate->not_after,
                          doctor->now_s);
  else if (text != NULL)
    pv_findings_add (findings, PV_HEALTH_WRONG, "parvisctl enrol kiosk",
                     pv_say ("%s: no certificate of a kiosk", "%s : pas de certificat de borne"), file.name);
}

void
pv_doctor_check_certificates (const PvDoctor *doctor, GPtrArray *findings)
{
  for (gsize i = 0; i < G_N_ELEMENTS (pem_files); i++) {
    gsize size = 0;
    g_autofree char *text = read_certificate (doctor, &pem_files[i], findings, &size);
    gint64 not_before_s, not_after_s;

    if (text == NULL)
      continue;
    if (pv_tls_read_dates (text, size, &not_before_s, &not_after_s))
      pv_judge_certificate (findings, pem_files[i].name, not_before_s, not_after_s, doctor->now_s);
    else
      pv_findings_add (findings, PV_HEALTH_WRONG, pv_say ("Put the right file there.", "Déposez le bon fichier."),
                       pv_say ("%s: no certificate in that file", "%s : pas de certificat dans ce fichier"),
                       pem_files[i].name);
  }
  check_own_certificate (doctor, findings);
  if (findings->len == 0)
    pv_doctor_not_used (findings, pv_say ("the kiosk has no certificates", "la borne n’a pas de certificat"));
}

/* Of the login that serves citizens; (uid_t) -1: not told, or there is none. */
static uid_t
find_session_user (const PvSettings *settings)
{
  const char *name = pv_settings_get_text (settings, PV_SETTING_SESSION_USER);
  const struct passwd *entry = name != NULL ? getpwnam (name) : NULL;

  return entry != NULL ? entry->pw_uid : (uid_t) -1;
}

static void
check_settings_folder (const PvDoctor *doctor, GPtrArray *findings)
{
  struct stat facts;
  g_autofree char *close_it = g_strdup_printf ("chmod go-w %s", doctor->ctl->config);

  if (stat (doctor->ctl->config, &facts) == 0 && (facts.st_mode & (S_IWOTH | S_IWGRP)) != 0)
    pv_findings_add (findings, PV_HEALTH_WRONG, close_it,
                     pv_say ("others than its owner may change the settings in %s",
                             "d’autres que le propriétaire peuvent changer les réglages de %s"),
                     doctor->ctl->config);
}

void
pv_doctor_check_secrets (const PvDoctor *doctor, GPtrArray *findings)
{
  uid_t session = find_session_user (doctor->settings);
  struct stat facts;

  for (gsize i = 0; i < G_N_ELEMENTS (secret_files); i++) {
    const char *path = pv_settings_get_text (doctor->settings, secret_files[i].setting);

    if (path == NULL)
      continue;
    if (is_credential (path))
      pv_findings_add (findings, PV_HEALTH_WELL, "",
                       pv_say ("%s: a credential of its service", "%s : « credential » de son service"),
                       secret_files[i].name);
    else if (stat (path, &facts) != 0)
      tell_unread (findings, secret_files[i].name, path, errno);
    else
      pv_judge_secret (findings, secret_files[i].name, path, facts.st_mode, facts.st_uid == session);
  }
  check_settings_folder (doctor, findings);
  if (findings->len == 0)
    pv_doctor_not_used (findings, pv_say ("the settings name no secret", "les réglages ne nomment aucun secret"));
}

/* Of the folder, or of the nearest above it that is there. */
static gboolean
look_at_room (const char *folder, struct statvfs *ret_room)
{
  g_autofree char *at = g_strdup (folder);

  while (statvfs (at, ret_room) != 0) {
    char *above = g_path_get_dirname (at);

    if (errno != ENOENT || strcmp (above, at) == 0) {
      g_free (above);
      return FALSE;
    }
    g_free (at);
    at = above;
  }
  return TRUE;
}

void
pv_doctor_check_disk (const PvDoctor *doctor, GPtrArray *findings)
{
  const char *const folders[] = { pv_settings_get_text (doctor->settings, PV_SETTING_PATHS_STATE),
                                  pv_settings_get_text (doctor->settings, PV_SETTING_PATHS_CACHE), "/var/log", "/" };
  gulong seen[G_N_ELEMENTS (folders)] = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++) {
    struct statvfs room;
    gboolean is_new = TRUE;

    if (!look_at_room (folders[i], &room))
      continue;
    for (gsize k = 0; k < i; k++)
      is_new = is_new && seen[k] != room.f_fsid;
    seen[i] = room.f_fsid;
    /* A root that is only read has no room, and needs none. */
    if (is_new && (room.f_flag & ST_RDONLY) == 0)
      pv_judge_disk (findings, folders[i], (guint64) room.f_bavail * room.f_frsize,
                     room.f_files != 0 ? room.f_favail : G_MAXUINT64);
  }
  if (findings->len == 0)
    pv_findings_add (findings, PV_HEALTH_UNKNOWN, "",
                     pv_say ("nothing can be said about the disk", "rien à dire du disque"));
}
