/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/identity-zone.h"

#include "core/wipe.h"

static void
set_birth (PvIdentity *identity, const char *yymmdd, const GDate *today)
{
  g_autoptr (PvSecretStr) text = NULL;
  PvPartialDate date;

  if (!pv_mrz_parse_birth (yymmdd, today, &date))
    return;
  text = g_strdup_printf ("%04u-%02u-%02u", date.year, date.month, date.day);
  pv_identity_set (identity, PV_IDENTITY_BIRTH_DATE, text);
}

static void
set_expiry (PvIdentity *identity, const char *yymmdd)
{
  char text[] = "YYYY-MM-DD";
  GDate date;

  if (pv_mrz_parse_expiry (yymmdd, &date) && g_date_strftime (text, sizeof text, "%Y-%m-%d", &date) > 0)
    pv_identity_set (identity, PV_IDENTITY_EXPIRY, text);
}

static void
set_number (PvIdentity *identity, const char *number)
{
  g_autoptr (PvSecretStr) text = g_strdup (number);

  /* A filler stands for a blank or a sign that the alphabet has not. */
  pv_identity_set (identity, PV_IDENTITY_NUMBER, g_strdelimit (text, "<", ' '));
}

void
pv_identity_take_fields (PvIdentity *identity, const PvMrzFields *fields, const GDate *today)
{
  pv_identity_set (identity, PV_IDENTITY_SURNAME, fields->surname);
  pv_identity_set (identity, PV_IDENTITY_GIVEN_NAMES, fields->given_names);
  set_birth (identity, fields->birth, today);
  pv_identity_set (identity, PV_IDENTITY_SEX, (const char[]){ fields->sex, '\0' });
  pv_identity_set (identity, PV_IDENTITY_NATIONALITY, fields->nationality);
  set_number (identity, fields->number);
  pv_identity_set (identity, PV_IDENTITY_ISSUER, fields->issuer);
  set_expiry (identity, fields->expiry);
}

PvIdentity *
pv_identity_new_from_zone (const char *zone, const GDate *today)
{
  g_auto (PvMrzFields) fields = { 0 };
  PvIdentity *identity;

  if (pv_mrz_read (zone, &fields) != PV_MRZ_OK)
    return NULL;
  identity = pv_identity_new ();
  pv_identity_take_fields (identity, &fields, today);
  return identity;
}
