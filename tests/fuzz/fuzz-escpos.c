/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a thermal printer sends back: each byte is one that it sends, but a 0xff, which is none of its answers: there a
 * question is asked. */

#include <stdint.h>
#include <string.h>

#include "print/escpos-status.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  PvEscposReader reader = { 0 };
  PvEscposFlags told = PV_ESCPOS_ALL;
  guint question = PV_ESCPOS_LAST_QUESTION;

  for (size_t i = 0; i < size; i++) {
    g_autoptr (GString) lines = g_string_new (NULL);
    PvEscposFlags before = reader.flags;
    PvEscposEvent event;

    if (data[i] == 0xff) {
      guint8 bytes[PV_ESCPOS_QUESTION_BYTES];

      question = question % PV_ESCPOS_LAST_QUESTION + 1;
      pv_escpos_reader_ask (&reader, question, bytes);
    }
    event = pv_escpos_reader_take (&reader, data[i]);
    g_assert (event != PV_ESCPOS_NOTHING || reader.flags == before);
    g_assert ((reader.flags & ~(guint) PV_ESCPOS_ALL) == 0 && reader.n_report < PV_ESCPOS_REPORT_BYTES);
    pv_escpos_append_changes (told, reader.flags, lines);
    g_assert (lines->len == 0 || (g_str_has_prefix (lines->str, "STATE: ") && g_str_has_suffix (lines->str, "\n")));
    told = reader.flags;
  }
  return 0;
}
