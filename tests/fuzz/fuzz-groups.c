/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* fuzz-groups.c: the first byte says which file the rest is. What is accepted is within the file and the limits, and its
 * check digits are right; what is refused has left nothing behind. */

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/wipe.h"
#include "eid/groups-private.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check (gboolean is_true)
{
  if (!is_true)
    abort ();
}

static GDate
today (void)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 24, G_DATE_NOVEMBER, 2026);
  return date;
}

static void
check_texts (const PvIdentity *identity)
{
  PvPartialDate date;

  for (guint i = 0; i < PV_N_IDENTITY_FIELDS; i++) {
    const char *text = identity->texts[i];

    check (text == NULL
           || (text[0] != '\0' && strlen (text) <= PV_IDENTITY_MAX_TEXT_BYTES && g_utf8_validate (text, -1, NULL)));
  }
  check (identity->texts[PV_IDENTITY_BIRTH_DATE] == NULL
         || pv_date_parse_partial (identity->texts[PV_IDENTITY_BIRTH_DATE], &date));
}

static void
read_com (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  guint32 groups = 0;

  check (pv_group_read_com (data, size, &groups, &error) == (error == NULL));
  check ((groups & ~0x1FFFEu) == 0);
}

static void
read_dg1 (const uint8_t *data, size_t size)
{
  g_autoptr (PvIdentity) identity = pv_identity_new ();
  g_autoptr (PvSecretStr) lines = NULL;
  g_autoptr (GError) error = NULL;
  GDate day = today ();
  PvMrzKind kind;

  if (pv_group_read_dg1 (data, size, &day, identity, &lines, &error)) {
    check (error == NULL && pv_mrz_check (lines, &kind) == PV_MRZ_OK && kind != PV_MRZ_OLD_FRENCH_CARD);
    check (identity->texts[PV_IDENTITY_SURNAME] != NULL && identity->texts[PV_IDENTITY_BIRTH_DATE] != NULL);
    check_texts (identity);
    return;
  }
  check (error != NULL && lines == NULL);
  for (guint i = 0; i < PV_N_IDENTITY_FIELDS; i++)
    check (identity->texts[i] == NULL);
}

static void
read_dg2 (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  PvFace face = { 0 };

  if (!pv_group_read_dg2 (data, size, &face, &error)) {
    check (error != NULL && face.data == NULL);
    return;
  }
  check (face.length > 3 && face.length <= PV_GROUP_MAX_FACE_BYTES && face.width <= G_MAXUINT16);
  check (face.data > data && face.data + face.length <= data + size);
}

/* Over a name whose accents it may write, and whose given names it may go on with. */
static void
read_dg11 (const uint8_t *data, size_t size)
{
  static const char surname[] = "MULLER", given_names[] = "MAXIMILIENNE BERTHILDE";
  g_autoptr (PvIdentity) identity = pv_identity_new ();
  g_autoptr (GError) error = NULL;

  pv_identity_set (identity, PV_IDENTITY_SURNAME, surname);
  pv_identity_set (identity, PV_IDENTITY_GIVEN_NAMES, given_names);
  pv_identity_set (identity, PV_IDENTITY_BIRTH_DATE, "1990-07-13");
  pv_identity_set (identity, PV_IDENTITY_ISSUER, "FRA");
  check (pv_group_read_dg11 (data, size, identity, &error) == (error == NULL));
  check (pv_name_agrees (identity->texts[PV_IDENTITY_SURNAME], surname, FALSE));
  check (pv_name_agrees (identity->texts[PV_IDENTITY_GIVEN_NAMES], given_names, TRUE));
  check (g_str_has_suffix (identity->texts[PV_IDENTITY_BIRTH_DATE], "90-07-13"));
  check_texts (identity);
}

static void
read_dg12 (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  GDate issued;

  g_date_clear (&issued, 1);
  if (pv_group_read_dg12 (data, size, &issued, &error))
    check (error == NULL && g_date_valid (&issued));
  else
    check (!g_date_valid (&issued));
}

static void
read_whole (const uint8_t *data, size_t size,
            gboolean (*read) (const guint8 *, gsize, const guint8 **, gsize *, GError **))
{
  g_autoptr (GError) error = NULL;
  const guint8 *inner = NULL;
  gsize length = 0;

  if (read (data, size, &inner, &length, &error))
    check (error == NULL && inner > data && length >= 2 && inner + length == data + size);
  else
    check (error != NULL && inner == NULL);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  enum { N_FILES = 7 };

  if (size == 0)
    return 0;
  switch (data[0] % N_FILES) {
  case 0:
    read_com (data + 1, size - 1);
    break;
  case 1:
    read_dg1 (data + 1, size - 1);
    break;
  case 2:
    read_dg2 (data + 1, size - 1);
    break;
  case 3:
    read_dg11 (data + 1, size - 1);
    break;
  case 4:
    read_dg12 (data + 1, size - 1);
    break;
  case 5:
    read_whole (data + 1, size - 1, pv_group_read_dg14);
    break;
  default:
    read_whole (data + 1, size - 1, pv_group_read_dg15);
    break;
  }
  return 0;
}
