/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* audit-verify.c: whether a log is what was written, line by line, from its oldest file to its end. */

#include <sodium.h>
#include <string.h>

#include "assist/audit.h"
#include "ctl/audit.h"

enum { HEX_BYTES = 2 * PV_AUDIT_HASH_BYTES };

typedef struct Verify {
  const char *folder;
  const char *file; /* (nullable): that is looked at */
  PvAuditPeople people;
  /* after the file before: after its last line, as it stands there, and after its last good one */
  char *before; /* (nullable): its name */
  PvAuditChain written, good;
  /* counted */
  guint n_found, n_lines, n_consents, n_kiosk_signed, n_mediator_signed, n_not_countersigned;
} Verify;

/* @line: 0: of the file as a whole. */
static void
find (Verify *verify, guint line, const char *what)
{
  if (verify->n_found++ >= PV_CTL_AUDIT_MAX_FINDINGS)
    return;
  if (line > 0)
    pv_ctl_fail ("%s/%s: line %u: %s", verify->folder, verify->file, line, what);
  else
    pv_ctl_fail ("%s/%s: %s", verify->folder, verify->file, what);
}

static void
check_signatures (Verify *verify, guint line, const PvConsent *consent, const PvDelegation *delegation)
{
  const PvCertificate *kiosk =
    pv_audit_people_find (&verify->people, PV_CERTIFICATE_KIOSK, consent->kiosk, consent->at);
  const PvCertificate *mediator =
    pv_audit_people_find (&verify->people, PV_CERTIFICATE_MEDIATOR, consent->mediator, consent->at);

  if (memcmp (consent->kiosk, delegation->kiosk, sizeof consent->kiosk) != 0
      || !pv_consent_verify (consent, delegation->key, NULL)) {
    find (verify, line, "a consent record that the key beside it did not sign");
    return;
  }
  if (kiosk != NULL && !pv_delegation_verify (delegation, kiosk, consent->at, NULL))
    find (verify, line, "a consent record signed by a key that its kiosk did not lend its name to at that time");
  else if (kiosk != NULL)
    verify->n_kiosk_signed++;
  if (!consent->is_countersigned)
    verify->n_not_countersigned++;
  else if (mediator != NULL && !pv_consent_verify (consent, delegation->key, mediator->key))
    find (verify, line, "a consent record that its mediator did not sign");
  else if (mediator != NULL)
    verify->n_mediator_signed++;
}

static void
consent_cb (guint line, const PvConsent *consent, const PvDelegation *delegation, gpointer data)
{
  Verify *verify = data;

  if (consent == NULL) {
    find (verify, line, "a consent record that cannot be read");
    return;
  }
  verify->n_consents++;
  if (delegation != NULL)
    check_signatures (verify, line, consent, delegation);
}

/* The hash that a line ends with; FALSE: it has none. */
static gboolean
read_hash (const char *line, PvAuditChain *ret_chain)
{
  gsize size = strlen (line), n;

  return size > HEX_BYTES
         && sodium_hex2bin (ret_chain->hash, sizeof ret_chain->hash, line + size - HEX_BYTES, HEX_BYTES, NULL, &n, NULL)
              == 0
         && n == sizeof ret_chain->hash;
}

/* From each line to the next, so that one that was changed does not hide another. */
static void
check_lines (Verify *verify, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  PvAuditRecords records = { .tell = consent_cb, .data = verify };
  PvAuditChain chain = { 0 };
  gboolean is_good = TRUE;

  verify->good = chain;
  for (guint i = 0; lines[i] != NULL && lines[i + 1] != NULL; i++) {
    g_autofree char *whole = g_strconcat (lines[i], "\n", NULL);
    g_auto (PvAuditLine) line = { 0 };

    verify->n_lines++;
    if (!pv_audit_verify (&chain, whole, NULL)) {
      find (verify, i + 1, "was changed or put in, or a line before it was taken out");
      is_good = FALSE;
      read_hash (lines[i], &chain);
    } else if (is_good) {
      verify->good = chain;
    }
    if (!pv_audit_line_parse (lines[i], &line))
      continue;
    if (strcmp (line.verb, PV_AUDIT_BROKEN) == 0)
      find (verify, i + 1, "the log itself says that it was not as it had been left");
    pv_audit_records_add (&records, i + 1, &line);
  }
  pv_audit_records_finish (&records);
  verify->written = chain;
}

/* Whether it goes on from the file before. */
static void
check_begin (Verify *verify, const char *text)
{
  static const PvAuditChain none;
  PvAuditChain before;
  gboolean has_begin = pv_audit_read_continue (text, &before);

  if (verify->before == NULL) {
    if (has_begin && memcmp (&before, &none, sizeof none) != 0)
      g_print ("note: %s goes on from an earlier file that is not here: removed after its time, or taken away\n",
               verify->file);
  } else if (!has_begin
             || (memcmp (&before, &verify->written, sizeof before) != 0
                 && memcmp (&before, &verify->good, sizeof before) != 0)) {
    g_autofree char *what =
      g_strdup_printf ("does not go on from the end of %s: lines or a file between them are missing", verify->before);

    find (verify, 1, what);
  }
}

static void
check_file (Verify *verify, const char *name)
{
  g_autofree char *text = pv_ctl_audit_read (verify->folder, name);
  guint n_found = verify->n_found, n_lines = verify->n_lines;
  const char *end;

  verify->file = name;
  if (text == NULL) {
    verify->n_found++;
    return;
  }
  if (*text == '\0')
    return; /* a first write that never came */
  check_begin (verify, text);
  check_lines (verify, text);
  end = strrchr (text, '\n');
  if (end == NULL || end[1] != '\0')
    g_print ("note: %s ends within a line: the power went, or lines were cut off\n", name);
  g_free (verify->before);
  verify->before = g_strdup (name);
  if (verify->n_found == n_found)
    g_print ("%s: %u lines, as they were written\n", name, verify->n_lines - n_lines);
}

/* One write of a program that was stopped before it could write the head; its next start mends that. */
static gboolean
is_unfinished (const Verify *verify, const PvAuditChain *head, const char *head_file)
{
  g_autofree char *text = pv_ctl_audit_read (verify->folder, verify->before);
  PvAuditChain before;
  gsize known;

  if (strcmp (verify->before, head_file) > 0)
    return text != NULL && strlen (text) <= PV_AUDIT_MAX_WRITE_BYTES && pv_audit_read_continue (text, &before)
           && memcmp (&before, head, sizeof before) == 0;
  known = text != NULL ? pv_audit_find_head (text, head) : 0;
  return known > 0 && strlen (text) - known <= PV_AUDIT_MAX_WRITE_BYTES;
}

/* Whether the end is there. */
static void
check_head (Verify *verify)
{
  g_autofree char *path = g_build_filename (verify->folder, PV_AUDIT_HEAD, NULL), *text = NULL, *file = NULL;
  PvAuditChain head;

  verify->file = PV_AUDIT_HEAD;
  if (!g_file_get_contents (path, &text, NULL, NULL)) {
    find (verify, 0, "is missing: nobody can tell whether the end of the log was cut off");
    return;
  }
  if (!pv_audit_read_head (text, &head, &file)) {
    find (verify, 0, "was changed");
    return;
  }
  if (verify->before == NULL) {
    if (strcmp (file, PV_AUDIT_NO_FILE) != 0)
      find (verify, 0, "names a file that is missing");
  } else if (strcmp (file, verify->before) > 0) {
    find (verify, 0, "names a file that is missing");
  } else if (strcmp (file, verify->before) != 0 || memcmp (&head, &verify->written, sizeof head) != 0) {
    if (is_unfinished (verify, &head, file))
      g_print ("note: the last write was not finished; the next start mends that\n");
    else
      find (verify, 0, "the log does not end where it says: lines were cut off or added");
  }
}

typedef struct Options {
  const char *folder;       /* (nullable) */
  const char *certs[8 + 1]; /* NULL-terminated */
} Options;

static gboolean
parse_options (char **arguments, Options *options)
{
  guint n = 0;

  for (guint i = 0; arguments[i] != NULL; i++) {
    if (strcmp (arguments[i], "--certificates") == 0 && arguments[i + 1] != NULL
        && n + 1 < G_N_ELEMENTS (options->certs))
      options->certs[n++] = arguments[++i];
    else if (arguments[i][0] != '-' && options->folder == NULL)
      options->folder = arguments[i];
    else
      return FALSE;
  }
  return TRUE;
}

static void
tell_consents (const Verify *verify)
{
  if (verify->n_consents == 0)
    return;
  g_print ("%u consent records: signature of the kiosk checked for %u, of the mediator for %u; %u not countersigned\n",
           verify->n_consents, verify->n_kiosk_signed, verify->n_mediator_signed, verify->n_not_countersigned);
  if (verify->n_kiosk_signed < verify->n_consents
      || verify->n_mediator_signed + verify->n_not_countersigned < verify->n_consents)
    g_print ("note: for the others, --certificates FOLDER has no certificate that was valid then and a root (*.pub)\n");
}

int
pv_ctl_audit_verify (const PvCtl *ctl, char **arguments)
{
  Options options = { 0 };
  g_autofree char *folder = NULL;
  g_auto (GStrv) names = NULL;
  Verify verify = { 0 };
  gboolean is_read = TRUE;

  if (!parse_options (arguments, &options)) {
    pv_ctl_fail ("use: parvisctl audit verify [FOLDER] [--certificates FOLDER]...");
    return PV_CTL_USAGE;
  }
  folder = pv_ctl_audit_folder (ctl, options.folder);
  if (folder != NULL && options.folder == NULL && !g_file_test (folder, G_FILE_TEST_EXISTS)) {
    g_print ("the courier has not made %s yet\n", folder);
    return PV_CTL_OK;
  }
  names = folder != NULL ? pv_ctl_audit_list (folder) : NULL;
  if (names == NULL || !pv_assist_init ())
    return PV_CTL_FAILED;
  verify.folder = folder;
  pv_audit_people_init (&verify.people);
  for (guint i = 0; is_read && options.certs[i] != NULL; i++)
    is_read = pv_audit_people_add_folder (&verify.people, options.certs[i]);
  for (guint i = 0; is_read && names[i] != NULL; i++)
    check_file (&verify, names[i]);
  if (is_read) {
    check_head (&verify);
    tell_consents (&verify);
  }
  pv_audit_people_clear (&verify.people);
  g_free (verify.before);
  if (!is_read)
    return PV_CTL_FAILED;
  if (verify.n_found > 0)
    return pv_ctl_fail ("found: %u", verify.n_found);
  g_print ("%u lines: nothing was changed, taken out or put in\n", verify.n_lines);
  return PV_CTL_OK;
}
