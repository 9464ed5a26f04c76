/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "chip-fixture.h"
#include "demo/card/chip-text.h"

/* Every card of the demo, and what can be wrong with the text of one. */

static char *
read_card (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  char *text = NULL;

  assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

/* The first offer of the card, with its CAN, or BAC with its zone. */
static guint16
open_card (ChipTerminal *terminal, const PvChipText *text)
{
  g_autofree char *information = pv_chip_text_get_mrz_information (text);
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA1);
  g_autoptr (GBytes) secret = NULL;
  guint8 hash[20];
  gsize length = sizeof hash;

  g_checksum_update (sum, (const guint8 *) information, -1);
  g_checksum_get_digest (sum, hash, &length);
  if (text->n_pace == 0) {
    assert_int_equal (chip_terminal_select_application (terminal), 0x9000);
    return chip_terminal_bac (terminal, information);
  }
  secret = text->can != NULL ? g_bytes_new (text->can, 6) : g_bytes_new (hash, sizeof hash);
  if (chip_terminal_pace (terminal, &text->pace[0], TRUE, text->can != NULL, secret) != 0x9000)
    return terminal->sw;
  return chip_terminal_select_application (terminal);
}

static void
opens_every_card_and_reads_its_zone (void **data)
{
  g_autofree char *folder = g_build_filename (g_getenv ("PV_DEMO_DATA"), "cards", NULL);
  g_autoptr (GDir) cards = g_dir_open (folder, 0, NULL);
  guint count = 0;

  (void) data;
  assert_non_null (cards);
  for (const char *name; (name = g_dir_read_name (cards)) != NULL; count++) {
    g_autofree char *card = read_card (folder, name);
    g_autoptr (GError) error = NULL;
    g_autoptr (PvChipText) text = pv_chip_text_new (card, &error);
    g_autoptr (PvChip) chip = pv_chip_new_from_card (card, state, &error);
    g_autofree ChipTerminal *terminal = g_new0 (ChipTerminal, 1);

    if (chip == NULL)
      print_error ("%s: %s\n", name, error->message);
    assert_non_null (chip);
    terminal->chip = chip;
    if (text->kind == PV_CHIP_OTHER) {
      assert_int_equal (chip_terminal_select_application (terminal), 0x6A82);
      continue;
    }
    assert_int_equal (open_card (terminal, text), 0x9000);
    assert_int_equal (chip_terminal_read (terminal, 0x01, 100), 0x9000);
    assert_int_equal (terminal->data[0], 0x61);
  }
  assert_true (count >= 20);
}

/* Read through a session: status word, length, first bytes. */
static void
read_damaged (const char *damage, guint short_id, ChipTerminal *terminal)
{
  g_autofree char *text = g_strconcat (PLAIN_GM, damage, NULL);
  g_autoptr (PvChip) chip = make_chip (text);

  enter (terminal, chip);
  chip_terminal_read (terminal, short_id, 200);
}

static void
damages_files_as_told (void **data)
{
  g_autofree ChipTerminal *good = g_new0 (ChipTerminal, 1);
  g_autofree ChipTerminal *bad = g_new0 (ChipTerminal, 1);

  (void) data;
  read_damaged ("", 0x01, good);
  read_damaged ("[damage]\nflip=dg1:20\n", 0x01, bad);
  assert_int_equal (bad->data[20], good->data[20] ^ 1);
  assert_memory_equal (bad->data + 21, good->data + 21, good->length - 21);
  read_damaged ("[misprint]\nset=dg1:7:414243\n", 0x01, bad);
  assert_memory_equal (bad->data + 7, "ABC", 3);
  read_damaged ("[damage]\nreplace=dg1:6100\n", 0x01, bad);
  assert_int_equal (bad->length, 2);
  read_damaged ("[damage]\ncut=dg1:50\n", 0x01, bad);
  assert_int_equal (bad->length, 50);
  read_damaged ("[damage]\npad=dg1:7\n", 0x01, bad);
  assert_int_equal (bad->length, good->length + 7);
  read_damaged ("[damage]\nempty=dg1\n", 0x01, bad);
  assert_int_equal (bad->length, 0);
  assert_int_equal (bad->sw, 0x6282);
  read_damaged ("[damage]\nmissing=sod\n", 0x1D, bad);
  assert_int_equal (bad->sw, 0x6A82);
  read_damaged ("[damage]\nannounce=dg1:16000000\nbottomless=dg1\n", 0x01, bad);
  assert_memory_equal (bad->data, "\x61\x83\xF4\x24\x00", 5);
  assert_true (bad->length > 30000); /* as far as an offset of two bytes goes */
}

/* What the issuer signed is what was there before the damage, and after the misprint. */
static void
damages_before_or_after_the_signature (void **data)
{
  static const struct {
    const char *text;
    gboolean is_signed;
  } rows[] = { { "[misprint]\nflip=dg1:20\n", TRUE }, { "[damage]\nflip=dg1:20\n", FALSE } };

  (void) data;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree ChipTerminal *terminal = g_new0 (ChipTerminal, 1);
    g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
    guint8 hash[32];
    gsize length = sizeof hash;

    read_damaged (rows[i].text, 0x01, terminal);
    g_checksum_update (sum, terminal->data, (gssize) terminal->length);
    g_checksum_get_digest (sum, hash, &length);
    read_damaged (rows[i].text, 0x1D, terminal);
    assert_int_equal (memmem (terminal->data, terminal->length, hash, sizeof hash) != NULL, rows[i].is_signed);
  }
}

/* EF.CardAccess is not signed; DG14 says what it ought to show. */
static void
hides_an_offer_of_access (void **data)
{
  g_autoptr (PvChip) none = make_chip (PLAIN_GM "[damage]\ncard-access=none\n");
  g_autoptr (PvChip) weaker = make_chip (PLAIN_GM "[damage]\ncard-access=ecdh-gm-3des:12\n");
  static const PvChipPaceOffer shown = { PV_CHIP_ECDH_GM, PV_CHIP_3DES, 12 };
  g_autoptr (GBytes) secret = can_secret ();
  g_autofree ChipTerminal *terminal = g_new0 (ChipTerminal, 1);

  (void) data;
  terminal->chip = none;
  assert_int_equal (chip_terminal_read (terminal, 0x1C, 100), 0x6A82);
  terminal->chip = weaker;
  assert_int_equal (chip_terminal_read (terminal, 0x1C, 100), 0x9000);
  assert_int_equal (terminal->data[15], 0x01); /* 3DES */
  enter (terminal, weaker);                    /* the signed offer stands all the same */
  assert_int_equal (chip_terminal_read (terminal, 0x0E, 100), 0x9000);
  assert_int_equal (terminal->length, 2 + 2 + 20); /* which alone is in DG14 */
  pv_chip_reset (weaker);
  *terminal = (ChipTerminal){ .chip = weaker };
  assert_int_equal (chip_terminal_pace (terminal, &shown, FALSE, TRUE, secret), 0x9000);
}

static void
draws_the_photo_in_each_format_and_at_its_size (void **data)
{
  static const struct {
    const char *format;
    const char *magic;
    gsize magic_length;
  } rows[] = {
    { "jpeg", "\xFF\xD8\xFF", 3 },
    { "jp2", "\0\0\0\x0CjP  ", 8 },
    { "j2k", "\xFF\x4F\xFF\x51", 4 },
  };

  (void) data;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *text = g_strdup_printf ("format=%s\n%s", rows[i].format, PLAIN_GM);
    g_autofree ChipTerminal *terminal = g_new0 (ChipTerminal, 1);
    g_autoptr (PvChip) chip = make_chip (text);
    gboolean is_filled = i != 2;

    enter (terminal, chip);
    assert_int_equal (chip_terminal_read (terminal, 0x02, 220), 0x9000);
    assert_non_null (memmem (terminal->data, 120, rows[i].magic, rows[i].magic_length));
    assert_int_equal (terminal->length >= 5000, is_filled);
    assert_true (terminal->length < 5200);
  }
}

static void
refuses_a_text_that_is_no_card (void **data)
{
  static const char *const texts[] = {
    "",
    "nothing",
    "[card]\ntype=td9\n",
    "[card]\ntype=td1\n",
    "[card]\ntype=other\ncolour=red\n",
    "[colour]\nred=1\n",
    HOLDER "[access]\ncan=12345\n",
    HOLDER "[access]\npace=ecdh-gm-aes128\n",
    HOLDER "[access]\npace=ecdh-gm-aes128:3\n",
    HOLDER "[access]\npace=dh-gm-aes128:13\n",
    HOLDER "[access]\npace=ecdh-cam-3des:13\n",
    HOLDER "[access]\npace=ecdh-gm-des:13\n",
    HOLDER "[chip]\nca=ecdh-aes128:1\n",
    HOLDER "[chip]\naa=rsa512\n",
    HOLDER "[chip]\nquirks=naughty\n",
    HOLDER "[issuer]\nissue=perhaps\n",
    HOLDER "[issuer]\nissued=yesterday\n",
    HOLDER "[damage]\nburn=dg1\n",
    HOLDER "[damage]\nflip=dg1:5000\n",
    HOLDER "[damage]\nflip=dg16:0\n",
    HOLDER "[damage]\nfault=explode:1\n",
    HOLDER "[damage]\nfault=empty\n",
    HOLDER "format=gif\n",
    HOLDER "size=99000000\n",
  };

  (void) data;
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (PvChip) chip = pv_chip_new_from_card (texts[i], state, &error);

    if (chip != NULL)
      print_error ("taken: %s\n", texts[i]);
    assert_null (chip);
    assert_non_null (error);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (opens_every_card_and_reads_its_zone),
    cmocka_unit_test (damages_files_as_told),
    cmocka_unit_test (damages_before_or_after_the_signature),
    cmocka_unit_test (hides_an_offer_of_access),
    cmocka_unit_test (draws_the_photo_in_each_format_and_at_its_size),
    cmocka_unit_test (refuses_a_text_that_is_no_card),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, set_up, tear_down);
}
