/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* chip-eac.h: libeac, made ready. */
#pragma once

/* Before any other call of libeac; any number of times. */
void pv_chip_eac_start (void);
