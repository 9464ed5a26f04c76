/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* child.h: one session, as a process and over its socket pair.
 *
 * Nothing here decides or waits: what the session says and how it ends comes as an event, and policy.h has the bounds.
 * Main thread.
 */
#pragma once

#include <gio/gio.h>

enum {
  PV_CHILD_NAME_BYTES = 16, /* of chance, in hexadecimal: the name of the session at the printer */
  PV_CHILD_CALL_MS = 30 * 1000,
};

typedef enum {
  PV_CHILD_READY,
  PV_CHILD_SHOWN,
  PV_CHILD_TOUCHED,
  PV_CHILD_GOODBYE,
  PV_CHILD_DEADLINE, /* value: seconds */
  PV_CHILD_ANSWERED, /* value: age of the last frame, ms */
  PV_CHILD_EXITED,   /* the last one; value: the status of wait(2) */
} PvChildEvent;

/* May free the session after PV_CHILD_EXITED. */
typedef void (*PvChildCallback) (guint id, PvChildEvent event, guint value, gpointer user_data);

typedef struct PvChild PvChild;

/**
 * pv_child_start:
 * @program: path of parvis-session
 * @config: folder of the settings
 * @id: comes back with each event
 *
 * The session gets no other descriptor than its end of the pair, cannot reach systemd's notification socket, and is
 * killed by the kernel if we die. Errors: G_IO_ERROR, G_SPAWN_ERROR.
 */
PvChild *pv_child_start (const char *program, const char *config, guint id, PvChildCallback callback,
                         gpointer user_data, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* No event comes any more; the process is killed if it still lives. */
void pv_child_free (PvChild *child);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvChild, pv_child_free)

const char *pv_child_get_name (const PvChild *child);

/* Before the session has said that it is ready, these do nothing. */
void pv_child_show (PvChild *child);
void pv_child_show_out_of_order (PvChild *child);
void pv_child_ping (PvChild *child);
void pv_child_finish (PvChild *child);

void pv_child_kill (PvChild *child);
