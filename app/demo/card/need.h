/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* need.h: OpenSSL does what the issuer asks of it, or memory is out: nothing that a caller could handle. */
#pragma once

#include <glib.h>
#include <stdlib.h>

static inline void
pv_need (gboolean is_right, const char *what)
{
  if (!is_right) {
    g_critical ("issuer: %s", what);
    abort ();
  }
}
