/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* sandbox-paths.h: which files a driver of a scanner sees. */
#pragma once

#include <glib.h>

/**
 * pv_sandbox_restrict_paths:
 *
 * By Landlock: reading libraries, firmware, SANE's settings and what the system tells of USB; writing to devices of USB.
 * Nothing else can be opened from here on: not the outbox, not what others have in /tmp, no keyboard. Needs no new
 * privileges first (pv_harden_process()).
 *
 * Returns: FALSE: the kernel knows no Landlock (before 5.13, or not switched on), and nothing has changed
 */
gboolean pv_sandbox_restrict_paths (void);
