/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* address-write.h: the index that platform/address-index.h reads. */
#pragma once

#include "ctl/address-town.h"

/**
 * pv_address_write:
 *
 * Written beside @path and then put in its place, whole or not at all: who has the old one open goes on with it. The same
 * town makes the same bytes.
 */
gboolean pv_address_write (const PvTown *town, const char *path, GError **error);
