/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* control.h: what the demo does, or tells, on its control port. */
#pragma once

#include "walk.h"

/**
 * tour_control:
 * @control: http://127.0.0.1:PORT
 * @method: GET, or POST without a body
 * @path: with its query
 *
 * Any other answer than 200 ends the tour.
 *
 * Returns: (transfer full): the body of the answer
 */
char *tour_control (TourWalk *walk, const char *control, const char *method, const char *path);
/* The same of what is no text: a picture. (transfer full) */
GBytes *tour_control_get_file (TourWalk *walk, const char *control, const char *path);
