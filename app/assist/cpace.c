/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "assist/cpace.h"

#include <sodium.h>
#include <string.h>

#include "assist/wire.h"

enum { HASH_BLOCK_BYTES = 128 }; /* input block of SHA-512 */

static const char group_name[] = "CPaceRistretto255";
static const char isk_name[] = "CPaceRistretto255_ISK";

G_STATIC_ASSERT (crypto_core_ristretto255_BYTES == PV_CPACE_POINT_BYTES);
G_STATIC_ASSERT (crypto_core_ristretto255_HASHBYTES == PV_CPACE_ISK_BYTES);
G_STATIC_ASSERT (crypto_core_ristretto255_NONREDUCEDSCALARBYTES == PV_CPACE_SEED_BYTES);

static PvCpaceBytes
bytes_of (const void *data, gsize size)
{
  return (PvCpaceBytes){ data, size };
}

/* prepend_len: the length in LEB128, then the bytes. */
static void
add (PvWireWriter *to, PvCpaceBytes bytes)
{
  gsize rest = bytes.size;

  for (; rest >= 0x80; rest >>= 7)
    pv_wire_write_u8 (to, (guint) (rest & 0x7f) | 0x80);
  pv_wire_write_u8 (to, (guint) rest);
  pv_wire_write_bytes (to, bytes.data, bytes.size);
}

/* The zeros fill the first block of the hash, so that its time does not depend on the code (section 8.1). */
static PvWireWriter *
generator_string (PvCpaceBytes code, PvCpaceBytes channel, PvCpaceBytes session)
{
  static const guint8 zeros[HASH_BLOCK_BYTES];
  PvWireWriter *text = pv_wire_writer_new ();
  gsize used;

  add (text, bytes_of (group_name, strlen (group_name)));
  add (text, code);
  used = text->len + 1;
  add (text, bytes_of (zeros, used < HASH_BLOCK_BYTES ? HASH_BLOCK_BYTES - used : 0));
  add (text, channel);
  add (text, session);
  return text;
}

GBytes *
pv_cpace_generator_string (PvCpaceBytes code, PvCpaceBytes channel, PvCpaceBytes session)
{
  g_autoptr (PvWireWriter) text = generator_string (code, channel, session);

  return pv_wire_writer_finish (text);
}

gboolean
pv_cpace_multiply (const guint8 *scalar, const guint8 *point, guint8 ret_point[PV_CPACE_POINT_BYTES])
{
  guint8 result[PV_CPACE_POINT_BYTES];
  gboolean is_good = crypto_scalarmult_ristretto255 (result, scalar, point) == 0; /* -1 for the neutral one too */

  if (is_good)
    memcpy (ret_point, result, sizeof result);
  sodium_memzero (result, sizeof result);
  return is_good;
}

gboolean
pv_cpace_start (PvCpace *cpace, PvCpaceBytes code, PvCpaceBytes channel, PvCpaceBytes session, const guint8 *seed)
{
  g_autoptr (PvWireWriter) text = NULL;
  guint8 hash[crypto_hash_sha512_BYTES], generator[PV_CPACE_POINT_BYTES];
  gboolean is_good;

  if (code.size > PV_CPACE_MAX_INPUT_BYTES || channel.size > PV_CPACE_MAX_INPUT_BYTES
      || session.size > PV_CPACE_MAX_INPUT_BYTES)
    return FALSE;
  text = generator_string (code, channel, session);
  crypto_hash_sha512 (hash, (const guint8 *) text->str, text->len);
  crypto_core_ristretto255_from_hash (generator, hash);
  crypto_core_ristretto255_scalar_reduce (cpace->scalar, seed);
  is_good = pv_cpace_multiply (cpace->scalar, generator, cpace->share);
  sodium_memzero (hash, sizeof hash);
  sodium_memzero (generator, sizeof generator);
  if (!is_good)
    pv_cpace_clear (cpace);
  return is_good;
}

gboolean
pv_cpace_finish (const PvCpace *cpace, gboolean is_initiator, PvCpaceBytes session, PvCpaceBytes our_data,
                 const guint8 *their_share, PvCpaceBytes their_data, guint8 ret_isk[PV_CPACE_ISK_BYTES])
{
  g_autoptr (PvWireWriter) text = pv_wire_writer_new ();
  PvCpaceBytes ours = bytes_of (cpace->share, PV_CPACE_POINT_BYTES);
  PvCpaceBytes theirs = bytes_of (their_share, PV_CPACE_POINT_BYTES);
  guint8 point[PV_CPACE_POINT_BYTES];

  if (our_data.size > PV_CPACE_MAX_INPUT_BYTES || their_data.size > PV_CPACE_MAX_INPUT_BYTES
      || !pv_cpace_multiply (cpace->scalar, their_share, point))
    return FALSE;
  add (text, bytes_of (isk_name, strlen (isk_name)));
  add (text, session);
  add (text, bytes_of (point, sizeof point));
  add (text, is_initiator ? ours : theirs);
  add (text, is_initiator ? our_data : their_data);
  add (text, is_initiator ? theirs : ours);
  add (text, is_initiator ? their_data : our_data);
  crypto_hash_sha512 (ret_isk, (const guint8 *) text->str, text->len);
  sodium_memzero (point, sizeof point);
  return TRUE;
}

void
pv_cpace_clear (PvCpace *cpace)
{
  sodium_memzero (cpace, sizeof *cpace);
}
