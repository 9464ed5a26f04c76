/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include <string.h>

#include "core/wipe.h"
#include "link/receipt-key.h"

/* RFC 8032, 7.1, test 1: its private and public key. */
#define RFC_SEED   "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"
#define RFC_PUBLIC "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"

static PvReceiptFacts *
sample (gint64 when_s)
{
  return pv_receipt_facts_of_storing ("BCDFGHJKLM", when_s * G_USEC_PER_SEC, "ecole");
}

static void
sign (const PvReceiptSigner *signer, const PvReceiptFacts *facts, guint8 *ret_signature)
{
  guint8 digest[PV_RECEIPT_DIGEST_BYTES];

  pv_receipt_facts_to_digest (facts, digest);
  pv_receipt_signer_sign (signer, digest, ret_signature);
}

static void
the_public_half_is_that_of_the_standard (void **state)
{
  g_autoptr (PvReceiptSigner) signer = pv_receipt_signer_from_text (RFC_SEED "\n");
  g_autofree char *text = pv_receipt_signer_to_public_text (signer);
  g_autoptr (PvSecretStr) again = pv_receipt_signer_to_text (signer);

  (void) state;
  assert_string_equal (text, RFC_PUBLIC);
  assert_string_equal (again, RFC_SEED);
}

static void
what_one_key_signed_no_other_key_and_no_other_fact_fits (void **state)
{
  g_autoptr (PvReceiptSigner) signer = pv_receipt_signer_new (), stranger = pv_receipt_signer_new ();
  g_autofree char *text = pv_receipt_signer_to_public_text (signer);
  g_autofree char *strange = pv_receipt_signer_to_public_text (stranger);
  g_autoptr (PvReceiptFacts) facts = sample (1796049125), later = sample (1796049126);
  guint8 signature[PV_RECEIPT_SIGNATURE_BYTES];
  PvReceiptKey key, other;

  (void) state;
  assert_true (pv_receipt_key_parse (text, &key) && pv_receipt_key_parse (strange, &other));
  sign (signer, facts, signature);
  assert_true (pv_receipt_key_verify (&key, facts, signature));
  assert_false (pv_receipt_key_verify (&other, facts, signature));
  assert_false (pv_receipt_key_verify (&key, later, signature));
  for (guint i = 0; i < sizeof signature; i++) {
    signature[i] ^= 1;
    assert_false (pv_receipt_key_verify (&key, facts, signature));
    signature[i] ^= 1;
  }
}

/* 2026-11-30 14:32:05 UTC */
static void
a_key_is_good_until_its_day_is_over (void **state)
{
  static const struct {
    const char *line;
    gboolean is_good;
  } rows[] = {
    { "", TRUE },
    { "until 2026-11-30", TRUE },
    { "until 2026-11-29", FALSE },
    { "until 2030-01-01\n", TRUE },
  };
  g_autoptr (PvReceiptSigner) signer = pv_receipt_signer_from_text (RFC_SEED);
  g_autoptr (PvReceiptFacts) facts = sample (1796049125);
  guint8 signature[PV_RECEIPT_SIGNATURE_BYTES];

  (void) state;
  sign (signer, facts, signature);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *text = g_strdup_printf (RFC_PUBLIC "\n%s", rows[i].line);
    PvReceiptKey key;

    assert_true (pv_receipt_key_parse (text, &key));
    assert_int_equal (pv_receipt_key_verify (&key, facts, signature), rows[i].is_good);
  }
}

static void
what_is_no_key_is_refused (void **state)
{
  static const char *const texts[] = {
    "",
    "until 2026-11-30",
    "d75a98",
    RFC_PUBLIC "00",
    RFC_PUBLIC "\nuntil tomorrow",
    RFC_PUBLIC "\nuntil 2026-13-01",
    RFC_PUBLIC "\nuntil 2026-12-01\nuntil 2026-12-02",
    "g75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
  };
  g_autofree char *long_text = g_strnfill (PV_RECEIPT_KEY_FILE_MAX_BYTES + 1, 'a');
  PvReceiptKey key;

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    assert_false (pv_receipt_key_parse (texts[i], &key));
    assert_null (pv_receipt_signer_from_text (texts[i]));
  }
  assert_false (pv_receipt_key_parse (long_text, &key));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_public_half_is_that_of_the_standard),
    cmocka_unit_test (what_one_key_signed_no_other_key_and_no_other_fact_fits),
    cmocka_unit_test (a_key_is_good_until_its_day_is_over),
    cmocka_unit_test (what_is_no_key_is_refused),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
