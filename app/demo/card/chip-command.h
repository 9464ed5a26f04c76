/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* chip-command.h: commands and answers of ISO/IEC 7816-4, as the chip takes them apart and puts them together. Pure. */
#pragma once

#include <glib.h>

typedef struct PvChipCommand {
  guint8 cla, ins, p1, p2;
  GByteArray *data; /* owned */
  guint expected;   /* Le: 0 none, 256 and 65536 for the zeros */
  gboolean is_extended;
} PvChipCommand;

typedef struct PvChipAnswer {
  GByteArray *data; /* owned */
  guint16 sw;
} PvChipAnswer;

void pv_chip_command_clear (PvChipCommand *command);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PvChipCommand, pv_chip_command_clear)
void pv_chip_answer_clear (PvChipAnswer *answer);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PvChipAnswer, pv_chip_answer_clear)

/* FALSE: the lengths contradict each other. */
gboolean pv_chip_command_parse (const guint8 *bytes, gsize length, PvChipCommand *ret_command);

/* Appends tag, shortest length and value. */
void pv_chip_add_tlv (GByteArray *bytes, guint tag, const guint8 *value, gsize length);
/* The same around what @inner holds, which is freed. */
void pv_chip_add_tlv_of (GByteArray *bytes, guint tag, GByteArray *inner);
/* Of @text without its final zero. */
void pv_chip_add_tlv_text (GByteArray *bytes, guint tag, const char *text);
/* The value of the first object with @tag (one or two bytes) among those of @data; NULL: none. */
const guint8 *pv_chip_find_tlv (const guint8 *data, gsize length, guint tag, gsize *ret_length);
