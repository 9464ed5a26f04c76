/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* chip-fixture.h: what the tests of the chip share: a folder of issuers, a short card, a terminal in a session. */
#pragma once

#include "chip-terminal.h"
#include "demo/card/chip.h"
#include "tst.h"

#define CAN "123456"

/* As short as a card can be; what a test needs is added behind. */
#define HOLDER                                                                                                         \
  "[card]\ntype=td1\ncode=ID\nissuer=UTO\nnumber=TEST00001\nsurname=Spécimen\ngiven=Zoé\n"                           \
  "birth=1990-07-13\nsex=F\nexpiry=2034-02-11\nnationality=UTO\n[issuer]\nkind=ecdsa-p256\n[photo]\nsize=5000\nwidth=" \
  "48\nheight=64\n"
#define PLAIN_GM "[access]\ncan=" CAN "\npace=ecdh-gm-aes128:13\n"

static char *state;
static const PvChipPaceOffer gm = { PV_CHIP_ECDH_GM, PV_CHIP_AES128, 13 };

static inline int
set_up (void **data)
{
  (void) data;
  state = g_dir_make_tmp ("pv-chip-XXXXXX", NULL);
  return state != NULL ? 0 : -1;
}

static inline int
tear_down (void **data)
{
  (void) data;
  tst_remove_folder (state);
  g_free (state);
  return 0;
}

static inline PvChip *
make_chip (const char *more)
{
  g_autofree char *text = g_strconcat (HOLDER, more, NULL);
  g_autoptr (GError) error = NULL;
  PvChip *chip = pv_chip_new_from_card (text, state, &error);

  if (chip == NULL)
    print_error ("%s\n", error->message);
  assert_non_null (chip);
  return chip;
}

static inline GBytes *
can_secret (void)
{
  return g_bytes_new_static (CAN, 6);
}

/* A terminal in a session, and in the application. */
static inline void
enter (ChipTerminal *terminal, PvChip *chip)
{
  g_autoptr (GBytes) secret = can_secret ();

  *terminal = (ChipTerminal){ .chip = chip };
  assert_int_equal (chip_terminal_pace (terminal, &gm, FALSE, TRUE, secret), 0x9000);
  assert_int_equal (chip_terminal_select_application (terminal), 0x9000);
}
