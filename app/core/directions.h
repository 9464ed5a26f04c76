/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* directions.h: how to get to the places of appointments, as the commune writes it: "Hôtel de ville: bus 3, arrêt Mairie". */
#pragma once

#include <glib.h>

enum { PV_DIRECTIONS_MAX_BYTES = 1000 }; /* of one place */

/* A name, a colon, and words. */
gboolean pv_directions_is_valid (const char *line);

/**
 * pv_directions_find:
 * @lines: (nullable): NULL ends it
 * @place: (nullable): "Hôtel de ville, 1 place de la Mairie": its name stands before the first comma
 *
 * Returns: (transfer none) (nullable): the words for the longest name that @place begins with
 */
const char *pv_directions_find (const char *const *lines, const char *place);
