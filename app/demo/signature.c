/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "demo/signature.h"

#include <string.h>

/* From here on a signed query string is not signed any more. */
#define SIGNATURE_MARK "&signature="

enum {
  DIGEST_MAX_BYTES = 64,
};

struct PvDemoSignatures {
  GHashTable *accesses; /* id -> PvDemoAccess */
  GHashTable *nonces;   /* nonce -> time of its call (gint64, owned) */
};

G_DEFINE_QUARK (pv_demo_access_error, pv_demo_access_error)

static void
access_free (gpointer data)
{
  PvDemoAccess *access = data;

  g_free (access->id);
  g_free (access->key);
  g_free (access->role);
  g_free (access);
}

PvDemoSignatures *
pv_demo_signatures_new (void)
{
  PvDemoSignatures *self = g_new0 (PvDemoSignatures, 1);

  self->accesses = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, access_free);
  self->nonces = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
pv_demo_signatures_free (PvDemoSignatures *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->accesses);
  g_hash_table_unref (self->nonces);
  g_free (self);
}

void
pv_demo_signatures_add (PvDemoSignatures *self, const char *id, const char *key, const char *role)
{
  PvDemoAccess *access = g_new0 (PvDemoAccess, 1);

  access->id = g_strdup (id);
  access->key = g_strdup (key);
  access->role = g_strdup (role);
  g_hash_table_replace (self->accesses, access->id, access);
}

static char *
decode (const char *text, gsize length)
{
  g_autofree char *encoded = g_strndup (text, length);
  g_autofree char *decoded = NULL;

  g_strdelimit (encoded, "+", ' ');
  decoded = g_uri_unescape_string (encoded, NULL);
  if (decoded == NULL || !g_utf8_validate (decoded, -1, NULL))
    return NULL;
  return g_steal_pointer (&decoded);
}

char *
pv_demo_query_get (const char *query, const char *name)
{
  g_autofree char *value = NULL;
  gsize name_length = strlen (name);
  guint found = 0;

  for (const char *part = query; part != NULL && *part != '\0';) {
    gsize length = strcspn (part, "&");

    if (length > name_length && part[name_length] == '=' && strncmp (part, name, name_length) == 0) {
      g_free (value);
      value = decode (part + name_length + 1, length - name_length - 1);
      found++;
    }
    part += length;
    if (*part == '&')
      part++;
  }
  return found == 1 ? g_steal_pointer (&value) : NULL;
}

static gboolean G_GNUC_PRINTF (2, 3) deny (GError **error, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, PV_DEMO_ACCESS_ERROR, PV_DEMO_ACCESS_ERROR_DENIED, text);
  return FALSE;
}

/* The names of Python's hashlib that GLib has too. */
static gboolean
find_algorithm (const char *name, GChecksumType *ret_type)
{
  static const struct {
    const char *name;
    GChecksumType type;
  } known[] = {
    { "md5", G_CHECKSUM_MD5 },       { "sha1", G_CHECKSUM_SHA1 },     { "sha256", G_CHECKSUM_SHA256 },
    { "sha384", G_CHECKSUM_SHA384 }, { "sha512", G_CHECKSUM_SHA512 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++) {
    if (g_str_equal (name, known[i].name)) {
      *ret_type = known[i].type;
      return TRUE;
    }
  }
  return FALSE;
}

static gboolean
is_signature_right (const char *query, const char *key, GChecksumType type, const char *signature)
{
  const char *end = strstr (query, SIGNATURE_MARK);
  g_autoptr (GHmac) hmac = NULL;
  g_autofree guchar *given = NULL;
  guint8 wanted[DIGEST_MAX_BYTES];
  gsize wanted_size = sizeof wanted;
  gsize given_size = 0;
  guint difference = 0;

  if (end == NULL)
    return FALSE;
  hmac = g_hmac_new (type, (const guchar *) key, strlen (key));
  g_hmac_update (hmac, (const guchar *) query, end - query);
  g_hmac_get_digest (hmac, wanted, &wanted_size);
  given = g_base64_decode (signature, &given_size);
  if (given_size != wanted_size)
    return FALSE;
  for (gsize i = 0; i < wanted_size; i++)
    difference |= (guint) (given[i] ^ wanted[i]);
  return difference == 0;
}

static gboolean
check_timestamp (const char *query, gint64 now_us, GError **error)
{
  g_autofree char *text = pv_demo_query_get (query, "timestamp");
  g_autoptr (GDateTime) timestamp = NULL;
  gint64 ahead_s, distance_s;

  if (text == NULL)
    return deny (error, "Missing/multiple timestamp field.");
  if (strlen (text) == strlen ("YYYY-MM-DDTHH:MM:SSZ") && g_str_has_suffix (text, "Z"))
    timestamp = g_date_time_new_from_iso8601 (text, NULL);
  if (timestamp == NULL)
    return deny (error, "Invalid timestamp field; must be of the form YYYY-MM-DDTHH:MM:SSZ.");
  ahead_s = g_date_time_to_unix (timestamp) - now_us / G_USEC_PER_SEC;
  distance_s = ABS (ahead_s);
  if (distance_s > PV_DEMO_WINDOW_S)
    return deny (
      error,
      "timestamp is more than %d seconds in the %s: %" G_GINT64_FORMAT ":%02" G_GINT64_FORMAT ":%02" G_GINT64_FORMAT,
      PV_DEMO_WINDOW_S, ahead_s < 0 ? "past" : "future", distance_s / 3600, distance_s / 60 % 60, distance_s % 60);
  return TRUE;
}

static gboolean
is_forgotten (gpointer key, gpointer value, gpointer user_data)
{
  const gint64 *used_us = value;
  const gint64 *now_us = user_data;

  (void) key;
  return ABS (*now_us - *used_us) > PV_DEMO_WINDOW_S * G_USEC_PER_SEC;
}

static gboolean
use_nonce (PvDemoSignatures *self, const char *query, gint64 now_us, GError **error)
{
  g_autofree char *nonce = pv_demo_query_get (query, "nonce");

  if (nonce == NULL)
    return TRUE;
  if (strlen (nonce) > PV_DEMO_NONCE_MAX_BYTES)
    nonce[PV_DEMO_NONCE_MAX_BYTES] = '\0';
  for (char *c = nonce; *c != '\0'; c++)
    *c = g_ascii_isalnum (*c) ? g_ascii_tolower (*c) : '-';
  g_hash_table_foreach_remove (self->nonces, is_forgotten, &now_us);
  if (g_hash_table_contains (self->nonces, nonce) || g_hash_table_size (self->nonces) >= PV_DEMO_MAX_NONCES)
    return deny (error, "Nonce already used.");
  g_hash_table_insert (self->nonces, g_steal_pointer (&nonce), g_memdup2 (&now_us, sizeof now_us));
  return TRUE;
}

const PvDemoAccess *
pv_demo_signatures_check (PvDemoSignatures *self, const char *query, gint64 now_us, GError **error)
{
  g_autofree char *signature = NULL;
  g_autofree char *orig = NULL;
  g_autofree char *algorithm = NULL;
  const PvDemoAccess *access;
  GChecksumType type;

  if (query != NULL && strlen (query) <= PV_DEMO_QUERY_MAX_BYTES)
    signature = pv_demo_query_get (query, "signature");
  if (signature == NULL) {
    deny (error, "Unsigned API call.");
    return NULL;
  }
  orig = pv_demo_query_get (query, "orig");
  if (orig == NULL) {
    deny (error, "Missing/multiple orig field.");
    return NULL;
  }
  access = g_hash_table_lookup (self->accesses, orig);
  if (access == NULL) {
    deny (error, "Invalid orig.");
    return NULL;
  }
  algorithm = pv_demo_query_get (query, "algo");
  if (algorithm == NULL) {
    deny (error, "Missing/multiple algo field.");
    return NULL;
  }
  if (!find_algorithm (algorithm, &type)) {
    deny (error, "Invalid algo.");
    return NULL;
  }
  if (!is_signature_right (query, access->key, type, signature)) {
    deny (error, "Invalid signature.");
    return NULL;
  }
  if (!check_timestamp (query, now_us, error) || !use_nonce (self, query, now_us, error))
    return NULL;
  return access;
}

const PvDemoAccess *
pv_demo_signatures_check_basic (PvDemoSignatures *self, const char *header)
{
  g_autofree guchar *decoded = NULL;
  g_autofree char *pair = NULL;
  const PvDemoAccess *access;
  char *colon;
  gsize size = 0;

  if (header == NULL || g_ascii_strncasecmp (header, "Basic ", strlen ("Basic ")) != 0)
    return NULL;
  decoded = g_base64_decode (header + strlen ("Basic "), &size);
  pair = g_strndup ((const char *) decoded, size);
  colon = strchr (pair, ':');
  if (colon == NULL)
    return NULL;
  *colon = '\0';
  access = g_hash_table_lookup (self->accesses, pair);
  return access != NULL && g_str_equal (access->key, colon + 1) ? access : NULL;
}
