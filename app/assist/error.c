/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "assist/error.h"

#include <sodium.h>

G_DEFINE_QUARK (pv_assist_error, pv_assist_error)

gboolean
pv_assist_init (void)
{
  return sodium_init () >= 0;
}
