/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the virtual thermal printer is sent. The first byte are the faults it has from the middle of the input on, until all of
 * it is received. */

#include <stdint.h>

#include "demo/escpos/roll.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

enum { DOTS = 84, PIECE = 64, MAX_INPUT_BYTES = 1 << 16 };

static void
check (const PvDemoRoll *roll)
{
  const GPtrArray *sheets = pv_demo_roll_get_sheets (roll);

  g_assert (sheets->len <= PV_DEMO_ROLL_MAX_SHEETS && sheets->len <= pv_demo_roll_count_cuts (roll));
  g_assert (pv_demo_roll_count_uncut_lines (roll) <= PV_DEMO_ROLL_MAX_LINES);
  for (guint i = 0; i < sheets->len; i++) {
    const PvDemoRollSheet *sheet = g_ptr_array_index (sheets, i);

    g_assert (sheet->lines > 0 && sheet->lines <= PV_DEMO_ROLL_MAX_LINES && sheet->width == DOTS);
    g_assert (sheet->dots->len == (gsize) sheet->lines * ((DOTS + 7) / 8) && sheet->cut != PV_DEMO_ROLL_UNCUT);
  }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (PvDemoRoll) roll = pv_demo_roll_new (DOTS, 203);
  g_autoptr (GByteArray) answers = g_byte_array_new ();

  if (size < 1 || size > MAX_INPUT_BYTES)
    return 0;
  for (size_t i = 1; i < size;) {
    size_t n = MIN (MIN (pv_demo_roll_get_room (roll), PIECE), size - i);

    if (i > size / 2)
      pv_demo_roll_set_faults (roll, data[0] & 0x3f, answers);
    if (n == 0)
      break;
    pv_demo_roll_receive (roll, data + i, n, answers);
    pv_demo_roll_run (roll, PIECE, answers);
    i += n;
  }
  pv_demo_roll_set_faults (roll, 0, answers);
  while (pv_demo_roll_run (roll, PIECE, answers))
    ;
  g_assert (pv_demo_roll_get_room (roll) == PV_DEMO_ROLL_BUFFER_BYTES);
  check (roll);
  pv_demo_roll_reset (roll);
  check (roll);
  return 0;
}
