/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* parvisctl card trust: an administrator looks at a master list, and puts it in force. */

#include <gio/gio.h>
#include <string.h>

#include "demo/card/issuer-private.h"
#include "eid/cms.h"
#include "eid/trust.h"

#include "tst.h"

static char *folder;
static PvIssuer *issuer;

static char *
path_of (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

static void
write_settings (const char *more)
{
  g_autofree char *text = g_strdup_printf ("[commune]\nname=Montclair\n[portal]\nurl=http://127.0.0.1:1\n%s", more);
  g_autofree char *path = path_of ("conf/10.conf");

  assert_true (g_file_set_contents (path, text, -1, NULL));
}

/* A place for the list, and more. */
static void
write_card_settings (const char *more)
{
  g_autofree char *text =
    g_strdup_printf ("[card]\nmaster-list=%s/installed.ml\ncrl-folder=%s/state/crl\n%s", folder, folder, more);

  write_settings (text);
}

static int
set_up (void **state)
{
  g_autofree char *conf = NULL, *issuers = NULL;

  (void) state;
  folder = g_dir_make_tmp ("pv-ctl-card-XXXXXX", NULL);
  conf = path_of ("conf");
  issuers = path_of ("state");
  g_mkdir (conf, 0755);
  issuer = pv_issuer_open (issuers, "UT", PV_ISSUER_ECDSA_P256, NULL);
  assert_true (pv_issuer_write_master_list (issuers, NULL));
  write_card_settings ("");
  return 0;
}

static int
tear_down (void **state)
{
  (void) state;
  g_clear_pointer (&issuer, pv_issuer_free);
  tst_remove_folder (folder);
  g_clear_pointer (&folder, g_free);
  return 0;
}

/* Both streams together. "%" in the words of the command stands for the folder. */
static void
expect_of (const char *command, int status, const char *arguments, const char *words)
{
  g_auto (GStrv) parts = g_strsplit (arguments, "%", -1);
  g_autofree char *filled = g_strjoinv (folder, parts);
  g_autofree char *line =
    g_strdup_printf ("%s --config %s/conf %s%s", g_getenv ("PV_CTL_PROGRAM"), folder, command, filled);
  g_auto (GStrv) argv = g_strsplit (line, " ", -1);
  g_autoptr (GSubprocess) process = g_subprocess_newv (
    (const char *const *) argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE, NULL);
  g_autofree char *text = NULL;

  assert_non_null (process);
  assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, &text, NULL, NULL));
  if (g_subprocess_get_exit_status (process) != status || strstr (text, words) == NULL)
    fail_msg ("%s: status %d, expected \"%s\", it said: %s", arguments, g_subprocess_get_exit_status (process), words,
              text);
}

static void
expect (int status, const char *arguments, const char *words)
{
  expect_of ("card trust ", status, arguments, words);
}

static void
import_with_fingerprint (void)
{
  g_autofree char *list = path_of ("state/masterlist.ml"), *arguments = NULL;
  g_autoptr (PvTrust) trust = pv_trust_load (list, NULL, NULL, 0, NULL);

  arguments = g_strdup_printf ("import %%/state/masterlist.ml --signer %s", pv_trust_get_signer_fingerprint (trust));
  expect (0, arguments, "imported to ");
}

static void
it_tells_how_it_is_used (void **state)
{
  (void) state;
  expect (2, "list", "use: parvisctl card trust show|check FILE|import FILE");
  expect (2, "show now", "use: parvisctl card trust");
  expect (2, "check", "use: parvisctl card trust");
  expect (2, "import %/state/masterlist.ml --signer", "use: parvisctl card trust");
}

static void
without_a_list_it_says_what_that_means (void **state)
{
  (void) state;
  expect (1, "show", "installed.ml: no such file, or not for us");
  write_settings ("");
  expect (1, "show", "[card] master-list is not set: nothing that is read from a card is proven");
  expect (1, "import %/state/masterlist.ml", "there is no place to import it to");
}

static void
it_checks_each_certificate_of_a_file (void **state)
{
  (void) state;
  expect (0, "check %/state/masterlist.ml", "UT  accepted      EC P-256");
  expect (0, "check %/state/masterlist.ml", "UT  link          EC P-256");
  expect (0, "check %/state/masterlist.ml", "certificates: 3, of them expired: 0\n  accepted: 2\n  link: 1\n");
  expect (1, "check %/state/masterlist-signer.pem", "not a master list");
  expect (1, "check %/nothing", "no such file, or not for us");
}

static void
nothing_is_imported_before_somebody_looked_at_its_signer (void **state)
{
  (void) state;
  expect (1, "import %/state/masterlist.ml", "not imported: compare the fingerprint of this root");
  expect (1, "import %/state/masterlist.ml --signer 00:11", "not imported: the list leads to another root");
  expect (1, "show", "installed.ml: no such file");
  import_with_fingerprint ();
  expect (0, "show", "certificates: 3");
  expect (0, "show", "revocation lists: 1\nStates: 1\n  UT: 3\n");
  /* The one in force speaks for its signer. */
  expect (0, "import %/state/masterlist.ml", "imported to ");
}

static void
a_named_signer_needs_no_fingerprint (void **state)
{
  g_autofree char *more = g_strdup_printf ("master-list-signer=%s/state/masterlist-signer.pem\n", folder);

  (void) state;
  write_card_settings (more);
  expect (0, "import %/state/masterlist.ml", "imported to ");
  expect (0, "show", "signed for: C = UT");
}

/* The same certificates, signed at another time by another signer of the same root. */
static void
sign_again (const char *name, gint64 seconds)
{
  g_autofree char *from = path_of ("state/masterlist.ml"), *to = path_of (name), *data = NULL;
  g_autoptr (EVP_PKEY) key = pv_key_new_ec ("P-256", FALSE);
  PvCertificateSpec spec = { .country = "UT",
                             .name = "Master List Signer",
                             .key = key,
                             .issuer = issuer->root.certificate,
                             .signing = pv_issuer_signing (issuer->kind, issuer->root.key),
                             .not_before = PV_ROOT_FROM,
                             .not_after = PV_ROOT_TO,
                             .purpose = PV_OID_LIST_SIGNER };
  g_autoptr (X509) signer = pv_certificate_new (&spec);
  PvSignedSpec object = {
    .type = PV_OID_MASTER_LIST, .signer = signer, .signing = { .key = key, .hash = "SHA256" }, .time = seconds
  };
  g_autoptr (GBytes) content = NULL, list = NULL;
  gsize length;
  PvCms cms;

  assert_true (g_file_get_contents (from, &data, &length, NULL));
  assert_true (pv_cms_parse ((const guint8 *) data, length, &cms, NULL));
  content = g_bytes_new (cms.content.value, cms.content.length);
  object.content = content;
  list = pv_signed_new (&object);
  assert_true (g_file_set_contents (to, g_bytes_get_data (list, NULL), (gssize) g_bytes_get_size (list), NULL));
}

static void
an_older_list_does_not_replace_a_newer_one (void **state)
{
  g_autofree char *installed = path_of ("installed.ml");

  (void) state;
  import_with_fingerprint ();
  sign_again ("old.ml", PV_ROOT_FROM + 1);
  sign_again ("new.ml", PV_ROOT_TO - 1);
  expect (1, "import %/old.ml", "not imported: the list in force was signed later");
  expect (0, "import %/new.ml", "imported to ");
  expect (1, "import %/state/masterlist.ml", "not imported: the list in force was signed later");
  g_remove (installed);
  import_with_fingerprint ();
}

static void
a_damaged_list_leaves_the_one_in_force (void **state)
{
  g_autofree char *from = path_of ("state/masterlist.ml"), *to = path_of ("bad.ml"), *data = NULL;
  gsize length;

  (void) state;
  import_with_fingerprint ();
  assert_true (g_file_get_contents (from, &data, &length, NULL));
  data[length - 1] ^= 1;
  assert_true (g_file_set_contents (to, data, (gssize) length, NULL));
  expect (1, "import %/bad.ml", "its signature does not verify");
  expect (0, "show", "certificates: 3");
}

/* Its other complaints, about keys, are not ours. */
static void
the_check_of_everything_looks_at_it (void **state)
{
  g_autofree char *crl = path_of ("state/crl/wrong.crl"), *list = path_of ("installed.ml");

  (void) state;
  expect_of ("check", 1, "", "[card] master-list: ");
  import_with_fingerprint ();
  assert_true (g_file_set_contents (crl, "nothing", -1, NULL));
  expect_of ("check", 1, "", "[card] crl-folder: not used: wrong.crl: not a revocation list");
  assert_true (g_file_set_contents (list, "nothing", -1, NULL));
  expect_of ("check", 1, "", "[card] master-list: not a master list");
  write_settings ("");
  expect_of ("check", 1, "", "note: [card] master-list is not set");
}

#define T(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    T (it_tells_how_it_is_used),
    T (without_a_list_it_says_what_that_means),
    T (it_checks_each_certificate_of_a_file),
    T (nothing_is_imported_before_somebody_looked_at_its_signer),
    T (a_named_signer_needs_no_fingerprint),
    T (an_older_list_does_not_replace_a_newer_one),
    T (the_check_of_everything_looks_at_it),
    T (a_damaged_list_leaves_the_one_in_force),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
