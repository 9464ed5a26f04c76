/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* pointer.h: a mediator shows something: a ring around it and an arrow at it, over everything else.
 *
 * It lies still, can neither be touched nor focused, and goes where its target goes. The ring has the colour of the help
 * between two lines of the paper's colour, so that it is seen on any ground; the arrow stands where it covers no words. */
#pragma once

#include <gtk/gtk.h>

#include "view/pager.h"

#define PV_TYPE_POINTER (pv_pointer_get_type ())
G_DECLARE_FINAL_TYPE (PvPointer, pv_pointer, PV, POINTER, GtkWidget)

/* @pager: borrowed; lives as long: it turns to the page of a new target. What has no words to spare is its parent's. */
GtkWidget *pv_pointer_new (PvPager *pager);
/* @target: (nullable): nothing is shown; @name: the same one is no new target when it was built anew */
void pv_pointer_set_target (PvPointer *pointer, GtkWidget *target, const char *name);
/* Where the arrow is drawn, in the pointer's own pixels. FALSE: nowhere. */
gboolean pv_pointer_get_arrow (PvPointer *pointer, graphene_rect_t *ret_arrow);
