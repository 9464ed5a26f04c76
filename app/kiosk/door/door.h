/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* door.h: what is done for the service screen, which may do nothing itself. Blocks; a process of its own for each request. */
#pragma once

#include "platform/settings.h"

typedef struct PvDoor {
  const PvSettings *settings;
  const char *config;      /* folder of the settings */
  const char *ctl_program; /* parvisctl */
  const char *restart_program;
  char *runtime, *state;
  gint64 now_s; /* UTC */
} PvDoor;

enum {
  PV_DOOR_TOKEN_S = 15 * 60, /* since the last request that bore it */
  PV_DOOR_LOOK_S = 25,       /* doctor ends within 20 */
  PV_DOOR_SAVE_S = 60,
  PV_DOOR_MAX_ANSWER_BYTES = 256 * 1024,
};

/* A stick at @device is plugged in: if a key that this kiosk takes is on it, the supervisor is asked for the service screen. FALSE:
 * it is not, and it was said why, unless it is no key at all. */
gboolean pv_door_take_key (PvDoor *door, const char *device);
/* It is gone, and with it everything that it opened. */
void pv_door_drop_key (PvDoor *door);
/* (transfer full): one answer to one line of request.h: "ok", "wrong N", "locked SECONDS", "refused", "failed"; of "open" and "count"
 * a word more, of "look" a line end and JSON */
char *pv_door_answer (PvDoor *door, const char *line) G_GNUC_WARN_UNUSED_RESULT;
