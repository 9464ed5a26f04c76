/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What each certificate of a master list is worth. */

#include <string.h>

#include "eid/trust-private.h"

/* Signatures that are verified for one list: links are tried against each root of their name. */
enum { MAX_TRIES = 20000 };

typedef struct Judge {
  PvTrust *trust;
  GHashTable *seen; /* DER of what was there before */
  guint tries;
} Judge;

static PvRootNote *
get_note (const PvTrust *trust, guint index)
{
  return trust->notes->pdata[index];
}

gboolean
pv_trust_is_root (const PvTrust *trust, guint index)
{
  PvRootVerdict verdict = get_note (trust, index)->verdict;

  return verdict == PV_ROOT_ACCEPTED || verdict == PV_ROOT_LINK;
}

static gboolean
verify (Judge *judge, const PvCert *cert, const PvCert *issuer)
{
  return judge->tries++ < MAX_TRIES && pv_cert_is_signed_by (cert, &issuer->key);
}

/* What can be said of the certificate alone. LINK_UNKNOWN: not signed by itself. */
static PvRootVerdict
judge_alone (Judge *judge, const PvCert *cert)
{
  if (!g_hash_table_add (judge->seen, cert->der))
    return PV_ROOT_DUPLICATE;
  if ((cert->flags & PV_CERT_MALFORMED) != 0 || cert->country[0] == '\0' || cert->key.fate == PV_KEY_MALFORMED)
    return PV_ROOT_BAD_FORM;
  if ((cert->flags & PV_CERT_IS_CA) == 0 || (cert->flags & PV_CERT_MAY_CERTIFY) == 0)
    return PV_ROOT_NOT_A_CA;
  if (cert->key.fate == PV_KEY_UNKNOWN_CURVE)
    return PV_ROOT_UNKNOWN_CURVE;
  if (cert->key.fate == PV_KEY_UNSUPPORTED || cert->kind.scheme == PV_SCHEME_UNKNOWN || cert->kind.hash == NULL)
    return PV_ROOT_UNSUPPORTED;
  /* Never by its names: links have the same name twice. */
  return verify (judge, cert, cert) ? PV_ROOT_ACCEPTED : PV_ROOT_LINK_UNKNOWN;
}

static PvRootNote *
note_new (const PvCert *cert, PvRootVerdict verdict, gint64 now)
{
  PvRootNote *note = g_new0 (PvRootNote, 1);

  note->verdict = verdict;
  if (cert == NULL) {
    note->subject = g_strdup ("");
    note->fingerprint = g_strdup ("");
    note->key = g_strdup ("");
    note->signature = g_strdup ("");
    return note;
  }
  memcpy (note->country, cert->country, sizeof note->country);
  note->subject = pv_cert_describe_subject (cert);
  note->fingerprint = pv_cert_get_fingerprint (cert);
  note->key = g_strdup (cert->key.name);
  note->signature = g_strdup (pv_signature_name (&cert->kind));
  note->not_before = cert->not_before;
  note->not_after = cert->not_after;
  note->is_expired = now > cert->not_after;
  note->has_explicit_parameters = cert->key.is_explicit;
  return note;
}

static gboolean
read_certificates (Judge *judge, const PvTlv *set, gint64 now)
{
  PvTlvReader reader = pv_tlv_enter (set);
  PvTlv one;

  while (pv_tlv_next (&reader, &one)) {
    PvCert *cert = one.tag == 0x30 ? pv_cert_parse (one.whole, one.whole_length) : NULL;
    PvRootVerdict verdict = cert != NULL ? judge_alone (judge, cert) : PV_ROOT_BAD_FORM;

    g_ptr_array_add (judge->trust->certs, cert);
    g_ptr_array_add (judge->trust->notes, note_new (cert, verdict, now));
    if (judge->trust->notes->len > PV_TRUST_MAX_CERTIFICATES)
      return FALSE;
  }
  return pv_tlv_is_done (&reader) && judge->trust->notes->len > 0;
}

/* @is_home: a root of the same State, or of another one; @by_key_id: that the identifier names, or only the name. */
static gboolean
has_named_root (Judge *judge, const PvCert *cert, gboolean is_home, gboolean by_key_id)
{
  const PvTrust *trust = judge->trust;

  for (guint i = 0; i < trust->certs->len; i++) {
    const PvCert *root = trust->certs->pdata[i];

    if (pv_trust_is_root (trust, i) && (strcmp (root->country, cert->country) == 0) == is_home
        && pv_cert_has_issuer_key_id (cert, root) == by_key_id && (by_key_id || pv_cert_has_issuer_name (cert, root))
        && verify (judge, cert, root))
      return TRUE;
  }
  return FALSE;
}

static gboolean
has_root (Judge *judge, const PvCert *cert, gboolean is_home)
{
  return has_named_root (judge, cert, is_home, TRUE) || has_named_root (judge, cert, is_home, FALSE);
}

/* A link leads to a root, maybe over other links: until nothing is found any more. */
static void
follow_links (Judge *judge)
{
  PvTrust *trust = judge->trust;
  gboolean has_found = TRUE;

  while (has_found) {
    has_found = FALSE;
    for (guint i = 0; i < trust->certs->len; i++)
      if (get_note (trust, i)->verdict == PV_ROOT_LINK_UNKNOWN && has_root (judge, trust->certs->pdata[i], TRUE)) {
        get_note (trust, i)->verdict = PV_ROOT_LINK;
        has_found = TRUE;
      }
  }
}

/* Who says that it signed @cert is in the list: by key identifier, or where none is told, by name. */
static gboolean
is_issuer_there (const PvTrust *trust, const PvCert *cert)
{
  for (guint i = 0; i < trust->certs->len; i++) {
    const PvCert *other = trust->certs->pdata[i];

    if (other != NULL
        && (cert->issuer_key_id != NULL ? pv_cert_has_issuer_key_id (cert, other)
                                        : pv_cert_has_issuer_name (cert, other)))
      return TRUE;
  }
  return FALSE;
}

/* Of a certificate that leads to no root. */
static PvRootVerdict
judge_stray (Judge *judge, const PvCert *cert)
{
  if (has_root (judge, cert, FALSE))
    return PV_ROOT_OTHER_STATE;
  return is_issuer_there (judge->trust, cert) ? PV_ROOT_BAD_SIGNATURE : PV_ROOT_LINK_UNKNOWN;
}

gboolean
pv_trust_judge (PvTrust *trust, const PvTlv *set, gint64 now)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_bytes_hash, g_bytes_equal);
  Judge judge = { .trust = trust, .seen = seen };

  if (!read_certificates (&judge, set, now))
    return FALSE;
  follow_links (&judge);
  for (guint i = 0; i < trust->certs->len; i++)
    if (get_note (trust, i)->verdict == PV_ROOT_LINK_UNKNOWN)
      get_note (trust, i)->verdict = judge_stray (&judge, trust->certs->pdata[i]);
  return TRUE;
}
