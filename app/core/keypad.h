/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* keypad.h: what the keys of a tactile pad mean, and which of their presses count.
 *
 * A pad is a keyboard with a few keys that are found by touch: arrows, one that presses, back, help, volume.  Which key sends
 * which code is the commune's to say (settings, [keypad]).  Pure: a table and two rules of EN 301 549: a held key acts once
 * (5.7), and the same key again within a set time is not meant (5.8). */
#pragma once

#include <glib.h>

typedef enum {
  PV_KEYPAD_NOTHING,
  PV_KEYPAD_NEXT, /* control in the order of reading */
  PV_KEYPAD_PREVIOUS,
  PV_KEYPAD_UP, /* these walk the keyboard on the screen; elsewhere up and left are previous, down and right next */
  PV_KEYPAD_DOWN,
  PV_KEYPAD_LEFT,
  PV_KEYPAD_RIGHT,
  PV_KEYPAD_VALIDATE, /* presses what has the focus */
  PV_KEYPAD_BACK,
  PV_KEYPAD_HELP,   /* a mediator */
  PV_KEYPAD_REPEAT, /* of what is said; likewise */
  PV_KEYPAD_LOUDER,
  PV_KEYPAD_SOFTER,
  PV_KEYPAD_YES, /* to a mediator's question; likewise */
  PV_KEYPAD_NO,
  PV_KEYPAD_STOP_HELP,
  PV_N_KEYPAD_MEANINGS
} PvKeypadMeaning;

enum {
  PV_KEYPAD_MAX_KEYS = 64,
  PV_KEYPAD_MAX_DEBOUNCE_MS = 1000,
  /* A key that is told of again after so long a silence was let go unseen: cage and X11 repeat a held one from 0.6 s on, all the
   * time. */
  PV_KEYPAD_LET_GO_MS = 1000,
};

typedef struct PvKeypadKey {
  guint32 keysym; /* as X11 and GDK number them */
  PvKeypadMeaning meaning;
} PvKeypadKey;

/* Zero-initialized: no keys. */
typedef struct PvKeypadMap {
  PvKeypadKey keys[PV_KEYPAD_MAX_KEYS];
  guint n_keys;
  guint debounce_ms; /* the same key again within it is not meant; 0: each press counts */
} PvKeypadMap;

/* FALSE: it means something else already, or the table is full. */
gboolean pv_keypad_map_add (PvKeypadMap *map, guint32 keysym, PvKeypadMeaning meaning);
/* @keycode: of the hardware, as GDK tells it; 0: not known. F13 to F24 are found by it, because the keyboard tables of Debian give
 * these keys other names (F13 is XF86Tools). */
PvKeypadMeaning pv_keypad_map_find (const PvKeypadMap *map, guint32 keysym, guint keycode);
/* As in the settings: "stop-help"; of NOTHING "nothing". */
const char *pv_keypad_meaning_name (PvKeypadMeaning meaning);

/* The keysym that GDK calls so, of the keys a pad may have: "Tab", "KP_5", "F13", "XF86AudioRaiseVolume"; 0: none.  Keys that
 * type a letter, a digit or a sign are not among them, as a scanner for codes types these; those of a number pad are. */
guint32 pv_keypad_key_from_name (const char *name);
/* The names one by one, F1 to F35 and KP_0 to KP_9 besides; NULL: no more. */
const char *pv_keypad_get_key_name (guint index);

/* What is held and what was pressed last. Zero-initialized at first. */
typedef struct PvKeypadPresses {
  guint held;      /* number of the key; 0: none */
  guint32 held_ms; /* when it was told of last */
  guint last;      /* number of the key; 0: none */
  guint32 last_ms; /* when it was accepted */
} PvKeypadPresses;

/* TRUE if this press counts. @key: a number of its own for each key, not 0; @now_ms: of any clock, it may wrap around */
gboolean pv_keypad_press (PvKeypadPresses *presses, guint key, guint32 now_ms, guint debounce_ms);
void pv_keypad_release (PvKeypadPresses *presses, guint key);
