/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* pointing.h: finds what a mediator points at, and has it shown and said. It never takes the focus. */
#pragma once

#include "core/screen-state.h"
#include "view/pointer.h"

/* To be called after the screen was filled. @screen: holds all buttons; @field_views: (element-type PvFieldView): in the
 * order of @state */
void pv_point (PvPointer *pointer, GtkWidget *screen, GPtrArray *field_views, const PvScreenState *state);
