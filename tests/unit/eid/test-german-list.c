/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The German master list of 28 May 2026, where it is found: a file that the BSI publishes, and that is not ours to hand on.
 * The figures were counted by other tools. OpenSSL's X509_verify() is the second opinion on each signature. */

#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <string.h>

#include "eid/cms.h"
#include "eid/trust.h"

#include "tst.h"

/* 15 November 2026: the 17 expired ones were counted between the 8th and the 28th of that month. */
#define NOW G_GINT64_CONSTANT (1794700800)

#define NAME "csca-masterlist-de-2026-05-28.ml"

static PvTrust *list;
static GPtrArray *certificates; /* (element-type X509) */

static char *
find_list (void)
{
  const char *given = g_getenv ("PV_MASTER_LIST"), *data = g_getenv ("PV_TEST_DATA");
  g_autofree char *beside = data != NULL ? g_build_filename (data, "../../../shared/data", NAME, NULL) : NULL;

  if (given != NULL)
    return g_strdup (given);
  return beside != NULL && g_file_test (beside, G_FILE_TEST_EXISTS) ? g_steal_pointer (&beside) : NULL;
}

/* Read without the code that is tested, as far as may be. */
static void
read_certificates (const char *path)
{
  g_autofree char *data = NULL;
  gsize length;
  PvCms cms;
  PvTlvReader reader;
  PvTlv sequence, version, set, one;

  assert_true (g_file_get_contents (path, &data, &length, NULL));
  assert_true (pv_cms_parse ((const guint8 *) data, length, &cms, NULL));
  reader = pv_tlv_enter (&cms.content);
  assert_true (pv_tlv_expect (&reader, 0x30, &sequence));
  reader = pv_tlv_enter (&sequence);
  assert_true (pv_tlv_expect (&reader, 0x02, &version) && pv_tlv_expect (&reader, 0x31, &set));
  reader = pv_tlv_enter (&set);
  certificates = g_ptr_array_new_with_free_func ((GDestroyNotify) X509_free);
  while (pv_tlv_next (&reader, &one)) {
    const guint8 *at = one.whole;

    g_ptr_array_add (certificates, d2i_X509 (NULL, &at, (long) one.whole_length));
    assert_non_null (certificates->pdata[certificates->len - 1]);
  }
}

static const PvRootNote *
get_note (guint index)
{
  return pv_trust_list_roots (list)->pdata[index];
}

static guint
count (gboolean (*is_one) (const PvRootNote *note, const char *what), const char *what)
{
  guint n = 0;

  for (guint i = 0; i < pv_trust_list_roots (list)->len; i++)
    n += is_one (get_note (i), what) ? 1 : 0;
  return n;
}

static gboolean
has_key (const PvRootNote *note, const char *what)
{
  return g_str_has_prefix (note->key, what);
}

static gboolean
has_signature (const PvRootNote *note, const char *what)
{
  return strcmp (note->signature, what) == 0;
}

static gboolean
is_explicit (const PvRootNote *note, const char *what)
{
  (void) what;
  return note->has_explicit_parameters;
}

static gboolean
is_expired (const PvRootNote *note, const char *what)
{
  (void) what;
  return note->is_expired;
}

static gboolean
has_verdict (const PvRootNote *note, const char *what)
{
  return strcmp (pv_root_verdict_name (note->verdict), what) == 0;
}

static gboolean
is_french_root (const PvRootNote *note, const char *what)
{
  (void) what;
  return strcmp (note->country, "FR") == 0 && note->verdict == PV_ROOT_ACCEPTED;
}

static gboolean
is_french_link (const PvRootNote *note, const char *what)
{
  (void) what;
  return strcmp (note->country, "FR") == 0 && note->verdict == PV_ROOT_LINK;
}

static void
it_has_the_counts_that_others_found (void **state)
{
  static const struct {
    gboolean (*is_one) (const PvRootNote *note, const char *what);
    const char *what;
    guint n;
  } rows[] = {
    { has_key, "", 588 },
    { has_key, "RSA-", 424 },
    { has_key, "EC ", 164 },
    { is_explicit, "explicit parameters", 160 },
    { has_key, "EC brainpoolP256r1", 22 },
    { has_key, "EC brainpoolP384r1", 52 },
    { has_key, "EC brainpoolP512r1", 17 },
    { has_key, "EC P-256", 20 },
    { has_key, "EC P-384", 33 },
    { has_key, "EC P-521", 20 },
    { has_signature, "RSA-SHA256", 268 },
    { has_signature, "RSA-PSS", 125 },
    { has_signature, "RSA-SHA1", 23 },
    { has_signature, "ECDSA-SHA1", 11 },
    { is_expired, "expired on 15 November 2026", 17 },
    { is_french_root, "French roots", 3 },
    { is_french_link, "French links", 2 },
    { has_verdict, "accepted", 375 },
    { has_verdict, "link", 191 },
    { has_verdict, "link-unknown", 12 },
    { has_verdict, "other-state", 2 },
    { has_verdict, "not-a-ca", 8 },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    guint n = count (rows[i].is_one, rows[i].what);

    g_print ("# %3u %s\n", n, *rows[i].what != '\0' ? rows[i].what : "certificates");
    if (n != rows[i].n)
      fail_msg ("%s: %u, expected %u", rows[i].what, n, rows[i].n);
  }
}

static gboolean
is_signed_by (X509 *certificate, X509 *issuer)
{
  EVP_PKEY *key = X509_get0_pubkey (issuer);
  gboolean is_signed = key != NULL && X509_verify (certificate, key) == 1;

  ERR_clear_error ();
  return is_signed;
}

static gboolean
is_self_named (X509 *certificate)
{
  return X509_NAME_cmp (X509_get_subject_name (certificate), X509_get_issuer_name (certificate)) == 0;
}

static void
its_links_and_key_identifiers_are_as_many_as_others_found (void **state)
{
  guint n_links = 0, n_without_authority = 0, n_without_id = 0;

  (void) state;
  assert_int_equal (certificates->len, pv_trust_list_roots (list)->len);
  for (guint i = 0; i < certificates->len; i++) {
    X509 *certificate = certificates->pdata[i];
    gboolean is_self_signed = is_signed_by (certificate, certificate);

    n_links += is_self_named (certificate) && !is_self_signed ? 1 : 0;
    n_without_authority += X509_get_ext_by_NID (certificate, NID_authority_key_identifier, -1) < 0 ? 1 : 0;
    n_without_id += X509_get_ext_by_NID (certificate, NID_subject_key_identifier, -1) < 0 ? 1 : 0;
    assert_int_equal (is_self_signed, get_note (i)->verdict == PV_ROOT_ACCEPTED);
  }
  g_print ("# %u links named as their issuer, %u without AKI, %u without SKI\n", n_links, n_without_authority,
           n_without_id);
  assert_int_equal (n_links, 136);
  assert_int_equal (n_without_authority, 98);
  assert_int_equal (n_without_id, 0);
}

/* Whether a certificate of the same State that we call a root signed this one, as OpenSSL sees it; names may differ:
 * Hungary's did where key identifiers agree. */
static gboolean
has_root (guint index)
{
  for (guint i = 0; i < certificates->len; i++) {
    PvRootVerdict verdict = get_note (i)->verdict;

    if ((verdict == PV_ROOT_ACCEPTED || verdict == PV_ROOT_LINK)
        && strcmp (get_note (i)->country, get_note (index)->country) == 0
        && is_signed_by (certificates->pdata[index], certificates->pdata[i]))
      return TRUE;
  }
  return FALSE;
}

static void
every_chain_that_fits_together_verifies (void **state)
{
  guint n_chains = 0;

  (void) state;
  for (guint i = 0; i < certificates->len; i++) {
    const PvRootNote *note = get_note (i);
    gboolean is_in_chain = has_root (i);

    g_print ("# %3u %-2s %-13s %-30s %-12s%s %s\n", i, note->country, pv_root_verdict_name (note->verdict), note->key,
             note->signature, note->is_expired ? " expired" : "", note->subject);
    if (note->verdict == PV_ROOT_ACCEPTED || note->verdict == PV_ROOT_LINK)
      assert_true (is_in_chain);
    else if (note->verdict == PV_ROOT_LINK_UNKNOWN)
      assert_false (is_in_chain);
    n_chains += is_in_chain ? 1 : 0;
  }
  g_print ("# %u chains verify\n", n_chains);
}

/* What is not used is missed by nobody: each of its keys is that of a root, too. */
static void
no_key_is_lost_with_what_is_not_used (void **state)
{
  (void) state;
  for (guint i = 0; i < certificates->len; i++) {
    gboolean has_twin = FALSE;

    for (guint k = 0; k < certificates->len && !has_twin; k++)
      has_twin =
        (get_note (k)->verdict == PV_ROOT_ACCEPTED || get_note (k)->verdict == PV_ROOT_LINK)
        && EVP_PKEY_eq (X509_get0_pubkey (certificates->pdata[i]), X509_get0_pubkey (certificates->pdata[k])) == 1;
    if (!has_twin)
      fail_msg ("%u: %s", i, get_note (i)->subject);
  }
}

static void
its_signer_leads_to_the_german_root_in_it (void **state)
{
  (void) state;
  assert_non_null (strstr (pv_trust_get_signer (list), "csca-germany"));
  assert_int_equal (pv_trust_get_signing_time (list), G_GINT64_CONSTANT (1779949725));
  g_print ("# signer: %s\n", pv_trust_get_signer (list));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (it_has_the_counts_that_others_found),
    cmocka_unit_test (its_links_and_key_identifiers_are_as_many_as_others_found),
    cmocka_unit_test (every_chain_that_fits_together_verifies),
    cmocka_unit_test (no_key_is_lost_with_what_is_not_used),
    cmocka_unit_test (its_signer_leads_to_the_german_root_in_it),
  };
  g_autofree char *path = find_list ();
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();
  int status;

  tst_init ();
  if (path == NULL) {
    g_print ("1..0 # SKIP no German master list: set PV_MASTER_LIST to its file\n");
    return 0;
  }
  list = pv_trust_load (path, NULL, NULL, NOW, &error);
  if (list == NULL) {
    g_print ("Bail out! %s\n", error->message);
    return 1;
  }
  g_print ("# read and judged in %" G_GINT64_FORMAT " ms\n", (g_get_monotonic_time () - start) / 1000);
  read_certificates (path);
  status = cmocka_run_group_tests (tests, NULL, NULL);
  g_ptr_array_unref (certificates);
  pv_trust_unref (list);
  return status;
}
