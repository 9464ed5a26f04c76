/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* drop.h: what the relay answers about a place for a phone's document. Pure. */
#pragma once

#include "portal/publik/judge.h"

/* "/drop/ID". NULL: not an id. (transfer full) */
char *pv_publik_make_drop_path (const char *id) G_GNUC_WARN_UNUSED_RESULT;
/* Whether the place is there now. */
gboolean pv_publik_read_opened_drop (const PvPublikAnswer *answer, GError **error);
/* TRUE: @ret_is_there tells whether the body of @answer is what a phone put there, or nothing is there yet. */
gboolean pv_publik_read_taken_drop (const PvPublikAnswer *answer, gboolean *ret_is_there, GError **error);
