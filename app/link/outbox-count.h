/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* outbox-count.h: how many filings are where, for administrators: the same numbers in parvisctl status and in the fleet. */
#pragma once

#include "link/outbox-store.h"

typedef struct PvOutboxCounts {
  guint n_waiting;    /* to be sent or searched for, the overdue ones too */
  guint n_overdue;    /* of these, since longer than asked for */
  guint n_for_agent;  /* pv_delivery_is_raised() */
  guint n_exported;   /* an agent has them */
  guint n_unreadable; /* files that are none */
} PvOutboxCounts;

/* @overdue_s: seconds */
PvOutboxCounts pv_outbox_count (const PvOutboxStore *store, gint64 now_us, guint overdue_s);
