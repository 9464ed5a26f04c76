/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* identity-zone.h: what a machine-readable zone says of its holder. Pure. */
#pragma once

#include "core/identity.h"
#include "core/mrz.h"

/**
 * pv_identity_new_from_zone:
 * @zone: the lines, as of pv_mrz_check()
 * @today: for the century of the birth
 *
 * Returns: (transfer full) (nullable): NOT_PROVEN, TYPED; NULL unless the whole zone is right
 */
PvIdentity *pv_identity_new_from_zone (const char *zone, const GDate *today) G_GNUC_WARN_UNUSED_RESULT;

/* The fields of a right zone into @identity; a date that no calendar has is left out. */
void pv_identity_take_fields (PvIdentity *identity, const PvMrzFields *fields, const GDate *today);
