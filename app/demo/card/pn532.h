/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* pn532.h: a PN532 reader on a pseudo-terminal, in UART mode, for the real libnfc (PN532 User Manual, NXP UM0701-02).
 *
 * Runs on a thread of its own; every function here may be called from any other.
 */
#pragma once

#include <gio/gio.h>

typedef enum {
  PV_PN532_FAULT_NONE,
  PV_PN532_FAULT_LOST,     /* status 01 from now on, nothing found until laid again */
  PV_PN532_FAULT_RELEASED, /* status 29 once */
  PV_PN532_FAULT_CRC,      /* status 02 once */
  PV_PN532_FAULT_NAD,      /* status with bit 0x80 once: libnfc 1.8 aborts the process */
  PV_PN532_FAULT_MUTE,     /* ACK, no reply */
  PV_PN532_FAULT_LATE,     /* ACK, reply after the time of the fault */
  PV_PN532_FAULT_GARBAGE,  /* wrong checksum once */
  PV_PN532_FAULT_ERROR_FRAME,
  PV_PN532_FAULT_DIE, /* the reader goes: the pseudo-terminal closes */
  PV_N_PN532_FAULTS
} PvPn532Fault;

/* What lies on it; called on the emulator's thread. */
typedef struct PvPn532Card {
  gsize (*transmit) (gpointer card, const guint8 *command, gsize length, guint8 *answer, gsize size);
  void (*reset) (gpointer card);
  const guint8 *ats; /* length byte first; length 0: a card of type A that only stores, without ISO/IEC 14443-4 */
  gsize ats_length;
  gboolean is_type_b;
  gpointer card;
} PvPn532Card;

typedef struct PvPn532Tally {
  guint commands; /* of the host */
  guint apdus;
  guint long_apdus;  /* by raw blocks */
  guint frames;      /* with information, on the air, both ways, computed from the frame sizes */
  guint64 air_bytes; /* both ways, with the overhead of blocks and CRC, and the acknowledgements of a chain */
  guint repeats;     /* an APDU equal to the one before */
  guint kbit_per_s;  /* agreed last; 0: no card was selected */
} PvPn532Tally;

typedef struct PvPn532 PvPn532;

/* @link: (nullable): a symbolic link to the terminal, without ':'; replaced. */
PvPn532 *pv_pn532_new (const char *link, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void pv_pn532_free (PvPn532 *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvPn532, pv_pn532_free)
/* "pn532_uart:PATH"; borrowed, until it is plugged in again where it has no link. */
const char *pv_pn532_get_connection (const PvPn532 *reader);
/* Copies the struct; @card->card must live until it is removed. */
void pv_pn532_lay (PvPn532 *reader, const PvPn532Card *card);
void pv_pn532_remove (PvPn532 *reader);
/* Before the APDU @index, from 0, since the card was laid; @ms for LATE. */
void pv_pn532_set_fault (PvPn532 *reader, PvPn532Fault fault, guint index, guint ms);
/* By raw blocks, the card asks @n times for more time before each answer: S(WTX). */
void pv_pn532_set_extensions (PvPn532 *reader, guint n);
/* Plugged in again after DIE, or unplugged. */
gboolean pv_pn532_plug (PvPn532 *reader, GError **error);
void pv_pn532_unplug (PvPn532 *reader);
/* Takes nothing of what the host sends, not even with an ACK: a reader that hangs. */
void pv_pn532_set_deaf (PvPn532 *reader, gboolean is_deaf);
PvPn532Tally pv_pn532_get_tally (PvPn532 *reader);
void pv_pn532_reset_tally (PvPn532 *reader);
/* FSD 64 when the reader's own ISO-DEP is used, 256 by raw blocks; @ms with @kbit_per_s on the air for what was counted. */
double pv_pn532_model_seconds (const PvPn532Tally *tally, guint kbit_per_s);
