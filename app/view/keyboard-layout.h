/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* keyboard-layout.h: which keys the keyboard on the screen has, as tables. */
#pragma once

#include "core/format.h"

typedef enum {
  PV_KEY_NONE,
  PV_KEY_TEXT, /* types its text */
  PV_KEY_BACKSPACE,
  PV_KEY_SHIFT,
  PV_KEY_SPACE,
  PV_KEY_GO_LETTERS,
  PV_KEY_GO_ACCENTS,
  PV_KEY_GO_DIGITS,
  PV_KEY_SWITCH_ORDER, /* AZERTY <-> ABC */
  PV_KEY_DONE,         /* same as Enter on a keyboard */
} PvKeyKind;

typedef enum {
  PV_KEYS_LETTERS,
  PV_KEYS_ACCENTS,
  PV_KEYS_DIGITS, /* digits and signs, from the letters */
  PV_KEYS_EMAIL,
  PV_KEYS_WEB,   /* addresses of sites */
  PV_KEYS_MIXED, /* letters and digits at once, upper case */
  PV_KEYS_ZONE,  /* of an identity document */
  PV_KEYS_CODE,  /* the 20 letters of tracking codes */
  PV_KEYS_PAD,
  PV_KEYS_PAD_DECIMAL,
  PV_KEYS_PAD_PHONE,
  PV_N_KEYS
} PvKeysPage;

typedef enum { PV_KEYS_AZERTY, PV_KEYS_ABC } PvKeysOrder;

enum {
  PV_KEYS_MAX_ROWS = 5,
  PV_KEYS_MAX_COLUMNS = 12,
};

typedef struct PvKey {
  PvKeyKind kind;
  const char *text; /* what it types, lower case; NULL for others than TEXT */
  guint width;      /* in quarters of a usual key */
} PvKey;

typedef struct PvKeys {
  guint n_rows;
  guint n_keys[PV_KEYS_MAX_ROWS];
  PvKey rows[PV_KEYS_MAX_ROWS][PV_KEYS_MAX_COLUMNS];
} PvKeys;

/* The page a field begins with. */
PvKeysPage pv_keys_first_page (PvInput input);
gboolean pv_keys_is_pad (PvKeysPage page);
/* Fills @ret_keys; texts are static. @is_short: at most four rows, digits on a page of their own. */
void pv_keys_fill (PvKeysPage page, PvKeysOrder order, gboolean is_short, PvKeys *ret_keys);
/* What to say for a key's text: "e acute" for é; NULL when the text speaks for itself. (transfer none), translated */
const char *pv_keys_spoken (const char *text);
