/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* spoken.h: is what can be read also said, and in the same order? Letters and figures are compared: what a voice makes of
 * signs and spaces is its own business. */
#pragma once

#include "core/screen-state.h"

/* Letters and figures only. (transfer full) */
char *spoken_strip (const char *text);
/* Without what the pseudo-language qps fills up with, which is another for a longer text. (transfer full) */
char *spoken_dup_unfilled (const char *text);
/* All that is said of a screen, stripped. (transfer full) */
char *spoken_dup_script (const PvScreenState *state);
/* @heard: stripped. A code may be said with words for its dashes. */
gboolean spoken_has (const char *heard, const char *text);
/* Everything that the state shows is in @heard, in the order of the state. Tells, as comments on standard output, what is not;
 * @where: begins them. Returns: how many texts are not */
guint spoken_check_order (const PvScreenState *state, const char *heard, const char *where);
