/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A slot that rolls back reads what the newer one wrote; each old version is read, from a file that such a release made. */

#include "tst.h"

#include <sodium.h>
#include <string.h>

#include "assist/audit.h"
#include "assist/certificate.h"
#include "core/catalogue.h"
#include "core/stored-format.h"
#include "core/outcome.h"
#include "core/submission.h"
#include "kiosk/courier/usage.h"
#include "link/follow.h"
#include "link/outbox-store.h"
#include "link/receipt-key.h"
#include "link/release.h"
#include "mediator/activity.h"
#include "platform/fleet-report.h"
#include "platform/address-index.h"
#include "platform/bundle.h"
#include "platform/sealed-key.h"
#include "print/page-count.h"
#include "samples.h"

enum { ADDRESS_LIMIT_MS = 2000 };

/* (transfer full) */
static char *
sample_path (const char *name, guint version, const char *ending)
{
  g_autofree char *file = g_strdup_printf ("%s-%u%s", name, version, ending);

  return g_build_filename (g_getenv ("PV_TEST_DATA"), "formats", file, NULL);
}

static GBytes *
read_sample (const char *name, guint version, const char *ending)
{
  g_autofree char *path = sample_path (name, version, ending);
  char *bytes = NULL;
  gsize size;

  if (!g_file_get_contents (path, &bytes, &size, NULL))
    fail_msg ("%s is missing", path);
  return g_bytes_new_take (bytes, size);
}

/* With a zero behind it, as g_file_get_contents() gives it. */
static const char *
text_of (GBytes *bytes)
{
  return g_bytes_get_data (bytes, NULL);
}

/* Each reads the sample of one version. */

static void
read_outbox (guint version)
{
  g_autoptr (GBytes) container = read_sample ("outbox", version, ".filing");
  g_autoptr (PvOutboxHeader) header = pv_outbox_parse (container, NULL);
  g_autoptr (PvOutboxKeys) keys = sample_keys ();
  g_autoptr (GVariant) variant = NULL;
  g_autoptr (PvSubmission) submission = NULL;
  guint8 reply_key[PV_OUTBOX_KEY_BYTES];
  const PvSubmissionEntry *entry;

  assert_non_null (header);
  assert_string_equal (header->ref, SAMPLE_REF);
  variant = pv_outbox_open (container, keys, reply_key, NULL);
  assert_non_null (variant);
  submission = pv_submission_from_variant (variant, NULL);
  assert_non_null (submission);
  assert_int_equal (submission->entries->len, 1);
  entry = submission->entries->pdata[0];
  assert_string_equal (entry->name, "nom");
  assert_string_equal (pv_value_get_text (entry->value), SAMPLE_ANSWER);
}

static void
read_outbox_state (guint version)
{
  g_autofree char *folder = g_dir_make_tmp ("pv-formats-XXXXXX", NULL);
  g_autofree char *filing = g_build_filename (folder, SAMPLE_REF ".filing", NULL),
                  *state = g_build_filename (folder, SAMPLE_REF ".state", NULL);
  g_autoptr (GBytes) container = read_sample ("outbox", 1, ".filing"),
                     text = read_sample ("outbox-state", version, ".state");
  g_autoptr (PvOutboxStore) store = NULL;
  const PvOutboxItem *item;

  assert_true (g_file_set_contents (filing, text_of (container), (gssize) g_bytes_get_size (container), NULL));
  assert_true (g_file_set_contents (state, text_of (text), (gssize) g_bytes_get_size (text), NULL));
  store = pv_outbox_store_open_to_read (folder, NULL);
  tst_remove_folder (folder);
  assert_non_null (store);
  item = pv_outbox_store_find (store, SAMPLE_REF);
  assert_non_null (item);
  assert_int_equal (item->delivery.state, PV_DELIVERY_QUEUED);
  assert_int_equal (item->delivery.attempts, 1);
  assert_string_equal (item->reason, "offline");
  assert_int_equal (g_bytes_get_size (item->outcome), 6);
}

static void
read_follow (guint version)
{
  g_autoptr (GBytes) record = read_sample ("follow", version, ".record");
  g_autoptr (PvOutboxKeys) keys = sample_keys ();
  g_autoptr (PvFollowKey) key = pv_follow_key_new (SAMPLE_REF, keys->public_key);
  g_autoptr (GVariant) variant = pv_follow_open (key, record, NULL);
  g_autoptr (PvOutcome) outcome = NULL;

  assert_non_null (variant);
  outcome = pv_outcome_from_variant (variant);
  assert_non_null (outcome);
  assert_string_equal (outcome->number, SAMPLE_NUMBER);
}

static void
read_cache (guint version)
{
  g_autoptr (GBytes) bytes = read_sample ("cache", version, ".catalogue");
  g_autoptr (GVariant) box = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE_VARIANT, bytes, FALSE));
  g_autoptr (GVariant) variant = g_variant_get_variant (box);
  g_autoptr (PvCatalogue) catalogue = pv_catalogue_from_variant (variant, NULL);

  assert_non_null (catalogue);
  assert_non_null (pv_catalogue_find (catalogue, SAMPLE_SLUG));
}

static void
read_audit (guint version)
{
  g_autoptr (GBytes) log = read_sample ("audit", version, ".log"), head = read_sample ("audit", version, ".head");
  g_autofree char *file = NULL;
  PvAuditChain chain = { 0 }, last, before;
  guint line;

  assert_true (pv_audit_read_continue (text_of (log), &before));
  assert_true (pv_audit_verify (&chain, text_of (log), &line));
  assert_true (pv_audit_read_head (text_of (head), &last, &file));
  assert_memory_equal (chain.hash, last.hash, sizeof chain.hash);
}

static void
read_pages (guint version)
{
  g_autofree char *path = sample_path ("pages", version, ".txt");
  g_autoptr (GArray) days = pv_page_count_read (path, NULL);

  assert_non_null (days);
  assert_int_equal (days->len, 2);
  assert_int_equal (g_array_index (days, PvPageDay, 1).n_pages, 4);
}

static void
read_addresses (guint version)
{
  g_autofree char *path = sample_path ("addresses", version, ".bin");
  g_autoptr (PvAddressIndex) index = pv_address_index_open (path, NULL);
  g_autoptr (GPtrArray) found = NULL;

  assert_non_null (index);
  found = pv_address_index_find (index, "place mairie", FALSE, ADDRESS_LIMIT_MS);
  assert_true (found->len > 0);
}

static void
read_receipt_code (guint version)
{
  g_autoptr (GBytes) code = read_sample ("receipt-code", version, ".txt"),
                     key_text = read_sample ("receipt-code", version, ".pub");
  guint8 signature[PV_RECEIPT_SIGNATURE_BYTES];
  g_autoptr (PvReceiptFacts) facts = pv_receipt_code_parse (text_of (code), signature);
  PvReceiptKey key;

  assert_non_null (facts);
  assert_string_equal (facts->number, SAMPLE_NUMBER);
  assert_true (pv_receipt_key_parse (text_of (key_text), &key));
  assert_true (pv_receipt_key_verify (&key, facts, signature));
}

static void
read_certificate (guint version)
{
  g_autoptr (GBytes) bytes = read_sample ("certificate", version, ".cert");
  g_autoptr (PvCertificate) certificate =
    pv_certificate_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL);
  guint8 seed[SAMPLE_SECRET_BYTES], secret[PV_CERTIFICATE_SECRET_BYTES];
  PvCertificateRoot root = { .communes = NULL };

  sample_secret (seed);
  crypto_sign_seed_keypair (root.key, secret, seed);
  assert_non_null (certificate);
  assert_string_equal (certificate->name, SAMPLE_KIOSK);
  assert_true (
    pv_certificate_verify (certificate, &root, 1, PV_CERTIFICATE_KIOSK, "89999", (guint64) SAMPLE_AT + 1, NULL));
}

static void
read_sealed_key (guint version)
{
  g_autoptr (GBytes) text = read_sample ("sealed-key", version, ".key");
  g_autoptr (PvSecret) secret = pv_sealed_key_open (text_of (text), SAMPLE_SECRET_BYTES, SAMPLE_PASSPHRASE, NULL);
  guint8 expected[SAMPLE_SECRET_BYTES];
  gsize size;

  sample_secret (expected);
  assert_non_null (secret);
  assert_memory_equal (pv_secret_get_bytes (secret, &size), expected, sizeof expected);
}

static void
read_activity (guint version)
{
  g_autofree char *path = sample_path ("activity", version, ".csv");
  g_autoptr (PvActivity) activity = pv_activity_open (path, NULL);
  const GPtrArray *today;

  assert_non_null (activity);
  today = pv_activity_get_today (activity, SAMPLE_AT);
  assert_int_equal (today->len, 1);
  assert_int_equal (((const PvActivityLine *) today->pdata[0])->minutes, 12);
}

static void
read_bundle (guint version)
{
  g_autoptr (GBytes) bytes = read_sample ("bundle", version, ".pvb");
  g_autoptr (PvBundle) bundle = pv_bundle_parse (bytes, NULL);

  assert_non_null (bundle);
  assert_int_equal (bundle->format, version);
  assert_int_equal (bundle->files->len, 1);
}

static void
read_fleet_report (guint version)
{
  g_autofree char *path = sample_path ("fleet-report", version, ".json"), *text = NULL;
  g_autoptr (PvKioskReport) report = NULL;

  assert_true (g_file_get_contents (path, &text, NULL, NULL));
  report = pv_fleet_report_from_json (text, strlen (text), NULL);
  assert_non_null (report);
  assert_string_equal (report->label, "Mairie, hall");
  assert_true (report->since_s[PV_KIOSK_PROBLEM_PORTAL] > 0);
}

/* In the folder of a courier. */
static PvUsage *
open_usage (const char *folder, const char *text)
{
  g_autofree char *path = g_build_filename (folder, "usage", NULL);

  assert_true (g_file_set_contents (path, text, -1, NULL));
  return pv_usage_open (folder, "Europe/Paris", pv_disk_get_default (), NULL);
}

static void
read_usage (guint version)
{
  g_autofree char *path = sample_path ("usage", version, ".txt"), *text = NULL,
                  *folder = g_dir_make_tmp ("pv-formats-XXXXXX", NULL);
  g_autoptr (PvUsage) usage = NULL;

  assert_true (g_file_get_contents (path, &text, NULL, NULL));
  usage = open_usage (folder, text);
  assert_int_equal (pv_usage_get (usage, "2026-11-22", "acte-de-naissance"), 3);
  assert_int_equal (pv_usage_get (usage, "2026-11-23", "rsa"), 4);
  tst_remove_folder (folder);
}

static void
every_version_that_is_read_is_read_from_its_sample (void **state)
{
  static void (*const readers[PV_N_STORED_FORMATS]) (guint version) = {
    [PV_STORED_OUTBOX] = read_outbox,
    [PV_STORED_OUTBOX_STATE] = read_outbox_state,
    [PV_STORED_FOLLOW] = read_follow,
    [PV_STORED_CACHE] = read_cache,
    [PV_STORED_AUDIT] = read_audit,
    [PV_STORED_PAGES] = read_pages,
    [PV_STORED_ADDRESSES] = read_addresses,
    [PV_STORED_RECEIPT_CODE] = read_receipt_code,
    [PV_STORED_CERTIFICATE] = read_certificate,
    [PV_STORED_SEALED_KEY] = read_sealed_key,
    [PV_STORED_BUNDLE] = read_bundle,
    [PV_STORED_ACTIVITY] = read_activity,
    [PV_STORED_FLEET_REPORT] = read_fleet_report,
    [PV_STORED_USAGE] = read_usage,
  };

  (void) state;
  for (PvStoredFormat format = 0; format < PV_N_STORED_FORMATS; format++) {
    const PvStoredFacts *facts = pv_stored_get_facts (format);

    if (readers[format] == NULL)
      fail_msg ("nothing reads %s", facts->name);
    for (guint version = facts->oldest; version <= facts->written; version++) {
      assert_true (pv_stored_is_readable (format, version));
      readers[format](version);
    }
  }
}

static void
the_release_before_reads_what_this_one_writes_on_trial (void **state)
{
  (void) state;
  for (PvStoredFormat format = 0; format < PV_N_STORED_FORMATS; format++) {
    const PvStoredFacts *facts = pv_stored_get_facts (format);

    assert_int_equal (pv_stored_version_to_write (format, TRUE), facts->written);
    assert_int_equal (pv_stored_version_to_write (format, FALSE), facts->written_before);
    /* One step at a time, and never something that this release would not read itself. */
    assert_true (facts->written_before == facts->written || facts->written_before + 1 == facts->written);
    assert_true (facts->oldest >= 1 && facts->oldest <= facts->written_before);
    assert_false (pv_stored_is_readable (format, facts->written + 1));
    assert_false (pv_stored_is_readable (format, facts->oldest - 1));
    assert_true (strlen (facts->file) > 0 && strlen (facts->mark) > 0 && strlen (facts->unknown) > 0);
  }
}

/* Two releases of a made-up format, one after the other: whatever is confirmed or taken back, somebody reads every file. */
static void
nothing_is_lost_when_an_update_is_taken_back (void **state)
{
  static const PvStoredFacts old = { .written = 1, .written_before = 1, .oldest = 1 },
                             new = { .written = 2, .written_before = 1, .oldest = 1 };
  guint on_trial = pv_stored_choose_version (&new, FALSE), confirmed = pv_stored_choose_version (&new, TRUE);

  (void) state;
  assert_int_equal (on_trial, 1);
  assert_true (on_trial >= old.oldest && on_trial <= old.written);
  assert_int_equal (confirmed, 2);
  assert_true (pv_stored_choose_version (&old, TRUE) >= new.oldest);
}

static void
the_table_and_the_code_that_writes_agree (void **state)
{
  (void) state;
  assert_int_equal (pv_stored_get_facts (PV_STORED_OUTBOX)->written, PV_OUTBOX_VERSION);
  assert_int_equal (pv_stored_get_facts (PV_STORED_ADDRESSES)->written, PV_ADDRESS_VERSION);
  assert_int_equal (pv_stored_get_facts (PV_STORED_CERTIFICATE)->written, PV_CERTIFICATE_VERSION);
  assert_int_equal (pv_stored_get_facts (PV_STORED_BUNDLE)->written, PV_BUNDLE_FORMAT);
}

static void
only_the_release_that_was_confirmed_counts_as_such (void **state)
{
  static const struct {
    const char *marker;
    gboolean is_confirmed;
  } rows[] = {
    { NULL, TRUE }, /* nothing tries updates out here */
    { "1.2.0\n", TRUE }, { "1.2.0", TRUE },     { "1.1.0\n", FALSE },
    { "", FALSE },       { "\n", FALSE },       { "1.2.0\n1.1.0\n", FALSE },
    { "1.2.0 ", FALSE }, { "1.2.00\n", FALSE }, { "1.2\n", FALSE },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (pv_stored_is_confirmed (rows[i].marker, "1.2.0") != rows[i].is_confirmed)
      fail_msg ("row %zu", i);
}

static void
the_marker_in_the_state_folder_decides (void **state)
{
  g_autofree char *folder = g_dir_make_tmp ("pv-formats-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, PV_STORED_CONFIRMED_FILE, NULL);
  const struct {
    const char *text;
    gboolean is_confirmed;
  } rows[] = { { "0.0.0-other\n", FALSE }, { pv_release_get_name (), TRUE }, { "", FALSE } };

  (void) state;
  assert_false (pv_release_is_confirmed ());
  pv_release_read_confirmed (folder);
  assert_true (pv_release_is_confirmed ());
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    assert_true (g_file_set_contents (path, rows[i].text, -1, NULL));
    pv_release_read_confirmed (folder);
    assert_int_equal (pv_release_is_confirmed (), rows[i].is_confirmed);
  }
  /* There, and not to be read: on trial, whoever asks. */
  assert_int_equal (g_remove (path), 0);
  assert_int_equal (g_mkdir (path, 0700), 0);
  pv_release_read_confirmed (folder);
  assert_false (pv_release_is_confirmed ());
  tst_remove_folder (folder);
}

static void
usage_of_a_later_release_is_left_as_it_is (void **state)
{
  static const char later[] = "#2\n2026-11-23;rsa;4;60\n";
  g_autofree char *folder = g_dir_make_tmp ("pv-formats-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "usage", NULL), *text = NULL, *day = NULL;
  g_autoptr (PvUsage) usage = open_usage (folder, later);
  g_autoptr (GError) error = NULL;

  (void) state;
  assert_false (pv_usage_count (usage, "rsa", G_GINT64_CONSTANT (1796112000000000), &error));
  assert_true (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED));
  day = pv_usage_find_day (usage, G_GINT64_CONSTANT (1806112000000000));
  assert_null (day);
  assert_true (g_file_get_contents (path, &text, NULL, NULL));
  assert_string_equal (text, later);
  tst_remove_folder (folder);
}

static void
a_later_version_is_refused_by_name_and_left_as_it_is (void **state)
{
  static const char later_pages[] = "#2\n2026-11-23;4;2;color\n";
  g_autofree char *folder = g_dir_make_tmp ("pv-formats-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "pages", NULL), *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) record = read_sample ("follow", 1, ".record"), later = NULL,
                     key_text = read_sample ("sealed-key", 1, ".key");
  g_autoptr (PvOutboxKeys) keys = sample_keys ();
  g_autoptr (PvFollowKey) key = pv_follow_key_new (SAMPLE_REF, keys->public_key);
  g_autofree guchar *sealed = NULL;
  g_autofree char *sealed_text = NULL;
  gsize size;

  (void) state;
  assert_true (g_file_set_contents (path, later_pages, -1, NULL));
  assert_null (pv_page_count_read (path, &error));
  assert_true (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED));
  g_clear_error (&error);
  assert_false (pv_page_count_add (path, "2026-11-24", 1, NULL));
  assert_true (g_file_get_contents (path, &text, NULL, NULL));
  assert_string_equal (text, later_pages);
  tst_remove_folder (folder);

  {
    guint8 *bytes = g_bytes_unref_to_data (g_bytes_ref (record), &size);

    memcpy (bytes, "PVFR\2", 5);
    later = g_bytes_new_take (bytes, size);
  }
  assert_null (pv_follow_open (key, later, &error));
  assert_true (g_error_matches (error, PV_LINK_ERROR, PV_LINK_ERROR_VERSION));
  g_clear_error (&error);

  sealed = g_base64_decode (text_of (key_text), &size);
  sealed[4] = 2;
  sealed_text = g_base64_encode (sealed, size);
  assert_null (pv_sealed_key_open (sealed_text, SAMPLE_SECRET_BYTES, SAMPLE_PASSPHRASE, &error));
  assert_non_null (strstr (error->message, "version 2"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_marker_in_the_state_folder_decides),
    cmocka_unit_test (every_version_that_is_read_is_read_from_its_sample),
    cmocka_unit_test (the_release_before_reads_what_this_one_writes_on_trial),
    cmocka_unit_test (nothing_is_lost_when_an_update_is_taken_back),
    cmocka_unit_test (the_table_and_the_code_that_writes_agree),
    cmocka_unit_test (only_the_release_that_was_confirmed_counts_as_such),
    cmocka_unit_test (usage_of_a_later_release_is_left_as_it_is),
    cmocka_unit_test (a_later_version_is_refused_by_name_and_left_as_it_is),
  };

  tst_init ();
  return cmocka_run_group_tests_name ("formats", tests, NULL, NULL);
}
