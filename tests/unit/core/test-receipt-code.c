/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include <string.h>

#include "core/receipt-code.h"

#define REF "BCDFGHJKLM"

static void
make_signature (guint8 *ret_signature, guint seed)
{
  for (guint i = 0; i < PV_RECEIPT_SIGNATURE_BYTES; i++)
    ret_signature[i] = (guint8) (i * 37 + seed * 101);
}

static PvReceiptFacts *
sample_received (const char *number, const char *form)
{
  g_autoptr (PvOutcome) outcome = pv_outcome_new (PV_OUTCOME_RECEIVED, REF);

  outcome->number = g_strdup (number);
  outcome->received_us = G_GINT64_CONSTANT (1796049125) * G_USEC_PER_SEC + 999999;
  return pv_receipt_facts_of_outcome (outcome, form);
}

static void
a_code_says_what_was_signed_and_nothing_else (void **state)
{
  g_autoptr (PvReceiptFacts) facts = sample_received ("18-2047", "inscription-scolaire");
  guint8 signature[PV_RECEIPT_SIGNATURE_BYTES];
  g_autofree char *code = NULL;

  (void) state;
  memset (signature, 0, sizeof signature);
  code = pv_receipt_code_make (facts, signature);
  assert_true (g_str_has_prefix (code, "PARVIS1/A/" REF "/18-2047/20261130T143205Z/inscription-scolaire/AAAAAAAA"));
}

static void
what_is_read_is_what_was_written (void **state)
{
  static const struct {
    const char *number, *form;
  } rows[] = {
    { "18-2047", "inscription-scolaire" },
    { NULL, "a" },
    { "n° 3/4 é", "voirie_2" },
    { "%41", "x%2F" },
  };

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PvReceiptFacts) facts = sample_received (rows[i].number, rows[i].form), read = NULL;
    guint8 signature[PV_RECEIPT_SIGNATURE_BYTES], read_signature[PV_RECEIPT_SIGNATURE_BYTES];
    g_autofree char *code = NULL, *spaced = NULL;

    make_signature (signature, i);
    code = pv_receipt_code_make (facts, signature);
    spaced = g_strdup_printf ("  %s\r\n", code);
    assert_true (strlen (code) <= PV_RECEIPT_CODE_MAX_BYTES);
    read = pv_receipt_code_parse (spaced, read_signature);
    assert_non_null (read);
    assert_int_equal (read->kind, PV_RECEIPT_FACT_RECEIVED);
    assert_string_equal (read->ref, REF);
    assert_true (g_strcmp0 (read->number, rows[i].number) == 0);
    assert_string_equal (read->form, rows[i].form);
    assert_int_equal (read->when_s, 1796049125);
    assert_memory_equal (read_signature, signature, sizeof signature);
  }
}

static void
each_fact_changes_what_is_signed (void **state)
{
  g_autoptr (PvReceiptFacts) facts = sample_received ("18-2047", "ecole");
  guint8 before[PV_RECEIPT_DIGEST_BYTES], after[PV_RECEIPT_DIGEST_BYTES];

  (void) state;
  for (guint i = 0; i < 5; i++) {
    g_autoptr (PvReceiptFacts) other = sample_received (i == 0 ? "18-2048" : "18-2047", i == 1 ? "ecole2" : "ecole");

    if (i == 2)
      other->when_s++;
    if (i == 3)
      other->kind = PV_RECEIPT_FACT_REGISTERED;
    if (i == 4)
      other->ref[0] = 'Z';
    pv_receipt_facts_to_digest (facts, before);
    pv_receipt_facts_to_digest (other, after);
    assert_memory_not_equal (before, after, sizeof before);
  }
}

static void
only_what_was_received_is_received (void **state)
{
  (void) state;
  for (PvOutcomeKind kind = PV_OUTCOME_PENDING; kind <= PV_OUTCOME_GIVEN_UP; kind++) {
    g_autoptr (PvOutcome) outcome = pv_outcome_new (kind, REF);
    g_autoptr (PvReceiptFacts) facts = pv_receipt_facts_of_outcome (outcome, "ecole");

    assert_true ((facts != NULL) == (kind == PV_OUTCOME_RECEIVED));
  }
  assert_null (pv_receipt_facts_of_storing ("not a reference", 0, "ecole"));
}

/* Letter by letter, every change and every cut is another code or none. */
static void
nothing_else_reads_as_the_same_code (void **state)
{
  g_autoptr (PvReceiptFacts) facts = sample_received ("18-2047", "ecole");
  guint8 signature[PV_RECEIPT_SIGNATURE_BYTES], digest[PV_RECEIPT_DIGEST_BYTES];
  g_autofree char *code = NULL;

  (void) state;
  make_signature (signature, 7);
  code = pv_receipt_code_make (facts, signature);
  pv_receipt_facts_to_digest (facts, digest);
  for (gsize i = 0; i < strlen (code); i++)
    for (const char *letter = "AZ2/%a 0"; *letter != '\0'; letter++) {
      g_autofree char *other = g_strdup (code), *cut = g_strndup (code, i);
      guint8 other_signature[PV_RECEIPT_SIGNATURE_BYTES], other_digest[PV_RECEIPT_DIGEST_BYTES];
      g_autoptr (PvReceiptFacts) read = NULL;

      assert_null (pv_receipt_code_parse (cut, other_signature));
      if (other[i] == *letter)
        continue;
      other[i] = *letter;
      read = pv_receipt_code_parse (other, other_signature);
      if (read == NULL)
        continue;
      pv_receipt_facts_to_digest (read, other_digest);
      assert_true (memcmp (other_digest, digest, sizeof digest) != 0
                   || memcmp (other_signature, signature, sizeof signature) != 0);
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_code_says_what_was_signed_and_nothing_else),
    cmocka_unit_test (what_is_read_is_what_was_written),
    cmocka_unit_test (each_fact_changes_what_is_signed),
    cmocka_unit_test (only_what_was_received_is_received),
    cmocka_unit_test (nothing_else_reads_as_the_same_code),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
