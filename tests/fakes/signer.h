/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* signer.h: signs a query as whoever has the key of "coucou" does, with other code than that which is tested. */
#pragma once

#include <glib.h>

/* @query with its signature behind it. (transfer full) */
char *signer_sign (const char *query);
