/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* parvisctl as an administrator meets it on a new machine: plain words, the right exit status. What it does with filings
 * is in test-courier.c. */

#include "tst.h"

#include <gio/gio.h>
#include <string.h>
#include <unistd.h>

#include "link/receipt-key.h"

static char *folder;

static char *
path_of (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

static void
write_file (const char *name, const char *text)
{
  g_autofree char *path = path_of (name);

  assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
write_settings (const char *more)
{
  g_autofree char *text = g_strdup_printf (
    "[commune]\nname=Montclair\n[portal]\nurl=http://127.0.0.1:1\n[paths]\nstate=%s/state\n%s", folder, more);

  write_file ("conf/10.conf", text);
}

/* With the keys that 'keygen' makes, and more. */
static void
write_good_settings (const char *more)
{
  g_autofree char *text = g_strdup_printf ("[outbox]\nprivate-key-file=%s/keys/outbox.key\n"
                                           "public-key-file=%s/keys/outbox.pub\n%s",
                                           folder, folder, more);

  write_settings (text);
}

static int
set_up (void **state)
{
  (void) state;
  folder = g_dir_make_tmp ("pv-ctl-XXXXXX", NULL);
  for (guint i = 0; i < 2; i++) {
    g_autofree char *path = path_of (i == 0 ? "conf" : "keys");

    g_mkdir (path, 0755);
  }
  return 0;
}

static int
tear_down (void **state)
{
  (void) state;
  tst_remove_folder (folder);
  g_clear_pointer (&folder, g_free);
  return 0;
}

/* Both streams together; @uid: 0: as we are. */
static char *
run_as (uid_t uid, int status, const char *arguments)
{
  g_autofree char *line = g_strdup_printf ("%s --config %s/conf %s", g_getenv ("PV_CTL_PROGRAM"), folder, arguments);
  g_autofree char *other = g_strdup_printf ("setpriv --reuid=%u --clear-groups %s", (guint) uid, line);
  g_auto (GStrv) argv = g_strsplit (uid != 0 ? other : line, " ", -1);
  g_autoptr (GSubprocess) process = g_subprocess_newv (
    (const char *const *) argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE, NULL);
  char *text = NULL;

  assert_non_null (process);
  assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, &text, NULL, NULL));
  if (g_subprocess_get_exit_status (process) != status)
    fail_msg ("%s: status %d, and it said: %s", arguments, g_subprocess_get_exit_status (process), text);
  return text;
}

static void
expect (int status, const char *arguments, const char *words)
{
  g_autofree char *text = run_as (0, status, arguments);

  if (strstr (text, words) == NULL)
    fail_msg ("%s: expected \"%s\", it said: %s", arguments, words, text);
}

static void
make_keys (void)
{
  g_autofree char *arguments = g_strdup_printf ("keygen outbox %s/keys", folder);

  expect (0, arguments, "keys/outbox.pub");
}

static void
it_tells_how_it_is_used (void **state)
{
  (void) state;
  expect (0, "--help", "Usage: parvisctl");
  expect (2, "outbox", "there is no command \"outbox\"");
  expect (2, "outbox lst", "there is no command \"outbox lst\"");
  expect (2, "outbox list now", "use: parvisctl outbox list");
  expect (2, "outbox export", "use: parvisctl outbox export");
  expect (2, "keygen", "use: parvisctl keygen");
}

/* A file in the place of a stick. */
static void
it_makes_keys_of_the_service_screen (void **state)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) end = g_date_time_add_days (now, 30);
  g_autofree char *day = g_date_time_format (end, "%Y-%m-%d");
  g_autofree char *keygen = g_strdup_printf ("keygen service %s/keys", folder);
  g_autofree char *make =
    g_strdup_printf ("service-key make %s/stick --scope 58194/hall --key %s/keys/service.key --serial 3 --expires %s",
                     folder, folder, day);
  g_autofree char *late = g_strdup_printf (
    "service-key make %s/late --scope 58194 --key %s/keys/service.key --serial 3 --expires 2020-01-01", folder, folder);
  g_autofree char *show =
    g_strdup_printf ("service-key show %s/stick --public %s/keys/service.pub --commune 58194 --kiosk ", folder, folder);
  g_autofree char *here = g_strconcat (show, "hall", NULL), *there = g_strconcat (show, "school", NULL);
  g_autofree char *take = g_strdup_printf ("service-key take %s/stick %s/support.tar.gz", folder, folder);
  g_autofree char *late_path = path_of ("late"), *text = NULL;

  (void) state;
  expect (2, "service-key make", "use: parvisctl service-key make");
  expect (2, "service-key show x", "use: parvisctl service-key show");
  expect (2, "service-key take x", "use: parvisctl service-key take");
  expect (0, keygen, "keys/service.pub");
  text = run_as (0, 0, make);
  assert_non_null (strstr (text, "key 3 for 58194/hall"));
  assert_non_null (strstr (text, "PIN "));
  assert_int_equal (strspn (strstr (text, "PIN ") + 4, "0123456789"), 8);
  expect (1, make, "it is there already");
  expect (1, late, "expired");
  assert_false (g_file_test (late_path, G_FILE_TEST_EXISTS));
  expect (0, here, "key 3 for 58194/hall");
  expect (1, there, "the key is for 58194/hall");
  expect (1, take, "No such file"); /* no kiosk wrote any */
}

static void
it_tells_a_genuine_receipt_from_others (void **state)
{
  g_autofree char *arguments = g_strdup_printf ("keygen receipt %s/keys", folder);
  g_autofree char *with_key = g_strdup_printf ("receipt verify --key %s/keys/receipt.pub ", folder);
  g_autofree char *key_path = path_of ("keys/receipt.key"), *seed = NULL, *code = NULL, *forged = NULL, *no_code = NULL;
  g_autofree char *zeros = g_strnfill (103, 'A');
  g_autofree char *genuine = NULL, *wrong_key = g_strdup_printf ("receipt verify --key %s/conf code", folder);
  g_autoptr (PvReceiptFacts) facts =
    pv_receipt_facts_of_storing ("BCDFGHJKLM", G_GINT64_CONSTANT (1796049125) * G_USEC_PER_SEC, "ecole");
  guint8 digest[PV_RECEIPT_DIGEST_BYTES], signature[PV_RECEIPT_SIGNATURE_BYTES];
  g_autoptr (PvReceiptSigner) signer = NULL;

  (void) state;
  expect (2, "receipt verify", "use: parvisctl receipt verify");
  expect (0, arguments, "keys/receipt.pub");
  assert_true (g_file_get_contents (key_path, &seed, NULL, NULL));
  signer = pv_receipt_signer_from_text (seed);
  assert_non_null (signer);
  pv_receipt_facts_to_digest (facts, digest);
  pv_receipt_signer_sign (signer, digest, signature);
  code = pv_receipt_code_make (facts, signature);
  genuine = g_strconcat (with_key, code, NULL);
  expect (0, genuine, "registered at the kiosk: 2026-11-30 14:32:05 UTC");
  expect (0, genuine, "reference: BCDFGHJKLM");
  forged = g_strconcat (with_key, "PARVIS1/A/BCDFGHJKLM/18-2047/20261130T143205Z/ecole/", zeros, NULL);
  expect (1, forged, "NOT GENUINE");
  no_code = g_strconcat (with_key, "https://montclair.example/", NULL);
  expect (1, no_code, "not the code of a receipt");
  expect (1, wrong_key, "not a plain file");
  /* Without --key those of the settings. */
  make_keys ();
  write_good_settings ("");
  g_free (g_steal_pointer (&arguments));
  arguments = g_strdup_printf ("receipt verify %s", code);
  expect (1, arguments, "[receipt] public-key-files is not set");
  g_free (g_steal_pointer (&wrong_key));
  wrong_key = g_strdup_printf ("[receipt]\npublic-key-files=%s/keys/receipt.pub;\n", folder);
  write_good_settings (wrong_key);
  expect (0, arguments, "genuine: signed with the key of");
  g_free (g_steal_pointer (&wrong_key));
  wrong_key = g_strdup_printf (
    "[receipt]\npublic-key-files=%s/keys/receipt.pub;\nprivate-key-file=%s/keys/outbox.key\n", folder, folder);
  write_good_settings (wrong_key);
  expect (1, "check", "[receipt] none of public-key-files belongs to private-key-file");
}

/* expect() with the folder for each "@" of @format. */
static void
expect_enrol (int status, const char *format, const char *words)
{
  g_auto (GStrv) parts = g_strsplit (format, "@", -1);
  g_autofree char *arguments = g_strjoinv (folder, parts);

  expect (status, arguments, words);
}

static void
assert_mode (const char *name, mode_t mode)
{
  g_autofree char *path = path_of (name);
  GStatBuf status;

  assert_int_equal (g_stat (path, &status), 0);
  assert_int_equal (status.st_mode & 07777, mode);
}

/* What a mediator gets is a folder that a console can be started with. */
static void
it_seals_the_key_of_a_mediator (void **state)
{
  static const char *const own[] = { "mediator.key",      "mediator.conf", "assist.cert", "broker-client.key",
                                     "broker-client.pem", "brokers.pem",   "root.pub" };
  g_autofree char *passphrase = path_of ("passphrase"), *conf = path_of ("m/mediator.conf"), *text = NULL,
                  *open = path_of ("m/assist.key");

  (void) state;
  expect_enrol (0, "enrol root @/root Montclair", "root/brokers.pem");
  assert_true (g_file_set_contents (passphrase, "short\n", -1, NULL));
  expect_enrol (1, "enrol mediator --passphrase-file @/passphrase @/root 22050 Claire Mairie @/m", "8 characters");
  assert_true (g_file_set_contents (passphrase, "quatre mots au hasard\n", -1, NULL));
  expect_enrol (2, "enrol mediator --broker a/b --passphrase-file @/passphrase @/root 22050 Claire Mairie @/m",
                "expected HOST or HOST:PORT");
  expect_enrol (1, "enrol mediator --passphrase-file @/none @/root 22050 Claire Mairie @/m", "none: No such file");
  expect_enrol (0,
                "enrol mediator --broker aide.montclair.example:443 --passphrase-file @/passphrase @/root 22050 "
                "Claire Mairie @/m",
                "m/mediator.conf");
  for (gsize i = 0; i < G_N_ELEMENTS (own); i++) {
    g_autofree char *name = g_strconcat ("m/", own[i], NULL);

    assert_mode (name, 0600);
  }
  assert_false (g_file_test (open, G_FILE_TEST_EXISTS));
  assert_true (g_file_get_contents (conf, &text, NULL, NULL));
  assert_non_null (strstr (text, "\nbroker-host=aide.montclair.example\nbroker-port=443\nroots="));
}

/* In the name of its certificate, as a relay reads it. */
static void
assert_names_its_commune (const char *file, const char *commune)
{
  g_autofree char *path = path_of (file), *subject = NULL, *issuer = NULL;
  g_autofree char *wanted = g_strdup_printf ("O=%s", commune);
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_file (path, NULL);

  assert_non_null (certificate);
  subject = g_tls_certificate_get_subject_name (certificate);
  issuer = g_tls_certificate_get_issuer_name (certificate);
  assert_non_null (strstr (subject, wanted));
  assert_non_null (strstr (issuer, "Montclair"));
}

static void
it_enrols_and_writes_over_nothing (void **state)
{
  static const char *const roots[] = { "root.key",      "root.pub",      "kiosks.key",  "kiosks.pem",
                                       "mediators.key", "mediators.pem", "brokers.key", "brokers.pem" };
  static const char *const own[] = { "assist.key",        "assist.cert", "broker-client.key",
                                     "broker-client.pem", "brokers.pem", "root.pub" };
  g_autofree char *path = path_of ("root/root.key"), *before = NULL, *after = NULL, *stale = path_of ("k2/assist.cert"),
                  *left = path_of ("k2/assist.key"), *k2 = path_of ("k2"), *passphrase = path_of ("passphrase");

  (void) state;
  expect (2, "enrol root", "use: parvisctl enrol root");
  expect_enrol (0, "enrol root @/root Montclair", "root/brokers.pem");
  assert_true (g_file_get_contents (path, &before, NULL, NULL));
  expect_enrol (1, "enrol root @/root Montclair", "File exists");
  assert_true (g_file_get_contents (path, &after, NULL, NULL));
  assert_string_equal (before, after);
  for (gsize i = 0; i < G_N_ELEMENTS (roots); i++) {
    g_autofree char *name = g_strconcat ("root/", roots[i], NULL);

    assert_mode (name, 0600);
  }
  expect_enrol (0, "enrol kiosk @/root 22050 Borne-1 Hall @/k1", "k1/assist.key");
  assert_names_its_commune ("k1/broker-client.pem", "22050");
  for (gsize i = 0; i < G_N_ELEMENTS (own); i++) {
    g_autofree char *name = g_strconcat ("k1/", own[i], NULL);

    assert_mode (name, 0600);
  }
  assert_mode ("k1", 0700);
  assert_true (g_file_set_contents (passphrase, "quatre mots au hasard\n", -1, NULL));
  expect_enrol (0, "enrol kiosk @/root 22050 Borne-3 Hall @/k3", "\ntopic read p/22050/+\n");
  expect (2, "enrol mediator", "use: parvisctl enrol mediator");
  expect_enrol (0, "enrol mediator --passphrase-file @/passphrase @/root 22060,22050 Claire Mairie @/m",
                "topic read q/22050/+\ntopic read p/22050/+\ntopic read q/22060/+\ntopic read p/22060/+\n");
  expect_enrol (0, "enrol broker @/root aide.montclair.example @/b", "b/mediators.pem");
  expect_enrol (0, "enrol revoke @/root @/k1/broker-client.pem", "root/kiosks.crl");
  expect_enrol (0, "enrol revoke @/root @/m/broker-client.pem", "root/mediators.crl");
  expect_enrol (1, "enrol revoke @/root @/b/broker.pem", "neither kiosks.pem nor mediators.pem");
  expect_enrol (1, "enrol revoke @/root @/m/root.pub", "neither kiosks.pem nor mediators.pem");
  expect_enrol (1, "enrol revoke @/root 0123456789abcdef", "name the certificate itself");
  expect (2, "enrol revoke", "use: parvisctl enrol revoke");
  expect_enrol (1, "enrol kiosk @/root 22050,22060 Borne-2 Hall @/k2", "expected codes of communes");
  expect_enrol (1, "enrol kiosk @/root 22/+ Borne-2 Hall @/k2", "expected codes of communes");
  expect_enrol (1, "enrol kiosk @/keys 22050 Borne-2 Hall @/k2", "root.key");
  /* One file is in the way: none is made. */
  g_mkdir (k2, 0700);
  assert_true (g_file_set_contents (stale, "mine", -1, NULL));
  expect_enrol (1, "enrol kiosk @/root 22050 Borne-2 Hall @/k2", "File exists");
  assert_false (g_file_test (left, G_FILE_TEST_EXISTS));
}

static void
it_names_the_place_of_a_mistake (void **state)
{
  (void) state;
  write_settings ("[screen]\nidle-seconds=5\n");
  expect (1, "check", "10.conf:8: [screen] idle-seconds: expected a whole number from 30 to 900");
  expect (1, "outbox list", "10.conf:8: ");
}

/* The one of the example, and one that nobody would answer in. */
static void
it_reads_the_hours_of_the_assistance (void **state)
{
  (void) state;
  make_keys ();
  write_good_settings ("[assist]\nhours=mon-fri 09:00-12:00 13:30-17:00; sat 09:00-12:00\n");
  expect (0, "check", "everything is in order");
  write_good_settings ("[assist]\nhours=monday 9-12\n");
  expect (1, "check", "[assist] hours: ");
}

static void
a_folder_that_is_not_there_is_said (void **state)
{
  g_autofree char *conf = path_of ("conf");

  (void) state;
  tst_remove_folder (conf);
  expect (1, "check", "No such file or directory");
}

static void
it_names_each_line_of_the_everyday_words_that_is_wrong (void **state)
{
  g_autofree char *path = path_of ("words.txt");
  g_autofree char *more = g_strdup_printf ("[search]\nsynonyms-file=%s\n", path);

  (void) state;
  make_keys ();
  write_good_settings (more);
  expect (1, "check", "[search] synonyms-file: ");
  write_file ("words.txt", "cantoche = cantine\n");
  expect (0, "check", "everything is in order");
  write_file ("words.txt", "cantoche = cantine\n# fine\npoubelle\nrdv =\n");
  expect (1, "check", "words.txt: line 3: expected WORD, WORD = WORD, WORD");
  expect (1, "check", "words.txt: line 4: a word is missing");
}

static void
it_names_each_line_of_the_difficult_words_that_is_wrong (void **state)
{
  g_autofree char *path = path_of ("words-fr.txt");
  g_autofree char *more = g_strdup_printf ("[glossary]\nfile=%s;\n", path);

  (void) state;
  make_keys ();
  write_good_settings (more);
  expect (1, "check", "[glossary] file: ");
  write_file ("words-fr.txt", "tutelle = Un juge choisit une personne.\n");
  expect (0, "check", "everything is in order");
  write_file ("words-fr.txt", "tutelle = Un juge choisit une personne.\nborne\n");
  expect (1, "check", "words-fr.txt: line 2: expected WORD; OTHER FORM = EXPLANATION");
}

static void
a_new_machine_is_in_order_and_its_outbox_empty (void **state)
{
  g_autofree char *outbox = path_of ("state/outbox");

  (void) state;
  make_keys ();
  write_good_settings ("");
  expect (0, "check", "everything is in order");
  expect (0, "outbox list", "nothing waits: the courier has not made ");
  g_mkdir_with_parents (outbox, 0700);
  expect (0, "outbox list", "nothing waits in ");
  expect (0, "check", "everything is in order");
}

static void
it_looks_at_the_files_that_are_named (void **state)
{
  (void) state;
  write_settings ("");
  expect (1, "check", "[outbox] public-key-file is not set");
  write_good_settings ("");
  expect (1, "check", "keys/outbox.key: No such file or directory");
  make_keys ();
  write_good_settings ("[portal]\nmode=direct\norigin=borne\naccess-key-file=/nonexistent/key\n");
  expect (1, "check", "[portal] access-key-file: /nonexistent/key: No such file or directory");
  write_good_settings ("[portal]\nmode=direct\norigin=borne\naccess-key-file=$CREDENTIALS_DIRECTORY/key\n");
  expect (0, "check", "everything is in order");
  write_good_settings ("[session]\nuser=no-such-login-here\n");
  expect (1, "check", "there is no login \"no-such-login-here\"");
}

static void
it_refuses_a_screen_that_nobody_in_a_wheelchair_reaches (void **state)
{
  (void) state;
  make_keys ();
  write_good_settings ("[screen]\nlower-edge-mm=1000\n");
  expect (1, "check",
          "even in the low layout controls would stand up to 1430 mm high, and must not be higher than 1220 mm; "
          "from 380 to 790 mm would do");
  write_good_settings ("[screen]\nlower-edge-mm=780\nobstruction-mm=600\n");
  expect (1, "check", "from 380 to 690 mm would do");
  write_good_settings ("[screen]\nlower-edge-mm=300\n");
  expect (1, "check", "[screen] lower-edge-mm: 300 mm is too low; from 380 to 790 mm would do");
  write_good_settings ("[screen]\nobstruction-mm=800\n");
  expect (1, "check", "nobody in a wheelchair reaches over 800 mm");
  write_good_settings ("[screen]\nlower-edge-mm=780\n");
  expect (0, "check", "the screen begins in the low layout");
  write_good_settings ("[screen]\nlower-edge-mm=1000\n[session]\nprofile=post\n"); /* on a table */
  expect (0, "check", "everything is in order");
}

static void
a_pair_that_cannot_be_made_leaves_no_half (void **state)
{
  g_autofree char *arguments = g_strdup_printf ("keygen outbox %s/keys", folder);
  g_autofree char *secret = path_of ("keys/outbox.key");

  (void) state;
  write_file ("keys/outbox.pub", "of another pair\n");
  expect (1, arguments, "outbox.pub: File exists");
  assert_false (g_file_test (secret, G_FILE_TEST_EXISTS));
}

static void
without_rights_it_says_what_it_cannot_see (void **state)
{
  g_autofree char *outbox = path_of ("state/outbox"), *above = path_of ("state");
  g_autofree char *check = NULL, *list = NULL;

  (void) state;
  if (geteuid () != 0)
    skip ();
  make_keys ();
  write_good_settings ("");
  g_mkdir_with_parents (outbox, 0700);
  for (guint i = 0; i < 2; i++) {
    g_autofree char *file = path_of (i == 0 ? "conf/10.conf" : "keys/outbox.pub");

    g_chmod (file, 0644);
  }
  g_chmod (folder, 0755);
  g_chmod (above, 0755);
  list = run_as (65534, 1, "outbox list");
  assert_non_null (strstr (list, "Permission denied"));
  g_chmod (outbox, 0755);
  check = run_as (65534, 0, "check");
  assert_non_null (strstr (check, "is not checked: this login may not read it"));
}

#define T(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    T (it_tells_how_it_is_used),
    T (it_makes_keys_of_the_service_screen),
    T (it_tells_a_genuine_receipt_from_others),
    T (it_seals_the_key_of_a_mediator),
    T (it_enrols_and_writes_over_nothing),
    T (it_names_the_place_of_a_mistake),
    T (it_reads_the_hours_of_the_assistance),
    T (a_folder_that_is_not_there_is_said),
    T (it_names_each_line_of_the_everyday_words_that_is_wrong),
    T (it_names_each_line_of_the_difficult_words_that_is_wrong),
    T (a_new_machine_is_in_order_and_its_outbox_empty),
    T (it_looks_at_the_files_that_are_named),
    T (it_refuses_a_screen_that_nobody_in_a_wheelchair_reaches),
    T (a_pair_that_cannot_be_made_leaves_no_half),
    T (without_rights_it_says_what_it_cannot_see),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
