/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* stranger.h: a process of another login that knocks at a service's socket. Needs root. */
#pragma once

#include <glib.h>

typedef enum {
  STRANGER_ADMITTED, /* D-Bus's handshake was answered */
  STRANGER_REFUSED,  /* the service hung up without a word */
  STRANGER_FAILED,   /* neither, or the socket cannot be reached */
} StrangerFate;

/* Runs the main loop meanwhile, as the service may be in this process. */
StrangerFate stranger_knocks (const char *socket_path, guint uid);
