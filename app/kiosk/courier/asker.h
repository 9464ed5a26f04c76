/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* asker.h: asking the portal one question by a worker child (ask-worker.h), whose answer is passed on unread. Main thread. */
#pragma once

#include <gio/gio.h>

#include "kiosk/courier/ask-worker.h"

enum {
  PV_ASKER_MAX_WORKERS = 2,    /* of all sessions: one is shown, one is hidden */
  PV_ASKER_MAX_MS = 30 * 1000, /* one call of the driver, 20 s, and the start of a process on a slow machine */
};

typedef struct PvAsker PvAsker;

/* @arguments: (nullable): further arguments of the worker, NULL-terminated */
PvAsker *pv_asker_new (const char *const *arguments) G_GNUC_WARN_UNUSED_RESULT;
/* Those that run are killed; their callbacks come all the same. */
void pv_asker_free (PvAsker *asker);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvAsker, pv_asker_free)

/* @callback comes later, exactly once, within PV_ASKER_MAX_MS. */
void pv_asker_ask_async (PvAsker *asker, PvAskKind kind, const char *text, guint64 cents, GAsyncReadyCallback callback,
                         gpointer user_data);
/* @ret_answer: (out): FOUND: a sealed memory file, which the caller closes; else -1. G_IO_ERROR_BUSY: too many at once. */
gboolean pv_asker_ask_finish (GAsyncResult *result, PvAskEnd *ret_end, int *ret_answer, GError **error);
