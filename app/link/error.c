/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "link/error.h"

G_DEFINE_QUARK (pv_link_error, pv_link_error)
