/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* code-boxes.h: a short code, one box for each digit.
 *
 * For keys, focus and screen reader it is one entry, which is not drawn: the boxes show what it holds, and the next one is
 * framed. What is typed goes to the end. From the left in every script: a code is read like a number. */
#pragma once

#include <gtk/gtk.h>

#include "core/format.h"

#define PV_TYPE_CODE_BOXES (pv_code_boxes_get_type ())
G_DECLARE_FINAL_TYPE (PvCodeBoxes, pv_code_boxes, PV, CODE_BOXES, GtkWidget)

GtkWidget *pv_code_boxes_new (PvInput input, guint n_boxes);
/* Dots instead of the digits. */
void pv_code_boxes_set_veiled (PvCodeBoxes *boxes, gboolean is_veiled);
/* The PvAnswerEntry; owned by the boxes. */
GtkWidget *pv_code_boxes_get_entry (PvCodeBoxes *boxes);
