/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "link/outbox-format.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "core/stored-format.h"
#include "core/outcome.h"
#include "core/wipe.h"
#include "link/release.h"
#include "link/secret.h"

enum {
  PREFIX_BYTES = 16,
  DIGEST_BYTES = 32,
  INNER_BYTES = PV_OUTBOX_KEY_BYTES + DIGEST_BYTES, /* before the submission; keeps it aligned to 8 */
};

static const char magic[4] = { 'P', 'V', 'O', 'B' };

G_STATIC_ASSERT (crypto_box_PUBLICKEYBYTES == PV_OUTBOX_KEY_BYTES);
G_STATIC_ASSERT (crypto_box_SECRETKEYBYTES == PV_OUTBOX_KEY_BYTES);

typedef struct Parts {
  guint32 header_size;
  guint32 sealed_size;
} Parts;

void
pv_outbox_header_free (PvOutboxHeader *header)
{
  if (header == NULL)
    return;
  g_free (header->ref);
  g_free (header->slug);
  g_free (header);
}

gboolean
pv_outbox_init (GError **error)
{
  if (sodium_init () >= 0)
    return TRUE;
  g_set_error_literal (error, PV_LINK_ERROR, PV_LINK_ERROR_FAILED, "libsodium has no randomness");
  return FALSE;
}

/* A key without randomness would be worse than no program. */
static void
require_sodium (void)
{
  if (sodium_init () < 0)
    abort ();
}

PvOutboxKeys *
pv_outbox_keys_new (void)
{
  PvOutboxKeys *keys = g_new0 (PvOutboxKeys, 1);

  require_sodium ();
  crypto_box_keypair (keys->public_key, keys->secret_key);
  return keys;
}

PvOutboxKeys *
pv_outbox_keys_from_secret (const guint8 *secret_key)
{
  PvOutboxKeys *keys = g_new0 (PvOutboxKeys, 1);

  require_sodium ();
  memcpy (keys->secret_key, secret_key, PV_OUTBOX_KEY_BYTES);
  crypto_scalarmult_base (keys->public_key, keys->secret_key);
  return keys;
}

void
pv_outbox_keys_free (PvOutboxKeys *keys)
{
  if (keys == NULL)
    return;
  pv_wipe_bytes (keys, sizeof *keys);
  g_free (keys);
}

char *
pv_outbox_key_to_text (const guint8 *key)
{
  char *text = g_malloc (2 * PV_OUTBOX_KEY_BYTES + 1);

  return sodium_bin2hex (text, 2 * PV_OUTBOX_KEY_BYTES + 1, key, PV_OUTBOX_KEY_BYTES);
}

gboolean
pv_outbox_key_from_text (const char *text, guint8 ret_key[PV_OUTBOX_KEY_BYTES])
{
  gsize length = strlen (text), size = 0;

  if (sodium_hex2bin (ret_key, PV_OUTBOX_KEY_BYTES, text, length, " \t\r\n", &size, NULL) == 0
      && size == PV_OUTBOX_KEY_BYTES)
    return TRUE;
  pv_wipe_bytes (ret_key, PV_OUTBOX_KEY_BYTES);
  return FALSE;
}

static void
bad_data (GError **error, const char *what)
{
  g_set_error_literal (error, PV_LINK_ERROR, PV_LINK_ERROR_BAD_DATA, what);
}

static void
put_u32 (guint8 *at, gsize value)
{
  guint32 little = GUINT32_TO_LE ((guint32) value);

  memcpy (at, &little, sizeof little);
}

static gsize
get_u32 (const guint8 *at)
{
  guint32 little;

  memcpy (&little, at, sizeof little);
  return GUINT32_FROM_LE (little);
}

static GBytes *
seal_to (const guint8 *data, gsize size, const guint8 *public_key, GError **error)
{
  g_autofree guint8 *sealed = g_malloc (size + crypto_box_SEALBYTES);

  if (!pv_outbox_init (error))
    return NULL;
  if (crypto_box_seal (sealed, data, size, public_key) != 0) {
    bad_data (error, "not a public key");
    return NULL;
  }
  return g_bytes_new_take (g_steal_pointer (&sealed), size + crypto_box_SEALBYTES);
}

static PvLinkSecret *
open_sealed (const guint8 *sealed, gsize size, const PvOutboxKeys *keys, GError **error)
{
  g_autoptr (PvLinkSecret) secret = NULL;

  if (!pv_outbox_init (error))
    return NULL;
  if (size < crypto_box_SEALBYTES) {
    bad_data (error, "sealed part too short");
    return NULL;
  }
  secret = pv_link_secret_new (size - crypto_box_SEALBYTES);
  if (crypto_box_seal_open (secret->data, sealed, size, keys->public_key, keys->secret_key) != 0) {
    bad_data (error, "not sealed to this key, or damaged");
    return NULL;
  }
  return g_steal_pointer (&secret);
}

static GVariant *
header_to_variant (const PvOutboxHeader *header)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "ref", "s", header->ref);
  g_variant_dict_insert (&dict, "slug", "s", header->slug);
  g_variant_dict_insert (&dict, "purpose", "s", header->purpose == PV_OUTBOX_DRAFT ? "draft" : "file");
  g_variant_dict_insert (&dict, "has-ref-field", "b", header->has_ref_field);
  g_variant_dict_insert (&dict, "created-us", "x", header->created_us);
  return g_variant_ref_sink (g_variant_dict_end (&dict));
}

GBytes *
pv_outbox_seal (const PvOutboxHeader *header, GVariant *submission, const guint8 *outbox_key, const guint8 *reply_key,
                GError **error)
{
  g_autoptr (GVariant) clear = header_to_variant (header);
  g_autoptr (GVariant) box = g_variant_ref_sink (g_variant_new_variant (submission));
  gsize header_size = g_variant_get_size (clear), document_size = g_variant_get_size (box);
  gsize clear_size = PREFIX_BYTES + header_size;
  g_autoptr (PvLinkSecret) secret = NULL;
  g_autoptr (GBytes) sealed = NULL;
  g_autofree guint8 *container = NULL;
  gsize sealed_size, total;

  if (header_size > PV_OUTBOX_MAX_HEADER_BYTES
      || document_size > PV_OUTBOX_MAX_BYTES - 2 * PV_OUTBOX_MAX_HEADER_BYTES) {
    g_set_error (error, PV_LINK_ERROR, PV_LINK_ERROR_TOO_LARGE, "a filing of %" G_GSIZE_FORMAT " bytes", document_size);
    return NULL;
  }
  sealed_size = INNER_BYTES + document_size + crypto_box_SEALBYTES;
  total = clear_size + sealed_size;
  container = g_malloc0 (total);
  memcpy (container, magic, sizeof magic);
  container[4] = container[5] = (guint8) pv_stored_version_to_write (PV_STORED_OUTBOX, pv_release_is_confirmed ());
  put_u32 (container + 8, header_size);
  put_u32 (container + 12, sealed_size);
  g_variant_store (clear, container + PREFIX_BYTES);

  secret = pv_link_secret_new (INNER_BYTES + document_size);
  memcpy (secret->data, reply_key, PV_OUTBOX_KEY_BYTES);
  crypto_generichash (secret->data + PV_OUTBOX_KEY_BYTES, DIGEST_BYTES, container, clear_size, NULL, 0);
  g_variant_store (box, secret->data + INNER_BYTES);
  sealed = seal_to (secret->data, secret->size, outbox_key, error);
  if (sealed == NULL)
    return NULL;
  memcpy (container + clear_size, g_bytes_get_data (sealed, NULL), sealed_size);
  return g_bytes_new_take (g_steal_pointer (&container), total);
}

static gboolean
parse_prefix (const guint8 *data, gsize size, Parts *ret_parts, GError **error)
{
  Parts parts;

  if (size < PREFIX_BYTES || memcmp (data, magic, sizeof magic) != 0) {
    bad_data (error, "not a container of the outbox");
    return FALSE;
  }
  if (data[4] < MAX (PV_OUTBOX_VERSION - 1, 1) || data[5] > PV_OUTBOX_VERSION || data[5] > data[4]) {
    g_set_error (error, PV_LINK_ERROR, PV_LINK_ERROR_VERSION,
                 "container of version %u (read by %u and later), we are %d", data[4], data[5], PV_OUTBOX_VERSION);
    return FALSE;
  }
  parts.header_size = (guint32) get_u32 (data + 8);
  parts.sealed_size = (guint32) get_u32 (data + 12);
  if (parts.header_size > PV_OUTBOX_MAX_HEADER_BYTES || parts.sealed_size > PV_OUTBOX_MAX_BYTES
      || size != (gsize) PREFIX_BYTES + parts.header_size + parts.sealed_size) {
    bad_data (error, "container whose sizes do not agree");
    return FALSE;
  }
  *ret_parts = parts;
  return TRUE;
}

static gboolean
slug_is_valid (const char *slug)
{
  gsize length = strlen (slug);

  if (length == 0 || length > PV_OUTBOX_MAX_SLUG_BYTES)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (slug[i]) && strchr ("-_.", slug[i]) == NULL)
      return FALSE;
  return TRUE;
}

PvOutboxHeader *
pv_outbox_parse (GBytes *container, GError **error)
{
  g_autoptr (PvOutboxHeader) header = g_new0 (PvOutboxHeader, 1);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GVariant) variant = NULL;
  const char *purpose = NULL;
  const guint8 *data;
  gsize size;
  Parts parts;

  data = g_bytes_get_data (container, &size);
  if (!parse_prefix (data, size, &parts, error))
    return NULL;
  bytes = g_bytes_new_from_bytes (container, PREFIX_BYTES, parts.header_size);
  variant = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE_VARDICT, bytes, FALSE));
  if (!g_variant_is_normal_form (variant) || !g_variant_lookup (variant, "ref", "s", &header->ref)
      || !g_variant_lookup (variant, "slug", "s", &header->slug)
      || !g_variant_lookup (variant, "purpose", "&s", &purpose)
      || !g_variant_lookup (variant, "has-ref-field", "b", &header->has_ref_field)
      || !g_variant_lookup (variant, "created-us", "x", &header->created_us) || !pv_ref_is_valid (header->ref)
      || !slug_is_valid (header->slug) || (strcmp (purpose, "file") != 0 && strcmp (purpose, "draft") != 0)) {
    bad_data (error, "container with a wrong header");
    return NULL;
  }
  header->purpose = strcmp (purpose, "draft") == 0 ? PV_OUTBOX_DRAFT : PV_OUTBOX_FILE;
  return g_steal_pointer (&header);
}

GVariant *
pv_outbox_open (GBytes *container, const PvOutboxKeys *keys, guint8 ret_reply_key[PV_OUTBOX_KEY_BYTES], GError **error)
{
  g_autoptr (PvLinkSecret) secret = NULL;
  guint8 digest[DIGEST_BYTES], reply_key[PV_OUTBOX_KEY_BYTES];
  GVariant *submission;
  const guint8 *data;
  gsize size, clear_size;
  Parts parts;

  data = g_bytes_get_data (container, &size);
  if (!parse_prefix (data, size, &parts, error))
    return NULL;
  clear_size = PREFIX_BYTES + parts.header_size;
  secret = open_sealed (data + clear_size, parts.sealed_size, keys, error);
  if (secret == NULL)
    return NULL;
  crypto_generichash (digest, sizeof digest, data, clear_size, NULL, 0);
  if (secret->size < INNER_BYTES || sodium_memcmp (secret->data + PV_OUTBOX_KEY_BYTES, digest, sizeof digest) != 0) {
    bad_data (error, "the clear header is not the one that was sealed");
    return NULL;
  }
  memcpy (reply_key, secret->data, PV_OUTBOX_KEY_BYTES);
  submission = pv_link_secret_to_variant (g_steal_pointer (&secret), INNER_BYTES, error);
  if (submission != NULL)
    memcpy (ret_reply_key, reply_key, PV_OUTBOX_KEY_BYTES);
  return submission;
}

GBytes *
pv_outbox_seal_reply (GVariant *outcome, const guint8 *reply_key, GError **error)
{
  g_autoptr (PvLinkSecret) secret = pv_link_secret_from_variant (outcome);

  return seal_to (secret->data, secret->size, reply_key, error);
}

GVariant *
pv_outbox_open_reply (GBytes *reply, const PvOutboxKeys *keys, GError **error)
{
  PvLinkSecret *secret;
  const guint8 *data;
  gsize size;

  data = g_bytes_get_data (reply, &size);
  if (size > PV_OUTBOX_MAX_REPLY_BYTES) {
    g_set_error_literal (error, PV_LINK_ERROR, PV_LINK_ERROR_TOO_LARGE, "sealed outcome over the limit");
    return NULL;
  }
  secret = open_sealed (data, size, keys, error);
  return secret != NULL ? pv_link_secret_to_variant (secret, 0, error) : NULL;
}
