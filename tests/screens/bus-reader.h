/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* bus-reader.h: a program on the accessibility bus that asks for everything, and hears everything.
 *
 * It runs in a thread of its own and speaks to the bus itself, not by libatspi: that asks only for what a reader needs. It
 * follows children, relations and whatever path is heard of, and asks each for its text, whether or not it says that it has one.
 * Beside it a monitor hears every message on the bus. */
#pragma once

#include <glib.h>

typedef struct BusReader BusReader;

/* NULL: there is no accessibility bus. */
BusReader *bus_reader_new (void);
void bus_reader_free (BusReader *reader);
/* What nobody may hear. */
void bus_reader_add_secret (BusReader *reader, const char *word);
/* Reads everything that there is now, while the main loop answers. */
void bus_reader_read (BusReader *reader);
/* Where a secret was heard since the last time. (transfer full) (element-type utf8) */
GPtrArray *bus_reader_steal_heard (BusReader *reader);
/* Roles and texts of what gave one: "61: words". (transfer full) (element-type utf8) */
GPtrArray *bus_reader_steal_texts (BusReader *reader);
/* TRUE if the last time something of this role had this name. */
gboolean bus_reader_met (BusReader *reader, guint role, const char *name);
guint bus_reader_count_objects (BusReader *reader);
guint bus_reader_count_messages (BusReader *reader);
