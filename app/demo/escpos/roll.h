/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* roll.h: a thermal printer that does not exist: takes ESC/POS, has a roll of paper that can be looked at, and a state.
 *
 * As a real one it answers DLE EOT and obeys DLE DC4 8 (forget) at once, even while it stands still and in the midst of a picture, and all else in
 * turn; while it is blocked its small buffer fills and then nothing more is taken. Pure: bytes in, bytes out.
 */
#pragma once

#include <glib.h>

enum {
  PV_DEMO_ROLL_BUFFER_BYTES = 4096,
  PV_DEMO_ROLL_MAX_DOTS = 1024,
  PV_DEMO_ROLL_MAX_LINES = 16000, /* of one sheet, 2 m; what follows until the cut is lost */
  PV_DEMO_ROLL_MAX_SHEETS = 16,   /* kept */
};

/* What is wrong with it. All but the first block it. */
typedef enum {
  PV_DEMO_ROLL_LOW = 1 << 0,
  PV_DEMO_ROLL_OUT = 1 << 1,
  PV_DEMO_ROLL_COVER = 1 << 2,
  PV_DEMO_ROLL_CUTTER = 1 << 3,
  PV_DEMO_ROLL_HOT = 1 << 4,
  PV_DEMO_ROLL_BROKEN = 1 << 5,
} PvDemoRollFaults;

typedef enum {
  PV_DEMO_ROLL_UNCUT,
  PV_DEMO_ROLL_PARTIAL_CUT,
  PV_DEMO_ROLL_FULL_CUT,
} PvDemoRollCut;

typedef struct {
  GByteArray *dots; /* lines of (width + 7) / 8 bytes, 1 is black, the highest bit comes first */
  guint width, lines;
  PvDemoRollCut cut;
  guint present_steps, present_s; /* GS e */
} PvDemoRollSheet;

typedef struct PvDemoRoll PvDemoRoll;

/* @dots: of the head; @dpi: of head and motor. */
PvDemoRoll *pv_demo_roll_new (guint dots, guint dpi) G_GNUC_WARN_UNUSED_RESULT;
void pv_demo_roll_free (PvDemoRoll *roll);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvDemoRoll, pv_demo_roll_free)

/* Bytes that it would take now. */
gsize pv_demo_roll_get_room (const PvDemoRoll *roll);
/* @length: at most its room. What it sends back is appended to @answers. */
void pv_demo_roll_receive (PvDemoRoll *roll, const guint8 *data, gsize length, GByteArray *answers);
/* Works off at most @max_bytes of what it has received. Returns: whether some is left that it could work off */
gboolean pv_demo_roll_run (PvDemoRoll *roll, gsize max_bytes, GByteArray *answers);
/* Off and on: what it has received is forgotten, the uncut paper stays. */
void pv_demo_roll_reset (PvDemoRoll *roll);
void pv_demo_roll_set_faults (PvDemoRoll *roll, PvDemoRollFaults faults, GByteArray *answers);
PvDemoRollFaults pv_demo_roll_get_faults (const PvDemoRoll *roll);

/* Cut ones, the newest last: (element-type PvDemoRollSheet), borrowed. */
const GPtrArray *pv_demo_roll_get_sheets (const PvDemoRoll *roll);
/* Cut since the beginning, also those that are not kept any more. */
guint pv_demo_roll_count_cuts (const PvDemoRoll *roll);
/* Lines that hang out uncut. */
guint pv_demo_roll_count_uncut_lines (const PvDemoRoll *roll);
/* Bytes that were no command it knows; a real printer prints letters. */
gsize pv_demo_roll_count_strange (const PvDemoRoll *roll);

PvDemoRollSheet *pv_demo_roll_sheet_copy (const PvDemoRollSheet *sheet) G_GNUC_WARN_UNUSED_RESULT;
void pv_demo_roll_sheet_free (PvDemoRollSheet *sheet);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvDemoRollSheet, pv_demo_roll_sheet_free)
gboolean pv_demo_roll_sheet_is_black (const PvDemoRollSheet *sheet, guint x, guint y);
