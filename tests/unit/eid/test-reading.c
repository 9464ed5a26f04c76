/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whole readings of whole documents: the chip of the demo in this process, whose cryptography is another hand's. */

#include "eid/reading.h"

#include "card-desk.h"
#include "chip-transport.h"
#include "demo/card/issuer.h"
#include "tst.h"

typedef struct Fixture {
  char *folder;
  PvTrust *trust;
} Fixture;

static Fixture fixture;

/* A row of the table: a card's file, or lines put into one, and what must come of it. */
typedef struct Row {
  const char *card;   /* below app/demo/cards */
  const char *change; /* (nullable): "group/key=value", one a line, in the place of what stands there */
  const char *mrz;    /* (nullable): lines of the zone to open it with; else the six digits */
  PvVerdict verdict;
  PvReason reason;
  int error; /* -1: it is read; else PvCardError */
} Row;

static PvCardReading *
read_with (PvChip *chip, const PvCardPassword *password, gboolean wants_face, gboolean is_long, GError **error)
{
  g_autoptr (PvCardTransport) transport = chip_transport_new (chip, is_long);
  PvReadingOptions options = {
    .password = password,
    .trust = fixture.trust,
    .wants_face = wants_face,
    .now = CARD_DESK_NOW,
    .is_clock_verified = TRUE,
  };

  g_date_clear (&options.today, 1);
  g_date_set_dmy (&options.today, 29, G_DATE_NOVEMBER, 2026);
  return pv_card_reading_run (transport, &options, error);
}

/* The six digits of every card, or the zone of the row. */
static PvCardReading *
read_row (const Row *row, gboolean wants_face, GError **error)
{
  g_autoptr (PvChip) chip = card_desk_make_chip (fixture.folder, row->card, row->change);
  g_autoptr (PvCardPassword) password = NULL;

  password = row->mrz != NULL ? pv_card_password_new_mrz_lines (row->mrz) : pv_card_password_new_can ("123456");
  assert_non_null (password);
  return read_with (chip, password, wants_face, TRUE, error);
}

static const char *
error_name (const GError *error)
{
  static const char *const names[] = { "lost",        "wrong-code", "blocked", "refused",
                                       "unsupported", "bad-data",   "busy",    "reader" };

  return error->domain == PV_CARD_ERROR ? names[error->code] : error->message;
}

/* On one line. */
static char *
describe_change (const Row *row)
{
  return g_strdelimit (g_strdup (row->change != NULL ? row->change : ""), "\n", ' ');
}

static gboolean
check_row (const Row *row, gboolean wants_face)
{
  g_autofree char *change = describe_change (row);
  g_autoptr (GError) error = NULL;
  g_autoptr (PvCardReading) reading = read_row (row, wants_face, &error);
  gboolean is_right;

  if (reading == NULL) {
    is_right = row->error >= 0 && g_error_matches (error, PV_CARD_ERROR, row->error);
    print_message ("# %-14s %-44s %-10s %-16s %s\n", row->card, change, "error", error_name (error),
                   is_right ? "" : "<-- WRONG");
    return is_right;
  }
  is_right = row->error < 0 && reading->identity->verdict == row->verdict && reading->identity->reason == row->reason;
  print_message ("# %-14s %-44s %-10s %-16s %s\n", row->card, change, pv_verdict_name (reading->identity->verdict),
                 pv_reason_name (reading->identity->reason), is_right ? "" : "<-- WRONG");
  return is_right;
}

static void
check_rows (const Row *rows, gsize n_rows, gboolean wants_face)
{
  guint n_wrong = 0;

  for (gsize i = 0; i < n_rows; i++)
    if (!check_row (&rows[i], wants_face))
      n_wrong++;
  assert_int_equal (n_wrong, 0);
}

/* Documents without six digits on their front. */
#define HOLDER          "P<UTOSPECIMEN<<CAMILLE<ZOE<ANAIS<<<<<<<<<<<<\n"
#define AA_ECDSA_ZONE   HOLDER "22EC777773UTO9007138F3105191<<<<<<<<<<<<<<<8"
#define DOWNGRADED_ZONE HOLDER "24BA000007UTO9007138F3105191<<<<<<<<<<<<<<<0"
#define BAC_ZONE        HOLDER "19AA987651UTO9007138F3105191<<<<<<<<<<<<<<<2"
#define UKR_ZONE                                                                                                       \
  "P<UKRZRAZKOVA<<HALYNA<<<<<<<<<<<<<<<<<<<<<<<\n"                                                                     \
  "FX00000004UKR9205082F3309140<<<<<<<<<<<<<<<0"

static const Row right_rows[] = {
  { "cnie", NULL, NULL, PV_VERDICT_GENUINE, PV_REASON_NONE, -1 },
  { "cnie-long", NULL, NULL, PV_VERDICT_GENUINE, PV_REASON_NONE, -1 },
  { "permit", NULL, NULL, PV_VERDICT_GENUINE, PV_REASON_NONE, -1 },
  { "cam", NULL, NULL, PV_VERDICT_GENUINE, PV_REASON_NONE, -1 },
  { "im", NULL, NULL, PV_VERDICT_GENUINE, PV_REASON_NONE, -1 },
  { "dh2048", NULL, NULL, PV_VERDICT_GENUINE, PV_REASON_NONE, -1 },
  { "jp2", NULL, NULL, PV_VERDICT_GENUINE, PV_REASON_NONE, -1 },
  { "aa-rsa", NULL, NULL, PV_VERDICT_GENUINE, PV_REASON_NONE, -1 },
  { "aa-ecdsa", NULL, AA_ECDSA_ZONE, PV_VERDICT_GENUINE, PV_REASON_NONE, -1 },
  { "bac-only", NULL, BAC_ZONE, PV_VERDICT_GENUINE, PV_REASON_NONE, -1 },
  /* Habits of chips, each of which stopped some reader of the field. */
  { "cnie", "chip/quirks=no-mf-6d00", NULL, PV_VERDICT_GENUINE, PV_REASON_NONE, -1 },
  { "cnie", "chip/quirks=no-le-at-select", NULL, PV_VERDICT_GENUINE, PV_REASON_NONE, -1 },
  { "cnie", "chip/quirks=no-do84", NULL, PV_VERDICT_GENUINE, PV_REASON_NONE, -1 },
  { "cnie", "chip/quirks=needs-do84\naccess/pace=ecdh-gm-aes128:13;ecdh-gm-aes128:12", NULL, PV_VERDICT_GENUINE,
    PV_REASON_NONE, -1 },
  { "cnie", "chip/quirks=loses-session", NULL, PV_VERDICT_GENUINE, PV_REASON_NONE, -1 },
  { "cnie", "chip/quirks=6c\nchip/largest-read=112", NULL, PV_VERDICT_GENUINE, PV_REASON_NONE, -1 },
  { "cnie", "chip/quirks=6700\nchip/largest-read=160", NULL, PV_VERDICT_GENUINE, PV_REASON_NONE, -1 },
  { "cnie", "chip/largest-read=96", NULL, PV_VERDICT_GENUINE, PV_REASON_NONE, -1 },
  { "cnie", "chip/part=100", NULL, PV_VERDICT_GENUINE, PV_REASON_NONE, -1 },
  { "cnie", "chip/extended=2000\nchip/quirks=empty-extended", NULL, PV_VERDICT_GENUINE, PV_REASON_NONE, -1 },
  { "cnie", "chip/quirks=explicit-curve", NULL, PV_VERDICT_GENUINE, PV_REASON_NONE, -1 },
  { "cnie", "chip/quirks=no-ca-info\nchip/ca=ecdh-3des:12", NULL, PV_VERDICT_GENUINE, PV_REASON_NONE, -1 },
  { "aa-ecdsa", "chip/quirks=", AA_ECDSA_ZONE, PV_VERDICT_GENUINE, PV_REASON_NONE, -1 },
  /* Issuers of every kind. */
  { "cnie", "issuer/kind=rsa-pss", NULL, PV_VERDICT_GENUINE, PV_REASON_NONE, -1 },
  { "cnie", "issuer/kind=ecdsa-p256", NULL, PV_VERDICT_GENUINE, PV_REASON_NONE, -1 },
  { "cnie", "issuer/kind=ecdsa-brainpool-explicit", NULL, PV_VERDICT_GENUINE, PV_REASON_NONE, -1 },
  { "cnie", "issuer/kind=ecdsa-p521", NULL, PV_VERDICT_GENUINE, PV_REASON_NONE, -1 },
};

static void
right_documents_are_genuine_whatever_their_habits (void **state)
{
  (void) state;
  check_rows (right_rows, G_N_ELEMENTS (right_rows), FALSE);
}

static void
a_residence_permit_says_of_which_state_its_holder_is (void **state)
{
  static const struct {
    PvIdentityField field;
    const char *text;
  } said[] = {
    { PV_IDENTITY_SURNAME, "SPÉCIMEN" },      { PV_IDENTITY_GIVEN_NAMES, "Oksana Petrivna" },
    { PV_IDENTITY_BIRTH_DATE, "1991-08-24" }, { PV_IDENTITY_BIRTH_PLACE, "Kyiv, Ukraine" },
    { PV_IDENTITY_NATIONALITY, "UKR" },       { PV_IDENTITY_ISSUER, "UTO" },
    { PV_IDENTITY_NUMBER, "UTP123456" },
  };
  const Row permit = { "permit", NULL, NULL, PV_VERDICT_GENUINE, PV_REASON_NONE, -1 };
  g_autoptr (GError) error = NULL;
  g_autoptr (PvCardReading) reading = read_row (&permit, FALSE, &error);

  (void) state;
  assert_null (error);
  for (guint i = 0; i < G_N_ELEMENTS (said); i++)
    assert_string_equal (reading->identity->texts[said[i].field], said[i].text);
}

static void
portraits_are_read_as_well (void **state)
{
  static const Row rows[] = {
    { "cnie", NULL, NULL, PV_VERDICT_GENUINE, PV_REASON_NONE, -1 },
    { "jp2", NULL, NULL, PV_VERDICT_GENUINE, PV_REASON_NONE, -1 },
    { "cnie", "photo/size=60000", NULL, PV_VERDICT_GENUINE, PV_REASON_NONE, -1 },
    { "cnie-long", NULL, NULL, PV_VERDICT_GENUINE, PV_REASON_NONE, -1 },
  };

  (void) state;
  check_rows (rows, G_N_ELEMENTS (rows), TRUE);
}

/* Forged, damaged or suspicious: none of them may come out genuine. */
static const Row forged_rows[] = {
  /* Right, but of a State that is not in the list of this test. */
  { "passport-ukr", NULL, UKR_ZONE, PV_VERDICT_NOT_PROVEN, PV_REASON_UNKNOWN_ISSUER, -1 },
  /* the signature */
  { "wrong-signer", NULL, NULL, PV_VERDICT_REFUSED, PV_REASON_WRONG_SIGNER, -1 },
  { "cnie", "issuer/issue=other-root", NULL, PV_VERDICT_REFUSED, PV_REASON_WRONG_SIGNER, -1 },
  { "cnie", "issuer/issue=self-signed", NULL, PV_VERDICT_REFUSED, PV_REASON_WRONG_SIGNER, -1 },
  { "cnie", "issuer/issue=not-a-ca", NULL, PV_VERDICT_REFUSED, PV_REASON_WRONG_SIGNER, -1 },
  { "cnie", "issuer/issue=bad-signature", NULL, PV_VERDICT_REFUSED, PV_REASON_BAD_SIGNATURE, -1 },
  { "cnie", "issuer/issue=wrong-digest", NULL, PV_VERDICT_REFUSED, PV_REASON_BAD_SIGNATURE, -1 },
  { "cnie", "issuer/issue=signer-expired", NULL, PV_VERDICT_REFUSED, PV_REASON_SIGNER_NOT_VALID, -1 },
  { "cnie", "issuer/issue=signer-too-early", NULL, PV_VERDICT_REFUSED, PV_REASON_SIGNER_NOT_VALID, -1 },
  { "cnie", "issuer/issue=revoked", NULL, PV_VERDICT_REFUSED, PV_REASON_REVOKED, -1 },
  { "cnie", "issuer/issue=other-state", NULL, PV_VERDICT_REFUSED, PV_REASON_WRONG_STATE, -1 },
  { "cnie", "issuer/issue=no-signer", NULL, PV_VERDICT_REFUSED, PV_REASON_BAD_SIGNATURE, -1 },
  { "cnie", "issuer/issue=wrong-content-type", NULL, PV_VERDICT_REFUSED, PV_REASON_BAD_SOD, -1 },
  { "cnie", "issuer/issue=unsigned", NULL, PV_VERDICT_REFUSED, PV_REASON_BAD_SIGNATURE, -1 },
  { "cnie", "issuer/issue=no-attributes", NULL, PV_VERDICT_REFUSED, PV_REASON_BAD_SIGNATURE, -1 },
  { "cnie", "issuer/issue=weak", NULL, PV_VERDICT_NOT_PROVEN, PV_REASON_WEAK, -1 },
  { "cnie", "issuer/issue=unknown-curve", NULL, PV_VERDICT_NOT_PROVEN, PV_REASON_UNSUPPORTED, -1 },
  { "no-signature", NULL, NULL, PV_VERDICT_NOT_PROVEN, PV_REASON_NO_SIGNATURE, -1 },
  { "cnie", "damage/flip=sod:120", NULL, PV_VERDICT_REFUSED, PV_REASON_BAD_SIGNATURE, -1 },
  { "cnie", "damage/cut=sod:700", NULL, PV_VERDICT_REFUSED, PV_REASON_BAD_SOD, -1 },
  { "cnie", "damage/replace=sod:770430020500", NULL, PV_VERDICT_REFUSED, PV_REASON_BAD_SOD, -1 },
  /* the data */
  { "changed-data", NULL, NULL, PV_VERDICT_REFUSED, PV_REASON_CHANGED_DATA, -1 },
  { "cnie", "damage/flip=dg1:40", NULL, PV_VERDICT_REFUSED, PV_REASON_CHANGED_DATA, -1 },
  { "cnie", "damage/flip=dg11:30", NULL, PV_VERDICT_REFUSED, PV_REASON_CHANGED_DATA, -1 },
  { "cnie", "damage/flip=dg12:20", NULL, PV_VERDICT_REFUSED, PV_REASON_CHANGED_DATA, -1 },
  { "cnie", "damage/flip=dg14:60", NULL, PV_VERDICT_REFUSED, PV_REASON_CHANGED_DATA, -1 },
  { "cnie", "damage/replace=dg11:6B00", NULL, PV_VERDICT_REFUSED, PV_REASON_CHANGED_DATA, -1 },
  { "cnie", "misprint/set=dg1:19:39", NULL, PV_VERDICT_REFUSED, PV_REASON_BAD_DATA, -1 },
  { "cnie", "damage/missing=dg1", NULL, PV_VERDICT_REFUSED, PV_REASON_BAD_DATA, -1 },
  { "cnie", "damage/announce=dg1:5000000", NULL, PV_VERDICT_REFUSED, PV_REASON_BAD_DATA, -1 },
  { "cnie", "misprint/replace=dg11:6B035F0E05", NULL, PV_VERDICT_NOT_PROVEN, PV_REASON_INCOMPLETE, -1 },
  { "cnie", "misprint/replace=dg12:6C035F2605", NULL, PV_VERDICT_NOT_PROVEN, PV_REASON_INCOMPLETE, -1 },
  { "empty-group", NULL, NULL, PV_VERDICT_NOT_PROVEN, PV_REASON_INCOMPLETE, -1 },
  /* the chip */
  { "cloned", NULL, NULL, PV_VERDICT_REFUSED, PV_REASON_CLONED_CHIP, -1 },
  { "aa-rsa", "damage/clone=aa", NULL, PV_VERDICT_REFUSED, PV_REASON_CLONED_CHIP, -1 },
  { "aa-ecdsa", "damage/clone=aa", AA_ECDSA_ZONE, PV_VERDICT_REFUSED, PV_REASON_CLONED_CHIP, -1 },
  { "cam", "damage/clone=cam", NULL, PV_VERDICT_REFUSED, PV_REASON_CLONED_CHIP, -1 },
  { "cnie", "chip/ca=", NULL, PV_VERDICT_NOT_PROVEN, PV_REASON_CHIP_UNPROVEN, -1 },
  { "cnie", "damage/missing=dg14", NULL, PV_VERDICT_REFUSED, PV_REASON_DOWNGRADED, -1 },
  { "aa-rsa", "damage/missing=dg15", NULL, PV_VERDICT_REFUSED, PV_REASON_DOWNGRADED, -1 },
  { "cnie", "access/pace=ecdh-gm-aes256:13;ecdh-gm-3des:12\ndamage/card-access=ecdh-gm-3des:12", NULL,
    PV_VERDICT_REFUSED, PV_REASON_DOWNGRADED, -1 },
  { "downgraded", NULL, NULL, PV_VERDICT_REFUSED, PV_REASON_DOWNGRADED, -1 },
  { "downgraded-bac", NULL, DOWNGRADED_ZONE, PV_VERDICT_REFUSED, PV_REASON_DOWNGRADED, -1 },
  /* the holder's side */
  { "cnie", "card/expiry=2026-11-28", NULL, PV_VERDICT_NOT_PROVEN, PV_REASON_EXPIRED, -1 },
  /* what cannot be read at all */
  { "bank", NULL, NULL, 0, 0, PV_CARD_ERROR_UNSUPPORTED },
  { "cnie", "access/can=654321", NULL, 0, 0, PV_CARD_ERROR_WRONG_CODE },
  { "bac-only", NULL, AA_ECDSA_ZONE, 0, 0, PV_CARD_ERROR_WRONG_CODE },
  { "bac-only", NULL, NULL, 0, 0, PV_CARD_ERROR_UNSUPPORTED },
  { "endless", NULL, NULL, 0, 0, PV_CARD_ERROR_BAD_DATA },
  { "cnie", "damage/fault=wrong-mac:9", NULL, 0, 0, PV_CARD_ERROR_BAD_DATA },
  { "cnie", "damage/fault=no-do99:9", NULL, 0, 0, PV_CARD_ERROR_BAD_DATA },
  { "cnie", "damage/fault=sw-differs:9", NULL, 0, 0, PV_CARD_ERROR_BAD_DATA },
  { "cnie", "damage/fault=plain:9", NULL, 0, 0, PV_CARD_ERROR_BAD_DATA },
  { "cnie", "damage/fault=replay:10", NULL, 0, 0, PV_CARD_ERROR_BAD_DATA },
  { "cnie", "damage/fault=6988:9", NULL, 0, 0, PV_CARD_ERROR_LOST },
  { "cnie", "damage/fault=reflect-key:3", NULL, 0, 0, PV_CARD_ERROR_BAD_DATA },
  { "cnie", "damage/fault=off-curve:3", NULL, 0, 0, PV_CARD_ERROR_BAD_DATA },
  { "cnie", "damage/fault=infinity:3", NULL, 0, 0, PV_CARD_ERROR_BAD_DATA },
  { "cnie", "damage/fault=wrong-token:5", NULL, 0, 0, PV_CARD_ERROR_BAD_DATA },
};

static void
forged_and_damaged_documents_are_told_by_their_reason (void **state)
{
  (void) state;
  check_rows (forged_rows, G_N_ELEMENTS (forged_rows), FALSE);
}

static int
set_up (void **state)
{
  (void) state;
  fixture.folder = g_dir_make_tmp ("parvis-reading-XXXXXX", NULL);
  for (guint kind = 0; kind < PV_N_ISSUER_KINDS; kind++) {
    g_autoptr (PvIssuer) issuer = pv_issuer_open (fixture.folder, "UT", kind, NULL);

    assert_non_null (issuer);
  }
  /* Every issue makes what it needs: the list must hold the other State, too. */
  pv_chip_free (card_desk_make_chip (fixture.folder, "cnie", "issuer/issue=other-state"));
  fixture.trust = card_desk_make_trust (fixture.folder);
  return 0;
}

static int
tear_down (void **state)
{
  (void) state;
  g_clear_pointer (&fixture.trust, pv_trust_unref);
  tst_remove_folder (fixture.folder);
  g_free (fixture.folder);
  return 0;
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (right_documents_are_genuine_whatever_their_habits),
    cmocka_unit_test (a_residence_permit_says_of_which_state_its_holder_is),
    cmocka_unit_test (portraits_are_read_as_well),
    cmocka_unit_test (forged_and_damaged_documents_are_told_by_their_reason),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, set_up, tear_down);
}
