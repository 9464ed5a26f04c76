/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* key-store.h: the mediator's key, opened with a passphrase while the window goes on living.
 *
 * The work of platform/sealed-key.h in a thread: a second or so for each try.  A try cannot be hurried or stopped; a
 * cancelled one gives its answer away unseen.  The passphrase is copied into locked memory and wiped afterwards; the
 * caller wipes its own. Main thread only. */
#pragma once

#include <gio/gio.h>

#include "mediator/console-settings.h"
#include "platform/sealed-key.h"

/* The key of settings->key_file. */
void pv_key_store_open_async (const PvConsoleSettings *settings, const char *passphrase, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data);
/* For pv_console_new(), then pv_secret_free(). NULL with PV_SEALED_KEY_ERROR or G_IO_ERROR_CANCELLED. */
PvSecret *pv_key_store_open_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Seals the same key with another passphrase. The old file stays if anything fails. */
void pv_key_store_change_async (const PvConsoleSettings *settings, const char *old_passphrase,
                                const char *new_passphrase, GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer data);
gboolean pv_key_store_change_finish (GAsyncResult *result, GError **error);
