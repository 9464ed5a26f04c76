/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* sample.h: the page that lies on the scanner when somebody practises. */
#pragma once

#include "kiosk/decode/page.h"

/* A4, grey, 200 dpi: a letter that says EXEMPLE and nothing else. */
void pv_sample_draw (PvPage *ret_page);
