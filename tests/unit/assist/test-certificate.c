/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include <sodium.h>
#include <string.h>

#include "assist/certificate.h"

enum { NOW = 1795440720 };

typedef struct {
  guint8 root_secret[PV_CERTIFICATE_SECRET_BYTES], secret[PV_CERTIFICATE_SECRET_BYTES];
  PvCertificateRoot root;
  PvCertificate *certificate;
  GBytes *bytes;
} Fixture;

static PvCertificate *
new_certificate (PvCertificateRole role, const char *communes)
{
  PvCertificate *certificate = g_new0 (PvCertificate, 1);

  certificate->role = role;
  memset (certificate->id, 7, sizeof certificate->id);
  certificate->not_before = NOW - 100;
  certificate->not_after = NOW + 100;
  certificate->name = g_strdup ("Claire M.");
  certificate->place = g_strdup ("Mairie de Montclair");
  certificate->communes = g_strsplit (communes, " ", -1);
  return certificate;
}

static int
set_up (void **state)
{
  Fixture *fixture = g_new0 (Fixture, 1);
  guint8 seed[32] = { 1 };

  crypto_sign_seed_keypair (fixture->root.key, fixture->root_secret, seed);
  fixture->certificate = new_certificate (PV_CERTIFICATE_MEDIATOR, "22050 22060 2A004");
  seed[0] = 2;
  crypto_sign_seed_keypair (fixture->certificate->key, fixture->secret, seed);
  fixture->bytes = pv_certificate_sign (fixture->certificate, fixture->root_secret, NULL);
  *state = fixture;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *fixture = *state;

  pv_certificate_free (fixture->certificate);
  g_bytes_unref (fixture->bytes);
  g_free (fixture);
  return 0;
}

static PvCertificate *
parse (GBytes *bytes)
{
  return pv_certificate_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL);
}

static gboolean
verify (const Fixture *fixture, const char *commune, guint64 now)
{
  g_autoptr (PvCertificate) parsed = parse (fixture->bytes);
  g_autoptr (GError) error = NULL;

  assert_non_null (parsed);
  if (pv_certificate_verify (parsed, &fixture->root, 1, PV_CERTIFICATE_MEDIATOR, commune, now, &error))
    return TRUE;
  assert_true (g_error_matches (error, PV_ASSIST_ERROR, PV_ASSIST_ERROR_UNTRUSTED));
  return FALSE;
}

static void
says_who_and_for_which_communes (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvCertificate) parsed = parse (fixture->bytes);

  assert_non_null (parsed);
  assert_string_equal (parsed->name, "Claire M.");
  assert_string_equal (parsed->place, "Mairie de Montclair");
  assert_int_equal (g_strv_length (parsed->communes), 3);
  assert_true (verify (fixture, "22050", NOW));
  assert_true (verify (fixture, "2A004", NOW));
  assert_false (verify (fixture, "22070", NOW));
}

static void
is_valid_within_its_days_only (void **state)
{
  assert_true (verify (*state, "22050", NOW - 100));
  assert_true (verify (*state, "22050", NOW + 100));
  assert_false (verify (*state, "22050", NOW - 101));
  assert_false (verify (*state, "22050", NOW + 101));
}

static void
another_root_or_role_or_a_root_of_another_commune_is_refused (void **state)
{
  static const char *const elsewhere[] = { "75056", NULL };
  Fixture *fixture = *state;
  PvCertificateRoot other = { { 9 }, NULL };

  assert_false (pv_certificate_verify (fixture->certificate, &other, 1, PV_CERTIFICATE_MEDIATOR, "22050", NOW, NULL));
  assert_false (
    pv_certificate_verify (fixture->certificate, &fixture->root, 1, PV_CERTIFICATE_KIOSK, "22050", NOW, NULL));
  fixture->root.communes = elsewhere;
  assert_false (verify (fixture, "22050", NOW));
}

/* Each byte of it means something, and there is one way to write it. */
static void
every_changed_byte_is_noticed (void **state)
{
  Fixture *fixture = *state;
  gsize size;
  const guint8 *bytes = g_bytes_get_data (fixture->bytes, &size);
  g_autofree guint8 *copy = g_memdup2 (bytes, size);

  for (gsize i = 0; i < size; i++)
    for (guint bit = 0; bit < 8; bit++) {
      PvCertificate *parsed;

      copy[i] ^= (guint8) (1 << bit);
      parsed = pv_certificate_parse (copy, size, NULL);
      assert_false (parsed != NULL
                    && pv_certificate_verify (parsed, &fixture->root, 1, parsed->role, parsed->communes[0], NOW, NULL));
      pv_certificate_free (parsed);
      copy[i] ^= (guint8) (1 << bit);
    }
}

static void
cut_or_longer_bytes_are_refused (void **state)
{
  Fixture *fixture = *state;
  gsize size;
  const guint8 *bytes = g_bytes_get_data (fixture->bytes, &size);
  g_autofree guint8 *longer = g_malloc0 (size + 1);

  memcpy (longer, bytes, size);
  for (gsize cut = 0; cut < size; cut++)
    assert_null (pv_certificate_parse (bytes, cut, NULL));
  assert_null (pv_certificate_parse (longer, size + 1, NULL));
}

static void
members_over_their_limits_are_not_signed (void **state)
{
  static const char *const communes[] = { "", "22050 22050", "22060 22050", "22/50", "22+", "#", "12345678901234567" };
  Fixture *fixture = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (communes); i++) {
    g_autoptr (PvCertificate) bad = new_certificate (PV_CERTIFICATE_MEDIATOR, communes[i]);

    assert_null (pv_certificate_sign (bad, fixture->root_secret, NULL));
  }
  {
    g_autoptr (PvCertificate) kiosk = new_certificate (PV_CERTIFICATE_KIOSK, "22050 22060");

    assert_null (pv_certificate_sign (kiosk, fixture->root_secret, NULL));
  }
}

static void
a_kiosk_lends_its_name_for_twelve_hours_at_most (void **state)
{
  Fixture *fixture = *state;
  PvDelegation delegation = { .not_before = NOW, .not_after = NOW + PV_DELEGATION_MAX_SECONDS }, parsed;
  guint8 bytes[PV_DELEGATION_BYTES];

  memcpy (delegation.kiosk, fixture->certificate->id, sizeof delegation.kiosk);
  pv_delegation_sign (&delegation, fixture->secret, bytes);
  assert_true (pv_delegation_parse (bytes, sizeof bytes, &parsed, NULL));
  assert_true (pv_delegation_verify (&parsed, fixture->certificate, NOW, NULL));
  assert_false (pv_delegation_verify (&parsed, fixture->certificate, NOW - 1, NULL));
  assert_false (pv_delegation_verify (&parsed, fixture->certificate, NOW + PV_DELEGATION_MAX_SECONDS + 1, NULL));
  for (gsize i = 0; i < sizeof bytes; i++) {
    bytes[i] ^= 1;
    assert_false (pv_delegation_parse (bytes, sizeof bytes, &parsed, NULL)
                  && pv_delegation_verify (&parsed, fixture->certificate, NOW, NULL));
    bytes[i] ^= 1;
  }
  delegation.not_after++;
  pv_delegation_sign (&delegation, fixture->secret, bytes);
  assert_false (pv_delegation_verify (&delegation, fixture->certificate, NOW, NULL));
}

#define TEST(function) cmocka_unit_test_setup_teardown (function, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (says_who_and_for_which_communes),
    TEST (is_valid_within_its_days_only),
    TEST (another_root_or_role_or_a_root_of_another_commune_is_refused),
    TEST (every_changed_byte_is_noticed),
    TEST (cut_or_longer_bytes_are_refused),
    TEST (members_over_their_limits_are_not_signed),
    TEST (a_kiosk_lends_its_name_for_twelve_hours_at_most),
  };

  tst_init ();
  g_assert (pv_assist_init ());
  return cmocka_run_group_tests (tests, NULL, NULL);
}
