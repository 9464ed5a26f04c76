/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* wire.h: a wire between a client and a server on loopback: counts the bytes each way, and can be
 * cut. In threads of its own: the client's main loop does not feel it. */
#pragma once

#include <gio/gio.h>

typedef struct Wire Wire;

/* To a port of 127.0.0.1. NULL if there is no socket to be had. */
Wire *wire_new (guint port) G_GNUC_WARN_UNUSED_RESULT;
void wire_free (Wire *wire);
guint wire_get_port (const Wire *wire);
/* Bytes of TCP's payload so far. */
guint64 wire_count_up (Wire *wire);   /* from the client */
guint64 wire_count_down (Wire *wire); /* to the client */
/* Cut: what comes is not passed on and nobody is told, as when a cable is pulled; else the ends are whole again, and what
 * was under way meanwhile arrives. */
void wire_cut (Wire *wire, gboolean is_cut);
/* As wire_cut (TRUE), and both ends are closed; new ones are not taken until it is whole. */
void wire_break (Wire *wire);
