/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* talk.h: the conversation with a thermal printer, for one job. Every wait has an end.
 *
 * Asks first, and sends nothing to a printer that would not print it; hands on what the filter writes; at the end waits
 * until the printer has come to it. What the printer tells is told to CUPS at once.
 */
#pragma once

#include <signal.h>

#include "kiosk/escpos/device.h"

typedef enum {
  PV_ESCPOS_PRINTED, /* said by the printer; or sent, if it says nothing */
  PV_ESCPOS_CANCELLED,
  PV_ESCPOS_FAILED,
} PvEscposOutcome;

/**
 * pv_escpos_talk:
 * @input: what the filter writes; -1: nothing is printed, only asked how it is
 * @messages: where CUPS listens
 * @uncut: (nullable): a file that stands for half a sheet that hangs out of the printer; the next job cuts it off first
 * @is_cancelled: set by a handler of signals
 */
PvEscposOutcome pv_escpos_talk (const PvEscposAddress *address, int input, int messages, const char *uncut,
                                const volatile sig_atomic_t *is_cancelled);
