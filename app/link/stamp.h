/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* stamp.h: how the courier tells the supervisor that what the portal offers has changed.
 *
 * A file in the folder of the setting [paths] cache. The courier replaces it after the catalogue or a procedure has
 * changed, and only then; its content does not matter. The supervisor watches it and replaces the sessions that nobody
 * has touched. For that its user must be able to read the folder: mode 0755, nothing of a citizen is in it.
 */
#pragma once

#define PV_STAMP_FILE "catalogue.stamp"
