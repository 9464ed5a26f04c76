/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* peer.h: D-Bus from process to process, without a bus.
 *
 * A service listens on a Unix socket and knows each peer by the credentials that the kernel vouches for; a client
 * connects with a deadline; supervisor and session speak over a socket pair.  Objects and calls are then plain GDBus
 * with the generated code of this folder.  Main thread (callbacks come on the thread-default context of the caller).
 * Errors: PV_LINK_ERROR.
 */
#pragma once

#include <gio/gio.h>

#include "link/error.h"

enum {
  PV_PEER_MAX_MESSAGE_BYTES = 256 * 1024, /* body of one message; documents travel as memory files */
  PV_PEER_MAX_MESSAGE_FDS = 4,
  PV_PEER_MAX_CALLS = 32,       /* of one peer without an answer; a server takes none that wants no answer */
  PV_PEER_MAX_CONNECTIONS = 16, /* two sessions, the supervisor, parvisctl, and room to reconnect */
  PV_PEER_HANDSHAKE_MS = 5000,
};

typedef struct PvPeerServer PvPeerServer;

/**
 * PvPeerConnected:
 * @connection: a new peer; messages wait until the callback returns, so objects exported here miss nothing. Borrowed:
 *   the server keeps it until it closes; watch its "closed" signal.
 */
typedef void (*PvPeerConnected) (GDBusConnection *connection, gpointer user_data);

/**
 * pv_peer_server_new:
 * @path: of the socket; its folder is made, a socket that an earlier process left is replaced, anything else is not
 * @user: (nullable): login of the sessions, `[session] user`, which may connect besides our own
 *
 * Everybody may open the socket's file (mode 0666): the kernel's credentials decide, and its folder may decide first.
 */
PvPeerServer *pv_peer_server_new (const char *path, const char *user, PvPeerConnected connected, gpointer user_data,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Closes all connections and removes the socket. */
void pv_peer_server_free (PvPeerServer *server);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvPeerServer, pv_peer_server_free)

/**
 * pv_peer_connect_async:
 * @timeout_ms: from here to the end of the handshake
 */
void pv_peer_connect_async (const char *path, guint timeout_ms, GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data);

typedef enum { PV_PEER_CLIENT, PV_PEER_SERVER } PvPeerSide;

/**
 * pv_peer_connect_fd_async:
 * @fd: one end of a socket pair, taken over
 * @side: SERVER on exactly one end
 *
 * Either end's connection comes without having read a message: export the objects and subscribe to the signals, then
 * call g_dbus_connection_start_message_processing().
 */
void pv_peer_connect_fd_async (int fd, PvPeerSide side, guint timeout_ms, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data);

/* Of both. Cancelled by the caller: G_IO_ERROR_CANCELLED. (transfer full) */
GDBusConnection *pv_peer_connect_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;
