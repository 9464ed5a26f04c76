/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* modes.h: what parvis-decode can be asked for, see link/scan-private.h. Each is called with the words behind its own, and
 * returns only when they are wrong. */
#pragma once

#include <glib.h>

void pv_mode_picture (int argc, char **argv); /* MAX-SIDE [TURNS] */
void pv_mode_look (int argc, char **argv);
void pv_mode_scan (int argc, char **argv);
void pv_mode_import (int argc, char **argv);
void pv_mode_join (int argc, char **argv);
