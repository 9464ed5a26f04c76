/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include <sodium.h>
#include <string.h>

#include "assist/consent.h"

static guint8 kiosk_key[32], kiosk_secret[64], mediator_key[32], mediator_secret[64];

static PvConsent
new_consent (void)
{
  PvConsent consent = { .session = { 1 },
                        .kiosk = { 2 },
                        .mediator = { 3 },
                        .right = PV_RIGHT_HAND,
                        .is_granted = TRUE,
                        .text = "2026-11",
                        .at = 1795440720 };

  pv_consent_sign (&consent, kiosk_secret);
  return consent;
}

static void
both_sign_and_both_can_be_checked (void **state)
{
  PvConsent consent = new_consent (), read;
  g_autoptr (GBytes) bytes = NULL;

  (void) state;
  assert_true (pv_consent_verify (&consent, kiosk_key, NULL));
  assert_false (pv_consent_verify (&consent, kiosk_key, mediator_key));
  pv_consent_countersign (&consent, mediator_secret);
  bytes = pv_consent_write (&consent);
  assert_true (pv_consent_read (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &read, NULL));
  assert_true (pv_consent_verify (&read, kiosk_key, mediator_key));
  assert_int_equal (read.right, PV_RIGHT_HAND);
  assert_true (read.is_granted);
  assert_string_equal (read.text, "2026-11");
}

static void
to_be_passed_on_is_a_kind_of_its_own (void **state)
{
  PvConsent consent = new_consent (), read;
  g_autoptr (GBytes) bytes = NULL;

  (void) state;
  consent.is_handover = TRUE;
  consent.right = 0;
  pv_consent_sign (&consent, kiosk_secret);
  bytes = pv_consent_write (&consent);
  assert_true (pv_consent_read (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &read, NULL));
  assert_true (read.is_handover && pv_consent_verify (&read, kiosk_key, NULL));
  read.is_handover = FALSE; /* it does not pass for a right */
  assert_false (pv_consent_verify (&read, kiosk_key, NULL));
}

static void
every_changed_bit_is_noticed (void **state)
{
  PvConsent consent = new_consent ();
  g_autoptr (GBytes) bytes = NULL;
  gsize size;
  g_autofree guint8 *copy = NULL;

  (void) state;
  pv_consent_countersign (&consent, mediator_secret);
  bytes = pv_consent_write (&consent);
  copy = g_memdup2 (g_bytes_get_data (bytes, &size), g_bytes_get_size (bytes));
  for (gsize bit = 0; bit < 8 * size; bit++) {
    PvConsent read;

    copy[bit / 8] ^= (guint8) (1 << bit % 8);
    assert_false (pv_consent_read (copy, size, &read, NULL) && pv_consent_verify (&read, kiosk_key, mediator_key));
    copy[bit / 8] ^= (guint8) (1 << bit % 8);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (both_sign_and_both_can_be_checked),
    cmocka_unit_test (to_be_passed_on_is_a_kind_of_its_own),
    cmocka_unit_test (every_changed_bit_is_noticed),
  };
  guint8 seed[32] = { 1 };

  tst_init ();
  g_assert (pv_assist_init ());
  crypto_sign_seed_keypair (kiosk_key, kiosk_secret, seed);
  seed[0] = 2;
  crypto_sign_seed_keypair (mediator_key, mediator_secret, seed);
  return cmocka_run_group_tests (tests, NULL, NULL);
}
