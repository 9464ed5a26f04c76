/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "link/receipt-key.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/wipe.h"

/* So that no signature of anything else passes for one of a receipt; with its zero. */
static const char CONTEXT[] = "Parvis receipt 1";

enum { MESSAGE_BYTES = sizeof CONTEXT + PV_RECEIPT_DIGEST_BYTES };

struct PvReceiptSigner {
  guint8 seed[PV_RECEIPT_KEY_BYTES];
  guint8 public_key[PV_RECEIPT_KEY_BYTES];
  guint8 secret_key[crypto_sign_SECRETKEYBYTES];
};

G_STATIC_ASSERT (crypto_sign_SEEDBYTES == PV_RECEIPT_KEY_BYTES);
G_STATIC_ASSERT (crypto_sign_PUBLICKEYBYTES == PV_RECEIPT_KEY_BYTES);
G_STATIC_ASSERT (crypto_sign_BYTES == PV_RECEIPT_SIGNATURE_BYTES);

static PvReceiptSigner *
allocate (void)
{
  PvReceiptSigner *signer = sodium_init () >= 0 ? sodium_malloc (sizeof *signer) : NULL;

  if (signer == NULL)
    abort (); /* a key without randomness or memory would be worse than no program */
  return signer;
}

PvReceiptSigner *
pv_receipt_signer_new (void)
{
  PvReceiptSigner *signer = allocate ();

  randombytes_buf (signer->seed, sizeof signer->seed);
  crypto_sign_seed_keypair (signer->public_key, signer->secret_key, signer->seed);
  return signer;
}

static gboolean
read_hex (const char *text, guint8 *ret_bytes)
{
  gsize size = 0;

  return sodium_hex2bin (ret_bytes, PV_RECEIPT_KEY_BYTES, text, strlen (text), " \t\r\n", &size, NULL) == 0
         && size == PV_RECEIPT_KEY_BYTES;
}

PvReceiptSigner *
pv_receipt_signer_from_text (const char *text)
{
  PvReceiptSigner *signer = allocate ();

  if (read_hex (text, signer->seed)) {
    crypto_sign_seed_keypair (signer->public_key, signer->secret_key, signer->seed);
    return signer;
  }
  pv_receipt_signer_free (signer);
  return NULL;
}

void
pv_receipt_signer_free (PvReceiptSigner *signer)
{
  sodium_free (signer);
}

/* (transfer full) */
static char *
write_hex (const guint8 *bytes)
{
  char *text = g_malloc (2 * PV_RECEIPT_KEY_BYTES + 1);

  return sodium_bin2hex (text, 2 * PV_RECEIPT_KEY_BYTES + 1, bytes, PV_RECEIPT_KEY_BYTES);
}

char *
pv_receipt_signer_to_text (const PvReceiptSigner *signer)
{
  return write_hex (signer->seed);
}

char *
pv_receipt_signer_to_public_text (const PvReceiptSigner *signer)
{
  return write_hex (signer->public_key);
}

static void
make_message (const guint8 *digest, guint8 *ret_message)
{
  memcpy (ret_message, CONTEXT, sizeof CONTEXT);
  memcpy (ret_message + sizeof CONTEXT, digest, PV_RECEIPT_DIGEST_BYTES);
}

void
pv_receipt_signer_sign (const PvReceiptSigner *signer, const guint8 digest[PV_RECEIPT_DIGEST_BYTES],
                        guint8 ret_signature[PV_RECEIPT_SIGNATURE_BYTES])
{
  guint8 message[MESSAGE_BYTES];

  make_message (digest, message);
  crypto_sign_detached (ret_signature, NULL, message, sizeof message, signer->secret_key);
}

/* "until 2027-01-31": that whole day, by the clock of Greenwich, still counts. */
static gboolean
read_end (const char *line, gint64 *ret_s)
{
  g_autoptr (GDateTime) first = NULL, end = NULL;
  GDate day;

  if (!g_str_has_prefix (line, "until ") || !pv_date_parse (line + strlen ("until "), &day))
    return FALSE;
  first = g_date_time_new_utc (g_date_get_year (&day), (int) g_date_get_month (&day), g_date_get_day (&day), 0, 0, 0);
  end = g_date_time_add_days (first, 1);
  *ret_s = g_date_time_to_unix (end);
  return TRUE;
}

gboolean
pv_receipt_key_parse (const char *text, PvReceiptKey *ret_key)
{
  g_autofree char *stripped = strlen (text) <= PV_RECEIPT_KEY_FILE_MAX_BYTES ? g_strstrip (g_strdup (text)) : NULL;
  g_auto (GStrv) lines = g_strsplit (stripped != NULL ? stripped : "", "\n", -1);
  guint n_lines = g_strv_length (lines);
  PvReceiptKey key = { .until_s = G_MAXINT64 };

  if (n_lines < 1 || n_lines > 2 || !read_hex (lines[0], key.bytes))
    return FALSE;
  if (n_lines == 2 && !read_end (g_strstrip (lines[1]), &key.until_s))
    return FALSE;
  *ret_key = key;
  return TRUE;
}

gboolean
pv_receipt_key_verify (const PvReceiptKey *key, const PvReceiptFacts *facts,
                       const guint8 signature[PV_RECEIPT_SIGNATURE_BYTES])
{
  guint8 digest[PV_RECEIPT_DIGEST_BYTES], message[MESSAGE_BYTES];

  pv_receipt_facts_to_digest (facts, digest);
  make_message (digest, message);
  return facts->when_s < key->until_s
         && crypto_sign_verify_detached (signature, message, sizeof message, key->bytes) == 0;
}
