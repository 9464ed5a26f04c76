/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* audit-records.c: what stands in the lines of a log, and who could have signed it. */

#include <sodium.h>
#include <string.h>

#include "assist/audit.h"
#include "ctl/audit.h"

enum { MAX_RECORD_BYTES = 512, MAX_TEXT_BYTES = 4096 };

void
pv_audit_line_clear (PvAuditLine *line)
{
  g_clear_pointer (&line->verb, g_free);
  g_clear_pointer (&line->subject, g_free);
}

gboolean
pv_audit_line_parse (const char *text, PvAuditLine *ret_line)
{
  g_auto (GStrv) words = g_strsplit (text, " ", 5);
  guint64 at;

  if (g_strv_length (words) != 4 || !g_ascii_string_to_unsigned (words[0], 10, 0, G_MAXINT64, &at, NULL))
    return FALSE;
  *ret_line = (PvAuditLine){ at, g_strdup (words[1]), g_strdup (words[2]) };
  return TRUE;
}

/* FALSE: no base64, or too much. */
static gboolean
decode (const GString *text, guint8 *bytes, gsize *ret_size)
{
  return sodium_base642bin (bytes, MAX_RECORD_BYTES, text->str, text->len, NULL, ret_size, NULL,
                            sodium_base64_VARIANT_URLSAFE_NO_PADDING)
         == 0;
}

static void
finish_record (PvAuditRecords *records)
{
  guint8 bytes[MAX_RECORD_BYTES];
  gsize size;
  PvConsent consent;
  PvDelegation delegation;
  gboolean is_consent, has_delegation;

  if (records->consent == NULL)
    return;
  is_consent = decode (records->consent, bytes, &size) && pv_consent_read (bytes, size, &consent, NULL);
  has_delegation = records->delegation != NULL && decode (records->delegation, bytes, &size)
                   && pv_delegation_parse (bytes, size, &delegation, NULL);
  is_consent = is_consent && (records->delegation == NULL || has_delegation);
  records->tell (records->line, is_consent ? &consent : NULL, has_delegation ? &delegation : NULL, records->data);
  g_string_free (g_steal_pointer (&records->consent), TRUE);
  if (records->delegation != NULL)
    g_string_free (g_steal_pointer (&records->delegation), TRUE);
}

void
pv_audit_records_add (PvAuditRecords *records, guint number, const PvAuditLine *line)
{
  if (records->consent != NULL && records->delegation == NULL
      && strcmp (line->verb, PV_AUDIT_CONSENT PV_AUDIT_MORE) == 0) {
    g_string_append (records->consent, line->subject);
  } else if (records->consent != NULL && records->delegation == NULL && strcmp (line->verb, PV_AUDIT_DELEGATION) == 0) {
    records->delegation = g_string_new (line->subject);
  } else if (records->delegation != NULL && strcmp (line->verb, PV_AUDIT_DELEGATION PV_AUDIT_MORE) == 0) {
    g_string_append (records->delegation, line->subject);
  } else {
    finish_record (records);
    if (strcmp (line->verb, PV_AUDIT_CONSENT) == 0) {
      records->consent = g_string_new (line->subject);
      records->line = number;
    } else if (g_str_has_suffix (line->verb, PV_AUDIT_MORE) || strcmp (line->verb, PV_AUDIT_DELEGATION) == 0) {
      records->tell (number, NULL, NULL, records->data); /* a part of nothing */
    }
  }
}

void
pv_audit_records_finish (PvAuditRecords *records)
{
  finish_record (records);
}

static void
free_certificate (gpointer certificate)
{
  pv_certificate_free (certificate);
}

void
pv_audit_people_init (PvAuditPeople *people)
{
  people->certificates = g_ptr_array_new_with_free_func (free_certificate);
  people->roots = g_array_new (FALSE, TRUE, sizeof (PvCertificateRoot));
}

void
pv_audit_people_clear (PvAuditPeople *people)
{
  g_clear_pointer (&people->certificates, g_ptr_array_unref);
  g_clear_pointer (&people->roots, g_array_unref);
}

static gboolean
add_file (PvAuditPeople *people, const char *path)
{
  g_autofree char *text = NULL;
  g_autofree guchar *bytes = NULL;
  gsize length, size = 0;
  PvCertificate *certificate = NULL;

  if (g_file_get_contents (path, &text, &length, NULL) && length <= MAX_TEXT_BYTES)
    bytes = g_base64_decode (text, &size);
  if (bytes != NULL && g_str_has_suffix (path, ".pub") && size == PV_CERTIFICATE_KEY_BYTES) {
    PvCertificateRoot root = { 0 };

    memcpy (root.key, bytes, size);
    g_array_append_val (people->roots, root);
    return TRUE;
  }
  if (bytes != NULL && g_str_has_suffix (path, ".cert"))
    certificate = pv_certificate_parse (bytes, size, NULL);
  if (certificate != NULL)
    g_ptr_array_add (people->certificates, certificate);
  return certificate != NULL;
}

gboolean
pv_audit_people_add_folder (PvAuditPeople *people, const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  guint n = 0;

  if (dir == NULL) {
    pv_ctl_fail ("%s", error->message);
    return FALSE;
  }
  for (const char *name; (name = g_dir_read_name (dir)) != NULL;) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    if (g_str_has_suffix (name, ".cert") || g_str_has_suffix (name, ".pub"))
      n += add_file (people, path) ? 1 : 0;
  }
  if (n == 0)
    pv_ctl_fail ("%s: neither a certificate (*.cert) nor a root (*.pub)", folder);
  return n > 0;
}

const PvCertificate *
pv_audit_people_find (const PvAuditPeople *people, PvCertificateRole role, const guint8 *id, guint64 at)
{
  for (guint i = 0; i < people->certificates->len; i++) {
    const PvCertificate *certificate = people->certificates->pdata[i];

    if (memcmp (certificate->id, id, sizeof certificate->id) == 0
        && pv_certificate_verify (certificate, (const PvCertificateRoot *) (gconstpointer) people->roots->data,
                                  people->roots->len, role, certificate->communes[0], at, NULL))
      return certificate;
  }
  return NULL;
}
