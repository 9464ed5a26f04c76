/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "link/outbox-count.h"

PvOutboxCounts
pv_outbox_count (const PvOutboxStore *store, gint64 now_us, guint overdue_s)
{
  const GPtrArray *items = pv_outbox_store_get_items (store);
  PvOutboxCounts counts = { .n_unreadable = pv_outbox_store_get_n_unreadable (store) };

  for (guint i = 0; i < items->len; i++) {
    const PvOutboxItem *item = items->pdata[i];

    if (item->is_exported)
      counts.n_exported++;
    else if (pv_delivery_is_raised (&item->delivery, now_us))
      counts.n_for_agent++;
    else if (item->delivery.state <= PV_DELIVERY_DOUBT) {
      counts.n_waiting++;
      counts.n_overdue += now_us - item->delivery.created_us > (gint64) overdue_s * G_USEC_PER_SEC ? 1 : 0;
    }
  }
  return counts;
}
