/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "demo/escpos/roll.h"

#include <string.h>

enum {
  DLE = 0x10,
  EOT = 0x04,
  ESC = 0x1b,
  GS = 0x1d,
  LF = 0x0a,
  MAX_COMMAND_BYTES = 10, /* DLE DC4 8 */
  PICTURE_HEAD_BYTES = 8, /* GS v 0 */
  DC4 = 0x14,
  FIXED_BITS = 0x12, /* of an answer to DLE EOT */
  REPORT_BIT = 0x10, /* of a report's first byte */
  LINE_OF_TEXT_DPI_PART = 6,
  CLEAR_BYTES = 10,
};

/* DLE DC4 8: forgets what it has received, at once. */
static const guint8 clear[CLEAR_BYTES] = { 0x10, 0x14, 8, 1, 3, 0x14, 1, 6, 2, 8 };

struct PvDemoRoll {
  guint dots, dpi;
  gsize line_bytes;
  PvDemoRollFaults faults;
  GByteArray *buffer; /* received, to be worked off */
  guint8 last[2];     /* received before: for DLE EOT n */
  guint n_clear;      /* bytes of DLE DC4 8 that have come */

  guint8 command[MAX_COMMAND_BYTES];
  guint n_command;
  guint unit_dpi; /* GS P; 0: dots */
  guint8 reports; /* GS a */
  /* the picture that comes in */
  guint picture_bytes_per_line, picture_lines; /* lines to come, the one that comes included */
  guint n_picture_line;                        /* bytes of it that have come */
  guint8 *picture_line;                        /* as wide as the head */

  PvDemoRollSheet *paper; /* uncut */
  GPtrArray *sheets;
  guint n_cuts;
  gsize n_strange;
};

void
pv_demo_roll_sheet_free (PvDemoRollSheet *sheet)
{
  if (sheet == NULL)
    return;
  g_byte_array_unref (sheet->dots);
  g_free (sheet);
}

static void
free_sheet (gpointer sheet)
{
  pv_demo_roll_sheet_free (sheet);
}

PvDemoRollSheet *
pv_demo_roll_sheet_copy (const PvDemoRollSheet *sheet)
{
  PvDemoRollSheet *copy = g_memdup2 (sheet, sizeof *sheet);

  copy->dots = g_byte_array_new ();
  g_byte_array_append (copy->dots, sheet->dots->data, sheet->dots->len);
  return copy;
}

gboolean
pv_demo_roll_sheet_is_black (const PvDemoRollSheet *sheet, guint x, guint y)
{
  gsize line_bytes = (sheet->width + 7) / 8;

  if (x >= sheet->width || y >= sheet->lines)
    return FALSE;
  return (sheet->dots->data[y * line_bytes + x / 8] & (0x80 >> x % 8)) != 0;
}

static PvDemoRollSheet *
paper_new (const PvDemoRoll *roll)
{
  PvDemoRollSheet *paper = g_new0 (PvDemoRollSheet, 1);

  paper->width = roll->dots;
  paper->dots = g_byte_array_new ();
  return paper;
}

PvDemoRoll *
pv_demo_roll_new (guint dots, guint dpi)
{
  PvDemoRoll *roll = g_new0 (PvDemoRoll, 1);

  g_assert (dots >= 8 && dots <= PV_DEMO_ROLL_MAX_DOTS && dpi > 0);
  roll->dots = dots;
  roll->dpi = dpi;
  roll->line_bytes = (dots + 7) / 8;
  roll->buffer = g_byte_array_new ();
  roll->picture_line = g_malloc0 (roll->line_bytes);
  roll->paper = paper_new (roll);
  roll->sheets = g_ptr_array_new_with_free_func (free_sheet);
  return roll;
}

void
pv_demo_roll_free (PvDemoRoll *roll)
{
  if (roll == NULL)
    return;
  g_byte_array_unref (roll->buffer);
  g_free (roll->picture_line);
  pv_demo_roll_sheet_free (roll->paper);
  g_ptr_array_unref (roll->sheets);
  g_free (roll);
}

/* --- state ---------------------------------------------------------------------------------------------------------- */

static gboolean
is_blocked (const PvDemoRoll *roll)
{
  return (roll->faults & ~(guint) PV_DEMO_ROLL_LOW) != 0;
}

static guint8
get_error_bits (const PvDemoRoll *roll)
{
  return (guint8) ((roll->faults & PV_DEMO_ROLL_CUTTER ? 0x08 : 0) | (roll->faults & PV_DEMO_ROLL_BROKEN ? 0x20 : 0)
                   | (roll->faults & PV_DEMO_ROLL_HOT ? 0x40 : 0));
}

static guint8
get_sensor_bits (const PvDemoRoll *roll)
{
  return (guint8) ((roll->faults & PV_DEMO_ROLL_LOW ? 0x03 : 0) | (roll->faults & PV_DEMO_ROLL_OUT ? 0x0c : 0));
}

static void
answer_at_once (const PvDemoRoll *roll, guint8 question, GByteArray *answers)
{
  guint8 answer = FIXED_BITS;

  switch (question) {
  case 1:
    answer |= is_blocked (roll) ? 0x08 : 0;
    break;
  case 2:
    answer |= (guint8) ((roll->faults & PV_DEMO_ROLL_COVER ? 0x04 : 0) | (roll->faults & PV_DEMO_ROLL_OUT ? 0x20 : 0)
                        | (get_error_bits (roll) != 0 ? 0x40 : 0));
    break;
  case 3:
    answer |= get_error_bits (roll);
    break;
  case 4:
    answer |= (guint8) ((roll->faults & PV_DEMO_ROLL_LOW ? 0x0c : 0) | (roll->faults & PV_DEMO_ROLL_OUT ? 0x60 : 0));
    break;
  default:
    return;
  }
  g_byte_array_append (answers, &answer, 1);
}

static void
report (const PvDemoRoll *roll, GByteArray *answers)
{
  const guint8 bytes[] = { (guint8) (REPORT_BIT | 0x04 | (is_blocked (roll) ? 0x08 : 0)
                                     | (roll->faults & PV_DEMO_ROLL_COVER ? 0x20 : 0)),
                           get_error_bits (roll), get_sensor_bits (roll), 0x0f };

  if (roll->reports != 0)
    g_byte_array_append (answers, bytes, sizeof bytes);
}

void
pv_demo_roll_set_faults (PvDemoRoll *roll, PvDemoRollFaults faults, GByteArray *answers)
{
  gboolean has_changed = faults != roll->faults;

  roll->faults = faults;
  if (has_changed)
    report (roll, answers);
}

PvDemoRollFaults
pv_demo_roll_get_faults (const PvDemoRoll *roll)
{
  return roll->faults;
}

/* --- paper ---------------------------------------------------------------------------------------------------------- */

static void
add_line (PvDemoRoll *roll, const guint8 *line)
{
  if (roll->paper->lines >= PV_DEMO_ROLL_MAX_LINES)
    return;
  g_byte_array_append (roll->paper->dots, line, (guint) roll->line_bytes);
  roll->paper->lines++;
}

static void
feed (PvDemoRoll *roll, guint units)
{
  guint lines = roll->unit_dpi == 0 ? units : units * roll->dpi / roll->unit_dpi;

  memset (roll->picture_line, 0, roll->line_bytes);
  for (; lines > 0 && roll->paper->lines < PV_DEMO_ROLL_MAX_LINES; lines--)
    add_line (roll, roll->picture_line);
}

/* Nothing hangs out: there is nothing to cut. */
static void
cut (PvDemoRoll *roll, PvDemoRollCut how)
{
  if (roll->paper->lines == 0)
    return;
  roll->paper->cut = how;
  g_ptr_array_add (roll->sheets, roll->paper);
  roll->paper = paper_new (roll);
  roll->n_cuts++;
  if (roll->sheets->len > PV_DEMO_ROLL_MAX_SHEETS)
    g_ptr_array_remove_index (roll->sheets, 0);
}

/* What is not cut yet is cut first. */
static void
present (PvDemoRoll *roll, guint steps, guint seconds)
{
  PvDemoRollSheet *sheet;

  cut (roll, PV_DEMO_ROLL_FULL_CUT);
  if (roll->sheets->len == 0)
    return;
  sheet = g_ptr_array_index (roll->sheets, roll->sheets->len - 1);
  sheet->present_steps = steps;
  sheet->present_s = seconds;
}

/* --- commands ------------------------------------------------------------------------------------------------------- */

/* Bytes of the command that begins with @command, of which @n are known; 0: none. */
static guint
measure_command (const guint8 *command, guint n)
{
  if (n == 1)
    return command[0] == LF || command[0] == 0 ? 1 : command[0] == DLE || command[0] == ESC || command[0] == GS ? 2 : 0;
  if (command[0] == DLE)
    return command[1] == EOT ? 3 : command[1] == DC4 ? CLEAR_BYTES : 0;
  if (command[0] == ESC) {
    switch (command[1]) {
    case '@':
    case 'i':
    case 'm':
      return 2;
    case 'J':
    case 'd':
      return 3;
    default:
      return 0;
    }
  }
  switch (command[1]) {
  case 'P':
    return 4;
  case 'a':
  case 'r':
    return 3;
  case 'v':
    return n >= 3 && command[2] != '0' ? 0 : PICTURE_HEAD_BYTES;
  case 'V':
    return n >= 3 && (command[2] == 65 || command[2] == 66) ? 4 : 3;
  case 'e':
    return n < 3 || command[2] == 2 || command[2] == 5 ? 3 : command[2] == 3 ? 4 : command[2] == 32 ? 5 : 0;
  default:
    return 0;
  }
}

static void
begin_picture (PvDemoRoll *roll)
{
  roll->picture_bytes_per_line = roll->command[4] | (guint) roll->command[5] << 8;
  roll->picture_lines = roll->command[6] | (guint) roll->command[7] << 8;
  roll->n_picture_line = 0;
  if (roll->picture_bytes_per_line == 0)
    roll->picture_lines = 0;
}

/* Set back as ESC @ does: what hangs out stays. */
static void
initialise (PvDemoRoll *roll)
{
  roll->unit_dpi = 0;
  roll->reports = 0;
}

static void
run_gs (PvDemoRoll *roll, GByteArray *answers)
{
  const guint8 *command = roll->command;
  guint8 sensor = get_sensor_bits (roll);

  switch (command[1]) {
  case 'P':
    roll->unit_dpi = command[3];
    break;
  case 'a':
    roll->reports = command[2];
    report (roll, answers);
    break;
  case 'r':
    g_byte_array_append (answers, &sensor, 1);
    break;
  case 'v':
    begin_picture (roll);
    break;
  case 'V':
    cut (roll,
         command[2] == 66 || command[2] == 1 || command[2] == 49 ? PV_DEMO_ROLL_PARTIAL_CUT : PV_DEMO_ROLL_FULL_CUT);
    break;
  default: /* 'e' */
    if (command[2] == 3)
      present (roll, command[3], 0);
    else if (command[2] == 32)
      present (roll, command[3], command[4]);
    break;
  }
}

static void
run_command (PvDemoRoll *roll, GByteArray *answers)
{
  const guint8 *command = roll->command;

  if (command[0] == GS) {
    run_gs (roll, answers);
  } else if (command[0] == LF) {
    feed (roll, roll->dpi / LINE_OF_TEXT_DPI_PART);
  } else if (command[0] == ESC) {
    switch (command[1]) {
    case '@':
      initialise (roll);
      break;
    case 'J':
      feed (roll, command[2]);
      break;
    case 'd':
      feed (roll, command[2] * (roll->dpi / LINE_OF_TEXT_DPI_PART));
      break;
    default: /* 'i', 'm' */
      cut (roll, command[1] == 'i' ? PV_DEMO_ROLL_FULL_CUT : PV_DEMO_ROLL_PARTIAL_CUT);
      break;
    }
  }
  /* DLE EOT was answered when it came in. */
}

static void
take_command_byte (PvDemoRoll *roll, guint8 byte, GByteArray *answers)
{
  guint length;

  roll->command[roll->n_command++] = byte;
  length = measure_command (roll->command, roll->n_command);
  if (length == 0) {
    roll->n_strange += roll->n_command;
    roll->n_command = 0;
  } else if (roll->n_command == length) {
    roll->n_command = 0;
    run_command (roll, answers);
  }
}

static void
take_picture_byte (PvDemoRoll *roll, guint8 byte)
{
  if (roll->n_picture_line == 0)
    memset (roll->picture_line, 0, roll->line_bytes);
  if (roll->n_picture_line < roll->line_bytes)
    roll->picture_line[roll->n_picture_line] = byte;
  if (++roll->n_picture_line < roll->picture_bytes_per_line)
    return;
  roll->n_picture_line = 0;
  roll->picture_lines--;
  add_line (roll, roll->picture_line);
}

/* Reports go on. */
static void
forget (PvDemoRoll *roll)
{
  g_byte_array_set_size (roll->buffer, 0);
  memset (roll->last, 0, sizeof roll->last);
  roll->n_clear = 0;
  roll->n_command = 0;
  roll->picture_lines = 0;
}

gsize
pv_demo_roll_get_room (const PvDemoRoll *roll)
{
  return PV_DEMO_ROLL_BUFFER_BYTES - roll->buffer->len;
}

void
pv_demo_roll_receive (PvDemoRoll *roll, const guint8 *data, gsize length, GByteArray *answers)
{
  g_assert (length <= pv_demo_roll_get_room (roll));
  for (gsize i = 0; i < length; i++) {
    g_byte_array_append (roll->buffer, &data[i], 1);
    if (roll->last[0] == DLE && roll->last[1] == EOT)
      answer_at_once (roll, data[i], answers);
    roll->last[0] = roll->last[1];
    roll->last[1] = data[i];
    roll->n_clear = data[i] == clear[roll->n_clear] ? roll->n_clear + 1 : data[i] == clear[0];
    if (roll->n_clear == CLEAR_BYTES)
      forget (roll);
  }
}

gboolean
pv_demo_roll_run (PvDemoRoll *roll, gsize max_bytes, GByteArray *answers)
{
  gsize n = MIN (max_bytes, roll->buffer->len), i;

  for (i = 0; i < n && !is_blocked (roll); i++) {
    if (roll->picture_lines > 0)
      take_picture_byte (roll, roll->buffer->data[i]);
    else
      take_command_byte (roll, roll->buffer->data[i], answers);
  }
  if (i > 0)
    g_byte_array_remove_range (roll->buffer, 0, (guint) i);
  return roll->buffer->len > 0 && !is_blocked (roll);
}

void
pv_demo_roll_reset (PvDemoRoll *roll)
{
  forget (roll);
  initialise (roll);
}

const GPtrArray *
pv_demo_roll_get_sheets (const PvDemoRoll *roll)
{
  return roll->sheets;
}

guint
pv_demo_roll_count_cuts (const PvDemoRoll *roll)
{
  return roll->n_cuts;
}

guint
pv_demo_roll_count_uncut_lines (const PvDemoRoll *roll)
{
  return roll->paper->lines;
}

gsize
pv_demo_roll_count_strange (const PvDemoRoll *roll)
{
  return roll->n_strange;
}
