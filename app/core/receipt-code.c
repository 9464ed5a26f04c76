/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/receipt-code.h"

#include <string.h>

#define PREFIX "PARVIS1"
/* What a QR code writes in its short form; everything else is escaped. */
#define PLAIN "-.:$*+"

enum { N_PARTS = 7, SIGNATURE_CHARS = (PV_RECEIPT_SIGNATURE_BYTES * 8 + 4) / 5 };

static const char kind_letters[] = { 'A', 'G' };
/* RFC 4648, section 6 */
static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

void
pv_receipt_facts_free (PvReceiptFacts *facts)
{
  if (facts == NULL)
    return;
  g_free (facts->ref);
  g_free (facts->number);
  g_free (facts->form);
  g_free (facts);
}

static PvReceiptFacts *
new_facts (PvReceiptFactKind kind, const char *ref, gint64 when_us, const char *form)
{
  PvReceiptFacts *facts = g_new0 (PvReceiptFacts, 1);

  facts->kind = kind;
  facts->ref = g_strdup (ref);
  facts->when_s = when_us / G_USEC_PER_SEC;
  facts->form = g_strdup (form != NULL && strlen (form) <= PV_RECEIPT_NUMBER_MAX_BYTES ? form : "");
  return facts;
}

PvReceiptFacts *
pv_receipt_facts_of_outcome (const PvOutcome *outcome, const char *form)
{
  PvReceiptFacts *facts;

  if (outcome->kind != PV_OUTCOME_RECEIVED || !pv_ref_is_valid (outcome->ref))
    return NULL;
  facts = new_facts (PV_RECEIPT_FACT_RECEIVED, outcome->ref, outcome->received_us, form);
  if (outcome->number != NULL && strlen (outcome->number) <= PV_RECEIPT_NUMBER_MAX_BYTES)
    facts->number = g_strdup (outcome->number);
  return facts;
}

PvReceiptFacts *
pv_receipt_facts_of_storing (const char *ref, gint64 when_us, const char *form)
{
  return pv_ref_is_valid (ref) ? new_facts (PV_RECEIPT_FACT_REGISTERED, ref, when_us, form) : NULL;
}

/* (transfer full) */
static char *
write_time (gint64 when_s)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (when_s);

  return time != NULL ? g_date_time_format (time, "%Y%m%dT%H%M%SZ") : g_strdup ("");
}

/* All that is signed. (transfer full) */
static char *
write_facts (const PvReceiptFacts *facts)
{
  g_autofree char *number = g_uri_escape_string (facts->number != NULL ? facts->number : "", PLAIN, FALSE);
  g_autofree char *form = g_uri_escape_string (facts->form, PLAIN, FALSE);
  g_autofree char *time = write_time (facts->when_s);

  return g_strdup_printf (PREFIX "/%c/%s/%s/%s/%s", kind_letters[facts->kind], facts->ref, number, time, form);
}

void
pv_receipt_facts_to_digest (const PvReceiptFacts *facts, guint8 ret_digest[PV_RECEIPT_DIGEST_BYTES])
{
  g_autofree char *text = write_facts (facts);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize size = PV_RECEIPT_DIGEST_BYTES;

  g_checksum_update (checksum, (const guchar *) text, (gssize) strlen (text));
  g_checksum_get_digest (checksum, ret_digest, &size);
}

/* @ret_text: SIGNATURE_CHARS and a zero */
static void
write_base32 (const guint8 *bytes, char *ret_text)
{
  guint bits = 0, n_bits = 0, length = 0;

  for (guint i = 0; i < PV_RECEIPT_SIGNATURE_BYTES; i++) {
    bits = (bits << 8 | bytes[i]) & 0xfff;
    for (n_bits += 8; n_bits >= 5; n_bits -= 5)
      ret_text[length++] = alphabet[bits >> (n_bits - 5) & 31];
  }
  if (n_bits > 0)
    ret_text[length++] = alphabet[bits << (5 - n_bits) & 31];
  ret_text[length] = '\0';
}

/* FALSE: not exactly so many bytes, or bits that say nothing and are not zero: one signature has one text. */
static gboolean
read_base32 (const char *text, guint8 *ret_bytes)
{
  guint bits = 0, n_bits = 0, length = 0;

  if (strlen (text) != SIGNATURE_CHARS)
    return FALSE;
  for (const char *at = text; *at != '\0'; at++) {
    const char *letter = strchr (alphabet, *at);

    if (letter == NULL)
      return FALSE;
    bits = (bits << 5 | (guint) (letter - alphabet)) & 0xfff;
    n_bits += 5;
    if (n_bits >= 8) {
      n_bits -= 8;
      ret_bytes[length++] = bits >> n_bits & 0xff;
    }
  }
  return length == PV_RECEIPT_SIGNATURE_BYTES && (bits & ((1u << n_bits) - 1)) == 0;
}

char *
pv_receipt_code_make (const PvReceiptFacts *facts, const guint8 signature[PV_RECEIPT_SIGNATURE_BYTES])
{
  g_autofree char *text = write_facts (facts);
  char base32[SIGNATURE_CHARS + 1];

  write_base32 (signature, base32);
  return g_strdup_printf ("%s/%s", text, base32);
}

static gboolean
read_time (const char *text, gint64 *ret_s)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time =
    strlen (text) == strlen ("20261130T143205Z") ? g_date_time_new_from_iso8601 (text, utc) : NULL;

  if (time == NULL)
    return FALSE;
  *ret_s = g_date_time_to_unix (time);
  return TRUE;
}

PvReceiptFacts *
pv_receipt_code_parse (const char *code, guint8 ret_signature[PV_RECEIPT_SIGNATURE_BYTES])
{
  g_autofree char *text = strlen (code) <= PV_RECEIPT_CODE_MAX_BYTES ? g_strstrip (g_strdup (code)) : NULL;
  g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "", "/", -1);
  g_autoptr (PvReceiptFacts) facts = g_new0 (PvReceiptFacts, 1);
  g_autofree char *again = NULL;

  if (g_strv_length (parts) != N_PARTS || !g_str_equal (parts[0], PREFIX) || strlen (parts[1]) != 1
      || !pv_ref_is_valid (parts[2]) || !read_time (parts[4], &facts->when_s) || !read_base32 (parts[6], ret_signature))
    return NULL;
  if (parts[1][0] != kind_letters[PV_RECEIPT_FACT_RECEIVED] && parts[1][0] != kind_letters[PV_RECEIPT_FACT_REGISTERED])
    return NULL;
  facts->kind =
    parts[1][0] == kind_letters[PV_RECEIPT_FACT_RECEIVED] ? PV_RECEIPT_FACT_RECEIVED : PV_RECEIPT_FACT_REGISTERED;
  facts->ref = g_strdup (parts[2]);
  facts->number = *parts[3] != '\0' ? g_uri_unescape_string (parts[3], NULL) : NULL;
  facts->form = g_uri_unescape_string (parts[5], NULL);
  if (facts->form == NULL || !g_utf8_validate (facts->form, -1, NULL)
      || (facts->number != NULL && !g_utf8_validate (facts->number, -1, NULL)))
    return NULL;
  /* One receipt has one text: nothing that reads the same is written another way. */
  again = pv_receipt_code_make (facts, ret_signature);
  return g_str_equal (again, text) ? g_steal_pointer (&facts) : NULL;
}
