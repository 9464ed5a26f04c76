/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include <string.h>

#include "core/wipe.h"
#include "eid/groups-private.h"
#include "notation.h"

/* The specimens of Doc 9303-10, appendix A, of Doc 9303-4 and 9303-11, and of the French card of 2021. */
#define TD1      "I<UTOD231458907<<<<<<<<<<<<<<<7408122F1204159UTO<<<<<<<<<<<6ERIKSSON<<ANNA<MARIA<<<<<<<<<<"
#define TD2      "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<D231458907UTO7408122F1204159<<<<<<<6"
#define TD3      "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C36UTO7408122F1204159ZE184226B<<<<<10"
#define TD3_BAC  "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C<3UTO6908061F9406236ZE184226B<<<<<14"
#define LONG_TD1 "I<UTOD23145890<7349<<<<<<<<<<<3407127M9507122UTO<<<<<<<<<<<2STEVENSON<<PETER<JOHN<<<<<<<<<"
#define FRENCH   "IDFRAX4RTBPFW46<<<<<<<<<<<<<<<9007138F3002119FRA<<<<<<<<<<<6MARTIN<<MAELYS<GAELLE<MARIE<<<"

#define OLD_FRENCH "IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<8806923102858CORINNE<<<<<<<6512068F6"

/* A picture of four bytes in a record of ISO/IEC 19794-5, and in a block of ISO/IEC 39794-5. */
#define BIT "A1(80020101 87020101 88020008)"
#define FACE_RECORD(picture)                                                                                           \
  "'FAC'00'010'00 00000032 0001 00000024 0000" TEN_ZEROS "00000000"                                                    \
  "0100 00F0 0140 000000000000" picture
#define TEN_ZEROS        "00000000000000000000"
#define DG2(record)      "75(7F61(020101 7F60(" BIT record ")))"
#define OLD_DG2(picture) DG2 ("5F2E(" FACE_RECORD (picture) ")")
#define NEW_DG2(picture) DG2 ("7F2E(A1(65(A0(800103) A1(30(800100 A1(A0(A0(80(" picture ") A1(8000)))))))))")
#define JPEG             "FFD8FFE0"

#define DG11(objects) "6B(5C(5F0E5F11)" objects ")"
#define DG12(objects) "6C(5C(5F26)" objects ")"

static GDate
today (void)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 24, G_DATE_NOVEMBER, 2026);
  return date;
}

static gboolean
read_dg1 (const char *zone, PvIdentity *identity, char **ret_lines)
{
  g_autofree char *notation = g_strdup_printf ("61(5F1F('%s'))", zone);
  g_autoptr (GByteArray) file = from_notation (notation);
  GDate day = today ();

  return pv_group_read_dg1 (file->data, file->len, &day, identity, ret_lines, NULL);
}

static PvIdentity *
identity_of (const char *zone)
{
  PvIdentity *identity = pv_identity_new ();
  char *lines = NULL;

  g_assert_true (read_dg1 (zone, identity, &lines));
  pv_wipe_str (lines);
  return identity;
}

static void
assert_text (const PvIdentity *identity, PvIdentityField field, const char *expected)
{
  if (g_strcmp0 (identity->texts[field], expected) != 0)
    fail_msg ("%s: %s, expected %s", pv_identity_field_name (field), identity->texts[field], expected);
}

static void
reads_the_zones_of_the_specimens (void **state)
{
  static const struct {
    const char *zone;
    const char *texts[PV_N_IDENTITY_FIELDS];
    const char *lines;
  } rows[] = {
    { TD1,
      { "ERIKSSON", NULL, "ANNA MARIA", "1974-08-12", NULL, "F", "UTO", NULL, "D23145890", "2012-04-15", "UTO" },
      "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<" },
    { TD2,
      { "ERIKSSON", NULL, "ANNA MARIA", "1974-08-12", NULL, "F", "UTO", NULL, "D23145890", "2012-04-15", "UTO" },
      "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6" },
    { TD3,
      { "ERIKSSON", NULL, "ANNA MARIA", "1974-08-12", NULL, "F", "UTO", NULL, "L898902C3", "2012-04-15", "UTO" },
      "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10" },
    { TD3_BAC,
      { "ERIKSSON", NULL, "ANNA MARIA", "1969-08-06", NULL, "F", "UTO", NULL, "L898902C", "2094-06-23", "UTO" },
      "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C<3UTO6908061F9406236ZE184226B<<<<<14" },
    { LONG_TD1,
      { "STEVENSON", NULL, "PETER JOHN", "1934-07-12", NULL, "M", "UTO", NULL, "D23145890734", "2095-07-12", "UTO" },
      "I<UTOD23145890<7349<<<<<<<<<<<\n3407127M9507122UTO<<<<<<<<<<<2\nSTEVENSON<<PETER<JOHN<<<<<<<<<" },
    { FRENCH,
      { "MARTIN", NULL, "MAELYS GAELLE MARIE", "1990-07-13", NULL, "F", "FRA", NULL, "X4RTBPFW4", "2030-02-11", "FRA" },
      "IDFRAX4RTBPFW46<<<<<<<<<<<<<<<\n9007138F3002119FRA<<<<<<<<<<<6\nMARTIN<<MAELYS<GAELLE<MARIE<<<" },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PvIdentity) identity = pv_identity_new ();
    g_autoptr (PvSecretStr) lines = NULL;

    assert_true (read_dg1 (rows[i].zone, identity, &lines));
    assert_string_equal (lines, rows[i].lines);
    for (guint field = 0; field < PV_N_IDENTITY_FIELDS; field++)
      assert_text (identity, field, rows[i].texts[field]);
  }
}

static void
a_document_without_end_has_no_date_of_expiry (void **state)
{
  g_autoptr (PvIdentity) identity =
    identity_of ("I<UTOD231458907<<<<<<<<<<<<<<<7408122F<<<<<<0UTO<<<<<<<<<<<6ERIKSSON<<ANNA<MARIA<<<<<<<<<<");

  (void) state;
  assert_text (identity, PV_IDENTITY_EXPIRY, NULL);
}

static void
dg11_writes_the_name_out_where_it_is_the_same (void **state)
{
  static const struct {
    const char *zone, *name, *surname, *given_names;
  } rows[] = {
    { FRENCH, "MARTIN<<MAËLYS<GAËLLE<MARIE", "MARTIN", "MAËLYS GAËLLE MARIE" },
    { FRENCH, "Martin<<Maëlys-Gaëlle, Marie", "Martin", "Maëlys-Gaëlle Marie" },
    { FRENCH, "MARTIN<<MAËLYS", "MARTIN", "MAELYS GAELLE MARIE" },                /* not all of it */
    { FRENCH, "MARTINEZ<<MAËLYS<GAËLLE<MARIE", "MARTIN", "MAELYS GAELLE MARIE" }, /* somebody else */
    { FRENCH, "MARTIN MAËLYS GAËLLE MARIE", "MARTIN", "MAELYS GAELLE MARIE" },    /* surname not told apart */
    { FRENCH, "<<MAËLYS<GAËLLE<MARIE", "MARTIN", "MAELYS GAELLE MARIE" },
    { FRENCH, "MARTIN<<MA\\LYS", "MARTIN", "MAELYS GAELLE MARIE" },
    { TD1, "ERIKSSON<<ANNA<MARIA", "ERIKSSON", "ANNA MARIA" },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PvIdentity) identity = identity_of (rows[i].zone);
    g_autofree char *notation = g_strdup_printf (DG11 ("5F0E('%s')"), rows[i].name);
    g_autoptr (GByteArray) file = from_notation (notation);

    assert_true (pv_group_read_dg11 (file->data, file->len, identity, NULL));
    assert_text (identity, PV_IDENTITY_SURNAME, rows[i].surname);
    assert_text (identity, PV_IDENTITY_GIVEN_NAMES, rows[i].given_names);
  }
}

static void
names_agree_as_icao_writes_letters (void **state)
{
  static const struct {
    const char *name, *mrz;
    gboolean may_be_cut, agrees;
  } rows[] = {
    { "Müller", "MUELLER", FALSE, TRUE },
    { "Müller", "MULLER", FALSE, TRUE },
    { "Müller", "MILLER", FALSE, FALSE },
    { "Strauß", "STRAUSS", FALSE, TRUE },
    { "Œuvrard", "OEUVRARD", FALSE, TRUE },
    { "Łukasz", "LUKASZ", FALSE, TRUE },
    { "Þór", "THOR", FALSE, TRUE },
    { "Nuñez", "NUNEZ", FALSE, TRUE },
    { "Nuñez", "NUNXXEZ", FALSE, TRUE },
    { "d'Alès", "DALES", FALSE, TRUE },
    { "D’Alès", "D ALES", FALSE, TRUE },
    { "Jean-Luc", "JEAN LUC", FALSE, TRUE },
    { "Zoe\u0308", "ZOE", FALSE, TRUE }, /* the accent as a character of its own */
    { "Иванов", "IVANOV", FALSE, FALSE },
    { "Jean", "JEAN LUC", FALSE, FALSE },
    { "Jean-Luc", "JEAN", FALSE, FALSE },
    { "Jean-Luc", "JEAN", TRUE, TRUE },
    { "Jean", "JEAN LUC", TRUE, FALSE },
    { "", "", FALSE, FALSE },
    { "-", "", TRUE, FALSE },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (pv_name_agrees (rows[i].name, rows[i].mrz, rows[i].may_be_cut) != rows[i].agrees)
      fail_msg ("row %zu", i);
}

static void
dg11_completes_given_names_that_were_cut (void **state)
{
  g_autoptr (PvIdentity) identity =
    identity_of ("IDFRAX4RTBPFW46<<<<<<<<<<<<<<<9007138F3002119FRA<<<<<<<<<<<6MARTIN<<MAXIMILIENNE<BERTHILDE");
  g_autoptr (GByteArray) file = from_notation (DG11 ("5F0E('MARTIN<<MAXIMILIENNE<BERTHILDE<ZOÉ')"));

  (void) state;
  assert_true (pv_group_read_dg11 (file->data, file->len, identity, NULL));
  assert_text (identity, PV_IDENTITY_GIVEN_NAMES, "MAXIMILIENNE BERTHILDE ZOÉ");
}

static void
dg11_tells_place_address_and_name_in_use (void **state)
{
  g_autoptr (PvIdentity) identity = identity_of (FRENCH);
  g_autoptr (GByteArray) file =
    from_notation ("6B(5C(5F0EA05F2B5F115F42) 5F0E('MARTIN<<MAËLYS<GAËLLE<MARIE') A0(020101 5F0F('BERNARD'))"
                   "5F2B('19900713') 5F11('SAINT-ÉTIENNE<FRA') 5F42('12 RUE DES LILAS<42000<<SAINT-ÉTIENNE<'))");

  (void) state;
  assert_true (pv_group_read_dg11 (file->data, file->len, identity, NULL));
  assert_text (identity, PV_IDENTITY_USED_SURNAME, "BERNARD");
  assert_text (identity, PV_IDENTITY_BIRTH_PLACE, "SAINT-ÉTIENNE, FRA");
  assert_text (identity, PV_IDENTITY_ADDRESS, "12 RUE DES LILAS\n42000\nSAINT-ÉTIENNE");
}

static void
other_names_of_other_states_are_no_name_in_use (void **state)
{
  g_autoptr (PvIdentity) identity = identity_of (TD3);
  g_autoptr (GByteArray) file = from_notation (DG11 ("A0(020101 5F0F('BERNARD'))"));

  (void) state;
  assert_true (pv_group_read_dg11 (file->data, file->len, identity, NULL));
  assert_text (identity, PV_IDENTITY_USED_SURNAME, NULL);
}

static void
the_full_date_of_birth_tells_the_century (void **state)
{
  static const struct {
    const char *date, *birth;
  } rows[] = {
    { "('18900713')", "1890-07-13" }, { "(18900713)", "1890-07-13" },
    { "('19900713')", "1990-07-13" }, { "('20900713')", "1990-07-13" }, /* not born yet */
    { "('19910713')", "1990-07-13" },                                   /* another day than that of the zone */
    { "('19900700')", "1990-07-13" },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PvIdentity) identity = identity_of (FRENCH);
    g_autofree char *notation = g_strdup_printf (DG11 ("5F2B%s"), rows[i].date);
    g_autoptr (GByteArray) file = from_notation (notation);

    assert_true (pv_group_read_dg11 (file->data, file->len, identity, NULL));
    assert_text (identity, PV_IDENTITY_BIRTH_DATE, rows[i].birth);
  }
}

/* The group is genuine all the same; only what cannot be shown is missing. */
static void
dg11_leaves_out_what_is_no_text (void **state)
{
  static const char *const rows[] = { "5F11('PARIS'07)", "5F11(504152C9)", "5F11('PA'00'RIS')",
                                      "5F11()",          "5F11('<<')",     "5F11('   ')" };
  g_autofree char *long_text = g_strnfill (PV_GROUP_MAX_TEXT_BYTES + 1, 'A');
  g_autofree char *longest = g_strdup_printf (DG11 ("5F11('%s')"), long_text);
  g_autoptr (PvIdentity) identity = identity_of (FRENCH);
  g_autoptr (GByteArray) file = from_notation (longest);

  (void) state;
  assert_true (pv_group_read_dg11 (file->data, file->len, identity, NULL));
  assert_text (identity, PV_IDENTITY_BIRTH_PLACE, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *notation = g_strconcat ("6B(5C(5F11)", rows[i], ")", NULL);
    g_autoptr (GByteArray) row = from_notation (notation);

    assert_true (pv_group_read_dg11 (row->data, row->len, identity, NULL));
    assert_text (identity, PV_IDENTITY_BIRTH_PLACE, NULL);
  }
}

static void
reads_the_list_of_groups (void **state)
{
  static const struct {
    const char *file;
    guint32 groups;
  } rows[] = {
    { "60145F0104303130365F36063034303030305C026175", 1u << 1 | 1u << 2 }, /* Doc 9303-10, A.1 */
    { "60(5F01('0107') 5F36('040000') 5C(6175636B6C6E6F))",
      1u << 1 | 1u << 2 | 1u << 3 | 1u << 11 | 1u << 12 | 1u << 14 | 1u << 15 },
    { "60(5F01('0107') 5F36('040000') 5C(00FF61))", 1u << 1 },
    { "60(5F01('0107') 5F36('040000') 5C())", 0 },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GByteArray) file = from_notation (rows[i].file);
    guint32 groups = 0xFFFFFFFF;

    assert_true (pv_group_read_com (file->data, file->len, &groups, NULL));
    assert_int_equal (groups, rows[i].groups);
  }
}

static void
reads_when_the_document_was_issued (void **state)
{
  static const char *const rows[] = { DG12 ("5F26('20210802')"), DG12 ("5F19('FRANCE') 5F26(20210802)") };
  g_autoptr (GByteArray) without = from_notation (DG12 ("5F19('FRANCE')"));
  g_autoptr (GError) error = NULL;
  GDate issued;

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GByteArray) file = from_notation (rows[i]);

    g_date_clear (&issued, 1);
    assert_true (pv_group_read_dg12 (file->data, file->len, &issued, NULL));
    assert_int_equal (g_date_get_year (&issued), 2021);
    assert_int_equal (g_date_get_month (&issued), 8);
    assert_int_equal (g_date_get_day (&issued), 2);
  }
  assert_false (pv_group_read_dg12 (without->data, without->len, &issued, &error));
  assert_null (error);
}

static void
hands_out_infos_and_key_whole (void **state)
{
  g_autoptr (GByteArray) dg14 = from_notation ("6E(31(30(020101)))");
  g_autoptr (GByteArray) dg15 = from_notation ("6F(30(300506032B6570 03020000))");
  const guint8 *data;
  gsize length;

  (void) state;
  assert_true (pv_group_read_dg14 (dg14->data, dg14->len, &data, &length, NULL));
  assert_ptr_equal (data, dg14->data + 2);
  assert_int_equal (length, dg14->len - 2);
  assert_true (pv_group_read_dg15 (dg15->data, dg15->len, &data, &length, NULL));
  assert_ptr_equal (data, dg15->data + 2);
  assert_int_equal (length, dg15->len - 2);
}

static void
finds_the_face (void **state)
{
  static const struct {
    const char *file;
    PvFaceKind kind;
    guint width, height;
    const char *picture;
  } rows[] = {
    { OLD_DG2 (JPEG), PV_FACE_JPEG, 240, 320, JPEG },
    { NEW_DG2 (JPEG), PV_FACE_JPEG, 0, 0, JPEG },
    { NEW_DG2 ("0000000C6A5020200D0A870A"), PV_FACE_JPEG2000, 0, 0, "0000000C6A5020200D0A870A" },
    { NEW_DG2 ("FF4FFF5100"), PV_FACE_JPEG2000, 0, 0, "FF4FFF5100" },
    /* one feature point, of eight bytes */
    { DG2 ("5F2E('FAC'00'010'00 0000003A 0001 0000002C 0001" TEN_ZEROS "00000000 1122334455667788"
           "0101 0010 0020 000000000000" JPEG ")"),
      PV_FACE_JPEG, 16, 32, JPEG },
    /* the record of the older kind under the tag of the newer */
    { DG2 ("7F2E(" FACE_RECORD (JPEG) ")"), PV_FACE_JPEG, 240, 320, JPEG },
    /* two of them: the first */
    { "75(7F61(020102 7F60(" BIT "5F2E(" FACE_RECORD (JPEG) ")) 7F60(" BIT "5F2E(00))))", PV_FACE_JPEG, 240, 320,
      JPEG },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GByteArray) file = from_notation (rows[i].file);
    g_autoptr (GByteArray) picture = from_notation (rows[i].picture);
    PvFace face = { 0 };

    if (!pv_group_read_dg2 (file->data, file->len, &face, NULL))
      fail_msg ("row %zu", i);
    assert_int_equal (face.kind, rows[i].kind);
    assert_int_equal (face.width, rows[i].width);
    assert_int_equal (face.height, rows[i].height);
    assert_int_equal (face.length, picture->len);
    assert_memory_equal (face.data, picture->data, picture->len);
  }
}

typedef enum { COM, DG_1, DG_2, DG_11, DG_12, DG_14, DG_15 } Group;

static gboolean
read_group (Group group, const GByteArray *file, PvIdentity *identity, GError **error)
{
  GDate day = today ();
  const guint8 *data;
  gsize length;
  guint32 groups;
  g_autoptr (PvSecretStr) lines = NULL;
  PvFace face;

  switch (group) {
  case COM:
    return pv_group_read_com (file->data, file->len, &groups, error);
  case DG_1:
    return pv_group_read_dg1 (file->data, file->len, &day, identity, &lines, error);
  case DG_2:
    return pv_group_read_dg2 (file->data, file->len, &face, error);
  case DG_11:
    return pv_group_read_dg11 (file->data, file->len, identity, error);
  case DG_12:
    return pv_group_read_dg12 (file->data, file->len, &day, error);
  case DG_14:
    return pv_group_read_dg14 (file->data, file->len, &data, &length, error);
  case DG_15:
    return pv_group_read_dg15 (file->data, file->len, &data, &length, error);
  }
  return FALSE;
}

static void
refuses_each_damaged_file_with_its_error (void **state)
{
  static const struct {
    Group group;
    const char *file, *message;
  } rows[] = {
    { COM, "", "EF.COM is none" },
    { COM, "61(5F01('0106') 5F36('040000') 5C(61))", "EF.COM is none" },
    { COM, "60(5F01('0106') 5C(61))", "EF.COM is none" },
    { COM, "60(5F01('01') 5F36('040000') 5C(61))", "EF.COM is none" },
    { COM, "60(5F01('01X6') 5F36('040000') 5C(61))", "EF.COM is none" },
    { COM, "60(5F01('0106') 5F36('040000') 5C(61)) 00", "EF.COM is none" },
    { COM, "60155F0104303130365F36063034303030305C026175", "EF.COM is none" },
    { DG_1, "61(5F1F('" TD1 "')) 00", "DG1 is none" },
    { DG_1, "615E5F1F5A'" TD1 "'", "DG1 is none" },
    { DG_1, "61(5F1F('" TD1 "') 5F1F('" TD1 "'))", "DG1 is none" },
    { DG_1, "61(5F1E('" TD1 "'))", "DG1 is none" },
    { DG_1, "61()", "DG1 is none" },
    { DG_1, "61(5F1F())", "DG1: no zone" },
    { DG_1, "61(5F1F('" TD1 "<'))", "DG1: no zone" },
    { DG_1, "61(5F1F('" TD1 "'0A))", "DG1: no zone" },
    { DG_1, "61(5F1F('" TD2 "'00))", "DG1: no zone" },
    { DG_1, "61(5F1F('i<utod231458907<<<<<<<<<<<<<<<7408122F1204159UTO<<<<<<<<<<<6ERIKSSON<<ANNA<MARIA<<<<<<<<<<'))",
      "DG1: no zone" },
    { DG_1, "61(5F1F('I<UTOD231458908<<<<<<<<<<<<<<<7408122F1204159UTO<<<<<<<<<<<6ERIKSSON<<ANNA<MARIA<<<<<<<<<<'))",
      "DG1: number" },
    { DG_1, "61(5F1F('I<UTOD231458907<<<<<<<<<<<<<<<7408123F1204159UTO<<<<<<<<<<<6ERIKSSON<<ANNA<MARIA<<<<<<<<<<'))",
      "DG1: date of birth" },
    { DG_1, "61(5F1F('I<UTOD231458907<<<<<<<<<<<<<<<7408122F1204150UTO<<<<<<<<<<<6ERIKSSON<<ANNA<MARIA<<<<<<<<<<'))",
      "DG1: date of expiry" },
    { DG_1, "61(5F1F('I<UTOD231458907<<<<<<<<<<<<<<<7408122F1204159UTO<<<<<<<<<<<7ERIKSSON<<ANNA<MARIA<<<<<<<<<<'))",
      "DG1: composite check digit" },
    { DG_1, "61(5F1F('I<UTOD231458907<<<<<<<<<<<<<<<7408122F1204159UTO<<<<<<<<<<<6ERIKSS0N<<ANNA<MARIA<<<<<<<<<<'))",
      "DG1: names" },
    { DG_1, "61(5F1F('I<UTOD231458907<<<<<<<<<<<<<<<7408122F1204159U1O<<<<<<<<<<<6ERIKSSON<<ANNA<MARIA<<<<<<<<<<'))",
      "DG1: issuer or nationality" },
    { DG_1, "61(5F1F('I<UTOD231458907<<<<<<<<<<<<<<<7408122Y1204159UTO<<<<<<<<<<<6ERIKSSON<<ANNA<MARIA<<<<<<<<<<'))",
      "DG1: sex" },
    { DG_1, "61(5F1F('V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C36UTO7408122F1204159ZE184226B<<<<<10'))",
      "DG1: kind of document" },
    { DG_1, "61(5F1F('P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C36UTO7408122F1204159ZE184226B<<<<<20'))",
      "DG1: personal number" },
    { DG_1, "61(5F1F('I<UTOD23145890<7348<<<<<<<<<<<3407127M9507122UTO<<<<<<<<<<<2STEVENSON<<PETER<JOHN<<<<<<<<<'))",
      "DG1: number" },
    /* 30 February: every check digit is right */
    { DG_1, "61(5F1F('I<UTOD231458907<<<<<<<<<<<<<<<7402304F1204159UTO<<<<<<<<<<<2ERIKSSON<<ANNA<MARIA<<<<<<<<<<'))",
      "DG1: date of birth" },
    { DG_1, "61(5F1F('I<UTOD231458907<<<<<<<<<<<<<<<7408122F1202306UTO<<<<<<<<<<<0ERIKSSON<<ANNA<MARIA<<<<<<<<<<'))",
      "DG1: date of expiry" },
    { DG_1, "61(5F1F('" OLD_FRENCH "'))", "DG1: not of a card with a chip" },
    { DG_2, "", "DG2 is none" },
    { DG_2, "75(7F61(020101))", "DG2 is none" },
    { DG_2, "75(7F61(020100 7D60(" BIT ")))", "DG2 is none" },
    { DG_2, "75(7F61(020101 7F60(5F2E(" FACE_RECORD (JPEG) "))))", "DG2 is none" },
    { DG_2, OLD_DG2 (JPEG) "00", "DG2 is none" },
    { DG_2, DG2 ("5F2E('FAC'00)"), "DG2: face record" },
    { DG_2,
      DG2 ("5F2E('FAC'00'030'00 00000032 0001 00000024 0000" TEN_ZEROS "00000000 0100 00F0 0140 000000000000" JPEG ")"),
      "DG2: face record" },
    { DG_2,
      DG2 ("5F2E('FAC'00'010'00 00000033 0001 00000024 0000" TEN_ZEROS "00000000 0100 00F0 0140 000000000000" JPEG ")"),
      "DG2: face record" }, /* longer than it is */
    { DG_2,
      DG2 ("5F2E('FAC'00'010'00 00000032 0000 00000024 0000" TEN_ZEROS "00000000 0100 00F0 0140 000000000000" JPEG ")"),
      "DG2: face record" }, /* no picture */
    { DG_2,
      DG2 ("5F2E('FAC'00'010'00 00000032 0001 00000025 0000" TEN_ZEROS "00000000 0100 00F0 0140 000000000000" JPEG ")"),
      "DG2: face record" }, /* a block longer than the record */
    { DG_2,
      DG2 ("5F2E('FAC'00'010'00 00000032 0001 00000020 0000" TEN_ZEROS "00000000 0100 00F0 0140 000000000000" JPEG ")"),
      "DG2: face record" }, /* no room for a picture */
    { DG_2,
      DG2 ("5F2E('FAC'00'010'00 00000032 0001 00000024 FFFF" TEN_ZEROS "00000000 0100 00F0 0140 000000000000" JPEG ")"),
      "DG2: face record" }, /* 65,535 feature points */
    { DG_2,
      DG2 ("5F2E('FAC'00'010'00 FFFFFFFF 0001 FFFFFFFF 0000" TEN_ZEROS "00000000 0100 00F0 0140 000000000000" JPEG ")"),
      "DG2: face record" },
    { DG_2, DG2 ("5F2E('FIR'00'010'00)"), "DG2: face block" },
    { DG_2, DG2 ("7F2E(A1(65(A1(30(A1(A1(A0(80(" JPEG ")))))))))"), "DG2: face block" }, /* three-dimensional */
    { DG_2, DG2 ("7F2E()"), "DG2: face block" },
    { DG_2, NEW_DG2 ("89504E47"), "DG2: neither JPEG nor JPEG 2000" },
    { DG_2, NEW_DG2 ("FFD8FF"), "DG2: neither JPEG nor JPEG 2000" },
    { DG_2, NEW_DG2 (""), "DG2: neither JPEG nor JPEG 2000" },
    { DG_11, "6B()", "DG11 is none" },
    { DG_11, "6C(5C(5F0E) 5F0E('A<<B'))", "DG11 is none" },
    { DG_11, "6B(5F0E('A<<B'))", "DG11 is none" },
    { DG_11, "6B(5C(5F0E) 5F0E05'A<<B')", "DG11 is none" },
    { DG_11, "6B(5C(5F2B) 5F2B('19901313'))", "DG11: date of birth" },
    { DG_11, "6B(5C(5F2B) 5F2B('1990071'))", "DG11: date of birth" },
    { DG_11, "6B(5C(5F2B) 5F2B(1990071A))", "DG11: date of birth" },
    { DG_11, "6B(5C(5F2B) 5F2B())", "DG11: date of birth" },
    { DG_12, "6C()", "DG12 is none" },
    { DG_12, DG12 ("5F26('2021080A')"), "DG12: date of issue" },
    { DG_12, DG12 ("5F26('20210800')"), "DG12: date of issue" },
    { DG_12, DG12 ("5F26('20210230')"), "DG12: date of issue" },
    { DG_14, "6E()", "DG14 is none" },
    { DG_14, "6E(30(00))", "DG14 is none" },
    { DG_14, "6E(31() 31())", "DG14 is none" },
    { DG_15, "6F(31())", "DG15 is none" },
    { DG_15, "6F053003020100 00", "DG15 is none" },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GByteArray) file = from_notation (rows[i].file);
    g_autoptr (PvIdentity) identity = pv_identity_new ();
    g_autoptr (GError) error = NULL;
    PvCardError code =
      g_str_has_prefix (rows[i].message, "DG2: neither") ? PV_CARD_ERROR_UNSUPPORTED : PV_CARD_ERROR_BAD_DATA;

    if (read_group (rows[i].group, file, identity, &error))
      fail_msg ("row %zu is accepted", i);
    if (!g_error_matches (error, PV_CARD_ERROR, code) || strcmp (error->message, rows[i].message) != 0)
      fail_msg ("row %zu: %s", i, error->message);
    for (guint field = 0; field < PV_N_IDENTITY_FIELDS; field++)
      assert_text (identity, field, NULL);
  }
}

/* Nothing that ends too early is taken, and nothing behind the end is looked at (the address sanitizer tells). */
static void
refuses_every_file_that_is_cut_short (void **state)
{
  static const struct {
    Group group;
    const char *file;
  } rows[] = {
    { COM, "60(5F01('0107') 5F36('040000') 5C(6175636B6C6E6F))" },
    { DG_1, "61(5F1F('" TD1 "'))" },
    { DG_1, "61(5F1F('" TD3 "'))" },
    { DG_2, OLD_DG2 (JPEG) },
    { DG_2, NEW_DG2 (JPEG) },
    { DG_11, DG11 ("5F0E('MARTIN<<MAËLYS') 5F2B(19900713) 5F11('PARIS')") },
    { DG_12, DG12 ("5F26('20210802')") },
    { DG_14, "6E(31(30(020101)))" },
    { DG_15, "6F(30(300506032B6570 03020000))" },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GByteArray) whole = from_notation (rows[i].file);

    for (guint length = 0; length < whole->len; length++) {
      g_autofree guint8 *bytes = g_memdup2 (whole->data, length);
      GByteArray cut = { bytes, length };
      g_autoptr (PvIdentity) identity = pv_identity_new ();
      g_autoptr (GError) error = NULL;

      if (read_group (rows[i].group, &cut, identity, &error))
        fail_msg ("row %zu: %u bytes are accepted", i, length);
      assert_true (g_error_matches (error, PV_CARD_ERROR, PV_CARD_ERROR_BAD_DATA));
    }
  }
}

static void
refuses_what_is_over_a_limit (void **state)
{
  g_autofree guint8 *picture = g_malloc0 (PV_GROUP_MAX_FACE_BYTES + 1);
  g_auto (PvCardBytes) bytes = { 0 };
  g_autoptr (GString) many = g_string_new ("6B(5C()");
  g_autoptr (GByteArray) file = NULL;
  g_autoptr (PvIdentity) identity = pv_identity_new ();
  g_autoptr (GError) error = NULL;
  static const guint32 wraps[] = { 0x80, 0xA0, 0xA0, 0xA1, 0x30, 0xA1, 0x65, 0x7F2E };
  PvFace face;

  (void) state;
  memcpy (picture, "\xFF\xD8\xFF", 3);
  pv_card_bytes_add (&bytes, picture, PV_GROUP_MAX_FACE_BYTES + 1);
  for (guint i = 0; i < G_N_ELEMENTS (wraps); i++) {
    g_auto (PvCardBytes) inner = bytes;

    bytes = (PvCardBytes){ 0 };
    pv_tlv_add (&bytes, wraps[i], inner.data, inner.length);
  }
  {
    g_auto (PvCardBytes) template = { 0 };
    g_auto (PvCardBytes) templates = { 0 };
    g_auto (PvCardBytes) whole = { 0 };

    pv_tlv_add (&template, 0xA1, NULL, 0);
    pv_card_bytes_add (&template, bytes.data, bytes.length);
    pv_tlv_add (&templates, 0x02, (const guint8 *) "\1", 1);
    pv_tlv_add (&templates, 0x7F60, template.data, template.length);
    pv_tlv_add (&whole, 0x7F61, templates.data, templates.length);
    pv_card_bytes_clear (&bytes);
    pv_tlv_add (&bytes, 0x75, whole.data, whole.length);
  }
  assert_false (pv_group_read_dg2 (bytes.data, bytes.length, &face, &error));
  assert_string_equal (error->message, "DG2: picture over the limit");

  g_clear_error (&error);
  for (guint i = 0; i <= PV_GROUP_MAX_OBJECTS; i++)
    g_string_append (many, "5F0F('X')");
  g_string_append_c (many, ')');
  file = from_notation (many->str);
  assert_false (pv_group_read_dg11 (file->data, file->len, identity, &error));
  assert_string_equal (error->message, "DG11 is none");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (reads_the_zones_of_the_specimens),
    cmocka_unit_test (a_document_without_end_has_no_date_of_expiry),
    cmocka_unit_test (dg11_writes_the_name_out_where_it_is_the_same),
    cmocka_unit_test (names_agree_as_icao_writes_letters),
    cmocka_unit_test (dg11_completes_given_names_that_were_cut),
    cmocka_unit_test (dg11_tells_place_address_and_name_in_use),
    cmocka_unit_test (other_names_of_other_states_are_no_name_in_use),
    cmocka_unit_test (the_full_date_of_birth_tells_the_century),
    cmocka_unit_test (dg11_leaves_out_what_is_no_text),
    cmocka_unit_test (reads_the_list_of_groups),
    cmocka_unit_test (reads_when_the_document_was_issued),
    cmocka_unit_test (hands_out_infos_and_key_whole),
    cmocka_unit_test (finds_the_face),
    cmocka_unit_test (refuses_each_damaged_file_with_its_error),
    cmocka_unit_test (refuses_every_file_that_is_cut_short),
    cmocka_unit_test (refuses_what_is_over_a_limit),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}
