/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "eid/password.h"

#include <string.h>

#include "core/mrz.h"
#include "core/wipe.h"
#include "eid/memory.h"

enum {
  CAN_DIGITS = 6,
  DATE_CHARACTERS = 6,
  SHORTEST_NUMBER = 9,
  SECRET_BYTES = 20, /* SHA-1 */
  /* number, birth and expiry, each with its check digit */
  MAX_INFORMATION = PV_MRZ_MAX_NUMBER + 1 + 2 * (DATE_CHARACTERS + 1),
};

struct PvCardPassword {
  PvPasswordKind kind;
  guint8 secret[SECRET_BYTES];
  gsize length;
};

static PvCardPassword *
new_password (PvPasswordKind kind, gsize length)
{
  PvCardPassword *password = (PvCardPassword *) (void *) pv_card_alloc (sizeof (PvCardPassword));

  password->kind = kind;
  password->length = length;
  return password;
}

PvCardPassword *
pv_card_password_new_can (const char *digits)
{
  PvCardPassword *password;

  if (digits == NULL || strlen (digits) != CAN_DIGITS || strspn (digits, "0123456789") != CAN_DIGITS)
    return NULL;
  password = new_password (PV_PASSWORD_CAN, CAN_DIGITS);
  memcpy (password->secret, digits, CAN_DIGITS);
  return password;
}

static gboolean
append_checked (char *information, gsize *length, const char *field, gsize field_length)
{
  guint digit;

  if (!pv_mrz_check_digit (field, field_length, &digit))
    return FALSE;
  memcpy (information + *length, field, field_length);
  *length += field_length;
  information[(*length)++] = (char) ('0' + digit);
  return TRUE;
}

/* Fillers stand for what is unknown, and for a document without end. */
static gboolean
is_date (const char *text)
{
  return text != NULL && strlen (text) == DATE_CHARACTERS && strspn (text, "0123456789<") == DATE_CHARACTERS;
}

/* MRZ_information of Doc 9303-11, section 9.7.2: the fields and their check digits. */
PvCardPassword *
pv_card_password_new_mrz (const char *number, const char *birth, const char *expiry)
{
  char padded[PV_MRZ_MAX_NUMBER];
  char information[MAX_INFORMATION];
  gsize number_length = number != NULL ? strlen (number) : 0, length = 0;
  PvCardPassword *password = NULL;

  if (number_length == 0 || number_length > PV_MRZ_MAX_NUMBER || !is_date (birth) || !is_date (expiry))
    return NULL;
  memset (padded, '<', sizeof padded);
  memcpy (padded, number, number_length);
  if (append_checked (information, &length, padded, MAX (number_length, SHORTEST_NUMBER))
      && append_checked (information, &length, birth, DATE_CHARACTERS)
      && append_checked (information, &length, expiry, DATE_CHARACTERS)) {
    password = new_password (PV_PASSWORD_MRZ, SECRET_BYTES);
    pv_sha1 ((const guint8 *) information, length, password->secret);
  }
  pv_wipe_bytes (padded, sizeof padded);
  pv_wipe_bytes (information, sizeof information);
  return password;
}

PvCardPassword *
pv_card_password_new_mrz_lines (const char *lines)
{
  g_auto (PvMrzFields) fields = { 0 };

  if (pv_mrz_read (lines, &fields) != PV_MRZ_OK || fields.kind == PV_MRZ_OLD_FRENCH_CARD)
    return NULL;
  return pv_card_password_new_mrz (fields.number, fields.birth, fields.expiry);
}

void
pv_card_password_free (PvCardPassword *password)
{
  if (password != NULL)
    pv_card_free ((guint8 *) password);
}

PvPasswordKind
pv_card_password_get_kind (const PvCardPassword *password)
{
  return password->kind;
}

const guint8 *
pv_card_password_get_secret (const PvCardPassword *password, gsize *ret_length)
{
  *ret_length = password->length;
  return password->secret;
}
