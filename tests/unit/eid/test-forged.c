/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Forged and damaged security objects: each is refused, or not proven, for the right reason, and none is accepted. Printed as
 * a table. */

#include "demo/card/der.h"
#include "eid/cms.h"
#include "eid/sod.h"

#include "state.h"
#include "tst.h"

#define DAY G_GINT64_CONSTANT (86400)

static State *utopia;
static PvIssuer *issuer; /* the one of Utopia that signs here */

static int
set_up (void **state)
{
  (void) state;
  utopia = state_new (1 << PV_ISSUER_RSA_SHA256);
  issuer = utopia->issuers[PV_ISSUER_ECDSA_P256];
  return 0;
}

static int
tear_down (void **state)
{
  (void) state;
  state_free (utopia);
  return 0;
}

/* What a forger has in hand: the spec of a right object, to be changed. */
static PvSignedSpec
right_spec (GBytes *content)
{
  return (PvSignedSpec){ .type = PV_OID_LDS,
                         .content = content,
                         .signer = issuer->signer.certificate,
                         .signing = pv_issuer_signing (issuer->kind, issuer->signer.key),
                         .time = STATE_ISSUED };
}

static GBytes *
finish (const PvSignedSpec *spec)
{
  g_autoptr (GBytes) object = pv_signed_new (spec);

  return pv_signed_wrap (object, 0x77);
}

static GBytes *
with_flags (guint flags)
{
  g_autoptr (GBytes) content = pv_signed_new_lds (utopia->groups, "SHA256", 0);
  PvSignedSpec spec = right_spec (content);

  spec.flags = (PvSignedFlags) flags;
  return finish (&spec);
}

static GBytes *
with_issue (guint issue)
{
  return pv_issuer_sign (issuer, utopia->groups, (PvIssue) issue, STATE_ISSUED, NULL);
}

static GBytes *
with_type (guint which)
{
  static const char *const types[] = { "1.2.840.113549.1.7.1", PV_OID_CARD_SECURITY, PV_OID_MASTER_LIST };
  g_autoptr (GBytes) content = pv_signed_new_lds (utopia->groups, "SHA256", 0);
  PvSignedSpec spec = right_spec (content);

  spec.type = types[which];
  return finish (&spec);
}

/* Files that are not what they say, around a right object. */
enum { FILE_TAG, FILE_TRAILING, FILE_CUT, FILE_EMPTY, FILE_NO_OBJECT, FILE_BIG };

static GBytes *
with_file (guint which)
{
  g_autoptr (GBytes) sod = with_flags (0);
  gsize length;
  const guint8 *data = g_bytes_get_data (sod, &length);
  g_autofree guint8 *copy = g_malloc0 (PV_SOD_MAX_BYTES + 1);

  memcpy (copy, data, length);
  if (which == FILE_TAG)
    copy[0] = 0x6E;
  switch (which) {
  case FILE_TRAILING:
    return g_bytes_new (copy, length + 1);
  case FILE_CUT:
    return g_bytes_new (copy, length - 1);
  case FILE_EMPTY:
    return g_bytes_new (NULL, 0);
  case FILE_NO_OBJECT:
    return g_bytes_new_static ("\x77\x00", 2);
  case FILE_BIG:
    return g_bytes_new (copy, PV_SOD_MAX_BYTES + 1);
  default:
    return g_bytes_new (copy, length);
  }
}

/* Lists of hashes that Doc 9303 does not know, rightly signed. */
enum { LDS_TWICE, LDS_ZERO, LDS_SEVENTEEN, LDS_SHORT, LDS_VERSION, LDS_INFO, LDS_NONE, LDS_TRAILING, LDS_SHA3 };

static void
add_hash_of_group (GByteArray *out, guint8 number, gboolean is_short)
{
  GBytes *group = utopia->groups->pdata[1];
  guint8 hash[32];
  gsize length = 0;
  guint from = out->len;

  assert_int_equal (
    EVP_Q_digest (NULL, "SHA256", NULL, g_bytes_get_data (group, NULL), g_bytes_get_size (group), hash, &length), 1);
  pv_der_add_number (out, number);
  pv_der_add (out, 0x04, hash, is_short ? length - 1 : length);
  pv_der_wrap (out, 0x30, from);
}

static GBytes *
with_lds (guint which)
{
  GByteArray *out = g_byte_array_new ();
  g_autoptr (GBytes) content = NULL;
  PvSignedSpec spec;
  guint from;

  pv_der_add_number (out, which == LDS_VERSION ? 2 : 0);
  from = out->len;
  pv_der_add_oid (out, which == LDS_SHA3 ? "2.16.840.1.101.3.4.2.8" : "2.16.840.1.101.3.4.2.1");
  pv_der_wrap (out, 0x30, from);
  from = out->len;
  if (which != LDS_NONE)
    add_hash_of_group (out, 1, which == LDS_SHORT);
  if (which == LDS_TWICE || which == LDS_ZERO || which == LDS_SEVENTEEN)
    add_hash_of_group (out, which == LDS_TWICE ? 1 : which == LDS_ZERO ? 0 : 17, FALSE);
  pv_der_wrap (out, 0x30, from);
  if (which == LDS_INFO)
    pv_der_add (out, 0x30, NULL, 0);
  pv_der_wrap (out, 0x30, 0);
  if (which == LDS_TRAILING)
    pv_der_add (out, 0x05, NULL, 0);
  content = g_byte_array_free_to_bytes (out);
  spec = right_spec (content);
  return finish (&spec);
}

/* Right objects for other groups than those that the chip shows. */
enum { DATA_CHANGED, DATA_LEFT_OUT, DATA_SWAPPED, DATA_MD5 };

static GBytes *
with_data (guint which)
{
  g_autoptr (GPtrArray) groups = g_ptr_array_new ();
  g_autoptr (GBytes) other = g_bytes_new_static ("\x61\x03\x5F\x1F\x01", 5), content = NULL;
  PvSignedSpec spec;

  g_ptr_array_set_size (groups, PV_SOD_MAX_GROUPS + 1);
  groups->pdata[1] = utopia->groups->pdata[which == DATA_SWAPPED ? 2 : 1];
  groups->pdata[2] = utopia->groups->pdata[which == DATA_SWAPPED ? 1 : 2];
  if (which == DATA_CHANGED)
    groups->pdata[1] = other;
  else if (which == DATA_LEFT_OUT)
    groups->pdata[2] = NULL;
  content = pv_signed_new_lds (groups, which == DATA_MD5 ? "MD5" : "SHA256", 0);
  spec = right_spec (content);
  return finish (&spec);
}

/* Signers that are not what they say. */
enum {
  SIGNER_OF_OTHER_STATES_ROOT, /* its own name says Utopia */
  SIGNER_WITH_STOLEN_KEY_ID,   /* names the right root, signed by nobody */
  SIGNER_BY_OWN_ROOT_INSIDE,   /* the forger's root, a twin by name and numbers, goes along */
  SIGNER_IS_ROOT,
  SIGNER_OF_LISTS,
  SIGNER_IS_A_CA,
  SIGNER_ON_MADE_UP_CURVE, /* the real signer's public key, with a private key that is known */
  SIGNER_BY_MADE_UP_CURVE, /* the root's public key, the same way */
  SIGNER_BY_LINKED_SIGNER, /* issued by the signer of another State */
  SIGNER_WEAK_KEY,
  SIGNER_MD5,
  SIGNER_BEFORE_ROOT,
  SIGNER_WITHOUT_COUNTRY,
};

static GBytes *
with_signer (guint which)
{
  g_autoptr (EVP_PKEY) key = pv_key_new_ec ("P-256", FALSE);
  g_autoptr (EVP_PKEY) root_key = NULL;
  g_autoptr (X509) root = NULL, certificate = NULL;
  g_autoptr (GPtrArray) extra = g_ptr_array_new ();
  g_autoptr (GBytes) content = pv_signed_new_lds (utopia->groups, "SHA256", 0);
  PvSignedSpec spec = right_spec (content);
  PvCertificateSpec signer = { .country = "UT",
                               .name = "Document Signer",
                               .key = key,
                               .issuer = issuer->root.certificate,
                               .signing = pv_issuer_signing (issuer->kind, issuer->root.key),
                               .not_before = PV_ROOT_FROM,
                               .not_after = PV_ROOT_TO };

  switch (which) {
  case SIGNER_OF_OTHER_STATES_ROOT:
    signer.issuer = utopia->other->root.certificate;
    signer.signing.key = utopia->other->root.key;
    break;
  case SIGNER_WITH_STOLEN_KEY_ID:
    signer.signing.key = key;
    break;
  case SIGNER_BY_OWN_ROOT_INSIDE: {
    PvCertificateSpec twin = { .country = "UT",
                               .name = "CSCA",
                               .signing = { .hash = "SHA256" },
                               .not_before = PV_ROOT_FROM,
                               .not_after = PV_ROOT_TO,
                               .flags = PV_CERTIFICATE_CA };

    root_key = pv_key_new_ec ("P-256", FALSE);
    twin.key = root_key;
    twin.signing.key = root_key;
    root = pv_certificate_new (&twin);
    g_ptr_array_add (extra, root);
    signer.issuer = root;
    signer.signing.key = root_key;
    break;
  }
  case SIGNER_OF_LISTS:
    signer.purpose = PV_OID_LIST_SIGNER;
    break;
  case SIGNER_IS_A_CA:
    signer.flags = PV_CERTIFICATE_CA | PV_CERTIFICATE_NO_USAGE;
    break;
  case SIGNER_ON_MADE_UP_CURVE:
    g_clear_pointer (&key, EVP_PKEY_free);
    key = pv_key_new_made_up_curve (issuer->signer.key);
    signer.key = key;
    signer.signing.key = key;
    break;
  case SIGNER_BY_MADE_UP_CURVE:
    root_key = pv_key_new_made_up_curve (issuer->root.key);
    signer.signing.key = root_key;
    break;
  case SIGNER_BY_LINKED_SIGNER:
    signer.issuer = utopia->other->signer.certificate;
    signer.signing.key = utopia->other->signer.key;
    g_ptr_array_add (extra, utopia->other->signer.certificate);
    g_ptr_array_add (extra, utopia->other->root.certificate);
    break;
  case SIGNER_WEAK_KEY:
    g_clear_pointer (&key, EVP_PKEY_free);
    key = pv_key_new_rsa (512);
    signer.key = key;
    break;
  case SIGNER_MD5:
    signer.issuer = utopia->issuers[PV_ISSUER_RSA_SHA256]->root.certificate;
    signer.signing = (PvSigning){ .key = utopia->issuers[PV_ISSUER_RSA_SHA256]->root.key, .hash = "MD5" };
    break;
  case SIGNER_BEFORE_ROOT:
    signer.not_before = PV_ROOT_FROM - 30 * DAY;
    break;
  case SIGNER_WITHOUT_COUNTRY:
    signer.country = NULL;
    break;
  default:
    break;
  }
  certificate = pv_certificate_new (&signer);
  spec.signer = which == SIGNER_IS_ROOT ? issuer->root.certificate : certificate;
  spec.signing = (PvSigning){ .key = which == SIGNER_IS_ROOT ? issuer->root.key : key, .hash = "SHA256" };
  spec.extra = extra;
  return finish (&spec);
}

/* A right object, and one bit of its signer's certificate: the last of its public key, its last day, its signature. */
static GBytes *
with_bit_of_certificate (guint which)
{
  g_autoptr (GBytes) sod = with_flags (0), der = pv_certificate_to_der (issuer->signer.certificate);
  gsize length, der_length;
  const guint8 *data = g_bytes_get_data (sod, &length), *inner = g_bytes_get_data (der, &der_length);
  g_autofree guint8 *copy = g_memdup2 (data, length);
  guint8 *found = memmem (copy, length, inner, der_length);

  assert_non_null (found);
  if (which == 0) {
    guint8 *day = memmem (found, der_length, "450101000000Z", 13);

    assert_non_null (day);
    day[1] = '6';
  } else {
    found[der_length - 1] ^= 1;
  }
  return g_bytes_new (copy, length);
}

/* The signature of one document under the hashes of another. */
static GBytes *
with_foreign_content (guint which)
{
  g_autoptr (GBytes) sod = with_data (DATA_CHANGED), content = pv_signed_new_lds (utopia->groups, "SHA256", 0);
  gsize length, content_length;
  const guint8 *data = g_bytes_get_data (sod, &length), *wanted = g_bytes_get_data (content, &content_length);
  g_autofree guint8 *copy = g_memdup2 (data, length);
  guint8 *found;

  (void) which;
  g_assert_nonnull (wanted);
  /* Version and algorithm come first, and are the same. */
  found = memmem (copy, length, wanted, 20);
  g_assert_nonnull (found);
  memcpy (found, wanted, content_length);
  return g_bytes_new (copy, length);
}

enum { AROUND_NOTHING, AROUND_OTHER_STATE, AROUND_NO_ROOTS, AROUND_NO_CLOCK, AROUND_UNKNOWN_STATE };

static const struct {
  const char *name;
  GBytes *(*make) (guint which);
  guint which;
  PvReason reason;
  guint around; /* what is wrong beside the object */
} rows[] = {
  { "one bit of the signature", with_flags, PV_SIGNED_BAD_SIGNATURE, PV_REASON_BAD_SIGNATURE, 0 },
  { "empty signature", with_flags, PV_SIGNED_EMPTY_SIGNATURE, PV_REASON_BAD_SIGNATURE, 0 },
  { "messageDigest of another content", with_flags, PV_SIGNED_WRONG_DIGEST, PV_REASON_BAD_SIGNATURE, 0 },
  { "messageDigest twice", with_flags, PV_SIGNED_DIGEST_TWICE, PV_REASON_BAD_SIGNATURE, 0 },
  { "contentType attribute of another", with_flags, PV_SIGNED_WRONG_TYPE, PV_REASON_BAD_SIGNATURE, 0 },
  { "no contentType attribute", with_flags, PV_SIGNED_NO_TYPE, PV_REASON_BAD_SIGNATURE, 0 },
  { "no signed attributes", with_flags, PV_SIGNED_NO_ATTRIBUTES, PV_REASON_BAD_SIGNATURE, 0 },
  { "no SignerInfo", with_flags, PV_SIGNED_NO_SIGNER_INFO, PV_REASON_BAD_SIGNATURE, 0 },
  { "two SignerInfos", with_flags, PV_SIGNED_TWO_SIGNER_INFOS, PV_REASON_UNSUPPORTED, 0 },
  { "no certificate inside", with_flags, PV_SIGNED_NO_CERTIFICATE, PV_REASON_BAD_SIGNATURE, 0 },
  { "SignerInfo names another certificate", with_flags, PV_SIGNED_OTHER_SIGNER, PV_REASON_BAD_SIGNATURE, 0 },
  { "SignerInfo names another hash", with_flags, PV_SIGNED_HASH_DIFFERS, PV_REASON_BAD_SIGNATURE, 0 },
  { "content not inside", with_flags, PV_SIGNED_DETACHED, PV_REASON_BAD_SOD, 0 },
  { "indefinite length", with_flags, PV_SIGNED_INDEFINITE, PV_REASON_BAD_SOD, 0 },
  { "bytes behind the object, in the file", with_flags, PV_SIGNED_TRAILING, PV_REASON_BAD_SOD, 0 },
  { "a byte behind the file", with_file, FILE_TRAILING, PV_REASON_BAD_SOD, 0 },
  { "a byte too few", with_file, FILE_CUT, PV_REASON_BAD_SOD, 0 },
  { "empty file", with_file, FILE_EMPTY, PV_REASON_BAD_SOD, 0 },
  { "empty object", with_file, FILE_NO_OBJECT, PV_REASON_BAD_SOD, 0 },
  { "tag of another file", with_file, FILE_TAG, PV_REASON_BAD_SOD, 0 },
  { "over the limit", with_file, FILE_BIG, PV_REASON_BAD_SOD, 0 },
  { "content type: data", with_type, 0, PV_REASON_BAD_SOD, 0 },
  { "content type: card security", with_type, 1, PV_REASON_BAD_SOD, 0 },
  { "content type: master list", with_type, 2, PV_REASON_BAD_SOD, 0 },
  { "a group twice in the list", with_lds, LDS_TWICE, PV_REASON_BAD_SOD, 0 },
  { "group 0 in the list", with_lds, LDS_ZERO, PV_REASON_BAD_SOD, 0 },
  { "group 17 in the list", with_lds, LDS_SEVENTEEN, PV_REASON_BAD_SOD, 0 },
  { "hash cut short in the list", with_lds, LDS_SHORT, PV_REASON_BAD_SOD, 0 },
  { "list of version 2", with_lds, LDS_VERSION, PV_REASON_BAD_SOD, 0 },
  { "list of version 0 with version info", with_lds, LDS_INFO, PV_REASON_BAD_SOD, 0 },
  { "list without a group", with_lds, LDS_NONE, PV_REASON_BAD_SOD, 0 },
  { "bytes behind the list", with_lds, LDS_TRAILING, PV_REASON_BAD_SOD, 0 },
  { "list hashed with SHA3", with_lds, LDS_SHA3, PV_REASON_UNSUPPORTED, 0 },
  { "list hashed with MD5", with_data, DATA_MD5, PV_REASON_WEAK, 0 },
  { "a group changed", with_data, DATA_CHANGED, PV_REASON_CHANGED_DATA, 0 },
  { "a group that is not signed", with_data, DATA_LEFT_OUT, PV_REASON_CHANGED_DATA, 0 },
  { "two groups exchanged", with_data, DATA_SWAPPED, PV_REASON_CHANGED_DATA, 0 },
  { "signature of another document", with_foreign_content, 0, PV_REASON_BAD_SIGNATURE, 0 },
  { "root with the same name", with_issue, PV_ISSUE_OTHER_ROOT, PV_REASON_WRONG_SIGNER, 0 },
  { "root of the forger inside", with_signer, SIGNER_BY_OWN_ROOT_INSIDE, PV_REASON_WRONG_SIGNER, 0 },
  { "self-signed signer", with_issue, PV_ISSUE_SELF_SIGNED, PV_REASON_WRONG_SIGNER, 0 },
  { "signer issued by a signer", with_issue, PV_ISSUE_NOT_A_CA, PV_REASON_WRONG_SIGNER, 0 },
  { "signer issued by another State's signer", with_signer, SIGNER_BY_LINKED_SIGNER, PV_REASON_WRONG_SIGNER, 0 },
  { "signer of ours from another State's root", with_signer, SIGNER_OF_OTHER_STATES_ROOT, PV_REASON_WRONG_SIGNER, 0 },
  { "signer names our root, which did not sign", with_signer, SIGNER_WITH_STOLEN_KEY_ID, PV_REASON_WRONG_SIGNER, 0 },
  { "signer is the root itself", with_signer, SIGNER_IS_ROOT, PV_REASON_WRONG_SIGNER, 0 },
  { "signer is a CA", with_signer, SIGNER_IS_A_CA, PV_REASON_WRONG_SIGNER, 0 },
  { "signer of master lists", with_signer, SIGNER_OF_LISTS, PV_REASON_WRONG_SIGNER, 0 },
  { "signer without a country", with_signer, SIGNER_WITHOUT_COUNTRY, PV_REASON_WRONG_STATE, 0 },
  { "signer's public key on a made-up curve", with_signer, SIGNER_ON_MADE_UP_CURVE, PV_REASON_WRONG_SIGNER, 0 },
  { "root's public key on a made-up curve", with_signer, SIGNER_BY_MADE_UP_CURVE, PV_REASON_WRONG_SIGNER, 0 },
  { "last day of the signer changed", with_bit_of_certificate, 0, PV_REASON_WRONG_SIGNER, 0 },
  { "one bit of the signer's certificate", with_bit_of_certificate, 1, PV_REASON_WRONG_SIGNER, 0 },
  { "signer older than its root", with_signer, SIGNER_BEFORE_ROOT, PV_REASON_SIGNER_NOT_VALID, 0 },
  { "signer expired before", with_issue, PV_ISSUE_SIGNER_EXPIRED, PV_REASON_SIGNER_NOT_VALID, 0 },
  { "signer valid later", with_issue, PV_ISSUE_SIGNER_TOO_EARLY, PV_REASON_SIGNER_NOT_VALID, 0 },
  { "signer revoked", with_issue, PV_ISSUE_REVOKED, PV_REASON_REVOKED, 0 },
  { "signer of another State", with_issue, PV_ISSUE_OTHER_STATE, PV_REASON_WRONG_STATE, 0 },
  { "signer with 512 bits", with_signer, SIGNER_WEAK_KEY, PV_REASON_WEAK, 0 },
  { "signer certified with MD5", with_signer, SIGNER_MD5, PV_REASON_WEAK, 0 },
  { "signed with MD5", with_issue, PV_ISSUE_WEAK, PV_REASON_WEAK, 0 },
  { "issued on an unknown curve", with_issue, PV_ISSUE_UNKNOWN_CURVE, PV_REASON_UNSUPPORTED, 0 },
  { "zone of another State", with_flags, 0, PV_REASON_WRONG_STATE, AROUND_OTHER_STATE },
  { "zone of a State that is not", with_flags, 0, PV_REASON_UNKNOWN_ISSUER, AROUND_UNKNOWN_STATE },
  { "no master list", with_flags, 0, PV_REASON_NO_ROOTS, AROUND_NO_ROOTS },
  { "no master list, self-signed signer", with_issue, PV_ISSUE_SELF_SIGNED, PV_REASON_NO_ROOTS, AROUND_NO_ROOTS },
  { "no clock", with_flags, 0, PV_REASON_NO_CLOCK, AROUND_NO_CLOCK },
};

static PvSodContext
get_context (guint around)
{
  PvSodContext context = state_get_context (utopia);

  if (around == AROUND_OTHER_STATE)
    context.issuer = "FRA";
  else if (around == AROUND_UNKNOWN_STATE)
    context.issuer = "XXB";
  else if (around == AROUND_NO_ROOTS)
    context.trust = NULL;
  else if (around == AROUND_NO_CLOCK)
    context.is_clock_verified = FALSE;
  return context;
}

static void
each_is_turned_away_for_its_reason (void **state)
{
  guint n_accepted = 0, n_wrong = 0;

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GBytes) sod = rows[i].make (rows[i].which);
    PvSodContext context = get_context (rows[i].around);
    PvReason reason = state_judge (utopia, sod, &context);
    gboolean is_right = reason == rows[i].reason;

    g_print ("# %2" G_GSIZE_FORMAT " %-44s %-10s %-16s%s\n", i + 1, rows[i].name,
             pv_verdict_name (pv_reason_verdict (reason)), pv_reason_name (reason),
             is_right ? "" : " EXPECTED ANOTHER REASON");
    n_accepted += reason == PV_REASON_NONE ? 1 : 0;
    n_wrong += is_right ? 0 : 1;
  }
  g_print ("# %" G_GSIZE_FORMAT " tried, %u accepted\n", G_N_ELEMENTS (rows), n_accepted);
  assert_int_equal (n_accepted, 0);
  assert_int_equal (n_wrong, 0);
}

static void
the_unforged_one_is_accepted (void **state)
{
  g_autoptr (GBytes) sod = with_flags (0);
  PvSodContext context = state_get_context (utopia);

  (void) state;
  assert_int_equal (state_judge (utopia, sod, &context), PV_REASON_NONE);
}

static gboolean
is_same (const PvTlv *a, const PvTlv *b)
{
  return a->length == b->length && memcmp (a->value, b->value, a->length) == 0;
}

/* The few bits that are not signed (version numbers, the set of hashes in front) may change: what is signed may not. */
static void
one_changed_bit_anywhere_never_changes_what_is_accepted (void **state)
{
  g_autoptr (GBytes) sod = with_flags (0);
  gsize length;
  const guint8 *data = g_bytes_get_data (sod, &length);
  PvSodContext context = state_get_context (utopia);
  PvCms right, changed;
  guint n_accepted = 0;

  (void) state;
  assert_true (pv_cms_parse (data + 4, length - 4, &right, NULL));
  for (gsize i = 0; i < length; i++) {
    g_autofree guint8 *copy = g_memdup2 (data, length);
    g_autoptr (GBytes) damaged = NULL;

    copy[i] ^= (guint8) (1 << i % 8);
    damaged = g_bytes_new_static (copy, length);
    if (state_judge (utopia, damaged, &context) != PV_REASON_NONE)
      continue;
    n_accepted++;
    assert_true (pv_cms_parse (copy + 4, length - 4, &changed, NULL));
    assert_true (is_same (&right.content, &changed.content) && is_same (&right.attributes, &changed.attributes)
                 && is_same (&right.signature, &changed.signature)
                 && is_same (&right.certificates, &changed.certificates));
  }
  g_print ("# %" G_GSIZE_FORMAT " bits changed, %u of them not signed\n", length, n_accepted);
  assert_true (n_accepted < 40);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_unforged_one_is_accepted),
    cmocka_unit_test (each_is_turned_away_for_its_reason),
    cmocka_unit_test (one_changed_bit_anywhere_never_changes_what_is_accepted),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, set_up, tear_down);
}
