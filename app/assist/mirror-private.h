/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* mirror-private.h: the items of a mirror, between their writer and their reader. */
#pragma once

#include "assist/mirror.h"
#include "assist/wire.h"

typedef enum {
  PV_ITEM_HEAD = 'H',
  PV_ITEM_NOTICE = 'N',
  PV_ITEM_FIELD = 'F',
  PV_ITEM_VALUE = 'V',
  PV_ITEM_ACTION = 'A'
} PvItemType;

/* Kinds of fields that this version knows: others are hidden, and refused when they are read. */
enum { PV_MIRROR_N_FIELD_KINDS = PV_FIELD_SCAN + 1 };

/* What a value has beside its answer, so that a key costs few bytes. */
typedef enum {
  PV_VALUE_HAS_FOCUS = 1 << 0,
  PV_VALUE_HAS_PARTS = 1 << 1,
  PV_VALUE_HAS_ERROR = 1 << 2,
  PV_VALUE_HAS_SELECTION = 1 << 3,
  PV_VALUE_HAS_ROWS = 1 << 4,
  PV_VALUE_HAS_PERCENT = 1 << 5,
  PV_VALUE_ALL = (1 << 6) - 1,
} PvValueMembers;

/* (element-type GBytes) */
GPtrArray *pv_mirror_write_items (const PvScreenState *state, GHashTable *lifted);

/* FALSE if it is no item, or one that cannot stand here. */
gboolean pv_mirror_read_item (const guint8 *bytes, gsize size, PvScreenState **inout_state, gboolean *ret_is_private);
