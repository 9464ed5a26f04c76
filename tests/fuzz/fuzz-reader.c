/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* fuzz-reader.c: the whole reader behind a hostile chip.
 *
 * The first byte chooses the chip. RAW: each answer is two bytes of length and that many bytes of the input. Otherwise the
 * demo's chip, which opens and secures as it should, so that what is behind the channel is reached: the rest of the input
 * is a row of changes, a file's number and what stands in it, or a fault and when. Whatever comes, it ends; and a document
 * is genuine only with the very data that were signed.
 */

#include <ftw.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "chip-transport.h"
#include "demo/card/chip-parts.h"
#include "demo/card/issuer.h"
#include "eid/reading.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

enum {
  FIRST_OF_RAW = 0x80,  /* below: the old document, whose opening costs little */
  FIRST_OF_PACE = 0xF8, /* and from here the new one */
  FAULT = 0xFF,         /* in the place of a file's number */
  MAX_CHANGES = 8,
  MAX_OPEN = 8,
  MOST_COMMANDS = 4000, /* of one reading, whatever the chip answers */
};

/* 29 November 2026, noon, UTC. */
#define NOW G_GINT64_CONSTANT (1795953600)

#define OLD_CARD                                                                                                       \
  "[card]\ntype=td3\ncode=P\nissuer=UTO\nnumber=19AA98765\nsurname=SPECIMEN\ngiven=Camille\nbirth=1990-07-13\nsex=F\n" \
  "expiry=2031-05-19\nnationality=UTO\n[access]\nbac=yes\n[issuer]\nkind=ecdsa-p256\n"
#define NEW_CARD                                                                                                       \
  "[card]\ntype=td1\ncode=ID\nissuer=UTO\nnumber=X4RTBPFW4\nsurname=SPECIMEN\ngiven=Camille\nbirth=1990-07-13\nsex="   \
  "F\n"                                                                                                                \
  "expiry=2031-05-19\nnationality=UTO\n[access]\ncan=123456\npace=ecdh-gm-aes128:12\n[chip]\nca=ecdh-aes128:12\n"      \
  "[issuer]\nkind=ecdsa-p256\n"

typedef struct World {
  PvChip *old_chip, *new_chip;
  PvCardPassword *zone, *can;
  PvTrust *trust;
} World;

/* Answers out of the input. */
typedef struct RawCard {
  PvCardTransport transport;
  const uint8_t *data;
  size_t size;
  guint commands;
} RawCard;

static void
check (gboolean is_true)
{
  if (!is_true)
    abort ();
}

static int
remove_cb (const char *path, const struct stat *status, int kind, struct FTW *place)
{
  (void) status;
  (void) kind;
  (void) place;
  return remove (path);
}

static const World *
get_world (void)
{
  static World world;
  g_autofree char *folder = NULL, *list = NULL, *signer = NULL;

  if (world.trust != NULL)
    return &world;
  folder = g_dir_make_tmp ("parvis-fuzz-XXXXXX", NULL);
  list = g_build_filename (folder, "masterlist.ml", NULL);
  signer = g_build_filename (folder, "masterlist-signer.pem", NULL);
  world.old_chip = pv_chip_new_from_card (OLD_CARD, folder, NULL);
  world.new_chip = pv_chip_new_from_card (NEW_CARD, folder, NULL);
  check (world.old_chip != NULL && world.new_chip != NULL && pv_issuer_write_master_list (folder, NULL));
  world.trust = pv_trust_load (list, signer, NULL, NOW, NULL);
  check (world.trust != NULL);
  nftw (folder, remove_cb, MAX_OPEN, FTW_DEPTH | FTW_PHYS);
  world.zone = pv_card_password_new_mrz ("19AA98765", "900713", "310519");
  world.can = pv_card_password_new_can ("123456");
  check (world.zone != NULL && world.can != NULL);
  return &world;
}

static gboolean
answer_raw (PvCardTransport *transport, const guint8 *command, gsize command_length, guint8 *answer, gsize answer_size,
            gsize *ret_length, guint timeout_ms, GError **error)
{
  RawCard *card = (RawCard *) transport;
  gsize length = card->size >= 2 ? (gsize) card->data[0] << 8 | card->data[1] : 0;

  (void) command;
  (void) command_length;
  (void) timeout_ms;
  check (++card->commands <= MOST_COMMANDS);
  if (card->size < 2 || length > card->size - 2 || length > answer_size) {
    g_set_error (error, PV_CARD_ERROR, PV_CARD_ERROR_LOST, "no more answers");
    return FALSE;
  }
  memcpy (answer, card->data + 2, length);
  card->data += 2 + length;
  card->size -= 2 + length;
  *ret_length = length;
  return TRUE;
}

static void
do_nothing (PvCardTransport *transport)
{
  (void) transport;
}

static PvCardReading *
run_reading (const World *world, PvCardTransport *transport, const PvCardPassword *password)
{
  PvReadingOptions options = {
    .password = password,
    .trust = world->trust,
    .wants_face = TRUE,
    .wants_com = TRUE,
    .now = NOW,
    .is_clock_verified = TRUE,
  };

  g_date_clear (&options.today, 1);
  g_date_set_dmy (&options.today, 29, G_DATE_NOVEMBER, 2026);
  return pv_card_reading_run (transport, &options, NULL);
}

static void
read_raw (const World *world, const uint8_t *data, size_t size)
{
  static const PvCardTransportOps ops = { answer_raw, NULL, do_nothing, do_nothing };
  RawCard card = { { .ops = &ops, .max_command = 262, .max_answer = 263 }, data, size, 0 };
  g_autoptr (PvCardReading) reading = run_reading (world, &card.transport, world->zone);

  check (reading == NULL || reading->identity->verdict != PV_VERDICT_GENUINE);
}

/* Number, two bytes of length, bytes; or FAULT, which, when. */
static void
change_chip (PvChip *chip, const uint8_t *data, size_t size)
{
  for (guint i = 0; i < MAX_CHANGES && size >= 3; i++) {
    size_t length = (size_t) data[1] << 8 | data[2];

    if (data[0] == FAULT) {
      pv_chip_set_fault (chip, data[1] % PV_N_CHIP_FAULTS, data[2]);
      length = 0;
    } else {
      PvChipFile *file = &chip->files->files[data[0] % PV_N_CHIP_FILES];

      length = MIN (length, size - 3);
      g_clear_pointer (&file->data, g_bytes_unref);
      file->data = length > 0 ? g_bytes_new (data + 3, length) : NULL;
    }
    data += 3 + length;
    size -= 3 + length;
  }
}

static void
read_chip (const World *world, PvChip *chip, const PvCardPassword *password, const uint8_t *data, size_t size)
{
  PvChipFiles right = *chip->files;
  PvChipFile *zone = &chip->files->files[PV_CHIP_FILE_DG + 1];
  GBytes *signed_zone = right.files[PV_CHIP_FILE_DG + 1].data;
  g_autoptr (PvCardTransport) transport = NULL;
  g_autoptr (PvCardReading) reading = NULL;

  for (guint i = 0; i < PV_N_CHIP_FILES; i++)
    if (right.files[i].data != NULL)
      g_bytes_ref (right.files[i].data);
  transport = chip_transport_new (chip, FALSE);
  change_chip (chip, data, size);
  reading = run_reading (world, transport, password);
  check (pv_chip_count_apdus (chip) <= MOST_COMMANDS);
  if (reading != NULL && reading->identity->verdict == PV_VERDICT_GENUINE)
    check (zone->data != NULL && g_bytes_equal (zone->data, signed_zone));
  for (guint i = 0; i < PV_N_CHIP_FILES; i++)
    g_clear_pointer (&chip->files->files[i].data, g_bytes_unref);
  *chip->files = right;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const World *world = get_world ();

  if (size == 0)
    return 0;
  if (data[0] >= FIRST_OF_PACE)
    read_chip (world, world->new_chip, world->can, data + 1, size - 1);
  else if (data[0] >= FIRST_OF_RAW)
    read_raw (world, data + 1, size - 1);
  else
    read_chip (world, world->old_chip, world->zone, data + 1, size - 1);
  return 0;
}
