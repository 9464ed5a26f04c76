/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* focus.h: where the keys are on a screen, in the words of its state: what is said when they move there. */
#pragma once

#include "core/screen-state.h"

typedef enum {
  PV_FOCUS_NOWHERE,
  PV_FOCUS_FIELD,  /* what is typed into; of a date, its part @index; of a code, all boxes */
  PV_FOCUS_CHOICE, /* choice @index of the field */
  PV_FOCUS_ROW,    /* "Modifier" of row @index of a summary, "Retirer" of a document */
  PV_FOCUS_ACTION, /* action @index of the state */
  PV_FOCUS_ACCEPT, /* beside the field: what a mediator proposes; keep one's own; let them see it */
  PV_FOCUS_KEEP,
  PV_FOCUS_LIFT,
  PV_FOCUS_KEY,    /* a key of the keyboard on the screen: @id is its accessible name */
  PV_FOCUS_BUTTON, /* another button that the state has no name for, as what turns pages: likewise */
} PvFocusKind;

typedef struct PvFocus {
  PvFocusKind kind;
  const char *id; /* (nullable): of the field; of a KEY or a BUTTON its name */
  guint index;    /* from 0 */
} PvFocus;
