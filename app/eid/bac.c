/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <openssl/rand.h>
#include <string.h>

#include "core/wipe.h"
#include "eid/bac-internal.h"
#include "eid/memory.h"

enum {
  INS_CHALLENGE = 0x84,
  INS_AUTHENTICATE = 0x82,
  CHALLENGE = 8,
  KEY = 16,
  MESSAGE = 2 * CHALLENGE + KEY, /* two challenges and a key, either way */
  SEALED = MESSAGE + PV_MAC_BYTES,
};

/* In locked memory. */
typedef struct Run {
  guint8 encryption_key[KEY], mac_key[KEY];
  guint8 chip_challenge[CHALLENGE];
  guint8 message[MESSAGE];
  guint8 sealed[SEALED];
  guint8 answer[SEALED];
  guint8 seed[KEY];
  guint8 counter[CHALLENGE];
} Run;

static gboolean
fail (PvCardError code, const char *message, GError **error)
{
  g_set_error_literal (error, PV_CARD_ERROR, (gint) code, message);
  return FALSE;
}

static gboolean
get_challenge (PvChannel *channel, Run *run, GError **error)
{
  static const PvApdu apdu = { 0x00, INS_CHALLENGE, 0x00, 0x00, NULL, 0, CHALLENGE };
  gsize length;
  guint16 sw;

  if (!pv_channel_send (channel, &apdu, run->chip_challenge, CHALLENGE, &length, &sw, PV_CARD_TIMEOUT_MS, error))
    return FALSE;
  if (sw == PV_SW_OK && length == CHALLENGE)
    return TRUE;
  g_set_error (error, PV_CARD_ERROR, sw == PV_SW_OK ? PV_CARD_ERROR_BAD_DATA : PV_CARD_ERROR_UNSUPPORTED,
               "no challenge for basic access: %04X", sw);
  return FALSE;
}

/* What cards say to a wrong zone differs; on a repeated try some change the word. */
static gboolean
fail_for_status (guint16 sw, GError **error)
{
  if (sw == PV_SW_BLOCKED || sw == PV_SW_UNUSABLE)
    return fail (PV_CARD_ERROR_BLOCKED, "the card takes no zone any more", error);
  if (sw == PV_SW_AUTHENTICATION_FAILED || (sw & 0xFFF0) == 0x63C0 || sw == PV_SW_SECURITY_STATUS
      || sw == PV_SW_CONDITIONS || sw == PV_SW_BAD_P1_P2 || sw == PV_SW_SM_WRONG)
    return fail (PV_CARD_ERROR_WRONG_CODE, "the zone is not this card's", error);
  g_set_error (error, PV_CARD_ERROR, PV_CARD_ERROR_BAD_DATA, "the card ends basic access with %04X", sw);
  return FALSE;
}

static gboolean
authenticate (PvChannel *channel, Run *run, const PvBacSecrets *secrets, GError **error)
{
  PvApdu apdu = { 0x00, INS_AUTHENTICATE, 0x00, 0x00, run->sealed, SEALED, SEALED };
  gsize length;
  guint16 sw;

  memcpy (run->message, secrets->challenge, CHALLENGE);
  memcpy (run->message + CHALLENGE, run->chip_challenge, CHALLENGE);
  memcpy (run->message + 2 * CHALLENGE, secrets->key, KEY);
  pv_cipher_encrypt (PV_CIPHER_3DES, run->encryption_key, NULL, run->message, MESSAGE, run->sealed);
  pv_mac (PV_CIPHER_3DES, run->mac_key, run->sealed, MESSAGE, run->sealed + MESSAGE);
  if (!pv_channel_send (channel, &apdu, run->answer, SEALED, &length, &sw, PV_CARD_SLOW_TIMEOUT_MS, error))
    return FALSE;
  if (sw != PV_SW_OK)
    return fail_for_status (sw, error);
  return length == SEALED || fail (PV_CARD_ERROR_BAD_DATA, "an answer of basic access has a wrong length", error);
}

/* RND.IC || RND.IFD || K.IC, sealed: only who knows the zone can have made it, and now. */
static gboolean
check_answer (Run *run, const PvBacSecrets *secrets, GError **error)
{
  guint8 mac[PV_MAC_BYTES];

  pv_mac (PV_CIPHER_3DES, run->mac_key, run->answer, MESSAGE, mac);
  if (!pv_bytes_equal (mac, run->answer + MESSAGE, PV_MAC_BYTES))
    return fail (PV_CARD_ERROR_BAD_DATA, "the card does not know the zone itself", error);
  pv_cipher_decrypt (PV_CIPHER_3DES, run->encryption_key, NULL, run->answer, MESSAGE, run->message);
  if (!pv_bytes_equal (run->message, run->chip_challenge, CHALLENGE)
      || !pv_bytes_equal (run->message + CHALLENGE, secrets->challenge, CHALLENGE))
    return fail (PV_CARD_ERROR_BAD_DATA, "the card answers another challenge", error);
  return TRUE;
}

static void
secure (PvChannel *channel, Run *run, const PvBacSecrets *secrets)
{
  for (gsize i = 0; i < KEY; i++)
    run->seed[i] = run->message[2 * CHALLENGE + i] ^ secrets->key[i];
  pv_kdf (PV_CIPHER_3DES, run->seed, KEY, 1, run->encryption_key);
  pv_kdf (PV_CIPHER_3DES, run->seed, KEY, 2, run->mac_key);
  memcpy (run->counter, run->chip_challenge + 4, 4);
  memcpy (run->counter + 4, secrets->challenge + 4, 4);
  pv_channel_set_sm (channel, pv_sm_new (PV_CIPHER_3DES, run->encryption_key, run->mac_key, run->counter));
}

gboolean
pv_bac_run_with (PvChannel *channel, const PvCardPassword *password, const PvBacSecrets *secrets, GError **error)
{
  gsize length;
  const guint8 *secret = pv_card_password_get_secret (password, &length);
  gboolean is_done;
  Run *run;

  if (pv_card_password_get_kind (password) != PV_PASSWORD_MRZ)
    return fail (PV_CARD_ERROR_UNSUPPORTED, "basic access needs the machine-readable zone", error);
  run = (Run *) (void *) pv_card_alloc (sizeof (Run));
  pv_kdf (PV_CIPHER_3DES, secret, KEY, 1, run->encryption_key);
  pv_kdf (PV_CIPHER_3DES, secret, KEY, 2, run->mac_key);
  is_done = get_challenge (channel, run, error) && authenticate (channel, run, secrets, error)
            && check_answer (run, secrets, error);
  if (is_done)
    secure (channel, run, secrets);
  pv_card_free ((guint8 *) run);
  return is_done;
}

gboolean
pv_bac_run (PvChannel *channel, const PvCardPassword *password, GError **error)
{
  PvBacSecrets secrets;
  gboolean is_done;

  if (RAND_bytes (secrets.challenge, sizeof secrets.challenge) != 1
      || RAND_priv_bytes (secrets.key, sizeof secrets.key) != 1)
    return fail (PV_CARD_ERROR_READER, "no randomness for a key", error);
  is_done = pv_bac_run_with (channel, password, &secrets, error);
  pv_wipe_bytes (&secrets, sizeof secrets);
  return is_done;
}
