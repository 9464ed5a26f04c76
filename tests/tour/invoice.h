/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* invoice.h: an invoice under the hand scanner: what is due, where it is paid, and its paper. */
#pragma once

#include "walk.h"

/* From Welcome to Welcome. What the screen says is compared with what the demo holds at @control, and with what the printer
 * then received in @printer_folder. */
void tour_see_invoice (TourWalk *walk, const char *control, const char *printer_folder);
