/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* pn532-field-internal.h: between the files of the field. */
#pragma once

#include "demo/card/pn532-field.h"

/* Counts the APDU and runs it, unless the fault whose turn it is keeps it from the card; the answer is in the field. */
PvPn532Fault pv_field_run (PvField *field, const guint8 *command, gsize length);
/* FSC: with PCB and CRC. */
gsize pv_field_card_frame (const PvField *field);
