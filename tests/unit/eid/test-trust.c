/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Master lists of fictional States: who may sign them, and what becomes of each certificate in them. */

#include "demo/card/der.h"
#include "eid/trust.h"

#include "state.h"
#include "tst.h"

#define DAY G_GINT64_CONSTANT (86400)

static State *utopia;

static int
set_up (void **state)
{
  (void) state;
  utopia = state_new (1 << PV_ISSUER_RSA_PSS | 1 << PV_ISSUER_ECDSA_BRAINPOOL_EXPLICIT);
  return 0;
}

static int
tear_down (void **state)
{
  (void) state;
  state_free (utopia);
  return 0;
}

static PvIssuer *
get_issuer (void)
{
  return utopia->issuers[PV_ISSUER_ECDSA_P256];
}

/* CscaMasterList of these DER objects. @version: 0 is right. */
static GBytes *
make_list (GPtrArray *certificates, guint8 version)
{
  GByteArray *out = g_byte_array_new ();
  guint set;

  pv_der_add_number (out, version);
  set = out->len;
  for (guint i = 0; i < certificates->len; i++)
    pv_der_add_raw (out, g_bytes_get_data (certificates->pdata[i], NULL), g_bytes_get_size (certificates->pdata[i]));
  pv_der_wrap (out, 0x31, set);
  pv_der_wrap (out, 0x30, 0);
  return g_byte_array_free_to_bytes (out);
}

static GPtrArray *
new_certificates (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
}

static void
add (GPtrArray *certificates, X509 *certificate)
{
  g_ptr_array_add (certificates, pv_certificate_to_der (certificate));
}

typedef struct Signer {
  PvIssuer *by;
  const char *purpose; /* NULL: none */
  PvSignedFlags flags;
  const char *type;
  gint64 time;
} Signer;

static GBytes *
sign_list (GBytes *content, const Signer *signer)
{
  g_autoptr (EVP_PKEY) key = pv_key_new_ec ("P-256", FALSE);
  PvCertificateSpec spec = { .country = signer->by->country,
                             .name = "Master List Signer",
                             .key = key,
                             .issuer = signer->by->root.certificate,
                             .signing = pv_issuer_signing (signer->by->kind, signer->by->root.key),
                             .not_before = STATE_NOW - 30 * DAY,
                             .not_after = STATE_NOW + 30 * DAY,
                             .purpose = signer->purpose };
  g_autoptr (X509) certificate = pv_certificate_new (&spec);
  PvSignedSpec object = { .type = signer->type != NULL ? signer->type : PV_OID_MASTER_LIST,
                          .content = content,
                          .signer = certificate,
                          .signing = { .key = key, .hash = "SHA256" },
                          .time = signer->time,
                          .flags = signer->flags };

  return pv_signed_new (&object);
}

/* Both roots of the State that signs, and what is given. */
static PvTrust *
load_with (GPtrArray *more, GError **error)
{
  g_autoptr (GPtrArray) certificates = new_certificates ();
  Signer signer = { .by = get_issuer (), .purpose = PV_OID_LIST_SIGNER, .time = STATE_NOW };
  g_autoptr (GBytes) content = NULL, list = NULL;

  add (certificates, get_issuer ()->root.certificate);
  for (guint i = 0; i < more->len; i++)
    g_ptr_array_add (certificates, g_bytes_ref (more->pdata[i]));
  content = make_list (certificates, 0);
  list = sign_list (content, &signer);
  return pv_trust_load_bytes (list, NULL, STATE_NOW, error);
}

static const PvRootNote *
get_note (const PvTrust *trust, guint index)
{
  return pv_trust_list_roots (trust)->pdata[index];
}

static void
expect_verdict (GPtrArray *more, guint index, PvRootVerdict verdict, const char *what)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PvTrust) trust = load_with (more, &error);

  if (trust == NULL)
    fail_msg ("%s: %s", what, error->message);
  if (get_note (trust, index)->verdict != verdict)
    fail_msg ("%s: %s, expected %s", what, pv_root_verdict_name (get_note (trust, index)->verdict),
              pv_root_verdict_name (verdict));
}

static void
the_list_of_the_demo_is_read_whole (void **state)
{
  const GPtrArray *notes = pv_trust_list_roots (utopia->trust);
  guint n_roots = 0, n_links = 0;

  (void) state;
  for (guint i = 0; i < notes->len; i++) {
    const PvRootNote *note = notes->pdata[i];

    n_roots += note->verdict == PV_ROOT_ACCEPTED ? 1 : 0;
    n_links += note->verdict == PV_ROOT_LINK ? 1 : 0;
    assert_true (note->not_before < note->not_after && !note->is_expired);
    assert_int_equal (strlen (note->fingerprint), 64);
    assert_non_null (strstr (note->subject, "CSCA"));
  }
  assert_int_equal (notes->len, 12);
  assert_int_equal (n_roots, 8);
  assert_int_equal (n_links, 4);
  assert_int_equal (pv_trust_count_crls (utopia->trust), 4);
  assert_null (pv_trust_list_refused_crls (utopia->trust)[0]);
  assert_non_null (strstr (pv_trust_get_signer (utopia->trust), "C = QX"));
  assert_true (pv_trust_get_signing_time (utopia->trust) != 0);
}

static void
keys_and_signatures_have_their_names (void **state)
{
  static const struct {
    PvIssuerKind kind;
    const char *key, *signature;
    gboolean is_explicit;
  } rows[] = { { PV_ISSUER_RSA_PSS, "RSA-2048", "RSA-PSS", FALSE },
               { PV_ISSUER_ECDSA_P256, "EC P-256", "ECDSA-SHA256", FALSE },
               { PV_ISSUER_ECDSA_BRAINPOOL_EXPLICIT, "EC brainpoolP256r1 (explicit)", "ECDSA-SHA256", TRUE } };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GPtrArray) more = new_certificates ();
    g_autoptr (PvTrust) trust = NULL;

    add (more, utopia->issuers[rows[i].kind]->old_root.certificate);
    trust = load_with (more, NULL);
    assert_string_equal (get_note (trust, 1)->key, rows[i].key);
    assert_string_equal (get_note (trust, 1)->signature, rows[i].signature);
    assert_int_equal (get_note (trust, 1)->has_explicit_parameters, rows[i].is_explicit);
    assert_string_equal (get_note (trust, 1)->country, "UT");
  }
}

static void
a_link_leads_to_its_root_or_is_unknown (void **state)
{
  g_autoptr (GPtrArray) more = new_certificates ();

  (void) state;
  add (more, get_issuer ()->link.certificate);
  expect_verdict (more, 1, PV_ROOT_LINK_UNKNOWN, "link without its root");
  add (more, get_issuer ()->old_root.certificate);
  expect_verdict (more, 1, PV_ROOT_LINK, "link before its root");
}

/* The certificate that the old root would make of @key. */
static X509 *
certify (PvHolder *by, const char *country, EVP_PKEY *key, PvCertificateFlags flags)
{
  PvCertificateSpec spec = { .country = country,
                             .name = "CSCA",
                             .key = key,
                             .issuer = by->certificate,
                             .signing = { .key = by->key, .hash = "SHA256" },
                             .not_before = PV_ROOT_FROM,
                             .not_after = PV_ROOT_TO,
                             .flags = flags };

  return pv_certificate_new (&spec);
}

static void
a_link_over_a_link_leads_to_a_root (void **state)
{
  g_autoptr (EVP_PKEY) middle_key = pv_key_new_ec ("P-384", FALSE), last_key = pv_key_new_ec ("P-521", FALSE);
  g_autoptr (X509) middle = certify (&get_issuer ()->root, "UT", middle_key, PV_CERTIFICATE_CA), last = NULL;
  PvHolder holder = { .key = middle_key, .certificate = middle };
  g_autoptr (GPtrArray) more = new_certificates ();

  (void) state;
  last = certify (&holder, "UT", last_key, PV_CERTIFICATE_CA);
  add (more, last);
  expect_verdict (more, 1, PV_ROOT_LINK_UNKNOWN, "without the one between");
  add (more, middle);
  expect_verdict (more, 1, PV_ROOT_LINK, "the last");
  expect_verdict (more, 2, PV_ROOT_LINK, "the one between");
}

/* Two certificates that vouch for each other lead nowhere. */
static void
a_circle_of_links_is_no_root (void **state)
{
  g_autoptr (EVP_PKEY) one = pv_key_new_ec ("P-256", FALSE), two = pv_key_new_ec ("P-256", FALSE);
  PvCertificateSpec spec = { .country = "UT",
                             .name = "A",
                             .key = one,
                             .signing = { .key = one, .hash = "SHA256" },
                             .not_before = PV_ROOT_FROM,
                             .not_after = PV_ROOT_TO,
                             .flags = PV_CERTIFICATE_CA };
  g_autoptr (X509) seed = pv_certificate_new (&spec), b = NULL, a = NULL;
  g_autoptr (GPtrArray) more = new_certificates ();

  (void) state;
  spec = (PvCertificateSpec){ .country = "UT",
                              .name = "B",
                              .key = two,
                              .issuer = seed,
                              .signing = { .key = one, .hash = "SHA256" },
                              .not_before = PV_ROOT_FROM,
                              .not_after = PV_ROOT_TO,
                              .flags = PV_CERTIFICATE_CA };
  b = pv_certificate_new (&spec);
  spec.name = "A";
  spec.key = one;
  spec.issuer = b;
  spec.signing.key = two;
  a = pv_certificate_new (&spec);
  add (more, a);
  add (more, b);
  expect_verdict (more, 1, PV_ROOT_BAD_SIGNATURE, "A by B");
  expect_verdict (more, 2, PV_ROOT_BAD_SIGNATURE, "B by A");
}

static void
what_is_no_root_is_told_apart (void **state)
{
  PvIssuer *issuer = get_issuer ();
  g_autoptr (EVP_PKEY) key = pv_key_new_ec ("P-256", FALSE), made_up = pv_key_new_made_up_curve (NULL);
  g_autoptr (EVP_PKEY) edwards = EVP_PKEY_Q_keygen (NULL, NULL, "ED25519");
  g_autoptr (X509) not_ca = certify (&issuer->root, "UT", key, (PvCertificateFlags) 0);
  g_autoptr (X509) nowhere = certify (&issuer->root, NULL, key, PV_CERTIFICATE_CA);
  g_autoptr (X509) curve = certify (&issuer->root, "UT", made_up, PV_CERTIFICATE_CA);
  g_autoptr (X509) unknown = certify (&issuer->root, "UT", edwards, PV_CERTIFICATE_CA);
  g_autoptr (X509) foreign = certify (&utopia->other->root, "UT", key, PV_CERTIFICATE_CA);
  g_autoptr (GBytes) der = pv_certificate_to_der (issuer->old_root.certificate);
  g_autofree guint8 *damaged = g_memdup2 (g_bytes_get_data (der, NULL), g_bytes_get_size (der));
  g_autoptr (GPtrArray) more = new_certificates ();

  (void) state;
  damaged[g_bytes_get_size (der) - 1] ^= 1;
  add (more, issuer->root.certificate);
  add (more, not_ca);
  add (more, nowhere);
  add (more, curve);
  add (more, unknown);
  add (more, foreign);
  add (more, utopia->other->root.certificate);
  g_ptr_array_add (more, g_bytes_new (damaged, g_bytes_get_size (der)));
  g_ptr_array_add (more, g_bytes_new_static ("\x30\x03\x02\x01\x00", 5));
  g_ptr_array_add (more, g_bytes_new_static ("\x04\x00", 2));
  expect_verdict (more, 1, PV_ROOT_DUPLICATE, "twice");
  expect_verdict (more, 2, PV_ROOT_NOT_A_CA, "not a CA");
  expect_verdict (more, 3, PV_ROOT_BAD_FORM, "no country");
  expect_verdict (more, 4, PV_ROOT_UNKNOWN_CURVE, "made-up curve");
  expect_verdict (more, 5, PV_ROOT_UNSUPPORTED, "Ed25519");
  expect_verdict (more, 6, PV_ROOT_OTHER_STATE, "certified by another State");
  expect_verdict (more, 7, PV_ROOT_ACCEPTED, "another State's own");
  expect_verdict (more, 8, PV_ROOT_BAD_SIGNATURE, "one bit");
  expect_verdict (more, 9, PV_ROOT_BAD_FORM, "no certificate");
  expect_verdict (more, 10, PV_ROOT_BAD_FORM, "no sequence");
}

static void
an_expired_root_is_kept_and_marked_and_small_letters_are_read (void **state)
{
  g_autoptr (EVP_PKEY) key = pv_key_new_ec ("P-256", FALSE);
  PvCertificateSpec spec = { .country = "ut",
                             .name = "Old",
                             .key = key,
                             .signing = { .key = key, .hash = "SHA1" },
                             .not_before = PV_ROOT_FROM,
                             .not_after = STATE_NOW - 1,
                             .flags = PV_CERTIFICATE_CA | PV_CERTIFICATE_NO_KEY_IDS };
  g_autoptr (X509) expired = pv_certificate_new (&spec);
  g_autoptr (GPtrArray) more = new_certificates ();
  g_autoptr (PvTrust) trust = NULL;

  (void) state;
  add (more, expired);
  trust = load_with (more, NULL);
  assert_int_equal (get_note (trust, 1)->verdict, PV_ROOT_ACCEPTED);
  assert_true (get_note (trust, 1)->is_expired);
  assert_false (get_note (trust, 0)->is_expired);
  assert_string_equal (get_note (trust, 1)->country, "UT");
}

/* Its documents hold, too: the name alone leads to the root, over the key that fits. */
static void
a_signer_without_key_identifiers_is_found_by_name (void **state)
{
  g_autoptr (EVP_PKEY) key = pv_key_new_ec ("P-256", FALSE);
  PvIssuer *issuer = get_issuer ();
  PvCertificateSpec spec = { .country = "UT",
                             .name = "Document Signer",
                             .key = key,
                             .issuer = issuer->root.certificate,
                             .signing = pv_issuer_signing (issuer->kind, issuer->root.key),
                             .not_before = PV_ROOT_FROM,
                             .not_after = PV_ROOT_TO,
                             .flags = PV_CERTIFICATE_NO_KEY_IDS | PV_CERTIFICATE_NO_USAGE };
  g_autoptr (X509) signer = pv_certificate_new (&spec);
  g_autoptr (GBytes) content = pv_signed_new_lds (utopia->groups, "SHA256", 0);
  PvSignedSpec object = {
    .type = PV_OID_LDS, .content = content, .signer = signer, .signing = { .key = key, .hash = "SHA256" }
  };
  g_autoptr (GBytes) plain = pv_signed_new (&object), sod = pv_signed_wrap (plain, 0x77);
  PvSodContext context = state_get_context (utopia);

  (void) state;
  assert_int_equal (state_judge (utopia, sod, &context), PV_REASON_NONE);
}

/* The list has the new key in the link alone: documents of the new key hold by it. */
static void
a_document_holds_over_a_link_alone (void **state)
{
  g_autoptr (GPtrArray) certificates = new_certificates ();
  Signer signer = { .by = utopia->other, .purpose = PV_OID_LIST_SIGNER, .time = STATE_NOW };
  g_autoptr (GBytes) content = NULL, list = NULL, sod = NULL;
  g_autoptr (PvTrust) trust = NULL;
  PvSodContext context = state_get_context (utopia);

  (void) state;
  add (certificates, utopia->other->root.certificate);
  add (certificates, get_issuer ()->old_root.certificate);
  add (certificates, get_issuer ()->link.certificate);
  content = make_list (certificates, 0);
  list = sign_list (content, &signer);
  trust = pv_trust_load_bytes (list, NULL, STATE_NOW, NULL);
  context.trust = trust;
  sod = pv_issuer_sign (get_issuer (), utopia->groups, PV_ISSUE_RIGHT, STATE_ISSUED, NULL);
  assert_int_equal (state_judge (utopia, sod, &context), PV_REASON_NONE);
}

/* Self-signed with @key. */
static void
expect_key (EVP_PKEY *key, const char *hash, gboolean is_pss, const char *name, const char *signature)
{
  PvCertificateSpec spec = { .country = "UT",
                             .name = "Key",
                             .key = key,
                             .signing = { .key = key, .hash = hash, .is_pss = is_pss },
                             .not_before = PV_ROOT_FROM,
                             .not_after = PV_ROOT_TO,
                             .flags = PV_CERTIFICATE_CA };
  g_autoptr (X509) root = pv_certificate_new (&spec);
  g_autoptr (GPtrArray) more = new_certificates ();
  g_autoptr (PvTrust) trust = NULL;

  add (more, root);
  trust = load_with (more, NULL);
  if (get_note (trust, 1)->verdict != PV_ROOT_ACCEPTED || strcmp (get_note (trust, 1)->key, name) != 0
      || strcmp (get_note (trust, 1)->signature, signature) != 0)
    fail_msg ("%s: %s, %s, %s", name, pv_root_verdict_name (get_note (trust, 1)->verdict), get_note (trust, 1)->key,
              get_note (trust, 1)->signature);
}

static void
each_curve_is_known_by_name_and_written_out (void **state)
{
  static const char *const curves[] = { "P-192",           "P-224",           "P-256",           "P-384",
                                        "P-521",           "brainpoolP192r1", "brainpoolP224r1", "brainpoolP256r1",
                                        "brainpoolP320r1", "brainpoolP384r1", "brainpoolP512r1" };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (curves); i++) {
    g_autoptr (EVP_PKEY) named = pv_key_new_ec (curves[i], FALSE), explicit = pv_key_new_ec (curves[i], TRUE);
    g_autofree char *name = g_strdup_printf ("EC %s", curves[i]),
                    *explicit_name = g_strdup_printf ("EC %s (explicit)", curves[i]);

    expect_key (named, "SHA384", FALSE, name, "ECDSA-SHA384");
    expect_key (explicit, "SHA224", FALSE, explicit_name, "ECDSA-SHA224");
  }
}

/* Two kinds of key sign with RSA-PSS: those for RSA, and those for that alone. */
static void
each_kind_of_rsa_is_known (void **state)
{
  g_autoptr (EVP_PKEY) plain = pv_key_new_rsa (1024), only_pss = NULL;
  EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name (NULL, "RSA-PSS", NULL);

  (void) state;
  assert_int_equal (EVP_PKEY_keygen_init (context), 1);
  assert_int_equal (EVP_PKEY_generate (context, &only_pss), 1);
  EVP_PKEY_CTX_free (context);
  expect_key (plain, "SHA1", FALSE, "RSA-1024", "RSA-SHA1");
  expect_key (plain, "SHA224", FALSE, "RSA-1024", "RSA-SHA224");
  expect_key (plain, "SHA1", TRUE, "RSA-1024", "RSA-PSS");
  expect_key (plain, "SHA384", TRUE, "RSA-1024", "RSA-PSS");
  expect_key (only_pss, "SHA256", TRUE, "RSA-2048", "RSA-PSS");
}

/* A root that ended before a signer was made did not make it: its key may have got lost since. */
static void
a_root_makes_no_signer_after_its_time (void **state)
{
  static const struct {
    gint64 end; /* of the root, from the signer's first day */
    PvReason reason;
  } rows[] = { { 30 * DAY, PV_REASON_NONE }, { -30 * DAY, PV_REASON_SIGNER_NOT_VALID } };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (EVP_PKEY) root_key = pv_key_new_ec ("P-256", FALSE), key = pv_key_new_ec ("P-256", FALSE);
    PvCertificateSpec spec = { .country = "UT",
                               .name = "Short",
                               .key = root_key,
                               .signing = { .key = root_key, .hash = "SHA256" },
                               .not_before = PV_ROOT_FROM,
                               .not_after = STATE_ISSUED + rows[i].end,
                               .flags = PV_CERTIFICATE_CA };
    g_autoptr (X509) root = pv_certificate_new (&spec), signer = NULL;
    g_autoptr (GPtrArray) more = new_certificates ();
    g_autoptr (GBytes) content = pv_signed_new_lds (utopia->groups, "SHA256", 0), plain = NULL, sod = NULL;
    PvSignedSpec object = { .type = PV_OID_LDS, .content = content, .signing = { .key = key, .hash = "SHA256" } };
    g_autoptr (PvTrust) trust = NULL;
    PvSodContext context = state_get_context (utopia);

    spec = (PvCertificateSpec){ .country = "UT",
                                .name = "Document Signer",
                                .key = key,
                                .issuer = root,
                                .signing = { .key = root_key, .hash = "SHA256" },
                                .not_before = STATE_ISSUED,
                                .not_after = PV_ROOT_TO };
    signer = pv_certificate_new (&spec);
    object.signer = signer;
    plain = pv_signed_new (&object);
    sod = pv_signed_wrap (plain, 0x77);
    add (more, root);
    trust = load_with (more, NULL);
    context.trust = trust;
    assert_int_equal (state_judge (utopia, sod, &context), rows[i].reason);
  }
}

static void
expect_refused (GBytes *list, const char *roots, PvTrustError code, const char *what)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PvTrust) trust = pv_trust_load_bytes (list, roots, STATE_NOW, &error);

  if (trust != NULL || !g_error_matches (error, PV_TRUST_ERROR, (gint) code))
    fail_msg ("%s: %s", what, error != NULL ? error->message : "accepted");
}

static void
only_who_signs_lists_may_sign_one (void **state)
{
  static const struct {
    const char *what;
    const char *purpose;
    guint flags;
    const char *type;
    gint64 time;
    guint8 version;
    PvTrustError code;
  } rows[] = {
    { "a signer of documents", NULL, 0, NULL, STATE_NOW, 0, PV_TRUST_ERROR_BAD_SIGNATURE },
    { "a signer of deviation lists", "2.23.136.1.1.8", 0, NULL, STATE_NOW, 0, PV_TRUST_ERROR_BAD_SIGNATURE },
    { "a signer after its time", PV_OID_LIST_SIGNER, 0, NULL, STATE_NOW + 60 * DAY, 0, PV_TRUST_ERROR_BAD_SIGNATURE },
    { "a bad signature", PV_OID_LIST_SIGNER, PV_SIGNED_BAD_SIGNATURE, NULL, STATE_NOW, 0,
      PV_TRUST_ERROR_BAD_SIGNATURE },
    { "nobody", PV_OID_LIST_SIGNER, PV_SIGNED_NO_SIGNER_INFO, NULL, STATE_NOW, 0, PV_TRUST_ERROR_BAD_SIGNATURE },
    { "no attributes", PV_OID_LIST_SIGNER, PV_SIGNED_NO_ATTRIBUTES, NULL, STATE_NOW, 0, PV_TRUST_ERROR_BAD_SIGNATURE },
    { "two", PV_OID_LIST_SIGNER, PV_SIGNED_TWO_SIGNER_INFOS, NULL, STATE_NOW, 0, PV_TRUST_ERROR_BAD_SIGNATURE },
    { "another type", PV_OID_LIST_SIGNER, 0, PV_OID_LDS, STATE_NOW, 0, PV_TRUST_ERROR_BAD_DATA },
    { "another version", PV_OID_LIST_SIGNER, 0, NULL, STATE_NOW, 1, PV_TRUST_ERROR_BAD_DATA },
    { "bytes behind", PV_OID_LIST_SIGNER, PV_SIGNED_TRAILING, NULL, STATE_NOW, 0, PV_TRUST_ERROR_BAD_DATA },
  };
  g_autoptr (GPtrArray) certificates = new_certificates ();

  (void) state;
  add (certificates, get_issuer ()->root.certificate);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    Signer signer = { .by = get_issuer (),
                      .purpose = rows[i].purpose,
                      .flags = (PvSignedFlags) rows[i].flags,
                      .type = rows[i].type,
                      .time = rows[i].time };
    g_autoptr (GBytes) content = make_list (certificates, rows[i].version), list = sign_list (content, &signer);

    expect_refused (list, NULL, rows[i].code, rows[i].what);
  }
}

static void
its_signer_leads_to_a_root_that_is_named_or_in_the_list (void **state)
{
  g_autoptr (GPtrArray) certificates = new_certificates (), none = new_certificates ();
  Signer signer = { .by = utopia->other, .purpose = PV_OID_LIST_SIGNER, .time = STATE_NOW };
  g_autoptr (GBytes) content = NULL, list = NULL, empty = NULL, empty_list = NULL;
  g_autofree char *right = state_path (utopia, "masterlist-signer.pem"), *wrong = state_path (utopia, "wrong.pem");
  g_autoptr (PvTrust) trust = NULL;
  g_autoptr (GError) error = NULL;

  (void) state;
  add (certificates, get_issuer ()->root.certificate);
  content = make_list (certificates, 0);
  list = sign_list (content, &signer);
  expect_refused (list, NULL, PV_TRUST_ERROR_BAD_SIGNATURE, "signed by a State that is not in it");
  trust = pv_trust_load_bytes (list, right, STATE_NOW, &error);
  assert_null (error);
  assert_non_null (strstr (pv_trust_get_signer (trust), "C = QX"));
  signer.by = get_issuer ();
  g_clear_pointer (&list, g_bytes_unref);
  list = sign_list (content, &signer);
  expect_refused (list, right, PV_TRUST_ERROR_BAD_SIGNATURE, "signed by another than the named one");
  assert_true (g_file_set_contents (wrong, "no certificate", -1, NULL));
  expect_refused (list, wrong, PV_TRUST_ERROR_BAD_DATA, "nobody named");
  g_remove (wrong);
  expect_refused (list, wrong, PV_TRUST_ERROR_UNREADABLE, "no such file");
  empty = make_list (none, 0);
  empty_list = sign_list (empty, &signer);
  expect_refused (empty_list, NULL, PV_TRUST_ERROR_BAD_DATA, "empty list");
}

static void
limits_hold (void **state)
{
  g_autoptr (GPtrArray) many = new_certificates ();
  g_autoptr (GBytes) big = g_bytes_new_take (g_malloc0 (PV_TRUST_MAX_LIST_BYTES + 1), PV_TRUST_MAX_LIST_BYTES + 1);
  g_autoptr (GError) error = NULL;

  (void) state;
  expect_refused (big, NULL, PV_TRUST_ERROR_BAD_DATA, "too long");
  for (guint i = 0; i < PV_TRUST_MAX_CERTIFICATES - 1; i++)
    g_ptr_array_add (many, g_bytes_new_static ("\x30\x00", 2));
  expect_verdict (many, PV_TRUST_MAX_CERTIFICATES - 1, PV_ROOT_BAD_FORM, "as many as may be");
  g_ptr_array_add (many, g_bytes_new_static ("\x30\x00", 2));
  assert_null (load_with (many, &error));
  assert_true (g_error_matches (error, PV_TRUST_ERROR, PV_TRUST_ERROR_BAD_DATA));
}

static void
write_crl (const char *name, PvHolder *by, gboolean is_pem)
{
  PvSigning signing = pv_issuer_signing (PV_ISSUER_ECDSA_P256, by->key);
  g_autoptr (GPtrArray) revoked = g_ptr_array_new ();
  g_autoptr (GBytes) crl = NULL;
  g_autofree char *path = state_path (utopia, name), *base64 = NULL, *pem = NULL;

  g_ptr_array_add (revoked, get_issuer ()->signer.certificate);
  crl = pv_certificate_make_crl (by->certificate, &signing, revoked, STATE_NOW);
  base64 = g_base64_encode (g_bytes_get_data (crl, NULL), g_bytes_get_size (crl));
  for (gsize i = 0; is_pem && i < strlen (base64); i += 64) {
    g_autofree char *before = g_steal_pointer (&pem);

    pem = g_strdup_printf ("%s%.64s\n", before != NULL ? before : "-----BEGIN X509 CRL-----\n", base64 + i);
  }
  if (is_pem) {
    g_autofree char *whole = g_strconcat (pem, "-----END X509 CRL-----\n", NULL);

    assert_true (g_file_set_contents (path, whole, -1, NULL));
  } else {
    assert_true (g_file_set_contents (path, g_bytes_get_data (crl, NULL), (gssize) g_bytes_get_size (crl), NULL));
  }
}

static void
revocation_lists_count_if_a_root_signed_them (void **state)
{
  g_autoptr (EVP_PKEY) key = pv_key_new_ec ("P-256", FALSE);
  g_autoptr (GBytes) sod = pv_issuer_sign (get_issuer (), utopia->groups, PV_ISSUE_RIGHT, STATE_ISSUED, NULL);
  PvHolder forger = { .key = key, .certificate = get_issuer ()->root.certificate };
  PvSodContext context = state_get_context (utopia);
  const char *const *refused;

  (void) state;
  assert_int_equal (state_judge (utopia, sod, &context), PV_REASON_NONE);
  write_crl ("crl/forged.crl", &forger, FALSE);
  write_crl ("crl/other-state.crl", &utopia->other->root, FALSE);
  write_crl ("crl/signer.crl", &get_issuer ()->signer, FALSE);
  state_load_trust (utopia);
  context = state_get_context (utopia);
  assert_int_equal (state_judge (utopia, sod, &context), PV_REASON_NONE);
  refused = pv_trust_list_refused_crls (utopia->trust);
  assert_int_equal (g_strv_length ((char **) refused), 2);
  assert_true (g_strv_contains (refused, "forged.crl: not signed by a root of the master list"));
  assert_true (g_strv_contains (refused, "signer.crl: not signed by a root of the master list"));
  write_crl ("crl/right.crl", &get_issuer ()->root, TRUE);
  state_load_trust (utopia);
  context = state_get_context (utopia);
  assert_int_equal (state_judge (utopia, sod, &context), PV_REASON_REVOKED);
}

static void
a_file_that_is_not_there_is_said (void **state)
{
  g_autofree char *path = state_path (utopia, "nothing.ml");
  g_autoptr (GError) error = NULL;

  (void) state;
  assert_null (pv_trust_load (path, NULL, NULL, STATE_NOW, &error));
  assert_true (g_error_matches (error, PV_TRUST_ERROR, PV_TRUST_ERROR_UNREADABLE));
  g_clear_error (&error);
  assert_null (pv_trust_load (utopia->folder, NULL, NULL, STATE_NOW, &error));
  assert_true (g_error_matches (error, PV_TRUST_ERROR, PV_TRUST_ERROR_UNREADABLE));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_list_of_the_demo_is_read_whole),
    cmocka_unit_test (keys_and_signatures_have_their_names),
    cmocka_unit_test (a_link_leads_to_its_root_or_is_unknown),
    cmocka_unit_test (a_link_over_a_link_leads_to_a_root),
    cmocka_unit_test (a_circle_of_links_is_no_root),
    cmocka_unit_test (what_is_no_root_is_told_apart),
    cmocka_unit_test (an_expired_root_is_kept_and_marked_and_small_letters_are_read),
    cmocka_unit_test (a_signer_without_key_identifiers_is_found_by_name),
    cmocka_unit_test (a_document_holds_over_a_link_alone),
    cmocka_unit_test (each_curve_is_known_by_name_and_written_out),
    cmocka_unit_test (each_kind_of_rsa_is_known),
    cmocka_unit_test (a_root_makes_no_signer_after_its_time),
    cmocka_unit_test (only_who_signs_lists_may_sign_one),
    cmocka_unit_test (its_signer_leads_to_a_root_that_is_named_or_in_the_list),
    cmocka_unit_test (limits_hold),
    cmocka_unit_test (revocation_lists_count_if_a_root_signed_them),
    cmocka_unit_test (a_file_that_is_not_there_is_said),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, set_up, tear_down);
}
