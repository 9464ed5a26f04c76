/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* make-samples FOLDER VERSION: writes a sample of each stored format, named FORMAT-VERSION and an ending, over nothing that is
 * there: a sample of a version is made once, by the release that first writes it, and never again. tests/data/formats/README.md. */

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "assist/audit.h"
#include "assist/certificate.h"
#include "core/catalogue.h"
#include "core/outcome.h"
#include "core/submission.h"
#include "link/follow.h"
#include "link/outbox-store.h"
#include "link/receipt-key.h"
#include "mediator/activity.h"
#include "platform/fleet-report.h"
#include "platform/bundle.h"
#include "platform/sealed-key.h"
#include "print/page-count.h"
#include "samples.h"

static const char *folder, *version;

/* (transfer full): where the sample of that name is to be; NULL: it is there already */
static char *
new_path (const char *name, const char *ending)
{
  g_autofree char *file = g_strconcat (name, "-", version, ending, NULL);
  char *path = g_build_filename (folder, file, NULL);

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return path;
  g_printerr ("%s is there\n", path);
  g_free (path);
  return NULL;
}

static void
write_bytes (const char *name, const char *ending, gconstpointer bytes, gsize size)
{
  g_autofree char *path = new_path (name, ending);

  if (path != NULL && !g_file_set_contents (path, bytes, (gssize) size, NULL))
    exit (EXIT_FAILURE);
}

static void
write_gbytes (const char *name, const char *ending, GBytes *bytes)
{
  write_bytes (name, ending, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static GBytes *
seal_filing (const PvOutboxKeys *keys)
{
  const PvOutboxHeader header = {
    .ref = (char *) SAMPLE_REF,
    .slug = (char *) SAMPLE_SLUG,
    .purpose = PV_OUTBOX_FILE,
    .has_ref_field = TRUE,
    .created_us = SAMPLE_US,
  };
  g_autoptr (PvSubmission) submission = pv_submission_new ();
  PvSubmissionEntry *entry = pv_submission_entry_new ("1", "nom", PV_QUESTION_TEXT);

  submission->slug = g_strdup (SAMPLE_SLUG);
  submission->ref = g_strdup (SAMPLE_REF);
  submission->version = g_strdup ("1");
  submission->created_us = header.created_us;
  entry->value = pv_value_new_text (SAMPLE_ANSWER);
  g_ptr_array_add (submission->entries, entry);
  return pv_outbox_seal (&header, pv_submission_to_variant (submission), keys->public_key, keys->public_key, NULL);
}

/* As the store writes it, after one attempt while the portal was away. */
static void
make_outbox (const PvOutboxKeys *keys)
{
  g_autoptr (GBytes) container = seal_filing (keys), outcome = g_bytes_new_static ("sealed", 6);
  g_autofree char *temporary = g_dir_make_tmp ("pv-samples-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (temporary, SAMPLE_REF ".state", NULL), *text = NULL;
  g_autoptr (PvOutboxStore) store = pv_outbox_store_open (temporary, pv_disk_get_default (), SAMPLE_US, 0, NULL);
  PvOutboxItem *item = NULL;
  PvDelivery delivery;

  pv_outbox_store_set_reserve (store, 0);
  if (!pv_outbox_store_add (store, SAMPLE_REF, container, SAMPLE_US, 0, &item, NULL))
    exit (EXIT_FAILURE);
  delivery = item->delivery;
  pv_delivery_step (&delivery, PV_DELIVERY_START, 0, 0);
  pv_delivery_step (&delivery, PV_DELIVERY_NOT_SENT, 0, 0);
  if (!pv_outbox_store_update (store, item, &delivery, "offline", outcome, SAMPLE_US, NULL)
      || !g_file_get_contents (path, &text, NULL, NULL) || !pv_outbox_store_forget (store, item, NULL))
    exit (EXIT_FAILURE);
  write_gbytes ("outbox", ".filing", container);
  write_bytes ("outbox-state", ".state", text, strlen (text));
  rmdir (temporary);
}

static void
make_follow (const PvOutboxKeys *keys)
{
  g_autoptr (PvOutcome) outcome = pv_outcome_new (PV_OUTCOME_RECEIVED, SAMPLE_REF);
  g_autoptr (PvFollowKey) key = pv_follow_key_new (SAMPLE_REF, keys->public_key);
  g_autoptr (GBytes) record = NULL;

  outcome->number = g_strdup (SAMPLE_NUMBER);
  outcome->received_us = SAMPLE_US;
  record = pv_follow_seal (key, pv_outcome_to_variant (outcome));
  write_gbytes ("follow", ".record", record);
}

static void
make_cache (void)
{
  g_autoptr (PvCatalogue) catalogue = pv_catalogue_new ();
  g_autoptr (GVariant) box = NULL;

  catalogue->fetched_us = SAMPLE_US;
  g_ptr_array_add (catalogue->entries, pv_catalogue_entry_new (SAMPLE_SLUG, "Acte de naissance"));
  box = g_variant_ref_sink (g_variant_new_variant (pv_catalogue_to_variant (catalogue)));
  write_bytes ("cache", ".catalogue", g_variant_get_data (box), g_variant_get_size (box));
}

static void
make_audit (void)
{
  g_autofree char *name = g_strdup_printf ("audit-%s.log", version), *head = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  static const char *const lines[][2] = { { "join", NULL }, { "point", "adresse" }, { "grant-hand", NULL } };
  PvAuditChain chain = { 0 };
  g_autofree char *first = pv_audit_continue (&chain, SAMPLE_AT);

  g_string_append (text, first);
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++) {
    g_autofree char *line = pv_audit_append (&chain, SAMPLE_AT + 1 + i, lines[i][0], lines[i][1]);

    g_string_append (text, line);
  }
  head = pv_audit_write_head (&chain, name);
  write_bytes ("audit", ".log", text->str, text->len);
  write_bytes ("audit", ".head", head, strlen (head));
}

static void
make_papers (void)
{
  g_autofree char *pages = new_path ("pages", ".txt"), *sealed = new_path ("sealed-key", ".key"),
                  *activity_path = new_path ("activity", ".csv");
  g_autoptr (PvActivity) activity = activity_path != NULL ? pv_activity_open (activity_path, NULL) : NULL;
  char *themes[] = { (char *) "papers", NULL };
  const PvActivityLine line = { .began_utc = SAMPLE_AT,
                                .minutes = 12,
                                .kiosk = (char *) SAMPLE_KIOSK,
                                .place = PV_PLACE_REMOTE,
                                .themes = themes,
                                .autonomy = PV_AUTONOMY_PARTLY };
  guint8 secret[SAMPLE_SECRET_BYTES];

  sample_secret (secret);
  if ((pages != NULL
       && (!pv_page_count_add (pages, "2026-11-22", 3, NULL) || !pv_page_count_add (pages, "2026-11-23", 4, NULL)))
      || (sealed != NULL && !pv_sealed_key_write (sealed, secret, sizeof secret, SAMPLE_PASSPHRASE, NULL)))
    exit (EXIT_FAILURE);
  if (activity != NULL)
    pv_activity_add (activity, &line);
}

static void
make_fleet (void)
{
  static const char usage[] = "2026-11-22 acte-de-naissance 3\n2026-11-23 rsa 4\n";
  const PvKioskFacts facts = { .screen = PV_KIOSK_SCREEN_SERVING,
                               .printer = PV_KIOSK_PRINTER_READY,
                               .portal = PV_KIOSK_LINK_AWAY,
                               .can_store = TRUE,
                               .disk_free_mb = 4000,
                               .is_clock_checked = TRUE };
  g_autoptr (PvKioskReport) report = g_new0 (PvKioskReport, 1);
  g_autofree char *text = NULL;

  report->kiosk = g_strdup ("0123456789abcdef");
  report->label = g_strdup ("Mairie, hall");
  report->release = g_strdup ("1.0");
  pv_kiosk_report_note (report, &facts, 1796112000);
  text = pv_fleet_report_to_json (report);
  write_bytes ("fleet-report", ".json", text, strlen (text));
  write_bytes ("usage", ".txt", usage, strlen (usage));
}

static void
make_receipt_code (void)
{
  g_autoptr (PvReceiptSigner) signer =
    pv_receipt_signer_from_text ("0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20");
  g_autofree char *public = pv_receipt_signer_to_public_text (signer), *code = NULL;
  const PvReceiptFacts facts = { .kind = PV_RECEIPT_FACT_RECEIVED,
                                 .ref = (char *) SAMPLE_REF,
                                 .number = (char *) SAMPLE_NUMBER,
                                 .when_s = SAMPLE_AT,
                                 .form = (char *) SAMPLE_SLUG };
  guint8 digest[PV_RECEIPT_DIGEST_BYTES], signature[PV_RECEIPT_SIGNATURE_BYTES];

  pv_receipt_facts_to_digest (&facts, digest);
  pv_receipt_signer_sign (signer, digest, signature);
  code = pv_receipt_code_make (&facts, signature);
  write_bytes ("receipt-code", ".txt", code, strlen (code));
  write_bytes ("receipt-code", ".pub", public, strlen (public));
}

static void
make_bundle (void)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (pv_bundle_file_free);
  g_autoptr (GBytes) text = g_bytes_new_static ("[commune]\nname=Montclair\n", 25), bundle = NULL;

  g_ptr_array_add (files, pv_bundle_file_new ("50-commune.conf", text));
  bundle = pv_bundle_sign (files, "89999", 1, "2027-01-31",
                           "0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20", SAMPLE_AT, NULL);
  write_gbytes ("bundle", ".pvb", bundle);
}

static void
make_certificate (void)
{
  char *communes[] = { (char *) "89999", NULL };
  PvCertificate certificate = { .role = PV_CERTIFICATE_KIOSK,
                                .not_before = SAMPLE_AT,
                                .not_after = SAMPLE_AT + 365 * 24 * 3600,
                                .name = (char *) SAMPLE_KIOSK,
                                .place = (char *) "Mairie de Montclair",
                                .communes = communes };
  guint8 seed[SAMPLE_SECRET_BYTES], secret[PV_CERTIFICATE_SECRET_BYTES];
  g_autoptr (GBytes) bytes = NULL;

  sample_secret (seed);
  crypto_sign_seed_keypair (certificate.key, secret, seed);
  bytes = pv_certificate_sign (&certificate, secret, NULL);
  write_gbytes ("certificate", ".cert", bytes);
}

int
main (int argc, char **argv)
{
  g_autoptr (PvOutboxKeys) keys = NULL;

  if (argc != 3 || !pv_outbox_init (NULL)) {
    g_printerr ("Usage: make-samples FOLDER VERSION\n");
    return EXIT_FAILURE;
  }
  folder = argv[1];
  version = argv[2];
  keys = sample_keys ();
  make_outbox (keys);
  make_follow (keys);
  make_cache ();
  make_audit ();
  make_papers ();
  make_fleet ();
  make_receipt_code ();
  make_certificate ();
  make_bundle ();
  return EXIT_SUCCESS;
}
