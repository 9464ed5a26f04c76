/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* sandbox.h: what parvis-decode gives up before it looks at a picture. Cannot be taken back. */
#pragma once

#include <glib.h>

enum {
  PV_SANDBOX_MAX_MEMORY_BYTES = 512 * 1024 * 1024, /* of addresses; not with the address sanitizer */
  PV_SANDBOX_MAX_CPU_SECONDS = 15,
  PV_SANDBOX_MAX_SECONDS = 20,
  PV_SANDBOX_SCANNER_MAX_CPU_SECONDS = 60, /* some drivers wait by asking */
  PV_SANDBOX_SCANNER_MAX_SECONDS = 100,    /* ten more than its parent waits */
  PV_SANDBOX_SCANNER_MAX_FILES = 64,
};

/**
 * pv_sandbox_enter:
 * @output_fd: the only descriptor that can be written to
 * @max_output_bytes: no file grows beyond
 *
 * Limits, and a filter of system calls: memory without code, writing to @output_fd, the end. Opening a file fails; any
 * other call kills the process (SIGSYS).
 *
 * Returns: FALSE: the kernel refused; the process must not go on
 */
gboolean pv_sandbox_enter (int output_fd, gsize max_output_bytes);

/**
 * pv_sandbox_enter_scanner:
 *
 * For a driver of SANE, which has to load libraries, read its settings and open its device: no process, no connection, no
 * new file, nothing of other processes; reading files is left to it. What it must not do fails.
 */
gboolean pv_sandbox_enter_scanner (gsize max_output_bytes);
