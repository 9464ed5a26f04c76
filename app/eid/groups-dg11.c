/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* DG11: what the machine-readable zone has no room or no letters for. */

#include "eid/groups-private.h"

#include <string.h>

#include "core/wipe.h"

enum {
  TAG_NAME = 0x5F0E,
  TAG_OTHER_NAME = 0x5F0F,
  TAG_OTHER_NAMES = 0xA0,
  TAG_BIRTH_DATE = 0x5F2B,
  TAG_BIRTH_PLACE = 0x5F11,
  TAG_ADDRESS = 0x5F42,
};

/* NULL: not there, or no text that can be shown: no UTF-8, control characters, over the limit. It is left out then: the
 * group is signed, and its words are a help, not a proof. */
static char *
read_text (PvTlvReader reader, guint32 tag)
{
  g_autoptr (PvSecretStr) text = NULL;
  PvTlv tlv;

  if (!pv_tlv_find (reader.data, reader.length, tag, &tlv) || tlv.length == 0 || tlv.length > PV_GROUP_MAX_TEXT_BYTES
      || !g_utf8_validate ((const char *) tlv.value, (gssize) tlv.length, NULL))
    return NULL;
  text = g_strndup ((const char *) tlv.value, tlv.length);
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      return NULL;
  return g_steal_pointer (&text);
}

/* Its parts, between fillers, joined by @separator; never longer than PV_GROUP_MAX_TEXT_BYTES. */
static char *
join_parts (const char *text, const char *separator)
{
  GString *joined = g_string_sized_new (PV_GROUP_MAX_TEXT_BYTES * 2);
  const char *end;
  char *result = NULL;

  for (const char *p = text; *p != '\0'; p = *end != '\0' ? end + 1 : end) {
    const char *last;

    end = p + strcspn (p, "<");
    for (last = end; p < last && last[-1] == ' '; last--)
      ;
    p += MIN (strspn (p, " "), (gsize) (last - p));
    if (last == p)
      continue;
    if (joined->len > 0)
      g_string_append (joined, separator);
    g_string_append_len (joined, p, last - p);
  }
  if (joined->len > 0 && joined->len <= PV_GROUP_MAX_TEXT_BYTES)
    result = g_strdup (joined->str);
  pv_wipe_gstring (joined);
  return result;
}

/* Given names are parted by blanks, or by commas as on the French card. */
static char *
join_names (const char *text, gboolean has_commas)
{
  g_autoptr (PvSecretStr) plain = g_strdup (text);

  if (has_commas)
    g_strdelimit (plain, ",", '<');
  return join_parts (plain, " ");
}

/* The names of the zone fill it up: the last of them may have been cut. They have 30, 31 or 39 places. */
static gboolean
may_be_cut (const PvIdentity *identity)
{
  const char *given = identity->texts[PV_IDENTITY_GIVEN_NAMES];
  gsize length = strlen (identity->texts[PV_IDENTITY_SURNAME]) + (given != NULL ? strlen (given) + 2 : 0);

  return length == 30 || length == 31 || length == 39;
}

/* "MARTIN<<MAËLYS-GAËLLE<MARIE": the surname, two fillers, the given names. */
static void
take_names (PvIdentity *identity, const char *text)
{
  const char *given_mrz = identity->texts[PV_IDENTITY_GIVEN_NAMES];
  const char *parting = strstr (text, "<<");
  g_autoptr (PvSecretStr) first = g_strndup (text, parting != NULL ? (gsize) (parting - text) : strlen (text));
  g_autoptr (PvSecretStr) surname = join_names (first, FALSE);
  g_autoptr (PvSecretStr) given = parting != NULL ? join_names (parting, TRUE) : NULL;
  gboolean is_cut;

  if (identity->texts[PV_IDENTITY_SURNAME] == NULL || surname == NULL)
    return;
  is_cut = may_be_cut (identity);
  /* A surname that leaves no room at all for given names is the one that is cut. */
  if (!pv_name_agrees (surname, identity->texts[PV_IDENTITY_SURNAME], is_cut && given_mrz == NULL)
      || (given_mrz != NULL && (given == NULL || !pv_name_agrees (given, given_mrz, is_cut))))
    return;
  pv_identity_set (identity, PV_IDENTITY_SURNAME, surname);
  if (given != NULL)
    pv_identity_set (identity, PV_IDENTITY_GIVEN_NAMES, given);
}

/* On a French card the surname is the one at birth, and the one in use is the first of the other names. Elsewhere other
 * names are anything. */
static void
take_used_name (PvIdentity *identity, const char *text)
{
  const char *parting = strstr (text, "<<");
  g_autoptr (PvSecretStr) first = g_strndup (text, parting != NULL ? (gsize) (parting - text) : strlen (text));
  g_autoptr (PvSecretStr) surname = join_names (first, FALSE);

  if (surname != NULL && g_strcmp0 (identity->texts[PV_IDENTITY_ISSUER], "FRA") == 0
      && g_strcmp0 (surname, identity->texts[PV_IDENTITY_SURNAME]) != 0)
    pv_identity_set (identity, PV_IDENTITY_USED_SURNAME, surname);
}

/* Tells the century, which the zone does not: at most the one that was guessed from it. */
static gboolean
take_birth_date (PvIdentity *identity, const PvTlv *tlv)
{
  const char *guess = identity->texts[PV_IDENTITY_BIRTH_DATE];
  char text[sizeof "YYYY-MM-DD"];
  PvPartialDate date, guessed;

  if (!pv_group_read_date (tlv, &date))
    return FALSE;
  if (guess == NULL || !pv_date_parse_partial (guess, &guessed) || date.year > guessed.year
      || date.year % 100 != guessed.year % 100 || (guessed.month != 0 && date.month != guessed.month)
      || (guessed.day != 0 && date.day != guessed.day))
    return TRUE;
  g_snprintf (text, sizeof text, "%04u-%02u-%02u", date.year % 10000u, date.month % 100u, date.day % 100u);
  pv_identity_set (identity, PV_IDENTITY_BIRTH_DATE, text);
  pv_wipe_bytes (text, sizeof text);
  return TRUE;
}

static void
take_parts (PvIdentity *identity, PvIdentityField field, PvTlvReader reader, guint32 tag, const char *separator)
{
  g_autoptr (PvSecretStr) text = read_text (reader, tag);
  g_autoptr (PvSecretStr) joined = text != NULL ? join_parts (text, separator) : NULL;

  if (joined != NULL)
    pv_identity_set (identity, field, joined);
}

gboolean
pv_group_read_dg11 (const guint8 *file, gsize length, PvIdentity *identity, GError **error)
{
  g_autoptr (PvSecretStr) name = NULL;
  g_autoptr (PvSecretStr) other = NULL;
  PvTlvReader reader;
  PvTlv tlv;

  if (!pv_group_open_listed (file, length, 0x6B, &reader))
    return pv_group_fail (error, "DG11 is none");
  if (pv_tlv_find (reader.data, reader.length, TAG_BIRTH_DATE, &tlv) && !take_birth_date (identity, &tlv))
    return pv_group_fail (error, "DG11: date of birth");
  name = read_text (reader, TAG_NAME);
  if (name != NULL)
    take_names (identity, name);
  other = read_text (pv_tlv_find (reader.data, reader.length, TAG_OTHER_NAMES, &tlv) ? pv_tlv_enter (&tlv) : reader,
                     TAG_OTHER_NAME);
  if (other != NULL)
    take_used_name (identity, other);
  take_parts (identity, PV_IDENTITY_BIRTH_PLACE, reader, TAG_BIRTH_PLACE, ", ");
  take_parts (identity, PV_IDENTITY_ADDRESS, reader, TAG_ADDRESS, "\n");
  return TRUE;
}
