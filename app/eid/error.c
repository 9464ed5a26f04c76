/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "eid/error.h"

G_DEFINE_QUARK (pv - card - error - quark, pv_card_error)
