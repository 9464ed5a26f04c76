/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Security objects of a fictional State. */

#include "eid/country.h"
#include "eid/sod.h"

#include "state.h"
#include "tst.h"

#define DAY G_GINT64_CONSTANT (86400)

static State *utopia;

static int
set_up (void **state)
{
  (void) state;
  utopia = state_new ((1 << PV_N_ISSUER_KINDS) - 1);
  return 0;
}

static int
tear_down (void **state)
{
  (void) state;
  state_free (utopia);
  return 0;
}

static GBytes *
sign (PvIssuerKind kind, PvIssue issue, gint64 issued)
{
  g_autoptr (GError) error = NULL;
  GBytes *sod = pv_issuer_sign (utopia->issuers[kind], utopia->groups, issue, issued, &error);

  assert_non_null (sod);
  return sod;
}

static void
expect (PvReason found, PvReason expected, const char *what)
{
  if (found != expected)
    fail_msg ("%s: %s, expected %s", what, pv_reason_name (found), pv_reason_name (expected));
}

static void
expect_right (GBytes *sod, const PvSodContext *context, PvReason reason, const char *what)
{
  expect (state_judge (utopia, sod, context), reason, what);
}

static const struct {
  const char *name;
  PvReason reason;
} issues[PV_N_ISSUES] = {
  [PV_ISSUE_RIGHT] = { "right", PV_REASON_NONE },
  [PV_ISSUE_OTHER_ROOT] = { "other root", PV_REASON_WRONG_SIGNER },
  [PV_ISSUE_SELF_SIGNED] = { "self-signed", PV_REASON_WRONG_SIGNER },
  [PV_ISSUE_BAD_SIGNATURE] = { "bad signature", PV_REASON_BAD_SIGNATURE },
  [PV_ISSUE_WRONG_DIGEST] = { "wrong digest", PV_REASON_BAD_SIGNATURE },
  [PV_ISSUE_SIGNER_EXPIRED] = { "signer expired", PV_REASON_SIGNER_NOT_VALID },
  [PV_ISSUE_SIGNER_TOO_EARLY] = { "signer too early", PV_REASON_SIGNER_NOT_VALID },
  [PV_ISSUE_REVOKED] = { "revoked", PV_REASON_REVOKED },
  [PV_ISSUE_OTHER_STATE] = { "other State", PV_REASON_WRONG_STATE },
  [PV_ISSUE_NO_SIGNER] = { "no signer", PV_REASON_BAD_SIGNATURE },
  [PV_ISSUE_WRONG_CONTENT_TYPE] = { "wrong content type", PV_REASON_BAD_SOD },
  [PV_ISSUE_UNSIGNED] = { "unsigned", PV_REASON_BAD_SIGNATURE },
  [PV_ISSUE_WEAK] = { "weak", PV_REASON_WEAK },
  [PV_ISSUE_NOT_A_CA] = { "not a CA", PV_REASON_WRONG_SIGNER },
  [PV_ISSUE_UNKNOWN_CURVE] = { "unknown curve", PV_REASON_UNSUPPORTED },
  [PV_ISSUE_NO_ATTRIBUTES] = { "no attributes", PV_REASON_BAD_SIGNATURE },
};

static void
each_fault_of_each_kind_of_issuer_has_its_reason (void **state)
{
  PvSodContext context = state_get_context (utopia);

  (void) state;
  for (guint kind = 0; kind < PV_N_ISSUER_KINDS; kind++)
    for (guint issue = 0; issue < PV_N_ISSUES; issue++) {
      g_autoptr (GBytes) sod = sign ((PvIssuerKind) kind, (PvIssue) issue, STATE_ISSUED);
      g_autofree char *what = g_strdup_printf ("%s, kind %u", issues[issue].name, kind);

      expect_right (sod, &context, issues[issue].reason, what);
    }
}

/* Its own signing: hash, version of the object, name of the signer. */
static GBytes *
sign_as (PvIssuerKind kind, const char *hash, guint8 version, PvSignedFlags flags)
{
  PvIssuer *issuer = utopia->issuers[kind];
  g_autoptr (GBytes) content = pv_signed_new_lds (utopia->groups, hash, version);
  PvSignedSpec spec = { .type = PV_OID_LDS,
                        .content = content,
                        .signer = issuer->signer.certificate,
                        .signing = pv_issuer_signing (kind, issuer->signer.key),
                        .time = STATE_ISSUED,
                        .flags = flags };
  g_autoptr (GBytes) object = NULL;

  spec.signing.hash = hash;
  object = pv_signed_new (&spec);
  return pv_signed_wrap (object, 0x77);
}

static void
each_hash_both_versions_and_both_names_of_the_signer_are_read (void **state)
{
  static const char *const hashes[] = { "SHA1", "SHA224", "SHA256", "SHA384", "SHA512" };
  PvSodContext context = state_get_context (utopia);

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (hashes); i++)
    for (guint kind = 0; kind < PV_N_ISSUER_KINDS; kind++) {
      g_autoptr (GBytes) old = sign_as ((PvIssuerKind) kind, hashes[i], 0, (PvSignedFlags) 0);
      g_autoptr (GBytes) new = sign_as ((PvIssuerKind) kind, hashes[i], 1, PV_SIGNED_BY_KEY_ID);

      expect_right (old, &context, PV_REASON_NONE, hashes[i]);
      expect_right (new, &context, PV_REASON_NONE, hashes[i]);
    }
}

static void
rsa_without_a_hash_takes_that_of_the_digest (void **state)
{
  g_autoptr (GBytes) sod = sign_as (PV_ISSUER_RSA_SHA256, "SHA384", 0, PV_SIGNED_PLAIN_RSA);
  PvSodContext context = state_get_context (utopia);

  (void) state;
  expect_right (sod, &context, PV_REASON_NONE, "rsaEncryption");
}

static void
a_changed_group_is_told (void **state)
{
  g_autoptr (GBytes) sod = sign (PV_ISSUER_ECDSA_P256, PV_ISSUE_RIGHT, STATE_ISSUED);
  g_autoptr (PvSod) parsed = pv_sod_parse (g_bytes_get_data (sod, NULL), g_bytes_get_size (sod), NULL);
  gsize length;
  const guint8 *file = g_bytes_get_data (utopia->groups->pdata[1], &length);

  (void) state;
  assert_true (pv_sod_has_group (parsed, 1) && pv_sod_has_group (parsed, 2));
  assert_false (pv_sod_has_group (parsed, 3) || pv_sod_has_group (parsed, 0) || pv_sod_has_group (parsed, 17));
  assert_true (pv_sod_check_group (parsed, 1, file, length));
  for (gsize i = 0; i < length; i++) {
    g_autofree guint8 *changed = g_memdup2 (file, length);

    changed[i] ^= 1;
    assert_false (pv_sod_check_group (parsed, 1, changed, length));
  }
  assert_false (pv_sod_check_group (parsed, 1, file, length - 1));
  assert_false (pv_sod_check_group (parsed, 2, file, length));
  assert_false (pv_sod_check_group (parsed, 3, file, length));
  assert_string_equal (pv_sod_get_country (parsed), "UT");
}

static void
what_is_missing_for_the_proof_is_told (void **state)
{
  g_autoptr (GBytes) sod = sign (PV_ISSUER_RSA_PSS, PV_ISSUE_RIGHT, STATE_ISSUED);
  g_autoptr (GBytes) bad = sign (PV_ISSUER_RSA_PSS, PV_ISSUE_BAD_SIGNATURE, STATE_ISSUED);
  g_autoptr (GBytes) weak = sign (PV_ISSUER_RSA_PSS, PV_ISSUE_WEAK, STATE_ISSUED);
  PvSodContext context = state_get_context (utopia);

  (void) state;
  context.trust = NULL;
  expect_right (sod, &context, PV_REASON_NO_ROOTS, "no list");
  expect_right (bad, &context, PV_REASON_BAD_SIGNATURE, "no list, and a bad signature");
  context = state_get_context (utopia);
  context.is_clock_verified = FALSE;
  expect_right (sod, &context, PV_REASON_NO_CLOCK, "no clock");
  expect_right (bad, &context, PV_REASON_BAD_SIGNATURE, "no clock, and a bad signature");
  expect_right (weak, &context, PV_REASON_WEAK, "no clock, and weak");
}

static void
a_state_that_is_not_in_the_list_is_unknown (void **state)
{
  g_autoptr (PvIssuer) stranger = pv_issuer_open (utopia->folder, "FR", PV_ISSUER_ECDSA_P256, NULL);
  g_autoptr (GBytes) sod = pv_issuer_sign (stranger, utopia->groups, PV_ISSUE_RIGHT, STATE_ISSUED, NULL);
  PvSodContext context = state_get_context (utopia);

  (void) state;
  context.issuer = "FRA";
  expect_right (sod, &context, PV_REASON_UNKNOWN_ISSUER, "no root of that State");
  context.issuer = "UTO";
  expect_right (sod, &context, PV_REASON_WRONG_STATE, "signer of another State");
  context.issuer = "QQQ";
  expect_right (sod, &context, PV_REASON_UNKNOWN_ISSUER, "a code of nobody");
  context.issuer = NULL;
  expect_right (sod, &context, PV_REASON_UNKNOWN_ISSUER, "no root, before the zone is read");
}

static void
validity_is_that_of_the_day_of_issue (void **state)
{
  static const struct {
    gint64 issued; /* days from the signing time, as DG12 tells it */
    PvReason reason;
  } rows[] = { { 0, PV_REASON_NONE },
               { -14, PV_REASON_NONE },
               { 14, PV_REASON_NONE },
               { -31, PV_REASON_SIGNER_NOT_VALID },
               { 400, PV_REASON_SIGNER_NOT_VALID } };
  PvIssuer *issuer = utopia->issuers[PV_ISSUER_ECDSA_P256];
  g_autoptr (GBytes) content = pv_signed_new_lds (utopia->groups, "SHA256", 0);
  g_autoptr (X509) signer = pv_issuer_certify (issuer, issuer->signer.key, STATE_ISSUED, STATE_ISSUED + 90 * DAY);
  PvSignedSpec spec = { .type = PV_OID_LDS,
                        .content = content,
                        .signer = signer,
                        .signing = pv_issuer_signing (PV_ISSUER_ECDSA_P256, issuer->signer.key),
                        .time = STATE_ISSUED };
  g_autoptr (GBytes) object = pv_signed_new (&spec), sod = pv_signed_wrap (object, 0x77);
  PvSodContext context = state_get_context (utopia);

  (void) state;
  /* The signer's certificate is long over at STATE_NOW, and that does not matter. */
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    context.issued = STATE_ISSUED + rows[i].issued * DAY;
    expect_right (sod, &context, rows[i].reason, "day of issue");
  }
  context.issued = 0;
  expect_right (sod, &context, PV_REASON_NONE, "signing time");
}

static void
what_is_issued_in_the_future_is_refused_by_a_right_clock_only (void **state)
{
  g_autoptr (GBytes) sod = sign (PV_ISSUER_ECDSA_P256, PV_ISSUE_RIGHT, STATE_NOW + 60 * DAY);
  PvSodContext context = state_get_context (utopia);

  (void) state;
  context.issued = 0;
  expect_right (sod, &context, PV_REASON_SIGNER_NOT_VALID, "signed in the future");
  context.is_clock_verified = FALSE;
  expect_right (sod, &context, PV_REASON_NO_CLOCK, "nobody knows what the future is");
}

static void
without_revocation_lists_nobody_is_revoked (void **state)
{
  g_autofree char *list = state_path (utopia, "masterlist.ml");
  g_autoptr (PvTrust) trust = pv_trust_load (list, NULL, NULL, STATE_NOW, NULL);
  g_autoptr (GBytes) sod = sign (PV_ISSUER_ECDSA_P521, PV_ISSUE_REVOKED, STATE_ISSUED);
  PvSodContext context = state_get_context (utopia);

  (void) state;
  expect_right (sod, &context, PV_REASON_REVOKED, "with lists");
  context.trust = trust;
  expect_right (sod, &context, PV_REASON_NONE, "without");
}

static void
card_security_is_held_to_the_same_rules (void **state)
{
  static const guint8 infos[] = { 0x31, 0x02, 0x30, 0x00 };
  g_autoptr (GBytes) content = g_bytes_new_static (infos, sizeof infos);
  PvSodContext context = state_get_context (utopia);

  (void) state;
  for (guint issue = 0; issue < PV_N_ISSUES; issue++) {
    g_autoptr (GBytes) file = pv_issuer_sign_card_security (utopia->issuers[PV_ISSUER_ECDSA_BRAINPOOL_EXPLICIT],
                                                            content, (PvIssue) issue, STATE_ISSUED, NULL);
    const guint8 *found = NULL;
    gsize length = 0;
    PvReason reason =
      pv_card_security_verify (g_bytes_get_data (file, NULL), g_bytes_get_size (file), &context, &found, &length);

    expect (reason, issues[issue].reason, issues[issue].name);
    if (pv_reason_verdict (reason) == PV_VERDICT_REFUSED)
      assert_null (found);
    else
      assert_true (length == sizeof infos && memcmp (found, infos, length) == 0);
  }
}

static void
a_security_object_is_no_card_security_nor_the_other_way (void **state)
{
  PvIssuer *issuer = utopia->issuers[PV_ISSUER_ECDSA_P256];
  g_autoptr (GBytes) sod = sign (PV_ISSUER_ECDSA_P256, PV_ISSUE_RIGHT, STATE_ISSUED);
  g_autoptr (GBytes) content = pv_signed_new_lds (utopia->groups, "SHA256", 0);
  g_autoptr (GBytes) file = pv_issuer_sign_card_security (issuer, content, PV_ISSUE_RIGHT, STATE_ISSUED, NULL);
  g_autoptr (GBytes) wrapped = pv_signed_wrap (file, 0x77);
  const guint8 *data = g_bytes_get_data (sod, NULL), *found = NULL;
  gsize length = 0;
  PvSodContext context = state_get_context (utopia);

  (void) state;
  expect_right (wrapped, &context, PV_REASON_BAD_SOD, "card security as EF.SOD");
  expect (pv_card_security_verify (data + 4, g_bytes_get_size (sod) - 4, &context, &found, &length), PV_REASON_BAD_SOD,
          "EF.SOD as card security");
}

static void
issuers_have_their_countries (void **state)
{
  static const struct {
    const char *issuer, *country;
  } rows[] = {
    { "FRA", "FR" }, { "D", "DE" },   { "D<<", "DE" },  { "DEU", "DE" }, { "GBR", "GB" },
    { "GBO", "GB" }, { "UNO", "UN" }, { "EUE", "EU" },  { "RKS", "KS" }, { "ABW", "AW" },
    { "ZWE", "ZW" }, { "UTO", "UT" }, { "", NULL },     { "FR", NULL },  { "fra", NULL },
    { "XXB", NULL }, { "XPO", NULL }, { "FRAN", NULL }, { "F<A", NULL }, { "<<<", NULL },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_strcmp0 (pv_country_from_issuer (rows[i].issuer), rows[i].country) != 0)
      fail_msg ("%s", rows[i].issuer);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (each_fault_of_each_kind_of_issuer_has_its_reason),
    cmocka_unit_test (each_hash_both_versions_and_both_names_of_the_signer_are_read),
    cmocka_unit_test (rsa_without_a_hash_takes_that_of_the_digest),
    cmocka_unit_test (a_changed_group_is_told),
    cmocka_unit_test (what_is_missing_for_the_proof_is_told),
    cmocka_unit_test (a_state_that_is_not_in_the_list_is_unknown),
    cmocka_unit_test (validity_is_that_of_the_day_of_issue),
    cmocka_unit_test (what_is_issued_in_the_future_is_refused_by_a_right_clock_only),
    cmocka_unit_test (without_revocation_lists_nobody_is_revoked),
    cmocka_unit_test (card_security_is_held_to_the_same_rules),
    cmocka_unit_test (a_security_object_is_no_card_security_nor_the_other_way),
    cmocka_unit_test (issuers_have_their_countries),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, set_up, tear_down);
}
