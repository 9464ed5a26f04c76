/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* fuzz-sm.c: answers under secure messaging. The first byte: the cipher, whether the INS is odd, and whether the MAC is made
 * right, so that what is behind it is reached. After a refusal nothing more is taken; the same bytes are also an APDU, which
 * reads back from how it is written. */

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "eid/sm.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

enum {
  IS_ODD = 0x04,
  IS_SIGNED = 0x08,
  MAX_BYTES = 1024,
  ROOM = 64, /* for the MAC and its padding */
};

static const guint8 encryption_key[32] = { 1, 2, 3 };
static const guint8 mac_key[32] = { 4, 5, 6 };

static void
check (gboolean is_true)
{
  if (!is_true)
    abort ();
}

/* Puts DO 8E between the objects and the status word. @answer has room for it. */
static gsize
sign (PvCipher cipher, guint8 *answer, gsize length)
{
  gsize block = pv_cipher_block_bytes (cipher), objects = length - 2, at = block;
  guint8 message[MAX_BYTES + ROOM] = { 0 }, sw[2];

  memcpy (sw, answer + objects, 2);
  message[block - 1] = 1; /* the counter of the first answer without a command */
  memcpy (message + at, answer, objects);
  at += objects;
  if (cipher != PV_CIPHER_3DES) {
    message[at] = 0x80;
    at = (at / block + 1) * block;
  }
  answer[objects] = 0x8E;
  answer[objects + 1] = PV_MAC_BYTES;
  pv_mac (cipher, mac_key, message, at, answer + objects + 2);
  memcpy (answer + objects + 2 + PV_MAC_BYTES, sw, 2);
  return length + 2 + PV_MAC_BYTES;
}

static void
check_apdu (const uint8_t *data, size_t size)
{
  guint8 again[MAX_BYTES + ROOM];
  PvApdu apdu, back;
  gsize length;

  if (!pv_apdu_decode (data, size, &apdu))
    return;
  check (apdu.length == 0 || (apdu.data >= data && apdu.data + apdu.length <= data + size));
  check (pv_apdu_encode (&apdu, again, sizeof again, &length) && pv_apdu_decode (again, length, &back));
  check (back.ins == apdu.ins && back.length == apdu.length && back.expected == apdu.expected);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  guint8 answer[MAX_BYTES + ROOM], plain[MAX_BYTES];
  g_autoptr (PvSm) sm = NULL;
  PvCipher cipher;
  gsize length, plain_length = G_MAXSIZE;
  guint16 sw;

  if (size < 3 || size > MAX_BYTES)
    return 0;
  check_apdu (data + 1, size - 1);
  cipher = (PvCipher) (data[0] % PV_N_CIPHERS);
  length = size - 1;
  memcpy (answer, data + 1, length);
  if ((data[0] & IS_SIGNED) != 0)
    length = sign (cipher, answer, length);
  sm = pv_sm_new (cipher, encryption_key, mac_key, NULL);
  if (pv_sm_unwrap (sm, (data[0] & IS_ODD) != 0, answer, length, plain, sizeof plain, &plain_length, &sw, NULL)) {
    check ((data[0] & IS_SIGNED) != 0); /* nobody guesses a MAC */
    check (plain_length < length && sw == (answer[length - 2] << 8 | answer[length - 1]));
  } else {
    check (plain_length == G_MAXSIZE);
    check (!pv_sm_unwrap (sm, FALSE, answer, length, plain, sizeof plain, &plain_length, &sw, NULL));
  }
  return 0;
}
