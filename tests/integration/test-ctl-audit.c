/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* parvisctl over the log that the courier writes, and over what somebody made of it. */

#include "tst.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

#include "assist/certificate.h"
#include "assist/consent.h"
#include "fake-clock.h"
#include "kiosk/courier/assist-audit.h"
#include "mediator/audit-file.h"

#define NOVEMBER "audit-2026-11.log"
#define DECEMBER "audit-2026-12.log"
#define JANUARY  "audit-2027-01.log"

enum { DAY_MS = 24 * 60 * 60 * 1000 };

typedef struct Keys {
  guint8 key[PV_CERTIFICATE_KEY_BYTES], secret[PV_CERTIFICATE_SECRET_BYTES];
} Keys;

static char *folder, *logs, *certificates;
static FakeClock fake;
static Keys root, kiosk, mediator, session;
static guint8 kiosk_id[PV_CERTIFICATE_ID_BYTES], mediator_id[PV_CERTIFICATE_ID_BYTES];

static guint64
now_s (void)
{
  return (guint64) (fake.wall_us / G_USEC_PER_SEC);
}

static void
write_base64 (const char *name, const guint8 *bytes, gsize size)
{
  g_autofree char *path = g_build_filename (certificates, name, NULL), *text = g_base64_encode (bytes, size);

  assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
certify (const char *name, PvCertificateRole role, const Keys *keys, guint8 *ret_id)
{
  char *communes[] = { (char *) "22050", NULL };
  PvCertificate certificate = { .role = role,
                                .not_before = now_s () - 3600,
                                .not_after = now_s () + (guint64) 300 * 24 * 3600,
                                .name = (char *) "Claire M.",
                                .place = (char *) "Ville de Montclair",
                                .communes = communes };
  g_autoptr (GBytes) bytes = NULL;

  randombytes_buf (ret_id, PV_CERTIFICATE_ID_BYTES);
  memcpy (certificate.id, ret_id, sizeof certificate.id);
  memcpy (certificate.key, keys->key, sizeof certificate.key);
  bytes = pv_certificate_sign (&certificate, root.secret, NULL);
  assert_non_null (bytes);
  write_base64 (name, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* @is_forged: the mediator's signature is somebody else's. */
static void
make_consent (gboolean is_countersigned, gboolean is_forged, GBytes **ret_record, GBytes **ret_delegation)
{
  PvConsent consent = { .right = PV_RIGHT_PROPOSE, .is_granted = TRUE, .text = "1", .at = now_s () };
  PvDelegation delegation = { .not_before = now_s () - 300, .not_after = now_s () + 3600 };
  guint8 lent[PV_DELEGATION_BYTES];

  memcpy (consent.kiosk, kiosk_id, sizeof consent.kiosk);
  memcpy (consent.mediator, mediator_id, sizeof consent.mediator);
  memcpy (delegation.kiosk, kiosk_id, sizeof delegation.kiosk);
  memcpy (delegation.key, session.key, sizeof delegation.key);
  pv_delegation_sign (&delegation, kiosk.secret, lent);
  pv_consent_sign (&consent, session.secret);
  if (is_countersigned)
    pv_consent_countersign (&consent, is_forged ? session.secret : mediator.secret);
  *ret_record = pv_consent_write (&consent);
  *ret_delegation = g_bytes_new (lent, sizeof lent);
}

static void
keep_consent (PvAssistAudit *audit, gboolean is_countersigned, gboolean is_forged)
{
  g_autoptr (GBytes) record = NULL, delegation = NULL;

  make_consent (is_countersigned, is_forged, &record, &delegation);
  assert_true (pv_assist_audit_keep_consent (audit, record, delegation, NULL));
}

static void
note (PvAssistAudit *audit, const char *verb, const char *subject)
{
  assert_true (pv_assist_audit_note (audit, verb, subject, NULL));
  fake_clock_advance_ms (&fake, 1000);
}

/* Three months. */
static void
write_logs (gboolean is_forged)
{
  g_autoptr (PvAssistAudit) audit = pv_assist_audit_open (logs, pv_disk_get_default (), &fake.clock, 180, NULL);

  assert_non_null (audit);
  note (audit, "call", "");
  note (audit, "point", "adresse");
  keep_consent (audit, TRUE, is_forged);
  keep_consent (audit, FALSE, FALSE);
  note (audit, "end", "");
  fake_clock_advance_ms (&fake, (gint64) 15 * DAY_MS);
  note (audit, "call", "");
  note (audit, "propose", "8/0/81");
  fake_clock_advance_ms (&fake, (gint64) 30 * DAY_MS);
  note (audit, "point", "motif");
  note (audit, "end", "");
}

static int
set_up (void **state)
{
  (void) state;
  folder = g_dir_make_tmp ("pv-ctl-audit-XXXXXX", NULL);
  logs = g_build_filename (folder, "state", "assist", NULL);
  certificates = g_build_filename (folder, "certificates", NULL);
  g_mkdir (certificates, 0700);
  fake_clock_init (&fake, "2026-11-24T10:00:00Z");
  crypto_sign_keypair (root.key, root.secret);
  crypto_sign_keypair (kiosk.key, kiosk.secret);
  crypto_sign_keypair (mediator.key, mediator.secret);
  crypto_sign_keypair (session.key, session.secret);
  write_base64 ("root.pub", root.key, sizeof root.key);
  certify ("kiosk.cert", PV_CERTIFICATE_KIOSK, &kiosk, kiosk_id);
  certify ("mediator.cert", PV_CERTIFICATE_MEDIATOR, &mediator, mediator_id);
  return 0;
}

static int
tear_down (void **state)
{
  (void) state;
  tst_remove_folder (folder);
  g_clear_pointer (&folder, g_free);
  g_clear_pointer (&logs, g_free);
  g_clear_pointer (&certificates, g_free);
  return 0;
}

/* Both streams together. (transfer full) */
static char *
run (const char *const *arguments, int *ret_status)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;
  char *text = NULL;

  g_ptr_array_add (argv, (gpointer) g_getenv ("PV_CTL_PROGRAM"));
  for (guint i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (argv, (gpointer) arguments[i]);
  g_ptr_array_add (argv, NULL);
  process = g_subprocess_newv ((const char *const *) argv->pdata,
                               G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE, NULL);
  assert_non_null (process);
  assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, &text, NULL, NULL));
  *ret_status = g_subprocess_get_exit_status (process);
  return text;
}

/* @words: "a|b": all of them must be said. */
static void
expect (const char *const *arguments, int status, const char *words, const char *what)
{
  int got;
  g_autofree char *text = run (arguments, &got);
  g_auto (GStrv) each = g_strsplit (words, "|", -1);

  for (guint i = 0; each[i] != NULL; i++)
    if (got != status || strstr (text, each[i]) == NULL)
      fail_msg ("%s: status %d, expected \"%s\", it said: %s", what, got, each[i], text);
}

static void
expect_verify (int status, const char *words, const char *what)
{
  const char *const arguments[] = { "audit", "verify", logs, "--certificates", certificates, NULL };

  expect (arguments, status, words, what);
}

static char *
path_of (const char *name)
{
  return g_build_filename (logs, name, NULL);
}

static char *
content_of (const char *name)
{
  g_autofree char *path = path_of (name);
  char *text = NULL;

  assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

static void
put (const char *name, const char *text)
{
  g_autofree char *path = path_of (name);

  assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
an_untouched_log_is_told_as_such (void **state)
{
  g_autofree char *text = NULL;
  int status;
  const char *const show[] = { "audit", "show", logs, NULL };

  (void) state;
  write_logs (FALSE);
  expect_verify (0,
                 NOVEMBER
                 ": |" DECEMBER ": 3 lines|" JANUARY
                 ": 3 lines|nothing was changed, taken out or put in|2 consent records: signature of the kiosk "
                 "checked for 2, of the mediator for 1; 1 not countersigned",
                 "untouched");
  text = run (show, &status);
  assert_int_equal (status, 0);
  assert_non_null (strstr (text, "2026-11-24T10:00:00Z  call"));
  assert_non_null (strstr (text, "point             adresse"));
  assert_non_null (strstr (text, "(propose granted, mediator "));
}

/* Lines of November: 1 continues, 2 call, 3 point, then those of the consents, the last one end. */
static char *
without_line (const char *text, guint number, guint doubled)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GString *out = g_string_new (NULL);

  for (guint i = 0; lines[i + 1] != NULL; i++) {
    if (i + 1 != number)
      g_string_append_printf (out, "%s\n", lines[i]);
    if (i + 1 == doubled)
      g_string_append_printf (out, "%s\n", lines[i]);
  }
  return g_string_free (out, FALSE);
}

static char *
with_words (const char *text, const char *from, const char *to)
{
  g_auto (GStrv) parts = g_strsplit (text, from, 2);

  assert_int_equal (g_strv_length (parts), 2);
  return g_strjoinv (to, parts);
}

static void
whatever_was_done_to_a_log_is_found_at_its_line (void **state)
{
  static const struct {
    const char *file;
    enum { WORD, TAKEN, PUT, CUT, GONE } how;
    guint line;
    const char *from, *to, *words;
  } cases[] = {
    { NOVEMBER, WORD, 0, " adresse ", " motif ", NOVEMBER ": line 3: was changed" },
    { NOVEMBER, WORD, 0, " call ", " end ", NOVEMBER ": line 2: was changed" },
    { NOVEMBER, TAKEN, 2, NULL, NULL, NOVEMBER ": line 2: was changed or put in, or a line before it was taken out" },
    { NOVEMBER, PUT, 3, NULL, NULL, NOVEMBER ": line 4: was changed or put in" },
    { NOVEMBER, CUT, 0, NULL, NULL, DECEMBER ": line 1: does not go on from the end of " NOVEMBER },
    { NOVEMBER, WORD, 0, "-more ", "-more A", "a consent record that cannot be read" },
    { DECEMBER, GONE, 0, NULL, NULL, JANUARY ": line 1: does not go on from the end of " NOVEMBER },
    { DECEMBER, TAKEN, 1, NULL, NULL, DECEMBER ": line 1: does not go on" },
    { DECEMBER, WORD, 0, " 8/0/81 ", " 8/0/82 ", DECEMBER ": line 3: was changed" },
    { JANUARY, GONE, 0, NULL, NULL, "audit.head: names a file that is missing" },
    { JANUARY, CUT, 0, NULL, NULL, "audit.head: the log does not end where it says: lines were cut off" },
    { "audit.head", WORD, 0, "audit-2027-01", "audit-2026-12", "audit.head: |lines were cut off or added" },
    { "audit.head", WORD, 0, " ", "  ", "audit.head: was changed" },
  };

  (void) state;
  write_logs (FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *old = content_of (cases[i].file), *path = path_of (cases[i].file), *changed = NULL;
    guint n = 0;

    for (const char *at = old; *at != '\0'; at++)
      n += *at == '\n' ? 1 : 0;
    switch (cases[i].how) {
    case WORD:
      changed = with_words (old, cases[i].from, cases[i].to);
      break;
    case TAKEN:
      changed = without_line (old, cases[i].line, 0);
      break;
    case PUT:
      changed = without_line (old, 0, cases[i].line);
      break;
    case CUT:
      changed = without_line (old, n, 0);
      break;
    case GONE:
      break;
    }
    if (changed != NULL)
      put (cases[i].file, changed);
    else
      g_unlink (path);
    expect_verify (1, cases[i].words, cases[i].words);
    put (cases[i].file, old);
  }
  expect_verify (0, "nothing was changed", "put back");
}

static void
the_oldest_month_may_be_gone (void **state)
{
  g_autofree char *path = path_of (NOVEMBER);

  (void) state;
  write_logs (FALSE);
  g_unlink (path);
  expect_verify (0, "note: " DECEMBER " goes on from an earlier file that is not here|nothing was changed", "oldest");
}

static void
a_courier_that_was_stopped_in_a_write_is_no_breach (void **state)
{
  g_autofree char *log = NULL, *longer = NULL;
  PvAuditChain chain = { 0 };
  g_autofree char *line = NULL, *half = NULL;

  (void) state;
  write_logs (FALSE);
  log = content_of (JANUARY);
  assert_true (pv_audit_verify (&chain, log, NULL));
  line = pv_audit_append (&chain, now_s (), "call", NULL);
  longer = g_strconcat (log, line, NULL);
  put (JANUARY, longer);
  expect_verify (0, "note: the last write was not finished", "one line more");
  half = g_strndup (longer, strlen (longer) - 10);
  put (JANUARY, half);
  expect_verify (0, "ends within a line", "half a line more");
}

/* Of a mediator that did not sign, a kiosk that did not, and of people that nobody vouches for. */
static void
signatures_are_held_against_the_certificates (void **state)
{
  const char *const unknown[] = { "audit", "verify", logs, NULL };
  g_autofree char *path = g_build_filename (certificates, "root.pub", NULL);

  (void) state;
  write_logs (TRUE);
  expect_verify (1, NOVEMBER ": line 4: a consent record that its mediator did not sign", "forged mediator");
  expect (unknown, 0, "signature of the kiosk checked for 0, of the mediator for 0", "no certificates");
  g_unlink (path);
  expect_verify (0, "signature of the kiosk checked for 0, of the mediator for 0", "no root");
  write_base64 ("root.pub", root.key, sizeof root.key);
  /* Another kiosk's key under that name. */
  {
    guint8 old[PV_CERTIFICATE_ID_BYTES];
    PvCertificate other = { 0 };
    char *communes[] = { (char *) "22050", NULL };
    g_autoptr (GBytes) bytes = NULL;

    memcpy (old, kiosk_id, sizeof old);
    other.role = PV_CERTIFICATE_KIOSK;
    other.not_before = 1;
    other.not_after = G_MAXINT64;
    other.name = other.place = (char *) "Borne";
    other.communes = communes;
    memcpy (other.id, old, sizeof old);
    memcpy (other.key, session.key, sizeof other.key);
    bytes = pv_certificate_sign (&other, root.secret, NULL);
    assert_non_null (bytes);
    write_base64 ("kiosk.cert", g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  }
  expect_verify (1, "a consent record signed by a key that its kiosk did not lend its name to", "forged kiosk");
}

/* As the console itself writes it: its first file goes on from nothing. */
static void
a_console_s_log_is_verified_too (void **state)
{
  g_autofree char *path = path_of ("audit.log"), *november = NULL, *december = NULL, *shorter = NULL;
  g_autoptr (GBytes) record = NULL, delegation = NULL;
  g_autoptr (PvAuditFile) file = NULL;
  const char *last;

  (void) state;
  g_mkdir_with_parents (logs, 0700);
  file = pv_audit_file_open (path, 180, (gint64) now_s (), NULL);
  assert_non_null (file);
  make_consent (TRUE, FALSE, &record, &delegation);
  assert_true (pv_audit_file_add (file, (gint64) now_s (), "join", NULL, NULL));
  assert_true (pv_audit_file_add_consent (file, (gint64) now_s (), record, delegation, NULL));
  assert_true (pv_audit_file_add (file, (gint64) now_s (), "point", "adresse", NULL));
  fake_clock_advance_ms (&fake, (gint64) 15 * DAY_MS);
  assert_true (pv_audit_file_add (file, (gint64) now_s (), "join", NULL, NULL));
  assert_true (pv_audit_file_sync (file, NULL));
  expect_verify (
    0,
    "1 consent records: signature of the kiosk checked for 1, of the mediator for 1|nothing was changed, taken "
    "out or put in",
    "console");
  november = content_of (NOVEMBER);
  last = g_strrstr_len (november, (gssize) strlen (november) - 1, "\n");
  shorter = g_strndup (november, (gsize) (last + 1 - november));
  put (NOVEMBER, shorter);
  expect_verify (1, DECEMBER ": line 1: does not go on from the end of " NOVEMBER, "cut off");
  put (NOVEMBER, november);
  december = content_of (DECEMBER);
  last = g_strrstr_len (december, (gssize) strlen (december) - 1, "\n");
  g_free (shorter);
  shorter = g_strndup (december, (gsize) (last + 1 - december));
  put (DECEMBER, shorter);
  expect_verify (1, "audit.head: the log does not end where it says: lines were cut off", "end cut off");
}

static void
without_a_folder_it_is_the_one_of_the_settings (void **state)
{
  g_autofree char *conf = g_build_filename (folder, "conf", NULL), *path = g_build_filename (conf, "10.conf", NULL),
                  *text = g_strdup_printf (
                    "[commune]\nname=Montclair\n[portal]\nurl=http://127.0.0.1:1\n[paths]\nstate=%s/state\n", folder),
                  *head = path_of ("audit.head");
  const char *const arguments[] = { "--config", conf, "audit", "verify", NULL };
  const char *const wrong[] = { "audit", "verify", "a", "b", NULL };

  (void) state;
  g_mkdir (conf, 0700);
  assert_true (g_file_set_contents (path, text, -1, NULL));
  expect (arguments, 0, "has not made", "no log yet");
  write_logs (FALSE);
  expect (arguments, 0, "nothing was changed", "by the settings");
  g_unlink (head);
  expect (arguments, 1, "audit.head: is missing", "no head");
  expect (wrong, 2, "use: parvisctl audit verify", "usage");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (an_untouched_log_is_told_as_such, set_up, tear_down),
    cmocka_unit_test_setup_teardown (whatever_was_done_to_a_log_is_found_at_its_line, set_up, tear_down),
    cmocka_unit_test_setup_teardown (the_oldest_month_may_be_gone, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_courier_that_was_stopped_in_a_write_is_no_breach, set_up, tear_down),
    cmocka_unit_test_setup_teardown (signatures_are_held_against_the_certificates, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_console_s_log_is_verified_too, set_up, tear_down),
    cmocka_unit_test_setup_teardown (without_a_folder_it_is_the_one_of_the_settings, set_up, tear_down),
  };

  tst_init ();
  return pv_assist_init () ? cmocka_run_group_tests (tests, NULL, NULL) : 1;
}
